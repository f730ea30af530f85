"""Questions about memberships: asked, and what came of them."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Posted, Subject, Unsent
from bot.screens.delivery.direct import Outgoing
from bot.services.team import memberships
from bot.views.block_kit.kit import Message
from bot.views.team import memberships as views


def questions(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To the managers who are to answer, in the order of `dues`."""
    found = memberships.due(app.database, workspace_id, [one for one, _ in dues], now)
    sent: list[Outgoing | Unsent] = []
    for question_id, _ in dues:
        view = found.get(question_id)
        if view is None or view.answerer is None:
            sent.append(Unsent.NOT_NEEDED)
        else:
            about = Subject(MessageKind.MEMBERSHIP_ASK, question_id)
            sent.append(Outgoing(view.answerer, views.build_question(view), about))
    return sent


def questions_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those questions are to show now."""
    found = memberships.due(app.database, workspace_id, [one.subject.id for one in posted], now)
    return [
        views.build_standing(found[one.subject.id]) if one.subject.id in found else None
        for one in posted
    ]


def answers(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To whoever asked, in the order of `dues`."""
    found = memberships.due(app.database, workspace_id, [one for one, _ in dues], now)
    sent: list[Outgoing | Unsent] = []
    for question_id, _ in dues:
        view = found.get(question_id)
        if view is None or view.told is None:
            sent.append(Unsent.NOT_NEEDED)
        else:
            about = Subject(MessageKind.MEMBERSHIP_TOLD, question_id)
            sent.append(Outgoing(view.told, views.build_told(view), about))
    return sent
