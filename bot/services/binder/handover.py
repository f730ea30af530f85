"""A team, or one rep of it, is offered to another manager, and taken or not; or an operator passes
it on."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from bot.domain.binder.handover import (
    Handover,
    HandoverState,
    HandoverView,
    ToOffer,
    as_told,
    hours_moved,
    is_of,
)
from bot.domain.binder.moving import Moved
from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import (
    BadField,
    FieldError,
    Gone,
    NoTeam,
    NotYours,
    WaitsForYours,
)
from bot.domain.workspaces.submissions import Made
from bot.services.binder.holding import hold
from bot.services.binder.taking import (
    answered,
    check_receiver,
    get,
    pass_it,
    reps_there,
    settle_others,
    subject,
    take_it,
    to_take,
    view_of,
    views_of,
    what_passes,
    would_go,
)
from bot.services.delivery.schedules import set_due
from bot.services.workspaces.authority import own_rep, require_manager
from storage.binder import handovers
from storage.database.engine import FILE_PATIENCE, Database
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.team import people, teams
from storage.workspaces import submissions


@dataclass(frozen=True)
class Passed:
    """What an operator's handover came to, or would: `joined` where the receiver led a team, and
    what went along then, or with the one rep."""

    team: Team
    receiver: Person
    rep: Person | None
    reps: int
    joined: bool
    moved: Moved | None


class JoinsTeamsError(Exception):
    """Whoever is to take the team leads one: whether the two are joined is to be said."""


def to_offer(database: Database, actor: Actor, rep: str | None, now: datetime) -> ToOffer:
    """What who acts may pass to another manager: a rep of their team (a Slack id), or the team.

    Raises ForManagers, NoTeam and NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        return _to_offer(tx, actor, rep, now)


def check(
    database: Database, actor: Actor, rep: str | None, to: str, now: datetime
) -> tuple[ToOffer, Person]:
    """The same with whom it is for, who may take it. Raises what `to_offer` does, BadField at `to`,
    and what `check_may_lead` does."""
    with database.reading(actor.workspace_id) as tx:
        what = _to_offer(tx, actor, rep, now)
        receiver = _receiver(tx, what, to, now)
        own = teams.of_manager(tx, to)
        if own is not None:
            there = {one.rep.id for one in reps_there(tx, own, now)}
            coming = [one for one in what.reps if one.id not in there]
            on_both = tuple(one for one in what.reps if one.id in there)
            hours = hours_moved(None, own, coming, now)
            what = replace(what, hours=hours, on_both=on_both)
        elif rep is None:
            since = replace(what.team, manager=receiver)
            what = replace(what, hours=hours_moved(what.team, since, what.reps, now))
        return what, receiver


def offer(
    database: Database,
    actor: Actor,
    rep: str | None,
    to: str,
    words: str,
    form: str,
    now: datetime,
) -> HandoverView:
    """Offer it to that person, who is asked once, in their waking hours. The same form sent again
    changes whom and what it says, while nobody answered.

    Raises ForManagers, NoTeam, NotOnTeam, and BadField at `to`: for somebody who cannot take it, or
    where it is offered to somebody already.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock_all(tx, {actor.slack_id, to})
        what = _to_offer(tx, actor, rep, now)
        team = what.team
        receiver = _receiver(tx, what, to, now)
        teams.lock(tx, [team.id])
        sent = submissions.claim(tx, form, Made.HANDOVER, team.manager.id, team.id)
        made = sent.one
        rep_id = what.rep.id if what.rep else None
        for one in handovers.open_of_team(tx, team.id):
            if one.id != made and (one.rep.id if one.rep else None) == rep_id:
                raise BadField("to", FieldError.OFFERED_ALREADY)
        if not made:
            made = handovers.add(
                tx,
                team_id=team.id,
                rep_id=rep_id,
                from_id=team.manager.id,
                to_id=receiver.id,
                words=words.strip(),
                state=HandoverState.OFFERED,
                offered_at=now,
            )
            submissions.keep(tx, sent, made)
            set_due(tx, MessageKind.HANDOVER, {ScheduleKey(team.id, made): now})
        elif get(tx, made).state.is_open:
            handovers.change(tx, made, to_id=receiver.id, words=words.strip())
            messages.mark_stale(tx, [subject(made)])
        return view_of(tx, get(tx, made), now)


def take(
    database: Database, actor: Actor, handover_id: int, now: datetime, *, join: bool = False
) -> HandoverView:
    """**Take it**: it is theirs at once. Of a whole team whose receiver leads one nothing is done
    unless `join` says that the two are joined: the view says that it `joins`. Said again, it
    changes nothing.

    It may take longer than an answer has: whoever presses is answered first. Raises Gone where it
    was taken back, or cannot be taken any more, and NotYours.
    """
    with database.writing(actor.workspace_id, patience=FILE_PATIENCE) as tx:
        found = _answerable(tx, actor, handover_id)
        view = view_of(tx, found, now)
        if found.state is HandoverState.TAKEN or not found.state.is_open:
            return view
        if view.joins and not join:
            return view
        take_it(tx, view, to_take(tx, view, now), now)
        return view_of(tx, get(tx, handover_id), now)


def wait(database: Database, actor: Actor, handover_id: int, now: datetime) -> HandoverView:
    """**Wait**: whoever leads a team takes this one once theirs has passed on. Raises Gone,
    NotYours, and WaitsForYours where that one waits for theirs in turn."""
    with database.writing(actor.workspace_id) as tx:
        found = _answerable(tx, actor, handover_id)
        view = view_of(tx, found, now)
        if found.state is HandoverState.OFFERED and view.joins:
            if found.giver.id in _after(tx, found.receiver):
                raise WaitsForYours(found.giver.name)
            handovers.change(tx, found.id, state=HandoverState.WAITS)
            answered(tx, found, now)
        return view_of(tx, get(tx, handover_id), now)


def _after(tx: Transaction, manager: Person) -> set[int]:
    """Who waits to take the team of that manager, who waits to take theirs, and so on, by id."""
    found, to_do = set[int](), [manager]
    while to_do:
        team = teams.of_manager(tx, to_do.pop().slack_id)
        for one in handovers.open_of_team(tx, team.id) if team else ():
            if one.state is HandoverState.WAITS and one.receiver.id not in found:
                found.add(one.receiver.id)
                to_do.append(one.receiver)
    return found


def decline(database: Database, actor: Actor, handover_id: int, now: datetime) -> HandoverView:
    """**Not so**: it stays where it is, and who offered it is told. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        found = _answerable(tx, actor, handover_id)
        if handovers.settle(tx, found.id, HandoverState.DECLINED, now):
            answered(tx, found, now)
        return view_of(tx, get(tx, handover_id), now)


def withdraw(database: Database, actor: Actor, handover_id: int, now: datetime) -> HandoverView:
    """**Take back**: who offered it keeps it; what was taken stays so. Raises Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        found = _locked(tx, handover_id)
        if found.giver.slack_id != actor.slack_id:
            raise NotYours(found.giver.name) if found.receiver.slack_id == actor.slack_id else Gone
        if handovers.settle(tx, found.id, HandoverState.WITHDRAWN, now):
            messages.mark_stale(tx, [subject(found.id)])
            set_due(tx, MessageKind.HANDOVER, {ScheduleKey(found.team_id, found.id): None})
        return view_of(tx, get(tx, handover_id), now)


def due(
    database: Database, workspace_id: int, ids: Sequence[int], now: datetime
) -> dict[int, HandoverView]:
    """Those handovers as they stand, by id."""
    with database.reading(workspace_id) as tx:
        return {
            one.handover.id: one for one in views_of(tx, handovers.get_many(tx, ids).values(), now)
        }


def told(
    database: Database, workspace_id: int, membership_ids: Sequence[int], now: datetime
) -> dict[int, HandoverView]:
    """By the id of a rep's place on a team, the handover by which it came to whoever manages the
    team now, as `as_told` has it; a place of which there is none, or that is over, is left out."""
    with database.reading(workspace_id) as tx:
        members = teams.get_memberships(tx, membership_ids)
        led = {one.id: one for one in teams.get_many(tx, list({one.team_id for one in members}))}
        taken_by = handovers.taken_by(tx, [team.manager.id for team in led.values()])
        givers = {one.giver.id for one in taken_by}
        earlier = handovers.taken_by(tx, sorted(givers))
        found = {}
        for member in members:
            team = led[member.team_id]
            own = (
                one
                for one in taken_by
                if one.receiver.id == team.manager.id and is_of(one, member.rep)
            )
            last = max(own, key=lambda one: one.id, default=None)
            taken = as_told(last, earlier, member.rep, team.zone_of(member.rep)) if last else None
            if taken is not None and member.is_on(team.today(now)):
                goes_on, at = taken.team_id == team.id, taken.settled_at or now
                # By whose clock it went before, nobody knows of somebody who is erased.
                is_known = goes_on and not taken.giver.is_erased
                before = replace(team, manager=taken.giver) if is_known else None
                # Who was on it already knows when it meets.
                knows = not goes_on and member.joined_on < team.today(at)
                reps = () if knows else (member.rep,)
                hours = hours_moved(before, team, reps, now)
                found[member.id] = HandoverView(
                    taken, team, (member.rep,), hours=hours, on_both=knows
                )
        return found


def open_among(
    tx: Transaction, found: Sequence[Handover], now: datetime
) -> tuple[HandoverView, ...]:
    """Those of the handovers that nobody answered yet."""
    asked = views_of(tx, [one for one in found if one.state.is_open], now)
    return tuple(one for one in asked if one.can_be_answered)


def by_operator(
    database: Database,
    workspace_id: int,
    giver: str,
    receiver: str,
    rep: str | None,
    now: datetime,
    *,
    join: bool,
    dry_run: bool,
) -> Passed:
    """Pass a team, or one rep of it, to another manager, by Slack ids, whether its manager is there
    or has left. Its reps hear nothing of it until the new manager sends the introductions. In a dry
    run nothing is written.

    Raises NoTeam, NotOnTeam, BadField, JoinsTeamsError where the receiver leads a team and `join`
    does not say that the two are joined, and whatever refuses a rep a place.
    """
    writing = database.writing(workspace_id, patience=FILE_PATIENCE)
    with database.reading(workspace_id) if dry_run else writing as tx:
        team, to = teams.of_manager(tx, giver), people.get(tx, receiver)
        if team is None:
            raise NoTeam
        if to is None:
            raise BadField("to", FieldError.CANNOT_LEAD)
        if not dry_run:
            hold(tx, team.id, team.manager, to, people.get(tx, rep) if rep else None)
            team, to = _led_still(tx, giver, team), people.get_many(tx, [receiver])[receiver]
        what = what_passes(tx, team, rep, now)
        check_receiver(tx, what, to, now)
        own = teams.of_manager(tx, to.slack_id)
        joins = what.rep is None and own is not None
        if joins and not join:
            raise JoinsTeamsError
        done = Passed(team, to, what.rep, len(what.reps), joins, None)
        if dry_run:
            return replace(done, moved=would_go(tx, what, own, now))
        made = handovers.add(
            tx,
            team_id=team.id,
            rep_id=what.rep.id if what.rep else None,
            from_id=team.manager.id,
            to_id=to.id,
            words="",
            state=HandoverState.TAKEN,
            offered_at=now,
            settled_at=now,
        )
        moved = pass_it(tx, what, to, now, by="operator", introduced=False)
        settle_others(tx, team, what.rep, made, now)
        return replace(done, moved=moved)


def _led_still(tx: Transaction, manager: str, before: Team) -> Team:
    """Raises NoTeam where somebody else was faster."""
    team = teams.of_manager(tx, manager)
    if team is None or team.id != before.id:
        raise NoTeam
    return team


def _to_offer(tx: Transaction, actor: Actor, rep: str | None, now: datetime) -> ToOffer:
    team = require_manager(tx, actor, now)
    if rep is not None:
        own_rep(tx, actor, rep)
    return what_passes(tx, team, rep, now)


def _receiver(tx: Transaction, what: ToOffer, to: str, now: datetime) -> Person:
    person = people.get(tx, to)
    if person is None:
        raise BadField("to", FieldError.CANNOT_LEAD)
    check_receiver(tx, what, person, now)
    return person


def _locked(tx: Transaction, handover_id: int) -> Handover:
    """That handover, held with all that an answer to it may change. Raises Gone."""
    found = get(tx, handover_id)
    hold(tx, found.team_id, found.giver, found.receiver, found.rep)
    handovers.lock(tx, handover_id)
    return get(tx, handover_id)


def _answerable(tx: Transaction, actor: Actor, handover_id: int) -> Handover:
    """Raises Gone, also for whoever has nothing to do with it, and NotYours for who offered it."""
    found = _locked(tx, handover_id)
    if found.receiver.slack_id != actor.slack_id:
        raise NotYours(found.receiver.name) if found.giver.slack_id == actor.slack_id else Gone
    return found
