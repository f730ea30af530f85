"""Before the introductions nobody hears anything but the manager, whatever is set up."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.appointments import AppointmentEntry
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.workspaces.refusals import NotIntroduced
from bot.services import appointments, promises
from bot.services.meetings.agenda import post_now
from bot.services.team import setup
from slack_sandbox import Person
from storage.meetings import meetings
from storage.team import teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import owed
from tests.scenarios.team.setting_up import team_of
from tests.scenarios.todo.monday import at, beat

MEETING = date(2026, 11, 30)
BERLIN = ZoneInfo("Europe/Berlin")
REFUSED = "Sam Stone has not been told of me yet, so nothing was sent."


class Untold:
    """Dana's team: all is set up, and nobody introduced."""

    def __init__(self, world: World, dana: Person, sam: Person, lena: Person) -> None:
        self.world, self.dana, self.sam, self.lena = world, dana, sam, lena
        world.team(dana, sam, lena, introduced=False)
        self.channel = world.slack.add_channel("emea-sales", members=[dana, sam, lena])
        now, actor = world.slack.clock.now(), world.actor(dana)
        meets = {"channel": self.channel, "meeting_days": (0,), "meeting_time": time(9, 30)}
        setup.change_settings(world.database, actor, meets, now)
        planned = AppointmentEntry(sam.id, InteractionKind.SESSION, date(2026, 12, 2), time(10))
        appointments.plan(world.database, actor, planned, "a form", now)

    def lives_until(self, day: date, hour: int = 12) -> None:
        """A heartbeat each hour, until that hour on the wall in Berlin."""
        until = datetime.combine(day, time(hour), tzinfo=BERLIN)
        while (now := self.world.slack.clock.now()) < until:
            self.world.slack.clock.move_to(min(now + timedelta(hours=1), until))
            beat(self.world)

    @property
    def heard(self) -> list[str]:
        """All that anybody but the manager was written."""
        reps = [message.text for rep in (self.sam, self.lena) for message in rep.dm]
        return reps + [one.text for one in self.sam.channel_messages(self.channel)]


def next_meeting(world: World) -> int:
    with world.database.reading(world.workspace_id) as tx:
        (team,) = teams.all_teams(tx)
        return meetings.to_come(tx, [team.id])[0].id


@pytest.fixture
def untold(world: World, dana: Person, sam: Person, lena: Person) -> Untold:
    return Untold(world, dana, sam, lena)


@pytest.mark.slow
def test_two_weeks_in_which_all_is_set_up_and_nobody_introduced(untold: Untold) -> None:
    dana, sam, world = untold.dana, untold.sam, untold.world
    now, actor = world.slack.clock.now(), world.actor(dana)
    entry = PromiseEntry(sam.id, Owner.MANAGER, "quotes take four days", None)
    raised = promises.make(world.database, actor, entry, "raised", now, raised=True).promise
    dana.slash("/agenda price change")
    untold.lives_until(MEETING, 9)
    first, draft = dana.dm
    assert first.text.startswith("Hello from Windshield."), "though the draft was due on Friday"
    assert "team meeting" in draft.text
    dana.sees("Your reps have not been told yet.")
    dana.sees("[See and send]")
    assert untold.heard == []
    assert "→" not in draft.text, "it goes nowhere yet"
    with pytest.raises(NotIntroduced):
        post_now(world.database, actor, next_meeting(world), world.slack.clock.now())
    owed(dana).clicks("Kept")
    assert not promises.get(world.database, actor, raised.id, now).promise.is_open
    untold.lives_until(date(2026, 12, 9))
    assert untold.heard == []


@pytest.mark.slow
def test_a_session_is_not_shared_with_who_was_not_introduced_and_is_afterwards(
    untold: Untold,
) -> None:
    dana, sam, world = untold.dana, untold.sam, untold.world
    dana.slash("/fieldday @Sam Stone")
    modal(dana).fill("One focus", "shorter first meetings")
    modal(dana).submit()
    dana.sees("Preview as Sam Stone")
    dana.clicks("Preview as Sam Stone")
    modal(dana).submit()
    dana.sees(REFUSED)
    assert sam.dm == []
    modal(dana).close_all()
    dana.opens_home()
    dana.clicks("See and send")
    modal(dana).submit()
    dana.sees("Told: ")
    modal(dana).close_all()
    assert len(sam.dm) == 1
    dana.clicks("Preview as Sam Stone")
    modal(dana).submit()
    assert len(sam.dm) == 2
    untold.lives_until(MEETING)
    assert any("team meeting" in text.lower() for text in untold.heard)
    assert world.forgiven == set()


def test_a_set_up_left_half_way_is_offered_again_and_sends_the_first_list(
    world: World, dana: Person, sam: Person
) -> None:
    dana.slash("/team")
    modal(dana).fill("Reps", [sam])
    modal(dana).submit()
    modal(dana).close_all()
    dana.opens_home()
    dana.sees("Setting up your team is half done.")
    assert dana.home is not None
    assert dana.home.press("Go on")
    assert modal(dana).title == "A line for each"
    modal(dana).close()
    at(world, date(2026, 11, 30), 8)
    assert len(dana.dm) == 1
    dana.sees("Hello from Windshield.")
    dana.sees("Sam Stone")
    assert sam.dm == []
    dana.opens_home()
    assert dana.home.press("Go on")
    modal(dana).submit()
    assert modal(dana).value("Public holidays of") == "DE", "proposed by the zone"
    modal(dana).fill("Public holidays of", "XX")
    modal(dana).submit()
    assert modal(dana).errors
    modal(dana).fill("Public holidays of", "de-by")
    modal(dana).fill("Meeting day", "Tuesday")
    modal(dana).fill("Meeting time", "09:30")
    modal(dana).submit()
    assert modal(dana).title == "Pick your Monday time"
    modal(dana).submit()
    modal(dana).close_all()
    settings = team_of(world, dana).team.settings
    assert (settings.country, settings.meeting_days) == ("DE-BY", (1,))
    dana.opens_home()
    assert "half done" not in dana.home.text


def test_who_rests_is_introduced_in_the_morning(world: World, dana: Person) -> None:
    yuki, ben = world.person("Yuki Ono", tz="Asia/Tokyo"), world.person("Ben Cole")
    world.team(dana, yuki, ben, introduced=False)
    at(world, date(2026, 11, 24), 13)
    dana.opens_home()
    dana.clicks("See and send")
    modal(dana).submit()
    dana.sees("Told: Ben Cole.")
    dana.sees("Yuki Ono gets it at 07:00 on their own clock, Wednesday: it is night there.")
    modal(dana).close_all()
    assert (len(ben.dm), len(yuki.dm)) == (1, 0)
    at(world, date(2026, 11, 25), 6, 59, zone="Asia/Tokyo")
    assert yuki.dm == []
    for _ in range(2):
        at(world, date(2026, 11, 25), 7, zone="Asia/Tokyo")
    assert len(yuki.dm) == 1
    yuki.sees("Hello from Windshield. Dana Moss uses it")
    yuki.clicks("Not my manager")
    yuki.sees("You are off Dana Moss's team")
