"""What a manager decides for a team: its settings, and those of its meetings."""

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from fractions import Fraction

from bot.domain.team.cadence import DEFAULTS, Cadence, Component


class Direction(StrEnum):
    """Whether something looks back at results or ahead."""

    REAR_VIEW = "rear_view"
    FORWARD = "forward"


LOOKS_BACK_MOST = Fraction(1, 3)
"""The share of minutes that may look back without a word about it."""


class OnHoliday(StrEnum):
    """What becomes of a meeting on a public holiday."""

    MOVED = "moved"
    SKIPPED = "skipped"
    HELD = "held"


@dataclass(frozen=True)
class Section:
    """A part of every meeting. `key` names it for its items, whatever its title."""

    key: str
    title: str
    minutes: int
    direction: Direction = Direction.FORWARD


WINS, FIELD, LOOKING_AHEAD, SKILL, NUMBERS, CLOSE = (
    "wins",
    "field",
    "ahead",
    "skill",
    "numbers",
    "close",
)


DEFAULT_SECTIONS = (
    Section(WINS, "Wins and recognition", 5),
    Section(FIELD, "From the field", 10),
    Section(LOOKING_AHEAD, "Looking ahead", 10),
    Section(SKILL, "One skill", 10),
    Section(NUMBERS, "Numbers in brief", 5, Direction.REAR_VIEW),
    Section(CLOSE, "Team promises and close", 5),
)
"""PRODUCT.md names these six; a team may make them its own."""


@dataclass(frozen=True)
class MeetingSettings:
    """What goes for every meeting of a team. It is every so many weeks, counted from the week of
    `starts_on`; `lead` is in minutes before the start."""

    every: int = 1
    starts_on: date = date(2026, 1, 5)
    minutes: int = 45
    place: str = ""
    on_holiday: OnHoliday = OnHoliday.MOVED
    lead: int = 60
    sections: tuple[Section, ...] = DEFAULT_SECTIONS


USUAL_MEETING = MeetingSettings()


@dataclass(frozen=True)
class Series:
    """When a team meets. `weekdays`: Monday is 0; `at` is on the wall of the team's zone."""

    weekdays: tuple[int, ...]
    at: time
    meeting: MeetingSettings = USUAL_MEETING


class Period(StrEnum):
    """What results are counted by."""

    MONTH = "month"
    QUARTER = "quarter"
    TRIMESTER = "trimester"


@dataclass(frozen=True)
class TeamSettings:
    """What a manager decides. Weekdays: Monday is 0. `zone` None: the manager's own; `channel` is
    where the team meets and reads its agenda; `morning_line`: the manager wants a line with today's
    names each morning, `raised_line` one when a rep raises something or asks for time."""

    channel: str | None = None
    zone: str | None = None
    country: str | None = None
    todo_day: int = 0
    todo_time: time = time(8)
    morning_line: bool = False
    raised_line: bool = True
    meeting_days: tuple[int, ...] = ()
    meeting_time: time | None = None
    meeting: MeetingSettings = USUAL_MEETING
    period: Period = Period.QUARTER
    cadences: dict[Component, Cadence] = field(default_factory=lambda: dict(DEFAULTS))

    @property
    def series(self) -> Series | None:
        """When the team meets; None where no day or no time is set."""
        if not self.meeting_days or self.meeting_time is None:
            return None
        return Series(self.meeting_days, self.meeting_time, self.meeting)
