"""What somebody may be to a team beside what they are: the whole table."""

from itertools import product

import pytest

from bot.domain.team.roles import BESIDE, TeamRole, in_the_way, may_be
from bot.domain.workspaces.people import Person

HERE = Person(1, "U1", "Kim Ito", None, active=True, bot=False, dm_channel=None)
GONE = Person(2, "U2", "Al Past", None, active=False, bot=False, dm_channel=None)
BOT = Person(3, "U3", "Standup", None, active=True, bot=True, dm_channel=None)
TOGETHER = {frozenset({TeamRole.STAND_IN, TeamRole.DIRECTOR})}


@pytest.mark.parametrize(("role", "held"), [*product(TeamRole, TeamRole)])
def test_any_two_roles_on_one_team(role: TeamRole, held: TeamRole) -> None:
    fits = frozenset({role, held}) in TOGETHER
    assert may_be(role, HERE, {held}) is fits
    assert in_the_way(role, {held}) is (None if fits else held)
    assert may_be(held, HERE, {role}) is fits, "whichever came first"


@pytest.mark.parametrize("role", TeamRole)
def test_alone_and_for_nobody_who_is_not_there(role: TeamRole) -> None:
    assert role in BESIDE, "a new role has to be decided about"
    assert may_be(role, HERE, ())
    assert not may_be(role, GONE, ())
    assert not may_be(role, BOT, ())
