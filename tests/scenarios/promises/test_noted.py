"""A step that a manager notes for a rep is not the rep's word until the rep says so."""

import json
from datetime import date

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.promises import Owner
from bot.domain.workspaces.refusals import AlreadyClosed, NotYours
from bot.exchange.json_export import to_json
from bot.services import promises
from bot.services.binder.export import export_team
from slack_sandbox import Person
from tests.exchange.parts import whole
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import owed, promise, theirs

pytestmark = pytest.mark.reps("raj", "lena")

DEMO = "lead the Northwind demo"
STEP = "call Hooli"
NOTED = f"Dana Moss noted for you: “{DEMO}”, by Fri 27 Nov"


@pytest.fixture
def demo(world: World, dana: Person, raj: Person) -> int:
    """A step that Dana noted for Raj, in no session."""
    return promise(world, dana, raj, DEMO, owner=Owner.REP, agreed=False)


def held(dana: Person) -> None:
    """A session with Raj, in which each side takes a step."""
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Next step", STEP)
    modal(dana).submit()
    modal(dana).fill("Next step", "me: find a reference")
    for _ in range(4):
        modal(dana).submit()


def answers(world: World, dana: Person) -> list[tuple[str, str | None]]:
    """The steps in an export, with what the rep said to each."""
    now = world.slack.clock.now()
    record = export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now)
    return [
        (one["what"], one["answer"])
        for one in json.loads("".join(to_json(record, now)))["promises"]
    ]


@pytest.mark.usefixtures("demo")
def test_agreed_it_is_the_reps_own_promise(world: World, dana: Person, raj: Person) -> None:
    dana.opens_home()
    dana.sees("[You noted for them · 1]")
    dana.sees_not("They promised")
    assert f"You noted for them\nRaj Rao · “{DEMO}”, by Fri 27 Nov" in theirs(dana).text
    raj.opens_home()
    raj.sees(f"{NOTED}\n[Agreed] [Not so]")
    raj.sees_not("You promised")
    assert answers(world, dana) == [(DEMO, "noted")]
    raj.clicks("Agreed", beside=DEMO)
    raj.sees(f"You promised\n“{DEMO}”, by Fri 27 Nov\n[Kept] [Change date]")
    raj.sees_not("noted for you")
    assert f"They promised\nRaj Rao · “{DEMO}”, by Fri 27 Nov" in theirs(dana).text
    modal(dana).close()
    assert answers(world, dana) == [(DEMO, "agreed")]
    assert dana.dm == []


def test_not_so_tells_the_manager_once_and_is_nowhere_the_reps_word(
    world: World, dana: Person, raj: Person, demo: int
) -> None:
    raj.opens_home()
    raj.clicks("Not so", beside=DEMO)
    promises.say_not_so(world.database, world.actor(raj), demo, world.slack.clock.now())
    raj.sees(f"{NOTED} · you said: not so\n[Agreed]")
    raj.sees_not("[Not so]")
    assert len(dana.dm) == 1
    dana.sees("Raj Rao says it is not so. You noted: “" + DEMO)
    assert DEMO not in dana.dm[-1].raw["text"]
    dana.slash("/binder @Raj Rao")
    assert "Open: noted for Raj 1" in modal(dana).text
    dana.clicks("See")
    shown = modal(dana).text
    assert f"You noted for Raj Rao: “{DEMO}”, by Fri 27 Nov · Raj Rao says: not so" in shown
    assert "Raj Rao told you" not in shown
    modal(dana).close()
    dana.slash("/todo")
    assert DEMO not in dana.ephemerals[-1].text
    assert answers(world, dana) == [(DEMO, "not_so")]
    raj.clicks("Agreed", beside=DEMO)
    dana.opens_home()
    dana.sees("They promised")


def test_a_step_of_a_session_is_seen_once_it_was_shared(
    world: World, dana: Person, raj: Person
) -> None:
    held(dana)
    raj.opens_home()
    raj.sees_not(STEP)
    raj.sees_not("find a reference")
    step = promise_of(world, dana, STEP)
    for change in (promises.agree, promises.say_not_so, promises.fulfil):
        with pytest.raises(NotYours):
            change(world.database, world.actor(raj), step, world.slack.clock.now())
    dana.clicks("Preview as Raj Rao")
    assert f"Dana Moss noted for you: {STEP}" in modal(dana).text
    modal(dana).submit()
    raj.sees(f"Dana Moss noted for you: {STEP}")
    raj.opens_home()
    raj.sees(f"Dana Moss noted for you: “{STEP}”")
    raj.sees("Dana Moss promised\n“find a reference”")
    raj.clicks("Agreed", beside=STEP)
    raj.sees(f"You promised\n“{STEP}”")
    world.heart.beat(world.slack.clock.now())
    assert f"→ You: {STEP}" in raj.dm[-1].text


def test_the_actions_of_a_field_day_wait_for_sharing_too(dana: Person, raj: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Acme: Jo")
    modal(dana).fill("They will", STEP)
    modal(dana).submit()
    raj.opens_home()
    raj.sees_not(STEP)
    dana.clicks("Preview as Raj Rao", beside="field day")
    modal(dana).submit()
    raj.opens_home()
    raj.sees(f"Dana Moss noted for you: “{STEP}”")


def test_another_step_or_another_day_is_noted_anew(
    world: World, dana: Person, raj: Person, demo: int
) -> None:
    now, actor = world.slack.clock.now(), world.actor
    promises.agree(world.database, actor(raj), demo, now)
    promises.date_again(world.database, actor(dana), demo, date(2026, 12, 4), now)
    raj.opens_home()
    raj.sees(f"Dana Moss noted for you: “{DEMO}”, by Fri 4 Dec")
    # The rep's own change is the rep's own word.
    promises.date_again(world.database, actor(raj), demo, date(2026, 12, 11), now)
    raj.opens_home()
    raj.sees(f"You promised\n“{DEMO}”, by Fri 11 Dec")


def test_what_was_agreed_to_stays_where_a_session_is_saved_again(dana: Person, raj: Person) -> None:
    held(dana)
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close()
    raj.opens_home()
    raj.clicks("Agreed", beside=STEP)
    dana.clicks("Edit")
    for _ in range(5):
        modal(dana).submit()
    raj.opens_home()
    raj.sees(f"You promised\n“{STEP}”")
    dana.clicks("Edit")
    modal(dana).fill("Next step", f"{STEP} twice")
    for _ in range(5):
        modal(dana).submit()
    raj.opens_home()
    raj.sees(f"Dana Moss noted for you: “{STEP} twice”")


def test_nobody_else_answers_and_what_is_closed_takes_no_answer(
    world: World, dana: Person, raj: Person, lena: Person, demo: int
) -> None:
    now = world.slack.clock.now()
    own = promise(world, dana, raj, "price sheet")
    for answer in (promises.agree, promises.say_not_so):
        for stranger in (dana, lena):
            with pytest.raises(NotYours):
                answer(world.database, world.actor(stranger), demo, now)
        with pytest.raises(NotYours):
            answer(world.database, world.actor(raj), own, now)
    promises.fulfil(world.database, world.actor(dana), demo, now)
    for answer in (promises.agree, promises.say_not_so):
        with pytest.raises(AlreadyClosed):
            answer(world.database, world.actor(raj), demo, now)
    assert answers(world, dana) == [(DEMO, "noted"), ("price sheet", None)]


def promise_of(world: World, dana: Person, what: str) -> int:
    """The id of the promise of Dana's team that reads so."""
    now = world.slack.clock.now()
    record = whole(export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now))
    return next(one.id for one in record.promises if one.what == what)


def test_other_words_of_a_step_are_noted_anew_and_of_ones_own_promise_stand(
    world: World, dana: Person, raj: Person
) -> None:
    promise(world, dana, raj, "lead the demo", owner=Owner.REP)
    promise(world, dana, raj, "the price lits")
    theirs(dana).picks("Change words", beside="lead the demo")
    assert modal(dana).value("What") == "lead the demo"
    assert "Raj Rao agreed to the words before, and is asked anew" in modal(dana).text
    modal(dana).fill("What", "  ")
    modal(dana).submit()
    assert modal(dana).errors
    modal(dana).fill("What", "lead the <second> demo")
    modal(dana).submit()
    assert "You noted for them" in modal(dana).text
    assert "“lead the <second> demo”, by Fri 27 Nov" in modal(dana).text
    raj.opens_home()
    raj.sees("Dana Moss noted for you: “lead the <second> demo”, by Fri 27 Nov")
    raj.clicks("Agreed", beside="second")
    raj.sees("You promised\n“lead the <second> demo”, by Fri 27 Nov")
    # The very same words again ask nobody.
    theirs(dana).picks("Change words", beside="second")
    modal(dana).submit()
    raj.opens_home()
    raj.sees("You promised\n“lead the <second> demo”, by Fri 27 Nov")
    owed(dana).picks("Change words", beside="the price lits")
    assert "asked anew" not in modal(dana).text
    modal(dana).fill("What", "the price list")
    modal(dana).submit()
    assert "“the price list”" in modal(dana).text
    raj.opens_home()
    raj.sees("Dana Moss promised\n“the price list”, by Fri 27 Nov")
