"""A process whose heart beats when it is told to, and which dies when it is told to.

It is ready when it says so, and then takes one order a line (JSON). Each beat is made by a child of
its own, so that it may die and the next be there at once; what became of it is answered in a line.
The first few children that live take the next orders themselves: they have compiled the statements
by then, which takes longer than to beat.
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
WARM = 5
"""How many children go on as the process that takes orders."""


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
    """Counts the moments of a beat, and ends the process at the one that was ordered."""

    moments = 0
    die_at: int | None = None

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


def beat(settings: Settings, database: Database, fate: Fate, order: Order) -> Answer:
    now = datetime.fromisoformat(order.now)
    fate.moments, fate.die_at = 0, order.die_at
    messenger = MortalMessenger(settings.bot_token, settings.api_url, fate)
    served = {settings.team_id: settings.workspace_id}
    app = AppContext(database, messenger, StandingClock(now), served)
    kinds = all_kinds() if settings.own_kinds else probe_kinds()
    counts = Heartbeat(app, kinds).beat(now)
    database.close()
    return Answer(counts.sent, fate.moments)


def serve(settings: Settings) -> None:
    database, fate = Database(settings.database_url, (settings.secret_key,)), Fate()
    fate.follow(database)
    say(READY)
    lived = 0
    while line := sys.stdin.readline():
        child = os.fork()
        if child == 0:
            answer = beat(settings, database, fate, Order(**json.loads(line)))
            say(json.dumps(asdict(answer)))
            lived += 1
            if lived > WARM:
                os._exit(0)
            continue
        _, status = os.waitpid(child, 0)
        if os.WIFSIGNALED(status):
            say(json.dumps(asdict(Answer(None, None))))
        elif lived < WARM:
            return


def say(words: str) -> None:
    sys.stdout.write(words + "\n")
    sys.stdout.flush()
