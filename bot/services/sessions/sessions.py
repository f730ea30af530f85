"""Strategy sessions: written down step by step, held once, changed later."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.accounts.accounts import known_accounts
from bot.domain.appointments import USUAL_TIME, AppointmentEntry
from bot.domain.contacts.drafts import Draft, DraftKind, about, of_subject
from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.meetings.agenda import AgendaItem
from bot.domain.promises import usual_due_date
from bot.domain.sessions.sessions import (
    CLOSE,
    DEFAULT_TOPICS,
    NextSession,
    Session,
    SessionDraft,
    SessionForm,
    SessionLogged,
    SessionNotes,
    StepEntry,
    TopicShape,
)
from bot.domain.sessions.steps import (
    as_typed,
)
from bot.domain.team.calendar import when_it_happened
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made, Submission
from bot.services import appointments as planning
from bot.services.accounts.dates import follow_plans
from bot.services.delivery.messages import lists_changed
from bot.services.results.pace import paces_of
from bot.services.sessions.sharing import changed as sharing_changed
from bot.services.sessions.steps import (
    became,
    check_step,
    save_promises,
    steps_held,
    steps_of_topics,
    steps_promised,
)
from bot.services.workspaces.authority import (
    own_interaction,
    own_rep,
    own_team,
    require_own,
    require_rep,
)
from storage import appointments, promises
from storage.accounts import acquaintances
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.sessions import drafts, plans, sessions, sharing
from storage.team import teams
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
        found = drafts.of_author(tx, team.manager.id, DraftKind.SESSION, form=form)
        if not found:
            raise Gone
        draft = _resumed(tx, actor, team, found[0], now)
        return _form(tx, team, draft, team.today(now), resumed=True)


def reopen(
    database: Database, actor: Actor, interaction_id: int, form: str, now: datetime
) -> SessionForm:
    """A session that was held, to be changed step by step: where that was left, if it was begun
    before, else under `form`. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, contact = own_interaction(tx, actor, interaction_id)
        today = team.today(now)
        found = drafts.of_author(tx, team.manager.id, DraftKind.SESSION)
        begun = of_subject(found, contact.id)
        if begun is not None:
            draft = _resumed(tx, actor, team, begun, now)
        else:
            draft = _of_held(tx, team, contact, form)
        return _form(tx, team, draft, today, resumed=begun is not None)


def save_step(database: Database, actor: Actor, sent: StepEntry, now: datetime) -> SessionForm:
    """Keep what a step says and go on to the next; the same step sent again replaces it.

    Raises NoTeam, NotOnTeam, BadField for a due day that is over, and Gone, which it also is once
    the form was logged or discarded.
    """
    with database.writing(actor.workspace_id) as tx:
        team, draft = _load(tx, actor, sent, now, is_open=True)
        today = team.today(now)
        check_step(tx, team, sent, draft, today)
        then = draft.after(sent.step)
        drafts.save_sent(tx, actor.slack_id, sent.filled, now, then=then)
        return _form(tx, team, draft.filled(sent.step, sent.filled.typed).at(then), today)


def save_within(
    database: Database, actor: Actor, sent: StepEntry, now: datetime, *, back: bool = False
) -> SessionForm:
    """Keep what a step holds as it is, and put the form aside; `back`: go to the one before.

    What was typed since in another modal stays. Raises as `save_step` does.
    """
    with database.writing(actor.workspace_id) as tx:
        team, draft = _load(tx, actor, sent, now, is_open=True)
        then = draft.before(sent.step) if back else sent.step
        drafts.save_pressed(tx, actor.slack_id, sent.filled, now, then=then)
        (saved,) = drafts.of_author(tx, team.manager.id, DraftKind.SESSION, form=draft.form)
        return _form(tx, team, draft.resumed(saved), team.today(now))


def hold(database: Database, actor: Actor, sent: StepEntry, now: datetime) -> SessionLogged:
    """The last step: the session was held, and what both sides will do becomes promises. The same
    form sent again replaces what it made.

    Raises NoTeam, NotOnTeam, Gone, and BadField for a day that cannot be, a day that has a
    session already, or a form that says nothing. What the step says is kept in any case.
    """
    with database.writing(actor.workspace_id) as tx:
        team, draft = _load(tx, actor, sent, now)
        draft = draft.filled(sent.step, sent.filled.typed).at(CLOSE)
        sent_before = submissions.claim(tx, draft.made_by, Made.CONTACT, team.manager.id, team.id)
        made = sent_before.one
        flaw = _flaw(tx, actor, team, draft, made, now)
        if flaw is None:
            logged = _hold(tx, team, draft, sent_before, now)
            return _plan(tx, team, draft, logged, now)
        drafts.save_sent(tx, actor.slack_id, sent.filled, now, then=CLOSE)
    raise flaw


def drop(database: Database, actor: Actor, form: str, now: datetime) -> None:
    """A half filled form is not wanted any more. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        drafts.close(tx, own_team(tx, actor).manager.id, DraftKind.SESSION, form, now)


def _started(
    tx: Transaction, actor: Actor, rep: str, form: str, now: datetime, day: date | None
) -> SessionForm | None:
    """What `start` says; None before the first session of a team, whose topics are to be made."""
    team = own_team(tx, actor)
    today = team.today(now)
    require_rep(tx, actor, rep, today, now)
    begun = about(drafts.of_author(tx, team.manager.id, DraftKind.SESSION), rep)
    if begun is not None:
        draft = _resumed(tx, actor, team, begun, now)
        return _form(tx, team, draft, today, resumed=True)
    current = sessions.current_set(tx, team.id)
    if current is None:
        return None
    return _form(tx, team, _fresh(tx, actor, team, form, rep, current[0], day or today), today)


def _resumed(
    tx: Transaction, actor: Actor, team: Team, draft: Draft, now: datetime
) -> SessionDraft:
    """A draft as it was left, over what it began with. Raises Gone, NotYours and NotOnTeam."""
    if draft.subject:
        begun = _of_held(tx, *own_interaction(tx, actor, draft.subject), draft.form)
    else:
        rep = draft.rep.slack_id if draft.rep else ""
        day = draft.day or team.today(now)
        begun = _fresh(tx, actor, team, draft.form, rep, draft.topic_set, day)
    return begun.resumed(draft)


def _form(
    tx: Transaction, team: Team, draft: SessionDraft, today: date, *, resumed: bool = False
) -> SessionForm:
    pair, but = (team.id, draft.rep.id), draft.held
    last = plans.last_said(tx, [pair], but=but)[pair]
    shared = sharing.of_interactions(tx, [but], with_objection=False).get(but) if but else None
    form = SessionForm(
        draft,
        team.manager,
        last,
        appointments.prepared_for(tx, *pair),
        () if but else _kept(tx, team, draft.rep),
        today,
        resumed=resumed,
        held=bool(but),
        otherwise=shared.objection if shared else None,
        became=became(tx, {pair: last})[pair],
    )
    topic = draft.topic()
    if topic is None:
        return _closing(tx, team, form)
    if topic.shape is TopicShape.ACCOUNTS:
        known = acquaintances.at_accounts_of(tx, [pair])[pair]
        visited = acquaintances.last_visits(tx, (one.account_id for one in known))
        return replace(form, accounts=known_accounts(known, visited))
    return form


def _closing(tx: Transaction, team: Team, form: SessionForm) -> SessionForm:
    """The last step: what is understood of the steps, and when the next session may be."""
    draft, today = form.draft, form.today
    understood = steps_of_topics(team, draft, steps_promised(tx, team, draft.made_by), today)
    found = teams.with_rep(tx, team.manager.slack_id, draft.rep.slack_id)
    member = found[2] if found else None
    coming = None if form.held else draft.coming or _coming(tx, team, draft, member, today)
    return replace(
        form,
        understood=understood,
        coming=coming,
        usual_due=_usual_due(tx, team, draft, coming, today),
        paces=paces_of(tx, team, member, min(draft.day, today)) if member else (),
    )


def _coming(
    tx: Transaction, team: Team, draft: SessionDraft, membership: Membership | None, today: date
) -> NextSession:
    """The next session to propose: the one that stands whatever is held now, else a day by the
    cadence, at the time of last time."""
    pair, kind = (team.id, draft.rep.id), InteractionKind.SESSION
    standing = appointments.made_since(tx, *pair, kind, draft.day)
    if standing is not None and standing.day >= today:
        return NextSession(standing.day, standing.at)
    if membership is None:
        return NextSession(None)
    day = planning.proposed(tx, team, membership, kind, today, draft.day)
    there = membership.left_on is None or day < membership.left_on
    at = appointments.latest_time(tx, *pair, kind) or USUAL_TIME
    return NextSession(day, at) if there else NextSession(None)


def _usual_due(
    tx: Transaction, team: Team, draft: SessionDraft, coming: NextSession | None, today: date
) -> date:
    """By when a step is due that names no day: the next session, or the usual day without one."""
    if coming is None:
        standing = appointments.standing_with(tx, team.id, draft.rep.id, InteractionKind.SESSION)
        coming = NextSession(standing.day) if standing else None
    if coming is None or coming.day is None or coming.day < today:
        return usual_due_date(today)
    return coming.day


def _kept(tx: Transaction, team: Team, rep: Person) -> tuple[AgendaItem, ...]:
    """What was kept for the next session with that rep."""
    items = agenda.open_items(tx, [team.id])
    return tuple(item for item in items if item.rep is not None and item.rep.id == rep.id)


def _load(
    tx: Transaction, actor: Actor, sent: StepEntry, now: datetime, *, is_open: bool = False
) -> tuple[Team, SessionDraft]:
    """The form as it is kept: half filled in, held already, or not yet at all. Raises Gone where it
    is to be open and was logged or discarded."""
    team = own_team(tx, actor)
    if is_open and drafts.is_closed(tx, team.manager.id, sent.form):
        raise Gone
    found = drafts.of_author(tx, team.manager.id, DraftKind.SESSION, form=sent.form)
    if found:
        return team, _resumed(tx, actor, team, found[0], now)
    filled = sent.filled
    made = filled.subject or _made(tx, team, sent.form)
    if made:
        held = _of_held(tx, *own_interaction(tx, actor, made), sent.form)
        return team, held.at(sent.step)
    day = filled.day or team.today(now)
    fresh = _fresh(tx, actor, team, sent.form, filled.rep, filled.topic_set, day)
    return team, fresh.at(sent.step)


def _made(tx: Transaction, team: Team, form: str) -> int:
    """The contact that the form made already; 0 for none."""
    return submissions.find(tx, form, Made.CONTACT, team.manager.id, team.id).one


def _fresh(
    tx: Transaction, actor: Actor, team: Team, form: str, rep: str, topic_set: int, day: date
) -> SessionDraft:
    person = own_rep(tx, actor, rep)[1]
    topics = sessions.topics(tx, team.id, topic_set)
    if not topics:
        raise Gone
    last = plans.last_said(tx, [(team.id, person.id)])[team.id, person.id]
    standing = {
        topic.key: last[topic.key].notes.standing() for topic in topics if topic.key in last
    }
    first = topics[0].key
    notes = SessionNotes(standing)
    return SessionDraft(form, person, day, first, topic_set, topics, notes, made_by=form)


def _of_held(tx: Transaction, team: Team, contact: Interaction, form: str) -> SessionDraft:
    """A session that was held, as `form` changes it. Raises Gone for what is none."""
    require_own(tx, contact)
    topic_set = sessions.set_of(tx, contact.id)
    made_by = submissions.form_of(tx, Made.CONTACT, contact.id, team.manager.id, team.id)
    if topic_set is None or made_by is None or contact.kind is not InteractionKind.SESSION:
        raise Gone
    topics = sessions.topics(tx, team.id, topic_set)
    notes = sessions.of_interactions(tx, [contact.id])[contact.id].notes
    made = steps_promised(tx, team, made_by)
    said = {
        key: replace(words, next_step=as_typed(steps_held(words, made.get(key, {}))))
        for key, words in notes.topics.items()
    }
    return SessionDraft(
        form,
        contact.rep,
        contact.occurred_on,
        topics[0].key,
        topic_set,
        topics,
        replace(notes, topics=said),
        held=contact.id,
        made_by=made_by,
    )


def _flaw(
    tx: Transaction, actor: Actor, team: Team, draft: SessionDraft, made: int, now: datetime
) -> BadField | None:
    try:
        require_rep(tx, actor, draft.rep.slack_id, draft.day, now)
    except BadField as flaw:
        return flaw
    if sessions.held_on(tx, team.id, draft.rep.id, draft.day, but=made):
        return BadField("day", FieldError.HELD_THAT_DAY)
    if draft.coming is not None and draft.coming.day is not None:
        unfit = planning.flaw_of_day(draft.coming.day, team.today(now))
        if unfit is not None:
            return BadField("coming_day", unfit)
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
    days, stood = [draft.day], {}
    before = None if sent.is_new else interactions.get(tx, sent.one, team.manager.id)
    if before is not None:
        if before.occurred_on == draft.day:
            columns["occurred_at"] = before.occurred_at
        interactions.change(tx, before.id, deleted_at=None, **columns)
        days.append(before.occurred_on)
        topics = sessions.of_interactions(tx, [before.id])[before.id].notes.topics
        stood = {key: said.next_step for key, said in topics.items()}
        contact = replace(before, deleted_at=None, **columns)
    else:
        kept = _kept(tx, team, draft.rep)
        contact = _add(tx, team, draft, columns, now)
        submissions.keep(tx, sent, contact.id)
        agenda.take_up(tx, [item.id for item in kept], contact.id)
    today, made = team.today(now), steps_promised(tx, team, draft.made_by)
    steps = steps_of_topics(team, draft, made, today)
    session = Session(draft.topics, draft.notes).with_steps(steps)
    sessions.save(tx, contact.id, draft.topic_set, session.spoken(), draft.notes)
    due = _usual_due(tx, team, draft, draft.coming, today)
    save_promises(tx, team, contact, draft, made, stood, steps, due, now)
    drafts.close(tx, team.manager.id, DraftKind.SESSION, draft.form, now)
    lists_changed(tx, team.id, *days)
    promised = tuple(promises.of_interaction(tx, contact.id))
    plans_said = [
        said.plan for topic, said in session.spoken() if topic.shape is TopicShape.ACCOUNTS
    ]
    read = follow_plans(tx, team, contact, plans_said, today)
    sharing_changed(tx, contact.id, now)
    return SessionLogged(Logged(contact, promised, today), session, dates=read)


def _plan(
    tx: Transaction, team: Team, draft: SessionDraft, logged: SessionLogged, now: datetime
) -> SessionLogged:
    """The next session, as the last step says; where its time is early or late for one of the two,
    that is asked about first."""
    if draft.coming is None or draft.coming.day is None:
        return logged
    day, at = draft.coming.day, draft.coming.at
    entry = AppointmentEntry(draft.rep.slack_id, InteractionKind.SESSION, day, at)
    odd = planning.odd_unless_planned(tx, team, draft.rep, entry)
    if odd:
        return replace(logged, asked=odd, entry=entry)
    made = planning.planned(tx, team, draft.rep, entry, draft.made_by, now)
    return replace(logged, planned=made)


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
