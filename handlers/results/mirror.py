"""`/mirror`, and turning its pages."""

from dataclasses import replace
from functools import partial

from bot.context import AppContext
from bot.domain.binder.export import Format
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.period_page import PeriodPage, words_of
from bot.domain.workspaces.refusals import ForManagers, Gone, NoTeam
from bot.domain.workspaces.words import bare
from bot.exchange.formats import offered
from bot.screens import results as screens
from bot.screens.delivery.direct import write_to
from bot.screens.home import publish
from bot.services.contacts import cleared
from bot.services.results import balance, period_page
from bot.services.results.director import teams_of
from bot.views.block_kit.ids import BinderAction, Form, Metadata, MirrorAction
from bot.views.results import mirror as views
from bot.views.results import period_page as period_views
from bot.views.results.balance import parse_month
from bot.views.results.director import build_teams
from handlers import appointments
from handlers.drawn import draw
from handlers.help import answer_help
from handlers.listening import listener
from handlers.request import SlackRequest, Work, new_form
from handlers.results import adding, director
from handlers.routes import Routes


def register(routes: Routes, app: AppContext) -> None:
    on = partial(listener, app)
    routes.command("/mirror")(on(command))
    for action in (MirrorAction.SHOW, MirrorAction.EARLIER, MirrorAction.BACK):
        routes.action(action.value)(on(show))
    for action in OF_RESULTS:
        routes.action(action.value)(on(show_results))
    routes.action(MirrorAction.BALANCE.value)(on(show_balance))
    routes.action(MirrorAction.BALANCE_SEEN.value)(on(read_balance))
    routes.action(MirrorAction.CLOSE.value)(on(close))
    routes.action(MirrorAction.PLAN.value)(on(plan))
    routes.action(MirrorAction.PERIOD.value)(on(open_period))
    routes.action(MirrorAction.PERIOD_WORDS.value)(on(change_words))
    routes.view(Form.PERIOD.value)(on(preview_period))
    routes.view(Form.PERIOD_PAGE.value)(on(send_period))


def command(request: SlackRequest) -> None:
    """`/mirror`: the page, or what a word behind it asks for; the help for any other."""
    WORDS.get(bare(request.text.strip()), show_help)(request)


def open_page(request: SlackRequest) -> None:
    """The page as it opens; for who leads no team, the teams that are shared with them."""
    try:
        page = screens.front(request.app, request.actor, Metadata(), request.now)
    except (ForManagers, NoTeam):
        found = teams_of(request.app.database, request.actor, request.now)
        if not found.lines:
            raise
        page = build_teams(found, 0)
    draw(request, page)


def show(request: SlackRequest) -> None:
    """**Mirror**, **More reps**, **Earlier reps**, **Back**."""
    draw(request, screens.front(request.app, request.actor, request.pressed, request.now))


def show_results(request: SlackRequest) -> None:
    """**See results**, its pages, **Over time**, **By rep** and the next metric."""
    draw(request, screens.results(request.app, request.actor, request.pressed, request.now))


def show_balance(request: SlackRequest) -> None:
    """**Your balance**, and `/mirror balance`."""
    draw(request, screens.balance(request.app, request.actor, request.now))


def read_balance(request: SlackRequest) -> None:
    """**Got it**: the quiet line of a month goes from Home."""
    month = parse_month(request.pressed.day)
    balance.seen(request.app.database, request.actor, month, request.now)
    request.accept()
    publish(request.app, request.actor, request.now)


def close(request: SlackRequest) -> None:
    """**Back to Home**."""
    request.accept()
    publish(request.app, request.actor, request.now)


def plan(request: SlackRequest) -> None:
    """The ⋯ menu beside who is due: a session or field day with them."""
    kind = PLANNED.get(request.pressed.step)
    if kind is None:
        raise Gone
    appointments.open_form_for(request, request.pressed.rep or "", kind)


def show_help(request: SlackRequest) -> None:
    answer_help(request, views.USAGE)


def open_period(request: SlackRequest) -> None:
    """**The period on one page**: which, and what to say of it."""
    found = period_page.to_write(request.app.database, request.actor, request.now)
    request.show(period_views.build_form(found.periods, found.kept, Metadata()))


def preview_period(request: SlackRequest) -> None:
    """The page before it is sent; where its words seem to name somebody, that is asked first."""
    here = period_views.parse_form(request.state, request.metadata)
    found = period_page.to_write(request.app.database, request.actor, request.now)
    chosen, shown = map(period_views.parse_period, (here.day, here.step))
    own = request.metadata.text is not None
    words = words_of(chosen, shown, here.text or "", found.kept, is_own=own)
    here = replace(here, text=words, form=new_form())
    page = _period_page(request, here)
    if page.named is not None:
        form = period_views.build_form(found.periods, found.kept, here, page.named)
        request.turn_into(form)
    else:
        told = cleared.to_tell(request.app.database, request.actor, request.now)
        printed = Format.PDF in offered()
        request.turn_into(period_views.build_preview(page, here, told, printed=printed))


def change_words(request: SlackRequest) -> None:
    """**Change the words**: the form as it was."""
    found = period_page.to_write(request.app.database, request.actor, request.now)
    here = replace(request.pressed, rep=None)
    request.turn_into(period_views.build_form(found.periods, found.kept, here))


def send_period(request: SlackRequest) -> None:
    """The page as it was previewed, counted anew, to the manager alone."""
    page = _period_page(request, request.metadata)
    write_to(
        request.app,
        request.actor.workspace_id,
        request.actor.slack_id,
        period_views.build_page(page),
    )
    request.accept()


def _period_page(request: SlackRequest, here: Metadata) -> PeriodPage:
    fine = frozenset({here.rep} if here.rep else ())
    period = period_views.parse_period(here.day)
    return period_page.page(
        request.app.database, request.actor, period, here.text or "", fine, request.now
    )


OF_RESULTS = (
    MirrorAction.RESULTS,
    MirrorAction.RESULTS_BACK,
    MirrorAction.OVER_TIME,
    MirrorAction.BY_REP,
    MirrorAction.NEXT_METRIC,
)

PLANNED: dict[str | None, InteractionKind] = {
    BinderAction.PLAN_SESSION.value: InteractionKind.SESSION,
    BinderAction.PLAN_FIELD_DAY.value: InteractionKind.FIELD_DAY,
}

WORDS: dict[str, Work] = {
    "": open_page,
    "balance": show_balance,
    "results": adding.open_form,
    "period": open_period,
    "teams": director.open_teams,
    "help": show_help,
}
"""What `/mirror` does, by the word behind it."""
