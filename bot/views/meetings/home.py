"""The next team meeting on App Home, and what was promised to the team."""

from collections.abc import Sequence
from functools import partial

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.meetings.agenda import MeetingAhead, TeamPromise
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AgendaAction, MeetingAction, Metadata
from bot.views.meetings.meeting import when_words

PROMISES_SHOWN = 5


def next_meeting_lines(ahead: MeetingAhead) -> list[Block]:
    """To who leads: when the team meets next, and the way to its agenda."""
    agenda = partial(kit.button, "Agenda", AgendaAction.OPEN, spoken="Agenda of the team meeting")
    if ahead.meeting is not None and ahead.starts_at is not None:
        when = when_words(ahead.starts_at, ahead.meeting, ahead.today, spread=ahead.elsewhere)
        words = f"*Next* · {when} · team meeting"
        if ahead.items:
            words += f" · {ahead.items} on the agenda"
        return [kit.section(words, agenda(Metadata(subject=ahead.meeting.id)))]
    if ahead.items:
        words = f"{ahead.items} kept for your first team meeting."
        return [kit.section(words, agenda())]
    return []


def meeting_lines(ahead: MeetingAhead) -> list[Block]:
    """To a rep: when the team meets next, the way to its agenda, and what they promised the
    team."""
    blocks: list[Block] = []
    meeting = ahead.meeting
    if meeting is not None and ahead.starts_at is not None:
        when = when_words(ahead.starts_at, meeting, ahead.today, spread=ahead.elsewhere)
        where = f", <#{ahead.channel}>" if ahead.channel else ""
        words = f"*Team meeting* · {when}{where}"
        mine = meeting.leader is not None and meeting.leader.id == ahead.reader_id
        if mine:
            words += "\nYou lead *One skill*."
        here = Metadata(subject=meeting.id)
        buttons: list[BlockElement] = [
            kit.button("Agenda", AgendaAction.OPEN, here),
            kit.button("Add to the agenda", AgendaAction.ADD, here),
        ]
        if mine:
            buttons.append(kit.button("Swap", MeetingAction.SWAP, here))
        blocks += [kit.section(words), kit.actions(buttons)]
    elif ahead.items:
        words = f"{ahead.items} kept for your first team meeting."
        blocks.append(kit.section(words, kit.button("Agenda", AgendaAction.OPEN)))
    return [*blocks, *team_promise_lines(ahead, leads=False)]


def team_promise_lines(ahead: MeetingAhead, *, leads: bool) -> list[Block]:
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
