"""Forms that are half filled in: what is typed in each step, as it is typed."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, time, timedelta
from enum import StrEnum
from typing import TypeAlias

from bot.domain.workspaces.people import Person

KEPT_FOR = timedelta(days=90)
"""A form that nobody has touched for a quarter of a year is not coming back: whoever is away for
long, on leave say, still finds it. That a form was logged or discarded is remembered as long: no
modal stays open that long."""

ONE_STEP = "form"
"""The step of a form that has no others."""

Values: TypeAlias = Mapping[str, str | list[str]]


class DraftKind(StrEnum):
    """The forms that are saved as one types."""

    SESSION = "session"
    FIELD_DAY = "field_day"
    PREPARATION = "preparation"
    CLEARED = "cleared"


@dataclass(frozen=True)
class Typed:
    """What the fields of a step hold, by their names: text, a chosen value or an ISO date, "" for
    nothing; a list for ticks. It is kept as it came, sensible or not."""

    values: Values = field(default_factory=dict)

    def has(self, name: str) -> bool:
        """Whether the step has that field at all."""
        return name in self.values

    def text(self, name: str) -> str:
        """What was typed or chosen, "" for nothing."""
        value = self.values.get(name, "")
        return value if isinstance(value, str) else ""

    def checked(self, name: str) -> list[str]:
        """What is ticked."""
        value = self.values.get(name, [])
        return value if isinstance(value, list) else []

    def day(self, name: str) -> date | None:
        """The chosen day, None for none."""
        try:
            return date.fromisoformat(self.text(name))
        except ValueError:
            return None

    def time(self, name: str) -> time | None:
        """The chosen time of day, None for none."""
        try:
            return time.fromisoformat(self.text(name))
        except ValueError:
            return None


@dataclass(frozen=True)
class DraftStep:
    """One step of a form as it stands before whoever fills it in.

    `form` and `step` name it, `view` the modal. `rep` (a Slack id), `topic_set`, `subject` (the
    contact that is changed, or the appointment that is prepared) and `day` say what the form is
    about. All of that comes from outside: it is looked up, never trusted. `typed_at` is Slack's own
    stamp of the keystroke, in microseconds; 0 where there is none.
    """

    kind: DraftKind
    form: str
    step: str
    typed: Typed
    typed_at: int = 0
    view: str = ""
    rep: str = ""
    topic_set: int = 0
    subject: int = 0
    day: date | None = None


@dataclass(frozen=True)
class Draft:
    """A form as far as it is filled in, for its author alone. `rep` is None before one is chosen;
    `subject` as with DraftStep, 0 for a new entry; `step` is where it was left."""

    kind: DraftKind
    form: str
    rep: Person | None
    topic_set: int
    subject: int
    day: date | None
    step: str
    typed: Mapping[str, Typed]


@dataclass(frozen=True)
class Unfinished:
    """That a form is half filled in, without what it holds. `name` is whom it is about: the rep,
    or the manager of the session that is prepared; "" before anybody is chosen."""

    kind: DraftKind
    form: str
    name: str
    is_change: bool


def stamp(ts: str) -> int:
    """Slack's stamp of an action ("1548426417.840180") in microseconds; 0 for what is none."""
    seconds, _, rest = ts.partition(".")
    if not seconds.isdecimal() or not (rest or "0").isdecimal():
        return 0
    return int(seconds) * 1_000_000 + int(rest[:6].ljust(6, "0"))


def about(drafts: Iterable[Draft], rep: str) -> Draft | None:
    """The first of the drafts that is a new entry with that rep (a Slack id), "" for nobody yet."""
    new = (one for one in drafts if not one.subject)
    return next((one for one in new if (one.rep.slack_id if one.rep else "") == rep), None)


def of_subject(drafts: Iterable[Draft], subject: int) -> Draft | None:
    """The first of the drafts that is about that contact or appointment."""
    return next((one for one in drafts if one.subject == subject), None)
