"""Strategy sessions: planned, prepared, held, shared."""

from datetime import date, timedelta

import click

from bot.demo.tour.stage import HOME, at, beat, form, shows, title
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox

SESSION_DAY = date(2026, 12, 9)
STEPS = (
    "walk the north with Tom by Fri\nme: ask for a second demo car\nlist ten names",
    "meet the buyer at Acme, 11 Dec\nme: find a reference\nwrite down who decides",
    "send the Acme terms by Fri\ncall Hooli\nme: ask finance about sixty days",
    "three visits by next Friday\nfive calls a day\nme: come along on Tuesday",
)


def sit_down(slack: Sandbox, heart: Heartbeat, dana: Person, raj: Person) -> None:
    dana.slash("/binder @Raj Rao")
    form(dana).picks("Plan a session")
    form(dana).fill("Day", SESSION_DAY.isoformat())
    shows(dana, "A strategy session is planned")
    form(dana).submit()
    form(dana).close()
    slack.clock.move_to(at(SESSION_DAY - timedelta(days=1), 9, HOME))
    beat(slack, heart)
    title("The working day before: a note to each side")
    click.echo(f"(Raj Rao sees)\n{raj.dm[-1].text}\n\n(Dana Moss sees)\n{dana.dm[-1].text}")
    raj.clicks("Prepare")
    form(raj).fill("Pipeline", "Hooli could close this year")
    form(raj).submit()
    form(raj).close()
    slack.clock.move_to(at(SESSION_DAY, 10, HOME))
    dana.slash("/session @Raj Rao")
    form(dana).fill("Plan", "win the north: Northwind first")
    form(dana).fill("Next step", "offer the trial")
    shows(dana, "One topic at a time; each step is kept as it is written")
    form(dana).submit()
    form(dana).close()
    dana.opens_home()
    dana.clicks("Resume")
    form(dana).submit()
    shows(dana, "Called away and back: Resume, and what Raj prepared")
    for _ in range(3):
        form(dana).submit()
    dana.sees("Logged: strategy session with Raj Rao")
    dana.clicks("Preview as Raj Rao", beside="strategy session")
    shows(dana, "What Raj will read, before it is shared")
    form(dana).submit()
    form(dana).close()
    raj.dm[-1].clicks("Add my words")
    form(raj).fill("Your own words", "I want Acme too")
    form(raj).submit()
    title("Raj adds own words")
    click.echo(f"({raj.name} sees)\n{raj.dm[-1].text}")


def talk_it_all_through(dana: Person) -> None:
    dana.slash("/session @Sam Stone")
    for steps in STEPS:
        form(dana).fill("What changed", "Acme asks for a reference")
        form(dana).fill("Next step", steps)
        form(dana).submit()
    form(dana).submit()
    form(dana).close()
    dana.sees("Next session: Wed 23 Dec, 10:00.")
    dana.clicks("Preview as Sam Stone", beside="strategy session")
    form(dana).submit()
    form(dana).close()
