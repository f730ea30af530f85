"""A company to measure with: many teams, and years behind them."""

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

from sqlalchemy import insert

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.promises import Owner
from bot.domain.team.calendar import instant, monday_of
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Profile, zone_named
from bot.services.delivery.schedules import set_due
from bot.services.team import people
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import BULK
from storage.models import Interaction
from storage.team import people as stored_people
from storage.team import teams
from tests.services.memberships import introduce_all

MONDAY = date(2026, 11, 30)
DUE = instant(MONDAY, time(8), zone_named("UTC"))
NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)
CHANNELS = tuple(Channel)


def found_company(
    database: Database,
    workspace_id: int,
    managers: Sequence[str],
    reps: int,
    weeks: int,
    due: datetime = DUE,
) -> list[int]:
    """A team of `reps` for each manager (a Slack id), whose list is due then, with a contact with
    every rep in each of the `weeks` before MONDAY; the teams by id."""
    named = [f"UR{number}" for number in range(len(managers) * reps)]
    profiles = [Profile(slack_id, f"Person {slack_id}", "UTC") for slack_id in (*managers, *named)]
    people.save(database, workspace_id, profiles, NOW)
    first = MONDAY - timedelta(weeks=weeks + 4)
    with database.writing(workspace_id, patience=60) as tx:
        known = {
            who: found.id for who, found in stored_people.get_many(tx, [*managers, *named]).items()
        }
        teams.create_all(tx, [(known[who], TeamSettings()) for who in managers], NOW)
        made = {team.manager.slack_id: team for team in teams.all_teams(tx)}
        seats = [(made[managers[number // reps]], known[rep]) for number, rep in enumerate(named)]
        teams.add_members(tx, [(team.id, rep, first) for team, rep in seats])
        dues = {ScheduleKey(team.id): due for team in made.values()}
        set_due(tx, MessageKind.TODO_LIST, dues)
        for number, (team, rep) in enumerate(seats):
            if number % 3 == 0:
                promises.add(
                    tx,
                    team_id=team.id,
                    rep_id=rep,
                    owner=Owner.MANAGER if number % 2 else Owner.REP,
                    what=f"the price sheet for customer {number}",
                    made_on=MONDAY - timedelta(days=10),
                    due_on=MONDAY + timedelta(days=number % 5),
                )
    introduce_all(database, workspace_id, NOW)
    contacts = [
        _contact(workspace_id, team.id, rep, team.manager.id, week, rep)
        for team, rep in seats
        for week in range(1, weeks + 1)
    ]
    with database.engine.begin() as connection:
        for start in range(0, len(contacts), BULK):
            connection.execute(insert(Interaction), contacts[start : start + BULK])
    return [team.id for team in made.values()]


def _contact(
    workspace_id: int, team: int, rep: int, author: int, week: int, number: int
) -> dict[str, Any]:
    day = monday_of(MONDAY - timedelta(weeks=week)) + timedelta(days=(number + week) % 5)
    at = datetime.combine(day, time(12), tzinfo=UTC)
    return {
        "workspace_id": workspace_id,
        "kind": InteractionKind.TOUCH,
        "team_id": team,
        "rep_id": rep,
        "author_id": author,
        "channel": CHANNELS[(number + week) % len(CHANNELS)],
        "occurred_on": day,
        "occurred_at": at,
        "recorded_at": at,
        "about": f"what was said in week {week}",
    }
