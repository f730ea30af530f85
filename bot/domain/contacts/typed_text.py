"""Text as the person typed it, from text as Slack sends it.

Slack writes `&`, `<` and `>` as entities and puts people, channels, links and groups between
angle brackets. Source: https://docs.slack.dev/messaging/formatting-message-text ("Escaping text",
"Retrieving messages") and, for a command with `should_escape`,
https://docs.slack.dev/interactivity/implementing-slash-commands.
"""

import re
from collections.abc import Mapping, Sequence

from bot.domain.workspaces.names import PERSON_MENTION

_SHORTCODE = re.compile(r"(?=(?P<code>:(?!_)[\w+'-]{1,100}(?<!_)(?:::skin-tone-[2-6])?:))")
_LONGEST_SHORTCODE = 120

# Entities and brackets are found in one pass, so that what one step uncovers is never taken for
# Slack's own escaping by the next.
_ESCAPED = re.compile(
    r"<(?P<sigil>[@#!]?)(?P<target>[^<>|]*)(?:\|(?P<label>[^<>]*))?>|&(?P<entity>amp|lt|gt);"
)
_ENTITY = re.compile(r"&(amp|lt|gt);")
_CHARACTERS = {"amp": "&", "lt": "<", "gt": ">"}
_ID = re.compile(r"[A-Z][A-Z0-9]+")
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]*:\S+")
_WHOLE_GROUPS = frozenset({"here", "channel", "everyone"})


def as_typed(raw: str, names: Mapping[str, str] | None = None) -> str:
    """Undo Slack's escaping once, so that the text is what the person typed.

    `raw` is a text as Slack sends it. `names` gives the name to show for a person's id where
    Slack sent no name with it; without one, the id itself is shown. A link is shown by its label
    when it has one. What is in angle brackets but is none of Slack's forms is kept. Every string
    is accepted.
    """
    known_names = names or {}
    return _ESCAPED.sub(lambda found: _typed(found, known_names), raw)


def shortcodes(text: str) -> list[tuple[int, int]]:
    """Where the emoji are that Slack writes as shortcodes, `:fox_face:`, `:wave::skin-tone-3:`: the
    begin and the end of each (https://docs.slack.dev/messaging/formatting-message-text#emoji).

    A workspace has names of its own, so that all that looks like one is taken for one; two may
    share a colon.
    """
    if ":" not in text:
        return []
    return [found.span("code") for found in _SHORTCODE.finditer(text)]


def cut(text: str, limit: int) -> str:
    """The beginning of a text, at most `limit` characters, that ends within no shortcode."""
    if len(text) <= limit:
        return text
    near = max(0, limit - _LONGEST_SHORTCODE)
    end = limit
    for begins, ends in reversed(shortcodes(text[near : limit + _LONGEST_SHORTCODE])):
        if near + begins < end < near + ends:
            end = near + begins
    return text[:end]


def shorten(text: str, limit: int) -> str:
    """At most `limit` characters, with an ellipsis where something was left out."""
    return text if len(text) <= limit else cut(text, limit - 1).rstrip() + "…"


def listed(words: Sequence[str]) -> str:
    """Words in a row as a sentence has them: Sam, Lena and Raj."""
    return " and ".join([", ".join(words[:-1]), words[-1]] if len(words) > 1 else words)


def mentioned_people(raw: str) -> list[str]:
    """The Slack ids of the people mentioned in `raw`, in order; twice when mentioned twice."""
    return [found["id"] for found in PERSON_MENTION.finditer(raw)]


def _typed(found: re.Match[str], names: Mapping[str, str]) -> str:
    if found["entity"]:
        return _CHARACTERS[found["entity"]]
    sigil, target, label = found["sigil"], found["target"], _unescaped(found["label"] or "")
    match sigil:
        case "@" if _ID.fullmatch(target):
            return "@" + (label or names.get(target, target))
        case "#" if _ID.fullmatch(target):
            return "#" + (label or target)
        case "!" if target in _WHOLE_GROUPS:
            return "@" + target
        case "!" if target.startswith("subteam^"):
            return "@" + (label.removeprefix("@") or target.removeprefix("subteam^"))
        case "!" if label:
            return label
        case "" if _ADDRESS.fullmatch(target):
            return label or _unescaped(target)
    return _unescaped(found[0])


def _unescaped(text: str) -> str:
    return _ENTITY.sub(lambda found: _CHARACTERS[found[1]], text)
