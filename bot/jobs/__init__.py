"""Scheduled messages: what is due, composed as of now, sent once, and drawn anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TypeAlias

from bot.domain.deliveries import Posted, ScheduleKind, Unsent
from bot.parts import Parts
from bot.screens.direct import Sendable
from bot.services.deliveries import Rules
from bot.views.kit import Message

Compose: TypeAlias = Callable[
    [Parts, int, Sequence[tuple[int, datetime]], datetime], Sequence[Sendable | Unsent]
]
"""For a workspace, (what it is about, due time) of each, and now: the messages, in the same order.
What it is about is the id of the item, or of the team where it is about all of it."""

Draw: TypeAlias = Callable[[Parts, int, Sequence[Posted], datetime], Sequence[Message | None]]
"""What posted messages are to show now, in the same order; None: nothing any more."""


@dataclass(frozen=True)
class Jobs:
    """What the heartbeat works on: when schedules are due, who composes the messages of a kind,
    and who draws those anew whose subject begins with a word."""

    rules: Rules
    compose: Mapping[ScheduleKind, Compose]
    draw: Mapping[str, Draw]
