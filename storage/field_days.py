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
from bot.domain.workspaces.names import in_order
from storage.database.pairs import dated_pairs_of
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import FieldDay as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Visit as VisitRow
from storage.models.contacts import IS_COMPONENT
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
    VisitRow.is_key,
    VisitRow.led_by,
    VisitRow.next_step,
)
NOTES = (Row.interaction_id, Row.rep_view, Row.strength, Row.focus, Row.market, Row.practice)
OF_TEAM = and_(Contact.team_id == bindparam("team"), Contact.deleted_at.is_(None))
ALL_VISITS = (
    select(VisitRow.interaction_id, *VISIT)
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
    .join(UNTIL, and_(UNTIL.c.team_id == Contact.team_id, UNTIL.c.rep_id == Contact.rep_id))
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.occurred_on <= UNTIL.c.until,
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
ACCOUNTS = (
    select(VisitRow.account)
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .where(
        VisitRow.workspace_id == WORKSPACE,
        Contact.team_id == bindparam("team"),
        Contact.deleted_at.is_(None),
    )
    .distinct()
)
ACCOUNT_VISITS = (
    select(
        Contact.team_id,
        Contact.id,
        Contact.occurred_on,
        VisitRow.account,
        VisitRow.people,
        VisitRow.outcome,
        VisitRow.is_key,
        VisitRow.place,
        *REP.columns,
    )
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .join(PersonRow, PersonRow.id == Contact.rep_id)
    .where(VisitRow.workspace_id == WORKSPACE, Contact.deleted_at.is_(None))
)
VISITS_TO = (
    ACCOUNT_VISITS.where(Contact.team_id == bindparam("team"), VisitRow.account.in_(AMONG))
    .order_by(Contact.occurred_on.desc(), Contact.id.desc(), VisitRow.place)
    .limit(bindparam("limit"))
)
VISITS_OF = ACCOUNT_VISITS.where(Contact.team_id.in_(AMONG)).order_by(
    Contact.occurred_on, Contact.id, VisitRow.place
)
TEXTS = (
    select(*NOTES)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP)
)
TEXTS_OF_VISITS = (
    select(VisitRow.interaction_id, *VISIT)
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


def _by_day_latest_first(row: Any) -> tuple[date, int, int]:
    return row.occurred_on, row.id, -row.place


def _account_visit(row: Any) -> AccountVisit:
    return AccountVisit(
        field_day=row.id,
        visited_on=row.occurred_on,
        rep=REP.read(row),
        account=row.account,
        people=row.people,
        outcome=row.outcome,
        is_key=row.is_key,
    )


def save(tx: Transaction, interaction_id: int, notes: FieldDayNotes) -> None:
    """Let the field day of that contact say this, whatever it said before."""
    purge(tx, [interaction_id])
    tx.insert(
        Row,
        interaction_id=interaction_id,
        rep_view=notes.rep_view,
        strength=notes.strength,
        focus=notes.focus,
        market=notes.market,
        practice=notes.practice,
    )
    rows = [
        {"interaction_id": interaction_id, "place": place, **vars(visit)}
        for place, visit in enumerate(notes.visits)
    ]
    if rows:
        tx.insert_all(VisitRow, rows)


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


def markets(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Heard]:
    """What was heard of market and competitors in field days of those teams from that day on,
    oldest first."""
    return [_heard(row) for row in tx.all_among(MARKETS, team_ids, BY_DAY, since=since)]


def accounts(tx: Transaction, team_id: int) -> list[str]:
    """The names of all accounts that field days of that team have been to, as they were typed."""
    return sorted((row.account for row in tx.all(ACCOUNTS, team=team_id)), key=in_order)


def visits_to(
    tx: Transaction, team_id: int, accounts: Sequence[str], limit: int
) -> list[AccountVisit]:
    """The visits of that team to an account, under the names it was typed with, latest first."""
    asked = {"team": team_id, "limit": limit}
    rows = tx.all_among(VISITS_TO, accounts, _by_day_latest_first, descending=True, **asked)
    return [_account_visit(row) for row in rows[:limit]]


def visits_of(tx: Transaction, team_ids: Sequence[int]) -> dict[int, list[AccountVisit]]:
    """All visits of those teams, by team, oldest first."""
    found: dict[int, list[AccountVisit]] = {}
    for row in tx.all_among(VISITS_OF, team_ids):
        found.setdefault(row.team_id, []).append(_account_visit(row))
    return found


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was written down of field days with a rep, by contact."""
    notes = tx.all(TEXTS, team=team_id, rep=rep_id)
    visits = tx.all(TEXTS_OF_VISITS, team=team_id, rep=rep_id)
    found = [(row.interaction_id, _written(row)) for row in notes]
    found += [(row.interaction_id, _written_of_visit(row)) for row in visits]
    return [(contact, text) for contact, texts in found for text in texts if text]


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    gone = list(interactions)
    tx.run_among(PURGE_VISITS, gone)
    tx.run_among(PURGE, gone)
