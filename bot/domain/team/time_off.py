"""Days away: who is there when, and who is back."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import islice

from bot.domain.delivery import AUDIENCES, Audience, MessageKind
from bot.domain.team.calendar import USUAL, WorkingCalendar
from bot.domain.team.teams import TimeOff

LONGEST_CHAIN = 400
"""Days looked ahead for a return; someone away for longer has no known day back."""


@dataclass(frozen=True)
class AwayEntry:
    """What a manager says of days away. `ends_on` None: nobody knows; `stand_in` is a Slack id, and
    `ticked` are the promises, by id, that they may read."""

    starts_on: date
    ends_on: date | None
    stand_in: str | None
    ticked: frozenset[int] = frozenset()


def is_away(day: date, away: Iterable[TimeOff]) -> bool:
    """Whether `day` is one of those days away."""
    return any(off.covers(day) for off in away)


def reader_on(kind: MessageKind, manager_id: int, day: date, away: Iterable[TimeOff]) -> int | None:
    """Who has what is a manager's of that kind that day, by person: the manager, or, while the
    manager is away, whoever `AUDIENCES` says; None where it waits. `away` are the manager's days
    off."""
    audience = AUDIENCES[kind]
    if not audience.is_managers:
        raise ValueError(f"a {kind} is no manager's")
    covering = [off for off in away if off.covers(day)]
    if not covering or audience is Audience.MANAGER:
        return manager_id
    nobody = manager_id if audience is Audience.STAND_IN_OR_MANAGER else None
    return next((off.stand_in_id for off in covering if off.stand_in_id is not None), nobody)


def is_covered(day: date, away: Sequence[TimeOff], others: Mapping[int, Sequence[TimeOff]]) -> bool:
    """Whether somebody has what is a manager's on that day and is there: the manager, or who stands
    in. `away` are the manager's days off, `others` those of whoever stands in, by person."""
    covering = [off for off in away if off.covers(day)]
    named = {off.stand_in_id for off in covering if off.stand_in_id is not None}
    return not covering or any(not is_away(day, others.get(who, ())) for who in named)


def days_there(days: Sequence[date], away: Sequence[TimeOff]) -> tuple[date, ...]:
    """Those of the days that are not days away."""
    return tuple(day for day in days if not is_away(day, away)) if away else tuple(days)


def first_day_back(
    day: date, away: Sequence[TimeOff], calendar: WorkingCalendar = USUAL
) -> date | None:
    """The first working day from `day` on that is no day away; None while it is not known."""
    last = day + timedelta(days=LONGEST_CHAIN)
    for found in calendar.days_from(day):
        if found > last:
            return None
        if not is_away(found, away):
            return found
    return None


def returns(
    since: date, until: date, away: Sequence[TimeOff], calendar: WorkingCalendar = USUAL
) -> tuple[date, int] | None:
    """The latest first working day back within `since` … `until`, and the id of the time off that
    ended last before it. One working day away is not worth a welcome.
    """
    found: tuple[date, date, int] | None = None
    for off in away:
        if off.ends_on is None:
            continue
        back = first_day_back(off.ends_on + timedelta(days=1), away, calendar)
        if back is not None and since <= back <= until and _was_long(back, away, calendar):
            found = max(found or (date.min, date.min, 0), (back, off.ends_on, off.id))
    return found and (found[0], found[2])


def _was_long(back: date, away: Sequence[TimeOff], calendar: WorkingCalendar) -> bool:
    """Whether someone was away for two working days at least just before `back`."""
    return all(is_away(day, away) for day in islice(calendar.days_before(back), 2))
