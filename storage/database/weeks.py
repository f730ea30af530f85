"""The week that a day is in, as both databases work it out."""

from typing import Any

from sqlalchemy import Integer
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.functions import FunctionElement


class WeekNumber(FunctionElement[int]):
    """How many weeks, Monday to Sunday, lie between the first Monday of the calendar (1 January of
    the year 1) and that of a day."""

    type = Integer()
    name = "week_number"
    inherit_cache = True


@compiles(WeekNumber, "sqlite")
def _on_sqlite(element: Any, compiler: Any, **kw: Any) -> str:
    # Of the Julian day, which begins at noon.
    return f"CAST(julianday({compiler.process(element.clauses, **kw)}) - 1721425.5 AS INTEGER) / 7"


@compiles(WeekNumber, "postgresql")
def _on_postgresql(element: Any, compiler: Any, **kw: Any) -> str:
    return f"(({compiler.process(element.clauses, **kw)}) - DATE '0001-01-01') / 7"
