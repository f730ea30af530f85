"""The binder of a rep, its promises, and one entry of it."""

from datetime import datetime

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.services.binder import pages
from bot.views.binder import pages as views
from bot.views.block_kit.ids import Form, Metadata
from bot.views.block_kit.kit import View


def page(
    app: AppContext, actor: Actor, rep: str, now: datetime, begins_at: str | None = None
) -> View:
    """A page of that rep's binder. Raises ForManagers, NoTeam, NotOnTeam and Gone."""
    begins = views.parse_page_start(begins_at)
    return views.build_binder(pages.open_binder(app.database, actor, rep, now, begins))


def promises(
    app: AppContext, actor: Actor, rep: str, now: datetime, begins_at: str | None = None
) -> View:
    """A page of all promises with that rep. Raises ForManagers, NoTeam, NotOnTeam and Gone."""
    start = views.parse_start(begins_at)
    return views.build_promises(pages.promises_with(app.database, actor, rep, now, start))


def entry(app: AppContext, actor: Actor, interaction_id: int, now: datetime) -> View:
    """One contact whole. Raises Gone and NotYours."""
    return views.build_entry(pages.entry(app.database, actor, interaction_id, now))


def redraw_entry(
    app: AppContext, actor: Actor, interaction_id: int, view_id: str, now: datetime
) -> None:
    """Draw an open entry anew after it changed, and the page below it. Raises SlackError."""
    below = _draw(app, view_id, entry(app, actor, interaction_id, now))
    if below:
        facts = pages.page_with(app.database, actor, interaction_id, now)
        _draw(app, below, views.build_binder(facts))


def redraw_page(app: AppContext, actor: Actor, origin: Metadata, now: datetime) -> None:
    """Draw an open page of a binder anew, or a page of promises and the binder below it.

    `origin` is the page's own metadata, with its view id as `under` and its callback id as `step`.
    Raises SlackError.
    """
    rep, view_id = origin.rep or "", origin.under or ""
    if origin.step == Form.BINDER_PROMISES:
        below = _draw(app, view_id, promises(app, actor, rep, now, origin.page))
        if below:
            _draw(app, below, page(app, actor, rep, now))
    else:
        _draw(app, view_id, page(app, actor, rep, now, origin.page))


def _draw(app: AppContext, view_id: str, view: View) -> str | None:
    """Draw it; the id of the modal below it, where it is open and there is one."""
    shown = app.messenger.update_view(view_id, view)
    return shown.get("previous_view_id") if shown else None
