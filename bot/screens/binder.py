"""The binder of a rep, its promises, and one entry of it."""

from datetime import datetime

from bot.domain.workspaces.people import Actor
from bot.parts import Parts
from bot.services.binder import pages
from bot.views.binder import pages as views
from bot.views.block_kit.ids import Form, Metadata
from bot.views.block_kit.kit import View


def page(parts: Parts, actor: Actor, rep: str, now: datetime, place: str | None = None) -> View:
    """A page of that rep's binder. Raises ForManagers, NoTeam, NotOnTeam and Gone."""
    begins = views.parse_place(place)
    return views.build_binder(pages.open_binder(parts.database, actor, rep, now, begins))


def promises(parts: Parts, actor: Actor, rep: str, now: datetime, place: str | None = None) -> View:
    """A page of all promises with that rep. Raises ForManagers, NoTeam, NotOnTeam and Gone."""
    start = views.parse_start(place)
    return views.build_promises(pages.promises_with(parts.database, actor, rep, now, start))


def entry(parts: Parts, actor: Actor, interaction_id: int, now: datetime) -> View:
    """One contact whole. Raises Gone and NotYours."""
    return views.build_entry(pages.entry(parts.database, actor, interaction_id, now))


def redraw_entry(
    parts: Parts, actor: Actor, interaction_id: int, view_id: str, now: datetime
) -> None:
    """Draw an open entry anew after it changed, and the page below it. Raises SlackError."""
    below = _draw(parts, view_id, entry(parts, actor, interaction_id, now))
    if below:
        facts = pages.page_with(parts.database, actor, interaction_id, now)
        _draw(parts, below, views.build_binder(facts))


def redraw_page(parts: Parts, actor: Actor, place: Metadata, now: datetime) -> None:
    """Draw an open page of a binder anew, or a page of promises and the binder below it.

    `place` is the page's own metadata, with its view id as `under` and its callback id as `step`.
    Raises SlackError.
    """
    rep, view_id = place.rep or "", place.under or ""
    if place.step == Form.BINDER_PROMISES:
        below = _draw(parts, view_id, promises(parts, actor, rep, now, place.page))
        if below:
            _draw(parts, below, page(parts, actor, rep, now))
    else:
        _draw(parts, view_id, page(parts, actor, rep, now, place.page))


def _draw(parts: Parts, view_id: str, view: View) -> str | None:
    """Draw it; the id of the modal below it, where it is open and there is one."""
    shown = parts.messenger.update_view(view_id, view)
    return shown.get("previous_view_id") if shown else None
