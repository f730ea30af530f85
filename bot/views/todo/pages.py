"""How a list is put on pages."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from slack_sdk.models.blocks import Block, BlockElement

from bot.views.block_kit import kit
from bot.views.block_kit.kit import BLOCK_WEIGHT

LABELS = 90
"""Characters that the button or the menu beside a rep counts as, whichever it is."""

LINE = 1200
"""Characters of a section that several reps share: small enough to fill up a page with."""


@dataclass(frozen=True)
class Piece:
    """What no page tears apart: some text and its controls, given the page they stand on.

    `heading` stands above the first of its kind on a page. `labels` are the characters of its
    controls, read or heard, at the most. `beside` is the one control at the
    right, `below` are those in a row of their own. `instead` is what is drawn in its place for one
    press: it is on the page that the piece is on, so that nothing moves.
    """

    text: str
    heading: str = ""
    labels: int = LABELS
    beside: Callable[[int], BlockElement] | None = None
    below: Callable[[int], list[BlockElement]] | None = None
    instead: Callable[[int], list[Block]] | None = None

    def showing(self, instead: Callable[[int], list[Block]]) -> "Piece":
        """The same, with that in its place."""
        return replace(self, instead=instead)

    @property
    def blocks(self) -> int:
        return 1 if self.below is None else 2

    @property
    def size(self) -> int:
        """What it counts as towards a message."""
        bare = self.below is None and self.beside is None
        return len(self.text) + self.blocks * BLOCK_WEIGHT + (0 if bare else self.labels)

    def draw(self, page: int) -> list[Block]:
        if self.instead is not None:
            return self.instead(page)
        drawn = [kit.section(self.text, self.beside(page) if self.beside else None)]
        return drawn if self.below is None else [*drawn, kit.actions(self.below(page))]


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


def draw(pieces: Sequence[Piece], page: int) -> list[Block]:
    """The blocks of a page."""
    drawn: list[Block] = []
    heading = ""
    for piece in pieces:
        if piece.heading and piece.heading != heading:
            drawn.append(kit.section(piece.heading))
        heading = piece.heading
        drawn += piece.draw(page)
    return drawn
