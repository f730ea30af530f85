"""What is deleted can be put back for thirty days, and then goes for good; so does what was half
written down and left for long."""

from datetime import datetime

from bot.domain.contacts.interactions import PUT_BACK_WITHIN
from bot.domain.delivery import SETTLED_KEPT
from storage import promises
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.sessions import drafts
from storage.team import memberships


def purge(database: Database, workspace_id: int, now: datetime) -> None:
    """Remove for good what was deleted too long ago to be put back, and what was asked about
    memberships and answered so long ago that everyone was told; forms that nobody has touched for
    `KEPT_FOR`."""
    before = now - PUT_BACK_WITHIN
    with database.writing(workspace_id) as tx:
        promises.purge(tx, before)
        interactions.purge(tx, before)
        notes.purge(tx, before)
        memberships.purge(tx, now - SETTLED_KEPT)
        drafts.purge(tx, now)
