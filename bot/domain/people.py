"""The people: who acts, and what we know of someone from their Slack profile."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


@dataclass(frozen=True)
class Actor:
    """Who acts, from the signed payload: never from metadata, values or messages."""

    workspace_id: int
    slack_id: str


@dataclass(frozen=True)
class Profile:
    """What Slack says of a user. `zone` is an IANA name, or None where Slack has none."""

    slack_id: str
    name: str
    zone: str | None = None
    active: bool = True
    bot: bool = False
    email: str | None = None


@dataclass(frozen=True)
class Person:
    """Someone of the workspace as kept here."""

    id: int
    slack_id: str
    name: str
    zone: str | None
    active: bool
    bot: bool
    dm_channel: str | None


def zone_named(name: str | None) -> ZoneInfo:
    """The zone of that IANA name; UTC where there is none or nobody knows it."""
    try:
        return ZoneInfo(name or "UTC")
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_zone(name: str) -> bool:
    """Whether that is the IANA name of a time zone, such as Europe/Berlin."""
    try:
        ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False
    return True
