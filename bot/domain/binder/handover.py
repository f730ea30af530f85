"""A team or a rep passes to another manager: what is offered, who answers, and how it stands."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from bot.domain.team.calendar import instant, local_date, when_awake
from bot.domain.team.memberships import RepMove
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person

WORDS_LIMIT = 1000
"""Characters of what the rep reads: as much as is read on a phone."""


class HandoverState(StrEnum):
    """How a handover stands, by the name it has in the database."""

    OFFERED = "offered"
    WAITS = "waits"
    """Who is to take the team leads one still, and takes it once that one has passed on."""
    TAKEN = "taken"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"

    @property
    def is_open(self) -> bool:
        """Whether something may still come of it."""
        return self in (HandoverState.OFFERED, HandoverState.WAITS)


@dataclass(frozen=True)
class Handover:
    """`rep` None: the whole team passes. `words` are what the rep or the reps read of it."""

    id: int
    team_id: int
    rep: Person | None
    giver: Person
    receiver: Person
    words: str
    state: HandoverState
    offered_at: datetime
    settled_at: datetime | None


def is_of(one: Handover, rep: Person) -> bool:
    """Whether that rep passed by it, alone or with the team."""
    return one.rep is None or one.rep.id == rep.id


def as_told(
    last: Handover, earlier: Iterable[Handover], rep: Person, wall: ZoneInfo
) -> Handover | None:
    """That handover as the rep reads it, who passed on by some of those too while they rested, on
    that wall, and read of none: from whom they were with before. None for who is back there."""
    told, known = last, list(earlier)
    while True:
        before = [
            one
            for one in known
            if one.id < told.id and one.receiver.id == told.giver.id and is_of(one, rep)
        ]
        found = max(before, key=lambda one: one.id, default=None)
        if found is None or not _goes_unread(found, last, wall):
            break
        told = found
    if told is last:
        return last
    if told.giver.id == last.receiver.id:
        return None
    return replace(last, giver=told.giver, words=told.words)


def _goes_unread(one: Handover, last: Handover, wall: ZoneInfo) -> bool:
    if one.settled_at is None or last.settled_at is None:
        return False
    return when_awake(one.settled_at, wall) > last.settled_at


@dataclass(frozen=True)
class Received:
    """Since when a rep is with their manager, and the name of whom they were with before."""

    since: date
    before: str


def received_of(
    team: Team,
    membership: Membership,
    moves: Iterable[RepMove],
    passes: Sequence[Handover],
    teams: Mapping[int, Team],
) -> Received | None:
    """How a rep came to `team`'s manager: with the team, or by one of their `moves`, whichever was
    last; None for who began there. `passes` are those by which this team, and those that the rep
    came from, passed as a whole, oldest first; `teams` those that the rep came from, by id."""
    found = []
    for move in moves:
        if move.carried and move.to_id == team.id and move.day == membership.joined_on:
            source = teams[move.from_id]
            later = (one.giver for one in passes if _passed_after(one, source, move.day))
            found.append(Received(move.day, next(later, source.manager).name))
    own = [one for one in passes if one.team_id == team.id]
    if own and membership.joined_on < team.led_from:
        found.append(Received(team.led_from, own[-1].giver.name))
    return max(found, key=lambda one: one.since, default=None)


def _passed_after(one: Handover, team: Team, day: date) -> bool:
    settled = one.settled_at
    is_later = settled is not None and local_date(settled, team.meeting_zone) > day
    return one.team_id == team.id and is_later


@dataclass(frozen=True)
class HourMoved:
    """When the team of a rep meets, on the rep's wall: `before` the team passed on, empty where the
    rep was on another, and since."""

    rep: Person
    before: tuple[datetime, ...]
    since: tuple[datetime, ...]


def hours_moved(
    before: Team | None, since: Team, reps: Iterable[Person], now: datetime
) -> tuple[HourMoved, ...]:
    """For whom of those reps the meetings of a team, as it is led since, are at another hour than
    `before`; of all of them where they were on another, None. Nobody where it has no meetings."""
    moved = []
    for rep in reps:
        wall = (before or since).zone_of(rep)
        was, now_is = _meets(before, wall, now), _meets(since, wall, now)
        if now_is and _hours(was) != _hours(now_is):
            moved.append(HourMoved(rep, was, now_is))
    return tuple(moved)


def _meets(team: Team | None, wall: ZoneInfo, now: datetime) -> tuple[datetime, ...]:
    series = team.settings.series if team else None
    if team is None or series is None:
        return ()
    return tuple(
        instant(day, series.at, team.meeting_zone).astimezone(wall)
        for day in _coming(series.weekdays, team.meeting_today(now))
    )


def _coming(weekdays: Iterable[int], today: date) -> list[date]:
    """The next day after `today` that is each of those."""
    days = {day.weekday(): day for day in (today + timedelta(days=n) for n in range(1, 8))}
    return [days[one] for one in weekdays]


def _hours(instants: Iterable[datetime]) -> set[tuple[int, int, int]]:
    return {(one.weekday(), one.hour, one.minute) for one in instants}


@dataclass(frozen=True)
class ToOffer:
    """What is to be offered by `team`'s manager: one `rep`, or the whole team with its `reps`;
    `hours` are those of its meetings that are others for them then, and `on_both` those of the reps
    who are with whoever is to take it already."""

    team: Team
    rep: Person | None
    reps: tuple[Person, ...]
    hours: tuple[HourMoved, ...] = ()
    on_both: tuple[Person, ...] = ()


@dataclass(frozen=True)
class HandoverView:
    """A handover with the team it is of, and how many reps are on it. `joins`: its receiver leads a
    team, so that taking a whole one is joining the two. `hours`: those of the team's meetings that
    are others for its reps since. `has_left`: the one rep that it is of is on the team no more.
    `on_both`: the rep who reads it was with its receiver too before."""

    handover: Handover
    team: Team
    reps: tuple[Person, ...]
    joins: bool = False
    hours: tuple[HourMoved, ...] = ()
    has_left: bool = False
    on_both: bool = False

    @property
    def team_has_gone_on(self) -> bool:
        """Whether the team is not its giver's any more."""
        return self.team.manager.id != self.handover.giver.id or self.team.joined_to is not None

    @property
    def has_gone_on(self) -> bool:
        """Whether what was offered is not its giver's any more."""
        return self.has_left or self.team_has_gone_on

    @property
    def can_be_answered(self) -> bool:
        """Whether something may still come of it."""
        return self.handover.state.is_open and not self.has_gone_on
