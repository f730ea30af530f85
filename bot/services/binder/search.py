"""Finding things in a rep's binder, and reading its plans by topic."""

from datetime import date, datetime

from bot.domain.binder.search import (
    FOUND_PAGE,
    Found,
    PlansOfRep,
    ResultsFound,
    TopicHistory,
    Wanted,
    holds,
)
from bot.domain.results.results import Result
from bot.domain.workspaces.names import in_order
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError, Gone
from bot.services.binder.front import subjects_of
from bot.services.sessions.topics import topics_of
from bot.services.workspaces.authority import own_rep, require_manager
from storage import field_days
from storage.accounts import market
from storage.contacts import interactions
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results import results as result_rows
from storage.sessions import plans as plan_rows
from storage.sessions import sessions

HISTORY_SHOWN = 20


def find(database: Database, actor: Actor, wanted: Wanted, now: datetime, start: int = 0) -> Found:
    """Entries of that rep's binder that fit, from the place `start` on: by what they are about,
    what was said in them, and the private notes of who asks, of nobody else. Deleted ones too, for
    as long as they can be put back.

    Raises ForManagers, NoTeam, NotOnTeam, and BadField where the days are the wrong way round.
    """
    span = _span(wanted)
    with database.reading(actor.workspace_id) as tx:
        require_manager(tx, actor, now)
        team, rep, _ = own_rep(tx, actor, wanted.rep)
        ids = interactions.ids_with_deleted(tx, team.id, rep.id, wanted.kind, *span)
        noted: set[int] = set()
        if wanted.words:
            ids, noted = _holding(tx, team.id, rep.id, team.manager.id, ids, wanted.words)
        start = start if 0 <= start < len(ids) else 0
        shown = ids[start : start + FOUND_PAGE]
        entries = interactions.get_many(tx, shown, team.manager.id)
        subjects = subjects_of(tx, entries)
        everything = wanted.is_narrowed and wanted.kind is None
        fits = _results(tx, team.id, rep.id, wanted, team.today(now)) if everything else []
    return Found(
        wanted,
        rep,
        tuple(entries),
        subjects,
        start=start,
        more=len(ids) > start + FOUND_PAGE,
        in_own_note=frozenset(noted & set(shown)),
        reader_id=team.manager.id,
        today=team.today(now),
        metrics=tuple(dict.fromkeys(one.metric.name for one in fits)),
    )


def results(
    database: Database, actor: Actor, wanted: Wanted, now: datetime, start: int = 0
) -> ResultsFound:
    """That rep's results that fit, period by period, from the place `start` on. Raises as `find`
    does."""
    with database.reading(actor.workspace_id) as tx:
        require_manager(tx, actor, now)
        team, rep, _ = own_rep(tx, actor, wanted.rep)
        today = team.today(now)
        fits = _results(tx, team.id, rep.id, wanted, today)
    start = start if 0 <= start < len(fits) else 0
    end = start + FOUND_PAGE
    return ResultsFound(wanted, rep, tuple(fits[start:end]), start, end < len(fits), today)


def plans(database: Database, actor: Actor, rep: str, now: datetime) -> PlansOfRep:
    """The plans with that rep by topic. Raises ForManagers, NoTeam and NotOnTeam."""
    with database.reading(actor.workspace_id) as tx:
        require_manager(tx, actor, now)
        team, person, _ = own_rep(tx, actor, rep)
        last = plan_rows.last_said(tx, [(team.id, person.id)])[team.id, person.id]
        return PlansOfRep(person, topics_of(tx, team.id), last, team.today(now))


def history(database: Database, actor: Actor, rep: str, key: str, now: datetime) -> TopicHistory:
    """One topic down the last sessions with that rep.

    Raises ForManagers, NoTeam, NotOnTeam, and Gone for a topic that was never spoken of.
    """
    with database.reading(actor.workspace_id) as tx:
        require_manager(tx, actor, now)
        team, person, _ = own_rep(tx, actor, rep)
        found = sessions.history(tx, team.id, person.id, key, HISTORY_SHOWN + 1)
        if not found:
            raise Gone
        reader = team.manager.id
        ids = [contact for contact, _, _ in found[:HISTORY_SHOWN]]
        contacts = {one.id: one for one in interactions.get_many(tx, ids, reader)}
        said = tuple((contacts[contact], past) for contact, _, past in found[:HISTORY_SHOWN])
        more = len(found) > HISTORY_SHOWN
        title = found[0][1]
        return TopicHistory(person, key, title, said, reader, more, team.today(now))


def _span(wanted: Wanted) -> tuple[date, date]:
    """The days that are looked at. Raises BadField where they are the wrong way round."""
    if wanted.since and wanted.until and wanted.until < wanted.since:
        raise BadField("until", FieldError.BEFORE_START)
    return wanted.since or date.min, wanted.until or date.max


def _results(
    tx: Transaction, team_id: int, rep_id: int, wanted: Wanted, today: date
) -> list[Result]:
    """Those that fit, by metric, the latest period first."""
    found = result_rows.of_rep_by_period(tx, team_id, rep_id, *_span(wanted), today)
    fits = [one for one in found if holds([one.metric.name], wanted.words)]
    fits.sort(key=lambda one: one.period.start, reverse=True)
    return sorted(fits, key=lambda one: in_order(one.metric.name))


def _holding(
    tx: Transaction, team_id: int, rep_id: int, reader_id: int, ids: list[int], words: str
) -> tuple[list[int], set[int]]:
    """Those of the contacts that hold the words, and those that do in the reader's own note."""
    texts: dict[int, list[str]] = {}
    for found in (
        interactions.abouts(tx, team_id, rep_id),
        sessions.texts(tx, team_id, rep_id),
        field_days.texts(tx, team_id, rep_id),
        market.texts(tx, team_id, rep_id),
    ):
        for contact, text in found:
            texts.setdefault(contact, []).append(text)
    own = interactions.own_notes(tx, team_id, rep_id, reader_id)
    kept, noted = [], set()
    for one in ids:
        without = texts.get(one, [])
        if holds(without, words):
            kept.append(one)
        elif one in own and holds([*without, own[one]], words):
            kept.append(one)
            noted.add(one)
    return kept, noted
