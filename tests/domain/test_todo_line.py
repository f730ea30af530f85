from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.todo.line import (
    TodoCommand,
    TodoLineError,
    TodoLineProblem,
    parse_todo_line,
    read_coming_day,
)
from bot.domain.todo.lists import ISSUE_LIMIT
from bot.domain.todo.reasons import IssueEntry
from bot.domain.workspaces.words import bare

reproducible = settings(derandomize=True, deadline=None)

TUESDAY = date(2026, 11, 24)
FRIDAY = date(2026, 11, 27)
SATURDAY = date(2026, 11, 28)
SUNDAY = date(2026, 11, 29)
NEXT_FRIDAY = date(2026, 12, 4)
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]

todays = st.dates(min_value=date(2001, 1, 1), max_value=date(2100, 12, 31))
spaces = st.sampled_from([" ", "  ", "\t", "\n", NO_BREAK_SPACE])
words = ["issue", "Issue", "until", "UNTIL", "next", "this", "week", "help", "away", "friday"]
days = ["2026-11-27", "2026-02-30", "9999-12-31", "0000-00-00"]
pieces = st.sampled_from([*words, *days, "<@U1|sam>", "&amp;", "<", "|"])
awkward_lines = st.lists(pieces | spaces | st.text(max_size=4), max_size=12).map("".join)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


@pytest.mark.parametrize(
    ("raw", "command"),
    [
        ("", TodoCommand.THIS_WEEK),
        (" \n", TodoCommand.THIS_WEEK),
        ("this", TodoCommand.THIS_WEEK),
        ("This  Week", TodoCommand.THIS_WEEK),
        ("next", TodoCommand.NEXT_WEEK),
        (f"next{NO_BREAK_SPACE}week ", TodoCommand.NEXT_WEEK),
        ("help", TodoCommand.HELP),
        ("issue help", TodoCommand.HELP),
        ("AWAY", TodoCommand.AWAY),
        ("issue", TodoCommand.ISSUES),
        ("issues", TodoCommand.ISSUES),
        ("*issues*.", TodoCommand.ISSUES),
        ("Next-week!", TodoCommand.NEXT_WEEK),
        ("`away`", TodoCommand.AWAY),
        ("“help”", TodoCommand.HELP),
    ],
)
def test_a_word_asks_for_something(raw: str, command: TodoCommand) -> None:
    assert parse_todo_line(raw, TUESDAY) is command


@pytest.mark.parametrize(
    ("rest", "text", "ends_on"),
    [
        pytest.param("price change until friday", "price change", FRIDAY, id="weekday"),
        pytest.param("price change", "price change", FRIDAY, id="no end"),
        pytest.param("price change until today", "price change", TUESDAY, id="today"),
        pytest.param("price change UNTIL Tomorrow", "price change", date(2026, 11, 25), id="case"),
        pytest.param("price change until tuesday", "price change", TUESDAY, id="same weekday"),
        pytest.param("price change until monday", "price change", date(2026, 11, 30), id="next"),
        pytest.param("price change until 2026-12-04", "price change", NEXT_FRIDAY, id="ISO"),
        pytest.param(
            "not until friday until 2026-12-04", "not until friday", NEXT_FRIDAY, id="last until"
        ),
        pytest.param(
            "price until further notice", "price until further notice", FRIDAY, id="no day"
        ),
        pytest.param("price until", "price until", FRIDAY, id="until alone"),
        pytest.param("price change until *2026-12-04*.", "price change", NEXT_FRIDAY, id="marks"),
        pytest.param("price change, until\u00a0friday!", "price change,", FRIDAY, id="hard blank"),
        pytest.param("*price change until friday*", "*price change*", FRIDAY, id="around all"),
        pytest.param(
            ": price change (until 2026\u201112\u201104)",
            "price change",
            NEXT_FRIDAY,
            id="hard hyphens",
        ),
        pytest.param(
            "price until friday, if at all", "price until friday, if at all", FRIDAY, id="not last"
        ),
        pytest.param("until until friday", "until", FRIDAY, id="the word itself"),
        pytest.param(
            "R&amp;D   visits <@U1|sam> *now*", "R&D   visits @sam *now*", FRIDAY, id="as typed"
        ),
        pytest.param(
            "price change\nuntil\tfriday ", "price change", FRIDAY, id="other white space"
        ),
        pytest.param("friday", "friday", FRIDAY, id="a day alone is text"),
    ],
)
def test_an_issue_is_read(rest: str, text: str, ends_on: date) -> None:
    assert parse_todo_line(f"Issue {rest}", TUESDAY) == IssueEntry(text, TUESDAY, ends_on)


@pytest.mark.parametrize(
    ("today", "ends_on"),
    [(TUESDAY, FRIDAY), (FRIDAY, FRIDAY), (SATURDAY, NEXT_FRIDAY), (SUNDAY, NEXT_FRIDAY)],
)
def test_without_an_end_it_is_of_this_week(today: date, ends_on: date) -> None:
    assert parse_todo_line("issue price change", today) == IssueEntry(
        "price change", today, ends_on
    )


@pytest.mark.parametrize(
    ("raw", "kind", "word"),
    [
        pytest.param("last week", TodoLineProblem.UNKNOWN, "last week", id="unknown"),
        pytest.param("R&amp;D", TodoLineProblem.UNKNOWN, "R&D", id="as typed"),
        pytest.param("issue until friday", TodoLineProblem.NO_TEXT, "", id="no words"),
        pytest.param(
            "issue x until 2026-11-23", TodoLineProblem.PAST_DAY, "2026-11-23", id="yesterday"
        ),
        pytest.param(
            "issue x until 2026-02-30", TodoLineProblem.IMPOSSIBLE_DAY, "2026-02-30", id="no day"
        ),
        pytest.param(
            f"issue {'x' * (ISSUE_LIMIT + 1)}", TodoLineProblem.TOO_LONG_TEXT, "", id="long"
        ),
    ],
)
def test_a_line_that_cannot_be_carried_out_says_why(
    raw: str, kind: TodoLineProblem, word: str
) -> None:
    with pytest.raises(TodoLineError) as raised:
        parse_todo_line(raw, TUESDAY)
    assert (raised.value.kind, raised.value.word) == (kind, word)
    assert str(raised.value) == kind.value


def test_the_limit_counts_characters_as_typed() -> None:
    said = parse_todo_line(f"issue {'&amp;' * ISSUE_LIMIT} until friday", TUESDAY)
    assert said == IssueEntry("&" * ISSUE_LIMIT, TUESDAY, FRIDAY)


@pytest.mark.parametrize("word", ["fri", "friday morning", "20261127", "2026-W48-5", "", "soon"])
def test_other_words_are_no_days(word: str) -> None:
    assert read_coming_day(word, TUESDAY) is None


@reproducible
@given(awkward_lines | st.text() | awkward_lines.map("issue {}".format), todays)
def test_a_line_is_read_or_refused(raw: str, today: date) -> None:
    try:
        said = parse_todo_line(raw, today)
    except TodoLineError:
        return
    if isinstance(said, IssueEntry):
        assert 0 < len(said.text) <= ISSUE_LIMIT
        assert said.text == said.text.strip()
        assert said.starts_on == today <= said.ends_on


@reproducible
@given(st.text(min_size=1, max_size=ISSUE_LIMIT), todays, st.integers(0, 400))
def test_what_was_read_reads_the_same_again(text: str, today: date, days: int) -> None:
    # A stop of its own goes with `issue`; marks around it and the text are a pair.
    assume(text.strip() and bare(text.split()[0]))
    entry = IssueEntry(text.strip(), today, today + timedelta(days=days))
    line = f"issue {escape(entry.text)} until {entry.ends_on.isoformat()}"
    assert parse_todo_line(line, today) == entry


@reproducible
@given(todays, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_next_one_today_included(today: date, weekday: str) -> None:
    day = read_coming_day(weekday, today)
    assert day is not None
    assert day.strftime("%A").lower() == weekday
    assert timedelta(0) <= day - today <= timedelta(days=6)
    assert USUAL.end_of_week(today) == read_coming_day("friday", today)


@pytest.mark.parametrize(
    ("today", "ends_on"), [(TUESDAY, "2026-11-26"), (FRIDAY, "2026-12-03"), (SUNDAY, "2026-12-03")]
)
def test_where_the_weekend_is_friday_and_saturday_the_week_ends_on_thursday(
    today: date, ends_on: str
) -> None:
    calendar = WorkingCalendar(frozenset({4, 5}))
    said = parse_todo_line("issue price change", today, calendar)
    assert said == IssueEntry("price change", today, date.fromisoformat(ends_on))
