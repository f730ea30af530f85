"""Somebody's own days away, a manager's or a rep's, and who stands in for a manager."""

from collections.abc import Sequence
from datetime import date, datetime

from bot.domain.delivery import MessageKind
from bot.domain.promises import Promise, may_be_ticked
from bot.domain.team.roles import TeamRole, in_the_way, may_be
from bot.domain.team.teams import AwayView, Team, TimeOff
from bot.domain.team.time_off import AwayEntry, reader_on
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError, NoTeam
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.meetings import series
from bot.services.results import activity
from bot.services.team import ramp
from bot.services.todo import schedule
from bot.services.workspaces.absence import days_off, held_by, managers_own_days_off
from bot.services.workspaces.authority import memberships_of
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import absences, people, teams
from storage.workspaces import submissions


def days_away(database: Database, actor: Actor, now: datetime) -> AwayView:
    """When who acts is away, from today on. Raises NoTeam for someone who is no rep either."""
    with database.reading(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        return _facts(tx, team, now) if team else _rep_facts(tx, *_as_rep(tx, actor, now))


def add(
    database: Database, actor: Actor, entry: AwayEntry, form: str, now: datetime
) -> tuple[TimeOff, Person | None, date]:
    """Who acts is away, on every team; the same days entered again have the stand-in named last,
    and the same form sent again replaces the days it said before.

    What was kept, who stands in, and the date on the wall of who acts. Raises NoTeam, and BadField
    for days or a stand-in that cannot be.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock(tx, actor.slack_id)
        team = teams.of_manager(tx, actor.slack_id)
        if team is None:
            return _add_as_rep(tx, actor, entry, form, now)
        _check_days(entry, team.today(now))
        stand_in = _stand_in(tx, team, entry)
        allowed = {promise.id for promise in _to_tick(tx, team)} if stand_in else set()
        before = _reader_today(tx, team, now)
        sent = submissions.claim(tx, form, Made.TIME_OFF, team.manager.id, team.id)
        for off in days_off(tx, team, team.manager):
            same = (off.starts_on, off.ends_on) == (entry.starts_on, entry.ends_on)
            if same or off.id == sent.one:
                absences.remove(tx, team.manager.id, off.id, None)
        made = absences.add(
            tx,
            team.manager.id,
            entry.starts_on,
            entry.ends_on,
            stand_in.id if stand_in else None,
        )
        absences.tick(tx, made, entry.ticked & allowed)
        submissions.keep(tx, sent, made)
        facts = _changed(tx, team, before, now)
        days = (entry.starts_on, entry.ends_on)
        kept = next(off for off, _ in facts.time_off if (off.starts_on, off.ends_on) == days)
        return kept, stand_in, facts.today


def remove(database: Database, actor: Actor, time_off_id: int, now: datetime) -> AwayView:
    """Who acts is not away after all. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        team = teams.of_manager(tx, actor.slack_id)
        if team is None:
            rep, found, today = _as_rep(tx, actor, now)
            absences.remove(tx, rep.id, time_off_id, None)
            away_changed(tx, found, now)
            _stood_in_changed(tx, rep, today, now)
            return _rep_facts(tx, rep, found, today)
        before = _reader_today(tx, team, now)
        absences.remove(tx, team.manager.id, time_off_id, None)
        return _changed(tx, team, before, now)


def _check_days(entry: AwayEntry, today: date) -> None:
    if entry.ends_on is not None and entry.ends_on < entry.starts_on:
        raise BadField("ends_on", FieldError.BEFORE_START)
    if (entry.ends_on or entry.starts_on) < today:
        raise BadField("ends_on" if entry.ends_on else "starts_on", FieldError.PAST_DAY)


def _as_rep(tx: Transaction, actor: Actor, now: datetime) -> tuple[Person, list[Team], date]:
    """Who acts, the teams they are a rep of, and the date on their wall. Raises NoTeam."""
    found = memberships_of(tx, actor.slack_id, now)
    if not found:
        raise NoTeam
    return found[0][1].rep, [team for team, _, _ in found], found[0][2]


def _add_as_rep(
    tx: Transaction, actor: Actor, entry: AwayEntry, form: str, now: datetime
) -> tuple[TimeOff, None, date]:
    rep, found, today = _as_rep(tx, actor, now)
    _check_days(entry, today)
    days = (entry.starts_on, entry.ends_on)
    # They count on every team; the form is kept with one of them.
    sent = submissions.claim(tx, form, Made.TIME_OFF, rep.id, min(team.id for team in found))
    for off in _own_days(tx, rep, found):
        if (off.starts_on, off.ends_on) == days or off.id == sent.one:
            absences.remove(tx, rep.id, off.id, None)
    submissions.keep(tx, sent, absences.add(tx, rep.id, *days))
    away_changed(tx, found, now)
    _stood_in_changed(tx, rep, today, now)
    kept = (off for off in _own_days(tx, rep, found) if (off.starts_on, off.ends_on) == days)
    return next(kept), None, today


def _own_days(tx: Transaction, rep: Person, found: Sequence[Team]) -> list[TimeOff]:
    """What the rep entered: what a manager did is that team's."""
    return [off for off in days_off(tx, found[0], rep) if off.team_id is None]


def _rep_facts(tx: Transaction, rep: Person, found: Sequence[Team], today: date) -> AwayView:
    coming = (
        (off, None)
        for off in _own_days(tx, rep, found)
        if off.ends_on is None or off.ends_on >= today
    )
    return AwayView(tuple(coming), today, leads=False)


def _stand_in(tx: Transaction, team: Team, entry: AwayEntry) -> Person | None:
    if entry.stand_in is None:
        return None
    person = people.get(tx, entry.stand_in)
    if person is None:
        raise BadField("stand_in", FieldError.NOT_A_STAND_IN)
    members = teams.members(tx, team.id, on=entry.starts_on)
    last = entry.ends_on or date.max
    there = [one for one in members if one.rep.active and one.joined_on <= last]
    held = held_by(person, team, there)
    if not may_be(TeamRole.STAND_IN, person, held):
        on_team = in_the_way(TeamRole.STAND_IN, held) is TeamRole.REP
        flaw = FieldError.ON_THE_TEAM if on_team else FieldError.NOT_A_STAND_IN
        raise BadField("stand_in", flaw)
    return person


def _reader_today(tx: Transaction, team: Team, now: datetime) -> int | None:
    """Who has the team's list today, the manager or a stand-in; None where nobody does."""
    away = managers_own_days_off(tx, team, now)
    return reader_on(MessageKind.TODO_LIST, team.manager.id, team.today(now), away)


def _changed(tx: Transaction, team: Team, reader_before: int | None, now: datetime) -> AwayView:
    schedule.follow_team(tx, team, now)
    series.follow_series(tx, team, now)
    if _reader_today(tx, team, now) not in (None, reader_before):
        # Who has it from today on has the rest of this week; days to come send nothing now.
        schedule.send_rest_of_week(tx, team, now)
    lists_changed(tx, team.id, team.today(now))
    ramp.follow(tx, [team], now)
    # The manager may be a rep elsewhere, where what they enter of themselves counts too.
    away_changed(tx, teams.get_many(tx, teams.ever_with(tx, team.manager.id)), now)
    _stood_in_changed(tx, team.manager, team.today(now), now)
    return _facts(tx, team, now)


def _stood_in_changed(tx: Transaction, person: Person, today: date, now: datetime) -> None:
    """Lists that somebody has as a stand-in go by when they are there."""
    ids = {team_id for team_id, _ in absences.stood_in_by(tx, [person.id], today)}
    for team in teams.get_many(tx, sorted(ids)):
        lists_changed(tx, team.id, team.today(now))


def away_changed(tx: Transaction, found: Sequence[Team], now: datetime) -> None:
    """A rep of those teams is away at other times: their lists and meetings follow. Writes."""
    for team in found:
        lists_changed(tx, team.id, team.today(now))
    series.follow_all(tx, found, now)
    ramp.follow(tx, found, now)
    activity.follow_plans(tx, found, now)


def _facts(tx: Transaction, team: Team, now: datetime) -> AwayView:
    today = team.today(now)
    days = managers_own_days_off(tx, team, now)
    coming = [off for off in days if off.ends_on is None or off.ends_on >= today]
    named = {off.stand_in_id for off in coming if off.stand_in_id is not None}
    known = people.get_many_by_id(tx, named)
    return AwayView(
        tuple((off, known.get(off.stand_in_id or 0)) for off in coming),
        today,
        to_tick=tuple(_to_tick(tx, team)),
    )


def _to_tick(tx: Transaction, team: Team) -> list[Promise]:
    """The promises that a stand-in may read where the manager ticks them."""
    return [promise for promise in promises.open_of_team(tx, team.id) if may_be_ticked(promise)]
