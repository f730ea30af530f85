"""How a list is put on pages, in blocks that are plain JSON.

A Monday morning draws a thousand lists at once, and slack_sdk's models take thirty times as long as
the JSON they become; what they would check is kept by construction, within the limits named here.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import BLOCK_WEIGHT, BUTTON_LIMIT, shorten

Json = dict[str, Any]

LABELS = 90
"""Characters that the button or the menu beside a rep counts as, whichever it is."""

LINE = 1200
"""Characters of a section that several reps share: small enough to fill up a page with."""


def section(text: str, accessory: Json | None = None) -> Json:
    block: Json = {"type": "section", "text": _mrkdwn(text)}
    if accessory is not None:
        block["accessory"] = accessory
    return block


def context(text: str) -> Json:
    return {"type": "context", "elements": [_mrkdwn(text)]}


def actions(elements: list[Json]) -> Json:
    return {"type": "actions", "elements": elements}


def button(
    label: str, action: StrEnum, value: Metadata | None = None, spoken: str | None = None
) -> Json:
    """A button; `spoken` is what a screen reader says where the label alone is not enough."""
    element: Json = {"type": "button", "text": _plain(label), "action_id": action.value}
    if value is not None:
        element["value"] = value.pack()
    if spoken is not None:
        element["accessibility_label"] = shorten(spoken, BUTTON_LIMIT)
    return element


def menu(action: StrEnum, entries: Iterable[tuple[str, StrEnum]], of: Metadata) -> Json:
    """A ⋯ menu of at most five; each entry's step says what is to be done."""
    named = list(entries)
    values = of.pack_steps(step for _, step in named)
    options = [
        {"text": _plain(label), "value": value}
        for (label, _), value in zip(named, values, strict=True)
    ]
    return {"type": "overflow", "action_id": action.value, "options": options}


@dataclass(frozen=True)
class Piece:
    """What no page tears apart: some text and its controls, given the page they stand on.

    `heading` stands above the first of its kind on a page. `labels` are the characters of its
    controls, read or heard, at the most. `beside` is the one control at the
    right, `below` are those in a row of their own.
    """

    text: str
    heading: str = ""
    labels: int = LABELS
    beside: Callable[[int], Json] | None = None
    below: Callable[[int], list[Json]] | None = None

    @property
    def blocks(self) -> int:
        return 1 if self.below is None else 2

    @property
    def size(self) -> int:
        """What it counts as towards a message."""
        bare = self.below is None and self.beside is None
        return len(self.text) + self.blocks * BLOCK_WEIGHT + (0 if bare else self.labels)

    def draw(self, page: int) -> list[Json]:
        drawn = [section(self.text, self.beside(page) if self.beside else None)]
        return drawn if self.below is None else [*drawn, actions(self.below(page))]


def lines(texts: Iterable[str], joint: str, before: str = "", after: str = "") -> list[Piece]:
    """Pieces that several short texts share, each begun with `before` and ended with `after`."""
    shared: list[str] = []
    for text in texts:
        if shared and len(shared[-1]) + len(joint) + len(text) <= LINE:
            shared[-1] += f"{joint}{text}"
        else:
            shared.append(text)
    return [Piece(f"{before}{text}{after}") for text in shared]


def paginate(pieces: Sequence[Piece], blocks: int, size: int) -> list[list[Piece]]:
    """The pieces in order, on as many pages as it takes; one at the least.

    A page holds at most `blocks` blocks and is of at most `size`, each heading once among them.
    """
    pages: list[list[Piece]] = [[]]
    heading, blocks_left, size_left = "", blocks, size
    for piece in pieces:
        headed = bool(piece.heading) and piece.heading != heading
        above = len(piece.heading) + BLOCK_WEIGHT
        if pages[-1] and (
            piece.blocks + headed > blocks_left or piece.size + headed * above > size_left
        ):
            pages.append([])
            headed, blocks_left, size_left = bool(piece.heading), blocks, size
        pages[-1].append(piece)
        heading = piece.heading
        blocks_left -= piece.blocks + headed
        size_left -= piece.size + headed * above
    return pages


def draw(pieces: Sequence[Piece], page: int) -> list[Json]:
    """The blocks of a page."""
    drawn: list[Json] = []
    heading = ""
    for piece in pieces:
        if piece.heading and piece.heading != heading:
            drawn.append(section(piece.heading))
        heading = piece.heading
        drawn += piece.draw(page)
    return drawn


def _mrkdwn(text: str) -> Json:
    return {"type": "mrkdwn", "text": text, "verbatim": True}


def _plain(text: str) -> Json:
    return {"type": "plain_text", "text": text, "emoji": True}
