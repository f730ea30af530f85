import re
from datetime import date, timedelta

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.contacts.touches import (
    ABOUT_LIMIT,
    EARLIEST_DAY,
    MOST_REPS,
    Channel,
    TouchLine,
    TouchLineError,
    TouchLineProblem,
    parse_touch_line,
    read_day,
)
from bot.domain.workspaces.words import bare

reproducible = settings(derandomize=True, deadline=None)

TUESDAY = date(2026, 11, 24)
MONDAY = date(2026, 11, 23)
LAST_FRIDAY = date(2026, 11, 20)
SAM = "<@U1|sam.stone>"
NO_BREAK_SPACE = "\N{NO-BREAK SPACE}"
EM_SPACE = "\N{EM SPACE}"
OTHER_DIGITS = "202\N{ARABIC-INDIC DIGIT SIX}-11-20"

CHANNEL_WORDS = ["call", "email", "e-mail", "voicemail", "chat", "video", "in person", "in-person"]
WEEKDAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
MEANT_WORDS = {*CHANNEL_WORDS, "in", "person", "today", "yesterday", *WEEKDAYS}

todays = st.dates(min_value=date(2001, 1, 1), max_value=date(2100, 12, 31))
spaces = st.sampled_from([" ", "  ", "\t", "\n", NO_BREAK_SPACE, EM_SPACE])
slack_forms = [SAM, "<@W2>", "<#C1|emea>", "<https://x.y|call>", "<", ">", "|", "&amp;", "@nobody"]
day_forms = ["2026-11-20", "2026-02-30", "1999-12-31", "9999-12-31", "0000-00-00"]
pieces = st.sampled_from([*slack_forms, *day_forms, "Call", "about", *sorted(MEANT_WORDS)])
awkward_lines = st.lists(pieces | spaces | st.text(max_size=4), max_size=12).map("".join)


def escape(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def is_plain(word: str) -> bool:
    return bare(word) not in {"", *map(bare, MEANT_WORDS)} and not re.search(r"\d{4}", word)


def problem_of(raw: str) -> tuple[TouchLineProblem, str]:
    with pytest.raises(TouchLineError) as raised:
        parse_touch_line(raw, TUESDAY)
    return raised.value.kind, raised.value.word


@pytest.mark.parametrize(
    ("rest", "channel", "day", "about"),
    [
        pytest.param("", None, TUESDAY, "", id="rep alone"),
        pytest.param(
            "call about the Acme renewal, sent the price sheet",
            Channel.CALL,
            TUESDAY,
            "about the Acme renewal, sent the price sheet",
            id="channel, then text",
        ),
        pytest.param(
            "call yesterday about the Acme renewal",
            Channel.CALL,
            MONDAY,
            "about the Acme renewal",
            id="channel and day",
        ),
        pytest.param(
            "yesterday call about the Acme renewal",
            Channel.CALL,
            MONDAY,
            "about the Acme renewal",
            id="day and channel",
        ),
        pytest.param("call", Channel.CALL, TUESDAY, "", id="channel alone"),
        pytest.param("friday", None, LAST_FRIDAY, "", id="day alone"),
        pytest.param("2026-11-20 email", Channel.EMAIL, LAST_FRIDAY, "", id="ISO day"),
        pytest.param("in person today", Channel.IN_PERSON, TUESDAY, "", id="two words first"),
        pytest.param("today in person", Channel.IN_PERSON, TUESDAY, "", id="two words second"),
        pytest.param("in-person", Channel.IN_PERSON, TUESDAY, "", id="hyphen"),
        pytest.param("e-mail quote", Channel.EMAIL, TUESDAY, "quote", id="e-mail"),
        pytest.param(
            "Call Yesterday Acme", Channel.CALL, MONDAY, "Acme", id="phones capitalise words"
        ),
        pytest.param("In Person FRIDAY", Channel.IN_PERSON, LAST_FRIDAY, "", id="capitals"),
        pytest.param(
            "the Friday demo went well",
            None,
            TUESDAY,
            "the Friday demo went well",
            id="a day inside is text",
        ),
        pytest.param(
            "asked by email for terms", None, TUESDAY, "asked by email for terms", id="so a channel"
        ),
        pytest.param("went by 2027-01-01 it", None, TUESDAY, "went by 2027-01-01 it", id="ISO day"),
        pytest.param(
            "the demo went well friday", None, LAST_FRIDAY, "the demo went well", id="end"
        ),
        pytest.param(
            "sent a quote email", Channel.EMAIL, TUESDAY, "sent a quote", id="channel at the end"
        ),
        pytest.param(
            "met at Acme in person",
            Channel.IN_PERSON,
            TUESDAY,
            "met at Acme",
            id="two words at the end",
        ),
        pytest.param(
            "call the demo went well friday",
            Channel.CALL,
            LAST_FRIDAY,
            "the demo went well",
            id="channel first, day last",
        ),
        pytest.param(
            "friday sent the quote email",
            Channel.EMAIL,
            LAST_FRIDAY,
            "sent the quote",
            id="reverse",
        ),
        pytest.param("quick call yesterday", None, MONDAY, "quick call", id="one last word only"),
        pytest.param(
            "chat about the call", Channel.CHAT, TUESDAY, "about the call", id="channel was given"
        ),
        pytest.param(
            "today demo is moved to friday",
            None,
            TUESDAY,
            "demo is moved to friday",
            id="day given",
        ),
        pytest.param("call email Bob", Channel.CALL, TUESDAY, "email Bob", id="one channel"),
        pytest.param("today yesterday's", None, TUESDAY, "yesterday's", id="one day"),
        pytest.param(
            "today ships 2027-01-01", None, TUESDAY, "ships 2027-01-01", id="future, day was given"
        ),
        pytest.param("call, then lunch", Channel.CALL, TUESDAY, "then lunch", id="comma first"),
        pytest.param("saw Acme yesterday.", None, MONDAY, "saw Acme", id="stop last"),
        pytest.param("in person, Acme", Channel.IN_PERSON, TUESDAY, "Acme", id="comma, two words"),
        pytest.param(". call about Acme", Channel.CALL, TUESDAY, "about Acme", id="stop of blanks"),
        pytest.param("*call* _friday_ `Acme`", Channel.CALL, LAST_FRIDAY, "`Acme`", id="markup"),
        pytest.param("*call yesterday* Acme", Channel.CALL, MONDAY, "Acme", id="around both"),
        pytest.param("*call about Acme*", Channel.CALL, TUESDAY, "*about Acme*", id="around all"),
        pytest.param("e\u2011mail quote", Channel.EMAIL, TUESDAY, "quote", id="hard hyphen"),
        pytest.param("2026\u201111\u201120. Acme", None, LAST_FRIDAY, "Acme", id="in a day"),
        pytest.param("call – yesterday – Acme", Channel.CALL, MONDAY, "– Acme", id="dashes"),
        pytest.param(":email: sent", None, TUESDAY, ":email: sent", id="an emoji is text"),
        pytest.param(
            "the Friday demo went well.", None, TUESDAY, "the Friday demo went well.", id="within"
        ),
        pytest.param("<https://x.y| Acme >", None, TUESDAY, "Acme", id="outer space of a label"),
        pytest.param("in a hurry", None, TUESDAY, "in a hurry", id="in, but not in person"),
        pytest.param(
            "2026-1-5 to 5/1/2026", None, TUESDAY, "2026-1-5 to 5/1/2026", id="no other format"
        ),
        pytest.param(OTHER_DIGITS, None, TUESDAY, OTHER_DIGITS, id="other digits are text"),
        pytest.param(
            f"call{NO_BREAK_SPACE}yesterday{EM_SPACE}Acme",
            Channel.CALL,
            MONDAY,
            "Acme",
            id="other spaces separate words",
        ),
        pytest.param(f"in{NO_BREAK_SPACE}person", Channel.IN_PERSON, TUESDAY, "", id="two words"),
        pytest.param("call\nyesterday\nAcme", Channel.CALL, MONDAY, "Acme", id="lines"),
        pytest.param(
            f"  call   Acme:\n\n- terms  🎉\t{NO_BREAK_SPACE}ok!! \n",
            Channel.CALL,
            TUESDAY,
            f"Acme:\n\n- terms  🎉\t{NO_BREAK_SPACE}ok!!",
            id="inner space is kept, outer is not",
        ),
        pytest.param(
            "call with <@U2|lena> &amp; <#C1|emea>, terms &lt; 30 &amp;amp; <https://acme.com>",
            Channel.CALL,
            TUESDAY,
            "with @lena & #emea, terms < 30 &amp; https://acme.com",
            id="Slack's escaping is undone",
        ),
        pytest.param("<https://x.y|call> back", None, TUESDAY, "call back", id="a link is text"),
        pytest.param("see <https://x.y|today>", None, TUESDAY, "see today", id="also as last word"),
        pytest.param("<https://x.y|in person>", None, TUESDAY, "in person", id="also two words"),
        pytest.param("and <@U2|friday>'s", None, TUESDAY, "and @friday's", id="a person's"),
    ],
)
def test_a_line_is_read(rest: str, channel: Channel | None, day: date, about: str) -> None:
    assert parse_touch_line(f"{SAM} {rest}", TUESDAY) == TouchLine(("U1",), channel, day, about)


@pytest.mark.parametrize(
    ("raw", "rep_id", "about"),
    [
        pytest.param("<@U1> hello", "U1", "hello", id="without a name"),
        pytest.param("<@W1|sam> hello", "W1", "hello", id="Enterprise Grid"),
        pytest.param("<@U1|Sam Stone> hello", "U1", "hello", id="name of two words"),
        pytest.param(f" \n{NO_BREAK_SPACE}<@U1> hello", "U1", "hello", id="space before"),
        pytest.param("<@U1>. about terms", "U1", "about terms", id="a stop of two blanks"),
        pytest.param("<@U1>.5 million", "U1", ".5 million", id="another stop"),
        pytest.param("<@U1>'s demo went well", "U1", "'s demo went well", id="glued to the text"),
        pytest.param("<@U1> with <@U2|lena>", "U1", "with @lena", id="a person behind words"),
    ],
)
def test_the_rep_comes_first(raw: str, rep_id: str, about: str) -> None:
    assert parse_touch_line(raw, TUESDAY) == TouchLine((rep_id,), None, TUESDAY, about)


@pytest.mark.parametrize(
    ("raw", "reps", "about"),
    [
        pytest.param("<@U1> <@U2|lena> lunch", ("U1", "U2"), "lunch", id="two"),
        pytest.param("<@U1>, <@U2|lena> lunch", ("U1", "U2"), "lunch", id="a comma"),
        pytest.param("<@U1>,<@U2> and <@U3> lunch", ("U1", "U2", "U3"), "lunch", id="and"),
        pytest.param("<@U1> &amp; <@U2> lunch", ("U1", "U2"), "lunch", id="and as a sign"),
        pytest.param("<@U1><@U2>. lunch", ("U1", "U2"), "lunch", id="a stop of two blanks"),
        pytest.param("<@U1> <@U1> <@U2> lunch", ("U1", "U2"), "lunch", id="twice the same"),
        pytest.param("<@U1> <@U2>'s idea", ("U1",), "@lena's idea", id="glued to the text"),
        pytest.param("<@U1> call <@U2|lena> lunch", ("U1",), "@lena lunch", id="behind a channel"),
        pytest.param("<@U1> and lunch", ("U1",), "and lunch", id="and something"),
        pytest.param("<@U1> <@U2|lena>", ("U1", "U2"), "", id="two alone"),
    ],
)
def test_a_line_may_begin_with_several(raw: str, reps: tuple[str, ...], about: str) -> None:
    line = parse_touch_line(raw.replace("<@U2>'s", "<@U2|lena>'s"), TUESDAY)
    assert (line.rep_ids, line.about) == (reps, about)


def test_more_than_ten_at_once_are_a_meeting() -> None:
    row = " ".join(f"<@U{number}>" for number in range(MOST_REPS))
    assert len(parse_touch_line(f"{row} dinner", TUESDAY).rep_ids) == MOST_REPS
    assert problem_of(f"{row} <@U99> dinner") == (TouchLineProblem.TOO_MANY_REPS, "")


@pytest.mark.parametrize(
    ("raw", "kind", "word"),
    [
        pytest.param("", TouchLineProblem.NO_REP, "", id="nothing"),
        pytest.param(" \n", TouchLineProblem.NO_REP, "", id="space"),
        pytest.param(f"call {SAM} today", TouchLineProblem.NO_REP, "call", id="rep not first"),
        pytest.param("R&amp;D call", TouchLineProblem.NO_REP, "R&D", id="word as typed"),
        pytest.param("<#C1|emea> call", TouchLineProblem.NO_REP, "#emea", id="channel"),
        pytest.param("@ call", TouchLineProblem.NO_REP, "@", id="no name"),
        pytest.param("@nobody call", TouchLineProblem.UNKNOWN_REP, "@nobody", id="unresolved"),
        pytest.param(
            "<!subteam^S1|@sales> call", TouchLineProblem.UNKNOWN_REP, "@sales", id="user group"
        ),
        pytest.param(
            "<!subteam^S1|@west sales>", TouchLineProblem.UNKNOWN_REP, "@west sales", id="two words"
        ),
        pytest.param("<!here> call", TouchLineProblem.UNKNOWN_REP, "@here", id="here"),
        pytest.param(
            f"{SAM} 2026-11-25 call", TouchLineProblem.FUTURE_DAY, "2026-11-25", id="tomorrow"
        ),
        pytest.param(
            f"{SAM} call kick-off 2027-01-01",
            TouchLineProblem.FUTURE_DAY,
            "2027-01-01",
            id="future, as last word",
        ),
        pytest.param(
            f"{SAM} call 2026-02-30",
            TouchLineProblem.IMPOSSIBLE_DAY,
            "2026-02-30",
            id="30 February",
        ),
        pytest.param(
            f"{SAM} 0000-01-01", TouchLineProblem.IMPOSSIBLE_DAY, "0000-01-01", id="no such year"
        ),
        pytest.param(
            f"{SAM} 1999-12-31", TouchLineProblem.TOO_LONG_AGO, "1999-12-31", id="last century"
        ),
        pytest.param(
            f"{SAM} {'a' * (ABOUT_LIMIT + 1)}", TouchLineProblem.TOO_LONG_TEXT, "", id="long text"
        ),
    ],
)
def test_a_line_that_cannot_be_logged_says_why(raw: str, kind: TouchLineProblem, word: str) -> None:
    assert problem_of(raw) == (kind, word)


def test_the_error_message_holds_nothing_that_was_typed() -> None:
    assert str(TouchLineError(TouchLineProblem.UNKNOWN_REP, "@nobody")) == "unknown rep"


def test_the_limit_counts_characters_as_typed() -> None:
    line = parse_touch_line(f"{SAM} call {'&amp;' * ABOUT_LIMIT}", TUESDAY)
    assert line.about == "&" * ABOUT_LIMIT


@pytest.mark.parametrize(
    ("word", "today", "day"),
    [
        pytest.param("today", TUESDAY, TUESDAY, id="today"),
        pytest.param("Yesterday", TUESDAY, MONDAY, id="yesterday"),
        pytest.param("yesterday", date(2024, 3, 1), date(2024, 2, 29), id="leap day"),
        pytest.param("monday", TUESDAY, MONDAY, id="the day before"),
        pytest.param("tuesday", TUESDAY, date(2026, 11, 17), id="same weekday, a week ago"),
        pytest.param("monday", MONDAY, date(2026, 11, 16), id="Monday on a Monday"),
        pytest.param("WEDNESDAY", TUESDAY, date(2026, 11, 18), id="six days ago"),
        pytest.param("sunday", date(2027, 1, 1), date(2026, 12, 27), id="over the new year"),
        pytest.param("2026-11-24", TUESDAY, TUESDAY, id="today in ISO"),
        pytest.param("2000-01-01", TUESDAY, EARLIEST_DAY, id="earliest"),
        pytest.param("tomorrow", TUESDAY, None, id="tomorrow"),
        pytest.param("fri", TUESDAY, None, id="abbreviation"),
        pytest.param("20261120", TUESDAY, None, id="ISO without hyphens"),
        pytest.param("2026-W47-5", TUESDAY, None, id="ISO week"),
        pytest.param("2026-11-20\n", TUESDAY, LAST_FRIDAY, id="line break"),
        pytest.param("friday,", TUESDAY, LAST_FRIDAY, id="punctuation"),
        pytest.param("", TUESDAY, None, id="nothing"),
    ],
)
def test_a_word_for_a_day_is_read(word: str, today: date, day: date | None) -> None:
    assert read_day(word, today) == day


@reproducible
@given(
    (st.text() | awkward_lines).flatmap(lambda line: st.sampled_from([line, f"{SAM} {line}"])),
    todays,
)
def test_a_line_is_read_or_refused_and_never_on_a_later_day(raw: str, today: date) -> None:
    try:
        line = parse_touch_line(raw, today)
    except TouchLineError:
        return
    assert EARLIEST_DAY <= line.occurred_on <= today
    assert line.about == line.about.strip()
    assert len(line.about) <= ABOUT_LIMIT


@reproducible
@given(
    st.lists(st.sampled_from(["Acme", "calls,", "the", "ok."]) | st.text(max_size=8), max_size=8),
    spaces,
)
def test_text_without_meant_words_at_its_ends_is_kept_whole(words: list[str], space: str) -> None:
    text = space.join(words)
    separated = text.split()
    assume(all(is_plain(word) for word in [*separated[:2], *separated[-2:]]))
    line = parse_touch_line(f"{SAM} {escape(text)}", TUESDAY)
    assert line == TouchLine(("U1",), None, TUESDAY, text.strip())


@reproducible
@given(
    st.sampled_from(CHANNEL_WORDS),
    st.sampled_from(["today", "yesterday", *WEEKDAYS, "2026-11-20"]),
    st.tuples(spaces, spaces, spaces),
    awkward_lines,
)
def test_channel_and_day_are_read_in_either_order(
    channel: str, day: str, gaps: tuple[str, str, str], about: str
) -> None:
    first, second, third = gaps
    one = f"{SAM}{first}{channel}{second}{day}{third}{about}"
    other = f"{SAM}{first}{day.upper()}{second}{channel.title()}{third}{about}"
    assert parse_touch_line(one, TUESDAY) == parse_touch_line(other, TUESDAY)


@reproducible
@given(
    st.sampled_from(CHANNEL_WORDS),
    st.sampled_from(["today", "yesterday", *WEEKDAYS, "2026-11-20"]),
    st.sampled_from(["{}", "{}.", "{},", "*{}*", "_{}_", "`{}`", "({})", "“{}”", "- {}", "{} !"]),
    st.sampled_from(["-", "\u2010", "\u2011", "–"]),
    spaces,
)
def test_what_stands_around_channel_and_day_changes_nothing(
    channel: str, day: str, around: str, hyphen: str, space: str
) -> None:
    typed = [around.format(word.replace("-", hyphen)) for word in (channel, day)]
    plain = parse_touch_line(f"{SAM} {channel} {day} about *Acme*, and so on", TUESDAY)
    first = space.join([SAM, *typed, "about *Acme*, and so on"])
    assert parse_touch_line(first, TUESDAY) == plain
    last = space.join([SAM, typed[0], "about *Acme*, and so on", typed[1].removeprefix("- ")])
    assert parse_touch_line(last, TUESDAY) == plain


@reproducible
@given(awkward_lines, st.sampled_from(CHANNEL_WORDS), todays)
def test_what_was_read_reads_the_same_again(rest: str, channel: str, today: date) -> None:
    try:
        line = parse_touch_line(f"<@U1> {channel} {rest}", today)
    except TouchLineError:
        assume(False)
    again = f"<@U1> {line.channel} {line.occurred_on.isoformat()} {escape(line.about)}"
    assert parse_touch_line(again, today) == line


@reproducible
@given(todays, st.sampled_from(WEEKDAYS))
def test_a_weekday_is_the_last_one_before_today(today: date, weekday: str) -> None:
    day = read_day(weekday, today)
    assert day is not None
    assert day.strftime("%A").lower() == weekday
    assert timedelta(days=1) <= today - day <= timedelta(days=7)
