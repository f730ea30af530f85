"""The words after `/todo`: which week, and an issue of the day in one line."""

import re
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.contacts.typed_text import as_typed
from bot.domain.team.calendar import DAYS, USUAL, WorkingCalendar
from bot.domain.todo.lists import ISSUE_LIMIT
from bot.domain.todo.reasons import IssueEntry


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


_WORD = re.compile(r"\S+")
_ISO_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_WEEKDAYS = tuple(day.lower() for day in DAYS)
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
    words = list(_WORD.finditer(typed))
    asked = _COMMANDS.get(" ".join(word.group().lower() for word in words))
    if asked is not None:
        return asked
    if words[0].group().lower() != _ISSUE:
        raise TodoLineError(TodoLineProblem.UNKNOWN, typed.strip())
    del words[0]
    ends_on = None
    if len(words) > 1 and words[-2].group().lower() == "until":
        ends_on = read_coming_day(words[-1].group(), today)
        if ends_on is not None:
            del words[-2:]
    if not words:
        raise TodoLineError(TodoLineProblem.NO_TEXT, "")
    text = typed[words[0].start() : words[-1].end()]
    if len(text) > ISSUE_LIMIT:
        raise TodoLineError(TodoLineProblem.TOO_LONG_TEXT, "")
    return IssueEntry(text, today, ends_on or calendar.end_of_week(today))


def read_coming_day(word: str, today: date) -> date | None:
    """The day a word names, or None when it is not a word for a day.

    `today`, `tomorrow`, `monday` … `sunday` (the next one, today included) in any case, or
    `YYYY-MM-DD`. Raises `TodoLineError` for a `YYYY-MM-DD` that is impossible or before today.
    """
    name = word.lower()
    if name == "today":
        return today
    if name == "tomorrow":
        return today + timedelta(days=1)
    if name in _WEEKDAYS:
        return today + timedelta(days=(_WEEKDAYS.index(name) - today.weekday()) % 7)
    if not _ISO_DAY.fullmatch(word):
        return None
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise TodoLineError(TodoLineProblem.IMPOSSIBLE_DAY, word) from None
    if day < today:
        raise TodoLineError(TodoLineProblem.PAST_DAY, word)
    return day
