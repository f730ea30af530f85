"""Results from a file: all or nothing, for the right teams, said line by line."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.delivery import MessageKind, Subject
from bot.domain.results.results import Better, Metric, MetricKind, Period, Reading, Result
from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import Rejection
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseFault,
    DatabaseUnavailableError,
    OutOfTimeError,
)
from bot.domain.workspaces.people import Profile
from bot.services.results import importing
from bot.services.results.importing import (
    HalfWrittenError,
    ResultsChangedError,
    ResultsReport,
    import_results,
    known_units,
)
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.results import metrics, results
from storage.results.results import Span
from storage.team import people, teams
from storage.workspaces import audits
from tests.storage.everything import all_results

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)
MONDAY = date(2026, 11, 23)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
MOVED = date(2026, 11, 16)
NAMES = ("UDANA1", "UMIRA1", "USAM1", "URAJ1", "UADA1", "UNEW1")


@pytest.fixture
def ids(database: Database, workspace_id: int) -> dict[str, int]:
    """Dana's team of Sam, and of Ada until she moved to Mira; Mira's of Sam too, and of Raj who has
    left. The teams' and the reps' ids, by Slack id."""
    with database.writing(workspace_id) as tx:
        people.save_profiles(tx, [Profile(one, one.title(), "Europe/Berlin") for one in NAMES], NOW)
        ids = {who: person.id for who, person in people.get_many(tx, NAMES).items()}
        for manager in ("UDANA1", "UMIRA1"):
            ids[manager] = teams.create(tx, ids[manager], TeamSettings(), NOW)
        day = date(2026, 1, 5)
        teams.add_memberships(
            tx,
            [
                (ids["UDANA1"], ids["USAM1"], day, None),
                (ids["UMIRA1"], ids["USAM1"], day, None),
                (ids["UDANA1"], ids["UADA1"], day, MOVED),
                (ids["UMIRA1"], ids["UADA1"], MOVED, None),
                (ids["UMIRA1"], ids["URAJ1"], day, date(2026, 6, 1)),
            ],
        )
    return ids


def row(
    line: int = 2,
    rep: str = "USAM1",
    metric: str = "Visits",
    period: Period = NOVEMBER,
    **more: Any,
) -> ResultRow:
    said = {"target": Decimal(20), "actual": Decimal(9), "as_of": MONDAY, **more}
    return ResultRow(line, rep, metric, period.start, period.end, **said)


def take(
    database: Database, workspace_id: int, *rows: ResultRow | Rejection, **more: Any
) -> ResultsReport:
    said = {"keep_good": False, "dry_run": False, "now": NOW, "file_name": "results.csv", **more}
    return import_results(database, workspace_id, rows, **said)


def kept(database: Database, workspace_id: int, team_id: int) -> list[Result]:
    with database.reading(workspace_id) as tx:
        return all_results(tx, team_id)


def reasons(report: ResultsReport) -> dict[int, str]:
    return {one.line: one.reason for one in report.rejected}


def test_a_reading_is_for_each_team_that_the_rep_is_on_or_for_the_one_that_is_named(
    database: Database, workspace_id: int, ids: dict[str, int]
) -> None:
    report = take(database, workspace_id, row(), row(3, metric="Calls", manager_id="umira1"))
    assert (report.added, report.replaced, report.already_there) == (3, 0, 0)
    assert (report.rejected, report.written) == ((), True)
    reading = Reading(Decimal(20), Decimal(9), MONDAY)
    visits = Result("USAM1", Metric("Visits"), NOVEMBER, (reading,))
    calls = Result("USAM1", Metric("Calls"), NOVEMBER, (reading,))
    assert kept(database, workspace_id, ids["UDANA1"]) == [visits]
    assert kept(database, workspace_id, ids["UMIRA1"]) == [calls, visits]
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx)[-1] == (
            "operator",
            "import results",
            "results.csv: 3 readings",
        )


@pytest.mark.parametrize(
    ("as_of", "teams_of"),
    [
        (MOVED - timedelta(days=1), ["UDANA1"]),
        (MOVED, ["UMIRA1"]),
        (NOVEMBER.start, ["UDANA1"]),
    ],
)
def test_who_moved_has_readings_on_the_team_of_that_day(
    database: Database, workspace_id: int, ids: dict[str, int], as_of: date, teams_of: list[str]
) -> None:
    take(database, workspace_id, row(rep="UADA1", as_of=as_of))
    found = [who for who in ("UDANA1", "UMIRA1") if kept(database, workspace_id, ids[who])]
    assert found == teams_of


@pytest.mark.usefixtures("ids")
def test_the_months_before_a_rep_came_are_taken_too(database: Database, workspace_id: int) -> None:
    before = Period(date(2025, 11, 1), date(2025, 11, 30))
    assert take(database, workspace_id, row(period=before, as_of=before.end)).added == 2


def test_the_same_again_changes_nothing_and_other_numbers_replace(
    database: Database, workspace_id: int, ids: dict[str, int]
) -> None:
    take(database, workspace_id, row(), row(3, as_of=NOVEMBER.start))
    again = take(database, workspace_id, row(), row(3, as_of=NOVEMBER.start))
    assert (again.added, again.replaced, again.already_there) == (0, 0, 4)
    mended = take(database, workspace_id, row(actual=Decimal(8), target=Decimal(22)))
    assert (mended.added, mended.replaced, mended.already_there) == (0, 2, 0)
    (one,) = kept(database, workspace_id, ids["UDANA1"])
    assert one.latest == Reading(Decimal(22), Decimal(8), MONDAY)
    assert len(one.readings) == 2


BAD: dict[str, tuple[Sequence[ResultRow | Rejection], dict[int, str]]] = {
    "nobody knows the rep": ([row(rep="UNOBODY1")], {2: "UNOBODY1 was never on a team here"}),
    "known, and on no team": ([row(rep="UNEW1")], {2: "UNEW1 was never on a team here"}),
    "no id": (
        [row(rep="Sam")],
        {2: "“Sam” is no Slack user id, such as U012AB3CD, and"},
    ),
    "another manager's": (
        [row(rep="URAJ1", manager_id="UDANA1")],
        {2: "URAJ1 was never on the team of “UDANA1”"},
    ),
    "has left": ([row(rep="URAJ1")], {2: "URAJ1 was on the team until 2026-05-31"}),
    "read wrongly": ([Rejection(2, "target “x” is no number")], {2: "target “x” is no number"}),
    "ends before it starts": (
        [row(period=Period(NOVEMBER.end, NOVEMBER.start))],
        {2: "the period ends on 2026-11-01, before it starts on 2026-11-30"},
    ),
    "too long": (
        [row(period=Period(date(2026, 1, 1), date(2027, 1, 3)))],
        {2: "the period is longer than a year"},
    ),
    "outside": (
        [row(as_of=date(2026, 12, 1)), row(3, as_of=date(2026, 10, 31))],
        {2: "as_of 2026-12-01 is outside the period", 3: "as_of 2026-10-31 is outside"},
    ),
    "in the future": ([row(as_of=date(2026, 11, 25))], {2: "as_of 2026-11-25 is in the future"}),
    "no target": (
        [row(target=Decimal(0)), row(3, target=Decimal("-1.50"))],
        {2: "target is 0; it must be more than 0", 3: "target is -1.50"},
    ),
    "more than a number holds": ([row(actual=Decimal(10) ** 15)], {2: "actual is larger"}),
    "no metric": ([row(metric=" ")], {2: "metric is empty"}),
    "a metric without end": ([row(metric="x" * 61)], {2: "metric is 61 characters long"}),
    "several at once": (
        [row(metric="", target=Decimal(-1), rep="UNOBODY1")],
        {2: "UNOBODY1 was never on a team here; import the roster first; metric is empty; target"},
    ),
    "twice the same": (
        [row(), row(3, metric="VISITS")],
        {3: "the same rep, metric, period and as_of as line 2, again"},
    ),
    "twice, and not the same": (
        [row(), row(3), row(4, actual=Decimal(10))],
        {
            2: "line 4 says the same with other numbers",
            3: "the same rep, metric, period and as_of as line 2, again",
            4: "the same rep, metric, period and as_of as line 2, with other numbers",
        },
    ),
    "two kinds": (
        [row(kind=MetricKind.LEADING), row(3, as_of=NOVEMBER.start, kind=MetricKind.LAGGING)],
        {
            2: "“Visits” has kind “leading” on line 2 and “lagging” on line 3",
            3: "“Visits” has kind “leading” on line 2 and “lagging” on line 3",
        },
    ),
    "two units": (
        [row(unit="EUR"), row(3, rep="UADA1", unit="USD", manager_id="UMIRA1")],
        {2: "“Visits” has unit “EUR” on line 2", 3: "“Visits” has unit “EUR” on line 2"},
    ),
    "two ways": (
        [row(better=Better.MORE), row(3, as_of=NOVEMBER.start, better=Better.LESS)],
        {2: "“Visits” has better “more”", 3: "“Visits” has better “more”"},
    ),
    "a month and its quarter": (
        [row(), row(3, period=QUARTER)],
        {
            2: "its period overlaps 2026-10-01 to 2026-12-31 of another row",
            3: "its period overlaps 2026-11-01 to 2026-11-30 of another row",
        },
    ),
}


@pytest.mark.parametrize("name", BAD)
def test_each_line_that_cannot_be_is_said_with_why_and_nothing_is_written(
    database: Database, workspace_id: int, ids: dict[str, int], name: str
) -> None:
    rows, wanted = BAD[name]
    good = row(90, metric="Good one")
    report = take(database, workspace_id, *rows, good)
    assert not report.written
    found = reasons(report)
    assert list(found) == sorted(wanted)
    for line, words in wanted.items():
        assert words in found[line]
    for team in ("UDANA1", "UMIRA1"):
        assert kept(database, workspace_id, ids[team]) == []
    with database.reading(workspace_id) as tx:
        assert metrics.of_teams(tx, [ids["UDANA1"], ids["UMIRA1"]]) == {}

    report = take(database, workspace_id, *rows, good, keep_good=True)
    assert report.written
    assert set(reasons(report)) == set(wanted)
    written = {one.metric.name for one in kept(database, workspace_id, ids["UDANA1"])}
    assert written == ({"Good one", "Visits"} if name == "twice the same" else {"Good one"})


@pytest.mark.usefixtures("ids")
def test_a_period_that_overlaps_one_that_is_kept_is_rejected(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, row(period=QUARTER))
    report = take(database, workspace_id, row(), row(3, rep="UADA1"), row(4, metric="Calls"))
    assert reasons(report) == {
        2: "its period overlaps 2026-10-01 to 2026-12-31 of what is kept for the same metric"
    }
    after = Period(date(2027, 1, 1), date(2027, 1, 31))
    later = datetime(2027, 2, 1, 9, tzinfo=UTC)
    assert take(database, workspace_id, row(period=after, as_of=after.end), now=later).written


def test_a_dry_run_says_what_would_be_and_writes_nothing(
    database: Database, workspace_id: int, ids: dict[str, int]
) -> None:
    take(database, workspace_id, row())
    with database.reading(workspace_id) as tx:
        before = audits.all_records(tx)
    report = take(
        database,
        workspace_id,
        row(kind=MetricKind.LEADING),
        row(3, as_of=NOVEMBER.start),
        row(4, period=OCTOBER, as_of=OCTOBER.end),
        dry_run=True,
    )
    assert (report.added, report.replaced, report.already_there) == (4, 0, 2)
    leading = [Metric("Visits", MetricKind.LEADING)]
    assert report.metrics == {"UDANA1": leading, "UMIRA1": leading}
    assert not report.written
    (one,) = kept(database, workspace_id, ids["UDANA1"])
    assert (one.metric.kind, len(one.readings)) == (MetricKind.LAGGING, 1)
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx) == before


def test_what_a_metric_is_stays_until_a_file_says_another(
    database: Database, workspace_id: int, ids: dict[str, int]
) -> None:
    own: dict[str, Any] = {"manager_id": "UDANA1"}
    as_said = Metric("Open offers", MetricKind.LEADING, Better.LESS, "offers")
    take(
        database,
        workspace_id,
        row(metric="Open offers", kind=as_said.kind, better=as_said.better, unit="offers", **own),
    )
    report = take(database, workspace_id, row(metric="Open offers", actual=Decimal(3), **own))
    assert report.metrics == {}
    assert known_units(database, workspace_id) == {"open offers": "offers"}
    take(database, workspace_id, row(metric="open offers", unit="", **own))
    with database.reading(workspace_id) as tx:
        (metric,) = metrics.of_teams(tx, [ids["UDANA1"]])[ids["UDANA1"]]
    assert metric == Metric("open offers", MetricKind.LEADING, Better.LESS, "")


def test_what_a_manager_sends_is_for_the_own_team_alone(
    database: Database, workspace_id: int, ids: dict[str, int]
) -> None:
    mine = {"manager": "UDANA1", "by": "UDANA1"}
    assert take(database, workspace_id, row(), **mine).added == 1
    report = take(
        database, workspace_id, row(rep="URAJ1"), row(3, manager_id="UMIRA1"), row(4), **mine
    )
    assert list(reasons(report)) == [2, 3]
    assert kept(database, workspace_id, ids["UMIRA1"]) == []


def test_lists_that_show_results_are_drawn_anew(
    database: Database, workspace_id: int, ids: dict[str, int]
) -> None:
    subjects = {
        who: Subject(MessageKind.TODO_LIST, ids[who], MONDAY) for who in ("UDANA1", "UMIRA1")
    }
    with database.writing(workspace_id) as tx:
        for who, subject in subjects.items():
            messages.remember(tx, subject, f"D0{who}", "1763000000.000200")
    take(database, workspace_id, row(manager_id="UDANA1"))
    with database.writing(workspace_id) as tx:
        stale = messages.claim_stale(tx, NOW, 0, 10)
    assert [one.subject for one in stale] == [subjects["UDANA1"]]
    take(database, workspace_id, row(manager_id="UDANA1"))
    with database.writing(workspace_id) as tx:
        assert messages.claim_stale(tx, NOW, stale[0].id, 10) == []


def many(count: int) -> Iterator[ResultRow]:
    """Readings of one rep's metrics, a day each."""
    for number in range(count):
        day = NOVEMBER.start + timedelta(days=number % 20)
        yield row(number + 2, metric=f"Metric {number // 20}", as_of=day, manager_id="UDANA1")


@pytest.fixture
def small_parts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 30)
    monkeypatch.setattr(importing, "TEAMS_AT_ONCE", 1)


@pytest.mark.usefixtures("small_parts")
@pytest.mark.usefixtures("ids")
def test_nobody_who_writes_waits_for_more_than_a_part(
    database: Database, workspace_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    sizes: list[int] = []
    save = results.save_readings

    def note(tx: Transaction, new: Sequence[tuple[int, Reading]]) -> None:
        sizes.append(len(new))
        save(tx, new)

    monkeypatch.setattr(results, "save_readings", note)
    assert take(database, workspace_id, *many(100)).added == 100
    assert sizes == [30, 30, 30, 10]


@contextmanager
def failing(monkeypatch: pytest.MonkeyPatch, after: int) -> Iterator[None]:
    """The database is away once so many parts are written."""
    save, done = results.save_readings, iter(range(after))

    def fail(tx: Transaction, new: Sequence[tuple[int, Reading]]) -> None:
        if next(done, None) is None:
            raise DatabaseUnavailableError(DatabaseFault.FULL)
        save(tx, new)

    with monkeypatch.context() as patched:
        patched.setattr(results, "save_readings", fail)
        yield


@pytest.mark.both
@pytest.mark.usefixtures("small_parts")
def test_a_database_that_goes_away_is_said_and_the_same_file_goes_on(
    database: Database, workspace_id: int, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with failing(monkeypatch, after=0), pytest.raises(DatabaseUnavailableError):
        take(database, workspace_id, *many(100))
    assert kept(database, workspace_id, ids["UDANA1"]) == []
    with failing(monkeypatch, after=2), pytest.raises(HalfWrittenError) as half:
        take(database, workspace_id, *many(100))
    assert half.value.written == 60
    report = take(database, workspace_id, *many(100))
    assert (report.added, report.already_there) == (40, 60)


@pytest.mark.both
def test_periods_that_somebody_else_keeps_meanwhile_are_not_overlapped(
    database: Database, workspace_id: int, ids: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    take(database, workspace_id, row(manager_id="UDANA1", period=OCTOBER, as_of=OCTOBER.end))
    add = results.add_spans

    def other_first(tx: Transaction, new: Sequence[Span]) -> None:
        (span,) = new
        other = Period(date(2026, 11, 15), date(2026, 12, 14))
        add(tx, [Span(span.team_id, span.rep_id, span.metric_id, other)])
        add(tx, new)

    monkeypatch.setattr(results, "add_spans", other_first)
    with pytest.raises(ResultsChangedError):
        take(database, workspace_id, row(manager_id="UDANA1"))
    (one,) = kept(database, workspace_id, ids["UDANA1"])
    assert one.period == OCTOBER


@pytest.mark.usefixtures("ids")
def test_a_queue_of_writers_is_waited_for(
    database: Database, workspace_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    writing, busy = database.writing, iter(range(3))

    def sometimes(*args: Any, **more: Any) -> Any:
        if next(busy, None) is not None:
            raise BusyError(DatabaseFault.LOCKED)
        return writing(*args, **more)

    monkeypatch.setattr(database, "writing", sometimes)
    assert take(database, workspace_id, row()).added == 2


@pytest.mark.both
@pytest.mark.usefixtures("ids")
def test_a_database_that_takes_long_is_not_asked_again(
    database: Database, workspace_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    def slow(*_: Any, **__: Any) -> Any:
        raise OutOfTimeError(DatabaseFault.TOOK_LONG)

    monkeypatch.setattr(database, "writing", slow)
    with pytest.raises(OutOfTimeError):
        take(database, workspace_id, row())
