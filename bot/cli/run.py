"""`windshield run`: the bot, by Socket Mode or by HTTP."""

import logging
import signal
import sys
import threading
from typing import TYPE_CHECKING

import click

from bot.cli.edge import CommandError, opened, plain_errors, spare_the_collector

if TYPE_CHECKING:
    from bot.app import Windshield
    from bot.config import Settings
    from bot.scheduler import Scheduler
    from bot.serving.http import Http
    from bot.serving.sockets import SocketMode
    from storage.engine import Database


@click.command()
def run() -> None:
    """Run the bot: Socket Mode when SLACK_APP_TOKEN is set, else HTTP on PORT."""
    with plain_errors():
        from bot.config import read_settings

        settings = read_settings()
        _check(settings)
        logging.basicConfig(
            level=settings.log_level,
            format="%(asctime)s %(levelname)s %(name)s %(message)s",
            stream=sys.stderr,
        )
        with opened(settings) as database:
            _serve(settings, database)


def _check(settings: "Settings") -> None:
    """What must be set before anything can start."""
    if not settings.bot_token:
        raise CommandError("SLACK_BOT_TOKEN is not set. It begins with xoxb-; see README.md.")
    if not settings.app_token and not settings.signing_secret:
        raise CommandError(
            "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP; see README.md."
        )


def _serve(settings: "Settings", database: "Database") -> None:
    from bot.app import assemble
    from storage.version import HEAD, version

    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    if version(database) != HEAD:
        from storage.migrations import migrate

        migrate(database)
    windshield = assemble(settings, database)
    door = _door(windshield, settings)
    scheduler = _scheduler(windshield, settings)
    spare_the_collector()
    door.start()
    scheduler.start()
    click.echo(door.greeting, err=True)
    while not stopped.wait(settings.tick_seconds):
        scheduler.mend()
    click.echo("Stopping: letting running work finish.", err=True)
    scheduler.stop()
    door.stop()


def _scheduler(windshield: "Windshield", settings: "Settings") -> "Scheduler":
    """The heartbeat, and what is done once a day, in a thread of their own."""
    from bot.jobs.heartbeat import Heartbeat
    from bot.jobs.kinds import all_kinds
    from bot.jobs.upkeep import Upkeep
    from bot.scheduler import Scheduler

    parts, stopping = windshield.parts, threading.Event()
    kinds = all_kinds()
    heartbeat = Heartbeat(parts, kinds, stopping)
    upkeep = Upkeep(parts, kinds.drawn_for, stopping)

    def beat() -> float | None:
        counts = heartbeat.beat(parts.clock.now())
        upkeep.step(parts.clock.now())
        if counts.next_try is None:
            return None
        return (counts.next_try - parts.clock.now()).total_seconds()

    return Scheduler(beat, settings.tick_seconds, stopping)


def _door(windshield: "Windshield", settings: "Settings") -> "SocketMode | Http":
    if settings.app_token:
        from bot.serving.sockets import SocketMode

        return SocketMode(windshield, settings.app_token, settings.slack_api_url)
    from bot.serving.http import Http

    return Http(windshield, settings.port, settings.signing_secret)
