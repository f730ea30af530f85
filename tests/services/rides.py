"""Field days as their form sends them."""

from bot.domain.contacts.drafts import DraftKind, DraftStep
from bot.domain.field_days import FIRST, FieldDayEntry, typed_of


def sent(entry: FieldDayEntry, form: str) -> DraftStep:
    """The form of a new field day that says that."""
    return DraftStep(DraftKind.FIELD_DAY, form, FIRST, typed_of(entry), rep=entry.rep)
