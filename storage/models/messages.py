"""What is to be sent and when, and what was posted and may be drawn again."""

from enum import StrEnum

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId, Instant, OfWorkspace, SlackId, Words
from storage.types import by_value


class ScheduleKind(StrEnum):
    """What a schedule sends."""

    TODO_LIST = "todo_list"


class Schedule(OfWorkspace, Base):
    """When a team's next message of a kind is due. The rule itself stands in the team."""

    __tablename__ = "schedule"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    kind: Mapped[ScheduleKind] = mapped_column(by_value(ScheduleKind))
    next_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("team_id", "kind"),
        Index("ix_schedule_next_at", "next_at"),
    )


class PostedMessage(OfWorkspace, Base):
    """A message that stands in a conversation. `subject` says of what: `touch:12`, `note:7`.

    What it should show and what it shows are counted apart, so that a lost edit repairs itself.
    """

    __tablename__ = "posted_message"

    subject: Mapped[Words]
    channel: Mapped[SlackId]
    ts: Mapped[SlackId]
    page: Mapped[int]
    wanted_version: Mapped[int]
    shown_version: Mapped[int]

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "ts"),
        Index("ix_posted_message_subject", "workspace_id", "subject"),
    )
