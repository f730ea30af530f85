"""Results: metrics of a team, readings of a rep's period, and what is asked of them."""

from collections.abc import Callable
from datetime import date, timedelta
from decimal import Decimal

import pytest

from bot.domain.results.results import Better, Metric, MetricKind, Period, Reading, Result
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import metrics, results
from storage.team import memberships, teams
from tests.services.counting import Cost, counting
from tests.storage.everything import all_results
from tests.storage.world import JOINED, METRIC, NOVEMBER, PATIENCE, READING, REP, TODAY, World, fill

OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
REVENUE = Metric("Revenue", unit="EUR")
EVER = date(2020, 1, 1)


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T0HOME")


def keep(
    tx: Transaction, world: World, period: Period, *read: Reading, metric: Metric = METRIC
) -> None:
    """Readings of the world's rep."""
    metrics.save(tx, {world.team_id: [metric]})
    metric_id = metrics.ids_of(tx, [world.team_id])[world.team_id, metric.name.lower()]
    results.add_spans(tx, [results.Span(world.team_id, world.rep_id, metric_id, period)])
    (span,) = (
        one
        for one in results.spans(tx, [world.team_id], period.start, period.end)
        if one.metric_id == metric_id and one.period == period
    )
    results.save_readings(tx, [(span.id or 0, one) for one in read])


def reading(day: date, actual: str, target: int = 20) -> Reading:
    return Reading(Decimal(target), Decimal(actual), day)


def test_a_metric_is_one_however_it_is_spelled_and_as_it_was_said_last(
    database: Database, world: World
) -> None:
    again = Metric("NEW  Meetings", MetricKind.LAGGING, Better.LESS, "visits")
    with database.writing(world.workspace_id) as tx:
        before = metrics.ids_of(tx, [world.team_id])
        metrics.save(tx, {world.team_id: [again, REVENUE]})
        assert metrics.of_teams(tx, [world.team_id]) == {world.team_id: [again, REVENUE]}
        assert before.items() < metrics.ids_of(tx, [world.team_id]).items()
        (kept,) = all_results(tx, world.team_id)
        assert (kept.metric, kept.readings) == (again, (READING,))


@pytest.mark.parametrize("number", ["0", "-0.10", "123456789012345678.123456789", "1E+3", "1E-9"])
def test_a_number_is_kept_to_its_last_digit(database: Database, world: World, number: str) -> None:
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, NOVEMBER, reading(TODAY, number))
        (kept,) = all_results(tx, world.team_id)
        assert kept.latest.actual == Decimal(number)


def test_a_reading_as_of_the_same_day_takes_the_place_of_the_first_and_others_stay(
    database: Database, world: World
) -> None:
    tomorrow = TODAY + timedelta(days=1)
    mended, next_one = reading(TODAY, "13", target=25), reading(tomorrow, "14")
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, NOVEMBER, mended, next_one)
        assert all_results(tx, world.team_id) == [Result(REP, METRIC, NOVEMBER, (mended, next_one))]


def test_on_a_day_are_the_periods_that_contain_it_as_they_were_then(
    database: Database, world: World
) -> None:
    earlier = reading(TODAY - timedelta(days=7), "8")
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, NOVEMBER, earlier)
        keep(tx, world, OCTOBER, reading(OCTOBER.end, "19"))
        for day, wanted in {
            TODAY: READING,
            TODAY - timedelta(days=1): earlier,
            NOVEMBER.end: READING,
            OCTOBER.end: reading(OCTOBER.end, "19"),
        }.items():
            (one,) = results.on_day(tx, [world.team_id], day)[world.team_id]
            assert one.readings == (wanted,), day
        for day in (earlier.as_of - timedelta(days=1), NOVEMBER.end + timedelta(days=1)):
            assert results.on_day(tx, [world.team_id], day) == {}, day


def test_of_each_week_the_last_reading_is_what_it_was_like(
    database: Database, world: World
) -> None:
    monday = date(2026, 11, 2)
    days = [monday + timedelta(days=n) for n in range(21)]
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, NOVEMBER, *(reading(day, str(n)) for n, day in enumerate(days)))
        sundays = [monday + timedelta(days=n) for n in (6, 13, 20)]
        (one,) = results.weekly(tx, [world.team_id], EVER, sundays[-1])[world.team_id]
        assert [got.as_of for got in one.readings] == sundays
        (one,) = results.weekly(tx, [world.team_id], days[7], days[16])[world.team_id]
        assert [got.as_of for got in one.readings] == [sundays[1], days[16]]


def test_those_that_warn_are_read_as_by_weeks(database: Database, world: World) -> None:
    won, chosen = Metric("won"), Metric("chosen")
    days = [OCTOBER.start + timedelta(days=n) for n in range(31)]
    with database.writing(world.workspace_id) as tx:
        for metric in (METRIC, won, chosen):
            read = (reading(day, str(n)) for n, day in enumerate(days))
            keep(tx, world, OCTOBER, *read, metric=metric)
        metrics.choose(tx, world.team_id, ["chosen"])
        for since in (EVER, OCTOBER.start, NOVEMBER.start):
            for day in (days[3], days[17], TODAY):
                weekly = results.weekly(tx, [world.team_id], since, day).get(world.team_id, [])
                assert results.that_warn(tx, world.team_id, since, day) == [
                    one for one in weekly if one.metric.warns
                ]
        names = {one.metric.name for one in results.that_warn(tx, world.team_id, EVER, TODAY)}
        assert names == {METRIC.name, "chosen"}
        # What began before is read whole: its first weeks say whether it was in question.
        ever = results.that_warn(tx, world.team_id, EVER, TODAY)
        assert results.that_warn(tx, world.team_id, days[20], TODAY) == ever
        later = results.that_warn(tx, world.team_id, NOVEMBER.start, TODAY)
        assert {one.period for one in later} == {NOVEMBER}


def test_the_newest_periods_are_counted_for_each_metric_by_itself(
    database: Database, world: World
) -> None:
    quarter = Period(date(2026, 10, 1), date(2026, 12, 31))
    december = Period(date(2026, 12, 1), date(2026, 12, 31))
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, OCTOBER, reading(OCTOBER.start, "1"), reading(OCTOBER.end, "19"))
        keep(tx, world, Period(date(2026, 9, 1), date(2026, 9, 30)), reading(EVER, "18"))
        keep(tx, world, december, reading(december.start, "2"))
        keep(tx, world, quarter, reading(TODAY, "900"), metric=REVENUE)
        found = results.newest_periods(tx, [world.team_id], 2, TODAY)[world.team_id]
        assert [(one.metric, one.period, one.latest.actual) for one in found] == [
            (METRIC, OCTOBER, Decimal(19)),
            (METRIC, NOVEMBER, READING.actual),
            (REVENUE, quarter, Decimal(900)),
        ]


def test_of_a_rep_is_every_reading_since_a_day(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, OCTOBER, reading(OCTOBER.end, "19"))
        keep(tx, world, NOVEMBER, reading(NOVEMBER.start, "1"))
        own = (world.team_id, world.rep_id)
        (one,) = results.of_rep(tx, *own, NOVEMBER.start, TODAY)
        assert [got.as_of for got in one.readings] == [NOVEMBER.start, TODAY]
        assert len(results.of_rep(tx, *own, OCTOBER.end, TODAY)) == 2
        assert results.of_rep(tx, world.team_id, world.new_rep_id, EVER, TODAY) == []


def test_who_was_never_on_the_team_leaves_no_results(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        teams.add_members(tx, [(world.team_id, world.new_rep_id, JOINED)])
        metric = world.span.metric_id
        theirs = results.Span(world.team_id, world.new_rep_id, metric, OCTOBER)
        results.add_spans(tx, [theirs])
        (kept,) = results.spans(tx, [world.team_id], OCTOBER.start, OCTOBER.end)
        results.save_readings(tx, [(kept.id or 0, reading(OCTOBER.end, "3"))])
        memberships.forget(tx, world.team_id, world.new_rep_id)
        assert [one.rep_id for one in all_results(tx, world.team_id)] == [REP]


def nightly(tx: Transaction, world: World, months: int) -> None:
    """A reading a day of so many months up to the world's day."""
    end = NOVEMBER.end
    for _ in range(months):
        start = end.replace(day=1)
        days = [start + timedelta(days=n) for n in range((end - start).days + 1)]
        keep(tx, world, Period(start, end), *(reading(day, "7") for day in days if day <= TODAY))
        end = start - timedelta(days=1)


def test_what_is_asked_for_a_day_and_for_weeks_reads_no_more_for_years_of_nights(
    database: Database, world: World
) -> None:
    team, since = [world.team_id], TODAY - timedelta(weeks=8)
    asked: tuple[Callable[[Transaction], object], ...] = (
        lambda tx: results.on_day(tx, team, TODAY),
        lambda tx: results.weekly(tx, team, since, TODAY),
        lambda tx: results.that_warn(tx, world.team_id, since, TODAY),
        lambda tx: results.newest_periods(tx, team, 3, TODAY),
        lambda tx: results.running(tx, world.team_id, world.rep_id, TODAY),
        lambda tx: results.periods(tx, world.team_id, since, TODAY),
        lambda tx: results.of_rep(tx, world.team_id, world.rep_id, since, TODAY),
    )
    cost: dict[int, list[Cost]] = {4: [], 48: []}
    for months, found in cost.items():
        with database.writing(world.workspace_id, patience=PATIENCE) as tx:
            nightly(tx, world, months)
            for ask in asked:
                with counting(database) as counted:
                    ask(tx)
                found.append(counted.cost)
    assert cost[4] == cost[48]
    assert [one.statements for one in cost[4]] == [1, 1, 2, 1, 1, 1, 1]
    assert [one.rows for one in cost[4][:6]] == [1, 11, 18, 3, 1, 3]


def test_of_each_period_of_a_rep_there_is_the_newest_reading_by_a_day(
    database: Database, world: World
) -> None:
    with database.writing(world.workspace_id) as tx:
        keep(tx, world, OCTOBER, reading(date(2026, 10, 9), "3"), reading(OCTOBER.end, "9"))
        found = results.of_rep_by_period(tx, world.team_id, world.rep_id, EVER, TODAY, TODAY)
        assert [(one.period, one.latest.as_of) for one in found] == [
            (OCTOBER, OCTOBER.end),
            (NOVEMBER, READING.as_of),
        ]
        ended = OCTOBER.end, OCTOBER.end
        (october,) = results.of_rep_by_period(tx, world.team_id, world.rep_id, *ended, TODAY)
        assert october.period == OCTOBER
        # A day before the first reading has none.
        by = date(2026, 10, 8)
        assert results.running(tx, world.team_id, world.rep_id, by) == ()
        assert results.periods(tx, world.team_id, EVER, OCTOBER.end) == [OCTOBER]
        september = Period(date(2026, 9, 1), date(2026, 9, 30))
        empty = results.Span(world.team_id, world.rep_id, world.span.metric_id, september)
        results.add_spans(tx, [empty])
        assert results.periods(tx, world.team_id, EVER, TODAY) == [OCTOBER, NOVEMBER]
