"""The transition packs of the JSON export."""

from collections.abc import Iterable
from typing import Any

from bot.domain.binder.pack import PackAccount, RepPack


def transition_packs(packs: Iterable[RepPack]) -> list[dict[str, Any]]:
    """One a rep, as docs/export.schema.json describes it."""
    return [_pack(one) for one in packs]


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
        "dates": [
            {"account": one.account, "what": one.what, "day": one.day.isoformat()}
            for one in pack.dates
        ],
    }


def _account(one: PackAccount) -> dict[str, Any]:
    return {
        "name": one.name,
        "is_key": one.is_key,
        "people": list(one.people),
        "others": [person.slack_id for person in one.others],
    }
