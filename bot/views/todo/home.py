"""The week on App Home: today's reps, and how many more."""

from collections.abc import Mapping
from types import MappingProxyType

from slack_sdk.models.blocks import Block

from bot.domain.todo.lists import SlotState, TodoRow, TodoView
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, TodoAction
from bot.views.todo.rows import done_menu, done_words, is_warning
from bot.views.todo.words import one_line, title_words

NOTHING: Mapping[str, str] = MappingProxyType({})

FRAME = 1
"""Blocks around today's reps: the headline, which counts the rest."""


def build_home_week(facts: TodoView, room: int, beside: Mapping[str, str] = NOTHING) -> list[Block]:
    """The week in at most `room` blocks, one at the least; nothing for a team without reps. Who was
    done today stands below who is still open, with all that can be said of it. `beside` is what
    stands beside a reason here, by what that is about."""
    if not facts.rows:
        return []
    now = [row for row in facts.rows if row.has_come(facts.today) and not facts.over]
    shown = rows_shown(facts, room)
    left = room - FRAME - sum(map(_size, shown))
    done_now = [row for row in facts.rows if row.done_now][: max(0, left)]
    rest = _rest(facts, len(now), len(now) - len(shown))
    title = "*Today*" if now else kit.bold(title_words(facts))
    heading = f"{title} · {rest}" if rest else title
    blocks: list[Block] = [kit.section(heading)]
    for row in shown:
        blocks += _row(row, beside)
    blocks += [kit.section(done_words(row), done_menu(row)) for row in done_now]
    return blocks


def rows_shown(facts: TodoView, room: int) -> list[TodoRow]:
    """The rows of today that stand in so many blocks."""
    shown: list[TodoRow] = []
    left = room - FRAME
    for row in facts.rows:
        if row.has_come(facts.today) and not facts.over:
            left -= _size(row)
            if left < 0:
                break
            shown.append(row)
    return shown


def _size(row: TodoRow) -> int:
    """The blocks of a row of today."""
    return 2 if is_warning(row) else 1


def _row(row: TodoRow, beside: Mapping[str, str]) -> list[Block]:
    """A rep of today; below one who is warned of, or whose plan is looked at, the way to that."""
    here, name = Metadata(subject=row.slot.id), row.slot.rep.name
    done = kit.button("Done", TodoAction.DONE, here, spoken=f"Done: {name}")
    words = one_line(row) + beside.get(row.reason.about, "")
    if not is_warning(row):
        return [kit.section(words, done)]
    plan = kit.button("Save-it plan", TodoAction.SAVE_IT, here, spoken=f"Save-it plan: {name}")
    return [kit.section(words), kit.actions([done, plan])]


def _rest(facts: TodoView, now: int, more: int) -> str:
    """Everyone who has no line: 2 more today · 3 later this week · 1 away; how many were done, once
    the week is over."""
    count = {state: sum(row.state is state for row in facts.rows) for state in SlotState}
    still_open = count[SlotState.OPEN] - now
    parts = (
        (facts.done if facts.over else 0, "done"),
        (more, "more today"),
        (still_open, "stayed open" if facts.over else "later this week"),
        (count[SlotState.NOT_THIS_WEEK], "not this week"),
        (count[SlotState.AWAY], "away"),
    )
    return " · ".join(f"{number} {words}" for number, words in parts if number)
