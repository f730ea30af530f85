"""Somebody's own days away, and who stands in for a manager."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, UserSelectElement

from bot.domain.promises import Owner, Promise
from bot.domain.team.teams import TimeOff
from bot.domain.team.time_off import AwayEntry
from bot.domain.workspaces.people import Person
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import Message, View

MOST_OPTIONS = 100
"""What Slack takes in one select."""

MOST_SHOWN = 20
"""Spans on the form, the earliest first: what is over is not shown."""


def build_away_form(
    time_off: Sequence[tuple[TimeOff, Person | None]],
    entry: AwayEntry | None,
    today: date,
    metadata: Metadata,
    *,
    leads: bool = True,
    to_tick: Sequence[Promise] = (),
) -> View:
    """Days away to add, from today on unless `entry` says otherwise, and those there are.

    `leads`: somebody may stand in. `to_tick` are the promises that they may be let read, the first
    due first.
    """
    starts_on, ends_on, stand_in = today, None, None
    if entry is not None:
        starts_on, ends_on, stand_in = entry.starts_on, entry.ends_on, entry.stand_in
    blocks: list[Block] = [
        kit.field("starts_on", "From", kit.date_input(starts_on)),
        kit.field(
            "ends_on",
            "To",
            kit.date_input(ends_on),
            optional=True,
            hint="The last day away. Empty while you do not know.",
        ),
    ]
    if leads:
        blocks.append(
            kit.field(
                "stand_in",
                "Who stands in",
                UserSelectElement(initial_user=stand_in),
                optional=True,
                hint="Gets your list, without anything private. With nobody here, the list waits.",
            )
        )
        blocks += _promises(to_tick)
    blocks += _entered(time_off, today)
    return kit.modal("When you are away", Form.AWAY, blocks, metadata, submit="Save")


def parse_away_form(state: Mapping[str, Any]) -> AwayEntry:
    """What the form says. The first day is there: Slack does not send the form without it."""
    fields = Fields(state)
    starts_on = fields.day("starts_on")
    assert starts_on is not None
    ticked = frozenset(int(promise) for promise in fields.checked("ticked"))
    return AwayEntry(starts_on, fields.day("ends_on"), fields.person("stand_in"), ticked)


def build_rep_away_saved(off: TimeOff, today: date) -> Message:
    """To a rep: who sees it."""
    days = kit.span_words(off.starts_on, off.ends_on, today)
    words = f"You are away {days}. Every manager of yours sees it, and nobody else."
    return kit.message("Your days away are kept", [kit.section(words)])


def build_away_saved(off: TimeOff, stand_in: Person | None, today: date) -> Message:
    """What happens to the list while the manager is away."""
    days = kit.span_words(off.starts_on, off.ends_on, today)
    then = "Your list waits for you."
    if stand_in is not None:
        then = f"{kit.bold(stand_in.name)} gets your list meanwhile, without anything private."
    return kit.message("Your days away are kept", [kit.section(f"You are away {days}. {then}")])


def _promises(to_tick: Sequence[Promise]) -> list[Block]:
    entries = [(_words(promise), str(promise.id)) for promise in to_tick[:MOST_OPTIONS]]
    if not entries:
        return []
    element = kit.choices(entries, (), placeholder="None of them")
    hint = "Nothing else that you and your reps agreed is shown to who stands in."
    return [kit.field("ticked", "Promises they may read", element, optional=True, hint=hint)]


def _words(promise: Promise) -> str:
    name = promise.rep.name
    whose = f"You to {name}" if promise.owner is Owner.MANAGER else name
    return f"{whose}: {promise.what}"


def build_stand_in_gone(off: TimeOff, stand_in: Person, today: date) -> Message:
    """To a manager who is away, or will be: who was named cannot stand in any more."""
    name = kit.bold(stand_in.name)
    why = f"{name} is a rep of yours now" if stand_in.active else f"{name} has left Slack"
    days = kit.span_words(off.starts_on, off.ends_on, today)
    words = f"{why}, and stands in no more while you are away {days}. Your list waits for you."
    another = kit.button("Name somebody else", TodoAction.AWAY)
    return kit.message("Your list waits", [kit.section(words), kit.actions([another])])


def _entered(time_off: Sequence[tuple[TimeOff, Person | None]], today: date) -> list[Block]:
    coming = [(off, who) for off, who in time_off if off.ends_on is None or off.ends_on >= today]
    if not coming:
        return []
    blocks: list[Block] = [kit.section("*Your time off*")]
    for off, who in coming[:MOST_SHOWN]:
        days = kit.span_words(off.starts_on, off.ends_on, today)
        words = f"{days[:1].upper()}{days[1:]}"
        if who is not None:
            words += f" · {kit.bold(who.name)} stands in"
        value = Metadata(subject=off.id)
        remove = kit.button("Remove", TodoAction.AWAY_REMOVE, value, spoken=f"Remove: {days}")
        blocks.append(kit.section(words, remove))
    more = len(coming) - MOST_SHOWN
    return [*blocks, kit.context(f"And {more} later.")] if more > 0 else blocks
