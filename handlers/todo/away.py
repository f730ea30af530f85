"""Days away, of a manager or a rep, and who stands in."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.team.teams import AwayView
from bot.screens.delivery.answers import answer
from bot.screens.home import publish
from bot.screens.team.people import ensure_profiles
from bot.services.team import away
from bot.views.block_kit.ids import Form, Metadata, TodoAction
from bot.views.block_kit.kit import View
from bot.views.team import away as views
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes

AS_REP = "rep"
"""The step in the metadata of the form of days away that a rep has open."""


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(TodoAction.AWAY.value)(on(open_form))
    routes.action(TodoAction.AWAY_REMOVE.value)(on(remove))
    routes.view(Form.AWAY.value)(on(save))


def open_form(request: SlackRequest) -> None:
    """Days away of who asks, a manager or a rep."""
    facts = away.days_away(request.app.database, request.actor, request.now)
    request.show(_away_form(facts, Metadata(answer=request.response_url)))


def save(request: SlackRequest) -> None:
    entry = views.parse_away_form(request.state)
    if entry.stand_in is not None:
        ensure_profiles(request.app, request.actor.workspace_id, [entry.stand_in])
    off, stand_in, today = away.add(
        request.app.database, request.actor, entry, request.form, request.now
    )
    request.accept()
    if request.metadata.step == AS_REP:
        message = views.build_rep_away_saved(off, today)
    else:
        message = views.build_away_saved(off, stand_in, today)
    answer(request.app, request.actor, message, request.metadata.answer, f"away:{off.id}")
    publish(request.app, request.actor, request.now)


def remove(request: SlackRequest) -> None:
    """**Remove**: there after all."""
    subject = request.pressed.subject or 0
    facts = away.remove(request.app.database, request.actor, subject, request.now)
    request.turn_into(_away_form(facts, request.metadata))
    publish(request.app, request.actor, request.now)


def _away_form(facts: AwayView, metadata: Metadata) -> View:
    metadata = replace(metadata, step=None if facts.leads else AS_REP)
    return views.build_away_form(
        facts.time_off, None, facts.today, metadata, leads=facts.leads, to_tick=facts.to_tick
    )
