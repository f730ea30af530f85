"""What came of a meeting: the line in the thread of its agenda, and the question to its manager
where nobody wrote anything down."""

from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.meetings.agenda import Agenda, AgendaItem, TeamPromise
from bot.domain.meetings.meetings import ReportedOutcome
from bot.domain.team.calendar import DAYS
from bot.domain.team.settings import SKILL
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, MeetingAction, Metadata
from bot.views.block_kit.kit import Message
from bot.views.meetings.meeting import channels_words
from bot.views.meetings.message import item_line

DECIDED_SHOWN = 3
"""Of what was decided in one line: it all stands above."""

ASKED_SHOWN, ASKED_ROOM = 120, 2000
"""Characters of an item in the question, and of all of them."""

SHORT = 120
A_WEEK = 7
MORE = "…and more."


def build_recap_line(agenda: Agenda) -> Message:
    """The one line in the thread of the agenda that has become the recap."""
    decided = [
        *(_promised(one, agenda) for one in agenda.made()),
        *(_came_of(item, agenda) for item in agenda.done() if agenda.outcome_of(item)),
    ]
    when = "today" if agenda.today == agenda.meeting.day else _day_words(agenda)
    return kit.message(
        " ".join([f"Notes from {when} are above.", *decided[:DECIDED_SHOWN]]),
    )


def _promised(one: TeamPromise, agenda: Agenda) -> str:
    due = one.due_on
    by = f", by {_near_words(due, agenda)}" if due and due >= agenda.today else ""
    return f"{kit.escape(one.owner.name)}: {_sentence(kit.quote(one.what, SHORT) + by)}"


def _came_of(item: AgendaItem, agenda: Agenda) -> str:
    said = kit.quote(item.text, SHORT).rstrip(".?!")
    return f"{said}: {_sentence(kit.quote(agenda.outcome_of(item), SHORT))}"


def _sentence(words: str) -> str:
    return words if words.endswith((".", "!", "?", "…")) else f"{words}."


def _day_words(agenda: Agenda) -> str:
    return _near_words(agenda.meeting.day, agenda)


def _near_words(day: date, agenda: Agenda) -> str:
    """A day of the week around today by its name alone."""
    if abs((day - agenda.today).days) < A_WEEK:
        return DAYS[day.weekday()]
    return kit.date_words(day, agenda.today)


def build_what_got_done(agenda: Agenda) -> Message:
    """To who leads, of a meeting of which nobody wrote anything down; and how they answered."""
    meeting, here = agenda.meeting, Metadata(subject=agenda.meeting.id)
    day = _day_words(agenda)
    pick = kit.button("Pick", AgendaAction.NOTES, here)
    if meeting.said is ReportedOutcome.NOT_HELD:
        did = kit.button("We did meet", MeetingAction.DID_MEET, here)
        words = f"{day}: you didn't meet. What was on the agenda is on the next."
        return kit.message(words, [kit.section(words, did)])
    if agenda.has_notes:
        words = f"{day}: {_noted_words(agenda)}"
        return kit.message(
            words, [kit.section(words, kit.button("Take notes", AgendaAction.NOTES, here))]
        )
    if meeting.is_answered:
        words = f"{day}: noted."
        return kit.message(words, [kit.section(words, pick)])
    words = f"What got done on {day}?"
    items = [item_line(agenda, item, ASKED_SHOWN) for item in agenda.shown()]
    buttons: list[BlockElement] = [
        kit.button("All of it", MeetingAction.ALL_DONE, here, style="primary"),
        *([pick] if items else []),
        kit.button("We didn't meet", MeetingAction.DID_NOT_MEET, here),
    ]
    if agenda.leader is not None:
        skill = meeting.section(SKILL)
        items.append(f"• {kit.escape(skill.title)}: {kit.escape(agenda.leader.name)}")
    blocks: list[Block] = [
        kit.section(f"*{words}*"),
        *kit.lines(kit.fitting(items, ASKED_ROOM, MORE)),
        kit.actions(buttons),
        kit.context(
            "Nobody took notes, so you are asked, once. The team reads what you say, and nothing "
            "else. When you meet: *Team meeting* in Settings."
        ),
    ]
    return kit.message(words, blocks)


def _noted_words(agenda: Agenda) -> str:
    if agenda.meeting.out_at is None or agenda.team.settings.channel is None:
        return "the notes are kept."
    return f"the notes are in {channels_words(agenda.team)}."
