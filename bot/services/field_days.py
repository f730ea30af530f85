"""Field days: logged in one form, changed later, with what both sides said they would do."""

from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.domain.accounts.market import MarketNote, Picked
from bot.domain.accounts.market_lines import lines_of, with_lines_of
from bot.domain.accounts.visits import MOST_VISITS, VisitDetails, VisitHeard, with_details_of
from bot.domain.contacts.drafts import Draft, DraftKind, DraftStep, about, of_subject
from bot.domain.contacts.interactions import Interaction, InteractionKind, Logged
from bot.domain.contacts.notes import made_by
from bot.domain.contacts.touches import Channel
from bot.domain.field_days import (
    TEXT_LIMIT,
    FieldDayBefore,
    FieldDayEntry,
    FieldDayLogged,
    FieldDayNotes,
    entry_in,
    fresh_entry,
    is_same_focus,
    notes_of_words,
    overlaid,
    typed_in,
    typed_of,
)
from bot.domain.promises import Owner, action_of
from bot.domain.team.calendar import when_it_happened
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made, Submission
from bot.services.accounts import market_notes
from bot.services.accounts.bench import take_turn
from bot.services.accounts.dates import follow_visits
from bot.services.delivery.following import contact_changed
from bot.services.delivery.messages import lists_changed
from bot.services.sessions.sharing import changed as sharing_changed
from bot.services.workspaces import passing
from bot.services.workspaces.authority import (
    own_interaction,
    own_rep,
    own_team,
    require_own,
    require_readable,
    require_rep,
)
from bot.services.workspaces.note_files import carry_files
from storage import appointments, field_days, promises
from storage.accounts import accounts, market
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.sessions import drafts, sharing
from storage.workspaces import submissions


def log_step(database: Database, actor: Actor, step: DraftStep, now: datetime) -> FieldDayLogged:
    """Log what a step of the form says, with what was typed in the other one; sent again, that is
    as it was logged.

    Raises NoTeam, Oneself, NotOnTeam, CannotBeRep, and BadField for nobody chosen, a day that
    cannot be, a due day that is over, more than MOST_VISITS visits, or a form with nothing in it.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        sent = submissions.claim(tx, made_by(step.form), Made.CONTACT, team.manager.id, team.id)
        before = None if sent.is_new else interactions.get(tx, sent.one, team.manager.id)
        known = fresh_entry(step.rep, today)
        if before is not None:
            known = _standing(tx, before, today).entry(today)
        half = drafts.of_author(tx, team.manager.id, DraftKind.FIELD_DAY, form=step.form)
        # What was typed of the form stands above what it offered, and what was sent above all.
        typed = overlaid(typed_of(known), *map(typed_in, half), step.typed)
        entry = replace(entry_in(typed), rep=step.typed.text("rep") or step.rep)
        team, rep = _checked(tx, actor, entry, now)
        drafts.close(tx, team.manager.id, DraftKind.FIELD_DAY, step.form, now)
        if before is not None:
            return _rewrite(tx, team, rep, before, entry, now)
        made = _add(tx, team, rep, sent, entry, now)
        carry_files(tx, step.form, made.id, team.manager.id)
        lists_changed(tx, team.id, entry.day)
        return _save(tx, team, made, entry, now)


def _add(
    tx: Transaction,
    team: Team,
    rep: Person,
    sent: Submission,
    entry: FieldDayEntry,
    now: datetime,
) -> Interaction:
    columns = _columns(team, entry, now)
    take_turn(tx, team, rep, team.today(now))
    made = interactions.add(
        tx,
        InteractionKind.FIELD_DAY,
        team_id=team.id,
        rep_id=rep.id,
        author_id=team.manager.id,
        recorded_at=now,
        about="",
        **columns,
    )
    submissions.keep(tx, sent, made)
    return Interaction(
        id=made,
        kind=InteractionKind.FIELD_DAY,
        team_id=team.id,
        rep=rep,
        author_id=team.manager.id,
        recorded_at=now,
        about="",
        has_private_note=False,
        deleted_at=None,
        **columns,
    )


def change(
    database: Database,
    actor: Actor,
    interaction_id: int,
    entry: FieldDayEntry,
    form: str,
    now: datetime,
) -> FieldDayLogged:
    """Let a field day say what the form says now; its clock follows the day it happened.

    Raises Gone, NotYours, and what `log_step` raises.
    """
    with database.writing(actor.workspace_id) as tx:
        before = _own(tx, actor, interaction_id)
        team, rep = _checked(tx, actor, entry, now)
        drafts.close(tx, team.manager.id, DraftKind.FIELD_DAY, form, now)
        return _rewrite(tx, team, rep, before, entry, now)


def before(database: Database, actor: Actor, rep: str, now: datetime) -> FieldDayBefore:
    """What the form of a field day with `rep` (a Slack id) shows first; "" for nobody yet, of whom
    there is only what is half written down.

    Raises NoTeam and NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        half = about(drafts.of_author(tx, author, DraftKind.FIELD_DAY), rep)
        if not rep:
            return FieldDayBefore(draft=half)
        team, person, _ = own_rep(tx, actor, rep)
        planned = appointments.standing_with(tx, team.id, person.id, InteractionKind.FIELD_DAY)
        words = planned.notes if planned else ""
        span = date.min, team.today(now)
        kind = InteractionKind.FIELD_DAY
        ids = interactions.ids_of(tx, team.id, person.id, kind, *span)[:1]
        if not ids:
            return FieldDayBefore(words, draft=half)
        (last,) = interactions.get_many(tx, ids)
        until = {(team.id, person.id): team.today(now)}
        focus = field_days.last_focuses(tx, until).get((team.id, person.id))
        actions = tuple(p for p in promises.of_interaction(tx, last.id) if p.raised_on is None)
        return FieldDayBefore(words, last.occurred_on, focus, actions, half)


def of_words(database: Database, actor: Actor, text: str) -> FieldDayNotes:
    """Words that were written elsewhere, as a field day of the team of who acts has them. Raises
    NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        found = accounts.of_teams(tx, [own_team(tx, actor).id])
    known = {spelling.key for account in found for spelling in account.spellings}
    return notes_of_words(text, known)


def put_aside(
    database: Database, actor: Actor, step: DraftStep, now: datetime, *, then: str | None = None
) -> Draft:
    """Keep what a form holds, sensible or not, and let it stand at the step `then`; as it is kept
    now. What was typed since in another modal stays. Raises NoTeam, and Gone where it was logged or
    dropped."""
    with database.writing(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        drafts.save_pressed(tx, actor.slack_id, step, now, then=then)
        found = drafts.of_author(tx, author, DraftKind.FIELD_DAY, form=step.form)
        if not found:
            raise Gone
        return found[0]


def draft(database: Database, actor: Actor, form: str) -> Draft:
    """A field day where it was left. Raises NoTeam, Gone where it was logged or dropped, and
    Sealed."""
    with database.reading(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        found = drafts.of_author(tx, author, DraftKind.FIELD_DAY, form=form)
        if not found:
            raise Gone
        return found[0]


def half_made(database: Database, actor: Actor, form: str) -> Draft | None:
    """A field day that is half made of a note by its `form`, in whichever opening. Raises
    NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        found = drafts.of_author(tx, author, DraftKind.FIELD_DAY)
        return next((one for one in found if made_by(one.form) == form), None)


def half_changed(database: Database, actor: Actor, interaction_id: int) -> Draft | None:
    """A field day that is half changed, where it was left. Raises NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        found = drafts.of_author(tx, author, DraftKind.FIELD_DAY)
        return of_subject(found, interaction_id)


def drop_draft(database: Database, actor: Actor, form: str, now: datetime) -> None:
    """A half filled form is not wanted any more. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        author = own_team(tx, actor).manager.id
        drafts.close(tx, author, DraftKind.FIELD_DAY, form, now)


def get(database: Database, actor: Actor, interaction_id: int, now: datetime) -> FieldDayLogged:
    """A field day as it stands. Raises Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, field_day = own_interaction(tx, actor, interaction_id)
        notes = field_days.of_interactions(tx, [field_day.id]).get(field_day.id)
        if notes is None:
            raise Gone
        require_readable(tx, field_day)
        promised = tuple(promises.of_interaction(tx, field_day.id))
        shared = sharing.of_interactions(tx, [field_day.id], with_objection=False)
        otherwise = shared[field_day.id].objection if field_day.id in shared else None
        logged = Logged(field_day, promised, team.today(now))
        return FieldDayLogged(logged, notes, otherwise, heard=_heard(tx, field_day.id))


def detail(
    database: Database,
    actor: Actor,
    interaction_id: int,
    place: int,
    details: VisitDetails,
    heard: VisitHeard,
    now: datetime,
) -> FieldDayLogged:
    """Keep the details of one visit, by its place in the day; whether it is a key account is the
    account's from now on, wherever else it was visited, and what was `heard` there stands among
    what was heard that day. Raises Gone, NotYours, and BadField for words without end, or for a tag
    that cannot be."""
    with database.writing(actor.workspace_id) as tx:
        field_day = _own(tx, actor, interaction_id)
        team = own_team(tx, actor)
        today = team.today(now)
        before = _standing(tx, field_day, today)
        visits = list(before.notes.visits)
        if not 0 <= place < len(visits):
            raise Gone
        visits[place] = replace(visits[place], **vars(details))
        name, box = visits[place].account, before.notes.market
        if heard.text != lines_of(box, before.heard, name):
            box = with_lines_of(box, before.heard, name, heard.text)
        if len(box) > TEXT_LIMIT:
            raise BadField("market", FieldError.TOO_LONG)
        notes = replace(before.notes, visits=tuple(visits), market=box)
        field_days.save(tx, field_day.id, notes)
        account = accounts.named(tx, team.id, name)
        if account is not None:
            accounts.tick_key(tx, account, is_key=details.is_key)
        kept = market_notes.save_box(
            tx,
            team,
            field_day,
            box,
            before.notes.market,
            [visit.account for visit in visits],
            Picked(heard.tags, heard.new, account) if heard.text else None,
            today,
        )
        lists_changed(tx, team.id, today)
        read = follow_visits(tx, team, field_day, notes.visits, today)
        contact_changed(tx, field_day.id, now)
        return replace(_standing(tx, field_day, today), dates=read, kept=kept)


def _standing(tx: Transaction, contact: Interaction, today: date) -> FieldDayLogged:
    notes = field_days.of_interactions(tx, [contact.id])[contact.id]
    promised = tuple(promises.of_interaction(tx, contact.id))
    heard = _heard(tx, contact.id)
    return FieldDayLogged(Logged(contact, promised, today), notes, heard=heard)


def _heard(tx: Transaction, interaction_id: int) -> tuple[MarketNote, ...]:
    return tuple(market.of_contacts(tx, [interaction_id]).get(interaction_id, ()))


def _own(tx: Transaction, actor: Actor, interaction_id: int) -> Interaction:
    field_day = own_interaction(tx, actor, interaction_id)[1]
    if field_day.kind is not InteractionKind.FIELD_DAY:
        raise Gone
    require_own(tx, field_day)
    return field_day


def _checked(
    tx: Transaction, actor: Actor, entry: FieldDayEntry, now: datetime
) -> tuple[Team, Person]:
    if not entry.rep:
        raise BadField("rep", FieldError.NOBODY_CHOSEN)
    team, place = require_rep(tx, actor, entry.rep, entry.day, now)
    if len(entry.notes.visits) > MOST_VISITS:
        raise BadField("visits", FieldError.TOO_MANY_VISITS)
    if entry.says_nothing or _repeats(tx, team, place.rep, entry):
        raise BadField("visits", FieldError.NOTHING_SAID)
    return team, place.rep


def _repeats(tx: Transaction, team: Team, rep: Person, entry: FieldDayEntry) -> bool:
    """Whether nothing is said but the focus of last time, which the form offers."""
    notes = entry.notes
    if not replace(entry, notes=replace(notes, focus="")).says_nothing:
        return False
    pair = team.id, rep.id
    last = field_days.last_focuses(tx, {pair: entry.day}).get(pair)
    return last is not None and is_same_focus(last.text, notes.focus)


def _columns(team: Team, entry: FieldDayEntry, now: datetime) -> dict[str, Any]:
    zone = team.manager_zone
    return {
        "channel": Channel.IN_PERSON,
        "occurred_on": entry.day,
        "occurred_at": when_it_happened(entry.day, now, zone),
    }


def _rewrite(
    tx: Transaction,
    team: Team,
    rep: Person,
    before: Interaction,
    entry: FieldDayEntry,
    now: datetime,
) -> FieldDayLogged:
    columns = _columns(team, entry, now)
    if entry.day == before.occurred_on:
        columns["occurred_at"] = before.occurred_at
    interactions.change(tx, before.id, deleted_at=None, **columns)
    passed = passing.pass_contact(tx, before, rep, now)
    lists_changed(tx, team.id, before.occurred_on, entry.day)
    changed = replace(before, rep=rep, deleted_at=None, **columns)
    saved = _save(tx, team, changed, entry, now)
    return replace(saved, logged=replace(saved.logged, passed=passed))


def _save(
    tx: Transaction, team: Team, field_day: Interaction, entry: FieldDayEntry, now: datetime
) -> FieldDayLogged:
    today = team.today(now)
    before = field_days.of_interactions(tx, [field_day.id]).get(field_day.id)
    if before is not None:
        visits = with_details_of(entry.notes.visits, before.visits)
        entry = replace(entry, notes=replace(entry.notes, visits=visits))
    field_days.save(tx, field_day.id, entry.notes)
    kept = market_notes.save_box(
        tx,
        team,
        field_day,
        entry.notes.market,
        before.market if before else "",
        [visit.account for visit in entry.notes.visits],
        None if entry.tags is None else Picked(entry.tags),
        today,
    )
    made = promises.of_interaction(tx, field_day.id)
    for owner, name, what, due_on in (
        (Owner.REP, "rep_due_on", entry.rep_action, entry.rep_due_on),
        (Owner.MANAGER, "manager_due_on", entry.manager_action, entry.manager_due_on),
    ):
        action = action_of(made, owner)
        is_new_date = action is None or action.due_on != due_on
        if what and is_new_date and due_on is not None and due_on < today:
            raise BadField(name, FieldError.PAST_DAY)
        if action is not None and not what:
            promises.take_out(tx, action, today, now)
        elif action is not None:
            promises.reword(tx, action, owner=owner, what=what, due_on=due_on)
        elif what:
            promises.add(
                tx,
                team_id=team.id,
                rep_id=field_day.rep.id,
                owner=owner,
                what=what,
                made_on=field_day.occurred_on,
                due_on=due_on,
                interaction_id=field_day.id,
                with_sharing=True,
            )
    promised = tuple(promises.of_interaction(tx, field_day.id))
    read = follow_visits(tx, team, field_day, entry.notes.visits, today)
    sharing_changed(tx, field_day.id, now)
    return FieldDayLogged(Logged(field_day, promised, today), entry.notes, dates=read, kept=kept)
