"""A rep whom a manager knows well: all that the first screen of a binder has to say."""

from datetime import date, timedelta

from bot.domain.promises import Owner
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.home.planned import plan
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at

MONDAY = date(2026, 11, 30)

PLANS = {
    "Territory management plan": "north first, Umbrella before the year ends",
    "Key-account plan": "plant manager at Umbrella by year end, then a second site",
    "Pipeline": "move Hooli to a trial, let go of what has not moved since spring",
    "Activity plan": "three visits a week, calls on Fridays, one new name a day",
}


def hold_session(manager: Person, rep: Person, **plans: str) -> None:
    """A strategy session today, with those plans, and nothing else said."""
    manager.slash(f"/session @{rep.name}")
    for title in PLANS:
        if title in plans:
            modal(manager).fill("Plan", plans[title])
            modal(manager).fill("What changed", "a step on")
        modal(manager).submit()
    modal(manager).submit()
    modal(manager).close()


def known(world: World, manager: Person, rep: Person) -> None:
    """Plans, a focus, promises of both sides, a session and a field day behind them and ahead; on
    Monday morning, when the list has come."""
    hold_session(manager, rep, **PLANS)
    manager.slash(f"/fieldday @{rep.name}")
    modal(manager).fill("Visits", "Globex: Jo Lee, wants a trial\nHooli\nInitech\nUmbrella")
    modal(manager).fill("One focus", "shorter first meetings, and ask for the next step")
    modal(manager).submit()
    modal(manager).close()
    manager.slash(f"/touch @{rep.name} call about the Acme renewal")
    promise(world, manager, rep, "a reference for Wayne", due=MONDAY)
    promise(world, manager, rep, "lead the demo", owner=Owner.REP)
    promise(world, manager, rep, "write to Jo", owner=Owner.REP)
    promise(world, manager, rep, "call Jo", owner=Owner.REP, agreed=False)
    plan(manager, rep, "session", MONDAY + timedelta(days=9), "15:00")
    plan(manager, rep, "field day", MONDAY + timedelta(days=3))
    manager.slash("/todo")
    at(world, MONDAY, 8)
