"""The app's manifest, where the project keeps it or where it was installed with the package."""

from functools import cache
from pathlib import Path
from typing import Any

PACKAGE = Path(__file__).parent
EVENTS_PATH = "/slack/events"


def manifest_path() -> Path:
    """manifest.yml beside the packages in a checkout, within the package once installed."""
    installed = PACKAGE / "manifest.yml"
    return installed if installed.exists() else PACKAGE.parent / "manifest.yml"


def read_manifest() -> dict[str, Any]:
    """The manifest as values."""
    import yaml

    # In C, where that was built: each start of the bot waits for it.
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    read: dict[str, Any] = yaml.load(manifest_path().read_text(encoding="utf-8"), Loader=loader)  # noqa: S506
    return read


@cache
def granted_scopes() -> tuple[str, ...]:
    """The bot scopes that the manifest asks for, as they were when first asked for."""
    return tuple(read_manifest()["oauth_config"]["scopes"]["bot"])


def missing_scopes(granted: str) -> tuple[str, ...]:
    """Those that the manifest asks for and the token has not; `granted` is what Slack says with
    its answers, with commas, and "" where it does not say: then nothing is known to be missing."""
    there = {scope.strip() for scope in granted.split(",") if scope.strip()}
    return tuple(scope for scope in granted_scopes() if scope not in there) if there else ()


def manifest_for(url: str) -> str:
    """The manifest with request URLs below `url`, for HTTP instead of Socket Mode."""
    import yaml

    manifest = read_manifest()
    address = url.rstrip("/") + EVENTS_PATH
    for command in manifest["features"]["slash_commands"]:
        command["url"] = address
    settings = manifest["settings"]
    settings["event_subscriptions"]["request_url"] = address
    settings["interactivity"]["request_url"] = address
    settings["socket_mode_enabled"] = False
    written: str = yaml.safe_dump(manifest, sort_keys=False, allow_unicode=True, width=100)
    return written
