"""Start-up: `--help`, and `run` until it answers."""

import subprocess
import sys
import time
import urllib.request
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from tests.bench.processes import environment
from tests.bench.table import Row
from tests.bench.touch import NOW
from tests.places import MANIFEST, ROOT

ROUNDS = 7
DEPENDENCIES = (
    "import click, cryptography.fernet, dotenv, slack_bolt, sqlalchemy.orm, waitress.server; "
    "import slack_bolt.adapter.wsgi, slack_sdk.models.blocks"
)


def seconds_of(code: list[str]) -> float:
    started = time.perf_counter()
    subprocess.run([sys.executable, *code], cwd=ROOT, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - started


def help_row() -> Row:
    pairs = [
        (seconds_of(["-m", "bot", "--help"]), seconds_of(["-c", "import slack_bolt"]))
        for _ in range(ROUNDS)
    ]
    return _row("start-up: --help", pairs, "≤ 1.3 ×")


def run_row() -> Row:
    pairs = []
    with TemporaryDirectory() as folder, Sandbox(MANIFEST, now=NOW) as slack:
        url = f"sqlite:///{folder}/windshield.db"
        database = Database(url)
        migrate(database)
        database.close()
        env = {
            **environment(slack, url),
            "SLACK_APP_TOKEN": "",
            "SLACK_SIGNING_SECRET": slack.signing_secret,
            "PORT": "0",
        }
        for _ in range(ROUNDS):
            pairs.append((_until_it_answers(env, Path(folder)), seconds_of(["-c", DEPENDENCIES])))
    return _row("start-up: run until it answers", pairs, "≤ 1.5 ×")


def _until_it_answers(env: dict[str, str], folder: Path) -> float:
    started = time.perf_counter()
    child = subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], cwd=folder, env=env, stderr=subprocess.PIPE, text=True
    )
    assert child.stderr is not None
    greeting = next(line for line in child.stderr if "Listening on port" in line)
    port = greeting.split("port ")[1].split(":")[0]
    urllib.request.urlopen(f"http://127.0.0.1:{port}/healthz", timeout=10).read()
    took = time.perf_counter() - started
    child.terminate()
    child.communicate(timeout=30)
    return took


def _row(what: str, pairs: list[tuple[float, float]], goal: str) -> Row:
    ratios = [ours / floor for ours, floor in pairs]
    ours, floor = (median(side) for side in zip(*pairs, strict=True))
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    figures = f"{ours * 1000:.0f} ms against {floor * 1000:.0f} ms"
    return Row(what, figures, f"{median(ratios):.2f} × ({spread})", goal)
