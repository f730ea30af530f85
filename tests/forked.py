"""Processes of their own that begin at once: forked from one that has loaded the product and done
nothing else, since to load it takes a second of CPU. tests/cli/test_run.py and test_bad_values.py
start theirs as an operator does."""

import multiprocessing
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from multiprocessing.connection import Connection
from typing import IO

from tests.places import ROOT

LOADED = (
    *("bot.cli.run", "bot.app", "bot.jobs.exporting", "bot.jobs.kinds", "bot.jobs.upkeep"),
    *("bot.scheduler", "bot.serving.http", "bot.serving.sockets", "storage.migrations"),
)

CONTEXT = multiprocessing.get_context("forkserver")
CONTEXT.set_forkserver_preload([*LOADED, __name__])


class Forked:
    """A process, used as `subprocess.Popen` is: it has pipes for what the names say."""

    def __init__(
        self, task: Callable[..., None], *given: object, pipes: Sequence[str] = ("stderr",)
    ) -> None:
        theirs: dict[str, Connection] = {}
        ours: dict[str, IO[str]] = {}
        for name in pipes:
            reads, writes = CONTEXT.Pipe(duplex=False)
            theirs[name], kept = (reads, writes) if name == "stdin" else (writes, reads)
            ours[name] = os.fdopen(os.dup(kept.fileno()), "w" if name == "stdin" else "r")
            kept.close()
        self._process = CONTEXT.Process(target=_begin, args=(theirs, task, given))
        self._process.start()
        for their in theirs.values():
            their.close()
        self.stdin, self.stdout, self.stderr = map(ours.get, ("stdin", "stdout", "stderr"))

    @property
    def pid(self) -> int:
        assert self._process.pid is not None
        return self._process.pid

    def poll(self) -> int | None:
        return self._process.exitcode

    def wait(self, timeout: float | None = None) -> int:
        self._process.join(timeout)
        code = self.poll()
        assert code is not None, f"it did not end within {timeout} seconds"
        return code

    def send_signal(self, number: int) -> None:
        if self.poll() is None:
            os.kill(self.pid, number)

    def kill(self) -> None:
        self._process.kill()

    def end(self) -> str:
        """Close what it reads from; what else it says, once it has ended."""
        said = ""
        if self.stdin is not None:
            self.stdin.close()
        for pipe in (self.stdout, self.stderr):
            if pipe is not None:
                with pipe:
                    said += pipe.read()
        self.wait()
        return said


def command(env: Mapping[str, str], *line: str) -> Forked:
    """`windshield` with these words."""
    return Forked(_command, dict(env), line)


def _command(env: Mapping[str, str], line: Sequence[str]) -> None:
    from bot.__main__ import main

    os.chdir(ROOT)
    os.environ.clear()
    os.environ.update(env)
    main(line)


def _begin(
    pipes: Mapping[str, Connection], task: Callable[..., None], given: Sequence[object]
) -> None:
    for number, name in enumerate(("stdin", "stdout", "stderr")):
        if name in pipes:
            os.dup2(pipes[name].fileno(), number)
            pipes[name].close()
    if "stdin" in pipes:
        sys.stdin = os.fdopen(0)
    task(*given)
