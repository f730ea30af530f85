"""The period on one page, for somebody above: what was counted, about nobody in particular, and
what the manager says of it."""

from bot.domain.binder.book.model import (
    Block,
    Book,
    Chapter,
    Figure,
    Figures,
    Lines,
    Part,
    Prose,
    Section,
    Table,
    Words,
)
from bot.domain.results.mirror import period_words
from bot.domain.results.period_page import PeriodCounts, PeriodPage

SUBTITLE = "The period on one page"

COUNTED = "Counted is what was done. It names no one."

CALLED = (
    ("obstacle cleared", "obstacles cleared"),
    ("promise kept", "promises kept"),
    ("result saved in time", "results saved in time"),
)


def period_of(page: PeriodPage) -> Book:
    """The page; where its manager said nothing, there is room to write."""
    title = period_words(page.counts.period)
    figures = _figures(page.counts)
    said: Block = Prose(page.words) if page.words.strip() else Lines("")
    blocks: list[Block] = [Figures(figures)] if figures else []
    sections = [Section("", tuple(blocks))] if blocks else []
    if page.before:
        headings = ("Before", *(many.capitalize() for _, many in CALLED))
        rows = tuple((period_words(one.period), *_cells(one)) for one in page.before)
        sections.append(Section("", (Table(headings, rows, (5, 4, 4, 4), numbers=(1, 2, 3)),)))
    if figures or page.before:
        sections.append(Section("", (Words(COUNTED),)))
    sections.append(Section(f"What {page.team} says", (said,)))
    chapter = Chapter(title, f"{page.team}’s team", tuple(sections), is_sheet=True)
    part = Part(SUBTITLE, "", "", (chapter,))
    return Book(page.team, SUBTITLE, tuple, "", (part,), 1, is_bound=False)


def _counts(counts: PeriodCounts) -> tuple[int | None, ...]:
    return counts.cleared, counts.kept, counts.saved


def _figures(counts: PeriodCounts) -> tuple[Figure, ...]:
    """What there is to count; what there is none of is left out."""
    return tuple(
        Figure(str(count), one if count == 1 else many)
        for count, (one, many) in zip(_counts(counts), CALLED, strict=True)
        if count
    )


def _cells(counts: PeriodCounts) -> tuple[str, ...]:
    return tuple(str(count) if count else "" for count in _counts(counts))
