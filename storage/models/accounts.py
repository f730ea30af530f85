"""Accounts, who on our side knows whom there, and accounts that pass from one rep to another."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import ABOUT, Base, BigId, OfWorkspace, Words


class Account(OfWorkspace, Base):
    """An account of a team, under the name that it was first written by unless its manager said
    another."""

    __tablename__ = "account"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    name: Mapped[Words]
    is_key: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (Index("ix_account_team_id", "team_id"),)


class AccountSpelling(OfWorkspace, Base):
    """A way to write an account, as it was first written so; `key` (`account_key`) leads to one
    account of a team."""

    __tablename__ = "account_spelling"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    key: Mapped[Words]
    name: Mapped[Words]

    __table_args__ = (
        UniqueConstraint("team_id", "key"),
        Index("ix_account_spelling_account_id", "account_id"),
    )


class Acquaintance(OfWorkspace, Base):
    """That a person of ours knows somebody at an account since a day, or has been there (`key` and
    `name` are "" then); `as_rep`: as the rep of a field day.

    It is what the visits say, and is written whenever they change. What a visit said that is gone
    for good stays as `kept_since`, None for nothing; `kept_as_rep` likewise."""

    __tablename__ = "acquaintance"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    key: Mapped[Words]
    name: Mapped[Words]
    since: Mapped[date]
    as_rep: Mapped[bool]
    kept_since: Mapped[date | None]
    kept_as_rep: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (UniqueConstraint("account_id", "person_id", "key"),)


class Transition(OfWorkspace, Base):
    """`leaves_id` has the account, and `takes_over_id` has it from `day` on. `introduced_on` is
    set where the manager said so; a visit says it too."""

    __tablename__ = "transition"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    leaves_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    takes_over_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    day: Mapped[date]
    planned_on: Mapped[date]
    introduced_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("team_id", "leaves_id", "account_id"),)
