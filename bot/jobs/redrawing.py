"""Drawing posted messages anew that show what is old."""

import logging
import time
from collections.abc import Iterator, Sequence

from bot.domain.deliveries import LEASE, Posted
from bot.domain.faults import DatabaseUnavailableError
from bot.jobs import Jobs
from bot.jobs.beat import Beat
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
from bot.parts import Parts
from bot.services import messages
from bot.views.kit import Message

log = logging.getLogger("windshield")

UPDATE = "chat.update"
AT_ONCE = 50


def redraw_behind(parts: Parts, jobs: Jobs, beat: Beat, workspace_id: int) -> None:
    """Draw each message that is behind once, as it is to be now. One that cannot be drawn stays
    behind. Raises DatabaseUnavailableError."""
    after = 0
    going = True
    while going and beat.holds.until(workspace_id, UPDATE, beat.now) is None:
        ours_until = time.monotonic() + LEASE - TIMEOUT
        posted = messages.claim_behind(parts.database, workspace_id, after, AT_ONCE)
        if not posted:
            return
        after = posted[-1].id
        drawn: dict[int, int] = {}
        gone: list[int] = []
        for message, content in _contents(parts, jobs, beat, workspace_id, posted):
            going = going and not beat.stopped.is_set() and time.monotonic() < ours_until
            if content is None:
                gone.append(message.id)
            elif isinstance(content, Exception):
                log.error("message %s could not be drawn", message.id, exc_info=content)
            elif going:
                try:
                    parts.messenger.redraw(message.channel, message.ts, content)
                    drawn[message.id] = message.wanted_version
                except (MessageGoneError, NobodyThereError):
                    gone.append(message.id)
                except RateLimitedError as error:
                    beat.holds.hold(workspace_id, UPDATE, beat.later(error.retry_after))
                    going = False
                except (AnswerLostError, NotSentError, TurnedAwayError) as error:
                    log.warning("message %s was not drawn anew: %s", message.id, error.code)
                    going = False
                except SlackError as error:
                    log.warning("message %s was not drawn anew: %s", message.id, error.code)
        left = [one.id for one in posted if one.id not in drawn and one.id not in gone]
        messages.settle_redrawn(parts.database, workspace_id, drawn=drawn, gone=gone, left=left)


def _contents(
    parts: Parts, jobs: Jobs, beat: Beat, workspace_id: int, posted: Sequence[Posted]
) -> Iterator[tuple[Posted, Message | Exception | None]]:
    """What each is to show; what went wrong with one that could not be made."""

    def draw(same: Sequence[Posted]) -> list[tuple[Posted, Message | Exception | None]]:
        made = jobs.draw[_word(same[0])](parts, workspace_id, same, beat.now)
        return list(zip(same, made, strict=True))

    def draw_alone(one: Posted) -> Message | Exception | None:
        try:
            return draw([one])[0][1]
        except DatabaseUnavailableError:
            raise
        except Exception as error:  # whatever it was, it is tried again at the next heartbeat
            return error

    for word in dict.fromkeys(_word(one) for one in posted):
        same = [one for one in posted if _word(one) == word]
        try:
            drawn = draw(same)
        except DatabaseUnavailableError:
            raise
        except Exception:  # one that cannot be made must not hold up the others
            drawn = [(one, draw_alone(one)) for one in same]
        yield from drawn


def _word(posted: Posted) -> str:
    """What its subject begins with."""
    return posted.subject.partition(":")[0]
