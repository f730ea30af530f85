"""Field days, the long way and the short."""

import click

from bot.demo.tour.stage import counting, form, shows, title
from slack_sandbox import Person


def ride_along(dana: Person, rep: Person, costs: dict[str, int]) -> None:
    with counting(dana, "A field day with one visit", costs):
        dana.slash(f"/fieldday @{rep.name}")
        form(dana).fill("Visits", "Globex: Ann Berg, signs next week")
        form(dana).submit()
        form(dana).close()
    dana.sees(f"Logged: field day with {rep.name}, today")


def ride(dana: Person, raj: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    form(dana).fill("Visits", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli: Pat Quist")
    form(dana).fill("One focus", "asking for the next step")
    form(dana).fill("They will", "lead the Northwind demo")
    form(dana).clicks("More")
    form(dana).fill("One strength", "listens first")
    form(dana).fill("Heard of market and competitors", "a competitor offers 60-day terms")
    shows(dana, "A field day with Raj, written down in one form")
    form(dana).submit()
    dana.clicks("To the team agenda")
    shows(dana, "What was heard goes to the team agenda, in words Dana has seen first")
    form(dana).submit()
    form(dana).close()
    dana.clicks("Preview as Raj Rao")
    form(dana).submit()
    form(dana).close()
    title("Raj reads strength and focus, and nothing of the market")
    click.echo(f"({raj.name} sees)\n{raj.dm[-1].text}")
    dana.slash("/binder account northwind")
    shows(dana, "/binder account northwind: who knows whom")
    form(dana).close()
