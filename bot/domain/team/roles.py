"""What somebody may be to a team, beside what they are already."""

from collections.abc import Collection, Mapping
from enum import StrEnum

from bot.domain.workspaces.people import Person


class TeamRole(StrEnum):
    """What somebody is to one team."""

    MANAGER = "manager"
    REP = "rep"
    STAND_IN = "stand-in"
    DIRECTOR = "director"
    """A manager on whose own team this team's manager is a rep."""


BESIDE: Mapping[TeamRole, frozenset[TeamRole]] = {
    TeamRole.MANAGER: frozenset(),
    # A stand-in reads of the others; and nobody is their own manager's manager.
    TeamRole.REP: frozenset(),
    TeamRole.STAND_IN: frozenset({TeamRole.DIRECTOR}),
    TeamRole.DIRECTOR: frozenset({TeamRole.STAND_IN}),
}
"""The roles that may stand beside each on one team. On another team anybody may be anything: a rep
of one may manage a second, sit on a third and stand in on a fourth."""


def may_be(role: TeamRole, person: Person, held: Collection[TeamRole]) -> bool:
    """Whether that person may be that to a team of which they are `held` already; whoever has left
    Slack, and a bot, is nothing to any."""
    return person.active and not person.bot and in_the_way(role, held) is None


def in_the_way(role: TeamRole, held: Collection[TeamRole]) -> TeamRole | None:
    """Which of the roles that are held keeps somebody from that one; None where none does."""
    return next((one for one in TeamRole if one in held and one not in BESIDE[role]), None)
