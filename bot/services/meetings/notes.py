"""Notes of a meeting, taken by anyone on the team: what is done, what came of it, and what was
promised to the team."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.meetings.agenda import AgendaItem, AgendaView, PromiseWords, Role, TeamPromise
from bot.domain.meetings.meetings import Meeting
from bot.domain.meetings.naming import Question, Words, WordsOf
from bot.domain.team.settings import WINS
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, Gone, NotYours
from bot.domain.workspaces.submissions import Made, Submission, said_again
from bot.services.meetings.agenda_view import view_in
from bot.services.meetings.meetings import known_person
from bot.services.meetings.schedule import noted_late
from bot.services.meetings.series import agenda_changed, changed
from bot.services.workspaces.authority import (
    attended_meeting,
    led_item,
    led_team,
    meeting_role,
    reps_on,
)
from bot.services.workspaces.naming import namable_in, named_by, whom
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.team import teams
from storage.workspaces import submissions

BETWEEN = " / "
"""What stands between outcomes that several people wrote down of one item."""


@dataclass(frozen=True)
class Noted:
    """The agenda with what was written down, and what of that the team does not read before its
    manager was asked."""

    view: AgendaView
    questions: tuple[Question, ...]


@dataclass(frozen=True)
class Owned:
    """An item that somebody took on, as who leads says: what its manager is asked about the words,
    and what who said so is to the team."""

    team: Team
    role: Role
    question: Question | None


def tick(
    database: Database,
    actor: Actor,
    meeting_id: int,
    item_id: int,
    now: datetime,
    *,
    done: bool = True,
) -> AgendaView:
    """An item is done in that meeting, or open again after all: anyone on the team may take
    notes. In a meeting that is over only what was on its agenda. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, meeting, role = attended_meeting(tx, actor, meeting_id, now)
        item = _on_agenda(tx, team, meeting, item_id)
        if done and item.done_in is None:
            agenda.change(tx, item.id, done_in=meeting.id)
            meetings.carry_not(tx, meeting.id, item.id)
        elif not done and item.done_in == meeting.id:
            agenda.change(tx, item.id, done_in=None)
            if meeting.closed_at is not None:
                meetings.carry(tx, meeting.id, item.id)
        agenda_changed(tx, team, now)
        noted_late(tx, meeting, now)
        changed(tx, meeting.id)
        return view_in(tx, team, role, known_person(tx, actor.slack_id), now, meeting)


def note_outcome(
    database: Database,
    actor: Actor,
    meeting_id: int,
    item_id: int | None,
    outcome: str,
    promise: PromiseWords | None,
    form: str,
    now: datetime,
) -> Noted:
    """What came of an item, which is done with it, and what somebody promised the team; either may
    be without the other. The same form sent again replaces both. What names somebody is kept, and
    its manager is asked before the team reads it.

    Raises Gone, NotYours, and BadField where nothing is said, or the owner is not on the team.
    """
    if promise is None and not outcome:
        raise BadField("outcome", FieldError.MISSING)
    if outcome and item_id is None:
        raise BadField("item", FieldError.MISSING)
    with database.writing(actor.workspace_id) as tx:
        team, meeting, role = attended_meeting(tx, actor, meeting_id, now)
        author = known_person(tx, actor.slack_id)
        about = _on_agenda(tx, team, meeting, item_id) if item_id is not None and outcome else None
        _say_outcome(tx, team, meeting, about, outcome, form, author, role)
        today = team.meeting_today(now)
        said = {(WordsOf.OUTCOME, about.id)} if about else set()
        if promise is not None:
            made = _promise(tx, team, promise, today, form, author, meeting.id, item_id)
            said.add((WordsOf.PROMISE, made))
        else:
            _promise_not(tx, team, today, form, author)
        agenda_changed(tx, team, now)
        noted_late(tx, meeting, now)
        changed(tx, meeting.id)
        view = view_in(tx, team, role, author, now, meeting)
        asked = view.agenda.questions() if view.agenda else ()
        return Noted(view, tuple(one for one in asked if (one.said, one.id) in said))


def _say_outcome(
    tx: Transaction,
    team: Team,
    meeting: Meeting,
    about: AgendaItem | None,
    outcome: str,
    form: str,
    author: Person,
    role: Role,
) -> None:
    """What came of that item, among what others wrote down of it."""
    sent = submissions.claim(tx, form, Made.OUTCOME, author.id, team.id)
    before = None if sent.is_new else agenda.get(tx, sent.one)
    if before is not None and (about is None or before.id != about.id):
        agenda.change(tx, before.id, outcome=said_again(before.outcome, sent.said, "", BETWEEN))
        submissions.keep(tx, sent)
        sent = Submission(sent.id)
    if about is not None:
        # What somebody else wrote stands once, and stays theirs.
        theirs = not sent.said and outcome in about.outcome.split(BETWEEN)
        said = "" if theirs else outcome
        words = about.outcome if theirs else said_again(about.outcome, sent.said, said, BETWEEN)
        agenda.change(tx, about.id, done_in=about.done_in or meeting.id)
        if words != about.outcome:
            # Who wrote all of it may name themselves; other words are another question.
            fine = {author.slack_id} if words == said else set[str]()
            if about.section == WINS and role is Role.MANAGER:
                fine = _all_named(tx, team, words)
            named = named_by(tx, team, words, fine)
            agenda.change(
                tx,
                about.id,
                outcome=words,
                outcome_fine_for=named["fine_for"],
                outcome_named=named["named"],
            )
        meetings.carry_not(tx, meeting.id, about.id)
        submissions.keep(tx, sent, about.id, said=said)


def _all_named(tx: Transaction, team: Team, text: str) -> set[str]:
    """Whomever words name that their manager writes of a win: there it is meant so."""
    fine: set[str] = set()
    while (found := whom(tx, team, text, fine)) is not None:
        fine.add(found)
    return fine


def let_outcome_stand(
    database: Database, actor: Actor, item_id: int, seen: str, now: datetime
) -> Question | None:
    """**Fine for the team**, of what came of an item: the team may read it, as far as it was seen
    (`Question.seen`). What is to be asked still. Raises Gone, and NotYours for anyone but the
    manager."""
    with database.writing(actor.workspace_id) as tx:
        item = agenda.get(tx, item_id)
        if item is None or item.done_in is None or not item.outcome:
            raise Gone
        team = _managed(tx, actor, item.team_id)
        asked = _question(tx, team, WordsOf.OUTCOME, item.id, item.came_of_it)
        if asked is None or asked.seen != seen:
            return asked
        fine = {*item.outcome_fine_for, asked.about.person.slack_id}
        named = named_by(tx, team, item.outcome, fine)
        agenda.let_outcome_stand(
            tx,
            item.id,
            item.outcome,
            outcome_fine_for=named["fine_for"],
            outcome_named=named["named"],
        )
        _let_stand_in(tx, item.done_in, now)
        item = agenda.get(tx, item_id) or item
        return _question(tx, team, WordsOf.OUTCOME, item.id, item.came_of_it)


def let_promise_stand(
    database: Database, actor: Actor, promise_id: int, seen: str, now: datetime
) -> Question | None:
    """The same, of what was promised to the team."""
    with database.writing(actor.workspace_id) as tx:
        promise = meetings.one_promise(tx, promise_id)
        if promise is None or promise.dropped_on is not None:
            raise Gone
        team = _managed(tx, actor, promise.team_id)
        asked = _question(tx, team, WordsOf.PROMISE, promise.id, promise.words)
        if asked is None or asked.seen != seen:
            return asked
        fine = {*promise.fine_for, asked.about.person.slack_id}
        named = named_by(tx, team, promise.what, fine)
        meetings.let_promise_stand(tx, promise.id, promise.what, **named)
        if promise.meeting_id is not None:
            _let_stand_in(tx, promise.meeting_id, now)
        agenda_changed(tx, team, now)
        promise = meetings.one_promise(tx, promise_id) or promise
        return _question(tx, team, WordsOf.PROMISE, promise.id, promise.words)


def _let_stand_in(tx: Transaction, meeting_id: int, now: datetime) -> None:
    noted_late(tx, meetings.get_many(tx, [meeting_id])[meeting_id], now)
    changed(tx, meeting_id)


def _managed(tx: Transaction, actor: Actor, team_id: int) -> Team:
    team = teams.get(tx, team_id)
    if team is None:
        raise Gone
    if team.manager.slack_id != actor.slack_id:
        raise NotYours(team.manager.name)
    return team


def _question(tx: Transaction, team: Team, said: WordsOf, id: int, words: Words) -> Question | None:
    about = namable_in(tx, team, words.text).in_words(words)
    return Question(said, id, words.text, about) if about else None


def give_owner(
    database: Database, actor: Actor, item_id: int, promise: PromiseWords, form: str, now: datetime
) -> Owned:
    """An item that was carried often has somebody who does it: it becomes a team promise. The same
    form sent again replaces that.

    Raises Gone, NotYours, and BadField.
    """
    with database.writing(actor.workspace_id) as tx:
        item = agenda.get_whatever(tx, item_id)
        if item is None:
            raise Gone
        author = known_person(tx, actor.slack_id)
        sent = submissions.claim(tx, form, Made.TEAM_PROMISE, author.id, item.team_id)
        if sent.is_new:
            led_item(tx, actor, item_id, now)
        team = led_team(tx, actor, item.team_id, now)
        made = _promise(tx, team, promise, team.meeting_today(now), form, author, None, item.id)
        agenda.drop(tx, item.id, now)
        agenda_changed(tx, team, now)
        kept = meetings.one_promise(tx, made)
        asked = _question(tx, team, WordsOf.PROMISE, made, kept.words) if kept else None
        return Owned(team, meeting_role(tx, actor, team, now), asked)


def _promise(
    tx: Transaction,
    team: Team,
    said: PromiseWords,
    today: date,
    form: str,
    author: Person,
    meeting_id: int | None,
    item_id: int | None,
) -> int:
    """Keep what was promised; its id."""
    if not said.what:
        raise BadField("what", FieldError.MISSING)
    if said.due_on is not None and said.due_on < today:
        raise BadField("due_on", FieldError.PAST_DAY)
    owner = known_person(tx, said.owner)
    if owner.id != team.manager.id and owner.id not in {p.id for p in reps_on(tx, team, today)}:
        raise BadField("owner", FieldError.NOT_A_TEAMMATE)
    says: dict[str, Any] = {
        "meeting_id": meeting_id,
        "item_id": item_id,
        "owner_id": owner.id,
        "what": said.what,
        "due_on": said.due_on,
        **named_by(tx, team, said.what, {owner.slack_id, author.slack_id}),
    }
    sent = submissions.claim(tx, form, Made.TEAM_PROMISE, author.id, team.id)
    if not sent.is_new:
        before = meetings.one_promise(tx, sent.one)
        if before is None or (before.owner.id, before.what) != (owner.id, said.what):
            # Somebody else's promise, or another one, is one that nobody kept yet.
            says["kept_on"] = None
        meetings.change_promise(tx, sent.one, dropped_on=None, **says)
        return sent.one
    made = meetings.promise(tx, team_id=team.id, made_on=today, **says)
    submissions.keep(tx, sent, made)
    return made


def _promise_not(tx: Transaction, team: Team, today: date, form: str, author: Person) -> None:
    """That form promises nothing after all."""
    sent = submissions.find(tx, form, Made.TEAM_PROMISE, author.id, team.id)
    if not sent.is_new:
        meetings.change_promise(tx, sent.one, dropped_on=today)


def close_promise(
    database: Database, actor: Actor, promise_id: int, now: datetime, *, kept: bool
) -> TeamPromise:
    """A team promise was kept, as its owner or who leads says; or dropped, as who leads says.

    Raises Gone and NotYours.
    """
    with database.writing(actor.workspace_id) as tx:
        promise = meetings.one_promise(tx, promise_id)
        team = teams.get(tx, promise.team_id) if promise else None
        if promise is None or team is None:
            raise Gone
        role = meeting_role(tx, actor, team, now)
        if not role.leads and not (kept and promise.owner.slack_id == actor.slack_id):
            raise NotYours(team.manager.name)
        closed = {"kept_on" if kept else "dropped_on": team.meeting_today(now)}
        if promise.is_open:
            meetings.change_promise(tx, promise.id, **closed)
            agenda_changed(tx, team, now)
        return promise


def _on_agenda(tx: Transaction, team: Team, meeting: Meeting, item_id: int) -> AgendaItem:
    """An item on the agenda of that meeting. Raises Gone, also where the meeting was dropped."""
    item = agenda.get(tx, item_id)
    if item is None or item.team_id != team.id or item.rep is not None or meeting.dropped:
        raise Gone
    if meeting.closed_at is not None and item.done_in != meeting.id:
        left = agenda.carried_from(tx, [meeting.id]).get(meeting.id, [])
        if item.id not in {one.id for one in left}:
            raise Gone
    return item
