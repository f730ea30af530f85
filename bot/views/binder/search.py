"""Finding things in a binder: the form, what was found, and plans by topic."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.binder.search import WORDS_LIMIT, Found, PlansOfRep, TopicHistory, Wanted
from bot.domain.contacts.interactions import InteractionKind
from bot.views.binder.pages import TABS, entry_line, tabs
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import BinderAction, Form, Metadata
from bot.views.block_kit.kit import View
from bot.views.contacts.contact import otherwise_words

KINDS = [
    ("Contacts", InteractionKind.TOUCH.value),
    ("Strategy sessions", InteractionKind.SESSION.value),
    ("Field days", InteractionKind.FIELD_DAY.value),
]
TAB_OF = {
    InteractionKind.SESSION: BinderAction.SESSIONS,
    InteractionKind.FIELD_DAY: BinderAction.FIELD_DAYS,
    InteractionKind.TOUCH: BinderAction.CONTACTS,
}
TEXT_SHOWN = 500
RETIRED_SHOWN = 40


def build_search(rep: str, wanted: Wanted | None = None) -> View:
    """What to look for in that rep's binder (a Slack id)."""
    wanted = wanted or Wanted(rep)
    blocks: list[Block] = [
        kit.field(
            "words",
            "Words",
            kit.text_input(initial=wanted.words, limit=WORDS_LIMIT),
            optional=True,
            hint="Your own private notes are looked through too; only you see that.",
        ),
        kit.field("kind", "Only", kit.choice(KINDS, wanted.kind), optional=True),
        kit.field("since", "From", kit.date_input(wanted.since), optional=True),
        kit.field("until", "Until", kit.date_input(wanted.until), optional=True),
        kit.actions([back_button(rep)]),
    ]
    return kit.modal("Search", Form.BINDER_SEARCH, blocks, Metadata(rep=rep), submit="Search")


def parse_search(state: Mapping[str, Any], metadata: Metadata) -> Wanted:
    """What is looked for."""
    fields = Fields(state)
    kind = fields.chosen("kind")
    return Wanted(
        rep=metadata.rep or "",
        words=" ".join(fields.text("words").split()),
        kind=InteractionKind(kind) if kind else None,
        since=fields.day("since"),
        until=fields.day("until"),
    )


def build_found(found: Found) -> View:
    """What fits, the latest first."""
    rep = found.rep.slack_id
    tab = TAB_OF[found.wanted.kind] if found.wanted.kind else None
    blocks: list[Block] = [tabs(rep, tab), kit.context(_asked(found))]
    for entry in found.entries:
        blocks.append(entry_line(entry, found.today))
        if entry.id in found.in_own_note:
            blocks.append(kit.context("In a private note of yours."))
    if not found.entries:
        asked = found.wanted.words or found.wanted.since or found.wanted.until
        nothing = "Nothing fits. Fewer words, or other days?" if asked else "Nothing of it yet."
        blocks.append(kit.section(nothing))
    if found.more:
        blocks.append(kit.context("There is more than fits here. Another word narrows it."))
    again = kit.button("Search again", BinderAction.SEARCH, Metadata(rep=rep))
    blocks.append(kit.actions([again, back_button(rep)]))
    title = next((label for label, action in TABS if action is tab), "Found")
    return kit.modal(title, Form.READ_ONLY, blocks, Metadata(rep=rep), close="Close")


def _asked(found: Found) -> str:
    wanted, today = found.wanted, found.today
    parts = [kit.bold(found.rep.name)]
    if wanted.words:
        parts.append(f"“{kit.quote(wanted.words)}”")
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
        tabs(rep, BinderAction.PLANS),
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
    blocks.append(kit.actions([back_button(rep)]))
    return kit.modal("Plans", Form.READ_ONLY, blocks, Metadata(rep=rep), close="Close")


def build_history(history: TopicHistory) -> View:
    """One topic down the sessions, the latest first."""
    rep = history.rep.slack_id
    name = kit.bold(history.rep.name)
    blocks: list[Block] = [kit.section(f"{kit.bold(history.title)} with {name}")]
    for contact, past in history.said:
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
        here = Metadata(subject=contact)
        opened = kit.button("Open", BinderAction.ENTRY, here, spoken=f"Open the session of {day}")
        said_then = "\n".join([f"*{day}*", *(parts or ["Nothing new."])])
        beside = otherwise_words(history.rep, past.otherwise)
        blocks.append(kit.section(f"{said_then}{beside}", opened))
    if history.more:
        blocks.append(kit.context("Earlier ones are in the binder."))
    plans = kit.button("All plans", BinderAction.PLANS, Metadata(rep=rep))
    blocks.append(kit.actions([plans, back_button(rep)]))
    return kit.modal("History", Form.READ_ONLY, blocks, Metadata(rep=rep), close="Close")


def back_button(rep: str) -> BlockElement:
    """**Back to the binder** of that rep (a Slack id), from what it became."""
    return kit.button("Back to the binder", BinderAction.BACK, Metadata(rep=rep))
