"""The team form: reps, meeting, to-do time, zone, holidays, period, and how often."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, InputBlock

from bot.domain.results.results import Metric, metric_key
from bot.domain.team.cadence import IN_WORDS, Cadence, Component, in_words, is_sensible
from bot.domain.team.settings import Period, TeamSettings
from bot.domain.team.teams import Team, TeamView
from bot.domain.workspaces.people import first_zone
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.zones import zone_named_by
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import (
    Form,
    HandoverAction,
    MeetingAction,
    RampAction,
    TeamAction,
    TopicAction,
)
from bot.views.block_kit.kit import View
from bot.views.block_kit.people import MOST_OPTIONS
from bot.views.team.pack import pack_button
from bot.views.team.setup import (
    city,
    country_field,
    meeting_fields,
    monday_fields,
    parse_country,
    parse_meeting,
    parse_monday,
    parse_reps,
    reps_field,
)

LABELS = {
    Component.SESSION: "Strategy sessions",
    Component.FIELD_DAY: "Field days",
    Component.CONTACT: "Contact",
}
UNITS = {
    Component.SESSION: "days",
    Component.FIELD_DAY: "days",
    Component.CONTACT: "working days",
}
PERIODS = [(period.value.capitalize(), period.value) for period in Period]
MORNING_LINE = "yes"
RAISED_LINE = "yes"
IN_DAYS = "_days"
"""What the name of a component's field ends in where the form asks for days, not for words."""


@dataclass(frozen=True)
class TeamForm:
    """What the team form holds: reps by Slack id, all settings as typed, and the lagging metrics
    (`metric_key`) that are to warn early; None where the form asks of none."""

    reps: tuple[str, ...]
    settings: TeamSettings
    warned_by: tuple[str, ...] | None = None


def form_of(facts: TeamView) -> TeamForm:
    """The form of a team as it stands. People who left Slack cannot be shown in it."""
    reps = [member.rep.slack_id for member in facts.members if member.rep.active]
    return TeamForm(tuple(reps), facts.team.settings)


def build_team_form(
    team: Team,
    form: TeamForm,
    lagging: Sequence[Metric] = (),
    *,
    waiting: int = 0,
    more: bool = False,
) -> View:
    """The form, holding `form`. `lagging` are the team's metrics that warn where they are chosen.

    `waiting` counts the reps who are still to be introduced; `more` asks for days, not for words.
    """
    settings = form.settings
    own_zone = first_zone(team.manager.zone)
    own = f"Empty: your own, {city(own_zone)}." if own_zone else "Slack knows none of yours."
    buttons: list[BlockElement] = [
        kit.button("Team meeting", MeetingAction.SERIES),
        kit.button("Session topics", TopicAction.OPEN),
        kit.button("New on the team", RampAction.OPEN),
        kit.button("Pass the team on", HandoverAction.TEAM),
        pack_button(),
    ]
    if not more:
        buttons.insert(0, kit.button("More", TeamAction.MORE))
    blocks: list[Block] = [
        *_introductions(waiting),
        reps_field(form.reps),
        *meeting_fields(settings, team.meeting_zone_name),
        *monday_fields(settings, own_zone or first_zone(settings.zone)),
        _morning_field(settings),
        _raised_field(settings),
        *_warned_field(lagging, form.warned_by),
        *[cadence_field(component, settings.cadences[component], more) for component in Component],
        kit.actions(buttons),
        kit.field(
            "zone",
            "Time zone of the team",
            kit.text_input(initial=settings.zone or "", limit=60),
            optional=True,
            hint=f"A city, such as Berlin or New York. {own}",
        ),
        country_field(settings.country),
        kit.field("period", "Results are counted by", kit.choice(PERIODS, settings.period)),
    ]
    return kit.modal("Your team", Form.TEAM_SETTINGS, blocks, submit="Save")


def _morning_field(settings: TeamSettings) -> InputBlock:
    """Whether a line with today's names is to come each morning."""
    tick = kit.tick(
        "A line with today's names, and the way to the list",
        MORNING_LINE,
        ticked=settings.morning_line,
    )
    return kit.field("morning_line", "Each morning", tick, optional=True)


def _raised_field(settings: TeamSettings) -> InputBlock:
    """Whether a line is to come when a rep raises something or asks for time."""
    tick = kit.tick(
        "A line at once; it is on your list either way",
        RAISED_LINE,
        ticked=settings.raised_line,
    )
    return kit.field("raised_line", "When a rep raises something", tick, optional=True)


def _warned_field(lagging: Sequence[Metric], chosen: Sequence[str] | None) -> list[InputBlock]:
    """Which results, and not what people do alone, bring early warnings; nothing where the team
    counts none."""
    if not lagging:
        return []
    keyed = {metric_key(one.name): one for one in sorted(lagging, key=lambda one: not one.chosen)}
    entries = [(one.name, key) for key, one in keyed.items() if len(key) <= kit.OPTION_VALUE_LIMIT]
    if chosen is None:
        chosen = [key for key, one in keyed.items() if one.chosen]
    several = kit.choices(entries[:MOST_OPTIONS], chosen, placeholder="None of them")
    hint = (
        "Visits, calls and the like warn anyway, as one of the reasons on your list. Few deals "
        "make a jumpy line: choose what there is enough of. What is counted later does not warn "
        "until you choose it here."
    )
    return [
        kit.field("warned_by", "Early warnings from these too", several, optional=True, hint=hint)
    ]


def read_team_form(state: Mapping[str, Any], before: TeamSettings) -> TeamForm:
    """What the form holds while it is open, sensible or not; `before` where nothing can be read."""
    fields = Fields(state)
    cadences = {
        component: _read_cadence(fields, component) or before.cadences[component]
        for component in Component
    }
    settings = replace(
        before,
        **parse_meeting(state, before),  # type: ignore[arg-type]
        **parse_monday(state),  # type: ignore[arg-type]
        morning_line=MORNING_LINE in fields.checked("morning_line"),
        raised_line=RAISED_LINE in fields.checked("raised_line"),
        zone=zone_named_by(fields.text("zone")),
        country=parse_country(state),
        period=Period(fields.chosen("period") or before.period),
        cadences=cadences,
    )
    warned_by = tuple(fields.checked("warned_by")) if fields.has("warned_by") else None
    return TeamForm(parse_reps(state), settings, warned_by)


def parse_team_form(state: Mapping[str, Any], before: TeamSettings) -> TeamForm:
    """What the form says. Raises BadField for days that make no sense."""
    fields = Fields(state)
    for component in Component:
        name = f"{component.value}{IN_DAYS}"
        if fields.has(name):
            found = _read_cadence(fields, component)
            if found is None or not is_sensible(found):
                raise BadField(name, FieldError.SENSELESS_CADENCE)
    return read_team_form(state, before)


def cadence_field(component: Component, cadence: Cadence, in_days: bool = False) -> InputBlock:
    """How often, to choose in words or to type in days: ideal and latest."""
    if not in_days:
        own = [] if in_words(component, cadence) else [cadence]
        entries = [*cadence_choices(component, own)]
        return kit.field(component.value, LABELS[component], kit.choice(entries, days(cadence)))
    return kit.field(
        f"{component.value}{IN_DAYS}",
        f"{LABELS[component]}, in {UNITS[component]}",
        kit.text_input(initial=days(cadence), limit=9),
        hint="Ideal and latest.",
    )


def cadence_choices(component: Component, own: Sequence[Cadence]) -> list[tuple[str, str]]:
    """(label, value) for each cadence in words, and for each of the team's `own`."""
    known = [(words.capitalize(), days(found)) for words, found in IN_WORDS[component].items()]
    made = [(f"Our own: {days(cadence)} {UNITS[component]}", days(cadence)) for cadence in own]
    return [*known, *made]


def days(cadence: Cadence) -> str:
    """Ideal and latest: 14/21."""
    return f"{cadence.ideal}/{cadence.latest}"


def read_days(typed: str) -> Cadence | None:
    """A cadence from what `days` wrote or a person typed; None for what is none."""
    ideal, slash, latest = (part.strip() for part in typed.partition("/"))
    if not (slash and _is_number(ideal) and _is_number(latest)):
        return None
    return Cadence(int(ideal), int(latest))


def _read_cadence(fields: Fields, component: Component) -> Cadence | None:
    typed = fields.text(f"{component.value}{IN_DAYS}") or fields.chosen(component.value)
    return read_days(typed) if typed else None


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= 4


def _introductions(waiting: int) -> list[Block]:
    if not waiting:
        return []
    words = "1 rep has" if waiting == 1 else f"{waiting} reps have"
    button = kit.button("See and send", TeamAction.INTRODUCE)
    return [kit.section(f"{words} not met Windshield yet.", button)]
