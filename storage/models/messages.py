"""What is to be sent and when, and what was posted and may be drawn again."""

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.deliveries import ScheduleKind
from storage.models.base import Base, BigId, Instant, OfWorkspace, SlackId, Words
from storage.types import by_value

BEHIND = "shown_version < wanted_version"
"""As the index has it: a query finds the index only by the very same words."""


class Schedule(OfWorkspace, Base):
    """When a team's next message of a kind is due; `item` is the id of the one thing it is about,
    0 for the team as a whole. The rule itself stands in the team, or in that thing."""

    __tablename__ = "schedule"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    kind: Mapped[ScheduleKind] = mapped_column(by_value(ScheduleKind))
    item: Mapped[int] = mapped_column(BigId, server_default=text("0"))
    next_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("team_id", "kind", "item"),
        Index("ix_schedule_next_at", "next_at"),
    )


class PostedMessage(OfWorkspace, Base):
    """A message that stands in a conversation. `subject` says of what: `touch:12`, `note:7`.

    What it should show and what it shows are counted apart, so that a lost edit repairs itself.
    `reader_id` is for whom it is drawn, where that matters; `leased_until` as in a delivery.
    """

    __tablename__ = "posted_message"

    subject: Mapped[Words]
    channel: Mapped[SlackId]
    ts: Mapped[SlackId]
    page: Mapped[int]
    wanted_version: Mapped[int]
    shown_version: Mapped[int]
    reader_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    leased_until: Mapped[float | None] = mapped_column(Float(53))

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "ts"),
        Index("ix_posted_message_subject", "workspace_id", "subject"),
        Index(
            "ix_posted_message_behind",
            "workspace_id",
            "id",
            sqlite_where=text(BEHIND),
            postgresql_where=text(BEHIND),
        ),
    )
