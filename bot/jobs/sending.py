"""Sending what is due in one workspace: claim some, compose them, send them, write it down."""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.deliveries import (
    LEASE,
    LOOK_AFTER,
    Claimed,
    DeliveryState,
    Outcome,
    Unsent,
    back_off,
)
from bot.domain.faults import DatabaseUnavailableError
from bot.jobs import Jobs
from bot.jobs.beat import Beat
from bot.messenger import (
    TIMEOUT,
    AnswerLostError,
    NotSentError,
    RateLimitedError,
    SlackError,
    TurnedAwayError,
)
from bot.parts import Parts
from bot.screens.direct import Outgoing, Sendable, ToChannel
from bot.services import deliveries

log = logging.getLogger("windshield")

POST = "chat.postMessage"
AT_ONCE = 50
"""Deliveries claimed together: Slack takes them well within a lease."""

LOST_IN_A_ROW = 3
"""Answers that may get lost before the rest waits: something is wrong between Slack and us."""


def send_pending(parts: Parts, jobs: Jobs, beat: Beat, workspace_id: int) -> None:
    """Send all that is due. Raises DatabaseUnavailableError; what was not written down by then is
    looked for later."""
    while not beat.stopped.is_set():
        held = beat.holds.until(workspace_id, POST, beat.now)
        if held is not None:
            pending = DeliveryState.PENDING
            beat.counts.retry += deliveries.put_off(parts.database, workspace_id, pending, held)
            return
        ours_until = time.monotonic() + LEASE - TIMEOUT
        claimed = deliveries.claim(parts.database, workspace_id, beat.now, AT_ONCE)
        if not claimed:
            return
        outcomes = _Batch(parts, jobs, beat, workspace_id, ours_until).work(claimed)
        written = deliveries.settle(parts.database, workspace_id, outcomes, jobs.rules, beat.at())
        beat.count(outcomes)
        if not written or beat.is_stuck(outcomes, DeliveryState.PENDING):
            return


class _Batch:
    """Some deliveries that are ours until a moment of the monotonic clock."""

    def __init__(
        self, parts: Parts, jobs: Jobs, beat: Beat, workspace_id: int, ours_until: float
    ) -> None:
        self.parts = parts
        self.jobs = jobs
        self.beat = beat
        self.workspace_id = workspace_id
        self.ours_until = ours_until
        self.lost_in_a_row = 0

    def work(self, claimed: Sequence[Claimed]) -> list[Outcome]:
        """What became of each; nothing is said of one that is no longer ours."""
        outcomes: list[Outcome] = []
        ready: list[tuple[Claimed, Sendable]] = []
        for delivery, composed in self._composed(claimed):
            if isinstance(composed, Outgoing | ToChannel):
                reader = composed.reader if isinstance(composed, Outgoing) else None
                addressed = replace(delivery, subject=composed.subject, reader=reader)
                ready.append((addressed, composed))
            elif composed is None:
                tries = delivery.attempts + 1
                outcomes.append(self._again(delivery, self._after(tries), tries))
            else:
                state = DeliveryState[composed.name]
                outcomes.append(Outcome(delivery, state, delivery.attempts))
        addresses = [
            (delivery, out.subject, delivery.reader.id if delivery.reader else None)
            for delivery, out in ready
        ]
        at = self.beat.at()
        ours = deliveries.begin(self.parts.database, self.workspace_id, addresses, at)
        return outcomes + [self._sent(one, out) for one, out in ready if one.id in ours]

    def _composed(
        self, claimed: Sequence[Claimed]
    ) -> Iterator[tuple[Claimed, Sendable | Unsent | None]]:
        """The messages; None for one that could not be made."""
        for kind in dict.fromkeys(delivery.kind for delivery in claimed):
            same = [delivery for delivery in claimed if delivery.kind is kind]
            try:
                composed = self._compose(same)
            except DatabaseUnavailableError:
                raise
            except Exception:  # one that cannot be made must not hold up the others
                composed = [(delivery, self._compose_alone(delivery)) for delivery in same]
            yield from composed

    def _compose_alone(self, delivery: Claimed) -> Sendable | Unsent | None:
        try:
            return self._compose([delivery])[0][1]
        except DatabaseUnavailableError:
            raise
        except Exception:  # whatever it was, it is tried again later
            log.exception("delivery %s could not be composed", delivery.id)
            return None

    def _compose(self, same: Sequence[Claimed]) -> list[tuple[Claimed, Sendable | Unsent | None]]:
        compose = self.jobs.compose[same[0].kind]
        dues = [(delivery.item or delivery.team_id, delivery.due_at) for delivery in same]
        made = compose(self.parts, self.workspace_id, dues, self.beat.now)
        return list(zip(same, made, strict=True))

    def _sent(self, delivery: Claimed, outgoing: Sendable) -> Outcome:
        held = self.beat.holds.until(self.workspace_id, POST, self.beat.now)
        if held is not None:
            return self._again(delivery, held)
        if self.beat.stopped.is_set() or time.monotonic() >= self.ours_until:
            return self._again(delivery, self.beat.now)
        outcome = self._post(delivery, outgoing)
        if outcome.state is not DeliveryState.SENT:
            log.warning("delivery %s is %s: %s", delivery.id, outcome.state, outcome.fault)
        return outcome

    def _post(self, delivery: Claimed, outgoing: Sendable) -> Outcome:
        tries = delivery.attempts + 1
        thread = outgoing.thread if isinstance(outgoing, ToChannel) else None
        try:
            place = self.parts.messenger.post(
                outgoing.address, outgoing.message, delivery.key, thread
            )
        except RateLimitedError as error:
            until = self.beat.later(error.retry_after)
            self._hold(until)
            return self._again(delivery, until, fault=error.code)
        except (NotSentError, TurnedAwayError) as error:
            until = self._after(tries)
            self._hold(until)
            return self._again(delivery, until, tries, error.code)
        except AnswerLostError as error:
            return self._unknown(delivery, error.code)
        except SlackError as error:
            return Outcome(delivery, DeliveryState.FAILED, tries, fault=error.code)
        except Exception as error:  # it may have gone out before whatever this was
            log.exception("delivery %s met something unexpected", delivery.id)
            return self._unknown(delivery, type(error).__name__)
        self.lost_in_a_row = 0
        return Outcome(delivery, DeliveryState.SENT, tries, place)

    def _unknown(self, delivery: Claimed, fault: str) -> Outcome:
        look_at = self.beat.at() + LOOK_AFTER
        self.lost_in_a_row += 1
        if self.lost_in_a_row >= LOST_IN_A_ROW:
            self._hold(look_at)
        return Outcome(
            delivery, DeliveryState.UNKNOWN, delivery.attempts + 1, try_at=look_at, fault=fault
        )

    def _again(
        self, delivery: Claimed, at: datetime, attempts: int | None = None, fault: str | None = None
    ) -> Outcome:
        """It was not sent, and is to be at that time. `attempts` where this was one."""
        made = delivery.attempts if attempts is None else attempts
        return Outcome(delivery, DeliveryState.PENDING, made, try_at=at, fault=fault)

    def _after(self, attempts: int) -> datetime:
        return self.beat.at() + back_off(attempts)

    def _hold(self, until: datetime) -> None:
        self.beat.holds.hold(self.workspace_id, POST, until)
