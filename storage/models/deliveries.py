"""Scheduled messages on their way."""

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.deliveries import DeliveryState, ScheduleKind
from storage.models.base import Base, BigId, Instant, OfWorkspace, SlackId, Words
from storage.types import by_value

OPEN = "state IN ('pending', 'sending', 'unknown')"
"""As the index has it: a query finds the index only by the very same words."""


class Delivery(OfWorkspace, Base):
    """One scheduled message: the row under (team, kind, item, due time) is what makes it once.

    `try_at`: not before then; `tried_at`: when it was last handed to Slack. Both are the product's
    time. `leased_until` is the database's own clock, in seconds since 1970. `subject` and
    `reader_id` say what was handed to Slack, and for whom. `fault` is Slack's word for what went
    wrong.
    """

    __tablename__ = "delivery"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    kind: Mapped[ScheduleKind] = mapped_column(by_value(ScheduleKind))
    item: Mapped[int] = mapped_column(BigId, server_default=text("0"))
    due_at: Mapped[Instant]
    state: Mapped[DeliveryState] = mapped_column(by_value(DeliveryState))
    attempts: Mapped[int]
    try_at: Mapped[Instant]
    tried_at: Mapped[Instant | None]
    leased_until: Mapped[float | None] = mapped_column(Float(53))
    subject: Mapped[Words | None]
    reader_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    channel: Mapped[SlackId | None]
    ts: Mapped[SlackId | None]
    fault: Mapped[Words | None]

    __table_args__ = (
        UniqueConstraint("team_id", "kind", "item", "due_at"),
        Index(
            "ix_delivery_open",
            "try_at",
            sqlite_where=text(OPEN),
            postgresql_where=text(OPEN),
        ),
    )
