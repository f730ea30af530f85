"""A binder on its way out of Slack: how far it has come, and what may become of it."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from enum import StrEnum

from bot.domain.binder.export import ExportRequest
from bot.domain.workspaces.people import Person

LEASE = 60.0
"""Seconds, by the database's clock, for which an export that is being made is nobody else's; said
anew while it goes on."""

GIVEN_UP_AFTER = timedelta(hours=12)
"""How long after it was asked for an export that Slack takes no file of is given up."""

KEPT_FOR = timedelta(days=30)
"""How long an export that is over is kept: longer than anything draws its message."""

LOOKS = 3
"""How often a file that is there and that nobody sees yet is looked for before it is shown again:
Slack says only after a while where a file is
(https://github.com/slackapi/python-slack-sdk/issues/1329)."""


class ExportState(StrEnum):
    """How an export stands, by the name it has in the database."""

    WAITING = "waiting"
    MAKING = "making"
    HANDED = "handed"
    """Slack was asked to show the file: it may stand in the conversation."""
    DONE = "done"
    FAILED = "failed"
    STOPPED = "stopped"

    @property
    def is_open(self) -> bool:
        """Whether something more comes of it by itself."""
        return self in OPEN


OPEN = (ExportState.WAITING, ExportState.MAKING, ExportState.HANDED)


class ExportFault(StrEnum):
    """Why an export came to nothing."""

    NOT_MADE = "not_made"
    TOOK_LONG = "took_long"
    NOT_INSTALLED = "not_installed"
    """What makes that form is no part of what runs here."""
    NO_ROOM = "no_room"
    """There was no room for the file where the bot runs."""
    TOO_LARGE = "too_large"
    NOT_ALLOWED = "not_allowed"
    """The workspace's owners let nobody upload files, or none of that kind; or the app may not."""
    STORAGE_FULL = "storage_full"
    NOT_TAKEN = "not_taken"
    """Slack did not take it, for whatever reason, for half a day or for good."""
    IN_DOUBT = "in_doubt"
    """Slack did not say whether the file arrived, and the app may not look."""
    NOT_YOURS = "not_yours"
    """Whoever asked does not lead the team any more."""
    NOBODY = "nobody"
    """Nobody is left of the reps who were asked for."""


@dataclass(frozen=True)
class Export:
    """`written` of `of` parts are in the file, of 0 while nobody knows. `file_id` is Slack's id of
    the file, from before it is shown on. `tries` counts how often it was tried in vain."""

    id: int
    team_id: int
    manager: Person
    request: ExportRequest
    state: ExportState
    asked_at: datetime
    written: int = 0
    of: int = 0
    file_id: str | None = None
    handed_at: datetime | None = None
    tries: int = 0
    fault: ExportFault | None = None
    settled_at: datetime | None = None


@dataclass(frozen=True)
class Claimed:
    """An export that one process alone works on; `lease` tells this claim from every other."""

    export: Export
    lease: float = field(compare=False)


@dataclass(frozen=True)
class Taken:
    """That an export was taken, of what and when; `by_operator`: at the command line."""

    what: str
    at: datetime
    by_operator: bool


def years_of(first: date, today: date) -> list[int]:
    """The years that an export can be of, latest first."""
    return list(range(today.year, min(first.year, today.year) - 1, -1))


def span_of(first: int | None, last: int | None) -> tuple[date | None, date | None]:
    """The first day of the one year and the last of the other; None stays open."""
    return (
        date(first, 1, 1) if first is not None else None,
        date(last, 12, 31) if last is not None else None,
    )
