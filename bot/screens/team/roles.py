"""Somebody became something else: who is told."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Subject, Unsent
from bot.screens.delivery.direct import Outgoing
from bot.services.team import roles
from bot.views.team.away import build_stand_in_gone


def stand_ins_gone(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To managers whose stand-in cannot be that any more, in the order of `dues`."""
    found = roles.stand_ins_gone(app.database, workspace_id, [one for one, _ in dues], now)
    return [
        Outgoing(
            found[one].team.manager,
            build_stand_in_gone(found[one].days, found[one].stand_in, found[one].team.today(now)),
            Subject(MessageKind.STAND_IN_GONE, one),
        )
        if one in found
        else Unsent.NOT_NEEDED
        for one, _ in dues
    ]
