"""Accounts, who on our side knows whom there, accounts that pass from one rep to another, and what
was heard of the market."""

from datetime import date

from sqlalchemy import ForeignKey, Index, UniqueConstraint, false, text, true
from sqlalchemy.orm import Mapped, mapped_column

from storage.models.base import ABOUT, Base, BigId, OfWorkspace, Words

HAS_ORIGIN = text("origin_id IS NOT NULL")


class Account(OfWorkspace, Base):
    """An account of a team, under the name that it was first written by unless its manager said
    another."""

    __tablename__ = "account"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    name: Mapped[Words]
    is_key: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (Index("ix_account_team_id", "team_id"),)


class AccountSpelling(OfWorkspace, Base):
    """A way to write an account, as it was first written so; `key` (`account_key`) leads to one
    account of a team."""

    __tablename__ = "account_spelling"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    key: Mapped[Words]
    name: Mapped[Words]

    __table_args__ = (
        UniqueConstraint("team_id", "key"),
        Index("ix_account_spelling_account_id", "account_id"),
    )


class Acquaintance(OfWorkspace, Base):
    """That a person of ours knows somebody at an account since a day, or has been there (`key` and
    `name` are "" then); `as_rep`: as the rep of a field day.

    It is what the visits say, and is written whenever they change. What a visit said that is gone
    for good stays as `kept_since`, None for nothing; `kept_as_rep` likewise. `named` is the turn at
    which the account was named for a field day with that person as the rep, 0 for never."""

    __tablename__ = "acquaintance"

    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    person_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    key: Mapped[Words]
    name: Mapped[Words]
    since: Mapped[date]
    as_rep: Mapped[bool]
    kept_since: Mapped[date | None]
    kept_as_rep: Mapped[bool] = mapped_column(server_default=false())
    named: Mapped[int] = mapped_column(server_default="0")

    __table_args__ = (UniqueConstraint("account_id", "person_id", "key"),)


class AccountDate(OfWorkspace, Base):
    """`what` is on `day` at an account; `written_day` is the day as it was said before anybody
    moved it; `sequence`: how often that was. Once `gone_on` is set it is none, and the row keeps it
    from being read in the same words again."""

    __tablename__ = "account_date"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    what: Mapped[Words]
    day: Mapped[date]
    written_day: Mapped[date]
    done_on: Mapped[date | None]
    gone_on: Mapped[date | None]
    sequence: Mapped[int] = mapped_column(server_default=text("0"))

    __table_args__ = (
        Index("ix_account_date_team_id_day", "team_id", "day"),
        Index("ix_account_date_account_id", "account_id"),
    )


class AccountDateSource(OfWorkspace, Base):
    """That an account date was said: in a session or field day, `contact_id`, or of the account
    itself, None, which also is one whose contact is gone because it is old. `written` is how the
    account was typed there, "" on its own page. Of a contact that is gone and that its rep never
    read, `author_id` wrote it, and it is not `shared`. A date that nothing says any more is
    none."""

    __tablename__ = "account_date_source"

    date_id: Mapped[int] = mapped_column(BigId, ForeignKey("account_date.id", ondelete="CASCADE"))
    contact_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    written: Mapped[Words]
    noted_on: Mapped[date]
    author_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("person.id"))
    shared: Mapped[bool] = mapped_column(server_default=true())

    __table_args__ = (
        Index("ix_account_date_source_date_id", "date_id"),
        Index("ix_account_date_source_contact_id", "contact_id"),
    )


class Transition(OfWorkspace, Base):
    """`leaves_id` has the account, and `takes_over_id` has it from `day` on. `introduced_on` is
    set where the manager said so; a visit says it too."""

    __tablename__ = "transition"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    leaves_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    account_id: Mapped[int] = mapped_column(BigId, ForeignKey("account.id"))
    takes_over_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    day: Mapped[date]
    planned_on: Mapped[date]
    introduced_on: Mapped[date | None]

    __table_args__ = (UniqueConstraint("team_id", "leaves_id", "account_id"),)


class MarketTag(OfWorkspace, Base):
    """What notes of the market are about, a word or two. `settled_on` is the day its manager took
    it to the agenda or put it aside, None while neither; `issue_id` the issue of the day that was
    made of it last. `in_question`: it was typed much like another, and may be that."""

    __tablename__ = "market_tag"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    name: Mapped[Words]
    settled_on: Mapped[date | None]
    in_question: Mapped[bool] = mapped_column(server_default=false())
    issue_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("issue_of_the_day.id"))

    __table_args__ = (Index("ix_market_tag_team_id", "team_id"),)


class MarketTagSpelling(OfWorkspace, Base):
    """A way to write a tag, as it was first written so; `key` (`tag_key`) leads to one tag of a
    team. Notes name spellings, so that merging and splitting tags changes no note."""

    __tablename__ = "market_tag_spelling"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    tag_id: Mapped[int] = mapped_column(BigId, ForeignKey("market_tag.id"))
    key: Mapped[Words]
    name: Mapped[Words]

    __table_args__ = (
        UniqueConstraint("team_id", "key"),
        Index("ix_market_tag_spelling_tag_id", "tag_id"),
    )


class MarketNote(OfWorkspace, Base):
    """Something heard of the market, with a rep, in a contact; `interaction_id` is null where that
    is gone because it is old. `heard_on` is the day of the contact; `account` is what was typed of
    the customer, "" for none, `account_id` what it leads to; `place` is its order in the
    contact. `origin_id` is the note that it was first, be that gone by now, where its rep moved
    here from another team: no key, as of a contact; `own_tags`: it was given other tags here."""

    __tablename__ = "market_note"

    team_id: Mapped[int] = mapped_column(BigId, ForeignKey("team.id"))
    interaction_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("interaction.id"))
    author_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"))
    rep_id: Mapped[int] = mapped_column(BigId, ForeignKey("person.id"), info=ABOUT)
    account_id: Mapped[int | None] = mapped_column(BigId, ForeignKey("account.id"))
    account: Mapped[Words]
    text: Mapped[Words]
    heard_on: Mapped[date]
    place: Mapped[int]
    origin_id: Mapped[int | None] = mapped_column(BigId)
    own_tags: Mapped[bool] = mapped_column(server_default=false())

    __table_args__ = (
        Index("ix_market_note_team_id", "team_id", "heard_on"),
        Index(
            "ix_market_note_origin_id",
            "origin_id",
            sqlite_where=HAS_ORIGIN,
            postgresql_where=HAS_ORIGIN,
        ),
        Index("ix_market_note_interaction_id", "interaction_id"),
        Index("ix_market_note_account_id", "account_id"),
    )


class MarketNoteTag(OfWorkspace, Base):
    """That a note has a tag, by the spelling that it was given; `place` is its order."""

    __tablename__ = "market_note_tag"

    note_id: Mapped[int] = mapped_column(BigId, ForeignKey("market_note.id", ondelete="CASCADE"))
    spelling_id: Mapped[int] = mapped_column(BigId, ForeignKey("market_tag_spelling.id"))
    place: Mapped[int]

    __table_args__ = (
        UniqueConstraint("note_id", "spelling_id"),
        Index("ix_market_note_tag_spelling_id", "spelling_id"),
    )
