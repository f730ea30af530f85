"""The forms of the market page: a touch's note, the tags of a note, the name of a tag, a search."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.market import (
    NOTE_LIMIT,
    TAG_LIMIT,
    MarketNote,
    MarketTag,
    NoteEntry,
    Picked,
    shared_tags,
)
from bot.domain.contacts.interactions import Interaction
from bot.views.accounts.market import note_words
from bot.views.block_kit import charts, kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import BinderAction, Form, MarketAction, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.block_kit.people import MOST_OPTIONS
from bot.views.block_kit.tags import new_tags_field, parse_picked, tags_field
from bot.views.contacts.contact import with_words

FOUND_SHOWN = 20
ACCOUNT_LIMIT = 200
WORDS_LIMIT = 100
NAME_SHOWN = 60


def build_note_form(
    contact: Interaction, note: MarketNote | None, tags: Sequence[MarketTag], metadata: Metadata
) -> View:
    """The market note of a touch, as it is kept."""
    text, account = (note.text, note.typed or note.account) if note else ("", "")
    blocks: list[Block] = [
        kit.context(
            f"Heard in your {with_words(contact)} {kit.bold(contact.rep.name)}. What the contact "
            "was about is not read for it."
        ),
        kit.field(
            "text",
            "Market note",
            kit.text_input(initial=text, multiline=True, limit=NOTE_LIMIT),
            optional=True,
            hint="Of the market and of competitors. Emptied, there is none.",
        ),
        kit.field(
            "account",
            "Customer",
            kit.text_input(initial=account, limit=ACCOUNT_LIMIT),
            optional=True,
        ),
        *tags_field(tags, shared_tags([note]) if note else ()),
        new_tags_field(),
    ]
    return kit.modal("Market note", Form.MARKET_NOTE, blocks, metadata, submit="Keep it")


def parse_note_form(state: Mapping[str, Any]) -> NoteEntry:
    """What it says."""
    fields = Fields(state)
    return NoteEntry(
        fields.text("text").strip(), fields.text("account").strip(), parse_picked(fields)
    )


def build_note_kept(contact: Interaction, entry: NoteEntry) -> Message:
    """The answer, for the manager alone."""
    name = kit.bold(contact.rep.name)
    if not entry.text:
        return kit.message(f"No market note with your {with_words(contact)} {name}.")
    at = f", at {kit.escape(entry.account)}" if entry.account else ""
    words = f"Kept with your {with_words(contact)} {name}{at}: “{kit.quote(entry.text)}”"
    return kit.message("Market note kept", [kit.section(words)])


def build_tags_form(
    note: MarketNote, tags: Sequence[MarketTag], today: date, metadata: Metadata
) -> View:
    """The tags of one note."""
    blocks = [
        kit.section(note_words(note, today)),
        *tags_field(tags, shared_tags([note])),
        new_tags_field(),
    ]
    return kit.modal("Tags", Form.MARKET_TAGS, blocks, metadata, submit="Save")


def parse_tags_form(state: Mapping[str, Any]) -> Picked:
    """What it says."""
    return parse_picked(Fields(state))


def build_rename_form(tag: MarketTag, metadata: Metadata) -> View:
    """What a tag is called."""
    blocks = [
        kit.field(
            "name",
            "Name",
            kit.text_input(initial=tag.name, limit=TAG_LIMIT),
            hint="What led to it leads to it as before.",
        )
    ]
    return kit.modal("Rename", Form.MARKET_RENAME, blocks, metadata, submit="Save")


def parse_name(state: Mapping[str, Any]) -> str:
    """What it is called."""
    return Fields(state).text("name").strip().lstrip("#＃").strip()


def build_merge_form(tag: MarketTag, others: Sequence[MarketTag], metadata: Metadata) -> View:
    """Which other tag is the same; what then becomes of both is said before."""
    name = kit.bold(kit.shorten(tag.name, NAME_SHOWN))
    if not others:
        words = f"{name} is the only tag, so there is none to merge it with."
        return kit.modal("Merge", Form.READ_ONLY, [kit.section(words)], close="Close")
    notes = "The note" if tag.used == 1 else f"All {tag.used} notes"
    entries = [(one.name, str(one.id)) for one in others[:MOST_OPTIONS]]
    too_many = len(others) > MOST_OPTIONS
    blocks: list[Block] = [
        kit.section(
            f"{notes} of {name} will stand under the tag you pick, and whoever types "
            f"“{kit.escape(kit.shorten(tag.name, NAME_SHOWN))}” means that one. *Not the same* in "
            "its menu undoes it."
        ),
        kit.field(
            "into",
            "Tag",
            kit.choice(entries, placeholder="The same as …"),
            optional=too_many,
        ),
    ]
    if too_many:
        box = kit.text_input(limit=TAG_LIMIT)
        hint = f"Of {len(others)} tags those that most notes have are in the list."
        blocks.append(kit.field("typed", "Or its name", box, optional=True, hint=hint))
    return kit.modal("Merge", Form.MARKET_MERGE, blocks, metadata, submit="Merge")


def parse_merge(state: Mapping[str, Any]) -> tuple[int, str]:
    """The id that was chosen, 0 for none, and the name that was typed."""
    fields = Fields(state)
    chosen = fields.chosen("into") or ""
    return int(chosen) if chosen.isdecimal() else 0, fields.text("typed").strip()


def build_not_same_form(tag: MarketTag, metadata: Metadata) -> View:
    """Which spelling is another tag after all."""
    entries = [(one.name, str(one.id)) for one in tag.others[:MOST_OPTIONS]]
    blocks: list[Block] = [
        kit.section(f"Not the same as {kit.bold(kit.shorten(tag.name, NAME_SHOWN))}"),
        kit.field(
            "spelling",
            "Spelling",
            kit.choice(entries, placeholder="Which one?"),
            hint="It becomes a tag of its own, with the notes that have it so.",
        ),
    ]
    return kit.modal("Not the same", Form.MARKET_NOT_SAME, blocks, metadata, submit="Save")


def parse_spelling(state: Mapping[str, Any]) -> int:
    """The spelling that was chosen; 0 for none."""
    chosen = Fields(state).chosen("spelling") or ""
    return int(chosen) if chosen.isdecimal() else 0


def build_search() -> View:
    """What to look for."""
    box = kit.text_input(limit=WORDS_LIMIT)
    blocks = [kit.field("words", "Words", box, hint="In what was heard, where, and its tags.")]
    return kit.modal("Search the market", Form.MARKET_SEARCH, blocks, submit="Search")


def parse_search(state: Mapping[str, Any]) -> str:
    """The words."""
    return Fields(state).text("words").strip()


def build_found(words: str, found: Sequence[MarketNote], start: int, today: date) -> View:
    """A page of the notes that have those words, each with the way to its contact."""
    shown = charts.page_of(found, start, FOUND_SHOWN)
    said = f"“{kit.quote(words, WORDS_LIMIT)}”"
    head = f"{said} · {len(found)} found" if found else f"Nothing with {said} in it."
    blocks: list[Block] = [kit.section(head)]
    blocks += [kit.section(note_words(note, today), _open(note)) for note in shown.items]
    buttons: list[BlockElement] = []
    if shown.start:
        first = Metadata(text=words, page="0")
        buttons.append(kit.button("First", MarketAction.FOUND_FIRST, first))
    if shown.after is not None:
        after = Metadata(text=words, page=str(shown.after))
        buttons.append(kit.button("More", MarketAction.FOUND, after))
    if buttons:
        blocks.append(kit.actions(buttons))
    return kit.modal("The market", Form.READ_ONLY, blocks, close="Close")


def _open(note: MarketNote) -> BlockElement | None:
    if note.contact is None:
        return None
    return kit.button("Open", BinderAction.ENTRY, Metadata(subject=note.contact))
