"""Accounts that pass from one rep to another."""

from datetime import date

from sqlalchemy import ForeignKey, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import ABOUT, Base, BigId, OfWorkspace, Words


class Transition(OfWorkspace, Base):
    """`leaves_id` has the account, and `takes_over_id` has it from `day` on. `introduced_on` is
    set where the manager said so; a visit says it too."""

    __tablename__ = "transition"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    leaves_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    account: Mapped[Words]
    takes_over_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    day: Mapped[date]
    planned_on: Mapped[date]
    introduced_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("team_id", "leaves_id", "account"),)
