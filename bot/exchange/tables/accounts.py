"""Accounts, who is known there, what is due there, and the market."""

from collections.abc import Iterator
from itertools import chain

from bot.exchange.tables.table import Entry, Table, each, within


def _acquaintances(document: Entry) -> Iterator[Entry]:
    for account in document["accounts"]:
        been = ({"name": None, "by": account["visited_by"]},)
        for known in chain(been, account["known"]):
            for ours in known["by"]:
                yield {"account": account["name"], "knows": known["name"], **ours}


TABLES: tuple[Table, ...] = (
    Table(
        "accounts",
        "accounts",
        "Accounts, with every way they were written.",
        ("name", "spellings", "is_key"),
        each("accounts"),
    ),
    Table(
        "acquaintances",
        "accounts",
        "Who of us knows whom at an account, since when; with nobody in knows: who has been there.",
        ("account", "knows", "rep", "manager", "since"),
        _acquaintances,
    ),
    Table(
        "account_dates",
        "account_dates",
        "What is on which day at an account.",
        ("account", "what", "day", "done_on"),
        each("account_dates"),
    ),
    Table(
        "account_dates_said",
        "account_dates",
        "Where each of those dates was said.",
        ("account", "what", "day", "on", "contact_kind", "contact_id"),
        within("account_dates", "said", account="account", what="what", day="day"),
    ),
    Table(
        "transitions",
        "transitions",
        "Accounts that pass from one rep to another.",
        ("account", "from", "to", "day", "introduced_on"),
        each("transitions"),
    ),
    Table(
        "market_notes",
        "market_notes",
        "What was heard of the market.",
        ("rep", "heard_on", "account", "text", "tags", "source_kind", "source_id"),
        each("market_notes"),
    ),
)
