"""The transition pack: what whoever takes over begins with, of a rep and of a whole team.

It holds what a later manager may read, the column of that name in “Who sees what” of the product's
description, and no more, whoever looks at it: what was never shared, and what a rep said between
the two, is in none.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.domain.accounts.accounts import Account, Acquaintance, by_account, people_met
from bot.domain.accounts.bench import known_through
from bot.domain.accounts.dates import AccountDate, coming
from bot.domain.accounts.transitions import Transition
from bot.domain.meetings.agenda import TeamPromise
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import PastTopic, Topic
from bot.domain.team.teams import Membership, Team
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Person


@dataclass(frozen=True)
class ToIntroduce:
    """An introduction still to be made at an account: to `to`, who has it from `day` on; both None
    where nobody but the rep has been there. `people` are those known there, by name."""

    account: str
    people: tuple[str, ...]
    to: Person | None = None
    day: date | None = None


@dataclass(frozen=True)
class PackAccount:
    """An account: those known there, by name, and who else of us has been there, the rep left
    out."""

    id: int
    name: str
    is_key: bool
    people: tuple[str, ...]
    others: tuple[Person, ...]


@dataclass(frozen=True)
class PackPlan:
    """The plan of a topic as it was shared with the rep last, in a session of `agreed_on`.
    `otherwise` is what the rep wants to stand beside it, "" for nothing."""

    title: str
    text: str
    agreed_on: date
    otherwise: str = ""


@dataclass(frozen=True)
class RepPack:
    """What whoever takes over from a rep, or takes the rep, begins with.

    `accounts` are those that the rep has been to, key accounts first; `dates` what is to come at
    them, and at those that pass on; `promises` what is open of both sides. `left_on` is set where
    the rep is not on the team any more.
    """

    rep: Person
    introductions: tuple[ToIntroduce, ...] = ()
    accounts: tuple[PackAccount, ...] = ()
    dates: tuple[AccountDate, ...] = ()
    plans: tuple[PackPlan, ...] = ()
    promises: tuple[Promise, ...] = ()
    left_on: date | None = None

    @property
    def is_empty(self) -> bool:
        return not (
            self.introductions or self.accounts or self.dates or self.plans or self.promises
        )

    @property
    def waits(self) -> bool:
        """Whether something in it is still to be done by somebody."""
        return bool(self.introductions or self.promises)


@dataclass(frozen=True)
class TeamPack:
    """What whoever takes over a team begins with: a pack a rep, by name, those who left and of whom
    something is still open last; and what is the team's: accounts that are in none of theirs, what
    is to come there, what was promised in meetings and is open, and issues of the day that run or
    are to come. The series is in the settings of `team`."""

    team: Team
    today: date
    reps: tuple[RepPack, ...]
    accounts: tuple[PackAccount, ...] = ()
    dates: tuple[AccountDate, ...] = ()
    promises: tuple[TeamPromise, ...] = ()
    issues: tuple[IssueOfTheDay, ...] = ()


@dataclass(frozen=True)
class RepPackRead:
    """A rep's pack as somebody reads it: who manages the rep, and the handover that lets whoever is
    to take over read it, None where it is the manager who does."""

    pack: RepPack
    manager: Person
    today: date
    handover: int | None = None

    @property
    def is_own(self) -> bool:
        return self.handover is None


@dataclass(frozen=True)
class TeamPackRead:
    """The same of a whole team."""

    pack: TeamPack
    handover: int | None = None


@dataclass(frozen=True)
class PackFacts:
    """What packs are made of, of one team as of its manager's `today`: `plans` are what was shared
    last, by rep and key of the topic; `dates` those that a later manager may read; `on_team` are
    the ids of the reps who are on it."""

    today: date
    on_team: frozenset[int]
    known: Sequence[Acquaintance]
    transitions: Sequence[Transition]
    topics: Sequence[Topic]
    plans: Mapping[int, Mapping[str, PastTopic]]
    promises: Sequence[Promise]
    dates: Sequence[AccountDate]


def packs_of(facts: PackFacts, members: Sequence[Membership]) -> tuple[RepPack, ...]:
    """The pack of each of those reps, in their order."""
    known = by_account(facts.known)
    through = known_through(facts.known, facts.on_team)
    been: dict[int, dict[int, None]] = {}
    for account, there in known.items():
        for one in there:
            if one.as_rep:
                been.setdefault(one.person.id, {})[account] = None
    promised: dict[int, list[Promise]] = {}
    for promise in facts.promises:
        if promise.shown and not promise.between_us:
            promised.setdefault(promise.rep.id, []).append(promise)
    passing: dict[int, list[Transition]] = {}
    for transition in facts.transitions:
        passing.setdefault(transition.leaves.id, []).append(transition)
    dates = coming(facts.dates, facts.today)
    found = []
    for member in members:
        rep = member.rep
        own = been.get(rep.id, {})
        goes = passing.get(rep.id, [])
        at = {*own, *(one.account_id for one in goes)}
        alone = [
            account
            for account in own
            if all(one.id == rep.id for one in through[account])
            and account not in {one.account_id for one in goes}
        ]
        found.append(
            RepPack(
                rep,
                (
                    *_passing(goes, known),
                    *(ToIntroduce(known[one][0].account, people_met(known[one])) for one in alone),
                ),
                _accounts([known[account] for account in own], rep.id),
                tuple(one for one in dates if one.account_id in at),
                _plans(facts.topics, facts.plans.get(rep.id, {})),
                tuple(promised.get(rep.id, ())),
                member.left_on if member.is_over(facts.today) else None,
            )
        )
    return tuple(found)


def team_pack_of(
    facts: PackFacts,
    team: Team,
    members: Sequence[Membership],
    accounts: Sequence[Account],
    promises: Sequence[TeamPromise],
    issues: Sequence[IssueOfTheDay],
) -> TeamPack:
    """The pack of a whole team, of all `members` it ever had, and of all its `accounts`."""
    newest = {member.rep.id: member for member in sorted(members, key=lambda one: one.joined_on)}
    by_name = sorted(newest.values(), key=lambda one: in_order(one.rep.name))
    packs = packs_of(facts, by_name)
    reps = [one for one in packs if one.rep.id in facts.on_team]
    reps += [one for one in packs if one.rep.id not in facts.on_team and one.waits]
    theirs = {account.id for one in reps for account in one.accounts}
    known = by_account(facts.known)
    shown = {date.id for one in reps for date in one.dates}
    own = [_account(one, known.get(one.id, ())) for one in accounts if one.id not in theirs]
    return TeamPack(
        team,
        facts.today,
        tuple(reps),
        _key_first(own),
        tuple(one for one in coming(facts.dates, facts.today) if one.id not in shown),
        tuple(promises),
        tuple(issues),
    )


def _passing(
    goes: Sequence[Transition], known: Mapping[int, Sequence[Acquaintance]]
) -> list[ToIntroduce]:
    return [
        ToIntroduce(one.account, people_met(known.get(one.account_id, ())), one.takes_over, one.day)
        for one in goes
        if not one.is_made(known.get(one.account_id, ()))
    ]


def _plans(topics: Sequence[Topic], last: Mapping[str, PastTopic]) -> tuple[PackPlan, ...]:
    """In the order of the topics; those that are retired, or say nothing, are left out."""
    return tuple(
        PackPlan(
            topic.title,
            last[topic.key].notes.whole_plan.strip(),
            last[topic.key].held_on,
            last[topic.key].otherwise or "",
        )
        for topic in topics
        if topic.key in last and last[topic.key].notes.whole_plan.strip()
    )


def _accounts(there: Collection[Sequence[Acquaintance]], rep_id: int) -> tuple[PackAccount, ...]:
    found = []
    for known in there:
        first = known[0]
        account = Account(first.account_id, 0, first.account, first.is_key)
        whole = _account(account, known)
        others = tuple(one for one in whole.others if one.id != rep_id)
        found.append(replace(whole, others=others))
    return _key_first(found)


def _account(account: Account, known: Sequence[Acquaintance]) -> PackAccount:
    there = {one.person.id: one.person for one in known}
    others = sorted(there.values(), key=lambda one: in_order(one.name))
    return PackAccount(account.id, account.name, account.is_key, people_met(known), tuple(others))


def _key_first(found: Collection[PackAccount]) -> tuple[PackAccount, ...]:
    return tuple(sorted(found, key=lambda one: (not one.is_key, in_order(one.name))))
