"""**Take back**: a period of results that was sent with wrong dates goes, so that the right one can
come."""

from datetime import datetime

from bot.domain.results.results import metric_key
from bot.domain.results.standing import StandingPage, TakingBack
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import not_theirs, require_manager
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import saving
from storage.results import standing as storage
from storage.workspaces import audits

AT_ONCE = 10
"""Periods on a page."""


def standing(database: Database, actor: Actor, start: int, now: datetime) -> StandingPage:
    """The periods that stand, the latest first, from the one at `start`, or from the first where
    there are fewer by now. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        found = storage.of_team(tx, team.id, start, AT_ONCE + 1)
        if not found and start:
            start, found = 0, storage.of_team(tx, team.id, 0, AT_ONCE + 1)
        more = start + AT_ONCE if len(found) > AT_ONCE else None
        return StandingPage(team.today(now), tuple(found[:AT_ONCE]), start, more)


def look(database: Database, actor: Actor, result_id: int, now: datetime) -> TakingBack:
    """What would go of the period that a result is of. Raises ForManagers, NoTeam, NotYours, and
    Gone where it went already."""
    with database.reading(actor.workspace_id) as tx:
        return _look(tx, actor, result_id, now)[1]


def take_back(
    database: Database, actor: Actor, result_id: int, seen: str, now: datetime
) -> tuple[TakingBack, bool]:
    """Let the figures of that period go, and whether they went: not where they are others by now
    than what was `seen`. What was logged, noted and promised because of them stays; the team's
    lists are drawn anew. Writes. Raises what `look` does."""
    with database.writing(actor.workspace_id) as tx:
        team, found = _look(tx, actor, result_id, now)
        if found.seen != seen:
            return found, False
        storage.take_back(tx, [one.id for one in found.figures])
        period = f"{found.period.start} to {found.period.end}"
        subject = f"{found.metric.name}, {period}: {len(found.figures)} results"
        audits.record(tx, actor.slack_id, "take back results", subject, now)
        lists_changed(tx, team.id, found.today)
        return found, True


def _look(tx: Transaction, actor: Actor, result_id: int, now: datetime) -> tuple[Team, TakingBack]:
    team, of = require_manager(tx, actor, now), storage.period_of(tx, result_id)
    if of is None:
        raise Gone
    team_id, metric_id, metric, period = of
    if team_id != team.id:
        raise not_theirs(tx, actor, team_id)
    plans = [
        one
        for one in saving.of_team(tx, team.id)
        if (metric_key(one.metric), one.period) == (metric_key(metric.name), period)
    ]
    figures = storage.figures(tx, metric_id, period.start, period.end)
    return team, TakingBack(metric, period, team.today(now), tuple(figures), tuple(plans))
