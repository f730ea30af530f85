"""What stands now follows the contact that it comes from: plans, and who knows whom."""

from bot.domain.contacts.interactions import Interaction, InteractionKind
from storage.accounts import acquaintances
from storage.database.transaction import Transaction
from storage.sessions import plans


def follow(tx: Transaction, contact: Interaction, *others: int) -> None:
    """That contact was deleted, put back or passed on; `others` are people whom it is with now.
    Writes."""
    if contact.kind is InteractionKind.SESSION:
        plans.follow(tx, [(contact.team_id, rep) for rep in (contact.rep.id, *others)])
    elif contact.kind is InteractionKind.FIELD_DAY:
        acquaintances.follow(tx, acquaintances.accounts_of(tx, [contact.id]))
