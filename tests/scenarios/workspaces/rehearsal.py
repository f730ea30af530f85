"""The same request tried in many ways from the same moment: Slack and the database are put back
after each."""

import copy
import json
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from itertools import count
from typing import Any, TypeVar
from zlib import crc32

import pytest
from slack_bolt import Ack, BoltRequest, BoltResponse

from bot.services.sessions.autosave import THREAD as AUTOSAVE
from bot.views.block_kit.ids import AppointmentAction, FieldDayAction, RaisedAction, SessionAction
from slack_sandbox.journal import ApiCall, Json
from storage.database.engine import Database
from storage.database.types import CIPHER_ATTRIBUTE, Cipher
from tests.scenarios.conftest import World, settled
from tests.scenarios.workspaces.standing import Rows, Table, standing_of

Made = TypeVar("Made")
ENCRYPTED = b"gAAAA"


@dataclass(frozen=True)
class Answered:
    """What became of a request: how it was acknowledged, and what Slack was asked for meanwhile."""

    status: int
    answer: Json
    calls: list[ApiCall]

    @property
    def asked(self) -> list[tuple[str, Json, str | None]]:
        return [(call.method, call.arguments, call.error) for call in self.calls]


@dataclass(frozen=True)
class Run(Answered):
    """The same with what the database holds after it, by table."""

    database: dict[str, list[Any]]

    def changed(self, before: dict[str, list[Any]], beside: frozenset[str] = frozenset()) -> bool:
        """Whether anything is kept otherwise than before, `beside` those tables."""
        return any(self.database[name] != before[name] for name in before if name not in beside)


@dataclass
class Moment:
    """How everything stood."""

    at: datetime
    database: Any
    rows: Rows | None
    """What the database holds, where that was read."""
    slack: dict[int, tuple[object, dict[str, Any]]] = field(default_factory=dict)


class _Impatient:
    """What Bolt looks at while a listener has not answered, every 10 ms: it is woken instead. A
    look that just missed the answer is made up for soon."""

    time = staticmethod(time.time)
    answered = threading.Condition()

    @classmethod
    def sleep(cls, _seconds: float) -> None:
        with cls.answered:
            cls.answered.wait(0.005)


def _noted(ack: Ack, name: str, value: object) -> None:
    object.__setattr__(ack, name, value)
    with _Impatient.answered:
        _Impatient.answered.notify_all()


TYPING = {
    SessionAction.WITHIN.value,
    FieldDayAction.WITHIN.value,
    AppointmentAction.PREPARE_WITHIN.value,
    RaisedAction.CLEARED_WITHIN.value,
}
"""What tells of each character: nobody is interrupted in the middle of a word, whatever is wrong;
what becomes of it then is in tests/services/test_autosave.py."""


class Rehearsal:
    def __init__(self, world: World, patch: pytest.MonkeyPatch) -> None:
        self.world = world
        self._standing = standing_of(world.database.engine)
        self._rows: Rows = {}
        self._version: object = None
        self._made: dict[tuple[Any, str], tuple[Table, Any]] = {}
        cipher: Cipher = getattr(world.database.engine.dialect, CIPHER_ATTRIBUTE)
        self._decrypt = cache(cipher.decrypt)
        self._numbers = count()
        patch.setattr("slack_bolt.listener.thread_runner.time", _Impatient)
        patch.setattr(Ack, "__setattr__", _noted)
        patch.setattr("secrets.token_hex", lambda size: f"{next(self._numbers):0{2 * size}x}")

    @contextmanager
    def attempts(self) -> Iterator["Attempts"]:
        """Meanwhile each attempt begins where the first did, and so does what comes after."""
        attempts = Attempts(self)
        yield attempts

    def run(self, body: Json) -> Run:
        """Let the app have it, as if Slack had sent it just now, and look at what is kept then."""
        sent = self.send(body)
        return Run(sent.status, sent.answer, sent.calls, self.database())

    def send(self, body: Json) -> Answered:
        """Let the app have it, as if Slack had sent it just now."""
        begun = len(self.world.slack._journal._entries)
        self._numbers = count()
        self.renew(body)
        request = BoltRequest(mode="socket_mode", body=copy.deepcopy(body))
        answer = self.world.product.bolt.dispatch(request)
        self.rest()
        return self._ran(answer, begun)

    def rest(self) -> None:
        """Wait until the product does nothing any more, and all that was typed is kept."""
        settled(self.world.product)
        assert self.world.product.app.autosave.wait_until_idle(timeout=15)

    def renew(self, body: Json) -> None:
        """It was done just now, whatever was tried meanwhile."""
        slack = self.world.slack
        with slack._workspace.lock:
            trigger = slack._interactions.triggers.get(str(body.get("trigger_id")))
            if trigger is not None:
                trigger.given, trigger.used = slack.clock.moment(), False

    def send_at_once(self, bodies: Sequence[Json]) -> Answered:
        """Let the app have all of them, each in a thread of its own; what the first was answered.

        The first time each of them would write, it waits for the others to be as far."""
        begun = len(self.world.slack._journal._entries)
        self._numbers = count()
        for body in bodies:
            self.renew(body)
        requests = [BoltRequest(mode="socket_mode", body=copy.deepcopy(body)) for body in bodies]
        with (
            _meeting_before_they_write(len(bodies)),
            ThreadPoolExecutor(max_workers=len(bodies)) as threads,
        ):
            answers = list(threads.map(self.world.product.bolt.dispatch, requests))
            self.rest()
        return self._ran(answers[0], begun)

    def _ran(self, answer: BoltResponse, begun: int) -> Answered:
        said = json.loads(answer.body) if answer.body.startswith("{") else {"text": answer.body}
        entries = self.world.slack._journal._entries
        calls = [one for one in entries[begun:] if isinstance(one, ApiCall)]
        return Answered(answer.status, said, calls)

    def allow(self) -> None:
        """Slack has not counted any call yet, and holds nothing back."""
        rates = self.world.slack._rates
        rates._calls.clear()
        rates._channels.clear()
        rates._held_until.clear()
        self.world.slack.faults._waiting.clear()
        self.world.product.app.messenger._posts_held_until = None

    def version(self) -> object:
        """Another value whenever the product has written something."""
        return self._standing.version()

    def database(self) -> dict[str, list[Any]]:
        """All that is kept, by table."""
        return self.by_table(Rehearsal._readable)

    def decrypted(self) -> Mapping[str, Sequence[Mapping[str, Any]]]:
        """All that is kept, in words that anybody reads: by table, by column."""
        return self.by_table(Rehearsal.in_words)

    def rows(self) -> dict[str, dict[int, dict[str, Any]]]:
        """All that is kept, encrypted as it is: by table, by id, by column."""
        return self.by_table(Rehearsal._by_id)

    def by_table(self, made_of: "Callable[[Rehearsal, str, Table], Made]") -> dict[str, Made]:
        """What is made of the rows of each table, which nobody changes: of what stands as it did
        when it was read last it is the same object."""
        found = {}
        for name, rows in self._standing_rows().items():
            known = self._made.get((made_of, name))
            if known is None or known[0] is not rows:
                known = self._made[made_of, name] = rows, made_of(self, name, rows)
            found[name] = known[1]
        return found

    def _standing_rows(self) -> Rows:
        """All that is kept, as the database holds it; a table that stands as it did when it was
        read last is the same object. It is read again where the product has written something."""
        version = self.version()
        if self._version != version:
            before = self._rows
            self._rows = {
                name: before[name] if before.get(name) == rows else rows
                for name, rows in self._standing.rows().items()
            }
            self._version = version
        return self._rows

    def _readable(self, _name: str, rows: Table) -> Table:
        """What is encrypted is written otherwise each time."""
        return [
            tuple(ENCRYPTED if _is_encrypted(value) else value for value in row) for row in rows
        ]

    def in_words(self, name: str, rows: Table) -> list[dict[str, Any]]:
        """The rows of that table as anybody reads them, by column."""
        return [
            {column: self._opened(value) for column, value in row.items()}
            for row in self._by_id(name, rows).values()
        ]

    def _opened(self, value: Any) -> Any:
        return self._decrypt(value).decode() if _is_encrypted(value) else value

    def _by_id(self, name: str, rows: Table) -> dict[int, dict[str, Any]]:
        columns = self._standing.columns[name]
        records = [dict(zip(columns, row, strict=True)) for row in rows]
        return {record["id"]: record for record in records}

    def remember(self) -> Moment:
        """How everything stands, to be brought back as often as wanted."""
        self.rest()
        rows = self._rows if self._version == self.version() else None
        moment = Moment(self.world.slack.clock.now(), self._standing.kept(), rows)
        with self.world.slack._workspace.lock:
            memo = self._itself()
            for one in [*memo.values()]:
                moment.slack[id(one)] = (one, _state(one, memo))
        return moment

    def back_to(self, moment: Moment) -> None:
        self._standing.put_back(moment.database)
        self._version = None
        if moment.rows is not None:
            self._rows, self._version = moment.rows, self.version()
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
        rehearsal.rest()
        self.before = rehearsal.database()
        self.moment = rehearsal.remember()

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


UNCHANGING = frozenset({str, int, bool, float, type(None), datetime})


def _state(one: object, memo: dict[int, Any]) -> dict[str, Any]:
    return _copied({name: v for name, v in vars(one).items() if name not in SHARED}, memo)


def _copied(state: dict[str, Any], memo: dict[int, Any]) -> dict[str, Any]:
    """A copy that points to what the memo knows; it learns what was copied."""
    return {
        name: value if name in WHOLE or type(value) in UNCHANGING else copy.deepcopy(value, memo)
        for name, value in state.items()
    }


def _is_encrypted(value: Any) -> bool:
    return isinstance(value, bytes) and value.startswith(ENCRYPTED)


WRITING = Database.writing
LONG_ENOUGH = 10.0
"""Seconds until one that is alone in writing goes on by itself."""


@contextmanager
def _meeting_before_they_write(how_many: int) -> Iterator[None]:
    """Whoever writes for the first time does so when all are about to. What is typed is written by
    one thread, for all of them."""
    barrier, first = threading.Barrier(how_many), iter(range(how_many))

    @contextmanager
    def writing(database: Database, *args: Any, **more: Any) -> Iterator[Any]:
        saves_typed = threading.current_thread().name == AUTOSAVE
        if not saves_typed and next(first, None) is not None:
            with suppress(threading.BrokenBarrierError):
                barrier.wait(LONG_ENOUGH)
        with WRITING(database, *args, **more) as tx:
            yield tx

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Database, "writing", writing)
        yield


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


Way = TypeVar("Way")
WAYS_SHARED = 3
SAMPLE_AND_WHOLE = pytest.mark.parametrize(
    "whole", [False, pytest.param(True, marks=pytest.mark.sweep)]
)
"""For a sweep that tries many things in many ways: `make sweep` tries each in each."""


def shared(name: str, ways: Iterable[Way], *, whole: bool) -> list[Way]:
    """The ways in which that one is tried: a third of them, another third for another name."""
    own = crc32(name.encode())
    return [way for place, way in enumerate(ways, own) if whole or place % WAYS_SHARED == 0]


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
