"""Private notes of a contact, for their author alone."""

from bot.domain.contacts.interactions import Interaction
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.private import readable
from bot.domain.workspaces.submissions import Made, said_again
from bot.services.workspaces.authority import authored_contact
from storage.contacts import interactions
from storage.database.engine import Database
from storage.workspaces import submissions


def add(database: Database, actor: Actor, interaction_id: int, text: str, form: str) -> Interaction:
    """Keep a private note with a contact, below what its author noted before; the same form sent
    again replaces what it said. No words at all keep nothing.

    Raises Gone and NotYours: also for a later manager of the team, whose contact it is not. Raises
    Sealed where what was noted before cannot be read.
    """
    with database.writing(actor.workspace_id) as tx:
        contact = authored_contact(tx, actor, interaction_id)
        sent = submissions.claim(
            tx, form, Made.PRIVATE_NOTE, contact.author_id, contact.team_id, str(contact.id)
        )
        if text or sent.said:
            before = readable(interactions.private_note(tx, contact.id, contact.author_id))
            whole = said_again(before or "", sent.said, text, "\n")
            interactions.set_private_note(tx, contact.id, contact.author_id, whole or None)
        submissions.keep(tx, sent, contact.id, said=text)
        return contact


def read(database: Database, actor: Actor, interaction_id: int) -> tuple[Interaction, str]:
    """The contact and its private note, "" when there is none. Raises Gone, NotYours and Sealed."""
    with database.reading(actor.workspace_id) as tx:
        contact = authored_contact(tx, actor, interaction_id)
        note = readable(interactions.private_note(tx, contact.id, contact.author_id))
        return contact, note or ""


def rewrite(database: Database, actor: Actor, interaction_id: int, text: str) -> Interaction:
    """Let the private note say this; nothing at all removes it.

    Raises Gone, NotYours and Sealed.
    """
    with database.writing(actor.workspace_id) as tx:
        contact = authored_contact(tx, actor, interaction_id)
        readable(interactions.private_note(tx, contact.id, contact.author_id))
        interactions.set_private_note(tx, contact.id, contact.author_id, text or None)
        submissions.forget(tx, Made.PRIVATE_NOTE, [contact.id])
        return contact
