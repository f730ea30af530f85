"""A team or a rep passes to another manager: offered, answered, and what the reps read of it."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, UserSelectElement

from bot.domain.binder.handover import (
    WORDS_LIMIT,
    HandoverState,
    HandoverView,
    HourMoved,
    ToOffer,
)
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, HandoverAction, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.team.pack import pack_button

ASKED_SHOWN, OFFERED_SHOWN = 3, 10
"""On Home, where the team has to stand too."""


def build_form(offered: ToOffer, metadata: Metadata) -> View:
    """To whom, and a word that the reps read."""
    return _form(offered, None, "", metadata)


def build_preview(
    offered: ToOffer, to: Person, words: str, metadata: Metadata, *, opens: bool
) -> View:
    """The same form with exactly what the reps will read above it, and the way to what the other
    may look through, where it `opens` on top of what is typed."""
    return _form(offered, to, words, metadata, opens=opens)


def parse_form(state: Mapping[str, Any]) -> tuple[str, str]:
    """To whom, by Slack id, and the words."""
    fields = Fields(state)
    return fields.person("to") or "", fields.text("words")


def _form(
    offered: ToOffer, to: Person | None, words: str, metadata: Metadata, *, opens: bool = False
) -> View:
    rep = offered.rep
    blocks: list[Block] = []
    if to is None:
        what = kit.bold(rep.name) if rep else f"your team ({_reps(offered.reps)})"
        blocks = [kit.section(f"Whom shall {what} go on with?"), kit.context(_along(rep))]
    else:
        whom = kit.bold(rep.name) if rep else "Each rep"
        name = kit.bold(to.name)
        pack = pack_button(rep=rep) if opens else None
        asked = f"{name} is asked first, and may look through the transition pack before answering."
        reads = f"{whom} reads this once, when {name} has taken it:"
        giver, both = offered.team.manager, ", ".join(kit.bold(one.name) for one in offered.on_both)
        on_both = rep is not None and bool(both)
        told = told_blocks(giver, to, words, is_team=rep is None, on_both=on_both)
        hours = [f"{kit.bold(one.rep.name)} reads also: {_hour(one)}" for one in offered.hours]
        if both and rep is None:
            first = _manages(giver, to, "you", on_both=True)
            hours.append(f"On both teams, and reads first: {both}: {first}")
        blocks = [
            *(kit.section(asked, pack), kit.section(reads), kit.divider()),
            *(*told, *kit.lines(hours), kit.divider()),
        ]
    blocks += [
        kit.field("to", "To", UserSelectElement(initial_user=to.slack_id if to else None)),
        kit.field(
            "words",
            "A word of yours",
            kit.text_input(initial=words, multiline=True, limit=WORDS_LIMIT),
            optional=True,
            hint="The reps read it with the rest." if rep is None else f"{rep.name} reads it.",
        ),
    ]
    title = "Pass the team on" if rep is None else "Pass to another"
    submit = "Offer it" if to else "See it"
    return kit.modal(title, Form.HANDOVER, blocks, metadata, submit=submit)


def _along(rep: Person | None) -> str:
    told = f"{kit.bold(rep.name)} told" if rep else "they told"
    return (
        "Along go what was shared, the promises of both sides, what was raised, results, and what "
        "is planned. Your private notes, what you never shared, and what "
        f"{told} you between the two of you stay with you."
    )


def build_offered(view: HandoverView) -> View:
    """Once it is offered, in place of the form."""
    to = kit.bold(view.handover.receiver.name)
    words = f"{to} is asked, by day on their own clock. I'll tell you what they say."
    then = "Until then nothing changes. *Take back* on Home ends it."
    return kit.modal(
        "Offered", Form.READ_ONLY, [kit.section(words), kit.context(then)], close="Close"
    )


def build_offer(view: HandoverView, *, asks: bool = False) -> Message:
    """To whoever is to take it, as it stands; `asks`: whether two teams are joined."""
    found = view.handover
    if not view.can_be_answered:
        return _settled(view)
    blocks = offer_blocks(view, asks=asks)
    giver = kit.escape(found.giver.name)
    if found.state is HandoverState.OFFERED and not asks:
        blocks.append(kit.context(GOES))
    blocks.append(kit.context(f"You get this once, because {giver} offered it to you."))
    return kit.message("Something is offered to you", blocks)


def build_not_asked() -> Message:
    """In place of an offer that was made to somebody else instead."""
    words = "That was offered to somebody else instead, so there is nothing to answer."
    return kit.message("Nothing to answer", [kit.section(words)])


def offer_blocks(view: HandoverView, *, asks: bool = False) -> list[Block]:
    """What is offered, and the answers, for whoever is to give one."""
    found = view.handover
    giver, here = kit.bold(found.giver.name), Metadata(subject=found.id)
    if found.state is HandoverState.WAITS:
        words = f"{giver}'s team comes to you once yours has passed on."
        buttons = [
            kit.button("Join the teams", HandoverAction.JOIN, here),
            kit.button("Not so", HandoverAction.DECLINE, here),
        ]
    elif asks:
        words = (
            f"You lead a team already. Join {giver}'s reps to it, or take {giver}'s team once "
            "yours has passed on?"
        )
        buttons = [
            kit.button("Join the teams", HandoverAction.JOIN, here, style="primary"),
            kit.button("Wait", HandoverAction.WAIT, here),
        ]
    else:
        words = f"{giver} would like to pass {_what(view)} to you."
        buttons = [
            kit.button("Take it", HandoverAction.TAKE, here, style="primary"),
            kit.button("Not so", HandoverAction.DECLINE, here),
        ]
    buttons.append(pack_button(found.id, found.rep))
    return [kit.section(words), kit.actions(list(buttons))]


GOES = (
    "What was shared goes along: plans, promises of both sides, what is planned, results. What "
    "was private does not."
)


def _what(view: HandoverView) -> str:
    if view.handover.rep is not None:
        return kit.bold(view.handover.rep.name)
    return f"the whole team ({_reps(view.reps)})"


def _reps(reps: Sequence[Person]) -> str:
    return "1 rep" if len(reps) == 1 else f"{len(reps)} reps"


def _settled(view: HandoverView) -> Message:
    found = view.handover
    giver = kit.bold(found.giver.name)
    over = f"{giver} took that back"
    if view.team_has_gone_on:
        over = f"{giver}'s team went on to somebody else"
    elif view.has_left:
        over = f"{_what(view)} is not on {giver}'s team any more"
    words = {
        HandoverState.TAKEN: f"You took over {_what(view)} from {giver}. Home has it all.",
        HandoverState.DECLINED: f"It stays with {giver}. I told {giver}.",
    }.get(found.state, f"{over}, so there is nothing to answer.")
    return kit.message("Answered", [kit.section(words)])


def build_told(view: HandoverView) -> Message | None:
    """To whoever offered it, once it is answered; None while it is not."""
    found = view.handover
    to = kit.bold(found.receiver.name)
    whom = kit.bold(found.rep.name) if found.rep else "the team"
    # Who gives one rep away keeps their page; who gives the team away has none to open.
    stayed = "What stayed with you is on your *Home* tab."
    if found.rep is not None:
        stayed = f"What stayed with you is in {kit.bold(found.rep.name)}'s binder."
    words = {
        HandoverState.TAKEN: f"{to} took over {whom}. {stayed}",
        HandoverState.DECLINED: f"{to} would rather not, so {whom} stays with you.",
        HandoverState.WAITS: (
            f"{to} takes the team once the one they lead has passed on. Until then nothing changes."
        ),
    }.get(found.state)
    if words is None:
        return None
    why = kit.context("You get this once, because you offered it.")
    return kit.message("About what you offered", [kit.section(words), why])


def build_handed_over(view: HandoverView) -> Message:
    """To a rep, once: who manages them now, and what went along."""
    found = view.handover
    hours = [_hour(one) for one in view.hours]
    is_team = found.rep is None
    blocks = told_blocks(
        *(found.giver, found.receiver, found.words, hours), is_team=is_team, on_both=view.on_both
    )
    return kit.message("Who manages you now", blocks)


def _hour(moved: HourMoved) -> str:
    """On the clock of the rep whose it is."""
    before, since = (
        " and ".join(map(kit.weekday_words, sorted(one, key=lambda at: at.weekday())))
        for one in (moved.before, moved.since)
    )
    if not before:
        return f"The team meeting is {since} on your clock from now on."
    return f"The team meeting is {since} on your clock from now on; before, it was {before}."


def _manages(giver: Person, receiver: Person, what: str, *, on_both: bool) -> str:
    """Who manages what from now on, and who did before: not who is erased."""
    before, now = kit.bold(giver.name), kit.bold(receiver.name)
    if on_both:
        too = "" if giver.is_erased else f"; before, {before} did too"
        return f"{now} alone manages you from now on{too}."
    was = "" if giver.is_erased else f"; before, it was {before}"
    return f"{now} manages {what} from now on{was}."


def told_blocks(
    giver: Person,
    receiver: Person,
    words: str,
    hours: Sequence[str] = (),
    *,
    is_team: bool,
    on_both: bool,
) -> list[Block]:
    """What a rep reads of it, word for word as whoever offers it sees it first; `on_both`: who was
    with either of them."""
    before = kit.bold(giver.name)
    since = _manages(giver, receiver, "your team" if is_team else "you", on_both=on_both)
    went = "What was shared with you, promises of both sides and what you raised went along."
    if giver.is_erased:
        # Nothing else is left of them, and nobody to name.
        lines = [went]
    else:
        lines = [
            went,
            f"{before}'s private notes did not.",
            f"What you told {before} between the two of you stays with the two of you.",
        ]
    blocks: list[Block] = [kit.section(since)]
    if words:
        blocks.append(kit.section(f"{before} writes: “{kit.quote(words, WORDS_LIMIT)}”"))
    blocks.append(kit.section("\n".join(f"• {line}" for line in lines)))
    blocks += kit.lines(hours)
    blocks.append(kit.context("You get this once. Your *Home* tab has all that is yours."))
    return blocks


def asked_blocks(views: Sequence[HandoverView], person: Person) -> list[Block]:
    """On Home: what is offered to that person and waits for their answer."""
    asked = [one for one in views if _is_asked(one, person)]
    blocks = [block for view in asked[:ASKED_SHOWN] for block in offer_blocks(view)]
    return [*blocks, *_more(len(asked) - ASKED_SHOWN)]


def offered_blocks(views: Sequence[HandoverView], person: Person) -> list[Block]:
    """On Home: what that person offered, and what they take once their own team has passed on."""
    others = [one for one in views if not _is_asked(one, person)]
    blocks = [block for view in others[:OFFERED_SHOWN] for block in _offered(view, person)]
    return [*blocks, *_more(len(others) - OFFERED_SHOWN)]


def _is_asked(view: HandoverView, person: Person) -> bool:
    found = view.handover
    return found.receiver.id == person.id and found.state is HandoverState.OFFERED


def _offered(view: HandoverView, person: Person) -> list[Block]:
    found = view.handover
    if found.receiver.id == person.id:
        return offer_blocks(view)
    what = kit.bold(found.rep.name) if found.rep else "The team"
    back = kit.button("Take back", HandoverAction.WITHDRAW, Metadata(subject=found.id))
    waits = " and waits" if found.state is HandoverState.WAITS else ""
    return [kit.section(f"{what} is offered to {kit.bold(found.receiver.name)}{waits}.", back)]


def _more(count: int) -> list[Block]:
    """The rest stands there as those before it are answered."""
    return [kit.context(f"And {count} more, as these are answered.")] if count > 0 else []


def build_withdrawn(view: HandoverView) -> Message:
    """To who took it back."""
    what = kit.bold(view.handover.rep.name) if view.handover.rep else "The team"
    taken = view.handover.state is HandoverState.TAKEN
    to = kit.bold(view.handover.receiver.name)
    words = f"{to} has taken it already." if taken else f"{what} stays with you."
    return kit.message("Taken back", [kit.section(words)])
