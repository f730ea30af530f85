"""Issues of the day: a theme the manager sets for a span of days."""

from datetime import datetime, timedelta

from bot.domain.todo.lists import ISSUE_LIMIT, IssuesView
from bot.domain.todo.reasons import IssueEntry, IssueOfTheDay
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import own_team, require_manager
from storage import todo
from storage.database.engine import Database
from storage.workspaces import submissions


def standing(database: Database, actor: Actor, now: datetime) -> IssuesView:
    """The issues of the day of who acts that have not ended. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        return IssuesView(tuple(todo.issues(tx, [team.id], today)[team.id]), today)


def set_issue(
    database: Database, actor: Actor, entry: IssueEntry, form: str | None, now: datetime
) -> IssueOfTheDay:
    """A new issue of the day; the same form sent again replaces what it made.

    Raises ForManagers, NoTeam, and BadField for words or days that cannot be.
    """
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        text = entry.text.strip()
        if not text:
            raise BadField("text", FieldError.MISSING)
        if len(text) > ISSUE_LIMIT:
            raise BadField("text", FieldError.TOO_LONG)
        if entry.ends_on < team.today(now):
            raise BadField("ends_on", FieldError.PAST_DAY)
        if entry.ends_on < entry.starts_on:
            raise BadField("ends_on", FieldError.BEFORE_START)
        values = {"text": text, "starts_on": entry.starts_on, "ends_on": entry.ends_on}
        sent = submissions.claim(tx, form, Made.ISSUE, team.manager.id, team.id)
        made = sent.one or todo.add_issue(tx, team.id, **values)
        if sent.is_new:
            submissions.keep(tx, sent, made)
        else:
            todo.change_issue(tx, team.id, made, **values)
        lists_changed(tx, team.id, team.today(now))
        return IssueOfTheDay(made, text, entry.starts_on, entry.ends_on)


def end(database: Database, actor: Actor, issue_id: int, now: datetime) -> IssuesView:
    """That issue of the day has ended; those that stand.

    Raises NoTeam, and Gone where it is another's or had ended before.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        if not todo.end_issue(tx, team.id, issue_id, today - timedelta(days=1)):
            raise Gone
        lists_changed(tx, team.id, today)
        return IssuesView(tuple(todo.issues(tx, [team.id], today)[team.id]), today)
