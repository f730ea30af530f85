"""Team meetings: the series and its sections, one meeting moved, who leads one skill, and what
became of an agenda that did not go out."""

from collections.abc import Mapping, Sequence
from datetime import date, datetime, time
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    ConversationFilter,
    ConversationSelectElement,
    RadioButtonsElement,
)

from bot.domain.contacts.typed_text import listed
from bot.domain.meetings.agenda import Agenda
from bot.domain.meetings.meetings import (
    LEADS,
    PLACE_LIMIT,
    TITLE_LIMIT,
    Meeting,
    SectionEntry,
    SeriesEntry,
)
from bot.domain.meetings.swaps import SwapState
from bot.domain.team.calendar import DAYS
from bot.domain.team.settings import Direction, OnHoliday, Section, Series, TeamSettings
from bot.domain.team.teams import Team
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, MeetingAction, Metadata
from bot.views.block_kit.kit import Message, View

WEEKDAYS = [(name, str(number)) for number, name in enumerate(DAYS)]
ON_HOLIDAY = [
    ("On the next working day", OnHoliday.MOVED.value),
    ("Not that time", OnHoliday.SKIPPED.value),
    ("Held all the same", OnHoliday.HELD.value),
]
LEAD_WORDS = {
    30: "Half an hour before",
    60: "An hour before",
    120: "Two hours before",
    240: "Four hours before",
    1440: "A day before",
}
DIRECTIONS = [
    ("Looking ahead", Direction.FORWARD.value),
    ("Looking back", Direction.REAR_VIEW.value),
]
SECTION_MENU = (
    ("Change", MeetingAction.SECTION_EDIT),
    ("Earlier", MeetingAction.SECTION_UP),
    ("Later", MeetingAction.SECTION_DOWN),
    ("Remove", MeetingAction.SECTION_REMOVE),
)


def rhythm_words(series: Series) -> str:
    """Mondays and Thursdays, 09:00; every 2 weeks where it is not every one."""
    days = listed([f"{DAYS[day]}s" for day in series.weekdays])
    every = series.meeting.every
    often = f", every {every} weeks" if every > 1 else ""
    return f"{days}, {kit.time_words(series.at)}{often}"


def when_words(at: datetime, meeting: Meeting, today: date, *, spread: bool) -> str:
    """When a meeting is, on the team's clock; where its people are `spread` over zones, on each
    reader's own too."""
    own = plain_when(meeting, today)
    if not spread:
        return own
    return f"{own} (<!date^{int(at.timestamp())}^{{date_short_pretty}} {{time}}|{own}> for you)"


def plain_when(meeting: Meeting, today: date) -> str:
    """When a meeting is, on the team's clock."""
    return f"{kit.date_words(meeting.day, today)}, {kit.time_words(meeting.at)}"


def agenda_when(agenda: Agenda) -> str:
    """When the meeting of an agenda is."""
    spread = agenda.is_spread
    return when_words(agenda.starts_at, agenda.meeting, agenda.today, spread=spread)


def build_series_form(settings: TeamSettings, zone: str) -> View:
    """All that goes for every meeting of the team. `zone` is what to call the team's."""
    meeting = settings.meeting
    days = CheckboxesElement(
        options=[kit.option(label, value) for label, value in WEEKDAYS],
        initial_options=[kit.option(*WEEKDAYS[day]) for day in settings.meeting_days] or None,
    )
    holiday = RadioButtonsElement(
        options=[kit.option(label, value) for label, value in ON_HOLIDAY],
        initial_option=next(
            kit.option(label, value) for label, value in ON_HOLIDAY if value == meeting.on_holiday
        ),
    )
    channel = ConversationSelectElement(
        initial_conversation=settings.channel,
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    leads = [(LEAD_WORDS[minutes], str(minutes)) for minutes in LEADS]
    blocks: list[Block] = [
        kit.field("channel", "Team channel", channel, optional=True),
        kit.field("days", "Meeting days", days, optional=True),
        kit.field(
            "at",
            "Meeting time",
            kit.time_input(settings.meeting_time),
            optional=True,
            hint=f"On the clock of {zone}.",
        ),
        kit.field(
            "every", "Every so many weeks", kit.text_input(initial=str(meeting.every), limit=2)
        ),
        kit.field("minutes", "Minutes", kit.text_input(initial=str(meeting.minutes), limit=3)),
        kit.field(
            "place",
            "Place",
            kit.text_input(
                initial=meeting.place, limit=PLACE_LIMIT, placeholder="Room 4, or a link"
            ),
            optional=True,
        ),
        kit.field("on_holiday", "On a public holiday", holiday),
        kit.field("lead", "The agenda goes out", kit.choice(leads, str(meeting.lead))),
        kit.actions([kit.button("Sections", MeetingAction.SECTIONS)]),
    ]
    return kit.modal("Team meeting", Form.SERIES, blocks, submit="Save")


def parse_series_form(state: Mapping[str, Any]) -> SeriesEntry:
    """What the form says; what is no number is 0."""
    fields = Fields(state)
    return SeriesEntry(
        channel=fields.conversation("channel"),
        weekdays=tuple(sorted(int(day) for day in fields.checked("days"))),
        at=fields.time("at"),
        every=_number(fields.text("every")),
        minutes=_number(fields.text("minutes")),
        place=fields.text("place").strip(),
        on_holiday=OnHoliday(fields.chosen("on_holiday") or OnHoliday.MOVED),
        lead=int(fields.chosen("lead") or LEADS[0]),
    )


def _number(typed: str) -> int:
    return int(typed.strip()) if typed.strip().isdecimal() else 0


def build_sections(team: Team) -> View:
    """The parts of every meeting, in order."""
    meeting = team.settings.meeting
    total = sum(section.minutes for section in meeting.sections)
    words = f"{total} minutes in all, of {meeting.minutes}."
    blocks: list[Block] = [kit.context(words)]
    for section in meeting.sections:
        back = " · looking back" if section.direction is Direction.REAR_VIEW else ""
        line = f"{kit.bold(section.title)} · {section.minutes} min{back}"
        entries = [
            (label, Metadata(text=section.key, step=action.value).pack())
            for label, action in SECTION_MENU
        ]
        blocks.append(kit.section(line, kit.menu(MeetingAction.SECTION_MENU, entries)))
    blocks.append(kit.actions([kit.button("Add a section", MeetingAction.ADD_SECTION)]))
    return kit.modal("Sections", Form.SECTIONS, blocks, close="Close")


def build_section_form(section: Section | None, form: str) -> View:
    """One section; None for a new one. `form` names it: it comes in the place of the list, since
    Slack lays no more than three modals on each other, and the list comes in its place."""
    here = Metadata(text=section.key if section else "", form=form)
    direction = section.direction.value if section else Direction.FORWARD.value
    blocks = [
        kit.field(
            "title",
            "Title",
            kit.text_input(initial=section.title if section else "", limit=TITLE_LIMIT),
        ),
        kit.field(
            "minutes",
            "Minutes",
            kit.text_input(initial=str(section.minutes if section else 5), limit=3),
        ),
        kit.field("direction", "It is", kit.choice(DIRECTIONS, direction)),
    ]
    return kit.modal("Section", Form.SECTION, blocks, here, submit="Save")


def parse_section_form(state: Mapping[str, Any]) -> SectionEntry:
    """What the form says."""
    fields = Fields(state)
    return SectionEntry(
        title=" ".join(fields.text("title").split()),
        minutes=_number(fields.text("minutes")),
        direction=Direction(fields.chosen("direction") or Direction.FORWARD),
    )


def build_move_form(agenda: Agenda) -> View:
    """When one meeting is to be."""
    meeting = agenda.meeting
    blocks = [
        kit.context(f"It is planned for {plain_when(meeting, agenda.today)}. Its items go along."),
        kit.field("day", "Day", kit.date_input(meeting.day)),
        kit.field("at", "Time", kit.time_input(meeting.at)),
    ]
    here = Metadata(subject=meeting.id)
    return kit.modal("Move the meeting", Form.MEETING_MOVE, blocks, here, submit="Move")


def parse_move_form(state: Mapping[str, Any]) -> tuple[date, time]:
    """Day and time; both are there, or Slack does not send the form."""
    fields = Fields(state)
    day, at = fields.day("day"), fields.time("at")
    assert day is not None
    assert at is not None
    return day, at


def build_moved(agenda: Agenda) -> Message:
    """The answer, in place of the form."""
    return kit.message(f"Moved: the team meets {plain_when(agenda.meeting, agenda.today)}.")


def build_skill_note(agenda: Agenda, reader_id: int | None) -> Message:
    """To a rep: your turn to lead one skill; or no longer, where somebody else does."""
    meeting, leader = agenda.meeting, agenda.meeting.leader
    when = agenda_when(agenda)
    if leader is None or leader.id != reader_id or meeting.dropped is not None:
        words = f"One skill, {when}: not your turn this time after all."
        return kit.message("One skill: not your turn this time", [kit.section(words)])
    words = (
        f"It is your turn to lead *One skill* in the team meeting, {when}: something that works "
        "for you, shown to the others."
    )
    last = agenda.swap
    if agenda.asked is not None:
        words += f" {kit.bold(agenda.asked.name)} is asked to take it; until then it is yours."
    elif last is not None and last.state is SwapState.DECLINED:
        words += f" {kit.bold(last.asked.name)} cannot take it this time."
    swap = kit.button("Swap", MeetingAction.SWAP, Metadata(subject=meeting.id))
    blocks = [
        kit.section(words, swap),
        kit.context(
            f"Reps of {kit.escape(agenda.team.manager.name)}'s team take turns, and hear a week "
            "before."
        ),
    ]
    return kit.message("Your turn to lead One skill in the team meeting", blocks)


FAULTS = {
    "not_in_channel": "I am not in {channel} yet. Write `/invite @Windshield` there, then:",
    "channel_not_found": (
        "I cannot see {channel}: it is private, or gone. Invite me there with "
        "`/invite @Windshield`, or pick another channel."
    ),
    "is_archived": "{channel} is archived. Pick another channel, or bring it back, then:",
}
OTHER_FAULT = "Slack did not take it for {channel}; whoever runs Windshield finds why in its log."


def build_missing(agenda: Agenda, fault: str) -> Message:
    """The agenda did not go out, and why; or nobody knows: `fault` "" asks."""
    meeting = agenda.meeting
    here = Metadata(subject=meeting.id)
    channel = f"<#{agenda.team.settings.channel}>" if agenda.team.settings.channel else "a channel"
    when = plain_when(meeting, agenda.today)
    if not fault:
        words = (
            f"Did the agenda of your meeting, {when}, appear in {channel}? Slack's answer to me "
            "got lost."
        )
        buttons = [
            kit.button("Yes", MeetingAction.APPEARED, here),
            kit.button("No, post it", MeetingAction.POST_AGAIN, here),
        ]
        return kit.message("Did the agenda appear?", [kit.section(words), kit.actions(buttons)])
    why = FAULTS.get(fault, OTHER_FAULT).format(channel=channel)
    words = f"The agenda of your meeting, {when}, is not in the channel yet. {why}"
    buttons = [
        kit.button("Post it", MeetingAction.POST_AGAIN, here, style="primary"),
        kit.button("Team meeting", MeetingAction.SERIES),
    ]
    return kit.message(
        "The agenda is not in the channel yet", [kit.section(words), kit.actions(buttons)]
    )


def build_decided(agenda: Agenda, *, yes: bool) -> Message:
    """The answer to either."""
    when = plain_when(agenda.meeting, agenda.today)
    if yes:
        return kit.message(
            f"Good: the agenda of {when} is there. Press any button on it once, and I keep it up "
            "to date from then on."
        )
    return kit.message(f"The agenda of {when} goes out again in a moment.")


def channels_words(team: Team) -> str:
    """The team's channel as a link, or that there is none."""
    return f"<#{team.settings.channel}>" if team.settings.channel else "no channel yet"


def section_choices(sections: Sequence[Section]) -> list[tuple[str, str]]:
    """(title, key) of each."""
    return [(section.title, section.key) for section in sections]
