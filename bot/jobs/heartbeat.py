"""The heartbeat: all that is due as of an instant, in every workspace served."""

import logging
import threading
from collections.abc import Callable, Iterator
from datetime import datetime

from bot.domain.deliveries import Counts, Waiting
from bot.domain.faults import DatabaseUnavailableError
from bot.jobs import Jobs
from bot.jobs.beat import Beat, Holds
from bot.jobs.looking import look_up_lost
from bot.jobs.redrawing import redraw_behind
from bot.jobs.sending import send_pending
from bot.parts import Parts
from bot.services import deliveries

log = logging.getLogger("windshield")


class Heartbeat:
    """Beats as often as it is asked to, in any number of processes; one at a time in each.

    Once `stopped` is set nothing new is begun, and what was claimed is handed back.
    """

    def __init__(self, parts: Parts, jobs: Jobs, stopped: threading.Event | None = None) -> None:
        self.parts = parts
        self.jobs = jobs
        self.stopped = stopped or threading.Event()
        self._served = sorted(parts.workspaces.values())
        self._holds = Holds()

    def beat(self, now: datetime) -> Counts:
        """Plan, send, look for and draw anew all there is to as of `now`; what that came to.

        Raises DatabaseUnavailableError; the next heartbeat goes on from there.
        """
        database = self.parts.database
        beat = Beat(now, self.parts.clock, self._holds, self.stopped)
        waiting = deliveries.waiting(database, self._served, now)
        busy = waiting.busy(now)
        if not busy:
            beat.counts.next_try = min(waiting.open.values(), default=None)
            return beat.counts
        for workspace_id in sorted(busy):
            for step in self._steps(beat, waiting, workspace_id):
                try:
                    step()
                except DatabaseUnavailableError:
                    raise
                except Exception:  # neither the other steps nor other workspaces wait for it
                    log.exception("a heartbeat failed in workspace %s", workspace_id)
        beat.counts.next_try = deliveries.next_try(database, self._served)
        return beat.counts

    def _steps(
        self, beat: Beat, waiting: Waiting, workspace_id: int
    ) -> Iterator[Callable[[], None]]:
        parts, jobs = self.parts, self.jobs
        is_due = workspace_id in waiting.due
        has_open = waiting.is_open(workspace_id, beat.now)
        if is_due:
            yield lambda: self._plan(beat, workspace_id)
        if has_open:
            # What turns out not to be there is sent again at once.
            yield lambda: look_up_lost(parts, self.jobs.rules, beat, workspace_id)
        if is_due or has_open:
            yield lambda: send_pending(parts, jobs, beat, workspace_id)
        if is_due or workspace_id in waiting.behind:
            yield lambda: redraw_behind(parts, jobs, beat, workspace_id)

    def _plan(self, beat: Beat, workspace_id: int) -> None:
        more = True
        while more and not self.stopped.is_set():
            pending, expired, more = deliveries.plan(
                self.parts.database, workspace_id, self.jobs.rules, beat.now
            )
            beat.counts.planned += pending
            beat.counts.expired += expired
