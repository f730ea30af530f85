"""Who exported or imported what."""

from sqlalchemy import Index
from sqlalchemy.orm import Mapped

from storage.models.base import Base, Instant, OfWorkspace, Words


class Audit(OfWorkspace, Base):
    """`actor` is a Slack id, or `operator` for the command line; `subject` says of what."""

    __tablename__ = "audit"

    actor: Mapped[Words]
    action: Mapped[Words]
    subject: Mapped[Words]
    at: Mapped[Instant]

    __table_args__ = (Index("ix_audit_at", "workspace_id", "at"),)
