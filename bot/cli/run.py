"""`windshield run`: the bot, by Socket Mode or by HTTP."""

import select
import signal
import socket
import threading
from typing import TYPE_CHECKING, Self

import click

from bot.cli.edge import (
    CommandError,
    log_to_stderr,
    opened,
    plain_errors,
    port_refused,
    tune_gc,
)

if TYPE_CHECKING:
    from bot.app import Windshield
    from bot.config import Settings
    from bot.scheduler import Beside, Scheduler
    from bot.serving.http import Http
    from bot.serving.sockets import SocketMode
    from storage.database.engine import Database


@click.command()
def run() -> None:
    """Run the bot: Socket Mode when SLACK_APP_TOKEN is set, else HTTP on PORT."""
    with plain_errors():
        from bot.config import read_settings

        settings = read_settings()
        _check(settings)
        log_to_stderr(settings)
        with opened(settings) as database, _Signals() as stop:
            _serve(settings, database, stop)


def _check(settings: "Settings") -> None:
    """What must be set before anything can start."""
    if not settings.bot_token:
        raise CommandError("SLACK_BOT_TOKEN is not set. It begins with xoxb-; see README.md.")
    if not settings.app_token and not settings.signing_secret:
        raise CommandError(
            "Set SLACK_APP_TOKEN for Socket Mode, or SLACK_SIGNING_SECRET for HTTP; see README.md."
        )


def _serve(settings: "Settings", database: "Database", stop: "_Signals") -> None:
    from bot.app import assemble
    from storage.database.version import HEAD, version

    if version(database) != HEAD:
        from storage.migrations import migrate

        migrate(database)
    windshield = assemble(settings, database)
    scheduler, beside = scheduler_of(windshield, settings)
    beside.start()
    try:
        transport = _transport(windshield, settings)
        transport.start()
    except OSError as error:
        raise port_refused(error, settings.port, "set another PORT") or error from error
    click.echo(transport.greeting, err=True)
    scheduler.start()
    # It looks at everything that was loaded, which nobody need wait for.
    tune_gc()
    while not stop.came(settings.tick_seconds):
        scheduler.mend()
    click.echo("Stopping: letting running work finish.", err=True)
    scheduler.stop()
    beside.stop()
    transport.stop()


class _Signals:
    """SIGTERM and SIGINT, heard at once.

    Not an Event that a handler sets: a signal that comes while the main thread begins to wait for
    one is not seen before the wait is over, or finds the Event's lock taken by that very thread.
    What Python writes to a socket as the signal comes is seen in any case
    (https://docs.python.org/3/library/signal.html#signal.set_wakeup_fd).
    """

    def __enter__(self) -> Self:
        self._heard, self._told = socket.socketpair()
        self._told.setblocking(False)
        self._before = signal.set_wakeup_fd(self._told.fileno())
        for number in (signal.SIGTERM, signal.SIGINT):
            signal.signal(number, lambda *_: None)
        return self

    def __exit__(self, *_: object) -> None:
        signal.set_wakeup_fd(self._before)
        self._heard.close()
        self._told.close()

    def came(self, seconds: float) -> bool:
        """Whether one came, or comes within so many seconds."""
        heard, _, _ = select.select([self._heard], [], [], seconds)
        return bool(heard)


def scheduler_of(windshield: "Windshield", settings: "Settings") -> tuple["Scheduler", "Beside"]:
    """The heartbeat, and what is done once a day, in a thread of their own; and what is made beside
    them, in another."""
    from bot.jobs.exporting import Exports
    from bot.jobs.heartbeat import Heartbeat
    from bot.jobs.kinds import all_kinds
    from bot.jobs.upkeep import Upkeep
    from bot.scheduler import Beside, Scheduler

    app, stopping = windshield.app, threading.Event()
    kinds = all_kinds()
    heartbeat = Heartbeat(app, kinds, stopping)
    upkeep = Upkeep(app, kinds.drawn_for, stopping)
    exports = Exports(app, stopping)
    beside = Beside(lambda: exports.work(app.clock.now()), stopping)

    def beat() -> float | None:
        counts = heartbeat.beat(app.clock.now())
        beside.go()
        upkeep.step(app.clock.now())
        if counts.next_try is None:
            return None
        return (counts.next_try - app.clock.now()).total_seconds()

    scheduler = Scheduler(beat, settings.tick_seconds, stopping)
    app.bell.listen(scheduler.hurry)
    return scheduler, beside


def _transport(windshield: "Windshield", settings: "Settings") -> "SocketMode | Http":
    if settings.app_token:
        from bot.serving.sockets import SocketMode

        return SocketMode(windshield, settings.app_token, settings.slack_api_url)
    from bot.serving.http import Http

    return Http(windshield, settings.port, settings.signing_secret)
