"""A team or a rep passes to another manager: **Pass the team on**, **Take it**, **Not so**, **Take
back**; and **What stayed with you**."""

import hashlib
from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.screens.home import publish
from bot.screens.team.people import ensure_profiles
from bot.services.binder import handover, stayed
from bot.views.binder import handover as views
from bot.views.binder import own_copy as copy_views
from bot.views.binder import stayed as stayed_views
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Form, HandoverAction, Metadata
from handlers.files import give_files
from handlers.listening import listener
from handlers.request import SlackRequest, new_form
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(HandoverAction.TEAM.value)(on(open_form))
    routes.action(HandoverAction.REP.value)(on(open_form))
    routes.view(Form.HANDOVER.value)(on(send))
    routes.action(HandoverAction.TAKE.value)(on(partial(take, join=False)))
    routes.action(HandoverAction.JOIN.value)(on(partial(take, join=True)))
    routes.action(HandoverAction.WAIT.value)(on(wait))
    routes.action(HandoverAction.DECLINE.value)(on(decline))
    routes.action(HandoverAction.WITHDRAW.value)(on(withdraw))
    routes.action(HandoverAction.STAYED.value)(on(open_stayed))
    routes.action(HandoverAction.STAYED_FILE.value)(on(send_stayed))


def open_form(request: SlackRequest) -> None:
    """**Pass the team on**, **Pass to another manager**."""
    rep = request.pressed.rep
    offered = handover.to_offer(request.app.database, request.actor, rep, request.now)
    request.show(views.build_form(offered, Metadata(rep=rep, form=new_form())))


def send(request: SlackRequest) -> None:
    """**See it**, and **Offer it** once exactly that was seen. The form stays, with every word in
    it, until what was seen is offered."""
    to, words = views.parse_form(request.state)
    app, actor, now, here = request.app, request.actor, request.now, request.metadata
    ensure_profiles(app, actor.workspace_id, [to])
    what, receiver = handover.check(app.database, actor, here.rep, to, now)
    seen = hashlib.sha256(f"{to} {words}".encode()).hexdigest()[:16]
    if here.text != seen:
        shown = replace(here, text=seen)
        opens = not request.is_third
        request.turn_into(views.build_preview(what, receiver, words, shown, opens=opens))
        return
    offered = handover.offer(app.database, actor, here.rep, to, words, request.form, now)
    request.turn_into(views.build_offered(offered))
    publish(app, actor, now)
    publish(app, Actor(actor.workspace_id, to), now)


def take(request: SlackRequest, *, join: bool) -> None:
    """**Take it**, **Join the teams**: theirs at once; whether two teams are joined is asked."""
    if join or not request.in_home:
        # All that goes along with many reps may take longer than Slack waits.
        request.accept()
    found = handover.take(
        request.app.database, request.actor, request.pressed.subject or 0, request.now, join=join
    )
    asks = found.joins and not join
    message = views.build_offer(found, asks=asks)
    if asks and request.in_home:
        request.show(kit.as_modal(message))
        return
    _drawn(request, message, found.handover.giver.slack_id)


def wait(request: SlackRequest) -> None:
    """**Wait**: until the team of whoever acts has passed on."""
    found = handover.wait(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    _drawn(request, views.build_offer(found), found.handover.giver.slack_id)


def decline(request: SlackRequest) -> None:
    """**Not so**: it stays where it is."""
    found = handover.decline(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    _drawn(request, views.build_offer(found), found.handover.giver.slack_id)


def withdraw(request: SlackRequest) -> None:
    """**Take back**: of whoever offered it."""
    found = handover.withdraw(
        request.app.database, request.actor, request.pressed.subject or 0, request.now
    )
    _drawn(request, views.build_withdrawn(found), found.handover.receiver.slack_id)


def open_stayed(request: SlackRequest) -> None:
    """**See**: opened on purpose, by whom it stayed with."""
    found = stayed.of_actor(request.app.database, request.actor, request.now)
    request.show(stayed_views.build_page(found))


def send_stayed(request: SlackRequest) -> None:
    """**As a file**: in the direct message, to whoever asks and nobody else."""
    request.accept()
    found = stayed.to_take(request.app.database, request.actor, request.now)
    files = {"what-stayed.md": stayed_views.to_file(found).encode()}
    give_files(request, files, stayed_views.COMMENT, copy_views.WHAT)


def _drawn(request: SlackRequest, message: kit.Message, other: str) -> None:
    """The message that was pressed says how it stands, and so does Home, of both."""
    if request.in_home:
        request.accept()
    else:
        request.redraw(message)
    publish(request.app, request.actor, request.now)
    publish(request.app, Actor(request.actor.workspace_id, other), request.now)
