"""What happened between a manager and a rep, whichever component it belongs to."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.contacts.received import KeptFile
from bot.domain.contacts.touches import Channel
from bot.domain.promises import Promise, Promised
from bot.domain.workspaces.people import Person

PUT_BACK_WITHIN = timedelta(days=30)
"""Something deleted can be put back this long; then it is gone for good."""

EPHEMERAL_LIFE = timedelta(minutes=30)
"""How long Slack lets an answer seen by one person be changed
(https://docs.slack.dev/interactivity/handling-user-interaction: response_url, 30 minutes)."""

NOTE_LIMIT = 3000


class InteractionKind(StrEnum):
    """The component an interaction belongs to; each has its own clock."""

    TOUCH = "touch"
    SESSION = "session"
    FIELD_DAY = "field_day"


@dataclass(frozen=True)
class Interaction:
    """A contact with a rep as anyone allowed to see the contact may see it.

    The private note is not part of it: `has_private_note` only says that the person asking
    wrote one. `has_file`: its author sent a file or a clip with it, and has the link. `is_seen`:
    it was shared, and its rep said that they have seen it as it is now. `earlier` names the earlier
    manager whose session or field day it was, None where it is the team's manager's own;
    `is_withheld`: that one never shared it, so that its words are not for who manages the team now.
    `moved`: its rep reads it with the team that they moved to; `came_along`: it came with a rep
    from another team, where it is changed.
    """

    id: int
    kind: InteractionKind
    team_id: int
    rep: Person
    author_id: int
    channel: Channel | None
    occurred_on: date
    occurred_at: datetime
    recorded_at: datetime
    about: str
    has_private_note: bool
    deleted_at: datetime | None
    has_file: bool = False
    is_seen: bool = False
    is_withheld: bool = False
    earlier: str | None = None
    moved: bool = False
    came_along: bool = False


@dataclass(frozen=True)
class Contact:
    """That a contact happened: what every clock and every slot goes by. `about` is what was kept of
    a touch in words; `author_id` is whose word it is: the manager's, or that of somebody who stood
    in."""

    id: int
    team_id: int
    rep_id: int
    kind: InteractionKind
    channel: Channel | None
    occurred_on: date
    about: str = ""
    author_id: int = 0


@dataclass(frozen=True)
class Note:
    """A manager's own words, kept for the manager alone. `message` is where they were written
    (conversation and ts); `files` were sent with them."""

    id: int
    text: str
    written_at: datetime
    message: str = ""
    files: tuple[KeptFile, ...] = ()


@dataclass(frozen=True)
class Passed:
    """A contact was said to be with `first`, and is with another now. `raised` is what the first
    raised in it, and keeps; `was_shown`: something of it was on their Home tab."""

    first: Person
    raised: tuple[Promise, ...]
    was_shown: bool


@dataclass(frozen=True)
class Logged:
    """A touch as it stands, what the rep raised in it, and the date on the manager's wall.

    `stood_in`: it is of somebody who stood in for the manager, and may take it back, no more.
    `passed`: this very change let it pass from somebody else. `let_go`: what was raised, and this
    very change does not say any more.
    """

    touch: Interaction
    raised: tuple[Promise, ...]
    today: date
    stood_in: bool = False
    passed: Passed | None = None
    let_go: tuple[Promised, ...] = ()


@dataclass(frozen=True)
class KeptNote:
    """A note, the day it was written on in its author's zone, and the date on the author's wall."""

    note: Note
    day: date
    today: date


@dataclass(frozen=True)
class NotesPage:
    """Notes of one author, newest first, from the place `start` on; `more` are older."""

    notes: tuple[KeptNote, ...]
    start: int
    more: bool
