"""Issues of the day: a theme the manager sets for a span of days."""

from datetime import datetime, timedelta

from bot.domain.team.teams import Team
from bot.domain.todo.lists import ISSUE_LIMIT, IssuesView
from bot.domain.todo.reasons import IssueEntry, IssueOfTheDay
from bot.domain.todo.round_up import OFFERED_FOR
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import own_team, require_manager
from storage import todo
from storage.accounts import market
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.workspaces import submissions


def standing(database: Database, actor: Actor, now: datetime) -> IssuesView:
    """The issues of the day of who acts that have not ended, and those that did of late. Raises
    ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        return _standing(tx, team, now)


def _standing(tx: Transaction, team: Team, now: datetime) -> IssuesView:
    today = team.today(now)
    ended = todo.ended_issues(tx, team.id, today - OFFERED_FOR, today)
    return IssuesView(
        tuple(todo.issues(tx, [team.id], today)[team.id]),
        today,
        tuple(one for one in ended if one.is_worth_a_word),
    )


def set_issue(
    database: Database, actor: Actor, entry: IssueEntry, form: str | None, now: datetime
) -> IssueOfTheDay:
    """A new issue of the day; the same form sent again replaces what it made.

    Raises ForManagers, NoTeam, and BadField for words or days that cannot be.
    """
    with database.writing(actor.workspace_id) as tx:
        return _set(tx, require_manager(tx, actor, now), entry, form, now)


def set_of_tag(
    database: Database,
    actor: Actor,
    entry: IssueEntry,
    tag_id: int,
    form: str | None,
    now: datetime,
) -> tuple[IssueOfTheDay, str]:
    """The same of a tag of the market page, which as an issue is proposed no more; the name of the
    tag, "" where it is none by now: that is no reason to lose what was typed. Raises the same."""
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        made = _set(tx, team, entry, form, now)
        tag = market.get_tag(tx, tag_id)
        if tag is None or tag.team_id != team.id:
            return made, ""
        market.set_issue(tx, tag.id, made.id)
        return made, tag.name


def _set(
    tx: Transaction, team: Team, entry: IssueEntry, form: str | None, now: datetime
) -> IssueOfTheDay:
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
    """That issue of the day has ended; those that stand, and those that are over.

    Raises NoTeam, and Gone where it is another's or had ended before.
    """
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        if not todo.end_issue(tx, team.id, issue_id, today - timedelta(days=1)):
            raise Gone
        lists_changed(tx, team.id, today)
        return _standing(tx, team, now)
