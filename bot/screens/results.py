"""The mirror, as a page of App Home or as an answer."""

from datetime import datetime

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.services.results import mirror
from bot.views.block_kit.ids import Metadata
from bot.views.results import mirror as views
from bot.views.results.mirror import Page


def front(app: AppContext, actor: Actor, here: Metadata, now: datetime) -> Page:
    """What opens the mirror, the reps from `here.page` on. Raises ForManagers, NoTeam and Gone."""
    start = views.parse_start(here.page)
    return views.build_front(mirror.front(app.database, actor, now), start)


def results(app: AppContext, actor: Actor, here: Metadata, now: datetime) -> Page:
    """One metric, by its key in `here.text`: by period where the step says so, else by rep.
    Raises ForManagers, NoTeam and Gone."""
    start, by_period = views.parse_start(here.page), here.step == views.BY_PERIOD
    found = mirror.results_of(app.database, actor, here.text or "", now)
    return views.build_results(found, start, by_period=by_period)


def put_on_home(app: AppContext, actor: Actor, page: Page) -> None:
    """Show the page in place of App Home. Raises SlackError."""
    app.messenger.publish_home(actor.slack_id, views.as_home(page))
