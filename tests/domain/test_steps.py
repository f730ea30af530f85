"""Next steps as they are typed, one a line: who takes each, by when, and which promise it is."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.promises import Answer, Owner, Promise
from bot.domain.sessions.steps import (
    MOST_STEPS,
    Sides,
    Step,
    as_typed,
    check_steps,
    held_steps,
    matched,
    parse_steps,
)
from bot.domain.team.typed_days import split_day
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import BadField, FieldError

MONDAY = date(2026, 11, 23)
SAM = Person(2, "USAM", "Sam Stone", "Europe/Berlin", True, False, None)
SIDES = Sides("Dana Moss", "Sam Stone")
ME, REP = Owner.MANAGER, Owner.REP


def day(number: int, month: int, year: int = 2026) -> date:
    return date(year, month, number)


@pytest.mark.parametrize(
    ("typed", "rest", "due_on"),
    [
        ("find a reference by 1 Dec", "find a reference", day(1, 12)),
        ("find a reference, by Tue 1 Dec", "find a reference", day(1, 12)),
        ("sign the distributor, 15 Jan", "sign the distributor", day(15, 1, 2027)),
        ("sign the distributor – January 15th, 2028", "sign the distributor", day(15, 1, 2028)),
        ("lead the demo (by the 3rd of March)", "lead the demo", day(3, 3, 2027)),
        ("send it 2026-12-01", "send it", day(1, 12)),
        ("renew on 1.12.2026", "renew", day(1, 12)),
        ("call Jo tomorrow.", "call Jo", day(24, 11)),
        ("win back the order of 12 March", "win back the order of 12 March", None),
        ("plan the week of 7 Dec", "plan the week of 7 Dec", None),
        ("bring the minutes of the 12th of March", "bring the minutes of the 12th of March", None),
        ("call Jo *today*", "call Jo", MONDAY),
        ("call Jo Friday", "call Jo", day(27, 11)),
        ("call Jo by Fri", "call Jo", day(27, 11)),
        ("call Jo monday", "call Jo", day(30, 11)),
        ("meet Jo next tuesday", "meet Jo", day(1, 12)),
        ("review next week", "review", day(4, 12)),
        ("send terms due 20 Nov", "send terms", day(20, 11)),
        ("send terms by 1 Sept", "send terms", day(1, 9, 2027)),
        ("prepare the demo for Friday", None, None),
        ("sit in the sun", None, None),
        ("read what came since 1 March", None, None),
        ("call 15", None, None),
        ("raise it by 3.5", None, None),
        ("raise it to 1/2", None, None),
        ("win it by may", None, None),
        ("meet on 31 February", None, None),
        ("by Friday", None, None),
        ("2026-12-01", None, None),
        ("call Jo Tue 1.12.2026", "call Jo", day(1, 12)),
        ("call Jo 1 Dec (Tue)", "call Jo", day(1, 12)),
        ("call Jo by 1 December 2026, Tuesday", "call Jo", day(1, 12)),
        ("call Jo Wed 1 Dec", None, None),
        ("call Jo by 1 Dec, Wed", None, None),
    ],
)
def test_a_day_at_the_end_of_a_line(typed: str, rest: str | None, due_on: date | None) -> None:
    assert split_day(typed, MONDAY) == (typed if rest is None else rest, due_on)


@pytest.mark.parametrize(
    ("line", "step"),
    [
        ("find a reference", Step("find a reference")),
        ("me: find a reference", Step("find a reference", ME)),
        ("I: find a reference by Fri", Step("find a reference", ME, day(27, 11))),
        ("Dana: find a reference", Step("find a reference", ME)),
        ("dana moss : find a reference", Step("find a reference", ME)),
        ("@Sam: find a reference", Step("find a reference")),
        ("- *Sam*: find a reference", Step("find a reference")),
        ("→ Dana: find a reference, by Tue 1 Dec", Step("find a reference", ME, day(1, 12))),
        ("1) call Jo", Step("call Jo")),
        ("Acme: send the terms", Step("Acme: send the terms")),
        ("call at 10:30", Step("call at 10:30")),
        ("Dana:", Step("Dana:")),
    ],
)
def test_a_line_says_whose_step_it_is(line: str, step: Step) -> None:
    assert parse_steps(line, SIDES, MONDAY) == (step,)


TWO, NONE, OVER = FieldError.TWO_DAYS, FieldError.NO_SUCH_DAY, FieldError.PAST_DAY_OF_STEP


@pytest.mark.parametrize(
    ("line", "flaw"),
    [
        # 7 Dec is a Monday.
        *(("call Jo Tue 7 Dec", TWO), ("call Jo by Tuesday 7 December", TWO)),
        *(("call Jo, Tue the 7th of Dec", TWO), ("call Jo until Tue 2026-12-07", TWO)),
        *(("call Jo 7 Dec, Tuesday", TWO), ("call Jo by 7 Dec (Tue)", TWO)),
        *(("call Jo Tue 7.12.2026", TWO), ("call Jo Dec 7 2026 Tue", TWO)),
        *(("call Jo Mon 7 Dec", None), ("call Jo 7 Dec (Mon)", None)),
        *(("call Jo by 31 Feb", NONE), ("call Jo, Feb 30th", NONE), ("call Jo by 29 Feb", NONE)),
        *(("call Jo by Tue 31 Nov", NONE), ("call Jo 2026-11-31", NONE)),
        *(("call Jo by 31.11.2026", NONE), ("call Jo by 32 December", NONE)),
        *(("call Jo by 29 Feb 2028", None), ("call Jo by 1 Dec", None)),
        *(("call Jo by yesterday", OVER), ("me: call Jo, by last Friday", OVER)),
        # Words, and none that are meant for a day.
        *(("ask what Jo said yesterday", None), ("send what was due last week", None)),
        *(("win back the order of 31 Feb", None), ("prepare the talk for Tue 7 Dec", None)),
        *(("sit in the sun", None), ("win 7 of 12", None), ("meet 1 on 1", None)),
        *(("read page 31", None), ("call Tue", None), ("review next week", None)),
    ],
)
def test_a_day_that_is_none_is_not_guessed_and_said(line: str, flaw: FieldError | None) -> None:
    (step,) = parse_steps(line, SIDES, MONDAY)
    assert step.flaw is flaw
    if flaw is not None:
        assert step.due_on is None
        assert step.what == line.removeprefix("me: "), "nothing of it is lost"
        with pytest.raises(BadField) as refused:
            check_steps([Step("write"), step], [], MONDAY)
        assert (refused.value.field, refused.value.flaw) == ("next_step", flaw)
    assert parse_steps(line, SIDES, MONDAY, {step.what})[0].flaw is None, "it stood there before"


def test_a_first_name_that_both_have_names_neither() -> None:
    both = Sides("Sam Moss", "Sam Stone")
    typed = "Sam: call\nSam Moss: send\nSam Stone: ask\nme: write"
    assert parse_steps(typed, both, MONDAY) == (
        Step("Sam: call"),
        Step("send", ME),
        Step("ask"),
        Step("write", ME),
    )


WORDS = st.sampled_from(("call", "Sam:", "me:", "by", "Friday", "1", "Dec", "for", "2027-01-02"))
WHATS = st.lists(WORDS, min_size=1, max_size=5).map(
    lambda words: " ".join(["ask", *words]).rstrip(":")
)
STEPS = st.builds(
    Step,
    WHATS,
    st.sampled_from(Owner),
    st.none() | st.dates(MONDAY - timedelta(days=300), MONDAY + timedelta(days=600)),
)


@given(st.lists(STEPS, max_size=4), st.dates(MONDAY, MONDAY + timedelta(days=400)))
def test_steps_are_read_back_as_they_were_whatever_day_it_is(
    steps: list[Step], today: date
) -> None:
    known = {step.what for step in steps}
    assert parse_steps(as_typed(steps), SIDES, today, known) == tuple(steps)


def promise(number: int, what: str, **values: object) -> Promise:
    one = Promise(
        number, 1, SAM, REP, what, MONDAY, None, None, None, None, "", 7, False, None,
        Answer.NOTED, True,
    )  # fmt: skip
    return replace(one, **values)  # type: ignore[arg-type]


CALL, SEND, ASK = promise(1, "call Jo"), promise(2, "send the terms"), promise(3, "ask finance")
KEPT = promise(4, "call Kim", kept_on=MONDAY)
GONE = promise(5, "book the room", deleted=True)


@pytest.mark.parametrize(
    ("made", "said", "same"),
    [
        ((), ("call Jo",), (None,)),
        ((CALL, SEND, ASK), ("call Jo", "send the terms", "ask finance"), (1, 2, 3)),
        ((CALL, SEND, ASK), ("ask finance", "Call  Jo"), (3, 1)),
        ((CALL, SEND, ASK), ("call Jo", "ask finance"), (1, 3)),
        ((CALL, SEND, ASK), ("call Jo Lee", "ask finance"), (1, 3)),
        ((CALL, SEND, ASK), ("call Jo", "send all the terms", "ask finance"), (1, 2, 3)),
        ((CALL, SEND, ASK), ("ask finance now",), (3,)),
        ((CALL,), ("visit Acme",), (1,)),
        ((CALL,), ("call Jo", "call Jo"), (1, None)),
        ((KEPT,), ("call Kim",), (4,)),
        ((KEPT,), ("call Kim Ray",), (None,)),
        ((KEPT, CALL), ("call Kim", "call Jo", "new"), (4, 1, None)),
        ((GONE,), ("book the room",), (5,)),
        ((GONE, CALL), ("call Jo", "book it"), (1, 5)),
    ],
)
def test_which_promise_a_step_is_already(
    made: tuple[Promise, ...], said: tuple[str, ...], same: tuple[int | None, ...]
) -> None:
    found = matched([Step(what) for what in said], made)
    assert tuple(one.id if one else None for one in found) == same


def test_the_steps_of_a_session_that_was_held() -> None:
    made = [promise(1, "call Jo", owner=ME, answer=None), promise(2, "ask", due_on=day(1, 12))]
    assert held_steps("ask\ncall Jo\nof before", made) == (
        Step("ask", REP, day(1, 12)),
        Step("call Jo", ME),
        Step("of before"),
    )


@pytest.mark.parametrize(
    ("steps", "flaw"),
    [
        ([Step("call")] * MOST_STEPS, None),
        ([Step("call")] * (MOST_STEPS + 1), FieldError.TOO_MANY_STEPS),
        ([Step("x" * 500)], None),
        ([Step("x" * 501)], FieldError.STEP_TOO_LONG),
        ([Step("call", due_on=MONDAY)], None),
        ([Step("call", due_on=MONDAY - timedelta(days=1))], FieldError.PAST_DAY_OF_STEP),
        ([Step("call", due_on=day(2, 11))], None),
    ],
)
def test_steps_that_make_no_sense(steps: list[Step], flaw: FieldError | None) -> None:
    made = [promise(1, "call", due_on=day(2, 11))]
    if flaw is None:
        check_steps(steps, made, MONDAY)
        return
    with pytest.raises(BadField) as refused:
        check_steps(steps, made, MONDAY)
    assert refused.value.flaw is flaw
