"""The agenda as its manager has it before the meeting: what is on it, what to do about it."""

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.meetings.agenda import (
    ASKED_AFTER,
    HINT_ABOVE,
    Agenda,
    AgendaView,
    Role,
    Suggestion,
    looking_back,
)
from bot.domain.meetings.meetings import Dropped, Phase, Record
from bot.domain.meetings.naming import Question, Said
from bot.domain.team.settings import SKILL, WINS
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import Named
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, MeetingAction, Metadata
from bot.views.block_kit.kit import Message
from bot.views.meetings.meeting import LEAD_WORDS, agenda_when, channels_words, plain_when
from bot.views.meetings.message import item_line, promise_lines
from bot.views.meetings.swaps import leader_words

SHORT = 120
"""Characters of an item's words, as Slack counts them where it is asked about."""

LINES_MOST = 5000
LINES_BLOCKS = 3
"""What the items may take, and the blocks that hold them."""

ASKED_SHOWN = 4
MORE = "…and more, under Arrange."
MENU = (
    ("Move the meeting", MeetingAction.MOVE),
    ("Skip it", MeetingAction.SKIP),
    ("Cancel it", MeetingAction.CANCEL),
    ("One skill: someone else", MeetingAction.SWAP),
    ("Meeting settings", MeetingAction.SERIES),
)
OFTEN_MENU = (
    ("Do it first", AgendaAction.FIRST),
    ("Give it an owner", AgendaAction.OWNER),
    ("Drop", AgendaAction.DROP),
)


def build_draft_not_for_reader(team: Team) -> Message:
    """In place of a draft that somebody had as a stand-in who is a rep of that team now."""
    name = kit.bold(team.manager.name)
    words = (
        f"You are on {name}'s team now, so this agenda is {name}'s to prepare. Thank you for "
        "having it."
    )
    return kit.message("This agenda is with its manager", [kit.section(words)])


def build_draft(shown: AgendaView) -> Message:
    """The agenda in its manager's conversation, or a stand-in's. Raises nothing: a meeting that is
    not to be says so."""
    agenda = shown.agenda
    assert agenda is not None
    meeting = agenda.meeting
    when = plain_when(meeting, agenda.today)
    own = shown.reader.id == shown.team.manager.id
    whose = "Your" if own else f"{kit.escape(shown.team.manager.name)}'s"
    title = f"*{whose} team meeting* · {agenda_when(agenda)}"
    text = f"{whose} team meeting, {when}"
    here = Metadata(subject=meeting.id)
    if meeting.dropped is not None:
        how = "called off" if meeting.dropped is Dropped.CANCELLED else "left out this time"
        after_all = kit.button("Hold it after all", MeetingAction.AFTER_ALL, here)
        words = f"{title}\nIt is {how}. What is on its agenda goes to the next."
        ahead = agenda.phase is Phase.AHEAD
        return kit.message(text, [kit.section(words, after_all if ahead else None)])
    blocks: list[Block] = [kit.section(f"{title}\n{state_words(agenda)}")]
    if agenda.phase is Phase.OVER:
        blocks += [*flagged_blocks(shown), *_over(agenda)]
        return kit.message(text, [*blocks, *_small(shown, agenda)])
    below: list[Block] = [
        *flagged_blocks(shown),
        *_often(agenda),
        *suggestion_blocks(shown),
        kit.actions(lead_buttons(agenda, shown.role)),
        *_small(shown, agenda),
    ]
    left = kit.MESSAGE_ROOM - kit.weight([*blocks, *below])
    room = min(left - LINES_BLOCKS * kit.BLOCK_WEIGHT, LINES_MOST)
    return kit.message(
        text, [*blocks, *kit.lines(kit.fitting(_lines(agenda, shown.role), room, MORE)), *below]
    )


def state_words(agenda: Agenda) -> str:
    """Where the agenda is, and when it goes out."""
    meeting, channel = agenda.meeting, channels_words(agenda.team)
    if agenda.phase is Phase.RUNNING:
        if meeting.out_at is None:
            return "It is on now. Its agenda did not go out; take notes here."
        return f"It is on now. Take notes in {channel}, or here."
    if agenda.phase is Phase.OVER:
        return "It is over."
    if agenda.team.settings.channel is None:
        return "It goes nowhere yet: pick the team's channel under *Meeting settings*."
    if meeting.out_at is not None:
        rest = " What your reps added waits for you." if agenda.waiting() else ""
        return f"It is in {channel}.{rest}"
    lead = LEAD_WORDS.get(meeting.lead, "Before it").lower()
    if meeting.published_at is not None:
        return f"All of it goes to {channel} {lead}."
    return f"It goes to {channel} {lead}: with your own items, or with all once you publish."


def _lines(agenda: Agenda, role: Role) -> list[str]:
    lines = []
    for section, items in agenda.by_section(agenda.items):
        shown = [item for item in items if agenda.about(item) is None]
        shows = section.key == SKILL and role is Role.MANAGER
        led = f" · {leader_words(agenda)}" if shows else ""
        lines.append(f"{kit.bold(section.title)} ({section.minutes}){led}")
        for item in shown:
            by = item.author
            whose = f" · {kit.escape(by.name)}" if by and by.id != agenda.team.manager.id else ""
            waits = ", waits for you" if not item.approved else ""
            lines.append(f"{item_line(agenda, item, SHORT)}{whose}{waits}")
    standing = promise_lines(agenda, agenda.standing)
    if standing:
        lines += ["*Team promises that are open*", *standing]
    return lines


def flagged_blocks(shown: AgendaView) -> list[Block]:
    """What names somebody: the channel never shows it before the manager says so."""
    agenda = shown.agenda
    assert agenda is not None
    items = {item.id: item for item in agenda.items}
    found = [
        one
        for one in agenda.questions()
        if (shown.sees(items[one.id]) if one.said is Said.ITEM else shown.role is Role.MANAGER)
    ]
    wins = any(section.key == WINS for section in agenda.meeting.sections)
    blocks: list[Block] = []
    for one in found[:ASKED_SHOWN]:
        said = kit.escape_within(one.text, SHORT)
        words = f"*About one person?* “{said}” {names_words(one.about)}."
        if one.said is Said.ITEM:
            on_team = agenda.is_on(one.about.person)
            buttons = about_buttons(one, shown.role, on_team=on_team, wins=wins)
            blocks += [kit.section(words), kit.actions(buttons)]
        else:
            blocks.append(kit.section(words, fine_button(one, shown.role)))
    return blocks


def names_words(about: Named) -> str:
    """That words name somebody, or may."""
    return f"{'names' if about.sure else 'may mean'} {kit.bold(about.person.name)}"


def fine_button(asked: Question, role: Role) -> BlockElement | None:
    """**Fine for the team**: only the manager says so."""
    if role is not Role.MANAGER:
        return None
    seen = Metadata(subject=asked.id, step=asked.said, text=asked.seen)
    return kit.button("Fine for the team", AgendaAction.LET_STAND, seen)


def about_buttons(asked: Question, role: Role, *, on_team: bool, wins: bool) -> list[BlockElement]:
    """What to do with an item that names somebody. Only who leads may move it to the session of a
    rep who is on the team; a win is one only where the meeting has a section for them."""
    here = Metadata(subject=asked.id)
    buttons: list[BlockElement] = [
        *([kit.button("It's a win", AgendaAction.A_WIN, here)] if wins else []),
        kit.button("Change", AgendaAction.CHANGE, here),
        kit.button("Drop", AgendaAction.DROP, here),
        *filter(None, [fine_button(asked, role)]),
    ]
    if role.leads and on_team:
        move = kit.button("Move to their session", AgendaAction.MOVE_TO_SESSION, here)
        buttons.insert(0, move)
    return buttons


def _often(agenda: Agenda) -> list[Block]:
    """Items that were carried on again and again: do it, drop it, or give it an owner."""
    found = [item for item in agenda.items if item.carried >= ASKED_AFTER]
    blocks: list[Block] = []
    for item in found[:ASKED_SHOWN]:
        entries = [
            (label, Metadata(subject=item.id, step=action.value).pack())
            for label, action in OFTEN_MENU
        ]
        said = kit.escape_within(item.text, SHORT)
        words = (
            f"“{said}” was carried on {item.carried} times. Do it, drop it, or give it an owner?"
        )
        blocks.append(kit.section(words, kit.menu(AgendaAction.MENU, entries)))
    return blocks


def suggestion_blocks(agenda: AgendaView) -> list[Block]:
    """What a thin agenda could hold."""
    if not agenda.suggestions:
        return []
    blocks: list[Block] = [kit.section("*It has room. From your binder:*")]
    return [*blocks, *[_suggestion(one) for one in agenda.suggestions]]


def _suggestion(one: Suggestion) -> Block:
    here = Metadata(text=one.text[:1000], step=one.section)
    add = kit.button("Add", AgendaAction.SUGGESTED, here, spoken=f"Add: {one.text}")
    return kit.section(f"“{kit.escape_within(one.text, SHORT)}” · {kit.italic(one.source)}", add)


def lead_buttons(agenda: Agenda, role: Role, *, arranging: bool = False) -> list[BlockElement]:
    """What whoever leads the meeting does with its agenda; `arranging` it is one of them."""
    meeting = agenda.meeting
    here = Metadata(subject=meeting.id)
    buttons: list[BlockElement] = []
    if agenda.phase is Phase.RUNNING:
        buttons.append(kit.button("Take notes", AgendaAction.NOTES, here, style="primary"))
    if agenda.waiting() or (agenda.phase is Phase.AHEAD and meeting.published_at is None):
        buttons.append(kit.button("Publish", AgendaAction.PUBLISH, here, style="primary"))
    if not arranging:
        buttons.append(kit.button("Arrange", AgendaAction.OPEN, here))
    buttons.append(kit.button("Add an item", AgendaAction.ADD, here))
    entries = [
        (label, Metadata(subject=meeting.id, step=action.value).pack())
        for label, action in MENU
        # The series is the manager's: a stand-in would open their own team's.
        if role is Role.MANAGER or action is not MeetingAction.SERIES
    ]
    return [*buttons, kit.menu(MeetingAction.MENU, entries)]


def _over(agenda: Agenda) -> list[Block]:
    """How it went: asked only where nothing was ticked."""
    meeting = agenda.meeting
    here = Metadata(subject=meeting.id)
    if meeting.ticked:
        return [kit.actions([kit.button("Take notes", AgendaAction.NOTES, here)])]
    if meeting.said is not None:
        said = {"held": "Held.", "moved": "Moved.", "not_held": "It didn't happen."}[meeting.said]
        return [kit.section(f"Noted: {said}")]
    buttons: list[BlockElement] = [
        kit.button("Held", MeetingAction.HELD, here),
        kit.button("Moved", MeetingAction.MOVED, here),
        kit.button("Didn't happen", MeetingAction.DID_NOT_HAPPEN, here),
    ]
    return [kit.section("Nothing was ticked. How was it?"), kit.actions(buttons)]


def time_words(agenda: Agenda) -> str:
    """How much of the meeting looks back; a quiet hint above a third."""
    back, total = looking_back(agenda, agenda.items)
    words = f"Looking back: {back} of {total} minutes."
    if total > agenda.meeting.minutes:
        words += f" The meeting has {agenda.meeting.minutes}."
    if total and back / total > HINT_ABOVE:
        words += " More than a third; what looks ahead may want some of it."
    return words


def record_words(record: Record | None) -> str:
    """Same time, same channel."""
    if record is None or not record.planned:
        return ""
    if record.planned == 1:
        return "Same time, same channel: the last one." if record.kept else ""
    return f"Same time, same channel: {record.kept} of the last {record.planned}."


def _small(shown: AgendaView, agenda: Agenda) -> list[Block]:
    """What is said quietly beneath."""
    parts = [] if agenda.phase is Phase.OVER else [time_words(agenda)]
    parts += [record_words(shown.record)]
    parts += ["It comes the working day before; when you meet stands in your settings."]
    return [kit.context(" ".join(part for part in parts if part))]
