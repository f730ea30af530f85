"""Who could show whom what: told by the words that were written, and never guessed."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.meetings.pairing import Noted, fits, pair_of
from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.workspaces.people import Person

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
MEETING = 7


def person(number: int, name: str) -> Person:
    return Person(number, f"U{number}", name, "Europe/Berlin", True, False, None)


TOM, RAJ, LENA = person(1, "Tom Ash"), person(2, "Raj Rao"), person(3, "Lena Fox")
CALL = Noted(1, TOM, 10, date(2026, 11, 3), "Opening a cold call")
WORKS = Noted(1, RAJ, 20, date(2026, 11, 10), "how to open: opening a cold call")
ALL = {1, 2, 3}


def asked(kind: SwapKind, state: SwapState, **more: object) -> Swap:
    learns = kind is SwapKind.LEARN
    made = Swap(
        id=1,
        team_id=1,
        meeting_id=MEETING,
        holder=None,
        asked=RAJ if learns else TOM,
        asked_by=person(9, "Dana Moss"),
        day=date(2026, 11, 30),
        at=time(9),
        until=NOW + timedelta(hours=8),
        state=state,
        kind=kind,
        other=TOM if learns else RAJ,
        skill="opening a cold call",
        strength=10,
        focus=20,
    )
    return replace(made, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("strength", "focus"),
    [
        ("Opening a cold call", "opening the cold call"),
        ("Discovery", "discovery"),
        ("Die Bedarfsanalyse im Erstgespräch", "Erstgesprach: bedarfsanalyse"),
        ("asks for the next step, every time", "ask for next step"),
        ("CLOSING: the next step", "Agreeing on a next step"),
        ("第一次拜访", "第一次拜访"),
    ],
)
def test_the_same_words_fit(strength: str, focus: str) -> None:
    assert fits(strength, focus)
    assert fits(focus, strength)


@pytest.mark.parametrize(
    ("strength", "focus"),
    [
        ("Opening a cold call", "closing"),
        ("listens first", "listening"),
        ("calls", "cold calls at the right time"),
        ("is very good at it", "is good at it and always will"),
        ("", "opening a cold call"),
        ("Opening a cold call", ""),
        ("!?", "!?"),
        ("price talks", "talks with engineers"),
    ],
)
def test_what_only_might_mean_the_same_does_not(strength: str, focus: str) -> None:
    assert not fits(strength, focus)
    assert not fits(focus, strength)


def test_a_strength_and_a_focus_are_a_pair() -> None:
    found = pair_of([CALL], [WORKS], ALL, [], MEETING, NOW)
    assert found is not None
    assert (found.shower, found.learner, found.skill) == (TOM, RAJ, "Opening a cold call")


@pytest.mark.parametrize("there", [{1, 3}, {2, 3}, {3}, set()])
def test_both_must_be_there(there: set[int]) -> None:
    assert pair_of([CALL], [WORKS], there, [], MEETING, NOW) is None


@pytest.mark.parametrize("disputed", [CALL, WORKS])
def test_what_its_rep_remembers_otherwise_is_no_pair(disputed: Noted) -> None:
    otherwise = replace(disputed, disputed=True)
    strength, focus = (otherwise if one is disputed else one for one in (CALL, WORKS))
    assert pair_of([strength], [focus], ALL, [], MEETING, NOW) is None


def test_nobody_shows_themselves_nor_what_they_work_on() -> None:
    own = replace(WORKS, rep=TOM, field_day=21)
    assert pair_of([CALL], [own], ALL, [], MEETING, NOW) is None
    assert pair_of([CALL], [own, WORKS], ALL, [], MEETING, NOW) is None


@pytest.mark.parametrize(
    ("before", "meeting", "proposed"),
    [
        (asked(SwapKind.LEARN, SwapState.DECLINED), MEETING, False),
        (asked(SwapKind.LEARN, SwapState.DECLINED), 8, False),
        (asked(SwapKind.SHOW, SwapState.DECLINED), 8, False),
        (asked(SwapKind.SHOW, SwapState.DECLINED, focus=19), 8, False),
        (asked(SwapKind.LEARN, SwapState.PUT_OFF), MEETING, False),
        (asked(SwapKind.LEARN, SwapState.PUT_OFF), 8, True),
        (asked(SwapKind.LEARN, SwapState.ASKED), 8, False),
        (asked(SwapKind.LEARN, SwapState.ASKED, other=LENA), 8, False),
        (asked(SwapKind.SHOW, SwapState.ASKED, other=LENA), 8, False),
        (asked(SwapKind.LEARN, SwapState.ASKED, until=NOW), 8, True),
        (asked(SwapKind.LEARN, SwapState.ENDED), 8, True),
        (asked(SwapKind.LEARN, SwapState.TAKEN), 8, True),
        (asked(SwapKind.SHOW, SwapState.TAKEN, day=date(2026, 11, 2)), 8, False),
        (asked(SwapKind.SHOW, SwapState.TAKEN, day=date(2026, 11, 2), focus=19), 8, True),
        (asked(SwapKind.SHOW, SwapState.TAKEN, focus=19), 8, False),
    ],
)
def test_what_was_asked_before_counts(before: Swap, meeting: int, proposed: bool) -> None:
    assert (pair_of([CALL], [WORKS], ALL, [before], meeting, NOW) is not None) is proposed


def test_the_newest_comes_first_whatever_the_order() -> None:
    newer = replace(WORKS, rep=LENA, field_day=22, on=date(2026, 11, 17))
    again = replace(CALL, field_day=11, on=date(2026, 11, 9))
    for strengths in ([CALL, again], [again, CALL]):
        for focuses in ([WORKS, newer], [newer, WORKS]):
            found = pair_of(strengths, focuses, ALL, [], MEETING, NOW)
            assert found is not None
            assert (found.learner, found.strength) == (LENA, again)
