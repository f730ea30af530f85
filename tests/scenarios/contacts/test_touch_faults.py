"""A bad day: the database or Slack is away while a touch is logged. Nothing typed is lost."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.domain.binder.export import ExportRequest
from bot.services.binder import export
from slack_sandbox import FaultKind, Modal, Person
from slack_sandbox.emoji import shortcodes
from storage.database.engine import Database
from tests.exchange.parts import whole
from tests.scenarios.conftest import World

pytestmark = pytest.mark.slow


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, sam, world.person("Lena Fox"))
    return manager


def form_of(person: Person) -> Modal:
    assert person.modal is not None
    return person.modal


def logged(world: World, manager: Person) -> list[str]:
    """What every touch of the manager is about, as the export has it."""
    now = world.slack.clock.now()
    record = whole(
        export.export_team(world.database, world.workspace_id, manager.id, ExportRequest(), now)
    )
    return [touch.about for touch in record.touches]


@contextmanager
def locked(database: Database) -> Iterator[None]:
    """Another process writes and does not come to an end."""
    with database.engine.connect() as other:
        if database.is_sqlite:
            other.connection.driver_connection.execute("BEGIN EXCLUSIVE")  # type: ignore[union-attr]
            try:
                yield
            finally:
                other.connection.driver_connection.execute("ROLLBACK")  # type: ignore[union-attr]
        else:
            with other.begin():
                other.execute(text("LOCK TABLE interaction IN ACCESS EXCLUSIVE MODE"))
                yield


def test_a_form_stays_open_while_the_database_is_locked_and_is_logged_once(
    world: World, dana: Person
) -> None:
    dana.slash("/touch @Sam Stone")
    form_of(dana).fill("About", "the Acme renewal\nsecond line")
    with locked(world.database):
        form_of(dana).submit()
        assert "What you typed is still here" in form_of(dana).text
        assert form_of(dana).value("About") == "the Acme renewal\nsecond line"
    form_of(dana).submit()
    dana.sees("Logged: contact with Sam Stone")
    assert dana.modal is None
    assert logged(world, dana) == ["the Acme renewal\nsecond line"]


def test_a_line_typed_while_the_database_is_locked_is_answered_in_time(
    world: World, dana: Person
) -> None:
    with locked(world.database):
        dana.slash("/touch @Sam Stone call about Acme")
        dana.sees("the database did not answer")
        dana.sees("/touch @sam.stone call about Acme")
    assert logged(world, dana) == []


def test_sending_a_form_twice_logs_once(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone")
    form_of(dana).fill("About", "Acme")
    form_of(dana).submit_twice()
    assert logged(world, dana) == ["Acme"]


@pytest.mark.parametrize(
    "kind", [FaultKind.RATE_LIMITED, FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE]
)
def test_a_form_that_slack_does_not_open_says_so(
    world: World, dana: Person, kind: FaultKind
) -> None:
    world.slack.faults.add("views.open", kind)
    dana.slash("/touch @Sam Stone")
    dana.sees("Slack did not let me show that just now")
    assert dana.modal is None


def test_an_answer_that_gets_lost_leaves_the_touch_logged_once(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone")
    form_of(dana).fill("About", "Acme")
    world.slack.faults.add("response_url", FaultKind.CUT_AFTER)
    form_of(dana).submit()
    assert dana.modal is None
    assert logged(world, dana) == ["Acme"]


def test_an_answer_pressed_an_hour_later_leads_to_the_binder(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone call about Acme")
    world.slack.clock.advance(timedelta(hours=1))
    dana.clicks("Undo")
    dana.sees("The binder does it all")
    assert logged(world, dana) == ["about Acme"]
    dana.clicks("Open in the binder")
    form_of(dana).clicks("Delete")
    dana.sees("Deleted.")
    assert logged(world, dana) == []
    form_of(dana).clicks("Put it back")
    assert logged(world, dana) == ["about Acme"]


def test_undo_pressed_twice_takes_back_once(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone call about Acme")
    undo = dana.ephemerals[-1]
    undo.clicks("Undo")
    dana.sees("Taken back")
    assert logged(world, dana) == []
    dana.clicks("Put it back")
    dana.sees("Logged: call with Sam Stone")
    assert logged(world, dana) == ["about Acme"]


def test_a_day_to_come_keeps_the_form_open(world: World, dana: Person) -> None:
    dana.slash("/touch @Sam Stone")
    form_of(dana).fill("When", "2026-12-24")
    form_of(dana).submit()
    assert form_of(dana).errors["When"].startswith("That day is still to come")
    assert logged(world, dana) == []


@pytest.mark.parametrize(
    "words",
    [
        "*bold* _it_ ~s~ `code` <!channel> & @here",
        "עברית 🙂 \u202eعربي",
        "x" * 2900,
        "=SUM(A1) \\ \" '",
    ],
)
def test_words_are_kept_exactly_and_ping_nobody(world: World, dana: Person, words: str) -> None:
    dana.slash("/touch @Sam Stone")
    form_of(dana).fill("About", words)
    form_of(dana).submit()
    assert logged(world, dana) == [words]
    dana.slash(f"/touch @Lena Fox call {words}")
    # Slack writes the emoji of a command as its name before we get it.
    assert logged(world, dana)[1] == shortcodes(words)


def test_who_is_no_rep_of_mine_gets_a_clear_answer(world: World, dana: Person) -> None:
    tom = world.person("Tom Ash")
    robot = world.person("Robo", bot=True)
    gone = world.person("Old Hand", deleted=True)
    dana.slash(f"/touch @{tom.name} call about Hooli")
    dana.sees("is not on your team")
    dana.clicks("Add to my team")
    dana.sees("Tom Ash is on your team now. Logged: call with Tom Ash")
    for nobody in (robot, gone):
        dana.slash(f"/touch @{nobody.name} call")
        dana.sees("a bot, or someone who has left Slack")
    dana.slash("/touch @nobody call")
    dana.sees("I don't know “@nobody”")
    dana.slash("/touch @Sam Stone 2026-12-24 call")
    dana.sees("2026-12-24 is still to come")
    assert logged(world, dana) == ["about Hooli"]


def test_a_rep_and_someone_new_cannot_log(world: World, dana: Person, sam: Person) -> None:
    sam.slash("/touch @Lena Fox call")
    sam.sees("That is for a rep's manager alone. What you can do is here")
    assert logged(world, dana) == []
