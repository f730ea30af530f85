"""Leases: what a process has claimed is nobody else's until then, by the database's own clock.

That clock is the same for all processes, and it is seconds since 1970 on both databases.
"""

from typing import Any

from sqlalchemy import Float, or_
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.elements import ColumnElement
from sqlalchemy.sql.functions import FunctionElement


class DatabaseSeconds(FunctionElement[float]):
    """The database's present time, even within a transaction that is open for long."""

    type = Float(53)
    inherit_cache = True
    name = "database_seconds"


@compiles(DatabaseSeconds, "postgresql")
def _on_postgresql(_element: Any, _compiler: Any, **_: Any) -> str:
    return "extract(epoch FROM clock_timestamp())::double precision"


@compiles(DatabaseSeconds, "sqlite")
def _on_sqlite(_element: Any, _compiler: Any, **_: Any) -> str:
    # unixepoch('subsec') says it plainly, but came with SQLite 3.42; 1970 began on this day.
    return "((julianday('now') - 2440587.5) * 86400.0)"


def is_free(leased_until: InstrumentedAttribute[float | None]) -> ColumnElement[bool]:
    """Whether nobody works on that row."""
    return or_(leased_until.is_(None), leased_until <= DatabaseSeconds())
