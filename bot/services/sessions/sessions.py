"""Strategy sessions: written down step by step, held once, changed later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.meetings.agenda import AgendaItem
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import (
    CLOSE,
    DEFAULT_TOPICS,
    Session,
    SessionDraft,
    SessionForm,
    SessionLogged,
    SessionNotes,
    StepEntry,
    TopicNotes,
)
from bot.domain.team.calendar import when_it_happened
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made, Submission
from bot.services.delivery.messages import lists_changed
from bot.services.sessions.sharing import changed as sharing_changed
from bot.services.workspaces.authority import (
    own_interaction,
    own_rep,
    own_team,
    require_rep,
)
from storage import appointments, promises
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.sessions import drafts, plans, sessions, sharing
from storage.workspaces import submissions


def start(
    database: Database,
    actor: Actor,
    rep: str,
    form: str,
    now: datetime,
    day: date | None = None,
) -> SessionForm:
    """What the form of a session with `rep` (a Slack id) opens with: where it was left, if one is
    half filled in, else a new one under `form`, with the plans as they stand, of that `day`, or
    today.

    Raises NoTeam, Oneself, NotOnTeam and CannotBeRep.
    """
    with database.reading(actor.workspace_id) as tx:
        opened = _started(tx, actor, rep, form, now, day)
    if opened is None:
        with database.writing(actor.workspace_id, aside=True) as tx:
            sessions.add_set(tx, own_team(tx, actor).id, 1, DEFAULT_TOPICS)
            opened = _started(tx, actor, rep, form, now, day)
    assert opened is not None
    return opened


def resume(database: Database, actor: Actor, form: str, now: datetime) -> SessionForm:
    """A form where it was left. Raises NoTeam and Sealed, and Gone where it is finished or
    dropped."""
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        found = sessions.half_written(tx, team.manager.id, team.id, form=form)
        if not found:
            raise Gone
        return _form(tx, team, found[0], team.today(now), resumed=True)


def reopen(database: Database, actor: Actor, interaction_id: int, now: datetime) -> SessionForm:
    """A session that was held, to be changed step by step. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        form = submissions.form_of(tx, Made.CONTACT, contact.id, team.manager.id, team.id)
        if contact.kind is not InteractionKind.SESSION or form is None:
            raise Gone
        today = team.today(now)
        found = sessions.half_written(tx, team.manager.id, team.id, form=form)
        draft = found[0] if found else _of_held(tx, team, contact, form)
        return _form(tx, team, draft, today, resumed=bool(found))


def save_step(database: Database, actor: Actor, sent: StepEntry, now: datetime) -> SessionForm:
    """Keep what a step says and go on to the next; the same step sent again replaces it.

    Raises NoTeam, NotOnTeam, Gone, and BadField for a due day that is over.
    """
    with database.writing(actor.workspace_id) as tx:
        team, draft = _load(tx, actor, sent, now)
        today = team.today(now)
        _check(tx, team, sent, today)
        saved = draft.saying(sent.step, sent.said).at(draft.after(sent.step))
        sessions.save_draft(tx, team.manager.id, saved, now)
        return _form(tx, team, saved, today)


def save_within(
    database: Database, actor: Actor, sent: StepEntry, now: datetime, *, back: bool = False
) -> SessionForm:
    """Keep what a step holds while it is being filled in, as it is; `back`: go to the one before.

    What comes later than the step's own sending changes nothing. Raises NoTeam, NotOnTeam, Gone.
    """
    with database.writing(actor.workspace_id) as tx:
        team, draft = _load(tx, actor, sent, now)
        if draft.step == sent.step:
            step = draft.before(sent.step) if back else sent.step
            draft = draft.saying(sent.step, sent.said).at(step)
            sessions.save_draft(tx, team.manager.id, draft, now)
        return _form(tx, team, draft, team.today(now))


def hold(database: Database, actor: Actor, sent: StepEntry, now: datetime) -> SessionLogged:
    """The last step: the session was held, and what both sides will do becomes promises. The same
    form sent again replaces what it made.

    Raises NoTeam, NotOnTeam, Gone, and BadField for a day that cannot be, a day that has a
    session already, or a form that says nothing. What the step says is kept in any case.
    """
    with database.writing(actor.workspace_id) as tx:
        team, draft = _load(tx, actor, sent, now)
        draft = draft.saying(sent.step, sent.said).at(CLOSE)
        sent_before = submissions.claim(tx, draft.form, Made.CONTACT, team.manager.id, team.id)
        made = sent_before.one
        flaw = _flaw(tx, actor, team, draft, made, now)
        if flaw is None:
            return _hold(tx, team, draft, sent_before, now)
        sessions.save_draft(tx, team.manager.id, draft, now)
    raise flaw


def drop(database: Database, actor: Actor, form: str) -> None:
    """A half filled form is not wanted any more. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        drafts.drop(tx, own_team(tx, actor).manager.id, form)


def _started(
    tx: Transaction, actor: Actor, rep: str, form: str, now: datetime, day: date | None
) -> SessionForm | None:
    """What `start` says; None before the first session of a team, whose topics are to be made."""
    team = own_team(tx, actor)
    today = team.today(now)
    require_rep(tx, actor, rep, today, now)
    found = sessions.half_written(tx, team.manager.id, team.id)
    draft = next((draft for draft in found if draft.rep.slack_id == rep), None)
    if draft is not None:
        return _form(tx, team, draft, today, resumed=True)
    current = sessions.current_set(tx, team.id)
    if current is None:
        return None
    return _form(tx, team, _fresh(tx, actor, team, form, rep, current[0], day or today), today)


def _form(
    tx: Transaction, team: Team, draft: SessionDraft, today: date, *, resumed: bool = False
) -> SessionForm:
    but = submissions.find(tx, draft.form, Made.CONTACT, team.manager.id, team.id).one
    last = plans.last_said(tx, [(team.id, draft.rep.id)], but=but)[team.id, draft.rep.id]
    prepared = appointments.prepared_for(tx, team.id, draft.rep.id)
    kept = () if but else _kept(tx, team, draft.rep)
    shared = sharing.of_interactions(tx, [but], with_objection=False).get(but) if but else None
    otherwise = shared.objection if shared else None
    return SessionForm(
        draft, last, prepared, kept, today, resumed=resumed, held=bool(but), otherwise=otherwise
    )


def _kept(tx: Transaction, team: Team, rep: Person) -> tuple[AgendaItem, ...]:
    """What was kept for the next session with that rep."""
    items = agenda.open_items(tx, [team.id])
    return tuple(item for item in items if item.rep is not None and item.rep.id == rep.id)


def _load(
    tx: Transaction, actor: Actor, sent: StepEntry, now: datetime
) -> tuple[Team, SessionDraft]:
    """The form as it is kept: half filled in, held already, or not yet at all."""
    team = own_team(tx, actor)
    found = sessions.half_written(tx, team.manager.id, team.id, form=sent.form)
    if found:
        return team, found[0]
    made = submissions.find(tx, sent.form, Made.CONTACT, team.manager.id, team.id).one
    if made:
        return team, _of_held(tx, *own_interaction(tx, actor, made), sent.form).at(sent.step)
    day = sent.day or team.today(now)
    fresh = _fresh(tx, actor, team, sent.form, sent.rep, sent.topic_set, day)
    return team, fresh.at(sent.step)


def _fresh(
    tx: Transaction, actor: Actor, team: Team, form: str, rep: str, topic_set: int, day: date
) -> SessionDraft:
    person = own_rep(tx, actor, rep)[1]
    topics = sessions.topics(tx, team.id, topic_set)
    if not topics:
        raise Gone
    last = plans.last_said(tx, [(team.id, person.id)])[team.id, person.id]
    standing = {
        topic.key: TopicNotes(plan=last[topic.key].notes.plan)
        for topic in topics
        if topic.key in last
    }
    first = topics[0].key
    notes = SessionNotes(standing)
    return SessionDraft(form, person, day, first, topic_set, topics, notes)


def _of_held(tx: Transaction, team: Team, contact: Interaction, form: str) -> SessionDraft:
    topic_set = sessions.set_of(tx, contact.id)
    if topic_set is None:
        raise Gone
    topics = sessions.topics(tx, team.id, topic_set)
    notes = sessions.of_interactions(tx, [contact.id])[contact.id].notes
    promised = _promised(tx, team, form)
    said = {
        key: replace(words, owner=promised[key].owner, due_on=promised[key].due_on)
        if key in promised
        else words
        for key, words in notes.topics.items()
    }
    notes = replace(notes, topics=said)
    day = contact.occurred_on
    return SessionDraft(form, contact.rep, day, topics[0].key, topic_set, topics, notes)


def _check(tx: Transaction, team: Team, sent: StepEntry, today: date) -> None:
    """A due day that is over is a slip, unless the promise that was made has it."""
    said = sent.said
    if not isinstance(said, TopicNotes) or not said.next_step:
        return
    if said.due_on is not None and said.due_on < today:
        made = _promised(tx, team, sent.form).get(sent.step)
        if made is None or made.due_on != said.due_on:
            raise BadField("due_on", FieldError.PAST_DAY)


def _flaw(
    tx: Transaction, actor: Actor, team: Team, draft: SessionDraft, made: int, now: datetime
) -> BadField | None:
    try:
        require_rep(tx, actor, draft.rep.slack_id, draft.day, now)
    except BadField as flaw:
        return flaw
    if sessions.held_on(tx, team.id, draft.rep.id, draft.day, but=made):
        return BadField("day", FieldError.HELD_THAT_DAY)
    last = plans.last_said(tx, [(team.id, draft.rep.id)], but=made)[team.id, draft.rep.id]
    before = {key: past.notes for key, past in last.items()}
    if not draft.notes.says_something(before):
        return BadField("results", FieldError.NOTHING_SAID_IN_SESSION)
    return None


def _hold(
    tx: Transaction, team: Team, draft: SessionDraft, sent: Submission, now: datetime
) -> SessionLogged:
    zone = team.manager_zone
    columns: dict[str, Any] = {
        "channel": None,
        "occurred_on": draft.day,
        "occurred_at": when_it_happened(draft.day, now, zone),
    }
    days = [draft.day]
    before = None if sent.is_new else interactions.get(tx, sent.one, team.manager.id)
    if before is not None:
        if before.occurred_on == draft.day:
            columns["occurred_at"] = before.occurred_at
        interactions.change(tx, before.id, deleted_at=None, **columns)
        days.append(before.occurred_on)
        contact = replace(before, deleted_at=None, **columns)
    else:
        kept = _kept(tx, team, draft.rep)
        contact = _add(tx, team, draft, columns, now)
        submissions.keep(tx, sent, contact.id)
        agenda.take_up(tx, [item.id for item in kept], contact.id)
    session = Session(draft.topics, draft.notes)
    sessions.save(tx, contact.id, draft.topic_set, session.spoken(), draft.notes)
    _promise(tx, team, contact, draft, now)
    drafts.drop(tx, team.manager.id, draft.form)
    lists_changed(tx, team.id, *days)
    sharing_changed(tx, contact.id, now)
    promised = tuple(promises.of_interaction(tx, contact.id))
    return SessionLogged(Logged(contact, promised, team.today(now)), session)


def _add(
    tx: Transaction, team: Team, draft: SessionDraft, columns: Mapping[str, Any], now: datetime
) -> Interaction:
    made = interactions.add(
        tx,
        InteractionKind.SESSION,
        team_id=team.id,
        rep_id=draft.rep.id,
        author_id=team.manager.id,
        recorded_at=now,
        about="",
        **columns,
    )
    contact = interactions.get(tx, made, team.manager.id)
    if contact is None:
        raise Gone
    return contact


def _promise(
    tx: Transaction, team: Team, contact: Interaction, draft: SessionDraft, now: datetime
) -> None:
    """Each next step is a promise of whoever takes it."""
    made = _promised(tx, team, draft.form)
    for topic in draft.topics:
        said = draft.notes.topics.get(topic.key, TopicNotes())
        before = made.get(topic.key)
        if before is not None and not said.next_step:
            promises.change(tx, before.id, deleted_at=now)
        elif before is not None:
            promises.reword(
                tx,
                before,
                what=said.next_step,
                owner=said.owner,
                due_on=said.due_on,
                deleted_at=None,
            )
        elif said.next_step:
            added = promises.add(
                tx,
                team_id=team.id,
                rep_id=contact.rep.id,
                owner=said.owner,
                what=said.next_step,
                made_on=contact.occurred_on,
                due_on=said.due_on,
                interaction_id=contact.id,
                with_sharing=True,
            )
            key = (draft.form, Made.PROMISE, team.manager.id, team.id, topic.key)
            submissions.keep(tx, submissions.claim(tx, *key), added)


def _promised(tx: Transaction, team: Team, form: str) -> dict[str, Promise]:
    """The promises that the next steps of a session became, by topic; deleted ones too, which the
    same step would bring back."""
    steps = submissions.steps_of(tx, form, Made.PROMISE, team.manager.id, team.id)
    found = promises.get_many(tx, [sent.one for sent in steps.values()])
    return {key: found[sent.one] for key, sent in steps.items() if sent.one in found}
