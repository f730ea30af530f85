"""To-do lists, their slots, and issues of the day."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.todo.lists import SlotAnswer
from bot.domain.todo.reasons import ReasonKind
from storage.database.types import by_value
from storage.models.base import Base, BigId, Instant, OfWorkspace, Words


class TodoList(OfWorkspace, Base):
    """The list of a team for the week that begins on `monday`."""

    __tablename__ = "todo_list"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    monday: Mapped[date]
    made_at: Mapped[Instant]

    __table_args__ = (UniqueConstraint("team_id", "monday"),)


class Slot(OfWorkspace, Base):
    """A rep's place on a list. Whether it is done is derived, and stands nowhere.

    `about`, `text` and `source` are the reason's; `not_this_week` is the word why,
    null while it is on. `picked`: the manager chose the reason, `moved`: the day. `answer` is what
    was said of the promise that it was about; `next_time` what is to come up on the next list, ""
    for nothing; `thanked_on` the day that the rep was thanked for it in the channel.
    """

    __tablename__ = "slot"

    todo_list_id: Mapped[int] = mapped_column(BigId, ForeignKey("todo_list.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    day: Mapped[date | None]
    kind: Mapped[ReasonKind] = mapped_column(by_value(ReasonKind))
    about: Mapped[Words]
    text: Mapped[Words]
    source: Mapped[Words]
    not_this_week: Mapped[Words | None]
    picked: Mapped[bool] = mapped_column(server_default=false())
    moved: Mapped[bool] = mapped_column(server_default=false())
    answer: Mapped[SlotAnswer | None] = mapped_column(by_value(SlotAnswer))
    next_time: Mapped[Words] = mapped_column(server_default="")
    thanked_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("todo_list_id", "rep_id"),)


class IssueOfTheDay(OfWorkspace, Base):
    """A theme for a span of days. `seen`: its manager opened the round-up after it was over."""

    __tablename__ = "issue_of_the_day"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    text: Mapped[Words]
    starts_on: Mapped[date]
    ends_on: Mapped[date]
    seen: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (Index("ix_issue_of_the_day_team_id", "team_id", "ends_on"),)


class IssueAnswer(OfWorkspace, Base):
    """What a manager noted of what a rep said to an issue, one a rep and issue. `not_so_on` is the
    day on which the rep said that these are not their words. It goes with the issue."""

    __tablename__ = "issue_answer"

    issue_id: Mapped[int] = mapped_column(
        BigId, ForeignKey("issue_of_the_day.id", ondelete="CASCADE")
    )
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    text: Mapped[Words]
    noted_on: Mapped[date]
    not_so_on: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("issue_id", "rep_id"),
        Index("ix_issue_answer_rep_id", "rep_id"),
    )
