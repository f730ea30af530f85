"""Sending what is due in one workspace: claim some, make them, send them, write it down; and doing
what is due without a message."""

import logging
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.context import AppContext
from bot.domain.delivery import (
    LEASE,
    LONGEST_PAUSE_AFTER_REFUSAL,
    LOOK_AFTER,
    NOT_MADE,
    RESTORED,
    Claimed,
    DeliveryState,
    MessageKind,
    Outcome,
    Unsent,
    back_off,
    is_given_up,
    too_late,
)
from bot.jobs import Kinds
from bot.jobs.tick import TickRun, in_parts, say
from bot.messenger import (
    TIMEOUT,
    AnswerLostError,
    MessageGoneError,
    NobodyThereError,
    NotSentError,
    RateLimitedError,
    SlackError,
    TurnedAwayError,
)
from bot.screens.delivery.direct import Outgoing, Sendable, ToChannel
from bot.services.delivery import hearing, queue
from bot.slack_errors import DEACTIVATED

log = logging.getLogger("windshield")

POST = "chat.postMessage"
AT_ONCE = 50
"""Deliveries claimed together: Slack takes them well within a lease."""

SAYS_HELLO = (MessageKind.TODO_LIST, MessageKind.INTRODUCTION)

LOST_IN_A_ROW = 3
"""Answers that may get lost before the rest waits: something is wrong between Slack and us."""


def send_pending(app: AppContext, kinds: Kinds, run: TickRun, workspace_id: int) -> bool:
    """Send and do all that is due; whether something was done that may make more due at once.

    Raises DatabaseUnavailableError; what was not written down by then is looked for later.
    """
    done = False
    while not run.stopped.is_set():
        held = run.limits.until(workspace_id, POST, run.now)
        if held is not None:
            pending = DeliveryState.PENDING
            run.counts.retry += queue.put_off(app.database, workspace_id, pending, held, kinds.sent)
        ours_until = time.monotonic() + LEASE - TIMEOUT
        claimed = queue.claim(app.database, workspace_id, run.now, AT_ONCE, kinds.next_due)
        if not claimed:
            break
        batch = _Batch(app, kinds, run, workspace_id, ours_until)
        outcomes = batch.work(claimed)
        done = done or batch.done > 0
        written = queue.settle(
            app.database, workspace_id, outcomes, kinds.told_by, kinds.kept, run.at()
        )
        run.count(outcomes)
        done = done or any(_is_told_at_once(kinds, one) for one in outcomes)
        if not batch.done and (not written or run.is_stuck(outcomes, DeliveryState.PENDING)):
            break
    return done


def _is_told_at_once(kinds: Kinds, outcome: Outcome) -> bool:
    return outcome.state is DeliveryState.FAILED and outcome.delivery.kind in kinds.told_by


class _Batch:
    """Some deliveries that are ours until a moment of the monotonic clock. `done` counts those
    that were done without a message."""

    def __init__(
        self, app: AppContext, kinds: Kinds, run: TickRun, workspace_id: int, ours_until: float
    ) -> None:
        self.app = app
        self.kinds = kinds
        self.run = run
        self.workspace_id = workspace_id
        self.ours_until = ours_until
        self.lost_in_a_row = 0
        self.done = 0

    def work(self, claimed: Sequence[Claimed]) -> list[Outcome]:
        """What became of each; nothing is said of one that is no longer ours, or is done."""
        outcomes: list[Outcome] = []
        ready: list[tuple[Claimed, Sendable]] = []
        for kind in dict.fromkeys(delivery.kind for delivery in claimed):
            same = [delivery for delivery in claimed if delivery.kind is kind]
            if self.kinds.rules[kind].run is not None:
                outcomes += self._do(kind, same)
                continue
            heard, unheard = self._heard(same)
            outcomes += unheard
            for delivery, composed in self._composed(kind, heard):
                if isinstance(composed, Outgoing | ToChannel):
                    reader = composed.reader if isinstance(composed, Outgoing) else None
                    addressed = replace(delivery, subject=composed.subject, reader=reader)
                    ready.append((addressed, composed))
                elif isinstance(composed, Outcome):
                    outcomes.append(composed)
                elif composed is Unsent.EXPIRED:
                    outcomes.append(too_late(delivery))
                else:
                    outcomes.append(self._not_needed(delivery))
        # The first that a manager ever gets is the list, which says hello; and a rep what is kept.
        ready.sort(key=lambda one: one[0].reader is not None and one[0].kind not in SAYS_HELLO)
        rest, ready = self._resting(ready)
        outcomes += rest
        addresses = [
            (delivery, out.subject, delivery.reader.id if delivery.reader else None)
            for delivery, out in ready
        ]
        at = self.run.at()
        ours = queue.begin(self.app.database, self.workspace_id, addresses, at)
        return outcomes + [self._sent(one, out) for one, out in ready if one.id in ours]

    def _heard(self, same: Sequence[Claimed]) -> tuple[list[Claimed], list[Outcome]]:
        """What may be heard at all, and what nobody is to have, before it is composed."""
        silent = hearing.unheard(self.app.database, self.workspace_id, same)
        unheard = [self._not_needed(one) for one in same if one.id in silent]
        return [one for one in same if one.id not in silent], unheard

    def _resting(
        self, ready: Sequence[tuple[Claimed, Sendable]]
    ) -> tuple[list[Outcome], list[tuple[Claimed, Sendable]]]:
        """What waits until its reader is awake, to be composed anew then, or is for nobody; and
        what goes out now."""
        direct = [one for one, _ in ready if one.reader is not None]
        if not direct:
            return [], list(ready)
        heard_at = hearing.heard_at(self.app.database, self.workspace_id, direct, self.run.now)
        rest: list[Outcome] = []
        going: list[tuple[Claimed, Sendable]] = []
        for one, out in ready:
            at = heard_at.get(one.id, self.run.now)
            if at is None:
                rest.append(self._not_needed(one))
            elif at > self.run.now:
                rest.append(self._again(one, at))
            else:
                going.append((one, out))
        return rest, going

    def _not_needed(self, delivery: Claimed) -> Outcome:
        return Outcome(delivery, DeliveryState.NOT_NEEDED, delivery.attempts)

    def _do(self, kind: MessageKind, same: Sequence[Claimed]) -> Iterator[Outcome]:
        """Do what those ask for; of those that could not be done, when they are tried again."""
        action = self.kinds.rules[kind].run
        assert action is not None

        def work(some: Sequence[Claimed]) -> int | None:
            if not self._is_ours():
                return None
            return queue.run(self.app.database, self.workspace_id, some, action, self.run.now)

        for some, done in in_parts(same, work):
            if isinstance(done, Exception):
                (delivery,) = some
                self.run.counts.put_off += 1
                yield self._not_made(delivery, done)
            elif done is None:
                yield from (self._again(delivery, self.run.now) for delivery in some)
            else:
                self.done += done

    def _composed(
        self, kind: MessageKind, same: Sequence[Claimed]
    ) -> Iterator[tuple[Claimed, Sendable | Unsent | Outcome]]:
        """The messages; an outcome for one that could not be made."""
        compose = self.kinds.rules[kind].compose
        assert compose is not None

        def work(some: Sequence[Claimed]) -> list[tuple[Claimed, Sendable | Unsent]] | None:
            if not self._is_ours():
                return None
            dues = [(delivery.about, delivery.due_at) for delivery in some]
            made = compose(self.app, self.workspace_id, dues, self.run.now)
            return list(zip(some, made, strict=True))

        for some, made in in_parts(same, work):
            if isinstance(made, Exception):
                (delivery,) = some
                yield delivery, self._not_made(delivery, made)
            elif made is None:
                yield from ((delivery, self._again(delivery, self.run.now)) for delivery in some)
            else:
                yield from made

    def _is_ours(self) -> bool:
        return not self.run.stopped.is_set() and time.monotonic() < self.ours_until

    def _not_made(self, delivery: Claimed, error: Exception) -> Outcome:
        """It could not be made or done: again later, and not for ever."""
        tries = delivery.attempts + 1
        say(error, "the %s %s of team %s is put off", delivery.kind, delivery.id, delivery.team_id)
        if is_given_up(delivery, self.run.now):
            return Outcome(delivery, DeliveryState.FAILED, tries, fault=NOT_MADE)
        return self._again(delivery, self._after(tries), tries, NOT_MADE)

    def _sent(self, delivery: Claimed, outgoing: Sendable) -> Outcome:
        held = self.run.limits.until(self.workspace_id, POST, self.run.now)
        if held is not None:
            return self._again(delivery, held)
        if not self._is_ours():
            return self._again(delivery, self.run.now)
        if delivery.fault == RESTORED:
            # Before whatever has claimed it now: who looks for it sends it where it is not there.
            unknown, at = DeliveryState.UNKNOWN, self.run.now
            return Outcome(delivery, unknown, delivery.attempts, try_at=at, fault=RESTORED)
        if isinstance(outgoing, Outgoing) and not outgoing.reader.active:
            # Slack would take it and show it to nobody.
            log.warning(
                "delivery %s, a %s of team %s, waits: its reader has left Slack",
                delivery.id,
                delivery.kind,
                delivery.team_id,
            )
            return Outcome(delivery, DeliveryState.FAILED, delivery.attempts, fault=DEACTIVATED)
        outcome = self._post(delivery, outgoing)
        if outcome.state is not DeliveryState.SENT:
            log.warning("delivery %s is %s: %s", delivery.id, outcome.state, outcome.fault)
        return outcome

    def _post(self, delivery: Claimed, outgoing: Sendable) -> Outcome:
        tries = delivery.attempts + 1
        thread = outgoing.thread if isinstance(outgoing, ToChannel) else None
        try:
            ref = self.app.messenger.post(
                outgoing.address,
                outgoing.message,
                delivery.key,
                thread,
                delivery.occasion,
            )
        except RateLimitedError as error:
            until = self.run.later(error.retry_after)
            self._hold(until)
            return self._again(delivery, until, fault=error.code)
        except (NotSentError, TurnedAwayError) as error:
            until = self._after(tries)
            self._hold(until)
            return self._again(delivery, until, tries, error.code)
        except AnswerLostError as error:
            return self._unknown(delivery, error.code)
        except (NobodyThereError, MessageGoneError) as error:
            return Outcome(delivery, DeliveryState.FAILED, tries, fault=error.code)
        except SlackError as error:
            # A word that says nothing final: Slack may take it later, for as long as it is of use.
            until = self._after(tries, LONGEST_PAUSE_AFTER_REFUSAL)
            return self._again(delivery, until, tries, error.code)
        except Exception as error:  # it may have gone out before whatever this was
            log.exception("delivery %s met something unexpected", delivery.id)
            return self._unknown(delivery, type(error).__name__)
        self.lost_in_a_row = 0
        return Outcome(delivery, DeliveryState.SENT, tries, ref)

    def _unknown(self, delivery: Claimed, fault: str) -> Outcome:
        look_at = self.run.at() + LOOK_AFTER
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
        return Outcome(
            delivery, DeliveryState.PENDING, made, try_at=at, fault=fault or delivery.fault
        )

    def _after(self, attempts: int, longest: timedelta | None = None) -> datetime:
        pause = back_off(attempts, longest) if longest else back_off(attempts)
        return self.run.at() + pause

    def _hold(self, until: datetime) -> None:
        self.run.limits.hold(self.workspace_id, POST, until)
