"""Items for the next team meeting or the next session with a rep, and the meetings themselves."""

from datetime import date, time

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.meetings.meetings import Dropped, ReportedOutcome
from bot.domain.meetings.swaps import SwapKind, SwapState
from bot.domain.team.settings import Direction, Section
from storage.database.types import LinesText, SectionsText, by_value
from storage.models.base import ABOUT, Base, BigId, Instant, OfWorkspace, SlackId, Words

_IS_DONE = text("done_in IS NOT NULL")
_IS_OPEN = text("done_in IS NULL AND dropped_at IS NULL")
_IS_PAIR = text("other_id IS NOT NULL")
_IS_TO_COME = text("closed_at IS NULL AND dropped IS NULL")


class AgendaItem(OfWorkspace, Base):
    """`rep_id` is whose session it is for, null for the team meeting; `interaction_id` where it
    was heard, `taken_up_in` the session that took it up: while that stands, the item is done.

    Of an item for the team `section` is a key, `place` orders it, `minutes` and `direction` are
    null where those of its section go; `approved`: the manager lets it out; `done_in` is the
    meeting that ticked it, with its `outcome`. `fine_for` are the Slack ids of those whom its words
    may name; `named` is that of the first whom they were found to name as they were written;
    `outcome_fine_for` and `outcome_named` are the same of the outcome.
    """

    __tablename__ = "agenda_item"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    heard_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    text: Mapped[Words]
    link: Mapped[Words] = mapped_column(server_default="")
    section: Mapped[Words] = mapped_column(server_default="")
    place: Mapped[int] = mapped_column(server_default="0")
    minutes: Mapped[int | None]
    direction: Mapped[Direction | None] = mapped_column(by_value(Direction))
    approved: Mapped[bool] = mapped_column(server_default=false())
    added_on: Mapped[date]
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    taken_up_in: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    done_in: Mapped[int | None] = mapped_column(BigId, ForeignKey("meeting.id"))
    outcome: Mapped[Words] = mapped_column(server_default="")
    fine_for: Mapped[tuple[str, ...]] = mapped_column(LinesText, server_default="")
    named: Mapped[SlackId | None]
    outcome_fine_for: Mapped[tuple[str, ...]] = mapped_column(LinesText, server_default="")
    outcome_named: Mapped[SlackId | None]
    dropped_at: Mapped[Instant | None]

    __table_args__ = (
        Index("ix_agenda_item_team_id", "team_id"),
        Index("ix_agenda_item_interaction_id", "interaction_id"),
        # Of what is not done no query may think that an index of what was done finds it.
        Index(
            "ix_agenda_item_done_in",
            "done_in",
            sqlite_where=_IS_DONE,
            postgresql_where=_IS_DONE,
        ),
        Index(
            "ix_agenda_item_open",
            "team_id",
            sqlite_where=_IS_OPEN,
            postgresql_where=_IS_OPEN,
        ),
    )


class Meeting(OfWorkspace, Base):
    """One meeting of a team. `planned_for` is its day by the rule, `planned_day` and `planned_at`
    when it was to be, holidays minded; `day` and `at` when it is. `posts_at`: when its manager
    wants the agenda out; `out_at`: it went to the channel; `closed_at`: the meeting is over.
    `sequence`: how often somebody moved it, dropped it, or let it be after all."""

    __tablename__ = "meeting"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    planned_for: Mapped[date]
    planned_day: Mapped[date]
    planned_at: Mapped[time]
    day: Mapped[date]
    at: Mapped[time]
    minutes: Mapped[int]
    place: Mapped[Words]
    lead: Mapped[int]
    sections: Mapped[tuple[Section, ...]] = mapped_column(SectionsText)
    leader_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    dropped: Mapped[Dropped | None] = mapped_column(by_value(Dropped))
    posts_at: Mapped[Instant | None]
    out_at: Mapped[Instant | None]
    closed_at: Mapped[Instant | None]
    said: Mapped[ReportedOutcome | None] = mapped_column(by_value(ReportedOutcome))
    sequence: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        UniqueConstraint("team_id", "planned_for"),
        Index(
            "ix_meeting_to_come",
            "team_id",
            sqlite_where=_IS_TO_COME,
            postgresql_where=_IS_TO_COME,
        ),
        Index("ix_meeting_leader_id", "team_id", "leader_id", "day"),
    )


class Swap(OfWorkspace, Base):
    """`asked_id` is asked to take the turn of `holder_id` to lead one skill in a meeting, as it was
    planned then, on `day`, `at`; it can be taken until `until`. Of a pair `other_id` is the other
    one, `skill` what is shown, and the two field days are where it was found."""

    __tablename__ = "swap"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"))
    holder_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    asked_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    asked_by_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    day: Mapped[date]
    at: Mapped[time]
    until: Mapped[Instant]
    state: Mapped[SwapState] = mapped_column(by_value(SwapState))
    form: Mapped[Words]
    kind: Mapped[SwapKind] = mapped_column(by_value(SwapKind), server_default=SwapKind.TAKE.value)
    other_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    skill: Mapped[Words] = mapped_column(server_default="")
    strength_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("interaction.id", ondelete="SET NULL")
    )
    focus_id: Mapped[int | None] = mapped_column(
        BigId, ForeignKey("interaction.id", ondelete="SET NULL")
    )

    __table_args__ = (
        UniqueConstraint("form", "workspace_id"),
        Index("ix_swap_meeting_id", "meeting_id"),
        Index(
            "ix_swap_pairs",
            "team_id",
            sqlite_where=_IS_PAIR,
            postgresql_where=_IS_PAIR,
        ),
        Index("ix_swap_strength_id", "strength_id"),
        Index("ix_swap_focus_id", "focus_id"),
    )


class Carried(OfWorkspace, Base):
    """An item that was on the agenda of a meeting when that was over, and was not ticked in it."""

    __tablename__ = "carried"

    meeting_id: Mapped[int] = mapped_column(BigId, ForeignKey("meeting.id"))
    item_id: Mapped[int] = mapped_column(BigId, ForeignKey("agenda_item.id"))

    __table_args__ = (
        UniqueConstraint("meeting_id", "item_id"),
        Index("ix_carried_item_id", "item_id"),
    )


class TeamPromise(OfWorkspace, Base):
    """What somebody promised the team in a meeting; `fine_for` and `named` as of an item."""

    __tablename__ = "team_promise"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    meeting_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("meeting.id"))
    item_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("agenda_item.id"))
    owner_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    what: Mapped[Words]
    fine_for: Mapped[tuple[str, ...]] = mapped_column(LinesText, server_default="")
    named: Mapped[SlackId | None]
    made_on: Mapped[date]
    due_on: Mapped[date | None]
    kept_on: Mapped[date | None]
    dropped_on: Mapped[date | None]

    __table_args__ = (
        Index(
            "ix_team_promise_open",
            "team_id",
            sqlite_where=text("kept_on IS NULL AND dropped_on IS NULL"),
            postgresql_where=text("kept_on IS NULL AND dropped_on IS NULL"),
        ),
        Index("ix_team_promise_meeting_id", "meeting_id"),
    )
