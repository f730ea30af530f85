"""The period on one page: the manager's words, the page before it is sent, and the page."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.binder.export import Paper
from bot.domain.contacts.cleared import ClearedMonth
from bot.domain.results.mirror import period_words
from bot.domain.results.period_page import WORDS_LIMIT, PeriodCounts, PeriodPage
from bot.domain.results.results import Period
from bot.domain.workspaces.names import Named
from bot.domain.workspaces.refusals import Gone
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, MirrorAction, RaisedAction
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.cleared import TITLE

FINE = "fine"


def build_form(
    periods: Sequence[Period],
    kept: Mapping[Period, str],
    here: Metadata,
    named: Named | None = None,
) -> View:
    """Which of the periods, and what to say of it. `here` has what was chosen and typed before
    (`day`, `text`), else it begins with what is `kept` of the first; where the words seem to name
    somebody, that is asked about."""
    entries = [(period_words(one), _pack(one)) for one in periods]
    shown = here.day or _pack(periods[0])
    said = kept.get(parse_period(shown), "") if here.text is None else here.text
    typed = kit.text_input(initial=said, multiline=True, limit=WORDS_LIMIT)
    here = replace(here, step=shown)
    blocks: list[Block] = []
    if named is not None:
        who = kit.bold(named.person.name or "somebody")
        blocks.append(kit.section(f"This reads as if it named {who}. The page is about no one."))
        tick = kit.tick("It names no one", FINE)
        name = named.person.name or "somebody"
        blocks.append(kit.field("fine", f"Names {name}", tick, optional=True))
        here = replace(here, rep=named.person.slack_id)
    blocks += [
        kit.field("period", "Period", kit.choice(entries, shown)),
        kit.field(
            "words",
            "What you want to say",
            typed,
            optional=True,
            hint="What moved, what you learned, what you need. Say it without names. It is kept "
            "for you, a text for each period.",
        ),
    ]
    return kit.modal("The period on one page", Form.PERIOD, blocks, here, submit="Preview")


def parse_form(state: Mapping[str, Any], here: Metadata) -> Metadata:
    """What was chosen and typed, as the next view carries it: `day` the first and the last day of
    the period, `text` the words, `rep` who is no name in them, `step` the period that the form
    began with."""
    fields = Fields(state)
    fine = here.rep if fields.checked("fine") else None
    words = fields.text("words").strip()
    return Metadata(day=fields.chosen("period"), text=words, rep=fine, step=here.step)


def _pack(period: Period) -> str:
    return f"{period.start.isoformat()}/{period.end.isoformat()}"


def parse_period(packed: str | None) -> Period:
    """A period as a choice carries it. Raises Gone for what was not made here."""
    first, _, last = (packed or "").partition("/")
    try:
        return Period(date.fromisoformat(first), date.fromisoformat(last))
    except ValueError as error:
        raise Gone from error


def build_preview(
    page: PeriodPage, here: Metadata, cleared: ClearedMonth | None, *, printed: bool
) -> View:
    """The page as it will read; where obstacles are counted in it, also the way to what the team
    may be told of the month before. `printed`: it can be made a PDF here."""
    buttons = [kit.button("Change the words", MirrorAction.PERIOD_WORDS, here)]
    if printed:
        # The period alone: the words are kept, and of a button's value there is little.
        period = Metadata(day=here.day, form=here.form)
        buttons += [
            kit.button("PDF, A4", MirrorAction.PERIOD_A4, replace(period, step=Paper.A4)),
            kit.button(
                "PDF, Letter", MirrorAction.PERIOD_LETTER, replace(period, step=Paper.LETTER)
            ),
        ]
    if cleared is not None and page.counts.cleared:
        tell = kit.button(TITLE, RaisedAction.CLEARED_WRITE)
        buttons.append(tell)
    blocks: list[Block] = [
        *_page(page),
        kit.divider(),
        kit.context(_left_out(page.counts)),
        kit.actions(buttons),
    ]
    title = "The period on one page"
    return kit.modal(title, Form.PERIOD_PAGE, blocks, here, submit="Send it to me")


def build_page(page: PeriodPage) -> Message:
    """The page, in the manager's own conversation, to copy or to send on."""
    # What a lock screen shows: one line, and nothing of what was typed.
    text = f"{kit.escape(_title(page))} on one page"
    return kit.message(text, _page(page))


def _page(page: PeriodPage) -> list[Block]:
    counted = _counted(page.counts)
    blocks: list[Block] = [kit.section(kit.bold(_title(page)))]
    if counted:
        blocks.append(kit.section(counted))
    before = [f"{period_words(one.period)}: {_counted(one)}" for one in page.before]
    if before:
        blocks += kit.lines(["*Before*", *before])
    return [*blocks, *kit.literal(page.words)]


def _title(page: PeriodPage) -> str:
    return f"{period_words(page.counts.period)}, {page.team}'s team"


def _counted(counts: PeriodCounts) -> str:
    """What there is to count; what there is none of is left out."""
    parts = [
        f"{count} {one if count == 1 else many}"
        for count, one, many in (
            (counts.cleared, "obstacle cleared", "obstacles cleared"),
            (counts.kept, "promise kept", "promises kept"),
            (counts.saved, "result saved in time", "results saved in time"),
        )
        if count
    ]
    return " · ".join(parts)


def _left_out(counts: PeriodCounts) -> str:
    if counts.cleared is None:
        return (
            "Nothing is counted on a team of one, or of one at a time: it would be about that one."
        )
    return "Counted is what was done. It names no one, and leaves out what a rep told you alone."
