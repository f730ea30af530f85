"""A zone that Slack sends and nobody knows: the team's clock counts in all that is sent."""

from datetime import UTC, date, datetime, time

import pytest

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import MessageKind
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Actor, Profile
from bot.services import appointments, home
from bot.services.contacts import notes
from bot.services.delivery.schedules import items_due, next_at
from bot.services.team import people
from bot.services.todo import lists, schedule
from bot.services.workspaces.authority import memberships_of
from storage.database.engine import Database
from storage.models import Schedule
from storage.team import people as stored
from storage.team import teams
from storage.workspaces import installs
from tests.storage.own_rows import select_own

MONDAY_LATE = datetime(2026, 11, 23, 11, 30, tzinfo=UTC)
"""Tuesday already on Kiritimati, fourteen hours ahead."""

TUESDAY = date(2026, 11, 24)
KIRITIMATI = "Pacific/Kiritimati"


@pytest.fixture
def workspace_id(database: Database) -> int:
    """Dana manages Sam on Kiritimati; of neither does anybody know the zone that Slack names."""
    home_id = installs.ensure(database, "T1", "Home")
    with database.writing(home_id) as tx:
        profiles = [Profile(one, one, "Mars/Olympus") for one in ("UDANA", "USAM")]
        stored.save_profiles(tx, profiles, MONDAY_LATE)
        known = stored.get_many(tx, ["UDANA", "USAM"])
        team_id = teams.create(tx, known["UDANA"].id, TeamSettings(zone=KIRITIMATI), MONDAY_LATE)
        teams.add_members(tx, [(team_id, known["USAM"].id, TUESDAY)])
    return home_id


def test_the_day_is_the_teams(database: Database, workspace_id: int) -> None:
    dana, sam = Actor(workspace_id, "UDANA"), Actor(workspace_id, "USAM")
    with database.reading(workspace_id) as tx:
        team = teams.all_teams(tx)[0]
        assert team.today(MONDAY_LATE) == TUESDAY
        assert [today for _, _, today in memberships_of(tx, "USAM", MONDAY_LATE)] == [TUESDAY]
    assert lists.today(database, dana, MONDAY_LATE) == TUESDAY
    assert lists.today(database, sam, MONDAY_LATE) == TUESDAY
    assert [seat.today for seat in home.home(database, sam, MONDAY_LATE).on_teams] == [TUESDAY]
    assert notes.standing(database, sam, MONDAY_LATE) is notes.Standing.REP


def test_a_seat_that_is_over_there_is_over(database: Database, workspace_id: int) -> None:
    with database.writing(workspace_id) as tx:
        team = teams.all_teams(tx)[0]
        (place,) = teams.members(tx, team.id)
        teams.change_membership(
            tx, place.id, joined_on=date(2026, 11, 2), left_on=TUESDAY, cadences={}
        )
    sam = Actor(workspace_id, "USAM")
    assert notes.standing(database, sam, MONDAY_LATE) is notes.Standing.NEW
    assert home.home(database, sam, MONDAY_LATE).on_teams == ()


def test_lists_and_notes_come_by_the_teams_clock(database: Database, workspace_id: int) -> None:
    with database.writing(workspace_id) as tx:
        team = teams.all_teams(tx)[0]
        (place,) = teams.members(tx, team.id)
        schedule.follow_team(tx, team, MONDAY_LATE)
        # Eight o'clock on Monday there is Sunday evening by UTC.
        due = next_at(tx, team.id, MessageKind.TODO_LIST)
        assert due == datetime(2026, 11, 29, 18, 0, tzinfo=UTC)
        friday = date(2026, 11, 27)
        planned = Appointment(
            id=7,
            team_id=team.id,
            rep=place.rep,
            kind=InteractionKind.SESSION,
            day=friday,
            at=time(10),
            notes="",
            stands=True,
        )
        appointments.follow_appointment(tx, team, planned, MONDAY_LATE)
        found = tx.all(select_own(Schedule, Schedule.kind, Schedule.next_at))
        due_at = datetime(2026, 11, 25, 18, 0, tzinfo=UTC)
        assert {(kind, at) for kind, at in found if kind in appointments.NOTES} == {
            (kind, due_at) for kind in appointments.NOTES
        }
        assert items_due(tx, [team.id], MessageKind.SESSION_PREPARE)[team.id] == [7]


def test_a_zone_that_is_known_at_last_is_followed(database: Database, workspace_id: int) -> None:
    with database.writing(workspace_id) as tx:
        schedule.follow_team(tx, teams.all_teams(tx)[0], MONDAY_LATE)
    told = Profile("UDANA", "UDANA", "Europe/Berlin")
    people.change(database, workspace_id, told, MONDAY_LATE)
    with database.reading(workspace_id) as tx:
        team = teams.all_teams(tx)[0]
        assert next_at(tx, team.id, MessageKind.TODO_LIST) == datetime(
            2026, 11, 30, 7, 0, tzinfo=UTC
        )
        assert team.manager_zone.key == "Europe/Berlin"
