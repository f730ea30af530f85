"""What a manager shared with a rep, and what the rep said to it."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId, Instant, OfWorkspace, Private, Words


class Sharing(OfWorkspace, Base):
    """One row to a contact that was shared. `objection` is for the manager alone."""

    __tablename__ = "sharing"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    shared_at: Mapped[Instant]
    changed_at: Mapped[Instant | None]
    rep_words: Mapped[Words]
    rep_words_at: Mapped[Instant | None]
    objection: Mapped[Private | None]

    __table_args__ = (UniqueConstraint("interaction_id", "workspace_id"),)
