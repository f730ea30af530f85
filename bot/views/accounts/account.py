"""An account: who on our side knows whom there, and the visits."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block

from bot.domain.accounts.accounts import Account, AccountPage, AccountVisit, Known
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AccountAction, BinderAction, Form, Metadata
from bot.views.block_kit.kit import Message, View

PEOPLE_SHOWN = 60
VISITS_SHOWN = 20
OUTCOME_SHOWN = 150


def build_account(page: AccountPage) -> View:
    """Who knows whom, then the visits, latest first."""
    blocks: list[Block] = [kit.header(page.account.name)]
    if page.known:
        lines = [_known(known, page) for known in page.known[:PEOPLE_SHOWN]]
        blocks += [kit.section("*Who knows whom*"), *kit.lines(lines)]
        more = len(page.known) - PEOPLE_SHOWN
        if more > 0:
            blocks.append(kit.context(f"And {more} more."))
    blocks.append(kit.section("*Visits*"))
    blocks += [_visit(visit, page) for visit in page.visits[:VISITS_SHOWN]]
    if len(page.visits) > VISITS_SHOWN:
        blocks.append(kit.context("Earlier ones are in the binders of your reps."))
    return kit.modal("Account", Form.READ_ONLY, blocks, close="Close")


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


def build_which(typed: str, others: Sequence[Account]) -> Message:
    """Several accounts may be meant, or none is known."""
    named = f"“{kit.quote(typed, 100)}”"
    if not others:
        return kit.message(
            f"No visit to {named} is written down yet. Put it among the visits of the next field "
            "day, and it stands here."
        )
    buttons = [
        kit.button(one.name, AccountAction.OPEN, Metadata(text=one.name[:1000])) for one in others
    ]
    # One action id may stand once in a block.
    blocks: list[Block] = [kit.section(f"Which one did you mean by {named}?")]
    blocks += [kit.actions([button]) for button in buttons]
    return kit.message("Which account?", blocks)
