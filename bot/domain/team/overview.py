"""What each team of a workspace has set up: counts and settings, no word that people wrote."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class TeamOverview:
    """A team, how many reps sit on it today, and how many of them are introduced. `joined_to` is
    who manages the team that it was joined with; None for one that goes on."""

    team: Team
    reps: int
    introduced: int
    joined_to: Person | None = None

    @property
    def is_introduced(self) -> bool:
        """Whether there are reps and each has been told."""
        return 0 < self.reps == self.introduced


def overview(
    team: Team, members: list[Membership], joined_to: Person | None, now: datetime
) -> TeamOverview:
    """What that team has set up; `members` are all who sit on it or will."""
    there = [member for member in members if member.is_on(team.today(now))]
    return TeamOverview(team, len(there), sum(member.introduced for member in there), joined_to)
