"""What was seen and agreed on in field days, and the visits."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import and_, func, select, text

from bot.domain.accounts.accounts import AccountVisit
from bot.domain.field_days import FieldDayNotes, Focus, Heard, Visit
from storage.database.engine import Transaction
from storage.database.pairs import dated_pairs
from storage.models import FieldDay as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Visit as VisitRow
from storage.models.contacts import IS_COMPONENT
from storage.team import people

VISIT = (
    VisitRow.account,
    VisitRow.people,
    VisitRow.outcome,
    VisitRow.role,
    VisitRow.is_key,
    VisitRow.led_by,
    VisitRow.next_step,
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
    )
    rows = [
        {"interaction_id": interaction_id, "place": place, **vars(visit)}
        for place, visit in enumerate(notes.visits)
    ]
    if rows:
        tx.insert_all(VisitRow, rows)


def of_interactions(tx: Transaction, interactions: Sequence[int]) -> dict[int, FieldDayNotes]:
    """The notes of those contacts, by contact; those that are no field day have none."""
    return _read(
        tx.all(_visits(tx).where(VisitRow.interaction_id.in_(interactions))),
        tx.all(_notes(tx).where(Row.interaction_id.in_(interactions))),
    )


def of_team(tx: Transaction, team_id: int) -> dict[int, FieldDayNotes]:
    """The notes of all field days of a team that stand, by contact."""
    own = and_(Contact.team_id == team_id, Contact.deleted_at.is_(None))
    return _read(
        tx.all(_visits(tx).join(Contact, Contact.id == VisitRow.interaction_id).where(own)),
        tx.all(_notes(tx).join(Contact, Contact.id == Row.interaction_id).where(own)),
    )


def _visits(tx: Transaction) -> Any:
    visits = tx.select(VisitRow, VisitRow.interaction_id, *VISIT)
    return visits.order_by(VisitRow.interaction_id, VisitRow.place)


def _notes(tx: Transaction) -> Any:
    return tx.select(Row, Row.interaction_id, Row.rep_view, Row.strength, Row.focus, Row.market)


def _read(visit_rows: Iterable[Any], rows: Iterable[Any]) -> dict[int, FieldDayNotes]:
    visits: dict[int, list[Visit]] = {}
    for row in visit_rows:
        visits.setdefault(row[0], []).append(Visit(*row[1:]))
    return {row[0]: FieldDayNotes(tuple(visits.get(row[0], ())), *row[1:]) for row in rows}


def focuses(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Focus]:
    """What was agreed on in the field days of those teams on those days, oldest first."""
    rows = tx.all(
        tx.select(
            Contact, Contact.team_id, Contact.rep_id, Contact.id, Contact.occurred_on, Row.focus
        )
        .join(Row, Row.interaction_id == Contact.id)
        .where(
            Contact.team_id.in_(team_ids),
            Contact.occurred_on.between(since, until),
            text(IS_COMPONENT),
            Row.focus != "",
        )
        .order_by(Contact.occurred_on, Contact.id)
    )
    return [Focus(*row) for row in rows]


def last_focuses(
    tx: Transaction, until: Mapping[tuple[int, int], date]
) -> dict[tuple[int, int], Focus]:
    """What was agreed on last with each rep of a team up to a day, by team and rep."""
    pair = dated_pairs(until, "team_id", "rep_id", "until")
    turn = func.row_number().over(
        partition_by=(Contact.team_id, Contact.rep_id),
        order_by=(Contact.occurred_on.desc(), Contact.id.desc()),
    )
    ranked = (
        tx.select(
            Contact,
            Contact.team_id,
            Contact.rep_id,
            Contact.id,
            Contact.occurred_on,
            Row.focus,
            turn.label("turn"),
        )
        .join(Row, Row.interaction_id == Contact.id)
        .join(pair, and_(pair.c.team_id == Contact.team_id, pair.c.rep_id == Contact.rep_id))
        .where(Contact.occurred_on <= pair.c.until, text(IS_COMPONENT), Row.focus != "")
        .subquery()
    )
    rows = tx.all(select(ranked).where(ranked.c.turn == 1))
    return {(row[0], row[1]): Focus(*row[:-1]) for row in rows}


def markets(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Heard]:
    """What was heard of market and competitors in field days of those teams from that day on,
    oldest first."""
    rows = tx.all(
        tx.select(
            Contact, Contact.team_id, Contact.id, Contact.occurred_on, PersonRow.name, Row.market
        )
        .join(Row, Row.interaction_id == Contact.id)
        .join(PersonRow, PersonRow.id == Contact.rep_id)
        .where(
            Contact.team_id.in_(team_ids),
            Contact.occurred_on >= since,
            text(IS_COMPONENT),
            Row.market != "",
        )
        .order_by(Contact.occurred_on, Contact.id)
    )
    return [Heard(*row) for row in rows]


def accounts(tx: Transaction, team_id: int) -> list[str]:
    """The names of all accounts that field days of that team have been to, as they were typed."""
    rows = tx.all(
        tx.select(VisitRow, VisitRow.account)
        .join(Contact, Contact.id == VisitRow.interaction_id)
        .where(Contact.team_id == team_id, Contact.deleted_at.is_(None))
        .distinct()
        .order_by(VisitRow.account)
    )
    return [row[0] for row in rows]


def visits_to(
    tx: Transaction, team_id: int, accounts: Sequence[str], limit: int
) -> list[AccountVisit]:
    """The visits of that team to an account, under the names it was typed with, latest first."""
    rows = tx.all(
        tx.select(
            VisitRow,
            Contact.id,
            Contact.occurred_on,
            VisitRow.account,
            VisitRow.people,
            VisitRow.outcome,
            VisitRow.is_key,
            *people.columns(),
        )
        .join(Contact, Contact.id == VisitRow.interaction_id)
        .join(PersonRow, PersonRow.id == Contact.rep_id)
        .where(
            Contact.team_id == team_id,
            Contact.deleted_at.is_(None),
            VisitRow.account.in_(accounts),
        )
        .order_by(Contact.occurred_on.desc(), Contact.id.desc(), VisitRow.place)
        .limit(limit)
    )
    return [AccountVisit(row[0], row[1], people.read(row[6:]), *row[2:6]) for row in rows]


def visits_of(tx: Transaction, team_ids: Sequence[int]) -> dict[int, list[AccountVisit]]:
    """All visits of those teams, by team, oldest first."""
    rows = tx.all(
        tx.select(
            VisitRow,
            Contact.team_id,
            Contact.id,
            Contact.occurred_on,
            VisitRow.account,
            VisitRow.people,
            VisitRow.outcome,
            VisitRow.is_key,
            *people.columns(),
        )
        .join(Contact, Contact.id == VisitRow.interaction_id)
        .join(PersonRow, PersonRow.id == Contact.rep_id)
        .where(Contact.team_id.in_(team_ids), Contact.deleted_at.is_(None))
        .order_by(Contact.occurred_on, Contact.id, VisitRow.place)
    )
    found: dict[int, list[AccountVisit]] = {}
    for team_id, *visit in rows:
        one = AccountVisit(visit[0], visit[1], people.read(visit[6:]), *visit[2:6])
        found.setdefault(team_id, []).append(one)
    return found


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was written down of field days with a rep, by contact."""
    own = Contact.team_id == team_id, Contact.rep_id == rep_id
    notes = tx.all(
        tx.select(Row, Row.interaction_id, Row.rep_view, Row.strength, Row.focus, Row.market)
        .join(Contact, Contact.id == Row.interaction_id)
        .where(*own)
    )
    visits = tx.all(
        tx.select(
            VisitRow,
            VisitRow.interaction_id,
            VisitRow.account,
            VisitRow.people,
            VisitRow.outcome,
            VisitRow.role,
            VisitRow.next_step,
        )
        .join(Contact, Contact.id == VisitRow.interaction_id)
        .where(*own)
    )
    return [(row[0], text) for row in [*notes, *visits] for text in row[1:] if text]


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts."""
    gone = list(interactions)
    if gone:
        tx.delete(VisitRow, VisitRow.interaction_id.in_(gone))
        tx.delete(Row, Row.interaction_id.in_(gone))
