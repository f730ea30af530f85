"""Pairs of ids to join with: SQLite reads a whole table for a pair that is to be in a list. They
are given as one value, in JSON, so that the statement is the same for any number of them; and so
are texts, of which there may be many."""

import json
from collections.abc import Collection, Mapping, Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Date,
    Select,
    Text,
    bindparam,
    literal_column,
    select,
)
from sqlalchemy.engine import Dialect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeDecorator

Pairs = Collection[tuple[int, int]] | Mapping[tuple[int, int], date]


class _PairsText(TypeDecorator[Pairs]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Pairs | None, _dialect: Dialect) -> str:
        if isinstance(value, Mapping):
            return json.dumps([(*ids, day.isoformat()) for ids, day in value.items()])
        return json.dumps(list(value or ()))


class _Elements(FunctionElement[Any]):
    """The elements of a list, a row each, as `value`."""

    name = "elements"
    inherit_cache = True


class _TextsText(TypeDecorator[Sequence[str]]):
    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Sequence[str] | None, _dialect: Dialect) -> str:
        return json.dumps(list(value or ()))


class _Texts(FunctionElement[Any]):
    """The texts of a list, a row each, as `value`."""

    name = "texts"
    inherit_cache = True


class _Number(FunctionElement[int]):
    """What stands at a place of a list."""

    type = BigInteger()
    name = "number"
    inherit_cache = True


class _Day(FunctionElement[date]):
    """What stands at a place of a list."""

    type = Date()
    name = "day"
    inherit_cache = True


@compiles(_Elements, "sqlite")
def _elements_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_Elements, "postgresql")
def _elements_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"jsonb_array_elements(CAST({compiler.process(element.clauses, **kw)} AS jsonb))"


@compiles(_Texts, "sqlite")
def _texts_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    return f"json_each({compiler.process(element.clauses, **kw)})"


@compiles(_Texts, "postgresql")
def _texts_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"jsonb_array_elements_text(CAST({compiler.process(element.clauses, **kw)} AS jsonb))"


@compiles(_Number, "sqlite")
@compiles(_Day, "sqlite")
def _place_on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    value, place = (compiler.process(one, **kw) for one in element.clauses)
    return f"json_extract({value}, '$[{place}]')"


@compiles(_Number, "postgresql")
@compiles(_Day, "postgresql")
def _place_on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    value, place = (compiler.process(one, **kw) for one in element.clauses)
    named = compiler.dialect.type_compiler_instance.process(element.type)
    return f"CAST({value} ->> {place} AS {named})"


_GIVEN = _Elements(bindparam("pairs", type_=_PairsText)).table_valued("value", name="given")
TEXTS = _Texts(bindparam("texts", type_=_TextsText)).table_valued("value", name="texts")
"""The texts that the parameter `texts` is bound to, a row each, as `value`."""

_FIRST: ColumnElement[int] = literal_column("0")
_SECOND: ColumnElement[int] = literal_column("1")
_THIRD: ColumnElement[int] = literal_column("2")


def pairs_of(first: str, second: str) -> CTE:
    """The pairs of ids that the parameter `pairs` is bound to, under those names."""
    value = _GIVEN.c.value
    numbers = (_Number(value, _FIRST).label(first), _Number(value, _SECOND).label(second))
    return select(*numbers).cte("pair")


def dated_pairs_of(first: str, second: str, day: str) -> CTE:
    """The same where `pairs` is bound to pairs with a day of its own for each."""
    value = _GIVEN.c.value
    numbers = (_Number(value, _FIRST).label(first), _Number(value, _SECOND).label(second))
    return select(*numbers, _Day(value, _THIRD).label(day)).cte("pair")


def once(statement: Select[*tuple[Any, ...]], name: str) -> CTE:
    """A part that is worked out once: PostgreSQL would do so again for each row that is compared
    with it."""
    return statement.cte(name).prefix_with("MATERIALIZED", dialect="postgresql")
