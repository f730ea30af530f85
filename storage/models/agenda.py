"""Items for the next team meeting, or for the next session with a rep."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import Base, BigId, Instant, OfWorkspace, Words


class AgendaItem(OfWorkspace, Base):
    """`rep_id` is whose session it is for, null for the team meeting; `interaction_id` where it
    was heard, `taken_up_in` the session that took it up: while that stands, the item is done."""

    __tablename__ = "agenda_item"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    text: Mapped[Words]
    added_on: Mapped[date]
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    taken_up_in: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    form: Mapped[Words]
    dropped_at: Mapped[Instant | None]

    __table_args__ = (
        UniqueConstraint("form", "workspace_id"),
        Index("ix_agenda_item_team_id", "team_id"),
        Index("ix_agenda_item_interaction_id", "interaction_id"),
    )
