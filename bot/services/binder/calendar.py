"""What stands in somebody's calendar: a file of one appointment, and an address of theirs that a
calendar subscribes to."""

import hashlib
import re
import secrets
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.accounts.dates import AccountDate
from bot.domain.appointments import Appointment
from bot.domain.binder.calendar import (
    YEAR,
    CalendarEntry,
    CalendarFacts,
    appointment_entry,
    of_manager,
    of_rep,
)
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import Gone, NoTeam
from bot.domain.workspaces.submissions import Made
from bot.services.workspaces import calendars
from bot.services.workspaces.authority import not_theirs, on_today
from storage import appointments
from storage.accounts import dates
from storage.binder import calendars as addresses
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import meetings
from storage.team import people, teams
from storage.workspaces import audits, installs, submissions

SECRET_BYTES = 32
"""256 bits: nobody guesses one, so that a hash without salt is as good as any."""

PATH, SUFFIX = "/calendar/", ".ics"
_ADDRESS = re.compile(r"/calendar/([0-9a-f]{64})\.ics")
"""So many characters hold so many bytes."""


@dataclass(frozen=True)
class AppointmentFile:
    """One appointment for the calendar of one of the two."""

    appointment: Appointment
    entry: CalendarEntry
    today: date


def facts_of(
    tx: Transaction, team: Team, now: datetime, account_dates: Sequence[AccountDate] = ()
) -> CalendarFacts:
    """What is planned of that team, ahead and of the last YEAR, in a number of statements that does
    not depend on how much it is."""
    today = team.meeting_today(now)
    since = today - YEAR
    return CalendarFacts(
        workspace=installs.slack_id(tx),
        team=team,
        appointments=tuple(appointments.from_day(tx, [team.id], since)),
        meetings=tuple(meetings.in_calendars(tx, [team.id], since)),
        dates=tuple(one for one in account_dates if one.day >= since),
        working=calendars.of_team(team.settings, since, today, today + YEAR),
    )


def appointment_file(
    database: Database, actor: Actor, appointment_id: int, now: datetime
) -> AppointmentFile:
    """**Calendar file**: one appointment, standing or not, for the manager of its team or for the
    rep it is with. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        one = appointments.get_many(tx, [appointment_id]).get(appointment_id)
        team = teams.get(tx, one.team_id) if one else None
        if one is None or team is None:
            raise Gone
        for_rep = one.rep.slack_id == actor.slack_id
        if not for_rep and team.manager.slack_id != actor.slack_id:
            raise not_theirs(tx, actor, team.id)
        facts = CalendarFacts(installs.slack_id(tx), team)
        reader = one.rep if for_rep else team.manager
        today = local_date(now, team.zone_of(reader))
        return AppointmentFile(one, appointment_entry(facts, one, now, for_rep=for_rep), today)


def entries_of(tx: Transaction, slack_id: str, now: datetime) -> tuple[CalendarEntry, ...]:
    """What stands in the calendar of that person: all of the team that they manage, and what is
    theirs on those where they are a rep today and were introduced; nothing for who is on none."""
    found: list[CalendarEntry] = []
    own = teams.of_manager(tx, slack_id)
    if own is not None:
        found += of_manager(facts_of(tx, own, now, dates.of_team(tx, own.id)), now)
    for team, membership in on_today(tx, slack_id, now):
        if not membership.introduced:
            continue
        rep = membership.rep
        facts = facts_of(tx, team, now, dates.of_rep(tx, team.id, rep.id))
        found += of_rep(facts, rep, membership.joined_on, now)
    return tuple(found)


def address(public_url: str, secret: str) -> str:
    """Where that calendar is, of a bot that is reached there from outside."""
    return f"{public_url}{PATH}{secret}{SUFFIX}"


def secret_in(path: str) -> str | None:
    """The secret that the path of such an address holds; None where it can be none."""
    found = _ADDRESS.fullmatch(path)
    return found[1] if found else None


def address_since(database: Database, actor: Actor, now: datetime) -> tuple[date | None, date]:
    """The day, on the wall of who acts, since which their calendar has an address, None where it
    has none; and the date there. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team, person = _there(tx, actor, now)
        made_at = addresses.made_at(tx, person.slack_id)
        zone = team.zone_of(person)
        return local_date(made_at, zone) if made_at else None, local_date(now, zone)


def make_address(database: Database, actor: Actor, form: str, now: datetime) -> str:
    """A new secret for the address of the calendar of who acts, in place of any that they had. It
    is known to nobody but who is told now. That it was made is written down, once a form. Writes.
    Raises NoTeam."""
    # Of luck and of whose it is: no two people can ever have one address.
    luck = f"{secrets.token_hex(SECRET_BYTES)} {actor.workspace_id} {actor.slack_id}"
    secret = hashlib.sha256(luck.encode()).hexdigest()
    with database.writing(actor.workspace_id) as tx:
        team, person = _there(tx, actor, now)
        sent = submissions.claim(tx, form, Made.CALENDAR_ADDRESS, person.id, team.id)
        addresses.save(tx, person.id, _digest(secret), now)
        if sent.is_new:
            audits.record(tx, actor.slack_id, "calendar address", "made", now)
            submissions.keep(tx, sent, person.id)
    return secret


def end_address(database: Database, actor: Actor, now: datetime) -> None:
    """The calendar of who acts has no address any more. Writes. What they are to a team does not
    matter: it may have ended."""
    with database.writing(actor.workspace_id) as tx:
        person = people.get(tx, actor.slack_id)
        if person is not None and addresses.remove(tx, person.id):
            audits.record(tx, actor.slack_id, "calendar address", "ended", now)


def subscribed(
    database: Database, served: Collection[int], secret: str, now: datetime
) -> tuple[CalendarEntry, ...] | None:
    """What stands at the address with that secret; None where there is no such address: it never
    was one, is none any more, or is that of somebody who is not in Slack now, or of none of the
    workspaces that are served. One statement says so."""
    whose = addresses.whose(database, _digest(secret))
    if whose is None:
        return None
    workspace_id, slack_id = whose
    if workspace_id not in served:
        return None
    with database.reading(workspace_id) as tx:
        return entries_of(tx, slack_id, now)


def _there(tx: Transaction, actor: Actor, now: datetime) -> tuple[Team, Person]:
    """Who acts, on a team that they manage or are a rep of today."""
    own = teams.of_manager(tx, actor.slack_id)
    if own is not None:
        return own, own.manager
    for team, membership in on_today(tx, actor.slack_id, now):
        return team, membership.rep
    raise NoTeam


def _digest(secret: str) -> str:
    return hashlib.sha256(secret.encode()).hexdigest()
