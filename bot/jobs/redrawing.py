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
    about = {one.id: one.subject.partition(":")[0] for one in posted}
    for word in dict.fromkeys(about.values()):
        same = [one for one in posted if about[one.id] == word]
        try:
            yield from zip(same, jobs.draw[word](parts, workspace_id, same, beat.now), strict=True)
        except DatabaseUnavailableError:
            raise
        except Exception:  # one that cannot be made must not hold up the others
            for one in same:
                yield one, _content(parts, jobs, beat, workspace_id, one)


def _content(
    parts: Parts, jobs: Jobs, beat: Beat, workspace_id: int, posted: Posted
) -> Message | Exception | None:
    word = posted.subject.partition(":")[0]
    try:
        return jobs.draw[word](parts, workspace_id, [posted], beat.now)[0]
    except DatabaseUnavailableError:
        raise
    except Exception as error:  # whatever it was, it is tried again at the next heartbeat
        return error
