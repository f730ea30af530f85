"""What something costs the database: statements, and rows answered."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pytest
from sqlalchemy import Executable

from storage.database.engine import Database
from storage.database.transaction import Transaction
from tests.storage.world import statements

PATIENCE = 60.0
"""Seconds for years of history at once."""


@dataclass(frozen=True)
class Cost:
    """How many statements, and how many rows they answered."""

    statements: int
    rows: int


@dataclass
class Counted:
    sent: list[str]
    rows: list[int] = field(default_factory=list)

    @property
    def cost(self) -> Cost:
        return Cost(len(self.sent), sum(self.rows))


@contextmanager
def counting(database: Database) -> Iterator[Counted]:
    """What is asked and answered meanwhile, row by row."""
    execute = Transaction.execute

    def count(self: Transaction, statement: Executable, rows: Any = None) -> Any:
        result = execute(self, statement, rows)
        if not (statement.is_select and result.returns_rows):
            return result
        answered = result.freeze()
        counted.rows.append(len(answered.data))
        return answered()

    with pytest.MonkeyPatch.context() as patched, statements(database) as sent:
        counted = Counted(sent)
        patched.setattr(Transaction, "execute", count)
        yield counted


def calls(work: Callable[[], object]) -> int:
    """How many calls of Python functions some work takes: what it costs, on any machine."""
    taken = 0

    def count(_frame: object, event: str, _arg: object) -> None:
        nonlocal taken
        taken += event == "call"

    before = sys.getprofile()
    sys.setprofile(count)
    try:
        work()
    finally:
        sys.setprofile(before)
    return taken
