"""Whose rep somebody is: **Fine**, **Not so**, **Not my manager**."""

from functools import partial

from bot.context import AppContext
from bot.domain.team.memberships import QuestionView
from bot.screens.home import publish
from bot.services.team import memberships
from bot.views.block_kit.ids import TeamAction
from bot.views.team import memberships as views
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TeamAction.FINE.value)(on(partial(answer_second_team, fine=True)))
    routes.action(TeamAction.NOT_SO.value)(on(partial(answer_second_team, fine=False)))
    routes.action(TeamAction.NOT_MY_MANAGER.value)(on(not_my_manager))
    routes.action(TeamAction.TAKE_OFF.value)(on(partial(answer_dispute, take_off=True)))
    routes.action(TeamAction.KEEP_ON.value)(on(partial(answer_dispute, take_off=False)))


def answer_second_team(request: SlackRequest, *, fine: bool) -> None:
    """**Fine**, **Not so**: of the manager whose rep somebody is."""
    question = request.pressed.subject or 0
    _answered(
        request,
        memberships.answer_second_team(
            request.app.database, request.actor, question, fine, request.now
        ),
    )


def answer_dispute(request: SlackRequest, *, take_off: bool) -> None:
    """**Take off my team**, **Leave as it is**."""
    question = request.pressed.subject or 0
    _answered(
        request,
        memberships.answer_dispute(
            request.app.database, request.actor, question, take_off, request.now
        ),
    )


def not_my_manager(request: SlackRequest) -> None:
    """**Not my manager**, beneath the introduction."""
    team = request.pressed.subject or 0
    said = memberships.not_my_manager(request.app.database, request.actor, team, request.now)
    request.redraw(views.build_said(said))


def _answered(request: SlackRequest, view: QuestionView) -> None:
    request.redraw(views.build_answered(view))
    publish(request.app, request.actor, request.now)
