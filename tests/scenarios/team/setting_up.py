"""What stories of setting up share: a held database, a forged form, a look at the team."""

from collections.abc import Iterator
from contextlib import contextmanager

from bot.domain.team.teams import TeamView
from bot.services.team import setup
from slack_sandbox import Person
from slack_sandbox.modal import Modal
from tests.scenarios.conftest import World


@contextmanager
def held(world: World) -> Iterator[None]:
    """Meanwhile somebody else holds what every change of a team has to write to."""
    with world.database.engine.connect() as connection, connection.begin():
        if not world.database.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE team, membership IN ACCESS EXCLUSIVE MODE")
        yield


def forges(person: Person, modal: Modal) -> None:
    """Submit somebody else's open modal as if it were that person's."""
    modal.client.submit(person._member, modal.view)


def team_of(world: World, manager: Person) -> TeamView:
    """The team as it is kept."""
    found = setup.facts(world.database, world.actor(manager), world.slack.clock.now())
    assert found is not None
    return found


def reps_of(world: World, manager: Person) -> list[str]:
    """The names of those on the team today."""
    return [member.rep.name for member in team_of(world, manager).active]
