"""Field days: what a manager writes down of a day spent with a rep at customers."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from bot.domain.accounts.dates import NOTHING_READ, ReadDates
from bot.domain.accounts.market import NOTHING_TO_SAY, MarketKept, MarketNote, shared_tags
from bot.domain.accounts.visits import Visit, parse_visits, visit_lines, visits_in_words
from bot.domain.contacts.drafts import ONE_STEP, Draft, Typed
from bot.domain.contacts.interactions import Logged
from bot.domain.promises import Owner, Promise, action_of, usual_due_date
from bot.domain.workspaces.names import fold

TEXT_LIMIT = 1000
"""Characters of each text of a field day: a few sentences."""

FIRST, MORE = "first", "more"
"""The steps of the form of a new field day. ONE_STEP is that of a form which has all in one."""

PATH_LENGTH = 6
"""Field days that a path with a focus looks back on: half a year of them."""


class Practice(StrEnum):
    """Who did what the focus is about, on the day: shown by the manager, done together, or by the
    rep alone."""

    SHOWN = "shown"
    TOGETHER = "together"
    ALONE = "alone"


@dataclass(frozen=True)
class FieldDayNotes:
    """What was seen and agreed on. `rep_view` is how the rep saw the day, `market` what was heard
    of the market and of competitors, `practice` who did what the focus is about, None where nobody
    said."""

    visits: tuple[Visit, ...] = ()
    rep_view: str = ""
    strength: str = ""
    focus: str = ""
    market: str = ""
    practice: Practice | None = None

    def reworded(self, words: "FieldDayNotes") -> "FieldDayNotes":
        """With the visits and the market of `words` in place of these, each where they say some:
        `notes_of_words` reads no more than those two."""
        return replace(self, visits=words.visits or self.visits, market=words.market or self.market)


TEXTS = ("rep_view", "strength", "focus", "market")
"""Those of the notes that are text, by name, the rep's own view first."""


@dataclass(frozen=True)
class Practised:
    """Who did what a focus is about, on which day."""

    on: date
    practice: Practice


@dataclass(frozen=True)
class Focus:
    """What a rep works on since a field day. `field_day` is the id of that contact, 0 where it is
    gone because it is old; `otherwise` is
    what the rep remembers otherwise of it, where they want it to stand beside the text. `path` is
    who did it on the last field days with the same focus, this one too, oldest first. `earlier`
    names the earlier manager whose field day it was."""

    team_id: int
    rep_id: int
    field_day: int
    agreed_on: date
    text: str
    otherwise: str | None = None
    path: tuple[Practised, ...] = ()
    earlier: str | None = None


@dataclass(frozen=True)
class KeptFocus:
    """A focus that outlived its field day, which went because it is old. `shared`: its rep has read
    it. `otherwise` is what the rep remembers otherwise, beside it."""

    rep_id: int
    agreed_on: date
    text: str
    shared: bool
    otherwise: str | None = None


def is_same_focus(one: str, other: str) -> bool:
    """Whether both say the same, however it is spelled."""
    return fold(one) == fold(other)


def path_of(focus: str, days: Iterable[tuple[date, str, Practice | None]]) -> tuple[Practised, ...]:
    """The path with that focus over field days (day, focus, who did it), in their order. Days with
    another focus, and those of which nobody said, are no part of it."""
    return tuple(
        Practised(day, practice)
        for day, text, practice in days
        if practice is not None and is_same_focus(text, focus)
    )


@dataclass(frozen=True)
class Heard:
    """What was heard of market and competitors in a field day (`contact` is its id) with a rep."""

    team_id: int
    contact: int
    occurred_on: date
    rep: str
    text: str


@dataclass(frozen=True)
class FieldDayEntry:
    """What a manager says of a field day. `rep` is a Slack user id; the actions are promises of
    both sides, "" for none, each due on its own day; `tags` are those picked for what was heard, by
    id, None where nobody was asked."""

    rep: str
    day: date
    notes: FieldDayNotes
    rep_action: str = ""
    manager_action: str = ""
    rep_due_on: date | None = None
    manager_due_on: date | None = None
    tags: tuple[int, ...] | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether there is not a word in it."""
        return not (self.rep_action or self.manager_action or self.notes != FieldDayNotes())


def fresh_entry(rep: str, today: date) -> FieldDayEntry:
    """What the form of a new field day holds; `rep` is "" for nobody yet."""
    due = usual_due_date(today)
    return FieldDayEntry(rep, today, FieldDayNotes(), rep_due_on=due, manager_due_on=due)


def typed_of(entry: FieldDayEntry) -> Typed:
    """What the fields of the form hold where it says that: `entry_in` the other way round."""
    notes = entry.notes
    return Typed(
        {
            "rep": entry.rep,
            "day": _iso(entry.day),
            "visits": visit_lines(notes.visits),
            **{name: getattr(notes, name) for name in TEXTS},
            "practice": notes.practice.value if notes.practice else "",
            "rep_action": entry.rep_action,
            "manager_action": entry.manager_action,
            "rep_due_on": _iso(entry.rep_due_on),
            "manager_due_on": _iso(entry.manager_due_on),
            **({} if entry.tags is None else {"tags": list(map(str, entry.tags))}),
        }
    )


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def overlaid(*layers: Typed) -> Typed:
    """What fields hold that stand in several of those: as the last of them says."""
    values: dict[str, str | list[str]] = {}
    for layer in layers:
        values |= layer.values
    return Typed(values)


def typed_in(draft: Draft) -> Typed:
    """All that is typed in the steps of a draft. Where a field was moved to the first step, since
    its rep was known by then, it holds what it does there."""
    return overlaid(*(draft.typed.get(one, Typed()) for one in (ONE_STEP, MORE, FIRST)))


def entry_in(typed: Typed, rep: str = "") -> FieldDayEntry:
    """What the fields of the form say; `rep` (a Slack id) is whom it was opened for."""
    day = typed.day("day")
    return FieldDayEntry(
        rep=typed.text("rep") or rep,
        # Slack does not send the form without it.
        day=day or date.min,
        notes=FieldDayNotes(
            visits=parse_visits(typed.text("visits")),
            practice=_practice(typed.text("practice")),
            **{name: typed.text(name).strip() for name in TEXTS},
        ),
        rep_action=typed.text("rep_action").strip(),
        manager_action=typed.text("manager_action").strip(),
        rep_due_on=typed.day("rep_due_on"),
        manager_due_on=typed.day("manager_due_on"),
        tags=picked_tags(typed) if typed.has("tags") else None,
    )


def picked_tags(typed: Typed) -> tuple[int, ...]:
    """The tags that were picked in a form, by id."""
    return tuple(int(one) for one in typed.checked("tags") if one.isdecimal())


def _practice(typed: str) -> Practice | None:
    return Practice(typed) if typed in list(Practice) else None


def notes_of_words(text: str, known: Collection[str] = ()) -> FieldDayNotes:
    """Words that were written elsewhere, as the form of a field day has them: lines that read
    `account: …` are visits, and all others are what was heard. `known` are the keys of the team's
    accounts."""
    visits, rest = visits_in_words(text, known)
    return FieldDayNotes(visits=visits, market=rest[:TEXT_LIMIT].strip())


@dataclass(frozen=True)
class FieldDayLogged:
    """A field day as it stands: the contact with the actions of both sides, its notes, and
    `otherwise` as with `Focus`. Where it was saved just now: `dates` are those that were read in
    its visits, and `kept` what is to be said of the lines of the market (`heard`)."""

    logged: Logged
    notes: FieldDayNotes
    otherwise: str | None = None
    dates: ReadDates = NOTHING_READ
    heard: tuple[MarketNote, ...] = ()
    kept: MarketKept = NOTHING_TO_SAY

    def entry(self, today: date) -> FieldDayEntry:
        """What the form says that changes it; a date is offered for what nobody took on yet."""
        contact = self.logged.touch
        rep_action = action_of(self.logged.raised, Owner.REP)
        own_action = action_of(self.logged.raised, Owner.MANAGER)
        usual = usual_due_date(today)
        return FieldDayEntry(
            rep=contact.rep.slack_id,
            day=contact.occurred_on,
            notes=self.notes,
            rep_action=rep_action.what if rep_action else "",
            manager_action=own_action.what if own_action else "",
            rep_due_on=rep_action.due_on if rep_action else usual,
            manager_due_on=own_action.due_on if own_action else usual,
            tags=shared_tags(self.heard),
        )


@dataclass(frozen=True)
class FieldDayBefore:
    """What to have in mind on a field day: what it was planned for, and the focus and the actions
    of both sides from the last one; and how far this one is written down already."""

    planned: str = ""
    last_on: date | None = None
    focus: Focus | None = None
    actions: tuple[Promise, ...] = ()
    draft: Draft | None = None
