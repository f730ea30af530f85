"""Very many teams that meet at one hour: each gets what is its own, however much comes at once."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import datetime, time, timedelta

import pytest
from sqlalchemy import func, select

from bot.domain.delivery import Counts, MessageKind
from bot.domain.team.settings import DEFAULT_SECTIONS, MeetingSettings, TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Profile
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.services.delivery import queue
from bot.services.meetings import meetings, series
from bot.services.todo import schedule
from storage.database.transaction import Transaction
from storage.models import AgendaItem, Delivery, Meeting
from storage.team import people, teams
from tests.databases import POSTGRESQL_IN_SWEEP
from tests.faults.conftest import MONDAY, Office
from tests.services.memberships import introduce_all

pytestmark = pytest.mark.slow

DAY, WEEK, HOUR = timedelta(days=1), timedelta(weeks=1), timedelta(hours=1)
FRIDAY = MONDAY - 3 * DAY - HOUR
SETTINGS = TeamSettings(
    zone="UTC",
    meeting_days=(0,),
    meeting_time=time(10),
    meeting=MeetingSettings(every=4, starts_on=MONDAY.date(), sections=DEFAULT_SECTIONS[:3]),
)
"""One meeting in the time that is lived through, without a note to whoever leads one skill."""

PATIENCE = 60.0
SENT = {
    MessageKind.MEETING_DRAFT: 1,
    MessageKind.TODO_LIST: 1,
    MessageKind.MEETING_AGENDA: 1,
}


@dataclass
class Company:
    """So many teams of one rep, each with a channel of its own and an item for the meeting."""

    office: Office
    heart: Heartbeat
    channels: list[str] = field(default_factory=list)

    def found(self, count: int) -> None:
        office, slack = self.office, self.office.slack
        office.managers = list(
            slack.add_people((f"Manager {number}", "UTC") for number in range(count))
        )
        reps = list(slack.add_people((f"Rep {number}", "UTC") for number in range(count)))
        self.channels = [
            slack.add_channel(f"team-{number}", members=[rep]) for number, rep in enumerate(reps)
        ]
        with office.database.writing(office.workspace_id, patience=PATIENCE) as tx:
            known = [Profile(one.id, one.name, "UTC") for one in (*office.managers, *reps)]
            people.save_profiles(tx, known, FRIDAY)
            ids = {
                who: one.id for who, one in people.get_many(tx, [p.slack_id for p in known]).items()
            }
            new = [
                (ids[one.id], replace(SETTINGS, channel=channel))
                for one, channel in zip(office.managers, self.channels, strict=True)
            ]
            teams.create_all(tx, new, FRIDAY)
            found = sorted(teams.all_teams(tx), key=lambda team: team.id)
            office.team_ids = [team.id for team in found]
            memberships = zip(found, reps, strict=True)
            teams.add_members(
                tx, [(team.id, ids[rep.id], FRIDAY.date()) for team, rep in memberships]
            )
            tx.insert_all(
                AgendaItem,
                [
                    {
                        "team_id": team.id,
                        "text": "price list",
                        "added_on": FRIDAY.date(),
                        "form": f"item {team.id}",
                        "author_id": team.manager.id,
                        "section": "ahead",
                        "place": 1,
                        "approved": True,
                    }
                    for team in found
                ],
            )
            for team in found:
                schedule.follow_team(tx, team, FRIDAY)
            series.follow_all(tx, found, FRIDAY)
        introduce_all(office.database, office.workspace_id, FRIDAY)

    def lives(self, since: datetime, until: datetime) -> Counts:
        """A heartbeat at each instant at which something is due or to be tried again."""
        office, total = self.office, Counts()
        now = since
        while now < until:
            office.slack.clock.move_to(max(now, office.slack.clock.now()))
            counts = self.heart.beat(office.slack.clock.now())
            total.sent += counts.sent
            total.put_off += counts.put_off
            total.failed += counts.failed
            coming = queue.next_event(office.database, [office.workspace_id])
            soon = now + timedelta(minutes=1) if self.stale() else until
            now = max(min(coming or until, soon), now + timedelta(seconds=1))
        return total

    def stale(self) -> bool:
        waiting = queue.waiting(
            self.office.database, [self.office.workspace_id], self.office.slack.clock.now()
        )
        return bool(waiting.stale)

    def sent(self, since: datetime, until: datetime) -> Counter[MessageKind]:
        """How many of each kind were sent of what was due in that time."""
        with self.office.database.reading(self.office.workspace_id) as tx:
            rows = tx.execute(
                select(Delivery.kind, func.count().label("times"))
                .where(Delivery.state == "sent", Delivery.due_at.between(since, until))
                .group_by(Delivery.kind)
            )
            return Counter({row.kind: row.times for row in rows})

    def closed(self) -> int:
        with self.office.database.reading(self.office.workspace_id) as tx:
            rows = tx.execute(
                select(func.count()).where(
                    Meeting.closed_at.is_not(None), Meeting.planned_for == MONDAY.date()
                )
            )
            return int(rows.scalar_one())


@pytest.fixture
def company(office: Office) -> Company:
    office.slack.clock.move_to(FRIDAY)
    return Company(office, Heartbeat(office.app, all_kinds()))


def test_a_week_of_very_many_teams_that_meet_at_one_hour(company: Company) -> None:
    count = 100
    company.found(count)
    week = company.lives(FRIDAY, MONDAY + 2 * DAY)
    assert (week.put_off, week.failed) == (0, 0)
    sent = company.sent(FRIDAY, MONDAY + 2 * DAY)
    assert {kind: sent[kind] for kind in SENT} == dict.fromkeys(SENT, count)
    assert company.closed() == count
    following = company.lives(MONDAY + WEEK, MONDAY + WEEK + HOUR)
    assert following.put_off == 0
    assert company.sent(MONDAY + WEEK, MONDAY + WEEK)[MessageKind.TODO_LIST] == count


@pytest.mark.parametrize("count", [200, pytest.param(400, marks=pytest.mark.sweep)])
@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_hundreds_of_teams_begin_and_end_their_meeting_where_one_writes_at_a_time(
    company: Company, count: int
) -> None:
    company.found(count)
    held = company.lives(MONDAY + HOUR, MONDAY + 4 * HOUR)
    assert (held.put_off, held.failed) == (0, 0)
    assert company.closed() == count
    sent = company.sent(FRIDAY, MONDAY + 4 * HOUR)
    assert {kind: sent[kind] for kind in SENT} == dict.fromkeys(SENT, count)


# On PostgreSQL many teams are shown by the week of very many that meet at one hour.
@POSTGRESQL_IN_SWEEP
def test_very_many_teams_after_three_days_of_downtime(company: Company) -> None:
    company.found(100)
    assert company.lives(FRIDAY, MONDAY - DAY).put_off == 0
    after = company.lives(MONDAY + 2 * DAY, MONDAY + 3 * DAY)
    assert (after.put_off, after.failed) == (0, 0)
    assert company.closed() == 100
    sent = company.sent(MONDAY, MONDAY + 3 * DAY)
    assert sent[MessageKind.TODO_LIST] == 100, "the week's list still makes sense"
    assert sent[MessageKind.MEETING_AGENDA] == 0, "the meeting's agenda does not"
    company.lives(MONDAY + WEEK, MONDAY + WEEK + HOUR)
    assert company.sent(MONDAY + WEEK, MONDAY + WEEK)[MessageKind.TODO_LIST] == 100


# On PostgreSQL many teams are shown by the week of very many that meet at one hour.
@POSTGRESQL_IN_SWEEP
def test_one_team_whose_meeting_fails_keeps_no_other_waiting(
    company: Company, monkeypatch: pytest.MonkeyPatch
) -> None:
    company.found(60)
    broken = company.office.team_ids[17]
    whole = series.follow_all

    def clumsily(tx: Transaction, found: Iterable[Team], now: datetime) -> None:
        some = list(found)
        if any(team.id == broken for team in some):
            raise ZeroDivisionError
        whole(tx, some, now)

    monkeypatch.setattr(meetings, "follow_all", clumsily)
    assert company.lives(FRIDAY, MONDAY + 4 * HOUR).put_off > 0
    assert company.closed() == 59
    assert company.sent(FRIDAY, MONDAY + 4 * HOUR)[MessageKind.TODO_LIST] == 60
    monkeypatch.undo()
    company.lives(MONDAY + 5 * HOUR, MONDAY + 6 * HOUR)
    assert company.closed() == 60
