"""A file on its way to Slack, which says anew whose export it is of while it is read."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import BinaryIO

from bot.jobs.child import CLAIMED_EVERY, TIME_LIMIT


class NotOursError(Exception):
    """The export is not ours any more: nothing more of its file is to go."""


class HeldFile:
    """`file`, to be read from where it stands for TIME_LIMIT at the most. `wanted` is asked every
    CLAIMED_EVERY seconds, by `at`, whether it still is."""

    def __init__(
        self, file: BinaryIO, wanted: Callable[[], bool], at: Callable[[], datetime]
    ) -> None:
        self._file = file
        self._wanted = wanted
        self._at = at
        self._began = self._asked = at()

    def read(self, size: int = -1, /) -> bytes:
        """The next part. Raises NotOursError, and TimeoutError, which is an OSError."""
        now = self._at()
        if now - self._began > timedelta(seconds=TIME_LIMIT):
            raise TimeoutError
        if now - self._asked >= timedelta(seconds=CLAIMED_EVERY):
            self._asked = now
            if not self._wanted():
                raise NotOursError
        return self._file.read(size)
