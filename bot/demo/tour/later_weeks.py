"""Weeks four to six of the tour, as they are when nothing is new any more; and what six weeks cost
everybody, in messages and in taps."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

import click

from bot.demo.tour.stage import HOME, at, beat, title, week_list
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Message, Person, Sandbox

FIRST = date(2026, 12, 14)
WEEKS = 3
DAYS = 5
ITEMS = (
    "win: Hooli renewed for three years",
    "trade fair in May: who comes along?",
    "win: the whole of last week's demos were ours",
)


def live_on(slack: Sandbox, heart: Heartbeat, dana: Person, costs: dict[str, int]) -> None:
    """Each list is worked through on its days; the team meets on Mondays and takes no notes."""
    title("Three more weeks: the list on its days, and the team on Mondays")
    for number in range(WEEKS):
        monday = FIRST + timedelta(weeks=number)
        dana.slash(f"/agenda {ITEMS[number]}")
        done = taps = 0
        for day in range(DAYS):
            slack.clock.move_to(at(monday + timedelta(days=day), 8, HOME))
            beat(slack, heart)
            before = dana.taps
            done += _works_through(dana)
            taps += dana.taps - before
            if day == 0:
                _meets(slack, heart, dana, monday)
        click.echo(week_list(dana).text.splitlines()[0])
        costs[f"The week of {monday:%d %b}: {done} reps done on their days"] = taps


def _works_through(dana: Person) -> int:
    """**Done** for each rep of today; how many there were."""
    found, done = week_list(dana), 0
    while found.press("Done"):
        done += 1
    return done


def _meets(slack: Sandbox, heart: Heartbeat, dana: Person, monday: date) -> None:
    """The meeting takes place, nobody writes anything down, and its manager alone is asked."""
    for hour in (9, 10, 11):
        slack.clock.move_to(at(monday, hour, HOME))
        beat(slack, heart)
    click.echo(dana.dm[-1].text.splitlines()[0])
    dana.clicks("All of it")


def tell_counts(
    slack: Sandbox, people: Sequence[Person], channel: str, costs: Mapping[str, int]
) -> None:
    """What reached each person, and how often they came down with a finger."""
    title("Six weeks, counted")
    posts = _from_the_app(slack, people[0].channel_messages(channel))
    click.echo(f"#emea-sales has {posts} messages of Windshield's.")
    for person in people:
        got = _from_the_app(slack, [*person.dm, *person.ephemerals])
        click.echo(f"{person.name:12} {got:3} messages of their own, {person.taps:3} taps")
    for words, taps in costs.items():
        click.echo(f"{words}: {taps} taps")


def _from_the_app(slack: Sandbox, messages: Sequence[Message]) -> int:
    return sum(one.post.author == slack.bot_user_id for one in messages)
