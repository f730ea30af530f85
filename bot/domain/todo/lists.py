"""The to-do list of a week: who is on it, on which day, and how each slot stands."""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact
from bot.domain.contacts.touches import Channel
from bot.domain.promises import Promise
from bot.domain.team.calendar import USUAL, WEEK, WorkingCalendar
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team, TimeOff
from bot.domain.team.time_off import days_there, is_away, is_covered
from bot.domain.todo.reasons import IssueOfTheDay, Ranked, Reason, ReasonKind, issue_of
from bot.domain.todo.round_up import EndedIssue
from bot.domain.workspaces.people import Person

SUGGESTED = (Channel.CALL, Channel.IN_PERSON, Channel.VIDEO, Channel.CHAT)
"""Channels worth suggesting, in turns: a voicemail or an email is what remains when these fail."""

WHY_LIMIT = 150
NEXT_TIME_LIMIT = 200
ISSUE_LIMIT = 200


class SlotState(StrEnum):
    """How a slot stands; derived, never stored."""

    OPEN = "open"
    DONE = "done"
    NOT_THIS_WEEK = "not_this_week"
    AWAY = "away"


class SlotAnswer(StrEnum):
    """What a manager said, in a row that is done, of the promise that it was about."""

    KEPT = "kept"
    STILL_OPEN = "still_open"


@dataclass(frozen=True)
class Slot:
    """A rep's place in a week, as kept. `day` None: away when the days were given out.

    `not_this_week` is the manager's word why, "" for none given, None while the slot is on.
    `picked`: the manager chose the reason, `moved`: the day; neither changes by itself then.
    `answer` is what was said of the promise that it was about, None before; `next_time` what the
    manager wrote down for the next list, "" for nothing; `thanked_on` the day that the rep was
    thanked for it in the channel.
    """

    id: int
    team_id: int
    monday: date
    rep: Person
    day: date | None
    reason: Reason
    not_this_week: str | None
    picked: bool = False
    moved: bool = False
    answer: SlotAnswer | None = None
    next_time: str = ""
    thanked_on: date | None = None


class Reader(StrEnum):
    """For whom a list is drawn."""

    MANAGER = "manager"
    STAND_IN = "stand_in"


@dataclass(frozen=True)
class Due:
    """A list that is due on a day, for the manager or the stand-in."""

    day: date
    reader: Reader


def _is_ahead(settings: TeamSettings, calendar: WorkingCalendar) -> bool:
    """Whether the list comes in the week before its own: on its last working day or after."""
    return calendar.place(settings.todo_day) >= calendar.place(calendar.last_weekday)


def week_of_list(day: date, settings: TeamSettings, calendar: WorkingCalendar) -> date:
    """The week, by its Monday, that a list sent on `day` is about.

    A list that comes from the last working day of a week on, by the manager's choice (from Friday
    to Sunday), is about the week after.
    """
    is_after = calendar.place(day.weekday()) >= calendar.place(settings.todo_day)
    ahead = _is_ahead(settings, calendar) and is_after
    return calendar.week_of(day) + (WEEK if ahead else timedelta(0))


def days_of_week(monday: date, calendar: WorkingCalendar) -> tuple[date, ...]:
    """The working days of that week; as if there were no holidays where every one is one."""
    return calendar.working_days(monday) or calendar.without_holidays().working_days(monday)


def days_of_list(
    monday: date,
    first: date,
    calendar: WorkingCalendar,
    manager_away: Sequence[TimeOff],
    others_away: Mapping[int, Sequence[TimeOff]],
) -> tuple[date, ...]:
    """The days of that week, from `first` on, that reps can be given: the working days on which
    whoever has the list is there, the manager or who stands in.

    Where nobody is, for all that is left, every working day counts; with none left at all it is the
    last one that the week had.
    """
    week = days_of_week(monday, calendar)
    left = tuple(day for day in week if day >= first) or week[-1:]
    return tuple(day for day in left if is_covered(day, manager_away, others_away)) or left


def dues_of_week(
    monday: date, settings: TeamSettings, calendar: WorkingCalendar, away: Sequence[TimeOff]
) -> tuple[Due, ...]:
    """When the list of the week of that Monday comes, and to whom.

    On the manager's day; on a public holiday or a day off, on the next working day of that week
    that the manager is there. A stand-in who was named has it from the first day on that the
    manager is away in that week. Nothing for a week in which nobody is there.
    """
    week = calendar.working_days(monday)
    on = calendar.begins(monday) + timedelta(days=calendar.place(settings.todo_day))
    if not _is_ahead(settings, calendar):
        days = [day for day in week if day >= on]
    else:
        # From its own weekday on, a list is that of the week after.
        days = [day for day in week if day < on]
        before = on - WEEK
        # Nobody needs the list of a week on none of whose days they are there.
        if before not in calendar.holidays and not is_away(before, away) and days_there(week, away):
            days.insert(0, before)
    dues: dict[int | None, Due] = {}
    for day in days:
        if not is_away(day, away):
            dues.setdefault(None, Due(day, Reader.MANAGER))
        for off in away:
            if off.covers(day) and off.stand_in_id is not None:
                dues.setdefault(off.stand_in_id, Due(day, Reader.STAND_IN))
    return tuple(dues.values())


def spread(
    wanted: Mapping[int, tuple[date, ...]], taken: Iterable[date] = ()
) -> dict[int, date | None]:
    """A day for each rep, so that no day is crowded.

    `wanted` names the days that each can have, most pressing rep first; none at all gives None.
    `taken` are places given before.
    """
    load = Counter(taken)
    given: dict[int, date | None] = {}
    # Those with the least choice first; the others fill up what is left evenly.
    for rep in sorted(wanted, key=lambda rep: len(wanted[rep])):
        day = min(wanted[rep], key=lambda day: (load[day], day), default=None)
        given[rep] = day
        if day is not None:
            load[day] += 1
    return given


def state_of(
    slot: Slot,
    *,
    contacted: bool,
    away: Sequence[TimeOff],
    days: Sequence[date],
    today: date,
) -> SlotState:
    """How a slot stands: `contacted` says whether a contact with the rep exists in that week.

    `days` are the working days of the week. Someone is away who is not there on any that is left;
    once the week is over, who was not there on any.
    """
    if contacted:
        return SlotState.DONE
    if slot.not_this_week is not None:
        return SlotState.NOT_THIS_WEEK
    left = [day for day in days if day >= today] or days
    if left and all(is_away(day, away) for day in left):
        return SlotState.AWAY
    return SlotState.OPEN


def suggested_channel(rep_id: int, monday: date, last: Channel | None) -> Channel:
    """A channel for this week: another than last week's, and than the last contact's."""
    turn = monday.toordinal() // 7 + rep_id
    # Two places on, since the one in between is next week's.
    first, second = SUGGESTED[turn % len(SUGGESTED)], SUGGESTED[(turn + 2) % len(SUGGESTED)]
    return second if first is last else first


@dataclass(frozen=True)
class TodoRow:
    """A rep on a list. `reason` is the slot's as it stands now, in the reader's words.

    `contact` is what completed it, `channel` a suggestion. `back_on` is the first day back of
    someone away, None while nobody knows. `owed` is what the manager owes the rep by today,
    `passing` the accounts that are to be passed on: both beside the reason, and where the slot is
    done too. `done_now`: the contact is a touch of today, which the reader can take back, so that
    the row stays in its place; `asked` is the promise that it was about, where the reader is still
    to say whether it is kept. `may_thank`: the rep may be thanked for it in the channel. `said` is
    what is noted of what the rep said, where the reason is an issue of the day, "" for nothing.
    """

    slot: Slot
    state: SlotState
    reason: Reason
    channel: Channel
    contact: Contact | None
    back_on: date | None
    owed: tuple[Reason, ...] = ()
    passing: tuple[Reason, ...] = ()
    done_now: bool = False
    asked: Promise | None = None
    may_thank: bool = False
    said: str = ""

    @property
    def is_issue(self) -> bool:
        """Whether it is about an issue of the day, so that a line of what the rep said is kept."""
        return issue_of(self.reason.about) is not None

    @property
    def also(self) -> tuple[Reason, ...]:
        """What is said below the reason, and what is still owed once the slot is done."""
        said = self.reason.about
        still_owed = (one for one in self.owed if one.about != said or not self.is_open)
        return (*still_owed, *(one for one in self.passing if one.about != said))

    @property
    def is_open(self) -> bool:
        return self.state is SlotState.OPEN

    def has_come(self, today: date) -> bool:
        """Whether its day has come and it is open; whoever had an earlier day still is."""
        return self.is_open and (self.slot.day is None or self.slot.day <= today)

    def is_for(self, today: date) -> bool:
        """Whether it stands under today: its day has come, or something is owed to the rep."""
        return bool(self.owed) or self.has_come(today)


@dataclass(frozen=True)
class ReasonChoice:
    """The reasons that the slot of a row could have, best first; `chosen` is the one it has.

    `start` says from which on they are shown.
    """

    slot_id: int
    chosen: Reason
    others: tuple[Reason, ...]
    start: int = 0


@dataclass(frozen=True)
class TodoView:
    """The list of a week as it stands today, a row for each rep: those with a day in its order.

    `calendar` is the team's, `days` are those that reps can be given (of the whole week). `today`
    is the reader's; `over` says that the week has ended. `preview`: of a week to come, kept nowhere
    yet. `rest`: it is the first for a long time, and was made in the middle of its week. `hello`:
    it is the first that its manager ever has, and none of the reps has been told of Windshield yet.
    `rounded_up`: of a week that is over, the issues that ended in it.
    `choice`: the row of one rep shows the reasons to choose from.
    """

    team: Team
    reader: Reader
    monday: date
    days: tuple[date, ...]
    rows: tuple[TodoRow, ...]
    issues: tuple[IssueOfTheDay, ...]
    today: date
    over: bool
    preview: bool = False
    rest: bool = False
    planned: tuple[Appointment, ...] = ()
    choice: ReasonChoice | None = None
    calendar: WorkingCalendar = USUAL
    hello: bool = False
    rounded_up: tuple[IssueOfTheDay, ...] = ()

    @property
    def as_of(self) -> date:
        """The day that it reads as: today, and of a week that is over its last, so that it stays as
        it ended."""
        return self.calendar.ends(self.monday) if self.over else self.today

    @property
    def done(self) -> int:
        """How many reps there was a contact with."""
        return sum(row.state is SlotState.DONE for row in self.rows)

    @property
    def counted(self) -> int:
        """How many reps there is a slot for: all but those away."""
        return sum(row.state is not SlotState.AWAY for row in self.rows)


@dataclass(frozen=True)
class SlotForm:
    """A slot that is to be moved or left: the days it can have, from today on."""

    slot: Slot
    days: tuple[date, ...]
    today: date


@dataclass(frozen=True)
class WhyView:
    """Why a rep has the reason that stands on the list: the whole ranking, best first."""

    rep: Person
    slot: Slot
    reason: Reason
    ranking: tuple[Ranked, ...]
    last_kind: ReasonKind | None
    today: date


@dataclass(frozen=True)
class IssuesView:
    """The issues of the day that have not ended, soonest first, and those that ended of late, the
    latest first."""

    issues: tuple[IssueOfTheDay, ...]
    today: date
    ended: tuple[EndedIssue, ...] = ()
