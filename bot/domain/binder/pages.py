"""The pages of a binder."""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from bot.domain.contacts.interactions import Interaction, Logged
from bot.domain.contacts.received import KeptFile
from bot.domain.field_days import FieldDayNotes, Practised
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import Session
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.teams import Membership, Team
from bot.domain.todo.reasons import Reason
from bot.domain.workspaces.people import Person

PageStart = tuple[date, int]
"""Where a page of a binder begins: the day and id of the entry before it."""


@dataclass(frozen=True)
class BinderView:
    """A page of a rep's binder, with the promises that are open, and this week's reason.

    `older` is where the next page begins, None on the last.
    """

    team: Team
    rep: Person
    membership: Membership
    promises: tuple[Promise, ...]
    entries: tuple[Interaction, ...]
    begins: PageStart | None
    older: PageStart | None
    today: date
    reason: Reason | None = None


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
class EntryView:
    """One contact whole. `own`: who asks wrote it, and alone may keep a private note with it; so
    are `files` the links of what they sent with it. `path` is who did what the focus of a field day
    is about, up to that day.
    `zone` is on the wall of whoever asks."""

    logged: Logged
    own: bool
    zone: ZoneInfo
    field_day: FieldDayNotes | None = None
    path: tuple[Practised, ...] = ()
    session: Session | None = None
    sharing: Sharing | None = None
    files: tuple[KeptFile, ...] = ()
