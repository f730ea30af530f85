"""Who acts, and in which workspace: as Bolt reads it, whatever shape Slack gives the payload.

Everything there is to press, send and type is tried in each shape from the same moment, and has to
be answered like the ordinary payload; from strangers it changes nothing, and says so.
"""

import copy
import json
from collections.abc import Callable
from typing import Any

import pytest

from bot.views.block_kit.ids import Form
from handlers import FEATURES
from slack_sandbox import Person
from slack_sandbox.journal import Json
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

OTHER, ORGANISATION = "T0ELSEWHERE", "E0EVERYWHERE"
STRANGER, SOMEONE_NEW = "U0STRANGER", "nia.new"

pytestmark = [pytest.mark.slow, pytest.mark.parametrize("backend", ["sqlite"])]

Shape = Callable[[Json], None]


def outer_team_is_another(body: Json) -> None:
    """An event of a shared channel, told to us as one of several workspaces."""
    if "event" in body:
        body["team_id"] = OTHER


def in_an_organisation(body: Json) -> None:
    """A workspace of Enterprise Grid."""
    _enterprise(body, installed_whole=False)
    if isinstance(body.get("team"), dict):
        body["team"] |= {"enterprise_id": ORGANISATION, "enterprise_name": "Everywhere"}


def of_the_whole_organisation(body: Json) -> None:
    """Installed in all of Enterprise Grid: the team may be left out."""
    _enterprise(body, installed_whole=True)
    if "team" in body:
        body["team"] = None
    if "authorizations" in body:
        body["authorizations"][0]["team_id"] = None
    if "view" in body:
        body["view"]["app_installed_team_id"] = None


def colleague_of_another_company(body: Json) -> None:
    """Somebody in a shared channel who is on a team here, also in what they opened there: only the
    view still says where the app is installed."""
    if "event" in body:
        body["is_ext_shared_channel"] = True
        body["event"] |= {"user_team": OTHER, "source_team": OTHER}
    elif "user" in body and body["user"]["name"] != SOMEONE_NEW:
        body["user"]["team_id"] = OTHER
        if "view" in body:
            body["team"] = {"id": OTHER, "domain": "elsewhere"}
            body["view"]["team_id"] = OTHER


def on_the_messages_tab(body: Json) -> None:
    if body.get("event", {}).get("type") == "app_home_opened":
        body["event"]["tab"] = "messages"


def _enterprise(body: Json, *, installed_whole: bool) -> None:
    if "command" in body:
        body |= {"enterprise_id": ORGANISATION, "enterprise_name": "Everywhere"}
        body["is_enterprise_install"] = str(installed_whole).lower()
        return
    body["is_enterprise_install"] = installed_whole
    if "event" in body:
        told = {"enterprise_id": ORGANISATION, "is_enterprise_install": installed_whole}
        body |= {"enterprise_id": ORGANISATION, "context_enterprise_id": ORGANISATION}
        body["authorizations"][0] |= told
    else:
        body["enterprise"] = {"id": ORGANISATION, "name": "Everywhere"}


def of_no_workspace_of_ours(body: Json) -> None:
    for team in ("team_id", "context_team_id"):
        if team in body:
            body[team] = OTHER
    if "team" in body:
        body["team"] = {"id": OTHER, "domain": "elsewhere"}
    if "view" in body:
        body["view"]["app_installed_team_id"] = body["view"]["team_id"] = OTHER
    if "authorizations" in body:
        body["authorizations"][0]["team_id"] = OTHER


def of_nobody_of_ours(body: Json) -> None:
    """Somebody of another company whom no team here has."""
    if "event" in body:
        event = body["event"]
        if isinstance(event["user"], dict):
            event["user"] |= {"id": STRANGER, "team_id": OTHER}
        else:
            event |= {"user": STRANGER, "user_team": OTHER, "source_team": OTHER}
    elif "user" in body:
        body["user"] |= {"id": STRANGER, "team_id": OTHER}


LIKE_ANY: tuple[Shape, ...] = (
    outer_team_is_another,
    in_an_organisation,
    of_the_whole_organisation,
    colleague_of_another_company,
)
STRANGE: tuple[Shape, ...] = (of_no_workspace_of_ours, of_nobody_of_ours)


def shaped(shape: Shape, body: Json) -> Json | None:
    """The payload in that shape; None where it has none."""
    changed = copy.deepcopy(body)
    shape(changed)
    return None if changed == body else changed


def registered() -> set[str]:
    """The name of every command, button, menu, form, shortcut and event that has a listener."""
    names: set[str] = set()

    class Names:
        def __getattr__(self, _kind: str) -> Callable[..., Callable[[object], None]]:
            def register(name: str, **_more: Any) -> Callable[[object], None]:
                names.add(str(name))
                return lambda _listener: None

            return register

    for feature in FEATURES:
        feature.register(Names(), None)
    return names


def forged(world: World, person: Person, name: str) -> Json:
    """A press or a form of that name, from nowhere in particular."""
    payloads = world.slack._payloads
    trigger = world.slack._interactions.trigger(person.id)
    body = {**payloads._sender(person._member), "trigger_id": trigger, "type": "block_actions"}
    value = json.dumps({"subject": 1, "page": "0", "rep": person.id})
    body["actions"] = [{"type": "button", "action_id": name, "block_id": "b", "value": value}]
    if name.startswith("form."):
        body |= {"type": "view_submission"}
        body["view"] = {
            "id": "V0GONE",
            "type": "modal",
            "team_id": world.slack.team_id,
            "app_installed_team_id": world.slack.team_id,
            "callback_id": name,
            "private_metadata": value,
            "blocks": [],
            "state": {"values": {}},
        }
    return body


def on_a_third(body: Json) -> Json:
    """The same press on a modal that lies on two others."""
    shown = {"id": "V0THIRD", "previous_view_id": "V0SECOND", "root_view_id": "V0FIRST"}
    usual = {"callback_id": Form.READ_ONLY.value, "blocks": [], "state": {"values": {}}}
    again = copy.deepcopy(body)
    again["view"] = {**usual, **(again.get("view") or {}), **shown, "type": "modal"}
    again.pop("response_url", None)
    return again


def sentences(run: Run) -> str:
    return json.dumps([run.answer, [call.arguments for call in run.calls]], ensure_ascii=False)


class Sweep:
    """Tries each payload in every shape."""

    def __init__(self, rehearsal: Rehearsal, *, whole: bool) -> None:
        self.rehearsal = rehearsal
        self.whole = whole
        self.heard: set[str] = set()

    def watch(self, _kind: str, name: str, body: Json) -> None:
        if name not in self.heard:
            self.heard.add(name)
            self.tries(name, body)

    def tries(self, name: str, body: Json) -> None:
        with self.rehearsal.attempts() as attempts:
            ordinary = attempts.run(body)
            for shape in shared(name, LIKE_ANY, whole=self.whole):
                changed = shaped(shape, body)
                if changed is not None:
                    self.like_any(f"{name}, {shape.__name__}", attempts.run(changed), ordinary)
            for shape in shared(name, STRANGE, whole=self.whole):
                changed = shaped(shape, body)
                if changed is not None:
                    run = attempts.run(changed)
                    self.strange(f"{name}, {shape.__name__}", run, attempts.before, changed)
            if body.get("type") == "block_actions":
                pushed = [call.method for call in attempts.run(on_a_third(body)).calls]
                assert "views.push" not in pushed, f"{name}: Slack lays three modals on each other"

    def like_any(self, where: str, run: Run, ordinary: Run) -> None:
        assert (run.status, run.answer) == (ordinary.status, ordinary.answer), where
        assert run.asked == ordinary.asked, where
        assert run.database == ordinary.database, where

    def strange(self, where: str, run: Run, before: Any, body: Json) -> None:
        assert run.status == 200, where
        assert run.database == before, where
        if "event" in body or any(act["action_id"] in TYPING for act in body.get("actions", ())):
            assert run.asked == [], where
            return
        assert "nothing was changed" in sentences(run), where
        blocks = body.get("view", {}).get("blocks", [])
        if body.get("type") == "view_submission" and any(b["type"] == "input" for b in blocks):
            assert run.answer["response_action"] == "errors", where


@SAMPLE_AND_WHOLE
def test_every_shape_of_a_payload_is_answered_like_any(
    world: World, monkeypatch: pytest.MonkeyPatch, whole: bool
) -> None:
    # What is tried on a modal that is not there is answered in another way, by the same trigger.
    world.forgiven.add("trigger.exchanged")
    team = busy_team(world)
    rehearsal = Rehearsal(world, monkeypatch)
    sweep = Sweep(rehearsal, whole=whole)
    with watching(world, sweep.watch):
        go_everywhere(rehearsal, team, most=1)
    for name in registered() - sweep.heard:
        body = forged(world, team.dana, name)
        sweep.tries(name, body)
    assert sweep.heard <= registered()
    assert len(sweep.heard) > 150


def test_the_messages_tab_is_opened_without_drawing_home(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana = world.person("Dana Moss")
    rehearsal, found = Rehearsal(world, monkeypatch), []
    with watching(world, lambda _kind, _name, body: found.append(body)):
        dana.opens_home()
    body = shaped(on_the_messages_tab, found[0])
    assert body is not None
    run = rehearsal.run(body)
    assert (run.status, run.asked) == (200, [])


def test_what_an_older_version_showed_says_so(world: World) -> None:
    dana = world.person("Dana Moss")
    world.team(dana, world.person("Sam Stone"))
    dana.slash("/touch @Sam Stone")
    before = [forged(world, dana, name) for name in ("gone.button", "form.gone")]
    answers = [receives(world, body) for body in before]
    assert [answer.status for answer in answers] == [200, 200]
    assert "from an earlier version of me" in answers[1].body
    assert modal(dana).title
