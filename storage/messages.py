"""Schedules, and messages that stand in a conversation."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text, union, update

from bot.domain.deliveries import LEASE, LOST, Place, Posted, ScheduleKind
from storage.engine import AnySelect, Transaction
from storage.leases import DatabaseSeconds, is_free
from storage.models import Delivery, PostedMessage, Schedule
from storage.models.deliveries import OPEN
from storage.models.messages import BEHIND

POSTED = (
    PostedMessage.id,
    PostedMessage.subject,
    PostedMessage.channel,
    PostedMessage.ts,
    PostedMessage.page,
    PostedMessage.wanted_version,
    PostedMessage.reader_id,
)


def schedule(
    tx: Transaction, team_id: int, kind: ScheduleKind, next_at: datetime | None, item: int = 0
) -> None:
    """Set when that team's next message of that kind, about that item, is due; None: never."""
    if next_at is None:
        which = Schedule.team_id == team_id, Schedule.kind == kind, Schedule.item == item
        tx.delete(Schedule, *which)
        return
    schedule_each(tx, kind, {team_id: next_at}, item)


def schedule_each(
    tx: Transaction, kind: ScheduleKind, due: Mapping[int, datetime], item: int = 0
) -> None:
    """Set when the next message of that kind of each of those teams is due."""
    rows = [
        {"team_id": team, "kind": kind, "item": item, "next_at": at} for team, at in due.items()
    ]
    if rows:
        tx.upsert(Schedule, rows, key=("team_id", "kind", "item"))


def next_at(tx: Transaction, team_id: int, kind: ScheduleKind) -> datetime | None:
    """When that is due."""
    row = tx.first(
        tx.select(Schedule, Schedule.next_at).where(
            Schedule.team_id == team_id, Schedule.kind == kind
        )
    )
    return row.next_at if row else None


def items_due(tx: Transaction, team_id: int, kind: ScheduleKind) -> list[int]:
    """What that team's messages of that kind that are still to come are about, by id."""
    rows = tx.all(
        tx.select(Schedule, Schedule.item).where(Schedule.team_id == team_id, Schedule.kind == kind)
    )
    return [row.item for row in rows]


def remember_posted(
    tx: Transaction,
    subject: str,
    channel: str,
    ts: str,
    reader_id: int | None = None,
    page: int = 0,
) -> None:
    """Keep where a message about `subject` stands, as just drawn, unless that is known."""
    remember_all(tx, [(Place(channel, ts), subject, reader_id)], page=page)


def remember_all(
    tx: Transaction,
    posted: Sequence[tuple[Place, str, int | None]],
    *,
    page: int = 0,
    behind: bool = False,
) -> None:
    """Keep where many messages stand, about what, and for whom (a person) they are drawn.

    `behind`: they were drawn a while ago, and are to be drawn anew.
    """
    rows = [
        {
            "subject": subject,
            "channel": place.channel,
            "ts": place.ts,
            "page": page,
            "wanted_version": 2 if behind else 1,
            "shown_version": 1,
            "reader_id": reader_id,
        }
        for place, subject, reader_id in posted
    ]
    tx.insert_missing(PostedMessage, rows, key=("workspace_id", "channel", "ts"))


def posted(tx: Transaction, subject: str) -> list[Posted]:
    """The messages about `subject`."""
    return _all(tx, _select(tx).where(PostedMessage.subject == subject))


def posted_at(tx: Transaction, channel: str, ts: str) -> Posted | None:
    """The message that stands there, where it is known."""
    there = PostedMessage.channel == channel, PostedMessage.ts == ts
    return next(iter(_all(tx, _select(tx).where(*there))), None)


def readers_of(tx: Transaction, subjects: Iterable[str]) -> set[tuple[str, int | None]]:
    """For whom (a person) there is a message about which of the subjects, or may be: it is posted,
    or went out without an answer."""
    wanted = sorted(set(subjects))
    stands = tx.select(PostedMessage, PostedMessage.subject, PostedMessage.reader_id).where(
        PostedMessage.subject.in_(wanted)
    )
    may_stand = tx.select(Delivery, Delivery.subject, Delivery.reader_id).where(
        text(OPEN), Delivery.state.in_(LOST), Delivery.subject.in_(wanted)
    )
    rows = tx.execute(union(stands, may_stand))
    return {(row.subject, row.reader_id) for row in rows}


WANT = (
    update(PostedMessage)
    .where(
        PostedMessage.workspace_id == bindparam("workspace"),
        PostedMessage.subject.in_(bindparam("subjects", expanding=True)),
    )
    .values(wanted_version=PostedMessage.wanted_version + 1)
    .execution_options(synchronize_session=False)
)


def want(tx: Transaction, subjects: Iterable[str]) -> None:
    """What the messages about those subjects show has changed: they are to be drawn anew."""
    about = sorted(set(subjects))
    tx.execute(WANT, {"workspace": tx.workspace_id, "subjects": about})


def shown(tx: Transaction, channel: str, ts: str, version: int, page: int) -> None:
    """The message that stands there shows that version now, and that page."""
    tx.update(
        PostedMessage,
        PostedMessage.channel == channel,
        PostedMessage.ts == ts,
        shown_version=version,
        page=page,
    )


def claim_behind(tx: Transaction, after: int, limit: int) -> list[Posted]:
    """Claim messages to be drawn anew that nobody else works on, by id, from `after` on."""
    found = _all(
        tx,
        _select(tx)
        .where(text(BEHIND), PostedMessage.id > after, is_free(PostedMessage.leased_until))
        .order_by(PostedMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True),
    )
    if found:
        ids = [message.id for message in found]
        until = DatabaseSeconds() + LEASE
        tx.update(PostedMessage, PostedMessage.id.in_(ids), leased_until=until)
    return found


def redrawn(tx: Transaction, versions: Mapping[int, int]) -> None:
    """Those messages, by id, show those versions now: even older ones than were said to be.

    Of two who drew at once nobody knows whose came last; a message that is behind is drawn again.
    """
    if versions:
        statement = update(PostedMessage).where(
            PostedMessage.workspace_id == tx.workspace_id,
            PostedMessage.id == bindparam("drawn_id"),
        )
        tx.execute(
            statement.values(shown_version=bindparam("drawn_version"), leased_until=None),
            [{"drawn_id": one, "drawn_version": version} for one, version in versions.items()],
        )


def release(tx: Transaction, ids: Sequence[int]) -> None:
    """Those messages were claimed and not drawn: whoever comes next may."""
    tx.update(PostedMessage, PostedMessage.id.in_(ids), leased_until=None)


def forget(tx: Transaction, ids: Sequence[int]) -> None:
    """Those messages are gone, or are never drawn again."""
    tx.delete(PostedMessage, PostedMessage.id.in_(ids))


def _select(tx: Transaction) -> AnySelect:
    return tx.select(PostedMessage, *POSTED)


def _all(tx: Transaction, statement: AnySelect) -> list[Posted]:
    rows: Sequence[Any] = tx.all(statement)
    return [Posted(*row) for row in rows]
