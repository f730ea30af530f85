"""The heartbeat: all that is due as of an instant, in every workspace served."""

import threading
from collections.abc import Callable
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import Counts, Waiting
from bot.domain.workspaces.faults import BusyError
from bot.jobs import Kinds
from bot.jobs.reconciling import reconcile
from bot.jobs.redrawing import redraw_stale
from bot.jobs.sending import send_pending
from bot.jobs.tick import RateLimits, TickRun, is_away, say
from bot.services.delivery import queue
from bot.services.delivery.queue import PLANNED_AT_ONCE

ROUNDS = 6
"""How often in one heartbeat what was done makes something due that is sent at once: an end makes
a recap, an agenda that was missed a question. What is due after that waits for the next."""


class Heartbeat:
    """Beats as often as it is asked to, in any number of processes; one at a time in each.

    Once `stopped` is set nothing new is begun, and what was claimed is handed back.
    """

    def __init__(
        self, app: AppContext, kinds: Kinds, stopped: threading.Event | None = None
    ) -> None:
        self.app = app
        self.kinds = kinds
        self.stopped = stopped or threading.Event()
        self._limits = RateLimits()

    def beat(self, now: datetime) -> Counts:
        """Plan, send, look for and draw anew all there is to as of `now`; what that came to.

        What one message, team, kind or workspace cannot do is put off, and keeps no other waiting.
        Raises DatabaseUnavailableError where the database is away, or so busy that nothing at all
        could be done; the next heartbeat goes on from there.
        """
        database = self.app.database
        run = TickRun(now, self.app.clock, self._limits, self.stopped)
        served = sorted(self.app.workspaces.values())
        waiting = queue.waiting(database, served, now)
        busy = waiting.busy(now)
        if not busy:
            run.counts.next_try = min(waiting.open.values(), default=None)
            return run.counts
        for workspace_id in sorted(busy):
            self._serve(run, waiting, workspace_id)
        if run.kept_out is not None and not run.got_on:
            raise run.kept_out
        run.counts.next_try = queue.next_try(database, served)
        return run.counts

    def _serve(self, run: TickRun, waiting: Waiting, workspace_id: int) -> None:
        app, kinds = self.app, self.kinds
        is_due = workspace_id in waiting.due
        is_open = waiting.is_open(workspace_id, run.now)

        def attempt(what: str, step: Callable[[], bool]) -> bool:
            """Neither the other steps nor other workspaces wait for one that fails."""
            try:
                done = step()
                run.got_on = True
                return done
            except Exception as error:
                if is_away(error):
                    raise
                if isinstance(error, BusyError):
                    run.kept_out = error
                run.counts.put_off += 1
                say(error, "workspace %s: %s is put off", workspace_id, what)
                return False

        if is_open:
            # What turns out not to be there is sent again at once.
            attempt("looking for messages", lambda: reconcile(app, kinds, run, workspace_id))
        stale = is_due or workspace_id in waiting.stale
        going = is_due or is_open
        for _ in range(ROUNDS):
            if not going:
                break
            attempt("planning", lambda: self._plan(run, workspace_id))
            going = attempt("sending", lambda: send_pending(app, kinds, run, workspace_id))
            stale = stale or going
        if stale:
            attempt("drawing anew", lambda: redraw_stale(app, kinds, run, workspace_id))

    def _plan(self, run: TickRun, workspace_id: int) -> bool:
        """Plan all that is due; a batch that fails is cut until what cannot be planned stands
        alone, and that is put off."""
        database, next_due = self.app.database, self.kinds.next_due
        sent = self.kinds.sent
        limit = PLANNED_AT_ONCE
        more = True
        while more and not self.stopped.is_set():
            try:
                batch = queue.plan(database, workspace_id, next_due, run.now, limit)
            except Exception as error:
                if is_away(error) or isinstance(error, BusyError):
                    raise
                if limit > 1:
                    limit = max(1, limit // 8)
                    continue
                put_off = queue.put_off_first(database, workspace_id, next_due, run.now)
                if put_off is None:
                    return False
                run.counts.put_off += 1
                say(error, "the %s of team %s is put off", put_off.kind, put_off.team_id)
            else:
                run.counts.planned += sum(batch.pending[kind] for kind in sent)
                run.counts.expired += batch.expired
                more = batch.more
                limit = min(PLANNED_AT_ONCE, limit * 2)
        return True
