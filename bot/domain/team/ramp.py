"""**New on the team**: dated steps of the first weeks, of both sides, which become promises.

The steps are a team's; each counts its day from the beginning of a rep's place on it. For a rep who
is new they are laid as promises, and follow what changes (the steps, the place, days off, holidays)
as long as they are open and still to come. What is over stays as it was.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.promises import WHAT_LIMIT, Owner, Promise
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.teams import Membership, TimeOff
from bot.domain.team.time_off import first_day_back
from bot.domain.workspaces.people import Person

STEP_LIMIT = min(WHAT_LIMIT, 200)
"""Characters of a step: a line that both sides take in at once."""

LAST_DAY = 180
"""The latest day of a step: a ramp is the beginning, and ends."""

MOST_STEPS = 30

LONGEST_AGO = timedelta(days=LAST_DAY + 60)
"""How long ago a place began whose ramp may still have something to come: a step waits for whoever
is away on its day."""


NEXT_SPAN = timedelta(days=14)
"""How far ahead steps are a rep's to look at by themselves."""


@dataclass(frozen=True)
class RampStep:
    """A step of a team's ramp. `day` counts from the first day of the place, which is 0; `id` is 0
    for one that is not kept yet."""

    id: int
    day: int
    owner: Owner
    what: str


@dataclass(frozen=True)
class RampEntry:
    """What a manager says of a step."""

    day: int
    owner: Owner
    what: str


DEFAULT_RAMP = (
    RampStep(0, 0, Owner.MANAGER, "Say hello together, and show who to ask for what"),
    RampStep(0, 0, Owner.REP, "Collect questions, big and small"),
    RampStep(0, 7, Owner.MANAGER, "Visit a first customer together"),
    RampStep(0, 7, Owner.REP, "Name two accounts to get to know first"),
    RampStep(0, 30, Owner.MANAGER, "Talk over the first month: what helped, what would help now"),
    RampStep(0, 30, Owner.REP, "Draft the territory plan"),
    RampStep(0, 60, Owner.MANAGER, "Come along to a customer, and only listen"),
    RampStep(0, 60, Owner.REP, "Lead a customer visit"),
    RampStep(0, 90, Owner.MANAGER, "Talk over the first 90 days, and what comes next"),
    RampStep(0, 90, Owner.REP, "Say what the next 90 days are for"),
)
"""What a team begins with: first day, first week, 30, 60 and 90 days; it may make it its own."""


@dataclass(frozen=True)
class LaidStep:
    """A step as it became a promise for a place on the team. `due_on` is the day that it was laid
    for: where the promise has another, people moved it."""

    membership_id: int
    step_id: int
    promise: Promise
    due_on: date


@dataclass(frozen=True)
class RampOfRep:
    """What of a rep's first weeks is open, by its day."""

    rep: Person
    promises: tuple[Promise, ...]
    today: date


@dataclass(frozen=True)
class Laid:
    """What is to be done for the ramp of one place: steps that become promises, promises that
    follow their step (with the day each is laid for now), and promises that are taken back."""

    new: tuple[tuple[RampStep, date], ...] = ()
    changed: tuple[tuple[LaidStep, RampStep, date], ...] = ()
    taken_back: tuple[LaidStep, ...] = ()


def now_and_later(
    promises: Iterable[Promise], today: date
) -> tuple[tuple[Promise, ...], tuple[Promise, ...]]:
    """Those promises as they concern a rep now, and the steps of the first weeks that come later:
    all but the next two weeks', where nothing is in those all but the next day's. What the rep
    agreed to is their own word, and not put off."""
    found = tuple(promises)
    put_off = {
        one.id: one.due_on
        for one in found
        if one.ramp_day is not None
        and one.due_on is not None
        and (one.owner is Owner.MANAGER or not one.is_agreed)
    }
    until = max(today + NEXT_SPAN, min(put_off.values(), default=today))
    later = {one for one, day in put_off.items() if day > until}
    return (
        tuple(one for one in found if one.id not in later),
        tuple(one for one in found if one.id in later),
    )


def span_words(day: int) -> str:
    """Of which part of the beginning a step is: first week, first 30 days."""
    if day == 0:
        return "first day"
    return "first week" if day <= 7 else f"first {day} days"


def in_order(steps: Iterable[RampStep]) -> tuple[RampStep, ...]:
    """As they come: by day, the manager's first."""
    return tuple(sorted(steps, key=lambda one: (one.day, one.owner is Owner.REP, one.id)))


def due_on(
    step: RampStep, began_on: date, calendar: WorkingCalendar, away: Sequence[TimeOff]
) -> date:
    """The day of a step: a working day on which both sides are there, its own or the next; its own
    where it is not known when that is."""
    planned = began_on + timedelta(days=step.day)
    return first_day_back(planned, away, calendar) or planned


def follow(
    place: Membership,
    steps: Iterable[RampStep],
    laid: Mapping[int, LaidStep],
    calendar: WorkingCalendar,
    away: Sequence[TimeOff],
    today: date,
) -> Laid:
    """What makes the promises of one place what the ramp says now. `laid` are its steps by id;
    `away` are the days off of both sides."""
    days = {step.id: (step, due_on(step, place.joined_on, calendar, away)) for step in steps}
    wanted = {
        one: (step, day)
        for one, (step, day) in days.items()
        if place.new_on_team and _is_within(place, day)
    }
    new = tuple(
        (step, day)
        for step, day in wanted.values()
        if step.id not in laid and day >= today and not _is_over(place, today)
    )
    changed: list[tuple[LaidStep, RampStep, date]] = []
    back: list[LaidStep] = []
    for one in laid.values():
        if not _is_to_come(one, today):
            continue
        if one.step_id not in wanted or _is_over(place, today):
            back += [] if one.promise.deleted else [one]
            continue
        changed += _followed(one, *wanted[one.step_id], today)
    return Laid(new, tuple(changed), tuple(back))


def _followed(
    one: LaidStep, step: RampStep, day: date, today: date
) -> Iterator[tuple[LaidStep, RampStep, date]]:
    """The promise with its step's words and day; a day that people chose stays, and so does one
    that would be over by now."""
    promise = one.promise
    if promise.deleted:
        if day >= today:
            yield one, step, day
        return
    by_hand = promise.due_on != one.due_on
    if by_hand or day < today:
        day = one.due_on
    says = (promise.owner, promise.what, promise.ramp_day, one.due_on)
    if says != (step.owner, step.what, step.day, day):
        yield one, step, day


def _is_to_come(one: LaidStep, today: date) -> bool:
    """Whether it is neither closed nor late: all else is what happened."""
    promise = one.promise
    is_closed = promise.kept_on is not None or promise.dropped_on is not None
    return not is_closed and (promise.due_on is None or promise.due_on >= today)


def _is_within(place: Membership, day: date) -> bool:
    return place.left_on is None or day < place.left_on


def _is_over(place: Membership, today: date) -> bool:
    return place.left_on is not None and place.left_on <= today
