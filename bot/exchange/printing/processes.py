"""Child processes that set and join pages: what one of them does wrong is a sentence here."""

import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import Any

CHILD = (sys.executable, "-m", "bot.exchange.printing.child")

PATIENCE = 300.0
"""Seconds for one of them, which needs a few: after that it hangs."""

AT_ONCE = 2
"""Of them; fewer where there are fewer processors."""

PASSED_ON = ("PATH", "PYTHONPATH", "HOME", "TMPDIR", "TEMP", "SYSTEMROOT", "LANG", "LC_ALL")
"""Of the environment: no key and no token."""


class PrintError(RuntimeError):
    """Pages could not be made; the text says why, and nothing was written."""


class Children:
    """Runs jobs, at most AT_ONCE of them, each in a process of its own; ends them all where one
    fails."""

    def __init__(self, patience: float = PATIENCE) -> None:
        self._patience = patience
        self._running: set[subprocess.Popen[bytes]] = set()
        self._lock = threading.Lock()
        self._over = False

    def run(
        self, jobs: Sequence[Mapping[str, Any]], told: Callable[[int], None]
    ) -> list[dict[str, Any]]:
        """What came of each job, in order; `told` hears the place of each as it is done. Raises
        PrintError, and OSError for what the system refused."""
        found: list[dict[str, Any]] = [{} for _ in jobs]
        with ThreadPoolExecutor(min(AT_ONCE, os.cpu_count() or 1)) as pool:
            waiting = {pool.submit(self._one, job): place for place, job in enumerate(jobs)}
            try:
                for done in as_completed(waiting):
                    found[waiting[done]] = done.result()
                    told(waiting[done])
            except BaseException:
                self._end(waiting)
                raise
        return found

    def _end(self, waiting: Mapping[Any, int]) -> None:
        with self._lock:
            self._over = True
            for one in waiting:
                one.cancel()
            for process in self._running:
                process.kill()

    def _one(self, job: Mapping[str, Any]) -> dict[str, Any]:
        with self._lock:
            if self._over:
                return {}
            process = subprocess.Popen(  # noqa: S603 - this very program, and nothing typed
                CHILD,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.PIPE,
                env={name: os.environ[name] for name in PASSED_ON if name in os.environ},
            )
            self._running.add(process)
        with process:
            try:
                output, errors = process.communicate(json.dumps(job).encode(), self._patience)
            except subprocess.TimeoutExpired as error:
                raise PrintError(
                    f"The pages were not made within {self._patience:g} seconds. "
                    "Nothing was written; try again."
                ) from error
            finally:
                process.kill()
                with self._lock:
                    self._running.discard(process)
        return _read(process.returncode, output, errors)


def _read(code: int, output: bytes, errors: bytes) -> dict[str, Any]:
    if code != 0:
        raise PrintError(
            f"The process that makes the pages ended by itself ({_why(code, errors)}). "
            "Nothing was written; try again."
        )
    found: dict[str, Any] = json.loads(output)
    if "errno" in found:
        raise OSError(found["errno"], found["strerror"])
    if "refused" in found:
        raise PrintError(f"The pages could not be set: {found['refused']}")
    return found


def _why(code: int, errors: bytes) -> str:
    if code < 0:
        return f"signal {-code}"
    lines = errors.decode("utf-8", "replace").strip().splitlines()
    return lines[-1] if lines else f"code {code}"
