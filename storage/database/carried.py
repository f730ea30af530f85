"""Rows that go along with a rep who moves: which row of the one team is which of the other."""

from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    BindParameter,
    ColumnElement,
    and_,
    bindparam,
    func,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from storage.database.statements import WORKSPACE

SOURCE: BindParameter[int] = bindparam("source", type_=BigInteger)
TARGET: BindParameter[int] = bindparam("target", type_=BigInteger)
REP: BindParameter[int] = bindparam("rep", type_=BigInteger)
ONLY: BindParameter[int | None] = bindparam("only", None, type_=BigInteger)
"""The contact of the one team that it is about, where it is not about all: what was said in it and
what was promised in it."""


def first_of(row: Any) -> Any:
    """What a row was first: itself, or what it is a copy of."""
    return func.coalesce(row.origin_id, row.id)


def own(row: Any, team: BindParameter[int]) -> Any:
    """The rows about the rep on that team."""
    return and_(row.workspace_id == WORKSPACE, row.team_id == team, row.rep_id == REP)


def is_of(contact: Any) -> ColumnElement[bool]:
    """The contact of that column is the one that it is about, or it is about all of them."""
    return or_(ONLY.is_(None), contact == ONLY)


def paired(row: Any, name: str, contact: str) -> CTE:
    """Which row of the one team about the rep is which of the other: (source_id, target_id). In
    the column `contact` stands the contact of each."""
    before, after = aliased(row), aliased(row)
    first = (
        select(before.id, first_of(before).label("first"))
        .where(own(before, SOURCE), is_of(getattr(before, contact)))
        .subquery()
    )
    then = select(after.id, first_of(after).label("first")).where(own(after, TARGET)).subquery()
    return (
        select(first.c.id.label("source_id"), then.c.id.label("target_id"))
        .join_from(first, then, then.c.first == first.c.first)
        .cte(name)
    )
