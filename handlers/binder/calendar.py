"""The address that somebody's calendar subscribes to."""

from functools import partial

from bot.context import AppContext
from bot.domain.workspaces.refusals import Gone
from bot.services.binder import calendar
from bot.views.binder import calendar as views
from bot.views.block_kit.ids import CalendarAction, Form
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(CalendarAction.ADDRESS.value)(on(open_address))
    routes.action(CalendarAction.END.value)(on(end_address))
    routes.view(Form.CALENDAR.value)(on(make_address))
    routes.view(Form.CALENDAR_SHOWN.value)(on(close))


def open_address(request: SlackRequest) -> None:
    """**Calendar address**: whether there is one, and the way to make one."""
    _subscribing(request)
    since, today = calendar.address_since(request.app.database, request.actor, request.now)
    request.show(views.build_address_form(since, today))


def make_address(request: SlackRequest) -> None:
    """**Make an address**: shown this once."""
    public_url = _subscribing(request)
    secret = calendar.make_address(request.app.database, request.actor, request.form, request.now)
    request.turn_into(views.build_address(calendar.address(public_url, secret)))


def close(request: SlackRequest) -> None:
    """**Done**: the address was read."""
    request.accept()


def end_address(request: SlackRequest) -> None:
    """**End it**."""
    calendar.end_address(request.app.database, request.actor, request.now)
    request.turn_into(views.build_ended())


def _subscribing(request: SlackRequest) -> str:
    """How the bot is reached from outside. Raises Gone where it is not any more."""
    if not request.app.public_url:
        raise Gone
    return request.app.public_url
