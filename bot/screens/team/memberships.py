"""Questions about memberships: asked, and what came of them."""

from collections.abc import Callable, Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Posted, Subject, Unsent
from bot.domain.team.memberships import QuestionView
from bot.screens.delivery.direct import Outgoing
from bot.services.team import memberships
from bot.views.block_kit.kit import Message
from bot.views.team import memberships as views


def questions(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To the managers who are to answer, in the order of `dues`."""

    def outgoing(view: QuestionView) -> Outgoing | None:
        about = Subject(MessageKind.MEMBERSHIP_ASK, view.question.id)
        if view.answerer is None:
            return None
        return Outgoing(view.answerer, views.build_question(view), about)

    return _composed(app, workspace_id, dues, now, outgoing)


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

    def outgoing(view: QuestionView) -> Outgoing | None:
        about = Subject(MessageKind.MEMBERSHIP_TOLD, view.question.id)
        if view.told is None:
            return None
        return Outgoing(view.told, views.build_told(view), about)

    return _composed(app, workspace_id, dues, now, outgoing)


def _composed(
    app: AppContext,
    workspace_id: int,
    dues: Sequence[tuple[int, datetime]],
    now: datetime,
    outgoing: Callable[[QuestionView], Outgoing | None],
) -> list[Outgoing | Unsent]:
    """What goes out of those questions, in the order of `dues`; nothing where nobody is to have
    it."""
    found = memberships.due(app.database, workspace_id, [one for one, _ in dues], now)
    views_of = (found.get(question_id) for question_id, _ in dues)
    return [(view and outgoing(view)) or Unsent.NOT_NEEDED for view in views_of]
