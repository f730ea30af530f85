"""Metrics of teams, and what reps reached of them by which day."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.results.results import Better, MetricKind
from storage.database.types import ExactNumber, by_value
from storage.models.base import Base, BigId, Instant, OfWorkspace, Words


class Metric(OfWorkspace, Base):
    """What a team counts, as it was last written; `key` (`metric_key`) is what it is found by."""

    __tablename__ = "metric"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    key: Mapped[Words]
    name: Mapped[Words]
    kind: Mapped[MetricKind] = mapped_column(by_value(MetricKind))
    better: Mapped[Better] = mapped_column(by_value(Better))
    unit: Mapped[Words]

    __table_args__ = (UniqueConstraint("team_id", "key"),)


class Result(OfWorkspace, Base):
    """That there are readings of a metric for a rep in a period, its first and last day within.

    Periods of one metric of a rep do not overlap, so that the first day says which it is."""

    __tablename__ = "result"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    metric_id: Mapped[int] = mapped_column(BigId, ForeignKey("metric.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]

    __table_args__ = (
        UniqueConstraint("metric_id", "rep_id", "starts_on"),
        # Finds what is not over yet, however many periods are.
        Index("ix_result_team_id", "team_id", "ends_on"),
        Index("ix_result_rep_id", "rep_id"),
    )


class Reading(OfWorkspace, Base):
    """What was reached from the period's beginning through `as_of`, and what was to be reached in
    all of it, as that was known then: a target may change."""

    __tablename__ = "reading"

    result_id: Mapped[int] = mapped_column(BigId, ForeignKey("result.id", ondelete="CASCADE"))
    as_of: Mapped[date]
    target: Mapped[Decimal] = mapped_column(ExactNumber)
    actual: Mapped[Decimal] = mapped_column(ExactNumber)

    __table_args__ = (UniqueConstraint("result_id", "as_of"),)


class Director(OfWorkspace, Base):
    """Whom a team's manager lets see whether sessions, field days and meetings of it are happening.
    It goes for as long as `shared_by_id` manages the team: another manager begins with nobody."""

    __tablename__ = "director"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    director_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    shared_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    shared_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("team_id"),
        Index("ix_director_director_id", "director_id"),
    )
