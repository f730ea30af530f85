"""Who could show whom what in **One skill**: proposed to the manager, and what each of the two
reads."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.meetings.agenda import Agenda, AgendaView, PairShown
from bot.domain.meetings.pairing import SKILL_LIMIT
from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.team.settings import SKILL
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, MeetingAction, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.meetings.meeting import agenda_when, plain_when

NO_PAIR = (
    "That pair does not fit any more: one of the two is away, is asked something already, or "
    "works on something else by now. Nobody was asked."
)


def pair_blocks(shown: AgendaView) -> list[Block]:
    """To the manager: who could show whom what, or how it stands with those who are asked."""
    agenda, pair = shown.agenda, shown.pair
    assert agenda is not None
    blocks: list[Block] = []
    if pair is not None:
        here = Metadata(subject=agenda.meeting.id, text=pair.seen)
        shower, learner = kit.escape(pair.shower.name), kit.escape(pair.learner.name)
        words = f"{_title(agenda)}: {shower} could show {learner}: “{kit.quote(pair.skill)}”"
        buttons = [
            kit.button("Pair them", MeetingAction.PAIR, here),
            kit.button("Not now", MeetingAction.PAIR_NOT_NOW, here),
        ]
        blocks += [kit.section(words), kit.actions(buttons)]
    said = _said(agenda) if agenda.pair is not None else ""
    return [kit.context(f"{_title(agenda)}: {said}"), *blocks] if said else blocks


def _title(agenda: Agenda) -> str:
    titles = (one.title for one in agenda.meeting.sections if one.key == SKILL)
    return kit.bold(next(titles, "One skill"))


def _said(agenda: Agenda) -> str:
    """How it stands with the last pair; nothing where nobody said anything, which is unknown, and
    where one of them is on the team no more."""
    pair = agenda.pair
    assert pair is not None
    assert pair.other is not None
    asked, other = kit.escape(pair.asked.name), kit.escape(pair.other.name)
    skill = f"“{kit.quote(pair.skill)}”"
    learns = pair.kind is SwapKind.LEARN
    if agenda.now is not None and pair.is_open(agenda.meeting, agenda.now):
        if not (agenda.will_have(pair.asked) and agenda.will_have(pair.other)):
            return ""
        if learns:
            return f"{asked} is asked about {skill}. Once it is a yes, {other} is."
        return f"{other} would like {skill}; {asked} is asked to show it."
    if pair.state is SwapState.DECLINED:
        return (
            f"{asked} would rather not with {skill}. Nobody but you reads that, and these two are "
            "not proposed again."
        )
    if learns and pair.state is SwapState.TAKEN:
        return f"{asked} would like {skill}; it was too late to ask {other}."
    return ""


def build_pair_form(shown: PairShown, form: str, seen: str) -> View:
    """What each of the two would read, and the agenda, before anybody is asked."""
    agenda, skill = shown.agenda, shown.skill
    learner, shower = kit.bold(shown.learner.name), kit.bold(shown.shower.name)
    words = kit.text_input(initial=skill, limit=SKILL_LIMIT)
    manager = agenda.team.manager
    asked_first = learner_words(manager, agenda, skill)
    asked_then = shower_words(manager, shown.learner, agenda, skill)
    so_far = agenda.leader
    leads = f"{kit.escape(so_far.name)} leads it so far. " if so_far else ""
    blocks: list[Block] = [
        kit.field("skill", "What is shown", words, hint="These words stand in all that follows."),
        kit.actions([kit.button("See it in these words", MeetingAction.PAIR_WORDS)]),
        kit.section("\n".join([f"{learner} is asked first:", *asked_first])),
        kit.section("\n".join([f"{shower} is asked once that is a yes:", *asked_then])),
        kit.section(
            "The agenda says once both said yes:\n"
            f"{_title(agenda)} · {kit.escape(shown.shower.name)} shows: {kit.escape(skill)}"
        ),
        kit.context(f"{leads}Nothing changes before both said yes, and a no is read by you alone."),
    ]
    here = Metadata(subject=agenda.meeting.id, form=form, text=seen)
    submit = f"Ask {shown.learner.first_name}"
    return kit.modal("Pair them", Form.PAIR, blocks, here, submit=kit.shorten(submit, 24))


def parse_pair_form(state: Mapping[str, Any]) -> str:
    """What is shown, as it was typed."""
    return Fields(state).text("skill")


def build_paired(shown: PairShown | None) -> Message:
    """The answer, in place of the form: who is asked, and until when."""
    if shown is None:
        return kit.message(NO_PAIR)
    agenda, name = shown.agenda, kit.bold(shown.learner.name)
    when = f", at {_moment(shown.at, agenda)}, their time," if shown.waits else ","
    return kit.message(
        f"{name} is asked about “{kit.quote(shown.skill)}”{when} and can say until "
        f"{_moment(shown.until, agenda)}, their time. Then {kit.escape(shown.shower.name)} is "
        "asked; you see here what they say."
    )


def build_put_off() -> Message:
    """The answer to **Not now**, where it was not pressed in a draft."""
    return kit.message("Not this time, then. Nobody was asked.")


def learner_words(by: Person, agenda: Agenda, skill: str) -> tuple[str, str]:
    """The question to who would see it, and the skill, which no notification shows. Who would show
    it is not named: they may say no."""
    asks = (
        f"{kit.bold(by.name)} asks: would you like a teammate to show you something in *One "
        f"skill*, in the team meeting, {agenda_when(agenda)}?"
    )
    return asks, f"It is “{kit.quote(skill)}”."


def shower_words(by: Person, learner: Person, agenda: Agenda, skill: str) -> tuple[str, str]:
    """The question to who would show it, and the skill, which no notification shows."""
    asks = (
        f"{kit.bold(by.name)} asks: could you show something that you do well in *One skill*, in "
        f"the team meeting, {agenda_when(agenda)}?"
    )
    would = f"{kit.escape(learner.name)} would like to see how you do it."
    return asks, f"It is “{kit.quote(skill)}”. {would}"


def build_pair_question(swap: Swap, agenda: Agenda, until: str) -> Message:
    """To one of a pair, while it is open: the question, as its manager saw it before. `until`: till
    when, on their wall, in words."""
    here = Metadata(subject=swap.id, text=swap.skill)
    by, manager = swap.asked_by, kit.escape(swap.asked_by.name)
    if swap.kind is SwapKind.LEARN or swap.other is None:
        asks, what = learner_words(by, agenda, swap.skill)
        small = (
            "Whoever shows it reads that you would like to see it; the team reads only who shows "
            f"what. A no is read by {manager} alone. Open until {until}."
        )
        yes = "I'd like that"
    else:
        asks, what = shower_words(by, swap.other, agenda, swap.skill)
        leader = swap.holder
        if leader is not None and leader.id != swap.asked.id:
            what += f" It is {kit.escape(leader.name)}'s turn so far."
        small = (
            "The agenda then says that you show it, and it counts as your turn. A no is read by "
            f"{manager} alone. Open until {until}."
        )
        yes = "Take it"
    buttons = [
        kit.button(yes, MeetingAction.TAKE, here, style="primary"),
        kit.button("Not now", MeetingAction.DECLINE, here),
    ]
    text = f"{by.name} asks you something for One skill, {plain_when(agenda.meeting, agenda.today)}"
    blocks = [kit.section(asks), kit.section(what), kit.actions(buttons), kit.context(small)]
    return kit.message(text, blocks)


def learner_settled(swap: Swap, agenda: Agenda, leads: str) -> Message:
    """To who would see it, once it is settled; `leads` says who leads it."""
    when = agenda_when(agenda)
    pair = agenda.pair
    if swap.state in (SwapState.ENDED, SwapState.ASKED):
        said = f"all settled, {leads}."
    elif swap.state is SwapState.DECLINED:
        said = f"thank you for saying so; {leads}."
    elif agenda.skill:
        text = f"One skill, {when}: {leads}."
        shows = f"What you see is “{kit.quote(agenda.skill)}”."
        return kit.message(text, [kit.section(text), kit.section(shows)])
    elif pair is not None and agenda.now and pair.is_open(agenda.meeting, agenda.now):
        said = "thank you. Whoever could show it is asked now."
    else:
        said = f"thank you for saying so; {leads}."
    return kit.message(f"One skill, {when}: {said}")


def _moment(at: datetime, agenda: Agenda) -> str:
    return f"{kit.date_words(at.date(), agenda.today)}, {kit.time_words(at.time())}"
