"""What services gather and views show: plain values, one for each screen."""

from dataclasses import dataclass
from datetime import date

from bot.domain.interactions import Interaction, Note
from bot.domain.people import Person
from bot.domain.promises import Promise
from bot.domain.teams import Membership, Team, TimeOff


@dataclass(frozen=True)
class Logged:
    """A touch as it stands, what the rep raised in it, and the date on the manager's wall."""

    touch: Interaction
    raised: tuple[Promise, ...]
    today: date


@dataclass(frozen=True)
class TouchDesk:
    """What a form needs before it opens: the reps to choose from, and the date."""

    reps: tuple[Person, ...]
    today: date


@dataclass(frozen=True)
class Promised:
    """A promise as it stands, with its team and the date on the wall of who asked.

    `tell_rep`: this very call claimed telling the rep that what they raised is closed. `said`: the
    same form had said the very same before.
    """

    promise: Promise
    team: Team
    today: date
    tell_rep: bool = False
    said: bool = False


@dataclass(frozen=True)
class KeptNote:
    """A note, the day it was written on in its author's zone, and the date on the author's wall.

    `new`: this very call kept it. `rep`: the one rep of the team it mentions, by Slack id.
    """

    note: Note
    day: date
    today: date
    new: bool = False
    rep: str | None = None


@dataclass(frozen=True)
class NotesPage:
    """Notes of one author, newest first, from the place `start` on; `more` are older."""

    notes: tuple[KeptNote, ...]
    start: int
    more: bool


@dataclass(frozen=True)
class TeamFacts:
    """A team with those who sit on it now or will."""

    team: Team
    members: tuple[Membership, ...]
    today: date

    @property
    def active(self) -> tuple[Membership, ...]:
        """Reps on the team today."""
        return tuple(member for member in self.members if member.is_on(self.today))

    @property
    def to_introduce(self) -> tuple[Membership, ...]:
        """Reps who have not been told yet what Windshield keeps."""
        return tuple(member for member in self.active if not member.introduced)


@dataclass(frozen=True)
class RepsChanged:
    """The team after its reps were chosen: who is new, and what those who left leave open."""

    facts: TeamFacts
    added: tuple[Membership, ...]
    left_open: tuple[Promise, ...]


@dataclass(frozen=True)
class RepFacts:
    """A rep's place on the team, and days away."""

    team: Team
    membership: Membership
    time_off: tuple[TimeOff, ...]
    today: date


@dataclass(frozen=True)
class ManagerHome:
    """The manager's side: team, open promises both ways, those closed of late, those left open by
    who left, and how many notes there are."""

    facts: TeamFacts
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    left_open: tuple[Promise, ...]
    notes: int


@dataclass(frozen=True)
class RepHome:
    """A rep's side of one team: open promises both ways, their own kept of late, and what they
    raised, newest first."""

    team: Team
    promises: tuple[Promise, ...]
    closed: tuple[Promise, ...]
    raised: tuple[Promise, ...]
    today: date


@dataclass(frozen=True)
class HomeFacts:
    """Neither a manager nor a seat: someone new."""

    manager: ManagerHome | None
    seats: tuple[RepHome, ...]


Place = tuple[date, int]
"""Where a page of a binder begins: the day and id of the entry before it."""


@dataclass(frozen=True)
class BinderFacts:
    """A page of a rep's binder, with the promises that are open.

    `older` is where the next page begins, None on the last.
    """

    team: Team
    rep: Person
    membership: Membership
    promises: tuple[Promise, ...]
    entries: tuple[Interaction, ...]
    begins: Place | None
    older: Place | None
    today: date


@dataclass(frozen=True)
class BinderPromises:
    """All promises with a rep, open ones first, from the place `start` on; `more` come after."""

    rep: Person
    promises: tuple[Promise, ...]
    start: int
    more: bool
    today: date


@dataclass(frozen=True)
class BinderShelf:
    """Everyone a manager keeps a binder of, by name; who left is among them."""

    members: tuple[Membership, ...]
    today: date


@dataclass(frozen=True)
class EntryFacts:
    """One contact whole. `own`: who asks wrote it, and alone may keep a private note with it."""

    logged: Logged
    own: bool
