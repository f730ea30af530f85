"""Every form and button, by people who are wrong for it, and with ids that are not theirs.

Each payload that the product is seen to send itself is sent again from the same moment: by every
stranger, and by its own sender with the ids of another team, of another person and of another
workspace in it. Nothing may change but what is the sender's own (`ownership`), and nobody may get a
word that is not for them (`WORDS`). `make test` takes a fixed sample of that, `make sweep` all.
"""

import json
import sys
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import cache
from typing import Any

import pytest

from slack_sandbox.interactions import ResponseUrl
from slack_sandbox.journal import Json
from tests.scenarios.conftest import World
from tests.scenarios.workspaces.audience import sent
from tests.scenarios.workspaces.everything import go_everywhere
from tests.scenarios.workspaces.forging import (
    Ids,
    ids_to_try,
    of_sender,
    resolve_addresses,
    without_words,
)
from tests.scenarios.workspaces.ownership import not_theirs
from tests.scenarios.workspaces.rehearsal import Rehearsal, watching
from tests.scenarios.workspaces.strangers import (
    ELSEWHERE,
    FIRST,
    WORDS,
    Stranger,
    TwoTeams,
    copy_to_another_workspace,
    nora_moves,
    other_team_passes,
    teams_are_joined,
    two_teams,
)
from tests.scenarios.workspaces.test_who_acts import forged, registered

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("backend", ["sqlite"])]


class Sweep:
    """Tries payloads; only every so-maniest where `one_in` is not 1, always the same ones."""

    def __init__(self, rehearsal: Rehearsal, teams: TwoTeams, one_in: int) -> None:
        self.rehearsal, self.world = rehearsal, rehearsal.world
        self.teams, self.one_in = teams, one_in
        self.heard: set[str] = set()
        self.tried: Counter[str] = Counter()
        self.changed: Counter[str] = Counter()
        self.faults: list[str] = []
        self._keys: set[str] = set()

    def watch(self, _kind: str, name: str, body: Json) -> None:
        if "event" in body and not isinstance(body["event"].get("user"), str):
            return
        self.heard.add(name)
        key = f"{name} {sender(body)} {shape(body)}"
        if key not in self._keys:
            self._keys.add(key)
            self.tries(key, body)

    def tries(self, key: str, body: Json) -> None:
        wanted = list(self._ways(key, body))
        if not wanted:
            return
        with self.rehearsal.attempts() as attempts:
            for role, where, changed, stranger in wanted:
                with attempts.another():
                    if stranger is not None and stranger.begin is not None:
                        stranger.begin()
                    self._tries(role, where, changed)

    def _is_wanted(self, where: str) -> bool:
        return zlib.crc32(where.encode()) % self.one_in == 0

    def _ways(self, key: str, body: Json) -> Iterator[tuple[str, str, Json, Stranger | None]]:
        """Every other way to send it that is wanted: the role, a name for it, the payload. To make
        all of them would take as long as to send the wanted ones."""
        own = sender(body)

        @cache
        def carried() -> Json:
            as_it_is = "command" in body or "event" in body
            return body if as_it_is else without_words(body, WORDS)

        for number, ids in enumerate(self._ids(own)):
            where = f"{key} with {kinds(ids)} ({number})"
            changed = resolve_addresses(carried(), ids) if self._is_wanted(where) else None
            if changed is not None:
                yield "with other ids", where, changed, None
        payloads = self.world.slack._payloads
        for stranger in self.teams.strangers:
            person = stranger.person
            if person.id == own:
                continue
            user = payloads._sender(person._member)["user"]
            where = f"{key} by {stranger.role}"
            if self._is_wanted(where):
                yield stranger.role, where, of_sender(carried(), user), stranger
            if person.id == self.teams.otto.id:
                for ids in (Ids(row=FIRST), Ids(person=self.teams.nora.id), Ids(form=self._form)):
                    where = f"{key} by {stranger.role} with their own {kinds(ids)}"
                    if not self._is_wanted(where):
                        continue
                    mixed = resolve_addresses(of_sender(carried(), user), ids)
                    if mixed is not None:
                        yield stranger.role, where, mixed, stranger

    @property
    def _form(self) -> str:
        return self.teams.forms[0]

    def _ids(self, own: str) -> Iterator[Ids]:
        teams = self.teams
        people = (teams.nora.id, teams.otto.id, teams.team.tom.id, teams.team.dana.id)
        rows = (*range(FIRST, FIRST + 5), *range(1, 6), ELSEWHERE + 1, ELSEWHERE + FIRST)
        others = tuple(one for one in people if one != own)
        yield from ids_to_try(rows, others, teams.forms, (teams.channel,))

    def _tries(self, role: str, where: str, body: Json) -> None:
        actor = sender(body)
        self._lend(body, actor)
        before = self.rehearsal.rows()
        run = self.rehearsal.send(body)
        after = self.rehearsal.rows()
        self.tried[role] += 1
        self.changed[role] += before != after
        for change in not_theirs(actor, self.world.workspace_id, before, after):
            self.faults.append(f"{where}: changes {change}")
        typed = json.dumps(body, ensure_ascii=False)
        for person, how, text in sent(self.world, run.calls, actor, run.answer):
            for word in self.teams.forbidden(person):
                if word in text and word not in typed:
                    self.faults.append(
                        f"{where}: shows {word!r} by {how} to {self.teams.names[person]}"
                    )

    def counts(self) -> str:
        """How much was tried, by who sent it."""
        lines = [
            f"{sum(self.tried.values())} presses, forms and commands; "
            f"{len(self.heard)} of {len(registered())} listeners as the product itself uses them, "
            "the others forged"
        ]
        for role, times in self.tried.most_common():
            lines.append(f"{times:6} {role} ({self.changed[role]} changed what is their own)")
        return "\n".join(["", *lines, ""])

    def _lend(self, body: Json, actor: str) -> None:
        """A trigger, a response URL and a view of the sender's own, as Slack gives."""
        interactions = self.world.slack._interactions
        old = interactions.triggers.get(str(body.get("trigger_id")))
        if "trigger_id" in body and (old is None or old.member != actor):
            view = old.view_id if old else None
            body["trigger_id"] = interactions.trigger(actor, view)
        at = str(body.get("response_url", ""))
        path = at[at.find("/", at.find("//") + 2) :] if at else ""
        url = interactions.response_urls.get(path)
        if url is not None and url.member != actor:
            lent = ResponseUrl(f"{path}X", actor, url.channel, url.given, url.original)
            interactions.response_urls[lent.path] = lent
            body["response_url"] = f"{at}X"
        self._lend_views(body, actor)

    def _lend_views(self, body: Json, actor: str) -> None:
        """In place of each view of somebody else's, in the metadata too, one like it."""
        workspace = self.world.slack._workspace
        text = json.dumps(body)
        for view in [*workspace.views.values()]:
            if view.owner != actor and view.id in text:
                own = replace(view, id=f"{view.id}X", owner=actor, previous_id=None)
                text = text.replace(view.id, own.id)
                workspace.views[own.id] = own
                if own.definition["type"] == "modal":
                    workspace.members[actor].stack.append(own)
                else:
                    workspace.members[actor].home = own
        body |= json.loads(text)


def sender(body: Json) -> str:
    if "command" in body:
        return str(body["user_id"])
    return str(body["event"]["user"] if "event" in body else body["user"]["id"])


def kinds(ids: Ids) -> str:
    """Which kinds of ids are others: a form's own is another in each run."""
    return " and ".join(name for name, value in vars(ids).items() if value is not None)


def shape(body: Json) -> str:
    """Which entry of a menu, which step of a form, which kind of words."""
    if "command" in body:
        return " ".join(str(body["text"]).split()[:1])
    packed: Any = (body.get("actions") or [{}])[0]
    packed = packed.get("selected_option", packed).get("value", "")
    if body.get("type") == "view_submission":
        inputs = [one["block_id"] for one in body["view"]["blocks"] if one["type"] == "input"]
        packed = body["view"].get("private_metadata", "")
        return f"{inputs[:1]} {_names(packed)}"
    return _names(packed)


def _names(packed: object) -> str:
    try:
        held = json.loads(str(packed))
    except ValueError:
        return ""
    if not isinstance(held, dict):
        return ""
    return f"{sorted(held)} {held.get('step', '')}"


Happens = Callable[[World, TwoTeams], None]
MOVES = [nora_moves, other_team_passes, teams_are_joined]
"""Each way in which what is somebody's becomes another's; joined, every rep of a team moves."""


def swept(
    world: World,
    patch: pytest.MonkeyPatch,
    most: int,
    one_in: int,
    *,
    after: Happens = lambda *_: None,
) -> Sweep:
    """Everything tried that way, after something has happened to the teams."""
    teams = two_teams(world)
    after(world, teams)
    rehearsal = Rehearsal(world, patch)
    copy_to_another_workspace(world.database)
    sweep = Sweep(rehearsal, teams, one_in)
    with watching(world, sweep.watch):
        go_everywhere(rehearsal, teams.team, most)
    for name in sorted(registered() - sweep.heard):
        sweep.tries(name, forged(world, teams.team.dana, name))
    # What Slack would never send may make the product break Slack's rules.
    world.forgiven |= {broken.rule for broken in world.slack.violations}
    return sweep


def test_nobody_changes_or_reads_what_is_not_theirs_in_a_sample(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    sweep = swept(world, monkeypatch, most=1, one_in=40)
    assert sweep.faults == [], "\n".join(sweep.faults)
    assert sum(sweep.tried.values()) > 100


@pytest.mark.parametrize("after", MOVES[1:])
def test_nor_do_they_after_a_move_in_a_sample(
    world: World, monkeypatch: pytest.MonkeyPatch, after: Happens
) -> None:
    sweep = swept(world, monkeypatch, most=1, one_in=150, after=after)
    assert sweep.faults == [], "\n".join(sweep.faults)
    assert sum(sweep.tried.values()) > 20


@pytest.mark.sweep
@pytest.mark.parametrize("after", MOVES)
def test_nor_do_they_after_a_move(
    world: World,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    after: Happens,
) -> None:
    sweep = swept(world, monkeypatch, most=3, one_in=4, after=after)
    with capsys.disabled():
        sys.stdout.write(sweep.counts())
    assert sweep.faults == [], "\n".join(sweep.faults)


@pytest.mark.sweep
def test_nobody_changes_or_reads_what_is_not_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    sweep = swept(world, monkeypatch, most=3, one_in=1)
    with capsys.disabled():
        sys.stdout.write(sweep.counts())
    assert sweep.faults == [], "\n".join(sweep.faults)
