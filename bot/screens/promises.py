"""Promises where they are shown: changes are drawn there, and reps told of what is closed."""

import logging
from collections.abc import Sequence
from datetime import datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, Posted, Subject, Unsent
from bot.domain.promises import Promised
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import NotIntroduced
from bot.messenger import AnswerLostError, SlackError
from bot.screens.binder import redraw_promises
from bot.screens.delivery.answers import answer, redraw_answer
from bot.screens.delivery.direct import Outgoing, write_to, write_to_rep
from bot.screens.home import promises_view, publish
from bot.screens.team.setup import left_open_view
from bot.services import promises
from bot.services.contacts import raising
from bot.views.block_kit.ids import Form, Metadata
from bot.views.block_kit.kit import Message
from bot.views.contacts.raised import build_told
from bot.views.promises.promise import build_not_so, build_promise
from bot.views.promises.raised_line import build_raised_line, build_taken_back

log = logging.getLogger("windshield")


def confirm(app: AppContext, actor: Actor, promised: Promised, answer_url: str | None) -> None:
    """A new promise, to the manager who made it. Raises SlackError."""
    if not promised.said:
        message = build_promise(promised, "Noted.")
        answer(app, actor, message, answer_url, f"promise:{promised.promise.id}")


def show_change(
    app: AppContext, actor: Actor, origin: Metadata, promised: Promised, now: datetime
) -> None:
    """Draw a promise as it stands where it was changed from. Raises SlackError."""
    if origin.answer:
        redraw_answer(app, origin.answer, build_promise(promised))
    else:
        redraw_origin(app, actor, origin, now, changed=promised.promise.id)


def redraw_origin(
    app: AppContext, actor: Actor, origin: Metadata, now: datetime, changed: int | None = None
) -> None:
    """Draw the list anew that a promise was pressed in: the modal, and App Home behind it.

    `changed` is what was closed just now. Raises SlackError.
    """
    if origin.under and origin.step == Form.LEFT_OPEN:
        app.messenger.update_view(origin.under, left_open_view(app, actor, now))
    elif origin.under and origin.step == Form.BINDER_PROMISES:
        redraw_promises(app, actor, origin, now)
    elif origin.under and origin.step == Form.HOME_PROMISES:
        view = promises_view(app, actor, origin, now, changed=changed)
        app.messenger.update_view(origin.under, view)
    publish(app, actor, now, start=origin.home or 0, changed=changed)


def tell_rep(app: AppContext, workspace_id: int, promised: Promised) -> None:
    """Tell the rep that what they raised is closed, if it was for this call to tell. Never fails:
    the promise is closed all the same, and the rep's page shows it."""
    if not promised.tell_rep:
        return
    promise = promised.promise
    try:
        write_to_rep(app, workspace_id, promise.team_id, promise.rep, build_told(promised))
    except NotIntroduced:
        # Nobody hears before the introduction; their page shows it from then on.
        log.info("a rep who was not introduced is not told of promise %s", promise.id)
    except AnswerLostError:
        # It may have been sent, and is not to be sent twice.
        log.warning("whether a rep was told of promise %s is unknown", promise.id)
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning("a rep was not told of promise %s: %s", promise.id, log_words(error))
        _give_back(app, workspace_id, promise.id)


def tell_manager(app: AppContext, workspace_id: int, promised: Promised) -> None:
    """Tell the manager that a step is not so for the rep, if it was for this call to tell. Never
    fails: their Home tab and the binder say it too."""
    if not promised.tell_manager:
        return
    try:
        write_to(app, workspace_id, promised.manager.slack_id, build_not_so(promised))
    except (SlackError, DatabaseUnavailableError) as error:
        log.warning(
            "a manager was not told of promise %s: %s", promised.promise.id, log_words(error)
        )


def raised(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """To managers, what their reps raised, in the order of `dues`; nothing of what was taken back,
    taken on or closed by now, nor to who does not want these lines any more."""
    found = raising.lines(app.database, workspace_id, [one for one, _ in dues])

    def outgoing(item: int) -> Outgoing | Unsent:
        if item not in found:
            return Unsent.NOT_NEEDED
        promise, team = found[item]
        if not promise.waits or not team.settings.raised_line:
            return Unsent.NOT_NEEDED
        message = build_raised_line(promise, team.today(now))
        return Outgoing(team.manager, message, Subject(MessageKind.RAISED, item))

    return [outgoing(item) for item, _ in dues]


def raised_drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those lines are to show now."""
    found = raising.lines(app.database, workspace_id, [one.subject.id for one in posted])

    def drawn(item: int) -> Message | None:
        if item not in found:
            return None
        promise, team = found[item]
        today = team.today(now)
        if promise.deleted:
            return build_taken_back(promise)
        if promise.waits:
            return build_raised_line(promise, today)
        return build_promise(Promised(promise, team.manager, today))

    return [drawn(one.subject.id) for one in posted]


def _give_back(app: AppContext, workspace_id: int, promise_id: int) -> None:
    try:
        promises.give_back_telling(app.database, workspace_id, promise_id)
    except DatabaseUnavailableError as error:
        log.warning(
            "the claim to tell of promise %s was not given back: %s", promise_id, log_words(error)
        )
