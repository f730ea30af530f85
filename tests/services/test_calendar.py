"""A calendar's address: whose it is, and that it tells who has it nothing of anybody else."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from icalendar import Calendar

from bot.domain.binder.calendar import CalendarEntry
from bot.domain.workspaces.people import Actor, Profile
from bot.exchange.calendar_file import to_ics
from bot.services.binder import calendar
from bot.services.team import people as known
from storage import appointments
from storage.database.engine import Database
from storage.team import people, teams
from storage.workspaces import audits, installs
from tests.storage.world import JOINED, MANAGER, NOW, REP, TODAY, World, fill, statements


def made(database: Database, world: World, slack_id: str, form: str = "a form") -> str:
    return calendar.make_address(database, Actor(world.workspace_id, slack_id), form, NOW)


def subscribed(database: Database, secret: str) -> tuple[CalendarEntry, ...] | None:
    return calendar.subscribed(database, installs.all_ids(database).values(), secret, NOW)


def titles(database: Database, secret: str) -> set[str] | None:
    found = subscribed(database, secret)
    return None if found is None else {one.title for one in found}


def test_an_address_leads_to_its_own_person_of_its_own_workspace(database: Database) -> None:
    home, away = fill(database, "T0HOME"), fill(database, "T0AWAY")
    for world in (home, away):
        with database.writing(world.workspace_id) as tx:
            teams.mark_introduced(tx, world.membership_id, NOW)
    own, rep, other = (
        made(database, world, who) for world, who in ((home, MANAGER), (home, REP), (away, REP))
    )
    assert len({own, rep, other}) == 3
    assert {"Acme: renewal", f"Strategy session with {REP.title()}"} <= (
        titles(database, own) or set()
    )
    uids = [{one.uid for one in subscribed(database, secret) or ()} for secret in (rep, other)]
    assert uids[0]
    assert not uids[0] & uids[1]
    with database.writing(away.workspace_id) as tx:
        teams.forget_introductions(tx, away.team_id)
    assert titles(database, other) == set()
    with database.writing(home.workspace_id) as tx:
        teams.change_membership(
            tx, home.membership_id, joined_on=JOINED, left_on=NOW.date(), cadences={}
        )
    assert titles(database, rep) == set()
    assert titles(database, own) != set()
    with database.writing(home.workspace_id) as tx:
        gone = replace(Profile(MANAGER, "Manager", "Europe/Berlin"), active=False)
        people.save_profiles(tx, [gone], NOW + timedelta(days=1))
    assert titles(database, own) is None


def test_a_plan_is_newer_where_its_manager_is_in_another_zone(database: Database) -> None:
    """By whichever way it is heard: all that stands at a time of day, and nothing else."""
    world = fill(database, "T0HOME")
    secret = made(database, world, MANAGER)

    def sessions() -> list[tuple[str, int]]:
        found = Calendar.from_ical(to_ics(subscribed(database, secret) or (), "a bot", NOW)).events
        return sorted(
            (one.start.isoformat(), one.sequence)
            for one in found
            if str(one["SUMMARY"]).startswith("Strategy session")
        )

    def told(slack_id: str, zone: str, hours: int) -> Profile:
        return Profile(slack_id, slack_id.title(), zone, updated=int(NOW.timestamp()) + hours)

    with database.writing(world.workspace_id) as tx:
        people.save_profiles(tx, [told(MANAGER, "Europe/Berlin", 0)], NOW)
    ((_, all_day),) = sessions()
    known.change(database, world.workspace_id, told(MANAGER, "Europe/Paris", 1), NOW)
    assert [count for _, count in sessions()] == [all_day]
    with database.writing(world.workspace_id) as tx:
        appointments.move(tx, world.appointment_id, TODAY, time(10))
    ((before, count),) = sessions()
    known.change(database, world.workspace_id, told(REP, "Asia/Kolkata", 2), NOW)
    assert sessions() == [(before, count)]
    known.change(database, world.workspace_id, told(MANAGER, "America/New_York", 3), NOW)
    ((after, newer),) = sessions()
    moved = datetime.fromisoformat(after) - datetime.fromisoformat(before)
    assert (moved, newer) == (timedelta(hours=6), count + 1)
    known.refresh(database, world.workspace_id, [told(MANAGER, "Europe/Paris", 4)], NOW)
    assert sessions() == [(before, count + 2)]
    with database.writing(world.workspace_id) as tx:
        appointments.drop(tx, world.appointment_id, NOW)
    known.change(database, world.workspace_id, told(MANAGER, "America/New_York", 5), NOW)
    assert [count for _, count in sessions()] == [count + 3]


def test_one_address_a_person_written_down_once_and_gone_when_ended(database: Database) -> None:
    world = fill(database, "T0HOME")
    actor = Actor(world.workspace_id, REP)
    first = made(database, world, REP)
    again = made(database, world, REP)
    assert titles(database, first) is None
    assert titles(database, again) is not None
    assert calendar.address_since(database, actor, NOW)[0] == NOW.date()
    calendar.end_address(database, actor, NOW)
    calendar.end_address(database, actor, NOW)
    assert titles(database, again) is None
    assert calendar.address_since(database, actor, NOW)[0] is None
    with database.reading(world.workspace_id) as tx:
        found = [one for one in audits.all_records(tx) if one[1] == "calendar address"]
    assert found == [(REP, "calendar address", "made"), (REP, "calendar address", "ended")]


def test_a_secret_that_leads_nowhere_costs_one_statement(database: Database) -> None:
    world = fill(database, "T0HOME")
    served = [world.workspace_id]
    for secret, of in (("0" * 64, served), (made(database, world, MANAGER), [])):
        with statements(database) as seen:
            assert calendar.subscribed(database, of, secret, NOW) is None
        assert len([one for one in seen if one.lstrip().startswith("SELECT")]) == 1
