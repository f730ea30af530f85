"""The fields in which the tags of a market note are picked and typed."""

from collections.abc import Sequence
from enum import StrEnum

from slack_sdk.models.blocks import Block

from bot.domain.accounts.market import MOST_TAGS, TAG_LIMIT, MarketTag, Picked
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields

TAGS, NEW_TAGS = "tags", "new_tags"

MOST_OFFERED = 500
"""Tags to pick from: with more the form might be larger than Slack takes."""


def tags_field(
    offered: Sequence[MarketTag],
    chosen: Sequence[int],
    *,
    name: str = TAGS,
    hint: str | None = None,
    action: StrEnum | None = None,
) -> list[Block]:
    """The tags there are, most used first, to pick from or to search; nothing where there is none
    yet. Those chosen are among them, however many there are."""
    first = [tag for tag in offered if tag.id in chosen]
    shown = [*first, *(tag for tag in offered if tag.id not in chosen)][:MOST_OFFERED]
    if not shown:
        return []
    select = kit.choices(
        [(tag.name, str(tag.id)) for tag in shown],
        list(map(str, chosen)),
        "Pick up to two",
        MOST_TAGS,
    )
    return [kit.field(name, "Tags", select, optional=True, hint=hint, action=action)]


def new_tags_field(name: str = NEW_TAGS) -> Block:
    """A tag that is not there yet, or two."""
    box = kit.text_input(limit=MOST_TAGS * TAG_LIMIT, placeholder="payment terms")
    return kit.field(
        name, "New tag", box, optional=True, hint="If one is much alike, I ask. Two: a comma."
    )


def parse_picked(fields: Fields, tags: str = TAGS, new: str = NEW_TAGS) -> Picked:
    """What both fields say."""
    ids = tuple(int(one) for one in fields.checked(tags) if one.isdecimal())
    typed = (one.strip().lstrip("#＃").strip() for one in fields.text(new).split(","))
    return Picked(ids, tuple(one for one in typed if one))
