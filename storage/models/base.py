"""What all tables share: names of constraints, column types, the workspace they belong to."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import BigInteger, ForeignKey, Index, Integer, MetaData, Text, text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.database.types import EncryptedText, UtcDateTime

NAMING = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}

# SQLite numbers rows by itself only in an INTEGER primary key.
BigId = BigInteger().with_variant(Integer(), "sqlite")

PrimaryKey = Annotated[int, mapped_column(BigId, primary_key=True)]
SlackId = Annotated[str, mapped_column(Text)]
Words = Annotated[str, mapped_column(Text)]
Instant = Annotated[datetime, mapped_column(UtcDateTime)]
Private = Annotated[str, mapped_column(EncryptedText)]


def deleted_index(table: str) -> Index:
    """Finds what was deleted. Partial, or SQLite would look for what was not by it: nearly all."""
    deleted = text("deleted_at IS NOT NULL")
    name = f"ix_{table}_deleted_at"
    return Index(name, "deleted_at", sqlite_where=deleted, postgresql_where=deleted)


ABOUT = {"about": True}
"""Marks a column that says whom an entry is about. It is set when the entry is made, and changed by
nothing but `bot/services/workspaces/passing.py`: much else changes with it."""

LEADS = {"leads": True}
"""Marks the column that says who manages a team. Nothing but `pass_to` (`storage/team/teams.py`)
changes it: what was the one manager's own to share ends there."""


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class OfWorkspace:
    """Everything but the workspace itself belongs to one.

    A key of a large table must not begin with the workspace: SQLite has no statistics, and would
    read a whole workspace by it where a better index is at hand.
    """

    id: Mapped[PrimaryKey]
    workspace_id: Mapped[int] = mapped_column(BigId, ForeignKey("workspace.id"))
