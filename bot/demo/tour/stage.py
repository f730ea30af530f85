"""What the parts of the tour have in common: the clock, what is open, what is printed."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime, time
from zoneinfo import ZoneInfo

import click

from bot.domain.team.calendar import instant
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Message, Modal, Person, Sandbox

HOME = "Europe/Berlin"
"""Where the manager of the tour and the team are."""

ZONES = (HOME, "America/New_York", "Asia/Kolkata", "Australia/Sydney")
"""Where the managers of the company are."""

NEXT_MONDAY = date(2026, 11, 30)
"""When the first list of a whole week comes."""


def at(day: date, hour: int, zone: str) -> datetime:
    return instant(day, time(hour), ZoneInfo(zone))


def beat(slack: Sandbox, heart: Heartbeat) -> str:
    """A heartbeat, as `windshield tick` says what it did."""
    counts = heart.beat(slack.clock.now())
    while counts.next_try is not None:
        # Slack takes so many messages a minute; the clock moves on to when it takes more.
        slack.clock.move_to(counts.next_try)
        more = heart.beat(slack.clock.now())
        counts.sent, counts.next_try = counts.sent + more.sent, more.next_try
    return f"planned={counts.planned} sent={counts.sent} expired={counts.expired}"


def week_list(dana: Person) -> Message:
    return next(message for message in reversed(dana.dm) if "Your week, " in message.text)


def form(person: Person) -> Modal:
    """The form that is open for that person."""
    assert person.modal is not None, f"no form is open for {person.name}:\n{person.screen()}"
    return person.modal


def title(words: str) -> None:
    click.echo(f"\n━━━ {words} " + "━" * max(0, 70 - len(words)))


def shows(person: Person, words: str) -> None:
    title(words)
    click.echo(f"({person.name} sees)\n{person.screen()}")


def shows_answer(person: Person, words: str) -> None:
    """The last answer for that person alone, without what stands above it."""
    title(words)
    click.echo(f"({person.name} sees)\n{person.ephemerals[-1].text}")


@contextmanager
def counting(person: Person, words: str, costs: dict[str, int]) -> Iterator[None]:
    """Note how many taps of that person it takes."""
    before = person.taps
    yield
    costs[words] = person.taps - before
