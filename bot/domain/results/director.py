"""What a director sees of a team, where its manager shares it: whether sessions, field days and
meetings are happening. In words, about no rep and nobody's number."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum, StrEnum

from bot.domain.meetings.meetings import Dropped, Meeting, record_of
from bot.domain.results.coverage import due_dates
from bot.domain.team.cadence import LONGEST, Cadence, Component
from bot.domain.team.teams import TimeOff
from bot.domain.workspaces.people import Person

MEETINGS_SINCE = timedelta(weeks=12)
"""How far back meetings are looked at: what was so long ago says nothing of how it is."""

LOOKED_BACK = timedelta(days=LONGEST)
"""How far back sessions, field days and days off are."""

FEWEST_REPS = 2
"""What is said of fewer would be about one person."""


class Happening(StrEnum):
    """How it goes with one component of a team."""

    AS_PLANNED = "as planned"
    SOME = "some"
    NONE = "none"
    UNKNOWN = "unknown"


class Known(Enum):
    """What is known of a component with one rep: it was held and is not late, it is not late
    although there was none yet, or nothing is."""

    HELD = "held"
    NOT_YET = "not yet"
    NOTHING = "nothing"


def known_of(
    component: Component,
    cadence: Cadence,
    last: date | None,
    joined_on: date,
    away: Iterable[TimeOff],
    today: date,
) -> Known:
    """What is known of sessions or field days with a rep. `away` are the days off of the rep and of
    the manager: on those neither is held, and nothing becomes late.

    What nobody wrote down is unknown, and never "not held".
    """
    began = max(last, joined_on) if last is not None else joined_on
    latest_on = due_dates(component, cadence, last, joined_on).latest_on
    if today > latest_on and today > latest_on + _days_off(away, began, today):
        return Known.NOTHING
    return Known.HELD if last is not None and last >= joined_on else Known.NOT_YET


def _days_off(away: Iterable[TimeOff], first: date, last: date) -> timedelta:
    """How many days of the span were days off, of whomever, each once."""
    days: set[int] = set()
    for off in away:
        begins, ends = max(off.starts_on, first), min(off.ends_on or last, last)
        days.update(range(begins.toordinal(), ends.toordinal() + 1))
    return timedelta(days=len(days))


def with_reps(known: Sequence[Known]) -> Happening | None:
    """How sessions or field days go with those reps, all who are on the team; None where there is
    nothing to say yet, and of a team too small to say it without saying it of one rep."""
    counted = [one for one in known if one is not Known.NOT_YET]
    if not counted or len(known) < FEWEST_REPS:
        return None
    held = counted.count(Known.HELD)
    if held == len(counted):
        return Happening.AS_PLANNED
    return Happening.SOME if held else Happening.UNKNOWN


def of_meetings(meetings: Iterable[Meeting], today: date) -> Happening | None:
    """How team meetings go, of those that are over or dropped; None where none was to be. Where
    nothing is known of any it is unknown; one of which nothing is known counts as neither."""
    planned = [
        one
        for one in meetings
        if one.dropped is not Dropped.SKIPPED and one.planned_for >= today - MEETINGS_SINCE
    ]
    if not planned:
        return None
    record = record_of(planned)
    if record.planned == 0:
        return Happening.UNKNOWN
    if record.kept == record.planned:
        return Happening.AS_PLANNED
    return Happening.SOME if any(one.was_held for one in planned) else Happening.NONE


@dataclass(frozen=True)
class TeamLine:
    """All that a director sees of one team."""

    manager: Person
    sessions: Happening | None
    field_days: Happening | None
    meetings: Happening | None


@dataclass(frozen=True)
class OwnLine:
    """The line of one's own team, as it would be seen, and who sees it; None for nobody."""

    line: TeamLine
    director: Person | None


@dataclass(frozen=True)
class TeamsView:
    """What `/mirror teams` shows: one's own team, for who leads one, and the teams that are shared
    with who asks, by the manager's name."""

    own: OwnLine | None
    lines: tuple[TeamLine, ...]
