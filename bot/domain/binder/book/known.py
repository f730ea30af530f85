"""A team's record, found by rep: read once, however many reps there are."""

from collections import defaultdict
from collections.abc import Callable, Iterable
from datetime import date
from functools import cached_property
from typing import TypeVar

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.dates import AccountDate
from bot.domain.binder.book.words import Wording
from bot.domain.binder.record import TeamRecord, reps_in_order
from bot.domain.contacts.interactions import Interaction
from bot.domain.field_days import FieldDayNotes
from bot.domain.promises import Promise
from bot.domain.results.results import Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import Session, StandingPlan
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.teams import Membership
from bot.domain.todo.kinds import contact_of
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.workspaces.people import Person

_T = TypeVar("_T")
_K = TypeVar("_K")


class Known:
    """What a record knows, by rep (their id) or by what else it is asked for, newest first where it
    happened on a day. `today` is the day on which the book is made, on its manager's wall."""

    def __init__(self, record: TeamRecord, today: date) -> None:
        self.record = record
        self.today = today
        self.wording = Wording(today)
        self.manager: Person = record.team.manager

    @cached_property
    def reps(self) -> tuple[tuple[Person, tuple[Membership, ...]], ...]:
        """Everybody who is or was on the team, by name, those who left last, with their places."""
        return tuple(reps_in_order(self.record.members, self.today))

    @cached_property
    def sessions(self) -> dict[int, list[tuple[Interaction, Session]]]:
        return _by(_latest_pairs(self.record.sessions), lambda one: one[0].rep.id)

    @cached_property
    def field_days(self) -> dict[int, list[tuple[Interaction, FieldDayNotes]]]:
        return _by(_latest_pairs(self.record.field_days), lambda one: one[0].rep.id)

    @cached_property
    def touches(self) -> dict[int, list[Interaction]]:
        return _by(
            sorted(self.record.touches, key=lambda one: (one.occurred_on, one.id), reverse=True),
            lambda one: one.rep.id,
        )

    @cached_property
    def promises(self) -> dict[int, list[Promise]]:
        return _by(
            sorted(self.record.promises, key=lambda one: (one.made_on, one.id), reverse=True),
            lambda one: one.rep.id,
        )

    @cached_property
    def promises_of_contact(self) -> dict[int | None, list[Promise]]:
        return _by(self.record.promises, lambda one: one.interaction_id)

    @cached_property
    def plans(self) -> dict[int, list[StandingPlan]]:
        return _by(self.record.plans, lambda one: one.rep_id)

    @cached_property
    def results(self) -> dict[str, list[Result]]:
        """By the rep's Slack id."""
        return _by(
            sorted(self.record.results, key=lambda one: one.period.start, reverse=True),
            lambda one: one.rep_id,
        )

    @cached_property
    def save_it_plans(self) -> dict[int, list[SaveItPlan]]:
        return _by(
            sorted(self.record.save_it_plans, key=lambda one: one.made_on, reverse=True),
            lambda one: one.rep.id,
        )

    @cached_property
    def slots(self) -> dict[int, list[tuple[Slot, SlotState]]]:
        return _by(
            sorted(self.record.slots, key=lambda one: one[0].monday, reverse=True),
            lambda one: one[0].rep.id,
        )

    @cached_property
    def acquaintances(self) -> dict[int, list[Acquaintance]]:
        """By account."""
        return _by(self.record.acquaintances, lambda one: one.account_id)

    @cached_property
    def accounts_of(self) -> dict[int, list[int]]:
        """The ids of the accounts that a rep has been to as its rep."""
        found: dict[int, dict[int, None]] = defaultdict(dict)
        for one in self.record.acquaintances:
            if one.as_rep:
                found[one.person.id][one.account_id] = None
        return {person: list(ids) for person, ids in found.items()}

    @cached_property
    def dates_of(self) -> dict[int, list[AccountDate]]:
        """Dates that are to come, by account, the next first."""
        coming = (one for one in self.record.account_dates if one.stands and one.day >= self.today)
        return _by(sorted(coming, key=lambda one: one.day), lambda one: one.account_id)

    def otherwise(self, contact: int) -> str:
        """What its rep remembers otherwise, where that stands beside the text."""
        sharing = self.record.shared.get(contact)
        return sharing.objection if sharing and sharing.beside else ""

    def beside_reason(self, slot: Slot) -> str:
        """What the rep remembers otherwise of what that slot's reason quotes, as a sentence; ""
        for nothing."""
        contact = contact_of(slot.reason)
        otherwise = self.otherwise(contact) if contact is not None else ""
        return self.as_remembered(slot.rep, otherwise)

    @staticmethod
    def as_remembered(rep: Person, otherwise: str) -> str:
        """That in a sentence of the book's; "" for nothing."""
        return f"How {rep.first_name} remembers it: {otherwise}" if otherwise else ""

    def sharing(self, contact: int) -> Sharing | None:
        return self.record.shared.get(contact)


def _by(rows: Iterable[_T], key: Callable[[_T], _K]) -> dict[_K, list[_T]]:
    found: dict[_K, list[_T]] = {}
    for row in rows:
        found.setdefault(key(row), []).append(row)
    return found


def _latest_pairs(rows: Iterable[tuple[Interaction, _T]]) -> list[tuple[Interaction, _T]]:
    return sorted(rows, key=lambda one: (one[0].occurred_on, one[0].id), reverse=True)
