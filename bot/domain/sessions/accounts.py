"""A rep's accounts as a session shows them: who is known there, and by whom of us."""

from collections.abc import Iterable
from dataclasses import dataclass

from bot.domain.accounts.accounts import AccountVisit, Known, who_knows_whom
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class KnownThere:
    """An account, and who knows whom there."""

    account: str
    is_key: bool
    known: tuple[Known, ...]


def accounts_of(
    rep_id: int, visits: Iterable[AccountVisit], manager: Person
) -> tuple[KnownThere, ...]:
    """The accounts of a team's `visits` where that rep has been: key accounts first, then those
    visited last."""
    to: dict[str, list[AccountVisit]] = {}
    for visit in sorted(visits, key=lambda one: (one.visited_on, one.field_day), reverse=True):
        to.setdefault(fold(visit.account), []).append(visit)
    found = [
        KnownThere(
            there[0].account, any(one.is_key for one in there), who_knows_whom(there, manager)
        )
        for there in to.values()
        if any(one.rep.id == rep_id for one in there)
    ]
    return tuple(sorted(found, key=lambda one: not one.is_key))
