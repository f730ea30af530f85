"""Balance: shares of what happened, whatever order it is told in."""

from datetime import date
from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.results.balance import (
    LEAST_MINUTES,
    MINUTES,
    MONTHS,
    Balance,
    LeftOut,
    MonthBalance,
    Part,
    Share,
    Spent,
    Ticked,
    Unknown,
    Weight,
    balance_of,
    month_of,
    months_until,
    of_meeting,
)
from bot.domain.team.settings import DEFAULT_SECTIONS, Direction
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import ReasonKind

TODAY = date(2026, 12, 9)
SEEN = months_until(TODAY)
AHEAD, BACK = Direction.FORWARD, Direction.REAR_VIEW
DAY = date(2026, 11, 23)

months = st.sampled_from((*SEEN, date(2025, 1, 1)))
spent = st.builds(
    Spent, months, st.sampled_from(Part), st.sampled_from(Direction), st.integers(0, 500)
)
left_out = st.builds(LeftOut, months, st.sampled_from(Unknown), st.integers(0, 9))
sections = st.sampled_from((*(one.key for one in DEFAULT_SECTIONS), "gone"))
ways = st.none() | st.sampled_from(Direction)
ticked = st.builds(Ticked, sections, ways, st.integers(0, 120))


def balance(*found: Spent, left: tuple[LeftOut, ...] = ()) -> Balance:
    return balance_of(found, left, SEEN)


@given(st.lists(spent), st.lists(left_out))
def test_a_share_is_between_none_and_all(found: list[Spent], left: list[LeftOut]) -> None:
    for month in balance_of(found, left, SEEN).months:
        for share in (*month.parts.values(), month.whole):
            assert 0 <= share.back <= share.total
            assert share.looks_back is None or 0 <= share.looks_back <= 1
        assert all(share.total > 0 for share in month.parts.values())
        assert all(count > 0 for count in month.left_out.values())


@given(st.lists(spent), st.lists(left_out), st.randoms(use_true_random=False))
def test_the_order_in_which_it_is_told_says_nothing(
    found: list[Spent], left: list[LeftOut], luck: Any
) -> None:
    told = balance_of(found, left, SEEN)
    luck.shuffle(found)
    luck.shuffle(left)
    assert balance_of(found, left, SEEN) == told


@given(st.lists(spent), spent)
def test_one_thing_more_moves_its_own_share_and_no_other(found: list[Spent], more: Spent) -> None:
    before, after = balance_of(found, (), SEEN), balance_of([*found, more], (), SEEN)
    for was, now in zip(before.months, after.months, strict=True):
        for part in Part:
            old, new = was.parts.get(part, Share()), now.parts.get(part, Share())
            if (was.month, part) != (more.month, more.part):
                assert new == old
            elif more.direction is AHEAD:
                assert (new.back, new.total) == (old.back, old.total + more.minutes)
            else:
                assert (new.back, new.total) == (old.back + more.minutes, old.total + more.minutes)


@given(st.lists(spent), st.lists(left_out))
def test_what_cannot_be_known_counts_neither_way(found: list[Spent], left: list[LeftOut]) -> None:
    known, unknown = balance_of(found, (), SEEN), balance_of(found, left, SEEN)
    assert [one.parts for one in known.months] == [one.parts for one in unknown.months]


@given(st.lists(ticked))
def test_a_meeting_takes_no_more_than_its_ticked_sections_or_their_items(
    items: list[Ticked],
) -> None:
    total = sum(one.minutes for one in of_meeting(DAY, DEFAULT_SECTIONS, items))
    own = sum(one.minutes for one in items)
    keys = {one.section if one.section != "gone" else "close" for one in items}
    set_aside = sum(one.minutes for one in DEFAULT_SECTIONS if one.key in keys)
    assert max(own, set_aside) <= total <= own + set_aside


def test_nothing_ticked_says_nothing_and_an_items_own_minutes_go_its_way() -> None:
    assert of_meeting(DAY, DEFAULT_SECTIONS, []) == []
    found = of_meeting(DAY, DEFAULT_SECTIONS, [Ticked("ahead", BACK, 4), Ticked("ahead", None, 0)])
    assert [(one.direction, one.minutes) for one in found] == [(BACK, 4), (AHEAD, 6)]


@given(st.integers(0, 5000), st.integers(0, 5000))
def test_what_would_move_it_is_just_enough(back: int, ahead: int) -> None:
    share = Share(back, back + ahead)
    moved = Share(back, share.total + share.to_move)
    assert not moved.is_much
    if share.is_much:
        assert Share(back, moved.total - 1).back * 3 > moved.total - 1


@given(st.lists(st.booleans(), min_size=2, max_size=MONTHS))
def test_a_third_for_a_month_is_said_once_in_the_month_after(much: list[bool]) -> None:
    shares = {True: Share(50, 100), False: Share(30, 100)}
    said = []
    for now in range(1, len(much)):
        found = Balance(
            tuple(
                MonthBalance(month, {Part.SESSION: shares[one]})
                for month, one in zip(SEEN, much[: now + 1], strict=False)
            )
        )
        if found.to_say is not None:
            said.append(SEEN.index(found.to_say.month))
    begins = [n for n in range(len(much) - 1) if much[n] and (n == 0 or not much[n - 1])]
    assert said == begins


def test_of_too_little_nothing_is_said() -> None:
    november = SEEN[-2]
    much = Spent(november, Part.SESSION, BACK, LEAST_MINUTES)
    little = Spent(november, Part.SESSION, BACK, LEAST_MINUTES - 1)
    assert balance(much).to_say is not None
    assert balance(little).to_say is None
    assert balance(little).trend == ()


def test_a_third_is_not_more_than_a_third() -> None:
    assert not Share(105, 315).is_much
    assert Share(106, 315).is_much


def test_months_are_the_last_twelve_with_the_one_that_runs() -> None:
    assert len(SEEN) == MONTHS
    assert (SEEN[0], SEEN[-1]) == (date(2026, 1, 1), month_of(TODAY))


def test_every_kind_of_reason_says_where_it_looks() -> None:
    assert set(KINDS) == set(ReasonKind)
    back = {kind for kind, entry in KINDS.items() if entry.direction is BACK}
    assert back == {ReasonKind.RESULT_AHEAD}
    assert set(MINUTES) == set(Weight)
