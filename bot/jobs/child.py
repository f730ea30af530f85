"""The process that writes a binder into a file, as the bot has it: begun, listened to, ended."""

import contextlib
import json
import logging
import os
import selectors
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Sequence
from typing import BinaryIO

from bot.domain.binder import order
from bot.domain.binder.exporting import ExportFault
from bot.domain.binder.order import Order

log = logging.getLogger("windshield")

COMMAND = (sys.executable, "-m", "bot.cli.making")

TIME_LIMIT = 15 * 60.0
"""Seconds after which a process that makes a binder is taken for hung: ten years of sixty reps take
less than one minute."""

SAID_EVERY = 3.0
"""Seconds between two lines of progress that are kept and shown: chat.update takes some fifty a
minute of a whole workspace (https://docs.slack.dev/apis/web-api/rate-limits)."""

CLAIMED_EVERY = 20.0
"""Seconds after which it is said anew whose it is, whether or not anything was written."""

FAULTS = frozenset(one.value for one in ExportFault)

LOOKED_EVERY = 0.5
"""Seconds between two looks at whether the bot is to stop."""


class Child:
    """`command` writes the file, and has `time_limit` seconds for it; it ends where `stopped` is
    set. `said` is told now and then how many parts of how many are written, and answers whether
    the file is still wanted."""

    def __init__(
        self,
        command: Sequence[str],
        time_limit: float,
        stopped: threading.Event,
        said: Callable[[int, int], bool],
    ) -> None:
        self.command = command
        self.time_limit = time_limit
        self.stopped = stopped
        self.said = said
        self._fault: ExportFault | None = None
        self._parts = self._told = 0, 0
        self.notes: list[str] = []
        """What whoever has the file should know of it."""
        self._rest = b""

    def write(self, ordered: Order, file: BinaryIO, folder: str) -> ExportFault | None:
        """Why there is no file; None where it is whole, or where nobody wants it any more, or
        `stopped` is set. The process, and whatever it began, is over then. What it needs room for
        meanwhile is in `folder`, which goes with the bot, should that end first."""
        child = subprocess.Popen(  # noqa: S603 - our own module
            self.command,
            stdin=subprocess.PIPE,
            stdout=file,
            stderr=subprocess.PIPE,
            start_new_session=True,
            env={**os.environ, order.FOLDER: folder, "TMPDIR": folder},
        )
        assert child.stdin is not None
        assert child.stderr is not None
        try:
            # Where it has died already, how it ended tells.
            with contextlib.suppress(BrokenPipeError):
                child.stdin.write(ordered.pack())
                child.stdin.flush()
            with selectors.DefaultSelector() as heard:
                heard.register(child.stderr, selectors.EVENT_READ)
                return self._watch(child, heard, child.stderr.fileno())
        finally:
            _end(child)

    def _watch(
        self, child: "subprocess.Popen[bytes]", heard: selectors.DefaultSelector, said: int
    ) -> ExportFault | None:
        began = told = time.monotonic()
        while True:
            if heard.select(LOOKED_EVERY):
                spoken = os.read(said, 65_536)
                if not spoken:
                    return self._ended(child)
                self._hear(spoken)
            now = time.monotonic()
            if self.stopped.is_set():
                return None
            if now - began > self.time_limit:
                log.error("the process of an export took too long")
                return ExportFault.TOOK_LONG
            if now - told > (SAID_EVERY if self._parts != self._told else CLAIMED_EVERY):
                told, self._told = now, self._parts
                if not self.said(*self._parts):
                    return None

    def _ended(self, child: "subprocess.Popen[bytes]") -> ExportFault | None:
        code = child.wait()
        if code == 0:
            return None
        log.error("the process of an export ended with %s", code)
        return self._fault or ExportFault.NOT_MADE

    def _hear(self, spoken: bytes) -> None:
        *lines, self._rest = (self._rest + spoken).split(b"\n")
        for line in lines:
            match line.decode(errors="replace").split(" "):
                case [order.NOTE, *words]:
                    self.notes.append(json.loads(" ".join(words)))
                case [order.PROGRESS, written, of] if written.isdecimal() and of.isdecimal():
                    self._parts = int(written), int(of)
                case [order.FAULT, fault] if fault in FAULTS:
                    self._fault = ExportFault(fault)
                case [word]:
                    log.error("the process of an export says: %s", word[:100])


def _end(child: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(child.pid, signal.SIGKILL)
    for pipe in (child.stdin, child.stderr):
        if pipe is not None:
            with contextlib.suppress(BrokenPipeError):
                pipe.close()
    child.wait()
