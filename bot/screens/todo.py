"""The to-do list as a whole: sent, posted, drawn anew, and what a press on it shows."""

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from bot.context import AppContext
from bot.domain.delivery import MessageKind, MessageRef, Posted, Subject, Unsent
from bot.domain.todo.thanks import ThanksForm
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Refusal
from bot.messenger import AnswerLostError, SlackError, TooLateError
from bot.screens.delivery.answers import answer
from bot.screens.delivery.direct import Outgoing, write_to
from bot.screens.delivery.links import links_to
from bot.screens.home import publish
from bot.services.delivery import messages, queue
from bot.services.delivery.messages import list_subject
from bot.services.todo import lists, morning, rows, sending, thanks
from bot.services.todo.sending import PostedList
from bot.views.block_kit.ids import Metadata
from bot.views.block_kit.kit import Message, as_modal
from bot.views.todo import list as views
from bot.views.todo import thanks as thanks_views
from bot.views.todo.morning import build_morning

log = logging.getLogger("windshield")


@dataclass(frozen=True)
class Pressed:
    """A list that was pressed: the slot, or the week that was asked for, and the page.

    `channel` and `ts` say where it stands, "" where that is not known; `posted`: for good, rather
    than for one person until Slack is reloaded. `view` is the id of the modal it is shown in.
    `choosing`: the slot shows the reasons to choose from, those from that one on.
    """

    response_url: str
    slot: int = 0
    monday: date | None = None
    page: int = 0
    channel: str = ""
    ts: str = ""
    posted: bool = False
    view: str = ""
    choosing: int | None = None


def lists_to_send(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """The lists of those teams that were due at those instants; in the order of `dues`."""
    due = sending.make_due_lists(app.database, workspace_id, dues, now)
    return [
        one
        if isinstance(one, Unsent)
        else Outgoing(one.reader, views.build_list(one.facts), one.subject)
        for one in due
    ]


def mornings(
    app: AppContext, workspace_id: int, dues: Sequence[tuple[int, datetime]], now: datetime
) -> list[Outgoing | Unsent]:
    """The lines with today's names of those teams, in the order of `dues`."""
    lines = morning.lines_due(app.database, workspace_id, dues, now)
    going = [line for line in lines if not isinstance(line, Unsent)]
    links = links_to(app, workspace_id, [(line.shows, line.team.manager.id) for line in going])
    return [
        line
        if isinstance(line, Unsent)
        else Outgoing(
            line.team.manager,
            build_morning(line.reps, links.get((line.shows, line.team.manager.id))),
            Subject(MessageKind.TODO_MORNING, line.team.id, line.today),
        )
        for line in lines
    ]


def drawn(
    app: AppContext, workspace_id: int, posted: Sequence[Posted], now: datetime
) -> list[Message | None]:
    """What those messages are to show now; None where there is nothing to be shown any more."""
    asked = [PostedList(one.subject, one.reader_id) for one in posted]
    found = sending.remake_posted_lists(app.database, workspace_id, asked, now)
    shown: list[Message | None] = []
    for facts, one in zip(found, posted, strict=True):
        if isinstance(facts, sending.NotForReader):
            shown.append(views.build_not_for_reader(facts.team, passed_on=facts.passed_on))
        else:
            shown.append(views.build_list(facts, one.page) if facts is not None else None)
    return shown


def redraw_pressed(app: AppContext, actor: Actor, pressed: Pressed, now: datetime) -> None:
    """Draw the list that was pressed anew, where it was pressed.

    Never fails: what was changed is saved, and where the message is the posted one the heartbeat
    draws it again.
    """
    try:
        turn_pressed(app, actor, pressed, now)
    except (Refusal, SlackError, DatabaseUnavailableError) as error:
        log.warning("a list was not drawn at once: %s", log_words(error))


def post_thanks(
    app: AppContext,
    actor: Actor,
    slot_id: int,
    form: ThanksForm,
    answer_url: str | None,
    now: datetime,
) -> None:
    """Post claimed thanks to the team's channel, once. What Slack did not take may be posted again,
    which is answered where it was asked for; of what it did not answer the manager is asked, in
    their own conversation: a channel cannot be looked through. Never fails."""
    try:
        app.messenger.check_may_post()
        app.messenger.post(form.channel, thanks_views.build_post(form))
    except AnswerLostError as error:
        log.warning("whether thanks of slot %s were posted is unknown: %s", slot_id, error.code)
        try:
            asked = thanks_views.build_in_doubt(form, slot_id)
            write_to(app, actor.workspace_id, actor.slack_id, asked)
        except (SlackError, DatabaseUnavailableError) as error:
            log.warning("nobody was asked about thanks of slot %s: %s", slot_id, log_words(error))
    except SlackError as error:
        log.warning("thanks of slot %s were not posted: %s", slot_id, type(error).__name__)
        _give_back_thanks(app, actor, slot_id, now)
        message = thanks_views.build_not_posted(form, slot_id)
        answer(app, actor, message, answer_url, f"thanks of slot {slot_id}")


def _give_back_thanks(app: AppContext, actor: Actor, slot_id: int, now: datetime) -> None:
    try:
        thanks.give_back(app.database, actor, slot_id, now)
    except (Refusal, DatabaseUnavailableError) as error:
        log.warning("thanks of slot %s were not given back: %s", slot_id, log_words(error))


def redraw_place(
    app: AppContext, actor: Actor, place: Metadata, slot_id: int, now: datetime
) -> None:
    """Draw what a form was opened from anew: the list that the slot is on, in a message or in a
    modal, and App Home. Never fails."""
    if place.answer or place.under:
        view = place.under or ""
        here = Pressed(place.answer or "", slot_id, page=page_of(place), view=view)
        redraw_pressed(app, actor, here, now)
    if place.home is not None or place.under:
        publish(app, actor, now)


def page_of(place: Metadata) -> int:
    """The page of the list that a button or a form stands on."""
    page = place.page or "0"
    return int(page) if page.isdecimal() else 0


def turn_pressed(app: AppContext, actor: Actor, pressed: Pressed, now: datetime) -> None:
    """Show a page of the list that was pressed, where it was pressed.

    Raises Gone, NotYours, NoTeam, WeekOver, NotOnTeam and SlackError.
    """
    database, workspace_id = app.database, actor.workspace_id
    ref = MessageRef(pressed.channel, pressed.ts)
    standing = messages.posted_at(database, workspace_id, ref)
    if pressed.monday is not None:
        facts = lists.list_of_week(database, actor, pressed.monday, now)
    elif pressed.choosing is not None:
        facts = rows.choices(database, actor, pressed.slot, pressed.choosing, now)
    else:
        facts = lists.list_of_slot(database, actor, pressed.slot, now)
    message = views.build_list(facts, pressed.page)
    if pressed.view:
        app.messenger.update_view(pressed.view, as_modal(message))
        return
    try:
        app.messenger.respond(pressed.response_url, message, replace=True)
    except TooLateError:
        # Slack changes an answer five times, within half an hour: it is given anew then.
        app.messenger.respond(pressed.response_url, message)
    if standing is not None:
        version = standing.wanted_version
        messages.shown(database, workspace_id, ref, version, pressed.page)
    elif pressed.posted:
        # Nothing was heard of this message since it went out; so it did arrive.
        subject = list_subject(facts.team.id, facts.monday)
        queue.seen(database, workspace_id, subject, ref)
