"""The key-customer bench: `/binder bench`, and the line on the list of accounts."""

from functools import partial

from bot.context import AppContext
from bot.domain.contacts.interactions import InteractionKind
from bot.services.accounts import bench
from bot.views.accounts import bench as views
from bot.views.block_kit.ids import AccountAction
from handlers import appointments
from handlers.listening import listener
from handlers.request import SlackRequest
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.action(AccountAction.BENCH.value)(on(show))
    routes.action(AccountAction.BENCH_PAGE.value)(on(turn_page))
    routes.action(AccountAction.BENCH_PLAN.value)(on(plan))


def show(request: SlackRequest) -> None:
    """`/binder bench`, and **Key accounts** of the list."""
    page = bench.of_team(request.app.database, request.actor, 0, request.now)
    request.show(views.build_bench(page))


def turn_page(request: SlackRequest) -> None:
    """**More** and **First**."""
    begins = request.pressed.page or ""
    at = int(begins) if begins.isdecimal() else 0
    page = bench.of_team(request.app.database, request.actor, at, request.now)
    request.turn_into(views.build_bench(page))


def plan(request: SlackRequest) -> None:
    """**Plan a field day**: with whoever knows them."""
    pressed = request.pressed
    kind = InteractionKind.FIELD_DAY
    appointments.open_form_for(request, pressed.rep or "", kind, pressed.text or "")
