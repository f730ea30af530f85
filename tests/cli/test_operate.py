"""`windshield doctor`, `manifest`, `migrate` and `sandbox --tour`."""

import logging
import re
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.__main__ import main
from slack_sandbox import FaultKind, Sandbox
from storage.database.version import HEAD
from tests.places import MANIFEST

pytestmark = pytest.mark.slow


@pytest.fixture
def slack(ticking_slack: Sandbox) -> Sandbox:
    return ticking_slack


def run(*arguments: str, **env: str) -> Result:
    names = ("SLACK_BOT_TOKEN", "SLACK_APP_TOKEN", "SLACK_SIGNING_SECRET", "SLACK_API_URL")
    empty = dict.fromkeys((*names, "DATABASE_URL", "WINDSHIELD_SECRET_KEY"), "")
    return CliRunner().invoke(main, list(arguments), env={**empty, **env})


def settings(slack: Sandbox, folder: Path) -> dict[str, str]:
    return {
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_APP_TOKEN": slack.app_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": f"sqlite:///{folder}/w.db",
    }


@contextmanager
def log_left_as_it_was(caplog: pytest.LogCaptureFixture) -> Iterator[None]:
    """What the product's log says before, it says afterwards too."""
    log = logging.getLogger("windshield")
    with caplog.at_level(logging.INFO, log.name):
        yield
        assert log.level == logging.INFO


def test_doctor_is_content_when_all_is_in_place(slack: Sandbox, tmp_path: Path) -> None:
    env = settings(slack, tmp_path)
    assert run("migrate", **env).output == f"The schema is at {HEAD}.\n"
    assert run("migrate", **env).output == f"The schema is at {HEAD}, as it was.\n"
    found = run("doctor", **env)
    assert found.exit_code == 0
    assert all(line.startswith("ok ") for line in found.output.splitlines())
    for word in ("bot token", "scopes", "app token", "database", "clock", "time zones"):
        assert word in found.output


def test_doctor_says_what_to_do_and_makes_nothing(tmp_path: Path) -> None:
    found = run("doctor", DATABASE_URL=f"sqlite:///{tmp_path}/none/w.db")
    assert found.exit_code == 1
    assert "TO DO bot token: set SLACK_BOT_TOKEN" in found.output
    assert f"TO DO database: none can be made in {tmp_path}/none" in found.output
    assert list(tmp_path.iterdir()) == []


def test_doctor_is_content_before_the_first_run(
    slack: Sandbox, tmp_path: Path, empty_database_url: str, secret_key: str
) -> None:
    env = {**settings(slack, tmp_path), "DATABASE_URL": empty_database_url}
    found = run("doctor", **env, WINDSHIELD_SECRET_KEY=secret_key)
    assert (found.exit_code, "TO DO" in found.output) == (0, False)
    assert "is made by the first run" in found.output


def test_doctor_makes_no_file_before_the_first_run(slack: Sandbox, tmp_path: Path) -> None:
    found = run("doctor", **settings(slack, tmp_path))
    assert found.exit_code == 0
    assert "ok    database: is made by the first run" in found.output
    assert list(tmp_path.iterdir()) == []


def test_the_version_is_that_of_the_package() -> None:
    assert run("--version").output == f"windshield, version {version('windshield')}\n"


def test_doctor_tells_a_wrong_token_and_a_slack_that_is_away(
    slack: Sandbox, tmp_path: Path
) -> None:
    env = settings(slack, tmp_path)
    wrong = run("doctor", **{**env, "SLACK_BOT_TOKEN": "xoxb-none"})
    assert "TO DO bot token: Slack said invalid_auth" in wrong.output
    slack.faults.add("auth.test", FaultKind.SERVER_ERROR)
    assert "TO DO bot token" in run("doctor", **env).output


def test_the_manifest_as_it_is_keeps_its_comments() -> None:
    assert run("manifest").output == (MANIFEST).read_text()


def test_the_manifest_for_http_has_request_urls_and_no_socket() -> None:
    manifest = yaml.safe_load(run("manifest", "--url", "https://sales.example/").output)
    address = "https://sales.example/slack/events"
    assert {command["url"] for command in manifest["features"]["slash_commands"]} == {address}
    assert manifest["settings"]["event_subscriptions"]["request_url"] == address
    assert manifest["settings"]["interactivity"]["request_url"] == address
    assert manifest["settings"]["socket_mode_enabled"] is False


def test_the_manifest_wants_https() -> None:
    refused = run("manifest", "--url", "http://sales.example")
    assert refused.exit_code == 1
    assert "https://" in refused.output


def test_the_tour_ends_well_and_breaks_no_rule(caplog: pytest.LogCaptureFixture) -> None:
    with log_left_as_it_was(caplog):
        toured = run("sandbox", "--tour", "--port", "0")
    assert toured.exit_code == 0, toured.output
    assert "Slack's rules broken on the way: 0" in toured.output
    assert '"format": "windshield/1"' in toured.stdout
    # Results over two quarters, as each person sees them.
    for seen in (
        "What could you take off",
        "(Dana Moss sees)\n── Save-it plan ──",
        "Looking ahead\n═",
        "Acted in time\n",
        "what helped: “two mornings a week for calls”",
        "Your balance\n═",
        "(Lea Diaz sees)\nTeams shared with you",
        "Last time this helped: “two mornings a week for calls”",
        "Your results\n",
        "(Dana Moss sees)\nYour binder: JSON, all reps, all years.",
        "(Marcus Lind sees)\n── Transition pack ──",
        "before with Dana Moss.",
    ):
        assert seen in toured.output, seen
    taps = dict(re.findall(r"^(.*): (\d+) taps$", toured.output, re.MULTILINE))
    assert int(taps.pop("Eight reps set up")) <= 20
    assert taps.pop("A touch in one line") == "3"
    # Of all four topics: what changed, and three steps; shared, and the next one planned.
    assert int(taps.pop("A field day with one visit")) <= 6
    assert int(taps.pop("A session with three steps to each of four topics")) <= 24
    assert len(taps) == 3
    for words, count in taps.items():
        assert "8 reps done on their days" in words
        assert count == "8"


def test_a_port_that_is_taken_is_said(slack: Sandbox, caplog: pytest.LogCaptureFixture) -> None:
    port = slack.api_url.rsplit(":", 1)[1].split("/")[0]
    for more in ((), ("--tour",)):
        with log_left_as_it_was(caplog):
            refused = run("sandbox", *more, "--port", port)
        assert refused.exit_code == 1
        assert f"Port {port} is taken; name another with --port." in refused.output
