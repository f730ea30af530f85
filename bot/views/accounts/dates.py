"""Account dates: on the page of their account, their forms, and what is answered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.accounts.dates import (
    LEADS,
    WHAT_LIMIT,
    AccountDate,
    DateEntry,
    DateShown,
    coming,
    earlier,
)
from bot.domain.accounts.pages import AccountPage
from bot.domain.todo.sources.accounts import source_words
from bot.domain.workspaces.words import within
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import AccountAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.contacts.account_dates import date_words, read_rows

COMING_SHOWN = 12
EARLIER_SHOWN = 6
WHAT_SHOWN = 60


MENU = (
    ("Move", AccountAction.DATE_MOVE),
    ("Done", AccountAction.DATE_DONE),
    ("Remove", AccountAction.DATE_REMOVE),
)


@dataclass(frozen=True)
class Moved:
    """A date, by its id, that was moved just now, and the day it was on before."""

    id: int
    before: date


def date_rows(
    page: AccountPage, changed: int | None = None, moved: Moved | None = None
) -> list[Block]:
    """The dates on the page of an account: those to come, each with where it was said and what can
    be said of it, then in a line those that are done or over. The one that was `changed` just now
    can be put back, the one that was `moved` be moved back."""
    here = Metadata(subject=page.account.id)
    rows: list[Block] = [
        kit.section("*Dates*", kit.button("Add a date", AccountAction.DATE_ADD, here))
    ]
    ahead = coming(page.dates, page.today)
    for one in ahead[:COMING_SHOWN]:
        menu = kit.step_menu(AccountAction.DATE_MENU, MENU, Metadata(subject=one.id))
        words = f"{_words(one, page.today)}\n_{source_words(one, page.today)}_"
        rows.append(kit.section(words, menu))
    if len(ahead) > COMING_SHOWN:
        rows.append(kit.context(f"And {len(ahead) - COMING_SHOWN} later."))
    if changed is not None:
        button = kit.button("Put it back", AccountAction.DATE_BACK, Metadata(subject=changed))
        rows.append(kit.section("It comes up no more.", button))
    if moved is not None:
        here = Metadata(subject=moved.id, day=moved.before.isoformat())
        button = kit.button("Move it back", AccountAction.DATE_MOVE_BACK, here)
        was = kit.date_words(moved.before, page.today)
        rows.append(kit.section(f"Moved; it was on {was}.", button))
    before = earlier(page.dates, page.today)[:EARLIER_SHOWN]
    if before:
        said = "; ".join(_words(one, page.today) for one in before)
        rows.append(kit.context(f"Done or over: {said}"))
    return rows


def _words(one: AccountDate, today: date) -> str:
    return f"{kit.date_words(one.day, today)} · {kit.quote(one.what, WHAT_SHOWN)}"


def build_add_form(page: AccountPage, under: str | None) -> View:
    """What is on which day."""
    blocks: list[Block] = [
        kit.section(kit.bold(kit.shorten(page.account.name, 100))),
        kit.field(
            "what",
            "What is on that day",
            kit.text_input(limit=WHAT_LIMIT, placeholder="Renewal"),
        ),
        kit.field(
            "day",
            "Day",
            kit.date_input(),
            hint="Your list brings it up six and two weeks before, with the rep who knows them.",
        ),
    ]
    here = Metadata(subject=page.account.id, under=under)
    return kit.modal("Add a date", Form.ACCOUNT_DATE, blocks, here, submit="Save")


def parse_add_form(state: Mapping[str, Any]) -> DateEntry:
    """What the form says."""
    fields = Fields(state)
    day = fields.day("day")
    assert day is not None
    return DateEntry(" ".join(fields.text("what").split()), day)


def build_move_form(shown: DateShown, under: str | None) -> View:
    """To which day it moves."""
    one = shown.one
    blocks: list[Block] = [
        kit.section(date_words(one, shown.today)),
        kit.field("day", "Day", kit.date_input(one.day)),
    ]
    here = Metadata(subject=one.id, under=under)
    return kit.modal("Move", Form.ACCOUNT_DATE_MOVE, blocks, here, submit="Move")


def parse_move_form(state: Mapping[str, Any]) -> date:
    """The day that was chosen."""
    day = Fields(state).day("day")
    assert day is not None
    return day


def day_before(pressed: Metadata) -> date | None:
    """The day to move a date back to; None for what is no day."""
    try:
        return date.fromisoformat(pressed.day or "")
    except ValueError:
        return None


def build_noted(shown: Sequence[DateShown]) -> Message:
    """The answer to dates that were typed, and what comes of each."""
    if len(shown) > 1:
        return _build_several(shown)
    (said,) = shown
    one, words = said.one, date_words(said.one, said.today)
    buttons = [kit.button("Open account", AccountAction.OPEN, Metadata(subject=one.account_id))]
    if said.already:
        # Who typed it anew said what stood there: taking it off is said on the page.
        words = f"{words} stands there already, {_since(one, said.today)}."
    else:
        words = f"Noted: {words}"
        buttons.insert(0, kit.button("Undo", AccountAction.DATE_UNDO, Metadata(subject=one.id)))
    blocks = [kit.section(f"{words}\n{_comes_up(said)}"), kit.actions(buttons)]
    return kit.message(words, blocks)


def _build_several(shown: Sequence[DateShown]) -> Message:
    heading = f"Noted {len(shown)} dates:"
    rows = read_rows([said.one for said in shown], shown[0].today)
    return kit.message(heading, [kit.section(heading), *rows, kit.context(_come_up(shown[0]))])


def _since(one: AccountDate, today: date) -> str:
    return within(source_words(replace(one, sources=one.sources[:1]), today))


def _come_up(shown: DateShown) -> str:
    """The same of several."""
    if shown.rep is None:
        return "Nobody on your team knows them yet. Your Home brings them up, six weeks before."
    name = kit.escape(shown.rep.name)
    return f"Your list brings them up with {name}, six and two weeks before each that is so far."


def _comes_up(shown: DateShown) -> str:
    if shown.rep is None:
        return "Nobody on your team knows them yet. Your Home brings it up, six weeks before."
    name = kit.escape(shown.rep.name)
    early, late = (shown.one.day - lead for lead in LEADS)
    if shown.today <= early:
        return f"Your list brings it up with {name}, six and two weeks before."
    if shown.today <= late:
        return f"Your list brings it up with {name}, two weeks before at the latest."
    return f"It is near: bring it up with {name} when you next talk."


def build_taken_off(shown: DateShown) -> Message:
    """It is none; the way back."""
    words = date_words(shown.one, shown.today)
    here = Metadata(subject=shown.one.id)
    button = kit.button("Put it back", AccountAction.DATE_AFTER_ALL, here)
    return kit.message(f"Not a date: {words}", [kit.section(f"Not a date: {words}", button)])
