"""Processes of their own that begin at once: forked from one that has loaded the product and done
nothing else, since to load it takes a second of CPU. tests/cli/test_run.py and test_bad_values.py
start theirs as an operator does, tests/faults/test_export_killed.py an export's as the bot does."""

import json
import multiprocessing
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from multiprocessing.connection import Connection
from tempfile import TemporaryDirectory, gettempdir
from typing import IO

from tests.places import ROOT

LOADED = (
    *("bot.cli.run", "bot.app", "bot.jobs.exporting", "bot.jobs.kinds", "bot.jobs.upkeep"),
    *("bot.scheduler", "bot.serving.http", "bot.serving.sockets", "storage.migrations"),
    *("bot.cli.making", "bot.services.binder.export", "bot.exchange.formats"),
)

PATIENCE = 60
"""Seconds for one to end, on a machine that is busy."""

TEMPORARY = gettempdir()
"""Where it is before any test says that it is elsewhere."""

STREAMS = ("stdin", "stdout", "stderr")

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
        self.stdin, self.stdout, self.stderr = map(ours.get, STREAMS)

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

    def is_ready(self) -> None:
        """Wait for it to say so."""
        assert self.stdout is not None
        assert self.stdout.readline() == "ready\n"

    def goes_on(self) -> None:
        """Write it a line."""
        assert self.stdin is not None
        self.stdin.write("go\n")
        self.stdin.flush()

    def end(self) -> str:
        """Close what it reads from; what else it says, once it has ended. One that does not end is
        killed."""
        said = ""
        if self.stdin is not None:
            self.stdin.close()
        hangs = threading.Timer(PATIENCE, self.kill)
        hangs.start()
        for pipe in (self.stdout, self.stderr):
            if pipe is not None:
                with pipe:
                    said += pipe.read()
        self.wait()
        hangs.cancel()
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
    for number, name in enumerate(STREAMS):
        if name in pipes:
            os.dup2(pipes[name].fileno(), number)
            pipes[name].close()
    if "stdin" in pipes:
        sys.stdin = os.fdopen(0)
    task(*given)


STANDS_IN = """
import json, os, socket, sys
with socket.socket(socket.AF_UNIX) as told:
    told.connect(sys.argv[1])
    socket.send_fds(told, [json.dumps(dict(os.environ)).encode()], [0, 1, 2])
    sys.exit(told.recv(1)[0])
"""
"""Loads nothing, has another process do the work with its streams, and ends as that does."""

LONGEST = 200_000
"""Bytes of the environment of a process."""


@contextmanager
def making() -> Iterator[Sequence[str]]:
    """What to begin in the place of `bot.cli.making`."""
    with TemporaryDirectory(dir=TEMPORARY) as folder, socket.socket(socket.AF_UNIX) as listener:
        place = f"{folder}/making"
        listener.bind(place)
        listener.listen()
        thread = threading.Thread(target=_make_what_is_asked, args=(listener,))
        thread.start()
        try:
            yield (sys.executable, "-I", "-S", "-c", STANDS_IN, place)
        finally:
            with socket.socket(socket.AF_UNIX) as told:
                told.connect(place)
            thread.join()


def _make_what_is_asked(listener: socket.socket) -> None:
    """Until somebody comes who asks for nothing."""
    while True:
        with listener.accept()[0] as asked:
            env, handles, _, _ = socket.recv_fds(asked, LONGEST, len(STREAMS))
            if not env:
                return
            streams: dict[str, Connection] = dict(
                zip(STREAMS, map(Connection, handles), strict=True)
            )
            process = CONTEXT.Process(
                target=_begin, args=(streams, _make, (json.loads(env),)), daemon=True
            )
            process.start()
            for stream in streams.values():
                stream.close()
            process.join()
            assert process.exitcode is not None
            asked.send(bytes([process.exitcode % 256]))


def _make(env: Mapping[str, str]) -> None:
    from bot.cli import making

    os.setsid()  # it ends all of its group where the bot is gone
    os.environ.clear()
    os.environ.update(env)
    sys.exit(making.main())
