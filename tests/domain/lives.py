"""A team lived through, day by day: what happens on it is chance, what its list says is kept.

Pure rules and a dice, no database: weeks of a team cost a few hundredths of a second.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import lru_cache

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.accounts.transitions import Transition
from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.field_days import Focus
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.results.pace import Pace, pace_of
from bot.domain.results.presence import Presence
from bot.domain.results.results import Metric, MetricKind, Period, Reading, Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import StandingPlan
from bot.domain.team.calendar import WorkingCalendar
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.known import LOOKED_BACK
from bot.domain.todo.lists import Reader, Slot, TodoRow, TodoView
from bot.domain.todo.ranking import subject
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Person
from tests.domain.calendars import WEEKENDS

DAY = timedelta(days=1)
BEGINS = date(2026, 11, 2)
WEEKS = 5
KINDS_OF_NEWS = 10
NAMES = ("Sam", "Lena", "Raj", "Ines", "Tom", "Ada", "Ben", "Mia", "Zoë", "Kim", "Bo", "Eve")
MANAGER = Person(1, "U1", "Dana Moss", None, True, False, None)
MEETINGS = Metric("new meetings", MetricKind.LEADING)
MONTHS = (
    Period(date(2026, 11, 1), date(2026, 11, 30)),
    Period(date(2026, 12, 1), date(2026, 12, 31)),
)
WORDS = ("price sheet", "the Acme renewal", "a reference for Wayne", "lead the demo", "é" * 300)


@dataclass(frozen=True)
class Morning:
    """A team on a day, once its list was made or mended: `made` says that it was made just now."""

    week: Week
    made: bool

    @property
    def today(self) -> date:
        return self.week.today

    @property
    def view(self) -> TodoView:
        return self.week.facts(Reader.MANAGER)

    @property
    def rows(self) -> dict[int, TodoRow]:
        """By rep; somebody who is there twice fails."""
        rows = self.week.rows(Reader.MANAGER)
        found = {row.slot.rep.id: row for row in rows}
        assert len(found) == len(rows)
        return found


@dataclass
class Life:
    """A team, what happened on it, and each of its mornings."""

    chance: random.Random
    team: Team = field(init=False)
    calendar: WorkingCalendar = field(init=False)
    members: list[Membership] = field(default_factory=list)
    away: dict[int, list[TimeOff]] = field(default_factory=dict)
    contacts: list[Contact] = field(default_factory=list)
    promises: dict[int, Promise] = field(default_factory=dict)
    issues: list[IssueOfTheDay] = field(default_factory=list)
    plans: list[StandingPlan] = field(default_factory=list)
    focuses: list[Focus] = field(default_factory=list)
    appointments: dict[int, Appointment] = field(default_factory=dict)
    transitions: dict[int, Transition] = field(default_factory=dict)
    slots: dict[int, Slot] = field(default_factory=dict)
    results: dict[int, list[Result]] = field(default_factory=dict)
    mornings: list[Morning] = field(default_factory=list)
    evenings: list[dict[int, Slot]] = field(default_factory=list)
    """The slots as each of the days left them."""
    may_happen: list[int] = field(default_factory=list)
    most_a_day: int = 1
    ids: int = 100

    def __post_init__(self) -> None:
        dice = self.chance
        self.team = Team(1, MANAGER, TeamSettings())
        days = [BEGINS + n * DAY for n in range(7 * WEEKS)]
        weekend = {5, 6} if dice.random() < 0.5 else dice.choice(WEEKENDS)
        holidays = frozenset(day for day in days if dice.random() < 0.05)
        self.calendar = WorkingCalendar(frozenset(weekend), holidays)
        for number in range(dice.choice((1, 2, 3, 5, 8, 8, 12))):
            late = dice.random() < 0.15
            joined = dice.choice(days) if late else BEGINS - dice.choice((1, 60)) * DAY
            left = dice.choice(days) if dice.random() < 0.1 else None
            rep = Person(number + 2, f"U{number + 2}", NAMES[number], None, True, False, None)
            line = dice.choice(WORDS) if dice.random() < 0.4 else ""
            member = Membership(number + 10, 1, rep, joined, left, line, True, {})
            self.members.append(member)
        for who in (MANAGER, *(member.rep for member in self.members)):
            self.away[who.id] = []
        self.counts()
        # Not everything happens on every team, and on some of them little does.
        self.may_happen = [what for what in range(KINDS_OF_NEWS) if dice.random() < 0.6] or [0]
        self.most_a_day = dice.choice((1, 2, 3))
        for _ in range(dice.randrange(1 + len(self.members) * (self.most_a_day - 1))):
            self.happens(BEGINS, dice.choice(self.members).rep)

    def counts(self) -> None:
        """On some teams figures come each Friday. By dice of their own: what else happens on a team
        has nothing to do with them."""
        dice = random.Random(str([member.joined_on for member in self.members]))
        if dice.random() < 0.5:
            return
        for member in self.members:
            for month in MONTHS:
                there, read = 0, []
                for day in (month.start + n * DAY for n in range(month.end.day)):
                    if day.weekday() == 4:
                        there += dice.choice((2, 4, 6, 9))
                        read.append(Reading(Decimal(20), Decimal(there), day))
                found = Result(member.rep.slack_id, MEETINGS, month, tuple(read))
                self.results.setdefault(member.rep.id, []).append(found)

    def paces(self, today: date) -> dict[int, tuple[Pace, ...]]:
        """How the results of the month stand on that day, by the figures that there are by then."""
        found: dict[int, tuple[Pace, ...]] = {}
        for member in self.members:
            for result in self.results.get(member.rep.id, ()):
                read = tuple(one for one in result.readings if one.as_of <= today)
                if read and result.period.start <= today <= result.period.end:
                    away = tuple(self.away[member.rep.id])
                    there = Presence(self.calendar, away, member.joined_on, member.left_on)
                    pace = pace_of(replace(result, readings=read), there, today)
                    found[member.rep.id] = (pace,)
        return found

    def saving(self, today: date) -> tuple[SaveItPlan, ...]:
        """On those teams some have a plan from the tenth of each month, closed on the twentieth."""
        return tuple(
            SaveItPlan(
                member.rep.id,
                1,
                member.rep,
                MEETINGS.name,
                month,
                5,
                "visits",
                "",
                month.start + 9 * DAY,
                month.start + 14 * DAY,
            )
            for member in self.members
            if member.rep.id % 3 == 0 and member.rep.id in self.results
            for month in MONTHS
            if month.start + 9 * DAY <= today < month.start + 19 * DAY
        )

    def dates(self) -> tuple[AccountDate, ...]:
        """Some reps have an account with a date."""
        said = (DateSource(1, BEGINS),)
        return tuple(
            AccountDate(rep, 1, rep, "Acme", dice.choice(WORDS), day, day, said)
            for rep in (member.rep.id for member in self.members)
            if (dice := random.Random(f"{rep} {self.members[0].joined_on}")).random() < 0.15
            for day in [BEGINS + dice.randrange(75) * DAY]
        )

    def been(self) -> tuple[Acquaintance, ...]:
        """Each has been at an account of their own."""
        return tuple(
            Acquaintance(member.rep.id, "Acme", True, member.rep, "", BEGINS, True)
            for member in self.members
        )

    def new_id(self) -> int:
        self.ids += 1
        return self.ids

    def on_team(self, day: date) -> list[Person]:
        return [member.rep for member in self.members if member.is_on(day)]

    def soon(self, today: date, most: int = 16) -> date:
        return today + self.chance.randrange(most) * DAY

    def week(self, monday: date, today: date) -> Week:
        """What is known of that week on that day."""
        first = monday - LOOKED_BACK
        slots = (slot for slot in self.slots.values() if first <= slot.monday <= monday)
        return Week(
            team=self.team,
            monday=monday,
            today=today,
            members=tuple(self.members),
            away={who: tuple(days) for who, days in self.away.items()},
            contacts=tuple(sorted(self.contacts, key=lambda one: (one.occurred_on, one.id))),
            promises=tuple(self.promises.values()),
            issues=tuple(self.issues),
            plans=tuple(self.plans),
            focuses=tuple(self.focuses),
            appointments=tuple(one for one in self.appointments.values() if one.stands),
            transitions=tuple(self.transitions.values()),
            slots=tuple(slots),
            calendar=self.calendar,
            paces=self.paces(today),
            saving=self.saving(today),
            dates=self.dates(),
            been=self.been(),
        )

    def lives(self) -> None:
        """Every day: the list is made or mended, and then things happen."""
        made: set[date] = set()
        for number in range(7 * WEEKS):
            today = BEGINS + number * DAY
            monday = self.calendar.week_of(today)
            week = self.week(monday, today)
            new = monday not in made and today in week.days
            if new or (monday in made and not week.over):
                made.add(monday)
                self.keep(week)
            self.mornings.append(Morning(self.week(monday, today), new))
            if monday in made and not week.over:
                self.works(self.week(monday, today))
            for _ in range(self.chance.randrange(self.most_a_day)):
                if people := self.on_team(today):
                    self.happens(today, self.chance.choice(people))
            self.evenings.append(dict(self.slots))

    def keep(self, week: Week) -> None:
        """What the list lacks is kept."""
        for member, day, reason in week.new_slots():
            slot = Slot(self.new_id(), 1, week.monday, member.rep, day, reason, None)
            self.slots[slot.id] = slot
        for slot_id, (day, reason) in week.mended_slots().items():
            self.slots[slot_id] = replace(self.slots[slot_id], day=day, reason=reason)

    def works(self, week: Week) -> None:
        """The manager works through some of the rows of today, by what stands in them."""
        dice = self.chance
        for row in week.rows(Reader.MANAGER):
            slot, what = row.slot, dice.random()
            if not row.is_open or slot.rep.id not in week.reps:
                continue
            if row.is_for(week.today) and what < 0.35:
                noted = "ask how the demo went" if slot.id % 3 == 0 else ""
                self.slots[slot.id] = replace(slot, reason=week.reason(slot), next_time=noted)
                about = subject(row.reason) if dice.random() < 0.7 else ""
                self.talks(slot.rep, week.today, about)
            elif what < 0.4:
                self.slots[slot.id] = replace(slot, not_this_week="at a fair")
            elif what < 0.5 and (days := week.days_for(slot.rep.id)):
                self.slots[slot.id] = replace(slot, day=dice.choice(days), moved=True)
            elif what < 0.65:
                other = dice.choice(week.choice(slot).others)
                self.slots[slot.id] = replace(slot, reason=other, picked=True)

    def talks(self, rep: Person, day: date, about: str = "") -> None:
        channel = self.chance.choice((None, *Channel))
        kind = InteractionKind.TOUCH
        self.contacts.append(Contact(self.new_id(), 1, rep.id, kind, channel, day, about))

    def happens(self, today: date, rep: Person) -> None:
        """Something, with that rep."""
        dice, new = self.chance, self.new_id()
        match dice.choice(self.may_happen):
            case 0:
                self.owes(new, rep, today)
            case 1:
                self.closes_one(today)
            case 2:
                self.away[rep.id].append(TimeOff(new, self.soon(today, 9), self.soon(today, 20)))
                self.away[rep.id] = [
                    off for off in self.away[rep.id] if off.ends_on and off.starts_on <= off.ends_on
                ]
            case 3:
                if dice.random() < 0.4:
                    start = self.soon(today, 9)
                    off = TimeOff(new, start, start + dice.randrange(8) * DAY)
                    self.away[MANAGER.id].append(off)
            case 4:
                if dice.random() < 0.5:
                    start = self.soon(today, 5)
                    end = start + dice.randrange(12) * DAY
                    self.issues.append(IssueOfTheDay(new, dice.choice(WORDS), start, end))
            case 5:
                plan = dice.choice(WORDS)
                self.plans.append(StandingPlan(1, rep.id, new, today, "pipeline", "Pipeline", plan))
                self.talks(rep, today)
            case 6:
                self.focuses.append(Focus(1, rep.id, new, today, dice.choice(WORDS)))
            case 7:
                kind = dice.choice((InteractionKind.SESSION, InteractionKind.FIELD_DAY))
                self.appointments[new] = Appointment(
                    new, 1, rep, kind, self.soon(today, 12), None, "", True
                )
            case 8:
                if dice.random() < 0.5 and self.appointments:
                    one = dice.choice(list(self.appointments.values()))
                    day = self.soon(today, 9)
                    self.appointments[one.id] = replace(one, day=day, stands=dice.random() < 0.7)
                else:
                    self.talks(rep, today, dice.choice(("", *WORDS)))
            case 9:
                others = [one for one in self.on_team(today) if one != rep]
                if others and len(self.transitions) < 3:
                    self.transitions[new] = Transition(
                        new, 1, 1, "Acme", rep, dice.choice(others), self.soon(today), today, None
                    )
                elif self.transitions:
                    done = dice.choice(list(self.transitions.values()))
                    self.transitions[done.id] = replace(done, introduced_on=today)

    def owes(self, new: int, rep: Person, today: date) -> None:
        dice = self.chance
        owner = dice.choice((Owner.MANAGER, Owner.MANAGER, Owner.REP))
        raised = today if owner is Owner.MANAGER and dice.random() < 0.4 else None
        due_on = None if dice.random() < 0.2 else self.soon(today - 2 * DAY)
        by_rep = raised is not None and new % 2 == 1
        if by_rep:
            # Nobody has taken it on yet.
            due_on = None
        self.promises[new] = Promise(
            id=new,
            team_id=1,
            rep=rep,
            owner=owner,
            what=dice.choice(WORDS),
            made_on=today,
            due_on=due_on,
            raised_on=raised,
            raised_at=datetime.combine(today, time(9), UTC) if by_rep else None,
            for_time=by_rep and new % 4 == 1,
            kept_on=None,
            dropped_on=None,
            closing_words="",
            interaction_id=None,
            deleted=False,
            handed_to=None,
            answer=Answer.AGREED if owner is Owner.REP else None,
            shown=True,
            ramp_day=7 if owner is Owner.REP and new % 3 else None,
        )

    def closes_one(self, today: date) -> None:
        standing = [promise for promise in self.promises.values() if promise.is_open]
        if standing:
            one = self.chance.choice(standing)
            self.promises[one.id] = replace(one, kept_on=today)


@lru_cache(maxsize=64)
def lived(seed: int) -> Life:
    """The life that the dice throw, once."""
    life = Life(random.Random(seed))
    life.lives()
    return life


def lists_of(life: Life) -> Iterator[Morning]:
    """The mornings on which a list was made."""
    return (morning for morning in life.mornings if morning.made)
