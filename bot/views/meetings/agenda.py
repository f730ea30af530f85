"""`/agenda` and its forms: what is on the next agenda, an item of it, notes of the meeting; and
what was heard on a field day, on its way there."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.contacts.interactions import Interaction
from bot.domain.meetings.agenda import ITEM_LIMIT, AgendaItem, AgendaView, ItemAdded, Role
from bot.domain.meetings.entries import ItemEntry, TeamItemEntry
from bot.domain.meetings.meetings import Phase
from bot.domain.meetings.naming import Question, WordsOf
from bot.domain.team.settings import LOOKING_AHEAD, SKILL, WINS, Direction, Section
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.meetings.draft import (
    about_buttons,
    flagged_blocks,
    lead_buttons,
    names_words,
    record_words,
    state_words,
    suggestion_blocks,
    time_words,
)
from bot.views.meetings.meeting import DIRECTIONS, agenda_when, section_choices
from bot.views.meetings.message import item_line, item_words, promise_lines
from bot.views.meetings.pairing import pair_blocks
from bot.views.meetings.swaps import leader_words

PAGE = 15
"""Items of a page: with its sections well within the blocks of a modal."""

SHORT = 200
PROMISES_SHOWN = 12
NAMED = "named"

USAGE = (
    "*The agenda of the next team meeting*\n"
    "`/agenda` shows it.\n"
    "`/agenda price change: which customers first?` adds to it. Put `win:` or `field:` in front to "
    "say where it belongs.\n"
    "On any message in a public channel, *More actions* has *Add to team agenda*."
)

ITEM_MENU = (
    ("Change", AgendaAction.CHANGE),
    ("Earlier", AgendaAction.UP),
    ("Later", AgendaAction.DOWN),
    ("Drop", AgendaAction.DROP),
)
OWN_MENU = (("Change", AgendaAction.CHANGE), ("Drop", AgendaAction.DROP))


def route_buttons(contact_id: int) -> list[BlockElement]:
    """**To the team agenda**, **To their next session**."""
    here = Metadata(subject=contact_id)
    return [
        kit.button("To the team agenda", AgendaAction.TO_TEAM, here),
        kit.button("To their next session", AgendaAction.TO_SESSION, here),
    ]


def agenda_buttons(session_id: int) -> list[BlockElement]:
    """**To the team agenda**, of a session (the id of its contact)."""
    here = Metadata(subject=session_id)
    return [kit.button("To the team agenda", AgendaAction.FROM_SESSION, here)]


def build_to_team(
    market: str, metadata: Metadata, rep: str = "", form: Form = Form.TO_TEAM
) -> View:
    """The words as the team will read them; without the rep's name unless it is chosen, where there
    is one who heard it."""
    blocks: list[Block] = [
        kit.context("The team reads these words at the next meeting. Change what you like."),
        kit.field("text", "Words", _words(market[:ITEM_LIMIT])),
    ]
    if rep:
        named = kit.tick(f"Say that {rep} heard it", NAMED)
        blocks.append(kit.field("named", "Name", named, optional=True))
    return kit.modal("To the team agenda", form, blocks, metadata, submit="Add")


def build_to_session(rep: str, market: str, metadata: Metadata) -> View:
    """The words as they stand beside the form of the next session."""
    blocks = [
        kit.context(f"It shows when you next hold a session with {kit.bold(rep)}."),
        kit.field("text", "Words", _words(market)),
    ]
    return kit.modal("To their next session", Form.TO_SESSION, blocks, metadata, submit="Add")


def _words(initial: str) -> Any:
    return kit.text_input(initial=initial, multiline=True, limit=ITEM_LIMIT)


def parse_item(state: Mapping[str, Any]) -> ItemEntry:
    """What the form of something heard says."""
    fields = Fields(state)
    return ItemEntry(fields.text("text").strip(), NAMED in fields.checked("named"))


def build_kept(contact: Interaction | None, *, to_session: bool) -> Message:
    """The answer, in place of the form."""
    if to_session and contact is not None:
        return kit.message(f"Kept for your next session with {kit.bold(contact.rep.name)}.")
    return kit.message("Kept for the next team meeting. `/agenda` shows it.")


def build_agenda(shown: AgendaView, start: int = 0) -> View:
    """The next agenda as whoever opens it may see it; a page of its items, each with what may be
    done with it."""
    agenda = shown.agenda
    if agenda is None:
        return _without_meeting(shown)
    meeting = agenda.meeting
    when = agenda_when(agenda)
    head = [f"*Team meeting* · {when}", f"{meeting.minutes} min", kit.escape(meeting.place)]
    words = " · ".join(part for part in head if part)
    blocks: list[Block] = []
    if shown.role.leads:
        blocks += [
            kit.section(f"{words}\n{state_words(agenda)}".strip()),
            kit.actions(lead_buttons(agenda, shown.role, arranging=True)),
            *flagged_blocks(shown),
        ]
    else:
        here = Metadata(subject=meeting.id)
        buttons: list[BlockElement] = [kit.button("Add an item", AgendaAction.ADD, here)]
        if agenda.phase is not Phase.AHEAD:
            buttons.insert(0, kit.button("Take notes", AgendaAction.NOTES, here, style="primary"))
        blocks += [kit.section(words), kit.actions(buttons)]
    items = _seen(shown)
    page = items[start : start + PAGE]
    ids = {item.id for item in page}
    for section, own in agenda.by_section(items):
        here_now = [item for item in own if item.id in ids]
        # An empty section is left out, but for the name of who leads it.
        led = section.key == SKILL and shown.role is Role.MANAGER and agenda.leader is not None
        if not here_now and (own or not led):
            continue
        blocks.append(kit.section(_title(section, shown)))
        blocks += [_row(item, shown) for item in here_now]
    if not items:
        blocks.append(kit.section("Nothing is on it yet."))
    promises = promise_lines(agenda, (*agenda.promises, *agenda.standing))
    if promises:
        blocks += kit.lines(["*Team promises*", *promises[:PROMISES_SHOWN]])
    blocks += page_buttons(len(items), start, AgendaAction.PAGE_BACK, AgendaAction.PAGE)
    if shown.role.leads:
        if shown.role is Role.MANAGER:
            blocks += pair_blocks(shown)
        blocks += suggestion_blocks(shown)
        small = [time_words(agenda), record_words(shown.record)]
        blocks.append(kit.context(" ".join(part for part in small if part)))
    here = Metadata(subject=meeting.id, page=str(start))
    return kit.modal("Agenda", Form.AGENDA, blocks, here, close="Close")


def _seen(shown: AgendaView) -> list[AgendaItem]:
    """What that reader sees of the items, in the order of the sections: all, or what the channel
    shows and their own."""
    agenda = shown.agenda
    assert agenda is not None
    visible = [item for item in agenda.items if shown.sees(item)]
    return [item for _, own in agenda.by_section(visible) for item in own]


def _title(section: Section, agenda: AgendaView) -> str:
    back = " · looking back" if section.direction is Direction.REAR_VIEW else ""
    leads, of = agenda.role.leads, agenda.agenda
    shows = section.key == SKILL and agenda.role is Role.MANAGER
    led = f" · {leader_words(of)}" if of and shows else ""
    return f"{kit.bold(section.title)} · {section.minutes} min{back if leads else ''}{led}"


def _row(item: AgendaItem, shown: AgendaView) -> Block:
    agenda = shown.agenda
    assert agenda is not None
    words = item_line(agenda, item, SHORT)
    if item.author is not None and item.author.id != shown.reader.id:
        words += f" · {kit.escape(item.author.name)}"
    if not item.approved:
        words += (
            " · waits" if shown.role.leads else f" · {kit.escape(shown.team.manager.name)} first"
        )
    if agenda.about(item) is not None:
        words += " · not shown to the team"
    if not shown.own(item) or item.done_in is not None:
        return kit.section(words)
    menu = ITEM_MENU if shown.role.leads else OWN_MENU
    if shown.role.leads and not item.approved:
        menu = (("Let in", AgendaAction.LET_IN), *menu)
    entries = [
        (label, Metadata(subject=item.id, step=action.value).pack()) for label, action in menu
    ]
    return kit.section(words, kit.menu(AgendaAction.MENU, entries))


def _without_meeting(agenda: AgendaView) -> View:
    """No meeting is set: what is kept for one."""
    lines = [f"• {item_words(item, SHORT)}" for item in agenda.items if agenda.own(item)]
    if agenda.role.leads:
        words = "No team meeting is set. Set it under *Settings*, and this becomes its agenda."
    else:
        words = "No team meeting is set yet. What you add with `/agenda` is kept for the first one."
    blocks = [kit.section(words), *kit.lines(kit.fitting(lines, 6000, "…and more."))]
    return kit.modal("Agenda", Form.AGENDA, blocks, Metadata(), close="Close")


def page_buttons(count: int, start: int, back: AgendaAction, forth: AgendaAction) -> list[Block]:
    """**Earlier** and **More**, where there are more items than a page holds."""
    pages: list[BlockElement] = []
    if start > 0:
        pages.append(kit.button("Earlier", back, Metadata(page=str(max(0, start - PAGE)))))
    if start + PAGE < count:
        pages.append(kit.button("More", forth, Metadata(page=str(start + PAGE))))
    return [kit.actions(pages)] if pages else []


def parse_page(page: str | None) -> int:
    """Where a page begins; the first for what is no number."""
    return int(page) if page and page.isdecimal() else 0


def build_item_form(
    sections: Sequence[Section],
    metadata: Metadata,
    *,
    leads: bool,
    words: str = "",
    item: AgendaItem | None = None,
) -> View:
    """An item: a new one that begins with `words`, or one to change. Only who leads gives it
    minutes and a direction."""
    words = item.text if item else words
    known = [section.key for section in sections]
    chosen = item.section if item else LOOKING_AHEAD
    chosen = chosen if chosen in known else known[-1]
    blocks: list[Block] = [
        kit.field("text", "Words", _words(words)),
        kit.field("section", "Where", kit.choice(section_choices(sections), chosen)),
    ]
    if leads:
        minutes = str(item.minutes) if item and item.minutes else ""
        direction = item.direction.value if item and item.direction else None
        blocks += [
            kit.field(
                "minutes", "Minutes", kit.text_input(initial=minutes, limit=3), optional=True
            ),
            kit.field("direction", "It is", kit.choice(DIRECTIONS, direction), optional=True),
        ]
    form, submit = (Form.ITEM_CHANGE, "Save") if item else (Form.ITEM, "Add")
    return kit.modal("Agenda item", form, blocks, metadata, submit=submit)


def parse_item_form(state: Mapping[str, Any]) -> TeamItemEntry:
    """What the form says. Raises BadField for minutes that are no number."""
    fields = Fields(state)
    typed = fields.text("minutes").strip()
    if typed and not typed.isdecimal():
        raise BadField("minutes", FieldError.SENSELESS_MINUTES)
    direction = fields.chosen("direction")
    return TeamItemEntry(
        text=fields.text("text").strip(),
        section=fields.chosen("section") or LOOKING_AHEAD,
        minutes=int(typed) if typed else None,
        direction=Direction(direction) if direction else None,
    )


def linked(entry: TeamItemEntry, link: str) -> TeamItemEntry:
    """The item with a link to the message it is from."""
    return replace(entry, link=link)


def suggested_entry(pressed: Metadata) -> TeamItemEntry:
    """What a suggestion carries."""
    return TeamItemEntry(pressed.text or "", pressed.step or LOOKING_AHEAD)


def build_added(added: ItemAdded) -> Message:
    """The answer to who added an item, or changed it."""
    item, here = added.item, Metadata(subject=added.item.id)
    words = f"“{kit.quote(item.text, SHORT)}”"
    if added.about is not None:
        asked = (
            f"Kept, and not shown to the team, since it {names_words(added.about)}: {words}\n"
            "*About one person?*"
        )
        keys = [section.key for section in added.team.settings.meeting.sections]
        buttons = about_buttons(
            Question(WordsOf.ITEM, item.id, item.text, added.about),
            added.role,
            on_team=added.on_team,
            wins=WINS in keys,
        )
        return kit.message(
            "Kept off the agenda for now", [kit.section(asked), kit.actions(buttons)]
        )
    where = kit.escape(added.section.title)
    manager = kit.escape(added.team.manager.name)
    whose = "the next team meeting" if added.role.leads else f"{manager}'s next team meeting"
    said = f"On the agenda of {whose}, under {where}: {words}"
    if added.waits:
        said += f"\n{manager} sees it first."
    buttons = [
        kit.button("Change", AgendaAction.CHANGE, here),
        kit.button("Drop", AgendaAction.DROP, here),
    ]
    return kit.message("On the agenda", [kit.section(said), kit.actions(buttons)])


def build_dropped(item: AgendaItem) -> Message:
    """An item was dropped; the way back."""
    back = kit.button("Put it back", AgendaAction.PUT_BACK, Metadata(subject=item.id))
    words = f"Dropped from the agenda: “{kit.quote(item.text, SHORT)}”"
    return kit.message("Dropped from the agenda", [kit.section(words), kit.actions([back])])


def build_moved_to_session(about: Person) -> Message:
    """It waits for the session with that rep now."""
    return kit.message(
        f"Moved: it shows in your next session with {kit.bold(about.name)}, and the team does not "
        "see it."
    )


def build_private_place() -> Message:
    """Words from a private place are not for the team."""
    return kit.message(
        "That message is from a private place, so it stays there. Nothing was added. Say it in "
        "your own words with `/agenda` if the team should hear it."
    )
