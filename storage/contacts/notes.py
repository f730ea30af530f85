"""Notes to oneself, for their author alone: every query names the author."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, delete, func, or_, select, update

from bot.domain.contacts.interactions import Note
from bot.domain.contacts.received import KeptFile
from storage.contacts.files import pack, unpack
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Note as Row

KEPT_BY = (
    Row.workspace_id == WORKSPACE,
    Row.author_id == bindparam("author"),
    Row.deleted_at.is_(None),
)
NOTES = select(Row.id, Row.text, Row.written_at, Row.message, Row.files).where(*KEPT_BY)
ONE = NOTES.where(Row.id == bindparam("note"))
OF_AUTHOR = (
    NOTES.order_by(Row.written_at.desc(), Row.id.desc())
    .limit(bindparam("limit"))
    .offset(bindparam("skip"))
)
COUNT = select(func.count().label("notes")).where(*KEPT_BY)
OF_MESSAGE = select(Row.id).where(
    Row.workspace_id == WORKSPACE, Row.message == bindparam("message")
)
OWN_OF_MESSAGE = NOTES.where(Row.message == bindparam("message"))
# Slack tells of two edits in any order.
EDIT = (
    update(Row)
    .where(*KEPT_BY, Row.message == bindparam("place"))
    .where(or_(Row.edited_at.is_(None), Row.edited_at < bindparam("at")))
    .values(text=bindparam("words"), files=bindparam("packed"), edited_at=bindparam("at"))
)
MARK_DELETED = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.id == bindparam("note"),
        Row.author_id == bindparam("author"),
    )
    .values(deleted_at=bindparam("at"))
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.deleted_at < bindparam("before"))


def _read(row: Any) -> Note:
    return Note(row.id, row.text, row.written_at, row.message, unpack(row.files))


def add_once(
    tx: Transaction,
    author_id: int,
    text: str,
    written_at: datetime,
    message: str,
    kept: Sequence[KeptFile] = (),
    edited_at: datetime | None = None,
) -> tuple[int, bool]:
    """Keep a message as a note; its id, and whether it is new (an event may come twice)."""
    made = tx.insert_new(
        Row,
        "message",
        author_id=author_id,
        text=text,
        written_at=written_at,
        message=message,
        files=pack(kept),
        edited_at=edited_at,
    )
    if made is not None:
        return made, True
    known = tx.first(OF_MESSAGE, message=message)
    return int(known.id), False


def get(tx: Transaction, note_id: int, author_id: int) -> Note | None:
    """That note of that author, unless deleted."""
    row = tx.first(ONE, note=note_id, author=author_id)
    return _read(row) if row else None


def of_message(tx: Transaction, author_id: int, message: str) -> Note | None:
    """What that author keeps of a message, unless deleted."""
    row = tx.first(OWN_OF_MESSAGE, author=author_id, message=message)
    return _read(row) if row else None


def edit(
    tx: Transaction,
    author_id: int,
    message: str,
    text: str,
    kept: Sequence[KeptFile],
    at: datetime,
) -> bool:
    """What a note of that author says since its message was edited; False where a later edit is
    known, or no such note."""
    asked = {"author": author_id, "place": message, "words": text, "packed": pack(kept)}
    return tx.run(EDIT, **asked, at=at) == 1


def of_author(tx: Transaction, author_id: int, limit: int, skip: int = 0) -> list[Note]:
    """Notes of that author, newest first, without the newest `skip`."""
    return [_read(row) for row in tx.all(OF_AUTHOR, author=author_id, limit=limit, skip=skip)]


def mark_deleted(tx: Transaction, note_id: int, author_id: int, at: datetime | None) -> bool:
    """Delete a note of that author, or put it back (None); False when it is not theirs."""
    return tx.run(MARK_DELETED, note=note_id, author=author_id, at=at) == 1


def purge(tx: Transaction, deleted_before: datetime) -> None:
    """Remove for good what was deleted before that instant."""
    tx.run(PURGE, before=deleted_before)


def count(tx: Transaction, author_id: int) -> int:
    """How many notes that author keeps."""
    return int(tx.first(COUNT, author=author_id).notes)
