"""One heartbeat under way: as of when, what must wait, and what it did so far."""

import threading
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.clock import Clock
from bot.domain.deliveries import Counts, DeliveryState, Outcome


class Holds:
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
class Beat:
    """`now` is the instant that all is judged by. `stopped`: begin nothing new."""

    now: datetime
    clock: Clock
    holds: Holds
    stopped: threading.Event
    counts: Counts = field(default_factory=Counts)

    def __post_init__(self) -> None:
        self._began = self.clock.now()

    def at(self) -> datetime:
        """`now`, moved on by as much time as has passed since the heartbeat began: from here
        counts what Slack asks to be waited."""
        return self.now + max(timedelta(), self.clock.now() - self._began)

    def later(self, seconds: int) -> datetime:
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
