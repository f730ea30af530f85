"""Drawing posted messages anew that show what is old."""

import logging
import time
from collections.abc import Iterator, Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import LEASE, MessageKind, Posted, back_off
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
from bot.services.delivery import messages
from bot.views.block_kit.kit import Message

log = logging.getLogger("windshield")

UPDATE = "chat.update"
AT_ONCE = 50


def redraw_stale(app: AppContext, kinds: Kinds, run: TickRun, workspace_id: int) -> bool:
    """Draw each message that is stale once, as it is to be now. One that cannot be drawn stays
    stale, and is put off. Whether all could be tried. Raises DatabaseUnavailableError."""
    after = 0
    going = True
    while going and run.limits.until(workspace_id, UPDATE, run.now) is None:
        ours_until = time.monotonic() + LEASE - TIMEOUT
        posted = messages.claim_stale(app.database, workspace_id, run.now, after, AT_ONCE)
        if not posted:
            return True
        after = posted[-1].id
        drawn: dict[int, int] = {}
        gone: list[int] = []
        put_off: dict[int, datetime] = {}
        for message, content in _contents(app, kinds, run, workspace_id, posted):
            going = going and not run.stopped.is_set() and time.monotonic() < ours_until
            if content is None:
                gone.append(message.id)
            elif isinstance(content, Exception):
                run.counts.put_off += 1
                say(content, "drawing message %s is put off", message.id)
                put_off[message.id] = run.at() + back_off(message.attempts + 1)
            elif going:
                try:
                    app.messenger.redraw(message.channel, message.ts, content)
                    drawn[message.id] = message.wanted_version
                except (MessageGoneError, NobodyThereError):
                    gone.append(message.id)
                except RateLimitedError as error:
                    run.limits.hold(workspace_id, UPDATE, run.later(error.retry_after))
                    going = False
                except (AnswerLostError, NotSentError, TurnedAwayError) as error:
                    log.warning("message %s was not drawn anew: %s", message.id, error.code)
                    going = False
                except SlackError as error:
                    log.warning("message %s was not drawn anew: %s", message.id, error.code)
                    put_off[message.id] = run.at() + back_off(message.attempts + 1)
        settled = {*drawn, *gone, *put_off}
        messages.settle_redrawn(
            app.database,
            workspace_id,
            drawn=drawn,
            gone=gone,
            left=[one.id for one in posted if one.id not in settled],
            put_off=put_off,
        )
    return False


def _contents(
    app: AppContext, kinds: Kinds, run: TickRun, workspace_id: int, posted: Sequence[Posted]
) -> Iterator[tuple[Posted, Message | Exception | None]]:
    """What each is to show; what went wrong with one that could not be made."""
    for kind in dict.fromkeys(one.subject.kind for one in posted):
        same = [one for one in posted if one.subject.kind is kind]
        yield from _of_kind(app, kinds, run, workspace_id, kind, same)


def _of_kind(
    app: AppContext,
    kinds: Kinds,
    run: TickRun,
    workspace_id: int,
    kind: MessageKind,
    same: Sequence[Posted],
) -> Iterator[tuple[Posted, Message | Exception | None]]:
    draw = kinds.rules[kind].draw if kind in kinds.rules else None
    if draw is None:
        yield from ((one, None) for one in same)
        return

    def work(some: Sequence[Posted]) -> list[tuple[Posted, Message | None]]:
        return list(zip(some, draw(app, workspace_id, some, run.now), strict=True))

    for some, made in in_parts(same, work):
        if isinstance(made, Exception):
            yield from ((one, made) for one in some)
        else:
            yield from made
