"""Slack's limits on calls, counted on the sandbox's clock.

Source: https://docs.slack.dev/apis/web-api/rate-limits (tiers per method, one message a second per
channel with short bursts, several hundred messages a minute per workspace; 429 with Retry-After
holds that method in that workspace). Slack gives its numbers as "at least"; here they are exact.
"""

import math
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

WINDOW = timedelta(minutes=1)
TIERS = {1: 1, 2: 20, 3: 50, 4: 100}
CHANNEL_BURST = 5
CHANNEL_PER_SECOND = 1.0
MESSAGES_PER_MINUTE = 300
CONNECTIONS_BURST = 10
"""Tier 1 says one a minute "or more"; an app that starts ten sockets at once is served."""

RESTRICTED_CALLS = 1
"""Calls of conversations.history a minute by apps that are distributed commercially outside the
Marketplace (https://docs.slack.dev/apis/web-api/rate-limits)."""

CALLS_PER_MINUTE: dict[str, int] = {
    "apps.connections.open": CONNECTIONS_BURST,
    "auth.test": 600,
    "api.test": TIERS[4],
    "chat.postMessage": MESSAGES_PER_MINUTE,
    "chat.postEphemeral": TIERS[4],
    "chat.update": TIERS[3],
    "chat.delete": TIERS[3],
    # A tier of its own, of which Slack gives no number; like auth.test.
    "chat.getPermalink": TIERS[4],
    "conversations.open": TIERS[3],
    "conversations.info": TIERS[3],
    "conversations.history": TIERS[3],
    "files.getUploadURLExternal": TIERS[4],
    "files.completeUploadExternal": TIERS[4],
    "files.info": TIERS[4],
    "users.info": TIERS[4],
    "users.list": TIERS[2],
    "users.lookupByEmail": TIERS[3],
    "views.open": TIERS[4],
    "views.push": TIERS[4],
    "views.update": TIERS[4],
    "views.publish": TIERS[4],
}


@dataclass
class _Bucket:
    """Messages that a channel still takes at once; refills at one a second."""

    at: datetime
    tokens: float = float(CHANNEL_BURST)


@dataclass
class RateLimits:
    """Not thread-safe: the caller holds the workspace's lock."""

    now: Callable[[], datetime]
    fewer: dict[str, int] = field(default_factory=dict)
    """Calls a minute where this app gets fewer than others do."""
    _calls: dict[str, deque[datetime]] = field(default_factory=dict)
    _channels: dict[str, _Bucket] = field(default_factory=dict)
    _held_until: dict[str, datetime] = field(default_factory=dict)

    def held(self, method: str) -> int | None:
        """Seconds left of a Retry-After that `method` was given; None when there is none."""
        until = self._held_until.get(method)
        left = (until - self.now()).total_seconds() if until else 0.0
        return math.ceil(left) if left > 0 else None

    def hold(self, method: str, seconds: int) -> int:
        """Refuse `method` for `seconds` from now; returns them, for the Retry-After header."""
        self._held_until[method] = self.now() + timedelta(seconds=seconds)
        return seconds

    def count(self, method: str) -> int | None:
        """Count a call; the Retry-After in seconds when it is one too many, else None."""
        now = self.now()
        calls = self._calls.setdefault(method, deque())
        while calls and calls[0] <= now - WINDOW:
            calls.popleft()
        if len(calls) >= self.fewer.get(method, CALLS_PER_MINUTE[method]):
            left = (calls[0] + WINDOW - now).total_seconds()
            return self.hold(method, max(1, math.ceil(left)))
        calls.append(now)
        return None

    def count_message(self, channel: str) -> int | None:
        """Count a message posted to `channel`; Retry-After when it comes too fast, else None."""
        now = self.now()
        bucket = self._channels.setdefault(channel, _Bucket(now))
        passed = max(0.0, (now - bucket.at).total_seconds())
        bucket.tokens = min(float(CHANNEL_BURST), bucket.tokens + passed * CHANNEL_PER_SECOND)
        bucket.at = now
        if bucket.tokens < 1:
            return self.hold("chat.postMessage", 1)
        bucket.tokens -= 1
        return None
