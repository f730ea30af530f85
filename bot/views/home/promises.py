"""Promises of one side with all reps, opened from App Home."""

from datetime import date

from slack_sdk.models.blocks import Block, BlockElement

from bot.domain.home import ManagerHome, PromisesPage
from bot.domain.promises import Owner, Promise
from bot.domain.workspaces.refusals import Gone
from bot.views.appointments import session_beside, when_words
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, HomeAction, Metadata, PromiseAction
from bot.views.block_kit.kit import View
from bot.views.promises.promise import (
    by_sides,
    closed_rows,
    headed_words,
    promise_row,
    promise_words,
)

TODAY_SHOWN = 3
RAISED_SHOWN = 2


def owed_today_lines(home: ManagerHome) -> list[Block]:
    """What the manager owes by today, each to be kept with one press."""
    owed = home.owed_today
    blocks: list[Block] = []
    for one in owed[:TODAY_SHOWN]:
        kept = kit.button(
            "Kept", PromiseAction.KEEP, Metadata(subject=one.id), spoken=f"Kept: {one.what}"
        )
        blocks.append(kit.section(promise_words(one, home.facts.today), kept))
    if len(owed) > TODAY_SHOWN:
        blocks.append(kit.context(f"And {len(owed) - TODAY_SHOWN} more by today."))
    return blocks


def raised_lines(home: ManagerHome) -> list[Block]:
    """What reps brought up and wait for, with what can be done about it; *You owe* has the rest."""
    today, beside = home.facts.today, planned_beside(home)
    blocks: list[Block] = []
    for one in home.raised[:RAISED_SHOWN]:
        words = promise_words(one, today) + beside.get(f"promise:{one.id}", "")
        blocks += promise_row(one, today, words=words)
    return blocks


def planned_beside(home: ManagerHome) -> dict[str, str]:
    """The session that stands beside a request for time, by what a reason of the list is about."""
    today, team = home.facts.today, home.facts.team
    found = {
        f"promise:{one.id}": session_beside(
            one, home.coming, lambda planned: when_words(planned, today, team)
        )
        for one in home.promises
    }
    return {about: words for about, words in found.items() if words}


def owed_line(home: ManagerHome) -> list[Block]:
    """How much the manager owes, and the way to it."""
    found = home.of_side(Owner.MANAGER)
    return [kit.actions([_see("You owe", len(found), Owner.MANAGER)])] if found else []


def theirs_line(home: ManagerHome) -> list[Block]:
    """How much the reps promised, and what was noted for them and is not their word."""
    found = home.of_side(Owner.REP)
    agreed = sum(promise.is_agreed for promise in found)
    noted = len(found) - agreed
    if not found:
        return []
    # Nobody promised what was only noted for them.
    label = "They promised" if agreed else "You noted for them"
    words = f"And {noted} that you noted for them." if agreed and noted else ""
    see = kit.actions([_see(label, agreed or noted, Owner.REP)])
    return [see, kit.context(words)] if words else [see]


def _see(label: str, count: int, owner: Owner) -> BlockElement:
    """**You owe · 4**: how many there are, and the way to them."""
    spoken = f"{label}: {count}. See them"
    here = Metadata(step=owner.value)
    return kit.button(f"{label} · {count}", HomeAction.PROMISES, here, spoken=spoken)


def build_promises(page: PromisesPage, changed: int | None = None) -> View:
    """A page of them, with those closed of late; `changed` was closed just now."""
    own = page.owner is Owner.MANAGER
    blocks: list[Block] = []
    for heading, found in by_sides(page.promises, "They"):
        if not own:
            blocks.append(kit.section(f"*{heading}*"))
        for promise in found:
            blocks += _row(promise, page.today)
    blocks += closed_rows(page.closed, page.today, Owner.MANAGER, changed)
    pages: list[BlockElement] = []
    if page.start:
        pages.append(kit.button("First", HomeAction.PROMISES_FIRST, Metadata(page="0")))
    if page.more:
        after = Metadata(page=str(page.start + len(page.promises)))
        pages.append(kit.button("More", HomeAction.PROMISES_MORE, after))
    if pages:
        blocks.append(kit.actions(pages))
    shown = blocks or [kit.section("Nothing is open.")]
    here = Metadata(text=page.owner.value, page=str(page.start))
    title = "You owe" if own else "They promised"
    return kit.modal(title, Form.HOME_PROMISES, shown, here, close="Close")


def _row(promise: Promise, today: date) -> list[Block]:
    return promise_row(promise, today, words=headed_words(promise, today))


def parse_owner(packed: str | None) -> Owner:
    """Whose promises a button or a page is about. Raises Gone for what was not made here."""
    if packed not in list(Owner):
        raise Gone
    return Owner(packed)


def parse_start(page: str | None) -> int:
    """Where a page of promises begins. Raises Gone for what is no number."""
    if not (page or "0").isdecimal():
        raise Gone
    return int(page or 0)
