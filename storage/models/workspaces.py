"""Workspaces, who exported or imported what in them, and what each form made."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.workspaces.submissions import Made
from storage.database.types import LinesText, by_value
from storage.models.base import (
    Base,
    BigId,
    Instant,
    OfWorkspace,
    PrimaryKey,
    Private,
    SlackId,
    Words,
)


class Workspace(Base):
    """`kept_months`: for how long what is in it is kept; null: until somebody deletes it."""

    __tablename__ = "workspace"

    id: Mapped[PrimaryKey]
    slack_id: Mapped[SlackId]
    name: Mapped[Words]
    kept_months: Mapped[int | None]

    __table_args__ = (UniqueConstraint("slack_id"),)


class Audit(OfWorkspace, Base):
    """`actor` is a Slack id, or `operator` for the command line; `subject` says of what."""

    __tablename__ = "audit"

    actor: Mapped[Words]
    action: Mapped[Words]
    subject: Mapped[Words]
    at: Mapped[Instant]

    __table_args__ = (Index("ix_audit_at", "workspace_id", "at"),)


class Submission(OfWorkspace, Base):
    """What a form made, so that sending it again makes nothing twice. `form` names the opened form,
    or the press; `step` a step of it. `made` is a JSON list of the ids of what it made, `said` what
    it put among the words of other forms. `met_on`: the day on which it was
    first seen to be there by whatever looks after what is old; null until then."""

    __tablename__ = "submission"

    form: Mapped[Words]
    step: Mapped[Words]
    kind: Mapped[Made] = mapped_column(by_value(Made))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    made: Mapped[Words]
    said: Mapped[Private | None]
    met_on: Mapped[date | None]

    __table_args__ = (
        UniqueConstraint("form", "step", "kind", "author_id", "team_id"),
        Index("ix_submission_made", "made", "kind"),
        Index("ix_submission_met_on", "met_on"),
    )


class Erased(OfWorkspace, Base):
    """Somebody who was erased, by the Slack id alone: so that nothing that Slack tells of them is
    kept again, and an erasure that was broken off goes on. `person_id` is all that is left of them;
    `done_at` is None while it is under way, and `names` are what others' words are looked through
    for until then."""

    __tablename__ = "erased"

    slack_id: Mapped[SlackId]
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    names: Mapped[tuple[str, ...]] = mapped_column(LinesText, server_default="")
    begun_at: Mapped[Instant]
    done_at: Mapped[Instant | None]

    __table_args__ = (UniqueConstraint("workspace_id", "slack_id"),)
