"""What of a binder leaves Slack, and in which form."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Format(StrEnum):
    """A kind of file; its value is what the command line and a file's name call it."""

    JSON = "json"
    CSV = "csv"
    MARKDOWN = "md"
    PDF = "pdf"
    CALENDAR = "ics"

    @property
    def suffix(self) -> str:
        """What a file of it ends in."""
        return "zip" if self is Format.CSV else self.value

    @property
    def is_text(self) -> bool:
        """Whether a terminal can show it."""
        return self in (Format.JSON, Format.MARKDOWN)


class What(StrEnum):
    """What a PDF is of: the whole binder, what whoever takes over begins with, or the period on one
    page."""

    BINDER = "binder"
    PACK = "pack"
    PERIOD = "period"


class Paper(StrEnum):
    """What a PDF is printed on."""

    A4 = "a4"
    LETTER = "letter"


@dataclass(frozen=True)
class ExportRequest:
    """`reps` are Slack ids, none for the whole team; from `since` to `until`, both included, where
    they are set. `with_private_notes` only where their author asks for them from Slack. `what` a
    PDF is of, and `paper` is what it is printed on. Of a period they say which: the one that has
    both days, or the one of them that is set, or else the one that runs."""

    format: Format = Format.JSON
    reps: frozenset[str] = frozenset()
    since: date | None = None
    until: date | None = None
    with_private_notes: bool = False
    what: What = What.BINDER
    paper: Paper = Paper.A4

    @property
    def is_whole(self) -> bool:
        """Whether it asks for all reps and all years."""
        return not self.reps and self.since is None and self.until is None

    @property
    def is_of_period(self) -> bool:
        """Whether it asks for the period on one page, which is printed and nothing else."""
        return self.format is Format.PDF and self.what is What.PERIOD

    def wants(self, slack_id: str) -> bool:
        """Whether that rep is asked for."""
        return not self.reps or slack_id in self.reps

    def covers(self, first: date, last: date | None = None) -> bool:
        """Whether any of the days from `first` to `last`, both included, is asked for. `last` None:
        it is not over yet."""
        begun = self.until is None or first <= self.until
        return begun and (self.since is None or last is None or last >= self.since)

    def covers_day(self, day: date) -> bool:
        """Whether that day is asked for."""
        return self.covers(day, day)

    @property
    def words(self) -> str:
        """What was asked for in a line, as it is written down: the format, then what narrows it."""
        said = [self.format.value]
        is_of_less = self.format is Format.PDF and self.what is not What.BINDER
        said += [self.what.value] if is_of_less else []
        said += sorted(self.reps)
        said += [f"since {self.since}"] if self.since else []
        said += [f"until {self.until}"] if self.until else []
        said += ["with private notes"] if self.with_private_notes else []
        return ", ".join(said)
