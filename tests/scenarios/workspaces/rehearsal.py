"""The same request tried in many ways from the same moment: Slack and the database are put back
after each."""

import copy
import json
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from itertools import count
from typing import Any

import pytest
from slack_bolt import BoltRequest
from sqlalchemy import make_url

from slack_sandbox.journal import ApiCall, Json
from storage.models import Base
from tests.scenarios.conftest import World, settled

ENCRYPTED = b"gAAAA"


@dataclass(frozen=True)
class Run:
    """What became of a request: how it was acknowledged, what Slack was asked for meanwhile, and
    what the database holds, by table."""

    status: int
    answer: Json
    calls: list[ApiCall]
    database: dict[str, list[Any]]

    @property
    def asked(self) -> list[tuple[str, Json, str | None]]:
        return [(call.method, call.arguments, call.error) for call in self.calls]

    def changed(self, before: dict[str, list[Any]], beside: frozenset[str] = frozenset()) -> bool:
        """Whether anything is kept otherwise than before, `beside` those tables."""
        return any(self.database[name] != before[name] for name in before if name not in beside)


@dataclass
class Moment:
    """How everything stood."""

    at: datetime
    database: sqlite3.Connection
    slack: dict[int, tuple[object, dict[str, Any]]] = field(default_factory=dict)


class _Impatient:
    time = staticmethod(time.time)

    @staticmethod
    def sleep(_seconds: float) -> None:
        time.sleep(0.0005)


class Rehearsal:
    """Works on SQLite alone, whose whole database is put back in a millisecond."""

    def __init__(self, world: World, patch: pytest.MonkeyPatch) -> None:
        self.world = world
        path = str(make_url(str(world.database.engine.url)).database)
        self._connection = sqlite3.connect(path, check_same_thread=False)
        # Nothing here has to outlive a power cut.
        self._connection.execute("PRAGMA synchronous = OFF")
        self._numbers = count()
        # Bolt looks every 10 ms whether a listener has answered.
        patch.setattr("slack_bolt.listener.thread_runner.time", _Impatient)
        patch.setattr("secrets.token_hex", lambda size: f"{next(self._numbers):0{2 * size}x}")

    @contextmanager
    def attempts(self) -> Iterator["Attempts"]:
        """Meanwhile each attempt begins where the first did, and so does what comes after."""
        attempts = Attempts(self)
        try:
            yield attempts
        finally:
            attempts.moment.database.close()

    def run(self, body: Json) -> Run:
        """Let the app have it, as if Slack had sent it just now."""
        slack = self.world.slack
        entries = slack._journal._entries
        begun = len(entries)
        self._numbers = count()
        with slack._workspace.lock:
            trigger = slack._interactions.triggers.get(str(body.get("trigger_id")))
            if trigger is not None:
                trigger.given, trigger.used = slack.clock.moment(), False
        request = BoltRequest(mode="socket_mode", body=copy.deepcopy(body))
        answer = self.world.product.bolt.dispatch(request)
        settled(self.world.product)
        said = json.loads(answer.body) if answer.body.startswith("{") else {"text": answer.body}
        calls = [one for one in entries[begun:] if isinstance(one, ApiCall)]
        return Run(answer.status, said, calls, self.database())

    def allow(self) -> None:
        """Slack has not counted any call yet, and holds nothing back."""
        rates = self.world.slack._rates
        rates._calls.clear()
        rates._channels.clear()
        rates._held_until.clear()
        self.world.slack.faults._waiting.clear()
        self.world.product.app.messenger._posts_held_until = None

    def version(self) -> int:
        """Another number whenever the product has written something."""
        return int(self._connection.execute("PRAGMA data_version").fetchone()[0])

    def database(self) -> dict[str, list[Any]]:
        """All that is kept, by table."""
        connection = self._connection
        found = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        names = [name for (name,) in found if not name.startswith(("sqlite_", "alembic_"))]
        rows = {name: connection.execute(f'SELECT * FROM "{name}"').fetchall() for name in names}
        return {name: [_readable(row) for row in found] for name, found in rows.items()}

    def rows(self) -> dict[str, dict[int, dict[str, Any]]]:
        """All that is kept, encrypted as it is: by table, by id, by column."""
        connection = self._connection
        found: dict[str, dict[int, dict[str, Any]]] = {}
        for table in Base.metadata.tables:
            cursor = connection.execute(f'SELECT * FROM "{table}"')
            names = [one[0] for one in cursor.description]
            rows = [dict(zip(names, values, strict=True)) for values in cursor]
            found[table] = {row["id"]: row for row in rows}
        return found

    def remember(self) -> Moment:
        """How everything stands, to be brought back as often as wanted."""
        kept = sqlite3.connect(":memory:")
        self._connection.backup(kept)
        moment = Moment(self.world.slack.clock.now(), kept)
        with self.world.slack._workspace.lock:
            memo = self._itself()
            for one in [*memo.values()]:
                moment.slack[id(one)] = (one, _state(one, memo))
        return moment

    def back_to(self, moment: Moment) -> None:
        moment.database.backup(self._connection)
        with self.world.slack._workspace.changing():
            memo = {key: one for key, (one, _) in moment.slack.items()}
            for one, state in moment.slack.values():
                vars(one).update(_copied(state, memo))
        if self.world.slack.clock.now() != moment.at:
            self.world.slack.clock.move_to(moment.at)
        self.allow()

    def _itself(self) -> dict[int, Any]:
        """Everything of the pretend Slack that changes and that others point to, by identity."""
        slack = self.world.slack
        workspace, interactions = slack._workspace, slack._interactions
        found: list[Any] = [workspace, interactions, *workspace.members.values()]
        found += [*workspace.channels.values(), *workspace.views.values()]
        found += [post for channel in workspace.channels.values() for post in channel.posts]
        found += [post for posts in workspace.ephemerals.values() for post in posts]
        found += [*interactions.triggers.values(), *interactions.response_urls.values()]
        found += [url.original for url in interactions.response_urls.values() if url.original]
        return {id(one): one for one in found}


class Attempts:
    """Whatever is done in one of them never was. `before` is what the database holds."""

    def __init__(self, rehearsal: Rehearsal) -> None:
        self.rehearsal = rehearsal
        self.moment = rehearsal.remember()
        self.before = rehearsal.database()

    @contextmanager
    def another(self) -> Iterator[None]:
        try:
            yield
        finally:
            self.rehearsal.back_to(self.moment)

    def run(self, body: Json) -> Run:
        """Let the app have it, in an attempt of its own."""
        with self.another():
            return self.rehearsal.run(body)


SHARED = {"manifest", "clock", "journal", "lock", "changed", "watchers", "workspace"}
WHOLE = {"blocks", "definition", "metadata", "original", "born", "given"}
"""What is only ever exchanged as a whole."""


def _state(one: object, memo: dict[int, Any]) -> dict[str, Any]:
    return _copied({name: v for name, v in vars(one).items() if name not in SHARED}, memo)


def _copied(state: dict[str, Any], memo: dict[int, Any]) -> dict[str, Any]:
    return {
        name: value if name in WHOLE else copy.deepcopy(value, dict(memo))
        for name, value in state.items()
    }


def _readable(row: tuple[Any, ...]) -> tuple[Any, ...]:
    """What is encrypted is written otherwise each time."""
    return tuple(
        ENCRYPTED if isinstance(value, bytes) and value.startswith(ENCRYPTED) else value
        for value in row
    )


Watcher = Callable[[str, str, Json], None]


@contextmanager
def watching(world: World, watch: Watcher) -> Iterator[None]:
    """Meanwhile each payload is shown to `watch` (its kind, its name, itself) right before the app
    gets it."""
    deliveries = world.slack._deliveries
    deliver, deliver_event = deliveries.deliver, deliveries.deliver_event
    here = threading.current_thread()

    def shown(kind: Any, payload: str, summary: str, answered: Any) -> Any:
        body = json.loads(payload)
        watch(kind.value, name_of(body), body)
        return deliver(kind, payload, summary, answered)

    def event_shown(payload: str, summary: str, *, twice: bool) -> Any:
        # What the app's own posts cause is told by the pretend Slack in a thread of its own.
        if threading.current_thread() is here:
            body = json.loads(payload)
            watch("events_api", name_of(body), body)
        return deliver_event(payload, summary, twice=twice)

    deliveries.deliver = shown  # type: ignore[method-assign]
    deliveries.deliver_event = event_shown  # type: ignore[method-assign]
    try:
        yield
    finally:
        deliveries.deliver = deliver  # type: ignore[method-assign]
        deliveries.deliver_event = deliver_event  # type: ignore[method-assign]


def name_of(body: Json) -> str:
    """What its listener is registered under."""
    if "command" in body:
        return str(body["command"])
    if "event" in body:
        return str(body["event"]["type"])
    if body["type"] == "block_actions":
        return str(body["actions"][0]["action_id"])
    if body["type"] in ("view_submission", "view_closed"):
        return str(body["view"]["callback_id"])
    return str(body["callback_id"])
