"""What a team's week is made of, loaded and kept for any number of teams in the same few
statements."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from bot.domain.accounts.dates import LEADS
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.promises import Promise
from bot.domain.results.saving import helped_of, standing_of
from bot.domain.team.cadence import LONGEST
from bot.domain.team.calendar import WEEK
from bot.domain.team.teams import Membership, Team, by_team
from bot.domain.todo.known import LOOKED_BACK, is_leaving
from bot.domain.todo.lists import SlotState
from bot.domain.todo.reasons import Reason
from bot.domain.todo.sources.promises import KEPT_LATELY
from bot.domain.todo.week import Week
from bot.domain.workspaces.people import Actor, Person
from bot.services.results.pace import paces_from, running_for
from bot.services.workspaces import calendars
from bot.services.workspaces.absence import with_fit_stand_ins
from bot.services.workspaces.authority import own_team
from storage import appointments, field_days, promises, todo
from storage.accounts import acquaintances, transitions
from storage.accounts import dates as account_dates
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import saving
from storage.sessions import plans as plan_rows
from storage.team import absences, teams

TeamWeek = tuple[int, date]
"""A team by id, and the Monday that names a week."""


CHECKED_AFTER = timedelta(days=31)
"""For how long after its period a save-it plan that nobody closed comes up."""


def facts_for(
    tx: Transaction, found: Mapping[int, Team], wanted: Collection[TeamWeek], now: datetime
) -> dict[TeamWeek, Week]:
    """What is known of those weeks of those teams; a team that is not among `found` is left out."""
    pairs = [(team, monday) for team, monday in wanted if team in found]
    return _load(tx, found, pairs, now) if pairs else {}


def facts_of(
    tx: Transaction,
    team: Team,
    monday: date,
    now: datetime,
    promised: Sequence[Promise] | None = None,
) -> Week:
    """What is known of that week of a team. `promised`: the promises that stand, with those that
    were closed since `promised_since(monday)`, where they were read already."""
    if promised is not None:
        promised = _open_or_kept(promised)
    return _load(tx, {team.id: team}, [(team.id, monday)], now, promised)[team.id, monday]


def promised_since(monday: date) -> date:
    """From that day on it matters to the list of a week that a promise was kept."""
    return monday - KEPT_LATELY - WEEK


def _open_or_kept(found: Iterable[Promise]) -> list[Promise]:
    """Those that a list may speak of, as `promises.of_teams` has them: by id, the open ones
    first."""
    told = [one for one in found if one.is_open or one.kept_on is not None]
    return sorted(told, key=lambda one: (not one.is_open, one.id))


def current_monday(tx: Transaction, team: Team, now: datetime) -> date:
    """The Monday of the week that is this week for the manager.

    At the weekend it is the week to come, where its list has come already.
    """
    today = team.today(now)
    calendar = calendars.of_team(team.settings, today)
    monday = calendar.week_of(today)
    if today <= calendar.span(monday)[1]:
        return monday
    coming = monday + WEEK
    return coming if todo.latest(tx, [team.id]).get(team.id) == coming else monday


def reason_with(database: Database, actor: Actor, rep: str, now: datetime) -> Reason | None:
    """This week's reason for a rep (a Slack id) of who acts; None where there is none to show.

    Raises NoTeam.
    """
    with database.reading(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        today = team.today(now)
        members = teams.members(tx, team.id, on=today)
        found = (one.rep for one in members if one.is_on(today) and one.rep.slack_id == rep)
        person = next(found, None)
        return reason_of(tx, team, person, now) if person else None


def reason_of(tx: Transaction, team: Team, rep: Person, now: datetime) -> Reason | None:
    """This week's reason for that rep; None where the rep has no slot, or it is done."""
    week = facts_of(tx, team, current_monday(tx, team, now), now)
    slot = week.own_slots.get(rep.id)
    if slot is None or rep.id not in week.reps or week.state(slot) is not SlotState.OPEN:
        return None
    return week.reason(slot)


def is_made(week: Week) -> bool:
    """Whether `made` would leave that week as it is: who only looks then need not write."""
    return not week.new_slots() and not week.mended_slots()


@dataclass(frozen=True)
class SlotsToMake:
    """What weeks lack: a slot for every rep who has none, and a day and a reason that is good for
    each of the others."""

    new: Mapping[TeamWeek, Sequence[tuple[Membership, date | None, Reason]]]
    mended: Mapping[int, tuple[date | None, Reason]]


def slots_to_make(weeks: Mapping[TeamWeek, Week]) -> SlotsToMake:
    """What those weeks lack. It takes its time, and needs no transaction."""
    return SlotsToMake(
        {pair: week.new_slots() for pair, week in weeks.items()},
        {slot: to for week in weeks.values() for slot, to in week.mended_slots().items()},
    )


def made(tx: Transaction, weeks: dict[TeamWeek, Week], now: datetime) -> dict[TeamWeek, Week]:
    """Those weeks with a slot for every rep, each on a day and with a reason that is good. Writes
    where any was missing."""
    return make_slots(tx, weeks, slots_to_make(weeks), now)


def make_slots(
    tx: Transaction, weeks: dict[TeamWeek, Week], lacking: SlotsToMake, now: datetime
) -> dict[TeamWeek, Week]:
    """Those weeks with what they lack, as kept: where somebody made a slot meanwhile, theirs.
    Writes where anything is lacking."""
    if not weeks:
        return {}
    new = lacking.new
    todo.change_all(tx, lacking.mended)
    incomplete = [pair for pair, slots in new.items() if slots]
    if incomplete:
        todo.make_lists(tx, incomplete, now)
    if not incomplete and not lacking.mended:
        return weeks
    lists = todo.lists(
        tx,
        list({team for team, _ in weeks}),
        min(monday for _, monday in weeks),
        max(monday for _, monday in weeks),
    )
    todo.add_slots(
        tx,
        [
            (lists[pair], member.rep.id, day, reason)
            for pair in incomplete
            for member, day, reason in new[pair]
        ],
    )
    fresh = todo.slots_of(
        tx,
        {lists[pair]: pair for pair in weeks},
        {member.rep.id: member.rep for week in weeks.values() for member in week.members},
    )
    return {pair: week.with_slots(fresh[pair]) for pair, week in weeks.items()}


def _load(
    tx: Transaction,
    found: Mapping[int, Team],
    wanted: Collection[TeamWeek],
    now: datetime,
    promised: Sequence[Promise] | None = None,
) -> dict[TeamWeek, Week]:
    ids = list(found)
    working = {pair: calendars.of_team(found[pair[0]].settings, pair[1]) for pair in wanted}
    first = min(working[pair].begins(pair[1]) for pair in wanted) - LOOKED_BACK
    last = max(monday for _, monday in wanted)
    members = teams.members_of(tx, ids, first)
    places = {(member.team_id, member.rep.id) for member in members}
    places |= {(team.id, team.manager.id) for team in found.values()}
    today = {team.id: team.today(now) for team in found.values()}
    running = running_for(tx, found, members, today)
    known_away = absences.of_people(tx, places, min(first, running.since))
    away = {
        place: [off for off in days if off.ends_on is None or off.ends_on >= first]
        for place, days in known_away.items()
    }
    managers = {team.id: away[team.id, team.manager.id] for team in found.values()}
    managers_away = with_fit_stand_ins(tx, list(found.values()), managers, now, members)
    stood_in = [off.id for days in managers.values() for off in days if off.stand_in_id is not None]
    ticked = absences.ticked(tx, stood_in) if stood_in else {}
    stand_ins = {
        (team_id, off.stand_in_id)
        for team_id, days in managers_away.items()
        for off in days
        if off.stand_in_id is not None
    }
    stand_ins_away = absences.of_people(tx, stand_ins, first) if stand_ins else {}
    contacts = interactions.contacts(tx, ids, first, last + timedelta(days=6))
    if promised is None:
        promised = promises.of_teams(tx, ids, promised_since(last))
    plans = plan_rows.of_teams(tx, ids, first, last + timedelta(days=6))
    mondays = {monday for _, monday in wanted}
    leaving = [
        one.team_id
        for one in members
        if one.left_on is not None and any(is_leaving(one, monday) for monday in mondays)
    ]
    passing = transitions.of_teams(tx, ids)
    visited = {*leaving, *(one.team_id for one in passing)}
    known = acquaintances.of_teams(tx, sorted(visited)) if visited else {}
    span = min(mondays) - WEEK, last + WEEK + max(LEADS)
    ahead = account_dates.of_teams(tx, ids, *span)
    been = acquaintances.been_ahead(tx, ids, *span)
    planned = appointments.standing(tx, ids)
    components = interactions.latest_components(tx, ids, first - timedelta(days=LONGEST))
    ends = last + timedelta(days=6)
    focuses = field_days.last_focuses(
        tx, {(member.team_id, member.rep.id): ends for member in members}
    )
    issues, answers = todo.issues_with_answers(tx, ids, first)
    slots = todo.slots(tx, ids, first, last)
    paces = paces_from(tx, found, running, known_away, today)
    checked_since = min(today.values()) - CHECKED_AFTER
    own_components: dict[int, dict[int, dict[InteractionKind, date]]] = {}
    for (team_id, rep_id), latest in components.items():
        own_components.setdefault(team_id, {})[rep_id] = latest
    own_members = by_team(members)
    own_contacts = by_team(contacts)
    own_promises = by_team(promised)
    own_slots = by_team(slots)
    own_plans = by_team(plans)
    own_focuses = by_team(focuses.values())
    own_planned = by_team(planned)
    own_passing = by_team(passing)
    own_ahead = by_team(ahead)
    own_saving = by_team(saving.since_or_helped(tx, ids, checked_since))
    weeks = {}
    for team_id, monday in wanted:
        team = found[team_id]
        memberships = own_members.get(team_id, [])
        here = {team.manager.id, *(member.rep.id for member in memberships)}
        weeks[team_id, monday] = Week(
            team=team,
            monday=monday,
            today=today[team_id],
            members=tuple(memberships),
            away={
                **{person: away[team_id, person] for person in here},
                **{who: days for (of, who), days in stand_ins_away.items() if of == team_id},
                team.manager.id: managers_away[team_id],
            },
            contacts=tuple(own_contacts.get(team_id, ())),
            promises=tuple(own_promises.get(team_id, ())),
            issues=tuple(one for one in issues[team_id] if one.ends_on >= first + LOOKED_BACK),
            plans=tuple(own_plans.get(team_id, ())),
            appointments=tuple(own_planned.get(team_id, ())),
            acquaintances=tuple(known.get(team_id, ())),
            transitions=tuple(own_passing.get(team_id, ())),
            components=own_components.get(team_id, {}),
            focuses=tuple(own_focuses.get(team_id, ())),
            slots=tuple(
                slot
                for slot in own_slots.get(team_id, ())
                if monday - LOOKED_BACK <= slot.monday <= monday
            ),
            calendar=working[team_id, monday],
            ticked=ticked,
            paces=paces.get(team_id, {}),
            helped=helped_of(own_saving.get(team_id, ())),
            saving=standing_of(own_saving.get(team_id, ()), checked_since),
            dates=tuple(own_ahead.get(team_id, ())),
            been=tuple(been.get(team_id, ())),
            answers=answers,
        )
    return weeks
