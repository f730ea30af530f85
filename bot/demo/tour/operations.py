"""What sales operations does on the command line."""

from collections.abc import Callable
from pathlib import Path
from typing import TypeAlias

import click

from bot.context import AppContext
from bot.demo.tour.stage import ZONES, beat, form, title
from bot.jobs.exporting import Exports
from bot.jobs.heartbeat import Heartbeat
from slack_sandbox import Person, Sandbox

Command: TypeAlias = Callable[[list[str]], object]
"""Runs a command line of windshield."""

OTHER_TEAMS = 12
REPS_A_TEAM = 8


def import_roster(slack: Sandbox, folder: Path, command: Command) -> None:
    """Sales operations sets up the rest of the company from a file."""
    size = OTHER_TEAMS * (REPS_A_TEAM + 1)
    people = slack.add_people(
        (f"Colleague {number:04}", ZONES[number % len(ZONES)]) for number in range(size)
    )
    lines = ["manager_id,rep_id,time_zone"]
    for team in range(OTHER_TEAMS):
        manager, *reps = people[team * (REPS_A_TEAM + 1) :][: REPS_A_TEAM + 1]
        lines += [f"{manager.id},{rep.id},{ZONES[team % len(ZONES)]}" for rep in reps]
    file = folder / "roster.csv"
    file.write_text("\n".join(lines), encoding="utf-8")
    title("Sales operations: the roster of the other teams")
    click.echo(f"$ windshield import roster roster.csv    ({len(lines) - 1} lines)")
    command(["import", "roster", str(file)])
    click.echo("$ windshield import roster roster.csv    (once more)")
    command(["import", "roster", str(file)])


def take_binder(slack: Sandbox, app: AppContext, heart: Heartbeat, dana: Person) -> None:
    """A manager takes their own binder out of Slack, with what is theirs alone."""
    dana.slash("/binder export")
    form(dana).fill("As", "JSON, complete, for other programs")
    form(dana).fill("My private notes", ["Put mine in too"])
    form(dana).submit()
    form(dana).close_all()
    beat(slack, heart)
    Exports(app).work(slack.clock.now())
    beat(slack, heart)
    title("The manager's own binder, as a file in Slack")
    file = next(message for message in reversed(dana.dm) if message.files)
    click.echo(f"(Dana Moss sees)\n{file.text}")
    assert dana.sees("Your binder is here, as a file.")


def export_team(dana: Person, command: Command) -> None:
    title("Sales operations: everything of a team, but for private notes")
    click.echo(f"$ windshield export --manager {dana.id}")
    command(["export", "--manager", dana.id])
