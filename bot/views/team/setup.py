"""Setting up a team, step by step: reps, a line for each, the meeting, the Monday time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import time
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationSelectElement,
    InputBlock,
    UserMultiSelectElement,
)

from bot.domain.contacts.typed_text import listed
from bot.domain.team.calendar import DAYS
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import FIRST_LINE_LIMIT, Membership, Team, TeamView
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.words import code
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, TeamAction, TouchAction
from bot.views.block_kit.kit import Message, View
from bot.views.team.ramp import who_is_new_field

WIZARD = "wizard"
"""The step in the metadata of a form that goes on to the next one when it is sent."""

MOST_LINES = 90
"""Lines on one form: a modal takes a hundred blocks
(https://docs.slack.dev/reference/block-kit/blocks)."""

LINE = "line:"
LATER = "Finish later"
PROPOSED_DAYS, PROPOSED_TIME = (0,), time(9)
"""When a team meets that has not said yet: what most would choose is there already."""
PROPOSED = "proposed"
"""In the metadata of a form that proposes that."""
WEEKDAYS = [(name, str(number)) for number, name in enumerate(DAYS)]

USAGE = (
    "*Your team*\n"
    "`/team` sets your team up, or changes it: reps, meeting, to-do time, how often.\n"
    "`/team @rep` adds one rep.\n"
    "`/touch @rep` logs a contact. `/binder @rep` shows what is kept."
)


def build_reps_step(chosen: Sequence[str], metadata: Metadata) -> View:
    """Who is on the team, by Slack id."""
    words = (
        "Choose the people who report to you. They hear nothing yet: you see that message first."
    )
    blocks: list[Block] = [kit.section(words), reps_field(chosen)]
    return kit.modal("Add your reps", Form.TEAM_REPS, blocks, metadata, submit="Next")


def reps_field(chosen: Sequence[str]) -> InputBlock:
    """People to choose, anyone in Slack."""
    return kit.field("reps", "Reps", UserMultiSelectElement(initial_users=list(chosen) or None))


def parse_reps(state: Mapping[str, Any]) -> tuple[str, ...]:
    """The Slack ids of the chosen people."""
    return tuple(Fields(state).people("reps"))


def build_lines_step(
    members: Sequence[Membership],
    metadata: Metadata,
    *,
    asked: str = "",
    settings_too: bool = False,
    came_later: bool = False,
) -> View:
    """One line for each of these reps; of a very large team the first who have none yet.

    `came_later`: they join a team that is there already, and somebody may be new in the job.
    `asked`: what is said of those who were named and are not on the team yet, as mrkdwn.
    `settings_too` offers the whole team form as well.
    """
    chosen = members
    if len(members) > MOST_LINES:
        chosen = [member for member in members if not member.first_line][:MOST_LINES]
    hello = kit.section(
        "*What are they working on, or what did you promise them?*\n"
        "A few words each, as many as you like to give. They are your first reasons to get "
        "in touch; your reps don't see them."
    )
    blocks: list[Block] = [
        *([kit.section(asked)] if asked else []),
        *([hello] if chosen else []),
        *[_line(member) for member in chosen],
        *([who_is_new_field(members)] if came_later else []),
        *_all_settings(settings_too),
    ]
    return kit.modal(
        "A line for each", Form.TEAM_LINES, blocks, metadata, submit="Next", close=LATER
    )


def _line(member: Membership) -> InputBlock:
    element = kit.text_input(initial=member.first_line, limit=FIRST_LINE_LIMIT)
    return kit.field(f"{LINE}{member.rep.slack_id}", member.rep.name, element, optional=True)


def parse_lines(state: Mapping[str, Any]) -> dict[str, str]:
    """The lines by the rep's Slack id."""
    fields = Fields(state)
    return {
        name.removeprefix(LINE): fields.text(name)
        for name in fields.names()
        if name.startswith(LINE)
    }


def build_meeting_step(
    team: Team, metadata: Metadata, proposed: str | None, *, settings_too: bool = False
) -> View:
    """Where and when the team meets, and which public holidays count; `proposed` is a country that
    suits. `settings_too` offers the whole team form as well."""
    settings = team.settings
    if settings.channel is None and not settings.meeting_days:
        settings = replace(settings, meeting_days=PROPOSED_DAYS, meeting_time=PROPOSED_TIME)
        metadata = replace(metadata, text=PROPOSED)
    blocks: list[Block] = [
        kit.section("Same time, same channel: where and when does your team meet?"),
        *meeting_fields(settings, team.meeting_zone_name),
        country_field(team.settings.country or proposed),
        *_all_settings(settings_too),
    ]
    return _step("Set your meeting", Form.TEAM_MEETING, blocks, metadata)


def meeting_fields(settings: TeamSettings, zone: str | None) -> list[InputBlock]:
    """The team's channel, and day and time of its meeting. All may stay empty."""
    channel = ConversationSelectElement(
        initial_conversation=settings.channel,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    day = str(settings.meeting_days[0]) if settings.meeting_days else None
    return [
        kit.field("channel", "Team channel", channel, optional=True),
        kit.field("meeting_day", "Meeting day", kit.choice(WEEKDAYS, day), optional=True),
        kit.field(
            "meeting_time",
            "Meeting time",
            kit.time_input(settings.meeting_time),
            optional=True,
            hint=f"On the clock of {city(zone)}." if zone else None,
        ),
    ]


def country_field(country: str | None) -> InputBlock:
    """Whose public holidays count."""
    return kit.field(
        "country",
        "Public holidays of",
        kit.text_input(initial=country or "", limit=10),
        optional=True,
        hint="A country, or one of its regions: DE, or DE-BY for Bavaria.",
    )


def parse_country(state: Mapping[str, Any]) -> str | None:
    """The country or region, as it is written, known or not; None for none."""
    return code(Fields(state).text("country")) or None


def parse_meeting(
    state: Mapping[str, Any], before: TeamSettings | None = None
) -> dict[str, object]:
    """Changes of the team's settings. A team that meets on several days is asked for the first
    alone: while that stays, so do the others."""
    fields = Fields(state)
    typed = fields.chosen("meeting_day")
    days = (int(typed),) if typed else ()
    stays = before is not None and days == before.meeting_days[:1]
    return {
        "channel": fields.conversation("channel"),
        "meeting_days": before.meeting_days if before and stays else days,
        "meeting_time": fields.time("meeting_time"),
    }


def parse_meeting_step(state: Mapping[str, Any], metadata: Metadata) -> dict[str, object]:
    """Changes of the team's settings. Without a channel, the day and time that were proposed are no
    meeting: nobody chose any of it."""
    changes = parse_meeting(state)
    proposed = (None, PROPOSED_DAYS, PROPOSED_TIME)
    found = (changes["channel"], changes["meeting_days"], changes["meeting_time"])
    if metadata.text == PROPOSED and found == proposed:
        return {**changes, "meeting_days": (), "meeting_time": None}
    return changes


def build_monday_step(team: Team, metadata: Metadata, *, settings_too: bool = False) -> View:
    """When the manager's to-do list comes. `settings_too` offers the whole team form as well."""
    blocks: list[Block] = [
        kit.section("Your to-do list has a place for every rep. When should it come each week?"),
        *monday_fields(team.settings, team.manager_zone_name),
        *_all_settings(settings_too),
    ]
    return _step("Pick your Monday time", Form.TEAM_MONDAY, blocks, metadata)


def monday_fields(settings: TeamSettings, zone: str | None) -> list[InputBlock]:
    """Day and time of the to-do list."""
    return [
        kit.field("todo_day", "To-do day", kit.choice(WEEKDAYS, str(settings.todo_day))),
        kit.field(
            "todo_time",
            "To-do time",
            kit.time_input(settings.todo_time),
            hint=f"On your own clock, {city(zone)}." if zone else None,
        ),
    ]


def parse_monday(state: Mapping[str, Any]) -> dict[str, object]:
    """Changes of the team's settings; what is empty while the form is open stays the default."""
    fields = Fields(state)
    default = TeamSettings()
    return {
        "todo_day": int(fields.chosen("todo_day") or default.todo_day),
        "todo_time": fields.time("todo_time") or default.todo_time,
    }


def build_set_up(facts: TeamView) -> View:
    """The end of the steps, where there is nobody left to introduce."""
    settings = facts.team.settings
    words = (
        f"Your team is set up. Your to-do list comes on {DAYS[settings.todo_day]} "
        f"at {kit.time_words(settings.todo_time)}.\n"
        "`/touch @rep call about the renewal` logs a contact. `/team` changes all of this."
    )
    return kit.modal("All set", Form.READ_ONLY, [kit.section(words)], close="Close")


def half_way_blocks(facts: TeamView) -> list[Block]:
    """On Home, where setting up stopped half-way: the way on."""
    if not facts.active or not facts.is_half_way:
        return []
    words = (
        "Setting up your team is half done. Your list comes all the same, and nobody but you hears "
        "from me yet."
    )
    return [kit.section(words, kit.button("Go on", TeamAction.GO_ON, style="primary"))]


def build_offer_to_add(rep: Person) -> Message:
    """Someone who could be on the team, and is not."""
    add = kit.button("Add to my team", TouchAction.ADD_REP, Metadata(rep=rep.slack_id))
    words = f"{kit.bold(rep.name)} is not on your team."
    return kit.message("Not on your team yet", [kit.section(words), kit.actions([add])])


def build_already_there(rep: Person) -> Message:
    """Someone who is on the team."""
    settings = kit.button("Settings", TeamAction.REP_SETTINGS, Metadata(rep=rep.slack_id))
    words = f"{kit.bold(rep.name)} is on your team."
    return kit.message("On your team already", [kit.section(words), kit.actions([settings])])


def build_not_understood() -> Message:
    """Words after `/team` that mean nothing."""
    return kit.message(f"I did not understand that. Nothing was changed.\n\n{USAGE}")


def names_in_words(names: Sequence[str]) -> str:
    """Sam Stone, Lena Fox and Raj Rao; escaped."""
    return listed([kit.escape(name) for name in names])


def city(zone: str | None) -> str:
    """A zone as people call it: Berlin, New York."""
    return (zone or "UTC").rsplit("/", 1)[-1].replace("_", " ")


def _step(title: str, form: Form, blocks: Sequence[Block], metadata: Metadata) -> View:
    in_wizard = metadata.step == WIZARD
    submit, close = ("Next", LATER) if in_wizard else ("Save", "Cancel")
    return kit.modal(title, form, blocks, metadata, submit=submit, close=close)


def _all_settings(offered: bool) -> list[Block]:
    return [kit.actions([kit.button("All settings", TeamAction.SETTINGS)])] if offered else []
