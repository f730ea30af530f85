"""Many people who log a touch at once, over HTTP: how many a second, how long the slowest wait, and
how many are refused; on both databases, against a bare listener that commits one row."""

import hashlib
import hmac
import http.client
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from statistics import median, quantiles
from tempfile import TemporaryDirectory
from urllib.parse import urlencode

from cryptography.fernet import Fernet

from bot.domain.workspaces.people import Actor, Profile
from bot.services.team import people, setup
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.bench.processes import environment
from tests.bench.table import Row
from tests.databases import address, postgres_database, postgres_server
from tests.places import MANIFEST, ROOT

AT_ONCE = (1, 4, 16, 32)
COMMANDS = {1: 150, 4: 400, 16: 1_200, 32: 1_200}
"""By how many are at it: enough for the slowest hundredth to be more than one command."""

MANAGERS = max(AT_ONCE)
WARM_UP = 100
ROUNDS = 3
LONGEST = 30
"""Seconds until a client gives an answer up."""

KEY = Fernet.generate_key().decode()
OURS, FLOOR = ("bot", "run"), ("tests.bench.floor_http",)


@dataclass(frozen=True)
class Load:
    """What came of the commands of one run."""

    a_second: float
    slowest_hundredth: float
    """Seconds that 99 of 100 answers took at most."""
    refused: int


@dataclass(frozen=True)
class Stage:
    """Where the product and the floor can run: a Slack to ask who they are, and a database."""

    slack: Sandbox
    database_url: str
    lines: Sequence[tuple[str, str]]
    """Who says what (a Slack id, and what is typed after `/touch`)."""


@contextmanager
def stage(url: str) -> Iterator[Stage]:
    """A migrated database at `url` with MANAGERS teams of one rep each."""
    now = datetime.now(UTC)
    with Sandbox(MANIFEST, now=now) as slack:
        database = Database(url, (KEY,))
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        named = [(f"UM{number}", f"UR{number}") for number in range(MANAGERS)]
        everyone = [Profile(who, f"Person {who}", "UTC") for pair in named for who in pair]
        people.save(database, workspace, everyone, now)
        for manager, rep in named:
            setup.choose_reps(database, Actor(workspace, manager), [rep], now)
        database.close()
        about = "call about the Acme renewal, sent the price sheet"
        yield Stage(slack, url, [(manager, f"<@{rep}> {about}") for manager, rep in named])


@contextmanager
def listening(module: Sequence[str], stage: Stage) -> Iterator[int]:
    """That module in a process of its own; the port it listens on."""
    env = {
        **environment(stage.slack, stage.database_url),
        "SLACK_APP_TOKEN": "",
        "SLACK_SIGNING_SECRET": stage.slack.signing_secret,
        "PORT": "0",
        "WINDSHIELD_SECRET_KEY": KEY,
        "LOG_LEVEL": "ERROR",
    }
    child = subprocess.Popen(
        [sys.executable, "-m", *module], cwd=ROOT, env=env, stderr=subprocess.PIPE, text=True
    )
    try:
        assert child.stderr is not None
        greeting = next(line for line in child.stderr if "Listening on port" in line)
        # A pipe that nobody reads would hold up whoever logs into it.
        threading.Thread(target=child.stderr.read, name="said", daemon=True).start()
        yield int(greeting.split("port ")[1].split(":")[0])
    finally:
        child.terminate()
        child.wait(30)


def load(port: int, stage: Stage, at_once: int, commands: int) -> Load:
    """So many commands by so many people, each of whom waits for one answer before the next."""
    each = commands // at_once
    with ThreadPoolExecutor(at_once) as pool:
        people_at_it = [partial(_say, port, stage, *stage.lines[n], each) for n in range(at_once)]
        began = time.perf_counter()
        answered = [one.result() for one in [pool.submit(say) for say in people_at_it]]
        took = time.perf_counter() - began
    times = [seconds for person in answered for seconds, _ in person]
    refused = sum(not logged for person in answered for _, logged in person)
    return Load(len(times) / took, quantiles(times, n=100)[-1], refused)


def _say(port: int, stage: Stage, who: str, line: str, times: int) -> list[tuple[float, bool]]:
    """One person's commands, one after another: seconds, and whether it was logged."""
    body = urlencode(
        {
            "command": "/touch",
            "text": line,
            "team_id": stage.slack.team_id,
            "user_id": who,
            "channel_id": "D0",
            "trigger_id": "1.2.3",
            "response_url": "http://127.0.0.1:9/never",
        }
    )
    headers = _signed(body, stage.slack.signing_secret)
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=LONGEST)
    answers = []
    for _ in range(times):
        began = time.perf_counter()
        connection.request("POST", "/slack/events", body, headers)
        answer = connection.getresponse().read()
        answers.append((time.perf_counter() - began, b"Logged" in answer))
    connection.close()
    return answers


def _signed(body: str, secret: str) -> dict[str, str]:
    """Headers with Slack's signature (https://docs.slack.dev/authentication/verifying-requests-from-slack)."""
    stamp = str(int(time.time()))
    digest = hmac.new(secret.encode(), f"v0:{stamp}:{body}".encode(), hashlib.sha256).hexdigest()
    return {
        "Content-Type": "application/x-www-form-urlencoded",
        "X-Slack-Request-Timestamp": stamp,
        "X-Slack-Signature": f"v0={digest}",
    }


def sqlite_rows() -> Iterator[Row]:
    """On SQLite."""
    with TemporaryDirectory() as ours, TemporaryDirectory() as floor:
        urls = f"sqlite:///{ours}/windshield.db", f"sqlite:///{floor}/floor.db"
        yield from _rows("SQLite", *urls)


def postgresql_rows() -> Iterator[Row]:
    """On PostgreSQL."""
    with (
        postgres_server() as server,
        postgres_database(server) as ours,
        postgres_database(server) as floor,
    ):
        yield from _rows("PostgreSQL", address(ours), address(floor))


def _rows(name: str, our_url: str, floor_url: str) -> Iterator[Row]:
    """The product and the floor in turn, each in a process of its own."""
    found: dict[int, list[tuple[Load, Load]]] = {at_once: [] for at_once in AT_ONCE}
    with stage(our_url) as ours:
        floor = Stage(ours.slack, floor_url, ours.lines)
        for _ in range(ROUNDS):
            sides = [_measured(OURS, ours), _measured(FLOOR, floor)]
            for at_once in AT_ONCE:
                found[at_once].append((sides[0][at_once], sides[1][at_once]))
    for at_once, pairs in found.items():
        yield _row(f"{at_once} at once, {name}", pairs)


def _measured(module: Sequence[str], stage: Stage) -> dict[int, Load]:
    with listening(module, stage) as port:
        load(port, stage, 4, WARM_UP)
        return {at_once: load(port, stage, at_once, COMMANDS[at_once]) for at_once in AT_ONCE}


def _row(what: str, pairs: Sequence[tuple[Load, Load]]) -> Row:
    """The round in the middle by its commands a second, and by its slowest hundredth."""
    speed = median(ours.a_second / floor.a_second for ours, floor in pairs)
    wait = median(ours.slowest_hundredth / floor.slowest_hundredth for ours, floor in pairs)
    ours, floor = (
        (
            median(load.a_second for load in side),
            median(load.slowest_hundredth for load in side) * 1000,
        )
        for side in zip(*pairs, strict=True)
    )
    refused = sum(ours.refused for ours, _ in pairs)
    return Row(
        what,
        f"{ours[0]:.0f}/s {ours[1]:.0f} ms, {floor[0]:.0f}/s {floor[1]:.0f} ms",
        f"{speed:.2f} ×, {wait:.1f} ×, {refused} refused",
        "≥ 0.5 ×, ≤ 2 ×, 0",
    )
