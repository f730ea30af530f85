"""What was seen and agreed on in field days, and the visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, or_, select, text
from sqlalchemy.orm import aliased

from bot.domain.accounts.accounts import AccountVisit
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import (
    PATH_LENGTH,
    FieldDayNotes,
    Focus,
    Heard,
    Practised,
    Visit,
    path_of,
)
from storage.accounts import accounts, acquaintances
from storage.database.pairs import dated_pairs_of, once
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Account as AccountRow
from storage.models import FieldDay as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Visit as VisitRow
from storage.models.contacts import IS_COMPONENT
from storage.team import teams
from storage.team.people import PersonColumns
from storage.workspaces.otherwise import OTHERWISE

REP = PersonColumns(PersonRow, "rep")
UNTIL = dated_pairs_of("team_id", "rep_id", "until")
LAST = aliased(Contact)
WITH_REP = and_(Contact.team_id == bindparam("team"), Contact.rep_id == bindparam("rep"))
BY_DAY = attrgetter("occurred_on", "id")

VISIT = (
    VisitRow.account,
    VisitRow.people,
    VisitRow.outcome,
    VisitRow.role,
    AccountRow.is_key,
    VisitRow.led_by,
    VisitRow.next_step,
)
WORDS = (
    VisitRow.account,
    VisitRow.people,
    VisitRow.outcome,
    VisitRow.role,
    VisitRow.next_step,
)
NOTES = (Row.interaction_id, Row.rep_view, Row.strength, Row.focus, Row.market, Row.practice)
OF_TEAM = and_(Contact.team_id == bindparam("team"), Contact.deleted_at.is_(None))
ALL_VISITS = (
    select(VisitRow.interaction_id, *VISIT)
    .join_from(VisitRow, AccountRow, AccountRow.id == VisitRow.account_id)
    .where(VisitRow.workspace_id == WORKSPACE)
    .order_by(VisitRow.interaction_id, VisitRow.place)
)
VISITS = ALL_VISITS.where(VisitRow.interaction_id.in_(AMONG))
VISITS_OF_TEAM = ALL_VISITS.join(Contact, Contact.id == VisitRow.interaction_id).where(OF_TEAM)
ALL_FIELD_DAYS = select(*NOTES).where(Row.workspace_id == WORKSPACE)
FIELD_DAYS = ALL_FIELD_DAYS.where(Row.interaction_id.in_(AMONG))
FIELD_DAYS_OF_TEAM = ALL_FIELD_DAYS.join(Contact, Contact.id == Row.interaction_id).where(OF_TEAM)

FOCUS = (
    *(Contact.team_id, Contact.rep_id, Contact.id, Contact.occurred_on, Row.focus),
    OTHERWISE,
)
FOCUSES = (
    select(*FOCUS)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id.in_(AMONG),
        Contact.occurred_on.between(bindparam("since"), bindparam("until")),
        text(IS_COMPONENT),
        Row.focus != "",
    )
    .order_by(Contact.occurred_on, Contact.id)
)
# Down the days by index to where the path begins: not all there ever were, to be ranked.
NTH = (
    select(Contact.occurred_on)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id == UNTIL.c.team_id,
        Contact.rep_id == UNTIL.c.rep_id,
        Contact.occurred_on <= UNTIL.c.until,
        text(IS_COMPONENT),
        Row.focus != "",
    )
    .order_by(Contact.occurred_on.desc())
    .offset(PATH_LENGTH - 1)
    .limit(1)
    .correlate(UNTIL)
    .scalar_subquery()
)
PATH = once(select(UNTIL, func.coalesce(NTH, date.min).label("since")), "path")
RANKED = (
    select(
        *FOCUS,
        Row.practice,
        func.row_number()
        .over(
            partition_by=(Contact.team_id, Contact.rep_id),
            order_by=(Contact.occurred_on.desc(), Contact.id.desc()),
        )
        .label("turn"),
    )
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(PATH, and_(PATH.c.team_id == Contact.team_id, PATH.c.rep_id == Contact.rep_id))
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.occurred_on.between(PATH.c.since, PATH.c.until),
        text(IS_COMPONENT),
        Row.focus != "",
    )
    .subquery()
)
LAST_FOCUSES = (
    select(RANKED).where(RANKED.c.turn <= PATH_LENGTH).order_by(RANKED.c.occurred_on, RANKED.c.id)
)
PRACTISED = (
    select(Contact.id, Contact.occurred_on, Row.focus, Row.practice)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(LAST, and_(LAST.team_id == Contact.team_id, LAST.rep_id == Contact.rep_id))
    .where(
        Contact.workspace_id == WORKSPACE,
        LAST.workspace_id == WORKSPACE,
        LAST.id == bindparam("last"),
        or_(
            Contact.occurred_on < LAST.occurred_on,
            and_(Contact.occurred_on == LAST.occurred_on, Contact.id <= LAST.id),
        ),
        # Written out: two contacts are in it.
        Contact.kind != InteractionKind.TOUCH,
        Contact.deleted_at.is_(None),
        Row.practice.is_not(None),
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc())
    .limit(PATH_LENGTH)
)
MARKETS = (
    select(Contact.team_id, Contact.id, Contact.occurred_on, PersonRow.name, Row.market)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(PersonRow, PersonRow.id == Contact.rep_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id.in_(AMONG),
        Contact.occurred_on >= bindparam("since"),
        text(IS_COMPONENT),
        Row.market != "",
    )
    .order_by(Contact.occurred_on, Contact.id)
)
ACCOUNTS_OF = (
    select(VisitRow.interaction_id, VisitRow.account)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id.in_(AMONG))
    .order_by(VisitRow.interaction_id, VisitRow.place)
)
LAST_WITH = (
    select(Contact.id)
    .where(
        Contact.workspace_id == WORKSPACE,
        WITH_REP,
        Contact.kind == InteractionKind.FIELD_DAY,
        Contact.deleted_at.is_(None),
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc())
    .limit(1)
    .scalar_subquery()
)
LAST_ACCOUNTS = (
    select(VisitRow.account)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id == LAST_WITH)
    .order_by(VisitRow.place)
)
VISITS_TO = (
    select(
        Contact.id,
        Contact.occurred_on,
        VisitRow.account,
        VisitRow.people,
        VisitRow.outcome,
        *REP.columns,
    )
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .join(PersonRow, PersonRow.id == Contact.rep_id)
    .where(
        VisitRow.workspace_id == WORKSPACE,
        VisitRow.account_id == bindparam("account"),
        Contact.deleted_at.is_(None),
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc(), VisitRow.place)
    .limit(bindparam("limit"))
)
TEAM_OF = select(Contact.team_id).where(
    Contact.workspace_id == WORKSPACE, Contact.id == bindparam("contact")
)
TEXTS = (
    select(*NOTES)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP)
)
TEXTS_OF_VISITS = (
    select(VisitRow.interaction_id, *WORDS)
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .where(VisitRow.workspace_id == WORKSPACE, WITH_REP)
)
PURGE_VISITS = delete(VisitRow).where(
    VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id.in_(AMONG)
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))

_visit = reader(Visit, *(column.key for column in VISIT))
_focus = reader(Focus, "team_id", "rep_id", "id", "occurred_on", "focus", "otherwise")
_heard = reader(Heard, "team_id", "id", "occurred_on", "name", "market")
_written: Any = attrgetter("rep_view", "strength", "focus", "market")
_written_of_visit: Any = attrgetter("account", "people", "outcome", "role", "next_step")


def _account_visit(row: Any) -> AccountVisit:
    return AccountVisit(
        field_day=row.id,
        visited_on=row.occurred_on,
        rep=REP.read(row),
        account=row.account,
        people=row.people,
        outcome=row.outcome,
    )


def save(tx: Transaction, interaction_id: int, notes: FieldDayNotes) -> None:
    """Let the field day of that contact say this, whatever it said before. Its visits lead to
    accounts of the team, a new one where no spelling is known; a visit that says so makes its
    account a key account, who knows whom there follows, and an account that nothing is left of
    goes."""
    team = tx.first(TEAM_OF, contact=interaction_id).team_id
    # Whoever names or lets go of an account of the team at once waits here.
    teams.lock(tx, [team])
    before = acquaintances.accounts_of(tx, [interaction_id])
    _forget(tx, [interaction_id])
    tx.insert(
        Row,
        interaction_id=interaction_id,
        rep_view=notes.rep_view,
        strength=notes.strength,
        focus=notes.focus,
        market=notes.market,
        practice=notes.practice,
    )
    found: dict[str, int] = {}
    if notes.visits:
        found = accounts.ensure(tx, team, [visit.account for visit in notes.visits])
    rows = [
        {
            "interaction_id": interaction_id,
            "place": place,
            "account_id": found[visit.account],
            "account": visit.account,
            "people": visit.people,
            "outcome": visit.outcome,
            "role": visit.role,
            "led_by": visit.led_by,
            "next_step": visit.next_step,
        }
        for place, visit in enumerate(notes.visits)
    ]
    if rows:
        tx.insert_all(VisitRow, rows)
    for account in {found[visit.account] for visit in notes.visits if visit.is_key}:
        accounts.tick_key(tx, account, is_key=True)
    acquaintances.follow(tx, [*before, *found.values()])
    accounts.forget_unused(tx, set(before) - set(found.values()))


def of_interactions(tx: Transaction, interactions: Sequence[int]) -> dict[int, FieldDayNotes]:
    """The notes of those contacts, by contact; those that are no field day have none."""
    return _notes(tx.all_among(VISITS, interactions), tx.all_among(FIELD_DAYS, interactions))


def of_team(tx: Transaction, team_id: int) -> dict[int, FieldDayNotes]:
    """The notes of all field days of a team that stand, by contact."""
    return _notes(
        tx.all(VISITS_OF_TEAM, team=team_id),
        tx.all(FIELD_DAYS_OF_TEAM, team=team_id),
    )


def _notes(visit_rows: Iterable[Any], rows: Iterable[Any]) -> dict[int, FieldDayNotes]:
    visits: dict[int, list[Visit]] = {}
    for row in visit_rows:
        visits.setdefault(row.interaction_id, []).append(_visit(row))
    return {
        row.interaction_id: FieldDayNotes(
            visits=tuple(visits.get(row.interaction_id, ())),
            rep_view=row.rep_view,
            strength=row.strength,
            focus=row.focus,
            market=row.market,
            practice=row.practice,
        )
        for row in rows
    }


def focuses(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Focus]:
    """What was agreed on in the field days of those teams on those days, oldest first."""
    rows = tx.all_among(FOCUSES, team_ids, BY_DAY, since=since, until=until)
    return [_focus(row) for row in rows]


def last_focuses(
    tx: Transaction, until: Mapping[tuple[int, int], date]
) -> dict[tuple[int, int], Focus]:
    """What was agreed on last with each rep of a team up to a day, by team and rep, with the path
    to it."""
    days: dict[tuple[int, int], list[Any]] = {}
    for row in tx.all(LAST_FOCUSES, pairs=until):
        days.setdefault((row.team_id, row.rep_id), []).append(row)
    return {
        pair: replace(_focus(rows[-1]), path=_path(rows[-1].focus, rows))
        for pair, rows in days.items()
    }


def path(tx: Transaction, interaction_id: int, focus: str) -> tuple[Practised, ...]:
    """The path with that focus up to the field day of that contact, which is its end."""
    return _path(focus, reversed(tx.all(PRACTISED, last=interaction_id)))


def _path(focus: str, rows: Iterable[Any]) -> tuple[Practised, ...]:
    return path_of(focus, ((row.occurred_on, row.focus, row.practice) for row in rows))


def accounts_of(tx: Transaction, interactions: Sequence[int]) -> dict[int, list[str]]:
    """The accounts that each of those field days went to, in order; nothing of one without."""
    found: dict[int, list[str]] = {}
    for row in tx.all_among(ACCOUNTS_OF, interactions):
        found.setdefault(row.interaction_id, []).append(row.account)
    return found


def last_accounts(tx: Transaction, team_id: int, rep_id: int) -> list[str]:
    """The accounts that the last field day with a rep of a team went to, in order."""
    return [row.account for row in tx.all(LAST_ACCOUNTS, team=team_id, rep=rep_id)]


def markets(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Heard]:
    """What was heard of market and competitors in field days of those teams from that day on,
    oldest first."""
    return [_heard(row) for row in tx.all_among(MARKETS, team_ids, BY_DAY, since=since)]


def visits_to(tx: Transaction, account_id: int, limit: int) -> list[AccountVisit]:
    """The visits to that account, latest first."""
    return [_account_visit(row) for row in tx.all(VISITS_TO, account=account_id, limit=limit)]


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was written down of field days with a rep, by contact."""
    notes = tx.all(TEXTS, team=team_id, rep=rep_id)
    visits = tx.all(TEXTS_OF_VISITS, team=team_id, rep=rep_id)
    found = [(row.interaction_id, _written(row)) for row in notes]
    found += [(row.interaction_id, _written_of_visit(row)) for row in visits]
    return [(contact, text) for contact, texts in found for text in texts if text]


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts. Who got to know whom in them stands on, and
    so does the account, unless they were deleted."""
    gone = list(interactions)
    visited = acquaintances.accounts_of(tx, gone)
    acquaintances.keep(tx, gone)
    _forget(tx, gone)
    acquaintances.follow(tx, visited)
    accounts.forget_unused(tx, visited)


def _forget(tx: Transaction, gone: Sequence[int]) -> None:
    tx.run_among(PURGE_VISITS, gone)
    tx.run_among(PURGE, gone)
