"""Whether what is kept encrypted can be read with the key there is."""

from sqlalchemy import select

from bot.domain.workspaces.private import Unreadable
from storage.database.engine import Database
from storage.models import Draft, Interaction, Note, Sharing

COLUMNS = (Interaction.private_note, Note.text, Draft.state, Sharing.objection)
"""All that is private."""

LOOKED_AT = 300
"""Of each, the oldest and the newest: a key changes once, and what it wrote lies together."""


def unreadable(database: Database) -> tuple[int, int]:
    """How many private texts were looked at, in all workspaces, and how many cannot be read.
    Raises DatabaseUnavailableError."""
    looked, sealed = 0, 0
    with database.reading(0) as tx:
        for column in COLUMNS:
            key = column.class_.id
            found: dict[int, str] = {}
            for order in (key, key.desc()):
                statement = select(key, column).where(column.is_not(None)).order_by(order)
                found.update(map(tuple, tx.execute(statement.limit(LOOKED_AT))))
            looked += len(found)
            sealed += sum(isinstance(text, Unreadable) for text in found.values())
    return looked, sealed
