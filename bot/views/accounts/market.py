"""The market page: what was heard, by tag, in an answer for the manager alone or in place of Home.

No modal, since charts and tables stand in none; no direct message, as with the mirror.
"""

from dataclasses import replace
from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.accounts.market import (
    LATELY,
    MarketNote,
    MarketPage,
    MarketTag,
    Question,
    Spread,
    TagView,
    issue_words,
)
from bot.domain.team.calendar import MONTHS
from bot.domain.todo.lists import ISSUE_LIMIT
from bot.views.block_kit import charts, kit
from bot.views.block_kit.ids import BinderAction, MarketAction, Metadata, TodoAction
from bot.views.results.pages import Page

TAGS_SHOWN = 8
SPREADS_SHOWN = 3
QUESTIONS_SHOWN = 3
CUSTOMERS_SHOWN = 5
CUSTOMERS_OF_TAG = 20
NOTES_SHOWN = 8
NAME_SHOWN = 60
NOTE_SHOWN = 300

WITHOUT_TAG = "Without a tag"
NOTHING = (
    "Nothing of the market is written down yet. A field day has room for it, the details of a "
    "visit have, and the ⋯ menu of a contact: a line each, with a tag: “Acme: a competitor offers "
    "60 days #terms”."
)
MENU = (("Rename", MarketAction.RENAME), ("Merge", MarketAction.MERGE))


def build_front(page: MarketPage, start: int) -> Page:
    """What is heard at a third customer first; then all tags, so many a page, with the months of
    those that are shown."""
    blocks: list[Block] = [kit.header("The market")]
    words = ["The market."]
    if not page.tags:
        return Page(NOTHING, (*blocks, kit.section(NOTHING)))
    for question in page.questions[:QUESTIONS_SHOWN]:
        blocks += question_blocks(question, on_page=True)
        words.append(question_line(question))
    for spread in page.spreads[:SPREADS_SHOWN]:
        blocks += spread_blocks(spread, page.today)
        words.append(spread_line(spread, page.today))
    shown = charts.page_of(page.tags, start, TAGS_SHOWN)
    for one in shown.items:
        here = Metadata(subject=one.tag.id if one.tag else None)
        spoken = f"Open {_name(one)}"
        said = _row(one, page.today)
        blocks.append(kit.section(said, kit.button("Open", MarketAction.TAG, here, spoken=spoken)))
        words.append(said)
    tagged = [one for one in shown.items if one.tag is not None]
    if tagged:
        drawn = tagged[: charts.SERIES_MOST]
        series = [charts.Series(_name(one), one.months) for one in drawn]
        blocks.append(charts.line("Heard, by month", _labels(page), series, y_label="notes"))
        # Two columns: with one for each month a phone breaks the names of tags letter by letter.
        header = ("Tag", "Heard")
        rows = [(_name(one), _by_month(page, one)) for one in tagged]
        blocks.append(charts.table(header, rows))
        words += charts.rows_in_words(header, rows)
    buttons: list[BlockElement] = []
    if shown.before is not None:
        before = Metadata(page=str(shown.before))
        buttons.append(kit.button("Earlier tags", MarketAction.EARLIER, before))
    if shown.after is not None:
        buttons.append(kit.button("More tags", MarketAction.SHOW, Metadata(page=str(shown.after))))
    buttons.append(kit.button("Search", MarketAction.SEARCH))
    if buttons[1:]:
        blocks.append(kit.context(_which(page, start, len(shown.items))))
    blocks.append(kit.actions(buttons))
    return Page("\n".join(words), tuple(blocks))


def _which(page: MarketPage, start: int, shown: int) -> str:
    """Which of all tags these are, so that nobody looks for the others here: 9–16 of 200."""
    first = min(start, len(page.tags) - 1) + 1
    return f"{first}–{first + shown - 1} of {len(page.tags)}"


def _by_month(page: MarketPage, one: TagView) -> str:
    """How often in each month in which it was heard: "Oct 1, Nov 2"."""
    months = zip(_labels(page), one.months, strict=True)
    return ", ".join(f"{month} {count}" for month, count in months if count) or charts.NOTHING


def build_tag(page: MarketPage, one: TagView, start: int) -> Page:
    """One tag, or what has none: how often, where first, at which customers; its months, and its
    notes, the latest first."""
    blocks: list[Block] = [kit.header(_name(one))]
    words = [f"{_name(one)}."]
    said = [_counts(one), _first(one, page.today)]
    if one.tag is not None and one.tag.others:
        also = kit.quote(", ".join(other.name for other in one.tag.others), NOTE_SHOWN)
        said.append(f"Also written {also}")
    if one.tag is not None:
        said += _issue(one.tag, page.today)
        for question in page.questions:
            if question.tag.id == one.tag.id:
                blocks += question_blocks(question, on_page=True)
                words.append(question_line(question))
    blocks.append(kit.section("\n".join(said), _menu(one.tag)))
    words += said
    customers = [
        f"{kit.escape(kit.shorten(name, NAME_SHOWN))} since {kit.date_words(day, page.today)}"
        for name, day in one.customers[:CUSTOMERS_OF_TAG]
    ]
    more = len(one.customers) - CUSTOMERS_OF_TAG
    if customers:
        line = " · ".join([*customers, *([f"and {more} more"] if more > 0 else [])])
        blocks.append(kit.section(f"*Heard at* {line}"))
        words.append(f"Heard at {line}")
    label = [charts.Series("Notes", one.months)]
    # On a phone rows of nothing are a long way to the notes.
    counted = zip(_labels(page), one.months, strict=True)
    rows = [(month, str(count)) for month, count in counted if count]
    rows = rows or [(_labels(page)[-1], "0")]
    blocks += [
        charts.bar("Heard, by month", _labels(page), label, y_label="notes"),
        charts.table(("Month", "Notes"), rows),
    ]
    words += charts.rows_in_words(("Month", "Notes"), rows)
    notes = charts.page_of(one.notes, start, NOTES_SHOWN)
    for note in notes.items:
        blocks.append(kit.section(note_words(note, page.today), _note_menu(note)))
        words.append(note_words(note, page.today))
    blocks += _pages(one.tag, notes)
    blocks.append(kit.actions([*_proposals(page, one), _back()]))
    return Page("\n".join(words), tuple(blocks))


def _pages(tag: MarketTag | None, notes: charts.Page[MarketNote]) -> list[Block]:
    here = Metadata(subject=tag.id if tag else None)
    buttons: list[BlockElement] = []
    if notes.before is not None:
        before = replace(here, page=str(notes.before))
        buttons.append(kit.button("Newer notes", MarketAction.TAG_EARLIER, before))
    if notes.after is not None:
        after = replace(here, page=str(notes.after))
        buttons.append(kit.button("Older notes", MarketAction.TAG, after))
    return [kit.actions(buttons)] if buttons else []


def _back() -> BlockElement:
    return kit.button("Back to the market", MarketAction.BACK)


def _menu(tag: MarketTag | None) -> BlockElement | None:
    if tag is None:
        return None
    same = (("Not the same", MarketAction.NOT_SAME),) if tag.others else ()
    return kit.step_menu(MarketAction.TAG_MENU, (*MENU, *same), Metadata(subject=tag.id))


def _note_menu(note: MarketNote) -> BlockElement:
    # What outlived its contact has none to open.
    opens = (("Open", BinderAction.ENTRY),) if note.contact is not None else ()
    here = Metadata(subject=note.id, touch=note.contact)
    return kit.step_menu(MarketAction.NOTE_MENU, (*opens, ("Tags", MarketAction.RETAG)), here)


def _proposals(page: MarketPage, one: TagView) -> list[BlockElement]:
    if one.tag is None:
        return []
    until = one.tag.issue_until(page.today)
    return _to_others(one.tag, page.quoted, is_issue=until is not None and until >= page.today)


def _to_others(tag: MarketTag, quoted: str, *, is_issue: bool) -> list[BlockElement]:
    """**To the team agenda** and, unless it is one already, **Issue of the day**; both are seen
    before they are kept."""
    agenda = kit.button("To the team agenda", MarketAction.TO_TEAM, Metadata(subject=tag.id))
    if is_issue:
        return [agenda]
    issue = Metadata(subject=tag.id, text=issue_words(tag, quoted)[:ISSUE_LIMIT])
    return [agenda, kit.button("Issue of the day", TodoAction.ISSUE_NEW, issue)]


def spread_blocks(spread: Spread, today: date) -> list[Block]:
    """It, with what can be done about it."""
    aside = kit.button("Put aside", MarketAction.PUT_ASIDE, Metadata(subject=spread.tag.id))
    is_issue = spread.tag.issue_until(today) is not None
    return [
        kit.section(spread_line(spread, today)),
        kit.actions([*_to_others(spread.tag, spread.quoted, is_issue=is_issue), aside]),
    ]


def spread_line(spread: Spread, today: date) -> str:
    """That something is heard at a third customer: where, and since when; and that it is or was
    the issue of the day."""
    names = [kit.shorten(name, NAME_SHOWN) for name in spread.accounts[:CUSTOMERS_SHOWN]]
    more = len(spread.accounts) - CUSTOMERS_SHOWN
    listed = kit.escape(", ".join(names)) + (f" and {more} more" if more > 0 else "")
    said = (
        f"{kit.bold(spread.tag.name)} is heard at {len(spread.accounts)} customers since "
        f"{kit.date_words(spread.since, today)}: {listed}. Something for the team?"
    )
    return " ".join([said, *_issue(spread.tag, today)])


def _issue(tag: MarketTag, today: date) -> list[str]:
    until = tag.issue_until(today)
    if until is None:
        return []
    verb = "is" if until >= today else "was"
    return [f"It {verb} your issue of the day until {kit.date_words(until, today)}."]


def _name(one: TagView) -> str:
    return one.tag.name if one.tag else WITHOUT_TAG


def _row(one: TagView, today: date) -> str:
    names = [kit.shorten(name, NAME_SHOWN) for name, _ in one.customers[:CUSTOMERS_SHOWN]]
    more = len(one.customers) - CUSTOMERS_SHOWN
    listed = kit.escape(", ".join(names)) + (f" and {more} more" if more > 0 else "")
    lines = [f"{kit.bold(_name(one))} · {_counts(one)}", listed, _first(one, today)]
    return "\n".join(line for line in lines if line)


def _counts(one: TagView) -> str:
    count = len(one.notes)
    said = "1 note" if count == 1 else f"{count} notes"
    return f"{said}, {one.lately} in the last {LATELY.days} days" if one.lately else said


def _first(one: TagView, today: date) -> str:
    first = one.first
    at = f" at {kit.escape(kit.shorten(first.account, NAME_SHOWN))}" if first.account else ""
    return (
        f"First heard {kit.date_words(first.heard_on, today)}{at}, with "
        f"{kit.escape(first.rep.name)}"
    )


def note_words(note: MarketNote, today: date) -> str:
    """A note in two lines: when, where and with whom; what was heard."""
    parts = [
        kit.bold(kit.date_words(note.heard_on, today)),
        kit.escape(kit.shorten(note.account, NAME_SHOWN)),
        kit.escape(note.rep.name),
    ]
    return f"{' · '.join(part for part in parts if part)}\n{kit.quote(note.text, NOTE_SHOWN)}"


def _labels(page: MarketPage) -> list[str]:
    return [MONTHS[month.month - 1][:3] for month in page.months]


ON_PAGE = "page"
"""`Metadata.step` of what was pressed on the page: it is drawn anew there."""


def question_line(question: Question) -> str:
    """Whether a tag is meant that there was before."""
    return (
        f"“{kit.escape(question.tag.name)}” is new. Did you mean {kit.bold(question.meant.name)}?"
    )


def question_blocks(question: Question, *, on_page: bool = False) -> list[Block]:
    """That, with both answers."""
    new, meant = question.tag.name, question.meant.name
    here = Metadata(
        subject=question.tag.id,
        page=str(question.meant.id),
        text=new,
        step=ON_PAGE if on_page else None,
    )
    buttons = [
        kit.button(f"Yes, {meant}", MarketAction.SAME, here),
        kit.button(f"No, keep {new}", MarketAction.ANOTHER, here),
    ]
    return [kit.section(question_line(question)), kit.actions(buttons)]
