"""Account dates: what is on which day at an account, as it was said in a visit, in a plan, or of
the account itself."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.transitions import Transition
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.cadence import LONGEST
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import FieldError

WHAT_LIMIT = 60
"""Characters of what is on that day."""

LEADS = (timedelta(weeks=6), timedelta(weeks=2))
"""How long before an account date it comes up, the earlier first."""


@dataclass(frozen=True)
class DateSource:
    """Where a date was said, and on which day: in the session or field day `contact` (`kind`), None
    where it was said of the account itself or that contact is gone because it is old. `earlier`
    names the earlier manager whose contact it was, None where it is the team's manager's own.
    `rep_id` is whom the contact was with, on `held_on`."""

    id: int
    noted_on: date
    contact: int | None = None
    kind: InteractionKind | None = None
    earlier: str | None = None
    rep_id: int | None = None
    held_on: date | None = None


@dataclass(frozen=True)
class AccountDate:
    """`what` is on `day` at an account. `sources` is wherever it was said, the first of them first;
    `written_day` is the day as it was said before anybody moved it, `sequence` how often that was.
    Once it is done or gone nothing more comes of it."""

    id: int
    team_id: int
    account_id: int
    account: str
    what: str
    day: date
    written_day: date
    sources: tuple[DateSource, ...]
    done_on: date | None = None
    gone_on: date | None = None
    sequence: int = 0

    @property
    def stands(self) -> bool:
        """Whether it is still to come up."""
        return self.done_on is None and self.gone_on is None

    @property
    def noted_on(self) -> date:
        """When it was said first."""
        return self.sources[0].noted_on

    @property
    def contact(self) -> int | None:
        """The first session or field day that it was said in."""
        return next((one.contact for one in self.sources if one.contact is not None), None)

    @property
    def first_of_kinds(self) -> tuple[DateSource, ...]:
        """Of each kind of source the first: a plan may say it in every session."""
        found: dict[InteractionKind | None, DateSource] = {}
        for one in self.sources:
            found.setdefault(one.kind, one)
        return tuple(found.values())


@dataclass(frozen=True)
class DateEntry:
    """What somebody says of an account date."""

    what: str
    day: date


@dataclass(frozen=True)
class SaidDate:
    """A date as it was said in words, at the account that `written` leads to."""

    account_id: int
    written: str
    what: str
    day: date

    @classmethod
    def of(cls, one: AccountDate) -> "SaidDate":
        """What would have to be said to mean that date as it is now."""
        return cls(one.account_id, "", one.what, one.day)


@dataclass(frozen=True)
class DateShown:
    """An account date as it is now, and the rep whose list has it, None where nobody on the team
    has been there; `today` is the manager's. `already`: it stood there before it was typed."""

    one: AccountDate
    rep: Person | None
    today: date
    already: bool = False


@dataclass(frozen=True)
class ReadDates:
    """Those that were read in a contact, and of them those that are new."""

    there: tuple[AccountDate, ...] = ()
    new: tuple[AccountDate, ...] = ()


NOTHING_READ = ReadDates()


def flaw_of(entry: DateEntry, today: date) -> FieldError | None:
    """What is wrong with keeping that date."""
    if not entry.what:
        return FieldError.NOTHING_ON_DAY
    if len(entry.what) > WHAT_LIMIT:
        return FieldError.TOO_LONG
    if entry.day < today:
        return FieldError.PAST_DAY
    return FieldError.TOO_FAR_AHEAD if entry.day > today + timedelta(days=LONGEST) else None


def is_same(one: AccountDate, said: SaidDate, *, any_year: bool = False) -> bool:
    """Whether that date is what was said, be it moved since. `any_year`: the words may stand there
    since the same day of another year."""
    if one.account_id != said.account_id or fold(one.what) != fold(said.what):
        return False
    if said.day in (one.day, one.written_day):
        return True
    return any_year and (said.day.month, said.day.day) == (
        one.written_day.month,
        one.written_day.day,
    )


def said_as(
    words: SaidDate, known: Iterable[AccountDate], *, any_year: bool = False
) -> AccountDate | None:
    """Which of those dates was said, the one of that very day before one that was moved, and one
    that stands before others; None for none."""
    same = (one for one in known if is_same(one, words, any_year=any_year))
    return min(same, key=lambda one: (one.day != words.day, not one.stands, one.id), default=None)


def is_one(one: AccountDate, other: AccountDate) -> bool:
    """Whether two dates, of what is one account now, are one, be either moved since."""
    days = {one.day, one.written_day} & {other.day, other.written_day}
    return fold(one.what) == fold(other.what) and bool(days)


def as_one(one: AccountDate, other: AccountDate) -> AccountDate:
    """What two dates that are one are together: said wherever either was; on the day that it was
    moved to, if either was, else that of `one`; done if either is, and gone if both are."""
    by = one if one.day != one.written_day or other.day == other.written_day else other
    days = [day for day in (one.done_on, other.done_on) if day is not None]
    sources = sorted((*one.sources, *other.sources), key=lambda each: (each.noted_on, each.id))
    return replace(
        one,
        day=by.day,
        written_day=by.written_day,
        sources=tuple(sources),
        done_on=min(days, default=None),
        gone_on=one.gone_on and other.gone_on,
    )


def lead_of(one: AccountDate, begins: date, ends: date) -> timedelta | None:
    """The lead time that a date has reached in those days; None where it is done, over, or further
    ahead."""
    if not one.stands or one.day <= begins:
        return None
    return next((lead for lead in reversed(LEADS) if one.day - lead <= ends), None)


def who_has(
    account_id: int,
    been: Iterable[Acquaintance],
    transitions: Iterable[Transition],
    reps: Iterable[int],
    by: date,
) -> int | None:
    """The one rep, of those `reps`, who has an account by that day: who has taken it over, else who
    has been there as a rep for the longest; None where none of them has."""
    there = set(reps)
    passed = sorted(
        (one for one in transitions if one.account_id == account_id and one.day <= by),
        key=lambda one: (one.day, one.id),
    )
    if passed and passed[-1].takes_over.id in there:
        return passed[-1].takes_over.id
    left = {one.leaves.id for one in passed}
    known = [
        one
        for one in been
        if one.account_id == account_id and one.as_rep and one.person.id in there
    ]
    known.sort(key=lambda one: (one.person.id in left, one.since, one.person.id))
    return known[0].person.id if known else None


def come_up(dates: Iterable[AccountDate], today: date) -> tuple[AccountDate, ...]:
    """Those that stand and are no more than six weeks ahead, the next first."""
    return tuple(one for one in coming(dates, today) if one.day - LEADS[0] <= today)


def coming(dates: Iterable[AccountDate], today: date) -> tuple[AccountDate, ...]:
    """Those that stand and are not over, the next first."""
    there = (one for one in dates if one.stands and one.day >= today)
    return tuple(sorted(there, key=lambda one: (one.day, one.id)))


def earlier(dates: Iterable[AccountDate], today: date) -> tuple[AccountDate, ...]:
    """Those that are done or over, the latest first."""
    there = (
        one for one in dates if one.gone_on is None and (one.done_on is not None or one.day < today)
    )
    return tuple(sorted(there, key=lambda one: (one.day, one.id), reverse=True))
