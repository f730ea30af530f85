"""Looking for messages that were handed to Slack without word of what came of them."""

import logging
import time
from datetime import timedelta

from bot.domain.deliveries import (
    LEASE,
    LOOK_AFTER,
    Claimed,
    DeliveryState,
    Outcome,
    Place,
    back_off,
)
from bot.domain.people import Person
from bot.jobs.beat import Beat
from bot.messenger import (
    TIMEOUT,
    NobodyThereError,
    NotSentError,
    RateLimitedError,
    SlackError,
    TurnedAwayError,
)
from bot.parts import Parts
from bot.services import deliveries, people
from bot.services.deliveries import Rules

log = logging.getLogger("windshield")

LOOK = "conversations.history"
AT_ONCE = 20
MARGIN = timedelta(hours=1)
"""By how much Slack's clock and ours may disagree."""


def look_up_lost(parts: Parts, rules: Rules, beat: Beat, workspace_id: int) -> None:
    """Find out what became of them: sent, or to be sent again. Raises DatabaseUnavailableError."""
    while not beat.stopped.is_set():
        held = beat.holds.until(workspace_id, LOOK, beat.now)
        if held is not None:
            lost = DeliveryState.UNKNOWN
            beat.counts.unknown += deliveries.put_off(parts.database, workspace_id, lost, held)
            return
        ours_until = time.monotonic() + LEASE - TIMEOUT
        claimed = deliveries.claim_lost(parts.database, workspace_id, beat.now, AT_ONCE)
        if not claimed:
            return
        outcomes = [_looked_up(parts, beat, workspace_id, one, ours_until) for one in claimed]
        written = deliveries.settle(parts.database, workspace_id, outcomes, rules, beat.at())
        beat.count(outcomes)
        if not written or beat.is_stuck(outcomes, DeliveryState.UNKNOWN):
            return


def _looked_up(
    parts: Parts, beat: Beat, workspace_id: int, delivery: Claimed, ours_until: float
) -> Outcome:
    unknown, tries = DeliveryState.UNKNOWN, delivery.attempts
    if delivery.reader is None:
        # Nobody may look through a channel: the product asks for no scope to do so.
        return Outcome(delivery, DeliveryState.ASKED, tries)
    held = beat.holds.until(workspace_id, LOOK, beat.now)
    if held is not None:
        return Outcome(delivery, unknown, tries, try_at=held)
    if beat.stopped.is_set() or time.monotonic() >= ours_until:
        return Outcome(delivery, unknown, tries, try_at=beat.now)
    try:
        place = _find(parts, workspace_id, delivery)
    except RateLimitedError as error:
        until = beat.later(error.retry_after)
        beat.holds.hold(workspace_id, LOOK, until)
        return Outcome(delivery, unknown, tries, try_at=until, fault=error.code)
    except NobodyThereError as error:
        return Outcome(delivery, DeliveryState.FAILED, tries, fault=error.code)
    except SlackError as error:
        log.warning("delivery %s could not be looked for: %s", delivery.id, error.code)
        until = beat.at() + LOOK_AFTER
        if isinstance(error, NotSentError | TurnedAwayError):
            beat.holds.hold(workspace_id, LOOK, until)
        return Outcome(delivery, unknown, tries, try_at=until, fault=error.code)
    if place is not None:
        return Outcome(delivery, DeliveryState.SENT, tries, place, looked_up=True)
    pause = back_off(tries - 1)
    again = beat.at() + pause if pause else beat.now
    return Outcome(delivery, DeliveryState.PENDING, tries, try_at=again)


def _find(parts: Parts, workspace_id: int, delivery: Claimed) -> Place | None:
    """Where it stands; None when it does not. Raises SlackError."""
    if delivery.reader is None or delivery.tried_at is None:
        return None
    channel = _conversation(parts, workspace_id, delivery.reader)
    since = delivery.tried_at - MARGIN
    ts = parts.messenger.find_delivery(channel, delivery.key, since)
    return Place(channel, ts) if ts else None


def _conversation(parts: Parts, workspace_id: int, reader: Person) -> str:
    if reader.dm_channel is not None:
        return reader.dm_channel
    channel = parts.messenger.open_conversation(reader.slack_id)
    people.remember_conversation(parts.database, workspace_id, reader.slack_id, channel)
    return channel
