"""What is saved is never said to be lost, whatever becomes of the answer; and the other way round.

Everything there is to press, send and type that changes something is tried with each fault of the
answer from the same moment: the change is kept, the person reads that it is done, once, and doing
it again does nothing twice.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest

import handlers.request
from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from bot.messenger import Messenger
from slack_sandbox import FaultKind, Person
from slack_sandbox.faults import Answer
from slack_sandbox.journal import Json
from storage.database.engine import Database
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.everything import busy_team, go_everywhere
from tests.scenarios.workspaces.rehearsal import (
    SAMPLE_AND_WHOLE,
    TYPING,
    Rehearsal,
    Run,
    shared,
    watching,
)
from tests.scenarios.workspaces.trouble import receives

pytestmark = pytest.mark.slow

OFTEN = 99
BESIDE = frozenset({"posted_message", "person", "delivery", "schedule"})
"""Where messages stand and whether they were drawn: other than what anybody asked for."""
TELLING = frozenset({"promise", "sharing", "membership", "submission"})
"""Where it is kept that somebody else was told, which is given back while Slack takes nothing."""

IT_IS_SAVED = "It is saved."
LOST = ("try again", "once more", "didn't save", "did not save", "went wrong", "nothing was")
DRAWN = ("views.open", "views.push", "views.update", "views.publish")

Fault = Callable[[World], Any]


@pytest.fixture
def dana(world: World) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, world.person("Sam Stone"))
    return manager


@contextmanager
def of_the_url(world: World, **fault: Any) -> Iterator[None]:
    world.slack.faults.answer("response_url", times=OFTEN, **fault)
    yield


def url(status: int, word: str) -> Fault:
    return lambda world: of_the_url(world, answer=Answer.of({"ok": False, "error": word}, status))


def page_in_html(world: World) -> Any:
    return of_the_url(world, answer=Answer(200, {"Content-Type": "text/html"}, b"<html>"))


@contextmanager
def url_rate_limited(world: World) -> Iterator[None]:
    world.slack.faults.add("response_url", FaultKind.RATE_LIMITED, times=OFTEN)
    yield


@contextmanager
def nothing_drawn(world: World) -> Iterator[None]:
    """Modals were closed meanwhile, and nothing else is drawn either."""
    for method in DRAWN:
        world.slack.faults.refuse(method, "not_found", times=OFTEN)
    world.slack.faults.refuse("response_url", "used_url", times=OFTEN, status=404)
    yield


@contextmanager
def nothing_answers(world: World) -> Iterator[None]:
    """Slack fails, but for messages."""
    for method in ("response_url", "chat.update", *DRAWN):
        world.slack.faults.add(method, FaultKind.SERVER_ERROR, times=OFTEN)
    yield


@contextmanager
def broken_of_ours(_world: World) -> Iterator[None]:
    """Whatever is to be shown meets a fault of our own, after the change was saved."""

    def breaks(*_: object, **__: object) -> None:
        raise RuntimeError("a fault of ours")

    with pytest.MonkeyPatch.context() as patch:
        for name in ("respond", "open_view", "push_view", "update_view", "publish_home", "redraw"):
            patch.setattr(Messenger, name, breaks)
        yield


@contextmanager
def too_late(_world: World) -> Iterator[None]:
    """Slack has given up waiting, and takes no acknowledgement."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(handlers.request, "ACK_WITHIN", -1.0)
        yield


@contextmanager
def messages_held(world: World) -> Iterator[None]:
    """Nothing can be drawn, and Slack takes no messages for now."""
    world.slack.faults.add("chat.postMessage", FaultKind.RATE_LIMITED, times=OFTEN)
    with nothing_drawn(world):
        yield


# A used one and one that fails are among what nothing is drawn or answered through.
URL_FAULTS: dict[str, Fault] = {
    "expired": url(404, "expired_url"),
    "HTML": page_in_html,
    "429": url_rate_limited,
}
FAULTS: dict[str, Fault] = {
    "nothing drawn": nothing_drawn,
    "nothing answers": nothing_answers,
    "broken": broken_of_ours,
    "late": too_late,
    "held": messages_held,
}


def faults_for(ordinary: Run) -> dict[str, Fault]:
    """Those that can happen to what is shown: a response URL only where it is answered through."""
    by_url = any(call.method == "response_url" for call in ordinary.calls)
    return FAULTS | (URL_FAULTS if by_url else {})


class Reading:
    """What the person who acted reads of a run."""

    def __init__(self, world: World, run: Run, body: Json, *, late: bool) -> None:
        self.person = str(body.get("user_id") or body["user"]["id"])
        member = world.slack._workspace.members[self.person]
        own = {self.person, member.dm}
        ok = [call for call in run.calls if call.error is None]
        self.messages = [
            json.dumps(call.arguments, ensure_ascii=False)
            for call in ok
            if call.method == "chat.postMessage" and call.arguments["channel"] in own
        ]
        shown = [json.dumps(call.arguments) for call in ok if call.method in SHOWING]
        answer = json.dumps(run.answer)
        at_once = [] if late or "blocks" not in answer else [answer]
        self.shown = [*at_once, *shown]
        self.failed = [call for call in run.calls if call.error is not None]

    @property
    def words(self) -> str:
        return "\n".join([*self.messages, *self.shown])

    @property
    def told(self) -> int:
        return sum(IT_IS_SAVED in message for message in self.messages)


SHOWING = ("response_url", "views.open", "views.push", "views.update", "chat.update")


class Sweep:
    """Tries each payload that changes something with every fault."""

    def __init__(self, world: World, rehearsal: Rehearsal, *, whole: bool) -> None:
        self.world = world
        self.rehearsal = rehearsal
        self.whole = whole
        self.heard: set[str] = set()
        self.writers: set[str] = set()

    def watch(self, kind: str, name: str, body: Json) -> None:
        if kind == "events_api" or name in TYPING:
            return
        key = f"{name} {_step(body)}"
        if key in self.heard:
            return
        self.heard.add(key)
        with self.rehearsal.attempts() as attempts:
            ordinary = attempts.run(body)
            if not ordinary.changed(attempts.before, BESIDE):
                return
            self.writers.add(name)
            faults = faults_for(ordinary).items()
            for fault, begin in shared(key, faults, whole=self.whole):
                with attempts.another():
                    self.saved(f"{key}, {fault}", ordinary, body, begin)
            with attempts.another():
                self.not_saved(key, attempts.before, body)

    def saved(self, where: str, ordinary: Run, body: Json, begin: Fault) -> None:
        with begin(self.world):
            run = self.rehearsal.run(body)
        self.rehearsal.allow()
        beside = BESIDE | TELLING if begin is messages_held else BESIDE
        assert not ordinary.changed(run.database, beside), where
        assert run.status == 200, where
        reading = Reading(self.world, run, body, late=begin is too_late)
        for words in LOST:
            assert words not in reading.words, (where, words, reading.words)
        if begin is messages_held:
            assert reading.told == 0
        else:
            assert len(reading.messages) + len(reading.shown) > 0 or not reading.failed, where
            assert reading.told <= 1, where
            assert not (reading.told and reading.shown), where
        if body.get("type") == "view_submission":
            again = self.rehearsal.run(body)
            assert not ordinary.changed(again.database, beside), where

    def not_saved(self, where: str, before: Any, body: Json) -> None:
        """The database is gone at the very end of what it was to keep."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(Database, "writing", never_kept)
            run = self.rehearsal.run(body)
        reading = Reading(self.world, run, body, late=False)
        words = reading.words + json.dumps(run.answer)
        assert not run.changed(before, BESIDE), where
        assert IT_IS_SAVED not in words, where
        assert "did not answer" in words, where
        inputs = [b for b in body.get("view", {}).get("blocks", []) if b["type"] == "input"]
        if inputs and body["type"] == "view_submission":
            assert run.answer["response_action"] == "errors", where


WRITING = Database.writing


@contextmanager
def never_kept(database: Database, workspace_id: int, **more: Any) -> Iterator[Any]:
    with WRITING(database, workspace_id, **more) as tx:
        yield tx
        if not more.get("aside"):
            raise DatabaseUnavailableError(DatabaseFault.LOST)


def _step(body: Json) -> str:
    """Which entry of a menu, or which step of a form."""
    if "view" in body and body["type"] == "view_submission":
        inputs = [one["block_id"] for one in body["view"]["blocks"] if one["type"] == "input"]
        return inputs[0] if inputs else ""
    option = (body.get("actions") or [{}])[0].get("selected_option") or {}
    try:
        return str(json.loads(option.get("value", "{}")).get("step", ""))
    except (ValueError, AttributeError):
        return ""


@SAMPLE_AND_WHOLE
@pytest.mark.parametrize("backend", ["sqlite"])
def test_whatever_becomes_of_the_answer_saved_is_saved(
    world: World, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    team = busy_team(world)
    rehearsal = Rehearsal(world, monkeypatch)
    sweep = Sweep(world, rehearsal, whole=whole)
    with watching(world, sweep.watch):
        go_everywhere(rehearsal, team, most=1)
    assert len(sweep.writers) > 60, sorted(sweep.writers)


def test_a_form_whose_acknowledgement_was_lost_is_sent_again_and_logged_once(
    world: World, dana: Person
) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("About", "Acme")
    payloads: list[Json] = []
    with watching(world, lambda _kind, _name, body: payloads.append(body)):
        modal(dana).submit()
    again = receives(world, payloads[0])
    assert (again.status, again.body) == (200, "")
    dana.slash("/binder @Sam Stone")
    assert modal(dana).text.count("Acme") == 1


def test_nothing_is_posted_while_slack_holds_messages_back(
    world: World, dana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    dana.slash("/touch @Sam Stone call Acme")
    undo = dana.ephemerals[-1]
    world.slack.faults.add("chat.postMessage", FaultKind.RATE_LIMITED, retry_after=30)
    for _ in range(2):
        world.slack.faults.add("response_url", FaultKind.SERVER_ERROR)
        undo.clicks("Undo")
    posts = [call for call in world.slack.calls if call.method == "chat.postMessage"]
    assert [call.error for call in posts] == ["rate_limited"]
    assert caplog.text.count("could not answer at all (ref ") == 2
    world.slack.clock.advance(timedelta(seconds=31))
    world.slack.faults.add("response_url", FaultKind.SERVER_ERROR)
    undo.clicks("Undo")
    dana.sees(IT_IS_SAVED)
    assert len(dana.dm) == 1
