"""Notes to oneself, for their author alone: every query names the author."""

from datetime import datetime

from sqlalchemy import func

from bot.domain.contacts.interactions import Note
from storage.database.engine import Transaction
from storage.models import Note as Row


def add_once(
    tx: Transaction, author_id: int, text: str, written_at: datetime, message: str
) -> tuple[int, bool]:
    """Keep a message as a note; its id, and whether it is new (an event may come twice)."""
    made = tx.insert_new(
        Row, "message", author_id=author_id, text=text, written_at=written_at, message=message
    )
    if made is not None:
        return made, True
    known = tx.first(tx.select(Row, Row.id).where(Row.message == message))
    return int(known.id), False


def get(tx: Transaction, note_id: int, author_id: int) -> Note | None:
    """That note of that author, unless deleted."""
    row = tx.first(
        tx.select(Row).where(
            Row.id == note_id, Row.author_id == author_id, Row.deleted_at.is_(None)
        )
    )
    return Note(row.id, row.text, row.written_at) if row else None


def of_author(tx: Transaction, author_id: int, limit: int, skip: int = 0) -> list[Note]:
    """Notes of that author, newest first, without the newest `skip`."""
    rows = tx.all(
        tx.select(Row)
        .where(Row.author_id == author_id, Row.deleted_at.is_(None))
        .order_by(Row.written_at.desc(), Row.id.desc())
        .limit(limit)
        .offset(skip)
    )
    return [Note(row.id, row.text, row.written_at) for row in rows]


def mark_deleted(tx: Transaction, note_id: int, author_id: int, at: datetime | None) -> bool:
    """Delete a note of that author, or put it back (None); False when it is not theirs."""
    return tx.update(Row, Row.id == note_id, Row.author_id == author_id, deleted_at=at) == 1


def purge(tx: Transaction, deleted_before: datetime) -> None:
    """Remove for good what was deleted before that instant."""
    tx.delete(Row, Row.deleted_at < deleted_before)


def count(tx: Transaction, author_id: int) -> int:
    """How many notes that author keeps."""
    statement = tx.select(Row, func.count()).where(
        Row.author_id == author_id, Row.deleted_at.is_(None)
    )
    return int(tx.first(statement)[0])
