"""Workspaces and the people in them."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from storage.models.base import Base, Instant, OfWorkspace, PrimaryKey, SlackId, Words


class Workspace(Base):
    __tablename__ = "workspace"

    id: Mapped[PrimaryKey]
    slack_id: Mapped[SlackId]
    name: Mapped[Words]

    __table_args__ = (UniqueConstraint("slack_id"),)


class Person(OfWorkspace, Base):
    """What was last heard of someone's Slack profile, and their conversation with the bot."""

    __tablename__ = "person"

    slack_id: Mapped[SlackId]
    name: Mapped[Words]
    zone: Mapped[Words | None]
    active: Mapped[bool]
    bot: Mapped[bool]
    dm_channel: Mapped[SlackId | None]
    refreshed_at: Mapped[Instant]

    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)
