"""Touches, strategy sessions and field days in one table, and notes to oneself."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import Channel
from storage.database.types import by_value
from storage.models.base import (
    ABOUT,
    Base,
    BigId,
    Instant,
    OfWorkspace,
    Private,
    SlackId,
    Words,
    deleted_index,
)

IS_COMPONENT = "kind != 'touch' AND deleted_at IS NULL"
"""As the index has it: a query finds the index only by the very same words."""


class Interaction(OfWorkspace, Base):
    """A contact. `files` are the links of what its author sent with it, for the author alone.

    Where its rep moved to another team, that has a copy of it: `origin_id` is the contact that it
    was first, and `moved_to_id` the team where its rep reads it since.

    Neither is a key. The first may be gone, and its copies are known by its number as one all the
    same, which is no other row's for as long as a copy, with a higher one, is there. A team is
    never removed; with a key SQLite would have to make this table anew, on which half of all rows
    hang."""

    __tablename__ = "interaction"

    kind: Mapped[InteractionKind] = mapped_column(by_value(InteractionKind))
    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    channel: Mapped[Channel | None] = mapped_column(by_value(Channel))
    occurred_on: Mapped[date]
    occurred_at: Mapped[Instant]
    recorded_at: Mapped[Instant]
    about: Mapped[Words]
    private_note: Mapped[Private | None]
    files: Mapped[Private | None]
    origin_id: Mapped[int | None] = mapped_column(BigId)
    moved_to_id: Mapped[int | None] = mapped_column(BigId)
    deleted_at: Mapped[Instant | None]

    __table_args__ = (
        Index(
            "ix_interaction_origin_id",
            "origin_id",
            sqlite_where=text("origin_id IS NOT NULL"),
            postgresql_where=text("origin_id IS NOT NULL"),
        ),
        Index("ix_interaction_clock", "team_id", "rep_id", "occurred_on"),
        Index("ix_interaction_week", "team_id", "occurred_on"),
        Index(
            "ix_interaction_component",
            "team_id",
            "occurred_on",
            sqlite_where=text(IS_COMPONENT),
            postgresql_where=text(IS_COMPONENT),
        ),
        deleted_index("interaction"),
    )


class Note(OfWorkspace, Base):
    """A plain message to Windshield, kept as it was written for its author alone. `edited_at` is
    when Slack was told of the words that it says now, None for those it was written with."""

    __tablename__ = "note"

    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    text: Mapped[Private]
    written_at: Mapped[Instant]
    message: Mapped[SlackId]
    files: Mapped[Private | None]
    edited_at: Mapped[Instant | None]
    deleted_at: Mapped[Instant | None]

    __table_args__ = (
        UniqueConstraint("message", "workspace_id"),
        Index("ix_note_author_id", "author_id", "written_at"),
        deleted_index("note"),
    )
