"""Bad days of a touch: what is refused, comes twice, comes late, or comes from the wrong hands."""

import copy
import json
from datetime import timedelta
from typing import Any

import pytest
from slack_bolt import BoltResponse

from bot.domain.binder.export import ExportRequest
from bot.services.binder import export
from slack_sandbox import FaultKind, Person
from slack_sandbox.emoji import shortcodes
from slack_sandbox.screens import Message
from tests.exchange.parts import whole
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import held, pressing, receives

pytestmark = pytest.mark.slow

ACME = "the Acme renewal"
STRANGE = "*Sam* <!channel> _~`x`~_ & 🎉 שלום"


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    """A manager with Sam Stone and Lena Fox on the team."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, world.person("Lena Fox"))
    return manager


@pytest.fixture
def kim(world: World) -> Person:
    """A manager of another team, with Tom Ash on it."""
    manager = world.person("Kim Ito")
    world.team(manager, world.person("Tom Ash"))
    return manager


def logged(world: World, manager: Person) -> list[str]:
    """What every touch of the manager is about, as the export has it."""
    now = world.slack.clock.now()
    record = whole(
        export.export_team(world.database, world.workspace_id, manager.id, ExportRequest(), now)
    )
    return [touch.about for touch in record.touches]


def submission(world: World, person: Person) -> dict[str, Any]:
    """What Slack sends when the open form is submitted, to be sent on purpose."""
    with world.slack._workspace.lock:
        view = person._member.stack[-1]
        return copy.deepcopy(world.slack._client._payloads.view_submission(person._member, view))


def sends(world: World, body: dict[str, Any], **typed: Any) -> BoltResponse:
    """Send a submission whose fields say something else."""
    for name, value in typed.items():
        (held,) = body["view"]["state"]["values"][name].values()
        held.update(value)
    return receives(world, body)


@pytest.mark.parametrize(
    "kind", [FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.RATE_LIMITED]
)
def test_a_touch_is_kept_once_though_slack_does_not_take_the_answer(
    world: World, dana: Person, kind: FaultKind
) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", ACME)
    world.slack.faults.add("response_url", kind)
    modal(dana).submit()
    assert dana.modal is None
    assert logged(world, dana) == [ACME]
    dana.slash("/binder @Sam Stone")
    dana.sees(ACME)


def test_a_change_that_is_saved_but_cannot_be_drawn_says_so(world: World, dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    dana.slash("/binder @Sam Stone")
    dana.picks("Open")
    dana.clicks("Edit")
    modal(dana).fill("About", "Hooli")
    world.slack.faults.add("views.update", FaultKind.SERVER_ERROR)
    modal(dana).submit()
    dana.sees("It is saved. Only the answer could not be shown just now; there is no need")
    assert len(dana.dm) == 1
    dana.sees("[Delete]")
    assert logged(world, dana) == ["Hooli"]


def test_a_shortcut_that_slack_does_not_open_is_answered_in_the_direct_message(
    world: World, dana: Person
) -> None:
    world.slack.faults.add("views.open", FaultKind.SERVER_ERROR, times=2)
    dana.shortcut("Log a touch")
    dana.sees("Slack did not let me show that just now. Please try once more.")
    assert len(dana.dm) == 1


def test_slack_that_is_slow_opens_the_form_all_the_same(world: World, dana: Person) -> None:
    world.slack.faults.add("views.open", FaultKind.SLOW, seconds=1.0)
    dana.slash("/touch @Sam Stone")
    assert modal(dana).value("Rep") == "Sam Stone"


def test_a_form_mended_and_sent_again_is_one_touch_as_mended(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", "the Akme renewal")
    modal(dana).fill("They raised", "quotes take for days")
    late = submission(world, dana)
    sends(world, copy.deepcopy(late))
    mended = {"about": {"value": ACME}, "raised": {"value": "quotes take four days"}}
    sends(world, late, **mended)
    assert logged(world, dana) == [ACME]
    dana.slash("/binder @Sam Stone")
    assert "Open: you 1 [See]" in modal(dana).text
    dana.sees("quotes take four days")


def press_or_pick(message: Message, label: str) -> None:
    """Press that button, or choose it in the menu beside."""
    if not message.press(label):
        message.picks(label)


def test_undo_that_arrives_twice_takes_back_once(world: World, dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    for _ in range(2):
        assert pressing(world, dana, "touch.undo", json.dumps({"subject": 1})).status == 200
    assert logged(world, dana) == []
    pressing(world, dana, "touch.put_back", json.dumps({"subject": 1}))
    assert logged(world, dana) == [ACME]


def test_what_is_gone_for_good_says_so(world: World, dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    with world.database.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM interaction")
    for label in ("Undo", "Edit", "They raised something", "Add a note"):
        press_or_pick(dana.ephemerals[0], label)
        assert dana.ephemerals[-1].text == "That is not there any more. The binder shows what is."


def test_another_manager_and_the_rep_press_in_vain(
    world: World, dana: Person, kim: Person, sam: Person
) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    answer = dana.ephemerals[-1]
    whose = "This is Dana Moss's; only Dana Moss can open or change it."
    for person, words in ((kim, "That is not there any more."), (sam, whose)):
        for label in ("Undo", "Edit", "They raised something", "Add a note"):
            copied = Message(answer.client, person._member, answer.post)
            assert copied.press(label) or copied.surface.pick(label, None, None)
            person.sees(words)
            assert ("Dana Moss" in person.ephemerals[-1].text) is (person is sam)
        assert person.modal is None
    assert logged(world, dana) == [ACME]
    assert answer.text.startswith("Logged:")


def test_another_managers_form_changes_nothing_of_mine(
    world: World, dana: Person, kim: Person
) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    dana.picks("Edit")
    body = submission(world, dana)
    body["user"]["id"] = kim.id
    answer = sends(world, body, about={"value": "kim was here"})
    assert "That is not there any more." in answer.body
    assert "Dana Moss" not in answer.body
    assert logged(world, dana) == [ACME]


def test_a_rep_who_is_not_mine_is_refused_at_the_field(
    world: World, dana: Person, kim: Person
) -> None:
    dana.slash("/touch @Sam Stone")
    tom = world.person("Nia New")
    for somebody in (tom.id, kim.id, dana.id, "U0NOBODY"):
        body = submission(world, dana)
        answer = sends(world, body, rep={"selected_option": {"value": somebody}})
        assert json.loads(answer.body)["response_action"] == "errors"
    assert logged(world, dana) == []


@pytest.mark.usefixtures("world")
def test_who_left_slack_while_the_form_stood_open(dana: Person, sam: Person) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", ACME)
    sam.is_deactivated()
    modal(dana).submit()
    dana.sees("Sam Stone: a bot, or someone who has left Slack.")
    assert modal(dana).value("About") == ACME
    modal(dana).fill("Rep", "Lena Fox")
    modal(dana).submit()
    dana.sees("Logged: contact with Lena Fox")


def test_an_edit_stays_open_while_the_database_is_away(world: World, dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    dana.picks("Edit")
    modal(dana).fill("About", "Hooli")
    with held(world, "interaction", "team"):
        modal(dana).submit()
        dana.sees("That didn't save: the database did not answer. What you typed is still here")
        assert modal(dana).value("About") == "Hooli"
    modal(dana).submit()
    dana.sees("Logged: call with Sam Stone, today · Hooli")
    assert logged(world, dana) == ["Hooli"]


def test_a_press_while_the_database_is_away_is_answered(world: World, dana: Person) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    with held(world, "interaction", "team"):
        dana.clicks("Undo")
        dana.sees("the database did not answer")
    dana.ephemerals[0].clicks("Undo")
    dana.sees("Taken back")
    assert logged(world, dana) == []


def test_strange_names_and_words_stay_words(world: World) -> None:
    manager = world.person("Dana *Moss* 🎉")
    rep = world.person(STRANGE, handle="strange")
    world.team(manager, rep)
    manager.slash(f"/touch @strange call {STRANGE}")
    answer = manager.ephemerals[-1]
    assert "<!channel>" not in json.dumps(answer.raw)
    assert "&lt;!channel&gt;" in json.dumps(answer.raw)
    manager.clicks("They raised something")
    modal(manager).fill("What they raised", STRANGE)
    modal(manager).submit()
    manager.picks("Add a note")
    modal(manager).fill("Private note", STRANGE)
    modal(manager).submit()
    manager.slash("/binder @strange")
    shown = json.dumps(modal(manager).raw)
    assert "<!channel>" not in shown.replace(json.dumps(STRANGE)[1:-1], "")
    manager.picks("Open")
    manager.clicks("Show private note")
    assert modal(manager).value("Private note") == STRANGE
    modal(manager).close()
    manager.clicks("Edit")
    # Slack writes the emoji of a command as its name before we get it.
    assert modal(manager).value("About") == shortcodes(STRANGE)
    modal(manager).submit()
    assert logged(world, manager) == [shortcodes(STRANGE)]


def test_an_answer_is_answered_with_the_binder_once_it_is_too_old(
    world: World, dana: Person
) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    answer = dana.ephemerals[-1]
    world.slack.clock.advance(timedelta(hours=1))
    for label in ("Undo", "Edit", "They raised something"):
        press_or_pick(answer, label)
        assert "Slack keeps an answer like this one open for half an hour" in (
            dana.ephemerals[-1].text
        )
    dana.ephemerals[-1].clicks("Open in the binder")
    dana.sees(ACME)
    dana.clicks("Edit")
    modal(dana).fill("About", "Hooli")
    modal(dana).submit()
    dana.sees("Hooli")
    assert logged(world, dana) == ["Hooli"]


def test_another_workspace_is_none_of_ours(world: World, dana: Person) -> None:
    before = len(world.slack.calls)
    elsewhere = {"team": {"id": "T0ELSEWHERE"}}
    dana.slash(f"/touch @Sam Stone call {ACME}")
    answer = pressing(world, dana, "touch.undo", json.dumps({"subject": 1}), **elsewhere)
    assert (answer.status, answer.body) == (200, "")
    assert len(world.slack.calls) == before
    assert logged(world, dana) == [ACME]


@pytest.mark.parametrize("value", ["", "{}", "nonsense", '{"subject": "x", "other": 1}', "[1]"])
def test_a_button_of_another_version_breaks_nothing(world: World, dana: Person, value: str) -> None:
    dana.slash(f"/touch @Sam Stone call {ACME}")
    for action in ("touch.undo", "binder.entry", "note.delete", "binder.older", "note.show"):
        assert pressing(world, dana, action, value).status == 200
    assert logged(world, dana) == [ACME]
    assert dana.modal is None
