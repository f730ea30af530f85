"""**What stands**: the periods of results that are kept; and taking one back."""

from collections.abc import Sequence
from dataclasses import replace

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.results.mirror import period_words
from bot.domain.results.results import Period
from bot.domain.results.standing import InTheWay, StandingPage, StandingPeriod, TakingBack
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, Metadata, MirrorAction
from bot.views.block_kit.kit import Message, View
from bot.views.results.figures import amount_words

SHOWN_ROOM = 6_000
"""Characters of whose figures would go."""

MOST_IN_THE_WAY = 5
"""Periods with a button each, above the form that they are in the way of."""


def build_standing(found: StandingPage) -> View:
    """The periods that stand, the latest first, each with the way to take it back."""
    blocks: list[Block] = []
    for one in found.periods:
        here = Metadata(subject=one.id, page=str(found.start))
        as_of = f"as of {kit.date_words(one.as_of, found.today)}" if one.as_of else "no figures yet"
        text = f"{kit.bold(_what(one.metric, one.period))}\n{_reps(one.reps)}, {as_of}"
        blocks.append(kit.section(text, _button(one, here)))
    if not blocks:
        blocks.append(kit.section("No results are kept here."))
    if found.more is not None:
        more = Metadata(page=str(found.more))
        blocks.append(kit.actions([kit.button("More", MirrorAction.STANDING, more)]))
    return kit.modal("What stands", Form.READ_ONLY, blocks, close="Back")


def in_the_way(periods: Sequence[InTheWay]) -> list[Block]:
    """Above the form: what shares days with the rows in it, each with the way to take it back."""
    return [
        kit.section(
            f"{kit.bold(_what(one.metric, one.period))} is kept already, and shares days "
            "with your rows. If its dates were wrong, take it back.",
            _button(one, Metadata(subject=one.id)),
        )
        for one in periods[:MOST_IN_THE_WAY]
    ]


def build_confirm(found: TakingBack, here: Metadata, *, changed: bool = False) -> View:
    """What would go, for whom, and what stays."""
    metric = found.metric
    blocks: list[Block] = []
    if changed:
        blocks.append(kit.section("Other figures came meanwhile. This is what would go now:"))
    blocks.append(kit.section(f"{kit.bold(_what(metric.name, found.period))} goes:"))
    lines = []
    for one in found.figures:
        figures = "no figures yet"
        if one.latest is not None:
            target, actual = (
                amount_words(n, metric) for n in (one.latest.target, one.latest.actual)
            )
            as_of = kit.date_words(one.latest.as_of, found.today)
            figures = f"{actual} of {target}, as of {as_of}"
        lines.append(f"{kit.escape(one.rep.name)} · {kit.escape(figures)}")
    blocks += kit.lines(kit.fitting(lines, SHOWN_ROOM, "And more."))
    blocks.append(
        kit.context(
            "All their figures of these days go, and what your list and the mirror say because of "
            "them. What you logged and promised stays."
        )
    )
    if found.plans:
        names = " and ".join(kit.escape(one.rep.name) for one in found.plans)
        blocks.append(
            kit.context(
                f"The save-it plan with {names} stays; it gets the right dates once you send them."
            )
        )
    metadata = replace(here, text=found.seen)
    return kit.modal("Take back", Form.TAKE_BACK, blocks, metadata, submit="Take it back")


def build_taken_back(found: TakingBack) -> Message:
    """It went."""
    what = _what(found.metric.name, found.period)
    text = f"Taken back: {kit.escape(what)}, of {_reps(len(found.figures))}."
    now = "Nothing of it is in the way any more: send the right dates whenever you have them."
    return kit.message(text, [kit.section(text), kit.context(now)])


def _button(one: StandingPeriod | InTheWay, here: Metadata) -> BlockElement:
    spoken = f"Take back {_what(one.metric, one.period)}"
    return kit.button("Take back", MirrorAction.TAKE_BACK, here, spoken=spoken)


def _what(metric: str, period: Period) -> str:
    return f"{metric}, {period_words(period)}"


def _reps(count: int) -> str:
    return f"{count} {'rep' if count == 1 else 'reps'}"
