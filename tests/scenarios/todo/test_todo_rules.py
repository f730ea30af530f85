"""What the list promises from week to week, as a manager lives it."""

from datetime import date, timedelta

import pytest

from bot.domain.todo.sources.questions import QUESTIONS
from bot.services.team import setup
from slack_sandbox import Person
from slack_sandbox.screens import Message
from tests.scenarios.accounts.test_transition import log_visits, pass_on
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import (
    at,
    beat,
    chooses,
    list_of,
    lists_of,
    modal,
    reason,
    row,
    team_of,
)

WEEK = timedelta(days=7)
ACCOUNTS = ("Acme", "Hooli", "Globex")
MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY = (
    date(2026, 11, 30) + timedelta(days=n) for n in range(6)
)


def questions_on(message: Message) -> list[str]:
    """The open questions of a list, without names, each as often as it is there."""
    asked = [question.removeprefix("Ask {name} ") for question in QUESTIONS]
    return [one for one in asked for _ in range(message.text.count(one))]


def today_of(message: Message) -> str:
    """What a list has for today."""
    return message.text.partition("*Later*")[0].partition("Later\n")[0]


def test_the_second_monday_goes_on_from_the_first_and_the_first_stays_as_it_ended(
    world: World, dana: Person
) -> None:
    at(world, MONDAY - timedelta(days=1), 18)
    reps = team_of(world, dana)
    lines = {rep.id: f"the {account} renewal" for rep, account in zip(reps, ACCOUNTS, strict=False)}
    setup.set_first_lines(world.database, world.actor(dana), lines, world.slack.clock.now())
    at(world, MONDAY, 8)
    first = list_of(dana)
    assert len(questions_on(first)) == len(set(questions_on(first))) == 5
    asked = {rep: reason(first.text, rep.name) for rep in reps[3:]}
    for rep in reps[:3]:
        chooses(first, "Done", rep.name)
    dana.slash("/touch @Tom Ash call")
    at(world, SATURDAY, 6)
    ended = first.text
    assert "Stayed open: " in ended
    assert "[" not in ended

    at(world, MONDAY + WEEK, 8)
    second = list_of(dana)
    assert second.ts != first.ts
    asked_now = questions_on(second)
    assert len(asked_now) == len(set(asked_now)) <= 5
    for rep, account in zip(reps, ACCOUNTS, strict=False):
        assert f"“the {account} renewal”. Ask what came of it." in row(second.text, rep.name)
    for rep in reps[3:]:
        assert reason(second.text, rep.name) != asked[rep]

    # News of the new week is no news of the old one.
    promise(world, dana, reps[0], "the price sheet", due=FRIDAY + WEEK)
    dana.slash("/touch @Ada Ek call")
    for day in (TUESDAY, WEDNESDAY, SATURDAY):
        at(world, day + WEEK, 6)
        assert first.text == ended


def test_a_row_is_on_the_day_that_its_reason_needs(world: World, dana: Person) -> None:
    sam, lena, raj, ines, tom, *_ = team_of(world, dana)
    actor = world.actor(dana)
    promise(world, dana, lena, "a quote in two days", due=THURSDAY)
    promise(world, dana, tom, "a demo laptop", due=FRIDAY - WEEK)
    start = world.slack.clock.now()
    setup.add_time_off(world.database, actor, raj.id, MONDAY - WEEK, TUESDAY, start)
    at(world, MONDAY, 8)
    seen = list_of(dana)
    assert "You told Tom: “a demo laptop”, by Fri 27 Nov." in today_of(seen), "late ones today"
    assert "Wed · Raj Rao" in seen.text
    assert "Raj is back on Wednesday. Say welcome" in seen.text

    # Done before it is due; and what was promised since stands in the row all the same.
    chooses(seen, "Done", lena.name)
    promise(world, dana, sam, "the Acme price sheet", due=WEDNESDAY)
    dana.slash("/touch @Sam Stone call")
    at(world, TUESDAY, 8)
    assert "Sam Stone" not in today_of(seen)
    at(world, WEDNESDAY, 8)
    assert "You told Sam: “the Acme price sheet”, by Wednesday." in today_of(seen)
    assert "Raj is back. Say welcome" in today_of(seen)
    dana.opens_home()
    dana.sees("You told Sam Stone: “the Acme price sheet”")

    # What was raised leads at once.
    promise(world, dana, ines, "quotes take four days", due=None, raised=True)
    beat(world)
    assert "Ines raised: “quotes take four days”." in today_of(seen)

    at(world, THURSDAY, 8)
    assert "You told Lena: “a quote in two days”, by Thursday." in today_of(seen)
    assert [seen.text.count(one.name) for one in (sam, lena, raj, ines, tom)] == [1] * 5
    at(world, MONDAY + WEEK, 8)
    assert "Say welcome" not in list_of(dana).text, "and once"
    assert len(lists_of(dana)) == 2


@pytest.mark.slow
def test_an_account_that_passes_on_comes_up_every_monday_until_it_is_introduced(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    world.team(dana, raj, lena)
    log_visits(dana, raj.name, "Northwind: Jo Lee")
    pass_on(dana, "Northwind", day="2026-12-21")
    modal(dana).close_all()
    for week in range(3):
        # Something else is the reason, and it is not forgotten for that.
        promise(world, dana, raj, f"the price sheet {week}", due=FRIDAY + week * WEEK)
        at(world, MONDAY + week * WEEK, 8)
        dana.slash("/touch @Raj Rao call about the price sheet")
        beat(world)
        at(world, FRIDAY + week * WEEK, 8)
        assert "Lena Fox takes over Northwind from Mon 21 Dec on." in list_of(dana).text
        assert "Ask Raj to introduce Lena Fox to Jo Lee." in list_of(dana).text
    log_visits(dana, lena.name, "Northwind: Jo Lee")
    at(world, MONDAY + 3 * WEEK, 8)
    assert "Northwind" not in list_of(dana).text
