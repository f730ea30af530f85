"""Finding things in a binder: the form, what was found, and plans by topic."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.binder.search import (
    WORDS_LIMIT,
    Found,
    PlansOfRep,
    ResultsFound,
    TopicHistory,
    Wanted,
)
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.results import metric_key
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import Gone
from bot.views.binder.entries import entry_row, row_menu
from bot.views.binder.sections import SECTIONS, back_button, section_row
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import BinderAction, Form, Metadata
from bot.views.block_kit.kit import View
from bot.views.contacts.contact import otherwise_words
from bot.views.results.figures import period_line

KINDS = [
    ("Contacts", InteractionKind.TOUCH.value),
    ("Strategy sessions", InteractionKind.SESSION.value),
    ("Field days", InteractionKind.FIELD_DAY.value),
]
RESULTS = "results"
ONLY = [*KINDS, ("Results", RESULTS)]
"""What a search can be held to."""
SECTION_OF = {
    InteractionKind.SESSION: BinderAction.SESSIONS,
    InteractionKind.FIELD_DAY: BinderAction.FIELD_DAYS,
    InteractionKind.TOUCH: BinderAction.CONTACTS,
}
TEXT_SHOWN = 500
RETIRED_SHOWN = 40
METRICS_SHOWN = 200


def build_search(rep: str, *, by_date: bool = False) -> View:
    """What to look for in that rep's binder (a Slack id); `by_date` asks for the days first."""
    words: list[Block] = [
        kit.field(
            "words",
            "Words",
            kit.text_input(limit=WORDS_LIMIT),
            optional=True,
            hint="Your own private notes are looked through too; only you see that.",
        )
    ]
    days: list[Block] = [
        kit.field("since", "From", kit.date_input(), optional=True),
        kit.field("until", "Until", kit.date_input(), optional=True),
    ]
    kind = kit.field("kind", "Only", kit.choice(ONLY), optional=True)
    blocks = [*days, kind, *words] if by_date else [*words, kind, *days]
    title, submit = ("By date", "Show") if by_date else ("Search", "Search")
    return kit.modal(
        title,
        Form.BINDER_SEARCH,
        [*blocks, kit.actions([back_button(rep)])],
        Metadata(rep=rep),
        submit=submit,
    )


def parse_search(state: Mapping[str, Any], metadata: Metadata) -> Wanted:
    """What is looked for."""
    fields = Fields(state)
    kind = fields.chosen("kind")
    return Wanted(
        rep=metadata.rep or "",
        words=" ".join(fields.text("words").split()),
        kind=InteractionKind(kind) if kind and kind != RESULTS else None,
        since=fields.day("since"),
        until=fields.day("until"),
        results=kind == RESULTS,
    )


def pack_wanted(wanted: Wanted, start: int = 0) -> Metadata:
    """What is looked for, as the page that shows it and its buttons carry it."""
    since, until = (day.isoformat() if day else "" for day in (wanted.since, wanted.until))
    return Metadata(
        rep=wanted.rep,
        text=wanted.words or None,
        step=RESULTS if wanted.results else wanted.kind,
        day=f"{since}/{until}" if since or until else None,
        page=str(start),
    )


def parse_wanted(packed: Metadata) -> tuple[Wanted, int]:
    """What is looked for, and from where on it is shown. Raises Gone for what was not packed
    here."""
    since, _, until = (packed.day or "").partition("/")
    of_results = packed.step == RESULTS
    try:
        wanted = Wanted(
            rep=packed.rep or "",
            words=packed.text or "",
            kind=InteractionKind(packed.step) if packed.step and not of_results else None,
            since=date.fromisoformat(since) if since else None,
            until=date.fromisoformat(until) if until else None,
            results=of_results,
        )
        return wanted, int(packed.page or 0)
    except ValueError as error:
        raise Gone from error


def build_found(found: Found) -> View:
    """A page of what fits, the latest first."""
    wanted, rep = found.wanted, found.rep.slack_id
    shown = SECTION_OF[wanted.kind] if wanted.kind and not wanted.is_narrowed else None
    asked = kit.context(_asked(wanted, found.rep, found.today))
    blocks: list[Block] = [section_row(rep, shown), asked]
    if found.metrics and not found.start:
        named = kit.escape_within(", ".join(found.metrics), METRICS_SHOWN)
        see = kit.button(
            "See",
            BinderAction.RESULTS,
            pack_wanted(replace(wanted, results=True)),
            spoken="See the results that fit",
        )
        blocks.append(kit.section(f"*Results* · {named}", see))
    for entry in found.entries:
        own, subjects = entry.author_id == found.reader_id, found.subjects.get(entry.id, ())
        blocks.append(entry_row(entry, found.today, own=own, subjects=subjects))
        if entry.id in found.in_own_note:
            blocks.append(kit.context("In a private note of yours."))
    if not (found.entries or found.metrics):
        blocks.append(_nothing(wanted))
    buttons: list[BlockElement] = []
    if found.start:
        buttons.append(kit.button("Newest", BinderAction.NEWEST_FOUND, pack_wanted(wanted)))
    if found.more:
        after = pack_wanted(wanted, found.start + len(found.entries))
        buttons.append(kit.button("Older", BinderAction.OLDER_FOUND, after))
    blocks += _ways(wanted, buttons)
    title = next((label for label, action in SECTIONS if action is shown), "Found")
    here = pack_wanted(wanted, found.start)
    return kit.modal(title, Form.BINDER_FOUND, blocks, here, close="Close")


def build_results(found: ResultsFound) -> View:
    """A page of a rep's results, period by period, as they are: the latest of each metric first."""
    wanted, rep = found.wanted, found.rep.slack_id
    shown = None if wanted.is_narrowed else BinderAction.RESULTS
    asked = kit.context(_asked(wanted, found.rep, found.today))
    blocks: list[Block] = [section_row(rep, shown), asked]
    for _, group in groupby(found.results, key=lambda one: metric_key(one.metric.name)):
        own = list(group)
        lines = [kit.escape(period_line(one, found.today)) for one in own]
        blocks += kit.lines([kit.bold(own[0].metric.name), *lines])
    if not found.results:
        blocks.append(_nothing(wanted))
    buttons: list[BlockElement] = []
    if found.start:
        buttons.append(kit.button("First", BinderAction.RESULTS_NEWEST, pack_wanted(wanted)))
    if found.more:
        after = pack_wanted(wanted, found.start + len(found.results))
        buttons.append(kit.button("More", BinderAction.RESULTS, after))
    blocks += _ways(wanted, buttons)
    return kit.modal("Results", Form.READ_ONLY, blocks, Metadata(rep=rep), close="Close")


def _ways(wanted: Wanted, pages: list[BlockElement]) -> list[Block]:
    """The other pages, and **Search again** of what was searched."""
    if wanted.is_narrowed:
        again = kit.button("Search again", BinderAction.SEARCH, Metadata(rep=wanted.rep))
        pages = [*pages, again]
    return [kit.actions(pages)] if pages else []


def _nothing(wanted: Wanted) -> Block:
    nothing = "Nothing fits. Fewer words, or other days?"
    return kit.section(nothing if wanted.is_narrowed else "Nothing of it yet.")


def _asked(wanted: Wanted, rep: Person, today: date) -> str:
    parts = [kit.bold(rep.name)]
    if wanted.words:
        parts.append(f"“{kit.quote(wanted.words)}”")
    if wanted.results:
        parts.append("results")
    if wanted.kind:
        parts.append(next(label for label, value in KINDS if value == wanted.kind).lower())
    if wanted.since:
        parts.append(f"from {kit.date_words(wanted.since, today)}")
    if wanted.until:
        parts.append(f"until {kit.date_words(wanted.until, today)}")
    return " · ".join(parts)


def build_plans(plans: PlansOfRep) -> View:
    """Each topic with its plan as it stands, and the way down its history."""
    rep = plans.rep.slack_id
    titles = {topic.key: topic.title for topic in plans.topics}
    retired = [key for key in plans.last if key not in titles][:RETIRED_SHOWN]
    blocks: list[Block] = [
        section_row(rep, BinderAction.PLANS),
        kit.section(f"Plans with {kit.bold(plans.rep.name)}"),
    ]
    for key in [*titles, *retired]:
        past = plans.last.get(key)
        title = kit.bold(titles.get(key) or key.capitalize())
        if past is None:
            blocks.append(kit.section(f"{title}\nNothing said of it yet."))
            continue
        here = Metadata(rep=rep, text=key)
        history = kit.button("History", BinderAction.TOPIC, here, spoken=f"History of {key}")
        day = kit.date_words(past.held_on, plans.today)
        gone = " · retired" if key in retired else ""
        plan = kit.quote(past.notes.whole_plan, TEXT_SHOWN) or "No plan yet."
        beside = otherwise_words(plans.rep, past.otherwise)
        blocks.append(kit.section(f"{title} · {day}{gone}\n{plan}{beside}", history))
    return kit.modal("Plans", Form.READ_ONLY, blocks, Metadata(rep=rep), close="Close")


def build_history(history: TopicHistory) -> View:
    """One topic down the sessions, the latest first."""
    rep = history.rep.slack_id
    name = kit.bold(history.rep.name)
    blocks: list[Block] = [kit.section(f"{kit.bold(history.title)} with {name}")]
    for entry, past in history.said:
        said = past.notes
        day = kit.date_words(past.held_on, history.today)
        parts = [
            f"{label}: {kit.quote(words, TEXT_SHOWN)}"
            for label, words in (
                ("Plan", said.whole_plan),
                ("What changed", said.changed),
                ("Next step", said.next_step),
            )
            if words
        ]
        menu = row_menu(entry, own=entry.author_id == history.reader_id)
        said_then = "\n".join([f"*{day}*", *(parts or ["Nothing new."])])
        beside = otherwise_words(history.rep, past.otherwise)
        blocks.append(kit.section(f"{said_then}{beside}", menu))
    if history.more:
        blocks.append(kit.context("Earlier ones are in the binder."))
    plans = kit.button("All plans", BinderAction.PLANS, Metadata(rep=rep))
    blocks.append(kit.actions([plans, back_button(rep)]))
    here = Metadata(rep=rep, text=history.key)
    return kit.modal("History", Form.BINDER_HISTORY, blocks, here, close="Close")
