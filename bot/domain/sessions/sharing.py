"""What a rep is shown of a session or a field day once its manager shared it.

Source: the table “Who sees what” of the product's description. Plan, what changed, next step, the
shared note, strength and focus are shared; results looked back on, the rep's view as the manager
wrote it, visits and what was heard of the market stay with the manager.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime

from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.field_days import FieldDayNotes
from bot.domain.sessions.letter import PRACTICE_READ, Letter
from bot.domain.sessions.sessions import Session
from bot.domain.team.calendar import local_date
from bot.domain.workspaces.people import Person, zone_named

WORDS_LIMIT = 2000
"""Characters of a rep's own words: a good page."""


@dataclass(frozen=True)
class Passage:
    """Words under a heading, and what they are: a plan, a next step."""

    heading: str
    label: str
    text: str


@dataclass(frozen=True)
class Sharing:
    """That a contact was shared. `changed_at` is its last change since, and `seen_at` when the rep
    said of it that it was read; `rep_words` are the rep's
    own, "" for none; `objection` is what the rep remembers otherwise, as far as its reader may
    have it: for the manager alone, or, where the rep wants it `beside` the text, for all who read
    that."""

    interaction_id: int
    shared_at: datetime
    changed_at: datetime | None
    rep_words: str
    rep_words_at: datetime | None
    objection: str
    beside: bool = False
    seen_at: datetime | None = None

    @property
    def is_seen(self) -> bool:
        """Whether the rep has seen it as it is now."""
        if self.seen_at is None:
            return False
        return self.changed_at is None or self.changed_at <= self.seen_at

    @property
    def edition(self) -> str:
        """Names how it was at one time, so that **Seen** is said of what was read."""
        return self.changed_at.isoformat() if self.changed_at else ""


@dataclass(frozen=True)
class SharedPart:
    """What there is to share of a contact, and whether it was. `zone_name` is the team's zone."""

    contact: Interaction
    manager: Person
    letter: Letter
    sharing: Sharing | None
    zone_name: str | None = None

    def reads_as(self, other: "SharedPart") -> bool:
        """Whether its rep reads the same in both."""
        return (self.letter, self.sharing) == (other.letter, other.sharing)

    @property
    def writer(self) -> str:
        """The name of whose session or field day it was: the manager's, or an earlier one's."""
        return self.contact.earlier or self.manager.name

    @property
    def objection(self) -> str:
        """What the rep remembers otherwise, "" for nothing."""
        return self.sharing.objection if self.sharing else ""

    @property
    def is_beside(self) -> bool:
        """Whether the rep wants that to stand beside the text wherever it goes."""
        return self.sharing is not None and self.sharing.beside

    @property
    def is_empty(self) -> bool:
        return self.letter.is_empty

    def rep_today(self, now: datetime) -> date:
        """The date on the rep's wall."""
        return local_date(now, zone_named(self.contact.rep.zone, self.zone_name))

    def manager_today(self, now: datetime) -> date:
        """The date on the manager's wall."""
        return local_date(now, zone_named(self.manager.zone, self.zone_name))


@dataclass(frozen=True)
class EndedSharing:
    """What was shared with somebody, who it turned out not to be about: nothing of it is left but
    their own words, "" for none."""

    manager: Person
    kind: InteractionKind
    rep_words: str


def passages_of_session(session: Session) -> Iterator[Passage]:
    """What a rep may read of a session."""
    for topic, said in session.spoken():
        for label, text in (
            ("Plan", said.whole_plan),
            ("What changed", said.changed),
            ("Next step", said.next_step),
        ):
            if text:
                yield Passage(topic.title, label, text)
    if session.notes.shared_note:
        yield Passage("Note for both of you", "", session.notes.shared_note)


def passages_of_field_day(notes: FieldDayNotes) -> Iterator[Passage]:
    """What a rep may read of a field day."""
    if notes.strength:
        yield Passage("One strength", "", notes.strength)
    if notes.focus:
        yield Passage("One focus", "", notes.focus)
        if notes.practice is not None:
            yield Passage("One focus", "Who did it", PRACTICE_READ[notes.practice])
