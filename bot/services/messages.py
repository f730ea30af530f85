"""Where messages that may be drawn again stand."""

from storage import messages
from storage.engine import Database


def remember_posted(
    database: Database, workspace_id: int, subject: str, channel: str, ts: str
) -> None:
    """Keep where a message about `subject` stands: `touch:12`, `note:7`."""
    with database.writing(workspace_id) as tx:
        messages.remember_posted(tx, subject, channel, ts)
