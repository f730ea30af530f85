"""What leaves Slack of a binder is its manager's: a stand-in and a director have none of it."""

from collections.abc import Callable
from datetime import date

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.team.time_off import AwayEntry
from bot.domain.workspaces.refusals import NoTeam, Refusal
from bot.screens.team.people import ensure_profiles
from bot.services.binder import calendar, exporting, pack
from bot.services.results import director
from bot.services.team import away
from slack_sandbox import Person
from tests.scenarios.appointments.test_appointments import plan_with_raj
from tests.scenarios.binder.exporting import goes_on
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.slow

Role = Callable[[World, Person, Person], None]
COMMANDS = ("/binder export", "/binder pack", "/binder pack @Raj Rao")


def stands_in(world: World, dana: Person, kim: Person) -> None:
    now = world.slack.clock.now()
    entry = AwayEntry(now.date(), date(2026, 12, 31), kim.id)
    away.add(world.database, world.actor(dana), entry, "a form", now)


def is_director(world: World, dana: Person, kim: Person) -> None:
    director.share(world.database, world.actor(dana), kim.id, world.slack.clock.now())


@pytest.mark.reps("raj", "lena")
@pytest.mark.parametrize("role", [stands_in, is_director])
def test_another_has_no_export_no_pack_and_no_calendar_of_a_team(
    world: World, dana: Person, raj: Person, *, role: Role
) -> None:
    """Neither on Home nor by a command nor by what a form would ask for; and each is answered."""
    kim = world.person("Kim Ito")
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    plan_with_raj(dana)
    role(world, dana, kim)
    before = len(dana.dm), len(raj.dm)
    kim.opens_home()
    for label in ("Export", "Calendar address"):
        with pytest.raises(AssertionError):
            kim.clicks(label)
    for command in COMMANDS:
        answers = len(kim.ephemerals)
        kim.slash(command)
        assert len(kim.ephemerals) > answers or kim.modal is not None, command
        shown = kim.screen()
        assert "Which reps" not in shown
        assert "Raj Rao" not in shown.replace(command, "")
        if kim.modal is not None:
            modal(kim).close_all()
    goes_on(world)
    assert not [one for one in kim.dm if one.files]
    assert (len(dana.dm), len(raj.dm)) == before

    now, actor = world.slack.clock.now(), world.actor(kim)
    with pytest.raises(Refusal):
        exporting.ask(world.database, actor, ExportRequest(), "a form", now)
    with pytest.raises(Refusal):
        pack.read_rep(world.database, actor, raj.id, None, now)
    with pytest.raises(Refusal):
        calendar.appointment_file(world.database, actor, 1, now)
    with pytest.raises(NoTeam):
        calendar.make_address(world.database, actor, "a form", now)
