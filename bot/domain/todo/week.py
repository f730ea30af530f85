"""A team's week: the list that follows from what is known of it."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property
from itertools import takewhile

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import Contact, InteractionKind
from bot.domain.meetings.meetings import days_of
from bot.domain.promises import Answer, Promise
from bot.domain.team.calendar import WEEK
from bot.domain.team.teams import Membership
from bot.domain.team.time_off import days_there, first_day_back
from bot.domain.todo.allotment import allot
from bot.domain.todo.kinds import KINDS, contact_of
from bot.domain.todo.known import Known
from bot.domain.todo.lists import (
    Reader,
    ReasonChoice,
    Slot,
    SlotState,
    TodoRow,
    TodoView,
    days_of_list,
    spread,
    state_of,
    suggested_channel,
)
from bot.domain.todo.ranking import gives_way, is_owed_by, rank, still_stands
from bot.domain.todo.reasons import IssueOfTheDay, Ranked, Reason, ReasonKind, issue_of, promise_of
from bot.domain.todo.thanks import may_thank
from bot.domain.workspaces.refusals import Gone


@dataclass(frozen=True)
class Week(Known):
    """The list of a week, as it follows from what is known."""

    _rankings: dict[tuple[int, str | None], tuple[Ranked, ...]] = field(
        default_factory=dict, compare=False, repr=False
    )

    @cached_property
    def _reasons(self) -> dict[str | None, Mapping[int, Ranked]]:
        return {}

    @cached_property
    def free_days(self) -> tuple[date, ...]:
        """The days from today on that reps can be given."""
        return days_of_list(self.monday, self.today, self.calendar, self.manager_away, self.away)

    @cached_property
    def all_free_days(self) -> tuple[date, ...]:
        """The days that reps could be given when the week began."""
        return days_of_list(self.monday, self.begins, self.calendar, self.manager_away, self.away)

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
        """The slot's reason as it stands now: another where the facts of the kept one are gone, or
        where something is owed or was raised since then and nobody chose.

        What a done slot was about stays as it was.
        """
        stands = self._standing(teller).get(slot.rep.id)
        if stands is None:
            return self._kept(slot)
        if slot != self.own_slots.get(slot.rep.id):
            # A slot that is about to be kept: another reason, read the same way.
            ranking = self.ranking(slot.rep.id, teller)
            stands = still_stands(ranking, slot.reason.about) or stands
        return stands.reason

    def _kept(self, slot: Slot) -> Reason:
        """The slot's reason in the words that were kept, with what the rep says of them now."""
        if contact_of(slot.reason) is None or slot.rep.id not in self.places:
            return slot.reason
        found = still_stands(self.ranking(slot.rep.id), slot.reason.about)
        return replace(slot.reason, beside=found.reason.beside) if found else slot.reason

    def reason_about(self, slot: Slot, about: str) -> Reason:
        """The reason about `about` that the slot could have. Raises Gone where there is none."""
        found = still_stands(self.ranking(slot.rep.id), about)
        if found is None:
            raise Gone
        return found.reason

    def choice(self, slot: Slot, start: int = 0) -> ReasonChoice:
        """The reasons to choose from for that slot, shown from `start` on."""
        chosen = self.reason(slot)
        ranked = (ranked.reason for ranked in self.ranking(slot.rep.id))
        others = tuple(reason for reason in ranked if reason.about != chosen.about)
        return ReasonChoice(slot.id, chosen, others, start if 0 <= start < len(others) else 0)

    def days_for(self, rep_id: int) -> tuple[date, ...]:
        """The days from today on that the rep can be given in this week."""
        member = self.reps.get(rep_id)
        if member is None:
            return ()
        there = days_there(self.free_days, self.away.get(rep_id, ()))
        return there if member.is_on_all(there) else tuple(filter(member.is_on, there))

    def _good_days(self, rep_id: int, ranked: Ranked) -> tuple[date, ...]:
        """Those of the rep's days that the reason is good for. What the manager owes is for whoever
        knows of it: the manager, or a stand-in who reads it; on another's day only where the week
        has none of theirs."""
        can = self.days_for(rep_id)
        if not KINDS[ranked.reason.kind].takes_turns and self.manager_away:
            promise = promise_of(ranked.reason.about)
            can = tuple(day for day in can if self._is_known_on(promise, day)) or can
        return ranked.days.among(can)

    def _is_known_on(self, promise: int | None, day: date) -> bool:
        """Whether who has the list that day knows of that promise."""
        covering = [off for off in self.manager_away if off.covers(day)]
        spans = [off for off in covering if off.stand_in_id is not None]
        # As what is read that day: of two spans what is ticked in both.
        reads = bool(spans) and all(promise in self.ticked.get(off.id, ()) for off in spans)
        return not covering or reads

    def new_slots(self) -> list[tuple[Membership, date | None, Reason]]:
        """A slot for every rep who has none yet: the day, and the best reason that there is room
        for.

        Whoever's slot stayed open last week comes first, be the reason by now another.
        """
        waiting = [rep_id for rep_id in self.reps if rep_id not in self.own_slots]
        if not waiting:
            return []
        waiting.sort(key=lambda rep_id: (-self.ranking(rep_id)[0].weight, *self._turn(rep_id)))
        held = [ranked.reason.kind for ranked in self._standing(None).values()]
        reasons = self._allotted(waiting, [*held, *self._kinds_settled], None)
        order = sorted(
            waiting,
            key=lambda rep_id: (
                self.last_week(rep_id)[1] is None,
                -reasons[rep_id].weight,
                *self._turn(rep_id),
            ),
        )
        given = spread(
            {rep_id: self._good_days(rep_id, reasons[rep_id]) for rep_id in order},
            [*self._days_taken({}), *self._busy_days],
        )
        return [(self.reps[rep_id], given[rep_id], reasons[rep_id].reason) for rep_id in order]

    def mended_slots(self) -> dict[int, tuple[date | None, Reason]]:
        """Slots that are open and whose day or reason is not good any more, with better ones."""
        mended: dict[int, tuple[date | None, Reason]] = {}
        if self.over:
            return mended
        given: dict[int, date | None] = {}
        for rep_id, ranked in self._standing(None).items():
            slot = self.own_slots[rep_id]
            day = given[rep_id] = self._better_day(rep_id, ranked, given)
            if (day, ranked.reason) != (slot.day, slot.reason):
                mended[slot.id] = day, ranked.reason
        return mended

    def _standing(self, teller: str | None) -> Mapping[int, Ranked]:
        """The reason of each slot that has one to be acted on, as it stands now, by rep."""
        if teller not in self._reasons:
            self._reasons[teller] = self._reasons_now(teller)
        return self._reasons[teller]

    def _reasons_now(self, teller: str | None) -> dict[int, Ranked]:
        kept: dict[int, Ranked] = {}
        waiting = []
        for rep_id, slot in self.own_slots.items():
            if rep_id not in self.reps or (teller is None and not self._is_open(slot)):
                continue
            ranking = self.ranking(rep_id, teller)
            found = still_stands(ranking, slot.reason.about)
            if slot.day is None and not slot.picked and self._is_open(slot):
                # Who was to be away and is there had no part in what the list was made of.
                found = None
            elif found and teller is None and not slot.picked and gives_way(found, ranking[0]):
                found = ranking[0]
            if found is None:
                waiting.append(rep_id)
            else:
                kept[rep_id] = found
        held = [ranked.reason.kind for ranked in kept.values()]
        if teller is None:
            held += self._kinds_settled
        return kept | self._allotted(waiting, held, teller)

    @cached_property
    def _kinds_settled(self) -> list[ReasonKind]:
        """The kinds of the rows that are done or left out."""
        rows = [slot for slot in self.own_slots.values() if slot.rep.id in self.there]
        return [slot.reason.kind for slot in rows if not self._is_open(slot)]

    def _allotted(
        self, waiting: Iterable[int], held: Iterable[ReasonKind], teller: str | None
    ) -> dict[int, Ranked]:
        """A reason for each of those reps. Who is away all week fills no row with one."""
        rankings = {rep_id: self.ranking(rep_id, teller) for rep_id in waiting}
        there = {rep: ranking for rep, ranking in rankings.items() if rep in self.there}
        best = {rep: ranking[0] for rep, ranking in rankings.items()}
        return best | allot(there, held, len(self.there))

    def _turn(self, rep_id: int) -> tuple[date, int]:
        """Who comes first among equals."""
        return self.last_contact(rep_id), rep_id

    def _is_open(self, slot: Slot) -> bool:
        return self.state(slot) is SlotState.OPEN

    def _days_taken(self, given: Mapping[int, date | None], but: int | None = None) -> list[date]:
        """The days of the slots that stand, but for that of one rep; of those that were `given`
        another just now, that."""
        rest = (rep_id for rep_id in self.own_slots if rep_id != but and rep_id in self.reps)
        days = (given.get(rep_id, self.own_slots[rep_id].day) for rep_id in rest)
        return [day for day in days if day is not None]

    def _better_day(
        self, rep_id: int, ranked: Ranked, given: Mapping[int, date | None]
    ) -> date | None:
        """The slot's own day while it is good, and where the manager chose it and the rep is there;
        once it has come, the slot is open on each day after it. `given` are the days that others
        have from now on."""
        slot, can = self.own_slots[rep_id], self.days_for(rep_id)
        day = slot.day and max(slot.day, self.today)
        good = can if slot.moved and day in can else self._good_days(rep_id, ranked)
        if not good or day in good:
            return slot.day
        taken = [*self._days_taken(given, but=rep_id), *self._busy_days]
        return spread({rep_id: good}, taken)[rep_id]

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
        return tuple(
            sorted(
                found,
                key=lambda row: (not self._leads(row), row.slot.day or date.max, row.slot.id),
            )
        )

    def _leads(self, row: TodoRow) -> bool:
        """Whether its rep brought something up that waits for the manager: that comes first among
        the rows of today, whatever day the others had."""
        waiting = {f"promise:{one.id}" for one in self._waiting.get(row.slot.rep.id, ())}
        said = (row.reason, *row.owed)
        return row.is_for(self.today) and any(one.about in waiting for one in said)

    @cached_property
    def _waiting(self) -> dict[int, list[Promise]]:
        """What reps brought up themselves and nobody has taken on or closed, by rep."""
        found: dict[int, list[Promise]] = {}
        for promise in self.promises:
            if promise.waits:
                found.setdefault(promise.rep.id, []).append(promise)
        return found

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
            rounded_up=self._rounded_up() if reader is Reader.MANAGER and self.over else (),
            # Of a week that is over no more is asked here: it stays as it ended.
            planned=() if reader is Reader.STAND_IN or self.over else self._planned(),
            calendar=self.calendar,
            today=self.today,
            over=self.over,
            rest=is_first and bool(given) and min(given) > self.all_free_days[0],
            hello=self._says_hello(is_first=is_first) and reader is Reader.MANAGER,
        )

    def _says_hello(self, *, is_first: bool) -> bool:
        """Whether it is the first list that its manager gets, and no rep heard of it yet: the team
        began with it, or passed to them that week or the one before."""
        passed = self.team.led_since is not None
        lately = passed and self.begins <= self.team.led_from + timedelta(days=7)
        return (is_first or lately) and not self.is_introduced

    def issues_now(self) -> tuple[IssueOfTheDay, ...]:
        """The issues of the day that touch this week and are not over."""
        first = max(self.today, self.begins)
        return tuple(i for i in self.issues if i.starts_on <= self.ends and i.ends_on >= first)

    def _rounded_up(self) -> tuple[IssueOfTheDay, ...]:
        # Whether anybody said something may change later; a week that is over reads the same. What
        # begins after its last working day was in no row of it, and may be set when it is over.
        return tuple(
            one
            for one in self.issues
            if one.starts_on <= min(one.ends_on, self.days[-1])
            and self.begins <= one.ends_on <= self.ends
        )

    def _whatever_else(self, rep_id: int, teller: str | None) -> Iterator[Ranked]:
        """What has its place in the row of that rep whatever its reason is, and became of it: what
        is owed by today, and the accounts that pass on."""
        if self.over or rep_id not in self.reps or not self.owes_or_passes(rep_id):
            return
        owed_by = self.owed_by if self.today >= self.begins else date.min
        for ranked in self.ranking(rep_id, teller):
            if ranked.stays or is_owed_by(ranked, owed_by):
                yield ranked

    def _row(self, slot: Slot, state: SlotState, teller: str | None) -> TodoRow:
        rep_id = slot.rep.id
        reason = self.reason(slot, teller)
        if teller is not None:
            # The kept reason may be the manager's own line, and the word why is theirs alone.
            unsaid = None if slot.not_this_week is None else ""
            slot = replace(slot, reason=reason, not_this_week=unsaid)
        contact = self.contact_in(rep_id, self.monday)
        done_now = contact is not None and self._can_take_back(contact, teller)
        back = None
        if state is SlotState.AWAY:
            back = first_day_back(
                min(self.today, self.ends), self.away.get(rep_id, ()), self.calendar
            )
        always = list(self._whatever_else(rep_id, teller))
        issue = issue_of(reason.about) or 0
        return TodoRow(
            slot=slot,
            state=state,
            reason=reason,
            channel=suggested_channel(rep_id, self.monday, self.last_channel(rep_id)),
            # What the manager and a rep had of each other is no business of who stands in.
            contact=contact if teller is None or done_now else None,
            back_on=back,
            owed=tuple(ranked.reason for ranked in always if not ranked.stays),
            passing=tuple(ranked.reason for ranked in always if ranked.stays),
            done_now=done_now,
            asked=self.asked(slot) if done_now and teller is None else None,
            may_thank=teller is None and self._may_thank(slot, reason),
            said=self.answers.get((issue, rep_id), "") if teller is None else "",
        )

    def _may_thank(self, slot: Slot, reason: Reason) -> bool:
        """Whether the rep may be thanked for that reason in the channel, and was not yet."""
        open_still = slot.thanked_on is None and not self.over and slot.rep.id in self.reps
        return open_still and may_thank(self.team, self.places.get(slot.rep.id), reason)

    def _can_take_back(self, contact: Contact, teller: str | None) -> bool:
        """Whether it is a touch of today, and of whoever reads the list."""
        if contact.kind is not InteractionKind.TOUCH or contact.occurred_on != self.today:
            return False
        if teller is None:
            return contact.author_id == self.team.manager.id and not self.over
        own = {off.stand_in_id for off in self.manager_away if off.covers(self.today)}
        return contact.author_id in own and not self.over

    def asked(self, slot: Slot) -> Promise | None:
        """The promise that a done slot was about, while it is open and nobody said that it stays
        so."""
        asked = promise_of(slot.reason.about)
        if asked is None or slot.answer is not None:
            return None
        known = self.promises_by_rep.get(slot.rep.id, ())
        return next(
            (
                one
                for one in known
                if one.id == asked and one.is_open and one.answer is not Answer.NOT_SO
            ),
            None,
        )
