"""Messages that stand in a conversation, and which of them show what is old."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Text,
    bindparam,
    delete,
    or_,
    select,
    text,
    type_coerce,
    union,
    update,
)

from bot.domain.delivery import (
    ERASED,
    IN_DOUBT,
    LEASE,
    NOTHING,
    MessageKind,
    MessageRef,
    Posted,
    Subject,
)
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.delivery.leases import DatabaseSeconds, is_free
from storage.models import Delivery, PostedMessage
from storage.models.delivery import OPEN, STALE

POSTED = select(
    PostedMessage.id,
    PostedMessage.subject,
    PostedMessage.channel,
    PostedMessage.ts,
    PostedMessage.page,
    PostedMessage.wanted_version,
    PostedMessage.reader_id,
    PostedMessage.attempts,
).where(PostedMessage.workspace_id == WORKSPACE)
ABOUT = POSTED.where(PostedMessage.subject == bindparam("about"))
ABOUT_ANY = POSTED.where(PostedMessage.subject.in_(AMONG)).order_by(PostedMessage.id)
SENT_TO = POSTED.where(PostedMessage.reader_id == bindparam("reader")).order_by(PostedMessage.id)
SENT_TO_ANY = POSTED.where(PostedMessage.reader_id.in_(AMONG)).order_by(PostedMessage.id)
STANDS_THERE = (
    PostedMessage.workspace_id == WORKSPACE,
    PostedMessage.channel == bindparam("stands_in"),
    PostedMessage.ts == bindparam("stands_at"),
)
THERE = POSTED.where(*STANDS_THERE)
MAY_STAND = (
    Delivery.workspace_id == WORKSPACE,
    text(OPEN),
    Delivery.state.in_(IN_DOUBT),
    Delivery.subject.in_(AMONG),
)
READERS: CompoundSelect[*tuple[Any, ...]] = union(
    select(PostedMessage.subject, PostedMessage.reader_id).where(
        PostedMessage.workspace_id == WORKSPACE, PostedMessage.subject.in_(AMONG)
    ),
    select(Delivery.subject, Delivery.reader_id).where(*MAY_STAND),
)
MARK_STALE = (
    update(PostedMessage)
    .where(PostedMessage.workspace_id == WORKSPACE, PostedMessage.subject.in_(AMONG))
    .values(wanted_version=PostedMessage.wanted_version + 1)
)
MARK_SENDING_STALE = update(Delivery).where(*MAY_STAND).values(is_stale=True)
LET_GO = (
    update(PostedMessage)
    .where(PostedMessage.workspace_id == WORKSPACE, PostedMessage.subject == bindparam("about"))
    .values(subject=bindparam("gone"), wanted_version=PostedMessage.wanted_version + 1, try_at=None)
)
FORGET_ABOUT = delete(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE, PostedMessage.subject.in_(AMONG)
)
SHOWN_OF_NOTHING = delete(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE,
    PostedMessage.subject.in_(AMONG),
    PostedMessage.shown_version >= PostedMessage.wanted_version,
)
FORGET_WEEKS = delete(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE,
    type_coerce(PostedMessage.subject, Text).startswith(bindparam("beginning"), escape="/"),
)
SHOWN = (
    update(PostedMessage)
    .where(*STANDS_THERE)
    .values(shown_version=bindparam("version"), page=bindparam("on_page"))
)

TO_DRAW = (
    POSTED.where(
        text(STALE),
        PostedMessage.id > bindparam("after"),
        or_(PostedMessage.try_at.is_(None), PostedMessage.try_at <= bindparam("now")),
        is_free(PostedMessage.leased_until),
    )
    .order_by(PostedMessage.id)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True)
)
CHANGE_SOME = update(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE, PostedMessage.id.in_(AMONG)
)
CLAIM = CHANGE_SOME.values(leased_until=DatabaseSeconds() + LEASE)
RELEASE = CHANGE_SOME.values(leased_until=None)
CHANGE = update(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE, PostedMessage.id == bindparam("message")
)
PUT_OFF = CHANGE.values(
    try_at=bindparam("again"), attempts=PostedMessage.attempts + 1, leased_until=None
)
REDRAWN = CHANGE.values(
    shown_version=bindparam("version"), leased_until=None, try_at=None, attempts=0
)
FORGET = delete(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE, PostedMessage.id.in_(AMONG)
)
PURGE = delete(PostedMessage).where(
    PostedMessage.workspace_id == WORKSPACE,
    type_coerce(PostedMessage.subject, Text).startswith(bindparam("beginning"), escape="/"),
    PostedMessage.ts < bindparam("before"),
)

_posted = reader(
    Posted,
    "id",
    "subject",
    "channel",
    "ts",
    "page",
    "wanted_version",
    "reader_id",
    "attempts",
)


def _known(rows: Iterable[Any]) -> list[Posted]:
    """Those whose subject this version knows."""
    return [_posted(row) for row in rows if row.subject is not None]


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
    return _known(tx.all(ABOUT, about=subject))


def posted_of(tx: Transaction, subjects: Iterable[Subject]) -> dict[Subject, list[Posted]]:
    """The messages about each of those subjects of which there are any, oldest first."""
    found: dict[Subject, list[Posted]] = {}
    for one in _known(tx.all_among(ABOUT_ANY, subjects)):
        found.setdefault(one.subject, []).append(one)
    return found


def sent_to(tx: Transaction, reader_id: int) -> list[Posted]:
    """The messages that are drawn for that person, oldest first."""
    return _known(tx.all(SENT_TO, reader=reader_id))


def sent_to_any(tx: Transaction, reader_ids: Iterable[int]) -> list[Posted]:
    """The same of any of those people."""
    return _known(tx.all_among(SENT_TO_ANY, reader_ids))


def posted_at(tx: Transaction, channel: str, ts: str) -> Posted | None:
    """The message that stands there, where it is known."""
    return next(iter(_known(tx.all(THERE, stands_in=channel, stands_at=ts))), None)


def readers_of(tx: Transaction, subjects: Iterable[Subject]) -> set[tuple[Subject, int | None]]:
    """For whom (a person) there is a message about which of the subjects, or may be: it is posted,
    or went out without an answer."""
    return {(row.subject, row.reader_id) for row in tx.all_among(READERS, subjects)}


def mark_stale(tx: Transaction, subjects: Iterable[Subject]) -> None:
    """What the messages about those subjects show has changed: they are to be drawn anew, also
    those that are on their way."""
    about = list(subjects)
    tx.run_among(MARK_STALE, about)
    tx.run_among(MARK_SENDING_STALE, about)


def let_go(tx: Transaction, kind: MessageKind, gone: Sequence[int]) -> None:
    """What the messages of that kind about those ids are about is gone because it is old: they are
    to be drawn once more, as about `NOTHING`. Their ids may be used again."""
    rows = [{"about": Subject(kind, one), "gone": Subject(kind, NOTHING)} for one in gone]
    if rows:
        tx.execute(LET_GO, rows)


def forget_about(tx: Transaction, subjects: Iterable[Subject]) -> None:
    """The messages about those subjects are not drawn any more."""
    tx.run_among(FORGET_ABOUT, subjects)


def forget_weeks(tx: Transaction, kind: MessageKind, ids: Sequence[int]) -> None:
    """The messages of that kind about any week or day of those ids are not drawn any more."""
    begin = [{"beginning": f"{kind}:{one}:".replace("_", "/_")} for one in ids]
    if begin:
        tx.execute(FORGET_WEEKS, begin)


def purge_let_go(tx: Transaction) -> None:
    """Forget those that were drawn for the last time, as about `NOTHING` or `ERASED`."""
    tx.run_among(SHOWN_OF_NOTHING, [*(Subject(kind, NOTHING) for kind in MessageKind), ERASED])


def shown(tx: Transaction, channel: str, ts: str, version: int, page: int) -> None:
    """The message that stands there shows that version now, and that page."""
    tx.run(SHOWN, stands_in=channel, stands_at=ts, version=version, on_page=page)


def claim_stale(tx: Transaction, now: datetime, after: int, limit: int) -> list[Posted]:
    """Claim messages to be drawn anew that nobody else works on, by id, from `after` on."""
    found = _known(tx.all(TO_DRAW, now=now, after=after, limit=limit))
    tx.run_among(CLAIM, [message.id for message in found])
    return found


def put_off(tx: Transaction, until: Mapping[int, datetime]) -> None:
    """Those messages, by id, were claimed and could not be drawn: they are tried again then."""
    if until:
        tx.execute(PUT_OFF, [{"message": one, "again": at} for one, at in until.items()])


def redrawn(tx: Transaction, versions: Mapping[int, int]) -> None:
    """Those messages, by id, show those versions now: even older ones than were said to be.

    Of two who drew at once nobody knows whose came last; a message that is stale is drawn again.
    """
    if versions:
        rows = [{"message": one, "version": version} for one, version in versions.items()]
        tx.execute(REDRAWN, rows)


def release(tx: Transaction, ids: Sequence[int]) -> None:
    """Those messages were claimed and not drawn: whoever comes next may."""
    tx.run_among(RELEASE, ids)


def forget(tx: Transaction, ids: Sequence[int]) -> None:
    """Those messages are gone, or are never drawn again."""
    tx.run_among(FORGET, ids)


def purge(tx: Transaction, kind: MessageKind, before: datetime) -> int:
    """Forget messages of that kind that were posted before then; how many."""
    beginning = f"{kind}:".replace("_", "/_")
    return tx.run(PURGE, beginning=beginning, before=f"{before.timestamp():.6f}")
