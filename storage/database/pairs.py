"""What a statement joins with: pairs of ids, for SQLite reads a whole table for a pair that is to
be in a list; and what is worked out once."""

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from sqlalchemy import CTE, BigInteger, Date, Select, column, values


def pairs(wanted: Collection[tuple[int, int]], first: str, second: str) -> CTE:
    """Those pairs of ids, under those names, as something to select from."""
    names = (column(first, BigInteger), column(second, BigInteger))
    return values(*names, name="pair").data(list(wanted)).cte()


def dated_pairs(wanted: Mapping[tuple[int, int], date], first: str, second: str, day: str) -> CTE:
    """The same, each with a day of its own."""
    names = (column(first, BigInteger), column(second, BigInteger), column(day, Date))
    return values(*names, name="pair").data([(*ids, at) for ids, at in wanted.items()]).cte()


def once(statement: Select[*tuple[Any, ...]], name: str) -> CTE:
    """A part that is worked out once: PostgreSQL would do so again for each row that is compared
    with it."""
    return statement.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")
