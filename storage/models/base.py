"""What all tables share: names of constraints, column types, the workspace they belong to."""

from datetime import datetime
from typing import Annotated

from sqlalchemy import BigInteger, ForeignKey, Integer, MetaData, Text
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.types import EncryptedText, UtcDateTime

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


class Base(DeclarativeBase):
    metadata = MetaData(naming_convention=NAMING)


class OfWorkspace:
    """Everything but the workspace itself belongs to one."""

    id: Mapped[PrimaryKey]
    workspace_id: Mapped[int] = mapped_column(BigId, ForeignKey("workspace.id"))
