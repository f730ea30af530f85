"""What the manifest does not declare, Slack does not do."""

import queue
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox.manifest import read_manifest
from tests.sandbox.blocks import Json, actions, button, home, section
from tests.sandbox.conftest import MANIFEST, Probe, running


@contextmanager
def without(tmp_path: Path, declared: str, instead: str = "") -> Iterator[Probe]:
    """The app, connected, under a manifest in which `declared` is replaced."""
    text = MANIFEST.read_text()
    assert declared in text
    manifest = tmp_path / "manifest.yml"
    manifest.write_text(text.replace(declared, instead))
    with running(manifest) as probe:
        probe.connect()
        yield probe


def kinds(probe: Probe) -> list[str]:
    return [delivery.kind for delivery in probe.sandbox.acks]


def test_command(probe: Probe) -> None:
    probe.dana.slash("/nothing here")
    probe.dana.sees("/nothing is not a valid command.")
    assert kinds(probe) == []


def test_shortcuts(probe: Probe) -> None:
    got: list[Json] = []

    @probe.app.shortcut(re.compile("do_it|keep_this"))
    def used(ack: Any, body: Json) -> None:
        got.append(body)
        ack()

    probe.app.event("message")(lambda: None)
    said = probe.dana.says("Quotes take four days")
    probe.dana.shortcut("Do it")
    probe.dana.message_shortcut("Keep this", said)
    assert [body["type"] for body in got] == ["shortcut", "message_action"]
    assert "response_url" not in got[0]
    assert got[1]["message"]["text"] == "Quotes take four days"
    with pytest.raises(AssertionError, match="declares no shortcut"):
        probe.dana.shortcut("Keep this")
    with pytest.raises(AssertionError, match="declares no shortcut"):
        probe.dana.message_shortcut("Do it", said)


def test_commands_scope(tmp_path: Path) -> None:
    with without(tmp_path, "commands, ") as probe:
        probe.dana.slash("/plain")
        probe.dana.sees("/plain is not a valid command.")


@pytest.mark.parametrize("declared", ["message.im, ", '"im:history", '])
def test_event_without_subscription_or_scope(tmp_path: Path, declared: str) -> None:
    with without(tmp_path, declared) as probe:
        probe.dana.says("hello")
        assert kinds(probe) == []


def test_profile_changes(probe: Probe) -> None:
    changes: queue.Queue[Json] = queue.Queue()

    @probe.app.event("user_change")
    def changed(event: Json) -> None:
        changes.put(event["user"])

    probe.sam.changes(tz="Asia/Tokyo")
    assert changes.get(timeout=5)["tz"] == "Asia/Tokyo"
    probe.sam.is_deactivated()
    assert changes.get(timeout=5)["deleted"] is True
    with pytest.raises(AssertionError, match="deactivated"):
        probe.sam.says("hello")
    assert probe.broken() == []


def test_interactivity(tmp_path: Path) -> None:
    with without(tmp_path, "is_enabled: true", "is_enabled: false") as probe:
        blocks = [section("a"), actions(button("Go", "go"))]
        probe.client.chat_postMessage(channel=probe.dana.id, text="a", blocks=blocks)
        probe.dana.clicks("Go")
        probe.dana.sees("not configured to handle interactive responses")
        assert "interactive" not in kinds(probe)


def test_messages_tab(tmp_path: Path) -> None:
    declared = "messages_tab_enabled: true"
    with without(tmp_path, declared, "messages_tab_enabled: false") as probe:
        with pytest.raises(AssertionError, match="turned off"):
            probe.dana.says("hello")
        with pytest.raises(SlackApiError, match="messages_tab_disabled"):
            probe.client.chat_postMessage(channel=probe.dana.id, text="hello")
    read_only = "messages_tab_read_only_enabled: "
    with without(tmp_path, f"{read_only}false", f"{read_only}true") as probe:
        probe.client.chat_postMessage(channel=probe.dana.id, text="hello")
        with pytest.raises(AssertionError, match="turned off"):
            probe.dana.slash("/plain")


def test_home_tab(tmp_path: Path) -> None:
    with without(tmp_path, "home_tab_enabled: true", "home_tab_enabled: false") as probe:
        with pytest.raises(AssertionError, match="no Home tab"):
            probe.dana.opens_home()
        with pytest.raises(SlackApiError, match="not_enabled"):
            probe.client.views_publish(user_id=probe.dana.id, view=home(section("a")))


def test_channel_events(tmp_path: Path) -> None:
    declared = MANIFEST.read_text().replace("message.im,", "message.im, message.channels,")
    with without(tmp_path, MANIFEST.read_text(), declared) as probe:
        team = probe.sandbox.add_channel("team", [probe.dana])
        probe.dana.says("hello", channel=team)
        assert kinds(probe) == []
        with pytest.raises(AssertionError, match="not in #team"):
            probe.sam.says("hello", channel=team)


def test_manifest_without_a_name(tmp_path: Path) -> None:
    manifest = tmp_path / "manifest.yml"
    manifest.write_text("features: {}")
    with pytest.raises(ValueError, match="name is missing"):
        read_manifest(manifest)
