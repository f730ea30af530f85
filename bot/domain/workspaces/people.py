"""The people: who acts, and what we know of someone from their Slack profile."""

from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.domain.workspaces.erasure import FORMER


@dataclass(frozen=True)
class Actor:
    """Who acts, from the signed payload: never from metadata, values or messages."""

    workspace_id: int
    slack_id: str


@dataclass(frozen=True)
class Profile:
    """What Slack says of a user. `zone` is an IANA name, or None where Slack has none; `updated`,
    in seconds since 1970, when it was last changed there, or None where Slack does not say;
    `aliases` are the other names Slack has of them, such as the display name and the handle."""

    slack_id: str
    name: str
    zone: str | None = None
    active: bool = True
    bot: bool = False
    email: str | None = None
    updated: int | None = None
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True)
class Person:
    """Someone of the workspace as kept here; `updated` as in the profile that was last kept."""

    id: int
    slack_id: str
    name: str
    zone: str | None
    active: bool
    bot: bool
    dm_channel: str | None
    updated: int | None = None
    aliases: tuple[str, ...] = ()

    def is_older(self, profile: Profile) -> bool:
        """Whether the profile is of before what is kept: Slack tells of changes in any order."""
        return (
            self.updated is not None
            and profile.updated is not None
            and profile.updated < self.updated
        )

    @property
    def is_erased(self) -> bool:
        """Whether nothing is kept of them any more but that they were there."""
        return self.slack_id.startswith(FORMER)

    @property
    def first_name(self) -> str:
        """The first part of the name; all of one that has no parts, or is none."""
        if self.is_erased:
            return self.name
        return self.name.split()[0] if self.name.split() else self.name


def stranger(slack_id: str) -> Person:
    """Someone of whom nothing but the id is known."""
    return Person(0, slack_id, slack_id, None, True, False, None)


def first_zone(*names: str | None) -> str | None:
    """The first of the names that is the IANA name of a time zone; None where none is. Slack sends
    names that this machine may not know, and a zone typed years ago may be one no more."""
    return next((name for name in names if name and is_zone(name)), None)


def zone_named(*names: str | None) -> ZoneInfo:
    """The zone of the first name that is one; UTC where none is, for someone of no team."""
    return ZoneInfo(first_zone(*names) or "UTC")


@lru_cache(maxsize=1000)
def is_zone(name: str) -> bool:
    """Whether that is the IANA name of a time zone, such as Europe/Berlin."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
