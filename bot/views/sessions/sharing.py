"""What a rep reads of a session or field day: before it is shared, in a message, and whole."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.sessions.sharing import WORDS_LIMIT, EndedSharing, SharedPart, Sharing
from bot.domain.team.calendar import local_date
from bot.domain.workspaces.people import Person, zone_named
from bot.domain.workspaces.private import Unreadable
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, SharingAction
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.contact import NAMES, preview_buttons
from bot.views.sessions.letter import head_words, letter_blocks, letter_within

WORDS_SHOWN = 250
"""Characters of what the rep said, in a message; all of it is one press away."""

ALONE, BESIDE = "alone", "beside"
"""How far what a rep remembers otherwise goes: to the manager, or wherever the text goes."""


def build_preview(part: SharedPart, today: date) -> View:
    """**Preview as @rep**: what the rep will read, and the way to share it."""
    rep = part.contact.rep.name
    here = Metadata(subject=part.contact.id, rep=part.contact.rep.slack_id)
    name = kit.bold(rep)
    if part.is_empty:
        words = f"There is nothing to share with {name} yet: no plan, no next step, no note."
        return kit.modal("Preview", Form.READ_ONLY, [kit.section(words)], close="Close")
    letter = [kit.section(_head(part, today)), *letter_blocks(part, today)]
    if part.sharing is not None:
        zone = zone_named(part.manager.zone, part.zone_name)
        said = said_blocks(part.sharing, part.contact.rep, zone, today)
        return kit.modal("Preview", Form.READ_ONLY, [*letter, *said], close="Close")
    head = f"This is what {name} will read, nothing else. Later changes show there, and say so."
    blocks = [kit.context(head), *letter]
    return kit.modal("Preview", Form.SHARE, blocks, here, submit="Share")


def build_shared(part: SharedPart, today: date) -> Message:
    """The message to the rep: sent once, drawn anew when something changes."""
    contact, manager = part.contact, kit.escape(part.writer)
    what = f"your {NAMES[contact.kind]} of {kit.date_words(contact.occurred_on, today)}"
    here = Metadata(subject=contact.id)
    head: list[Block] = [kit.section(_head(part, today))]
    why = f"You get this once, because {manager} shared it. Your Home tab has it too."
    rest = [
        *_answered(part, _in_a_line),
        _seen_words(part, today),
        kit.actions(_buttons(part, [("Open", SharingAction.OPEN)])),
        kit.context(why),
    ]
    whole = kit.button("Open", SharingAction.OPEN, here, spoken="Open all that was shared")
    more: list[Block] = [kit.section("_There is more._", whole)]
    letter = letter_within(part, today, kit.MESSAGE_ROOM - kit.weight([*head, *more, *rest]))
    blocks = [*head, *letter.blocks, *(() if letter.is_whole else more), *rest]
    return kit.message(f"{manager} shared {what} with you", blocks)


def build_not_sent(part: SharedPart) -> Message:
    """To the manager: Slack did not take what was shared."""
    contact = part.contact
    words = (
        f"Slack did not take what you shared with {kit.bold(contact.rep.name)}. Nothing was sent "
        "and nothing is lost; share it again from here or from the binder."
    )
    blocks = [kit.section(words), kit.actions(preview_buttons(contact))]
    return kit.message("Not shared yet", blocks)


def build_gone() -> Message:
    """In place of what was shared, once it was deleted."""
    return kit.message("This was taken back by its author.")


def build_too_old() -> Message:
    """In place of what was shared, once it is older than anything is kept."""
    return kit.message(
        "What stood here is older than Windshield keeps things in this workspace, so it is gone. "
        "Promises that are still open are on your *Home* tab."
    )


def build_erased() -> Message:
    """In place of whatever was about somebody, or for them, who was erased since."""
    return kit.message("What stood here is not kept any more.")


def build_corrected(ended: EndedSharing) -> Message:
    """In place of what was shared, once it turned out to be about somebody else: none of it, and
    nothing of what it says now."""
    manager = kit.bold(ended.manager.name)
    words = (
        f"{manager} corrected what stood here: that {NAMES[ended.kind]} was not with you. It is "
        "gone from your Home tab too."
    )
    blocks: list[Block] = [kit.section(words)]
    if ended.rep_words:
        own = kit.quote(ended.rep_words, WORDS_SHOWN)
        blocks += [
            kit.section(f"*Your own words:* {own}"),
            kit.context("They stay yours: nobody else on the team is shown them."),
        ]
    return kit.message(f"{kit.escape(ended.manager.name)} corrected what stood here", blocks)


def build_open(part: SharedPart, today: date) -> View:
    """All that was shared, exactly as typed, as the rep opens it."""
    contact = part.contact
    blocks: list[Block] = [kit.section(_head(part, today)), *letter_blocks(part, today)]
    blocks += _answered(part, _whole)
    blocks += [_seen_words(part, today), kit.actions(_buttons(part))]
    title, here = NAMES[contact.kind].capitalize(), Metadata(subject=contact.id)
    return kit.modal(title, Form.READ_ONLY, blocks, here, close="Close")


def build_words_form(part: SharedPart, metadata: Metadata) -> View:
    """**Add my words**: the rep's own, beside what the manager wrote."""
    manager = kit.bold(part.manager.name)
    before = part.sharing.rep_words if part.sharing else ""
    blocks = [
        kit.context(f"{manager} reads them, and whoever manages the team later."),
        kit.field(
            "words",
            "Your own words",
            kit.text_input(initial=before, multiline=True, limit=WORDS_LIMIT),
            optional=True,
        ),
    ]
    return kit.modal("Your own words", Form.REP_WORDS, blocks, metadata, submit="Save")


def build_objection_form(part: SharedPart, metadata: Metadata) -> View:
    """What the rep remembers otherwise, and how far it goes."""
    manager = part.manager.name
    before = "" if isinstance(part.objection, Unreadable) else part.objection
    choices = [
        (f"{manager} alone", ALONE),
        ("All who read what was shared: it stands beside it", BESIDE),
    ]
    chosen = BESIDE if part.is_beside else ALONE
    blocks = [
        kit.context(
            f"{kit.bold(manager)} is told. Beside the text it goes wherever that goes: into an "
            "export, to whoever manages the team later."
        ),
        kit.field(
            "words",
            "How do you remember it?",
            kit.text_input(initial=before, multiline=True, limit=WORDS_LIMIT),
        ),
        kit.field("reach", "Who reads it?", kit.choice(choices, chosen)),
    ]
    return kit.modal("Not how I remember it", Form.OBJECTION, blocks, metadata, submit="Send")


def parse_words(state: Mapping[str, Any]) -> str:
    """The words, as typed."""
    return Fields(state).text("words").strip()


def parse_beside(state: Mapping[str, Any]) -> bool:
    """Whether it stands beside the text wherever that goes; of a form from before there was a
    choice, what it said: the manager alone."""
    return Fields(state).chosen("reach") == BESIDE


def build_objected(part: SharedPart) -> Message:
    """The answer to the rep."""
    manager = kit.bold(part.manager.name)
    if part.is_beside:
        words = f"It stands beside what was shared, wherever that goes, and {manager} is told."
    else:
        words = f"Sent to {manager} alone."
    return kit.message(f"{words} Thank you for saying so.")


def build_objection(part: SharedPart, words: str, today: date) -> Message:
    """To the manager alone. The notification names nothing of it."""
    contact = part.contact
    name = kit.escape(contact.rep.name)
    day = kit.date_words(contact.occurred_on, today)
    head = (
        f"{kit.bold(contact.rep.name)} remembers your {NAMES[contact.kind]} of {day} differently:"
    )
    blocks: list[Block] = [
        kit.section(head),
        *kit.literal(words),
        kit.context(f"{_reach(part)} A word in person is often the best answer."),
    ]
    return kit.message(f"{name} answered what you shared", blocks)


def said_blocks(sharing: Sharing, rep: Person, zone: ZoneInfo, today: date) -> list[Block]:
    """For the manager, on whose wall that zone is: since when it is shared, whether it was seen,
    and what the rep said to it."""
    name, day = kit.bold(rep.name), _day(sharing.shared_at, zone, today)
    words = f"Shared with {name}, {day}."
    if sharing.seen_at is not None:
        words += f" {kit.escape(rep.name)} has seen it, {_day(sharing.seen_at, zone, today)}"
        words += "." if sharing.is_seen else "; it changed since."
    blocks: list[Block] = [kit.context(words)]
    if sharing.rep_words:
        blocks += [kit.section(f"{name} in own words"), *kit.literal(sharing.rep_words)]
    if sharing.objection:
        how = "beside the text wherever it goes" if sharing.beside else "to you alone"
        blocks.append(kit.section(f"{name} remembers it differently, {how}"))
        blocks += kit.literal(sharing.objection)
    return blocks


def _otherwise(part: SharedPart) -> str:
    """A heading, to the rep, of what they remember otherwise."""
    if part.is_beside:
        return "You remember it differently, beside the text wherever it goes"
    return f"You remember it differently, to {kit.escape(part.manager.name)} alone"


def _reach(part: SharedPart) -> str:
    """To the manager, who reads it."""
    if part.is_beside:
        return (
            f"{kit.escape(part.contact.rep.name)} wants it to stand beside the text wherever that "
            "goes."
        )
    return "Only you see this."


def _head(part: SharedPart, today: date) -> str:
    """What it is, and that it changed since it was shared, and when."""
    head = head_words(part, today)
    if part.sharing is None or part.sharing.changed_at is None:
        return head
    return f"{head}\n_Changed since, {_rep_day(part, part.sharing.changed_at, today)}._"


def _answered(part: SharedPart, drawn: Callable[[str, str], list[Block]]) -> list[Block]:
    """What the rep said to it, for the rep."""
    blocks: list[Block] = []
    if part.sharing is not None and part.sharing.rep_words:
        blocks += drawn("Your own words", part.sharing.rep_words)
    return blocks + (drawn(_otherwise(part), part.objection) if part.objection else [])


def _in_a_line(heading: str, words: str) -> list[Block]:
    return [kit.section(f"*{heading}:* {kit.quote(words, WORDS_SHOWN)}")]


def _whole(heading: str, words: str) -> list[Block]:
    return [kit.section(f"*{heading}*"), *kit.literal(words)]


def _buttons(
    part: SharedPart, more: Sequence[tuple[str, SharingAction]] = ()
) -> list[BlockElement]:
    """What the rep can say to it; `more` comes first in the menu."""
    shared, here = part.sharing, Metadata(subject=part.contact.id)
    assert shared is not None
    buttons: list[BlockElement] = []
    if not shared.is_seen:
        edition = replace(here, text=shared.edition)
        buttons.append(kit.button("Seen", SharingAction.SEEN, edition))
    buttons.append(kit.button("Add my words", SharingAction.ADD_WORDS, here))
    entries = [*more, ("Not how I remember it", SharingAction.OBJECT)]
    return [*buttons, kit.step_menu(SharingAction.MENU, entries, here)]


def _seen_words(part: SharedPart, today: date) -> Block:
    """Whether the rep has seen it, to the rep; or what **Seen** is for."""
    shared, manager = part.sharing, kit.escape(part.manager.name)
    if shared is None or shared.seen_at is None:
        return kit.context(f"*Seen* lets {manager} know that you read it, and nothing more.")
    day = _rep_day(part, shared.seen_at, today)
    if shared.is_seen:
        return kit.context(f"Seen, {day}.")
    return kit.context(f"You saw it on {day}; it changed since.")


def _rep_day(part: SharedPart, at: datetime, today: date) -> str:
    """A day on the rep's wall, by its date: a message stands for longer than a day."""
    zone = zone_named(part.contact.rep.zone, part.zone_name)
    return kit.date_words(local_date(at, zone), today)


def _day(at: datetime, zone: ZoneInfo, today: date) -> str:
    return kit.day_words(local_date(at, zone), today)
