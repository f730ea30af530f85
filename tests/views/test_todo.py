"""The Monday list as a manager, or who stands in, reads it."""

import json
import re
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.todo.lists import WHY_LIMIT, Reader, SlotState, TodoRow, TodoView
from bot.domain.todo.reasons import IssueOfTheDay, Reason, ReasonKind
from bot.views.block_kit import kit
from bot.views.block_kit.ids import TodoAction
from bot.views.todo.list import MOST_BLOCKS, build_list
from slack_sandbox.blockkit import MessageMethod, check_message
from tests.views.weeks import (
    MONDAY,
    SATURDAY,
    contact,
    day,
    person,
    pressed,
    read,
    row,
    week,
)

reproducible = settings(derandomize=True, deadline=None, max_examples=40)

HOSTILE = "`*_~<>&@here ```"
PLAN = Reason(
    ReasonKind.REP_PROMISE,
    "promise:1",
    "Raj's plan: “lead the Northwind demo”. Offer a hand.",
    "From your contact on Wed 25 Nov",
)
PRICE = IssueOfTheDay(1, "price change", MONDAY, day(4))
WEEK = week(
    [
        row(15, "Sam Stone", MONDAY, SlotState.DONE, contact=contact(MONDAY, Channel.CALL)),
        row(11, "Lena Fox", MONDAY),
        row(10, "Raj Rao", reason=PLAN, channel=Channel.IN_PERSON),
        row(12, "Tom Ash", day(2)),
        row(16, "Ben Oda", day(3), SlotState.NOT_THIS_WEEK, why="at the trade fair"),
        row(17, "Ines Ortega", None, SlotState.AWAY, back_on=date(2026, 12, 7)),
    ],
    issues=(PRICE,),
)


def pages_of(facts: TodoView) -> list[list[str]]:
    """What is read on each page, by turning them."""
    found, number = [read(build_list(facts))], 0
    while any(step == TodoAction.PAGE for step, _ in pressed(build_list(facts, number))):
        number += 1
        found.append(read(build_list(facts, number)))
    return found


def test_the_week_reads_from_what_is_to_be_done_to_why_it_came() -> None:
    assert read(build_list(WEEK)) == [
        "Your week, 30 Nov – 4 Dec",
        "Today, Tuesday",
        "Lena Fox · a call",
        "Ask Lena Fox what went well lately that nobody noticed.",
        "[Done] [Another reason] [⋯ Move | Not this week | Open binder]",
        "Raj Rao · in person if you can",
        "Raj's plan: “lead the Northwind demo”. Offer a hand.",
        "From your contact on Wed 25 Nov",
        "[Done] [Another reason] [⋯ Move | Not this week | Open binder | Where it comes from]",
        "Later",
        "Wed · Tom Ash · Ask Tom Ash what went well lately that nobody noticed. "
        "[⋯ Done | Another reason | Move | Not this week | Open binder]",
        "Done · Sam Stone call, Monday",
        "Not this week · Ben Oda · “at the trade fair” [Put it back]",
        "Ines Ortega is away; a welcome-back comes on Mon 7 Dec.",
        "  Issue of the day: “price change”, until Fri 4 Dec",
        "  1 of 5 done. Every rep has a place in each week. Change day or time in Settings.",
        "[Next week] [Settings]",
    ]


def test_who_stands_in_gets_nothing_private_and_nothing_to_decide() -> None:
    shown = build_list(replace(WEEK, reader=Reader.STAND_IN))
    assert read(shown) == [
        "Dana Moss is away and asked you to stand in.",
        "Dana Moss's week, 30 Nov – 4 Dec",
        "Today, Tuesday",
        "Lena Fox · a call",
        "Ask Lena Fox what went well lately that nobody noticed. [Done]",
        "Raj Rao · in person if you can",
        "Raj's plan: “lead the Northwind demo”. Offer a hand.",
        "From your contact on Wed 25 Nov [Done]",
        "Later",
        "Wed · Tom Ash · Ask Tom Ash what went well lately that nobody noticed. [Done]",
        "Done · Sam Stone call, Monday",
        "Not this week: Ben Oda",
        "Ines Ortega is away; a welcome-back comes on Mon 7 Dec.",
        "  Issue of the day: “price change”, until Fri 4 Dec",
        "  1 of 5 done.",
    ]
    assert {step for step, _ in pressed(shown)} == {TodoAction.DONE}
    assert "trade fair" not in json.dumps(shown)


def test_a_week_that_is_over_says_what_was_done_and_what_comes_first() -> None:
    shown = build_list(replace(WEEK, over=True, today=SATURDAY))
    assert read(shown) == [
        "Your week, 30 Nov – 4 Dec",
        "Done · Sam Stone call, Monday",
        "Stayed open: Lena Fox, Raj Rao, Tom Ash. First in line next week.",
        "Not this week · Ben Oda · “at the trade fair”",
        "Ines Ortega is away; a welcome-back comes on Mon 7 Dec.",
        "  1 of 5 done. Every rep has a place in each week. /team changes day or time.",
    ]
    assert list(pressed(shown)) == []


def test_one_rep_who_stayed_open_is_not_called_they() -> None:
    assert read(build_list(week([row(1, "Sam Stone")], over=True)))[1] == (
        "Stayed open: Sam Stone. First in line next week."
    )


def test_a_look_at_next_week_has_nothing_to_press() -> None:
    facts = week([row(1, "Sam Stone", MONDAY), row(2, "Lena Fox", day(3))], preview=True)
    shown = build_list(replace(facts, today=day(-4)))
    assert read(shown) == [
        "Your week, 30 Nov – 4 Dec",
        "A look at next week; it can still change.",
        "Mon · Sam Stone · Ask Sam Stone what went well lately that nobody noticed.",
        "Thu · Lena Fox · Ask Lena Fox what went well lately that nobody noticed.",
    ]
    assert list(pressed(shown)) == []


def test_a_list_that_comes_before_its_week_has_all_but_done() -> None:
    early = replace(WEEK, today=day(-3))
    lines = read(build_list(early))
    assert lines[1].startswith("Mon · Lena Fox")
    assert "Later" not in lines
    assert lines[1].endswith("[⋯ Another reason | Move | Not this week | Open binder]")
    assert list(pressed(build_list(replace(early, reader=Reader.STAND_IN)))) == []


def test_without_reps_it_says_how_to_add_them() -> None:
    assert read(build_list(week([]))) == ["Nobody is on your team yet. /team adds them."]


@pytest.mark.parametrize(
    ("more", "words"),
    [
        ({}, "That is everyone. Enjoy the rest of the week."),
        ({"over": True}, "You were in touch with everyone."),
        ({"reader": Reader.STAND_IN}, "That is everyone. Thank you for standing in."),
    ],
)
def test_when_everyone_is_done_it_says_so(more: dict[str, object], words: str) -> None:
    done = row(1, "Sam Stone", MONDAY, SlotState.DONE, contact=contact(MONDAY))
    away = row(2, "Ines Ortega", None, SlotState.AWAY)
    assert words in read(build_list(week([done, away], **more)))
    assert words not in read(build_list(week([done, row(3, "Lena Fox")], **more)))


def test_the_rest_of_a_week_says_that_it_is_one() -> None:
    assert read(build_list(week([row(1, "Sam Stone")], rest=True)))[1] == (
        "The rest of this week, to begin with."
    )


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (contact(MONDAY), "contact, Monday"),
        (contact(day(1), Channel.IN_PERSON), "in person, today"),
        (contact(MONDAY, kind=InteractionKind.SESSION), "strategy session, Monday"),
        (contact(MONDAY, Channel.CALL, InteractionKind.FIELD_DAY), "field day, Monday"),
    ],
)
def test_what_completed_a_slot_is_named(made: object, words: str) -> None:
    lines = read(build_list(week([row(1, "Sam Stone", MONDAY, SlotState.DONE, contact=made)])))
    assert f"Done · Sam Stone {words}" in lines


@pytest.mark.parametrize(
    ("back_on", "more", "words"),
    [
        (None, {}, "Sam Stone is away."),
        (date(2027, 1, 4), {}, "is away; a welcome-back comes on Mon 4 Jan 2027."),
        (day(5), {"over": True, "today": day(5)}, "Sam Stone was away."),
    ],
)
def test_away_is_said_as_far_as_it_is_known(
    back_on: date | None, more: dict[str, object], words: str
) -> None:
    away = row(1, "Sam Stone", None, SlotState.AWAY, back_on=back_on)
    assert any(line.endswith(words) for line in read(build_list(week([away], **more))))


def test_a_week_within_a_month_is_short_and_a_rep_back_early_is_open_today() -> None:
    early = row(1, "Sam Stone", None)
    early = replace(early, slot=replace(early.slot, monday=date(2026, 11, 23)))
    facts = week([early], monday=date(2026, 11, 23), today=date(2026, 11, 25))
    lines = read(build_list(facts))
    assert lines[:3] == [
        "Your week, 23–27 Nov",
        "Today, Wednesday",
        "Sam Stone · a call",
    ]


def test_only_the_first_done_stands_out() -> None:
    blocks = build_list(WEEK)["blocks"]
    buttons = [b for block in blocks if block["type"] == "actions" for b in block["elements"]]
    assert [b["text"]["text"] for b in buttons if "style" in b] == ["Done"]


def test_a_notification_names_nobody_of_the_team_and_no_reason() -> None:
    assert build_list(WEEK)["text"] == "Your week, 30 Nov – 4 Dec"
    stand_in = replace(WEEK, reader=Reader.STAND_IN)
    assert build_list(stand_in)["text"] == "Dana Moss's week, 30 Nov – 4 Dec"


def test_more_issues_than_fit_are_counted() -> None:
    issues = tuple(replace(PRICE, id=number) for number in range(5))
    assert "And 2 more, under /todo issue" in read(build_list(replace(WEEK, issues=issues)))


def crowd(count: int, state: SlotState = SlotState.OPEN) -> TodoView:
    """So many reps, each with the longest and most awkward words there can be."""
    rows = []
    for number in range(count):
        name = f"R{number:03} {HOSTILE}".ljust(80, "&")
        text = f"You told them: “{HOSTILE}{'🎈&*' * 130}”"[:400]
        reason = Reason(ReasonKind.PROMISE_OWED, "promise:1", text, f"From {name}")
        rows.append(
            row(
                number,
                name,
                day(number % 5),
                state,
                reason,
                why=("*&" * WHY_LIMIT)[:WHY_LIMIT] if state is SlotState.NOT_THIS_WEEK else None,
                contact=contact(MONDAY, Channel.IN_PERSON) if state is SlotState.DONE else None,
                back_on=date(2027, 12, 30) if state is SlotState.AWAY else None,
            )
        )
    manager = person(HOSTILE.ljust(80, "&"))
    long = tuple(IssueOfTheDay(n, HOSTILE + "&" * 180, MONDAY, day(30)) for n in range(9))
    facts = week(rows, issues=long)
    return replace(facts, team=replace(facts.team, manager=manager))


@pytest.mark.parametrize("count", [0, 1, 8, 60, 100])
@pytest.mark.parametrize("state", SlotState)
def test_everyone_has_a_place_on_one_page_however_large_the_team(
    count: int, state: SlotState
) -> None:
    everyone_once_within_bounds(crowd(count, state))


@pytest.mark.parametrize("reader", Reader)
@pytest.mark.parametrize("when", [{"rest": True}, {"over": True}, {"preview": True}])
def test_a_large_team_is_whole_for_every_reader_at_any_time(
    reader: Reader, when: dict[str, Any]
) -> None:
    each = zip(*(crowd(100, state).rows for state in SlotState), strict=True)
    rows = tuple(four[number % len(four)] for number, four in enumerate(each))
    everyone_once_within_bounds(replace(crowd(1), rows=rows, reader=reader, **when))


def everyone_once_within_bounds(facts: TodoView) -> None:
    """Every rep is on exactly one page, and each page within what Slack shows."""
    pages = pages_of(facts)
    for number in range(len(pages)):
        shown = build_list(facts, number)
        assert len(shown["blocks"]) <= MOST_BLOCKS
        assert kit.weight(shown["blocks"]) <= kit.MESSAGE_ROOM
        assert check_message(shown, MessageMethod.UPDATE) == []
    text = "\n".join(line for lines in pages for line in lines)
    for one in facts.rows:
        own = one.slot.rep.name[:4]
        # Its own line; the source of a reason names the rep once more.
        assert len(re.findall(rf"(?<!From ){own}\b", text)) == 1


states = st.sampled_from(SlotState)
rows_of_states = st.lists(st.tuples(states, st.integers(0, 4) | st.none()), max_size=70)


def team_of(kinds: list[tuple[SlotState, int | None]]) -> list[TodoRow]:
    return [
        row(
            number,
            f"R{number:03} Stone",
            None if weekday is None else day(weekday),
            state,
            contact=contact(MONDAY) if state is SlotState.DONE else None,
        )
        for number, (state, weekday) in enumerate(kinds, start=1)
    ]


@reproducible
@given(rows_of_states, st.sampled_from(Reader), st.integers(-3, 8), st.booleans(), st.booleans())
def test_nobody_is_dropped_and_nobody_is_twice(
    kinds: list[tuple[SlotState, int | None]],
    reader: Reader,
    weekday: int,
    over: bool,
    preview: bool,
) -> None:
    rows = [replace(one, reason=replace(one.reason, text="Say welcome.")) for one in team_of(kinds)]
    facts = week(rows, reader=reader, today=day(weekday), over=over, preview=preview)
    everyone_once_within_bounds(facts)


@reproducible
@given(rows_of_states)
def test_every_open_rep_can_be_done_and_every_other_put_back(
    kinds: list[tuple[SlotState, int | None]],
) -> None:
    facts = week(team_of(kinds))
    found: dict[str, list[int]] = {TodoAction.DONE: [], TodoAction.ON_AGAIN: []}
    for page in range(len(pages_of(facts))):
        for step, metadata in pressed(build_list(facts, page)):
            if metadata.subject is not None:
                assert metadata.page == str(page)
            if step in found:
                found[step].append(metadata.subject or 0)
    for step, state in (
        (TodoAction.DONE, SlotState.OPEN),
        (TodoAction.ON_AGAIN, SlotState.NOT_THIS_WEEK),
    ):
        wanted = [one.slot.id for one in facts.rows if one.state is state]
        assert sorted(found[step]) == sorted(wanted)


def test_the_pages_of_sixty_reps_are_turned_within_the_message() -> None:
    rows = [row(number, f"R{number:03} Stone", day(number % 5)) for number in range(60)]
    facts = week(rows, today=MONDAY)
    first, second = build_list(facts), build_list(facts, 1)
    assert read(first)[1] == "Page 1 of 2"
    assert read(first)[2] == "Today, Monday"
    assert read(first)[-1] == "[More] [Next week] [Settings]"
    assert read(second)[-1] == "[Earlier] [Next week] [Settings]"
    turn = next(metadata for step, metadata in pressed(first) if step == TodoAction.PAGE)
    assert (turn.page, turn.subject) == ("1", rows[0].slot.id)
    assert build_list(facts, 7) == second
    assert build_list(facts, -1) == first
    assert build_list(WEEK, 1) == build_list(WEEK)


def test_today_comes_first_and_each_day_after_the_other() -> None:
    rows = [row(number, f"R{number:03} Stone", day(number // 12)) for number in range(60)]
    numbers = [
        int(found[1])
        for lines in pages_of(week(rows, today=MONDAY))
        for line in lines
        if (found := re.match(r"(?:\w{3} · )?R(\d{3}) Stone ·", line))
    ]
    assert numbers == list(range(60))


def test_names_and_words_cannot_break_what_stands_around_them() -> None:
    name = "*Sam* _S_ ~x~ `y` <!here>"
    reason = Reason(ReasonKind.RAISED, "promise:1", "“*a* <@U1> `b`”", "From _x_ `y`")
    done = row(2, name, MONDAY, SlotState.DONE, contact=contact(MONDAY, Channel.CALL))
    lines = read(build_list(week([row(1, name, reason=reason), done])))
    assert lines[2] == "∗Sam∗ S x ˋyˋ <!here> · a call"
    assert "<@U1>" in lines[3]
    assert lines[4] == "From ˍxˍ ˋyˋ"
    assert any(line.endswith("<!here> call, Monday") for line in lines)
    assert "<!here>" not in json.dumps(build_list(week([done])))


def test_a_long_word_is_cut_between_characters_not_within_an_entity() -> None:
    reason = Reason(ReasonKind.RAISED, "promise:1", "&" * 400, "Noted")
    text = build_list(week([row(1, "Sam", reason=reason)]))["blocks"][2]["text"]["text"]
    assert re.fullmatch(r"(&amp;)+…", text.splitlines()[1])


def test_it_is_the_week_that_is_named_not_the_day_it_is_read() -> None:
    facts = week([row(1, "Sam Stone")], monday=date(2026, 12, 28), today=date(2026, 12, 28))
    assert read(build_list(facts))[0] == "Your week, 28 Dec – 1 Jan"
