"""A manager's first six weeks, and two quarters of results, played against the pretend Slack and
printed as each person sees them."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.context import AppContext
from bot.demo.quiet import only_errors
from bot.demo.tour import (
    contacts,
    field_days,
    further,
    handing_over,
    meetings,
    operations,
    results,
    sessions,
    team,
    todo,
)
from bot.demo.tour.later_weeks import live_on, tell_counts
from bot.demo.tour.operations import Command
from bot.demo.tour.stage import counting, shows, title
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.manifest import manifest_path
from bot.serving.sockets import SocketMode
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.migrations import migrate

MONDAY = datetime(2026, 11, 23, 8, 30, tzinfo=UTC)
REPS = (
    "Sam Stone",
    "Lena Fox",
    "Raj Rao",
    "Ines Ortega",
    "Tom Ash",
    "Ada Ek",
    "Ben Cole",
    "Mia Lo",
)
PATIENCE = 15
"""Seconds for the bot to finish what a press began."""


def play(port: int, command: Command) -> None:
    """Play the first weeks; ends well, or with the assertion that did not hold. `command` runs a
    command line of windshield."""
    with (
        # One line for each thing said is enough here; the bot's own log would stand in between.
        only_errors(),
        TemporaryDirectory() as folder,
        Sandbox(manifest=manifest_path(), now=MONDAY, port=port) as slack,
        _environment(slack, Path(folder)) as settings,
    ):
        title(f"Windshield against a pretend Slack on {slack.api_url}")
        dana = slack.add_person("Dana Moss", tz="Europe/Berlin")
        reps = [slack.add_person(name, tz="Europe/Berlin") for name in REPS]
        channel = slack.add_channel("emea-sales", [dana, *reps])
        costs: dict[str, int] = {}
        operations.import_roster(slack, Path(folder), command)
        with _windshield(slack, settings) as (app, heart):
            with counting(dana, "Eight reps set up", costs):
                team.set_up(dana, reps, channel)
            team.see_first_list(slack, heart, dana)
            contacts.log_touches(dana, costs)
            contacts.raise_something(dana, reps[0])
            contacts.write_note(dana)
            contacts.open_binder(dana)
            todo.go_to_monday(slack, heart, dana)
            todo.go_through_week(slack, heart, dana)
            field_days.ride_along(dana, reps[1], costs)
            field_days.ride(dana, reps[2])
            meetings.meet(slack, heart, dana, reps, channel)
            sessions.sit_down(slack, heart, dana, reps[2])
            with counting(dana, "A session with three steps to each of four topics", costs):
                sessions.talk_it_all_through(dana)
            shows(dana, "Four topics with three steps each, shared, and the next one planned")
            contacts.tell_the_team(slack, heart, dana, reps[0], channel)
            live_on(slack, heart, dana, costs)
            tell_counts(slack, [dana, *reps], channel, costs)
            further.look_ahead(slack, heart, dana, reps, channel)
            results.live_two_quarters(slack, app, heart, dana, reps)
            operations.take_binder(slack, app, heart, dana)
            handing_over.pass_rep_on(slack, heart, dana, reps[2])
        operations.export_team(dana, command)
        broken = slack.violations
    click.echo(f"\nSlack's rules broken on the way: {len(broken)}")
    if broken:
        raise click.ClickException("; ".join(violation.detail for violation in broken))


@contextmanager
def _environment(slack: Sandbox, folder: Path) -> Iterator[Settings]:
    """The settings of the sandbox, in the process too, for the commands that read them there."""
    settings = Settings(
        bot_token=slack.bot_token,
        app_token=slack.app_token,
        slack_api_url=slack.api_url,
        database_url=f"sqlite:///{folder}/windshield.db",
    )
    values = {
        "SLACK_BOT_TOKEN": settings.bot_token,
        "SLACK_API_URL": settings.slack_api_url,
        "DATABASE_URL": settings.database_url,
        "WINDSHIELD_SECRET_KEY": "",
    }
    before = {name: os.environ.get(name) for name in values}
    os.environ.update(values)
    try:
        yield settings
    finally:
        for name, value in before.items():
            if value is None:
                del os.environ[name]
            else:
                os.environ[name] = value


@contextmanager
def _windshield(slack: Sandbox, settings: Settings) -> Iterator[tuple[AppContext, Heartbeat]]:
    database = Database(settings.database_url)
    migrate(database)
    windshield = assemble(settings, database, clock=slack.clock)
    transport = SocketMode(windshield, settings.app_token, settings.slack_api_url)
    slack.settle = lambda: _idle(windshield)
    transport.start()
    slack.wait_for_app()
    try:
        yield windshield.app, Heartbeat(windshield.app, all_kinds())
    finally:
        transport.stop()


def _idle(windshield: Windshield) -> None:
    assert windshield.listeners.wait_until_idle(PATIENCE), "the bot did not come to rest"
