"""Why a rep has this reason."""

from slack_sdk.models.blocks import Block

from bot.domain.todo.kinds import KINDS
from bot.domain.todo.lists import WhyView
from bot.domain.todo.reasons import Ranked, Reason
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form
from bot.views.block_kit.kit import View

MOST_REASONS = 30
"""Of the ranking: the last of them are many open promises or questions, more than anyone reads."""


def build_why(facts: WhyView) -> View:
    """The reason that stands on the list, and every other there is, with the facts behind them."""
    about = facts.reason.about
    chosen = next((ranked for ranked in facts.ranking if ranked.reason.about == about), None)
    others = [ranked for ranked in facts.ranking if ranked.reason.about != about]
    name = kit.bold(facts.rep.name)
    blocks: list[Block] = [kit.section(f"{name} · {_said(facts.reason)}")]
    small = kit.escape(facts.reason.source)
    blocks.append(kit.context(f"{small} · {kit.escape(chosen.because)}" if chosen else small))
    if chosen is not None and chosen != facts.ranking[0]:
        blocks.append(
            kit.context(
                "Others come before it by now: the list has its share of them, you asked for "
                "another, or something changed since."
            )
        )
    if others:
        blocks.append(kit.section("*The others, best first*"))
    for ranked in others[:MOST_REASONS]:
        blocks += _reason(ranked)
    more = len(others) - MOST_REASONS
    if more > 0:
        blocks.append(kit.context(f"And {more} more."))
    blocks.append(kit.context(_turns(facts)))
    return kit.modal("Why this reason?", Form.TODO_WHY, blocks, close="Close")


def _reason(ranked: Ranked) -> list[Block]:
    reason = ranked.reason
    small = f"{kit.escape(reason.source)} · {kit.escape(ranked.because)}"
    return [kit.section(_said(reason)), kit.context(small)]


def _said(reason: Reason) -> str:
    beside = f"\n{kit.escape(reason.beside)}" if reason.beside else ""
    return f"{kit.escape(reason.text)}{beside}"


def _turns(facts: WhyView) -> str:
    rule = "What you owe and what was raised comes until it is closed; other kinds take turns."
    if facts.last_kind is None:
        return rule
    name = kit.escape(facts.rep.name)
    return f"{rule} Last week it was {KINDS[facts.last_kind].called.format(name=name)}."
