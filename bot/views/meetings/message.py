"""The one message of a meeting in the team's channel: agenda, running agenda, recap."""

from collections.abc import Iterable, Sequence

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.meetings.agenda import Agenda, AgendaItem, TeamPromise
from bot.domain.meetings.meetings import Dropped, Phase, ReportedOutcome
from bot.domain.meetings.minutes import minutes_of
from bot.domain.team.settings import CLOSE, SKILL, Section
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, Metadata
from bot.views.block_kit.kit import Message
from bot.views.meetings.meeting import agenda_when, plain_when

ITEM_SHOWN = 200
DONE_ROOM, LEFT_ROOM = 4000, 2000
"""Characters of what a recap says of the items."""

MADE_ROOM = 1500
"""Characters of what was promised."""

SECTION_ROOM = 2800
"""Of one section: what a block of text holds, and a little less."""

NAME_ROOM = 120
"""Characters of a name as Slack counts them, where many may stand."""

JOINED = "this team is part of another now, and what was on the agenda is on that team's."

MORE = "…and more: `/agenda` shows all."


def build_agenda(agenda: Agenda) -> Message:
    """As of now: what is planned, what is going on, or what came of it."""
    meeting = agenda.meeting
    when = plain_when(meeting, agenda.today)
    if meeting.dropped is Dropped.JOINED:
        words = f"The team meeting, {agenda_when(agenda)}, is not to be: {JOINED}"
        return kit.message(f"Team meeting, {when}: not to be", [kit.section(words)])
    if meeting.dropped is not None:
        why = "is called off" if meeting.dropped is Dropped.CANCELLED else "is left out this time"
        at = agenda_when(agenda)
        words = f"The team meeting, {at}, {why}. What is on its agenda goes to the next."
        return kit.message(f"Team meeting, {when}: {why}", [kit.section(words)])
    over = agenda.phase is Phase.OVER
    if over and meeting.said is ReportedOutcome.NOT_HELD:
        words = f"The team meeting, {agenda_when(agenda)}, did not take place."
        if agenda.shown():
            words += " What was on its agenda is on the next."
        return kit.message("The team meeting did not take place", [kit.section(words)])
    if over and agenda.has_notes:
        return build_recap(agenda)
    head = [f"*Team meeting* · {agenda_when(agenda)}", f"{meeting.minutes} min"]
    if agenda.phase is Phase.RUNNING:
        head.insert(1, "now")
    if meeting.place:
        head.append(kit.escape(meeting.place))
    blocks: list[Block] = [kit.section(" · ".join(head))]
    shown = agenda.shown()
    here = Metadata(subject=meeting.id)
    buttons: list[BlockElement] = []
    if agenda.phase is not Phase.AHEAD:
        style = "primary" if agenda.phase is Phase.RUNNING else None
        buttons.append(kit.button("Take notes", AgendaAction.NOTES, here, style=style))
    if not over:
        buttons.append(kit.button("Add an item", AgendaAction.ADD, here))
    manager = kit.escape(agenda.team.manager.name)
    below: list[Block] = [
        *made_blocks(agenda),
        kit.actions(buttons),
        kit.context(f"The agenda comes before each meeting of {manager}'s team."),
    ]
    left = kit.MESSAGE_ROOM - kit.weight([*blocks, *below])
    room = min(left // len(meeting.sections) - kit.BLOCK_WEIGHT, SECTION_ROOM)
    for section, items in agenda.by_section(shown):
        lines = _section(agenda, section, items, room)
        if lines:
            blocks.append(kit.section("\n".join(lines)))
    blocks += below
    return kit.message(f"Team meeting, {when}", blocks)


def _section(agenda: Agenda, section: Section, items: Sequence[AgendaItem], room: int) -> list[str]:
    """A section in lines; none where there is nothing in it."""
    title = f"{kit.bold(section.title)} ({minutes_of(section, items)})"
    leads = section.key == SKILL and agenda.leader is not None
    if agenda.leader is not None and leads:
        title += f" · {kit.escape_within(agenda.leader.name, NAME_ROOM)}"
        title += f" shows: {kit.quote(agenda.skill)}" if agenda.skill else ""
    lines = [item_line(agenda, item) for item in items]
    if section.key == CLOSE:
        lines += promise_lines(agenda, agenda.standing)
    if not lines and not leads:
        return []
    return [title, *kit.fitting(lines, room - len(title), MORE)]


def item_words(item: AgendaItem, limit: int) -> str:
    """What an item says, with who heard it where the manager chose to say so."""
    who = f"{kit.escape_within(item.heard_by.name, NAME_ROOM)}: " if item.heard_by else ""
    return f"{who}{kit.quote(item.text, limit)}"


def item_line(agenda: Agenda, item: AgendaItem, limit: int = ITEM_SHOWN) -> str:
    """An item in a line: ticked where it is done, with what came of it."""
    mark = "✓" if agenda.is_done(item) else "•"
    line = f"{mark} {item_words(item, limit)}"
    if item.minutes:
        line += f" ({item.minutes})"
    if item.link:
        # The agenda names nobody whom its manager did not choose to name: who wrote the message is
        # read there, by whoever may.
        line += f" · <{kit.escape(item.link.partition('|')[0])}|the message>"
    outcome = agenda.outcome_of(item)
    if outcome:
        line += f" → {kit.quote(outcome, limit)}"
    return line


def promise_lines(agenda: Agenda, promises: Iterable[TeamPromise]) -> list[str]:
    """Those of them that the team may read, a line each."""
    return [promise_line(one, agenda) for one in promises if agenda.is_said(one)]


def promise_line(promise: TeamPromise, agenda: Agenda) -> str:
    """Who promised what to the team, by when; that a day has passed is never shown to the team."""
    due = promise.due_on
    ahead = due is not None and due >= agenda.today
    by = f", by {kit.date_words(due, agenda.today)}" if due and ahead else ""
    kept = "✓" if promise.kept_on else "•"
    return f"{kept} {kit.escape(promise.owner.name)}: {kit.quote(promise.what, ITEM_SHOWN)}{by}"


def made_blocks(agenda: Agenda) -> list[Block]:
    """What was promised to the team in this meeting."""
    lines = promise_lines(agenda, agenda.promises)
    if not lines:
        return []
    return [kit.section("\n".join(["*Team promises*", *kit.fitting(lines, MADE_ROOM, MORE)]))]


def build_recap(agenda: Agenda) -> Message:
    """What came of a meeting that is over. What nobody ticked was on the agenda: that is all that
    is known of it."""
    done = [item_line(agenda, item) for item in agenda.done()]
    left = [item_line(agenda, item) for item in agenda.shown() if not agenda.is_done(item)]
    blocks: list[Block] = [kit.section(f"*Recap* of the team meeting · {agenda_when(agenda)}")]
    if done:
        blocks += kit.lines(["*Done*", *kit.fitting(done, DONE_ROOM, MORE)])
    blocks += made_blocks(agenda)
    if left:
        blocks += kit.lines(["*Also on the agenda*", *kit.fitting(left, LEFT_ROOM, MORE)])
    here = Metadata(subject=agenda.meeting.id)
    blocks.append(kit.actions([kit.button("Take notes", AgendaAction.NOTES, here)]))
    when = plain_when(agenda.meeting, agenda.today)
    return kit.message(f"Recap of the team meeting, {when}", blocks)
