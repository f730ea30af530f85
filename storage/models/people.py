"""Workspaces and the people in them."""

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId, Instant, OfWorkspace, PrimaryKey, SlackId, Words


class Workspace(Base):
    __tablename__ = "workspace"

    id: Mapped[PrimaryKey]
    slack_id: Mapped[SlackId]
    name: Mapped[Words]

    __table_args__ = (UniqueConstraint("slack_id"),)


class Person(OfWorkspace, Base):
    """What was last heard of someone's Slack profile, and their conversation with the bot.

    `updated` is Slack's own stamp of that profile, in seconds since 1970.
    """

    __tablename__ = "person"

    slack_id: Mapped[SlackId]
    name: Mapped[Words]
    zone: Mapped[Words | None]
    active: Mapped[bool]
    bot: Mapped[bool]
    dm_channel: Mapped[SlackId | None]
    updated: Mapped[int | None] = mapped_column(BigId)
    refreshed_at: Mapped[Instant]

    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)
