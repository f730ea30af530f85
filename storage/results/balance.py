"""What a manager's attention went to, counted by month: as many rows for many reps as for few.

Contacts are those that the manager wrote down; of a stand-in, or of whoever had the team before,
nothing is counted.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Date,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    extract,
    func,
    literal,
    or_,
    select,
)
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.meetings.meetings import ReportedOutcome
from bot.domain.results.balance import Ticked
from bot.domain.team.settings import Direction, Section
from bot.domain.todo.reasons import ReasonKind
from storage.database.pairs import dated_pairs_of
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.models import AgendaItem, Interaction, Meeting, Session, SessionTopic, Slot, Topic

TEAM: BindParameter[int] = bindparam("team", type_=BigInteger)
AUTHOR: BindParameter[int] = bindparam("author", type_=BigInteger)
SINCE: BindParameter[date] = bindparam("since", type_=Date)
UNTIL: BindParameter[date] = bindparam("until", type_=Date)

YEAR = extract("year", Interaction.occurred_on).label("year")
MONTH = extract("month", Interaction.occurred_on).label("month")
OWN = and_(
    Interaction.workspace_id == WORKSPACE,
    Interaction.team_id == TEAM,
    Interaction.author_id == AUTHOR,
    Interaction.occurred_on.between(SINCE, UNTIL),
    Interaction.deleted_at.is_(None),
)

BEFORE, SAID_BEFORE, TOPIC_BEFORE = aliased(Interaction), aliased(SessionTopic), aliased(Topic)


def _plan(said: Any) -> Any:
    parts = said.plan, said.activity, cast(said.a_week, Text)
    return parts[0] + "\n" + parts[1] + "\n" + parts[2]


STOOD = (
    select(_plan(SAID_BEFORE))
    .join_from(BEFORE, SAID_BEFORE, SAID_BEFORE.interaction_id == BEFORE.id)
    .join(TOPIC_BEFORE, TOPIC_BEFORE.id == SAID_BEFORE.topic_id)
    .where(
        BEFORE.team_id == Interaction.team_id,
        BEFORE.rep_id == Interaction.rep_id,
        BEFORE.deleted_at.is_(None),
        TOPIC_BEFORE.key == Topic.key,
        or_(
            BEFORE.occurred_on < Interaction.occurred_on,
            and_(BEFORE.occurred_on == Interaction.occurred_on, BEFORE.id < Interaction.id),
        ),
    )
    .order_by(BEFORE.occurred_on.desc(), BEFORE.id.desc())
    .limit(1)
    .correlate(Interaction, Topic)
    .scalar_subquery()
)
WRITTEN = or_(
    SessionTopic.changed != "",
    SessionTopic.next_step != "",
    # A plan that stays as it was is shown again, not written.
    _plan(SessionTopic) != func.coalesce(STOOD, "\n\n0"),
)
TOPICS = (
    select(YEAR, MONTH, Topic.direction, func.sum(Topic.minutes).label("minutes"))
    .join_from(Interaction, SessionTopic, SessionTopic.interaction_id == Interaction.id)
    .join(Topic, Topic.id == SessionTopic.topic_id)
    .where(OWN, WRITTEN)
    .group_by(YEAR, MONTH, Topic.direction)
)
SPOKEN = exists(
    select(SessionTopic.id)
    .join_from(SessionTopic, Topic, Topic.id == SessionTopic.topic_id)
    .where(SessionTopic.interaction_id == Interaction.id, WRITTEN)
    .correlate(Interaction)
)
SESSIONS = (
    select(
        YEAR,
        MONTH,
        func.sum(case((Session.results != "", 1), else_=0)).label("reviewed"),
        func.sum(case((or_(Session.results != "", SPOKEN), 0), else_=1)).label("silent"),
    )
    .join_from(Interaction, Session, Session.interaction_id == Interaction.id)
    .where(OWN)
    .group_by(YEAR, MONTH)
)
KINDS = (
    select(YEAR, MONTH, Interaction.kind, func.count().label("contacts"))
    .where(OWN)
    .group_by(YEAR, MONTH, Interaction.kind)
)

DAY = dated_pairs_of("list_id", "place", "day")
# The first contact of a week is what its reason was used in, whoever had it.
FIRST = (
    select(
        Slot.kind.label("reason"),
        Interaction.id,
        func.row_number()
        .over(partition_by=Slot.id, order_by=(Interaction.occurred_on, Interaction.id))
        .label("turn"),
    )
    .join_from(DAY, Slot, Slot.todo_list_id == DAY.c.list_id)
    .join(
        Interaction,
        and_(
            Interaction.team_id == TEAM,
            Interaction.rep_id == Slot.rep_id,
            Interaction.occurred_on == DAY.c.day,
            Interaction.deleted_at.is_(None),
        ),
    )
    .where(Slot.workspace_id == WORKSPACE)
    .subquery("first")
)
SUBJECT = case(
    (and_(Interaction.kind == InteractionKind.TOUCH, Interaction.about != ""), 1), else_=0
)
REASONS = (
    select(
        YEAR,
        MONTH,
        FIRST.c.reason,
        func.count().label("used"),
        func.sum(SUBJECT).label("touches"),
    )
    .join_from(FIRST, Interaction, Interaction.id == FIRST.c.id)
    .where(OWN, FIRST.c.turn == literal(1))
    .group_by(YEAR, MONTH, FIRST.c.reason)
)

IN_SPAN = and_(
    Meeting.workspace_id == WORKSPACE,
    Meeting.team_id == TEAM,
    Meeting.day.between(SINCE, UNTIL),
    Meeting.dropped.is_(None),
    Meeting.said.is_distinct_from(ReportedOutcome.NOT_HELD),
)
MEETINGS = select(
    Meeting.id, Meeting.day, Meeting.sections, Meeting.closed_at.is_not(None).label("is_over")
).where(IN_SPAN)
TICKED = (
    select(
        AgendaItem.done_in,
        AgendaItem.section,
        AgendaItem.direction,
        func.sum(func.coalesce(AgendaItem.minutes, 0)).label("minutes"),
    )
    .join_from(Meeting, AgendaItem, AgendaItem.done_in == Meeting.id)
    .where(IN_SPAN)
    .group_by(AgendaItem.done_in, AgendaItem.section, AgendaItem.direction)
)


@dataclass(frozen=True)
class Held:
    """Sessions of a month (its first day): in how many results were written down, and in how many
    nothing was."""

    month: date
    reviewed: int
    silent: int


@dataclass(frozen=True)
class Used:
    """Reasons of a kind that were used in a month: how many, and in how many of them the contact
    was a touch about something."""

    month: date
    kind: ReasonKind
    count: int
    touches: int


@dataclass(frozen=True)
class MeetingTicked:
    """A meeting that was not dropped and of which nobody said that it was not held, and what was
    ticked in it."""

    day: date
    sections: tuple[Section, ...]
    is_over: bool
    ticked: tuple[Ticked, ...]


@dataclass(frozen=True)
class Whose:
    """The contacts that are counted: of a team, written by that person, on those days."""

    team: int
    author: int
    since: date
    until: date

    @property
    def named(self) -> dict[str, Any]:
        return {
            "team": self.team,
            "author": self.author,
            "since": self.since,
            "until": self.until,
        }


def topics(tx: Transaction, whose: Whose) -> list[tuple[date, Direction, int]]:
    """By month and direction, the minutes of the topics of sessions in which something was written
    that was not there before."""
    return [(_month(row), row.direction, int(row.minutes)) for row in tx.all(TOPICS, **whose.named)]


def sessions(tx: Transaction, whose: Whose) -> list[Held]:
    """The sessions, by month."""
    return [
        Held(_month(row), int(row.reviewed), int(row.silent))
        for row in tx.all(SESSIONS, **whose.named)
    ]


def contacts(tx: Transaction, whose: Whose) -> list[tuple[date, InteractionKind, int]]:
    """How many contacts there were of each kind, by month."""
    return [(_month(row), row.kind, row.contacts) for row in tx.all(KINDS, **whose.named)]


def reasons(tx: Transaction, whose: Whose, weeks: Mapping[int, date]) -> list[Used]:
    """The reasons that were used, by month and kind, of those lists: the first day of the week of
    each, by its id."""
    days = {
        (one, place): first + timedelta(days=place)
        for one, first in weeks.items()
        for place in range(7)
    }
    return [
        Used(_month(row), row.reason, row.used, int(row.touches))
        for row in tx.all(REASONS, **whose.named, pairs=days)
    ]


def meetings(tx: Transaction, team_id: int, since: date, until: date) -> list[MeetingTicked]:
    """The team meetings of those days."""
    asked = {"team": team_id, "since": since, "until": until}
    ticked: dict[int, list[Ticked]] = {}
    for row in tx.all(TICKED, **asked):
        own = Ticked(row.section, row.direction, int(row.minutes))
        ticked.setdefault(row.done_in, []).append(own)
    return [
        MeetingTicked(row.day, row.sections, row.is_over, tuple(ticked.get(row.id, ())))
        for row in tx.all(MEETINGS, **asked)
    ]


def _month(row: Any) -> date:
    return date(int(row.year), int(row.month), 1)
