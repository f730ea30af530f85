"""`windshield run` as an operator starts it: a process of its own, by both transports."""

import os
import signal
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from slack_sandbox import Sandbox
from tests.places import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture
def slack(ticking_slack: Sandbox) -> Sandbox:
    return ticking_slack


@contextmanager
def running(slack: Sandbox, database_url: str, **settings: str) -> Iterator[subprocess.Popen[str]]:
    """The process, once it has greeted; ended by SIGTERM, which it must take well."""
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith("SLACK_")},
        "SLACK_BOT_TOKEN": slack.bot_token,
        "SLACK_API_URL": slack.api_url,
        "DATABASE_URL": database_url,
        "WINDSHIELD_SECRET_KEY": "",
        **settings,
    }
    child = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
    )
    try:
        yield child
        child.send_signal(signal.SIGTERM)
        _, said = child.communicate(timeout=20)
        assert "Stopping" in said
        assert "Traceback" not in said
        assert child.returncode == 0
    finally:
        child.kill()
        child.communicate()


def greeting(child: subprocess.Popen[str], words: str) -> str:
    assert child.stderr is not None
    return next(line for line in child.stderr if words in line)


def test_socket_mode_answers_a_command(slack: Sandbox, tmp_path: Path) -> None:
    dana = slack.add_person("Dana Moss")
    with running(slack, f"sqlite:///{tmp_path}/w.db", SLACK_APP_TOKEN=slack.app_token) as child:
        greeting(child, "Connected")
        slack.wait_for_app()
        dana.slash("/touch help")
        dana.sees("Log a contact in one line")
        dana.slash("/touch @Dana Moss call")
        dana.sees("You have no team here yet")
    assert slack.violations == []


def test_http_answers_the_same_and_tells_how_it_is(slack: Sandbox, tmp_path: Path) -> None:
    dana = slack.add_person("Dana Moss")
    with running(
        slack,
        f"sqlite:///{tmp_path}/w.db",
        SLACK_APP_TOKEN="",
        SLACK_SIGNING_SECRET=slack.signing_secret,
        PORT="0",
    ) as child:
        port = greeting(child, "Listening on port").split("port ")[1].split(":")[0]
        address = f"http://127.0.0.1:{port}"
        for path in ("/healthz", "/readyz"):
            with urllib.request.urlopen(address + path, timeout=10) as answer:
                assert (answer.status, answer.read()) == (200, b"ok")
        with pytest.raises(urllib.error.HTTPError) as unsigned:
            urllib.request.urlopen(address + "/slack/events", data=b"{}", timeout=10)
        unsigned.value.close()
        assert unsigned.value.code == 401
        slack.deliver_by_http(f"{address}/slack/events")
        dana.slash("/touch help")
        dana.sees("Log a contact in one line")
        dana.slash("/touch @Dana Moss call")
        dana.sees("You have no team here yet")
    assert slack.violations == []


def test_without_tokens_it_says_which_is_missing(tmp_path: Path) -> None:
    env = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}
    ended = subprocess.run(
        [sys.executable, "-m", "bot", "run"], cwd=tmp_path, env=env, capture_output=True, text=True
    )
    assert ended.returncode == 1
    assert ended.stderr.startswith("Error: SLACK_BOT_TOKEN is not set")
    assert list(tmp_path.iterdir()) == []
