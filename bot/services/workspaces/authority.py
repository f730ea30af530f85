"""Who may do what: from who acts, against the database."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Protocol, TypeVar

from bot.domain.accounts.accounts import Account
from bot.domain.accounts.dates import AccountDate
from bot.domain.accounts.market import MarketNote, MarketTag
from bot.domain.accounts.transitions import Transition
from bot.domain.appointments import (
    Appointment,
)
from bot.domain.contacts.interactions import Interaction
from bot.domain.contacts.touches import EARLIEST_DAY
from bot.domain.meetings.agenda import AgendaItem, Role, named_in
from bot.domain.meetings.meetings import Meeting
from bot.domain.promises import Owner, Promise
from bot.domain.team.calendar import local_date
from bot.domain.team.teams import Membership, Team
from bot.domain.todo.lists import Reader
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import (
    BadField,
    CannotBeRep,
    FieldError,
    ForManagers,
    Gone,
    NoTeam,
    NotOnTeam,
    NotYours,
    Oneself,
    OwnManager,
    Refusal,
)
from bot.services.workspaces.absence import stands_in, stood_in_for
from bot.services.workspaces.naming import namable_in
from storage import appointments, promises
from storage.accounts import accounts, dates, market, transitions
from storage.contacts import interactions
from storage.database.transaction import Transaction
from storage.meetings import agenda, meetings
from storage.team import people, teams


def own_team(tx: Transaction, actor: Actor) -> Team:
    """The team of who acts. Raises NoTeam."""
    team = teams.of_manager(tx, actor.slack_id)
    if team is None:
        raise NoTeam
    return team


def require_manager(tx: Transaction, actor: Actor, now: datetime) -> Team:
    """The team of who acts, where only a manager has any business.

    Raises ForManagers for a rep, and NoTeam only for someone without any team.
    """
    team = teams.of_manager(tx, actor.slack_id)
    if team is None:
        if memberships_of(tx, actor.slack_id, now):
            raise ForManagers
        raise NoTeam
    return team


def memberships_of(
    tx: Transaction, slack_id: str, now: datetime
) -> list[tuple[Team, Membership, date]]:
    """The teams that person's time on is not over, with the membership on each and the date on the
    person's wall, which is the team's where Slack has no zone of theirs."""
    found = []
    for team, membership in teams.memberships_of(tx, slack_id, now.date() - timedelta(days=1)):
        today = local_date(now, team.zone_of(membership.rep))
        there = membership.left_on is None or membership.left_on > today
        if there and not membership.leads_manager:
            found.append((team, membership, today))
    return found


def on_today(tx: Transaction, slack_id: str, now: datetime) -> list[tuple[Team, Membership]]:
    """The teams that person is on today, with the membership on each; of one that begins later
    there is nothing yet."""
    found = memberships_of(tx, slack_id, now)
    return [(team, membership) for team, membership, today in found if membership.is_on(today)]


def all_memberships_of(
    tx: Transaction, slack_id: str, now: datetime
) -> list[tuple[Team, Membership, date]]:
    """The same of every team that person is, was or is to be on: the newest membership on each."""
    newest: dict[int, tuple[Team, Membership]] = {}
    for team, membership in teams.memberships_of(tx, slack_id, date.min):
        known = newest.get(team.id)
        if known is None or (known[1].joined_on, known[1].id) < (
            membership.joined_on,
            membership.id,
        ):
            newest[team.id] = team, membership
    return [
        (team, membership, local_date(now, team.zone_of(membership.rep)))
        for team, membership in newest.values()
    ]


def own_rep(tx: Transaction, actor: Actor, rep: str) -> tuple[Team, Person, Membership]:
    """The team of who acts, and that rep's newest membership on it, be it over.

    Raises NoTeam and NotOnTeam.
    """
    found = teams.with_rep(tx, actor.slack_id, rep)
    if found is None:
        raise NoTeam
    team, person, membership = found
    if person is None or membership is None:
        raise NotOnTeam(rep, person.name if person else "")
    return team, person, membership


def require_rep(
    tx: Transaction, actor: Actor, rep: str, day: date, now: datetime
) -> tuple[Team, Membership]:
    """The team of who acts, and the membership of `rep` (a Slack id) on it on the day of a contact.

    Raises NoTeam, Oneself, NotOnTeam, CannotBeRep, and BadField for a day that cannot be.
    """
    found = teams.with_rep(tx, actor.slack_id, rep)
    if found is None:
        raise NoTeam
    if day > found[0].today(now):
        raise BadField("day", FieldError.FUTURE_DAY)
    if day < EARLIEST_DAY:
        raise BadField("day", FieldError.TOO_LONG_AGO)
    return found[0], membership_of(found, actor, rep, day)


def membership_of(
    found: tuple[Team, Person | None, Membership | None], actor: Actor, rep: str, day: date
) -> Membership:
    """The rep's membership on the team on that day, of what `teams.with_rep` found.

    Raises Oneself, NotOnTeam, CannotBeRep, OwnManager.
    """
    _, person, membership = found
    if rep == actor.slack_id:
        raise Oneself
    if person is not None and (person.bot or not person.active):
        raise CannotBeRep((person.name,))
    if membership is None or (membership.left_on is not None and membership.left_on <= day):
        raise NotOnTeam(rep, person.name if person else "")
    if membership.leads_manager:
        raise OwnManager((membership.rep.name,))
    return membership


def not_theirs(tx: Transaction, actor: Actor, team_id: int, *known_to: int) -> Refusal:
    """What who acts is told of something that another team has: whose it is, where they may know of
    it; else the same as of what is not there at all, so that an id tells nobody anything.

    They may know of it who lead the team, are or were its reps, were named to stand in, or are
    among `known_to` (persons), such as who wrote it.
    """
    team, person = teams.get(tx, team_id), people.get(tx, actor.slack_id)
    if team is None or person is None:
        return Gone()
    led = led_now(tx, team)
    may_know = (
        person.id in (team.manager.id, *known_to)
        or team.id in teams.ever_with(tx, person.id)
        or team.id in {one.id for one in teams.stood_in_for(tx, person.slack_id)}
    )
    return NotYours(led.manager.name) if may_know else Gone()


def led_now(tx: Transaction, team: Team) -> Team:
    """That team, or the one that it was joined with."""
    other = teams.get(tx, team.joined_to) if team.joined_to is not None else None
    return other or team


def own_interaction(tx: Transaction, actor: Actor, interaction_id: int) -> tuple[Team, Interaction]:
    """A contact on the team of who acts. Raises Gone and NotYours."""
    mine = teams.of_manager(tx, actor.slack_id)
    found = interactions.get(tx, interaction_id, mine.manager.id if mine else 0)
    if found is None:
        raise Gone
    if mine is None or mine.id != found.team_id:
        raise not_theirs(tx, actor, found.team_id, found.author_id)
    return mine, found


def require_readable(tx: Transaction, contact: Interaction) -> None:
    """Whether who manages the team may read the words of that contact, and so change or share them.
    Raises NotYours, naming the earlier manager whose they are."""
    if contact.is_withheld:
        author = people.get_many_by_id(tx, [contact.author_id])[contact.author_id]
        raise NotYours(author.name)


def require_own(tx: Transaction, contact: Interaction) -> None:
    """Whether who manages the team may change that contact: not what came along with a rep, which
    whoever noted it changes where it was first, nor what `require_readable` keeps from them. Raises
    NotYours, naming the earlier manager whose it is."""
    require_readable(tx, contact)
    if contact.came_along:
        raise NotYours(people.get_many_by_id(tx, [contact.author_id])[contact.author_id].name)


def own_or_stood_in(
    tx: Transaction, actor: Actor, interaction_id: int, now: datetime
) -> tuple[Team, Interaction]:
    """The same, or a contact that who acts had while standing in for its manager, who is still
    away. Raises Gone and NotYours."""
    found = interactions.get(tx, interaction_id, 0)
    team = teams.get(tx, found.team_id) if found else None
    person = people.get(tx, actor.slack_id)
    is_own = found is not None and person is not None and found.author_id == person.id
    if is_own and found and person and team and stands_in(tx, person, team, now):
        return team, found
    return own_interaction(tx, actor, interaction_id)


def reps_on(tx: Transaction, team: Team, day: date) -> list[Person]:
    """The reps who are on that team that day."""
    return [one.rep for one in teams.members(tx, team.id, on=day) if one.is_on(day)]


def meeting_role(tx: Transaction, actor: Actor, team: Team, now: datetime) -> Role:
    """What who acts is to the meetings of that team.

    Raises NotYours for who was something to it once, or where it was joined with another, and Gone
    for anyone else.
    """
    if team.joined_to is not None:
        raise not_theirs(tx, actor, team.id)
    if team.manager.slack_id == actor.slack_id:
        return Role.MANAGER
    person = people.get(tx, actor.slack_id)
    if person is not None:
        if stands_in(tx, person, team, now):
            return Role.STAND_IN
        if person.id in {rep.id for rep in reps_on(tx, team, team.today(now))}:
            return Role.REP
    raise not_theirs(tx, actor, team.id)


def promise_to_change(tx: Transaction, actor: Actor, promise_id: int) -> tuple[Team, Promise]:
    """A promise that who acts may change: the manager any of the team, the rep their own. What a
    rep said between the two of them is for the manager it was said to, as the manager of the team
    that they answer to, and for no later one.

    What a rep answers, who has moved since, is what it is where they sit now. Raises Gone and
    NotYours.
    """
    promise = promises.get(tx, promise_id)
    if promise is not None and promise.moved and promise.rep.slack_id == actor.slack_id:
        promise = promises.get(tx, promises.goes_on_as(tx, promise.id) or promise.id)
    team = teams.get(tx, promise.team_id) if promise else None
    if promise is None or team is None or promise.deleted:
        raise Gone
    if promise.told_to_id not in (None, team.manager.id):
        told_to = people.get_many_by_id(tx, [promise.told_to_id or 0])[promise.told_to_id or 0]
        if actor.slack_id != told_to.slack_id:
            raise Gone
        return replace(team, manager=told_to), promise
    if team.manager.slack_id != actor.slack_id and not _owns(promise, actor):
        raise not_theirs(tx, actor, team.id)
    return team, promise


def gone_on(tx: Transaction, promise: Promise) -> Refusal:
    """What the earlier manager is told of a promise that went on with its rep: whose it is."""
    there = promises.get(tx, promises.goes_on_as(tx, promise.id) or promise.id)
    team = teams.get(tx, there.team_id) if there else None
    return NotYours(team.manager.name) if team else Gone()


def promise_of_rep(tx: Transaction, actor: Actor, promise_id: int) -> tuple[Team, Promise]:
    """A promise that who acts owns as a rep. Raises Gone and NotYours."""
    team, promise = promise_to_change(tx, actor, promise_id)
    if not _owns(promise, actor):
        raise NotYours("")
    return team, promise


def _owns(promise: Promise, actor: Actor) -> bool:
    """Whether it is theirs as a rep, and was shown to them."""
    is_own = promise.owner is Owner.REP and promise.rep.slack_id == actor.slack_id
    return is_own and promise.shown


def managed_promise(tx: Transaction, actor: Actor, promise_id: int) -> tuple[Team, Promise]:
    """A promise of the team that who acts manages. Raises Gone and NotYours."""
    team, promise = promise_to_change(tx, actor, promise_id)
    if team.manager.slack_id != actor.slack_id:
        raise NotYours(team.manager.name)
    return team, promise


def authored_contact(tx: Transaction, actor: Actor, interaction_id: int) -> Interaction:
    """A contact that who acts wrote down, and may keep a private note with. Raises Gone and
    NotYours."""
    team, contact = own_interaction(tx, actor, interaction_id)
    if contact.deleted_at is not None:
        raise Gone
    if contact.author_id != team.manager.id:
        raise NotYours("")
    return contact


class OfTeam(Protocol):
    """Whatever a team has."""

    @property
    def team_id(self) -> int: ...


One = TypeVar("One", bound=OfTeam)


def _of_team(tx: Transaction, actor: Actor, team: Team, one: One | None) -> tuple[Team, One]:
    """What was found by its id, where `team` has it, which who acts manages."""
    if one is None:
        raise Gone
    if one.team_id != team.id:
        raise not_theirs(tx, actor, one.team_id)
    return team, one


def own_appointment(tx: Transaction, actor: Actor, appointment_id: int) -> tuple[Team, Appointment]:
    """One of the team of who acts. Raises NoTeam, Gone and NotYours."""
    team = own_team(tx, actor)
    found = appointments.get_many(tx, [appointment_id])
    return _of_team(tx, actor, team, found.get(appointment_id))


def appointment_of_rep(
    tx: Transaction, actor: Actor, appointment_id: int
) -> tuple[Team, Appointment]:
    """One that stands, of the rep who acts. Raises Gone and NotYours."""
    appointment = appointments.get_many(tx, [appointment_id]).get(appointment_id)
    team = teams.get(tx, appointment.team_id) if appointment else None
    if appointment is None or team is None or not appointment.stands:
        raise Gone
    if appointment.rep.slack_id != actor.slack_id:
        raise not_theirs(tx, actor, team.id)
    return team, appointment


def own_transition(tx: Transaction, actor: Actor, transition_id: int) -> tuple[Team, Transition]:
    """One of the team of who acts. Raises NoTeam, Gone and NotYours."""
    team = own_team(tx, actor)
    return _of_team(tx, actor, team, transitions.get(tx, transition_id))


def own_account(tx: Transaction, actor: Actor, account_id: int) -> tuple[Team, Account]:
    """One of the team of who acts. Raises NoTeam, Gone and NotYours."""
    team = own_team(tx, actor)
    return _of_team(tx, actor, team, accounts.get(tx, account_id))


def own_account_date(tx: Transaction, actor: Actor, date_id: int) -> tuple[Team, AccountDate]:
    """One of the team of who acts, gone or not. Raises NoTeam, Gone and NotYours."""
    team = own_team(tx, actor)
    return _of_team(tx, actor, team, dates.get(tx, date_id))


def own_market_tag(
    tx: Transaction, actor: Actor, tag_id: int, now: datetime
) -> tuple[Team, MarketTag]:
    """One of the team of who acts. Raises ForManagers, NoTeam, Gone and NotYours."""
    team = require_manager(tx, actor, now)
    return _of_team(tx, actor, team, market.get_tag(tx, tag_id))


def own_market_note(
    tx: Transaction, actor: Actor, note_id: int, now: datetime
) -> tuple[Team, MarketNote]:
    """One of the team of who acts. Raises ForManagers, NoTeam, Gone and NotYours."""
    team = require_manager(tx, actor, now)
    return _of_team(tx, actor, team, market.get(tx, note_id))


def own_item(
    tx: Transaction, actor: Actor, item_id: int, now: datetime
) -> tuple[Team, Role, AgendaItem]:
    """An item that who acts may change: the manager any, who stands in any for the team that they
    see, a rep their own. Raises Gone and NotYours."""
    item = agenda.get(tx, item_id)
    team = teams.get(tx, item.team_id) if item else None
    if item is None or team is None or item.done_in is not None:
        raise Gone
    role = meeting_role(tx, actor, team, now)
    mine = item.author is not None and item.author.slack_id == actor.slack_id
    # What is for a session with one rep is the manager's alone, whoever leads the meeting.
    allowed = role is Role.MANAGER or (item.rep is None and (role.leads or mine))
    if role is Role.STAND_IN and not mine:
        allowed = allowed and named_in(item, namable_in(tx, team, item.text)) is None
    if not allowed:
        raise NotYours(team.manager.name)
    return team, role, item


def led_item(tx: Transaction, actor: Actor, item_id: int, now: datetime) -> tuple[Team, AgendaItem]:
    """An item of a team whose meetings who acts leads. Raises Gone and NotYours."""
    team, role, item = own_item(tx, actor, item_id, now)
    if not role.leads:
        raise NotYours(team.manager.name)
    return team, item


def led_team(tx: Transaction, actor: Actor, team_id: int, now: datetime) -> Team:
    """A team whose meetings who acts leads. Raises Gone and NotYours."""
    team = teams.get(tx, team_id)
    if team is None:
        raise Gone
    if not meeting_role(tx, actor, team, now).leads:
        raise NotYours(team.manager.name)
    return team


def attended_meeting(
    tx: Transaction, actor: Actor, meeting_id: int, now: datetime
) -> tuple[Team, Meeting, Role]:
    """A meeting of a team that who acts is on. Raises Gone and NotYours."""
    meeting = meetings.get_many(tx, [meeting_id]).get(meeting_id)
    team = teams.get(tx, meeting.team_id) if meeting else None
    if meeting is None or team is None:
        raise Gone
    try:
        return team, meeting, meeting_role(tx, actor, team, now)
    except Gone:
        if meeting.out_at is None:
            raise
        # Its agenda stands in a channel, where others than the team may be.
        raise NotYours(led_now(tx, team).manager.name) from None


def led_meeting(
    tx: Transaction, actor: Actor, meeting_id: int, now: datetime
) -> tuple[Team, Meeting]:
    """A meeting that who acts leads: its manager, or who stands in. Raises Gone and NotYours."""
    team, meeting, role = attended_meeting(tx, actor, meeting_id, now)
    if not role.leads:
        raise NotYours(team.manager.name)
    return team, meeting


def list_of_actor(tx: Transaction, actor: Actor, now: datetime) -> tuple[Team, Reader]:
    """The team of who acts, or the one they stand in for today. Raises NoTeam."""
    team = teams.of_manager(tx, actor.slack_id)
    if team is not None:
        return team, Reader.MANAGER
    person = people.get(tx, actor.slack_id)
    for stood_in in stood_in_for(tx, person, now) if person else ():
        return stood_in, Reader.STAND_IN
    return require_manager(tx, actor, now), Reader.MANAGER


def reader_of_list(
    tx: Transaction, actor: Actor, team_id: int, now: datetime
) -> tuple[Team, Reader]:
    """That team, whose list who acts may see today. Raises Gone and NotYours."""
    team = teams.get(tx, team_id)
    if team is None:
        raise Gone
    if team.joined_to is not None:
        raise NotYours(led_now(tx, team).manager.name)
    if team.manager.slack_id == actor.slack_id:
        return team, Reader.MANAGER
    person = people.get(tx, actor.slack_id)
    if person and stands_in(tx, person, team, now):
        return team, Reader.STAND_IN
    raise NotYours(team.manager.name)
