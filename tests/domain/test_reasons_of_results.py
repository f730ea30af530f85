"""Reasons from results: recognition, help in time, and at most a quarter of a list of them."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results.pace import Standing, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import (
    PERCENT,
    Better,
    Metric,
    MetricKind,
    Period,
    Reading,
    Result,
)
from bot.domain.todo.allotment import allot, most_about_numbers, most_to_save
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.ranking import rank, subject
from bot.domain.todo.reasons import Ranked, Reason, ReasonFacts, ReasonKind
from bot.domain.todo.sources.results import can_still, to_make
from bot.domain.todo.sources.thanks import has_number
from tests.domain.calendars import reproducible

AHEAD, WARNING, NEXT = (
    ReasonKind.RESULT_AHEAD,
    ReasonKind.EARLY_WARNING,
    ReasonKind.NEXT_PERIOD,
)
OPEN = ReasonKind.OPEN_QUESTION
NUMBERS = {AHEAD, WARNING, NEXT}
MEETINGS = Metric("new meetings", MetricKind.LEADING)
REVENUE = Metric("revenue", MetricKind.LEADING, unit="EUR")
WON = Metric("deals won", MetricKind.LAGGING)
WIN_RATE = Metric("win rate", MetricKind.LEADING, unit=PERCENT)
COMPLAINTS = Metric("complaints", MetricKind.LEADING, Better.LESS)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
QUARTER = Period(date(2026, 10, 1), date(2026, 12, 31))
TRIMESTER = Period(date(2026, 9, 1), date(2026, 12, 31))
FRIDAY, MONDAY = date(2026, 11, 13), date(2026, 11, 16)


def found(
    metric: Metric,
    actual: int,
    target: int = 42,
    period: Period = NOVEMBER,
    *,
    today: date = MONDAY,
    weeks: Sequence[int] = (),
) -> list[Ranked]:
    """The reasons of Raj's that are about a result of that Friday."""
    read = (Reading(Decimal(target), Decimal(actual), FRIDAY),)
    pace = pace_of(
        Result("U2", metric, period, read), Presence(), today, [Decimal(week) for week in weeks]
    )
    facts = ReasonFacts(rep_id=2, name="Raj", monday=MONDAY, today=today, paces=(pace,))
    return [ranked for ranked in rank(facts) if ranked.reason.kind in NUMBERS]


@pytest.mark.parametrize(
    ("metric", "actual", "period", "text"),
    [
        (
            MEETINGS,
            16,
            NOVEMBER,
            "Raj can still make November's new meetings at two and a half a day. "
            "What could you take off Raj's plate?",
        ),
        (
            REVENUE,
            16,
            NOVEMBER,
            "Raj can still make November's revenue at EUR 2.4 a day. "
            "What could you take off Raj's plate?",
        ),
        (
            WIN_RATE,
            30,
            NOVEMBER,
            "Raj can still bring November's win rate to plan. What could you take off Raj's plate?",
        ),
        (
            COMPLAINTS,
            23,
            NOVEMBER,
            "Raj can still keep November's complaints to plan. "
            "What could you take off Raj's plate?",
        ),
        (
            MEETINGS,
            15,
            QUARTER,
            "Raj can still make the quarter's new meetings at one a day. "
            "What could you take off Raj's plate?",
        ),
        (
            MEETINGS,
            18,
            TRIMESTER,
            "Raj can still make the trimester's new meetings at one a day. "
            "What could you take off Raj's plate?",
        ),
        (
            MEETINGS,
            5,
            NOVEMBER,
            "Plan the first two weeks of December's new meetings together with Raj. "
            "Ask what would make them easier.",
        ),
        (
            MEETINGS,
            2,
            QUARTER,
            "Plan the first two weeks of the next quarter's new meetings together with Raj. "
            "Ask what would make them easier.",
        ),
        (MEETINGS, 30, NOVEMBER, "Raj is ahead with November's new meetings. Say you noticed."),
        (WON, 30, NOVEMBER, "Raj is ahead with November's deals won. Say you noticed."),
    ],
)
def test_what_is_said_of_a_result(metric: Metric, actual: int, period: Period, text: str) -> None:
    (one,) = found(metric, actual, period=period)
    assert one.reason.text == text
    assert one.reason.source == "Figures as of Fri 13 Nov"


def test_why_it_is_said_shows_the_figures() -> None:
    (one,) = found(MEETINGS, 16, weeks=[1, 1, 2, 2, 3, 3])
    assert one.because == (
        "16 of 42 until Mon 30 Nov; by that day the plan has 20.0, 26 left over 11 working days, "
        "a good week of Raj's has 3.0 a day, by 6 weeks."
    )
    (one,) = found(REVENUE, 16)
    assert one.because.startswith("EUR 16 of 42 until")


@pytest.mark.parametrize(
    ("metric", "actual", "today"),
    [
        # Few deals make a jumpy line: what comes of the work warns of nothing.
        (WON, 16, MONDAY),
        (WON, 5, MONDAY),
        # As planned.
        (MEETINGS, 20, MONDAY),
        # Too old to say anything by.
        (MEETINGS, 16, date(2026, 11, 25)),
        (MEETINGS, 30, date(2026, 11, 25)),
        (MEETINGS, 16, date(2026, 12, 1)),
    ],
)
def test_when_there_is_nothing_to_say(metric: Metric, actual: int, today: date) -> None:
    assert found(metric, actual, today=today) == []


def test_results_warn_where_the_manager_wants_it() -> None:
    chosen = replace(WON, chosen=True)
    (one,) = found(chosen, 16)
    assert "Raj can still make November's deals won" in one.reason.text
    (one,) = found(chosen, 5)
    assert one.reason.kind is NEXT
    assert found(chosen, 20) == []


def test_recognition_and_what_a_contact_was_about_hold_no_number_and_no_figure() -> None:
    for metric, actual in ((MEETINGS, 30), (MEETINGS, 16), (MEETINGS, 5)):
        (one,) = found(metric, actual)
        assert not has_number(subject(one.reason))
        assert "meetings" not in subject(one.reason)
        assert one.reason.kind is not AHEAD or not has_number(one.reason.text)


def test_it_is_asked_of_the_period_that_ends_first() -> None:
    monthly, quarterly = (
        pace_of(
            Result("U2", metric, period, (Reading(Decimal(42), Decimal(actual), FRIDAY),)),
            Presence(),
            MONDAY,
        )
        for metric, period, actual in ((REVENUE, QUARTER, 15), (MEETINGS, NOVEMBER, 16))
    )
    assert quarterly.standing is monthly.standing is Standing.RECOVERABLE
    facts = ReasonFacts(
        rep_id=2, name="Raj", monday=MONDAY, today=MONDAY, paces=(monthly, quarterly)
    )
    assert "November" in rank(facts)[0].reason.text


@pytest.mark.parametrize(
    ("actual", "text"),
    [
        (5, "Raj keeps November's complaints low. Say you noticed."),
        (
            43,
            "Plan the first two weeks of December together with Raj. "
            "Ask what would keep complaints low.",
        ),
    ],
)
def test_nobody_is_ahead_with_complaints_and_none_are_planned(actual: int, text: str) -> None:
    (ranked,) = found(COMPLAINTS, actual)
    assert ranked.reason.text == text
    assert f"{actual} of at most 42 until" in ranked.because


# At most a quarter of a list


def ranking(kinds: Sequence[ReasonKind]) -> list[Ranked]:
    """Reasons of those kinds, best first, and an open question."""
    ordered = sorted({*kinds, ReasonKind.OPEN_QUESTION}, key=lambda kind: -KINDS[kind].weight)
    return [Ranked(Reason(kind, f"{kind}:1", "", ""), KINDS[kind].weight, "") for kind in ordered]


@pytest.mark.parametrize("reps", range(1, 61))
def test_at_most_a_quarter_of_a_list_is_about_numbers(reps: int) -> None:
    everything = {rep: ranking(list(NUMBERS)) for rep in range(reps)}
    given_to = allot(everything, [], reps)
    about = Counter(ranked.reason.kind in NUMBERS for ranked in given_to.values())
    assert about[True] == (1 if reps < 4 else reps // 4)
    assert set(given_to) == set(range(reps))


@given(
    st.lists(st.sets(st.sampled_from(list(ReasonKind)), max_size=5), min_size=1, max_size=20),
    st.lists(st.sampled_from(sorted(NUMBERS)), max_size=3),
)
@reproducible
def test_what_the_other_rows_are_about_counts_too(
    kinds: list[set[ReasonKind]], held: list[ReasonKind]
) -> None:
    reps = len(kinds) + len(held)
    given_to = allot({rep: ranking(list(own)) for rep, own in enumerate(kinds)}, held, reps)
    about = sum(ranked.reason.kind in NUMBERS for ranked in given_to.values())
    assert about + len(held) <= max(most_about_numbers(reps), len(held))


@pytest.mark.parametrize(
    ("reps", "warned", "ahead", "left"),
    [
        # One place: help comes first.
        (4, 1, 3, {WARNING: 1}),
        (7, 2, 2, {WARNING: 1}),
        # Two places: one each, in whatever order the reps come.
        (8, 2, 2, {WARNING: 1, AHEAD: 1}),
        (8, 1, 2, {WARNING: 1, AHEAD: 1}),
        (8, 6, 2, {WARNING: 1, AHEAD: 1}),
        # Three: the larger half is two.
        (12, 3, 3, {WARNING: 2, AHEAD: 1}),
        (12, 1, 3, {WARNING: 1, AHEAD: 2}),
        (60, 30, 30, {WARNING: 8, AHEAD: 7}),
        # What one side leaves is the other's.
        (8, 4, 0, {WARNING: 2}),
        (8, 0, 4, {AHEAD: 2}),
        (12, 5, 1, {WARNING: 2, AHEAD: 1}),
    ],
)
def test_what_can_be_saved_keeps_the_larger_half(
    reps: int, warned: int, ahead: int, left: dict[ReasonKind, int]
) -> None:
    kinds = [[WARNING]] * warned + [[AHEAD]] * ahead
    kinds += [[ReasonKind.PLAN]] * (reps - len(kinds))
    for own in (kinds, kinds[::-1]):
        given_to = allot({rep: ranking(of) for rep, of in enumerate(own)}, [], reps)
        about = Counter(one.reason.kind for one in given_to.values())
        assert {kind: about[kind] for kind in NUMBERS if about[kind]} == left


@given(
    st.lists(st.sets(st.sampled_from(list(ReasonKind)), max_size=5), min_size=1, max_size=20),
    st.lists(st.sampled_from(sorted(NUMBERS)), max_size=3),
)
@reproducible
def test_no_warning_of_that_half_gives_way(
    kinds: list[set[ReasonKind]], held: list[ReasonKind]
) -> None:
    reps = len(kinds) + len(held)
    rankings = {rep: ranking(list(own)) for rep, own in enumerate(kinds)}
    given_to = allot(rankings, held, reps)
    leading = sum(
        own[0].reason.kind in NUMBERS and any(one.reason.kind is WARNING for one in own)
        for own in rankings.values()
    )
    kept = sum(one.reason.kind is WARNING for one in given_to.values())
    room = min(most_about_numbers(reps) - len(held), most_to_save(reps) - held.count(WARNING))
    assert kept >= min(leading, max(0, room))


def test_whoever_has_both_is_helped_first_but_not_two_weeks_in_a_row() -> None:
    both = ranking([AHEAD, WARNING])
    given_to = allot({1: both, 2: both, 3: both}, [], 8)
    assert [one.reason.kind for one in given_to.values()] == [AHEAD, OPEN, WARNING]
    just_was = [replace(one, again=one.reason.kind is WARNING) for one in both]
    given_to = allot({1: just_was, 2: just_was}, [], 8)
    assert [one.reason.kind for one in given_to.values()] == [AHEAD, AHEAD]


def test_a_number_gives_way_to_what_is_next_and_a_promise_stays() -> None:
    own = [WARNING, ReasonKind.FOCUS]
    given_to = allot({1: ranking(own), 2: ranking(own)}, [], 2)
    assert {one.reason.kind for one in given_to.values()} == {WARNING, ReasonKind.FOCUS}
    owed = [WARNING, ReasonKind.PROMISE_OWED]
    given_to = allot({1: ranking(owed), 2: ranking(owed)}, [], 2)
    assert {one.reason.kind for one in given_to.values()} == {ReasonKind.PROMISE_OWED}


@pytest.mark.parametrize("first", [[2, 3, 1, 4], [4, 3, 2, 1], [1, 4, 2, 3]])
def test_a_number_gives_way_to_what_is_the_reps_own_before_a_question(first: list[int]) -> None:
    focus, plan = ReasonKind.FOCUS, ReasonKind.PLAN
    own = {1: [AHEAD, focus], 2: [focus, plan], 3: [WARNING], 4: [plan, focus]}
    given_to = allot({rep: ranking(own[rep]) for rep in first}, [], 4)
    assert {rep: one.reason.kind for rep, one in given_to.items()}[1] is not OPEN
    # A whole list of one kind is better than a question to somebody of whom something is known.
    own = {1: [AHEAD, focus], 2: [focus], 3: [WARNING], 4: [focus]}
    given_to = allot({rep: ranking(own[rep]) for rep in first}, [], 4)
    assert [given_to[rep].reason.kind for rep in (1, 2, 3, 4)] == [focus, focus, WARNING, focus]


def test_it_is_known_by_its_period_and_metric_whatever_the_figures() -> None:
    before, after = found(MEETINGS, 15)[0], found(MEETINGS, 16)[0]
    assert before.reason.about == after.reason.about == "early_warning:2026-11-01:new meetings"
    assert before.because != after.because
    assert after.days.last == NOVEMBER.end


@pytest.mark.parametrize(
    ("metric", "actual", "takes"),
    [
        (MEETINGS, 16, "can still be made at two and a half a day"),
        (REVENUE, 16, "can still be made at EUR 2.4 a day"),
        (WIN_RATE, 30, "can still be brought to plan"),
        (COMPLAINTS, 23, "can still be kept to plan"),
        # On plan, ahead, and not to be made any more: the figures stand for themselves.
        (MEETINGS, 20, None),
        (MEETINGS, 40, None),
        (MEETINGS, 1, None),
    ],
)
def test_beside_figures_it_is_said_what_it_takes_and_nothing_else(
    metric: Metric, actual: int, takes: str | None
) -> None:
    read = (Reading(Decimal(42), Decimal(actual), FRIDAY),)
    pace = pace_of(Result("U2", metric, NOVEMBER, read), Presence(), MONDAY)
    assert to_make(pace) == takes
    # It is said of what the list says it of.
    assert (can_still("Raj", pace) is None) == (takes is None)


def test_of_what_comes_of_it_nothing_is_said_unless_the_manager_wants_it() -> None:
    read = (Reading(Decimal(42), Decimal(16), FRIDAY),)
    chosen = replace(WON, chosen=True)
    takes = [
        to_make(pace_of(Result("U2", metric, NOVEMBER, read), Presence(), MONDAY))
        for metric in (WON, chosen)
    ]
    assert takes == [None, "can still be made at two and a half a day"]
