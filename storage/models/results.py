"""Metrics of teams, and what reps reached of them by which day."""

from datetime import date
from decimal import Decimal

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.results.results import Better, MetricKind
from storage.database.types import ExactNumber, by_value
from storage.models.base import Base, BigId, Instant, OfWorkspace, Words


class Metric(OfWorkspace, Base):
    """What a team counts, as it was last written; `key` (`metric_key`) is what it is found by.
    `chosen`: its manager wants early warnings of it, though it is lagging."""

    __tablename__ = "metric"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    key: Mapped[Words]
    name: Mapped[Words]
    kind: Mapped[MetricKind] = mapped_column(by_value(MetricKind))
    better: Mapped[Better] = mapped_column(by_value(Better))
    unit: Mapped[Words]
    chosen: Mapped[bool] = mapped_column(server_default=false())

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
    It goes for as long as `shared_by_id` manages the team: another manager begins with nobody, and
    so does the same one to whom the team comes back."""

    __tablename__ = "director"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    director_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    shared_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    shared_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("team_id"),
        Index("ix_director_director_id", "director_id"),
    )


class SaveItPlan(OfWorkspace, Base):
    """What a manager and a rep agreed on to save a period of a metric, one a warning. `a_week`: how
    many of `leading` (a metric's name, as typed) a week; `helper` and `helped`: who helps, and what
    did, in their words; "" for nothing said. `closed_on` is None while it stands; `asks_ended`: its
    rep wants no weekly question."""

    __tablename__ = "save_it_plan"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    metric_id: Mapped[int] = mapped_column(BigId, ForeignKey("metric.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    a_week: Mapped[int]
    leading: Mapped[Words]
    helper: Mapped[Words]
    made_on: Mapped[date]
    check_on: Mapped[date]
    closed_on: Mapped[date | None]
    helped: Mapped[Words] = mapped_column(server_default="")
    asks_ended: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        UniqueConstraint("metric_id", "rep_id", "starts_on"),
        Index("ix_save_it_plan_team_id", "team_id"),
        Index("ix_save_it_plan_rep_id", "rep_id"),
    )


class SaveItStep(OfWorkspace, Base):
    """That a promise is a step of a plan. It goes with either."""

    __tablename__ = "save_it_step"

    plan_id: Mapped[int] = mapped_column(BigId, ForeignKey("save_it_plan.id", ondelete="CASCADE"))
    promise_id: Mapped[int] = mapped_column(BigId, ForeignKey("promise.id", ondelete="CASCADE"))

    __table_args__ = (
        UniqueConstraint("promise_id"),
        Index("ix_save_it_step_plan_id", "plan_id"),
    )


class SaveItAnswer(OfWorkspace, Base):
    """How many a rep says there were in the week of that Monday, of what they were asked then
    (`counted`). It goes with its plan."""

    __tablename__ = "save_it_answer"

    plan_id: Mapped[int] = mapped_column(BigId, ForeignKey("save_it_plan.id", ondelete="CASCADE"))
    monday: Mapped[date]
    count: Mapped[int]
    counted: Mapped[Words]

    __table_args__ = (UniqueConstraint("plan_id", "monday"),)


class PeriodWords(OfWorkspace, Base):
    """What a manager says of a period, its first and last day within, on the page for somebody
    above: their own, whoever leads the team next."""

    __tablename__ = "period_words"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    words: Mapped[Words]

    __table_args__ = (UniqueConstraint("team_id", "author_id", "starts_on", "ends_on"),)
