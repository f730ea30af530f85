"""A message that Slack would not take: tried for as long as it makes sense, then said on Home."""

from datetime import date, timedelta

import pytest

from bot.jobs.kinds import all_kinds
from bot.views.delivery import WHAT
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import at, lists_of, modal, team_of

pytestmark = pytest.mark.slow

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
POST = "chat.postMessage"


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    return team_of(world, dana, 3)


def home(person: Person) -> str:
    person.opens_home()
    return person.screen()


@pytest.mark.parametrize("word", ["accesslimited", "invalid_blocks", "of_tomorrow"])
@pytest.mark.usefixtures("reps")
def test_a_list_that_is_refused_for_a_day_comes_on_the_next(
    world: World, dana: Person, word: str
) -> None:
    world.slack.faults.refuse(POST, word, times=100)
    at(world, MONDAY, 8)
    for hour in range(9, 20, 2):
        at(world, MONDAY, hour)
    assert lists_of(dana) == []
    assert "Not delivered" not in home(dana), "it may still come"
    while world.slack.faults.take(POST):
        pass
    at(world, MONDAY + DAY, 9)
    assert len(lists_of(dana)) == 1


@pytest.mark.usefixtures("reps")
def test_a_list_that_was_refused_all_week_is_told_of_on_home(world: World, dana: Person) -> None:
    world.slack.faults.refuse(POST, "invalid_blocks", times=1000)
    for days in range(5):
        for hour in (8, 20):
            at(world, MONDAY + days * DAY, hour)
    assert "Not delivered" not in home(dana)
    at(world, MONDAY + 6 * DAY, 8)
    assert "Not delivered" in home(dana), "now it can come no more"
    while world.slack.faults.take(POST):
        pass
    at(world, MONDAY + 7 * DAY, 8)
    assert len(lists_of(dana)) == 1, "this week's comes"
    assert (
        "Not delivered: the week's list, Mon 30 Nov. Slack did not take it; whoever runs "
        "Windshield finds why in its log. "
        "It is on this page, and /todo shows it." in home(dana)
    )
    at(world, MONDAY + 14 * DAY, 9)
    assert "Not delivered" not in home(dana), "not for ever"


@pytest.mark.usefixtures("reps")
def test_a_manager_who_has_left_is_written_to_no_more(world: World, dana: Person) -> None:
    dana.is_deactivated()
    counts = at(world, MONDAY, 8)
    assert (counts.sent, counts.failed) == (0, 1)
    assert world.slack.calls == [call for call in world.slack.calls if call.method != POST]


@pytest.mark.usefixtures("reps")
def test_what_nobody_can_ever_get_is_told_of_at_once(world: World, dana: Person) -> None:
    world.slack.faults.refuse(POST, "messages_tab_disabled", times=1)
    at(world, MONDAY, 8)
    assert "Not delivered: the week's list, today. Slack did not take it" in home(dana)
    at(world, MONDAY, 9)
    assert lists_of(dana) == []


def test_that_a_rep_did_not_get_the_note_before_a_session_is_told_of_to_the_manager_alone(
    world: World, dana: Person, reps: list[Person]
) -> None:
    dana.slash("/binder @Sam Stone")
    dana.picks("Plan a session")
    modal(dana).fill("Day", (MONDAY + 2 * DAY).isoformat())
    modal(dana).submit()
    modal(dana).close_all()
    at(world, MONDAY, 8)
    world.slack.faults.refuse(POST, "user_disabled", times=2)
    at(world, MONDAY + DAY, 8)
    text = home(dana)
    assert "Not delivered: the note before a session for Sam Stone, today." in text
    assert "Prepare is on their Home tab too." in text
    assert "Not delivered: the note before a session, today." in text, "and Dana's own"
    assert "Not delivered" not in home(reps[0])


def test_of_every_kind_that_is_sent_somebody_is_told_when_it_did_not_arrive() -> None:
    kinds = all_kinds()
    assert {*kinds.told_by, *WHAT} == {*kinds.sent}
    assert not {*kinds.told_by} & {*WHAT}
