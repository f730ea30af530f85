"""The queue of writers: in order, one at a time, and nothing that fails blocks it."""

import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.workspaces.faults import BusyError, OutOfTimeError
from storage.database.writers import WriterQueue

PATIENCE = 10.0
"""Seconds for what is to come at once: only a queue that is blocked takes as long."""


def soon() -> float:
    return time.monotonic() + PATIENCE


def until(happened: Callable[[], bool]) -> None:
    """Wait for what another thread is about to do."""
    end = soon()
    while not happened():
        assert time.monotonic() < end
        time.sleep(0.001)


def is_free(queue: WriterQueue) -> bool:
    """Whether whoever asks now has the turn at once."""
    with queue.turn(time.monotonic()):
        return True


class Line:
    """Writers who come one after another while somebody writes."""

    def __init__(self) -> None:
        self.queue = WriterQueue()
        self.served: list[int] = []
        self.pool = ThreadPoolExecutor(40)

    def comes(self, number: int, work: Callable[[], object]) -> Future[None]:
        """Somebody who waits behind those who wait already."""
        before = len(self.queue)
        writer = self.pool.submit(self._write, number, work, soon())
        until(lambda: len(self.queue) == before + 1)
        return writer

    def gives_up(self, number: int) -> Future[None]:
        """Somebody who has no time to wait."""
        writer = self.pool.submit(self._write, number, nothing, time.monotonic())
        until(writer.done)
        return writer

    def _write(self, number: int, work: Callable[[], object], deadline: float) -> None:
        with self.queue.turn(deadline):
            self.served.append(number)
            work()


def fail() -> None:
    raise ZeroDivisionError


def nothing() -> None:
    pass


@settings(max_examples=30, deadline=None)
@given(st.lists(st.sampled_from(["writes", "fails", "gives up"]), max_size=30))
def test_writers_are_served_in_the_order_they_came_whatever_becomes_of_some(
    story: list[str],
) -> None:
    line = Line()
    with line.pool:
        with line.queue.turn(soon()):
            came = [
                line.gives_up(number)
                if what == "gives up"
                else line.comes(number, fail if what == "fails" else nothing)
                for number, what in enumerate(story)
            ]
        expected = {"writes": type(None), "fails": ZeroDivisionError, "gives up": BusyError}
        ends = [type(writer.exception(PATIENCE)) for writer in came]
    assert ends == [expected[what] for what in story]
    assert line.served == [n for n, what in enumerate(story) if what != "gives up"]
    assert is_free(line.queue)


def test_of_many_who_ask_again_and_again_nobody_is_passed_over() -> None:
    queue, served, many, times = WriterQueue(), list[int](), 16, 50
    ready = threading.Barrier(many)

    def write(number: int) -> None:
        ready.wait(PATIENCE)
        for _ in range(times):
            with queue.turn(soon()):
                assert not writing.locked()
                with writing:
                    served.append(number)

    writing = threading.Lock()
    with ThreadPoolExecutor(many) as pool:
        for writer in [pool.submit(write, number) for number in range(many)]:
            writer.result(PATIENCE)
    assert sorted(served) == sorted(list(range(many)) * times)
    assert is_free(queue)


def test_who_asks_again_stands_behind_who_waits() -> None:
    line = Line()
    with line.pool:
        with line.queue.turn(soon()):
            waits = line.comes(1, nothing)
        with line.queue.turn(soon()):
            line.served.append(0)
        waits.result(PATIENCE)
    assert line.served == [1, 0]


def test_a_turn_within_a_turn_is_given_up_and_the_outer_one_goes_on() -> None:
    queue = WriterQueue()
    with queue.turn(soon()):
        with pytest.raises(OutOfTimeError), queue.turn(time.monotonic() + 0.05):
            pass
        assert len(queue) == 0
    assert is_free(queue)


def test_who_is_interrupted_while_waiting_leaves_the_queue(monkeypatch: pytest.MonkeyPatch) -> None:
    class Interrupted:
        def acquire(self, timeout: float = -1) -> None:
            if timeout >= 0:
                raise KeyboardInterrupt

    queue = WriterQueue()
    with queue.turn(soon()):
        with monkeypatch.context() as patched:
            patched.setattr(threading, "Lock", Interrupted)
            with pytest.raises(KeyboardInterrupt), queue.turn(soon()):
                pass
        assert len(queue) == 0
    assert is_free(queue)


def test_who_is_interrupted_just_as_the_turn_comes_hands_it_on(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue, first = WriterQueue(), ExitStack()

    class Interrupted:
        def acquire(self, timeout: float = -1) -> None:
            if timeout >= 0:
                first.close()
                raise KeyboardInterrupt

        def release(self) -> None:
            pass

    first.enter_context(queue.turn(soon()))
    with monkeypatch.context() as patched:
        patched.setattr(threading, "Lock", Interrupted)
        with pytest.raises(KeyboardInterrupt), queue.turn(soon()):
            pass
    assert is_free(queue)


def test_the_turn_that_comes_just_as_patience_ends_is_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    queue, first = WriterQueue(), ExitStack()

    class TooLate:
        def acquire(self, timeout: float = -1) -> bool:
            if timeout >= 0:
                first.close()
            return False

        def release(self) -> None:
            pass

    first.enter_context(queue.turn(soon()))
    with monkeypatch.context() as patched:
        patched.setattr(threading, "Lock", TooLate)
        with queue.turn(soon()):
            pass
    assert is_free(queue)
