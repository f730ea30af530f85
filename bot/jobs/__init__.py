"""One heartbeat: what is due is planned, composed as of now, sent once, and drawn anew."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TypeAlias

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Posted, Unsent
from bot.screens.delivery.direct import Sendable
from bot.services.delivery.queue import NextDue, Run, once
from bot.views.block_kit.kit import Message

Compose: TypeAlias = Callable[
    [AppContext, int, Sequence[tuple[int, datetime]], datetime], Sequence[Sendable | Unsent]
]
"""For a workspace, (what it is about, due time) of each, and now: the messages, in the same order.
What it is about is the id of the item, or of the team where it is about all of it."""

Draw: TypeAlias = Callable[[AppContext, int, Sequence[Posted], datetime], Sequence[Message | None]]
"""What posted messages are to show now, in the same order; None: nothing any more."""


@dataclass(frozen=True)
class MessageRules:
    """All that goes for a kind of message.

    `next_due`: when it was due and is again. Then `compose` makes the message, or `run` does
    something instead of sending one. `draw` draws a posted one anew, for as long after it was
    posted as `drawn_for` says (None: as long as it stands); with neither, it is not kept where it
    stands. `told_by` is the kind of message that
    tells of one that did not arrive, or may not have; without it the manager's Home tab does.
    """

    next_due: NextDue = once
    compose: Compose | None = None
    run: Run | None = None
    draw: Draw | None = None
    drawn_for: timedelta | None = None
    told_by: MessageKind | None = None


@dataclass(frozen=True)
class Kinds:
    """Every kind of message there is, with what goes for it."""

    rules: Mapping[MessageKind, MessageRules]

    @property
    def next_due(self) -> dict[MessageKind, NextDue]:
        """Of those that come by a schedule."""
        return {
            kind: rules.next_due for kind, rules in self.rules.items() if rules.compose or rules.run
        }

    @property
    def sent(self) -> list[MessageKind]:
        """Those that are messages, and not done without one."""
        return [kind for kind, rules in self.rules.items() if rules.compose]

    @property
    def told_by(self) -> dict[MessageKind, MessageKind]:
        """Which message tells that one of a kind did not arrive."""
        return {kind: one.told_by for kind, one in self.rules.items() if one.told_by}

    @property
    def kept(self) -> frozenset[MessageKind]:
        """Those of which it is kept where they stand: to draw them anew, or to know they do."""
        rules = self.rules.items()
        return frozenset(kind for kind, one in rules if one.draw or one.drawn_for)

    @property
    def drawn_for(self) -> dict[MessageKind, timedelta]:
        """How long after it was posted one of a kind may be drawn anew."""
        return {kind: one.drawn_for for kind, one in self.rules.items() if one.drawn_for}
