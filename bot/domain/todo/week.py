"""A team's week: the list that follows from what is known of it."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile

from bot.domain.appointments import Appointment
from bot.domain.meetings.meetings import days_of
from bot.domain.team.teams import Membership
from bot.domain.team.time_off import days_there, first_day_back
from bot.domain.todo.known import Known
from bot.domain.todo.lists import (
    Reader,
    Slot,
    SlotState,
    TodoRow,
    TodoView,
    days_of_list,
    spread,
    state_of,
    suggested_channel,
)
from bot.domain.todo.ranking import next_best, rank, still_stands
from bot.domain.todo.reasons import IssueOfTheDay, Ranked, Reason


@dataclass(frozen=True)
class Week(Known):
    """The list of a week, as it follows from what is known."""

    _rankings: dict[tuple[int, str | None], tuple[Ranked, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def free_days(self) -> tuple[date, ...]:
        """The days from today on that reps can be given."""
        return days_of_list(self.monday, self.today, self.holidays, self.manager_away)

    @cached_property
    def all_free_days(self) -> tuple[date, ...]:
        """The days that reps could be given when the week began."""
        return days_of_list(self.monday, self.monday, self.holidays, self.manager_away)

    def _planned(self) -> tuple[Appointment, ...]:
        """What is planned with the reps on the list in this week and still stands."""
        return tuple(
            one
            for one in self.appointments
            if self.monday <= one.day <= self.ends and one.rep.id in self.reps
        )

    @cached_property
    def _busy_days(self) -> tuple[date, ...]:
        """The days of what is planned in this week: sessions, field days, team meetings."""
        series = self.team.settings.series
        met: Iterable[date] = ()
        if series is not None:
            found = days_of(series, self.holidays, self.monday - timedelta(days=7))
            coming = takewhile(lambda pair: pair[0] <= self.ends, found)
            met = (day for _, day in coming if self.monday <= day <= self.ends)
        return (*(one.day for one in self._planned()), *met)

    def ranking(self, rep_id: int, teller: str | None = None) -> tuple[Ranked, ...]:
        """The reasons there are for that rep, best first. `teller` names the manager where
        somebody else reads them."""
        key = rep_id, teller
        if key not in self._rankings:
            self._rankings[key] = rank(self.reason_facts(self.places[rep_id], teller))
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
            return slot.reason
        ranking = self.ranking(slot.rep.id, teller)
        return still_stands(ranking, slot.reason.about) or ranking[0].reason

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
                self.last_week(rep_id)[1] is None,
                -waiting[rep_id][0].weight,
                self.last_contact(rep_id),
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
            today=self.today,
            over=self.over,
            rest=is_first and bool(given) and min(given) > self.all_free_days[0],
        )

    def issues_now(self) -> tuple[IssueOfTheDay, ...]:
        """The issues of the day that touch this week and are not over."""
        first = max(self.today, self.monday)
        return tuple(i for i in self.issues if i.starts_on <= self.ends and i.ends_on >= first)

    def _row(self, slot: Slot, state: SlotState, teller: str | None) -> TodoRow:
        rep_id = slot.rep.id
        reason = self.reason(slot, teller)
        if teller is not None:
            # The kept reason may be the manager's own line, and the word why is theirs alone.
            unsaid = None if slot.not_this_week is None else ""
            slot = replace(slot, reason=reason, not_this_week=unsaid)
        back = None
        if state is SlotState.AWAY:
            back = first_day_back(self.today, self.away.get(rep_id, ()), self.holidays)
        return TodoRow(
            slot=slot,
            state=state,
            reason=reason,
            channel=suggested_channel(rep_id, self.monday, self.last_channel(rep_id)),
            # What the manager and a rep had of each other is no business of who stands in.
            contact=None if teller is not None else self.contact_in(rep_id, self.monday),
            back_on=back,
        )
