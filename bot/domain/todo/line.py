"""The words after `/todo`: which week, and an issue of the day in one line."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.contacts.typed_text import as_typed
from bot.domain.team.calendar import DAYS, USUAL, WorkingCalendar
from bot.domain.todo.lists import ISSUE_LIMIT
from bot.domain.todo.reasons import IssueEntry
from bot.domain.workspaces.words import Line, bare


class TodoCommand(StrEnum):
    """What can be asked for."""

    THIS_WEEK = "this week"
    NEXT_WEEK = "next week"
    ISSUES = "issues"
    AWAY = "away"
    HELP = "help"


class TodoLineProblem(StrEnum):
    """Why a line was not understood."""

    UNKNOWN = "unknown"
    """It begins with a word that asks for nothing."""
    NO_TEXT = "no text"
    """An issue without words of its own."""
    PAST_DAY = "past day"
    """The last day of the issue is before today."""
    IMPOSSIBLE_DAY = "impossible day"
    """The day is not in the calendar, such as 2026-02-30."""
    TOO_LONG_TEXT = "too long text"
    """The issue is longer than `ISSUE_LIMIT`."""


class TodoLineError(ValueError):
    """A line that asks for nothing that can be done. `kind` says why; `word` is what is at fault,
    as typed, or "" where no single word is."""

    def __init__(self, kind: TodoLineProblem, word: str) -> None:
        # The message leaves the word out: what people type does not belong in a log line.
        super().__init__(kind.value)
        self.kind = kind
        self.word = word


_ISO_DAY = re.compile(r"([0-9]{4}) ([0-9]{2}) ([0-9]{2})")
_WEEKDAYS = tuple(map(bare, DAYS))
_ISSUE = "issue"
_COMMANDS = {
    "": TodoCommand.THIS_WEEK,
    "this": TodoCommand.THIS_WEEK,
    "this week": TodoCommand.THIS_WEEK,
    "next": TodoCommand.NEXT_WEEK,
    "next week": TodoCommand.NEXT_WEEK,
    _ISSUE: TodoCommand.ISSUES,
    "issues": TodoCommand.ISSUES,
    "away": TodoCommand.AWAY,
    "help": TodoCommand.HELP,
    "issue help": TodoCommand.HELP,
}


def parse_todo_line(
    raw: str, today: date, calendar: WorkingCalendar = USUAL
) -> TodoCommand | IssueEntry:
    """Read the text of `/todo`, as Slack sends it; `today` is the day in the manager's zone,
    and `calendar` says when the team works.

    An issue is everything after `issue`, kept exactly as typed but for outer white space. It ends
    on the day after a last `until`, else on the last working day of the week; what follows `until`
    and is no word for a day is text. Raises `TodoLineError`, and nothing else for any `raw`.
    """
    typed = as_typed(raw)
    asked = read_todo_command(typed)
    if asked is not None:
        return asked
    line = Line(typed)
    if not line.take_first(_ISSUE.__eq__):
        raise TodoLineError(TodoLineProblem.UNKNOWN, typed.strip())
    until = _Until(today)
    line.take_last(until.take)
    ends_on, text = until.day, line.rest
    if not text:
        raise TodoLineError(TodoLineProblem.NO_TEXT, "")
    if len(text) > ISSUE_LIMIT:
        raise TodoLineError(TodoLineProblem.TOO_LONG_TEXT, "")
    return IssueEntry(text, today, ends_on or calendar.end_of_week(today))


def read_todo_command(typed: str) -> TodoCommand | None:
    """What those words ask for; None where they are no command of `/todo`."""
    return _COMMANDS.get(bare(typed)) if bare(typed) or not typed.strip() else None


@dataclass
class _Until:
    """The day after a last `until`."""

    today: date
    day: date | None = None

    def take(self, words: str) -> bool:
        until, _, word = words.partition(" ")
        self.day = read_coming_day(word, self.today) if until == "until" and word else None
        return self.day is not None


def read_coming_day(word: str, today: date) -> date | None:
    """The day a word names, or None when it is not a word for a day.

    `today`, `tomorrow`, `monday` … `sunday` (the next one, today included) or `YYYY-MM-DD`, as
    `bare` reads words. Raises `TodoLineError` for a `YYYY-MM-DD` that is impossible or before
    today.
    """
    name = bare(word)
    if name == "today":
        return today
    if name == "tomorrow":
        return today + timedelta(days=1)
    if name in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(name) - today.weekday()) % 7)
    written = _ISO_DAY.fullmatch(name)
    if not written:
        return None
    word = "-".join(written.groups())
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise TodoLineError(TodoLineProblem.IMPOSSIBLE_DAY, word) from None
    if day < today:
        raise TodoLineError(TodoLineProblem.PAST_DAY, word)
    return day
