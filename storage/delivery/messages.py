"""Messages that stand in a conversation, and which of them show what is old."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Text, bindparam, or_, text, type_coerce, union, update

from bot.domain.delivery import IN_DOUBT, LEASE, MessageKind, MessageRef, Posted, Subject
from storage.database.engine import AnySelect, Transaction
from storage.delivery.leases import DatabaseSeconds, is_free
from storage.models import Delivery, PostedMessage
from storage.models.delivery import OPEN, STALE

POSTED = (
    PostedMessage.id,
    PostedMessage.subject,
    PostedMessage.channel,
    PostedMessage.ts,
    PostedMessage.page,
    PostedMessage.wanted_version,
    PostedMessage.reader_id,
    PostedMessage.attempts,
)


def remember(
    tx: Transaction,
    subject: Subject,
    channel: str,
    ts: str,
    reader_id: int | None = None,
    page: int = 0,
) -> None:
    """Keep where a message about `subject` stands, as just drawn, unless that is known."""
    remember_all(tx, [(MessageRef(channel, ts), subject, reader_id)], page=page)


def remember_all(
    tx: Transaction,
    posted: Sequence[tuple[MessageRef, Subject, int | None]],
    *,
    page: int = 0,
    stale: bool = False,
) -> None:
    """Keep where many messages stand, about what, and for whom (a person) they are drawn.

    `stale`: they were drawn a while ago, and are to be drawn anew.
    """
    rows = [
        {
            "subject": subject,
            "channel": ref.channel,
            "ts": ref.ts,
            "page": page,
            "wanted_version": 2 if stale else 1,
            "shown_version": 1,
            "reader_id": reader_id,
        }
        for ref, subject, reader_id in posted
    ]
    tx.insert_missing(PostedMessage, rows, key=("workspace_id", "channel", "ts"))


def posted(tx: Transaction, subject: Subject) -> list[Posted]:
    """The messages about `subject`."""
    return _all(tx, _select(tx).where(PostedMessage.subject == subject))


def posted_of(tx: Transaction, subjects: Iterable[Subject]) -> dict[Subject, list[Posted]]:
    """The messages about each of those subjects of which there are any, oldest first."""
    found: dict[Subject, list[Posted]] = {}
    wanted = PostedMessage.subject.in_(sorted(set(subjects), key=str))
    for one in _all(tx, _select(tx).where(wanted).order_by(PostedMessage.id)):
        found.setdefault(one.subject, []).append(one)
    return found


def posted_at(tx: Transaction, channel: str, ts: str) -> Posted | None:
    """The message that stands there, where it is known."""
    there = PostedMessage.channel == channel, PostedMessage.ts == ts
    return next(iter(_all(tx, _select(tx).where(*there))), None)


def readers_of(tx: Transaction, subjects: Iterable[Subject]) -> set[tuple[Subject, int | None]]:
    """For whom (a person) there is a message about which of the subjects, or may be: it is posted,
    or went out without an answer."""
    wanted = sorted(set(subjects), key=str)
    stands = tx.select(PostedMessage, PostedMessage.subject, PostedMessage.reader_id).where(
        PostedMessage.subject.in_(wanted)
    )
    may_stand = tx.select(Delivery, Delivery.subject, Delivery.reader_id).where(
        text(OPEN), Delivery.state.in_(IN_DOUBT), Delivery.subject.in_(wanted)
    )
    rows = tx.execute(union(stands, may_stand))
    return {(row.subject, row.reader_id) for row in rows}


MARK_STALE = (
    update(PostedMessage)
    .where(
        PostedMessage.workspace_id == bindparam("workspace"),
        PostedMessage.subject.in_(bindparam("subjects", expanding=True)),
    )
    .values(wanted_version=PostedMessage.wanted_version + 1)
    .execution_options(synchronize_session=False)
)


MARK_SENDING_STALE = (
    update(Delivery)
    .where(
        Delivery.workspace_id == bindparam("workspace"),
        text(OPEN),
        Delivery.state.in_(IN_DOUBT),
        Delivery.subject.in_(bindparam("subjects", expanding=True)),
    )
    .values(is_stale=True)
    .execution_options(synchronize_session=False)
)


def mark_stale(tx: Transaction, subjects: Iterable[Subject]) -> None:
    """What the messages about those subjects show has changed: they are to be drawn anew, also
    those that are on their way."""
    about = sorted(set(subjects), key=str)
    named = {"workspace": tx.workspace_id, "subjects": about}
    tx.execute(MARK_STALE, named)
    tx.execute(MARK_SENDING_STALE, named)


def shown(tx: Transaction, channel: str, ts: str, version: int, page: int) -> None:
    """The message that stands there shows that version now, and that page."""
    tx.update(
        PostedMessage,
        PostedMessage.channel == channel,
        PostedMessage.ts == ts,
        shown_version=version,
        page=page,
    )


def claim_stale(tx: Transaction, now: datetime, after: int, limit: int) -> list[Posted]:
    """Claim messages to be drawn anew that nobody else works on, by id, from `after` on."""
    found = _all(
        tx,
        _select(tx)
        .where(
            text(STALE),
            PostedMessage.id > after,
            or_(PostedMessage.try_at.is_(None), PostedMessage.try_at <= now),
            is_free(PostedMessage.leased_until),
        )
        .order_by(PostedMessage.id)
        .limit(limit)
        .with_for_update(skip_locked=True),
    )
    if found:
        ids = [message.id for message in found]
        until = DatabaseSeconds() + LEASE
        tx.update(PostedMessage, PostedMessage.id.in_(ids), leased_until=until)
    return found


def put_off(tx: Transaction, until: Mapping[int, datetime]) -> None:
    """Those messages, by id, were claimed and could not be drawn: they are tried again then."""
    if until:
        statement = update(PostedMessage).where(
            PostedMessage.workspace_id == tx.workspace_id,
            PostedMessage.id == bindparam("left_id"),
        )
        values: dict[str, Any] = {
            "try_at": bindparam("again_at"),
            "attempts": PostedMessage.attempts + 1,
            "leased_until": None,
        }
        rows = [{"left_id": one, "again_at": at} for one, at in until.items()]
        tx.execute(statement.values(values), rows)


def redrawn(tx: Transaction, versions: Mapping[int, int]) -> None:
    """Those messages, by id, show those versions now: even older ones than were said to be.

    Of two who drew at once nobody knows whose came last; a message that is stale is drawn again.
    """
    if versions:
        statement = update(PostedMessage).where(
            PostedMessage.workspace_id == tx.workspace_id,
            PostedMessage.id == bindparam("drawn_id"),
        )
        tx.execute(
            statement.values(
                shown_version=bindparam("drawn_version"),
                leased_until=None,
                try_at=None,
                attempts=0,
            ),
            [{"drawn_id": one, "drawn_version": version} for one, version in versions.items()],
        )


def release(tx: Transaction, ids: Sequence[int]) -> None:
    """Those messages were claimed and not drawn: whoever comes next may."""
    tx.update(PostedMessage, PostedMessage.id.in_(ids), leased_until=None)


def forget(tx: Transaction, ids: Sequence[int]) -> None:
    """Those messages are gone, or are never drawn again."""
    tx.delete(PostedMessage, PostedMessage.id.in_(ids))


def purge(tx: Transaction, kind: MessageKind, before: datetime) -> int:
    """Forget messages of that kind that were posted before then; how many."""
    return tx.delete(
        PostedMessage,
        type_coerce(PostedMessage.subject, Text).startswith(f"{kind}:", autoescape=True),
        PostedMessage.ts < f"{before.timestamp():.6f}",
    )


def _select(tx: Transaction) -> AnySelect:
    return tx.select(PostedMessage, *POSTED)


def _all(tx: Transaction, statement: AnySelect) -> list[Posted]:
    """Those whose subject this version knows."""
    rows: Sequence[Any] = tx.all(statement)
    return [Posted(*row) for row in rows if row.subject is not None]
