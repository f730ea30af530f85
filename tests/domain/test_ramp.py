"""The first weeks of somebody new: laid once, followed while open and to come, and never after."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from itertools import count

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.promises import Answer, Owner, Promise
from bot.domain.team.calendar import USUAL
from bot.domain.team.ramp import (
    DEFAULT_RAMP,
    Laid,
    LaidStep,
    RampStep,
    due_on,
    follow,
    in_order,
    now_and_later,
    span_words,
)
from bot.domain.team.teams import Membership, TimeOff
from bot.domain.workspaces.people import Person

INES = Person(2, "UINES", "Ines Ortega", "Europe/Berlin", True, False, None)
MONDAY = date(2026, 11, 30)
STEPS = tuple(replace(step, id=number) for number, step in enumerate(DEFAULT_RAMP, 1))
PLACE = Membership(1, 1, INES, MONDAY, None, "", True, {}, new_on_team=True)
DAY = timedelta(days=1)


@dataclass
class Life:
    """A place on a team, and what its ramp became."""

    place: Membership = PLACE
    steps: tuple[RampStep, ...] = STEPS
    away: tuple[TimeOff, ...] = ()
    laid: dict[int, LaidStep] = field(default_factory=dict)
    ids: "count[int]" = field(default_factory=count)

    def asks(self, today: date) -> Laid:
        return follow(self.place, self.steps, self.laid, USUAL, self.away, today)

    def follows(self, today: date) -> None:
        """What is asked for is done, as the services do it."""
        asked = self.asks(today)
        for step, day in asked.new:
            assert day >= today
            self.laid[step.id] = LaidStep(1, step.id, promise(next(self.ids), step, day), day)
        for one, step, day in asked.changed:
            by_hand = not one.promise.deleted and one.promise.due_on != one.due_on
            kept = replace(
                one.promise,
                what=step.what,
                owner=step.owner,
                ramp_day=step.day,
                due_on=one.promise.due_on if by_hand else day,
                deleted=False,
            )
            self.laid[one.step_id] = replace(one, promise=kept, due_on=day)
        for one in asked.taken_back:
            self.changes(one.step_id, deleted=True)

    def changes(self, step_id: int, **values: object) -> None:
        one = self.laid[step_id]
        promised = replace(one.promise, **values)  # type: ignore[arg-type]
        self.laid[step_id] = replace(one, promise=promised)

    def due(self) -> dict[str, date | None]:
        """What is open, and by when."""
        found = (one.promise for one in self.laid.values() if one.promise.is_open)
        return {one.what: one.due_on for one in found}


def promise(number: int, step: RampStep, day: date) -> Promise:
    return Promise(
        id=number,
        team_id=1,
        rep=INES,
        owner=step.owner,
        what=step.what,
        made_on=MONDAY,
        due_on=day,
        raised_on=None,
        kept_on=None,
        dropped_on=None,
        closing_words="",
        interaction_id=None,
        deleted=False,
        handed_to=None,
        answer=Answer.NOTED if step.owner is Owner.REP else None,
        shown=True,
        ramp_day=step.day,
    )


def test_the_usual_steps_are_of_both_sides_and_of_the_days_that_people_go_by() -> None:
    assert in_order(STEPS) == STEPS
    assert list(dict.fromkeys(span_words(step.day) for step in STEPS)) == [
        "first day",
        "first week",
        "first 30 days",
        "first 60 days",
        "first 90 days",
    ]
    assert {step.owner for step in STEPS} == set(Owner)


@pytest.mark.parametrize(
    ("day", "away", "due"),
    [
        (0, (), "2026-11-30"),
        (5, (), "2026-12-07"),
        (30, (), "2026-12-30"),
        (0, ((0, 3),), "2026-12-04"),
        (0, ((0, 4),), "2026-12-07"),
        (0, ((0, None),), "2026-11-30"),
    ],
    ids=["a working day", "a Saturday", "later", "away", "away until the weekend", "nobody knows"],
)
def test_a_step_is_due_on_a_working_day_with_both_there(
    day: int, away: Sequence[tuple[int, int | None]], due: str
) -> None:
    off = [
        TimeOff(1, MONDAY + DAY * first, None if last is None else MONDAY + DAY * last)
        for first, last in away
    ]
    assert due_on(RampStep(1, day, Owner.REP, "x"), MONDAY, USUAL, off).isoformat() == due


def test_it_is_laid_once_and_ends_by_itself() -> None:
    life = Life()
    life.follows(MONDAY)
    assert len(life.due()) == len(STEPS)
    for n in range(1, 120):
        assert life.asks(MONDAY + DAY * n) == Laid()


def test_who_is_not_new_has_none_and_what_would_be_over_is_left_out() -> None:
    assert Life(replace(PLACE, new_on_team=False)).asks(MONDAY) == Laid()
    assert Life(replace(PLACE, joined_on=MONDAY - DAY * 400)).asks(MONDAY) == Laid()
    late = Life(replace(PLACE, joined_on=MONDAY - DAY * 33))
    assert {step.day for step, _ in late.asks(MONDAY).new} == {60, 90}


def test_an_edited_step_changes_what_is_open_and_to_come() -> None:
    life = Life()
    life.follows(MONDAY)
    today = MONDAY + DAY * 10
    life.changes(1, kept_on=MONDAY)
    kept, late = life.laid[1], life.laid[2]
    said = {1: "another word", 2: "another word", 6: "Draft two plans"}
    life.steps = tuple(replace(s, what=said.get(s.id, s.what)) for s in STEPS)
    life.follows(today)
    assert (life.laid[1], life.laid[2]) == (kept, late)
    assert life.laid[6].promise.what == "Draft two plans"
    moved = [replace(s, day=45, owner=Owner.MANAGER) if s.id == 6 else s for s in life.steps]
    life.steps = tuple(moved)
    life.follows(today)
    now = life.laid[6].promise
    assert (now.due_on, now.owner, now.ramp_day) == (MONDAY + DAY * 45, Owner.MANAGER, 45)
    assert life.asks(today) == Laid()


def test_a_day_that_people_chose_stays_and_one_that_would_be_over_too() -> None:
    life = Life()
    life.follows(MONDAY)
    life.changes(6, due_on=MONDAY + DAY * 40)
    life.steps = tuple(replace(s, what="Draft two plans") if s.id == 6 else s for s in STEPS)
    life.away = (TimeOff(1, MONDAY + DAY * 28, MONDAY + DAY * 35),)
    life.follows(MONDAY + DAY)
    assert life.due()["Draft two plans"] == MONDAY + DAY * 40
    life.steps = tuple(replace(s, day=1) if s.id == 8 else s for s in life.steps)
    life.follows(MONDAY + DAY * 20)
    assert life.laid[8].promise.due_on == due_on(STEPS[7], MONDAY, USUAL, life.away)


@pytest.mark.parametrize("how", ["removed", "not new after all", "left"])
def test_what_is_to_come_is_taken_back_and_comes_again(how: str) -> None:
    life = Life()
    life.follows(MONDAY)
    life.changes(3, kept_on=MONDAY + DAY)
    today = MONDAY + DAY * 10
    before = dict(life.laid)
    if how == "removed":
        life.steps = ()
    elif how == "left":
        life.place = replace(PLACE, left_on=today)
    else:
        life.place = replace(PLACE, new_on_team=False)
    life.follows(today)
    over = {"Say hello together, and show who to ask for what", "Collect questions, big and small"}
    over.add("Name two accounts to get to know first")
    assert set(life.due()) == over
    assert life.laid[3] == before[3]
    life.place, life.steps = PLACE, STEPS
    life.follows(today)
    assert life.laid == before


def test_a_place_with_an_end_has_the_steps_before_it() -> None:
    life = Life(replace(PLACE, left_on=MONDAY + DAY * 30))
    life.follows(MONDAY)
    assert {one.promise.ramp_day for one in life.laid.values()} == {0, 7}


CHANGES = st.lists(
    st.tuples(
        st.integers(0, 100),
        st.sampled_from(["word", "day", "owner", "remove", "keep", "drop", "date", "off", "away"]),
        st.integers(1, len(STEPS)),
        st.integers(0, 100),
    ),
    max_size=12,
)


@given(CHANGES)
def test_whatever_changes_only_what_is_open_and_to_come_follows(
    changes: list[tuple[int, str, int, int]],
) -> None:
    life = Life()
    life.follows(MONDAY)
    for after, what, number, day in sorted(changes, key=lambda one: one[0]):
        today = MONDAY + DAY * after
        step = next((one for one in life.steps if one.id == number), None)
        at = life.laid.get(number)
        is_open = at is not None and at.promise.is_open
        if step is not None and what in ("word", "day", "owner", "remove"):
            new = {
                "word": [replace(step, what=f"word {day}")],
                "day": [replace(step, day=day)],
                "owner": [replace(step, owner=Owner.MANAGER)],
                "remove": [],
            }[what]
            life.steps = tuple(one for one in life.steps if one.id != number) + tuple(new)
        elif is_open and what in ("keep", "drop"):
            life.changes(
                number, **{"keep": {"kept_on": today}, "drop": {"dropped_on": today}}[what]
            )
        elif is_open and what == "date":
            life.changes(number, due_on=today + DAY * day)
        elif what == "off":
            life.place = replace(life.place, new_on_team=not life.place.new_on_team)
        elif what == "away":
            life.away = (*life.away, TimeOff(after, today, today + DAY * (day % 9)))
        before = dict(life.laid)
        life.follows(today)
        for one in before.values():
            due = one.promise.due_on
            if not one.promise.is_open and not one.promise.deleted:
                assert life.laid[one.step_id] == one, "what is closed stays"
            if one.promise.is_open and due is not None and due < today:
                assert life.laid[one.step_id] == one, "what is late stays"
        assert life.asks(today) == Laid(), "and once it follows, it does"
        known = {one.id for one in life.steps}
        for one in life.laid.values():
            due = one.promise.due_on
            if one.promise.is_open and due is not None and due >= today:
                assert one.step_id in known
                assert life.place.new_on_team


@pytest.mark.parametrize(
    ("days", "now"),
    [
        ((0, 7, 14, 15, 90), (0, 7, 14)),
        ((30, 30, 60), (30, 30)),
        ((-3, 15), (-3,)),
        ((None, 15, 16), (None, 15)),
        ((), ()),
    ],
)
def test_a_rep_has_the_steps_of_two_weeks_or_the_next_ones(
    days: tuple[int | None, ...], now: tuple[int | None, ...]
) -> None:
    made = Promise(
        1,
        1,
        INES,
        Owner.REP,
        "a step",
        MONDAY,
        None,
        None,
        None,
        None,
        "",
        None,
        False,
        None,
        Answer.NOTED,
        True,
        ramp_day=7,
    )
    steps = [
        replace(made, id=number, due_on=None if day is None else MONDAY + day * DAY)
        for number, day in enumerate(days)
    ]
    shown, later = now_and_later(steps, MONDAY)
    assert [one.due_on for one in shown] == [
        None if day is None else MONDAY + day * DAY for day in now
    ]
    assert {*shown, *later} == {*steps}
    agreed = [replace(one, answer=Answer.AGREED) for one in steps]
    assert now_and_later(agreed, MONDAY) == (tuple(agreed), ())
