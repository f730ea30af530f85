"""Agendas of team meetings: their items, what the channel may show of them, and how it is spent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum
from functools import cached_property

from bot.domain.meetings.meetings import Meeting, Phase, Record
from bot.domain.meetings.naming import Namable, Question, Words, WordsOf
from bot.domain.meetings.pairing import Pair
from bot.domain.meetings.swaps import Swap, SwapKind, SwapState
from bot.domain.team.settings import CLOSE, LOOKING_AHEAD, SKILL, WINS, Direction, Section
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.people import Person, first_zone
from bot.domain.workspaces.words import bare

ITEM_LIMIT = 1000
"""Characters of an item: as many as a note of a field day has."""

MOST_MINUTES = 120
THIN = 3
"""Items with which an agenda is no longer thin."""

ASKED_AFTER = 3
"""How often an item is carried on before the manager is asked what to do with it."""


class Role(StrEnum):
    """What somebody is to a team's meetings. A stand-in does what its manager does meanwhile."""

    MANAGER = "manager"
    STAND_IN = "stand_in"
    REP = "rep"

    @property
    def leads(self) -> bool:
        return self is not Role.REP


@dataclass(frozen=True)
class AgendaItem:
    """Words for an agenda. `rep` is whose next session it is for, None for the team meeting;
    `came_from` is the id of the contact it was heard in, `heard_by` the rep who heard it, where the
    manager chose to say so. `approved`: the manager lets it out.
    `done_in` is the id of the meeting that ticked it, `carried` how many did not in which it was on
    the agenda, of those of which it is known how they went.
    `fine_for` are the Slack ids of those whom its words may name: who wrote them, and of whom its
    manager said so; `named` is the first whom they were found to name as they were written, be it
    under a name that is another by now, and be it nobody of the team."""

    id: int
    team_id: int
    rep: Person | None
    text: str
    added_on: date
    came_from: int | None
    author: Person | None = None
    heard_by: Person | None = None
    section: str = LOOKING_AHEAD
    place: int = 0
    minutes: int | None = None
    direction: Direction | None = None
    approved: bool = True
    link: str = ""
    done_in: int | None = None
    outcome: str = ""
    carried: int = 0
    fine_for: frozenset[str] = frozenset()
    named: Person | None = None
    outcome_fine_for: frozenset[str] = frozenset()
    outcome_named: Person | None = None

    @property
    def words(self) -> Words:
        return Words(self.text, self.fine_for, self.named)

    @property
    def came_of_it(self) -> Words:
        return Words(self.outcome, self.outcome_fine_for, self.outcome_named)


@dataclass(frozen=True)
class TeamPromise:
    """What somebody promised the team in a meeting; `words` are that with whom they name."""

    id: int
    team_id: int
    owner: Person
    what: str
    made_on: date
    due_on: date | None
    kept_on: date | None
    dropped_on: date | None
    meeting_id: int | None
    item_id: int | None
    fine_for: frozenset[str] = frozenset()
    named: Person | None = None

    @property
    def words(self) -> Words:
        return Words(self.what, self.fine_for, self.named)

    @property
    def is_open(self) -> bool:
        return self.kept_on is None and self.dropped_on is None


@dataclass(frozen=True)
class PromiseWords:
    """A team promise as a form says it. `owner` is a Slack user id."""

    what: str
    owner: str
    due_on: date | None


@dataclass(frozen=True)
class Suggestion:
    """Words for a thin agenda, from the binder, with where they are from; the manager chooses."""

    text: str
    section: str
    source: str
    of: str = ""
    """The words of the binder, where `text` says more around them; "" where it is they."""
    tag: int | None = None
    """The tag of the market page that it is about: taken with it."""
    contact: int | None = None
    """The field day that it was heard on, by its id: not proposed again."""

    def is_among(self, items: Iterable[AgendaItem]) -> bool:
        """Whether an item says it already, alone or with more around it, however it is typed:
        "price change: which customers first?" says "Price change"."""
        words = _words_of(self.of or self.text)
        return any(
            item.text == self.text or (words and f" {words} " in f" {_words_of(item.text)} ")
            for item in items
        )


def _words_of(text: str) -> str:
    return " ".join(filter(None, map(bare, text.split())))


@dataclass(frozen=True)
class Agenda:
    """A meeting and what is on it. `items` are those still open and those done in it, in order;
    once it is closed, those done in it and those carried on. `promises` were made in it;
    `standing` are the team's other open ones. `namable` are whom its words are looked through for;
    `there` are its reps on the day of the meeting; `swap` is the last that was asked about who
    leads one skill, as of `now`, and `pair` the last of who could show whom what. `is_heard`:
    somebody on the team has been told of Windshield, so that its channel may hear of it."""

    team: Team
    meeting: Meeting
    phase: Phase
    starts_at: datetime
    items: tuple[AgendaItem, ...]
    reps: tuple[Person, ...]
    today: date
    namable: Namable = field(default_factory=Namable)
    promises: tuple[TeamPromise, ...] = ()
    standing: tuple[TeamPromise, ...] = ()
    there: tuple[Person, ...] = ()
    swap: Swap | None = None
    pair: Swap | None = None
    now: datetime | None = None
    is_heard: bool = True

    @property
    def asked(self) -> Person | None:
        """Who is asked to lead one skill, and did not answer yet."""
        swap = self.swap
        if swap is None or self.now is None or not swap.is_open(self.meeting, self.now):
            return None
        return swap.asked if self.will_have(swap.asked) else None

    def will_have(self, person: Person) -> bool:
        """Whether that person is a rep of the team on the day of the meeting."""
        return any(rep.id == person.id for rep in self.there)

    @property
    def is_spread(self) -> bool:
        """Whether its people are in other zones than the team's."""
        zone = self.team.meeting_zone_name
        return any(first_zone(one.zone, zone) != zone for one in (self.team.manager, *self.reps))

    def about(self, item: AgendaItem) -> Named | None:
        """Whom the item is about, where it may not be shown to the team."""
        if item.section == WINS and self.meeting.has_wins:
            return None
        # It was a win; where the meeting has no place for those any more, it names somebody.
        return self._whom(item.words)

    def outcome_of(self, item: AgendaItem) -> str:
        """What came of an item, as the team may read it."""
        return item.outcome if self._whom(item.came_of_it) is None else ""

    def is_said(self, promise: TeamPromise) -> bool:
        """Whether the team may read that promise."""
        return self._whom(promise.words) is None

    def questions(self) -> tuple[Question, ...]:
        """**About one person?** of all that the team does not read because of whom it names."""
        asked = [
            *((WordsOf.ITEM, item.id, item.text, self.about(item)) for item in self.items),
            *(
                (WordsOf.OUTCOME, item.id, item.outcome, self._whom(item.came_of_it))
                for item in self.items
            ),
            *(
                (WordsOf.PROMISE, one.id, one.what, self._whom(one.words))
                for one in (*self.promises, *self.standing)
            ),
        ]
        return tuple(
            Question(said, id, text, about) for said, id, text, about in asked if about is not None
        )

    def _whom(self, words: Words) -> Named | None:
        if words not in self._found:
            self._found[words] = self.namable.in_words(words) if words.text else None
        return self._found[words]

    @cached_property
    def _found(self) -> dict[Words, Named | None]:
        """Whom words were found to name so far: an agenda is asked many times, and looking for
        names is slow."""
        return {}

    def is_on(self, person: Person) -> bool:
        """Whether that person is a rep of the team today, so that there is a next session."""
        return any(rep.id == person.id for rep in self.reps)

    def is_shown(self, item: AgendaItem) -> bool:
        """Whether the channel shows it: approved, and about nobody unless it is a win."""
        return item.approved and self.about(item) is None

    def shown(self) -> tuple[AgendaItem, ...]:
        """What the channel shows."""
        return tuple(item for item in self.items if self.is_shown(item))

    def still_open(self) -> tuple[AgendaItem, ...]:
        """What is kept for this meeting, or one after it."""
        return tuple(item for item in self.items if item.done_in is None)

    def waiting(self) -> tuple[AgendaItem, ...]:
        """What reps added that the manager has not let out yet."""
        return tuple(item for item in self.items if not item.approved)

    def by_section(
        self, items: Sequence[AgendaItem]
    ) -> Iterator[tuple[Section, tuple[AgendaItem, ...]]]:
        """Each section with its items, in order; those of a section that is gone are with the
        last."""
        known = {section.key for section in self.meeting.sections}
        last = self.meeting.sections[-1].key
        for section in self.meeting.sections:
            yield (
                section,
                tuple(
                    item
                    for item in items
                    if (item.section if item.section in known else last) == section.key
                ),
            )

    def is_done(self, item: AgendaItem) -> bool:
        return item.done_in == self.meeting.id

    def done(self) -> tuple[AgendaItem, ...]:
        """What was done in it, as the channel may show it."""
        return tuple(item for item in self.shown() if self.is_done(item))

    def made(self) -> tuple[TeamPromise, ...]:
        """What was promised in it, as the team may read it."""
        return tuple(one for one in self.promises if self.is_said(one))

    def open_promises(self) -> tuple[TeamPromise, ...]:
        """The team's other promises that are open, as the team may read them."""
        return tuple(one for one in self.standing if self.is_said(one))

    @property
    def has_notes(self) -> bool:
        """Whether something was written down in it that the team may read."""
        return bool(self.done() or self.made())

    @property
    def leader(self) -> Person | None:
        """Who leads one skill; None where the meeting has no such section."""
        has_skill = any(section.key == SKILL for section in self.meeting.sections)
        return self.meeting.leader if has_skill else None

    @property
    def skill(self) -> str:
        """What its leader shows, where both of a pair said yes, as the team may read it; "" where
        nobody said."""
        pair, leader = self.pair, self.leader
        if pair is None or leader is None or pair.asked.id != leader.id:
            return ""
        if pair.kind is not SwapKind.SHOW or pair.state is not SwapState.TAKEN:
            return ""
        return pair.skill if self._whom(Words(pair.skill)) is None else ""

    @property
    def is_empty(self) -> bool:
        """Whether the channel would read nothing in any of its sections."""
        return not (self.shown() or self.leader or self.made() or self._shows_standing())

    def _shows_standing(self) -> bool:
        closes = any(section.key == CLOSE for section in self.meeting.sections)
        return closes and bool(self.open_promises())

    @property
    def is_thin(self) -> bool:
        """Whether there is little on it but what always is."""
        return len(self.shown()) < THIN


@dataclass(frozen=True)
class SwapShown:
    """A swap as it stands, with its meeting. On the wall of who is asked: when they read of it
    (`at`), and until when they may take it (`until`); `waits`: they rest now."""

    agenda: Agenda
    swap: Swap
    at: datetime
    until: datetime
    open: bool
    waits: bool


@dataclass(frozen=True)
class PairShown:
    """A pair as its manager sees it before anybody is asked, or just after, with its meeting. On
    the wall of who would see it: when they read of it (`at`), and until when they may say
    (`until`); `waits`: they rest now."""

    agenda: Agenda
    learner: Person
    shower: Person
    skill: str
    at: datetime
    until: datetime
    waits: bool


@dataclass(frozen=True)
class AgendaView:
    """The agenda of the next meeting as somebody opens it, with what they are to the team. None
    where no meeting is set: `items` are what is kept for one."""

    team: Team
    role: Role
    reader: Person
    agenda: Agenda | None
    items: tuple[AgendaItem, ...] = ()
    record: Record | None = None
    suggestions: tuple[Suggestion, ...] = ()
    pair: Pair | None = None
    """Who could show whom what, to propose to its manager."""

    def sees(self, item: AgendaItem) -> bool:
        """Whether that reader sees it: what is about one person is the manager's, and of who
        wrote it; what waits is of who leads, too."""
        by = item.author
        if self.role is Role.MANAGER or (by is not None and by.id == self.reader.id):
            return True
        agenda = self.agenda
        about_nobody = agenda is not None and agenda.about(item) is None
        return about_nobody and (item.approved or self.role.leads)

    def own(self, item: AgendaItem) -> bool:
        """Whether that reader may change it."""
        return self.role.leads or (item.author is not None and item.author.id == self.reader.id)


@dataclass(frozen=True)
class MeetingRecord:
    """A meeting as it is kept: what was done in it, what else was on its agenda, what was promised
    in it."""

    meeting: Meeting
    done: tuple[AgendaItem, ...] = ()
    others: tuple[AgendaItem, ...] = ()
    promises: tuple[TeamPromise, ...] = ()


@dataclass(frozen=True)
class MeetingAhead:
    """The next meeting of a team as App Home says it, to a person (`reader_id`): how many items
    there are, and the team promises that are theirs to see. `meeting` None: none is set;
    `elsewhere`: the reader's clock is another than the team's."""

    meeting: Meeting | None
    starts_at: datetime | None
    channel: str | None
    items: int
    promises: tuple[TeamPromise, ...]
    reader_id: int
    today: date
    elsewhere: bool


@dataclass(frozen=True)
class ItemAdded:
    """An item as it was added: `about` is whom it names, where it may not be shown to the team as
    it is, `on_team` whether they are a rep of it today; `waits`: the manager lets it out first."""

    team: Team
    item: AgendaItem
    section: Section
    role: Role
    about: Named | None
    waits: bool
    on_team: bool = False


def named_in(item: AgendaItem, namable: Namable) -> Named | None:
    """Whom an item outside of the wins names, so that the channel does not show it."""
    return None if item.section == WINS else namable.in_words(item.words)


def moved(items: Sequence[AgendaItem], item: AgendaItem, steps: int) -> dict[int, int]:
    """The places that change, by item, as one moves so many steps within its section."""
    same = [one for one in items if one.section == item.section]
    order = [one.id for one in same]
    here = order.index(item.id)
    there = min(max(0, here + steps), len(order) - 1)
    order.insert(there, order.pop(here))
    places = sorted(one.place for one in same)
    before = {one.id: one.place for one in same}
    return {one: place for one, place in zip(order, places, strict=True) if before[one] != place}
