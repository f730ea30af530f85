"""The clockwork: it beats at once, again and again, sooner when asked, and stops well."""

import threading
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot import scheduler
from bot.scheduler import JOB, Beside, Scheduler

pytestmark = pytest.mark.slow

PATIENCE = 10
"""Seconds for what happens at once on a machine that is not busy."""
SHORT = 0.02
LONG = 3600.0


class Heart:
    """Counts its beats; `answers` what each of them does."""

    def __init__(self, answers: Callable[[int], float | None]) -> None:
        self.answers = answers
        self.beats = 0
        self.changed = threading.Condition()

    def beat(self) -> float | None:
        with self.changed:
            self.beats += 1
            self.changed.notify_all()
            beats = self.beats
        return self.answers(beats)

    def has_beaten(self, times: int) -> bool:
        with self.changed:
            return self.changed.wait_for(lambda: self.beats >= times, PATIENCE)


@pytest.fixture
def stopped() -> threading.Event:
    return threading.Event()


Start = Callable[[Heart, float], Scheduler]


@pytest.fixture
def start(stopped: threading.Event) -> Iterator[Start]:
    started: list[Scheduler] = []

    def starting(heart: Heart, seconds: float) -> Scheduler:
        started.append(Scheduler(heart.beat, seconds, stopped))
        started[-1].start()
        return started[-1]

    yield starting
    for one in started:
        one.stop()


def test_it_beats_at_once_and_again(start: Start) -> None:
    heart = Heart(lambda _: None)
    start(heart, SHORT)
    assert heart.has_beaten(3)


def test_it_beats_sooner_where_something_is_to_be_tried_sooner(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "SOONEST", SHORT)
    heart = Heart(lambda beats: 0.0 if beats < 4 else None)
    start(heart, LONG)
    assert heart.has_beaten(4)


def test_a_beat_that_fails_is_followed_by_the_next(start: Start) -> None:
    def fails_once(beats: int) -> None:
        if beats == 1:
            raise ZeroDivisionError

    heart = Heart(fails_once)
    start(heart, SHORT)
    assert heart.has_beaten(2)


def test_stopping_waits_for_the_beat_that_runs_and_begins_no_other(
    start: Start, stopped: threading.Event
) -> None:
    finished = []

    def until_stopped(_: int) -> float:
        assert stopped.wait(PATIENCE)
        finished.append(True)
        return 0.0

    heart = Heart(until_stopped)
    running = start(heart, LONG)
    assert heart.has_beaten(1)
    running.stop()
    assert finished == [True]
    running.stop()
    running.mend()


def test_a_clock_that_was_set_back_does_not_stop_it(start: Start) -> None:
    heart = Heart(lambda _: None)
    running = start(heart, LONG)
    assert heart.has_beaten(1)
    clockwork = running._clockwork
    assert clockwork is not None
    # As APScheduler finds it after the wall clock was set back by two hours.
    clockwork.modify_job(JOB, next_run_time=datetime.now(UTC) + timedelta(hours=3))
    running.mend()
    assert heart.has_beaten(2)


def test_it_beats_at_once_where_somebody_waits_and_once_more_after_a_beat(
    start: Start, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(scheduler, "SOONEST", SHORT)
    goes_on, begun = threading.Event(), threading.Event()

    def waits(beats: int) -> None:
        if beats == 2:
            begun.set()
            assert goes_on.wait(PATIENCE)

    heart = Heart(waits)
    clockwork = start(heart, LONG)
    assert heart.has_beaten(1)
    clockwork.hurry()
    assert begun.wait(PATIENCE)
    clockwork.hurry()
    goes_on.set()
    assert heart.has_beaten(3)


def test_what_works_beside_it_goes_on_after_a_failure(stopped: threading.Event) -> None:
    heart = Heart(lambda beats: 1 / 0 if beats == 1 else None)
    beside = Beside(heart.beat, stopped)
    beside.start()
    beside.go()
    assert heart.has_beaten(1)
    beside.go()
    assert heart.has_beaten(2)
    beside.stop()
    beside.go()
    assert heart.beats == 2
