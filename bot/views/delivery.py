"""What a manager's Home tab says of messages that did not arrive."""

from collections.abc import Sequence
from datetime import date
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import Block

from bot.domain.delivery import NOT_MADE, MessageKind, NotArrived
from bot.domain.team.calendar import local_date
from bot.domain.workspaces.people import Person
from bot.slack_errors import DEACTIVATED
from bot.views.block_kit import kit

SHOWN = 3

WHAT = {
    MessageKind.TODO_LIST: ("the week's list", "It is on this page, and `/todo` shows it."),
    MessageKind.TODO_MORNING: ("the line with today's names", "`/todo` shows them."),
    MessageKind.SESSION_NOTE: ("the note before a session", "The binder has all of it."),
    MessageKind.SESSION_PREPARE: (
        "the note before a session",
        "*Prepare* is on their Home tab too.",
    ),
    MessageKind.RAISED: (
        "the line about what a rep raised",
        "*You owe* on this page has it, and so has the list.",
    ),
    MessageKind.INTRODUCTION: ("the introduction", "Their *Home* tab says the same."),
    MessageKind.MEMBERSHIP_ASK: (
        "the question about a rep of yours",
        "Home asks it too. Whoever runs Windshield can put a rep on a second team from a file.",
    ),
    MessageKind.MEMBERSHIP_TOLD: (
        "what came of a question about a rep of yours",
        "`/team` shows who is on your team.",
    ),
    MessageKind.STAND_IN_GONE: (
        "that who stands in for you cannot any more",
        "`/todo away` names somebody else.",
    ),
    MessageKind.MEETING_DRAFT: ("the draft of the agenda", "`/agenda` shows it."),
    MessageKind.MEETING_RECAP: ("the line under the agenda", "The agenda itself is the recap."),
    MessageKind.MEETING_DONE: (
        "the question what got done in the meeting",
        "*Take notes* under the agenda says so too.",
    ),
    MessageKind.MEETING_ASK: ("a question about the agenda", "`/agenda` shows how it stands."),
    MessageKind.MEETING_SKILL: ("the note about leading one skill", "The agenda names who does."),
    MessageKind.MEETING_SWAP: (
        "the question who takes a turn to lead one skill",
        "`/agenda` shows who does.",
    ),
    MessageKind.HANDOVER: (
        "what you offered to another manager",
        "Their *Home* tab asks it too.",
    ),
    MessageKind.HANDOVER_TOLD: ("what came of your offer", "`/team` shows who is on your team."),
    MessageKind.HANDED_OVER: (
        "who manages them now",
        "Their *Home* tab names you.",
    ),
    MessageKind.CLEARED: (
        "the question whether the team may be told what is done",
        "Without a yes it is not posted.",
    ),
    MessageKind.EXPORT: ("how far your binder is", "*Export* on this page shows it."),
    MessageKind.ACTIVITY_ASK: (
        "the weekly question for a save-it plan",
        "Their *Home* tab asks it too.",
    ),
}
"""What it was, and where it is to be found all the same."""


def not_arrived_lines(
    found: Sequence[NotArrived], manager: Person, zone: ZoneInfo, today: date
) -> list[Block]:
    """One line a message, the latest first; `zone` is the manager's own, `today` the day there."""
    blocks: list[Block] = []
    for one in [one for one in found if one.kind in WHAT][:SHOWN]:
        what, instead = WHAT[one.kind]
        day = kit.day_words(local_date(one.due_at, zone), today)
        reader = one.reader
        whom = "" if reader is None or reader.id == manager.id else f" for {kit.bold(reader.name)}"
        blocks.append(
            kit.section(f"Not delivered: {what}{whom}, {day}. {_why(one.fault)} {instead}")
        )
    return blocks


def _why(fault: str | None) -> str:
    if fault == NOT_MADE or fault is None:
        return "It could not be written; whoever runs Windshield finds why in its log."
    if fault == DEACTIVATED:
        return "They have left Slack."
    return "Slack did not take it; whoever runs Windshield finds why in its log."
