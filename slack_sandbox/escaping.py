"""What Slack makes of the text that a person types before the app gets it.

Source: https://docs.slack.dev/messaging/formatting-message-text#escaping and
https://docs.slack.dev/interactivity/implementing-slash-commands (`should_escape`).
"""

import re
from collections.abc import Iterable, Mapping

from slack_sandbox.emoji import shortcodes
from slack_sandbox.workspace import Member, Workspace

_ADDRESS = re.compile(
    r"(?P<url>https?://[^\s<>|]*[^\s<>|.,;:!?)'\"])"
    r"|(?P<mail>(?<![\w.+-])[\w.+-]+@[\w-]+(?:\.[\w-]+)+)"
    r"|(?P<domain>(?<![\w@./-])(?:[a-z0-9-]+\.)+(?:com|org|net|io|de|eu|fr|uk|dev|app)\b(?:/\w+)*)"
    r"|(?P<broadcast>(?<!\w)@(?:here|channel|everyone)\b)"
    r"|(?P<sigil>(?<!\w)[@#])"
)


def escape_plain(text: str) -> str:
    """Emoji as shortcodes, `&`, `<` and `>` as entities: all that Slack does without
    `should_escape`."""
    return _escaped(shortcodes(text))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


class InputEscaper:
    """Turns people, channels and addresses into Slack's tokens, for one person who types."""

    def __init__(self, workspace: Workspace, member: Member) -> None:
        members = workspace.members.values()
        self._people: dict[str, Member] = {}
        for key in ("name", "handle", "id"):
            self._people |= {getattr(person, key): person for person in members}
        self._channels = {
            channel.name: channel.id
            for channel in workspace.channels.values()
            if channel.kind == "public"
            or (channel.kind == "private" and member.id in channel.members)
        }

    def command(self, text: str) -> str:
        """The text of a command with `should_escape`: mentions carry a label."""
        return self._escape(text, labelled=True)

    def message(self, text: str) -> str:
        """The text of a message: mentions of people carry none."""
        return self._escape(text, labelled=False)

    def _escape(self, text: str, *, labelled: bool) -> str:
        parts: list[str] = []
        at = 0
        while found := _ADDRESS.search(text, at):
            token, end = self._token(text, found, labelled)
            parts += [escape_plain(text[at : found.start()]), token]
            at = end
        return "".join([*parts, escape_plain(text[at:])])

    def _token(self, text: str, found: re.Match[str], labelled: bool) -> tuple[str, int]:
        """The token that stands for a match, and where it ends."""
        word = found[0]
        if found["url"]:
            return f"<{_escaped(word)}>", found.end()
        if found["mail"]:
            return f"<mailto:{word}|{word}>", found.end()
        if found["domain"]:
            return f"<http://{word}|{word}>", found.end()
        if found["broadcast"]:
            return f"<!{word[1:]}>", found.end()
        known = self._people if word == "@" else self._channels
        name = _longest(known, text, found.end())
        if name is None:
            return word, found.end()
        end = found.end() + len(name)
        if word == "#":
            return f"<#{self._channels[name]}|{name}>", end
        person = self._people[name]
        return (f"<@{person.id}|{person.handle}>" if labelled else f"<@{person.id}>"), end


def _longest(known: Mapping[str, object], text: str, start: int) -> str | None:
    """The longest known name at `start` that does not go on in another word character."""
    for length in _lengths(known):
        name = text[start : start + length]
        if name in known and not re.match(r"\w", text[start + length : start + length + 1]):
            return name
    return None


def _lengths(known: Iterable[str]) -> list[int]:
    return sorted({len(name) for name in known}, reverse=True)
