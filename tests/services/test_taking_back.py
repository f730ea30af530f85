"""What becomes of each thing that hangs on a period that is taken back, and of the right one."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.results.incoming import ReadingKey
from bot.domain.results.pace import Standing
from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.results.rows import ResultRow
from bot.domain.results.saving import SaveItPlan, SavingEntry
from bot.domain.results.standing import followed, in_the_way
from bot.domain.todo.reasons import ReasonKind
from bot.domain.todo.sources.results import warning_of
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import ForManagers, Gone, NoTeam, Refusal
from bot.services.results import importing, mirror, saving, taking_back
from bot.services.results.importing import (
    HalfWrittenError,
    ResultsChangedError,
    ResultsReport,
    import_results,
)
from bot.services.todo import rows
from storage.database.transaction import Transaction
from storage.results import results
from storage.workspaces import audits
from tests.services.counting import Cost, counting
from tests.services.kept_results import keep_result
from tests.services.monday import DANA, INES, KEN, KIM, LENA, MON, SAM, Office, at
from tests.storage.everything import all_results

VISITS = Metric("Visits", MetricKind.LEADING)
WRONG = Period(date(2026, 11, 2), date(2026, 11, 30))
RIGHT = Period(date(2026, 11, 1), date(2026, 11, 30))
OCTOBER = Period(date(2026, 10, 1), date(2026, 10, 31))
CHECK = date(2026, 11, 27)
ENTRY = SavingEntry("call five\nme: ask Ken", 5, "visits", "Ken", CHECK)
NOW = at(MON)


def keep(office: Office, rep: str, period: Period, *read: tuple[date, int, int]) -> None:
    where = office.database, office.workspace_id, DANA, rep
    keep_result(*where, *read, metric=VISITS, period=period)


@pytest.fixture
def wrong(office: Office) -> int:
    """November of Sam and Lena, sent without its first day; October, which was saved."""
    for who in (KEN, KIM, INES):
        office.meets(who)
    office.team(KEN, INES)
    keep(office, SAM, OCTOBER, (date(2026, 10, 9), 40, 9), (OCTOBER.end, 40, 41))
    for rep in (SAM, LENA):
        keep(office, rep, WRONG, (date(2026, 11, 20), 20, 12))
    office.week(NOW)
    page = office.asks(taking_back.standing, DANA, 0, NOW)
    return page.periods[0].id


def take_back(office: Office, result: int) -> None:
    found = office.asks(taking_back.look, DANA, result, NOW)
    _, done = office.asks(taking_back.take_back, DANA, result, found.seen, NOW)
    assert done


def send(office: Office, *rows: ResultRow, **more: Any) -> ResultsReport:
    said = {"file_name": "results.csv", "keep_good": False, "dry_run": False, "now": NOW, **more}
    return import_results(office.database, office.workspace_id, rows, **said)


def row(rep: str = SAM, period: Period = RIGHT, line: int = 2, actual: int = 12) -> ResultRow:
    as_of = min(date(2026, 11, 20), period.end)
    span = period.start, period.end
    return ResultRow(line, rep, VISITS.name, *span, Decimal(20), Decimal(actual), as_of)


def test_what_stands_is_said_and_what_would_go(office: Office, wrong: int) -> None:
    page = office.asks(taking_back.standing, DANA, 0, NOW)
    assert [(one.metric, one.period, one.reps, one.as_of) for one in page.periods] == [
        ("Visits", WRONG, 2, date(2026, 11, 20)),
        ("Visits", OCTOBER, 1, OCTOBER.end),
    ]
    found = office.asks(taking_back.look, DANA, wrong, NOW)
    assert {one.rep.slack_id for one in found.figures} == {SAM, LENA}
    take_back(office, wrong)
    left = office.asks(taking_back.standing, DANA, 0, NOW)
    assert [one.period for one in left.periods] == [OCTOBER]
    with office.database.reading(office.workspace_id) as tx:
        assert audits.all_records(tx)[-1] == (
            DANA,
            "take back results",
            "Visits, 2026-11-02 to 2026-11-30: 2 results",
        )
    with pytest.raises(Gone):
        office.asks(taking_back.look, DANA, wrong, NOW)


@pytest.mark.parametrize(("who", "told"), [(SAM, ForManagers), (KIM, NoTeam), (KEN, Gone)])
def test_nobody_else_takes_it_back(
    office: Office, wrong: int, who: str, told: type[Refusal]
) -> None:
    with pytest.raises(told):
        office.asks(taking_back.look, who, wrong, NOW)
    seen = office.asks(taking_back.look, DANA, wrong, NOW).seen
    with pytest.raises(told):
        office.asks(taking_back.take_back, who, wrong, seen, NOW)
    assert office.asks(taking_back.look, DANA, wrong, NOW).seen == seen


def test_other_figures_than_were_seen_do_not_go(office: Office, wrong: int) -> None:
    seen = office.asks(taking_back.look, DANA, wrong, NOW).seen
    keep(office, LENA, WRONG, (date(2026, 11, 21), 20, 12))
    _, done = office.asks(taking_back.take_back, DANA, wrong, seen, NOW)
    assert not done
    assert len(office.asks(taking_back.look, DANA, wrong, NOW).figures) == 2


def test_a_warning_goes_with_it_and_comes_with_the_right_one(office: Office, wrong: int) -> None:
    def stands() -> list[Standing | None]:
        paces = office.asks(mirror.front, DANA, NOW).paces
        return [pace.standing for rep, pace in paces if rep.slack_id == SAM]

    about = warning_of(WRONG, VISITS.name)
    office.asks(rows.choose_reason, DANA, office.slot(SAM, NOW), about, NOW)
    assert office.row(SAM, NOW).reason.kind is ReasonKind.EARLY_WARNING
    assert stands() == [Standing.RECOVERABLE]
    take_back(office, wrong)
    assert office.row(SAM, NOW).reason.kind is not ReasonKind.EARLY_WARNING
    assert stands() == []
    with pytest.raises(Gone):
        office.asks(rows.choose_reason, DANA, office.slot(SAM, NOW), about, NOW)
    send(office, row())
    assert stands() == [Standing.RECOVERABLE]


Seen = Callable[[Office], Any]

STAYS: dict[str, Seen] = {
    "the plan": lambda office: [
        (one.rep.slack_id, one.metric, one.a_week, one.check_on, one.closed_on)
        for one in office.asks(mirror.front, DANA, NOW).plans
    ],
    "its steps": lambda office: [
        one.what for one in office.asks(saving.look, DANA, the_plan(office), NOW).steps
    ],
    "its check day on the list": lambda office: office.row(SAM, NOW).reason.kind,
    "the balance": lambda office: office.asks(mirror.front, DANA, NOW).balance,
    "what helped before": lambda office: [
        one.helped for _, one in office.asks(mirror.front, DANA, NOW).saved
    ],
}
"""What is there before a period is taken back, while it is, and once the right one came."""


def the_plan(office: Office) -> int:
    (plan,) = office.asks(mirror.front, DANA, NOW).plans
    found: int = plan.id
    return found


@pytest.mark.parametrize("name", STAYS)
def test_what_people_wrote_stays(office: Office, wrong: int, name: str) -> None:
    about = warning_of(WRONG, VISITS.name)
    office.asks(saving.save, DANA, SAM, about, ENTRY, "a form", NOW)
    before = STAYS[name](office)
    assert before
    take_back(office, wrong)
    assert STAYS[name](office) == before
    send(office, row())
    assert STAYS[name](office) == before
    plan = office.asks(saving.look, DANA, the_plan(office), NOW).plan
    assert plan.period == RIGHT
    # It answers the warning of the right period.
    again = office.asks(saving.to_write, DANA, SAM, warning_of(RIGHT, VISITS.name), NOW)
    assert again.plan == plan


def test_a_period_that_was_saved_is_named_only_while_its_figures_say_so(
    office: Office, wrong: int
) -> None:
    def saved() -> list[Period]:
        return [one.result.period for _, one in office.asks(mirror.front, DANA, NOW).saved]

    assert saved() == [OCTOBER]
    take_back(office, wrong)
    assert saved() == [OCTOBER]
    (left,) = office.asks(taking_back.standing, DANA, 0, NOW).periods
    take_back(office, left.id)
    assert saved() == []


def test_a_file_takes_back_what_is_in_its_way_where_it_is_told_to(
    office: Office, wrong: int
) -> None:
    refused = send(office, row())
    assert not refused.written
    assert [one.line for one in refused.rejected] == [2]
    (way,) = refused.in_the_way
    assert (way.manager, way.metric, way.period, way.reps) == (DANA, "Visits", WRONG, 1)

    rehearsed = send(office, row(), dry_run=True, replace_periods=True)
    assert (rehearsed.rejected, rehearsed.in_the_way, rehearsed.added) == ((), (way,), 1)
    assert office.asks(taking_back.look, DANA, wrong, NOW).period == WRONG

    done = send(office, row(), replace_periods=True)
    assert (done.written, done.added, done.in_the_way) == (True, 1, (way,))
    assert kept(office) == {
        (SAM, OCTOBER),
        (SAM, RIGHT),
        (LENA, WRONG),
    }
    again = send(office, row(), replace_periods=True)
    assert (again.in_the_way, again.already_there) == ((), 1)


@pytest.mark.usefixtures("wrong")
def test_a_line_that_is_rejected_takes_nothing_back(office: Office) -> None:
    twice = row(), row(line=3, actual=13)
    report = send(office, *twice, row(LENA, line=4), keep_good=True, replace_periods=True)
    assert {one.line for one in report.rejected} == {2, 3}
    assert [one.reps for one in report.in_the_way] == [1]
    assert kept(office) == {
        (SAM, OCTOBER),
        (SAM, WRONG),
        (LENA, RIGHT),
    }


def kept(office: Office) -> set[tuple[str, Period]]:
    """Whose figures of which days there are."""
    with office.database.reading(office.workspace_id) as tx:
        return {(one.rep_id, one.period) for one in all_results(tx, office.team_id(DANA))}


@pytest.mark.both
@pytest.mark.parametrize("after", [0, 1])
def test_what_is_taken_back_while_a_file_is_written_gets_no_readings(
    office: Office, wrong: int, monkeypatch: pytest.MonkeyPatch, after: int
) -> None:
    monkeypatch.setattr(importing, "AT_ONCE", 1)
    save, parts = results.save_readings, iter(range(9))

    def meanwhile(tx: Transaction, new: Sequence[Any]) -> None:
        save(tx, new)
        if next(parts) == 0:
            sent.append(True)

    sent: list[bool] = []
    prepare = importing._Writer.prepare

    def then_gone(self: Any, *given: Any) -> None:
        prepare(self, *given)
        if after == 0:
            take_back(office, wrong)

    keep_part = importing._Writer._keep

    def gone_between(self: Any, tx: Transaction, part: Any) -> Any:
        if after == 1 and sent:
            # As if somebody had pressed between the two parts.
            tx.connection.exec_driver_sql("DELETE FROM result WHERE starts_on = '2026-11-02'")
        return keep_part(self, tx, part)

    monkeypatch.setattr(results, "save_readings", meanwhile)
    monkeypatch.setattr(importing._Writer, "prepare", then_gone)
    monkeypatch.setattr(importing._Writer, "_keep", gone_between)
    rows = row(period=WRONG, actual=13), row(LENA, WRONG, 3, 13)
    with pytest.raises(ResultsChangedError if after == 0 else HalfWrittenError):
        send(office, *rows)


def test_statements_do_not_grow_with_what_stands(office: Office, wrong: int) -> None:
    def cost() -> Cost:
        with counting(office.database) as counted:
            office.asks(taking_back.standing, DANA, 0, NOW)
            office.asks(taking_back.look, DANA, wrong, NOW)
        return counted.cost

    few = cost()
    for month in range(1, 10):
        first = date(2026, month, 1)
        for rep in (SAM, LENA):
            keep(office, rep, Period(first, first + timedelta(days=20)), (first, 20, 1))
    assert cost().statements == few.statements


SAMS = Person(7, SAM, "Sam Stone", "UTC", active=True, bot=False, dm_channel=None)
PLACE = ReadingKey(1, 7, "visits", RIGHT.start, RIGHT.end)


@pytest.mark.parametrize(
    ("kept", "is_in_the_way"),
    [
        (PLACE, False),
        (PLACE._replace(end=date(2026, 11, 29)), True),
        (PLACE._replace(start=OCTOBER.start, end=RIGHT.start), True),
        (PLACE._replace(start=OCTOBER.start, end=OCTOBER.end), False),
        (PLACE._replace(metric="calls", end=date(2026, 11, 29)), False),
        (PLACE._replace(rep_id=8, end=date(2026, 11, 29)), False),
        (PLACE._replace(team_id=2, end=date(2026, 11, 29)), False),
    ],
)
def test_what_is_in_the_way(kept: ReadingKey, is_in_the_way: bool) -> None:
    assert in_the_way([PLACE], [kept]) == ([kept] if is_in_the_way else [])


def test_a_plan_follows_to_the_period_that_shares_the_most_days() -> None:
    plan = SaveItPlan(1, 1, SAMS, "Visits", WRONG, 5, "visits", "", MON, CHECK)
    short = PLACE._replace(end=date(2026, 11, 10))
    rest = PLACE._replace(start=date(2026, 11, 11))
    assert followed([plan], [short, rest], [short, rest]) == {
        1: (Period(rest.start, rest.end), CHECK)
    }
    # It is looked at before its period ends.
    assert followed([plan], [short], [short]) == {1: (Period(short.start, short.end), short.end)}
    other = PLACE._replace(metric="calls")
    before = PLACE._replace(start=OCTOBER.start, end=OCTOBER.end)
    assert followed([plan], [other, before], [other, before]) == {}
    # One whose own period stands stays, and nobody takes its place.
    own = replace(plan, id=2, period=RIGHT)
    assert followed([plan, own], [PLACE], [PLACE]) == {}
    again = replace(plan, id=3, period=Period(date(2026, 11, 3), WRONG.end))
    assert followed([plan, again], [PLACE], [PLACE]) == {1: (RIGHT, CHECK)}
