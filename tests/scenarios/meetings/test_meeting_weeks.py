"""Eight weeks of two teams in two zones, over both changes to summer time and a public holiday."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.services.delivery import queue
from bot.services.meetings import agenda, agenda_view, notes
from bot.services.meetings.series import draft_subject
from bot.services.team import setup
from slack_sandbox import Person, Sandbox
from storage.delivery import messages
from storage.meetings import meetings
from storage.team import teams
from tests.databases import POSTGRESQL_IN_SWEEP
from tests.places import MANIFEST
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.slow

BEGIN = datetime(2027, 2, 22, 5, 0, tzinfo=UTC)
BERLIN, NEW_YORK = ZoneInfo("Europe/Berlin"), ZoneInfo("America/New_York")
MONDAYS = [date(2027, 2, 22) + timedelta(weeks=week) for week in range(8)]
EASTER_MONDAY = date(2027, 3, 29)


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, now=BEGIN) as sandbox:
        yield sandbox


@dataclass
class Team:
    """A team that meets on Mondays at nine on the wall of its own zone."""

    world: World
    manager: Person
    reps: list[Person]
    channel: str
    zone: ZoneInfo

    def new_posts(self, before: int) -> list[tuple[datetime, str]]:
        """What came to the channel after the first `before` messages: when, and what."""
        found = self.reps[0].channel_messages(self.channel)[before:]
        return [(datetime.fromtimestamp(float(one.ts), self.zone), one.text) for one in found]

    def adds(self, words: str) -> None:
        world = self.world
        now, actor = world.slack.clock.now(), world.actor(self.manager)
        agenda.add_line(world.database, actor, words, None, f"{self.channel}{words}", now)


def team_in(world: World, name: str, zone: ZoneInfo, country: str, **settings: object) -> Team:
    manager, *reps = (
        world.person(f"{name} {last}", tz=str(zone)) for last in ("Moss", "Ash", "Ek")
    )
    world.team(manager, *reps)
    channel = world.slack.add_channel(f"{name.lower()}s", members=[manager, *reps])
    changes = {
        "channel": channel,
        "country": country,
        "meeting_days": (0,),
        "meeting_time": time(9),
        **settings,
    }
    now = world.slack.clock.now()
    setup.change_settings(world.database, world.actor(manager), changes, now)
    return Team(world, manager, reps, channel, zone)


# The story after it is on PostgreSQL too.
@POSTGRESQL_IN_SWEEP
def test_eight_weeks_in_two_zones(world: World) -> None:
    dana = team_in(world, "Dana", BERLIN, "DE")
    kim = team_in(world, "Kim", NEW_YORK, "US")
    came: dict[str, list[tuple[datetime, str]]] = {dana.channel: [], kim.channel: []}
    for week, monday in enumerate(MONDAYS):
        for team in (dana, kim):
            team.adds(f"topic {week}")
            team.adds("trade fair")
        end = datetime.combine(monday + timedelta(days=7), time(5), UTC)
        while next_beat(world, end):
            for team in (dana, kim):
                found = team.new_posts(len(came[team.channel]))
                came[team.channel] += found
                if found and "topic" in found[-1][1] and week != 3:
                    tick(team, f"topic {week}")
    wall = [at.replace(tzinfo=None) for at, text in came[dana.channel] if "Team meeting" in text]
    expected = [
        datetime.combine(monday + timedelta(days=monday == EASTER_MONDAY), time(8))
        for monday in MONDAYS
    ]
    assert wall == expected, "an hour before nine on Berlin's wall, Easter Monday's on the Tuesday"
    american = [at.replace(tzinfo=None) for at, text in came[kim.channel] if "Team meeting" in text]
    assert american == [datetime.combine(monday, time(8)) for monday in MONDAYS]
    for team in (dana, kim):
        now = [one.text for one in team.reps[0].channel_messages(team.channel)]
        recaps = [text for text in now if text.startswith("Recap")]
        assert len(recaps) == 7, "every agenda became its recap, in place, unless nobody took notes"
        lines = [text for text in now if text.startswith("Notes from today are above.")]
        assert len(lines) == 7, "nothing is said beneath one that nobody ticked"
        assert len(now) == 15
        assert all("trade fair" in text.partition("Also on the agenda")[2] for text in recaps)
        asked = [one.text for one in team.manager.dm if "What got done on" in one.text]
        assert len(asked) == 1
    team_id = own_id(world, dana)
    with world.database.reading(world.workspace_id) as tx:
        led = [one.leader.name for one in meetings.of_team(tx, team_id)[:8] if one.leader]
        drafts = messages.posted(tx, draft_subject(meetings.of_team(tx, team_id)[0].id))
    assert led == ["Dana Ash", "Dana Ek"] * 4, "reps take turns"
    assert len(drafts) == 1
    dana.manager.slash("/agenda")
    assert "Same time, same channel: 7 of the last 7." in modal(dana.manager).text


def next_beat(world: World, end: datetime) -> bool:
    """Let time come as far as something is due, with a heartbeat then; False at the end."""
    due = queue.next_event(world.database, [world.workspace_id])
    coming = min(due or end, end)
    world.slack.clock.move_to(max(coming, world.slack.clock.now()))
    world.heart.beat(world.slack.clock.now())
    return coming < end


def own_id(world: World, team: Team) -> int:
    with world.database.reading(world.workspace_id) as tx:
        found = teams.of_manager(tx, team.manager.id)
    assert found is not None
    return found.id


def tick(team: Team, words: str) -> None:
    """The topic of the week is ticked ahead of time: what counts is that something was."""
    world = team.world
    with world.database.reading(world.workspace_id) as tx:
        found = teams.of_manager(tx, team.manager.id)
        assert found is not None
        coming = next(iter(meetings.to_come(tx, [found.id])))
    actor, now = world.actor(team.reps[0]), world.slack.clock.now()
    agenda = agenda_view.view_of(world.database, actor, coming.id, now)
    assert agenda.agenda is not None
    item = next(one for one in agenda.agenda.items if one.text == words)
    if item.done_in is None:
        notes.tick(world.database, actor, coming.id, item.id, now)


def test_two_meetings_a_week_every_other_week(world: World) -> None:
    dana = team_in(world, "Dana", BERLIN, "DE", meeting_days=(1, 3), meeting_time=time(16))
    dana.adds("trade fair")
    while next_beat(world, BEGIN + timedelta(days=12)):
        pass
    found = dana.new_posts(0)
    days = [(at.date(), at.hour) for at, _ in found]
    assert days == [
        (date(2027, 2, 23), 15),
        (date(2027, 2, 25), 15),
        (date(2027, 3, 2), 15),
        (date(2027, 3, 4), 15),
    ]
    assert all("trade fair" in text for _, text in found)
