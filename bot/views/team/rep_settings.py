"""A rep's membership on the team: dates, a line, how often, and days away."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from slack_sdk.models.blocks import Block, InputBlock

from bot.domain.team.cadence import Cadence, Component, in_words
from bot.domain.team.teams import FIRST_LINE_LIMIT, RepView, TimeOff
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, HandoverAction, Metadata, TeamAction
from bot.views.block_kit.kit import View
from bot.views.team.pack import pack_button
from bot.views.team.ramp import new_field, parse_new
from bot.views.team.settings import LABELS, UNITS, cadence_choices, days, read_days

AS_THE_TEAM = "team"
MOST_TIME_OFF = 20
"""Spans on the form, the earliest first: what was over long ago is not shown."""
JUST_OVER = timedelta(days=7)


@dataclass(frozen=True)
class RepForm:
    """What the form says. A component that is not among `cadences` follows the team's."""

    joined_on: date
    left_on: date | None
    first_line: str
    cadences: Mapping[Component, Cadence]
    new_on_team: bool


def form_of(facts: RepView) -> RepForm:
    """The form of a rep's membership as it stands."""
    membership = facts.membership
    return RepForm(
        membership.joined_on,
        membership.left_on,
        membership.first_line,
        membership.cadences,
        membership.new_on_team,
    )


def build_rep_form(facts: RepView, form: RepForm) -> View:
    """The form, holding `form`."""
    rep = facts.membership.rep
    line = kit.text_input(initial=form.first_line, limit=FIRST_LINE_LIMIT)
    blocks: list[Block] = [
        kit.section(f"{kit.bold(rep.name)} on your team"),
        kit.field(
            "first_line",
            "Working on, or promised",
            line,
            optional=True,
            hint="A first reason to get in touch. Your rep does not see it.",
        ),
        *[_cadence_field(component, facts, form) for component in Component],
        kit.field("joined_on", "Start date", kit.date_input(form.joined_on)),
        new_field(ticked=form.new_on_team),
        kit.field(
            "left_on",
            "End date",
            kit.date_input(form.left_on),
            optional=True,
            hint="From that day on they are off your lists. What is kept stays.",
        ),
        *_time_off(facts),
    ]
    return kit.modal(
        "Rep settings", Form.REP_SETTINGS, blocks, Metadata(rep=rep.slack_id), submit="Save"
    )


def read_rep_form(state: Mapping[str, Any], before: RepForm) -> RepForm:
    """What the form holds; the start date as `before` where it was emptied."""
    fields = Fields(state)
    chosen = {component: fields.chosen(component.value) for component in Component}
    read = {component: read_days(value) for component, value in chosen.items() if value}
    return RepForm(
        joined_on=fields.day("joined_on") or before.joined_on,
        left_on=fields.day("left_on"),
        first_line=fields.text("first_line"),
        cadences={component: cadence for component, cadence in read.items() if cadence},
        new_on_team=parse_new(fields, before=before.new_on_team),
    )


def build_time_off_form(name: str, metadata: Metadata) -> View:
    """Days away, from the day on that the metadata names."""
    first = date.fromisoformat(metadata.day) if metadata.day else None
    blocks: list[Block] = [
        kit.section(f"When is {kit.bold(name)} away?"),
        kit.field("starts_on", "From", kit.date_input(first)),
        kit.field(
            "ends_on",
            "To",
            kit.date_input(),
            optional=True,
            hint="The last day away. Empty while nobody knows.",
        ),
    ]
    return kit.modal("Time off", Form.TIME_OFF, blocks, metadata, submit="Save")


def parse_time_off(state: Mapping[str, Any]) -> tuple[date, date | None]:
    """First and last day away. The first is there: Slack does not send the form without it."""
    fields = Fields(state)
    starts_on = fields.day("starts_on")
    assert starts_on is not None
    return starts_on, fields.day("ends_on")


def _cadence_field(component: Component, facts: RepView, form: RepForm) -> InputBlock:
    usual = facts.team.settings.cadences[component]
    said = in_words(component, usual) or f"{days(usual)} {UNITS[component]}"
    own = form.cadences.get(component)
    entries = [
        (f"As the team: {said}", AS_THE_TEAM),
        *cadence_choices(component, [own] if own and not in_words(component, own) else []),
    ]
    element = kit.choice(entries, days(own) if own else AS_THE_TEAM)
    return kit.field(component.value, LABELS[component], element)


def _time_off(facts: RepView) -> list[Block]:
    rep, name = facts.membership.rep.slack_id, facts.membership.rep.name
    # Who is welcomed back was off until a few days ago: the list names that as its source.
    since = facts.today - JUST_OVER
    coming = [off for off in facts.time_off if off.ends_on is None or off.ends_on >= since]
    blocks: list[Block] = [kit.section("*Time off*" if coming else "*Time off*: none planned")]
    for off in coming[:MOST_TIME_OFF]:
        span = _span(off, facts.today)
        if off.team_id is None:
            blocks.append(kit.section(f"{span} · entered by {kit.escape(name)}"))
            continue
        value = Metadata(rep=rep, subject=off.id)
        remove = kit.button("Remove", TeamAction.REMOVE_TIME_OFF, value)
        blocks.append(kit.section(span, remove))
    more = len(coming) - MOST_TIME_OFF
    if more > 0:
        blocks.append(kit.context(f"And {more} later."))
    add = kit.button("Add time off", TeamAction.ADD_TIME_OFF, Metadata(rep=rep))
    passes = kit.button("Pass to another manager", HandoverAction.REP, Metadata(rep=rep))
    pack = pack_button(rep=facts.membership.rep)
    return [*blocks, kit.actions([add, passes, pack])]


def _span(off: TimeOff, today: date) -> str:
    first = kit.date_words(off.starts_on, today)
    if off.ends_on is None:
        return f"From {first}, until further notice"
    if off.ends_on == off.starts_on:
        return first
    return f"{first} to {kit.date_words(off.ends_on, today)}"
