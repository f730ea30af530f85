"""A team or a rep that passes to another manager: offered, taken or not; a binder on its way out of
Slack."""

from datetime import date

from sqlalchemy import Float, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.binder.exporting import ExportFault, ExportState
from bot.domain.binder.handover import HandoverState
from storage.database.types import LinesText, by_value
from storage.models.base import Base, BigId, Instant, OfWorkspace, SlackId, Words

OPEN_EXPORT = "state IN ('waiting', 'making', 'handed')"
"""As the indices have it: a query finds them only by the very same words."""

_WHOLE_TEAM = text("rep_id IS NULL AND state IN ('offered', 'waits')")
_ONE_REP = text("rep_id IS NOT NULL AND state IN ('offered', 'waits')")


class Handover(OfWorkspace, Base):
    """A team, or with `rep_id` one rep of it, that `from_id` passes to `to_id`. `words` are what
    the rep or the reps read of it, "" for what an operator did. Of each team as a whole, and of
    each rep of one, at most one is open."""

    __tablename__ = "handover"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    from_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    to_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    words: Mapped[Words]
    state: Mapped[HandoverState] = mapped_column(by_value(HandoverState))
    offered_at: Mapped[Instant]
    settled_at: Mapped[Instant | None]

    __table_args__ = (
        Index("ix_handover_team_id", "team_id"),
        Index("ix_handover_to_id", "to_id"),
        Index(
            "uq_handover_team",
            "team_id",
            unique=True,
            sqlite_where=_WHOLE_TEAM,
            postgresql_where=_WHOLE_TEAM,
        ),
        Index(
            "uq_handover_rep",
            "team_id",
            "rep_id",
            unique=True,
            sqlite_where=_ONE_REP,
            postgresql_where=_ONE_REP,
        ),
    )


class Export(OfWorkspace, Base):
    """A binder that its manager asked for from Slack. `reps` are ids of people, none for all;
    `since` and `until` days; `paper` "" where the format has none. No word that people wrote is
    in it. Of each manager one at most is open.

    `leased_until` is the database's own clock, and tells whoever makes it now from everybody who
    did before; the other times are the product's. `file_id` is Slack's id of the file, from before
    it is shown on, and `handed_at` when that was asked for: it is looked up by them where no
    answer came.
    """

    __tablename__ = "export"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    format: Mapped[Words]
    what: Mapped[Words] = mapped_column(server_default=text("'binder'"))
    paper: Mapped[Words]
    reps: Mapped[tuple[str, ...]] = mapped_column(LinesText)
    since: Mapped[date | None]
    until: Mapped[date | None]
    with_private_notes: Mapped[bool]
    state: Mapped[ExportState] = mapped_column(by_value(ExportState))
    fault: Mapped[ExportFault | None] = mapped_column(by_value(ExportFault))
    written: Mapped[int] = mapped_column(server_default=text("0"))
    of: Mapped[int] = mapped_column(server_default=text("0"))
    tries: Mapped[int] = mapped_column(server_default=text("0"))
    file_id: Mapped[SlackId | None]
    asked_at: Mapped[Instant]
    try_at: Mapped[Instant]
    handed_at: Mapped[Instant | None]
    settled_at: Mapped[Instant | None]
    leased_until: Mapped[float | None] = mapped_column(Float(53))

    __table_args__ = (
        Index("ix_export_team_id", "team_id"),
        Index(
            "uq_export_open",
            "author_id",
            unique=True,
            sqlite_where=text(OPEN_EXPORT),
            postgresql_where=text(OPEN_EXPORT),
        ),
        Index(
            "ix_export_open",
            "try_at",
            sqlite_where=text(OPEN_EXPORT),
            postgresql_where=text(OPEN_EXPORT),
        ),
    )


class CalendarAddress(OfWorkspace, Base):
    """Where somebody's calendar can be subscribed to: of its secret no more than `digest`, its
    SHA-256 in hexadecimal digits. No row: they have none."""

    __tablename__ = "calendar_address"

    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    digest: Mapped[Words]
    made_at: Mapped[Instant]

    __table_args__ = (UniqueConstraint("person_id"), UniqueConstraint("digest"))
