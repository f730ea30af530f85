"""The next team meeting on App Home, and what was promised to the team."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.meetings.agenda import MeetingAhead, TeamPromise
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, MeetingAction, Metadata
from bot.views.meetings.meeting import when_words

PROMISES_SHOWN = 5


def meeting_lines(ahead: MeetingAhead, *, leads: bool) -> list[Block]:
    """When the team meets next, and the way to its agenda."""
    blocks: list[Block] = []
    meeting = ahead.meeting
    if meeting is not None and ahead.starts_at is not None:
        when = when_words(ahead.starts_at, meeting, ahead.today, spread=ahead.elsewhere)
        where = f", <#{ahead.channel}>" if ahead.channel and not leads else ""
        title = "Next team meeting" if leads else "Team meeting"
        words = f"*{title}* · {when}{where}"
        if leads and ahead.items:
            words += f" · {ahead.items} on the agenda"
        mine = meeting.leader is not None and meeting.leader.id == ahead.reader_id
        if mine and not leads:
            words += "\nYou lead *One skill*."
        here = Metadata(subject=meeting.id)
        buttons: list[BlockElement] = [kit.button("Agenda", AgendaAction.OPEN, here)]
        label = "Add an item" if leads else "Add to the agenda"
        buttons.append(kit.button(label, AgendaAction.ADD, here))
        if mine and not leads:
            buttons.append(kit.button("Swap", MeetingAction.SWAP, here))
        blocks += [kit.section(words), kit.actions(buttons)]
    elif ahead.items:
        words = f"{ahead.items} kept for your first team meeting."
        blocks.append(kit.section(words, kit.button("Agenda", AgendaAction.OPEN)))
    return [*blocks, *_promises(ahead, leads=leads)]


def _promises(ahead: MeetingAhead, *, leads: bool) -> list[Block]:
    """The team's promises: all to who leads, their own to a rep."""
    if not ahead.promises:
        return []
    heading = "*Promised to the team*" if leads else "*You promised the team*"
    blocks: list[Block] = [kit.section(heading)]
    shown: Sequence[TeamPromise] = ahead.promises[:PROMISES_SHOWN]
    for one in shown:
        by = f", by {kit.date_words(one.due_on, ahead.today)}" if one.due_on else ""
        whose = f"{kit.escape(one.owner.name)}: " if leads else ""
        here = Metadata(subject=one.id)
        buttons: list[BlockElement] = [
            kit.button("Kept", AgendaAction.PROMISE_KEPT, here, spoken=f"Kept: {one.what}")
        ]
        if leads:
            drop = kit.button("Drop", AgendaAction.PROMISE_DROP, here, spoken=f"Drop: {one.what}")
            buttons.append(drop)
        blocks += [kit.section(f"{whose}“{kit.quote(one.what)}”{by}"), kit.actions(buttons)]
    if len(ahead.promises) > PROMISES_SHOWN:
        blocks.append(kit.context(f"And {len(ahead.promises) - PROMISES_SHOWN} more."))
    return blocks
