"""In a process of its own: the bot by Socket Mode, on a clock that goes on from an instant."""

import signal
import sys
import threading
from datetime import UTC, datetime

from bot.app import assemble
from bot.cli.edge import tune_gc
from bot.cli.run import scheduler_of
from bot.config import read_settings
from bot.serving.sockets import SocketMode
from storage.database.engine import Database


class ShiftedClock:
    """The machine's clock, moved so that it was that instant when this began."""

    def __init__(self, began: datetime) -> None:
        self._by = began - datetime.now(UTC)

    def now(self) -> datetime:
        return datetime.now(UTC) + self._by


def main() -> None:
    stopped = threading.Event()
    signal.signal(signal.SIGTERM, lambda *_: stopped.set())
    settings = read_settings()
    clock = ShiftedClock(datetime.fromisoformat(sys.argv[1]))
    windshield = assemble(settings, Database(settings.database_url), clock=clock)
    transport = SocketMode(windshield, settings.app_token, settings.slack_api_url)
    scheduler, beside = scheduler_of(windshield, settings)
    tune_gc()
    transport.start()
    beside.start()
    scheduler.start()
    stopped.wait()
    scheduler.stop()
    beside.stop()
    transport.stop()


if __name__ == "__main__":
    main()
