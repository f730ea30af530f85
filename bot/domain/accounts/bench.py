"""The key-customer bench: who of the team knows each key account, and what is still missing there.

Source: “The key-customer bench” of the product's description. The introductions of a transition
(`introductions_of`) go by the same rule, `known_through`.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field

from bot.domain.accounts.accounts import Acquaintance, Introduction, by_account, people_met
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class BenchAccount:
    """A key account: the reps on the team who have been there, those the longest first, and whether
    their manager has. `named` says of reps, by id, at which turn it was named for their field day
    last; the higher the turn, the later."""

    id: int
    name: str
    known_through: tuple[Person, ...]
    met_by_manager: bool
    named: Mapping[int, int] = field(default_factory=dict)

    @property
    def known_alone(self) -> bool:
        """Whether one rep alone knows it."""
        return len(self.known_through) == 1

    @property
    def is_covered(self) -> bool:
        """Whether nothing is missing there."""
        return self.met_by_manager and len(self.known_through) > 1


@dataclass(frozen=True)
class BenchPage:
    """A part of a team's key accounts, those first where most is missing: those from `begins` on.
    `known_alone` and `unmet` count among all. `away` are the reps who are away today, by id."""

    accounts: tuple[BenchAccount, ...]
    begins: int
    count: int
    known_alone: int
    unmet: int
    away: frozenset[int] = frozenset()

    @property
    def ends(self) -> int:
        """How many come before what follows."""
        return self.begins + len(self.accounts)


def known_through(
    acquaintances: Iterable[Acquaintance], reps: Collection[int]
) -> Mapping[int, tuple[Person, ...]]:
    """Which of those `reps` have been to each account as a rep, by account, the longest first."""
    return {
        account: tuple(
            {
                one.person.id: one.person for one in known if one.as_rep and one.person.id in reps
            }.values()
        )
        for account, known in by_account(
            sorted(acquaintances, key=lambda one: (one.since, one.person.id))
        ).items()
    }


def introductions_of(
    rep_id: int, acquaintances: Collection[Acquaintance], reps: Collection[int]
) -> tuple[Introduction, ...]:
    """What is still to be introduced before that rep leaves, by account: of all `acquaintances` of
    the team, the accounts where none of the other `reps` on it was."""
    through = known_through(acquaintances, {*reps, rep_id})
    return tuple(
        Introduction(account, known[0].account, people_met(known), known[0].is_key)
        for account, known in by_account(acquaintances).items()
        if [person.id for person in through[account]] == [rep_id]
    )


def bench_of(
    acquaintances: Collection[Acquaintance], manager_id: int, reps: Collection[int]
) -> tuple[BenchAccount, ...]:
    """The key accounts of a team: those first that nobody or one rep alone knows, then those that
    the manager has not been to; then by name."""
    keys = [one for one in acquaintances if one.is_key]
    through = known_through(keys, reps)
    met = {one.account_id for one in keys if one.person.id == manager_id}
    found = [
        BenchAccount(
            account,
            known[0].account,
            through[account],
            account in met,
            {one.person.id: one.named for one in known if one.named and one.as_rep},
        )
        for account, known in by_account(keys).items()
    ]
    return tuple(
        sorted(
            found,
            key=lambda one: (
                min(len(one.known_through), 2),
                one.met_by_manager,
                in_order(one.name),
                one.id,
            ),
        )
    )


def to_meet(bench: Iterable[BenchAccount], rep_id: int) -> BenchAccount | None:
    """The account of the bench that the next field day with that rep may be for; None where nothing
    is missing at any that the rep knows.

    It stays the same until that field day was. Accounts take turns: the one of the last field day
    is not named again while another stands, and the one that was named longest ago comes first;
    those that the manager has not been to before others.
    """
    found = [
        one
        for one in bench
        if rep_id in [person.id for person in one.known_through] and not one.is_covered
    ]
    last = max((one.named.get(rep_id, 0) for one in found), default=0)
    others = [one for one in found if not last or one.named.get(rep_id, 0) < last] or found
    return min(
        others,
        key=lambda one: (
            one.met_by_manager,
            one.named.get(rep_id, 0),
            in_order(one.name),
            one.id,
        ),
        default=None,
    )


def next_turn(bench: Iterable[BenchAccount], rep_id: int) -> int:
    """The turn at which an account is named for the next field day with that rep."""
    return 1 + max((one.named.get(rep_id, 0) for one in bench), default=0)


def why_meet(one: BenchAccount, name: str) -> str:
    """Why to visit it with that rep, in a sentence."""
    if one.known_alone:
        return f"{one.name} is known through {name} alone: meet them together."
    return f"{name} knows {one.name} and can introduce you: meet them together."


def count_words(alone: int, keys: int) -> str:
    """3 of 8 key accounts are known through one person."""
    if not alone:
        return "No key account is known through one person alone."
    accounts = "key account" if keys == 1 else "key accounts"
    return f"{alone} of {keys} {accounts} {'is' if alone == 1 else 'are'} known through one person."
