"""A turn to lead **One skill**: whom to ask, and what who is asked reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import UserSelectElement

from bot.domain.meetings.agenda import Agenda, SwapShown
from bot.domain.meetings.swaps import SwapKind, SwapState
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, MeetingAction, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.meetings.meeting import agenda_when, plain_when
from bot.views.meetings.pairing import build_pair_question, learner_settled


def build_swap_form(agenda: Agenda, actor: str, form: str) -> View:
    """Whom to ask to lead one skill instead."""
    leader = agenda.meeting.leader
    taken = {actor, leader.slack_id if leader else ""}
    others = [(rep.name, rep.slack_id) for rep in agenda.there if rep.slack_id not in taken][:100]
    element = kit.choice(others, None, "Who could take it?") if others else UserSelectElement()
    so_far = f"{kit.escape(leader.name)} leads it so far." if leader else "Nobody leads it so far."
    words = f"{so_far} Whoever you pick is asked first; nothing changes before they take it."
    blocks = [kit.context(words), kit.field("rep", "Ask", element)]
    here = Metadata(subject=agenda.meeting.id, form=form)
    return kit.modal("One skill", Form.SWAP, blocks, here, submit="Ask")


def parse_swap_form(state: Mapping[str, Any]) -> str:
    """The Slack id of the chosen rep."""
    fields = Fields(state)
    return fields.chosen("rep") or fields.person("rep") or ""


def build_asked(shown: SwapShown) -> Message:
    """The answer, in place of the form: who is asked, when they read of it, and until when they
    may take it."""
    name = kit.bold(shown.swap.asked.name)
    if not shown.open:
        return kit.message(f"That is settled: {_leads(shown.agenda)}.")
    when = f" at {_moment(shown.at, shown)}, their time" if shown.waits else ""
    until = _moment(shown.until, shown)
    return kit.message(
        f"{name} is asked{when}, and can take it until {until}, their time. Until then "
        f"{_leads(shown.agenda)}."
    )


def build_question(shown: SwapShown) -> Message:
    """To who is asked: could you take it; and how it stands once it is settled."""
    swap, agenda = shown.swap, shown.agenda
    when = agenda_when(agenda)
    plain = plain_when(agenda.meeting, agenda.today)
    here = Metadata(subject=swap.id)
    if not shown.open:
        return _settled(shown, when)
    if swap.kind is not SwapKind.TAKE:
        return build_pair_question(swap, agenda, _moment(shown.until, shown))
    by = kit.bold(swap.asked_by.name)
    of = swap.holder
    whose = f" It is {kit.escape(of.name)}'s turn so far." if of and of != swap.asked_by else ""
    words = (
        f"{by} asks: could you lead *One skill* in the team meeting, {when}?{whose} Something that "
        "works for you, shown to the others."
    )
    blocks = [
        kit.section(words),
        kit.actions(
            [
                kit.button("Take it", MeetingAction.TAKE, here, style="primary"),
                kit.button("Not this time", MeetingAction.DECLINE, here),
            ]
        ),
        kit.context(
            f"Nothing changes unless you take it, until {_moment(shown.until, shown)}. It then "
            "counts as your turn."
        ),
    ]
    return kit.message(f"{swap.asked_by.name} asks: could you lead One skill, {plain}?", blocks)


def _settled(shown: SwapShown, when: str) -> Message:
    meeting, state = shown.agenda.meeting, shown.swap.state
    leader = meeting.leader
    if meeting.dropped is not None:
        return kit.message(f"One skill, {when}: the meeting is not to be, so nobody is asked.")
    if shown.swap.kind is SwapKind.LEARN:
        return learner_settled(shown.swap, shown.agenda, _leads(shown.agenda))
    if leader is not None and leader.id == shown.swap.asked.id:
        swap = kit.button("Swap", MeetingAction.SWAP, Metadata(subject=meeting.id))
        words = f"You lead *One skill* in the team meeting, {when}. Thank you."
        blocks = [kit.section(words, swap)]
        if shown.agenda.skill:
            blocks.append(kit.section(f"You show “{kit.quote(shown.agenda.skill)}”."))
        return kit.message("You lead One skill in the team meeting", blocks)
    thanks = "Thank you for saying so; " if state is SwapState.DECLINED else "all settled, "
    return kit.message(f"One skill, {when}: {thanks}{_leads(shown.agenda)}.")


def _leads(agenda: Agenda) -> str:
    leader = agenda.meeting.leader
    return f"{kit.bold(leader.name) if leader else 'nobody'} leads it"


def _moment(at: datetime, shown: SwapShown) -> str:
    return f"{kit.date_words(at.date(), shown.agenda.today)}, {kit.time_words(at.time())}"


def leader_words(agenda: Agenda) -> str:
    """Who leads one skill, and who is asked to take it, for the team's manager."""
    leader, swap = agenda.meeting.leader, agenda.swap
    words = kit.escape(leader.name) if leader else "nobody yet"
    if agenda.skill:
        words += f" shows: {kit.quote(agenda.skill)}"
    if agenda.asked is not None:
        return f"{words}; {kit.escape(agenda.asked.name)} is asked to take it"
    if swap is None or leader is None or leader.id != swap.asked.id:
        return words
    if swap.state is SwapState.TAKEN and swap.holder is not None:
        return f"{words}, in place of {kit.escape(swap.holder.name)}"
    return words
