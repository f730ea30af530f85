"""What is said of market notes and of their tags, each with its way back: beneath an answer, by
itself, or above the page."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.market import MarketKept, MarketNote, MarketTag, Merging, Spread
from bot.domain.workspaces.refusals import Gone
from bot.views.accounts.market import ON_PAGE, question_blocks, spread_blocks
from bot.views.block_kit import kit
from bot.views.block_kit.ids import MarketAction, Metadata
from bot.views.block_kit.kit import Message
from bot.views.results.pages import Page

NOTE_SHOWN = 120
MOST_SPELLINGS = 100
"""Of a tag that was merged: with more, its way back would not fit in a button. The menu has it."""

AS_BEFORE = "It is as it was."


@dataclass(frozen=True)
class Answer:
    """What was done, in a sentence, with what there is to be pressed and read beneath it."""

    words: str
    undo: BlockElement | None = None
    more: tuple[Block, ...] = ()

    @property
    def blocks(self) -> list[Block]:
        return [kit.section(self.words, self.undo), *self.more]


def with_kept(message: Message, kept: MarketKept, today: date) -> Message:
    """An answer, with what is to be said of the tags in it: which are new, which are but another
    way to write one there is, which may be another, and what is at a third customer now."""
    blocks = [*_tag_lines(kept), *_asked(kept, today)]
    return {**message, "blocks": [*message["blocks"], *(one.to_dict() for one in blocks)]}


def _tag_lines(kept: MarketKept) -> list[Block]:
    said = [
        f"“{kit.escape(typed)}” is kept as {kit.bold(name)}. If it is another: `/binder market`, "
        "*Not the same*."
        for typed, name in kept.taken
    ]
    if kept.new:
        names = ", ".join(map(kit.bold, kept.new))
        said.append(f"New {'tag' if len(kept.new) == 1 else 'tags'}: {names}")
    return [kit.context("\n".join(said))] if said else []


def _asked(kept: MarketKept, today: date, *, on_page: bool = False) -> list[Block]:
    blocks = [
        one for question in kept.questions for one in question_blocks(question, on_page=on_page)
    ]
    return [*blocks, *spread(kept.spreads, today)]


def spread(found: Sequence[Spread], today: date) -> list[Block]:
    """What is at a third customer now."""
    return [block for one in found for block in spread_blocks(one, today)]


def above(page: Page, said: Answer) -> Page:
    """The page with that beneath its name."""
    name, *rest = page.blocks
    return Page(f"{said.words}\n{page.text}", (name, *said.blocks, *rest))


def as_answer(said: Answer) -> Message:
    """That by itself."""
    return kit.message(said.words, said.blocks)


def retagged(
    before: MarketNote, note: MarketNote, kept: MarketKept, shown: int | None, today: date
) -> Answer:
    """What the tags of a note are now. Of the tag whose page is `shown` that page asks itself."""
    names = " and ".join(kit.bold(tag.name) for tag in note.tags)
    words = f"“{kit.quote(note.text, NOTE_SHOWN)}” has {names or 'no tag'} now."
    spellings, had = (
        [str(tag.spelling_id) for tag in before.tags],
        [tag.name for tag in before.tags],
    )
    here = Metadata(subject=note.id, page=",".join(spellings), text="\n".join(had))
    asked = MarketKept(
        questions=tuple(one for one in kept.questions if one.tag.id != shown), spreads=kept.spreads
    )
    more = (*_tag_lines(kept), *_asked(asked, today, on_page=True))
    return Answer(words, _undo(MarketAction.UNDO_TAGS, here), more)


def parse_had(pressed: Metadata) -> list[tuple[int, str]]:
    """The tags that a note had, by spelling and name. Raises Gone for what was not made here."""
    ids = _numbers(pressed.page or "")
    names = (pressed.text or "").split("\n") if ids else []
    if len(ids) != len(names):
        raise Gone
    return list(zip(ids, names, strict=True))


def renamed(tag: MarketTag, name: str, *, is_new: bool) -> Answer:
    """What a tag is called now; what it was called leads to it still."""
    if tag.name == name:
        return Answer(f"{kit.bold(name)} is what it is called.")
    here = Metadata(subject=tag.id, text=tag.name, page="new" if is_new else None)
    words = f"{kit.bold(tag.name)} is called {kit.bold(name)} now. Whoever types either means it."
    return Answer(words, _undo(MarketAction.UNDO_RENAME, here))


def parse_renamed(pressed: Metadata) -> tuple[str, bool]:
    """What it was called, and whether what it is called was no spelling of it before."""
    return pressed.text or "", pressed.page == "new"


def merged(
    into: MarketTag, one: MarketTag | None, typed: str, more: Sequence[Block], *, on_page: bool
) -> Answer:
    """That two tags are one; None, that they were already, of which one is called as `typed`."""
    name = one.name if one else typed
    begin = f"{kit.bold(name)} stands" if name else "Both stand"
    words = f"{begin} under {kit.bold(into.name)} now."
    if one is None or len(one.spellings) > MOST_SPELLINGS:
        return Answer(words, None, tuple(more))
    ids = ",".join(str(number) for number in (one.id, *(way.id for way in one.spellings)))
    here = Metadata(subject=into.id, page=ids, text=one.name, step=ON_PAGE if on_page else None)
    return Answer(words, _undo(MarketAction.UNDO_MERGE, here), tuple(more))


def parse_merged(pressed: Metadata) -> Merging:
    """What it takes to part them. Raises Gone for what was not made here."""
    tag_id, *spellings = _numbers(pressed.page or "") or [0]
    return Merging(tag_id, pressed.text or "", tuple(spellings))


def two_again(into: MarketTag, other: MarketTag) -> Answer:
    """That they are two again."""
    return Answer(f"{kit.bold(other.name)} and {kit.bold(into.name)} are two tags.")


def a_tag_of_its_own(name: str) -> Answer:
    """That a tag is none of the others."""
    return Answer(f"{kit.bold(name)} is a tag of its own.")


def split(one: MarketTag, spelling: str, made: int) -> Answer:
    """That a spelling of a tag is another one."""
    words = f"{kit.bold(spelling)} is a tag of its own, not {kit.bold(one.name)}."
    here = Metadata(subject=one.id, page=str(made))
    return Answer(words, _undo(MarketAction.UNDO_SPLIT, here))


def put_aside(tag: MarketTag) -> Answer:
    """That a tag is proposed no more, for a quarter."""
    day = tag.settled_on.isoformat() if tag.settled_on else None
    words = f"{kit.bold(tag.name)} is put aside. It comes again with three customers after that."
    return Answer(words, _undo(MarketAction.UNDO_ASIDE, Metadata(subject=tag.id, day=day)))


def parse_settled(pressed: Metadata) -> date | None:
    """When it was settled before. Raises Gone for what was not made here."""
    try:
        return date.fromisoformat(pressed.day) if pressed.day else None
    except ValueError as error:
        raise Gone from error


def _undo(action: MarketAction, here: Metadata) -> BlockElement:
    return kit.button("Undo", action, here)


def _numbers(listed: str) -> list[int]:
    parts = listed.split(",") if listed else []
    if not all(one.isdecimal() for one in parts):
        raise Gone
    return [int(one) for one in parts]
