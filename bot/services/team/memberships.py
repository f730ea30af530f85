"""A second team is asked of the first manager, and a rep can say **Not my manager**."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from bot.domain.delivery import MessageKind, ScheduleKey, Subject
from bot.domain.team.memberships import MembershipQuestion, QuestionState, QuestionView
from bot.domain.team.teams import MOST_TEAMS_PER_REP, Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone, OnTwoTeams
from bot.services.delivery.messages import lists_changed
from bot.services.delivery.schedules import set_due
from bot.services.meetings import series
from bot.services.team import ramp
from bot.services.team.roles import check_may_be_reps, roles_changed
from bot.services.workspaces.authority import not_theirs
from bot.services.workspaces.memberships import viewed
from storage.binder import handovers
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import memberships, people, teams


def ask_first_managers(
    tx: Transaction, team: Team, first_teams: Mapping[int, Team], now: datetime
) -> set[int]:
    """Let the managers of those teams, by rep (a person), be asked whether the rep may be on this
    team too. Whoever is asked already is not asked again; nor is who said **Not so**, for as long
    as the rep stays on that team. The reps of whom that was said. Writes."""
    not_so = set()
    for rep_id, first in first_teams.items():
        before = memberships.about(tx, team.id, rep_id)
        if before is not None and _was_said(tx, before, first, now):
            not_so.add(rep_id)
        elif before is None or before.state is not QuestionState.ASKED:
            memberships.keep(tx, team.id, [rep_id], QuestionState.ASKED, now, first.id)
            _send(tx, MessageKind.MEMBERSHIP_ASK, team.id, rep_id, now)
    return not_so


def _was_said(tx: Transaction, before: MembershipQuestion, first: Team, now: datetime) -> bool:
    """Whether the manager of that team said **Not so**, and the rep has been there since."""
    today = first.today(now)
    return any(
        before.stands_for(seat, first.manager_zone)
        for seat in teams.members(tx, first.id, on=today)
        if seat.rep.id == before.rep.id
    )


def answer_second_team(
    database: Database, actor: Actor, question_id: int, fine: bool, now: datetime
) -> QuestionView:
    """What the first manager says of a second team; with **Fine** the rep is on it. Said again, it
    changes nothing.

    Raises Gone where the rep has left the team of who acts, NotYours for anyone else, and
    OnTwoTeams where the rep is on another second team by now.
    """
    with database.writing(actor.workspace_id) as tx:
        asked = memberships.get_many(tx, [question_id]).get(question_id)
        if asked is None:
            raise Gone
        people.lock(tx, asked.rep.slack_id)
        found = viewed(tx, [asked], now)[0]
        if found.first_team is None:
            raise Gone
        if found.first_manager.slack_id != actor.slack_id:
            raise not_theirs(tx, actor, found.first_team.id, found.team.manager.id)
        if found.state is not QuestionState.ASKED:
            return found
        places = teams.places(tx, [asked.rep.slack_id], found.team.today(now))
        on = places.get(asked.rep.slack_id, set())
        if found.team.id in on:
            return _settled(tx, found, QuestionState.FINE, now)
        if found.first_team.id not in on or not asked.rep.active:
            raise Gone
        if not fine:
            return _settled(tx, found, QuestionState.NOT_SO, now)
        if len(on) >= MOST_TEAMS_PER_REP:
            raise OnTwoTeams((asked.rep.name,))
        check_may_be_reps(tx, found.team.manager.slack_id, [asked.rep], now)
        teams.add_members(tx, [(found.team.id, asked.rep.id, found.team.today(now))])
        roles_changed(tx, [asked.rep.id], now)
        _team_changed(tx, found.team, now)
        return _settled(tx, found, QuestionState.FINE, now)


def not_my_manager(database: Database, actor: Actor, team_id: int, now: datetime) -> QuestionView:
    """The rep who acts says that whoever manages that team is not their manager.

    Where nothing was written down about them there yet, they are off the team, nothing of it is
    kept, and who added them is told; later the manager is asked. Said again, it changes nothing.
    Raises Gone for someone who is not on that team and never said so.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock(tx, actor.slack_id)
        team, person = teams.get(tx, team_id), people.get(tx, actor.slack_id)
        if team is None or person is None:
            raise Gone
        said = memberships.about(tx, team.id, person.id)
        places = teams.places(tx, [person.slack_id], team.today(now))
        if team.id not in places.get(person.slack_id, set()):
            if said is None or said.state not in (QuestionState.LEFT, QuestionState.TAKEN_OFF):
                raise Gone
            return viewed(tx, [said], now)[0]
        if said is not None and said.state in (QuestionState.DISPUTED, QuestionState.KEPT):
            return viewed(tx, [said], now)[0]
        if memberships.has_entries(tx, team.id, person.id):
            state, kind = QuestionState.DISPUTED, MessageKind.MEMBERSHIP_ASK
        else:
            state, kind = QuestionState.LEFT, MessageKind.MEMBERSHIP_TOLD
            memberships.forget(tx, team.id, person.id)
            _team_changed(tx, team, now)
        memberships.keep(tx, team.id, [person.id], state, now)
        return _send(tx, kind, team.id, person.id, now)


def answer_dispute(
    database: Database, actor: Actor, question_id: int, take_off: bool, now: datetime
) -> QuestionView:
    """What the manager says to a rep who said **Not my manager**; taken off, the rep leaves today
    and what is kept stays. Said again, it changes nothing. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        disputed = memberships.get_many(tx, [question_id]).get(question_id)
        if disputed is None:
            raise Gone
        people.lock(tx, disputed.rep.slack_id)
        found = viewed(tx, [disputed], now)[0]
        if found.team.manager.slack_id != actor.slack_id:
            raise not_theirs(tx, actor, found.team.id)
        if found.state is not QuestionState.DISPUTED:
            return found
        if not take_off:
            return _settled(tx, found, QuestionState.KEPT, now)
        end_today(tx, found.team, [found.rep.id], now)
        _team_changed(tx, found.team, now)
        return _settled(tx, found, QuestionState.TAKEN_OFF, now)


def end_today(tx: Transaction, team: Team, rep_ids: Sequence[int], now: datetime) -> None:
    """Those reps leave the team today; who was still to come never came. Writes."""
    today = team.today(now)
    gone = [one for one in teams.members(tx, team.id, on=today) if one.rep.id in rep_ids]
    teams.end_memberships(tx, [member.id for member in gone], today)
    place_changed(tx, team, rep_ids)
    for member in gone:
        if member.joined_on > today:
            teams.change_membership(
                tx, member.id, joined_on=today, left_on=today, cadences=member.cadences
            )
    ramp.follow(tx, [team], now)


def place_changed(tx: Transaction, team: Team, rep_ids: Sequence[int]) -> None:
    """Those reps' places on that team begin or end at other times: a question to its manager about
    a second one is drawn anew, and so is what asks somebody to take one of them over. Writes."""
    asked = [one for one in memberships.open_for(tx, team.id) if one.rep.id in rep_ids]
    messages.mark_stale(tx, [Subject(MessageKind.MEMBERSHIP_ASK, one.id) for one in asked])
    offers = handovers.open_of_team(tx, team.id)
    alone = [one.id for one in offers if one.rep is not None and one.rep.id in rep_ids]
    messages.mark_stale(tx, [Subject(MessageKind.HANDOVER, one) for one in alone])


def due(
    database: Database, workspace_id: int, question_ids: Sequence[int], now: datetime
) -> dict[int, QuestionView]:
    """Those questions as they stand, by id."""
    with database.reading(workspace_id) as tx:
        found = memberships.get_many(tx, question_ids).values()
        return {one.question.id: one for one in viewed(tx, list(found), now)}


def _settled(
    tx: Transaction, found: QuestionView, after: QuestionState, now: datetime
) -> QuestionView:
    """It is answered: the message that asked says so, and whoever asked is told."""
    messages.mark_stale(tx, [Subject(MessageKind.MEMBERSHIP_ASK, found.question.id)])
    memberships.settle(tx, found.question.id, found.state, after, now)
    return _send(tx, MessageKind.MEMBERSHIP_TOLD, found.team.id, found.rep.id, now)


def _send(
    tx: Transaction, kind: MessageKind, team_id: int, rep_id: int, now: datetime
) -> QuestionView:
    """The question as it stands, of which somebody hears at once."""
    question = memberships.about(tx, team_id, rep_id)
    assert question is not None  # it was kept just now
    set_due(tx, kind, {ScheduleKey(team_id, question.id): now})
    return viewed(tx, [question], now)[0]


def _team_changed(tx: Transaction, team: Team, now: datetime) -> None:
    lists_changed(tx, team.id, team.today(now))
    series.follow_series(tx, team, now)
