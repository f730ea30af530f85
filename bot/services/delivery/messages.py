"""Where messages that may be drawn again stand, and which of them show what is old."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from bot.domain.delivery import MessageKind, MessageRef, Posted, Subject
from bot.domain.team.calendar import WEEK, monday_of
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.delivery import messages


def list_subject(team_id: int, monday: date) -> Subject:
    """What the messages are about that show the list of that week."""
    return Subject(MessageKind.TODO_LIST, team_id, monday)


def lists_changed(tx: Transaction, team_id: int, *days: date) -> None:
    """The lists of the weeks that those days are in are to be drawn anew, and those of the weeks
    after: they may have come already, and go by what was. Writes."""
    all_lists_changed(tx, {team_id: days})


def all_lists_changed(tx: Transaction, days: Mapping[int, Iterable[date]]) -> None:
    """The same for many teams, by id. Writes."""
    # Where a week begins before its Monday, a day may be in the week that the next one names.
    mondays = {
        (team, monday_of(day) + WEEK * n)
        for team, own in days.items()
        for day in own
        for n in range(3)
    }
    messages.mark_stale(tx, {list_subject(*one) for one in mondays})


def remember(database: Database, workspace_id: int, subject: Subject, ref: MessageRef) -> None:
    """Keep where a message that was sent at once stands. Writes."""
    with database.writing(workspace_id, aside=True) as tx:
        messages.remember(tx, subject, *ref)


def posted_at(database: Database, workspace_id: int, ref: MessageRef) -> Posted | None:
    """The message that stands there; None where none is known."""
    with database.reading(workspace_id) as tx:
        return messages.posted_at(tx, *ref)


def shown(database: Database, workspace_id: int, ref: MessageRef, version: int, page: int) -> None:
    """The message that stands there was drawn anew: which version, and which page. Writes."""
    with database.writing(workspace_id, aside=True) as tx:
        messages.shown(tx, *ref, version, page)


def where_shown(
    database: Database, workspace_id: int, wanted: Sequence[tuple[Subject, int]]
) -> dict[tuple[Subject, int], MessageRef]:
    """Where the latest message about each subject stands that was drawn for that person; those of
    which none is known are left out."""
    with database.reading(workspace_id) as tx:
        found = messages.posted_of(tx, {subject for subject, _ in wanted})
    shown = {(one.subject, one.reader_id): one.ref for posted in found.values() for one in posted}
    return {pair: shown[pair] for pair in wanted if pair in shown}


def claim_stale(
    database: Database, workspace_id: int, now: datetime, after: int, limit: int
) -> list[Posted]:
    """Messages to draw anew, by id from `after` on, that are nobody else's for a while. Writes."""
    with database.writing(workspace_id) as tx:
        return messages.claim_stale(tx, now, after, limit)


def settle_redrawn(
    database: Database,
    workspace_id: int,
    *,
    drawn: Mapping[int, int],
    gone: Sequence[int],
    left: Sequence[int],
    put_off: Mapping[int, datetime],
) -> None:
    """What became of claimed messages, by id: the version now shown, forgotten, left as it was,
    or put off until then. Writes."""
    with database.writing(workspace_id) as tx:
        messages.redrawn(tx, drawn)
        if gone:
            messages.forget(tx, gone)
        if left:
            messages.release(tx, left)
        messages.put_off(tx, put_off)


def purge(
    database: Database, workspace_id: int, drawn_for: Mapping[MessageKind, timedelta], now: datetime
) -> int:
    """Forget the messages that nothing draws any more; `drawn_for` is how long after it was posted
    one of a kind may be drawn. How many. Writes."""
    with database.writing(workspace_id) as tx:
        messages.purge_let_go(tx)
        return sum(messages.purge(tx, kind, now - time) for kind, time in drawn_for.items())
