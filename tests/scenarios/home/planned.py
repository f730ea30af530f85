"""A Monday on which much is open, for a manager of four."""

from collections.abc import Sequence
from datetime import date, timedelta

from bot.domain.promises import Owner
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at

MONDAY, THURSDAY = date(2026, 11, 30), date(2026, 12, 3)


def plan(manager: Person, rep: Person, kind: str, day: date, time: str | None = None) -> None:
    manager.opens_home()
    manager.picks(f"Plan a {kind}", beside=rep.name)
    modal(manager).fill("Day", day)
    if time:
        modal(manager).fill("Time", time)
    modal(manager).submit()
    if manager.modal is not None:
        manager.modal.close_all()


def busy(world: World, dana: Person, reps: Sequence[Person]) -> None:
    """A session that nobody said anything of, one to come and a field day, promises of both sides,
    a form half filled in; at eight, when the list has come."""
    one, two, three, four = reps
    plan(dana, one, "session", THURSDAY - timedelta(days=7), "10:00")
    plan(dana, two, "session", THURSDAY, "10:00")
    plan(dana, three, "field day", MONDAY + timedelta(days=4))
    promise(world, dana, four, "a demo laptop", due=MONDAY - timedelta(days=3))
    promise(world, dana, one, "the price sheet", due=MONDAY + timedelta(days=9))
    promise(world, dana, one, "lead the demo", owner=Owner.REP)
    promise(world, dana, two, "call Jo", owner=Owner.REP, agreed=False)
    dana.slash(f"/fieldday @{two.name}")
    modal(dana).fill("Visits", "Hooli")
    modal(dana).clicks("Finish later")
    modal(dana).close_all()
    dana.slash("/todo")
    at(world, MONDAY, 8)
