"""A command answered while a thousand lists go out, against the same command when nothing does."""

import gc
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from statistics import median, quantiles
from tempfile import TemporaryDirectory

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.workspaces.people import Actor, Profile
from bot.services.delivery.schedules import set_due
from bot.services.team import people, setup
from slack_sandbox import Person, Sandbox
from slack_sandbox.rates import CALLS_PER_MINUTE
from storage.database.engine import Database
from storage.migrations import migrate
from storage.team import teams
from storage.workspaces import installs
from tests.bench.company import DUE, found_company
from tests.bench.processes import environment, running
from tests.bench.table import Row
from tests.places import MANIFEST

LISTS = 1_000
CLICKS = 200
ROUNDS = 3
POST = "chat.postMessage"
PATIENCE = 60
"""Seconds for the first list to go out."""

LINE = "/touch @Sam Stone call about the Acme renewal"
FAR = timedelta(days=300)


def ninety_ninth(taken: Sequence[float]) -> float:
    """Of a hundred of those times the longest but one."""
    return quantiles(taken, n=100)[98]


def clicks(person: Person, count: int) -> list[float]:
    """Seconds that each answer took."""
    taken = []
    for _ in range(count):
        began = time.perf_counter()
        person.slash(LINE)
        taken.append(time.perf_counter() - began)
    return taken


@contextmanager
def uncollected() -> Iterator[None]:
    """This process plays Slack and the person: its own garbage is no part of what is measured, and
    looking for it among a thousand messages stops it for longer than any click takes."""
    gc.collect()
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _round() -> tuple[float, float, float]:
    """The 99th of 100 times when idle and meanwhile, and the longest meanwhile."""
    now = DUE - timedelta(hours=1)
    with (
        TemporaryDirectory() as folder,
        Sandbox(MANIFEST, now=now, ticking=True) as slack,
    ):
        dana, sam = slack.add_person("Dana Moss"), slack.add_person("Sam Stone")
        managers = slack.add_people((f"Manager {number}", "UTC") for number in range(LISTS))
        url = f"sqlite:///{folder}/windshield.db"
        database = Database(url)
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        found_company(database, workspace, [one.id for one in managers], 8, 4, due=now + FAR)
        known = [Profile(dana.id, dana.name, "UTC"), Profile(sam.id, sam.name, "UTC")]
        people.save(database, workspace, known, now)
        setup.choose_reps(database, Actor(workspace, dana.id), [sam.id], now)
        env = environment(slack, url) | {"TICK_SECONDS": "1"}
        child = ["-m", "tests.bench.clicks_child", now.isoformat()]
        with running(child, env), uncollected():
            slack.wait_for_app(60)
            clicks(dana, 50)
            idle = clicks(dana, CLICKS)
            with database.writing(workspace, patience=60) as tx:
                due = {ScheduleKey(team.id): now for team in teams.all_teams(tx)}
                set_due(tx, MessageKind.TODO_LIST, due)
            begun = time.monotonic()
            while not _posts(slack):
                assert time.monotonic() - begun < PATIENCE, "no list went out"
                time.sleep(0.05)
            before = _posts(slack)
            meanwhile = clicks(dana, CLICKS)
            after = _posts(slack)
        database.close()
    assert before < after < LISTS, f"{before} to {after}: the lists were not going out meanwhile"
    return ninety_ninth(idle), ninety_ninth(meanwhile), max(meanwhile)


def _posts(slack: Sandbox) -> int:
    return sum(call.method == POST for call in slack.calls)


def row() -> Row:
    """One process that does both, on SQLite; the sandbox and whoever clicks in this one."""
    limit = CALLS_PER_MINUTE[POST]
    CALLS_PER_MINUTE[POST] = 100 * LISTS
    try:
        rounds = [_round() for _ in range(ROUNDS)]
    finally:
        CALLS_PER_MINUTE[POST] = limit
    ratios = [meanwhile / idle for idle, meanwhile, _ in rounds]
    idle, meanwhile, _ = rounds[-1]
    longest = max(longest for _, _, longest in rounds)
    figures = f"{meanwhile * 1000:.0f} ms against {idle * 1000:.0f} ms"
    spread = f"{min(ratios):.2f} to {max(ratios):.2f}"
    return Row(
        f"a click while {LISTS:,} lists go out: 99th",
        f"{figures}, longest {longest * 1000:.0f} ms",
        f"{median(ratios):.2f} × ({spread})",
        "≤ 1.5 ×",
    )
