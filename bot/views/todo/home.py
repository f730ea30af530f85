"""The week on App Home: today's reps, and the way to the whole list."""

from slack_sdk.models.blocks import Block

from bot.domain.todo.lists import SlotState, TodoView
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, TodoAction
from bot.views.todo.words import one_line, owed_words, title_words, with_also

FRAME = 3
"""Blocks around today's reps: the headline, the rest in a line, and the buttons."""


def build_home_week(facts: TodoView, room: int) -> list[Block]:
    """The week in at most `room` blocks, three at the least; nothing for a team without reps."""
    if not facts.rows:
        return []
    now = [row for row in facts.rows if row.is_for(facts.today) and not facts.over]
    shown = now[: max(0, room - FRAME)]
    blocks: list[Block] = [kit.section(title_words(facts))]
    for row in shown:
        if not row.is_open:
            blocks.append(kit.section(owed_words(row, facts)))
            continue
        spoken = f"Done: {row.slot.rep.name}"
        value = Metadata(subject=row.slot.id)
        done = kit.button("Done", TodoAction.DONE, value, spoken=spoken)
        blocks.append(kit.section(with_also(one_line(row), row), done))
    open_now = sum(row.is_open for row in now)
    rest = _rest(facts, open_now, len(now) - len(shown))
    if rest:
        blocks.append(kit.context(rest))
    buttons = [
        kit.button("Open the list", TodoAction.SHOW),
        kit.button("I'm away", TodoAction.AWAY),
    ]
    return [*blocks, kit.actions(buttons)]


def _rest(facts: TodoView, now: int, more: int) -> str:
    """Everyone who has no line: 2 more today · 3 later this week · 1 away."""
    count = {state: sum(row.state is state for row in facts.rows) for state in SlotState}
    still_open = count[SlotState.OPEN] - now
    parts = (
        (more, "more today"),
        (still_open, "stayed open" if facts.over else "later this week"),
        (count[SlotState.NOT_THIS_WEEK], "not this week"),
        (count[SlotState.AWAY], "away"),
    )
    return " · ".join(f"{number} {words}" for number, words in parts if number)
