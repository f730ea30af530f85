"""The agenda as its manager has it before the meeting: what is on it, what to do about it."""

from collections.abc import Iterator

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.meetings.agenda import ASKED_AFTER, Agenda, AgendaItem, AgendaView, Role, Suggestion
from bot.domain.meetings.meetings import Dropped, Phase, Record
from bot.domain.meetings.minutes import looking_back
from bot.domain.meetings.naming import Question, WordsOf
from bot.domain.team.settings import LOOKS_BACK_MOST, SKILL, WINS
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import Named
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, MeetingAction, Metadata
from bot.views.block_kit.kit import Message
from bot.views.meetings.meeting import agenda_when, channels_words, plain_when
from bot.views.meetings.message import JOINED, item_line, promise_lines
from bot.views.meetings.pairing import pair_blocks
from bot.views.meetings.swaps import leader_words

SHORT = 120
"""Characters of an item's words, as Slack counts them where it is asked about."""

LINES_MOST = 5000
"""What the items may weigh."""

LET_IN_SHOWN = 8
"""Items with a row of their own: all others are under **Arrange**."""

ASKED_SHOWN = 4
MORE = "…and more, under Arrange."
MORE_ROOM = kit.BLOCK_WEIGHT + len(MORE)
MENU = (
    ("Add an item", MeetingAction.ADD),
    ("Move the meeting", MeetingAction.MOVE),
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
    title = f"*{whose} team meeting* · {agenda_when(agenda)}{_to_words(agenda)}"
    text = f"{whose} team meeting, {when}"
    here = Metadata(subject=meeting.id)
    if meeting.dropped is Dropped.JOINED:
        return kit.message(text, [kit.section(f"{title}\nIt is not to be: {JOINED}")])
    if meeting.dropped is not None:
        how = "called off" if meeting.dropped is Dropped.CANCELLED else "left out this time"
        after_all = kit.button("Hold it after all", MeetingAction.AFTER_ALL, here)
        words = f"{title}\nIt is {how}. What is on its agenda goes to the next."
        ahead = agenda.phase is Phase.AHEAD
        return kit.message(text, [kit.section(words, after_all if ahead else None)])
    blocks: list[Block] = [kit.section(f"{title}\n{state_words(agenda)}".strip())]
    if agenda.phase is Phase.OVER:
        notes = kit.button("Take notes", AgendaAction.NOTES, here)
        blocks += [*flagged_blocks(shown), kit.actions([notes])]
        return kit.message(text, [*blocks, *_small(shown, agenda)])
    below: list[Block] = [
        *flagged_blocks(shown),
        *_often(agenda),
        *(pair_blocks(shown) if shown.role is Role.MANAGER else ()),
        *suggestion_blocks(shown),
        kit.actions(lead_buttons(agenda, shown.role)),
        *_small(shown, agenda),
    ]
    left = kit.MESSAGE_ROOM - kit.weight([*blocks, *below])
    return kit.message(text, [*blocks, *_items(agenda, shown.role, left), *below])


def _to_words(agenda: Agenda) -> str:
    """Where it goes, and when, while it is still to go: → #emea-sales at 08:00."""
    meeting, channel = agenda.meeting, agenda.team.settings.channel
    goes = meeting.out_at is None and agenda.is_heard and not agenda.is_empty
    if channel is None or not goes or agenda.phase is not Phase.AHEAD:
        return ""
    zone = agenda.team.meeting_zone
    out = meeting.goes_out(zone).astimezone(zone)
    if agenda.now is not None and out <= agenda.now:
        return f" → <#{channel}> now"
    day = "" if out.date() == meeting.day else f"{kit.date_words(out.date(), agenda.today)}, "
    return f" → <#{channel}> at {day}{kit.time_words(out.time())}"


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
    if not agenda.is_heard:
        return (
            "Your reps have not been told of me yet, so nothing is posted: *Home* has the "
            "introduction."
        )
    if agenda.is_empty:
        return "Nothing is on it yet. If it stays so, nothing is posted."
    if agenda.waiting():
        return "What your reps added waits for you: *Let in*, or it is not posted."
    return "It goes out as it is." if meeting.posts_at is not None else ""


def _items(agenda: Agenda, role: Role, room: int) -> list[Block]:
    """What is on it, section by section, without those that are empty; what waits for the manager
    has a row of its own."""
    blocks: list[Block] = []
    lines: list[str] = []
    waiting = agenda.waiting()[:LET_IN_SHOWN]
    for line, item in _lines(agenda, role):
        if item not in waiting:
            lines.append(line)
            continue
        let_in = kit.button(
            "Let in", AgendaAction.LET_IN, Metadata(subject=item.id), spoken=f"Let in: {item.text}"
        )
        blocks += [*kit.lines(lines), kit.section(line, let_in)]
        lines = []
    blocks += kit.lines(lines)
    held = kit.holding(blocks, min(room, LINES_MOST) - MORE_ROOM)
    return held if len(held) == len(blocks) else [*held, kit.section(MORE)]


def _lines(agenda: Agenda, role: Role) -> Iterator[tuple[str, AgendaItem | None]]:
    """Each line, with the item it is of."""
    for section, items in agenda.by_section(agenda.items):
        shown = [item for item in items if agenda.about(item) is None]
        led = ""
        if section.key == SKILL and role is Role.MANAGER and agenda.leader is not None:
            led = f" · {leader_words(agenda)}"
        if not shown and not led:
            continue
        yield f"{kit.bold(section.title)} ({section.minutes}){led}", None
        for item in shown:
            by = item.author
            whose = (
                f" (from {kit.escape(by.name)})" if by and by.id != agenda.team.manager.id else ""
            )
            yield f"{item_line(agenda, item, SHORT)}{whose}", item
    standing = promise_lines(agenda, agenda.standing)
    if standing:
        yield "*Team promises that are open*", None
    for line in standing:
        yield line, None


def flagged_blocks(shown: AgendaView) -> list[Block]:
    """What names somebody: the channel never shows it before the manager says so."""
    agenda = shown.agenda
    assert agenda is not None
    items = {item.id: item for item in agenda.items}
    found = [
        one
        for one in agenda.questions()
        if (shown.sees(items[one.id]) if one.said is WordsOf.ITEM else shown.role is Role.MANAGER)
    ]
    wins = any(section.key == WINS for section in agenda.meeting.sections)
    blocks: list[Block] = []
    for one in found[:ASKED_SHOWN]:
        said = kit.escape_within(one.text, SHORT)
        words = f"*About one person?* “{said}” {names_words(one.about)}."
        if one.said is WordsOf.ITEM:
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
        words = f"“{said}” has been on {item.carried} agendas. Do it, drop it, or give it an owner?"
        blocks.append(kit.section(words, kit.menu(AgendaAction.MENU, entries)))
    return blocks


def suggestion_blocks(agenda: AgendaView) -> list[Block]:
    """What a thin agenda could hold."""
    if not agenda.suggestions:
        return []
    blocks: list[Block] = [kit.section("*It has room. From your binder:*")]
    return [*blocks, *[_suggestion(one) for one in agenda.suggestions]]


def _suggestion(one: Suggestion) -> Block:
    here = Metadata(subject=one.tag, text=one.text[:1000], step=one.section, touch=one.contact)
    add = kit.button("Add", AgendaAction.SUGGESTED, here, spoken=f"Add: {one.text}")
    return kit.section(f"“{kit.escape_within(one.text, SHORT)}” · {kit.italic(one.source)}", add)


def lead_buttons(agenda: Agenda, role: Role, *, arranging: bool = False) -> list[BlockElement]:
    """What whoever leads the meeting does with its agenda; `arranging` it is one of them."""
    meeting = agenda.meeting
    here = Metadata(subject=meeting.id)
    buttons: list[BlockElement] = []
    if agenda.phase is Phase.RUNNING:
        buttons.append(kit.button("Take notes", AgendaAction.NOTES, here, style="primary"))
    if agenda.phase is Phase.AHEAD:
        if agenda.is_heard and not meeting.out_at and agenda.team.settings.channel is not None:
            buttons.append(kit.button("Post now", AgendaAction.POST_NOW, here, style="primary"))
            if meeting.posts_at is None:
                buttons.append(kit.button("As it is", AgendaAction.AS_IT_IS, here))
        buttons.append(kit.button("Not this week", MeetingAction.SKIP, here))
    if not arranging:
        buttons.append(kit.button("Arrange", AgendaAction.OPEN, here))
    entries = [
        (label, Metadata(subject=meeting.id, step=action.value).pack())
        for label, action in MENU
        # The series is the manager's: a stand-in would open their own team's.
        if role is Role.MANAGER or action is not MeetingAction.SERIES
    ]
    return [*buttons, kit.menu(MeetingAction.MENU, entries)]


def time_words(agenda: Agenda) -> str:
    """How much of the meeting looks back; a quiet hint above a third."""
    back, total = looking_back(agenda, agenda.items)
    words = f"Looking back: {back} of {total} minutes."
    if total > agenda.meeting.minutes:
        words += f" The meeting has {agenda.meeting.minutes}."
    if back > total * LOOKS_BACK_MOST:
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
    parts += ["It comes the working day before. Day and time: *Meeting settings*."]
    return [kit.context(" ".join(part for part in parts if part))]
