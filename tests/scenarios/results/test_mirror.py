"""`/mirror`: ahead above behind, for the manager alone, wherever it was typed, and on Home."""

from datetime import date

import pytest

from bot.domain.results.results import PERCENT, Better, Metric, MetricKind, Period
from bot.services.team import setup
from slack_sandbox import Message, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.home.planned import plan
from tests.scenarios.todo.monday import at, team_of
from tests.services.kept_results import MEETINGS, keep_result

MONDAY, WEDNESDAY = date(2026, 11, 30), date(2026, 12, 9)
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
SHARE = Metric("Won", unit=PERCENT)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, Lena, Raj and Ines, who joined on the Monday before."""
    found = team_of(world, dana, 4)
    at(world, MONDAY, 8)
    return found


def answer(person: Person) -> Message:
    return person.ephemerals[-1]


def test_what_lies_ahead_stands_above_what_is_behind(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena = reps[:2]
    plan(dana, sam, "session", WEDNESDAY, "10:00")
    keep(world, dana, sam, (date(2026, 11, 27), 20, 12))
    keep(world, dana, lena, (date(2026, 11, 20), 20, 22))
    dana.slash("/mirror")
    seen = answer(dana).text
    assert seen.index("Looking ahead") < seen.index("Planned") < seen.index("Looking back")
    assert "Sam Stone · contact by 2 Dec\nsession planned, Wed 9 Dec · field day " in seen
    assert "Lena Fox · contact by 2 Dec\nsession 7–14 Dec · field day 23 Dec – 7 Jan\n" in seen
    assert "Wed 9 Dec, 10:00 · strategy session with Sam Stone" in seen
    assert "New meetings, Oct – Dec 2026: 34 of 40, as of Fri 20 Nov to Fri 27 Nov" in seen
    assert dana.dm == [one for one in dana.dm if "Looking" not in one.text]


def keep(world: World, dana: Person, rep: Person, *readings: tuple[date, int, int]) -> None:
    keep_result(world.database, world.workspace_id, dana.id, rep.id, *readings)


def test_results_are_a_chart_and_a_table_of_it_and_another_metric_is_next(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena = reps[:2]
    by = date(2026, 11, 27)
    keep(world, dana, sam, (by, 20, 12))
    keep(world, dana, lena, (by, 20, 22))
    where = world.database, world.workspace_id, dana.id, sam.id
    keep_result(*where, (SUMMER.end, 18, 19), period=SUMMER)
    keep_result(*where, (by, 30, 25), metric=SHARE)
    dana.slash("/mirror")
    answer(dana).clicks("See results")
    assert answer(dana).text.splitlines()[2:6] == [
        "New meetings, Oct – Dec 2026: 34 of 40, as of Fri 27 Nov",
        "New meetings, Oct – Dec 2026",
        "Target: Lena 20, Sam 20",
        "Actual: Lena 22, Sam 12",
    ]
    assert "Sam Stone | 20 | 12" in answer(dana).text
    answer(dana).clicks("Over time")
    assert "Actual: Jul – Sep 2026 19, Oct – Dec 2026 34" in answer(dana).text
    answer(dana).clicks("By rep")
    answer(dana).clicks("Next: Won")
    seen = answer(dana).text
    assert "Won, Oct – Dec 2026: shares, which do not add up, as of Fri 27 Nov" in seen
    assert "Rep | Target, % | Actual, %\nSam Stone | 30 | 25" in seen
    assert "Over time" not in seen
    answer(dana).clicks("Back")
    assert "Looking ahead" in answer(dana).text
    assert len(dana.ephemerals) == 1


def test_what_can_still_be_saved_is_said_as_help_and_not_of_who_is_away(
    world: World, dana: Person, reps: list[Person]
) -> None:
    visits = Metric("Customer visits", MetricKind.LEADING)
    for rep in (reps[0], reps[2]):
        reading = (date(2026, 11, 27), 30, 15)
        keep_result(world.database, world.workspace_id, dana.id, rep.id, reading, metric=visits)
    actor, now = world.actor(dana), world.slack.clock.now()
    until = date(2026, 12, 2)
    setup.add_time_off(world.database, actor, reps[2].id, MONDAY, until, now, "off")
    dana.slash("/mirror")
    seen = answer(dana).text
    ahead, behind = seen.split("Looking back")
    assert "Sam Stone can still make the quarter's Customer visits at" in ahead
    assert "Raj Rao can still" not in seen
    assert "Raj Rao · away until Wed 2 Dec\n" in ahead
    assert "Customer visits, Oct – Dec 2026: 30 of 60, as of Fri 27 Nov" in behind


def test_what_the_mirror_has_no_room_for_stands_in_the_binder_of_its_rep(
    world: World, dana: Person, reps: list[Person]
) -> None:
    names = ("Calls", "Demos", "Visits")
    for name in names:
        for rep in reps:
            keep_result(
                *(
                    world.database,
                    world.workspace_id,
                    dana.id,
                    rep.id,
                    (date(2026, 11, 27), 30, 15),
                ),
                metric=Metric(name, MetricKind.LEADING),
            )
    dana.slash("/mirror")
    ahead = answer(dana).text.split("Looking back")[0]
    assert ahead.count("can still make") == 8
    assert "And 4 more: each stands in the binder of its rep." in ahead
    left = next(rep for rep in reps if f"{rep.name} can still" not in ahead)
    dana.slash(f"/binder @{left.name}")
    for name in names:
        assert f"can still make the quarter's {name}" in modal(dana).text
    modal(dana).clicks("Save-it plan", beside="Visits")
    assert "Visits, Oct – Dec 2026: 15 of 30" in modal(dana).text


def test_on_home_it_is_a_page_of_home(world: World, dana: Person, reps: list[Person]) -> None:
    keep(world, dana, reps[0], (date(2026, 11, 27), 20, 12))
    dana.opens_home()
    assert dana.home is not None
    assert "New meetings, Oct – Dec 2026: 12 of 20, as of Fri 27 Nov [Mirror]" in dana.home.text
    dana.home.clicks("Mirror")
    assert "Looking ahead" in dana.home.text
    dana.home.clicks("See results")
    assert "Sam Stone | 20 | 12" in dana.home.text
    dana.home.clicks("Back")
    dana.home.clicks("Back to Home")
    assert "Looking ahead" not in dana.home.text
    assert "Log a touch" in dana.home.text


def test_a_workspace_without_charts_has_the_table(
    world: World, dana: Person, reps: list[Person]
) -> None:
    world.forgiven.add("chart.not_given")
    world.slack.withhold_charts()
    keep(world, dana, reps[0], (date(2026, 11, 27), 20, 12))
    dana.slash("/mirror")
    answer(dana).clicks("See results")
    seen = answer(dana).text
    assert "Sam Stone | 20 | 12" in seen
    assert "Actual: Sam" not in seen


@pytest.mark.usefixtures("reps")
def test_what_is_due_is_planned_from_there(world: World, dana: Person) -> None:
    at(world, date(2026, 12, 7), 8)
    dana.slash("/mirror")
    assert "session by 14 Dec · " in answer(dana).text
    answer(dana).picks("Plan a session with Lena Fox")
    modal(dana).fill("Day", WEDNESDAY)
    modal(dana).submit()
    dana.slash("/mirror")
    assert "session planned, Wed 9 Dec" in answer(dana).text


def test_it_is_no_longer_late_than_it_must_be(
    world: World, dana: Person, reps: list[Person]
) -> None:
    """What is past its latest day has no date: it would say for how long nothing was."""
    at(world, date(2027, 3, 1), 8)
    dana.slash("/mirror")
    said = f"{reps[0].name} · time for a hello\ntime for a session · time for a field day\n"
    assert said in answer(dana).text


def test_others_have_no_mirror_and_a_rep_reads_their_own_results_as_they_are(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena = reps[:2]
    keep(world, dana, sam, (date(2026, 11, 27), 20, 12))
    keep(world, dana, lena, (date(2026, 11, 27), 20, 22))
    for person in (sam, world.person("Nia New")):
        person.slash("/mirror")
        seen = answer(person).text
        assert "Looking" not in seen
        assert "New meetings" not in seen
    sam.opens_home()
    assert sam.home is not None
    assert "New meetings, Oct – Dec 2026: 12 of 20, as of Fri 27 Nov" in sam.home.text
    assert "22" not in sam.home.text
    assert MEETINGS.name in sam.home.text


def test_help_and_other_words_answer_how_it_is_typed(dana: Person, reps: list[Person]) -> None:
    for word in ("help", "upside down"):
        dana.slash(f"/mirror {word}")
        assert "/mirror" in answer(dana).text
        assert "Looking ahead" not in answer(dana).text
        # What a manager may type is no rep's to try.
        reps[0].slash(f"/mirror {word}")
        assert "/mirror" not in answer(reps[0]).text.split("You typed")[0]
        assert "What you can do here" in answer(reps[0]).text


def test_where_less_is_better_a_target_is_the_most_there_may_be(
    world: World, dana: Person, reps: list[Person]
) -> None:
    complaints = Metric("Complaints", better=Better.LESS)
    where = world.database, world.workspace_id, dana.id, reps[0].id
    keep_result(*where, (date(2026, 11, 27), 10, 3), metric=complaints)
    dana.slash("/mirror")
    assert "Complaints, Oct – Dec 2026: 3 of at most 10" in answer(dana).text
    reps[0].opens_home()
    assert reps[0].home is not None
    assert "Complaints, Oct – Dec 2026: 3 of at most 10" in reps[0].home.text
