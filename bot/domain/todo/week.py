"""A team's week: what is known of it, and the list that follows from it."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile
from typing import TypeVar

from bot.domain.accounts.accounts import AccountVisit, Introduction, introductions_of
from bot.domain.accounts.transitions import Transition, passing_of, without_transition
from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.field_days import Focus
from bot.domain.meetings.meetings import days_of
from bot.domain.promises import Promise
from bot.domain.results.coverage import KIND_OF, components_due
from bot.domain.sessions.sessions import StandingPlan
from bot.domain.team.cadence import Component
from bot.domain.team.calendar import USUAL, WEEK, WorkingCalendar
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.team.time_off import days_there, first_day_back, returns
from bot.domain.todo.kinds import NEWS_LASTS, contact_of
from bot.domain.todo.lists import (
    Reader,
    Slot,
    SlotState,
    TodoRow,
    TodoView,
    days_of_list,
    days_of_week,
    spread,
    state_of,
    suggested_channel,
)
from bot.domain.todo.ranking import next_best, rank, still_stands
from bot.domain.todo.reasons import IssueOfTheDay, Ranked, Reason, ReasonFacts, ReasonKind
from bot.domain.workspaces.people import Person

LOOKED_BACK = timedelta(weeks=4)
"""How far back contacts and used reasons are looked at: so much, however long the history."""

LEAVES_SOON = timedelta(days=60)
"""How long before a rep leaves the team introductions are made."""

_FOREVER_AGO = date.min


def is_leaving(member: Membership, monday: date) -> bool:
    """Whether that rep leaves the team soon, seen from the week of that Monday."""
    return member.left_on is not None and monday < member.left_on <= monday + LEAVES_SOON


@dataclass(frozen=True)
class Week:
    """What is known of a team when the list of the week of that Monday is made or drawn.

    `today` is the manager's, and `calendar` says when the team works. `slots` are those of this
    week and of the weeks looked back on; `away` the days away by person, the manager's among
    them; `contacts` those of the same weeks, oldest first, `plans` and `focuses` those of their
    sessions and field days, oldest first; `promises` open or kept lately. `ticked` are the promises
    that the manager lets a stand-in read, by the id of the days away.
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
    visits: tuple[AccountVisit, ...] = ()
    transitions: tuple[Transition, ...] = ()
    components: Mapping[int, Mapping[InteractionKind, date]] = field(default_factory=dict)
    slots: tuple[Slot, ...] = ()
    calendar: WorkingCalendar = USUAL
    ticked: Mapping[int, Collection[int]] = field(default_factory=dict)
    _rankings: dict[tuple[int, str | None], tuple[Ranked, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

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

    @cached_property
    def free_days(self) -> tuple[date, ...]:
        """The days from today on that reps can be given."""
        return days_of_list(self.monday, self.today, self.calendar, self.manager_away)

    @cached_property
    def all_free_days(self) -> tuple[date, ...]:
        """The days that reps could be given when the week began."""
        return days_of_list(self.monday, self.begins, self.calendar, self.manager_away)

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
    def _promises_by_rep(self) -> dict[int, list[Promise]]:
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
    def _appointments(self) -> dict[int, list[Appointment]]:
        return _grouped(self.appointments, lambda one: one.rep.id)

    def _planned(self) -> tuple[Appointment, ...]:
        """What is planned with the reps on the list in this week and still stands."""
        return tuple(
            one
            for one in self.appointments
            if self.begins <= one.day <= self.ends and one.rep.id in self.reps
        )

    @cached_property
    def _busy_days(self) -> tuple[date, ...]:
        """The days of what is planned in this week: sessions, field days, team meetings."""
        series = self.team.settings.series
        met: Iterable[date] = ()
        if series is not None:
            found = days_of(series, self.calendar, self.begins - WEEK)
            coming = takewhile(lambda pair: pair[0] <= self.ends, found)
            met = (day for _, day in coming if self.begins <= day <= self.ends)
        return (*(one.day for one in self._planned()), *met)

    def _introductions(self, member: Membership) -> tuple[Introduction, ...]:
        if not is_leaving(member, self.monday):
            return ()
        return without_transition(introductions_of(member.rep.id, self.visits), self.transitions)

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
        """By rep; the latest stands."""
        return {focus.rep_id: focus for focus in self.focuses}

    @cached_property
    def _slots_before(self) -> dict[int, list[Slot]]:
        """Slots of the weeks before, by rep."""
        before = (slot for slot in self.slots if slot.monday < self.monday)
        return _grouped(before, lambda slot: slot.rep.id)

    @cached_property
    def _places(self) -> dict[int, Membership]:
        """The latest place of each rep."""
        return {member.rep.id: member for member in self.members}

    @cached_property
    def _new_from(self) -> date:
        """The first day of joining that is news: after the team began, and not long ago."""
        began = min(member.joined_on for member in self.members)
        return max(began + timedelta(days=1), self.begins - NEWS_LASTS)

    @cached_property
    def _called(self) -> dict[int, str]:
        """What to call each rep: the first name, or the whole where two share it."""
        reps = {member.rep.id: member.rep for member in self.members}
        firsts = [_first_name(rep) for rep in reps.values()]
        return {
            rep.id: rep.name if firsts.count(_first_name(rep)) > 1 else _first_name(rep)
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

    def ranking(self, rep_id: int, teller: str | None = None) -> tuple[Ranked, ...]:
        """The reasons there are for that rep, best first. `teller` names the manager where
        somebody else reads them."""
        key = rep_id, teller
        if key not in self._rankings:
            self._rankings[key] = rank(self._reason_facts(self._places[rep_id], teller))
        return self._rankings[key]

    def state(self, slot: Slot) -> SlotState:
        """How that slot of this week stands."""
        return state_of(
            slot,
            contacted=self.contact_in(slot.rep.id, self.monday) is not None,
            away=self.away.get(slot.rep.id, ()),
            days=self.days,
            today=self.today,
        )

    def reason(self, slot: Slot, teller: str | None = None) -> Reason:
        """The slot's reason as it stands now: another where the facts of the kept one are gone.

        What a done slot was about stays as it was.
        """
        if slot.rep.id not in self.reps or (
            teller is None and self.state(slot) is not SlotState.OPEN
        ):
            return self._kept(slot)
        ranking = self.ranking(slot.rep.id, teller)
        return still_stands(ranking, slot.reason.about) or ranking[0].reason

    def _kept(self, slot: Slot) -> Reason:
        """The slot's reason in the words that were kept, with what the rep says of them now."""
        if contact_of(slot.reason) is None or slot.rep.id not in self._places:
            return slot.reason
        found = still_stands(self.ranking(slot.rep.id), slot.reason.about)
        return replace(slot.reason, beside=found.beside) if found else slot.reason

    def another_reason(self, slot: Slot) -> Reason:
        """The next best reason for that slot."""
        return next_best(self.ranking(slot.rep.id), self.reason(slot).about)

    def days_for(self, rep_id: int) -> tuple[date, ...]:
        """The days from today on that the rep can be given in this week."""
        member = self.reps.get(rep_id)
        if member is None:
            return ()
        there = days_there(self.free_days, self.away.get(rep_id, ()))
        return there if member.is_on_all(there) else tuple(filter(member.is_on, there))

    def new_slots(self) -> list[tuple[Membership, date | None, Reason]]:
        """A slot for every rep who has none yet: the day, and the best reason there is.

        Whoever's slot stayed open last week comes first, be the reason by now another.
        """
        waiting = {
            rep_id: self.ranking(rep_id) for rep_id in self.reps if rep_id not in self.own_slots
        }
        order = sorted(
            waiting,
            key=lambda rep_id: (
                self._last_week(rep_id)[1] is None,
                -waiting[rep_id][0].weight,
                self._last_contact(rep_id),
                rep_id,
            ),
        )
        given = spread(
            {rep_id: self.days_for(rep_id) for rep_id in order},
            by={
                rep_id: ranking[0].due_on
                for rep_id, ranking in waiting.items()
                if ranking[0].due_on is not None
            },
            taken=[
                *(slot.day for slot in self.own_slots.values() if slot.day is not None),
                *self._busy_days,
            ],
        )
        return [(self.reps[rep_id], given[rep_id], waiting[rep_id][0].reason) for rep_id in order]

    def mended_slots(self) -> dict[int, tuple[date | None, Reason]]:
        """Slots that are open and whose day or reason is not good any more, with better ones."""
        mended: dict[int, tuple[date | None, Reason]] = {}
        held = [slot for slot in self.own_slots.values() if slot.rep.id in self.reps]
        for slot in held:
            if self.over or self.state(slot) is not SlotState.OPEN:
                continue
            day, reason = slot.day, self.reason(slot)
            can = self.days_for(slot.rep.id)
            if can and day not in can and (day is None or day >= self.today):
                taken = [other.day for other in held if other.day is not None and other != slot]
                day = spread({slot.rep.id: can}, taken=[*taken, *self._busy_days])[slot.rep.id]
            if (day, reason) != (slot.day, slot.reason):
                mended[slot.id] = day, reason
        return mended

    def with_slots(self, slots: Iterable[Slot]) -> "Week":
        """The same week with those slots of its own. What was ranked stays: that goes by the
        weeks before."""
        before = (slot for slot in self.slots if slot.monday != self.monday)
        return replace(self, slots=(*before, *slots))

    def rows(self, reader: Reader) -> tuple[TodoRow, ...]:
        """A row for each rep on the list, and for each who left it after a contact."""
        teller = self.team.manager.name if reader is Reader.STAND_IN else None
        found = []
        for slot in self.own_slots.values():
            state = self.state(slot)
            if slot.rep.id in self.reps or state is SlotState.DONE:
                found.append(self._row(slot, state, teller))
        return tuple(sorted(found, key=lambda row: (row.slot.day or date.max, row.slot.id)))

    def facts(self, reader: Reader) -> TodoView:
        """The list as it stands, for that reader."""
        given = [slot.day for slot in self.own_slots.values() if slot.day is not None]
        is_first = all(slot.monday == self.monday for slot in self.slots)
        return TodoView(
            team=self.team,
            reader=reader,
            monday=self.monday,
            days=self.days,
            rows=self.rows(reader),
            issues=self.issues_now(),
            planned=() if reader is Reader.STAND_IN else self._planned(),
            calendar=self.calendar,
            today=self.today,
            over=self.over,
            rest=is_first and bool(given) and min(given) > self.all_free_days[0],
            hello=is_first and reader is Reader.MANAGER and not self._is_introduced,
        )

    @property
    def _is_introduced(self) -> bool:
        """Whether anybody on the team has been told of Windshield."""
        return any(member.introduced for member in self.members)

    def issues_now(self) -> tuple[IssueOfTheDay, ...]:
        """The issues of the day that touch this week and are not over."""
        first = max(self.today, self.begins)
        return tuple(i for i in self.issues if i.starts_on <= self.ends and i.ends_on >= first)

    def last_kind(self, rep_id: int) -> ReasonKind | None:
        """The kind of reason that was used for that rep last week."""
        return self._last_week(rep_id)[0]

    def _row(self, slot: Slot, state: SlotState, teller: str | None) -> TodoRow:
        rep_id = slot.rep.id
        reason = self.reason(slot, teller)
        if teller is not None:
            # The kept reason may be the manager's own line, and the word why is theirs alone.
            unsaid = None if slot.not_this_week is None else ""
            slot = replace(slot, reason=reason, not_this_week=unsaid)
        back = None
        if state is SlotState.AWAY:
            back = first_day_back(self.today, self.away.get(rep_id, ()), self.calendar)
        return TodoRow(
            slot=slot,
            state=state,
            reason=reason,
            channel=suggested_channel(rep_id, self.monday, self._last_channel(rep_id)),
            # What the manager and a rep had of each other is no business of who stands in.
            contact=None if teller is not None else self.contact_in(rep_id, self.monday),
            back_on=back,
        )

    def _reason_facts(self, member: Membership, teller: str | None) -> ReasonFacts:
        rep_id = member.rep.id
        last_kind, carried = self._last_week(rep_id)
        return ReasonFacts(
            rep_id=rep_id,
            name=self._called[rep_id],
            monday=self.monday,
            today=self.today,
            calendar=self.calendar,
            promises=tuple(self._promises_by_rep.get(rep_id, ())),
            issues=self.issues,
            plans=self._last_plans.get(rep_id, ()),
            coming=tuple(self._appointments.get(rep_id, ())),
            due=self._due(member),
            leaves_on=member.left_on if is_leaving(member, self.monday) else None,
            introductions=self._introductions(member),
            passing=passing_of(rep_id, self.transitions, self.visits, self.reps),
            focus=self._last_focus.get(rep_id),
            place_id=member.id,
            first_line=member.first_line,
            joined_on=(
                member.joined_on if self._new_from <= member.joined_on <= self.ends else None
            ),
            back=returns(
                self.begins - NEWS_LASTS,
                self.ends,
                self.away.get(rep_id, ()),
                self.calendar,
            ),
            carried=carried,
            last_kind=last_kind,
            said=frozenset(
                slot.reason.about
                for slot in self._slots_before.get(rep_id, ())
                if self.contact_in(rep_id, slot.monday)
            ),
            teller=teller,
            ticked=self._ticked if teller is not None else frozenset(),
        )

    @cached_property
    def _ticked(self) -> frozenset[int]:
        """The promises that whoever stands in now may read. Of two spans that both cover the day
        what is ticked in both: who reads may be named in either."""
        day = min(self.today, self.days[-1])
        spans = [off for off in self.manager_away if off.stand_in_id and off.covers(day)]
        found = [frozenset(self.ticked.get(off.id, ())) for off in spans]
        return frozenset.intersection(*found) if found else frozenset()

    def _last_week(self, rep_id: int) -> tuple[ReasonKind | None, str | None]:
        """The kind of reason that was used last week, or what the one that stayed open was
        about."""
        monday = self.monday - WEEK
        before = self._slots_before.get(rep_id, ())
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

    def _last_contact(self, rep_id: int) -> date:
        contacts = self._by_rep.get(rep_id)
        return contacts[-1].occurred_on if contacts else _FOREVER_AGO

    def _last_channel(self, rep_id: int) -> Channel | None:
        before = [c for c in self._by_rep.get(rep_id, ()) if c.occurred_on < self.begins]
        return before[-1].channel if before else None


T = TypeVar("T")


def _grouped(found: Iterable[T], by: Callable[[T], int]) -> dict[int, list[T]]:
    groups: dict[int, list[T]] = {}
    for one in found:
        groups.setdefault(by(one), []).append(one)
    return groups


def _first_name(person: Person) -> str:
    return person.name.split()[0] if person.name.split() else person.name
