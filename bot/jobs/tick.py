"""One heartbeat under way: as of when, what must wait, what it did so far, and how work is cut so
that what one cannot do keeps no other waiting."""

import logging
import threading
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import TypeVar

from bot.clock import Clock
from bot.domain.delivery import Counts, DeliveryState, Outcome
from bot.domain.workspaces.faults import (
    BusyError,
    DatabaseUnavailableError,
    OutOfTimeError,
    log_words,
)

log = logging.getLogger("windshield")

_T = TypeVar("_T")
_R = TypeVar("_R")


class RateLimits:
    """Methods that Slack takes no calls of for a while, each in one workspace
    (https://docs.slack.dev/apis/web-api/rate-limits)."""

    def __init__(self) -> None:
        self._until: dict[tuple[int, str], datetime] = {}

    def hold(self, workspace_id: int, method: str, until: datetime) -> None:
        """Let nobody call that method in that workspace before then."""
        self._until[workspace_id, method] = until

    def until(self, workspace_id: int, method: str, now: datetime) -> datetime | None:
        """Until when that method must not be called there; None when it may be."""
        until = self._until.get((workspace_id, method))
        return until if until is not None and until > now else None


@dataclass
class TickRun:
    """`now` is the instant that all is judged by. `stopped`: begin nothing new."""

    now: datetime
    clock: Clock
    limits: RateLimits
    stopped: threading.Event
    counts: Counts = field(default_factory=Counts)
    got_on: bool = False
    """Whether anything could be done."""
    kept_out: BusyError | None = None
    """Why something could not even begin."""

    def __post_init__(self) -> None:
        self._began = self.clock.now()

    def at(self) -> datetime:
        """`now`, moved on by as much time as has passed since the heartbeat began: from here
        counts what Slack asks to be waited."""
        return self.now + max(timedelta(), self.clock.now() - self._began)

    def later(self, seconds: float) -> datetime:
        """That long from the moment that this is asked, and a second at the least."""
        return self.at() + timedelta(seconds=max(seconds, 1))

    def count(self, outcomes: Iterable[Outcome]) -> None:
        """Count what became of deliveries. What is taken up again in this very heartbeat is
        counted then."""
        for one in outcomes:
            later = one.try_at is not None and one.try_at > self.now
            if one.state is DeliveryState.SENT:
                self.counts.sent += 1
            elif one.state is DeliveryState.FAILED:
                self.counts.failed += 1
            elif one.state is DeliveryState.EXPIRED:
                self.counts.expired += 1
            elif one.state is DeliveryState.UNKNOWN and later:
                self.counts.unknown += 1
            elif one.state is DeliveryState.PENDING and later:
                self.counts.retry += 1

    def is_stuck(self, outcomes: Iterable[Outcome], state: DeliveryState) -> bool:
        """Whether all of them are in that state still, to be taken up at once: it is for the next
        heartbeat to try again."""
        return all(
            one.state is state and one.try_at is not None and one.try_at <= self.now
            for one in outcomes
        )


def in_parts(
    items: Sequence[_T], work: Callable[[Sequence[_T]], _R]
) -> Iterator[tuple[Sequence[_T], _R | Exception]]:
    """Do the work for all of them together; where that fails, or takes longer than it may, for
    each half of them, and so on down to one. Each part with what came of it: an error for one that
    cannot be done.

    Raises DatabaseUnavailableError where the database is away or busy: less would help nobody.
    """
    try:
        done = work(items)
    except Exception as error:  # whatever it was, it must not hold up the others
        if is_away(error) or isinstance(error, BusyError):
            raise
        if len(items) == 1:
            yield items, error
            return
        half = len(items) // 2
        yield from in_parts(items[:half], work)
        yield from in_parts(items[half:], work)
    else:
        yield items, done


def is_away(error: Exception) -> bool:
    """Whether the database cannot be reached at all, rather than one piece of work having taken
    longer than it may."""
    return isinstance(error, DatabaseUnavailableError) and not isinstance(error, OutOfTimeError)


def say(error: Exception, what: str, *names: object) -> None:
    """Log what could not be done; `what` with its names. With a traceback where it is our fault."""
    ours = not isinstance(error, DatabaseUnavailableError)
    log.error(what + ": %s", *names, log_words(error), exc_info=error if ours else None)
