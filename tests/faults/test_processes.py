"""Processes that beat at once, and processes that die at any moment."""

import json
import random
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime, timedelta

import pytest

from bot.domain.delivery import LEASE, LOOK_AFTER
from tests.faults.conftest import MONDAY, Office
from tests.faults.probe import WEEK
from tests.faults.process import READY, Answer, Order, Settings, serve
from tests.forked import Forked

pytestmark = pytest.mark.slow

KILLS = 32
SEED = 20261123
DEADLY_BEATS = 4
BEATS = DEADLY_BEATS + 3
"""Of a week; the last ones live, so that what is still open then is settled."""
LATER = timedelta(seconds=LEASE) + LOOK_AFTER
DAY = re.compile(r"\d{4}-\d\d-\d\d")


class Process:
    """A process that beats when told to."""

    def __init__(
        self, office: Office, database_url: str, secret_key: str, own_kinds: bool = False
    ) -> None:
        slack = office.slack
        settings = Settings(
            database_url=database_url,
            secret_key=secret_key,
            bot_token=slack.bot_token,
            api_url=slack.api_url,
            team_id=slack.team_id,
            workspace_id=office.workspace_id,
            own_kinds=own_kinds,
        )
        self.child = Forked(serve, settings, pipes=("stdin", "stdout"))

    def wait_until_ready(self) -> None:
        assert self._line() == READY

    def order(self, now: datetime, die_at: int | None = None) -> None:
        assert self.child.stdin is not None
        self.child.stdin.write(json.dumps(asdict(Order(now.isoformat(), die_at))) + "\n")
        self.child.stdin.flush()

    def answer(self) -> Answer:
        return Answer(**json.loads(self._line()))

    def beats(self, now: datetime, die_at: int | None = None) -> Answer:
        self.order(now, die_at)
        return self.answer()

    def _line(self) -> str:
        assert self.child.stdout is not None
        return self.child.stdout.readline().strip()

    def end(self) -> None:
        """Give no more orders: that ends it and whoever takes them for it."""
        self.child.end()


@contextmanager
def processes(
    number: int, office: Office, database_url: str, secret_key: str, own_kinds: bool = False
) -> Iterator[list[Process]]:
    started = [Process(office, database_url, secret_key, own_kinds) for _ in range(number)]
    try:
        for process in started:
            process.wait_until_ready()
        yield started
    finally:
        for process in started:
            process.end()


def test_two_processes_that_beat_at_once_send_each_message_once(
    office: Office, database_url: str, secret_key: str
) -> None:
    office.open(120)
    with processes(2, office, database_url, secret_key) as (one, other):
        for process in (one, other):
            process.order(MONDAY)
        answers = [process.answer() for process in (one, other)]
        sent = sum(answer.sent or 0 for answer in answers)
        # Who finds the other at work leaves the rest to it, or to the next heartbeat.
        sent += one.beats(MONDAY).sent or 0
    assert sent == 120
    assert office.got() == [["due 2026-11-23 08:00"]] * 120


def test_whenever_a_process_is_killed_each_message_comes_once(
    office: Office, database_url: str, secret_key: str
) -> None:
    luck = random.Random(SEED)
    office.open(4)
    with processes(1, office, database_url, secret_key) as (process,):
        moments = process.beats(MONDAY).moments
        assert moments is not None
        week, kills = 0, 0
        while kills < KILLS:
            week += 1
            now = MONDAY + WEEK * week
            for beat in range(BEATS):
                die_at = luck.randint(1, moments) if beat < DEADLY_BEATS else None
                office.slack.clock.move_to(now)
                kills += process.beats(now, die_at).sent is None
                office.end_leases()
                now += LATER
                if office.states() == {"sent": 4 * (week + 1)}:
                    break
    days = [f"{MONDAY + WEEK * n:%Y-%m-%d}" for n in range(week + 1)]
    got = [[DAY.findall(text)[0] for text in texts] for texts in office.got()]
    assert got == [days] * 4
    assert office.states() == {"sent": 4 * len(days)}
