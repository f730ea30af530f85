"""Promises of both sides."""

from datetime import date

from sqlalchemy import ForeignKey, Index, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.contacts.cleared import ClearedAnswer
from bot.domain.promises import Owner
from storage.database.types import LinesText, by_value
from storage.models.base import (
    ABOUT,
    Base,
    BigId,
    Instant,
    OfWorkspace,
    Private,
    Words,
    deleted_index,
)

_IS_OPEN = "kept_on IS NULL AND dropped_on IS NULL AND deleted_at IS NULL"


class Promise(OfWorkspace, Base):
    """`told_at`: when the rep was told that what they raised is closed; told once. `told_to_id` is
    the manager to whom a rep said it between the two of them; what it is stands in `sealed_what`
    then, and what was said at its end in `sealed_closing_words`. `with_sharing`: it came up in a
    session or field day, and its rep sees it once that is shared. `agreed_on` and `disputed_on`:
    the rep's **Agreed** or **Not so** to what the manager noted for them. `raised_at`: the rep
    raised it themselves. `time_after` is set where they asked for time to talk: the newest contact
    with them by then, 0 for none; whether that time was had follows from the contacts after it.
    `topic_key`: the topic of the session that it is a next step of. `ramp_day`: it is a step of the
    rep's first weeks, and of which day. `origin_id` and `moved_to_id`: as of a contact, where its
    rep moved to another team, and no keys for the same reasons; `noted_by_id` is the earlier
    manager, where another manages the rep since, who noted it."""

    __tablename__ = "promise"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    owner: Mapped[Owner] = mapped_column(by_value(Owner))
    what: Mapped[Words]
    made_on: Mapped[date]
    due_on: Mapped[date | None]
    raised_on: Mapped[date | None]
    raised_at: Mapped[Instant | None]
    time_after: Mapped[int | None] = mapped_column(BigId)
    kept_on: Mapped[date | None]
    dropped_on: Mapped[date | None]
    closing_words: Mapped[Words]
    handed_to_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    told_at: Mapped[Instant | None]
    told_to_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    sealed_what: Mapped[Private | None]
    sealed_closing_words: Mapped[Private | None]
    with_sharing: Mapped[bool] = mapped_column(server_default=false())
    agreed_on: Mapped[date | None]
    disputed_on: Mapped[date | None]
    topic_key: Mapped[Words] = mapped_column(server_default="")
    ramp_day: Mapped[int | None]
    origin_id: Mapped[int | None] = mapped_column(BigId)
    moved_to_id: Mapped[int | None] = mapped_column(BigId)
    noted_by_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    deleted_at: Mapped[Instant | None]

    __table_args__ = (
        Index("ix_promise_rep_id", "rep_id", "team_id"),
        Index("ix_promise_team_id", "team_id"),
        Index(
            "ix_promise_open",
            "team_id",
            sqlite_where=text(_IS_OPEN),
            postgresql_where=text(_IS_OPEN),
        ),
        Index("ix_promise_kept_on", "team_id", "kept_on"),
        Index("ix_promise_interaction_id", "interaction_id"),
        deleted_index("promise"),
    )


class Cleared(OfWorkspace, Base):
    """A line for the team about something that was raised and kept in `month` (its first day).
    `asked`: whoever raised it is asked about these words; other words are another row, and this
    one is `gone`. `fine_for` are the Slack ids of those who are not meant by them. It goes with the
    promise."""

    __tablename__ = "cleared"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    promise_id: Mapped[int] = mapped_column(BigId, ForeignKey("promise.id", ondelete="CASCADE"))
    month: Mapped[date]
    text: Mapped[Words]
    asked: Mapped[bool]
    answer: Mapped[ClearedAnswer | None] = mapped_column(by_value(ClearedAnswer))
    posted_on: Mapped[date | None]
    gone: Mapped[bool]
    fine_for: Mapped[tuple[str, ...]] = mapped_column(LinesText, server_default="")

    __table_args__ = (
        Index("ix_cleared_promise_id", "promise_id"),
        Index("ix_cleared_team_id", "team_id", "month"),
    )
