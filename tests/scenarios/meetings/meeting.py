"""A team that meets on Mondays at nine in Berlin, and the days around a meeting."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time

from bot.screens.team.people import ensure_profiles
from bot.services.meetings import agenda_view, notes
from bot.services.team import setup
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World

RAJ, LENA, TOM = "Raj Rao", "Lena Fox", "Tom Ash"


@dataclass
class MeetingWorld:
    """Dana's team with its channel; the first meeting is on Monday 30 November."""

    world: World
    dana: Person
    raj: Person
    lena: Person
    tom: Person
    channel: str

    def at(self, day: int, hour: int, minute: int = 0, month: int = 11) -> None:
        """Let that time (UTC) come, with a heartbeat at it."""
        self.world.slack.clock.move_to(datetime(2026, month, day, hour, minute, tzinfo=UTC))
        self.beat()

    def beat(self) -> None:
        self.world.heart.beat(self.world.slack.clock.now())

    @property
    def posted(self) -> list[str]:
        """What stands in the channel, threads included."""
        return [message.text for message in self.raj.channel_messages(self.channel)]

    def draft(self) -> str:
        """The newest draft in Dana's conversation, as it is now."""
        return [one.text for one in self.dana.dm if "team meeting · " in one.text][-1]

    def adds(self, person: Person, words: str) -> None:
        person.slash(f"/agenda {words}")

    def ticks(self, words: str, person: Person | None = None) -> None:
        """Somebody, else Raj, ticks that item in the meeting that is next or on."""
        world, now = self.world, self.world.slack.clock.now()
        actor = world.actor(person or self.raj)
        shown = agenda_view.view(world.database, actor, self.channel, now).agenda
        assert shown is not None
        item = next(one for one in shown.items if one.text == words)
        notes.tick(world.database, actor, shown.meeting.id, item.id, now)

    def know(self, person: Person) -> None:
        """Let Windshield meet somebody who is on no team."""
        ensure_profiles(self.world.product.app, self.world.workspace_id, [person.id])

    def open_series(self) -> None:
        """The form of the series, from the team's settings."""
        self.dana.opens_home()
        self.dana.clicks("Settings")
        self.dana.clicks("Team meeting")

    def lose_answer(self, *, before: bool) -> None:
        """The next answer to a post is lost, `before` it is carried out or after."""
        lost = FaultKind.CUT_BEFORE if before else FaultKind.CUT_AFTER
        self.world.slack.faults.add("chat.postMessage", lost)


def meeting_world(
    world: World, more: Sequence[Person] = (), *, introduced: bool = True, **settings: object
) -> MeetingWorld:
    """Set up, with `settings` in place of the usual ones."""
    dana, raj, lena, tom = (world.person(name) for name in ("Dana Moss", RAJ, LENA, TOM))
    world.team(dana, raj, lena, tom, *more, introduced=introduced)
    channel = world.slack.add_channel("emea-sales", members=[dana, raj, lena, tom])
    changes = {
        "channel": channel,
        "meeting_days": (0,),
        "meeting_time": time(9),
        **settings,
    }
    now = world.slack.clock.now()
    setup.change_settings(world.database, world.actor(dana), changes, now)
    return MeetingWorld(world, dana, raj, lena, tom, channel)
