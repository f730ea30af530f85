"""The number a week of a save-it plan: followed from results, else asked of its rep once a week."""

from datetime import date, timedelta

import pytest

from bot.domain.results.results import Metric, MetricKind
from bot.domain.team.time_off import AwayEntry
from bot.screens.team.people import ensure_profiles
from bot.services.team import away
from slack_sandbox import Message, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.results.test_reasons import DECEMBER, FRIDAY, MONDAY, reads
from tests.scenarios.todo.monday import at
from tests.scenarios.todo.test_todo_privacy import seen_by
from tests.scenarios.workspaces.trouble import hand_over_team
from tests.services.kept_results import keep_result

pytestmark = pytest.mark.slow

TUESDAY, NEXT_FRIDAY = MONDAY + timedelta(days=1), FRIDAY + timedelta(days=7)
CHECK = date(2026, 12, 30)
QUESTION = "How many first meetings this week, 14–18 Dec? The plan says five a week."
WEEK = timedelta(days=7)


def planned(world: World, counted: str = "first meetings") -> MeetingWorld:
    """On a Tuesday Dana and Raj write a plan: five a week of something that nobody imports."""
    team = meeting_world(world)
    plan(team, counted)
    return team


def plan(team: MeetingWorld, counted: str = "first meetings") -> None:
    reads(team.world, team.dana, 46, {team.raj: 15}, FRIDAY)
    at(team.world, TUESDAY, 8)
    team.dana.slash("/mirror")
    team.dana.ephemerals[-1].clicks("Save-it plan", beside="Raj Rao")
    write(team.dana, counted)


def write(manager: Person, counted: str, a_week: str = "5") -> None:
    modal(manager).fill("Two to four steps", "call five old accounts\nme: ask marketing")
    modal(manager).fill("How many a week", a_week)
    modal(manager).fill("Of what", counted)
    modal(manager).fill("When you look at it together", CHECK)
    modal(manager).submit()
    modal(manager).close()


def questions(person: Person) -> list[Message]:
    return [one for one in person.dm if "For your save-it plan with" in one.text]


def opens_plan(manager: Person) -> None:
    """From the mirror, beside the warning while there is one."""
    manager.slash("/mirror")
    mirror = manager.ephemerals[-1]
    warned = "Raj Rao can still make" in mirror.text
    mirror.clicks("Save-it plan" if warned else "Open", beside="Raj Rao")


def plan_page(manager: Person) -> str:
    """What the page of Raj's plan says."""
    opens_plan(manager)
    said = modal(manager).text
    modal(manager).close()
    return said


def home_of(person: Person) -> str:
    person.opens_home()
    assert person.home is not None
    return person.home.text


def answers(rep: Person, number: str) -> None:
    modal(rep).fill("How many first meetings, 14–18 Dec", number)
    modal(rep).submit()


def test_a_rep_is_asked_once_a_week_and_both_see_the_number(world: World) -> None:
    team = planned(world)
    dana, raj = team.dana, team.raj
    assert "Raj Rao is asked for the number at the end of each week" in plan_page(dana)
    assert "How many" not in home_of(raj)
    at(world, NEXT_FRIDAY, 15, 59)
    assert questions(raj) == []
    at(world, NEXT_FRIDAY, 16)
    (question,) = questions(raj)
    assert QUESTION in question.text
    for words in ("Asked once a week, until Wed 30 Dec", "Stop asking", "You and Dana Moss see"):
        assert words in question.text
    assert "How many first meetings this week, 14–18 Dec?" in home_of(raj)

    question.clicks("Answer")
    answers(raj, "lots")
    assert "One whole number from 0 to 9,999" in " ".join(modal(raj).errors.values())
    answers(raj, " four. ")
    assert "You said 4 first meetings, 14–18 Dec." in questions(raj)[0].text
    assert "So far: 14–18 Dec: 4" in home_of(raj)
    assert "first meetings so far: 14–18 Dec: 4" in plan_page(dana)
    assert "first meetings so far: 14–18 Dec: 4" in home_of(dana)
    raj.opens_home()
    raj.clicks("Change number")
    answers(raj, "0")
    assert "first meetings so far: 14–18 Dec: 0" in plan_page(dana)
    assert "You said 0 first meetings" in questions(raj)[0].text

    # Nobody answers for the next week: nothing is said of it, and it is not asked again.
    for day in range(7):
        at(world, NEXT_FRIDAY + timedelta(days=1 + day), 16)
    assert len(questions(raj)) == 2
    at(world, NEXT_FRIDAY + timedelta(days=10), 16)
    assert len(questions(raj)) == 2
    assert "first meetings so far: 14–18 Dec: 0\n" in plan_page(dana)
    assert "How many first meetings in the week of 21–25 Dec?" in home_of(raj)

    # Closing shows what happened, and ends it.
    opens_plan(dana)
    modal(dana).clicks("Close the plan")
    assert "first meetings so far: 14–18 Dec: 0" in modal(dana).text
    modal(dana).submit()
    assert "first meetings so far: 14–18 Dec: 0" in modal(dana).text
    modal(dana).close()
    at(world, CHECK + timedelta(days=2), 16)
    assert len(questions(raj)) == 2
    assert all("It is over; nothing more is asked." in one.text for one in questions(raj))
    with pytest.raises(AssertionError):
        questions(raj)[1].clicks("Answer")


def test_a_rep_stops_it_and_may_be_asked_again(world: World) -> None:
    team = planned(world)
    raj = team.raj
    at(world, NEXT_FRIDAY, 16)
    questions(raj)[0].picks("Stop asking")
    assert "You are not asked for this number any more." in questions(raj)[0].text
    assert "How many" not in home_of(raj)
    assert "Raj Rao is not asked for the number." in plan_page(team.dana)
    at(world, NEXT_FRIDAY + WEEK, 16)
    assert len(questions(raj)) == 1
    raj.opens_home()
    raj.clicks("Ask me each week")
    assert "How many first meetings this week, 21–25 Dec?" in home_of(raj)
    assert len(questions(raj)) == 1


def test_what_a_team_counts_is_followed_and_nobody_is_asked(world: World) -> None:
    team = planned(world, "Visits ")
    dana, raj = team.dana, team.raj
    visits = Metric("visits", MetricKind.LEADING)
    readings = [(date(2026, 12, 11), 60, 12), (date(2026, 12, 18), 60, 18)]
    where = (world.database, world.workspace_id, dana.id, raj.id)
    keep_result(*where, *readings, metric=visits, period=DECEMBER)
    at(world, NEXT_FRIDAY, 16)
    assert questions(raj) == []
    assert "Visits so far: 14–18 Dec: 6" in plan_page(dana)
    assert "The number is followed from your team's results." in plan_page(dana)
    assert "So far: 14–18 Dec: 6" in home_of(raj)
    assert "How many" not in home_of(raj)


def test_a_rep_who_is_away_that_week_is_not_asked_and_one_who_left_never(world: World) -> None:
    team = planned(world)
    raj = team.raj
    entry = AwayEntry(MONDAY, NEXT_FRIDAY, None)
    now = world.slack.clock.now()
    away.add(world.database, world.actor(raj), entry, "away", now)
    at(world, NEXT_FRIDAY, 16)
    assert questions(raj) == []
    assert "How many" not in home_of(raj)
    raj.is_deactivated()
    at(world, NEXT_FRIDAY + WEEK, 16)
    raj.is_reactivated()
    assert questions(raj) == []


def test_before_the_introductions_nobody_is_asked(world: World) -> None:
    team = meeting_world(world, introduced=False)
    plan(team)
    at(world, NEXT_FRIDAY, 16)
    assert questions(team.raj) == []


def test_a_number_that_changes_in_the_middle_keeps_what_was_said(world: World) -> None:
    team = planned(world)
    dana, raj = team.dana, team.raj
    at(world, NEXT_FRIDAY, 16)
    questions(raj)[0].clicks("Answer")
    answers(raj, "4")
    at(world, NEXT_FRIDAY, 17)
    opens_plan(dana)
    modal(dana).clicks("Change")
    write(dana, "demos", "2")
    assert "demos so far: 14–18 Dec: 4 first meetings" in plan_page(dana)
    at(world, NEXT_FRIDAY + WEEK, 16)
    assert len(questions(raj)) == 2
    assert (
        "How many demos this week, 21–25 Dec? The plan says two a week." in questions(raj)[-1].text
    )
    questions(raj)[-1].clicks("Answer")
    modal(raj).fill("How many demos, 21–25 Dec", "3")
    modal(raj).submit()
    assert "demos so far: 14–18 Dec: 4 first meetings · 21–25 Dec: 3" in plan_page(dana)
    # What was said of the week before is changed under the name it was said of.
    questions(raj)[0].clicks("Change number")
    answers(raj, "")
    assert "demos so far: 21–25 Dec: 3\n" in plan_page(dana)


def test_two_plans_with_one_number_ask_once_and_two_managers_each(world: World) -> None:
    team = meeting_world(world)
    dana, raj, kim = team.dana, team.raj, world.person("Kim Ito")
    world.team(kim, raj, world.person("Mo Ali"))
    plan(team)
    calls = Metric("Calls", MetricKind.LEADING)
    for manager in (dana, kim):
        where = (world.database, world.workspace_id, manager.id, raj.id)
        keep_result(*where, (FRIDAY, 46, 15), metric=calls, period=DECEMBER)
    for manager in (dana, kim):
        manager.slash("/mirror")
        manager.ephemerals[-1].clicks("Save-it plan", beside="December's Calls")
        write(manager, "First Meetings")
    at(world, NEXT_FRIDAY, 16)
    asked = questions(raj)
    assert sorted("Dana Moss" in one.text for one in asked) == [False, True]
    of_dana = next(one for one in asked if "Dana Moss" in one.text)
    of_dana.clicks("Answer")
    answers(raj, "4")
    home = home_of(raj)
    assert home.count("So far: 14–18 Dec: 4") == 2, "both plans of Dana's, and not Kim's"
    assert "so far" not in plan_page(kim)


def test_nobody_else_sees_a_plan_or_what_is_said_of_it(world: World) -> None:
    team = planned(world, "zwielicht")
    dana, raj = team.dana, team.raj
    kim, otto, stan, nora = (
        world.person(name) for name in ("Kim Ito", "Otto Berg", "Stan Roth", "Nora Lind")
    )
    world.team(kim, world.person("Mo Ali"), world.person("Jo Lee"))
    # Otto manages Dana and is shown how it goes with her team; Stan has her list meanwhile.
    world.team(otto, dana, kim)
    ensure_profiles(world.product.app, world.workspace_id, [stan.id, nora.id])
    dana.slash("/mirror teams")
    dana.clicks("Share")
    modal(dana).fill("With whom", otto)
    modal(dana).submit()
    now = world.slack.clock.now()
    span = AwayEntry(NEXT_FRIDAY + timedelta(days=3), NEXT_FRIDAY + WEEK, stan.id)
    away.add(world.database, world.actor(dana), span, "away", now)
    at(world, NEXT_FRIDAY, 16)
    questions(raj)[0].clicks("Answer")
    modal(raj).fill("How many zwielicht, 14–18 Dec", "7431")
    modal(raj).submit()
    for day in range(3, 8):
        at(world, NEXT_FRIDAY + timedelta(days=day), 8)
        at(world, NEXT_FRIDAY + timedelta(days=day), 16)
    others = (team.lena, team.tom, kim, otto, stan, nora)
    for person in others:
        person.opens_home()
        person.slash("/todo")
        person.slash("/mirror")
        person.slash("/mirror teams")
        shown = seen_by(world, person)
        for word in ("zwielicht", "7,431", "7431", "old accounts"):
            assert word not in shown, (person.name, word)
    posted = " ".join(one.text for one in raj.channel_messages(team.channel))
    assert "zwielicht" not in posted
    assert "zwielicht" in seen_by(world, raj)
    assert "zwielicht so far: 14–18 Dec: 7,431" in plan_page(dana)

    # Whoever has the team later has its plans with it, and the rep goes on with them.
    at(world, NEXT_FRIDAY + timedelta(days=10), 9)
    hand_over_team(world, dana, nora)
    assert "zwielicht so far: 14–18 Dec: 7,431" in plan_page(nora)
    dana.slash("/mirror")
    assert "zwielicht" not in dana.ephemerals[-1].text
