"""Whether what is kept encrypted can be read with the key there is."""

from sqlalchemy import select

from bot.domain.workspaces.private import Unreadable
from storage.database.engine import Database
from storage.models import Draft, Interaction, Note, Sharing, Submission

COLUMNS = (Interaction.private_note, Note.text, Draft.state, Sharing.objection, Submission.said)
"""All that is private."""

LOOKED_AT = 300
"""Of each, the oldest and the newest: a key changes once, and what it wrote lies together."""
ENDS = tuple(
    tuple(
        select(column.class_.id, column.label("text"))
        .where(column.is_not(None))
        .order_by(order)
        .limit(LOOKED_AT)
        for order in (column.class_.id, column.class_.id.desc())
    )
    for column in COLUMNS
)
"""The oldest and the newest texts of each column."""


def unreadable(database: Database) -> tuple[int, int]:
    """How many private texts were looked at, in all workspaces, and how many cannot be read.
    Raises DatabaseUnavailableError."""
    looked, sealed = 0, 0
    with database.reading(0) as tx:
        for ends in ENDS:
            found = {row.id: row.text for end in ends for row in tx.all(end)}
            looked += len(found)
            sealed += sum(isinstance(text, Unreadable) for text in found.values())
    return looked, sealed
