"""Once a day in each process: what is old goes for good, and Slack's profiles are read."""

import logging
import threading
from collections import deque
from collections.abc import Mapping
from datetime import datetime, timedelta

from bot.context import AppContext
from bot.domain.delivery import MessageKind
from bot.domain.workspaces.faults import BusyError
from bot.jobs.tick import RateLimits, is_away, say
from bot.messenger import RateLimitedError, SlackError
from bot.services.binder import exporting
from bot.services.delivery import messages, queue
from bot.services.team import people
from bot.services.workspaces import retention
from bot.services.workspaces.retention import Portion

log = logging.getLogger("windshield")

EVERY = timedelta(days=1)
PROFILES = "users.list"
AT_ONCE = 100
"""Profiles written in one transaction: a press meanwhile does not wait for a thousand."""

PORTIONS_AT_ONCE = 20
"""Transactions in which something old goes, between two heartbeats."""

START = ""


class Upkeep:
    """Does a little at a time, a page of profiles a call and some of what is old, so that no
    message waits for it.

    `drawn_for` is how long after it was posted a message of a kind may be drawn anew.
    """

    def __init__(
        self,
        app: AppContext,
        drawn_for: Mapping[MessageKind, timedelta],
        stopped: threading.Event,
    ) -> None:
        self.app = app
        self.drawn_for = drawn_for
        self.stopped = stopped
        self._limits = RateLimits()
        self._done_at: dict[int, datetime] = {}
        self._cursors: dict[int, str] = {}
        self._portions: dict[int, deque[Portion]] = {}

    def step(self, now: datetime) -> None:
        """Go on with it where a day has passed; one workspace where it fails is left for tomorrow.
        Raises DatabaseUnavailableError."""
        for workspace_id in sorted(self.app.workspaces.values()):
            if self.stopped.is_set():
                return
            try:
                self._step(workspace_id, now)
            except Exception as error:
                if is_away(error):
                    raise
                say(error, "workspace %s: upkeep is put off", workspace_id)

    def _step(self, workspace_id: int, now: datetime) -> None:
        done_at = self._done_at.get(workspace_id)
        if done_at is None or abs(now - done_at) >= EVERY:
            self._done_at[workspace_id] = now
            self._cursors[workspace_id] = START
            database = self.app.database
            retention.purge(database, workspace_id, now)
            queue.purge(database, workspace_id, now)
            messages.purge(database, workspace_id, self.drawn_for, now)
            exporting.purge(database, workspace_id, now)
            self._portions[workspace_id] = deque(retention.portions(database, workspace_id))
        self._expire(workspace_id, now)
        if workspace_id in self._cursors:
            self._read_profiles(workspace_id, now)

    def _expire(self, workspace_id: int, now: datetime) -> None:
        """Go on with what is older than the workspace keeps things. What cannot be done for some
        teams is tried for fewer, and for one team left for tomorrow."""
        waiting = self._portions.get(workspace_id) or deque()
        for _ in range(PORTIONS_AT_ONCE):
            if not waiting or self.stopped.is_set():
                return
            portion = waiting.popleft()
            try:
                left = retention.expire(self.app.database, workspace_id, portion, now)
            except Exception as error:
                if is_away(error):
                    raise
                if isinstance(error, BusyError):
                    waiting.appendleft(portion)
                    return
                if not portion.halves:
                    say(error, "workspace %s: what is old of %s stays", workspace_id, portion.teams)
                waiting.extendleft(reversed(portion.halves))
            else:
                if left is not None:
                    waiting.appendleft(left)

    def _read_profiles(self, workspace_id: int, now: datetime) -> None:
        if self._limits.until(workspace_id, PROFILES, now):
            return
        cursor = self._cursors.pop(workspace_id)
        try:
            profiles, coming = self.app.messenger.some_profiles(cursor)
        except RateLimitedError as error:
            until = now + timedelta(seconds=error.retry_after)
            self._limits.hold(workspace_id, PROFILES, until)
            self._cursors[workspace_id] = cursor
            return
        except SlackError as error:
            # Slack tells of changes by events too; tomorrow is soon enough.
            log.warning("profiles were not read: %s", error.code)
            return
        for start in range(0, len(profiles), AT_ONCE):
            some = profiles[start : start + AT_ONCE]
            people.refresh(self.app.database, workspace_id, some, now)
        if coming:
            self._cursors[workspace_id] = coming
