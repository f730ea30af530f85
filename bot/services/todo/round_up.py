"""What reps said to an issue of the day: noted, and rounded up."""

from collections.abc import Collection
from datetime import datetime

from bot.domain.meetings.agenda import ITEM_LIMIT, AgendaItem
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Team
from bot.domain.todo.reasons import IssueOfTheDay, issue_of
from bot.domain.todo.round_up import ANSWER_LIMIT, AgendaWords, AnswerForm, RoundUp, item_of
from bot.domain.workspaces.people import Actor, Person, zone_named
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.following import answer_changed
from bot.services.delivery.messages import lists_changed
from bot.services.todo.lists import managed
from bot.services.workspaces.authority import own_rep, own_team, reps_on
from storage import todo
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.team import people
from storage.workspaces import submissions


def page(database: Database, actor: Actor, issue_id: int, now: datetime) -> RoundUp:
    """That issue of who acts, with who said what. Raises NoTeam, and Gone where it is another's."""
    with database.reading(actor.workspace_id) as tx:
        return _page(tx, actor, issue_id, now)


def opened(database: Database, actor: Actor, issue_id: int, now: datetime) -> RoundUp:
    """The same, for who opened it: once the issue is over it is offered no more. Writes. Raises as
    `page`."""
    with database.writing(actor.workspace_id, aside=True) as tx:
        found = _page(tx, actor, issue_id, now)
        if found.has_ended:
            todo.change_issue(tx, own_team(tx, actor).id, issue_id, seen=True)
        return found


def _page(tx: Transaction, actor: Actor, issue_id: int, now: datetime) -> RoundUp:
    team = own_team(tx, actor)
    today = team.today(now)
    issue = _issue(tx, team.id, issue_id)
    answers = todo.answers_to(tx, [issue.id]).get(issue.id, [])
    said = {one.rep.id for one in answers}
    others = tuple(rep for rep in reps_on(tx, team, today) if rep.id not in said)
    form, item = _sent(tx, team, issue)
    words = item.text if item else ""
    return RoundUp(issue, tuple(answers), others, today, words, form)


def _sent(tx: Transaction, team: Team, issue: IssueOfTheDay) -> tuple[str, AgendaItem | None]:
    """The form by which that manager sent the round-up to the agenda, and what stands open there;
    a new form after what was talked about."""
    form = f"issue:{issue.id}"
    while True:
        sent = submissions.find(tx, form, Made.ITEM, team.manager.id, team.id)
        if sent.is_new:
            return form, None
        item = agenda.get_whatever(tx, sent.one)
        if item is not None and item.done_in is None:
            return form, agenda.get(tx, item.id)
        form = f"issue:{issue.id}:{sent.one}"


def of_slot(database: Database, actor: Actor, slot_id: int, now: datetime) -> AnswerForm:
    """What is noted of what the rep of that slot said to the issue that it is about. Raises
    NotYours, WeekOver, NotOnTeam, and Gone, also where it is about something else by now."""
    with database.reading(actor.workspace_id) as tx:
        week, slot = managed(tx, actor, slot_id, now)
        issue_id = issue_of(week.reason(slot).about)
        if issue_id is None:
            raise Gone
        return _form(tx, _issue(tx, week.team.id, issue_id), slot.rep)


def of_rep(database: Database, actor: Actor, issue_id: int, rep: str) -> AnswerForm:
    """What is noted of what that rep (a Slack id) said to an issue. Raises NoTeam, NotOnTeam and
    Gone."""
    with database.reading(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        return _form(tx, _issue(tx, team.id, issue_id), person)


def _form(tx: Transaction, issue: IssueOfTheDay, rep: Person) -> AnswerForm:
    kept = todo.answers_to(tx, [issue.id]).get(issue.id, ())
    return AnswerForm(issue, rep, next((one.text for one in kept if one.rep.id == rep.id), ""))


def change(
    database: Database, actor: Actor, issue_id: int, rep: str, text: str, now: datetime
) -> None:
    """That is what the rep (a Slack id), be it one who left, said to the issue, in place of what
    was noted before; nothing at all: it is gone. What the rep called not so was other words.

    Raises NoTeam, NotOnTeam, Gone, and BadField for too many words.
    """
    with database.writing(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        issue = _issue(tx, team.id, issue_id)
        _note(tx, team, issue, person, _line(text), now)


def add(
    database: Database,
    actor: Actor,
    issue_id: int,
    rep: str,
    text: str,
    form: str,
    now: datetime,
) -> None:
    """The same of a rep of whom nothing was noted when the form was opened: what is since is not
    written over, unless that form wrote it.

    Raises as `change`, and BadField for no words, or where others are kept.
    """
    with database.writing(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        issue = _issue(tx, team.id, issue_id)
        text = _line(text)
        if not text:
            raise BadField("said", FieldError.MISSING)
        sent = submissions.claim(tx, form, Made.ISSUE_ANSWER, team.manager.id, team.id)
        kept = todo.answers_to(tx, [issue.id]).get(issue.id, ())
        for one in kept:
            if one.id == sent.one and one.rep.id != person.id:
                _note(tx, team, issue, one.rep, "", now)
            elif one.rep.id == person.id and one.id != sent.one and one.text != text:
                raise BadField("rep", FieldError.SAID_ALREADY)
        _note(tx, team, issue, person, text, now)
        (made,) = (
            one.id for one in todo.answers_to(tx, [issue.id])[issue.id] if one.rep.id == person.id
        )
        submissions.keep(tx, sent, made)


def _line(text: str) -> str:
    line = " ".join(text.split())
    if len(line) > ANSWER_LIMIT:
        raise BadField("said", FieldError.TOO_LONG)
    return line


def _note(
    tx: Transaction, team: Team, issue: IssueOfTheDay, rep: Person, text: str, now: datetime
) -> None:
    was = _form(tx, issue, rep).text
    if text == was:
        return
    if text:
        todo.note_answer(tx, issue.id, rep.id, text, team.today(now))
    else:
        todo.forget_answer(tx, issue.id, rep.id)
    answer_changed(tx, team, issue.id, rep.id, was, text, now)
    lists_changed(tx, team.id, team.today(now))


def words_for_agenda(
    database: Database, actor: Actor, issue_id: int, chosen: Collection[int], now: datetime
) -> AgendaWords:
    """The words of an item for the agenda, of those answers (by id) and without a name. Raises
    NoTeam, Gone, and BadField where none is chosen, or more than an item holds."""
    with database.reading(actor.workspace_id) as tx:
        found = _page(tx, actor, issue_id, now)
    lines = [one.text for one in found.for_agenda if one.id in chosen]
    if not lines:
        raise BadField("lines", FieldError.NOTHING_TICKED)
    words = item_of(found.issue, lines)
    if len(words) > ITEM_LIMIT:
        raise BadField("lines", FieldError.TOO_MANY_LINES)
    return AgendaWords(words, found.on_agenda)


def say_not_so(
    database: Database, actor: Actor, answer_id: int, words: str, now: datetime, *, not_so: bool
) -> None:
    """**Not so**: the rep who acts says that those are not their words; or, after all, that they
    are. Raises Gone where nothing of theirs says so, be it that it says something else by now: that
    they have not read yet."""
    with database.writing(actor.workspace_id) as tx:
        person = people.get(tx, actor.slack_id)
        on = local_date(now, zone_named(person.zone if person else None)) if not_so else None
        if person is None or not todo.dispute_answer(tx, answer_id, person.id, words, on):
            raise Gone


def _issue(tx: Transaction, team_id: int, issue_id: int) -> IssueOfTheDay:
    found = todo.issue(tx, team_id, issue_id)
    if found is None:
        raise Gone
    return found
