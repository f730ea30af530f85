"""Notes of a meeting: the running agenda to be ticked, outcomes, and team promises."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, UserSelectElement

from bot.domain.meetings.agenda import ITEM_LIMIT, AgendaItem, AgendaView, PromiseWords, Role
from bot.domain.meetings.naming import Question
from bot.domain.promises import WHAT_LIMIT
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import AgendaAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.meetings.agenda import PAGE, PROMISES_SHOWN, SHORT, page_buttons
from bot.views.meetings.draft import fine_button, names_words
from bot.views.meetings.meeting import plain_when
from bot.views.meetings.message import item_line, promise_lines

OPEN_AGAIN = "open_again"


def build_notes(shown: AgendaView, start: int = 0) -> View:
    """The running agenda for a note-taker: a press ticks an item."""
    agenda = shown.agenda
    assert agenda is not None
    items = [item for _, own in agenda.by_section(agenda.shown()) for item in own]
    here = Metadata(subject=agenda.meeting.id, page=str(start))
    add = [
        kit.button("Outcome or promise", AgendaAction.OUTCOME, here, style="primary"),
        kit.button("Add an item", AgendaAction.ADD, here),
    ]
    blocks: list[Block] = [kit.actions(add)]
    if not items:
        blocks.append(kit.section("Nothing is on the agenda yet."))
    for item in items[start : start + PAGE]:
        label = "Open again" if agenda.is_done(item) else "Done"
        wanted = Metadata(subject=item.id, step=OPEN_AGAIN if agenda.is_done(item) else None)
        tick = kit.button(label, AgendaAction.TICK, wanted, spoken=f"{label}: {item.text}")
        blocks.append(kit.section(item_line(agenda, item), tick))
    promises = promise_lines(agenda, agenda.promises)
    if promises:
        blocks += kit.lines(["*Team promises*", *promises[:PROMISES_SHOWN]])
    blocks += page_buttons(len(items), start, AgendaAction.NOTES_PAGE_BACK, AgendaAction.NOTES_PAGE)
    when = plain_when(agenda.meeting, agenda.today)
    blocks.append(kit.context(f"Team meeting, {when}. Everyone on the team may take notes."))
    return kit.modal("Notes", Form.NOTES, blocks, here, close="Close")


def build_outcome_form(shown: AgendaView, metadata: Metadata) -> View:
    """What came of an item, and what somebody promised the team with it."""
    agenda = shown.agenda
    assert agenda is not None
    items = [item for _, own in agenda.by_section(agenda.shown()) for item in own]
    blocks: list[Block] = []
    if items:
        entries = [(" ".join(item.text.split()), str(item.id)) for item in items[:100]]
        blocks.append(kit.field("item", "Item", kit.choice(entries), optional=True))
    blocks += [
        kit.field(
            "outcome",
            "Outcome",
            kit.text_input(multiline=True, limit=ITEM_LIMIT),
            optional=True,
            hint="The item is done with it.",
        ),
        *promise_fields(),
    ]
    return kit.modal("Outcome", Form.OUTCOME, blocks, metadata, submit="Save")


def promise_fields(what: str = "", *, asked: bool = False) -> list[Block]:
    """A team promise: what, who, by when; all of it optional unless `asked`."""
    return [
        kit.field(
            "what",
            "Team promise",
            kit.text_input(initial=what, limit=WHAT_LIMIT),
            optional=not asked,
        ),
        kit.field("owner", "Who takes it", UserSelectElement(), optional=not asked),
        kit.field("due_on", "By", kit.date_input(), optional=True),
    ]


def parse_promise(state: Mapping[str, Any]) -> PromiseWords | None:
    """The team promise of a form; None where none is said. Raises BadField for half of one."""
    fields = Fields(state)
    what, owner = " ".join(fields.text("what").split()), fields.person("owner") or ""
    if not what and not owner:
        return None
    if not owner:
        raise BadField("owner", FieldError.MISSING)
    return PromiseWords(what, owner, fields.day("due_on"))


def parse_asked_promise(state: Mapping[str, Any]) -> PromiseWords:
    """The team promise of a form that asks for one. Raises BadField where nobody has it."""
    said = parse_promise(state)
    if said is None:
        raise BadField("what", FieldError.MISSING)
    return said


def build_asked(questions: Sequence[Question], role: Role, manager: str) -> Message:
    """The answer to who wrote down something that names somebody."""
    blocks: list[Block] = []
    for one in questions:
        words = (
            f"Kept, and not shown to the team, since it {names_words(one.about)}: "
            f"“{kit.quote(one.text, SHORT)}”\n*About one person?*"
        )
        if role is not Role.MANAGER:
            words += f" {kit.escape(manager)} is asked first."
        blocks.append(kit.section(words, fine_button(one, role)))
    return kit.message("Kept off the agenda for now", blocks)


def build_let_stand() -> Message:
    """The answer to **Fine for the team**."""
    return kit.message("Good: the team reads it as it is.")


def parse_outcome(state: Mapping[str, Any]) -> tuple[int | None, str]:
    """The item that was chosen, and what came of it."""
    fields = Fields(state)
    chosen = fields.chosen("item")
    return int(chosen) if chosen else None, fields.text("outcome").strip()


def build_owner_form(item: AgendaItem, form: str) -> View:
    """An item that was carried often becomes somebody's promise to the team."""
    words = f"“{kit.quote(item.text, SHORT)}” leaves the agenda, and the team sees who does it."
    what = " ".join(item.text.split())[:WHAT_LIMIT]
    blocks = [kit.context(words), *promise_fields(what, asked=True)]
    here = Metadata(subject=item.id, form=form)
    return kit.modal("Give it an owner", Form.OWNER, blocks, here, submit="Save")


def build_owned(said: PromiseWords) -> Message:
    """The answer, in place of the form."""
    return kit.message(f"<@{said.owner}> does it: “{kit.quote(said.what, SHORT)}”")
