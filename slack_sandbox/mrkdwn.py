"""Slack's mrkdwn as the text that a person reads.

Source: https://docs.slack.dev/messaging/formatting-message-text (tokens, date formats, entities).
"""

import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from slack_sandbox.emoji import SHORTCODE, draw, drawn
from slack_sandbox.workspace import Member, Workspace

_TOKEN = re.compile(
    rf"```(?P<block>.+?)```|`(?P<code>[^`\n]+)`|<(?P<token>[^<>\n]+)>|{SHORTCODE}", re.DOTALL
)
_MARKERS = [
    re.compile(rf"(?<![\w{mark}]){mark}(?=\S)([^\n{mark}]*?\S){mark}(?![\w{mark}])")
    for mark in (r"\*", "_", "~")
]
_DATE_WORD = re.compile(r"\{(\w+)\}")
_PRIVATE_USE = 0xF0000


@dataclass(frozen=True)
class Reader:
    """The person who reads: names and zone decide what a text shows. Without a zone it is UTC."""

    workspace: Workspace
    member: Member

    def mrkdwn(self, text: str) -> str:
        """The text without marks and tokens: names, links' labels, dates in the reader's zone,
        emoji."""
        shown: list[str] = []

        def keep(found: re.Match[str]) -> str:
            code = found["block"] or found["code"]
            if found["emoji"]:
                # A name that nobody knows may be a workspace's own: no mark works within it.
                shown.append(draw(found["emoji"], found["tone"]) or found[0])
            else:
                shown.append(entities(code) if code else self._token(found["token"]))
            return chr(_PRIVATE_USE + len(shown) - 1)

        text = _TOKEN.sub(keep, text)
        for marker in _MARKERS:
            text = marker.sub(r"\1", text)
        text = entities(text)
        return "".join(
            shown[ord(char) - _PRIVATE_USE] if 0 <= ord(char) - _PRIVATE_USE < len(shown) else char
            for char in text
        )

    def _token(self, token: str) -> str:
        target, _, label = token.partition("|")
        label = drawn(entities(label))
        match target[0]:
            case "@":
                member = self.workspace.members.get(target[1:])
                return f"@{member.name}" if member else label or target
            case "#":
                channel = self.workspace.channels.get(target[1:])
                return f"#{channel.name}" if channel else f"#{label or target[1:]}"
            case "!" if target.startswith("!date^"):
                return self._date(target, label)
            case "!":
                return label or f"@{target[1:].partition('^')[0]}"
        return label or entities(target.removeprefix("mailto:"))

    def _date(self, target: str, fallback: str) -> str:
        parts = target.split("^")
        if len(parts) < 3 or not parts[1].isdigit():
            return fallback
        zone = ZoneInfo(self.member.tz) if self.member.tz else UTC
        at = datetime.fromtimestamp(int(parts[1]), zone)
        today = self.workspace.clock.now().astimezone(zone)
        return _DATE_WORD.sub(lambda word: _date_word(word[1], at, today), parts[2])


def entities(text: str) -> str:
    """`&lt;`, `&gt;` and `&amp;` as the characters that they stand for."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def _date_word(word: str, at: datetime, today: datetime) -> str:
    """One `{…}` of a date's format; one that Slack does not know stays as it is."""
    kind = word.removesuffix("_pretty")
    if word.endswith("_pretty") or word == "date_pretty":
        days = {-1: "yesterday", 0: "today", 1: "tomorrow"}
        near = days.get((at.date() - today.date()) // timedelta(days=1))
        if near is not None:
            return near
    match kind:
        case "date":
            return f"{at:%B} {at.day}{_ordinal(at.day)}, {at.year}"
        case "date_short":
            return f"{at:%b} {at.day}, {at.year}"
        case "date_long":
            return f"{at:%A}, {at:%B} {at.day}{_ordinal(at.day)}, {at.year}"
        case "date_num":
            return f"{at:%Y-%m-%d}"
        case "time":
            return f"{at:%H:%M}"
        case "time_secs":
            return f"{at:%H:%M:%S}"
    return f"{{{word}}}"


def _ordinal(day: int) -> str:
    return "th" if 10 < day < 14 else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
