"""The rows of the list: what stands below or beside a rep, and what is said of one who is done."""

from dataclasses import replace
from functools import partial
from typing import TypeAlias

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.promises import Owner, Promise
from bot.domain.todo.kinds import KINDS, origin_of
from bot.domain.todo.lists import Reader, ReasonChoice, SlotAnswer, TodoRow
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, TodoAction
from bot.views.todo import words
from bot.views.todo.pages import LABELS, Piece

CHOICES_SHOWN = 4
"""Reasons to choose from at once: with their frame they take five blocks more than the row did,
which is what a full page has left of Slack's 50."""

ROW_LABELS = 65
"""Characters of the controls below a rep of today, without what is heard of them."""

DONE_LABELS = 80
"""The same of a rep who is done."""

SAID_ROOM = 200
"""Characters, as Slack counts them, of what a rep said."""

SAID_NAME = 40
"""Of a first name in **What Sam said**."""

DONE_SAID = "Done: "
ANOTHER_SAID = "Another reason: "
UNDO_SAID = "Undo: "
NEXT_SAID = "Next time: "
KEPT_SAID = "Kept: "
STILL_OPEN_SAID = "Still open: "

Menu: TypeAlias = tuple[tuple[str, TodoAction], ...]

LATER_MENU = (
    ("Done", TodoAction.DONE),
    ("Another reason", TodoAction.ANOTHER_REASON),
    ("Move", TodoAction.MOVE),
    ("Not this week", TodoAction.NOT_THIS_WEEK),
    ("Open binder", TodoAction.OPEN_BINDER),
)
THANKED = "thanked in the channel"
THANK = ("Thank in the channel", TodoAction.THANK)
SAVE_IT = ("Save-it plan", TodoAction.SAVE_IT)
LATER_THANKS = (*LATER_MENU[:-1], THANK)
LATER_SAVE_IT = (*LATER_MENU[:-1], SAVE_IT)
"""Slack shows five entries: the binder is open from the row on its day."""
MENU_LABELS = sum(len(label) for label, _ in LATER_THANKS)
MENU_AHEAD = LATER_MENU[1:]
TODAY_MENU = LATER_MENU[2:]
SOURCED_MENU = (*TODAY_MENU, ("Where it comes from", TodoAction.OPEN_SOURCE))

DONE_MENU = (
    ("Channel or day", TodoAction.CHANGE),
    ("Add a note", TodoAction.ADD_NOTE),
    ("They raised something", TodoAction.RAISED),
)
ASKED_MENU = (("Next time", TodoAction.NEXT_TIME), *DONE_MENU)
"""Where other buttons have the place of **Next time**."""


def today_piece(row: TodoRow, heading: str, reader: Reader) -> Piece:
    """A rep of today, who is open."""
    if reader is Reader.STAND_IN:
        return Piece(words.whole(row), heading, beside=partial(_done_button, row))
    more = len(SAVE_IT[0]) if is_warning(row) else len(THANK[0]) if row.may_thank else 0
    labels = ROW_LABELS + more + _heard(row, DONE_SAID, ANOTHER_SAID)
    text = _and_said(_and_thanked(words.whole(row), row), row)
    return Piece(text, heading, labels, below=partial(_today_controls, row))


def later_piece(row: TodoRow, heading: str, reader: Reader) -> Piece:
    """A rep of another day, who is open."""
    if reader is Reader.STAND_IN:
        return Piece(words.on_its_day(row), heading, LABELS, beside=partial(_done_button, row))
    menu = partial(_menu, row, _later_menu(row))
    text = _and_said(_and_thanked(words.on_its_day(row), row), row)
    return Piece(text, heading, MENU_LABELS, beside=menu)


def ahead_piece(row: TodoRow) -> Piece:
    """A rep of a week that is still to come."""
    return Piece(words.on_its_day(row), labels=MENU_LABELS, beside=partial(_menu, row, MENU_AHEAD))


def done_piece(row: TodoRow, heading: str, reader: Reader) -> Piece:
    """A rep who was done today, in the place that the row had."""
    if reader is Reader.STAND_IN:
        text = words.with_also(done_words(row), row)
        return Piece(text, heading, beside=partial(_undo_button, row))
    text, asked = done_words(row), row.asked
    if asked is not None:
        text += f"\n{question(asked)}"
        row = replace(row, owed=tuple(o for o in row.owed if o.about != f"promise:{asked.id}"))
    text = words.with_also(text, row)
    heard = _heard(row, *((KEPT_SAID, STILL_OPEN_SAID) if row.asked else (NEXT_SAID,)), UNDO_SAID)
    more = len(THANK[0]) if row.may_thank else 0
    if row.is_issue:
        more += 2 * kit.BUTTON_LIMIT
    return Piece(text, heading, DONE_LABELS + more + heard, below=partial(_done_controls, row))


def left_out_piece(row: TodoRow) -> Piece:
    """A rep who is left out this week, with the way back."""
    return Piece(words.left_out_words(row), beside=partial(_on_again_button, row))


def with_choice(piece: Piece, row: TodoRow, choice: ReasonChoice | None) -> Piece:
    """That row with the reasons to choose from, where they are asked for."""
    if choice is None or choice.slot_id != row.slot.id:
        return piece
    return piece.showing(partial(_choice, row, choice))


def done_words(row: TodoRow) -> str:
    """✓ *Raj Rao* · call, today: in the row itself, with what is noted for the next time."""
    how = f"{row.contact.channel}, " if row.contact and row.contact.channel else ""
    said = [f"✓ {words.bold_name(row)} · {how}today"]
    if row.slot.answer is SlotAnswer.KEPT:
        said.append("kept")
    elif row.slot.answer is SlotAnswer.STILL_OPEN:
        said.append("still open")
    if row.slot.thanked_on is not None:
        said.append(THANKED)
    line = " · ".join(said)
    line = _and_said(line, row)
    if row.slot.next_time:
        line += f"\nNext time: “{kit.quote(row.slot.next_time)}”"
    return line


def _and_said(text: str, row: TodoRow) -> str:
    """With what is noted of what the rep said to the issue, also where **Done** was taken back."""
    if not row.said:
        return text
    name = kit.escape(row.slot.rep.first_name)
    return f"{text}\n{name} said: “{kit.escape_within(row.said, SAID_ROOM)}”"


def said_label(rep: Person) -> str:
    """**What Sam said**."""
    return f"What {kit.shorten(rep.first_name, SAID_NAME)} said"


def question(promise: Promise) -> str:
    """Whether the promise that a contact was about is done with it. Whose row it is stands above.
    Of what was raised between the two it says no word: the list is read beside others."""
    what = f"“{kit.quote(promise.what)}”"
    if promise.between_us:
        return "Is what was raised between the two of you settled?"
    if promise.raised_on is not None:
        return f"Raised: {what}. Is that settled?"
    if promise.owner is Owner.MANAGER:
        return f"You promised: {what}. Is that done?"
    if promise.is_agreed:
        return f"Promised to you: {what}. Is that done?"
    return f"You noted: {what}. Is that done?"


def done_menu(row: TodoRow, page: int = 0) -> BlockElement:
    """All that can be said of a rep who is done, where there is room for one menu alone."""
    undo, following = ("Undo", TodoAction.UNDO), ("Next time", TodoAction.NEXT_TIME)
    if row.asked is not None:
        kept, still_open = ("Kept", TodoAction.KEPT), ("Still open", TodoAction.STILL_OPEN)
        entries = (kept, still_open, undo, following, DONE_MENU[0])
    elif row.is_issue:
        said = (said_label(row.slot.rep), TodoAction.SAID)
        entries = (said, undo, following, DONE_MENU[0], DONE_MENU[2])
    else:
        entries = (undo, following, *DONE_MENU)
    return kit.step_menu(TodoAction.DONE_MENU, entries, _done(row, page))


def _heard(row: TodoRow, *said: str) -> int:
    """The most that a screen reader says of those buttons."""
    name = len(row.slot.rep.name)
    return sum(min(kit.BUTTON_LIMIT, len(one) + name) for one in said)


def _slot(row: TodoRow, page: int) -> Metadata:
    return Metadata(subject=row.slot.id, page=str(page))


def _done(row: TodoRow, page: int) -> Metadata:
    """Of a row that is done: with the contact that did it."""
    touch = row.contact.id if row.contact else None
    return Metadata(subject=row.slot.id, page=str(page), touch=touch)


def _done_button(row: TodoRow, page: int) -> BlockElement:
    spoken = f"{DONE_SAID}{row.slot.rep.name}"
    return kit.button("Done", TodoAction.DONE, _slot(row, page), spoken=spoken)


def _undo_button(row: TodoRow, page: int) -> BlockElement:
    spoken = f"{UNDO_SAID}{row.slot.rep.name}"
    return kit.button("Undo", TodoAction.UNDO, _done(row, page), spoken=spoken)


def _on_again_button(row: TodoRow, page: int) -> BlockElement:
    spoken = f"Put back on the list: {row.slot.rep.name}"
    return kit.button("Put it back", TodoAction.ON_AGAIN, _slot(row, page), spoken=spoken)


def _menu(row: TodoRow, entries: Menu, page: int) -> BlockElement:
    return kit.step_menu(TodoAction.MENU, entries, _slot(row, page))


def _today_controls(row: TodoRow, page: int) -> list[BlockElement]:
    slot, name = _slot(row, page), row.slot.rep.name
    another = f"{ANOTHER_SAID}{name}"
    return [
        _done_button(row, page),
        kit.button("Another reason", TodoAction.ANOTHER_REASON, slot, spoken=another),
        kit.step_menu(TodoAction.MENU, _today_menu(row), slot),
    ]


def _and_thanked(text: str, row: TodoRow) -> str:
    """A row that is open still: a word in person is to be had all the same."""
    return f"{text} · {THANKED}" if row.slot.thanked_on else text


def _with_thanks(row: TodoRow, entries: Menu) -> Menu:
    return (*entries, THANK) if row.may_thank else entries


def _later_menu(row: TodoRow) -> Menu:
    if row.may_thank:
        return LATER_THANKS
    return LATER_SAVE_IT if is_warning(row) else LATER_MENU


def _today_menu(row: TodoRow) -> Menu:
    itself = origin_of(row.reason) is None
    entries = _with_thanks(row, TODAY_MENU if itself else SOURCED_MENU)
    return (*entries, SAVE_IT) if is_warning(row) else entries


def is_warning(row: TodoRow) -> bool:
    """Whether it asks for a save-it plan, or about one."""
    return KINDS[row.reason.kind].asks_for_plan


def _done_controls(row: TodoRow, page: int) -> list[BlockElement]:
    here, name = _done(row, page), row.slot.rep.name
    undo = _undo_button(row, page)
    if row.is_issue:
        spoken = f"What {name} said"
        return [
            kit.button(said_label(row.slot.rep), TodoAction.SAID, here, spoken=spoken),
            undo,
            kit.step_menu(TodoAction.DONE_MENU, ASKED_MENU, here),
        ]
    if row.asked is None:
        following = f"{NEXT_SAID}{name}"
        return [
            undo,
            kit.button("Next time", TodoAction.NEXT_TIME, here, spoken=following),
            kit.step_menu(TodoAction.DONE_MENU, _with_thanks(row, DONE_MENU), here),
        ]
    still_open = f"{STILL_OPEN_SAID}{name}"
    return [
        kit.button("Kept", TodoAction.KEPT, here, spoken=f"{KEPT_SAID}{name}"),
        kit.button("Still open", TodoAction.STILL_OPEN, here, spoken=still_open),
        undo,
        kit.step_menu(TodoAction.DONE_MENU, ASKED_MENU, here),
    ]


def _choice(row: TodoRow, choice: ReasonChoice, page: int) -> list[Block]:
    """The reason that the rep has, the others best first, and the way back."""
    here, name = _slot(row, page), row.slot.rep.name
    blocks = [kit.section(f"{words.whole(row)}\n*Or one of these, best first:*")]
    shown = choice.others[choice.start : choice.start + CHOICES_SHOWN]
    for reason in shown:
        value = Metadata(subject=row.slot.id, page=str(page), text=reason.about)
        spoken = f"This one for {name}: {reason.text}"
        this = kit.button("This one", TodoAction.CHOOSE, value, spoken=spoken)
        blocks.append(kit.section(words.reason_words(reason), this))
    controls = [kit.button("Back", TodoAction.BACK, here, spoken=f"Back, as it is: {name}")]
    if len(choice.others) > CHOICES_SHOWN:
        following = choice.start + CHOICES_SHOWN
        start = following if following < len(choice.others) else 0
        value = Metadata(subject=row.slot.id, page=str(page), text=str(start))
        label = "More reasons" if start else "The first again"
        spoken = f"{label}: {name}"
        controls.insert(0, kit.button(label, TodoAction.MORE_REASONS, value, spoken=spoken))
    return [*blocks, kit.actions(controls)]
