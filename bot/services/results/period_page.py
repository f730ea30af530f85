"""The period on one page: counted and shown to its manager, who sends it on. Writes nothing, and
keeps no words."""

from collections.abc import Sequence, Set
from datetime import date, datetime

from bot.domain.meetings.naming import Words
from bot.domain.promises import Owner
from bot.domain.results.period_page import (
    PeriodCounts,
    PeriodPage,
    before_of,
    counts_of,
    periods_of,
)
from bot.domain.results.results import Period
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.results.warnings import LOOKED_BACK, acted_in_time
from bot.services.workspaces.authority import require_manager
from bot.services.workspaces.naming import namable_in
from storage import promises
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import results
from storage.team import teams


def to_write(database: Database, actor: Actor, now: datetime) -> tuple[Period, ...]:
    """The periods to choose from: the one that runs, the one before, and others of which the team
    has results. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        return _offered(tx, team, team.today(now))


def page(
    database: Database,
    actor: Actor,
    period: Period,
    words: str,
    fine_for: Set[str],
    now: datetime,
) -> PeriodPage:
    """The page of one of the periods that were offered, with those words. Where they seem to name
    somebody but those of `fine_for` (Slack ids), it says whom.

    Raises ForManagers, NoTeam, Gone for a period that is not offered any more, and BadField where
    there is nothing to say.
    """
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        today = team.today(now)
        offered = _offered(tx, team, today)
        if period not in offered:
            raise Gone
        counts, *before = _counts(tx, team, period, offered, today)
        if not words and not counts.says_something:
            raise BadField("words", FieldError.MISSING)
        said = Words(words, frozenset({actor.slack_id, *fine_for}))
        named = namable_in(tx, team, words).in_words(said)
        known = tuple(one for one in before if one.says_something)
        return PeriodPage(team.manager.name, counts, words, named, known)


def _offered(tx: Transaction, team: Team, today: date) -> tuple[Period, ...]:
    since = today - LOOKED_BACK
    known = [one for one in results.periods(tx, team.id, since, today) if one.start >= since]
    return periods_of(team.settings.period, known, today)


def _counts(
    tx: Transaction, team: Team, period: Period, offered: Sequence[Period], today: date
) -> list[PeriodCounts]:
    """Of the period, and of those before it as far as all that is counted is known."""
    periods = [period, *before_of(period, offered, today - LOOKED_BACK)]
    first, members = periods[-1].start, teams.members(tx, team.id)
    kept = [one for owner in Owner for one in promises.kept_by(tx, owner, [team.id], first)]
    saved = acted_in_time(tx, team, members, today)
    measured = [
        (span.rep_id, span.period.end) for span in results.spans(tx, [team.id], first, today)
    ]
    return [counts_of(one, kept, saved, measured, members, today) for one in periods]
