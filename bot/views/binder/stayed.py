"""**What stayed with you**, on Home, whole, and as a file."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block

from bot.domain.binder.stayed import Stayed, StayedContact
from bot.domain.promises import Owner
from bot.domain.team.calendar import date_words
from bot.domain.workspaces.private import WHY, Unreadable
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, HandoverAction
from bot.views.block_kit.kit import View
from bot.views.contacts.contact import NAMES
from bot.views.promises.promise import bare_words, promise_row

BETWEEN_US_SHOWN = 4
SHOWN = 30
ROOM = 200
"""Characters of one entry in the page; the file has it whole."""

COMMENT = "What stayed with you when the team passed on. Nobody but you gets this."
HEADING = "What stayed with you"


def home_blocks(stayed: Stayed | None) -> list[Block]:
    """What is still to be closed, and the way to the rest."""
    if stayed is None:
        return []
    blocks: list[Block] = [kit.section(f"*{HEADING}* · {_counts(stayed)}")]
    still_open = [one for one in stayed.between_us if one.is_open]
    for promise in still_open[:BETWEEN_US_SHOWN]:
        words = f"{kit.bold(promise.rep.name)}: {bare_words(promise, stayed.today)}"
        blocks += promise_row(promise, stayed.today, Owner.MANAGER, words)
    see = kit.button("See", HandoverAction.STAYED, spoken="See what stayed with you")
    file = kit.button("As a file", HandoverAction.STAYED_FILE)
    return [*blocks, kit.actions([see, file])]


def _counts(stayed: Stayed) -> str:
    counted = (
        (stayed.private_notes, "private note", "private notes"),
        (stayed.unshared, "talk you never shared", "talks you never shared"),
        (len(stayed.between_us), "word between us", "words between us"),
        (stayed.half_written, "half-written form", "half-written forms"),
    )
    parts = [f"{count} {one if count == 1 else many}" for count, one, many in counted if count]
    return f"{', '.join(parts)}. Nobody else reads it."


def build_page(stayed: Stayed) -> View:
    """All of it, the latest first, opened on purpose."""
    texts = [_in_lines(entry) for entry in _lines(stayed)]
    more = len(texts) - SHOWN
    blocks: list[Block] = [kit.context("For you alone. *As a file* on Home has all of it.")]
    blocks += [kit.section(text) for text in texts[:SHOWN] if text]
    if more > 0:
        blocks.append(kit.context(f"And {more} more, in the file."))
    return kit.modal(HEADING, Form.STAYED, blocks, close="Close")


def _in_lines(entry: str) -> str:
    """Each line of an entry on its own, all of them in `ROOM`; what others follow stands out."""
    lines = list(filter(None, map(str.strip, entry.splitlines())))
    shown: list[str] = []
    room = ROOM
    for line in lines:
        heads = not shown and len(lines) > 1
        words = kit.bold(kit.shorten(line, room)) if heads else kit.escape_within(line, room)
        shown.append(words)
        room -= len(words)
        if room < 2 or words.endswith("…"):
            break
    return "\n".join(shown)


def to_file(stayed: Stayed) -> str:
    """The same as Markdown, whole."""
    return "\n\n".join([f"# {HEADING}", *_lines(stayed)]) + "\n"


def _lines(stayed: Stayed) -> Iterator[str]:
    for promise in stayed.between_us:
        what = WHY if isinstance(promise.what, Unreadable) else promise.what
        state = "open" if promise.is_open else "closed"
        yield f"{promise.rep.name}, between us ({state}): {what}"
    for contact in reversed(stayed.contacts):
        yield "\n".join([_head(contact, stayed), *_words(contact)])
    for note in stayed.notes:
        yield f"Note to yourself: {WHY if isinstance(note.text, Unreadable) else note.text}"


def _head(contact: StayedContact, stayed: Stayed) -> str:
    about = f", {contact.about}" if contact.about else ""
    day = date_words(contact.day, stayed.today)
    return f"{contact.rep}, {NAMES[contact.kind]}, {day}{about}"


def _words(contact: StayedContact) -> Iterator[str]:
    note = contact.private_note
    if note is not None:
        yield f"Private note: {WHY if isinstance(note, Unreadable) else note}"
    for what, text in contact.words:
        yield f"{what}: {text}"
