"""A session or field day as its rep reads it: one letter for the preview, the message and the rep's
own page, so that none of them says what the others do not."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.promises import Answer, Owner, Promise
from bot.domain.sessions.letter import Paragraph
from bot.domain.sessions.sharing import SharedPart
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, SharingAction
from bot.views.block_kit.kit import View
from bot.views.contacts.contact import NAMES

SHORTER = (1000, 500, 250, 120)
"""Characters of each text, tried in turn where a letter is too long for a message."""


@dataclass(frozen=True)
class Drawn:
    """A letter as it is drawn; `is_whole`: nothing of it was left out."""

    blocks: list[Block]
    is_whole: bool


def head_words(part: SharedPart, today: date) -> str:
    """What it is of, with whom and when: nothing of what it says, since a notification shows it."""
    contact = part.contact
    what = kit.bold(NAMES[contact.kind].capitalize())
    day = kit.date_words(contact.occurred_on, today)
    return f"{what} with {kit.escape(part.writer)} · {day}"


def letter_blocks(part: SharedPart, today: date) -> list[Block]:
    """All of it, exactly as typed."""
    return _drawn(part, today, None)


def letter_within(part: SharedPart, today: date, room: int) -> Drawn:
    """As much of it as weighs at most `room` in a message: whole where that fits, else every text
    as long as all of them may be."""
    for limit in (None, *SHORTER):
        blocks = _drawn(part, today, limit)
        if kit.weight(blocks) <= room:
            return Drawn(blocks, is_whole=limit is None)
    return Drawn(kit.holding(blocks, room), is_whole=False)


def build_unchanged(part: SharedPart) -> View:
    """**Show**: the plans that stand as the rep has read them before."""
    blocks: list[Block] = []
    for title, plan in part.letter.unchanged:
        blocks += [kit.section(kit.bold(title)), *kit.literal(plan)]
    if not blocks:
        blocks = [kit.section("Something changed in the meantime: all of it is in the letter now.")]
    return kit.modal("Unchanged", Form.READ_ONLY, blocks, close="Back")


def _drawn(part: SharedPart, today: date, limit: int | None) -> list[Block]:
    blocks: list[Block] = []
    for paragraph in part.letter.paragraphs:
        words = "\n".join(_lines(paragraph, part, today, limit))
        blocks += [kit.section(kit.bold(paragraph.heading)), *kit.literal(words)]
    if part.letter.unchanged:
        titles = ", ".join(title for title, _ in part.letter.unchanged)
        show = kit.button(
            "Show",
            SharingAction.SHOW,
            Metadata(subject=part.contact.id),
            spoken=f"Show what is unchanged: {titles}",
        )
        blocks.append(kit.section(kit.italic(f"Unchanged: {titles}"), show))
    return blocks


def _lines(paragraph: Paragraph, part: SharedPart, today: date, limit: int | None) -> Iterator[str]:
    """As plain text: nothing that was typed is taken for a mark, a mention or a quotation."""

    def short(words: str) -> str:
        return words if limit is None else kit.shorten(words, limit)

    if paragraph.stands:
        yield short(paragraph.stands)
    if paragraph.no_plan_now:
        yield "No plan for now."
    if paragraph.new:
        yield f"New: {short(paragraph.new)}"
    for line in paragraph.loose.splitlines():
        yield f"→ {short(line)}"
    for promise in paragraph.steps:
        yield _step(promise, short(promise.what), part, today)


def _step(promise: Promise, what: str, part: SharedPart, today: date) -> str:
    """Whose step it is, as the rep reads it: what was noted for them is their word once they
    agreed, and not before."""
    manager = promise.noted_by or part.writer
    if promise.raised_on is not None:
        line = f"You raised: {what}"
    elif promise.owner is Owner.MANAGER:
        line = f"→ {manager}: {what}"
    elif promise.is_agreed or not (promise.is_open or promise.moved):
        line = f"→ You: {what}"
    else:
        line = f"→ {manager} noted for you: {what}"
    if promise.moved and promise.handed_to:
        return f"{line} · now with {promise.handed_to}"
    if promise.kept_on is not None:
        return f"{line} · kept"
    if not promise.is_open:
        return f"{line} · closed"
    if promise.due_on is not None:
        day = kit.date_words(promise.due_on, today)
        # A sentence that ended stays ended.
        ends = what[-1:] in ".!?…:;" or "\n" in what
        line += f" · by {day}" if ends else f", by {day}"
    return f"{line} · you said: not so" if promise.answer is Answer.NOT_SO else line
