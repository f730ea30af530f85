"""What the app declares about itself in manifest.yml (Slack's own format, version 1 or 2)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml


@dataclass(frozen=True)
class SlashCommand:
    command: str
    should_escape: bool
    url: str | None
    description: str = ""
    usage_hint: str = ""


@dataclass(frozen=True)
class Shortcut:
    name: str
    callback_id: str
    on_message: bool
    description: str = ""


@dataclass(frozen=True)
class Manifest:
    """The parts of a manifest that decide what Slack lets the app do."""

    name: str
    commands: Mapping[str, SlashCommand]
    shortcuts: Mapping[tuple[str, bool], Shortcut]
    """Keyed by name and by whether it is a message's shortcut."""
    scopes: frozenset[str]
    events: frozenset[str]
    interactivity: bool
    socket_mode: bool
    home_tab: bool
    messages_tab: bool
    messages_tab_writable: bool
    request_urls: frozenset[str]
    """Every address declared for HTTP: commands, events, interactivity."""
    description: str = ""


def _section(parent: object, key: str) -> dict[str, Any]:
    found = parent.get(key) if isinstance(parent, dict) else None
    return found if isinstance(found, dict) else {}


def read_manifest(path: Path) -> Manifest:
    """Read a manifest; raises ValueError when it is not a YAML mapping with a display name."""
    manifest = _parsed(path.read_text(encoding="utf-8"))
    if manifest is None:
        raise ValueError(f"{path}: display_information.name is missing")
    return manifest


# Whoever starts many sandboxes, one after the other, waits for little else.
@lru_cache(maxsize=8)
def _parsed(text: str) -> Manifest | None:
    """What a manifest of those words says; None where it has no display name."""
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # in C, where that was built
    document = yaml.load(text, Loader=loader)  # noqa: S506
    name = _section(document, "display_information").get("name")
    if not isinstance(name, str):
        return None
    features, settings = _section(document, "features"), _section(document, "settings")
    home, interactivity = _section(features, "app_home"), _section(settings, "interactivity")
    subscriptions = _section(settings, "event_subscriptions")
    commands = {
        entry["command"]: SlashCommand(
            entry["command"],
            bool(entry.get("should_escape", False)),
            entry.get("url"),
            str(entry.get("description", "")),
            str(entry.get("usage_hint", "")),
        )
        for entry in features.get("slash_commands") or []
    }
    shortcuts = [
        Shortcut(
            entry["name"],
            entry["callback_id"],
            entry["type"] == "message",
            str(entry.get("description", "")),
        )
        for entry in features.get("shortcuts") or []
    ]
    urls = [command.url for command in commands.values()]
    urls += [interactivity.get("request_url"), subscriptions.get("request_url")]
    scopes = _section(_section(document, "oauth_config"), "scopes").get("bot") or []
    return Manifest(
        name=name,
        commands=commands,
        shortcuts={(shortcut.name, shortcut.on_message): shortcut for shortcut in shortcuts},
        scopes=frozenset(scopes),
        events=frozenset(subscriptions.get("bot_events") or []),
        interactivity=bool(interactivity.get("is_enabled", False)),
        socket_mode=bool(settings.get("socket_mode_enabled", False)),
        home_tab=bool(home.get("home_tab_enabled", False)),
        messages_tab=bool(home.get("messages_tab_enabled", False)),
        messages_tab_writable=not home.get("messages_tab_read_only_enabled", True),
        request_urls=frozenset(url for url in urls if url),
        description=str(_section(document, "display_information").get("description", "")),
    )
