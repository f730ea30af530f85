"""The mirror, as a page of App Home or as an answer."""

from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import Posted, Unsent
from bot.domain.workspaces.people import Actor
from bot.screens.delivery.direct import Outgoing
from bot.services.contacts import cleared
from bot.services.results import activity, mirror, saving
from bot.services.results import balance as balances
from bot.services.results.pace import pace_with
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, MirrorAction
from bot.views.block_kit.kit import Message, View
from bot.views.results import activity as activity_views
from bot.views.results import balance as balance_views
from bot.views.results import metrics
from bot.views.results import mirror as views
from bot.views.results.pace import build_pace
from bot.views.results.pages import Page, as_home, parse_start
from bot.views.results.saving import build_plan


def front(app: AppContext, actor: Actor, here: Metadata, now: datetime) -> Page:
    """What opens the mirror, the reps from `here.page` on. Raises ForManagers, NoTeam and Gone."""
    start = parse_start(here.page)
    view = mirror.front(app.database, actor, now)
    return views.build_front(view, start, cleared.to_tell(app.database, actor, now))


def results(app: AppContext, actor: Actor, here: Metadata, now: datetime) -> Page:
    """One metric, by its key in `here.text`: by period where the step says so, else by rep.
    Raises ForManagers, NoTeam and Gone."""
    start, by_period = parse_start(here.page), here.step == metrics.BY_PERIOD
    found = mirror.results_of(app.database, actor, here.text or "", now)
    return metrics.build_results(found, start, by_period=by_period)


def balance(app: AppContext, actor: Actor, now: datetime) -> Page:
    """The manager's own balance. Raises ForManagers and NoTeam."""
    today, found = balances.own_balance(app.database, actor, now)
    blocks = (
        *balance_views.build_balance(found, today),
        *balance_views.build_trend(found),
        kit.actions([kit.button("Back", MirrorAction.BACK, Metadata())]),
    )
    return Page("\n".join(balance_views.balance_words(found, today)), blocks)


def figures(app: AppContext, actor: Actor, rep: str, about: str, now: datetime) -> View:
    """What a reason about a rep's result is made of. Raises ForManagers, NoTeam, NotOnTeam and
    Gone."""
    return build_pace(pace_with(app.database, actor, rep, about, now))


def save_it_plan(app: AppContext, actor: Actor, plan_id: int, now: datetime) -> View:
    """A plan as it stands. Raises ForManagers, NoTeam, Gone and NotYours."""
    return build_plan(saving.look(app.database, actor, plan_id, now))


def put_on_home(app: AppContext, actor: Actor, page: Page) -> None:
    """Show the page in place of App Home. Raises SlackError."""
    app.messenger.publish_home(actor.slack_id, as_home(page))


def asks(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """The weekly questions to reps of save-it plans, in the order of `dues`."""
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(
            one.plan.rep,
            activity_views.build_question(one),
            activity.subject(one.plan.id, one.week.monday),
        )
        for one in activity.asks_due(app.database, workspace_id, dues, now)
    ]


def asks_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those questions are to show now, in order."""
    found = activity.posted_asks(app.database, workspace_id, posted, now)
    return [activity_views.build_question(one) if one else None for one in found]
