"""The period on one page: counted and shown to its manager, who sends it on. Writes nothing, and
keeps no words."""

from collections.abc import Set
from datetime import datetime

from bot.domain.meetings.naming import Words
from bot.domain.promises import Owner
from bot.domain.results.period_page import PeriodCounts, PeriodPage, counts_of, period_of
from bot.domain.results.results import Period
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.services.results.warnings import acted_in_time
from bot.services.workspaces.authority import require_manager
from bot.services.workspaces.naming import namable_in
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams


def to_write(database: Database, actor: Actor, now: datetime) -> tuple[Period, Period]:
    """The periods to choose from: the one that runs and the one before. Raises ForManagers and
    NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
    kind, today = team.settings.period, team.today(now)
    return period_of(kind, today, last=False), period_of(kind, today, last=True)


def page(
    database: Database,
    actor: Actor,
    words: str,
    fine_for: Set[str],
    now: datetime,
    *,
    last: bool,
) -> PeriodPage:
    """The page with those words. Where they seem to name somebody but those of `fine_for` (Slack
    ids), it says whom.

    Raises ForManagers, NoTeam, and BadField where there is nothing to say.
    """
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        counts = _counts(tx, team, now, last=last)
        if not words and not counts.says_something:
            raise BadField("words", FieldError.MISSING)
        said = Words(words, frozenset({actor.slack_id, *fine_for}))
        named = namable_in(tx, team, words).in_words(said)
        return PeriodPage(team.manager.name, counts, words, named)


def _counts(tx: Transaction, team: Team, now: datetime, *, last: bool) -> PeriodCounts:
    today = team.today(now)
    period, members = period_of(team.settings.period, today, last=last), teams.members(tx, team.id)
    kept = [one for owner in Owner for one in promises.kept_by(tx, owner, [team.id], period.start)]
    saved = acted_in_time(tx, team, members, today)
    return counts_of(period, kept, saved, members)
