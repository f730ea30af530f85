"""What a handover is of as it stands, and its being taken: one rep moves, a whole team passes or is
joined, and what else was offered of it, or waited for it, follows."""

from collections.abc import Iterable
from datetime import datetime

from bot.domain.binder.handover import Handover, HandoverState, HandoverView, ToOffer
from bot.domain.binder.moving import Moved
from bot.domain.delivery import MessageKind, ScheduleKey, Subject
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team
from bot.domain.workspaces.people import Person
from bot.domain.workspaces.refusals import (
    BadField,
    FieldError,
    Gone,
    NotOnTeam,
    Refusal,
)
from bot.services.binder import moving
from bot.services.binder.pass_on import check_may_lead, end_team, pass_team
from bot.services.delivery.schedules import set_due
from bot.services.team.roles import check_may_be_reps
from bot.services.todo import schedule
from storage.binder import handovers
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import teams
from storage.workspaces import audits


def subject(handover_id: int) -> Subject:
    """What the message to whoever is to take it is about."""
    return Subject(MessageKind.HANDOVER, handover_id)


def what_passes(tx: Transaction, team: Team, rep: str | None, now: datetime) -> ToOffer:
    """That team with its reps of today, or the one rep of it, by Slack id. Raises NotOnTeam."""
    there = reps_there(tx, team, now)
    if rep is None:
        return ToOffer(team, None, tuple(one.rep for one in there))
    found = next((one.rep for one in there if one.rep.slack_id == rep), None)
    if found is None:
        raise NotOnTeam(rep, "")
    return ToOffer(team, found, (found,))


def reps_there(tx: Transaction, team: Team, now: datetime) -> list[Membership]:
    """The places of the team's reps of today."""
    today = team.today(now)
    return [one for one in teams.members(tx, team.id, on=today) if one.is_on(today)]


def check_receiver(tx: Transaction, what: ToOffer, to: Person, now: datetime) -> None:
    """Whether that person may take it. Raises BadField, OwnManager and CannotBeRep."""
    if what.rep is None:
        check_may_lead(tx, what.team, to, now)
        return
    if to.id == what.team.manager.id:
        raise BadField("to", FieldError.LEADS_IT_ALREADY)
    if to.bot or not to.active:
        raise BadField("to", FieldError.CANNOT_LEAD)
    if any(one.rep.id == to.id for one in reps_there(tx, what.team, now)):
        raise BadField("to", FieldError.A_REP_OF_IT)
    check_may_be_reps(tx, to.slack_id, [what.rep], now)


def get(tx: Transaction, handover_id: int) -> Handover:
    """Raises Gone."""
    found = handovers.get_many(tx, [handover_id]).get(handover_id)
    if found is None:
        raise Gone
    return found


def view_of(tx: Transaction, found: Handover, now: datetime) -> HandoverView:
    """That one as it stands."""
    return views_of(tx, [found], now)[0]


def views_of(tx: Transaction, found: Iterable[Handover], now: datetime) -> list[HandoverView]:
    """Those as they stand, in as many statements for many as for one."""
    wanted = list(found)
    if not wanted:
        return []
    own = {one.id: one for one in teams.get_many(tx, list({one.team_id for one in wanted}))}
    since = min(team.today(now) for team in own.values())
    there: dict[int, list[Person]] = {}
    for member in teams.members_of(tx, list(own), since):
        if member.is_on(own[member.team_id].today(now)):
            there.setdefault(member.team_id, []).append(member.rep)
    lead = teams.leading(tx, {one.receiver.id for one in wanted})
    return [
        HandoverView(
            one,
            own[one.team_id],
            (one.rep,) if one.rep else tuple(there.get(one.team_id, ())),
            joins=one.state.is_open and one.rep is None and one.receiver.id in lead,
            has_left=one.rep is not None
            and one.rep.id not in {rep.id for rep in there.get(one.team_id, ())},
        )
        for one in wanted
    ]


def answered(tx: Transaction, found: Handover, now: datetime) -> None:
    """It was answered: the message that asked says so, and who offered it is told. Writes."""
    messages.mark_stale(tx, [subject(found.id)])
    set_due(tx, MessageKind.HANDOVER_TOLD, {ScheduleKey(found.team_id, found.id): now})


def to_take(tx: Transaction, view: HandoverView, now: datetime) -> ToOffer:
    """What is taken. Reads alone: raises Gone where what was offered is not its giver's any more,
    and what `check_receiver` raises."""
    found = view.handover
    if view.has_gone_on:
        raise Gone
    try:
        what = what_passes(tx, view.team, found.rep.slack_id if found.rep else None, now)
    except NotOnTeam:
        raise Gone from None
    check_receiver(tx, what, found.receiver, now)
    return what


def take_it(tx: Transaction, view: HandoverView, what: ToOffer, now: datetime) -> None:
    """Writes. What is raised from here on undoes all that this transaction wrote."""
    found = view.handover
    handovers.settle(tx, found.id, HandoverState.TAKEN, now)
    by = found.receiver.slack_id
    pass_it(tx, what, found.receiver, now, by=by, introduced=True)
    answered(tx, found, now)
    own = teams.of_manager(tx, found.receiver.slack_id)
    assert own is not None  # whoever takes something leads a team from then on
    there = {one.id for one in what.reps}
    told = [one for one in reps_there(tx, own, now) if one.rep.id in there and one.rep.active]
    set_due(tx, MessageKind.HANDED_OVER, {ScheduleKey(own.id, one.id): now for one in told})
    settle_others(tx, view.team, found.rep, found.id, now)


def pass_it(
    tx: Transaction, what: ToOffer, to: Person, now: datetime, *, by: str, introduced: bool
) -> Moved | None:
    """It is theirs from now on: a rep moves to their team, or a whole team does, or is passed to
    who leads none. Writes. What went along with reps who moved; None for a team that passed."""
    own, giver, moved = teams.of_manager(tx, to.slack_id), what.team.manager, None
    if what.rep is None and own is None:
        pass_team(tx, what.team, to, now, introduced=introduced)
    else:
        if own is not None:
            _end_crossing(tx, own, what, now)
        if own is None:
            own = _new_team(tx, to, what.team, now)
        moved = _move(tx, what, own, now, introduced=introduced)
    whom = what.rep.slack_id if what.rep else f"{len(what.reps)} reps"
    audits.record(tx, by, "handover", f"{giver.slack_id} to {to.slack_id}: {whom}", now)
    return moved


def _end_crossing(tx: Transaction, own: Team, what: ToOffer, now: datetime) -> None:
    """Whoever takes the other's team keeps their own, and whoever takes a rep who was on both keeps
    that rep: it is offered to that one no more. Writes."""
    coming = {one.id for one in what.reps}
    for one in handovers.open_of_team(tx, own.id):
        crosses = one.rep.id in coming if one.rep else what.rep is None
        if crosses and one.receiver.id == what.team.manager.id:
            _withdraw(tx, one, now)


def _withdraw(tx: Transaction, one: Handover, now: datetime) -> None:
    handovers.settle(tx, one.id, HandoverState.WITHDRAWN, now)
    messages.mark_stale(tx, [subject(one.id)])
    set_due(tx, MessageKind.HANDOVER, {ScheduleKey(one.team_id, one.id): None})


def _move(tx: Transaction, what: ToOffer, own: Team, now: datetime, *, introduced: bool) -> Moved:
    team = what.team
    told = {rep for of, rep in teams.introduced(tx, [team.id]) if introduced}
    if what.rep is None:
        moved = moving.join(tx, team, own, now)
        end_team(tx, team, own, now)
    else:
        moved = moving.move_rep(tx, what.rep, team, own, team.today(now), now)
        told &= {what.rep.id}
    for member in teams.members(tx, own.id) if told else ():
        if member.rep.id in told and not member.is_over(own.today(now)):
            teams.mark_introduced(tx, member.id, now)
    return moved


def _new_team(tx: Transaction, to: Person, like: Team, now: datetime) -> Team:
    """A team for whoever takes a rep and leads none: in their zone, in the country it was in."""
    settings = TeamSettings(country=like.settings.country)
    team = Team(teams.create(tx, to.id, settings, now), to, settings)
    schedule.follow_team(tx, team, now)
    return team


def settle_others(
    tx: Transaction, team: Team, rep: Person | None, done: int, now: datetime
) -> None:
    """What else was offered of what has passed is offered no more; and whoever waited until their
    own team had passed on takes what they waited for. Writes."""
    for one in handovers.open_of_team(tx, team.id):
        if one.id != done and (rep is None or (one.rep and one.rep.id == rep.id)):
            _withdraw(tx, one, now)
    if rep is not None or teams.of_manager(tx, team.manager.slack_id) is not None:
        return
    for one in handovers.waiting_of(tx, team.manager.id):
        view = view_of(tx, one, now)
        try:
            what = to_take(tx, view, now)
        except Refusal:
            # It cannot be taken any more, which is no reason why theirs should not pass on: they
            # are asked again, and read why where they press.
            handovers.change(tx, one.id, state=HandoverState.OFFERED)
            messages.mark_stale(tx, [subject(one.id)])
        else:
            take_it(tx, view, what, now)
            return


def would_go(tx: Transaction, what: ToOffer, own: Team | None, now: datetime) -> Moved | None:
    """What would go along with reps who move to a team that is there; nothing is written."""
    if own is None:
        return None
    if what.rep is None:
        return moving.to_join(tx, what.team, own, now)
    return moving.to_go(tx, what.rep, what.team, own, what.team.today(now))
