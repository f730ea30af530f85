"""The forms of a slot: another day, not this week, and next time."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.team.calendar import DAYS
from bot.domain.todo.lists import NEXT_TIME_LIMIT, WHY_LIMIT, Slot, SlotForm
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata
from bot.views.block_kit.kit import View


def build_move_form(facts: SlotForm, metadata: Metadata) -> View:
    """The other days that are left, the next one chosen; without any, it only says so."""
    slot = facts.slot
    name = kit.bold(slot.rep.name)
    others = [day for day in facts.days if day != slot.day]
    if not others:
        words = f"No other day of this week is left for {name}."
        return kit.modal("Move", Form.READ_ONLY, [kit.section(words)], metadata, close="Close")
    now = f", on {DAYS[slot.day.weekday()]} now" if slot.day in facts.days and slot.day else ""
    entries = [(_day_words(day, facts.today), day.isoformat()) for day in others]
    blocks: list[Block] = [
        kit.section(f"{name}{now}"),
        kit.field("day", "To", kit.choice(entries, entries[0][1])),
    ]
    return kit.modal("Move", Form.TODO_MOVE, blocks, metadata, submit="Move")


def parse_move_form(state: Mapping[str, Any]) -> date:
    """The chosen day. Raises BadField where there is none."""
    try:
        return date.fromisoformat(Fields(state).chosen("day") or "")
    except ValueError as error:
        raise BadField("day", FieldError.MISSING) from error


def build_not_this_week_form(facts: SlotForm, metadata: Metadata) -> View:
    """A word why, before a rep is left out for this week."""
    why = kit.text_input(initial=facts.slot.not_this_week or "", limit=WHY_LIMIT)
    blocks: list[Block] = [
        kit.section(f"{kit.bold(facts.slot.rep.name)} is back on the list next week."),
        kit.field("why", "A word why", why, optional=True, hint="Only you see it."),
    ]
    return kit.modal(
        "Not this week", Form.TODO_NOT_THIS_WEEK, blocks, metadata, submit="Not this week"
    )


def parse_not_this_week_form(state: Mapping[str, Any]) -> str:
    """The word why, "" for none."""
    return Fields(state).text("why").strip()


def build_next_time_form(facts: SlotForm, metadata: Metadata) -> View:
    """One line for the next list; what was noted before stands in it."""
    noted = facts.slot.next_time
    name = facts.slot.rep.name
    line = kit.text_input(initial=noted, limit=NEXT_TIME_LIMIT, placeholder="ask how the demo went")
    blocks: list[Block] = [
        kit.field(
            "next_time",
            "What to come back to",
            line,
            optional=bool(noted),
            hint=f"One of the reasons for {name} on next week's list.",
        )
    ]
    return kit.modal("Next time", Form.TODO_NEXT_TIME, blocks, metadata, submit="Keep it")


def build_noted(slot: Slot, today: date) -> View:
    """What was noted for next time in the row of a list that is over."""
    week = kit.date_words(slot.monday, today)
    words = f"For next time with {kit.bold(slot.rep.name)}, on your list of the week of {week}:"
    noted = kit.section(f"“{kit.quote(slot.next_time, NEXT_TIME_LIMIT)}”")
    return kit.modal("Next time", Form.READ_ONLY, [kit.section(words), noted], close="Close")


def parse_next_time_form(state: Mapping[str, Any]) -> str:
    """The line, "" for none."""
    return Fields(state).text("next_time").strip()


def _day_words(day: date, today: date) -> str:
    """A day to choose: Tomorrow, Wed 25 Nov."""
    words, near = kit.date_words(day, today), kit.day_words(day, today)
    return words if near == words else f"{near.capitalize()}, {words}"
