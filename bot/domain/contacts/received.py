"""What a message holds as Slack tells of it: its words, those of what it forwards, its files.

Shapes: https://docs.slack.dev/reference/events/message, …/reference/objects/file-object,
…/reference/block-kit/blocks, and of the attachments in which Slack puts a forwarded message.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from typing import Any

Json = Mapping[str, Any]


class FileKind(StrEnum):
    """What is at the end of a link; the value is what it is called."""

    FILE = "file"
    VOICE = "voice clip"
    VIDEO = "video clip"


@dataclass(frozen=True)
class KeptFile:
    """A file somebody sent, which stays in Slack: what it is called there, and where it is."""

    kind: FileKind
    name: str
    link: str


@dataclass(frozen=True)
class Received:
    """`text` is escaped as Slack escapes it. `left_out` says what could not be taken."""

    text: str
    files: tuple[KeptFile, ...] = ()
    left_out: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        return not self.text.strip() and not self.files


CLIPS = {"slack_audio": FileKind.VOICE, "slack_video": FileKind.VIDEO}
"""Clips that are recorded in Slack, by the subtype of their file."""

PICTURE = "a picture"
A_FILE = "a file"
PART = "a part that only Slack can show"

_LINK = re.compile(r"https://[^\s<>|]+")


def read_message(message: Json) -> Received:
    """What somebody wrote, forwarded or let an app post for them."""
    by_app = bool(message.get("bot_id"))
    taken = _Taken()
    own = str(message.get("text") or "")
    # What people type has its blocks as text too; what apps post need not.
    if own.strip():
        taken.words(own)
        if by_app:
            taken.note_left_out(message.get("blocks") or ())
    else:
        taken.blocks(message.get("blocks") or ())
    for attachment in message.get("attachments") or ():
        if attachment.get("is_share"):
            taken.forwarded(attachment)
        elif by_app:
            taken.attached(attachment)
    taken.take_files(message.get("files") or ())
    return taken.received


class _Taken:
    def __init__(self) -> None:
        self._parts: list[str] = []
        self._received = Received("")

    @property
    def received(self) -> Received:
        left_out = tuple(dict.fromkeys(self._received.left_out))
        return replace(self._received, text="\n\n".join(self._parts), left_out=left_out)

    def words(self, words: str) -> None:
        if words.strip():
            self._parts.append(words)

    def blocks(self, blocks: Iterable[Json]) -> None:
        self.words("\n".join(filter(None, map(_block, blocks))))
        self.note_left_out(blocks)

    def note_left_out(self, blocks: Iterable[Json]) -> None:
        for block in blocks:
            kind = block.get("type")
            if kind == "image":
                self._leave_out(PICTURE)
            elif kind not in _WITH_WORDS and kind not in _WITHOUT_WORDS:
                self._leave_out(PART)

    def forwarded(self, attachment: Json) -> None:
        """A message that was forwarded: whose it was, and what it said."""
        held = [one.get("message") or {} for one in attachment.get("message_blocks") or ()]
        blocks = [block for one in held for block in one.get("blocks") or ()]
        words = str(attachment.get("text") or "").strip() or _lines(blocks)
        author = str(attachment.get("author_name") or attachment.get("author_subname") or "")
        heading = f"{_escaped(author)}:" if author else "Forwarded:"
        if words:
            self.words(f"{heading}\n{words}")
        self.note_left_out(blocks)
        files = list(attachment.get("files") or ())
        self.take_files(files)
        if attachment.get("image_url"):
            self._leave_out(PICTURE)
        elif not words and not files and not blocks:
            self._leave_out("a forwarded message that Slack shows me nothing of")

    def attached(self, attachment: Json) -> None:
        """What an app put beneath what it posted."""
        named = (str(attachment.get(key) or "") for key in ("pretext", "title", "text"))
        fields = (
            f"{field.get('title', '')}: {field.get('value', '')}"
            for field in attachment.get("fields") or ()
        )
        words = [*filter(None, named), *fields, _lines(attachment.get("blocks") or ())]
        self.words("\n".join(filter(None, words)) or str(attachment.get("fallback") or ""))
        self.note_left_out(attachment.get("blocks") or ())
        if attachment.get("image_url"):
            self._leave_out(PICTURE)

    def take_files(self, files: Iterable[Json]) -> None:
        for file in files:
            link = str(file.get("permalink") or "")
            # Slack says no more than the id of a file from another company.
            if not _LINK.fullmatch(link):
                self._leave_out(A_FILE)
                continue
            kind = CLIPS.get(str(file.get("subtype")), FileKind.FILE)
            name = str(file.get("title") or file.get("name") or kind.value)
            kept = KeptFile(kind, name, link)
            self._received = replace(self._received, files=(*self._received.files, kept))
            said = (file.get("transcription") or {}).get("preview") or {}
            if said.get("content"):
                more = "…" if said.get("has_more") else ""
                self.words(f"{kind.value.capitalize()}: {_escaped(str(said['content']))}{more}")

    def _leave_out(self, what: str) -> None:
        self._received = replace(self._received, left_out=(*self._received.left_out, what))


_WITH_WORDS = frozenset({"rich_text", "section", "header", "context", "markdown"})
_WITHOUT_WORDS = frozenset({"divider", "actions", "file"})


def _lines(blocks: Iterable[Json]) -> str:
    return "\n".join(filter(None, map(_block, blocks)))


def _block(block: Json) -> str:
    """The words of a block, escaped as Slack escapes them."""
    match block.get("type"):
        case "rich_text":
            return "\n".join(_rich(part) for part in block.get("elements") or ()).strip("\n")
        case "section":
            texts = [block.get("text"), *(block.get("fields") or ())]
            return "\n".join(filter(None, map(_text, texts)))
        case "header":
            return _text(block.get("text"))
        case "context":
            return " ".join(filter(None, map(_text, block.get("elements") or ())))
        case "markdown":
            return str(block.get("text") or "")
    return ""


def _text(given: Json | None) -> str:
    if not given or not isinstance(given.get("text"), str):
        return ""
    words = str(given["text"])
    return words if given.get("type") == "mrkdwn" else _escaped(words)


def _rich(part: Json) -> str:
    elements = part.get("elements") or ()
    match part.get("type"):
        case "rich_text_list":
            return "\n".join(f"• {_rich(one)}" for one in elements)
        case "rich_text_quote":
            return "\n".join(f"> {line}" for line in _inline(elements).splitlines())
    return _inline(elements)


def _inline(elements: Iterable[Json]) -> str:
    return "".join(_pieces(elements))


def _pieces(elements: Iterable[Json]) -> Iterator[str]:
    for one in elements:
        match one.get("type"):
            case "text":
                yield _escaped(str(one.get("text") or ""))
            case "link":
                yield _escaped(str(one.get("text") or one.get("url") or ""))
            case "user":
                yield f"<@{one.get('user_id')}>"
            case "channel":
                yield f"<#{one.get('channel_id')}>"
            case "usergroup":
                yield f"<!subteam^{one.get('usergroup_id')}>"
            case "broadcast":
                yield f"<!{one.get('range')}>"
            case "emoji":
                yield f":{one.get('name')}:"
            case "date":
                yield _escaped(str(one.get("fallback") or ""))


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
