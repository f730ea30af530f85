"""**New on the team**: the steps of a rep's first weeks, the form of one, and what was laid."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block, CheckboxesElement, NumberInputElement

from bot.domain.promises import Owner
from bot.domain.team.ramp import (
    LAST_DAY,
    MOST_STEPS,
    STEP_LIMIT,
    RampEntry,
    RampOfRep,
    RampStep,
    span_words,
)
from bot.domain.team.teams import Membership
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, RampAction
from bot.views.block_kit.kit import View

NEW = "new"
FIELD = "new_on_team"

OWNERS = [("You", Owner.MANAGER.value), ("The new rep", Owner.REP.value)]
NAMES = {value: label for label, value in OWNERS}

MENU = (("Edit", RampAction.EDIT), ("Remove", RampAction.REMOVE))

MOST_TICKS = 10
"""Boxes of one field (https://docs.slack.dev/reference/block-kit/block-elements/checkboxes-element)."""


def build_ramp(steps: Sequence[RampStep]) -> View:
    """Every step by its day, with what can be done to it."""
    blocks: list[Block] = [
        kit.context(
            "The first weeks of somebody new, step by step. Tick *New on the team* in a rep's "
            "settings, and these become promises of both sides. Change them any time: what is "
            "done or late stays as it is."
        )
    ]
    headed = ""
    for step in steps:
        heading = _heading(step.day)
        if heading != headed:
            blocks.append(kit.section(kit.bold(heading)))
            headed = heading
        blocks.append(_step(step))
    if not steps:
        blocks.append(kit.section("No steps yet. What would have helped you in a first week?"))
    if len(steps) < MOST_STEPS:
        blocks.append(kit.actions([kit.button("Add a step", RampAction.ADD)]))
    return kit.modal("New on the team", Form.READ_ONLY, blocks, close="Close")


def _heading(day: int) -> str:
    """First week; with the day where that does not say it."""
    words = span_words(day)
    return f"{words[:1].upper()}{words[1:]}"


def _step(step: RampStep) -> Block:
    whose = NAMES[step.owner.value]
    menu = kit.step_menu(RampAction.MENU, MENU, Metadata(subject=step.id))
    return kit.section(f"{whose}: {kit.escape(step.what)}", menu)


def build_step_form(step: RampStep | None, under: str | None) -> View:
    """The form of a step; of a new one where there is none."""
    shown = step or RampStep(0, 7, Owner.MANAGER, "")
    blocks: list[Block] = [
        kit.field("what", "Step", kit.text_input(initial=shown.what, limit=STEP_LIMIT)),
        kit.field("owner", "Who takes it", kit.choice(OWNERS, shown.owner.value)),
        kit.field(
            "day",
            "Days after the first",
            NumberInputElement(
                is_decimal_allowed=False,
                initial_value=str(shown.day),
                min_value="0",
                max_value=str(LAST_DAY),
            ),
            hint="0 is the first day. It waits for a working day on which both of you are there.",
        ),
    ]
    here = Metadata(subject=shown.id or None, under=under)
    return kit.modal("A step", Form.RAMP_STEP, blocks, here, submit="Save")


def parse_step_form(state: Mapping[str, Any]) -> RampEntry:
    """What the form says; day -1 for what is no number."""
    fields = Fields(state)
    day = fields.text("day").strip()
    return RampEntry(
        day=int(day) if day.isdecimal() else -1,
        owner=Owner(fields.chosen("owner") or Owner.MANAGER),
        what=" ".join(fields.text("what").split()),
    )


def new_field(*, ticked: bool) -> Block:
    """**New on the team**, of one rep."""
    return kit.field(
        FIELD,
        "New on the team",
        kit.tick("Steps for the first weeks, for both of you", NEW, ticked=ticked),
        optional=True,
        hint="They count from the start date. What would be over by now is left out.",
    )


def parse_new(fields: Fields, *, before: bool) -> bool:
    """Whether it is ticked; as `before` in a form that has no such field."""
    return NEW in fields.checked(FIELD) if fields.has(FIELD) else before


def who_is_new_field(members: Sequence[Membership]) -> Block:
    """**New on the team**, of those who were added just now."""
    options = [kit.option(one.rep.name, one.rep.slack_id) for one in members[:MOST_TICKS]]
    return kit.field(
        FIELD,
        "New on the team",
        CheckboxesElement(options=options),
        optional=True,
        hint="Who is new in the job has steps for the first weeks. They are in your settings.",
    )


def parse_who_is_new(state: Mapping[str, Any]) -> list[str]:
    """The Slack ids of those who are new."""
    return Fields(state).checked(FIELD)


def build_laid(ramp: RampOfRep) -> View:
    """What was laid for a rep just now, by its day."""
    name = kit.bold(ramp.rep.name)
    lines = [
        f"{kit.date_words(one.due_on, ramp.today) if one.due_on else ''} · "
        f"{'you' if one.owner is Owner.MANAGER else kit.escape(ramp.rep.name)}: "
        f"{kit.quote(one.what)}"
        for one in ramp.promises
    ]
    head = f"{name}'s first weeks, step by step. Your list of each week brings up what is next."
    if not lines:
        head = f"Nothing is left to come of {name}'s first weeks."
    foot = f"{name} sees these steps on Home, as noted by you, until *Agreed*."
    blocks: list[Block] = [kit.section(head), *kit.lines(lines)]
    if lines:
        blocks.append(kit.context(foot))
    return kit.modal("New on the team", Form.READ_ONLY, blocks, close="Close")
