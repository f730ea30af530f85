"""What is known of a team when the list of a week is made or drawn."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cached_property
from typing import TypeVar

from bot.domain.accounts.accounts import Acquaintance, Introduction
from bot.domain.accounts.bench import BenchAccount, bench_of, introductions_of, to_meet
from bot.domain.accounts.dates import AccountDate, come_up, who_has
from bot.domain.accounts.transitions import Transition, passing_of, without_transition
from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.field_days import Focus
from bot.domain.promises import Owner, Promise
from bot.domain.results.coverage import KIND_OF, components_due
from bot.domain.results.pace import Pace
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import StandingPlan
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import USUAL, WEEK, WorkingCalendar
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.team.time_off import days_there, first_day_back, returns
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.lists import Slot, days_of_week
from bot.domain.todo.ranking import subject
from bot.domain.todo.reasons import IssueOfTheDay, NextTime, ReasonFacts, ReasonKind
from bot.domain.todo.sources.questions import (
    QUESTIONS,
    question_asked,
    question_of,
    questions_of_week,
)

LOOKED_BACK = timedelta(weeks=4)
"""How far back contacts and used reasons are looked at: so much, however long the history."""

TALKED_LATELY = timedelta(days=14)
"""How long before the week a touch was, and is still a place to go on from."""

OF_OURS = {
    *(words for rules in KINDS.values() for words in (rules.subject, rules.called)),
    *map(question_asked, QUESTIONS),
}
"""What a touch is about that was logged from a reason without anybody's own words."""

LEAVES_SOON = timedelta(days=60)
"""How long before a rep leaves the team introductions are made."""

NEWS_LASTS = timedelta(days=7)
"""How long before the week someone may have joined and still be welcomed in it."""

DAY = timedelta(days=1)

_FOREVER_AGO = date.min


def is_leaving(member: Membership, monday: date) -> bool:
    """Whether that rep leaves the team soon, seen from the week of that Monday."""
    return member.left_on is not None and monday < member.left_on <= monday + LEAVES_SOON


@dataclass(frozen=True)
class Known:
    """What is known of a team when the list of the week of that Monday is made or drawn.

    `today` is the manager's, and `calendar` says when the team works. `slots` are those of this
    week and of the weeks looked back on; `away` the days away by person, the manager's and those of
    whoever stands in among them; `contacts` those of the same weeks, oldest first, `plans` those of
    their sessions, oldest first, `focuses` what each rep is working on, agreed on whenever it was;
    `promises` open or kept lately. `ticked` are the promises that the manager lets a stand-in read,
    by the id of the days away. `paces` are how the results of the periods that run stand, by rep;
    `helped` what did when a metric was in question before, by `metric_key`; `saving` the save-it
    plans that nobody closed. `dates` are those of accounts that may come up, and `been` says who
    has been at those accounts and at key accounts. `answers` is what is noted of what reps said to
    issues, be they over since, by issue and rep.
    """

    team: Team
    monday: date
    today: date
    members: tuple[Membership, ...]
    away: Mapping[int, Sequence[TimeOff]] = field(default_factory=dict)
    contacts: tuple[Contact, ...] = ()
    promises: tuple[Promise, ...] = ()
    issues: tuple[IssueOfTheDay, ...] = ()
    plans: tuple[StandingPlan, ...] = ()
    focuses: tuple[Focus, ...] = ()
    appointments: tuple[Appointment, ...] = ()
    acquaintances: tuple[Acquaintance, ...] = ()
    transitions: tuple[Transition, ...] = ()
    components: Mapping[int, Mapping[InteractionKind, date]] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()
    calendar: WorkingCalendar = USUAL
    ticked: Mapping[int, Collection[int]] = field(default_factory=dict)
    paces: Mapping[int, tuple[Pace, ...]] = field(default_factory=dict)
    helped: Mapping[str, str] = field(default_factory=dict)
    saving: tuple[SaveItPlan, ...] = ()
    dates: tuple[AccountDate, ...] = ()
    been: tuple[Acquaintance, ...] = ()
    answers: Mapping[tuple[int, int], str] = field(default_factory=dict)

    @cached_property
    def days(self) -> tuple[date, ...]:
        """Its working days, as if there were no holidays where every one is one."""
        return days_of_week(self.monday, self.calendar)

    @cached_property
    def begins(self) -> date:
        """The first of its seven days."""
        return self.calendar.begins(self.monday)

    @cached_property
    def ends(self) -> date:
        """The last of its seven days."""
        return self.calendar.ends(self.monday)

    @property
    def over(self) -> bool:
        """Whether its last working day has passed."""
        return self.today > self.days[-1]

    @property
    def manager_away(self) -> Sequence[TimeOff]:
        return self.away.get(self.team.manager.id, ())

    @property
    def is_introduced(self) -> bool:
        """Whether anybody on the team has been told of Windshield."""
        return any(member.introduced for member in self.members)

    @cached_property
    def there(self) -> frozenset[int]:
        """The reps who are there on a day that is left of it."""
        left = [day for day in self.days if day >= self.today] or list(self.days)
        return frozenset(rep for rep in self.reps if days_there(left, self.away.get(rep, ())))

    @cached_property
    def owed_by(self) -> date:
        """What is due by then is owed today: it is before the manager's next day at work."""
        return self._before_next(self.today)

    @cached_property
    def _there_until(self) -> date:
        return self._before_next(self.ends)

    def _before_next(self, day: date) -> date:
        """The last day before the next one after `day` that the manager is at work; `day` itself
        where that is not known."""
        back = first_day_back(day + DAY, self.manager_away, self.calendar)
        return day if back is None else back - DAY

    @cached_property
    def reps(self) -> dict[int, Membership]:
        """Those who have a place on the list, by person: on the team on a day that is left."""
        left = [day for day in self.days if day >= self.today] or [self.days[-1]]
        return {
            member.rep.id: member
            for member in self.members
            if any(member.is_on(day) for day in left)
        }

    @cached_property
    def own_slots(self) -> dict[int, Slot]:
        """This week's slots as kept, by rep."""
        return {slot.rep.id: slot for slot in self.slots if slot.monday == self.monday}

    @cached_property
    def _by_rep(self) -> dict[int, list[Contact]]:
        return _grouped(self.contacts, lambda contact: contact.rep_id)

    @cached_property
    def promises_by_rep(self) -> dict[int, list[Promise]]:
        return _grouped(self.promises, lambda promise: promise.rep.id)

    @cached_property
    def _last_plans(self) -> dict[int, tuple[StandingPlan, ...]]:
        """By rep; those of the latest session stand."""
        latest = {plan.rep_id: plan.session for plan in self.plans}
        return {
            rep_id: tuple(plan for plan in found if plan.session == latest[rep_id])
            for rep_id, found in _grouped(self.plans, lambda plan: plan.rep_id).items()
        }

    @cached_property
    def appointments_of(self) -> dict[int, list[Appointment]]:
        return _grouped(self.appointments, lambda one: one.rep.id)

    def owes_or_passes(self, rep_id: int) -> bool:
        """Whether there may be something that has its place in the row of that rep whatever else
        is: quickly, since of most there is nothing."""
        return bool(self.transitions) or any(
            promise.owner is Owner.MANAGER and promise.is_open
            for promise in self.promises_by_rep.get(rep_id, ())
        )

    def _introductions(self, member: Membership) -> tuple[Introduction, ...]:
        if not is_leaving(member, self.monday):
            return ()
        alone = introductions_of(member.rep.id, self.acquaintances, self.reps)
        return without_transition(alone, self.transitions)

    def _due(self, member: Membership) -> tuple[Component, ...]:
        """The session and field day that are next with that rep, by the end of the week."""
        found = components_due(
            KIND_OF,
            {**self.team.settings.cadences, **member.cadences},
            self.components.get(member.rep.id, {}),
            member.joined_on,
            self.days[-1],
        )
        return tuple(found)

    @cached_property
    def _last_focus(self) -> dict[int, Focus]:
        return {focus.rep_id: focus for focus in self.focuses}

    @cached_property
    def slots_before(self) -> dict[int, list[Slot]]:
        """Slots of the weeks before, by rep."""
        before = (slot for slot in self.slots if slot.monday < self.monday)
        return _grouped(before, lambda slot: slot.rep.id)

    @cached_property
    def places(self) -> dict[int, Membership]:
        """The latest place of each rep."""
        return {member.rep.id: member for member in self.members}

    @cached_property
    def _new_from(self) -> date:
        """The first day of joining that is news: after the team began, and not long ago."""
        began = min(member.joined_on for member in self.members)
        return max(began + DAY, self.begins - NEWS_LASTS)

    @cached_property
    def _called(self) -> dict[int, str]:
        """What to call each rep: the first name, or the whole where two share it."""
        reps = {member.rep.id: member.rep for member in self.members}
        firsts = [rep.first_name for rep in reps.values()]
        return {
            rep.id: rep.name if firsts.count(rep.first_name) > 1 else rep.first_name
            for rep in reps.values()
        }

    def contact_in(self, rep_id: int, monday: date) -> Contact | None:
        """The latest contact with that rep in the week of that Monday."""
        found = None
        begins, ends = self.calendar.begins(monday), self.calendar.ends(monday)
        for contact in self._by_rep.get(rep_id, ()):
            if begins <= contact.occurred_on <= ends:
                found = contact
        return found

    def last_kind(self, rep_id: int) -> ReasonKind | None:
        """The kind of reason that was used for that rep last week."""
        return self.last_week(rep_id)[0]

    def reason_facts(self, member: Membership, teller: str | None) -> ReasonFacts:
        rep_id = member.rep.id
        last_kind, carried = self.last_week(rep_id)
        due = self._due(member)
        return ReasonFacts(
            rep_id=rep_id,
            name=self._called[rep_id],
            monday=self.monday,
            today=self.today,
            calendar=self.calendar,
            promises=tuple(self.promises_by_rep.get(rep_id, ())),
            issues=self.issues,
            plans=self._last_plans.get(rep_id, ()),
            coming=tuple(self.appointments_of.get(rep_id, ())),
            due=due,
            meet=to_meet(self._bench, rep_id) if Component.FIELD_DAY in due else None,
            leaves_on=member.left_on if is_leaving(member, self.monday) else None,
            introductions=self._introductions(member),
            passing=passing_of(rep_id, self.transitions, self.acquaintances, self.there),
            focus=self._last_focus.get(rep_id),
            talked=self._talked(rep_id),
            place_id=member.id,
            first_line=member.first_line,
            next_time=self._next_time(rep_id),
            joined_on=(
                member.joined_on if self._new_from <= member.joined_on <= self.ends else None
            ),
            # Once: who came back in the week before was welcomed in it.
            back=returns(self.begins, self.ends, self.away.get(rep_id, ()), self.calendar),
            carried=carried,
            last_kind=last_kind,
            said=frozenset(
                slot.reason.about
                for slot in self.slots_before.get(rep_id, ())
                if self.contact_in(rep_id, slot.monday)
            ),
            teller=teller,
            ticked=self._ticked if teller is not None else frozenset(),
            there_until=self._there_until,
            questions=self._questions.get(rep_id, (0, 1, 2)),
            paces=self.paces.get(rep_id, ()),
            helped=self.helped,
            saving=tuple(one for one in self.saving if one.rep.id == rep_id),
            dates=tuple(self._dates.get(rep_id, ())),
        )

    @cached_property
    def _bench(self) -> tuple[BenchAccount, ...]:
        return bench_of(self.been, self.team.manager.id, self.reps)

    @cached_property
    def _dates(self) -> dict[int | None, list[AccountDate]]:
        """By the one rep who has the account; None for nobody."""
        had = self.been, self.transitions, self.reps, self.ends
        return _grouped(self.dates, lambda one: who_has(one.account_id, *had))

    @cached_property
    def dates_of_nobody(self) -> tuple[AccountDate, ...]:
        """Those that have come up and that no rep has: none of them is in any row."""
        return come_up(self._dates.get(None, ()), self.today)

    @cached_property
    def _questions(self) -> dict[int, tuple[int, ...]]:
        """The open questions of this week, by rep: all others than anybody else's on the list."""
        asked: dict[int, list[int]] = {}
        for slot in sorted(self.slots, key=lambda slot: slot.monday, reverse=True):
            question = question_of(slot.reason)
            if question is not None and slot.monday < self.monday:
                asked.setdefault(slot.rep.id, []).append(question)
        standing = {rep: question_of(slot.reason) for rep, slot in self.own_slots.items()}
        return questions_of_week(
            sorted(self.reps, key=lambda rep: self.reps[rep].id),
            self.monday.toordinal() // 7,
            asked=asked,
            standing={rep: one for rep, one in standing.items() if one is not None},
        )

    def _talked(self, rep_id: int) -> Contact | None:
        """The last touch that somebody kept words of their own of, unless they were gone on from or
        were a thank-you."""
        since = self.begins - TALKED_LATELY
        lately = [
            contact
            for contact in self._by_rep.get(rep_id, ())
            if since <= contact.occurred_on < self.begins and contact.about.strip()
        ]
        if not lately or lately[-1].kind is not InteractionKind.TOUCH:
            return None
        known = (slot.reason for slot in self.slots_before.get(rep_id, ()))
        settled = {subject(one) for one in known if KINDS[one.kind].settled}
        return None if lately[-1].about in OF_OURS | settled else lately[-1]

    @cached_property
    def _ticked(self) -> frozenset[int]:
        """The promises that whoever stands in now may read. Of two spans that both cover the day
        what is ticked in both: who reads may be named in either."""
        day = min(self.today, self.days[-1])
        spans = [off for off in self.manager_away if off.stand_in_id and off.covers(day)]
        found = [frozenset(self.ticked.get(off.id, ())) for off in spans]
        return frozenset.intersection(*found) if found else frozenset()

    def _next_time(self, rep_id: int) -> NextTime | None:
        """What was last noted for that rep on a list before this one."""
        noted = [slot for slot in self.slots_before.get(rep_id, ()) if slot.next_time]
        last = max(noted, key=lambda slot: slot.monday, default=None)
        return NextTime(last.id, last.next_time, last.monday) if last else None

    def last_week(self, rep_id: int) -> tuple[ReasonKind | None, str | None]:
        """The kind of reason that was used last week, or what the one that stayed open was
        about."""
        monday = self.monday - WEEK
        before = self.slots_before.get(rep_id, ())
        slot = next((slot for slot in before if slot.monday == monday), None)
        if slot is None:
            return None, None
        if self.contact_in(rep_id, monday) is not None:
            return slot.reason.kind, None
        days = self.calendar.without_holidays().working_days(monday)
        away = not days_there(days, self.away.get(rep_id, ()))
        if away or slot.not_this_week is not None:
            return None, None
        return None, slot.reason.about

    def last_contact(self, rep_id: int) -> date:
        contacts = self._by_rep.get(rep_id)
        return contacts[-1].occurred_on if contacts else _FOREVER_AGO

    def last_channel(self, rep_id: int) -> Channel | None:
        before = [c for c in self._by_rep.get(rep_id, ()) if c.occurred_on < self.begins]
        return before[-1].channel if before else None


T = TypeVar("T")
K = TypeVar("K")


def _grouped(found: Iterable[T], by: Callable[[T], K]) -> dict[K, list[T]]:
    groups: dict[K, list[T]] = {}
    for one in found:
        groups.setdefault(by(one), []).append(one)
    return groups
