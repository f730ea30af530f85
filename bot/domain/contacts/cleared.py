"""**You said, we did**: what reps raised that is done, told to the team without a name."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from bot.domain.contacts.drafts import ONE_STEP, Draft, Typed
from bot.domain.promises import Owner, Promise
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.people import Person

MOST = 10
"""Lines of one post: what a channel reads at a glance."""

LINE_LIMIT = 200

BOX = "line"
"""What the names of the form's fields begin with."""


class ClearedAnswer(StrEnum):
    """What whoever raised it says to a line."""

    YES = "yes"
    NO = "no"


@dataclass(frozen=True)
class ClearedLine:
    """A line as its manager wrote it, about a promise that `rep` raised and that was kept in
    `month` (its first day). Other words are another line. None for `answer`: nobody knows.
    `fine_for` are the Slack ids of those who are not meant by them, as their manager says."""

    id: int
    team_id: int
    promise_id: int
    rep: Person
    month: date
    text: str
    asked: bool = False
    answer: ClearedAnswer | None = None
    posted_on: date | None = None
    fine_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ClearedWords:
    """What is to be read of something that was raised, "" for nothing; `fine_for` as of a line."""

    text: str
    fine_for: frozenset[str] = frozenset()


@dataclass(frozen=True)
class ClearedItem:
    """Something that was raised and is done, and the line about it, if there is one."""

    promise: Promise
    line: ClearedLine | None = None


@dataclass(frozen=True)
class ClearedMonth:
    """What a team cleared in a month, oldest first, as its manager has it on the day `today`, and
    the channel it may be told in. `aside`: it is put aside. `draft` is what its manager typed and
    did not preview yet, which stands above the lines; `about` whom such words seem to name, by what
    was promised: they are no lines before that is answered. `unheard` are the reps, persons by id,
    who were not told of Windshield yet: nobody asks them."""

    manager: Person
    channel: str | None
    month: date
    today: date
    items: tuple[ClearedItem, ...]
    aside: bool = False
    draft: Draft | None = None
    about: Mapping[int, Named] = field(default_factory=dict)
    unheard: frozenset[int] = frozenset()

    @property
    def typed(self) -> Typed:
        """What was typed and not previewed yet, by `box_of`."""
        return self.draft.typed.get(ONE_STEP, Typed()) if self.draft else Typed()

    @property
    def is_half_written(self) -> bool:
        """Whether something else was typed than what the lines say."""
        return any(
            self.typed.has(box_of(one.promise.id))
            and as_line(self.typed.text(box_of(one.promise.id)))
            != (one.line.text if one.line else "")
            for one in self.items
        )

    @property
    def lines(self) -> tuple[ClearedLine, ...]:
        return tuple(one.line for one in self.items if one.line is not None)

    @property
    def to_ask(self) -> tuple[ClearedLine, ...]:
        """Those whose reps can be asked now."""
        return tuple(one for one in self.lines if not one.asked and one.rep.id not in self.unheard)

    @property
    def agreed(self) -> tuple[ClearedLine, ...]:
        """Those that may be posted."""
        return tuple(one for one in self.lines if one.answer is ClearedAnswer.YES)

    @property
    def until(self) -> date:
        return last_day(self.month)


@dataclass(frozen=True)
class ClearedQuestion:
    """A line as who raised it is asked about it: `open` while it can be answered."""

    line: ClearedLine
    manager: Person
    channel: str | None
    today: date
    open: bool

    @property
    def until(self) -> date:
        return last_day(self.line.month)


@dataclass(frozen=True)
class ClearedPost:
    """Lines that are to be posted now."""

    channel: str
    month: date
    lines: tuple[ClearedLine, ...]


def box_of(promise_id: int) -> str:
    """The field of the form for what was promised."""
    return f"{BOX}{promise_id}"


def as_line(text: str) -> str:
    """Words as they stand in a post, on one line."""
    return " ".join(text.split())


def month_before(today: date) -> date:
    """The first day of the month before."""
    return (today.replace(day=1) - timedelta(days=1)).replace(day=1)


def last_day(month: date) -> date:
    """Until when a month is told of: the last day of the month after."""
    after = (month + timedelta(days=31)).replace(day=1)
    return (after + timedelta(days=31)).replace(day=1) - timedelta(days=1)


def is_cleared(promise: Promise, month: date) -> bool:
    """Whether that was raised before others, and kept in that month; time to talk is no
    obstacle."""
    kept = promise.kept_on
    return (
        promise.raised_on is not None
        and promise.owner is Owner.MANAGER
        and kept is not None
        and kept.replace(day=1) == month
        and promise.dropped_on is None
        and not (promise.deleted or promise.between_us or promise.for_time)
    )


def cleared_of(
    promises: Iterable[Promise],
    lines: Iterable[ClearedLine],
    there: Collection[int],
    month: date,
) -> tuple[ClearedItem, ...]:
    """What may be told of: raised by who is still there (persons by id), the earliest kept
    first."""
    by_promise = {one.promise_id: one for one in lines}
    found = [one for one in promises if is_cleared(one, month) and one.rep.id in there]
    found.sort(key=lambda one: (one.kept_on or date.min, one.id))
    items = (ClearedItem(one, by_promise.get(one.id)) for one in found)
    return tuple(one for one in items if one.line is None or one.line.posted_on is None)[:MOST]
