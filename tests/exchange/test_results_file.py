"""Files of results as people send them: decided over the whole file, or asked about."""

import io
import re
import sys
import tracemalloc
import zipfile
from contextlib import suppress
from datetime import date, datetime, time
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import Workbook
from openpyxl.utils.datetime import CALENDAR_MAC_1904

from bot.domain.results.results import PERCENT, Better, MetricKind, metric_key
from bot.domain.results.rows import OPTIONAL, REQUIRED, ResultRow
from bot.domain.team.file_rows import Rejection
from bot.exchange import sheets
from bot.exchange.days import DayOrder
from bot.exchange.numbers import DecimalSign
from bot.exchange.percents import PercentScale
from bot.exchange.results_columns import (
    QuestionKind,
    ReadingOptions,
    ResultsFileError,
    UndecidedError,
)
from bot.exchange.results_file import ResultsFile

HEADER = ",".join(REQUIRED)

DAY = date(2026, 11, 13)
NINE = datetime.combine(DAY, time(9))

NOTHING_SAID = ReadingOptions()

VISITS = ResultRow(
    line=2,
    rep_id="U1",
    metric="Visits",
    period_start=date(2026, 11, 1),
    period_end=date(2026, 11, 30),
    target=Decimal(40),
    actual=Decimal(22),
    as_of=date(2026, 11, 13),
)


def read(
    content: str | bytes,
    options: ReadingOptions = NOTHING_SAID,
    units: dict[str, str] | None = None,
) -> tuple[list[ResultRow | Rejection], tuple[str, ...]]:
    raw = content.encode() if isinstance(content, str) else content
    file = ResultsFile(io.BytesIO(raw), options=options, units=units or {})
    rows = list(file)
    assert rows == list(file)
    assert len(file) == len(rows)
    return rows, file.decided


def rows_of(
    *numbers: tuple[str, str],
    unit: str = "",
    options: ReadingOptions = NOTHING_SAID,
    units: dict[str, str] | None = None,
) -> tuple[list[ResultRow | Rejection], tuple[str, ...]]:
    """Rows that differ in target and actual alone."""
    lines = [
        f'U1,Revenue,2026-11-01,2026-11-30,"{target}","{actual}",2026-11-13,{unit}'
        for target, actual in numbers
    ]
    return read("\n".join([f"{HEADER},unit", *lines]), options, units)


def days_of(
    *days: tuple[str, str, str], options: ReadingOptions = NOTHING_SAID
) -> tuple[list[ResultRow | Rejection], tuple[str, ...]]:
    lines = [f"U1;Visits;{start};{end};40;22;{as_of}" for start, end, as_of in days]
    return read("\n".join([HEADER.replace(",", ";"), *lines]), options)


def figures(rows: list[ResultRow | Rejection]) -> list[tuple[str, str] | str]:
    return [
        one.reason if isinstance(one, Rejection) else (str(one.target), str(one.actual))
        for one in rows
    ]


def spans(rows: list[ResultRow | Rejection]) -> list[str]:
    return [
        one.reason
        if isinstance(one, Rejection)
        else f"{one.period_start} {one.period_end} {one.as_of}"
        for one in rows
    ]


def test_a_plain_file_needs_no_decision() -> None:
    rows, decided = read(f"{HEADER}\nU1,Visits,2026-11-01,2026-11-30,40,22,2026-11-13\n")
    assert rows == [VISITS]
    assert decided == ()


def test_every_column_that_there_may_be() -> None:
    rows, _ = read(
        "rep id;Metric;Period Start;period-end;target;actual;as of;KIND;unit;better;manager_id\n"
        "u012ab3cd; Lost  deals;1.10.2026;31.12.2026;7,5;3;13.11.2026;Leading;eur;LESS;u0dana99\n"
    )
    assert rows == [
        ResultRow(
            2,
            "U012AB3CD",
            "Lost deals",
            date(2026, 10, 1),
            date(2026, 12, 31),
            Decimal("7.5"),
            Decimal(3),
            date(2026, 11, 13),
            MetricKind.LEADING,
            "EUR",
            Better.LESS,
            "U0DANA99",
        )
    ]


@pytest.mark.parametrize(
    ("numbers", "read_as", "said"),
    [
        (
            [("1.355,90", "1.200"), ("1.200", "7,5")],
            [("1355.90", "1200"), ("1200", "7.5")],
            ("target: 1.355,90 is read as 1355.90.", "actual: 7,5 is read as 7.5."),
        ),
        (
            [("€ 1.200", "EUR 0,50"), ("(1.355,90)", "−42")],
            [("1200", "0.50"), ("-1355.90", "-42")],
            ("target: (1.355,90) is read as -1355.90.", "actual: EUR 0,50 is read as 0.50."),
        ),
        (
            [("1,23,456", "1'355.90"), ("12,345", "1’200")],
            [("123456", "1355.90"), ("12345", "1200")],
            ("target: 1,23,456 is read as 123456.", "actual: 1'355.90 is read as 1355.90."),
        ),
    ],
)
def test_numbers_are_decided_over_the_column_and_said(
    numbers: list[tuple[str, str]], read_as: list[tuple[str, str]], said: tuple[str, ...]
) -> None:
    rows, decided = rows_of(*numbers)
    assert figures(rows) == read_as
    assert decided == said


def test_a_column_that_does_not_say_is_asked_about_and_never_guessed() -> None:
    with pytest.raises(UndecidedError) as caught:
        rows_of(("1.355,90", "1.200"), ("2.000,00", "42"))
    assert str(caught.value) == (
        "actual: 1.200 may be 1.200 or 1200. Say --decimal . or --decimal , please."
    )
    rows, decided = rows_of(
        ("1.355,90", "1.200"), options=ReadingOptions(decimal=DecimalSign.COMMA)
    )
    assert figures(rows) == [("1355.90", "1200")]
    assert "actual: 1.200 is read as 1200." in decided


def test_a_column_of_both_kinds_is_asked_about_and_then_what_does_not_fit_is_rejected() -> None:
    numbers = ("1.355,90", "1"), ("1,355.90", "1"), ("1.200", "1")
    with pytest.raises(UndecidedError) as caught:
        rows_of(*numbers)
    assert str(caught.value).startswith(
        "target: 1.355,90 (line 2) and 1,355.90 (line 3) do not go together."
    )
    rows, _ = rows_of(*numbers, options=ReadingOptions(decimal=DecimalSign.COMMA))
    assert figures(rows) == [
        ("1355.90", "1"),
        "target “1,355.90” is not a number with this decimal sign",
        ("1200", "1"),
    ]


NO_NUMBERS = (
    *("1e5", "n/a", "12k", "3 visits", "=A1", "=40*2", "#REF!", "#DIV/0!", "NaN", "inf", "∞", "-"),
    *("–", "null", "--3", "1_000", "0x10", "½", "3.", "(3", "3)"),
)


@pytest.mark.parametrize("typed", NO_NUMBERS)
def test_what_is_no_number_is_rejected_with_its_line(typed: str) -> None:
    rows, _ = rows_of(("1", "1"), (typed, ""))
    assert rows[1] == Rejection(3, f"target “{typed}” is not a number; actual is empty")


@pytest.mark.parametrize(
    ("days", "found"),
    [
        (("2026-11-01", "2026/11/30", "20261113"), "2026-11-01 2026-11-30 2026-11-13"),
        (("1.11.2026", "30. 11. 2026", "13.11.2026"), "2026-11-01 2026-11-30 2026-11-13"),
        (("01/11/2026", "30/11/2026", "12/11/2026"), "2026-11-01 2026-11-30 2026-11-12"),
        (("11/01/2026", "11/30/2026", "11/12/2026"), "2026-11-01 2026-11-30 2026-11-12"),
        (("1-11-2026", "30-11-2026", "13-11-2026"), "2026-11-01 2026-11-30 2026-11-13"),
        (("46327", "46356", "46339,0"), "2026-11-01 2026-11-30 2026-11-13"),
        (
            ("2026-11-01T00:00:00Z", "30.11.2026 00:00", "11/13/2026 12:00:00 AM"),
            "2026-11-01 2026-11-30 2026-11-13",
        ),
    ],
)
def test_days_as_people_write_them(days: tuple[str, str, str], found: str) -> None:
    rows, decided = days_of(days)
    assert spans(rows) == [found]
    if "/" in days[0]:
        assert f"period_end: {days[1]} is read as 2026-11-30." in decided
    if days[0].isdigit():
        assert "period_start: 46327 is read as 2026-11-01, as spreadsheets count days." in decided


def test_days_that_do_not_say_their_order_are_asked_about() -> None:
    days = ("01/10/2026", "01/11/2026", "02/10/2026")
    with pytest.raises(UndecidedError) as caught:
        days_of(days)
    assert [one.kind for one in caught.value.questions] == [QuestionKind.DATES] * 3
    assert str(caught.value).startswith(
        "period_start: 01/10/2026 may be 2026-10-01 or 2026-01-10. "
        "Say --dates dmy or --dates mdy please."
    )
    rows, _ = days_of(days, options=ReadingOptions(dates=DayOrder.DAY_FIRST))
    assert spans(rows) == ["2026-10-01 2026-11-01 2026-10-02"]
    rows, _ = days_of(days, options=ReadingOptions(dates=DayOrder.MONTH_FIRST))
    assert spans(rows) == ["2026-01-10 2026-01-11 2026-02-10"]


def test_days_of_both_orders_are_asked_about_and_then_what_does_not_fit_is_rejected() -> None:
    days = ("01/11/2026", "30/11/2026", "2026-11-13"), ("11/01/2026", "11/30/2026", "2026-11-13")
    with pytest.raises(UndecidedError):
        days_of(*days)
    rows, _ = days_of(*days, options=ReadingOptions(dates=DayOrder.DAY_FIRST))
    assert spans(rows)[0] == "2026-11-01 2026-11-30 2026-11-13"
    assert spans(rows)[1] == (
        "period_end “11/30/2026” is not in the calendar, with the day and month in this order"
    )


@pytest.mark.parametrize(
    ("day", "why"),
    [
        ("01.11.26", "has a year of two digits; write all four"),
        ("1/11/26", "has a year of two digits; write all four"),
        ("31.11.2026", "is not in the calendar"),
        ("29.02.2026", "is not in the calendar"),
        ("1 Nov 2026", "is no date"),
        ("2026-13-01", "is not in the calendar"),
        ("1202-11-01", "is not in the calendar"),
        ("November", "is no date"),
        ("7", "is no date"),
        ("99999", "is no date"),
        ("2026-11", "is no date"),
        ("٢٠٢٦-١١-٠١", "is no date"),
    ],
)
def test_what_is_no_day_is_rejected(day: str, why: str) -> None:
    rows, _ = days_of((day, "2026-11-30", "2026-11-13"))
    assert rows == [Rejection(2, f"period_start “{day}” {why}")]


@pytest.mark.parametrize(
    ("numbers", "read_as", "said"),
    [
        ([("12.5", "40.25")], [("12.5", "40.25")], "target of Revenue: 12.5 is read as 12.5 %."),
        (
            [("0.125", "0.5"), ("0.25", "1.0")],
            [("12.5", "50"), ("25", "100")],
            "target of Revenue: 0.125 is read as 12.5 %.",
        ),
        ([("12,5 %", "40%")], [("12.5", "40")], "target: 12,5 % is read as 12.5."),
        ([("0,9", "1.355,5")], [("90", "1355.5")], "target of Revenue: 0,9 is read as 90 %."),
        ([("90 %", "0.8")], [("90", "80")], "actual of Revenue: 0.8 is read as 80 %."),
    ],
)
def test_percents_are_decided_by_column_and_metric(
    numbers: list[tuple[str, str]], read_as: list[tuple[str, str]], said: str
) -> None:
    for unit, units in (("%", {}), ("percent", {}), ("", {"revenue": PERCENT})):
        rows, decided = rows_of(*numbers, unit=unit, units=units)
        assert figures(rows) == read_as
        assert all(isinstance(one, ResultRow) and one.unit == PERCENT for one in rows)
        assert said in decided


@pytest.mark.parametrize("numbers", [["1"], ["0.125", "12.5"], ["0.95", "1.12"], ["1.5", "1.2"]])
def test_percents_that_may_be_shares_are_asked_about(numbers: list[str]) -> None:
    rows = [(one, "50") for one in numbers]
    with pytest.raises(UndecidedError) as caught:
        rows_of(*rows, unit="%")
    assert [one.kind for one in caught.value.questions] == [QuestionKind.PERCENT]
    assert str(caught.value).endswith("Say --percent share or --percent percent please.")
    found, _ = rows_of(*rows, unit="%", options=ReadingOptions(percent=PercentScale.PERCENT))
    assert figures(found) == [(one, "50") for one in numbers]


def test_another_metric_of_the_column_decides_for_itself() -> None:
    rows, _ = read(
        f"{HEADER},unit\n"
        "U1,Win rate,2026-11-01,2026-11-30,0.4,0.25,2026-11-13,%\n"
        "U1,Margin,2026-11-01,2026-11-30,40,25,2026-11-13,%\n"
        "U1,Visits,2026-11-01,2026-11-30,0.4,25,2026-11-13,\n"
    )
    assert figures(rows) == [("40", "25"), ("40", "25"), ("0.4", "25")]


def test_a_sign_that_is_not_the_metrics_is_rejected() -> None:
    known = {"revenue": "EUR"}
    rows, _ = rows_of(("12 %", "40"), ("12", "40 %"), ("€ 12", "USD 40"), units=known)
    assert figures(rows) == [
        "target “12 %” has a percent sign, and the metric none",
        "actual “40 %” has a percent sign, and the metric none",
        "actual “USD 40” is in USD, and the metric in EUR",
    ]
    rows, _ = rows_of(("12 %", "40"))
    assert figures(rows) == ["target “12 %” has a percent sign, and the metric none"]
    rows, _ = rows_of(("€ 12", "40"), unit="%")
    assert figures(rows) == ["target “€ 12” is in €, and the metric in %"]


def test_a_line_without_unit_is_no_percent_by_itself_where_others_of_the_metric_are() -> None:
    rows, _ = read(
        f"{HEADER},unit\n"
        "U1,Win rate,2026-11-01,2026-11-30,0.4,0.25,2026-11-13,%\n"
        "U2,Win rate,2026-11-01,2026-11-30,0.4,0.25,2026-11-13,\n"
    )
    assert figures(rows) == [
        ("40", "25"),
        "unit is empty, where other lines of the metric say %",
    ]


def test_a_new_metric_whose_numbers_all_have_a_percent_sign_is_in_percent() -> None:
    rows, _ = rows_of(("40 %", "12,5 %"))
    assert rows == [
        VISITS._replace(metric="Revenue", target=Decimal(40), actual=Decimal("12.5"), unit=PERCENT)
    ]


@pytest.mark.parametrize(
    ("extra", "why"),
    [
        ("lead,,,", "kind “lead” is neither leading nor lagging"),
        (",,higher,", "better “higher” is neither more nor less"),
    ],
)
def test_words_that_mean_nothing_are_rejected(extra: str, why: str) -> None:
    rows, _ = read(
        f"{HEADER},kind,unit,better,manager_id\n"
        f"U1,Visits,2026-11-01,2026-11-30,40,22,2026-11-13,{extra}\n"
    )
    assert rows == [Rejection(2, why)]


def test_every_reason_of_a_line_is_said() -> None:
    rows, _ = read(f"{HEADER}\n,,x,2026-11-30,y,,2026-11-13\n")
    assert rows == [
        Rejection(
            2,
            "rep_id is empty; metric is empty; period_start “x” is no date; "
            "target “y” is not a number; actual is empty",
        )
    ]


def test_an_encoding_that_is_guessed_is_said_with_a_line_of_the_file() -> None:
    line = "U1;Tržby v Příbrami;1.11.2026;30.11.2026;1 355,90;42;13.11.2026"
    content = f"{HEADER.replace(',', ';')}\n{line}\n".encode("cp1250")
    rows, decided = read(content)
    assert isinstance(rows[0], ResultRow)
    assert rows[0].metric == "Tržby v Příbrami"
    assert decided[0].startswith("The file is not UTF-8; read as Windows-1250: “Tržby”. A line")
    assert line in decided[0]
    assert "--encoding" in decided[0]
    rows, decided = read(content, ReadingOptions(encoding="cp1250"))
    assert isinstance(rows[0], ResultRow)
    assert decided == ("target: 1 355,90 is read as 1355.90.",)


def test_more_metrics_than_anybody_has_are_another_column() -> None:
    lines = (f"U1,M{at},2026-11-01,2026-11-30,40,22,2026-11-13" for at in range(1_001))
    with pytest.raises(ResultsFileError, match="more than 1,000 metrics"):
        read("\n".join([HEADER, *lines]))


def test_a_file_that_cannot_be_read_says_why() -> None:
    for content, said in (("a,b\n", "is missing"), (b"PK\x03\x04nothing", "no Excel file")):
        with pytest.raises(ResultsFileError, match=said):
            read(content)


def workbook(*rows: list[Any]) -> Workbook:
    """One whose first sheet has these rows."""
    made = Workbook()
    for row in rows:
        made.worksheets[0].append(row)
    return made


def saved(made: Workbook) -> bytes:
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def book(*rows: list[Any], percent: bool = False) -> bytes:
    """A workbook whose first sheet has these rows, and a second one that is not looked at."""
    made = workbook(*rows)
    if percent:
        for cells in made.worksheets[0].iter_rows(min_row=2, min_col=5, max_col=6):
            for cell in cells:
                cell.number_format = "0.00%"
    made.create_sheet("Notes").append(["nothing"])
    made.active = 1
    return saved(made)


ONE_ROW = book(list(REQUIRED), ["U1", "Visits", "2026-11-01", "2026-11-30", 40, 22, "2026-11-13"])


def test_a_spreadsheets_own_numbers_and_days_are_exact() -> None:
    rows, decided = read(
        book(
            [],
            list(REQUIRED),
            [
                "U1",
                "Revenue",
                date(2026, 11, 1),
                46356,
                1355.9,
                0.1,
                datetime.combine(DAY, time(9)),
            ],
            [],
            ["U1", "Revenue", "01/11/2026", "30/11/2026", 1e15, "1.355,90", "2026-11-13"],
            ["U1", 2026, True, 0.5, "", DAY, "2026-11-13"],
        )
    )
    assert rows[0] == ResultRow(
        3,
        "U1",
        "Revenue",
        date(2026, 11, 1),
        date(2026, 11, 30),
        Decimal("1355.9"),
        Decimal("0.1"),
        date(2026, 11, 13),
    )
    assert isinstance(rows[1], ResultRow)
    assert (rows[1].line, rows[1].target, rows[1].actual) == (
        5,
        Decimal(10**15),
        Decimal("1355.90"),
    )
    assert rows[2] == Rejection(
        6,
        "period_start “True” is no date; period_end “0.5” is no date; target is empty; "
        "actual “2026-11-13” is not a number",
    )
    assert "actual: 1.355,90 is read as 1355.90." in decided


def test_a_spreadsheets_percents_are_percents() -> None:
    header = [*REQUIRED, "unit"]
    row = ["U1", "Win rate", date(2026, 11, 1), date(2026, 11, 30), 0.4, 1.12, date(2026, 11, 13)]
    rows, _ = read(book(header, [*row, "%"], percent=True))
    assert figures(rows) == [("40", "112")]
    rows, _ = read(book(header, [*row, "visits"], percent=True))
    assert isinstance(rows[0], Rejection)


@pytest.mark.parametrize(
    ("number_format", "found"),
    [
        ("0%", "4000"),
        ("#,##0.0 %;[Red]-#,##0.0 %", "4000"),
        ('0"%"', "40"),
        ("0\\%", "40"),
        ('0" % of plan"', "40"),
    ],
)
def test_a_number_is_what_its_sheet_shows_with_a_percent_sign(
    number_format: str, found: str
) -> None:
    row = ["U1", "Win rate", date(2026, 11, 1), date(2026, 11, 30), 40, 40, date(2026, 11, 13), "%"]
    made = workbook([*REQUIRED, "unit"], row)
    for cell in made.worksheets[0]["E2:F2"][0]:
        cell.number_format = number_format
    assert figures(read(saved(made))[0]) == [(found, found)]


def test_a_space_as_wide_as_a_percent_sign_is_none() -> None:
    made = workbook(list(REQUIRED), [*GOOD.split(",")[:4], 40, 22, DAY])
    made.worksheets[0]["E2"].number_format = "0_%"
    assert figures(read(saved(made))[0]) == [("40", "22")]


def test_days_are_counted_as_their_workbook_counts_them() -> None:
    made = workbook(list(REQUIRED), ["U1", "Visits", 44865, date(2026, 11, 30), 40, 22, 44877])
    made.epoch = CALENDAR_MAC_1904
    assert spans(read(saved(made))[0]) == ["2026-11-01 2026-11-30 2026-11-13"]


def test_a_sheet_that_nobody_sees_is_not_read_before_one_that_somebody_does() -> None:
    made = workbook(list(REQUIRED), [*GOOD.split(",")[:4], 1, 1, DAY])
    made.worksheets[0].sheet_state = "hidden"
    made.create_sheet("Now").append(list(REQUIRED))
    made.worksheets[1].append(GOOD.split(","))
    made.active = 1
    rows, decided = read(saved(made))
    assert figures(rows) == [("40", "22")]
    assert decided == ("The sheet “Now” is read, as the first that is not hidden; not “Sheet”.",)


def test_a_number_has_the_digits_that_a_spreadsheet_has() -> None:
    made = workbook(list(REQUIRED), [*GOOD.split(",")[:4], 0.1 + 0.2, 1234567.8900000001, DAY])
    assert figures(read(saved(made))[0]) == [("0.3", "1234567.89")]


def test_rows_of_blanks_are_passed_over_in_a_sheet_too() -> None:
    made = workbook([" "], list(REQUIRED), GOOD.split(","), [" "] * 7, [*[None] * 60, "\u00a0"])
    assert figures(read(saved(made))[0]) == [("40", "22")]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (book([]), "The first sheet is empty"),
        (book(["rep_id", "metric"]), "period_start, period_end, target, actual, as_of is missing"),
        (book([*REQUIRED], [1] * 60), "more than 50 columns"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "or one with a password; save it as .xlsx"),
    ],
)
def test_a_spreadsheet_that_cannot_be_read_says_why(content: bytes, said: str) -> None:
    with pytest.raises(ResultsFileError, match=said):
        read(content)


def test_a_spreadsheet_that_unpacks_without_end_is_refused_before_it_is_read() -> None:
    stream = io.BytesIO(book(list(REQUIRED), GOOD.split(",")))
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/media/logo.emf", bytes(4_000_000))
    assert figures(read(stream.getvalue())[0]) == [("40", "22")]
    row = b'<worksheet><sheetData><row r="1">' + b"<c/>" * 1_000_000
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet9.xml", row)
    with pytest.raises(ResultsFileError, match="The Excel file is too large"):
        read(stream.getvalue())


@pytest.mark.slow
@given(st.lists(st.tuples(st.integers(0, 10**6), st.integers(0, 255)), min_size=1, max_size=8))
@settings(derandomize=True, deadline=None, max_examples=60)
@pytest.mark.filterwarnings("ignore:Workbook contains no")
def test_a_spreadsheet_that_arrived_broken_is_read_or_refused(
    broken: list[tuple[int, int]],
) -> None:
    content = bytearray(ONE_ROW)
    for at, byte in broken:
        content[at % len(content)] = byte
    with suppress(ResultsFileError):
        read(bytes(content))


@pytest.mark.parametrize(("flag", "byte"), [(6, 1), (8, 9)], ids=["encrypted", "unknown"])
def test_a_spreadsheet_that_is_locked_says_so(flag: int, byte: int) -> None:
    """Of a zip its flags are at 6, its compression at 8; two bytes later in its directory."""
    content = bytearray(ONE_ROW)
    for mark, at in ((b"PK\x03\x04", flag), (b"PK\x01\x02", flag + 2)):
        for found in re.finditer(re.escape(mark), bytes(content)):
            content[found.start() + at] = byte
    with pytest.raises(ResultsFileError, match="no Excel file that can be read"):
        read(bytes(content))


def test_a_sparse_spreadsheet_is_refused_at_its_last_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sheets, "MAX_ROWS", 20_000)
    made = Workbook()
    sheet = made.active
    assert sheet is not None
    sheet.append(list(REQUIRED))
    sheet.cell(1_048_576, 1, "x")
    stream = io.BytesIO()
    made.save(stream)
    with pytest.raises(ResultsFileError, match="more than 20,000 rows"):
        read(stream.getvalue())


def test_without_the_package_a_spreadsheet_is_answered_by_a_sentence(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    content = book([*REQUIRED])
    monkeypatch.setitem(sys.modules, "openpyxl", None)
    with pytest.raises(ResultsFileError, match=r"pip install 'windshield\[excel\]'"):
        read(content)


RAW = ("U1", "Visits", "2026-11-01", "2026-11-30", "1.355,90", "22", "2026-11-13")


@pytest.mark.slow
def test_memory_does_not_grow_with_the_file() -> None:
    def peak(count: int) -> int:
        line = (";".join(RAW) + "\n").encode()
        content = HEADER.replace(",", ";").encode() + b"\n" + line * count
        stream = io.BytesIO(content)
        tracemalloc.start()
        try:
            for _ in ResultsFile(stream, options=NOTHING_SAID, units={}):
                pass
            return tracemalloc.get_traced_memory()[1]
        finally:
            tracemalloc.stop()

    peak(10)
    # A part of the file is all that is held.
    assert peak(6_000) < peak(2_000) + 50_000


def test_the_columns_are_those_of_the_contract() -> None:
    assert (*REQUIRED, *OPTIONAL) == (
        "rep_id",
        "metric",
        "period_start",
        "period_end",
        "target",
        "actual",
        "as_of",
        "kind",
        "unit",
        "better",
        "manager_id",
    )


CELLS = (
    st.sampled_from(["U1", "u0sam99", " U1", ""]),
    st.sampled_from(["Visits", "VISITS ", "Win rate", ""]),
    st.sampled_from(["2026-11-01", "1.11.2026", "01/11/2026", "x"]),
    st.sampled_from(["2026-11-30", "46356"]),
    st.sampled_from(["40", "1.355,90", "€ 12", "12 %", "0,5", "n/a"]),
    st.sampled_from(["22", "7,5", "-3", "1.200", ""]),
    st.sampled_from(["13.11.2026", "2026-11-13"]),
    st.sampled_from(["leading", "lagging", "", "lead"]),
    st.sampled_from(["visits", "%", "EUR"]),
)


@settings(derandomize=True, deadline=None, max_examples=60)
@given(st.lists(st.tuples(*CELLS), min_size=1, max_size=12))
def test_a_row_is_read_the_same_whatever_stood_before_it(lines: list[tuple[str, ...]]) -> None:
    said = ReadingOptions(DecimalSign.COMMA, DayOrder.DAY_FIRST, PercentScale.PERCENT)
    header = f"{HEADER},kind,unit".replace(",", ";")
    together, _ = read("\n".join([header, *map(";".join, lines)]), said)
    alone = [read(f"{header}\n{';'.join(line)}", said)[0][0] for line in lines]
    assert together == [
        Rejection(at, one.reason) if isinstance(one, Rejection) else one._replace(line=at)
        for at, one in enumerate(alone, 2)
    ]


GOOD = "U1,Visits,2026-11-01,2026-11-30,40,22,2026-11-13"


@pytest.mark.parametrize(
    ("lines", "wanted"),
    [
        (["", GOOD, ",,,,,,", " "], ["row on 3"]),
        ([f"{GOOD},", f"{GOOD},,,"], ["row on 2", "row on 3"]),
        (
            [GOOD, "Total,,,,40,22,", ",,,,40,22,", "Sum,Visits,,,40,22,"],
            [
                "row on 2",
                "metric is empty; period_start is empty; period_end is empty; as_of is empty",
                "rep_id is empty; metric is empty; period_start is empty",
                "period_start is empty; period_end is empty; as_of is empty",
            ],
        ),
        ([f"{GOOD},7"], ["8 values for 7 columns"]),
        (["U1,Visits,2026-11-01,2026-11-30,$1,000,22,2026-11-13"], ["8 values for 7 columns"]),
        (['U1,Vis"its,2026-11-01,2026-11-30,40,22,2026-11-13'], ["row on 2"]),
        (["U1,Visits,2024-02-01,2024-02-29,40,22,2024-02-29"], ["row on 2"]),
    ],
)
def test_lines_that_are_none_are_said_or_passed_over(lines: list[str], wanted: list[str]) -> None:
    rows, _ = read("\n".join([HEADER, *lines]))
    found = [one.reason if isinstance(one, Rejection) else f"row on {one.line}" for one in rows]
    assert [said[: len(told)] for said, told in zip(found, wanted, strict=True)] == wanted


@pytest.mark.parametrize(
    "spelled",
    ["Umsa\u0308tze", "UMSÄTZE", " umsätze ", "Ums\u200bätze", "Umsätze\u00a0", "\u202fUmsätze"],
)
def test_a_metric_is_one_however_it_is_typed(spelled: str) -> None:
    rows, _ = read(f"{HEADER}\n{GOOD.replace('Visits', spelled)}\n")
    assert isinstance(rows[0], ResultRow)
    assert metric_key(rows[0].metric) == metric_key("Umsätze")


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (f"Report of November\n\n{HEADER}\n{GOOD}\n", "Line 3 names the columns"),
        (
            "Report;;\n" + HEADER.replace(",", ";") + "\n",
            "Line 2 names the columns, and something stands above it: take that out",
        ),
        (f"{HEADER},actual\n{GOOD},3\n", "Column “actual” is there twice."),
        (f'{HEADER}\n"{GOOD}\n', "The row that begins on line 2 cannot be read"),
        (f"{HEADER}\nU1,{'x' * 200_000}\n", "field larger than field limit"),
        ("<html><table>", "The first line must name the columns"),
        ("%PDF-1.4\n", "The first line must name the columns"),
        (" \n\n", "The file is empty"),
    ],
)
def test_a_file_that_is_none_of_results_says_why(content: str, said: str) -> None:
    with pytest.raises(ResultsFileError, match=re.escape(said)):
        read(content)


def test_which_sheet_is_read_is_said_where_there_are_several() -> None:
    rows, decided = read(book(list(REQUIRED), GOOD.split(",")))
    assert [one.line for one in rows] == [2]
    assert decided == ("The sheet “Sheet” is read, as the first; not “Notes”.",)
    with pytest.raises(ResultsFileError, match=r"is missing.*The sheet “Sheet” is read, as the fi"):
        read(book(["A cover"]))
    with pytest.raises(ResultsFileError, match=r"Line 2 names the columns.*not “Notes”"):
        read(book(["Report of November"], list(REQUIRED), GOOD.split(",")))


@pytest.mark.parametrize(
    ("day", "said"),
    [
        ("2026-11-02T23:00:00.000Z", True),
        ("2026-11-02 22:00+00:00", True),
        ("2026-11-02T00:00:00.000+0000", False),
        ("2026-11-02T00:00:00Z", False),
        ("2026-11-02 23:00", False),
        ("2026-11-02", False),
    ],
)
def test_a_time_by_another_clock_is_said_since_it_may_be_of_another_day(
    day: str, said: bool
) -> None:
    rows, decided = days_of((day, "2026-11-30", "2026-11-13"))
    assert spans(rows) == ["2026-11-02 2026-11-30 2026-11-13"]
    assert [one.startswith(f"period_start: {day} is read as") for one in decided] == [True] * said
