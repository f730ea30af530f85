"""The words of touches logged in one line: `@rep call yesterday about the Acme renewal`."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.contacts.typed_text import as_typed
from bot.domain.workspaces.names import PERSON_MENTION
from bot.domain.workspaces.words import Line, bare, behind_person

EARLIEST_DAY = date(2000, 1, 1)
"""The first day a touch can be logged on: an older one is a slip in the year."""

ABOUT_LIMIT = 3000
"""Characters of `about`: what Slack's plain text input holds, so that a touch logged in one line
can be edited in the form. Source:
https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element"""


MOST_REPS = 10
"""People whom one line logs a touch with: a table in a restaurant. More is a meeting."""


class Channel(StrEnum):
    """How manager and rep were in contact; the value is the word people type and read."""

    CALL = "call"
    EMAIL = "email"
    VOICEMAIL = "voicemail"
    CHAT = "chat"
    VIDEO = "video"
    IN_PERSON = "in person"


class TouchLineProblem(StrEnum):
    """Why a line was not understood."""

    NO_REP = "no rep"
    """The line does not begin with a person."""
    UNKNOWN_REP = "unknown rep"
    """The line begins with an @word that is no person: a name Slack did not find, or a group."""
    FUTURE_DAY = "future day"
    """The day is after today."""
    IMPOSSIBLE_DAY = "impossible day"
    """The day is not in the calendar, such as 2026-02-30."""
    TOO_LONG_AGO = "too long ago"
    """The day is before `EARLIEST_DAY`."""
    TOO_LONG_TEXT = "too long text"
    """What it was about is longer than `ABOUT_LIMIT`."""
    TOO_MANY_REPS = "too many reps"
    """More than `MOST_REPS` at once."""


class TouchLineError(ValueError):
    """A line that cannot be logged as it stands.

    `kind` says why. `word` is the word at fault as the person typed it; empty when nothing was
    typed, and for `TOO_LONG_TEXT` and `TOO_MANY_REPS`, where no single word is at fault.
    """

    def __init__(self, kind: TouchLineProblem, word: str) -> None:
        # The message leaves the word out: what people type does not belong in a log line.
        super().__init__(kind.value)
        self.kind = kind
        self.word = word


@dataclass(frozen=True)
class TouchLine:
    """What a manager said in one line.

    `rep_ids` are Slack user ids, each once, `channel` is None when none was given (it is never
    guessed), `occurred_on` is a day in the manager's zone, and `about` is what else was typed, or
    "".
    """

    rep_ids: tuple[str, ...]
    channel: Channel | None
    occurred_on: date
    about: str


@dataclass(frozen=True)
class Reworded:
    """What a form says now of something that was raised in a touch before: `promise` is its id,
    `what` "" where it was not raised after all."""

    promise: int
    what: str
    due_on: date | None
    between_us: bool


@dataclass(frozen=True)
class TouchEntry:
    """What a manager says of a touch, in whatever way. `rep` is a Slack user id; `raised` is what
    the rep raised in it, "" for nothing, `raised_due` when the manager will have seen to it, and
    `between_us` whether it is for the two of them alone. `reworded` is what was kept before.
    """

    rep: str
    channel: Channel | None
    day: date
    about: str
    raised: str = ""
    raised_due: date | None = None
    between_us: bool = False
    reworded: tuple[Reworded, ...] = ()


_CHANNEL_WORDS = {
    **{channel.value: channel for channel in Channel},
    bare("e-mail"): Channel.EMAIL,
}
"""By bare word: `in-person` is `in person` there."""

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_ISO_DAY = re.compile(r"([0-9]{4}) ([0-9]{2}) ([0-9]{2})")
_WORD = re.compile(r"(?:<[^<>]*>|\S)+")
_ONE_MORE = re.compile(rf"(?:\s|,|&amp;|\band\b)*{PERSON_MENTION.pattern}", re.IGNORECASE)
"""Another person in the row: `@ada, @ben and @sam`, `@ada & @ben`."""


def parse_touch_line(raw: str, today: date) -> TouchLine:
    """Read the text of `/touch`.

    `raw` is the command's text as Slack sends it, escaped (`should_escape: true`); `today` is the
    day in the manager's zone and stands for the day when none was given. The rep comes first, or
    several, with nothing but blanks, commas, `&` or `and` between them.
    A channel and a day are understood directly after the rep, in any order, or one of them as the
    last word where it was not given after the rep, whatever stands around them (`*call*`,
    `today.`); anywhere else they are part of the text, which is kept exactly as typed but for outer
    white space.

    Raises `TouchLineError`, and nothing else for any `raw`. A day that cannot be logged is an
    error where a day is understood, so that nothing is logged on a wrong day.
    """
    reps, end = reps_of_line(raw)
    if not reps:
        raise _no_rep(raw)
    if len(reps) > MOST_REPS:
        raise TouchLineError(TouchLineProblem.TOO_MANY_REPS, "")
    given = _Given(today)
    line = Line(raw, end)
    while line.take_first(given.take):
        pass
    line.take_last(given.take)
    about = as_typed(line.rest).strip()
    if len(about) > ABOUT_LIMIT:
        raise TouchLineError(TouchLineProblem.TOO_LONG_TEXT, "")
    return TouchLine(reps, given.channel, given.day or today, about)


def reps_of_line(raw: str) -> tuple[tuple[str, ...], int]:
    """The people whom a line begins with (Slack ids, each once), and where its words begin."""
    reps: list[str] = []
    end = len(raw) - len(raw.lstrip())
    while (person := _ONE_MORE.match(raw, end) if reps else PERSON_MENTION.match(raw, end)) and (
        # What somebody is called within the text: "<@U2>'s idea".
        not reps or not raw[person.end() : person.end() + 1].strip(" \t\n.,;:!&")
    ):
        reps.append(person["id"])
        end = person.end()
    return tuple(dict.fromkeys(reps)), behind_person(raw, end) if reps else 0


def read_day(word: str, today: date) -> date | None:
    """The day a word names, or None when it is not a word for a day.

    `today`, `yesterday`, `monday` … `sunday` (the last one before today, so that on a Monday
    `monday` is seven days ago) or `YYYY-MM-DD`, as `bare` reads words. `today` is the day in the
    zone of whoever typed the word.

    Raises `TouchLineError` for a `YYYY-MM-DD` that is impossible, after today or before
    `EARLIEST_DAY`.
    """
    name = bare(word)
    if name == "today":
        return today
    if name == "yesterday":
        return today - timedelta(days=1)
    if name in _WEEKDAYS:
        days_ago = (today.weekday() - _WEEKDAYS.index(name)) % 7 or 7
        return today - timedelta(days=days_ago)
    written = _ISO_DAY.fullmatch(name)
    if not written:
        return None
    word = "-".join(written.groups())
    try:
        day = date.fromisoformat(word)
    except ValueError:
        raise TouchLineError(TouchLineProblem.IMPOSSIBLE_DAY, word) from None
    if day > today:
        raise TouchLineError(TouchLineProblem.FUTURE_DAY, word)
    if day < EARLIEST_DAY:
        raise TouchLineError(TouchLineProblem.TOO_LONG_AGO, word)
    return day


def read_channel(word: str) -> Channel | None:
    """The channel that a word names, as `bare` reads words; None where it names none."""
    return _CHANNEL_WORDS.get(bare(word))


@dataclass
class _Given:
    """The channel and the day found so far; each is taken once."""

    today: date
    channel: Channel | None = None
    day: date | None = None

    def take(self, word: str) -> bool:
        """Keep the channel or day that `word` names, if that is still wanted."""
        if self.channel is None:
            self.channel = read_channel(word)
            if self.channel is not None:
                return True
        if self.day is None:
            self.day = read_day(word, self.today)
            return self.day is not None
        return False


def _no_rep(raw: str) -> TouchLineError:
    first = _WORD.search(raw)
    word = as_typed(first.group()).strip() if first else ""
    if word.startswith("@") and word != "@":
        return TouchLineError(TouchLineProblem.UNKNOWN_REP, word)
    return TouchLineError(TouchLineProblem.NO_REP, word)
