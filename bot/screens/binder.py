"""The binder of a rep, its sections, its promises, and one entry of it; what is said of a team or a
rep that passes to another manager."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime

from bot.context import AppContext
from bot.domain.binder.handover import HandoverState, HandoverView
from bot.domain.delivery import MessageKind, Posted, Subject, Unsent
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.screens.delivery.direct import Outgoing
from bot.services.binder import exporting, handover, pages, search, taking
from bot.views.binder import exports as export_views
from bot.views.binder import handover as handover_views
from bot.views.binder import pages as views
from bot.views.binder import search as search_views
from bot.views.binder.entries import build_entry
from bot.views.block_kit.ids import Beneath, Form, Metadata
from bot.views.block_kit.kit import Message, View


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


def results(app: AppContext, actor: Actor, packed: Metadata, now: datetime) -> View:
    """A page of a rep's results that fit, as `pack_wanted` packed what is looked for. Raises
    ForManagers, NoTeam, NotOnTeam and Gone."""
    wanted, start = search_views.parse_wanted(replace(packed, step=search_views.RESULTS))
    return search_views.build_results(search.results(app.database, actor, wanted, now, start))


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


Dues = Sequence[tuple[int, datetime]]


def offers(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Outgoing | Unsent]:
    """To whoever is to take a team or a rep over, in the order of `dues`."""
    found = handover.due(app.database, workspace_id, [one for one, _ in dues], now)

    def outgoing(view: HandoverView | None) -> Outgoing | Unsent:
        if view is None or view.handover.state is not HandoverState.OFFERED or view.has_gone_on:
            return Unsent.NOT_NEEDED
        about = taking.subject(view.handover.id)
        return Outgoing(view.handover.receiver, handover_views.build_offer(view), about)

    return [outgoing(found.get(one)) for one, _ in dues]


def offers_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those offers are to show now: to whoever they were sent to, and is asked still."""
    found = handover.due(app.database, workspace_id, [one.subject.id for one in posted], now)

    def drawn(one: Posted) -> Message | None:
        view = found.get(one.subject.id)
        if view is None:
            return None
        if one.reader_id not in (None, view.handover.receiver.id):
            return handover_views.build_not_asked()
        return handover_views.build_offer(view)

    return [drawn(one) for one in posted]


def offers_answered(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Outgoing | Unsent]:
    """To whoever offered something, what came of it, in the order of `dues`."""
    found = handover.due(app.database, workspace_id, [one for one, _ in dues], now)

    def outgoing(view: HandoverView | None) -> Outgoing | Unsent:
        message = handover_views.build_told(view) if view else None
        if view is None or message is None or view.handover.giver.is_erased:
            return Unsent.NOT_NEEDED
        about = Subject(MessageKind.HANDOVER_TOLD, view.handover.id)
        return Outgoing(view.handover.giver, message, about)

    return [outgoing(found.get(one)) for one, _ in dues]


def handed_over(
    app: AppContext, workspace_id: int, dues: Dues, now: datetime
) -> list[Outgoing | Unsent]:
    """To reps, once, who manages them now, in the order of `dues` (places on a team)."""
    found = handover.told(app.database, workspace_id, [one for one, _ in dues], now)

    def outgoing(one: int, due_at: datetime) -> Outgoing | Unsent:
        view = found.get(one)
        # Of a team that has gone on since, what came after says it.
        if view is None or due_at < (view.handover.settled_at or due_at):
            return Unsent.NOT_NEEDED
        message = handover_views.build_handed_over(view)
        return Outgoing(view.reps[0], message, Subject(MessageKind.HANDED_OVER, one))

    return [outgoing(*one) for one in dues]


def exports(
    app: AppContext, workspace_id: int, dues: Dues, _now: datetime
) -> list[Outgoing | Unsent]:
    """To managers, how far the export is that they asked for, in the order of `dues`."""
    found = exporting.get_many(app.database, workspace_id, [one for one, _ in dues])
    return [
        Outgoing(found[one].manager, export_views.build_message(found[one]), exporting.subject(one))
        if one in found
        else Unsent.NOT_NEEDED
        for one, _ in dues
    ]


def exports_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], _now: datetime
) -> list[Message | None]:
    """The same, as they stand now."""
    found = exporting.get_many(app.database, workspace_id, [one.subject.id for one in posted])
    drawn = [found.get(one.subject.id) for one in posted]
    return [export_views.build_message(one) if one else None for one in drawn]
