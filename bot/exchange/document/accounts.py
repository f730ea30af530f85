"""Accounts, who is known there, what is due there, and the market."""

from collections.abc import Iterator, Mapping
from typing import Any

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.accounts.market import MarketNote
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.record import TeamRecord
from bot.exchange.document.values import iso


def transition_entry(one: Transition) -> dict[str, Any]:
    return {
        "account": one.account,
        "from": one.leaves.slack_id,
        "to": one.takes_over.slack_id,
        "day": iso(one.day),
        "introduced_on": iso(one.introduced_on),
    }


def account_entries(record: TeamRecord) -> Iterator[dict[str, Any]]:
    there: dict[int, list[Acquaintance]] = {}
    for one in record.acquaintances:
        there.setdefault(one.account_id, []).append(one)
    for account in record.accounts:
        known: dict[str, list[Acquaintance]] = {}
        for one in there.get(account.id, ()):
            known.setdefault(one.key, []).append(one)
        yield {
            "name": account.name,
            "spellings": [one.name for one in account.spellings],
            "is_key": account.is_key,
            "visited_by": [_ours(one) for one in known.pop("", ())],
            "known": [
                {"name": ours[0].name, "by": [_ours(one) for one in ours]}
                for ours in known.values()
            ],
        }


def account_date_entry(one: AccountDate) -> dict[str, Any]:
    def said_in(source: DateSource) -> dict[str, Any] | None:
        if source.contact is None:
            return None
        return {"kind": source.kind, "id": source.contact}

    return {
        "account": one.account,
        "what": one.what,
        "day": iso(one.day),
        "said": [
            {"on": iso(source.noted_on), "contact": said_in(source)} for source in one.sources
        ],
        "done_on": iso(one.done_on),
    }


def _ours(one: Acquaintance) -> dict[str, Any]:
    side = "rep" if one.as_rep else "manager"
    return {side: one.person.slack_id, "since": iso(one.since)}


def market_note_entry(note: MarketNote, logged: Mapping[int, str]) -> dict[str, Any]:
    # It outlives the contact that it was heard in.
    source = note.contact if note.contact in logged else None
    return {
        "rep": note.rep.slack_id,
        "heard_on": iso(note.heard_on),
        "account": note.account or None,
        "text": note.text,
        "tags": [tag.name for tag in note.tags],
        "source": None if source is None else {"kind": logged[source], "id": source},
    }
