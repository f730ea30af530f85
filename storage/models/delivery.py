"""What is due and when, scheduled messages on their way, and messages that may be drawn again."""

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.delivery import DeliveryState, MessageKind, Subject
from storage.database.types import SubjectText, by_value
from storage.models.base import Base, BigId, Instant, OfWorkspace, SlackId, Words

OPEN = "state IN ('pending', 'sending', 'unknown')"
"""As the index has it: a query finds the index only by the very same words."""

STALE = "shown_version < wanted_version"
"""As the index has it."""


class Schedule(OfWorkspace, Base):
    """When a team's next message of a kind is due; `item` is the id of the one thing it is about,
    0 for the team as a whole. The rule itself stands in the team, or in that thing.

    Where what is due could not be planned it is put off: `next_at` is then when to try again,
    `due_at` since when it has been due, and `attempts` how often it was tried.
    """

    __tablename__ = "schedule"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    kind: Mapped[MessageKind] = mapped_column(by_value(MessageKind))
    item: Mapped[int] = mapped_column(BigId, server_default=text("0"))
    next_at: Mapped[Instant]
    due_at: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        UniqueConstraint("team_id", "kind", "item"),
        Index("ix_schedule_next_at", "next_at"),
    )


class Delivery(OfWorkspace, Base):
    """One scheduled message: the row under (team, kind, item, due time) is what makes it once.

    `try_at`: not before then; `tried_at`: when it was last handed to Slack. Both are the product's
    time. `leased_until` is the database's own clock, in seconds since 1970. `subject` and
    `reader_id` say what was handed to Slack, and for whom. `fault` is Slack's word for what went
    wrong. `is_stale`: what it shows has changed since it was handed to Slack.
    """

    __tablename__ = "delivery"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    kind: Mapped[MessageKind] = mapped_column(by_value(MessageKind))
    item: Mapped[int] = mapped_column(BigId, server_default=text("0"))
    due_at: Mapped[Instant]
    state: Mapped[DeliveryState] = mapped_column(by_value(DeliveryState))
    attempts: Mapped[int]
    try_at: Mapped[Instant]
    tried_at: Mapped[Instant | None]
    leased_until: Mapped[float | None] = mapped_column(Float(53))
    subject: Mapped[Subject | None] = mapped_column(SubjectText)
    reader_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    channel: Mapped[SlackId | None]
    ts: Mapped[SlackId | None]
    fault: Mapped[Words | None]
    is_stale: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        UniqueConstraint("team_id", "kind", "item", "due_at"),
        Index(
            "ix_delivery_open",
            "try_at",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )


class PostedMessage(OfWorkspace, Base):
    """A message that stands in a conversation, and what it is about.

    What it should show and what it shows are counted apart, so that a lost edit repairs itself.
    `reader_id` is for whom it is drawn, where that matters; `leased_until` as in a delivery. One
    that could not be drawn is not tried again before `try_at`; `attempts` counts that.
    """

    __tablename__ = "posted_message"

    subject: Mapped[Subject] = mapped_column(SubjectText)
    channel: Mapped[SlackId]
    ts: Mapped[SlackId]
    page: Mapped[int]
    wanted_version: Mapped[int]
    shown_version: Mapped[int]
    reader_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    leased_until: Mapped[float | None] = mapped_column(Float(53))
    try_at: Mapped[Instant | None]
    attempts: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        UniqueConstraint("workspace_id", "channel", "ts"),
        Index("ix_posted_message_subject", "workspace_id", "subject"),
        Index(
            "ix_posted_message_behind",
            "workspace_id",
            "id",
            sqlite_where=text(STALE),
            postgresql_where=text(STALE),
        ),
    )
