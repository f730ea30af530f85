"""Lists, agendas and notes of the product itself, while processes die, race, and lose answers."""

import random
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import select

from bot.domain.appointments import AppointmentEntry
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import LEASE, LOOK_AFTER, DeliveryState, MessageKind
from bot.domain.workspaces.people import Actor
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.screens.team.people import ensure_profiles
from bot.services import appointments
from bot.services.delivery import queue
from bot.services.meetings import agenda
from bot.services.team import setup
from slack_sandbox import FaultKind, Person
from storage.models import Delivery
from tests.databases import POSTGRESQL_IN_SWEEP
from tests.faults.conftest import MONDAY, POST, Office
from tests.faults.test_processes import Process, processes
from tests.services.memberships import introduce_all

pytestmark = pytest.mark.slow

SEED = 20261130
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)
LATER = timedelta(seconds=LEASE) + LOOK_AFTER
TEAMS = 2
KILLS = 40
DEADLY_BEATS = 3
MOST_BEATS = DEADLY_BEATS + 5
CHANNEL_KINDS = MessageKind.MEETING_AGENDA, MessageKind.MEETING_RECAP
WEEKLY = {
    MessageKind.TODO_LIST: 1,
    MessageKind.MEETING_DRAFT: 1,
    MessageKind.MEETING_AGENDA: 1,
    MessageKind.SESSION_NOTE: 1,
    MessageKind.SESSION_PREPARE: 1,
}
"""What each team gets in a week in which it meets and has a session."""


@dataclass
class Company:
    """Teams that meet on Mondays at ten, with something on the agenda, and a session a week."""

    office: Office
    channels: list[str] = field(default_factory=list)
    reps: list[Person] = field(default_factory=list)

    def found(self, teams: int) -> None:
        office, slack = self.office, self.office.slack
        now = slack.clock.now()
        for number in range(teams):
            manager, rep = slack.add_person(f"Manager {number}"), slack.add_person(f"Rep {number}")
            ensure_profiles(office.app, office.workspace_id, [manager.id, rep.id])
            channel = slack.add_channel(f"team-{number}", members=[manager, rep])
            actor = Actor(office.workspace_id, manager.id)
            setup.choose_reps(office.database, actor, [rep.id], now)
            meets = {"channel": channel, "meeting_days": (0,), "meeting_time": time(10)}
            setup.change_settings(office.database, actor, meets, now)
            office.managers.append(manager)
            self.reps.append(rep)
            self.channels.append(channel)
        introduce_all(office.database, office.workspace_id, now)

    def plan_week(self, monday: datetime) -> None:
        """An item for the next meeting of each team, and a session on the Thursday."""
        office = self.office
        for number, (manager, rep) in enumerate(zip(office.managers, self.reps, strict=True)):
            actor = Actor(office.workspace_id, manager.id)
            form = f"{number} {monday:%Y-%m-%d}"
            agenda.add_line(office.database, actor, f"topic {form}", None, form, monday)
            session = AppointmentEntry(
                rep.id, InteractionKind.SESSION, (monday + 3 * DAY).date(), None, ""
            )
            appointments.plan(office.database, actor, session, f"form {monday}", monday)

    def next_due(self, end: datetime) -> datetime:
        found = queue.next_event(self.office.database, [self.office.workspace_id])
        return min(found or end, end)

    def came(self) -> Counter[str]:
        """How often each delivery stands in Slack, by the key that it carries."""
        office = self.office
        shown = [message for person in (*office.managers, *self.reps) for message in person.dm]
        for channel, rep in zip(self.channels, self.reps, strict=True):
            shown += rep.channel_messages(channel)
        carried = [message.post.metadata for message in shown if message.post is not None]
        return Counter(one["event_payload"]["id"] for one in carried if one)

    def deliveries(self) -> list[tuple[MessageKind, DeliveryState, str, datetime]]:
        with self.office.database.reading(self.office.workspace_id) as tx:
            rows = tx.execute(
                select(Delivery.kind, Delivery.state, Delivery.id, Delivery.due_at).order_by(
                    Delivery.id
                )
            )
            return [
                (row.kind, row.state, f"{row.id}@{row.due_at:%Y-%m-%dT%H:%M:%SZ}", row.due_at)
                for row in rows
            ]

    def check(self, weeks: int) -> int:
        """Each message came once. In a channel, where nobody can look, it came once or its manager
        was asked; and nothing is still on its way. How often somebody was asked."""
        came, asked = self.came(), []
        assert set(came.values()) <= {1}
        for kind, state, key, _ in self.deliveries():
            if state is DeliveryState.SENT:
                assert came[key] == 1, (kind, key)
            elif state is DeliveryState.ASKED:
                assert kind in CHANNEL_KINDS
                asked.append(kind)
            else:
                assert state is DeliveryState.NOT_NEEDED, (kind, state)
        kinds = Counter(
            kind
            for kind, state, _, _ in self.deliveries()
            if state in (DeliveryState.SENT, DeliveryState.ASKED)
        )
        for kind, times in WEEKLY.items():
            assert kinds[kind] >= times * weeks * TEAMS, kind
        questions = Counter(asked)[MessageKind.MEETING_AGENDA]
        assert kinds[MessageKind.MEETING_ASK] == questions
        return questions


@pytest.fixture
def company(office: Office) -> Company:
    made = Company(office)
    office.slack.clock.move_to(MONDAY - 3 * DAY)
    made.found(TEAMS)
    return made


def live_week(company: Company, monday: datetime, beat_all: "BeatAll") -> None:
    company.plan_week(monday)
    end = monday + WEEK - timedelta(hours=1)
    while (now := company.next_due(end)) < end:
        beat_all.at(max(now, company.office.slack.clock.now()))


@dataclass
class BeatAll:
    """Heartbeats at one instant and soon after it, until nothing is left to be done then."""

    company: Company

    def at(self, now: datetime) -> None:
        office = self.company.office
        for beat in range(MOST_BEATS):
            office.slack.clock.move_to(now)
            self.beat(now, deadly=beat < DEADLY_BEATS)
            office.end_leases()
            if not {*office.states()} & {"pending", "sending", "unknown"} and beat:
                return
            now += LATER

    def beat(self, now: datetime, *, deadly: bool) -> None:
        raise NotImplementedError


@dataclass
class Mortal(BeatAll):
    """A process that is killed at any moment."""

    process: Process
    luck: random.Random
    kills: int = 0

    def beat(self, now: datetime, *, deadly: bool) -> None:
        die_at = self.luck.randint(1, 120) if deadly else None
        self.kills += self.process.beats(now, die_at).sent is None


@dataclass
class Racing(BeatAll):
    """Two processes that beat at once."""

    pair: list[Process]

    def beat(self, now: datetime, *, deadly: bool) -> None:  # noqa: ARG002
        for process in self.pair:
            process.order(now)
        for process in self.pair:
            process.answer()


@dataclass
class Losing(BeatAll):
    """A heart whose answers get lost, before and after Slack did what it was told to."""

    heart: Heartbeat
    luck: random.Random

    def beat(self, now: datetime, *, deadly: bool) -> None:
        if deadly:
            kind = self.luck.choice([FaultKind.CUT_AFTER, FaultKind.CUT_BEFORE])
            self.company.office.slack.faults.add(POST, kind)
        self.heart.beat(now)
        while self.company.office.slack.faults.take(POST):
            pass


# test_processes.py kills one on PostgreSQL too, at any moment of sending.
@POSTGRESQL_IN_SWEEP
def test_whenever_a_process_is_killed_each_message_of_a_week_comes_once(
    company: Company, database_url: str, secret_key: str
) -> None:
    office = company.office
    with processes(1, office, database_url, secret_key, own_kinds=True) as (process,):
        mortal = Mortal(company, process, random.Random(SEED))
        weeks = 0
        while mortal.kills < KILLS or weeks < 2:
            live_week(company, MONDAY + weeks * WEEK, mortal)
            weeks += 1
    company.check(weeks)


# test_processes.py lets two race, on both databases; here `make sweep` does.
@pytest.mark.sweep
def test_two_processes_send_each_message_of_a_week_once(
    company: Company, database_url: str, secret_key: str
) -> None:
    office = company.office
    with processes(2, office, database_url, secret_key, own_kinds=True) as pair:
        live_week(company, MONDAY, Racing(company, pair))
    company.check(1)


def test_with_answers_lost_each_message_of_a_week_comes_once(company: Company) -> None:
    losing = Losing(company, Heartbeat(company.office.app, all_kinds()), random.Random(SEED))
    for week in range(2):
        live_week(company, MONDAY + week * WEEK, losing)
    assert company.check(2) > 0
