"""What is kept of a field day beside the contact itself."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.accounts.visits import Led
from bot.domain.field_days import Practice
from storage.database.types import by_value
from storage.models.base import Base, BigId, OfWorkspace, Private, Words


class FieldDay(OfWorkspace, Base):
    """What was seen and agreed on, one row to an interaction of that kind."""

    __tablename__ = "field_day"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    rep_view: Mapped[Words]
    strength: Mapped[Words]
    focus: Mapped[Words]
    market: Mapped[Words]
    practice: Mapped[Practice | None] = mapped_column(by_value(Practice))

    __table_args__ = (UniqueConstraint("interaction_id"),)


class Visit(OfWorkspace, Base):
    """A customer visited on a field day; `place` is its order in the day, from 0. `account` is what
    was typed, `account_id` what it leads to."""

    __tablename__ = "visit"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    place: Mapped[int]
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    account: Mapped[Words]
    people: Mapped[Words]
    outcome: Mapped[Words]
    role: Mapped[Words] = mapped_column(server_default=text("''"))
    led_by: Mapped[Led | None] = mapped_column(by_value(Led))
    next_step: Mapped[Words] = mapped_column(server_default=text("''"))

    __table_args__ = (
        UniqueConstraint("interaction_id", "place"),
        Index("ix_visit_account_id", "account_id"),
    )


class StandingFocus(OfWorkspace, Base):
    """What a rep works on since a field day that is gone because it is old: the last such one of
    the team with a focus, which `author_id` wrote. `shared` and `otherwise` say what the sharing of
    that day said."""

    __tablename__ = "standing_focus"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    agreed_on: Mapped[date]
    text: Mapped[Words]
    practice: Mapped[Practice | None] = mapped_column(by_value(Practice))
    shared: Mapped[bool] = mapped_column(server_default=false())
    otherwise: Mapped[Private | None]

    __table_args__ = (UniqueConstraint("team_id", "rep_id"),)
