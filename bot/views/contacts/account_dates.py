"""Account dates where they stand beside other things: in the answer to a session or field day that
they were read in, and on App Home."""

from collections.abc import Sequence
from datetime import date

from slack_sdk.models.blocks import Block

from bot.domain.accounts.dates import AccountDate
from bot.views.block_kit import kit
from bot.views.block_kit.ids import AccountAction, Metadata
from bot.views.block_kit.kit import Message

DATES_SHOWN = 8
NAME_SHOWN = 100
WHAT_SHOWN = 60
NOBODY_SHOWN = 2


def date_words(one: AccountDate, today: date) -> str:
    """*Acme* · renewal · Mon 1 Mar."""
    name = kit.bold(kit.shorten(one.account, NAME_SHOWN))
    return f"{name} · {kit.quote(one.what, WHAT_SHOWN)} · {kit.date_words(one.day, today)}"


def read_rows(dates: Sequence[AccountDate], today: date) -> list[Block]:
    """Those that were read, each with the way to say that it is none."""
    rows: list[Block] = []
    for one in dates[:DATES_SHOWN]:
        here, spoken = Metadata(subject=one.id), f"Not a date: {one.what} at {one.account}"
        button = kit.button("Not a date", AccountAction.DATE_NOT, here, spoken=spoken)
        rows.append(kit.section(date_words(one, today), button))
    if len(dates) > DATES_SHOWN:
        rows.append(kit.context(f"And {len(dates) - DATES_SHOWN} more, on the accounts' pages."))
    return rows


def with_dates(message: Message, dates: Sequence[AccountDate], today: date) -> Message:
    """The answer, with the dates that were read below it."""
    rows = [block.to_dict() for block in read_rows(dates, today)]
    return {**message, "blocks": [*message["blocks"], *rows]} if rows else message


def build_read(dates: Sequence[AccountDate], today: date) -> Message:
    """What was read where nothing else is answered."""
    heading = "A date I read there:" if len(dates) == 1 else "Dates I read there:"
    return kit.message(heading, [kit.section(heading), *read_rows(dates, today)])


def nobody_lines(dates: Sequence[AccountDate], today: date) -> list[Block]:
    """On the manager's page: what is soon at accounts that nobody on the team knows, so that it is
    on no row of the list."""
    rows: list[Block] = []
    for one in dates[:NOBODY_SHOWN]:
        spoken = f"Open account {kit.shorten(one.account, 50)}"
        here = Metadata(subject=one.account_id)
        button = kit.button("Open", AccountAction.OPEN, here, spoken=spoken)
        ask = "Nobody on your team knows them yet: who could?"
        rows.append(kit.section(f"{date_words(one, today)}\n{ask}", button))
    if len(dates) > NOBODY_SHOWN:
        rows.append(kit.context(f"And {len(dates) - NOBODY_SHOWN} more at such accounts."))
    return rows


def own_lines(dates: Sequence[AccountDate], today: date) -> list[str]:
    """On a rep's page: what is soon at the accounts that they know."""
    return [date_words(one, today) for one in dates]
