"""How the results of one rep stand, beside what a manager talks about with them: in a session and
before it."""

from collections.abc import Iterable
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.results.pace import Pace
from bot.domain.todo.sources.results import to_make
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.ids import BinderAction, Metadata
from bot.views.results.figures import own_words

SHOWN = 4
"""Metrics: more would push what is written out of sight."""


def standing_blocks(paces: Iterable[Pace], rep: Person, today: date) -> list[Block]:
    """The first few as they are, and what it takes where one can still be made, those first; no
    word of how good that is. **See** leads to all, where there are more."""
    said = [(own_words(one.result, today), to_make(one)) for one in paces]
    if not said:
        return []
    # What can still be changed is never among those left out.
    said.sort(key=lambda line: line[1] is None)
    shown, more = said[:SHOWN], len(said) - SHOWN
    lines = [kit.escape(" · ".join(filter(None, line))) for line in shown]
    if more > 0:
        lines.append(f"And {more} more.")
    if any(takes for _, takes in shown):
        lines.append(f"What could you take off {kit.escape(rep.first_name)}'s plate?")
    here, spoken = Metadata(rep=rep.slack_id), f"See the results of {rep.name}"
    see = kit.button("See", BinderAction.SEE_RESULTS, here, spoken=spoken) if more > 0 else None
    return [kit.section("\n".join(["*Results*", *lines]), see)]
