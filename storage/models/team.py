"""People, teams, who sits on them, time off."""

from datetime import date, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.promises import Owner
from bot.domain.team.memberships import QuestionState
from bot.domain.team.settings import OnHoliday, Period, Section
from bot.domain.team.teams import Thanks
from storage.database.types import LinesText, SectionsText, by_value
from storage.models.base import LEADS, Base, BigId, Instant, OfWorkspace, SlackId, Words


class Person(OfWorkspace, Base):
    """What was last heard of someone's Slack profile, and their conversation with the bot.

    `updated` is Slack's own stamp of that profile, in seconds since 1970; `name_key` is what the
    whole name is found by, however it is spelled.
    """

    __tablename__ = "person"

    slack_id: Mapped[SlackId]
    name: Mapped[Words]
    zone: Mapped[Words | None]
    active: Mapped[bool]
    bot: Mapped[bool]
    dm_channel: Mapped[SlackId | None]
    updated: Mapped[int | None] = mapped_column(BigId)
    aliases: Mapped[tuple[str, ...]] = mapped_column(LinesText, server_default="")
    name_key: Mapped[Words] = mapped_column(server_default="")
    refreshed_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("workspace_id", "slack_id"),
        Index("ix_person_name_key", "name_key"),
    )


class Team(OfWorkspace, Base):
    """`meeting_days` are weekdays in a row, Monday 0: `02`. `sections` null: the usual ones.
    `led_since` is when it passed to whoever manages it now, null where they began it.
    `joined_to_id` is the team that it was joined with: it is over since, and `manager_id` the last
    one it had, who may lead another by now. `meeting_sequence`: how often the series of its
    meetings changed."""

    __tablename__ = "team"

    manager_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=LEADS)
    channel: Mapped[SlackId | None]
    zone: Mapped[Words | None]
    country: Mapped[Words | None]
    todo_day: Mapped[int]
    todo_time: Mapped[time]
    morning_line: Mapped[bool] = mapped_column(server_default=false())
    raised_line: Mapped[bool] = mapped_column(server_default=true())
    meeting_days: Mapped[Words] = mapped_column(server_default="")
    meeting_time: Mapped[time | None]
    meeting_every: Mapped[int] = mapped_column(server_default="1")
    meeting_from: Mapped[date] = mapped_column(server_default="2026-01-05")
    meeting_minutes: Mapped[int] = mapped_column(server_default="45")
    meeting_place: Mapped[Words] = mapped_column(server_default="")
    on_holiday: Mapped[OnHoliday] = mapped_column(by_value(OnHoliday), server_default="moved")
    meeting_lead: Mapped[int] = mapped_column(server_default="60")
    sections: Mapped[tuple[Section, ...] | None] = mapped_column(SectionsText)
    period: Mapped[Period] = mapped_column(by_value(Period))
    session_ideal: Mapped[int]
    session_latest: Mapped[int]
    field_day_ideal: Mapped[int]
    field_day_latest: Mapped[int]
    contact_ideal: Mapped[int]
    contact_latest: Mapped[int]
    created_at: Mapped[Instant]
    led_since: Mapped[Instant | None]
    joined_to_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("team.id"))
    meeting_sequence: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        Index(
            "uq_team_led",
            "manager_id",
            unique=True,
            sqlite_where=text("joined_to_id IS NULL"),
            postgresql_where=text("joined_to_id IS NULL"),
        ),
    )


class Membership(OfWorkspace, Base):
    """A rep's place on a team from a day on; null cadences follow the team's. `thanks` is null
    until the rep says whether they may be thanked in the team's channel. `new_on_team`: the team's
    ramp is laid for it."""

    __tablename__ = "membership"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    joined_on: Mapped[date]
    left_on: Mapped[date | None]
    first_line: Mapped[Words]
    new_on_team: Mapped[bool] = mapped_column(server_default=false())
    introduced_at: Mapped[Instant | None]
    thanks: Mapped[Thanks | None] = mapped_column(by_value(Thanks))
    session_ideal: Mapped[int | None]
    session_latest: Mapped[int | None]
    field_day_ideal: Mapped[int | None]
    field_day_latest: Mapped[int | None]
    contact_ideal: Mapped[int | None]
    contact_latest: Mapped[int | None]

    __table_args__ = (
        Index("ix_membership_rep_id", "rep_id"),
        Index("ix_membership_team_id", "team_id"),
        # A rep may leave and come back; only one place on a team has no end.
        Index(
            "uq_membership_open",
            "team_id",
            "rep_id",
            unique=True,
            sqlite_where=text("left_on IS NULL"),
            postgresql_where=text("left_on IS NULL"),
        ),
    )


class Move(OfWorkspace, Base):
    """That a rep moves from one team to another on a day. What goes along does so on that day, of
    the manager whom the rep comes to: `carried_at`."""

    __tablename__ = "move"

    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    from_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    to_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    day: Mapped[date]
    carried_at: Mapped[Instant | None]

    __table_args__ = (
        UniqueConstraint("rep_id", "from_id", "to_id", "day"),
        Index("ix_move_to_id", "to_id"),
    )


class MembershipQuestion(OfWorkspace, Base):
    """Whether a rep may be, or is rightly, on a team. `first_team_id` is the team whose manager is
    asked about a second one."""

    __tablename__ = "membership_question"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    first_team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("team.id"))
    state: Mapped[QuestionState] = mapped_column(by_value(QuestionState))
    changed_at: Mapped[Instant]

    __table_args__ = (
        UniqueConstraint("team_id", "rep_id"),
        Index("ix_membership_question_first_team_id", "first_team_id"),
    )


class TimeOff(OfWorkspace, Base):
    """Days away of a person, manager or rep. `team_id` is the team whose manager entered them, and
    which alone goes by them; null where the person did, for every team.

    `stand_in_id` has a manager's to-do list meanwhile.
    """

    __tablename__ = "time_off"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    starts_on: Mapped[date]
    ends_on: Mapped[date | None]
    stand_in_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    team_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("team.id"))

    __table_args__ = (Index("ix_time_off_person_id", "person_id", "starts_on"),)


class TickedPromise(OfWorkspace, Base):
    """A promise that a manager lets whoever stands in during those days away read."""

    __tablename__ = "ticked_promise"

    time_off_id: Mapped[int] = mapped_column(BigId, ForeignKey("time_off.id", ondelete="CASCADE"))
    promise_id: Mapped[int] = mapped_column(BigId, ForeignKey("promise.id", ondelete="CASCADE"))

    __table_args__ = (
        UniqueConstraint("time_off_id", "promise_id", "workspace_id"),
        Index("ix_ticked_promise_promise_id", "promise_id"),
    )


class RampStep(OfWorkspace, Base):
    """A step of a team's first weeks for somebody new, on a `day` that counts from 0. One that was
    removed stays, so that its team does not begin with the usual ones again; `usual` numbers
    those."""

    __tablename__ = "ramp_step"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    day: Mapped[int]
    owner: Mapped[Owner] = mapped_column(by_value(Owner))
    what: Mapped[Words]
    usual: Mapped[int | None]
    removed_at: Mapped[Instant | None]

    __table_args__ = (UniqueConstraint("team_id", "usual"),)


class LaidStep(OfWorkspace, Base):
    """A step as it became a promise for a place on the team; `due_on` is the day that it was laid
    for. The row comes first, so that of two who lay it at once one does."""

    __tablename__ = "laid_step"

    membership_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("membership.id", ondelete="CASCADE")
    )
    step_id: Mapped[int] = mapped_column(BigId, ForeignKey("ramp_step.id"))
    promise_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("promise.id", ondelete="CASCADE")
    )
    due_on: Mapped[date]

    __table_args__ = (
        UniqueConstraint("membership_id", "step_id", "workspace_id"),
        Index("ix_laid_step_promise_id", "promise_id"),
    )
