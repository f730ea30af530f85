"""Issues of the day: the form, those that stand, and one that was set."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.team.calendar import WorkingCalendar
from bot.domain.todo.lists import ISSUE_LIMIT, IssuesView
from bot.domain.todo.reasons import IssueEntry, IssueOfTheDay
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import Message, View
from bot.views.todo.round_up import ended_blocks, page_button, quoted

MOST_ISSUES = 20
FRAME_ROOM = 300
"""What stands below the issues: how many more there are, and the button."""


def build_issue_form(
    text: str,
    starts_on: date | None,
    ends_on: date | None,
    metadata: Metadata,
    today: date,
    calendar: WorkingCalendar,
) -> View:
    """The form of an issue of the day, filled with what is known of it: else it is of this week."""
    first = starts_on or today
    words = kit.text_input(
        initial=text[:ISSUE_LIMIT],
        limit=ISSUE_LIMIT,
        placeholder="price change on 1 January",
    )
    blocks: list[Block] = [
        kit.field(
            "text",
            "What is it?",
            words,
            hint="One more reason to talk to each rep, quoted as you type it.",
        ),
        kit.field("starts_on", "From", kit.date_input(first)),
        kit.field("ends_on", "Until", kit.date_input(ends_on or calendar.end_of_week(first))),
    ]
    return kit.modal("Issue of the day", Form.TODO_ISSUE, blocks, metadata, submit="Set it")


def parse_issue_form(state: Mapping[str, Any]) -> IssueEntry:
    """What the form says. The days are there: Slack does not send the form without them."""
    fields = Fields(state)
    starts_on, ends_on = fields.day("starts_on"), fields.day("ends_on")
    assert starts_on is not None
    assert ends_on is not None
    return IssueEntry(fields.text("text").strip(), starts_on, ends_on)


def build_issues(facts: IssuesView) -> Message:
    """The issues of the day that stand, each with what was said to it and a way to end it; and the
    round-ups of those that are over."""
    over = ended_blocks(facts.ended)
    if not facts.issues:
        words = "No issue of the day. Set one, and it is one more reason to talk to each rep."
        return kit.message(words, [kit.section(words), kit.actions([_new("Set one")]), *over])
    blocks: list[Block] = []
    shown, room = 0, kit.MESSAGE_ROOM - FRAME_ROOM - kit.weight(over)
    for issue in facts.issues[:MOST_ISSUES]:
        row = _row(issue, facts.today)
        room -= kit.weight(row)
        if room < 0:
            break
        blocks += row
        shown += 1
    more = len(facts.issues) - shown
    if more > 0:
        blocks.append(kit.context(f"And {more} later."))
    blocks.append(kit.actions([_new("Set another")]))
    return kit.message("Issues of the day", [*blocks, *over])


def _row(issue: IssueOfTheDay, today: date) -> list[Block]:
    words = kit.section(f"Issue of the day: {_words(issue, today)}")
    return [words, kit.actions([page_button(issue), _end(issue)])]


def build_issue_set(issue: IssueOfTheDay, today: date, tag: str = "") -> Message:
    """An issue that was set just now, with the way back; of that tag of the market page."""
    words = f"Set: {_words(issue, today)}. It is one more reason to talk to each of your reps."
    if tag:
        words += (
            f" The market page has {kit.bold(tag)} as your issue; the agenda is still open to it."
        )
    return kit.message("Issue of the day set", [kit.section(words, _end(issue))])


def _words(issue: IssueOfTheDay, today: date) -> str:
    said = quoted(issue)
    if issue.starts_on > today:
        return f"{said}, {kit.span_words(issue.starts_on, issue.ends_on, today)}"
    return f"{said}, until {kit.day_words(issue.ends_on, today)}"


def _end(issue: IssueOfTheDay) -> Any:
    value = Metadata(subject=issue.id)
    return kit.button("End it", TodoAction.ISSUE_END, value, spoken=f"End it: {issue.text}")


def _new(label: str) -> Any:
    return kit.button(label, TodoAction.ISSUE_NEW)
