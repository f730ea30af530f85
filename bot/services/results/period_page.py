"""The period on one page: counted and shown to its manager, who sends it on. What they say of it is
kept for them alone."""

from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.binder.export import ExportRequest
from bot.domain.meetings.naming import Words
from bot.domain.promises import Owner
from bot.domain.results.period_page import (
    PeriodCounts,
    PeriodPage,
    before_of,
    counts_of,
    period_on,
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
from storage.results import period_words, results
from storage.team import teams


@dataclass(frozen=True)
class ToWrite:
    """The periods to choose from: the one that runs, the one before, and others of which the team
    has results; and what who acts said of any before."""

    periods: tuple[Period, ...]
    kept: Mapping[Period, str]


def to_write(database: Database, actor: Actor, now: datetime) -> ToWrite:
    """What there is to write of. Raises ForManagers and NoTeam."""
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        kept = period_words.of_author(tx, team.id, team.manager.id)
        return ToWrite(_offered(tx, team, team.today(now)), kept)


def page(
    database: Database,
    actor: Actor,
    period: Period,
    words: str,
    fine_for: Set[str],
    now: datetime,
) -> PeriodPage:
    """The page of one of the periods that were offered, with those words, which are kept for who
    acts. Where they seem to name somebody but those of `fine_for` (Slack ids), it says whom, and
    nothing is kept. Writes.

    Raises ForManagers, NoTeam, Gone for a period that is not offered any more, and BadField where
    there is nothing to say.
    """
    with database.writing(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        if period not in _offered(tx, team, team.today(now)):
            raise Gone
        made = _made(tx, team, period, words, now)
        if not words and not made.counts.says_something:
            raise BadField("words", FieldError.MISSING)
        said = Words(words, frozenset({actor.slack_id, *fine_for}))
        named = namable_in(tx, team, words).in_words(said)
        if named is None:
            period_words.save(tx, team.id, team.manager.id, period, words)
        return replace(made, named=named)


def asked_for(tx: Transaction, team: Team, request: ExportRequest, now: datetime) -> Period | None:
    """Of which of the periods that are offered an export asks for the page; None for none of
    them."""
    return period_on(_offered(tx, team, team.today(now)), request.since, request.until)


def to_print(
    tx: Transaction, team: Team, request: ExportRequest, now: datetime, *, with_words: bool
) -> PeriodPage | None:
    """The page of the period that an export asks for, with what the team's manager said of it where
    they ask themselves; None where there is no such period."""
    period = asked_for(tx, team, request, now)
    if period is None:
        return None
    kept = period_words.of_author(tx, team.id, team.manager.id) if with_words else {}
    return _made(tx, team, period, kept.get(period, ""), now)


def _made(tx: Transaction, team: Team, period: Period, words: str, now: datetime) -> PeriodPage:
    today = team.today(now)
    counts, *before = _counts(tx, team, period, _offered(tx, team, today), today)
    known = tuple(one for one in before if one.says_something)
    return PeriodPage(team.manager.name, counts, words, before=known)


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
