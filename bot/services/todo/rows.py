"""What is done in a row of the list itself: taken back, answered, noted, another reason."""

from dataclasses import replace
from datetime import datetime

from bot.domain.promises import Promised
from bot.domain.team.teams import Team
from bot.domain.todo.lists import (
    NEXT_TIME_LIMIT,
    Reader,
    Slot,
    SlotAnswer,
    SlotForm,
    SlotState,
    TodoView,
)
from bot.domain.todo.reasons import promise_of
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.services import promises as promise_services
from bot.services.contacts import touches
from bot.services.delivery.messages import lists_changed
from bot.services.todo.lists import managed, to_work_on
from bot.services.workspaces.authority import own_or_stood_in
from storage import promises, todo
from storage.database.engine import Database
from storage.database.transaction import Transaction


def undo(database: Database, actor: Actor, slot_id: int, touch_id: int, now: datetime) -> None:
    """That touch, which completed the slot, is taken back, and the row is as it was: a promise that
    was said to be kept in it is open again. Done already, nothing changes.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot, reader, _ = to_work_on(tx, actor, slot_id, now)
        team, touch = own_or_stood_in(tx, actor, touch_id, now)
        if (touch.team_id, touch.rep.id) != (slot.team_id, slot.rep.id):
            raise Gone
        touches.delete(tx, team, touch, now)
        if slot.answer is not None and reader is Reader.MANAGER:
            _take_back_answer(tx, week.team, slot, now)
        lists_changed(tx, week.team.id, slot.monday)


def say_kept(database: Database, actor: Actor, slot_id: int, now: datetime) -> Promised | None:
    """The promise that a done slot was about is kept, today. None where that is no question any
    more: it was answered, or the slot is open again.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        asked = week.asked(slot)
        if asked is None or week.state(slot) is not SlotState.DONE:
            return None
        todo.change(tx, slot.id, answer=SlotAnswer.KEPT)
        lists_changed(tx, slot.team_id, slot.monday)
        return promise_services.keep(tx, actor, asked.id, now)


def say_still_open(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    """The promise that a done slot was about stays open, and is not asked after again in that row.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        if week.asked(slot) is not None and week.state(slot) is SlotState.DONE:
            todo.change(tx, slot.id, answer=SlotAnswer.STILL_OPEN)
            lists_changed(tx, slot.team_id, slot.monday)


def note_next_time(
    database: Database, actor: Actor, slot_id: int, text: str, now: datetime
) -> None:
    """What is to come up with that rep on the next list; said again, the later words stand.

    Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.writing(actor.workspace_id) as tx:
        _, slot = managed(tx, actor, slot_id, now)
        todo.change(tx, slot.id, next_time=text.strip()[:NEXT_TIME_LIMIT])
        lists_changed(tx, slot.team_id, slot.monday)


def to_note(database: Database, actor: Actor, slot_id: int, now: datetime) -> SlotForm:
    """A slot for which something is to be noted. Raises Gone, NotYours, WeekOver, NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        return SlotForm(slot, week.days_for(slot.rep.id), week.today)


def choices(database: Database, actor: Actor, slot_id: int, start: int, now: datetime) -> TodoView:
    """The list with the reasons that one rep could have, from `start` on; as it is, where the slot
    is not open any more. Raises Gone, NotYours, WeekOver, NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        facts = week.facts(Reader.MANAGER)
        if week.state(slot) is not SlotState.OPEN:
            return facts
        return replace(facts, choice=week.choice(slot, start))


def choose_reason(
    database: Database, actor: Actor, slot_id: int, about: str, now: datetime
) -> None:
    """That slot has the reason about `about`. Raises NotYours, WeekOver, NotOnTeam, and Gone, also
    where there is no such reason any more."""
    with database.writing(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        # What a done slot was about stays: the button was old.
        if week.state(slot) is not SlotState.DONE:
            todo.change_reason(tx, slot.id, week.reason_about(slot, about), picked=True)
        lists_changed(tx, slot.team_id, slot.monday)


def _take_back_answer(tx: Transaction, team: Team, slot: Slot, now: datetime) -> None:
    todo.change(tx, slot.id, answer=None)
    about = promise_of(slot.reason.about)
    if slot.answer is not SlotAnswer.KEPT or about is None:
        return
    promise = promises.get(tx, about)
    if promise is not None and promise.kept_on is not None:
        promise_services.reopen(tx, team, promise, now)
