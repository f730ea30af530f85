"""Workspaces, and who exported or imported what in them."""

from sqlalchemy import Index, UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.models.base import Base, Instant, OfWorkspace, PrimaryKey, SlackId, Words


class Workspace(Base):
    __tablename__ = "workspace"

    id: Mapped[PrimaryKey]
    slack_id: Mapped[SlackId]
    name: Mapped[Words]

    __table_args__ = (UniqueConstraint("slack_id"),)


class Audit(OfWorkspace, Base):
    """`actor` is a Slack id, or `operator` for the command line; `subject` says of what."""

    __tablename__ = "audit"

    actor: Mapped[Words]
    action: Mapped[Words]
    subject: Mapped[Words]
    at: Mapped[Instant]

    __table_args__ = (Index("ix_audit_at", "workspace_id", "at"),)
