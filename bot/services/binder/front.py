"""What opens the binder of a rep: what to know before talking, and this week's reason."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.appointments import Appointment
from bot.domain.binder.handover import Received, received_of
from bot.domain.binder.pages import BinderFront, ReasonsWith, ThisWeek
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import PastTopic
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.in_question import in_question
from bot.domain.todo.lists import SlotState
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Actor, Person
from bot.services.sessions.topics import topics_of
from bot.services.todo.weeks import current_monday, facts_of
from bot.services.workspaces.authority import own_rep
from storage import field_days, promises
from storage.binder import handovers
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.sessions import plans, sessions
from storage.team import moves, teams


def front_of(
    tx: Transaction, team: Team, person: Person, membership: Membership, now: datetime
) -> BinderFront:
    """What to know of that rep, also of one who has left: then nothing that is still to come."""
    today = team.today(now)
    pair = (team.id, person.id)
    over = membership.is_over(today)
    week = None if over else facts_of(tx, team, current_monday(tx, team, now), now)
    return BinderFront(
        week=_this_week(week, person) if week else None,
        away=_away(week, person, today) if week else None,
        coming=_coming(week, team, person, now) if week else (),
        plans=standing_plans(tx, team, person),
        focus=field_days.last_focuses(tx, {pair: today}).get(pair),
        promises=_open_promises(week, person) if week else tuple(promises.open_with(tx, [pair])),
        last=interactions.last_components(tx, team.id, person.id),
        accounts=tuple(field_days.last_accounts(tx, team.id, person.id)),
        results=tuple(one.result for one in week.paces.get(person.id, ())) if week else (),
        in_question=in_question(week, person.id) if week else (),
        received=None if over else _received(tx, team, membership),
    )


def _received(tx: Transaction, team: Team, membership: Membership) -> Received | None:
    moved = [one for one in moves.of_rep(tx, membership.rep.id) if one.to_id == team.id]
    sources = sorted({one.from_id for one in moved})
    came_from = {one.id: one for one in teams.get_many(tx, sources)} if sources else {}
    passed = [team.id, *sources] if sources or team.led_since else []
    passes = handovers.taken_of_teams(tx, passed)
    return received_of(team, membership, moved, passes, came_from)


def standing_plans(
    tx: Transaction, team: Team, person: Person
) -> tuple[tuple[str, PastTopic], ...]:
    """The plans with that rep that stand, in the order of the team's topics, each with its title;
    topics without one, and those that were retired, are left out."""
    last = plans.last_said(tx, [(team.id, person.id)])[team.id, person.id]
    return tuple(
        (topic.title, last[topic.key])
        for topic in topics_of(tx, team.id)
        if topic.key in last and last[topic.key].notes.whole_plan.strip()
    )


def subjects_of(tx: Transaction, entries: Sequence[Interaction]) -> dict[int, tuple[str, ...]]:
    """What there is to tell sessions and field days apart by, of those contacts: the topics in
    which something changed, the accounts that were visited."""
    of_kind: dict[InteractionKind, list[int]] = {kind: [] for kind in InteractionKind}
    for entry in entries:
        of_kind[entry.kind].append(entry.id)
    found = {
        **sessions.spoken_of(tx, of_kind[InteractionKind.SESSION]),
        **field_days.accounts_of(tx, of_kind[InteractionKind.FIELD_DAY]),
    }
    return {contact: tuple(words) for contact, words in found.items()}


def reasons_with(
    database: Database, actor: Actor, rep: str, start: int, now: datetime
) -> ReasonsWith | None:
    """The reasons that this rep (a Slack id) could have this week, best first, shown from `start`
    on; None where there is nothing to choose any more: the slot is done, left out or gone.

    Raises NoTeam and NotOnTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        team, person, _ = own_rep(tx, actor, rep)
        week = facts_of(tx, team, current_monday(tx, team, now), now)
        slot = week.own_slots.get(person.id)
        if slot is None or week.over or person.id not in week.reps:
            return None
        if week.state(slot) is not SlotState.OPEN:
            return None
        return ReasonsWith(person, week.choice(slot, start))


def _this_week(week: Week, person: Person) -> ThisWeek | None:
    slot = week.own_slots.get(person.id)
    if slot is None or person.id not in week.reps:
        return None
    return ThisWeek(
        state=week.state(slot),
        reason=week.reason(slot),
        contact=week.contact_in(person.id, week.monday),
        why_not=slot.not_this_week,
        over=week.over,
    )


def _open_promises(week: Week, person: Person) -> tuple[Promise, ...]:
    return tuple(one for one in week.promises_by_rep.get(person.id, ()) if one.is_open)


def _away(week: Week, person: Person, today: date) -> TimeOff | None:
    return next((off for off in week.away.get(person.id, ()) if off.covers(today)), None)


def _coming(week: Week, team: Team, person: Person, now: datetime) -> tuple[Appointment, ...]:
    """What is planned with that rep and is not past, soonest first."""
    wall = now.astimezone(team.manager_zone).replace(tzinfo=None)
    planned = week.appointments_of.get(person.id, ())
    return tuple(one for one in planned if not one.is_past(wall))
