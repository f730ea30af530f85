"""**Add results**: a manager keeps results of the team's reps by hand."""

from collections.abc import Sequence
from datetime import datetime

from bot.domain.results.adding import Added, AddingFacts
from bot.domain.results.period_page import period_like
from bot.domain.results.results import metric_key
from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import Rejection
from bot.domain.workspaces.people import Actor
from bot.services.results.importing import import_results
from bot.services.results.warnings import LOOKED_BACK
from bot.services.workspaces.authority import require_manager
from storage.database.engine import Database
from storage.results import metrics, results
from storage.team import teams

SOURCE = "pasted"
"""What the audit says that the rows come from."""


def facts(database: Database, actor: Actor, now: datetime) -> AddingFacts:
    """What there is to go by. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        reps = {one.rep.id: one.rep for one in teams.members(tx, team.id)}
        own = metrics.of_teams(tx, [team.id]).get(team.id, [])
        today = team.today(now)
        known = results.periods(tx, team.id, today - LOOKED_BACK, today)
        return AddingFacts(
            tuple(reps.values()),
            tuple(own),
            {metric_key(metric.name): metric.unit for metric in own},
            today,
            period_like(team.settings.period, known, today),
        )


def add(
    database: Database,
    actor: Actor,
    rows: Sequence[ResultRow | Rejection],
    now: datetime,
    *,
    keep: bool,
) -> Added:
    """Keep those of the rows that can be, for the team of who acts alone; without `keep`, say what
    would be. A reading as of a day that is there is replaced, so that sending the same again
    changes nothing. Raises ForManagers, NoTeam and what import_results does."""
    with database.reading(actor.workspace_id) as tx:
        require_manager(tx, actor, now)
    report = import_results(
        database,
        actor.workspace_id,
        rows,
        file_name=SOURCE,
        keep_good=True,
        dry_run=not keep,
        now=now,
        manager=actor.slack_id,
        by=actor.slack_id,
    )
    refused = {one.line for one in report.rejected}
    good = (one for one in rows if isinstance(one, ResultRow) and one.line not in refused)
    return Added(
        tuple(good),
        report.rejected,
        report.added,
        report.replaced,
        report.in_the_way,
        report.changes,
    )
