"""An entry passes from one person to another: the one place where whom it is about changes.

What must end, what stays and what begins anew is said in `bot/domain/workspaces/passing.py`. The
columns that say whom an entry is about are marked `ABOUT` in the models, and no other way changes
them.
"""

from datetime import datetime

from bot.domain.contacts.interactions import Interaction, Passed
from bot.domain.delivery import MessageKind, Subject
from bot.domain.meetings.agenda import AgendaItem
from bot.domain.promises import Promise
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.private import readable
from bot.domain.workspaces.refusals import NowAbout
from storage import promises
from storage.contacts import interactions, standing
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda, meetings
from storage.sessions import sharing


def require_about(contact: Interaction, rep: str | None) -> None:
    """That the contact is still about whom a form was opened for (a Slack id), before the form does
    anything with it. Raises NowAbout."""
    if contact.rep.slack_id != rep:
        raise NowAbout(contact.rep.name)


def pass_contact(tx: Transaction, contact: Interaction, to: Person, now: datetime) -> Passed | None:
    """A contact was with `to`, and not with whom it was said to be; None where it is about `to`
    already. Writes."""
    first = contact.rep
    if first.id == to.id:
        return None
    interactions.pass_to(tx, contact.id, to.id)
    standing.follow(tx, contact, to.id)
    promised = promises.of_interaction(tx, contact.id)
    was_shared = sharing.end(tx, contact.id, now)
    if was_shared:
        messages.mark_stale(tx, [Subject(MessageKind.SHARED, contact.id)])
    promises.let_go_of_raised(tx, contact.id)
    promises.begin_noted_anew(tx, contact.id, to.id, now)
    if agenda.pass_heard(tx, contact.id, first.id, to.id):
        _agendas_changed(tx, contact.team_id)
    raised = tuple(promise for promise in promised if promise.raised_on is not None)
    return Passed(first, raised, was_shown=was_shared or len(promised) > len(raised))


def pass_promise(tx: Transaction, promise: Promise, to: Person, now: datetime) -> None:
    """The form that made a promise says now that it is with `to`: what it made is a promise of its
    own from now on, in the same words until the form says others, and nobody answered it. Writes;
    nothing where it is about `to` already. Raises Sealed where it cannot be read."""
    if promise.rep.id != to.id:
        promises.begin_anew(tx, promise.id, to.id, now)


def pass_raised(tx: Transaction, promise: Promise, contact: Interaction, now: datetime) -> None:
    """What stayed with somebody who was said to have raised it was raised in that contact, by its
    rep: between the two of them, where it was said so. Writes; nothing for a promise that was not
    raised, or is deleted. Raises Sealed where it cannot be read."""
    if promise.raised_on is None or promise.deleted or promise.rep.id == contact.rep.id:
        return
    what = readable(promise.what) or ""
    promises.end(tx, promise.id, now)
    promises.add(
        tx,
        team_id=promise.team_id,
        rep_id=contact.rep.id,
        owner=promise.owner,
        what=what,
        told_to_id=promise.told_to_id,
        made_on=promise.made_on,
        due_on=promise.due_on,
        raised_on=contact.occurred_on,
        interaction_id=contact.id,
    )


def pass_item(tx: Transaction, item: AgendaItem, to: Person) -> None:
    """An item is for the next session with `to`, and for nobody else. Writes."""
    if item.rep is None or item.rep.id != to.id:
        agenda.pass_to(tx, item.id, to.id)
        _agendas_changed(tx, item.team_id)


def _agendas_changed(tx: Transaction, team_id: int) -> None:
    drawn = (MessageKind.MEETING_AGENDA, MessageKind.MEETING_DRAFT)
    coming = meetings.to_come(tx, [team_id])
    messages.mark_stale(tx, {Subject(kind, one.id) for one in coming for kind in drawn})
