"""Files that came with a message go with what is made of it."""

from bot.domain.contacts.notes import note_of
from storage.contacts import interactions, notes
from storage.database.transaction import Transaction


def carry_files(tx: Transaction, form: str | None, contact_id: int, author_id: int) -> bool:
    """A contact that `form` made of a note has the links of the note's files, for their author;
    whether there are any. Writes."""
    note_id = note_of(form or "")
    note = notes.get(tx, note_id, author_id) if note_id is not None else None
    if note is None or not note.files:
        return False
    interactions.set_files(tx, contact_id, author_id, note.files)
    return True
