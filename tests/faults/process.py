"""A process whose heart beats when it is told to, and which dies when it is told to.

`python -m tests.faults.process SETTINGS` (JSON) is ready when it says so, and then takes one order
a line (JSON). Each beat is made by a child of its own, so that it may die and the next be there at
once; what became of it is answered in a line.
"""

import json
import os
import signal
import sys
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import event

from bot.clock import StandingClock
from bot.context import AppContext
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.kinds import all_kinds
from bot.messenger import Messenger
from storage.database.engine import Database
from tests.faults.probe import probe_kinds

READY = "ready"


@dataclass(frozen=True)
class Settings:
    """Where the process finds the database and Slack."""

    database_url: str
    secret_key: str
    bot_token: str
    api_url: str
    team_id: str
    workspace_id: int
    own_kinds: bool = False
    """Whether it sends the product's own messages, rather than those of the probe."""


@dataclass(frozen=True)
class Order:
    """Beat as of `now`, and die at that moment, counting from 1; None: live.

    A moment is before and after each statement, commit, and call to Slack.
    """

    now: str
    die_at: int | None = None


@dataclass(frozen=True)
class Answer:
    """How many messages were sent and how many moments there were; None of one that died."""

    sent: int | None
    moments: int | None


class Fate:
    """Counts the moments, and ends the process at the one that was ordered."""

    def __init__(self, die_at: int | None) -> None:
        self.moments = 0
        self.die_at = die_at

    def moment(self, *_: Any) -> None:
        self.moments += 1
        if self.moments == self.die_at:
            os.kill(os.getpid(), signal.SIGKILL)

    def follow(self, database: Database) -> None:
        for name in ("before_cursor_execute", "after_cursor_execute", "commit"):
            event.listen(database.engine, name, self.moment)


class MortalMessenger(Messenger):
    """The way to Slack, with a moment before and after each call."""

    def __init__(self, token: str, api_url: str, fate: Fate) -> None:
        super().__init__(token, api_url)
        self.fate = fate

    def _call(self, method: Any, **arguments: Any) -> Any:
        self.fate.moment()
        answer = super()._call(method, **arguments)
        self.fate.moment()
        return answer


def beat(settings: Settings, order: Order) -> Answer:
    now, fate = datetime.fromisoformat(order.now), Fate(order.die_at)
    database = Database(settings.database_url, (settings.secret_key,))
    fate.follow(database)
    messenger = MortalMessenger(settings.bot_token, settings.api_url, fate)
    served = {settings.team_id: settings.workspace_id}
    app = AppContext(database, messenger, StandingClock(now), served)
    kinds = all_kinds() if settings.own_kinds else probe_kinds()
    counts = Heartbeat(app, kinds).beat(now)
    database.close()
    return Answer(counts.sent, fate.moments)


def serve(settings: Settings) -> None:
    say(READY)
    for line in sys.stdin:
        child = os.fork()
        if child == 0:
            say(json.dumps(asdict(beat(settings, Order(**json.loads(line))))))
            os._exit(0)
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            say(json.dumps(asdict(Answer(None, None))))


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()


if __name__ == "__main__":
    serve(Settings(**json.loads(sys.argv[1])))
