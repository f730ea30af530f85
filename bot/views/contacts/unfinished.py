"""A form that is half filled in: what it is called, and the answer to putting it aside."""

from bot.domain.contacts.drafts import DraftKind
from bot.views.block_kit import kit
from bot.views.block_kit.kit import Message

WHAT = {
    DraftKind.SESSION: "strategy session",
    DraftKind.FIELD_DAY: "field day",
    DraftKind.PREPARATION: "preparation for the strategy session",
}


def build_kept(kind: DraftKind, name: str) -> Message:
    """The answer to **Finish later**, in place of the form; `name` as with Unfinished."""
    return kit.message(
        f"Kept: your {draft_words(kind, name)}, as far as it is written down. *Resume* is on your "
        "Home tab."
    )


def draft_words(kind: DraftKind, name: str) -> str:
    """What is half filled in, and with whom, where that is known."""
    return f"{WHAT[kind]} with {kit.bold(name)}" if name else WHAT[kind]
