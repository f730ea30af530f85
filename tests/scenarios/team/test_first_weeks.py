"""The first weeks of a rep who is new, day by day by the heartbeat: what lists say as they come."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import owed
from tests.scenarios.todo.monday import at

JOINED = date(2026, 11, 30)
DAY = timedelta(days=1)
STEP = re.compile(r"For Lena's first [^“]*“([^”]*)”")

HELLO = "Say hello together, and show who to ask for what"
QUESTIONS = "Collect questions, big and small"
VISIT = "Visit a first customer together"
ACCOUNTS = "Name two accounts to get to know first"
MONTH = "Talk over the first month: what helped, what would help now"
DRAFT = "Draft the territory plan"
LISTEN = "Come along to a customer, and only listen"
IN_SHORT = "Come along to a customer, and only list…"
LEAD = "Lead a customer visit"
TALK = "Talk over the first 90 days, and what comes next"
TWO = "Lead two customer visits"
FACTORY = "See the factory together"


@dataclass(frozen=True)
class Edit:
    """What the manager says of a step of the team, on a day of the rep's."""

    on: int
    step: str
    what: str
    day: int


@pytest.fixture
def dana(world: World, sam: Person, raj: Person, lena: Person) -> Person:
    """A manager who told Windshield that Lena is new, from next Monday on."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, raj, lena)
    manager.opens_home()
    manager.picks("Settings", beside="Lena Fox")
    modal(manager).fill("Start date", JOINED.isoformat())
    modal(manager).fill("New on the team", ["Steps for the first weeks, for both of you"])
    modal(manager).submit()
    modal(manager).close_all()
    return manager


def edits(dana: Person, edit: Edit) -> None:
    dana.slash("/team")
    modal(dana).clicks("New on the team")
    modal(dana).picks("Edit", beside=edit.step)
    modal(dana).fill("Step", edit.what)
    modal(dana).fill("Days after the first", str(edit.day))
    modal(dana).submit()
    modal(dana).close_all()


def both_keep(dana: Person, lena: Person, hers: Iterable[str], the_managers: Iterable[str]) -> None:
    for what in the_managers:
        owed(dana).clicks("Kept", beside=what)
        modal(dana).close_all()
    lena.opens_home()
    for what in hers:
        lena.clicks("Agreed", beside=what)
        lena.clicks("Kept", beside=what)
    dana.slash("/touch @Lena Fox call about the week")


def live(
    world: World,
    dana: Person,
    lena: Person,
    until: int,
    edit: Edit,
    kept: dict[int, tuple[list[str], list[str]]],
) -> dict[int, list[str]]:
    """The steps that each list named as it was sent, by the day of Lena's it came on. `kept` are
    the days on which they keep theirs, with what: hers, and the manager's."""
    said: dict[int, list[str]] = {}
    for number in range(until + 1):
        before = {message.ts for message in dana.dm}
        at(world, JOINED + number * DAY, 8)
        lists = [one for one in dana.dm if one.ts not in before and "week, " in one.text]
        assert len(lists) == (number % 7 == 0), "one each Monday, and none between"
        for one in lists:
            said[number] = STEP.findall(one.text)
        if number == edit.on:
            edits(dana, edit)
        if number % 7 == 4:
            both_keep(dana, lena, *kept.get(number, ([], [])))
    return said


BEGINNING = {4: ([QUESTIONS], [HELLO])}


def test_the_lists_of_the_first_weeks_follow_a_step_that_is_edited(
    world: World, dana: Person, lena: Person
) -> None:
    edit = Edit(on=3, step=LISTEN, what=FACTORY, day=14)
    kept = BEGINNING | {11: ([ACCOUNTS], [VISIT])}
    assert live(world, dana, lena, 14, edit, kept) == {
        0: [HELLO],
        7: [VISIT],
        14: [FACTORY],
    }


@pytest.mark.sweep
def test_the_lists_of_every_week_from_day_0_through_day_91(
    world: World, dana: Person, lena: Person
) -> None:
    edit = Edit(on=35, step=LEAD, what=TWO, day=50)
    kept = BEGINNING | {
        11: ([ACCOUNTS], [VISIT]),
        32: ([DRAFT], [MONTH]),
        53: ([TWO], []),
        60: ([], [LISTEN]),
    }
    said = live(world, dana, lena, 91, edit, kept)
    assert {number: steps for number, steps in said.items() if steps} == {
        0: [HELLO],
        7: [VISIT],
        28: [MONTH],
        49: [TWO],
        # It is for Friday: a row of a later day quotes it in short.
        56: [IN_SHORT],
        # Ninety days from a Monday are a Sunday: the last step waits for the Monday after.
        91: [TALK],
    }
    assert list(said) == list(range(0, 92, 7))
