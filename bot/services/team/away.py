"""A manager's own days away, and who stands in."""

from datetime import date, datetime

from bot.domain.promises import Promise, may_be_ticked
from bot.domain.team.teams import AwayView, Team, TimeOff
from bot.domain.team.time_off import AwayEntry, reader_on
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.submissions import Made
from bot.services.delivery.messages import lists_changed
from bot.services.meetings import series
from bot.services.todo import schedule
from bot.services.workspaces.absence import days_off
from bot.services.workspaces.authority import own_team, require_manager
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import people, teams
from storage.workspaces import submissions


def days_away(database: Database, actor: Actor, now: datetime) -> AwayView:
    """When the manager who acts is away, from today on. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        return _facts(tx, require_manager(tx, actor, now), now)


def add(
    database: Database, actor: Actor, entry: AwayEntry, form: str, now: datetime
) -> tuple[TimeOff, Person | None, date]:
    """The manager who acts is away; the same days entered again have the stand-in named last, and
    the same form sent again replaces the days it said before.

    What was kept, who stands in, and the date on the manager's wall. Raises NoTeam, and BadField
    for days or a stand-in that cannot be.
    """
    with database.writing(actor.workspace_id) as tx:
        people.lock(tx, actor.slack_id)
        team = own_team(tx, actor)
        if entry.ends_on is not None and entry.ends_on < entry.starts_on:
            raise BadField("ends_on", FieldError.BEFORE_START)
        if (entry.ends_on or entry.starts_on) < team.today(now):
            raise BadField("ends_on" if entry.ends_on else "starts_on", FieldError.PAST_DAY)
        stand_in = _stand_in(tx, actor, entry)
        allowed = {promise.id for promise in _to_tick(tx, team)} if stand_in else set()
        before = _reader_today(tx, team, now)
        sent = submissions.claim(tx, form, Made.TIME_OFF, team.manager.id, team.id)
        for off in days_off(tx, team.manager):
            same = (off.starts_on, off.ends_on) == (entry.starts_on, entry.ends_on)
            if same or off.id == sent.one:
                teams.remove_time_off(tx, team.manager.id, off.id)
        made = teams.add_time_off(
            tx,
            team.manager.id,
            entry.starts_on,
            entry.ends_on,
            stand_in.id if stand_in else None,
        )
        teams.tick(tx, made, entry.ticked & allowed)
        submissions.keep(tx, sent, made)
        facts = _changed(tx, team, before, now)
        days = (entry.starts_on, entry.ends_on)
        kept = next(off for off, _ in facts.time_off if (off.starts_on, off.ends_on) == days)
        return kept, stand_in, facts.today


def remove(database: Database, actor: Actor, time_off_id: int, now: datetime) -> AwayView:
    """The manager who acts is not away after all. Raises NoTeam."""
    with database.writing(actor.workspace_id) as tx:
        team = own_team(tx, actor)
        before = _reader_today(tx, team, now)
        teams.remove_time_off(tx, team.manager.id, time_off_id)
        return _changed(tx, team, before, now)


def _stand_in(tx: Transaction, actor: Actor, entry: AwayEntry) -> Person | None:
    if entry.stand_in is None:
        return None
    person = people.get(tx, entry.stand_in)
    if person is None or person.bot or not person.active or person.slack_id == actor.slack_id:
        raise BadField("stand_in", FieldError.NOT_A_STAND_IN)
    found = teams.with_rep(tx, actor.slack_id, entry.stand_in)
    if found is not None and found[2] is not None and found[2].is_on(entry.starts_on):
        # The list quotes what each rep raised and was promised, which is not for the others.
        raise BadField("stand_in", FieldError.ON_THE_TEAM)
    return person


def _reader_today(tx: Transaction, team: Team, now: datetime) -> int | None:
    """Who has the team's list today, the manager or a stand-in; None where nobody does."""
    return reader_on(team.manager.id, team.today(now), days_off(tx, team.manager))


def _changed(tx: Transaction, team: Team, reader_before: int | None, now: datetime) -> AwayView:
    schedule.follow_team(tx, team, now)
    series.follow_series(tx, team, now)
    if _reader_today(tx, team, now) not in (None, reader_before):
        # Who has it from today on has the rest of this week; days to come send nothing now.
        schedule.send_rest_of_week(tx, team, now)
    lists_changed(tx, team.id, team.today(now))
    return _facts(tx, team, now)


def _facts(tx: Transaction, team: Team, now: datetime) -> AwayView:
    today = team.today(now)
    days = days_off(tx, team.manager)
    coming = [off for off in days if off.ends_on is None or off.ends_on >= today]
    named = {off.stand_in_id for off in coming if off.stand_in_id is not None}
    known = people.get_many_by_id(tx, named)
    return AwayView(
        tuple((off, known.get(off.stand_in_id or 0)) for off in coming),
        today,
        tuple(_to_tick(tx, team)),
    )


def _to_tick(tx: Transaction, team: Team) -> list[Promise]:
    """The promises that a stand-in may read where the manager ticks them."""
    return [promise for promise in promises.open_of_team(tx, team.id) if may_be_ticked(promise)]
