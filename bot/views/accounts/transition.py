"""A rep's transitions: which accounts pass to whom, and the introductions still to be made."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Block, BlockElement, StaticMultiSelectElement

from bot.domain.accounts.transitions import (
    Transition,
    TransitionEntry,
    TransitionPage,
    TransitionRow,
)
from bot.domain.contacts.typed_text import listed
from bot.views.binder.sections import back_button
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import Form, Metadata, PackAction, TransitionAction
from bot.views.block_kit.kit import View
from bot.views.block_kit.people import MOST_OPTIONS

ROWS_SHOWN = 30
NAMES_SHOWN = 300

MENU = (("Introduced", TransitionAction.INTRODUCED), ("Drop", TransitionAction.DROP))


def build_transitions(page: TransitionPage) -> View:
    """The accounts that pass on, then those that this rep alone has been to."""
    rep = page.rep.slack_id
    blocks: list[Block] = [kit.section(f"Transition of {kit.bold(page.rep.name)}")]
    for row in page.rows[:ROWS_SHOWN]:
        blocks += _row(row, page)
    if len(page.rows) > ROWS_SHOWN:
        blocks.append(kit.context(f"And {len(page.rows) - ROWS_SHOWN} more."))
    blocks += _alone(page)
    pack = kit.button("Transition pack", PackAction.REP_PAGE, Metadata(rep=rep))
    buttons: list[BlockElement] = [pack, back_button(rep)]
    if page.accounts and page.others:
        pass_on = kit.button(
            "Pass accounts on", TransitionAction.PASS_ON, Metadata(rep=rep), style="primary"
        )
        buttons.insert(0, pass_on)
    blocks.append(kit.actions(buttons))
    return kit.modal("Transition", Form.READ_ONLY, blocks, Metadata(rep=rep), close="Close")


def _row(row: TransitionRow, page: TransitionPage) -> list[Block]:
    one = row.transition
    day = kit.date_words(one.day, page.today)
    head = f"{kit.bold(one.account)} · to {kit.escape(one.takes_over.name)}, {day}"
    if row.is_made:
        head += " · introduced"
    people = kit.quote(listed(row.people), NAMES_SHOWN)
    words = f"{head}\n{people}" if people else head
    entries = [
        (label, Metadata(subject=one.id, step=action.value).pack())
        for label, action in MENU
        if not (row.is_made and action is TransitionAction.INTRODUCED)
    ]
    menu = kit.menu(TransitionAction.MENU, entries)
    if row.is_made or one.takes_over not in page.others:
        return [kit.section(words, menu)]
    here = Metadata(rep=one.takes_over.slack_id, text=visit_words(one))
    plan = kit.button(
        "Plan a visit", TransitionAction.PLAN_VISIT, here, spoken=f"Plan a visit to {one.account}"
    )
    return [kit.section(words, menu), kit.actions([plan])]


def visit_words(one: Transition) -> str:
    """What the visit is for, as the form of a field day begins with it."""
    return f"{one.account}: {one.leaves.name} introduces {one.takes_over.name}"


def _alone(page: TransitionPage) -> list[Block]:
    name = kit.bold(page.rep.name)
    if not page.accounts:
        return [kit.section(f"No visit of a field day with {name} is written down yet.")]
    if not page.alone and not page.rows:
        return [kit.section(f"Somebody else knows each customer of {name}'s too.")]
    if not page.alone:
        return []
    keys = ", ".join(one.account + (" (key)" if one.is_key else "") for one in page.alone)
    return [kit.section(f"Of your team only {name} has been to: {kit.quote(keys, NAMES_SHOWN)}")]


def build_transition_form(page: TransitionPage, under: str | None) -> View:
    """Which accounts pass to whom, and from when; those only this rep knows come first."""
    options = [kit.option(name, str(account)) for account, name in page.accounts[:MOST_OPTIONS]]
    others = [(person.name, person.slack_id) for person in page.others[:MOST_OPTIONS]]
    accounts = StaticMultiSelectElement(options=options, placeholder=kit.plain("Which ones?"))
    blocks = [
        kit.field("accounts", "Accounts", accounts),
        kit.field("to", "To", kit.choice(others, placeholder="Who takes over?")),
        kit.field(
            "day",
            "From when",
            kit.date_input(page.day),
            hint="Until the introduction is made, your list of each week brings it up.",
        ),
    ]
    here = Metadata(rep=page.rep.slack_id, under=under)
    return kit.modal("Pass accounts on", Form.TRANSITION, blocks, here, submit="Save")


def parse_transition_form(state: Mapping[str, Any], metadata: Metadata) -> TransitionEntry:
    """What the form says."""
    fields = Fields(state)
    day = fields.day("day")
    assert day is not None
    return TransitionEntry(
        rep=metadata.rep or "",
        accounts=tuple(int(one) for one in fields.checked("accounts") if one.isdecimal()),
        to=fields.chosen("to") or "",
        day=day,
    )
