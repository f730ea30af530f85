"""A whole team passes to another manager: the team stays one and the same, and all that hangs on it
goes on; what was the earlier manager's alone stays with that one. Where that manager leads a team,
the two are joined, and the one is over."""

from dataclasses import replace
from datetime import datetime

from bot.domain.delivery import AUDIENCES, Audience, MessageKind, ScheduleKey, Subject
from bot.domain.team.calendar import when_awake
from bot.domain.team.teams import Team
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.origins import Origin
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.services import appointments
from bot.services.delivery.messages import lists_changed
from bot.services.delivery.schedules import items_due, remove_of_team, set_all_due, set_due
from bot.services.meetings import series
from bot.services.results import activity
from bot.services.team import ramp
from bot.services.team.roles import check_may_be_reps, roles_changed
from bot.services.todo import schedule
from storage import promises, todo
from storage.accounts import dates
from storage.contacts import cleared, interactions
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda, meetings
from storage.sessions import plans
from storage.team import absences, memberships, teams

EARLIER = "From an earlier talk."
"""What a list of before says in place of words that are not for whoever manages the team now."""

OF_PROMISES = (Origin.PROMISE, Origin.PROMISES)

DRAWN_ANEW = {kind for kind, audience in AUDIENCES.items() if audience is Audience.REP} - {
    MessageKind.SHARED
}
"""What is drawn anew where it stands with a rep. A letter stays as whoever shared it wrote it."""

GOES_ON = (MessageKind.TODO_LIST, MessageKind.MEETING_DRAFT, MessageKind.MEETING_DONE)
"""Messages of a manager's that ask who reads them before they are drawn again."""

STILL_DUE = (MessageKind.HANDOVER_TOLD, MessageKind.MEMBERSHIP_TOLD, MessageKind.REP_MOVE)
"""What is due still of a team that was joined with another: what somebody did before is answered,
and who was to come to it comes to the other by way of it."""


def check_may_lead(tx: Transaction, team: Team, to: Person, now: datetime) -> None:
    """Whether that person may manage that team.

    Raises BadField at `to`, for its own manager, a rep of the team, a bot and whoever has left
    Slack; and OwnManager where a rep of the team leads the team that they are a rep on.
    """
    members = [one for one in teams.members(tx, team.id, on=team.today(now)) if one.rep.active]
    if to.id == team.manager.id:
        raise BadField("to", FieldError.LEADS_IT_ALREADY)
    if to.bot or not to.active:
        raise BadField("to", FieldError.CANNOT_LEAD)
    if any(one.rep.id == to.id for one in members):
        raise BadField("to", FieldError.A_REP_OF_IT)
    check_may_be_reps(tx, to.slack_id, [one.rep for one in members], now)


def pass_team(
    tx: Transaction, before: Team, to: Person, now: datetime, *, introduced: bool
) -> Team:
    """Let that person, who leads no team, manage this one from now on; the team as it is then.

    `introduced`: its reps read who manages them now, or read it already; else they hear nothing
    until the new manager has sent the introductions anew. Whoever calls it holds both people and
    has asked `check_may_lead`. Writes.
    """
    teams.lock(tx, [before.id])
    was = before.manager
    promises.settle_talks(tx, before.id)
    promises.name_earlier(tx, before.id, was.id, to.id)
    teams.pass_to(tx, before.id, to.id, now)
    # A line each morning is a wish of its manager's own.
    teams.change(tx, before.id, replace(before.settings, morning_line=False))
    absences.end_stand_ins(tx, was.id)
    team = teams.get_many(tx, [before.id])[0]
    plans.follow(tx, {(team.id, one.rep.id) for one in teams.members(tx, team.id)})
    _withhold(tx, team)
    if not introduced:
        teams.forget_introductions(tx, team.id)
    _end_messages(tx, team, was, now)
    _draw_anew(tx, team)
    schedule.follow_team(tx, team, now)
    appointments.manager_changed(tx, team, before, now)
    series.follow_series(tx, team, now)
    ramp.follow(tx, [team], now)
    activity.follow_plans(tx, [team], now)
    roles_changed(tx, [was.id, to.id], now)
    lists_changed(tx, team.id, team.today(now), before.today(now))
    # Whoever takes it is awake; whom an operator gives it to reads of it in the morning.
    zone = team.manager_zone
    schedule.send_rest_of_week(tx, team, now if introduced else when_awake(now, zone))
    return team


def _withhold(tx: Transaction, team: Team) -> None:
    """What lists of before quote of words that stay with the earlier manager goes from them: all
    but what the new one may read where it comes from, be that gone because it is old."""
    quoted = [kind for kind, one in KINDS.items() if one.of_a_contact]
    dated = [kind for kind, one in KINDS.items() if one.origin is Origin.ACCOUNT_DATE]
    promised = [kind for kind, one in KINDS.items() if one.origin in OF_PROMISES]
    for kinds, readable in (
        (quoted, interactions.readable_ids(tx, team.id)),
        (dated, dates.readable_ids(tx, team.id)),
        (promised, promises.readable_ids(tx, team.id)),
    ):
        ids = set(map(str, readable))
        talked = todo.abouts(tx, team.id, kinds)
        held = [one for one in talked if one.split(":")[1] not in ids]
        todo.withhold(tx, team.id, held, EARLIER)


def _end_messages(tx: Transaction, team: Team, was: Person, now: datetime) -> None:
    """Nothing that stands with the earlier manager shows anything of the team from now on, but what
    was said to them alone; and nothing that was for them goes to another."""
    messages.forget(tx, _managers_messages(tx, was))
    # About days off of the earlier manager: nobody stands in any more.
    waiting = items_due(tx, [team.id], MessageKind.STAND_IN_GONE)[team.id]
    gone_stand_ins = {ScheduleKey(team.id, one): None for one in waiting}
    set_due(tx, MessageKind.STAND_IN_GONE, gone_stand_ins)
    asked = [one for one in memberships.open_for(tx, team.id) if one.asked_of == team.id]
    keys = {ScheduleKey(one.team_id, one.id): now for one in asked}
    set_all_due(tx, {MessageKind.MEMBERSHIP_ASK: keys} if keys else {})


def _draw_anew(tx: Transaction, team: Team) -> None:
    """What stands with its reps and names who manages them is drawn anew; what the earlier manager
    asked them to let the team know is theirs no more to tell, and asked no more."""
    cleared.end_open(tx, team.id)
    reps = {one.rep.id for one in teams.members(tx, team.id)}
    stand = [one.subject for one in messages.sent_to_any(tx, reps)]
    messages.mark_stale(tx, {one for one in stand if one.kind in DRAWN_ANEW})


def _managers_messages(tx: Transaction, was: Person) -> list[int]:
    """What stands with somebody who managed a team, and is drawn for its manager."""
    own = {one.id for one in promises.told_to(tx, was.id)}
    return [
        one.id
        for one in messages.sent_to(tx, was.id)
        if AUDIENCES[one.subject.kind].is_managers
        and one.subject.kind not in GOES_ON
        and not (one.subject.kind is MessageKind.RAISED and one.subject.id in own)
    ]


def end_team(tx: Transaction, team: Team, own: Team, now: datetime) -> None:
    """The one team was joined with `own`, to which its reps have moved. What is the team's alone
    goes along: items for its next meeting, themes that run, what was promised to it and is open.
    Its manager leads it no more, and nothing of it is sent or asked. Writes."""
    agenda.join(tx, team.id, own.id)
    todo.join_issues(tx, team.id, own.id, own.today(now))
    meetings.join_promises(tx, team.id, own.id)
    promises.settle_talks(tx, team.id)
    absences.end_stand_ins(tx, team.manager.id)
    series.end_all(tx, team, now)
    _end_cleared(tx, team)
    teams.change(tx, team.id, replace(team.settings, morning_line=False, meeting_days=()))
    teams.join_to(tx, team.id, own.id)
    _end_questions(tx, team, own, now)
    told = {one.id for one in promises.told_to(tx, team.manager.id) if one.team_id == team.id}
    waiting = told & set(items_due(tx, [team.id], MessageKind.RAISED)[team.id])
    remove_of_team(tx, team.id, STILL_DUE)
    set_due(tx, MessageKind.RAISED, {ScheduleKey(team.id, one): now for one in waiting})
    messages.forget(tx, _managers_messages(tx, team.manager))
    for one in (team, own):
        lists_changed(tx, one.id, one.today(now))
    series.agenda_changed(tx, own, now)
    roles_changed(tx, [team.manager.id, own.manager.id], now)


def _end_cleared(tx: Transaction, team: Team) -> None:
    """What was to be said before the team is not to be said there any more."""
    unsaid = [one.id for one in cleared.of_team(tx, team.id) if one.posted_on is None]
    cleared.remove(tx, unsaid)
    messages.mark_stale(tx, [Subject(MessageKind.CLEARED, one) for one in unsaid])


def _end_questions(tx: Transaction, team: Team, own: Team, now: datetime) -> None:
    """Who may be on a second team, beside this one, is asked of the manager whom its reps have now;
    who may be on this one of nobody."""
    found = memberships.open_for(tx, team.id)
    memberships.join(tx, team.id, own.id, now)
    messages.mark_stale(tx, [Subject(MessageKind.MEMBERSHIP_ASK, one.id) for one in found])
    asked = [one for one in found if one.first_team_id == team.id and one.team_id != own.id]
    keys = {ScheduleKey(one.team_id, one.id): now for one in asked}
    set_due(tx, MessageKind.MEMBERSHIP_ASK, keys)
