"""Notes for their author alone: plain messages kept as such, and private notes of a contact."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.interactions import NOTE_LIMIT, KeptNote, NotesPage
from bot.domain.contacts.received import KeptFile
from bot.domain.contacts.touches import ABOUT_LIMIT, TouchEntry
from bot.domain.contacts.typed_text import listed
from bot.domain.field_days import TEXT_LIMIT
from bot.domain.promises import WHAT_LIMIT, PromiseEntry
from bot.domain.team.teams import RepChoice
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, NoteAction
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.touch import build_touch_form
from bot.views.promises.promise import build_promise_form

FIRST_LINE_SHOWN = 120

OF_BINDER = (
    "This becomes part of the binder: a later manager and exports show it. Your note itself stays "
    "private."
)


def parse_day(state: Mapping[str, Any]) -> date | None:
    """The day that was picked beside the buttons."""
    return Fields(state).day("day")


def build_contact_form(choice: RepChoice, entry: TouchEntry, text: str, metadata: Metadata) -> View:
    """The form of a contact, filled with a note that says `text`."""
    form = build_touch_form(choice, entry, metadata)
    form = {**form, "callback_id": Form.NOTE_CONTACT.value}
    return _hinted(form, "about", _hint(OF_BINDER, text, ABOUT_LIMIT))


def build_promise_of_note(
    choice: RepChoice, entry: PromiseEntry, text: str, metadata: Metadata
) -> View:
    """The form of a promise, filled with a note that says `text`."""
    form = build_promise_form(choice, entry, metadata)
    hint = "The rep sees these words on their page. Your note itself stays private."
    return _hinted(form, "what", _hint(hint, text, WHAT_LIMIT))


def _hint(hint: str, text: str, limit: int) -> str:
    if len(text) <= limit:
        return hint
    return f"{hint} Only its first {limit:,} characters fit in here."


def hinted_field_day(form: View, text: str) -> View:
    """The form of a field day that is filled with a note that says `text`."""
    hint = f"{OF_BINDER} What reads as a visit stands under Visits."
    shown = {block.get("block_id") for block in form["blocks"]}
    for field in ("visits", "market"):
        if field in shown:
            form = _hinted(form, field, _hint(hint, text, TEXT_LIMIT))
    return form


def _hinted(form: View, field: str, hint: str) -> View:
    """Another feature's form, with a word on what others will see of the note."""
    blocks = [
        {**block, "hint": kit.plain(hint).to_dict()} if block.get("block_id") == field else block
        for block in form["blocks"]
    ]
    return {**form, "blocks": blocks}


def build_note_list(page: NotesPage) -> View:
    """The notes of one person by their first lines, the newest first."""
    blocks: list[Block] = [kit.context("For you alone.")] if page.notes else []
    blocks += [_row(kept, page.start) for kept in page.notes]
    if not page.notes:
        blocks.append(kit.section("No notes. Write me a message, and I keep it here."))
    turns: list[BlockElement] = []
    if page.start:
        turns.append(kit.button("Newest", NoteAction.NEWEST, Metadata(page="0")))
    if page.more:
        older = Metadata(page=str(page.start + len(page.notes)))
        turns.append(kit.button("Older", NoteAction.OLDER, older))
    if turns:
        blocks.append(kit.actions(turns))
    return kit.modal("Your notes", Form.NOTE_LIST, blocks, close="Close")


def _row(kept: KeptNote, start: int) -> Block:
    day = kit.date_words(kept.day, kept.today)
    lines = kept.note.text.strip().splitlines()
    first = lines[0] if lines else files_words(kept.note.files)
    words = f"{day} · {kit.quote(first, FIRST_LINE_SHOWN)}"
    value = Metadata(subject=kept.note.id, page=str(start))
    return kit.section(words, kit.button("Open", NoteAction.SHOW, value, spoken=f"Open: {day}"))


def parse_start(page: str | None) -> int:
    """Where a page of the list begins. Raises Gone for what is no number."""
    if page is None:
        return 0
    if not page.isdecimal():
        raise Gone
    return int(page)


def build_note(kept: KeptNote, metadata: Metadata, link: str | None = None) -> View:
    """A note exactly as it was written, with the links of its files; `link` leads to the message,
    and `metadata` says where in the list it stands."""
    day = kit.date_words(kept.day, kept.today)
    message = f" · <{link}|the message>" if link else ""
    blocks: list[Block] = [
        kit.context(f"{day} · for you alone{message}"),
        *kit.literal(kept.note.text),
        *file_lines(kept.note.files),
    ]
    blocks.append(kit.actions([delete_button(kept.note.id)]))
    return kit.modal("Note", Form.READ_ONLY, blocks, metadata, close="Close")


def build_deleted_note(note_id: int, metadata: Metadata) -> View:
    """A note that was deleted while it stood open."""
    blocks = [kit.section("Deleted."), _put_back(note_id)]
    return kit.modal("Note", Form.READ_ONLY, blocks, metadata, close="Close")


def build_private_note(name: str, note: str, metadata: Metadata) -> View:
    """The private note of a contact, opened on purpose, to read and to change."""
    fields = [note[i : i + NOTE_LIMIT] for i in range(0, len(note), NOTE_LIMIT)] or [""]
    blocks: list[Block] = [
        kit.context(f"About your contact with {kit.bold(name)}. Only you ever see this.")
    ]
    for number, text in enumerate(fields):
        blocks.append(
            kit.field(
                f"{NOTE}{number}",
                "Private note" if number == 0 else f"Private note, part {number + 1}",
                kit.text_input(initial=text, multiline=True, limit=NOTE_LIMIT),
                optional=True,
                hint="Emptied, it is removed." if number == len(fields) - 1 else None,
            )
        )
    return kit.modal(
        "Private note", Form.PRIVATE_NOTE_CHANGE, blocks, metadata, submit="Save", close="Close"
    )


NOTE = "note"


def parse_private_note(state: Mapping[str, Any]) -> str:
    """The note as it says now; longer ones fill several fields."""
    fields = Fields(state)
    names = sorted(
        (name for name in fields.names() if name.startswith(NOTE)),
        key=lambda name: int(name.removeprefix(NOTE)),
    )
    return "".join(fields.text(name) for name in names).strip()


def build_not_kept(reference: str) -> Message:
    """A message that could not be kept, however often Slack told of it."""
    return kit.message(
        "Your message could not be kept: the database did not answer. It stands here above; "
        f"please send it once more later. (ref {reference})"
    )


def build_deleted(note_id: int) -> Message:
    """It was deleted, and can be put back."""
    return kit.message("Note deleted", [kit.section("Note deleted."), _put_back(note_id)])


def files_words(files: Sequence[KeptFile]) -> str:
    """What was sent, without the links: a file, 2 files, a voice clip."""
    kinds = [one.kind.value for one in files]
    counted = ((kinds.count(kind), kind) for kind in dict.fromkeys(kinds))
    return listed([f"a {kind}" if n == 1 else f"{n} {kind}s" for n, kind in counted])


def file_lines(files: Sequence[KeptFile]) -> list[Block]:
    """The links of files, for who sent them."""
    lines = [
        f"{one.kind.value.capitalize()}: <{one.link}|{kit.escape(one.name) or one.kind.value}>"
        for one in files
    ]
    return kit.lines(lines)


def delete_button(note_id: int) -> BlockElement:
    return kit.button("Delete note", NoteAction.DELETE, Metadata(subject=note_id))


def _put_back(note_id: int) -> Block:
    value = Metadata(subject=note_id)
    return kit.actions([kit.button("Put it back", NoteAction.PUT_BACK, value)])
