"""The traffic between Slack and the app, as the inspector shows it."""

import json
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sandbox.delivery import ACK_SECONDS
from slack_sandbox.journal import ApiCall, Delivery, Entry, Journal, Violation

SHOWN = 250
"""Lines at most; what happened before can be read no more."""


@dataclass(frozen=True)
class Line:
    """One entry. `way` is "in" (the app calls Slack), "out" (Slack tells the app) or "broken" (a
    rule of Slack); `bad` marks what did not go well."""

    number: int
    way: str
    at: str
    name: str
    status: str
    milliseconds: str
    bad: bool


@dataclass(frozen=True)
class Detail:
    title: str
    body: str


def lines(journal: Journal, zone: ZoneInfo) -> list[Line]:
    """The last entries, the oldest first."""
    entries = journal.entries
    first = max(0, len(entries) - SHOWN)
    return [_line(number, entry, zone) for number, entry in enumerate(entries[first:], first)]


def details(journal: Journal, number: int) -> list[Detail]:
    """What an entry's line leaves out; empty when there is no such entry."""
    entries = journal.entries
    if not 0 <= number < len(entries):
        return []
    entry = entries[number]
    match entry:
        case ApiCall():
            return [_json("Arguments", entry.arguments), _json("Answer", entry.answer)]
        case Delivery():
            return [_json("Payload", entry.payload), _json("Ack", entry.response)]
    return [Detail(entry.rule, entry.detail)]


def _json(title: str, value: object) -> Detail:
    body = json.dumps(value, indent=2, ensure_ascii=False, default=lambda each: f"<{each}>")
    return Detail(title, "nothing" if value is None else body)


def _line(number: int, entry: Entry, zone: ZoneInfo) -> Line:
    at = _time(entry.at, zone)
    match entry:
        case ApiCall():
            status = entry.error or "ok"
            ms = _milliseconds(entry.seconds)
            return Line(number, "in", at, entry.method, status, ms, entry.error is not None)
        case Delivery():
            late = entry.seconds is None or entry.seconds > ACK_SECONDS
            status = "no ack yet" if entry.seconds is None else ("late" if late else "acked")
            return Line(
                number, "out", at, entry.summary, status, _milliseconds(entry.seconds), late
            )
    assert isinstance(entry, Violation)
    return Line(number, "broken", at, entry.rule, entry.detail, "", bad=True)


def _time(at: datetime, zone: ZoneInfo) -> str:
    return f"{at.astimezone(zone):%H:%M:%S}"


def _milliseconds(seconds: float | None) -> str:
    return "" if seconds is None else f"{seconds * 1000:.0f} ms"
