"""Agendas of teams that meet at one hour: draft, agenda, start, recap. CPU against the same number
of bare posts and updates; and the statements of a batch."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import time, timedelta
from statistics import median
from tempfile import TemporaryDirectory
from typing import Any

from sqlalchemy import event, insert, select, update

from bot.app import make_context
from bot.config import Settings
from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.settings import DEFAULT_SECTIONS, LOOKING_AHEAD, MeetingSettings
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.services.delivery.schedules import set_due
from bot.services.meetings import series
from slack_sandbox import Sandbox
from slack_sandbox.rates import CALLS_PER_MINUTE
from storage.database.engine import Database
from storage.migrations import migrate
from storage.models import AgendaItem, Meeting
from storage.team import teams
from storage.workspaces import installs
from tests.bench.company import DUE, MONDAY, NOW, found_company
from tests.bench.lists import ROUNDS, TEAMS, calls_file, child
from tests.bench.table import Row
from tests.places import MANIFEST

REPS = 8
ITEMS = 4
MEETS = time(10)
LASTS = timedelta(minutes=46)
DRAFT = DUE - timedelta(days=3)
LEAD = DUE + timedelta(hours=1)
STARTS = DUE + timedelta(hours=2)
OVER = STARTS + LASTS
CALLS = "chat.postMessage", "chat.update"
PATIENCE = 120
AT_ONCE = 100


@dataclass(frozen=True)
class Meetings:
    """Where they are."""

    slack: Sandbox
    database: Database
    url: str


@contextmanager
def meetings(count: int) -> Iterator[Meetings]:
    """So many teams that meet on MONDAY at ten, with a channel and some items each."""
    with TemporaryDirectory() as folder, Sandbox(MANIFEST, now=NOW) as slack:
        managers = slack.add_people((f"Manager {number}", "UTC") for number in range(count))
        channels = [slack.add_channel(f"team-{n}", members=[one]) for n, one in enumerate(managers)]
        url = f"sqlite:///{folder}/windshield.db"
        database = Database(url)
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        found_company(database, workspace, [one.id for one in managers], REPS, 4)
        _let_meet(database, workspace, channels)
        yield Meetings(slack, database, url)
        database.close()


def _let_meet(database: Database, workspace: int, channels: list[str]) -> None:
    terms = MeetingSettings(every=4, starts_on=MONDAY, sections=DEFAULT_SECTIONS[:3])
    with database.writing(workspace, patience=PATIENCE) as tx:
        found = sorted(teams.all_teams(tx), key=lambda team: team.id)
        meet = [
            replace(
                team,
                settings=replace(
                    team.settings,
                    zone="UTC",
                    channel=channel,
                    meeting_days=(0,),
                    meeting_time=MEETS,
                    meeting=terms,
                ),
            )
            for team, channel in zip(found, channels, strict=True)
        ]
        teams.change_all(tx, [(team.id, team.settings) for team in meet])
        for start in range(0, len(meet), AT_ONCE):
            series.follow_all(tx, meet[start : start + AT_ONCE], NOW)
        set_due(tx, MessageKind.TODO_LIST, {ScheduleKey(team.id): None for team in found})
    items = [
        {
            "workspace_id": workspace,
            "team_id": team.id,
            "author_id": team.manager.id,
            "text": f"topic {number} of team {team.id}",
            "added_on": NOW.date(),
            "section": LOOKING_AHEAD,
            "place": number,
            "approved": True,
        }
        for team in found
        for number in range(ITEMS)
    ]
    with database.engine.begin() as connection:
        connection.execute(insert(AgendaItem), items)


def _tick_one_each(database: Database) -> None:
    """In each meeting the first item is done."""
    held = (
        select(Meeting.id)
        .where(Meeting.team_id == AgendaItem.team_id, Meeting.planned_for == MONDAY)
        .scalar_subquery()
    )
    with database.engine.begin() as connection:
        connection.execute(update(AgendaItem).where(AgendaItem.place == 0).values(done_in=held))


def cpu_row() -> Row:
    """The sandbox in this process, the bot and the floor in their own."""
    ratios, figures = [], ""
    limits = {method: CALLS_PER_MINUTE[method] for method in CALLS}
    CALLS_PER_MINUTE.update(dict.fromkeys(CALLS, 100 * TEAMS))  # the limits have a row of their own
    try:
        for _ in range(ROUNDS):
            with meetings(TEAMS) as here:
                ours = 0.0
                for now in (DRAFT, LEAD, STARTS, OVER):
                    if now == OVER:
                        _tick_one_each(here.database)
                    here.slack.clock.move_to(now)
                    # What was made stale is drawn by the next heartbeat.
                    soon = now + timedelta(seconds=1)
                    ours += child(here.slack, here.url, "send", now.isoformat(), soon.isoformat())
                calls = [(c.method, c.arguments) for c in here.slack.calls if c.method in CALLS]
                here.slack.clock.advance(timedelta(hours=1))
                floor = child(here.slack, here.url, "call", calls_file(here.url, calls))
            ratios.append(ours / floor)
            figures = f"{ours:.2f} s against {floor:.2f} s, {len(calls):,} calls"
    finally:
        CALLS_PER_MINUTE.update(limits)
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    return Row(
        f"agendas of {TEAMS:,} teams: CPU", figures, f"{median(ratios):.2f} × ({spread})", "≤ 2.0 ×"
    )


def _statements(count: int) -> list[int]:
    """How many a heartbeat takes at each instant, what is sent to Slack and drawn anew included."""
    found = []
    with meetings(count) as here:
        settings = Settings(bot_token=here.slack.bot_token, slack_api_url=here.slack.api_url)
        heart = Heartbeat(make_context(settings, here.database, here.slack.clock)[0], all_kinds())
        seen: list[str] = []

        def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
            seen.append(statement)

        event.listen(here.database.engine, "before_cursor_execute", note)
        for now in (DRAFT, LEAD, STARTS, OVER):
            here.slack.clock.move_to(now)
            seen.clear()
            heart.beat(now)
            found.append(len(seen))
    return found


def statements_row() -> Row:
    """One batch of few and of many."""
    few, many = _statements(2), _statements(20)
    return Row(
        "agendas, a batch of 2 and of 20 teams",
        f"{few} and {many} statements",
        "equal" if few == many else "not equal",
        "equal",
    )
