"""Account dates: read in what was said of a visit or in a plan, or said of the account itself."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.domain.accounts.dates import (
    AccountDate,
    DateEntry,
    DateShown,
    ReadDates,
    SaidDate,
    coming,
    flaw_of,
    is_same,
    said_as,
    who_has,
)
from bot.domain.accounts.pages import AccountPage
from bot.domain.accounts.said_dates import dates_in, may_hold_dates, typed_dates
from bot.domain.accounts.visits import Visit
from bot.domain.contacts.interactions import Interaction
from bot.domain.team.teams import Team
from bot.domain.workspaces.names import fold
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import BadField, FieldError
from bot.domain.workspaces.submissions import Made
from bot.services.accounts.accounts import page_of
from bot.services.delivery.messages import lists_changed
from bot.services.workspaces.authority import own_account, own_account_date, require_manager
from storage.accounts import accounts, acquaintances, transitions
from storage.accounts import dates as rows
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.team import teams
from storage.workspaces import submissions

OF_WHAT = (FieldError.NOTHING_ON_DAY, FieldError.TOO_LONG)
"""Flaws of what is on a day; the others are of the day."""


def add(
    database: Database, actor: Actor, account_id: int, entry: DateEntry, form: str, now: datetime
) -> AccountPage:
    """**Add a date**: from the account's own page. Writes.

    Raises ForManagers, NoTeam, Gone and NotYours, and BadField for a day that is over or too far
    ahead, or no word of what is on it.
    """
    with database.writing(actor.workspace_id) as tx:
        team = _locked(tx, actor, now)
        account = own_account(tx, actor, account_id)[1]
        said = SaidDate(account.id, "", " ".join(entry.what.split()), entry.day)
        _keep(tx, team, [said], form, now)
        return page_of(tx, team, account, now)


def add_typed(
    database: Database, actor: Actor, typed: str, form: str, now: datetime
) -> tuple[DateShown, ...]:
    """`/binder account Acme renewal 1 March and audit 3 May`; nothing where that is no date of an
    account. Writes.

    Raises ForManagers and NoTeam, and BadField for a day that is over, too far ahead, in no
    calendar, or two in one, and for no word of what is on it.
    """
    with database.reading(actor.workspace_id) as tx:
        team = require_manager(tx, actor, now)
        found = typed_dates(typed, team.today(now), _keys(tx, team))
    if found is None:
        return ()
    if isinstance(found.said, FieldError):
        raise BadField("day", found.said)
    with database.writing(actor.workspace_id) as tx:
        team = _locked(tx, actor, now)
        # It may be one with another since it was read.
        account = accounts.named(tx, team.id, found.written) or found.account_id
        said = [SaidDate(account, found.written, one.what, one.day) for one in found.said]
        kept = _keep(tx, team, said, form, now)
        return tuple(replace(_shown(tx, team, one, now), already=already) for one, already in kept)


def get(database: Database, actor: Actor, date_id: int, now: datetime) -> DateShown:
    """One as it stands. Raises NoTeam, Gone and NotYours."""
    with database.reading(actor.workspace_id) as tx:
        team, one = own_account_date(tx, actor, date_id)
        return _shown(tx, team, one, now)


def move(database: Database, actor: Actor, date_id: int, day: date, now: datetime) -> AccountPage:
    """**Move**: it is on that day, and comes up so long before it. Where it stands there already
    both are one. Writes. Raises NoTeam, Gone and NotYours, and BadField for a day that is over or
    too far ahead."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_account_date(tx, actor, date_id)
        flaw = flaw_of(DateEntry(one.what, day), team.today(now))
        if flaw is not None:
            raise BadField("day", flaw)
        _move(tx, one, day)
        return _page(tx, actor, team, one, now)


def move_back(
    database: Database, actor: Actor, date_id: int, day: date, now: datetime
) -> AccountPage:
    """**Move it back**: it is on that day again, be it over since. Writes. Raises NoTeam, Gone and
    NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_account_date(tx, actor, date_id)
        _move(tx, one, day)
        return _page(tx, actor, team, one, now)


def done(database: Database, actor: Actor, date_id: int, now: datetime) -> AccountPage:
    """**Done**: nothing more comes of it. Writes. Raises NoTeam, Gone and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, one = own_account_date(tx, actor, date_id)
        if one.done_on is None:
            rows.change(tx, one.id, done_on=team.today(now))
        return _page(tx, actor, team, one, now)


def remove(database: Database, actor: Actor, date_id: int, now: datetime) -> AccountPage:
    """**Remove**: it is none, and is not read in the same words again. Writes. Raises NoTeam, Gone
    and NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, one = _taken_back(tx, actor, date_id, now)
        return _page(tx, actor, team, one, now)


def put_back(database: Database, actor: Actor, date_id: int, now: datetime) -> AccountPage:
    """**Put it back**, on the account's page: it stands again. Writes. Raises NoTeam, Gone and
    NotYours."""
    with database.writing(actor.workspace_id) as tx:
        team, one = _put_back(tx, actor, date_id, now)
        return _page(tx, actor, team, one, now)


def no_date(database: Database, actor: Actor, date_id: int, now: datetime) -> DateShown:
    """What `remove` does, for an answer."""
    with database.writing(actor.workspace_id) as tx:
        team, one = _taken_back(tx, actor, date_id, now)
        return _shown(tx, team, one, now)


def a_date(database: Database, actor: Actor, date_id: int, now: datetime) -> DateShown:
    """What `put_back` does, for an answer."""
    with database.writing(actor.workspace_id) as tx:
        team, one = _put_back(tx, actor, date_id, now)
        return _shown(tx, team, one, now)


def follow_visits(
    tx: Transaction, team: Team, field_day: Interaction, visits: Sequence[Visit], today: date
) -> ReadDates:
    """Let the dates that a field day said be what its visits say now: the outcome of each, and the
    next step there. Writes. Whoever saves visits calls it in the same transaction."""
    said: list[SaidDate] = []
    on, texts = field_day.occurred_on, [f"{one.outcome}\n{one.next_step}" for one in visits]
    if any(may_hold_dates(text, on) for text in texts):
        keys = _keys(tx, team)
        ids = accounts.ensure(tx, team.id, [one.account for one in visits])
        for visit, text in zip(visits, texts, strict=True):
            said += dates_in(text, on, keys, (ids[visit.account], visit.account))
    return _follow(tx, team, field_day, said, today)


def follow_plans(
    tx: Transaction, team: Team, session: Interaction, plans: Iterable[str], today: date
) -> ReadDates:
    """Let the dates that a session said be what those plans of accounts say now. Words that stood
    in a plan before say nothing new. Writes."""
    on, text = session.occurred_on, "\n".join(plans)
    said = dates_in(text, on, _keys(tx, team)) if may_hold_dates(text, on) else ()
    return _follow(tx, team, session, said, today, any_year=True)


def _follow(
    tx: Transaction,
    team: Team,
    contact: Interaction,
    said: Iterable[SaidDate],
    today: date,
    *,
    any_year: bool = False,
) -> ReadDates:
    before = rows.of_contact(tx, contact.id)
    once = {(one.account_id, fold(one.what), one.day): one for one in said}
    kept = [one for one in before if any(is_same(one, words) for words in once.values())]
    unsaid = [one for one in before if one not in kept]
    rows.unsay(tx, [source.id for one in unsaid for source in one.sources])
    words_left = [words for words in once.values() if not any(is_same(one, words) for one in kept)]
    new = [w for w in words_left if flaw_of(DateEntry(w.what, w.day), today) is None]
    known = rows.at_accounts(tx, {words.account_id for words in new}) if new else []
    made: set[int] = set()
    for words in new:
        one = said_as(words, known, any_year=any_year)
        # A plan may say what is gone, or was on that day of another year, because it says it still.
        if one is not None and any_year and (one.gone_on or not is_same(one, words)):
            continue
        said_before = None if one is None else rows.get(tx, one.id)
        date_id = rows.add(tx, team.id, words) if one is None else one.id
        if one is not None and one.gone_on is not None:
            rows.change(tx, one.id, gone_on=None, done_on=None)
        if said_before is None or said_before.gone_on is not None:
            made.add(date_id)
        rows.say(tx, date_id, words.written, contact.occurred_on, contact.id)
    if new or unsaid:
        lists_changed(tx, team.id, today)
        accounts.forget_unused(tx, {one.account_id for one in before} - {w.account_id for w in new})
    there = coming(rows.of_contact(tx, contact.id), today) if new or kept else ()
    return ReadDates(
        tuple(one for one in there if one.id in made or one in kept),
        tuple(one for one in there if one.id in made),
    )


def _keep(
    tx: Transaction, team: Team, said: Sequence[SaidDate], form: str, now: datetime
) -> list[tuple[AccountDate, bool]]:
    """Those dates, each once, and whether it stood there already: the same form sent again says
    them anew."""
    today = team.today(now)
    for words in said:
        flaw = flaw_of(DateEntry(words.what, words.day), today)
        if flaw is not None:
            raise BadField("what" if flaw in OF_WHAT else "day", flaw)
    sent = submissions.claim(tx, form, Made.ACCOUNT_DATE, team.manager.id, team.id)
    before = [] if sent.is_new else [int(one) for one in sent.made]
    kept: list[tuple[int, bool]] = []
    sources = []
    for words in said:
        date_id, already = _said_of(tx, team, words)
        kept.append((date_id, already))
        stands = rows.get(tx, date_id) if before else None
        known = (source.id for source in stands.sources if source.id in before) if stands else ()
        sources.append(next(iter(known), None) or rows.say(tx, date_id, words.written, today))
    rows.unsay(tx, set(before) - set(sources))
    submissions.keep(tx, sent, *sources)
    lists_changed(tx, team.id, today)
    found = [(rows.get(tx, date_id), already) for date_id, already in kept]
    return [(one, already and not before) for one, already in found if one is not None]


def _said_of(tx: Transaction, team: Team, words: SaidDate) -> tuple[int, bool]:
    """The date that was said of the account itself, and whether it stood there already. Who says
    it so means that day, be it done, taken off or moved since."""
    one = said_as(words, rows.at_accounts(tx, [words.account_id]))
    if one is None:
        return rows.add(tx, team.id, words), False
    stood = rows.get(tx, one.id)
    already = stood is not None and stood.stands and stood.day == words.day
    if not already:
        rows.change(tx, one.id, day=words.day, done_on=None, gone_on=None)
    return one.id, already


def _move(tx: Transaction, one: AccountDate, day: date) -> None:
    rows.change(tx, one.id, day=day)
    there = {each.id: each for each in rows.at_accounts(tx, [one.account_id])}
    moved = there.pop(one.id)
    for other in there.values():
        if other.stands and moved.stands and is_same(other, SaidDate.of(moved)):
            rows.join(tx, moved, other)


def _shown(tx: Transaction, team: Team, one: AccountDate, now: datetime) -> DateShown:
    today = team.today(now)
    reps = {one.rep.id: one.rep for one in teams.members(tx, team.id, on=today) if one.is_on(today)}
    been = acquaintances.of_account(tx, one.account_id)
    who = who_has(one.account_id, been, transitions.of_teams(tx, [team.id]), reps, today)
    return DateShown(one, None if who is None else reps[who], today)


def _taken_back(
    tx: Transaction, actor: Actor, date_id: int, now: datetime
) -> tuple[Team, AccountDate]:
    team, one = own_account_date(tx, actor, date_id)
    today = team.today(now)
    if one.gone_on is None:
        rows.change(tx, one.id, gone_on=today)
        lists_changed(tx, team.id, today)
    return team, replace(one, gone_on=one.gone_on or today)


def _put_back(
    tx: Transaction, actor: Actor, date_id: int, now: datetime
) -> tuple[Team, AccountDate]:
    team, one = own_account_date(tx, actor, date_id)
    rows.change(tx, one.id, gone_on=None, done_on=None)
    lists_changed(tx, team.id, team.today(now))
    return team, replace(one, gone_on=None, done_on=None)


def _page(
    tx: Transaction, actor: Actor, team: Team, one: AccountDate, now: datetime
) -> AccountPage:
    lists_changed(tx, team.id, team.today(now))
    return page_of(tx, team, own_account(tx, actor, one.account_id)[1], now)


def _locked(tx: Transaction, actor: Actor, now: datetime) -> Team:
    """The team of who acts, once whoever else changes its accounts is done."""
    team = require_manager(tx, actor, now)
    teams.lock(tx, [team.id])
    return team


def _keys(tx: Transaction, team: Team) -> dict[str, int]:
    """What leads to the accounts of a team."""
    found = accounts.of_teams(tx, [team.id])
    return {spelling.key: one.id for one in found for spelling in one.spellings}
