"""What the app may do in Slack is less than the manifest asks for: whoever can mend it is told."""

import logging
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml

from bot.app import Windshield, assemble
from bot.config import Settings
from bot.screens.home import publish, publish_opened
from slack_sandbox import Sandbox
from storage.database.engine import Database
from tests.places import MANIFEST
from tests.scenarios.conftest import World

LINE = "Whoever set it up mends that by installing it again (users:read)"


def sandbox(folder: Path, *, without: str = "") -> Sandbox:
    """A pretend Slack where the app was installed before the manifest asked for that scope."""
    manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
    scopes = manifest["oauth_config"]["scopes"]["bot"]
    manifest["oauth_config"]["scopes"]["bot"] = [one for one in scopes if one != without]
    events = manifest["settings"]["event_subscriptions"]["bot_events"]
    if without:
        events.remove("user_change")
    path = folder / "manifest.yml"
    path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
    return Sandbox(path, datetime(2026, 11, 23, 9, 0, tzinfo=UTC))


def product_in(slack: Sandbox, database: Database) -> Windshield:
    settings = Settings(
        bot_token=slack.bot_token, app_token=slack.app_token, slack_api_url=slack.api_url
    )
    return assemble(settings, database, clock=slack.clock)


def test_the_manager_reads_it_once_on_home_and_the_operator_in_the_log(
    tmp_path: Path, database: Database, caplog: pytest.LogCaptureFixture
) -> None:
    with sandbox(tmp_path, without="users:read") as slack:
        with caplog.at_level(logging.WARNING, "windshield"):
            product = product_in(slack, database)
        assert "install the app again with manifest.yml; missing: users:read" in caplog.text
        assert product.app.missing_scopes == ("users:read",)


def test_a_line_stands_on_the_managers_home_until_it_is_mended(world: World) -> None:
    dana, sam = world.person("Dana Moss"), world.person("Sam Stone")
    world.team(dana, sam)
    app, now = world.product.app, world.slack.clock.now()
    assert app.missing_scopes == ()
    lacking = replace(app, missing_scopes=("users:read",))
    calls = len(world.slack.calls)
    publish_opened(lacking, world.actor(dana), now, None)
    assert [call.method for call in world.slack.calls[calls:]] == ["views.publish"]
    assert dana.home is not None
    assert dana.home.text.count(LINE) == 1
    publish_opened(lacking, world.actor(sam), now, None)
    assert sam.home is not None
    assert LINE not in sam.home.text
    publish(lacking, world.actor(dana), now, start=1)
    assert LINE in dana.home.text
    dana.opens_home()
    dana.sees_not("installing it again")
