"""The binder of a rep: its pages, and its promises."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, UserSelectElement

from bot.domain.binder.pages import BinderPromises, BinderShelf, BinderView, PageStart
from bot.domain.contacts.touches import TouchEntry
from bot.domain.team.teams import RepChoice
from bot.domain.todo.reasons import Reason
from bot.domain.workspaces.refusals import Gone
from bot.views.binder.entries import entry_row
from bot.views.binder.front import front_blocks
from bot.views.binder.sections import section_row
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import BinderAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.block_kit.people import MOST_OPTIONS, parse_rep
from bot.views.contacts.touch import build_touch_form
from bot.views.promises.promise import promise_row
from bot.views.team.pack import pack_button

TYPED_SHOWN = 60

USAGE = (
    "*All you keep about a rep, in one place*\n"
    "`/binder @rep` opens on what is good to know before you talk; *Section* leads to sessions, "
    "plans, field days, contacts and promises, to read, change, delete and put back, and to "
    "results, period by period. Those who left have theirs too.\n"
    "`/binder account Acme` shows who on your side knows whom there, since when, and what is on "
    "which day; `/binder account Acme renewal 1 March` notes a date, `/binder account` alone lists "
    "all accounts, and `/binder bench` who knows each key account.\n"
    "`/binder market` shows what you heard of the market and of competitors, by tag.\n"
    "`/binder pack` is what whoever takes the team over begins with.\n"
    "`/binder export` gives you all of it as a file.\n"
    "`/binder` alone lets you choose."
)

OWN_PAGE = "Your own page is the *Home* tab, here in Windshield."


def build_not_understood(typed: str) -> Message:
    """Words that are no person: the right form."""
    known = "I don't know" if typed.startswith("@") else "I don't understand"
    return kit.message(
        f"{known} “{kit.quote(typed, TYPED_SHOWN)}”. Type `/binder @` and pick a person from the "
        "list, or `/binder help`."
    )


def build_shelf(shelf: BinderShelf) -> View:
    """Whose binder to open; who left comes last."""
    members = sorted(shelf.members, key=lambda member: not member.is_on(shelf.today))
    if not 0 < len(members) <= MOST_OPTIONS:
        return _shelf(UserSelectElement())
    entries = [
        (
            member.rep.name if member.is_on(shelf.today) else f"{member.rep.name} (left)",
            member.rep.slack_id,
        )
        for member in members
    ]
    return _shelf(kit.choice(entries, placeholder="Whose binder?"))


def _shelf(element: Any) -> View:
    blocks = [kit.field("rep", "Rep", element), kit.actions([pack_button()])]
    return kit.modal("Binder", Form.BINDER_SHELF, blocks, submit="Open")


def parse_shelf(state: Mapping[str, Any]) -> str:
    """The Slack id of the chosen rep."""
    return parse_rep(Fields(state))


def build_binder(facts: BinderView) -> View:
    """A page of the binder: the first opens on what to know before talking; then contacts, the
    latest first."""
    rep = facts.rep.slack_id
    if facts.front is not None:
        blocks = front_blocks(facts, facts.front)
    else:
        blocks = [kit.section(f"{kit.bold(facts.rep.name)} · further back"), section_row(rep)]
    blocks += _timeline(facts)
    pages: list[BlockElement] = []
    if facts.begins is not None:
        pages.append(kit.button("Newest", BinderAction.NEWEST, Metadata(rep=rep)))
    if facts.older is not None:
        older = Metadata(rep=rep, page=pack_page_start(facts.older))
        pages.append(kit.button("Older", BinderAction.OLDER, older))
    if pages:
        blocks.append(kit.actions(pages))
    here = Metadata(rep=rep, page=pack_page_start(facts.begins) if facts.begins else None)
    return kit.modal("Binder", Form.BINDER, blocks, here, close="Close")


def _timeline(facts: BinderView) -> list[Block]:
    reader = facts.team.manager.id
    rows = [
        entry_row(
            entry,
            facts.today,
            own=entry.author_id == reader,
            subjects=facts.subjects.get(entry.id, ()),
        )
        for entry in facts.entries
    ]
    if not rows or facts.front is None:
        return rows
    return [kit.section("*Lately*"), *rows]


def pack_page_start(place: PageStart) -> str:
    """Where a page begins, as a button carries it."""
    return f"{place[0].isoformat()} {place[1]}"


def parse_page_start(packed: str | None) -> PageStart | None:
    """Where a page begins; None for the first. Raises Gone for what was not packed here."""
    if not packed:
        return None
    day, _, number = packed.partition(" ")
    try:
        return date.fromisoformat(day), int(number)
    except ValueError as error:
        raise Gone from error


def build_log_form(choice: RepChoice, rep: str, metadata: Metadata, reason: Reason | None) -> View:
    """The form of a new touch, opened from a binder and shown there when it is logged."""
    form = build_touch_form(choice, TouchEntry(rep, None, choice.today, ""), metadata, reason)
    return {**form, "callback_id": Form.BINDER_TOUCH.value}


def build_promises(facts: BinderPromises) -> View:
    """A page of all promises with a rep, open ones first."""
    slack_id = facts.rep.slack_id
    blocks: list[Block] = []
    for promise in facts.promises:
        blocks += promise_row(promise, facts.today)
    pages: list[BlockElement] = []
    if facts.start:
        first = Metadata(rep=slack_id, page="0")
        pages.append(kit.button("First", BinderAction.PROMISES_FIRST, first))
    if facts.more:
        after = Metadata(rep=slack_id, page=str(facts.start + len(facts.promises)))
        pages.append(kit.button("More", BinderAction.PROMISES_MORE, after))
    if pages:
        blocks.append(kit.actions(pages))
    shown = [
        section_row(slack_id, BinderAction.PROMISES),
        *(blocks or [kit.section("No promises yet, on either side.")]),
    ]
    here = Metadata(rep=slack_id, page=str(facts.start))
    return kit.modal("Promises", Form.BINDER_PROMISES, shown, here, close="Close")


def parse_start(page: str | None) -> int:
    """Where a page of promises begins. Raises Gone for what is no number."""
    if not (page or "0").isdecimal():
        raise Gone
    return int(page or 0)
