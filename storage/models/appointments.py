"""Sessions and field days that are planned, and what a rep prepares for them."""

from datetime import date, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.contacts.interactions import InteractionKind
from storage.database.types import by_value
from storage.models.base import ABOUT, Base, BigId, Instant, OfWorkspace, Words


class Appointment(OfWorkspace, Base):
    """Whether it was held is not kept: it follows from the contacts that came after it was made.

    `after_contact` is the newest one of its kind that the team had by then, 0 for none; the clock
    would not tell a session from the next one that is planned in its very minute. `dropped_at`: it
    did not happen, or is not to. `sequence`: how often it was moved, or dropped.
    """

    __tablename__ = "appointment"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    kind: Mapped[InteractionKind] = mapped_column(by_value(InteractionKind))
    day: Mapped[date]
    at: Mapped[time | None]
    made_on: Mapped[date]
    notes: Mapped[Words] = mapped_column(server_default=text("''"))
    after_contact: Mapped[int] = mapped_column(BigId)
    dropped_at: Mapped[Instant | None]
    sequence: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        Index("ix_appointment_team_id", "team_id", "day"),
        Index("ix_appointment_rep_id", "rep_id", "team_id"),
    )


class Preparation(OfWorkspace, Base):
    """What a rep wrote for a topic before a session, and sent to the manager."""

    __tablename__ = "preparation"

    appointment_id: Mapped[int] = mapped_column(BigId, ForeignKey("appointment.id"))
    key: Mapped[Words]
    text: Mapped[Words]
    sent_at: Mapped[Instant]

    __table_args__ = (UniqueConstraint("appointment_id", "key"),)
