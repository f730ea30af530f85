"""Topics of a team in versions, what was said of them in each session, the plans as they stand,
what was shared with the rep and what the rep said to it, and forms half filled in."""

from datetime import date

from sqlalchemy import BigInteger, ForeignKey, Index, UniqueConstraint, false, text
from sqlalchemy.orm import Mapped, mapped_column

from bot.domain.contacts.drafts import DraftKind
from bot.domain.sessions.sessions import TopicShape
from bot.domain.team.settings import Direction
from storage.database.types import by_value
from storage.models.base import ABOUT, Base, BigId, Instant, OfWorkspace, Private, Words


class TopicSet(OfWorkspace, Base):
    """A version of a team's topics; the highest is the current one, and none is ever changed. What
    a rep brought along from another team has its topics here too, under minus the id of the set
    that they were first."""

    __tablename__ = "topic_set"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    version: Mapped[int]

    __table_args__ = (UniqueConstraint("team_id", "version"),)


class Topic(OfWorkspace, Base):
    """`key` stays the same from version to version; `place` orders them, from 0."""

    __tablename__ = "topic"

    topic_set_id: Mapped[int] = mapped_column(BigId, ForeignKey("topic_set.id"))
    key: Mapped[Words]
    place: Mapped[int]
    title: Mapped[Words]
    prompt: Mapped[Words]
    direction: Mapped[Direction] = mapped_column(by_value(Direction))
    minutes: Mapped[int]
    shape: Mapped[TopicShape] = mapped_column(
        by_value(TopicShape), server_default=TopicShape.TEXT.value
    )

    __table_args__ = (UniqueConstraint("topic_set_id", "key"),)


class Session(OfWorkspace, Base):
    """What belongs to no topic, one row to an interaction of that kind."""

    __tablename__ = "session"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    topic_set_id: Mapped[int] = mapped_column(BigId, ForeignKey("topic_set.id"))
    results: Mapped[Words]
    shared_note: Mapped[Words]

    __table_args__ = (UniqueConstraint("interaction_id"),)


class SessionTopic(OfWorkspace, Base):
    """What was said of one topic. `next_step` is one step a line; who takes it, and by when, is a
    promise. `activity` is what is to be done `a_week` times, 0 for no number."""

    __tablename__ = "session_topic"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    topic_id: Mapped[int] = mapped_column(BigId, ForeignKey("topic.id"))
    plan: Mapped[Words]
    changed: Mapped[Words]
    next_step: Mapped[Words]
    progress: Mapped[bool] = mapped_column(server_default=false())
    activity: Mapped[Words] = mapped_column(server_default="")
    a_week: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (UniqueConstraint("interaction_id", "topic_id"),)


class Plan(OfWorkspace, Base):
    """A topic's plan with a rep as the last session that had the topic says it, "" for none, and
    the progress that was named there; written whenever a session changes.

    Of a session that is gone for good what it said is `kept`: there is one such row to a topic, and
    one of the sessions that are there, and the later of the two `stands`. `otherwise` and `shared`
    say of a kept one what the sharing of its session said, and `author_id` who wrote it: one that
    was not shared is that manager's alone."""

    __tablename__ = "plan"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    key: Mapped[Words]
    kept: Mapped[bool]
    stands: Mapped[bool]
    topic_id: Mapped[int] = mapped_column(BigId, ForeignKey("topic.id"))
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    agreed_on: Mapped[date]
    text: Mapped[Words]
    activity: Mapped[Words] = mapped_column(server_default="")
    a_week: Mapped[int] = mapped_column(server_default="0")
    progress: Mapped[Words]
    shared: Mapped[bool] = mapped_column(server_default=false())
    otherwise: Mapped[Private | None]
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))

    __table_args__ = (
        UniqueConstraint("team_id", "rep_id", "key", "kept"),
        Index("ix_plan_interaction_id", "interaction_id"),
    )


class Sharing(OfWorkspace, Base):
    """One row to a contact and a rep whom it was shared with. `ended_at`: the contact passed to
    another rep then, and the row is the first one's own: nobody else is shown anything of it.
    `seen_at`: the rep said **Seen** then, of what it was at the time.
    `objection` is what the rep remembers otherwise: for the manager alone, or with
    `objection_beside` wherever the text goes."""

    __tablename__ = "sharing"

    interaction_id: Mapped[int] = mapped_column(BigId, ForeignKey("interaction.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    shared_at: Mapped[Instant]
    ended_at: Mapped[Instant | None]
    changed_at: Mapped[Instant | None]
    seen_at: Mapped[Instant | None]
    rep_words: Mapped[Words]
    rep_words_at: Mapped[Instant | None]
    objection: Mapped[Private | None]
    objection_beside: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (UniqueConstraint("interaction_id", "rep_id", "workspace_id"),)


class Draft(OfWorkspace, Base):
    """A step of a form as it is typed, for its author alone. `form` names the opened form and
    `step` its step; `state` is what the fields hold. `rep_id` is null before a rep is chosen; the
    contact is the one that is changed, the appointment the one that is prepared. `typed_at` is
    twice Slack's stamp of the newest keystroke, in microseconds, and one more once the step was
    sent; `typed_in` is the modal it came from.

    With `closed_at` the form was logged or discarded: the row is all that is left of it, under no
    step, and keeps what comes late from being saved."""

    __tablename__ = "draft"

    kind: Mapped[DraftKind] = mapped_column(by_value(DraftKind))
    form: Mapped[Words]
    step: Mapped[Words]
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    rep_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    topic_set_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("topic_set.id"))
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    appointment_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("appointment.id"))
    state: Mapped[Private]
    typed_at: Mapped[int] = mapped_column(BigInteger, server_default=text("0"))
    typed_in: Mapped[Words] = mapped_column(server_default=text("''"))
    saved_at: Mapped[Instant]
    closed_at: Mapped[Instant | None]

    __table_args__ = (
        UniqueConstraint("form", "step", "author_id", "workspace_id"),
        Index("ix_draft_author_id", "author_id"),
        Index("ix_draft_interaction_id", "interaction_id"),
        Index("ix_draft_saved_at", "saved_at"),
    )
