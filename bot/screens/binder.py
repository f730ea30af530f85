"""The binder of a rep, its sections, its promises, and one entry of it."""

from collections.abc import Callable
from datetime import datetime

from bot.context import AppContext
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.services.binder import pages, search
from bot.views.binder import pages as views
from bot.views.binder import search as search_views
from bot.views.binder.entries import build_entry
from bot.views.block_kit.ids import Beneath, Form, Metadata
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


def found(app: AppContext, actor: Actor, packed: Metadata, now: datetime) -> View:
    """A page of what fits, as `pack_wanted` packed what is looked for. Raises ForManagers, NoTeam,
    NotOnTeam and Gone."""
    wanted, start = search_views.parse_wanted(packed)
    return search_views.build_found(search.find(app.database, actor, wanted, now, start))


def plans(app: AppContext, actor: Actor, rep: str, now: datetime) -> View:
    """The plans with that rep by topic. Raises ForManagers, NoTeam and NotOnTeam."""
    return search_views.build_plans(search.plans(app.database, actor, rep, now))


def history(app: AppContext, actor: Actor, rep: str, key: str, now: datetime) -> View:
    """One topic down the sessions with that rep. Raises ForManagers, NoTeam, NotOnTeam and
    Gone."""
    return search_views.build_history(search.history(app.database, actor, rep, key, now))


def entry(
    app: AppContext, actor: Actor, interaction_id: int, now: datetime, under: str | None = None
) -> View:
    """One contact whole, opened from the modal `under` (`Beneath`, packed). Raises Gone and
    NotYours."""
    return build_entry(pages.entry(app.database, actor, interaction_id, now), under)


def redraw_entry(
    app: AppContext, actor: Actor, interaction_id: int, under: str, now: datetime
) -> None:
    """Draw anew what a contact was changed from, `under` (`Beneath`, packed): the list it is a row
    of, or the contact itself and the list below it. Raises SlackError."""
    beneath = Beneath.unpack(under)
    if beneath.form in LISTS:
        redraw_list(app, actor, under, now, interaction_id)
        return
    below = beneath.metadata.under
    app.messenger.update_view(beneath.view, entry(app, actor, interaction_id, now, below))
    if below:
        redraw_list(app, actor, below, now, interaction_id)


def redraw_list(
    app: AppContext, actor: Actor, under: str, now: datetime, changed: int | None = None
) -> None:
    """Draw a list of a binder anew, on the page where the contact that `changed` is now; what is no
    list of a binder stays as it is. Raises SlackError."""
    beneath = Beneath.unpack(under)
    draw = LISTS.get(beneath.form)
    if draw is not None:
        app.messenger.update_view(beneath.view, draw(app, actor, beneath.metadata, now, changed))


def redraw_promises(app: AppContext, actor: Actor, origin: Metadata, now: datetime) -> None:
    """Draw an open page of promises anew. `origin` is its own metadata, with its view id as
    `under`. Raises SlackError."""
    view = promises(app, actor, origin.rep or "", now, origin.page)
    app.messenger.update_view(origin.under or "", view)


def _page_again(
    app: AppContext, actor: Actor, here: Metadata, now: datetime, changed: int | None
) -> View:
    rep = here.rep or ""
    if changed is None:
        return page(app, actor, rep, now, here.page)
    return views.build_binder(pages.page_with(app.database, actor, rep, changed, now))


def _found_again(
    app: AppContext, actor: Actor, here: Metadata, now: datetime, _: int | None
) -> View:
    return found(app, actor, here, now)


def _history_again(
    app: AppContext, actor: Actor, here: Metadata, now: datetime, _: int | None
) -> View:
    rep = here.rep or ""
    try:
        return history(app, actor, rep, here.text or "", now)
    except Gone:
        # Its only session was deleted.
        return plans(app, actor, rep, now)


LISTS: dict[str, Callable[[AppContext, Actor, Metadata, datetime, int | None], View]] = {
    Form.BINDER: _page_again,
    Form.BINDER_FOUND: _found_again,
    Form.BINDER_HISTORY: _history_again,
}
"""How each list of contacts is drawn anew, from its own metadata."""
