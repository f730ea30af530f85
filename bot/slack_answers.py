"""What is read out of Slack's answers: a field that is not there as it should be is an answer that
is lost, and what Slack leaves out where it would be empty is empty."""

import json
import re
from collections.abc import Mapping
from email.utils import parsedate_to_datetime
from typing import Any, TypeVar

from slack_sdk.web import SlackResponse

from bot.domain.workspaces.people import Profile
from bot.slack_errors import UNREADABLE, AnswerLostError

Value = TypeVar("Value")

DELIVERY_EVENT = "windshield_delivery"
"""The event type of the metadata that a scheduled message carries."""


def read(answer: object, name: str, kind: type[Value]) -> Value:
    """That field of an answer; raises AnswerLostError where it is not there as it should be."""
    value = answer.get(name) if isinstance(answer, dict | SlackResponse) else None
    if not isinstance(value, kind) or value == "":
        raise AnswerLostError(UNREADABLE)
    return value


def carries(message: object, delivery: str, by: str = "id") -> bool:
    """Whether it is the message of that delivery, `by` what it was posted with. Raises
    AnswerLostError."""
    metadata = optional(message, "metadata")
    if metadata.get("event_type") != DELIVERY_EVENT:
        return False
    payload = read(metadata, "event_payload", dict)
    if by != "id" and by not in payload:
        return False  # posted by an earlier version, which wrote down nothing else
    return read(payload, by, str) == delivery


def conversations_with(file: object) -> set[str]:
    """The conversations that a file stands in, by id: public ones, others, and direct messages
    (https://docs.slack.dev/reference/objects/file-object). Raises AnswerLostError."""
    shares = optional(file, "shares")
    found = {place for kind in shares for place in optional(shares, kind)}
    direct = file.get("ims") if isinstance(file, dict) else None
    return found | {one for one in direct or () if isinstance(one, str)}


def posted_at(message: object) -> float:
    """When a message was posted, in seconds since 1970. Raises AnswerLostError."""
    try:
        return float(read(message, "ts", str))
    except ValueError as error:
        raise AnswerLostError(UNREADABLE) from error


def next_cursor(answer: SlackResponse, cursor: str) -> str:
    """Where the page after that of `cursor` begins; "" after the last. Raises AnswerLostError."""
    following = optional(answer, "response_metadata").get("next_cursor")
    if following is None:
        return ""
    if not isinstance(following, str) or (following and following == cursor):
        raise AnswerLostError(UNREADABLE)
    return following


def optional(answer: object, name: str) -> dict[str, Any]:
    """That part of an answer, which Slack leaves out where it would be empty."""
    if isinstance(answer, dict | SlackResponse) and answer.get(name) is None:
        return {}
    return read(answer, name, dict)


def read_said(body: str) -> object:
    """What a response URL answered; a word without any JSON around it counts as one with."""
    text = body.strip()
    if text == "ok":
        return {"ok": True}
    if _PLAIN_WORD.fullmatch(text):
        return {"ok": False, "error": text}
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


_PLAIN_WORD = re.compile(r"[a-z0-9]+(_[a-z0-9]+)+")


def read_profile(user: Mapping[str, Any]) -> Profile:
    """A profile from Slack's user object. Raises KeyError where it names nobody."""
    profile = user.get("profile")
    if not isinstance(profile, dict):
        profile = {}
    names = (
        profile.get("real_name"),
        user.get("real_name"),
        profile.get("display_name"),
        user.get("name"),
    )
    written = [" ".join(name.split()) for name in names if isinstance(name, str)]
    known = list(dict.fromkeys(name for name in written if name))
    name = known[0] if known else str(user["id"])
    return Profile(
        slack_id=user["id"],
        name=name,
        zone=_text(user.get("tz")),
        active=not user.get("deleted", False),
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        email=_text(profile.get("email")),
        updated=_stamp(user.get("updated")),
        aliases=tuple(known[1:]),
    )


def profile_in(user: object) -> Profile:
    """The profile in a user object of an answer. Raises AnswerLostError where it names nobody."""
    read(user, "id", str)
    assert isinstance(user, dict)
    return read_profile(user)


def _stamp(value: object) -> int | None:
    """Seconds since 1970; Slack says 0 where it does not know."""
    if isinstance(value, bool) or not isinstance(value, int):
        return None
    return value if value > 0 else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) and value else None


def is_date(date: str) -> bool:
    """Whether a header's date can be read, zone and all."""
    try:
        return parsedate_to_datetime(date).tzinfo is not None
    except ValueError:
        return False
