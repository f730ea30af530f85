"""An office where many managers wait for a message on Monday, and a pretend Slack that fails."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.context import AppContext
from bot.domain.delivery import Counts, ScheduleKey
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Profile
from bot.jobs.heartbeat import Heartbeat
from bot.messenger import Messenger
from bot.services.delivery.schedules import set_due
from slack_sandbox import Person, Sandbox
from storage.database.engine import Database
from storage.models import Delivery
from storage.team import people, teams
from tests.faults.probe import KIND, probe_kinds

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
POST = "chat.postMessage"


@dataclass
class Office:
    """Managers whose message is due, and the heartbeat of one process.

    `forgiven` are rules of Slack that a story breaks on purpose.
    """

    slack: Sandbox
    database: Database
    workspace_id: int
    heartbeat: Heartbeat
    managers: list[Person] = field(default_factory=list)
    team_ids: list[int] = field(default_factory=list)
    forgiven: set[str] = field(default_factory=set)

    def open(self, managers: int, due: datetime = MONDAY) -> None:
        """Let that many managers have a team whose message is due then, and every week."""
        self.managers = [self.slack.add_person(f"Manager {n}") for n in range(managers)]
        with self.database.writing(self.workspace_id) as tx:
            profiles = [Profile(person.id, person.name, "UTC") for person in self.managers]
            people.save_profiles(tx, profiles, due)
            known = people.get_many(tx, [person.id for person in self.managers])
            new = [(known[person.id].id, TeamSettings()) for person in self.managers]
            teams.create_all(tx, new, due)
            made = {team.manager.slack_id: team.id for team in teams.all_teams(tx)}
            self.team_ids = [made[person.id] for person in self.managers]
            set_due(tx, KIND, {ScheduleKey(team): due for team in self.team_ids})

    def beat(self, after: timedelta = timedelta()) -> Counts:
        """Time passes, then the heart beats; both clocks move."""
        self.slack.clock.advance(after)
        return self.heartbeat.beat(self.slack.clock.now())

    @property
    def app(self) -> AppContext:
        return self.heartbeat.app

    def speaks_to(self, messenger: Messenger) -> None:
        """From now on the heartbeat has that way to Slack."""
        self.heartbeat = Heartbeat(replace(self.app, messenger=messenger), probe_kinds())

    def in_workspace(self, workspace_id: int) -> "Office":
        """Another office, whose people Slack has in one directory with ours."""
        return office_in(self.slack, self.database, workspace_id)

    def got(self) -> list[list[str]]:
        """What each manager reads in the conversation with Windshield."""
        return [[message.text for message in person.dm] for person in self.managers]

    def states(self) -> Counter[str]:
        """How many deliveries are in which state."""
        with self.database.reading(self.workspace_id) as tx:
            rows = tx.execute(select(Delivery.state))
            return Counter(row.state.value for row in rows)

    def end_leases(self) -> None:
        """What others have claimed is free, as if they had been gone for long."""
        with self.database.writing(self.workspace_id) as tx:
            tx.execute(
                update(Delivery).where(Delivery.leased_until.is_not(None)).values(leased_until=0.0)
            )

    def posts(self) -> int:
        """How many messages Slack took, whatever it answered."""
        return sum(len(person.dm) for person in self.managers)

    def calls(self, method: str) -> int:
        return sum(call.method == method for call in self.slack.calls)


def office_in(slack: Sandbox, database: Database, workspace_id: int) -> Office:
    messenger = Messenger(slack.bot_token, slack.api_url)
    app = AppContext(database, messenger, slack.clock, {slack.team_id: workspace_id})
    return Office(slack, database, workspace_id, Heartbeat(app, probe_kinds()))


@pytest.fixture
def begins() -> datetime:
    return MONDAY


@pytest.fixture
def office(slack: Sandbox, database: Database, workspace_id: int) -> Iterator[Office]:
    """Whoever breaks one of Slack's rules fails the test."""
    made = office_in(slack, database, workspace_id)
    yield made
    assert [broken for broken in slack.violations if broken.rule not in made.forgiven] == []
