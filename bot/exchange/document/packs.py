"""The transition packs of the JSON export."""

from collections.abc import Iterable
from typing import Any

from bot.domain.accounts.dates import AccountDate
from bot.domain.binder.pack import PackAccount, RepPack, TeamPack
from bot.exchange.document.team import series_entry


def transition_packs(packs: Iterable[RepPack]) -> list[dict[str, Any]]:
    """One a rep, as docs/export.schema.json describes it."""
    return [_pack(one) for one in packs]


def team_pack(pack: TeamPack) -> dict[str, Any]:
    """What is of the whole team, and of no rep's pack."""
    return {
        "meeting": series_entry(pack.team.settings),
        "promises": [
            {
                "owner": one.owner.slack_id,
                "what": one.what,
                "due_on": one.due_on.isoformat() if one.due_on else None,
            }
            for one in pack.promises
        ],
        "issues": [
            {
                "id": one.id,
                "text": one.text,
                "starts_on": one.starts_on.isoformat(),
                "ends_on": one.ends_on.isoformat(),
            }
            for one in pack.issues
        ],
        "accounts": [_account(one) for one in pack.accounts],
        "dates": [_date(one) for one in pack.dates],
    }


def _pack(pack: RepPack) -> dict[str, Any]:
    return {
        "rep": pack.rep.slack_id,
        "introductions": [
            {
                "account": one.account,
                "people": list(one.people),
                "to": one.to.slack_id if one.to else None,
                "day": one.day.isoformat() if one.day else None,
            }
            for one in pack.introductions
        ],
        "promises": [
            {
                "id": one.id,
                "owner": one.owner,
                "what": one.what,
                "due_on": one.due_on.isoformat() if one.due_on else None,
            }
            for one in pack.promises
        ],
        "plans": [
            {
                "title": one.title,
                "plan": one.text,
                "agreed_on": one.agreed_on.isoformat(),
                "remembered_otherwise": one.otherwise,
            }
            for one in pack.plans
        ],
        "accounts": [_account(one) for one in pack.accounts],
        "dates": [_date(one) for one in pack.dates],
    }


def _date(one: AccountDate) -> dict[str, Any]:
    return {"account": one.account, "what": one.what, "day": one.day.isoformat()}


def _account(one: PackAccount) -> dict[str, Any]:
    return {
        "name": one.name,
        "is_key": one.is_key,
        "people": list(one.people),
        "others": [person.slack_id for person in one.others],
    }
