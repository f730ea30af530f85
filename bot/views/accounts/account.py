"""Accounts: who on our side knows whom there, and the visits."""

from collections.abc import Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.accounts.accounts import (
    Account,
    AccountEntry,
    AccountList,
    AccountVisit,
    Known,
    KnownAccount,
)
from bot.domain.accounts.bench import count_words
from bot.domain.accounts.pages import AccountPage
from bot.views.accounts.dates import Moved, date_rows
from bot.views.block_kit import kit
from bot.views.block_kit.fields import Fields
from bot.views.block_kit.ids import AccountAction, BinderAction, Form, Metadata
from bot.views.block_kit.kit import Message, View
from bot.views.block_kit.people import MOST_OPTIONS

PEOPLE_SHOWN = 60
VISITS_SHOWN = 20
OUTCOME_SHOWN = 150
NAME_SHOWN = 150
KNOWN_SHOWN = 200

NO_ACCOUNT = (
    "No account yet. Put one among the visits of a field day, and it stands here with who knows "
    "whom there."
)


def build_accounts(page: AccountList) -> View:
    """The accounts of a team, key accounts first, each with who knows whom there."""
    if not page.count:
        return kit.modal("Accounts", Form.READ_ONLY, [kit.section(NO_ACCOUNT)], close="Close")
    blocks: list[Block] = [_row(one) for one in page.accounts]
    if page.keys and not page.begins:
        button = kit.button("Key accounts", AccountAction.BENCH, spoken="Who knows key accounts")
        blocks.insert(0, kit.section(count_words(page.alone, page.keys), button))
    places = [("First", 0)] if page.begins else []
    if page.ends < page.count:
        places.append(("More", page.ends))
    if places:
        of_all = f"{page.begins + 1} to {page.ends} of {page.count}"
        blocks.append(kit.context(of_all))
        # One action id may stand once in a block.
        blocks += [
            kit.actions([kit.button(label, AccountAction.LIST, Metadata(page=str(begins)))])
            for label, begins in places
        ]
    return kit.modal("Accounts", Form.READ_ONLY, blocks, close="Close")


def _row(one: KnownAccount) -> Block:
    name = kit.bold(kit.shorten(one.name, NAME_SHOWN))
    head = f"{name} · key account" if one.is_key else name
    known = kit.quote(", ".join(_briefly(known) for known in one.known), KNOWN_SHOWN)
    here = Metadata(subject=one.id)
    opens = kit.button("Open", AccountAction.OPEN, here, spoken=f"Open {one.name[:50]}")
    return kit.section(f"{head}\n{known}" if known else head, opens)


def _briefly(known: Known) -> str:
    return f"{known.name} ({', '.join(dict.fromkeys(name for name, _ in known.by))})"


def build_account(
    page: AccountPage, changed: int | None = None, moved: Moved | None = None
) -> View:
    """What it is, its dates, who knows whom, then the visits, latest first. `changed` is the date
    that was done or removed just now, `moved` one that was moved."""
    account = page.account
    entries = [
        ("Not a key account", AccountAction.NOT_KEY)
        if account.is_key
        else ("Key account", AccountAction.KEY),
        ("Name and spellings", AccountAction.NAMES),
        ("Same as …", AccountAction.SAME),
    ]
    if page.others:
        entries.append(("Not the same", AccountAction.NOT_SAME))
    menu = kit.step_menu(AccountAction.MENU, entries, Metadata(subject=account.id))
    head = kit.bold(kit.shorten(account.name, NAME_SHOWN))
    if account.is_key:
        head += " · key account"
    if page.others:
        names = kit.quote(", ".join(one.name for one in page.others), OUTCOME_SHOWN)
        head += f"\nAlso written {names}"
    blocks: list[Block] = [kit.section(head, menu), *date_rows(page, changed, moved)]
    if page.known:
        lines = [_known(known, page) for known in page.known[:PEOPLE_SHOWN]]
        blocks += [kit.section("*Who knows whom*"), *kit.lines(lines)]
        more = len(page.known) - PEOPLE_SHOWN
        if more > 0:
            blocks.append(kit.context(f"And {more} more."))
    if page.visits:
        blocks.append(kit.section("*Visits*"))
        blocks += [_visit(visit, page) for visit in page.visits[:VISITS_SHOWN]]
    if len(page.visits) > VISITS_SHOWN:
        blocks.append(kit.context("Earlier ones are in the binders of your reps."))
    here = Metadata(subject=account.id)
    return kit.modal("Account", Form.READ_ONLY, blocks, here, close="Close")


def build_names_form(page: AccountPage, under: str | None) -> View:
    """What it is called, and how else it is written."""
    blocks: list[Block] = [
        kit.field("name", "Name", kit.text_input(initial=page.account.name)),
        kit.field("spelling", "Another spelling", kit.text_input(), optional=True),
    ]
    if page.others:
        names = kit.quote(", ".join(one.name for one in page.others), KNOWN_SHOWN)
        blocks.append(kit.context(f"Also written {names}"))
    here = Metadata(subject=page.account.id, under=under)
    return kit.modal("Name", Form.ACCOUNT_NAMES, blocks, here, submit="Save")


def parse_names_form(state: Mapping[str, Any]) -> AccountEntry:
    fields = Fields(state)
    return AccountEntry(fields.text("name"), fields.text("spelling"))


def build_same_form(account: Account, others: Sequence[Account], under: str | None) -> View:
    """Which account it is the same as; those with names alike come first."""
    if not others:
        return kit.modal(
            "Same as …", Form.READ_ONLY, [kit.section("There is no other account yet.")]
        )
    entries = [(one.name, str(one.id)) for one in others[:MOST_OPTIONS]]
    blocks: list[Block] = [
        kit.section(f"{kit.bold(kit.shorten(account.name, NAME_SHOWN))} is the same as"),
        kit.field(
            "into",
            "Account",
            kit.choice(entries, placeholder="Which one?"),
            hint="All spellings, visits and whom you know there become one account, under that "
            "name. Not the same, on its page, takes a spelling and its visits out again.",
        ),
    ]
    if len(others) > MOST_OPTIONS:
        blocks.append(
            kit.context(f"Of {len(others)} accounts those whose names are the most alike.")
        )
    here = Metadata(subject=account.id, under=under)
    return kit.modal("Same as …", Form.ACCOUNT_SAME, blocks, here, submit="Save")


def build_not_same_form(page: AccountPage, under: str | None) -> View:
    """Which spelling is another account after all."""
    entries = [(one.name, str(one.id)) for one in page.others[:MOST_OPTIONS]]
    blocks: list[Block] = [
        kit.section(f"Not the same as {kit.bold(kit.shorten(page.account.name, NAME_SHOWN))}"),
        kit.field(
            "spelling",
            "Spelling",
            kit.choice(entries, placeholder="Which one?"),
            hint="It becomes an account of its own, with the visits and dates that were typed "
            "so. What passes to another rep stays with the account it is at now.",
        ),
    ]
    here = Metadata(subject=page.account.id, under=under)
    return kit.modal("Not the same", Form.ACCOUNT_NOT_SAME, blocks, here, submit="Save")


def parse_chosen(state: Mapping[str, Any], name: str) -> int:
    """The id that was chosen in a form; 0 for none."""
    chosen = Fields(state).chosen(name) or ""
    return int(chosen) if chosen.isdecimal() else 0


def _known(known: Known, page: AccountPage) -> str:
    ours = ", ".join(
        f"{kit.escape(name)} since {kit.date_words(day, page.today)}" for name, day in known.by
    )
    return f"{kit.bold(known.name)} · {ours}"


def _visit(visit: AccountVisit, page: AccountPage) -> Block:
    day = kit.date_words(visit.visited_on, page.today)
    outcome = kit.quote(visit.outcome, OUTCOME_SHOWN)
    words = " · ".join(part for part in (day, kit.escape(visit.rep.name), outcome) if part)
    here = Metadata(subject=visit.field_day)
    return kit.section(
        words, kit.button("Open", BinderAction.ENTRY, here, spoken=f"Open the field day of {day}")
    )


def build_undated(typed: str, account: Account) -> Message:
    """Words were typed behind an account that name no day: nothing of them is lost, nor kept."""
    words = (
        f"“{kit.quote(typed, 100)}” is no account, and names no day at its end. A day is typed as "
        f"in `/binder account {kit.escape(account.name)} renewal 1 March`."
    )
    button = kit.button(f"Open {account.name}", AccountAction.OPEN, Metadata(subject=account.id))
    return kit.message(words, [kit.section(words), kit.actions([button])])


def build_which(typed: str, others: Sequence[Account]) -> Message:
    """Several accounts may be meant, or none is known."""
    named = f"“{kit.quote(typed, 100)}”"
    if not others:
        return kit.message(
            f"No visit to {named} is written down yet. Put it among the visits of the next field "
            "day, and it stands here."
        )
    buttons = [kit.button(one.name, AccountAction.OPEN, Metadata(subject=one.id)) for one in others]
    # One action id may stand once in a block.
    blocks: list[Block] = [kit.section(f"Which one did you mean by {named}?")]
    blocks += [kit.actions([button]) for button in buttons]
    return kit.message("Which account?", blocks)
