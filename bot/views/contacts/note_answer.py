"""The answer to a plain message: that it is kept, what was made of it, and what still can be. It
says nothing of what the message says, and is drawn anew where it stands."""

from collections.abc import Sequence
from enum import StrEnum

from slack_sdk.models.blocks import Block, BlockElement, DatePickerElement

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.notes import MadeOf, MadeOfNote, NoteAnswer
from bot.domain.contacts.typed_text import listed
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Metadata, NoteAction
from bot.views.block_kit.kit import Message
from bot.views.contacts.contact import NAMES, with_words
from bot.views.contacts.note import delete_button, files_words
from bot.views.promises.promise import promise_words

KEPT = "Kept as a note, for you alone."

STAYS = "Your note stays, for you alone."

MESSAGE_DELETED = "The message is deleted; the note stays, for you alone."

BUTTONS: dict[MadeOf, tuple[str, NoteAction]] = {
    MadeOf.CONTACT: ("Contact", NoteAction.CONTACT),
    MadeOf.FIELD_DAY: ("Field day", NoteAction.FIELD_DAY),
    MadeOf.PROMISE: ("Promise", NoteAction.PROMISE),
}


class NoteState(StrEnum):
    """What happened to the message since its answer was drawn."""

    NOTHING = "nothing"
    EDITED = "edited"
    DELETED = "deleted"
    KEPT_SO = "kept_so"
    """**Keep as note**: nothing more is offered."""


def build_answer(
    answer: NoteAnswer, said: NoteState = NoteState.NOTHING, left_out: Sequence[str] = ()
) -> Message:
    """The answer as it stands. `left_out` is what of the message could not be taken."""
    note = answer.kept.note
    blocks: list[Block] = [kit.section(_head(answer, said, left_out))]
    blocks += [_made(one, answer) for one in answer.made]
    if said is NoteState.EDITED:
        asked = [one for one in answer.made if not one.says(note.text)]
        blocks += [block for one in asked for block in _offer(one, note.id)]
    blocks += _more(answer, said)
    return kit.message(_notice(answer), blocks)


def _notice(answer: NoteAnswer) -> str:
    """What a notification says, and the first block, which a preview shows."""
    return STAYS if answer.made else KEPT


def _head(answer: NoteAnswer, said: NoteState, left_out: Sequence[str]) -> str:
    files = answer.kept.note.files
    words = [_notice(answer)]
    if said is NoteState.DELETED:
        words = [MESSAGE_DELETED]
    elif said is NoteState.EDITED:
        words = ["You changed the words, and your note with them."]
    if files:
        links = "link" if len(files) == 1 else "links"
        words.append(f"With the {links} to {files_words(files)}.")
    if left_out:
        words.append(f"Not taken: {listed(left_out)}.")
    return " ".join(words)


def _made(one: MadeOfNote, answer: NoteAnswer) -> Block:
    """What was made of it, in a line, with the way to it."""
    if one.promise is not None:
        return kit.section(f"{promise_words(one.promise, answer.kept.today)}.")
    assert one.logged is not None
    touch = one.logged.touch
    day = kit.day_words(touch.occurred_on, answer.kept.today)
    text = f"Logged: {with_words(touch)} {kit.bold(touch.rep.name)}, {day}."
    label = f"Open {NAMES[touch.kind]}"
    value = Metadata(subject=touch.id)
    return kit.section(text, kit.button(label, BinderAction.ENTRY, value))


def _offer(one: MadeOfNote, note_id: int) -> list[Block]:
    """The change, offered and never made silently."""
    kind = "promise" if one.promise is not None else NAMES[_kind(one)]
    name = kit.bold(one.rep.name)
    asked = kit.section(f"Change the {kind} with {name} too?")
    value = Metadata(subject=note_id, step=one.what.value)
    buttons: list[BlockElement] = [
        kit.button("Change it", NoteAction.CHANGE, value, spoken=f"Change it: {kind}"),
        kit.button("Leave it", NoteAction.LEAVE, Metadata(subject=note_id)),
    ]
    return [asked, kit.actions(buttons)]


def _kind(one: MadeOfNote) -> InteractionKind:
    assert one.logged is not None
    return one.logged.touch.kind


def _more(answer: NoteAnswer, said: NoteState) -> list[Block]:
    note_id = answer.kept.note.id
    if said in (NoteState.KEPT_SO, NoteState.DELETED) or not answer.open:
        return [kit.actions([delete_button(note_id)])]
    value = Metadata(subject=note_id)
    buttons: list[BlockElement] = [kit.button(*BUTTONS[what], value) for what in answer.open]
    buttons.append(kit.button("Keep as note", NoteAction.KEEP, value))
    if MadeOf.CONTACT not in answer.open and MadeOf.FIELD_DAY not in answer.open:
        return [kit.section("Make more of it?"), kit.actions(buttons)]
    day = answer.day or answer.kept.day
    picker = DatePickerElement(action_id=NoteAction.DAY.value, initial_date=day.isoformat())
    asked = "Make more of it? If it was a contact, which day?"
    return [kit.section(asked, picker, name="day"), kit.actions(buttons)]
