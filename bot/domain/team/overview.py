"""What each team of a workspace has set up: counts and settings, no word that people wrote."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.team.teams import Membership, Team


@dataclass(frozen=True)
class TeamOverview:
    """A team, how many reps sit on it today, and how many of them are introduced."""

    team: Team
    reps: int
    introduced: int

    @property
    def is_introduced(self) -> bool:
        """Whether there are reps and each has been told."""
        return 0 < self.reps == self.introduced


def overview(team: Team, members: list[Membership], now: datetime) -> TeamOverview:
    """What that team has set up; `members` are all who sit on it or will."""
    there = [member for member in members if member.is_on(team.today(now))]
    return TeamOverview(team, len(there), sum(member.introduced for member in there))
