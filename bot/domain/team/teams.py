"""A team as its manager set it up, and the reps who sit on it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Protocol, TypeVar
from zoneinfo import ZoneInfo

from bot.domain.promises import Promise
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.calendar import local_date
from bot.domain.team.roles import TeamRole, may_be
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Person, first_zone, zone_named

MOST_TEAMS_PER_REP = 2
"""A rep sits on one team, or on two: say a regional and a product manager's."""

FIRST_LINE_LIMIT = 500


@dataclass(frozen=True)
class Team:
    """A manager's team. `led_since` is when it passed to them; None where they began it.
    `kept_months`: for how long what is of it is kept; None: until somebody deletes it. `joined_to`:
    the team (its id) that it was joined with and is over since; `manager` had it last.
    `meeting_sequence` is how often the series of its meetings changed. `created_at` None: it was
    always there."""

    id: int
    manager: Person
    settings: TeamSettings
    kept_months: int | None = None
    led_since: datetime | None = None
    joined_to: int | None = None
    meeting_sequence: int = 0
    created_at: datetime | None = None

    @property
    def created_on(self) -> date:
        """The day on which it was set up, on the manager's wall; `date.min` where it always was."""
        return local_date(self.created_at, self.manager_zone) if self.created_at else date.min

    @property
    def led_from(self) -> date:
        """The first day that it was theirs, on the manager's wall; `date.min` where it always
        was."""
        return local_date(self.led_since, self.manager_zone) if self.led_since else date.min

    @property
    def meeting_zone_name(self) -> str | None:
        """The name of the team's zone: its own where set, else the manager's."""
        return first_zone(self.settings.zone, self.manager.zone)

    @property
    def meeting_zone(self) -> ZoneInfo:
        """What meetings go by."""
        return zone_named(self.meeting_zone_name)

    @property
    def manager_zone_name(self) -> str | None:
        """The name of the manager's own zone, and of the team's where Slack has none, or one that
        nobody knows."""
        return first_zone(self.manager.zone, self.settings.zone)

    @property
    def manager_zone(self) -> ZoneInfo:
        """What the manager's wall shows."""
        return zone_named(self.manager_zone_name)

    def today(self, now: datetime) -> date:
        """The date on the manager's wall."""
        return local_date(now, self.manager_zone)

    def meeting_today(self, now: datetime) -> date:
        """The date on the wall that meetings go by."""
        return local_date(now, self.meeting_zone)

    def zone_of(self, person: Person) -> ZoneInfo:
        """What the wall of anyone of the team shows, be it a rep or a stand-in; the team's where
        Slack has none."""
        return zone_named(person.zone, self.meeting_zone_name)


class Thanks(StrEnum):
    """Whether a rep may be thanked in the team's channel, as they say themselves."""

    WELCOME = "welcome"
    BETWEEN_US = "between_us"


@dataclass(frozen=True)
class Membership:
    """A rep's place on a team. `left_on` is the first day no longer on it; `leads_manager`: the
    team's manager was a rep of theirs before, so that the place counts for nothing. `thanks` None:
    the rep has not said whether they may be thanked in the channel, which is no yes.
    `new_on_team`: the team's ramp is laid for it, as its manager said."""

    id: int
    team_id: int
    rep: Person
    joined_on: date
    left_on: date | None
    first_line: str
    introduced: bool
    cadences: dict[Component, Cadence]
    leads_manager: bool = False
    new_on_team: bool = False
    thanks: Thanks | None = None

    @property
    def may_be_rep(self) -> bool:
        """Whether the rep may be that to the team, beside what they are."""
        held = {TeamRole.DIRECTOR} if self.leads_manager else set[TeamRole]()
        return may_be(TeamRole.REP, self.rep, held)

    def is_on(self, day: date) -> bool:
        """Whether the rep sits on the team that day."""
        return (
            self.may_be_rep
            and self.joined_on <= day
            and (self.left_on is None or day < self.left_on)
        )

    def is_over(self, day: date) -> bool:
        """Whether it has ended by that day."""
        return self.left_on is not None and self.left_on <= day

    def is_on_all(self, days: Sequence[date]) -> bool:
        """Whether the rep sits on the team on each of those days, which are in order."""
        return not days or (self.is_on(days[0]) and self.is_on(days[-1]))


@dataclass(frozen=True)
class TimeOff:
    """Days away, both ends included; `ends_on` None while the return is not known.

    `stand_in_id` is the person who has the manager's to-do list meanwhile, where one was named.
    `team_id` is the team whose manager entered them; None where the person did.
    """

    id: int
    starts_on: date
    ends_on: date | None
    stand_in_id: int | None = None
    team_id: int | None = None

    def counts_on(self, team_id: int) -> bool:
        """Whether that team goes by them: what a manager enters is for their own team alone."""
        return self.team_id is None or self.team_id == team_id

    def covers(self, day: date) -> bool:
        """Whether that is one of the days."""
        return self.starts_on <= day and (self.ends_on is None or day <= self.ends_on)


@dataclass(frozen=True)
class Seats:
    """What somebody is here: whether they lead a team, and the teams that they are a rep on."""

    leads: bool
    on: tuple[Team, ...]


class OfTeam(Protocol):
    """Anything that belongs to a team."""

    @property
    def team_id(self) -> int: ...


_T = TypeVar("_T", bound=OfTeam)


def by_team(rows: Iterable[_T]) -> dict[int, list[_T]]:
    """What belongs to each team, in order; a team to which nothing does is left out."""
    found: dict[int, list[_T]] = {}
    for row in rows:
        found.setdefault(row.team_id, []).append(row)
    return found


@dataclass(frozen=True)
class RepChoice:
    """What a form needs before it opens: the reps to choose from, and the date."""

    reps: tuple[Person, ...]
    today: date


@dataclass(frozen=True)
class TeamView:
    """A team with those who sit on it now or will."""

    team: Team
    members: tuple[Membership, ...]
    today: date

    @property
    def active(self) -> tuple[Membership, ...]:
        """Reps on the team today."""
        return tuple(member for member in self.members if member.is_on(self.today))

    @property
    def is_half_way(self) -> bool:
        """Whether setting up stopped before the meeting, and nobody was introduced yet."""
        settings = self.team.settings
        untold = not any(member.introduced for member in self.members)
        return untold and not settings.meeting_days and settings.channel is None

    @property
    def to_introduce(self) -> tuple[Membership, ...]:
        """Reps who have not been told yet what Windshield keeps."""
        return tuple(member for member in self.active if not member.introduced)


@dataclass(frozen=True)
class RepsChanged:
    """The team after its reps were chosen: who is new, what those who left leave open, and who
    is not on it until the manager of another team, named with each, says so; of `not_so` that
    manager has said no before."""

    facts: TeamView
    added: tuple[Membership, ...]
    left_open: tuple[Promise, ...]
    asked: tuple[tuple[Person, Person], ...] = ()
    not_so: tuple[tuple[Person, Person], ...] = ()


@dataclass(frozen=True)
class RepView:
    """A rep's place on the team, and days away."""

    team: Team
    membership: Membership
    time_off: tuple[TimeOff, ...]
    today: date


@dataclass(frozen=True)
class AwayView:
    """When somebody is away, from today on, as they entered it themselves, and who stands in.
    `leads`: whether there is anything to stand in for. `to_tick` are the promises that a manager
    may let them read."""

    time_off: tuple[tuple[TimeOff, Person | None], ...]
    today: date
    leads: bool = True
    to_tick: tuple[Promise, ...] = ()
