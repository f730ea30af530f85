"""The ways from what can still be made to its save-it plan, outside the mirror and the list."""

from collections.abc import Mapping, Sequence
from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.results.activity import Activity
from bot.domain.todo.in_question import InQuestion
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, MirrorAction
from bot.views.results.activity import activity_line
from bot.views.results.saving import check_words

NOTHING_KNOWN: Mapping[int, Activity] = {}


def way_blocks(
    found: Sequence[InQuestion],
    today: date,
    most: int,
    activities: Mapping[int, Activity] = NOTHING_KNOWN,
) -> list[Block]:
    """A line each, with the way to its plan or its form, and what is known of the plan's number;
    beyond `most` the mirror has them."""
    blocks = [_way(one, today, activities) for one in found[:most]]
    more = len(found) - most
    if more > 0:
        blocks.append(kit.context(f"And {more} more, in the mirror."))
    return blocks


def way_button(one: InQuestion, label: str = "Save-it plan") -> BlockElement:
    """To its plan, or to the form where there is none."""
    here = Metadata(rep=one.rep.slack_id, text=one.about)
    if one.plan is not None:
        here = Metadata(subject=one.plan.id)
    return kit.button(label, MirrorAction.SAVE_IT, here, spoken=f"{label}: {one.rep.name}")


def _way(one: InQuestion, today: date, activities: Mapping[int, Activity]) -> Block:
    plan = one.plan
    if plan is None:
        return kit.section(kit.escape(one.still), way_button(one))
    what = f"{one.rep.name}, {plan.metric}"
    if plan.period.end < today:
        said = kit.escape(f"{what} · what helped?")
    else:
        said = kit.escape(f"{what} · {check_words(plan, today)}")
        known = activities.get(plan.id, Activity())
        if known.stretches:
            said += f"\n{activity_line(plan, known, today)}"
    return kit.section(f"*Save-it plan* · {said}", way_button(one, "Open"))
