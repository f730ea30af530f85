"""The Monday list, worked through, and its week."""

from datetime import timedelta

import click

from bot.demo.tour.stage import HOME, NEXT_MONDAY, ZONES, at, beat, form, shows, title, week_list
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox


def go_to_monday(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    title("The clock goes to Monday, 08:00, in each manager's zone")
    for zone in sorted(ZONES, key=lambda zone: at(NEXT_MONDAY, 8, zone)):
        slack.clock.move_to(at(NEXT_MONDAY, 8, zone))
        click.echo(f"{zone}: {beat(slack, heart)}")
        if zone == HOME:
            dana.sees("Your week, 30 Nov – 4 Dec")
            shows(dana, "Dana's list: everyone once, each with a reason")
            _work(dana)


def _work(dana: Person) -> None:
    found = week_list(dana)
    found.clicks("Another reason")
    shows(dana, "Another reason: those there are, best first, in the row itself")
    found.clicks("This one")
    found.clicks("Done")
    dana.sees("✓")
    shows(dana, "Done: a contact today, and what else there is to say of it, in the same row")
    found.picks("Move")
    form(dana).submit()
    shows(dana, "Another rep moves to another day")


def go_through_week(slack: Sandbox, heart: Heartbeat, dana: Person) -> None:
    slack.clock.move_to(at(NEXT_MONDAY + timedelta(days=1), 6, HOME))
    beat(slack, heart)
    title("Tuesday morning: the same message opens on the new day")
    click.echo(week_list(dana).text)
    dana.slash("/todo issue price change until friday")
    dana.slash("/todo next")
    shows(dana, "An issue of the day, and a look at next week")
    slack.clock.move_to(at(NEXT_MONDAY + timedelta(days=5), 6, HOME))
    beat(slack, heart)
    title("The end of the week: what stayed open comes first next Monday")
    click.echo(week_list(dana).text)
