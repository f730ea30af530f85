"""What is kept of a field day beside the contact itself."""

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId, OfWorkspace, Words


class FieldDay(OfWorkspace, Base):
    """What was seen and agreed on, one row to an interaction of that kind."""

    __tablename__ = "field_day"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    rep_view: Mapped[Words]
    strength: Mapped[Words]
    focus: Mapped[Words]
    market: Mapped[Words]

    __table_args__ = (UniqueConstraint("interaction_id"),)


class Visit(OfWorkspace, Base):
    """A customer visited on a field day; `place` is its order in the day, from 0."""

    __tablename__ = "visit"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    place: Mapped[int]
    account: Mapped[Words]
    people: Mapped[Words]
    outcome: Mapped[Words]

    __table_args__ = (UniqueConstraint("interaction_id", "place"),)
