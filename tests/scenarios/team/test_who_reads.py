"""Who gets what is a manager's while the manager is away: every kind of it, as it is decided."""

from datetime import date, time

import pytest
from sqlalchemy import select

from bot.domain.appointments import AppointmentEntry
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import AUDIENCES, Audience, MessageKind
from bot.domain.promises import RaisedEntry
from bot.domain.team.time_off import AwayEntry
from bot.screens.team.people import ensure_profiles
from bot.services import appointments
from bot.services.contacts import raising
from bot.services.team import away, setup
from slack_sandbox import Person
from storage.models import Delivery
from storage.models import Person as PersonRow
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import at

FRIDAY, MONDAY, TUESDAY = date(2026, 11, 27), date(2026, 11, 30), date(2026, 12, 1)


def who_got(world: World) -> dict[MessageKind, set[str]]:
    """The names of those who were sent something by itself, by kind."""
    found: dict[MessageKind, set[str]] = {}
    with world.database.reading(world.workspace_id) as tx:
        rows = tx.execute(
            select(Delivery.kind, PersonRow.name)
            .join_from(Delivery, PersonRow, PersonRow.id == Delivery.reader_id)
            .where(Delivery.workspace_id == world.workspace_id)
        )
        for row in rows:
            found.setdefault(row.kind, set()).add(row.name)
    return found


def lives_through_every_kind(
    world: World, dana: Person, kim: Person, reps: tuple[Person, Person]
) -> dict[MessageKind, set[str]]:
    """Dana is away, Kim Ito stands in; somebody wants Sam, Sam raises something, a session was
    planned, the channel is gone, nobody takes notes; and in the end Kim is gone. Who got what."""
    sam, lena = reps
    ken = world.person("Ken Lund")
    world.team(dana, sam, lena)
    world.team(ken, world.person("Raj Rao"))
    channel = world.slack.add_channel("emea-sales", members=[dana, sam, lena])
    now, actor = world.slack.clock.now(), world.actor(dana)
    meets = {"channel": channel, "meeting_days": (0,), "meeting_time": time(15)}
    setup.change_settings(world.database, actor, meets, now)
    dana.slash("/agenda quotes")
    planned = AppointmentEntry(sam.id, InteractionKind.SESSION, MONDAY, time(16))
    appointments.plan(world.database, actor, planned, "a form", now)
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    away.add(world.database, actor, AwayEntry(FRIDAY, TUESDAY, kim.id), "another form", now)
    ken.slash("/team @Sam Stone")
    ken.clicks("Add to my team")
    raised = RaisedEntry("", "quotes take four days")
    raising.raise_something(world.database, world.actor(sam), raised, "a third form", now)
    at(world, FRIDAY, 16)
    world.slack.archive_channel(channel)
    at(world, MONDAY, 14, 30)
    at(world, MONDAY, 14, 31)
    at(world, MONDAY, 15, 46)
    at(world, MONDAY, 15, 47)
    got = who_got(world)
    kim.is_deactivated()
    at(world, MONDAY, 15, 50)
    return who_got(world) | got


@pytest.mark.parametrize("backend", ["sqlite"])
@pytest.mark.slow
def test_what_is_the_managers_goes_where_it_was_decided_while_the_manager_is_away(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    kim = world.person("Kim Ito")
    got = lives_through_every_kind(world, dana, kim, (sam, lena))
    managers = {kind for kind, audience in AUDIENCES.items() if audience.is_managers}
    assert got.keys() & managers == managers, "a new kind is to be lived through too"
    for kind in managers:
        reader = dana if AUDIENCES[kind] is Audience.MANAGER else kim
        assert got[kind] - {"Ken Lund"} == {reader.name}, kind
