"""A team's record with the reps and the years that were asked for, and nothing of others."""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from itertools import chain
from typing import Any, Protocol, TypeVar

from bot.domain.accounts.accounts import Account
from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.calendar import CalendarFacts
from bot.domain.binder.export import ExportRequest
from bot.domain.binder.pack import PackAccount, TeamPack
from bot.domain.binder.record import PrivateWords, TeamRecord
from bot.domain.meetings.agenda import AgendaItem, MeetingRecord
from bot.domain.promises import Promise
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, TimeOff
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.lists import Slot
from bot.domain.workspaces.people import Person

DAY = timedelta(days=1)
LAST_OF_WEEK = 6 * DAY


class _OfRep(Protocol):
    @property
    def rep(self) -> Person: ...


_V = TypeVar("_V")


def narrowed(record: TeamRecord, request: ExportRequest) -> TeamRecord:
    """The record with what the request asks for.

    Of other reps nothing stays: of a team meeting what the named ones and the manager brought, led
    and promised; of an account where a named rep has been the names that they and the manager know
    there, and the dates that were not said in another's session or field day. An issue of the day
    is the manager's and stays, with the answers of the named. Of a reason that may quote what
    was said of another it stays what kind it was. Notes to oneself are about no rep, and are left
    out where some are named.

    Of years stays what happened in them, what stood in them (promises, plans, places on the team,
    days away) and who is known since before their end. A standing plan is as it stands now.
    """
    return narrowed_reps(narrowed_team(record, request), request)


def narrowed_team(record: TeamRecord, request: ExportRequest) -> TeamRecord:
    """The same of what is of the whole team alone, of a record with every place on it."""
    if request.is_whole:
        return record
    return replace(record, **_Narrowing(record, request).of_team())


def narrowed_reps(record: TeamRecord, request: ExportRequest) -> TeamRecord:
    """The same of what is of reps alone, of as many as the record has."""
    if request.is_whole:
        return record
    narrowing = _Narrowing(record, request)
    narrow = replace(record, **narrowing.of_reps())
    return replace(narrow, members=tuple(narrowing.members(narrow)))


class _Narrowing:
    def __init__(self, record: TeamRecord, request: ExportRequest) -> None:
        self.whole = record
        self.request = request
        self.rep_ids = {
            member.rep.id for member in record.members if request.wants(member.rep.slack_id)
        }

    def of_team(self) -> dict[str, Any]:
        whole, request = self.whole, self.request
        issues = tuple(one for one in whole.issues if request.covers(one.starts_on, one.ends_on))
        asked = {one.id for one in issues}
        accounts = self._accounts()
        known = {one.id for one in accounts}
        return {
            "issues": issues,
            "issue_answers": {
                issue: tuple(one for one in answers if self._wanted(one))
                for issue, answers in whole.issue_answers.items()
                if issue in asked
            },
            "accounts": accounts,
            "acquaintances": tuple(
                one
                for one in whole.acquaintances
                if one.account_id in known
                and self._is_ours(one.person)
                and request.covers(one.since)
            ),
            "account_dates": tuple(self._dates(known)),
            "plans": tuple(
                one
                for one in whole.plans
                if one.rep_id in self.rep_ids and request.covers(one.agreed_on)
            ),
            "transitions": tuple(one for one in whole.transitions if self._passes(one)),
            "meetings": tuple(self._meetings()),
            "promised_elsewhere": tuple(
                one
                for one in whole.promised_elsewhere
                if self._is_ours(one.owner) and request.covers(one.made_on, one.kept_on)
            ),
            "pack": self._pack(whole.pack),
            "calendar": self._calendar(whole.calendar),
            "time_off": self._time_off(whole.team.manager.id),
            "private": self._private(whole.private),
        }

    def of_reps(self) -> dict[str, Any]:
        whole, request = self.whole, self.request
        # By rep alone: a reason of a later week may quote a session of before, and what its rep
        # remembers otherwise stands beside that too.
        contacts = (
            *whole.touches,
            *(one for one, _ in whole.sessions),
            *(one for one, _ in whole.field_days),
        )
        of_reps = {one.id for one in contacts if self._wanted(one)}
        there = {
            one.id for one in contacts if one.id in of_reps and request.covers_day(one.occurred_on)
        }
        of_others = {one.id for one in contacts} - of_reps
        promises = tuple(one for one in whole.promises if self._stood(one))
        promised = {one.id for one in promises}
        plans = tuple(
            one
            for one in whole.save_it_plans
            if self._wanted(one) and request.covers(one.made_on, one.closed_on)
        )
        saved = {one.id for one in plans}
        private = whole.private
        return {
            "touches": tuple(one for one in whole.touches if one.id in there),
            "sessions": tuple(one for one in whole.sessions if one[0].id in there),
            "field_days": tuple(one for one in whole.field_days if one[0].id in there),
            "shared": _those(whole.shared, whole.shared.keys() - of_others),
            "planned_for": _those(whole.planned_for, there),
            "promises": promises,
            "cleared": _those(whole.cleared, promised),
            "slots": tuple(
                (self._unquoted(slot), state)
                for slot, state in whole.slots
                if self._wanted(slot) and request.covers(slot.monday, slot.monday + LAST_OF_WEEK)
            ),
            "time_off": self._time_off(whole.team.manager.id, *self.rep_ids),
            "market_notes": tuple(
                one
                for one in whole.market_notes
                if self._wanted(one) and request.covers_day(one.heard_on)
            ),
            "results": tuple(
                one
                for one in whole.results
                if request.wants(one.rep_id) and request.covers(one.period.start, one.period.end)
            ),
            "save_it_plans": plans,
            "plan_steps": {
                plan: tuple(one for one in steps if one in promised)
                for plan, steps in whole.plan_steps.items()
                if plan in saved
            },
            "plan_answers": _those(whole.plan_answers, saved),
            "private": private
            and replace(
                private,
                contact_notes=_those(private.contact_notes, there),
                between_us=tuple(one for one in private.between_us if self._stood(one)),
            ),
        }

    def _wanted(self, one: _OfRep) -> bool:
        return self.request.wants(one.rep.slack_id)

    def _unquoted(self, slot: Slot) -> Slot:
        """Without words that may be of somebody else, where some reps are named."""
        kind = KINDS[slot.reason.kind]
        if not (self.request.reps and kind.of_others):
            return slot
        text = f"{kind.called[:1].upper()}{kind.called[1:]}."
        return replace(slot, reason=replace(slot.reason, text=text, source=""))

    def _is_ours(self, person: Person | None) -> bool:
        """Whether that is the manager, a rep who is asked for, or nobody."""
        manager = self.whole.team.manager.id
        return person is None or person.id == manager or self.request.wants(person.slack_id)

    def _passes(self, one: Transition) -> bool:
        both = {one.leaves.id, one.takes_over.id}
        return bool(both & self.rep_ids) and self.request.covers_day(one.day)

    def _stood(self, promise: Promise) -> bool:
        return self._wanted(promise) and self.request.covers(promise.made_on, promise.closed_on)

    def _accounts(self) -> tuple[Account, ...]:
        """All accounts, or those where a rep who is asked for has been or will be."""
        if not self.request.reps:
            return self.whole.accounts
        been = {
            one.account_id
            for one in self.whole.acquaintances
            if one.person.id in self.rep_ids and self.request.covers(one.since)
        }
        been |= {one.account_id for one in self.whole.transitions if self._passes(one)}
        return tuple(one for one in self.whole.accounts if one.id in been)

    def _dates(self, known: Collection[int]) -> Iterator[AccountDate]:
        for one in self.whole.account_dates:
            said = tuple(self._said(one.sources))
            if one.account_id in known and said and self.request.covers_day(one.day):
                yield replace(one, sources=said)

    def _said(self, sources: Iterable[DateSource]) -> Iterator[DateSource]:
        """Where it was said but with others; what contact that was, where it is of those years."""
        for one in sources:
            if one.held_on is None or self.request.covers_day(one.held_on):
                found = one
            else:
                found = replace(one, contact=None, kind=None)
            if one.rep_id is None or one.rep_id in self.rep_ids:
                yield found

    def _time_off(self, *people: int) -> dict[int, tuple[TimeOff, ...]]:
        return {
            person: tuple(one for one in days if self.request.covers(one.starts_on, one.ends_on))
            for person, days in self.whole.time_off.items()
            if person in people
        }

    def _meetings(self) -> Iterator[MeetingRecord]:
        days = (one for one in self.whole.meetings if self.request.covers_day(one.meeting.day))
        for one in days:
            if not self.request.reps:
                yield one
                continue
            leader = one.meeting.leader
            own = MeetingRecord(
                replace(one.meeting, leader=leader if self._is_ours(leader) else None),
                self._items(one.done),
                self._items(one.others),
                tuple(promise for promise in one.promises if self._is_ours(promise.owner)),
            )
            if own.done or own.others or own.promises or own.meeting.leader:
                yield own

    def _items(self, items: Iterable[AgendaItem]) -> tuple[AgendaItem, ...]:
        return tuple(
            one for one in items if self._is_ours(one.author) and self._is_ours(one.heard_by)
        )

    def _calendar(self, calendar: CalendarFacts | None) -> CalendarFacts | None:
        """With meetings, which are of the whole team; years are seen to where it is written."""
        if calendar is None:
            return None
        own = tuple(one for one in calendar.appointments if self._wanted(one))
        return replace(calendar, appointments=own)

    def _pack(self, pack: TeamPack | None) -> TeamPack | None:
        """What whoever takes over begins with is as it stands now, whatever the years."""
        if pack is None or not self.request.reps:
            return pack
        reps = tuple(
            replace(one, accounts=tuple(map(self._known_by_ours, one.accounts)))
            for one in pack.reps
            if self._wanted(one)
        )
        own = tuple(one for one in pack.promises if self._is_ours(one.owner))
        return replace(pack, reps=reps, accounts=(), dates=(), promises=own)

    def _known_by_ours(self, account: PackAccount) -> PackAccount:
        return replace(account, others=tuple(filter(self._is_ours, account.others)))

    def _private(self, private: PrivateWords | None) -> PrivateWords | None:
        if private is None:
            return None
        zone = self.whole.team.manager_zone
        covers = self.request.covers_day
        notes = (one for one in private.notes if covers(local_date(one.written_at, zone)))
        return replace(private, notes=() if self.request.reps else tuple(notes))

    def members(self, narrow: TeamRecord) -> Iterator[Membership]:
        """Places of those years, and all of whoever something is said of."""
        contacts = (*narrow.touches, *(one for one, _ in chain(narrow.sessions, narrow.field_days)))
        about: Iterable[_OfRep] = chain(contacts, narrow.promises, narrow.market_notes)
        said_of = {one.rep.id for one in about}
        said_of |= {one.rep.id for one, _ in narrow.slots}
        said_of |= {one.rep.id for one in narrow.save_it_plans}
        said_of |= {one.rep_id for one in narrow.plans}
        for member in self.whole.members:
            last = member.left_on and member.left_on - DAY
            stood = self.request.covers(member.joined_on, last)
            if self._wanted(member) and (stood or member.rep.id in said_of):
                yield member


def _those(whole: Mapping[int, _V], ids: Collection[int]) -> dict[int, _V]:
    return {one: kept for one, kept in whole.items() if one in ids}
