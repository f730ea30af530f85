"""Living with Windshield in a browser: the product, a pretend Slack, and a seeded organisation."""

import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import click

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.demo import organisation
from bot.demo.quiet import only_errors
from bot.jobs.exporting import Exports
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.manifest import manifest_path
from bot.scheduler import Beside, Scheduler
from bot.services.delivery import queue
from bot.serving.sockets import SocketMode
from slack_sandbox import Sandbox
from slack_sandbox.page import Page
from storage.database.engine import FILE_PATIENCE, Database
from storage.migrations import migrate

BEGINS = datetime(2026, 11, 23, 6, 45, tzinfo=UTC)
"""A Monday: a quarter to eight in Berlin."""

TICK = 1.0
"""Seconds: whoever moves the clock does not want to wait for half a minute."""


class Seeded(NamedTuple):
    """The organisation in a pretend Slack, with the product installed."""

    windshield: Windshield
    settings: Settings
    slack: Sandbox
    teams: list[organisation.Team]


def serve(port: int) -> None:
    """Serve the page until the process is told to stop."""
    stopped = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stopped.set())
    with living(port) as page:
        click.echo(f"Windshield with a pretend Slack: {page.address}")
        click.echo("Choose who you are, and try /todo, /touch and the Home tab. Ctrl+C ends it.")
        stopped.wait()


@contextmanager
def living(port: int, *, ticking: bool = True) -> Iterator[Page]:
    """The whole organisation, with the product at work in it, and its page."""
    page = Page()
    with (
        seeded(port, page, ticking=ticking) as there,
        _at_work(there.windshield, there.settings, there.slack, page),
    ):
        yield page


@contextmanager
def seeded(port: int, page: Page, *, ticking: bool) -> Iterator[Seeded]:
    """The whole organisation in a pretend Slack, with the product installed and not yet at work."""
    with (
        only_errors(),
        TemporaryDirectory() as folder,
        Sandbox(manifest_path(), now=BEGINS, port=port, ticking=ticking, page=page) as slack,
    ):
        teams = organisation.found(slack)
        settings = Settings(
            bot_token=slack.bot_token,
            app_token=slack.app_token,
            slack_api_url=slack.api_url,
            database_url=f"sqlite:///{Path(folder) / 'windshield.db'}",
        )
        database = Database(settings.database_url)
        migrate(database)
        windshield = assemble(settings, database, clock=slack.clock)
        workspace = next(iter(windshield.app.workspaces.values()))
        # Nobody's Slack waits for the past, however slow the machine.
        unhurried = Database(settings.database_url, patience=FILE_PATIENCE)
        organisation.live(replace(windshield.app, database=unhurried), workspace, teams, BEGINS)
        unhurried.close()
        yield Seeded(windshield, settings, slack, teams)


@contextmanager
def _at_work(
    windshield: Windshield, settings: Settings, slack: Sandbox, page: Page
) -> Iterator[None]:
    transport = SocketMode(windshield, settings.app_token, settings.slack_api_url)
    stopping = threading.Event()
    app = windshield.app
    heart = Heartbeat(app, all_kinds(), stopping)
    beating = threading.Lock()
    exports = Exports(app, stopping)
    beside = Beside(lambda: exports.work(app.clock.now()), stopping)

    def beat() -> None:
        with beating:
            heart.beat(app.clock.now())
        beside.go()

    def tick() -> float | None:
        beat()
        return None

    served = sorted(app.workspaces.values())
    page.next_event = lambda: queue.next_event(app.database, served)
    page.moved = beat
    scheduler = Scheduler(tick, TICK, stopping)
    app.bell.listen(scheduler.hurry)
    transport.start()
    slack.wait_for_app()
    beside.start()
    scheduler.start()
    try:
        yield
    finally:
        scheduler.stop()
        beside.stop()
        transport.stop()
