"""Looking for messages that were handed to Slack without word of what came of them."""

import logging
import time
from datetime import timedelta

from bot.context import AppContext
from bot.domain.delivery import (
    IN_DOUBT,
    LEASE,
    LOOK_AFTER,
    RESTORED,
    Claimed,
    DeliveryState,
    MessageRef,
    Outcome,
    back_off,
    is_given_up,
    look_again_after,
)
from bot.domain.workspaces.people import Person
from bot.jobs import Kinds
from bot.jobs.tick import TickRun, is_away, say
from bot.messenger import (
    TIMEOUT,
    NobodyThereError,
    NotSentError,
    RateLimitedError,
    SlackError,
    TurnedAwayError,
)
from bot.services.delivery import queue
from bot.services.team import people

log = logging.getLogger("windshield")

LOOK = "conversations.history"
AT_ONCE = 20
MARGIN = timedelta(hours=1)
"""By how much Slack's clock and ours may disagree."""


def reconcile(app: AppContext, kinds: Kinds, run: TickRun, workspace_id: int) -> bool:
    """Find out what became of those in doubt: sent, or to be sent again. Whether there were any.

    Raises DatabaseUnavailableError.
    """
    found = False
    while not run.stopped.is_set():
        held = run.limits.until(workspace_id, LOOK, run.now)
        if held is not None:
            in_doubt = DeliveryState.UNKNOWN
            run.counts.unknown += queue.put_off(
                app.database, workspace_id, in_doubt, held, kinds.sent
            )
            break
        ours_until = time.monotonic() + LEASE - TIMEOUT
        claimed = queue.claim(app.database, workspace_id, run.now, AT_ONCE, kinds.sent, IN_DOUBT)
        if not claimed:
            break
        found = True
        outcomes = [_looked_up(app, run, workspace_id, one, ours_until) for one in claimed]
        written = queue.settle(
            app.database, workspace_id, outcomes, kinds.told_by, kinds.kept, run.at()
        )
        run.count(outcomes)
        if not written or run.is_stuck(outcomes, DeliveryState.UNKNOWN):
            break
    return found


def _looked_up(
    app: AppContext, run: TickRun, workspace_id: int, delivery: Claimed, ours_until: float
) -> Outcome:
    unknown, tries = DeliveryState.UNKNOWN, delivery.attempts
    if delivery.reader is None:
        # Nobody may look through a channel: the product asks for no scope to do so.
        return Outcome(delivery, DeliveryState.ASKED, tries)
    held = run.limits.until(workspace_id, LOOK, run.now)
    if held is not None:
        return Outcome(delivery, unknown, tries, try_at=held)
    if run.stopped.is_set() or time.monotonic() >= ours_until:
        return Outcome(delivery, unknown, tries, try_at=run.now)
    try:
        ref = _find(app, workspace_id, delivery)
    except RateLimitedError as error:
        until = run.later(error.retry_after)
        run.limits.hold(workspace_id, LOOK, until)
        return Outcome(delivery, unknown, tries, try_at=until, fault=error.code)
    except NobodyThereError as error:
        return Outcome(delivery, DeliveryState.FAILED, tries, fault=error.code)
    except SlackError as error:
        log.warning("delivery %s could not be looked for: %s", delivery.id, error.code)
        if isinstance(error, NotSentError | TurnedAwayError):
            run.limits.hold(workspace_id, LOOK, run.at() + LOOK_AFTER)
        return _still_unknown(delivery, run, error.code)
    except Exception as error:  # one that cannot be looked for must not hold up the others
        if is_away(error):
            raise
        say(error, "delivery %s could not be looked for", delivery.id)
        return _still_unknown(delivery, run, type(error).__name__)
    if ref is not None:
        return Outcome(delivery, DeliveryState.SENT, tries, ref, looked_up=True)
    pause = back_off(tries - 1)
    again = run.at() + pause if pause else run.now
    fault = None if delivery.fault == RESTORED else delivery.fault
    return Outcome(delivery, DeliveryState.PENDING, tries, try_at=again, fault=fault)


def _still_unknown(delivery: Claimed, run: TickRun, fault: str) -> Outcome:
    """It could not be looked for: again later, and not for ever."""
    if is_given_up(delivery, run.now):
        return Outcome(delivery, DeliveryState.FAILED, delivery.attempts, fault=fault)
    pause = look_again_after(run.now - (delivery.tried_at or run.now))
    again = run.at() + pause
    return Outcome(delivery, DeliveryState.UNKNOWN, delivery.attempts, try_at=again, fault=fault)


def _find(app: AppContext, workspace_id: int, delivery: Claimed) -> MessageRef | None:
    """Where it stands; None when it does not. Raises SlackError."""
    if delivery.reader is None or delivery.tried_at is None:
        return None
    channel = _conversation(app, workspace_id, delivery.reader)
    if delivery.fault == RESTORED:
        since = delivery.due_at - MARGIN
        ts = app.messenger.find_delivery(channel, delivery.occasion, since, by="occasion")
    else:
        ts = app.messenger.find_delivery(channel, delivery.key, delivery.tried_at - MARGIN)
    return MessageRef(channel, ts) if ts else None


def _conversation(app: AppContext, workspace_id: int, reader: Person) -> str:
    if reader.dm_channel is not None:
        return reader.dm_channel
    channel = app.messenger.open_conversation(reader.slack_id)
    people.remember_conversation(app.database, workspace_id, reader.slack_id, channel)
    return channel
