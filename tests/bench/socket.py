"""How long the bot is deaf when its socket is cut, and whether a press is lost meanwhile.

`python -m tests.bench.socket 300` is the long version of what the table shows in a minute: presses
go on while the socket is cut every few seconds, each time in another way.
"""

import itertools
import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

import psutil
from cryptography.fernet import Fernet
from sqlalchemy import create_engine, text

from bot.domain.workspaces.people import Actor, Profile
from bot.services.team import people, setup
from slack_sandbox import Cut, Person, Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.bench.processes import cpu_seconds, environment, running
from tests.bench.table import Row
from tests.places import MANIFEST

PING_SECONDS = 2.0
"""The floor: one ping interval."""

PATIENCE = 90.0
"""Seconds until the bot is given up for deaf."""

ROUNDS = 5
SOAK_SECONDS = 60.0
CUT_EVERY = 5.0
PAUSE = 0.05
"""Seconds that somebody takes between two presses."""

PRESSERS = 3
KEY = Fernet.generate_key().decode()

WAYS: tuple[Callable[[Sandbox], None], ...] = (
    *(partial(Sandbox.cut_sockets, how=how) for how in Cut),
    Sandbox.warn_sockets,
    Sandbox.refresh_sockets,
    partial(Sandbox.refresh_sockets, reason="link_disabled"),
)
"""Every way in which Slack ends a connection."""


@dataclass
class Soak:
    """What came of it: presses of which the bot said that it had taken them, presses that Slack
    could not hand over and said so, and presses that were taken and are not in the database."""

    pressed: int = 0
    taken: int = 0
    failed: int = 0
    lost: list[str] = field(default_factory=list)
    cuts: int = 0
    deaf: list[float] = field(default_factory=list)
    """Seconds from each cut until the next press that was answered."""
    cpu: float = 0.0
    """Share of one processor."""
    threads: tuple[int, int] = (0, 0)
    files: tuple[int, int] = (0, 0)
    """Before and after."""


@dataclass(frozen=True)
class Stage:
    slack: Sandbox
    bot: psutil.Process
    pressers: list[tuple[Person, Person]]
    """Managers, each with a rep."""
    url: str


@contextmanager
def stage() -> Iterator[Stage]:
    """The bot in Socket Mode, in a process of its own, with a few teams."""
    with (
        TemporaryDirectory() as folder,
        Sandbox(MANIFEST, now=datetime.now(UTC), ticking=True) as slack,
    ):
        url = f"sqlite:///{Path(folder) / 'windshield.db'}"
        database = Database(url, (KEY,))
        migrate(database)
        workspace = installs.ensure(database, slack.team_id, "Bench")
        pressers = [
            (slack.add_person(f"Manager {n}"), slack.add_person(f"Rep {n}"))
            for n in range(PRESSERS)
        ]
        now = datetime.now(UTC)
        everyone = [Profile(one.id, one.name, "UTC") for pair in pressers for one in pair]
        people.save(database, workspace, everyone, now)
        for manager, rep in pressers:
            setup.choose_reps(database, Actor(workspace, manager.id), [rep.id], now)
        database.close()
        env = {**environment(slack, url), "WINDSHIELD_SECRET_KEY": KEY}
        with running(["-m", "bot", "run"], env) as bot:
            slack.wait_for_app(30)
            yield Stage(slack, bot, pressers, url)


def deaf_for(stage: Stage, cut: Callable[[Sandbox], None]) -> float:
    """Seconds from a cut until a press is answered."""
    cut(stage.slack)
    began = time.monotonic()
    while time.monotonic() - began < PATIENCE:
        try:
            stage.slack.wait_for_app(PATIENCE)
        except AssertionError:
            break
        if _press(stage, 0, "help"):
            break
    took = time.monotonic() - began
    _pass_a_minute(stage.slack)
    return took


def soak(stage: Stage, seconds: float, every: float = CUT_EVERY) -> Soak:
    """Presses for so long, and a cut `every` so many seconds."""
    found = Soak()
    over = threading.Event()
    answered = threading.Condition()
    last_answer = [0.0]
    lock = threading.Lock()
    said: list[str] = []

    def presses(who: int) -> None:
        for number in itertools.count():
            if over.is_set():
                return
            about = f"press {who} {number} of the soak"
            began = time.monotonic()
            taken = _press(stage, who, f"@{stage.pressers[who][1].name} call {about}")
            with lock:
                found.pressed += 1
                found.taken += taken
                found.failed += not taken
                if taken:
                    said.append(about)
            if taken:
                with answered:
                    last_answer[0] = began
                    answered.notify_all()
            over.wait(PAUSE)

    _press(stage, 0, "help")
    threads = [threading.Thread(target=presses, args=(who,)) for who in range(PRESSERS)]
    for thread in threads:
        thread.start()
    over.wait(1)
    before = stage.bot.num_threads(), stage.bot.num_fds()
    began, used = time.monotonic(), cpu_seconds(stage.bot)
    for cut in itertools.cycle(WAYS):
        if time.monotonic() - began > seconds:
            break
        cut(stage.slack)
        at = time.monotonic()
        _pass_a_minute(stage.slack)
        with answered:
            answered.wait_for(partial(_is_later, last_answer, at), PATIENCE)
        found.deaf.append(time.monotonic() - at)
        found.cuts += 1
        over.wait(max(0.0, every - found.deaf[-1]))
    found.cpu = (cpu_seconds(stage.bot) - used) / (time.monotonic() - began)
    over.set()
    for thread in threads:
        thread.join()
    found.threads = before[0], stage.bot.num_threads()
    found.files = before[1], stage.bot.num_fds()
    found.lost = sorted(set(said) - _logged(stage.url))
    return found


def _is_later(answer: list[float], at: float) -> bool:
    return answer[0] > at


def _press(stage: Stage, who: int, line: str) -> bool:
    """Whether the bot took it."""
    manager = stage.pressers[who][0]
    manager.reloads()
    manager.slash(f"/touch {line}")
    return not any("failed with the error" in message.text for message in manager.ephemerals)


def _logged(url: str) -> set[str]:
    engine = create_engine(url)
    with engine.connect() as connection:
        found = set(connection.scalars(text("select about from interaction")))
    engine.dispose()
    return found


def _pass_a_minute(slack: Sandbox) -> None:
    """Slack gives an app a few connections a minute; more cuts than that are the bench's own."""
    slack.clock.advance(timedelta(minutes=1))


def deaf_row() -> Row:
    """After end-of-file, and after silence."""
    with stage() as here:
        _press(here, 0, "help")
        ways = (Cut.END_OF_FILE, Cut.SILENCE)
        found = {
            how: [deaf_for(here, partial(Sandbox.cut_sockets, how=how)) for _ in range(ROUNDS)]
            for how in ways
        }
    worst = max(max(times) for times in found.values())
    end, silence = (median(found[how]) for how in ways)
    return Row(
        "after a socket is cut without a word",
        f"deaf for {end:.2f} s, half-open {silence:.2f} s",
        f"{worst / PING_SECONDS:.2f} × (worst)",
        "≤ 2 ×",
    )


def soak_row() -> Row:
    with stage() as here:
        found = soak(here, SOAK_SECONDS)
    return Row(
        f"{SOAK_SECONDS:.0f} s of presses, {found.cuts} cuts",
        f"{found.taken} taken, {found.failed} turned away",
        f"{len(found.lost)} lost, CPU {found.cpu:.2f}",
        "0 lost",
    )


def main() -> None:
    seconds = float(sys.argv[1]) if sys.argv[1:] else SOAK_SECONDS
    with stage() as here:
        found = soak(here, seconds)
    print(
        f"{found.pressed} presses, {found.taken} taken, {found.failed} turned away by Slack, "
        f"{len(found.lost)} lost; {found.cuts} cuts, deaf for {median(found.deaf):.2f} s "
        f"(longest {max(found.deaf):.2f} s); CPU {found.cpu:.2f}, "
        f"threads {found.threads}, files {found.files}"
    )
    if found.lost:
        sys.exit(f"lost: {', '.join(found.lost)}")


if __name__ == "__main__":
    main()
