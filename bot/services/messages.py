"""Where messages that may be drawn again stand, and which of them show what is old."""

from collections.abc import Mapping, Sequence

from bot.domain.deliveries import Posted
from storage import messages
from storage.engine import Database


def remember_posted(
    database: Database, workspace_id: int, subject: str, channel: str, ts: str
) -> None:
    """Keep where a message about `subject` stands: `touch:12`, `note:7`."""
    with database.writing(workspace_id) as tx:
        messages.remember_posted(tx, subject, channel, ts)


def wanted_version(database: Database, workspace_id: int, channel: str, ts: str) -> int | None:
    """Which version the message that stands there is to show; None where none is known."""
    with database.reading(workspace_id) as tx:
        posted = messages.posted_at(tx, channel, ts)
    return posted.wanted_version if posted else None


def shown(
    database: Database, workspace_id: int, channel: str, ts: str, version: int, page: int
) -> None:
    """The message that stands there was drawn anew: which version, and which page of it."""
    with database.writing(workspace_id) as tx:
        messages.shown(tx, channel, ts, version, page)


def claim_behind(database: Database, workspace_id: int, after: int, limit: int) -> list[Posted]:
    """Messages to draw anew, by id from `after` on, that are nobody else's for a while."""
    with database.writing(workspace_id) as tx:
        return messages.claim_behind(tx, after, limit)


def settle_redrawn(
    database: Database,
    workspace_id: int,
    *,
    drawn: Mapping[int, int],
    gone: Sequence[int],
    left: Sequence[int],
) -> None:
    """What became of claimed messages, by id: the version now shown, forgotten, left as it was."""
    with database.writing(workspace_id) as tx:
        messages.redrawn(tx, drawn)
        if gone:
            messages.forget(tx, gone)
        if left:
            messages.release(tx, left)
