"""Promises of both sides."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, case, delete, func, not_, or_, select, update
from sqlalchemy.orm import aliased

from bot.domain.promises import Answer, Owner, Promise, is_same_step
from bot.domain.workspaces.private import readable
from bot.domain.workspaces.submissions import Made
from storage.database.pairs import dated_pairs_of, pairs_of
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Promise as Row
from storage.models import Sharing as SharingRow
from storage.models import Team as TeamRow
from storage.team.people import PersonColumns
from storage.workspaces import submissions

HANDED_TO, NOTED_BY = aliased(PersonRow), aliased(PersonRow)
ORIGIN = aliased(Row)
REP = PersonColumns(PersonRow, "rep")
PAIR = pairs_of("team_id", "rep_id")
PAIR_SINCE = dated_pairs_of("team_id", "rep_id", "since")

MANAGER_OF = (
    select(TeamRow.manager_id)
    .where(TeamRow.workspace_id == WORKSPACE, TeamRow.id == Row.team_id)
    .correlate(Row)
    .scalar_subquery()
)
TALKED = (
    select(Contact.occurred_on)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id == Row.team_id,
        Contact.rep_id == Row.rep_id,
        # Time with the manager was asked for: whoever stands in does not have it for them.
        Contact.author_id == func.coalesce(Row.told_to_id, MANAGER_OF),
        Contact.deleted_at.is_(None),
        Contact.occurred_on >= Row.raised_on,
        Contact.id > Row.time_after,
    )
    .correlate(Row)
)
"""The contacts since a rep asked for time: the first of them is when it was had. A day alone would
not tell the morning's contact from the afternoon's wish."""

TALKED_ON = case(
    (
        Row.time_after.is_not(None),
        TALKED.order_by(Contact.occurred_on).limit(1).scalar_subquery(),
    ),
    else_=None,
)
NOT_TALKED = or_(Row.time_after.is_(None), not_(TALKED.exists()))

NOT_DELETED = Row.deleted_at.is_(None)
NOT_CLOSED = and_(Row.kept_on.is_(None), Row.dropped_on.is_(None), NOT_TALKED)
IS_OPEN = and_(NOT_CLOSED, NOT_DELETED)
FOR_ITS_MANAGER = or_(Row.told_to_id.is_(None), Row.told_to_id == MANAGER_OF)
"""Of every statement that reads promises for whoever manages the team: what a rep said to an
earlier manager between the two of them stays between those two."""
BY_ID, BY_DAY = attrgetter("id"), attrgetter("made_on", "id")
DUE_FIRST = (Row.due_on.is_(None), Row.due_on, Row.id)

SHOWN = or_(
    Row.with_sharing.is_(False), SharingRow.interaction_id.is_not(None), Row.agreed_on.is_not(None)
)

PROMISES = (
    select(
        Row.id,
        Row.team_id,
        Row.owner,
        Row.what,
        Row.made_on,
        Row.due_on,
        Row.raised_on,
        Row.raised_at,
        Row.time_after,
        Row.kept_on,
        TALKED_ON.label("talked_on"),
        Row.dropped_on,
        Row.closing_words,
        Row.interaction_id,
        Row.deleted_at,
        Row.told_to_id,
        Row.sealed_what,
        Row.sealed_closing_words,
        Row.agreed_on,
        Row.disputed_on,
        Row.topic_key,
        Row.ramp_day,
        Row.moved_to_id.is_not(None).label("moved"),
        SHOWN.label("shown"),
        HANDED_TO.name.label("handed_to"),
        NOTED_BY.name.label("noted_by"),
        *REP.columns,
    )
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .outerjoin(HANDED_TO, HANDED_TO.id == Row.handed_to_id)
    .outerjoin(NOTED_BY, NOTED_BY.id == Row.noted_by_id)
    .outerjoin(
        SharingRow,
        and_(
            SharingRow.interaction_id == Row.interaction_id,
            SharingRow.rep_id == Row.rep_id,
            SharingRow.ended_at.is_(None),
        ),
    )
    .where(Row.workspace_id == WORKSPACE)
)
ONE = PROMISES.where(Row.id == bindparam("promise"))
SOME = PROMISES.where(Row.id.in_(AMONG))
OF_CONTACTS = PROMISES.where(Row.interaction_id.in_(AMONG), NOT_DELETED, FOR_ITS_MANAGER)
OPEN_OF_TEAM = PROMISES.where(Row.team_id == bindparam("team"), IS_OPEN, FOR_ITS_MANAGER).order_by(
    *DUE_FIRST
)
OPEN_WITH = (
    PROMISES.join(PAIR, and_(PAIR.c.team_id == Row.team_id, PAIR.c.rep_id == Row.rep_id))
    .where(IS_OPEN, FOR_ITS_MANAGER)
    .order_by(*DUE_FIRST)
)
STEPS_WITH = (
    PROMISES.join(
        PAIR_SINCE,
        and_(PAIR_SINCE.c.team_id == Row.team_id, PAIR_SINCE.c.rep_id == Row.rep_id),
    )
    .where(
        Row.topic_key != "",
        NOT_DELETED,
        FOR_ITS_MANAGER,
        or_(
            and_(Row.kept_on.is_(None), Row.dropped_on.is_(None)),
            Row.kept_on >= PAIR_SINCE.c.since,
            Row.dropped_on >= PAIR_SINCE.c.since,
        ),
    )
    .order_by(*DUE_FIRST)
)
# What an earlier manager closed is read on, and counted where it was closed.
CLOSED_HERE = not_(
    select(ORIGIN.id)
    .where(
        ORIGIN.workspace_id == WORKSPACE, ORIGIN.id == Row.origin_id, ORIGIN.kept_on.is_not(None)
    )
    .correlate(Row)
    .exists()
)
KEPT_SINCE = and_(Row.kept_on >= bindparam("since"), NOT_DELETED, FOR_ITS_MANAGER)
KEPT_BY = PROMISES.where(
    Row.team_id.in_(AMONG), Row.owner == bindparam("owner"), KEPT_SINCE, CLOSED_HERE
).order_by(Row.id)
ALL_STANDING = PROMISES.where(
    Row.team_id == bindparam("team"),
    NOT_DELETED,
    or_(
        IS_OPEN,
        and_(Row.dropped_on.is_(None), bindparam("since") <= TALKED_ON),
        Row.kept_on >= bindparam("since"),
        Row.dropped_on >= bindparam("since"),
    ),
).order_by(*DUE_FIRST)
STANDING = ALL_STANDING.where(FOR_ITS_MANAGER)
STANDING_WITH = ALL_STANDING.where(Row.rep_id == bindparam("rep"), Row.moved_to_id.is_(None))
# Two statements, each along an index of its own: those long closed are many.
OPEN_OF_TEAMS = PROMISES.where(Row.team_id.in_(AMONG), IS_OPEN, FOR_ITS_MANAGER).order_by(Row.id)
KEPT_OF_TEAMS = PROMISES.where(Row.team_id.in_(AMONG), KEPT_SINCE).order_by(Row.id)
CLEARED = PROMISES.where(
    Row.team_id == bindparam("team"),
    Row.kept_on.between(bindparam("since"), bindparam("until")),
    Row.raised_on.is_not(None),
    Row.told_to_id.is_(None),
    NOT_DELETED,
    CLOSED_HERE,
).order_by(Row.kept_on, Row.id)
OF_TEAM = PROMISES.where(Row.team_id == bindparam("team"), NOT_DELETED, FOR_ITS_MANAGER).order_by(
    Row.id
)
OF_REP = PROMISES.where(
    Row.team_id == bindparam("team"), Row.rep_id == bindparam("rep"), NOT_DELETED
).order_by(Row.made_on.desc(), Row.id.desc())
OF_REPS = PROMISES.where(
    Row.team_id == bindparam("team"), Row.rep_id.in_(AMONG), NOT_DELETED, FOR_ITS_MANAGER
).order_by(Row.made_on.desc(), Row.id.desc())
OF_INTERACTION = PROMISES.where(
    Row.interaction_id == bindparam("contact"), NOT_DELETED, FOR_ITS_MANAGER
).order_by(Row.id)
TOLD_TO = (
    PROMISES.join(TeamRow, TeamRow.id == Row.team_id)
    .where(
        Row.told_to_id == bindparam("told_to"),
        or_(TeamRow.manager_id != Row.told_to_id, TeamRow.joined_to_id.is_not(None)),
        NOT_DELETED,
    )
    .order_by(Row.made_on.desc(), Row.id.desc())
)

TO_READ = select(Row.id).where(
    Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team"), Row.told_to_id.is_(None)
)

CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("promise"))
SETTLE_TALKS = (
    update(Row)
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id == bindparam("team"),
        Row.time_after.is_not(None),
        Row.kept_on.is_(None),
        Row.dropped_on.is_(None),
    )
    .values(kept_on=TALKED.order_by(Contact.occurred_on).limit(1).scalar_subquery())
)
OF_ALL = update(Row).where(
    Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team"), Row.told_to_id.is_(None)
)
NOTED_BY_EARLIER = OF_ALL.where(Row.noted_by_id.is_(None)).values(noted_by_id=bindparam("earlier"))
NOTED_BY_OWN = OF_ALL.where(Row.noted_by_id == bindparam("own")).values(noted_by_id=None)
CLOSE = CHANGE.where(IS_OPEN)
WAITING = CLOSE.where(Row.due_on.is_(None))
DISPUTE = CLOSE.where(Row.disputed_on.is_(None)).values(
    agreed_on=None, disputed_on=bindparam("day")
)
CLAIM_TELLING = CHANGE.where(Row.told_at.is_(None)).values(told_at=bindparam("at"))
GIVE_BACK_TELLING = CHANGE.values(told_at=None)
CHANGE_OF_INTERACTION = update(Row).where(
    Row.workspace_id == WORKSPACE, Row.interaction_id == bindparam("contact")
)
# Where its rep has moved, what was promised in it is open in the other team.
CHANGE_ALIKE = update(Row).where(
    Row.workspace_id == WORKSPACE,
    Row.interaction_id.in_(
        select(Contact.id).where(
            Contact.workspace_id == WORKSPACE,
            or_(Contact.id == bindparam("contact"), Contact.origin_id == bindparam("contact")),
        )
    ),
)
DELETE_OPEN = CHANGE_ALIKE.where(IS_OPEN).values(deleted_at=bindparam("at"))
PUT_BACK = CHANGE_ALIKE.where(Row.deleted_at == bindparam("at")).values(deleted_at=None)
FIRST = aliased(Row)
IS_MEANT = and_(FIRST.workspace_id == WORKSPACE, FIRST.id == bindparam("promise"))
IS_ALIKE = and_(
    Row.workspace_id == WORKSPACE,
    Row.id != bindparam("promise"),
    Row.rep_id == select(FIRST.rep_id).where(IS_MEANT).scalar_subquery(),
    func.coalesce(Row.origin_id, Row.id)
    == select(func.coalesce(FIRST.origin_id, FIRST.id)).where(IS_MEANT).scalar_subquery(),
)
"""It is the same promise, in another team that its rep is or was on."""
GOES_ON_AS = select(Row.id).where(IS_ALIKE, Row.moved_to_id.is_(None))
CHANGE_THERE = update(Row).where(IS_ALIKE, Row.moved_to_id.is_(None))
CLOSE_THERE = CHANGE_THERE.where(IS_OPEN)
HAND_ON_EARLIER = (
    update(Row)
    .where(
        IS_ALIKE,
        Row.moved_to_id.is_not(None),
        Row.handed_to_id.is_(None),
        NOT_DELETED,
        or_(Row.kept_on.is_not(None), Row.dropped_on.is_not(None)),
    )
    .values(
        kept_on=None,
        dropped_on=bindparam("day"),
        closing_words="",
        handed_to_id=bindparam("manager"),
    )
)
RAISED_IN = select(Row.id).where(
    Row.workspace_id == WORKSPACE,
    Row.interaction_id == bindparam("contact"),
    Row.raised_on.is_not(None),
)
LET_GO_OF_RAISED = CHANGE_OF_INTERACTION.where(Row.raised_on.is_not(None)).values(
    interaction_id=None
)
TO_COPY = (
    Row.team_id,
    Row.owner,
    Row.what,
    Row.made_on,
    Row.due_on,
    Row.raised_on,
    Row.raised_at,
    Row.time_after,
    Row.with_sharing,
    Row.topic_key,
)
TOLD = (Row.told_to_id, Row.sealed_what)
COPIED = select(*TO_COPY, *TOLD, Row.id, Row.interaction_id, Row.deleted_at).where(
    Row.workspace_id == WORKSPACE
)
NOTED_IN = COPIED.where(
    Row.interaction_id == bindparam("contact"),
    Row.raised_on.is_(None),
    Row.dropped_on.is_(None),
).order_by(Row.id)
COPIED_ONE = COPIED.where(Row.id == bindparam("promise"), NOT_DELETED)
# What was deleted before would come back with the contact.
ENDED = {
    "deleted_at": func.coalesce(Row.deleted_at, bindparam("at")),
    "interaction_id": None,
}
END_NOTED = CHANGE_OF_INTERACTION.where(Row.raised_on.is_(None)).values(ENDED)
END = CHANGE.values(ENDED)
END_WAITING = WAITING.values(ENDED)
NEWEST_CONTACT = select(func.max(Contact.id).label("id")).where(
    Contact.workspace_id == WORKSPACE,
    Contact.team_id == bindparam("team"),
    Contact.rep_id == bindparam("rep"),
    Contact.occurred_on >= bindparam("day"),
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.deleted_at < bindparam("before"))
WAS_SHARED = (
    select(SharingRow.id)
    .join(Contact, Contact.id == SharingRow.interaction_id)
    .where(
        SharingRow.workspace_id == WORKSPACE,
        SharingRow.interaction_id == Row.interaction_id,
        SharingRow.rep_id == Row.rep_id,
        SharingRow.ended_at.is_(None),
        Contact.deleted_at.is_(None),
    )
    .correlate(Row)
    .exists()
)
LET_GO = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))
    # What its rep was shown they see on, without the contact that it was shared with.
    .values(interaction_id=None, with_sharing=and_(Row.with_sharing, not_(WAS_SHARED)))
)
# An id may be used again once the newest contact is gone; what came since still came since.
COUNT_FROM = (
    update(Row)
    .where(Row.workspace_id == WORKSPACE, Row.time_after.in_(AMONG))
    .values(
        time_after=func.coalesce(
            select(func.max(Contact.id)).where(Contact.id < Row.time_after).scalar_subquery(), 0
        )
    )
)
REMOVE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))


def _read(row: Any) -> Promise:
    return Promise(
        id=row.id,
        team_id=row.team_id,
        rep=REP.read(row),
        owner=row.owner,
        what=row.what if row.sealed_what is None else row.sealed_what,
        made_on=row.made_on,
        due_on=row.due_on,
        raised_on=row.raised_on,
        # What was answered in words was closed by them, whatever was talked about later.
        kept_on=row.kept_on or (None if row.dropped_on else row.talked_on),
        dropped_on=row.dropped_on,
        closing_words=row.sealed_closing_words or row.closing_words,
        interaction_id=row.interaction_id,
        deleted=row.deleted_at is not None,
        handed_to=row.handed_to,
        told_to_id=row.told_to_id,
        raised_at=row.raised_at,
        for_time=row.time_after is not None,
        answer=_answer(row),
        shown=bool(row.shown),
        topic_key=row.topic_key,
        ramp_day=row.ramp_day,
        moved=bool(row.moved),
        noted_by=row.noted_by,
    )


def _answer(row: Any) -> Answer | None:
    if row.owner is Owner.MANAGER:
        return None
    if row.disputed_on is not None:
        return Answer.NOT_SO
    return Answer.NOTED if row.agreed_on is None else Answer.AGREED


def said(what: str, told_to_id: int | None) -> dict[str, Any]:
    """The columns of what a promise is; encrypted where somebody was told it between the two."""
    sealed = what if told_to_id is not None else None
    plain = "" if sealed is not None else what
    return {"what": plain, "sealed_what": sealed, "told_to_id": told_to_id}


def ended(words: str, promise: Promise) -> dict[str, Any]:
    """The columns of the words at its end; encrypted where it is itself."""
    if promise.between_us:
        return {"closing_words": "", "sealed_closing_words": words or None}
    return {"closing_words": words, "sealed_closing_words": None}


def add(tx: Transaction, *, what: str, told_to_id: int | None = None, **values: Any) -> int:
    """A new promise; its id. Other columns by their names."""
    return tx.insert(Row, closing_words="", **said(what, told_to_id), **values)


def newest_contact(tx: Transaction, team_id: int, rep_id: int, since: date) -> int:
    """The newest contact with that rep of those on that day or later, by id; 0 for none."""
    row = tx.first(NEWEST_CONTACT, team=team_id, rep=rep_id, day=since)
    return (row.id if row else None) or 0


def get(tx: Transaction, promise_id: int) -> Promise | None:
    """That promise, in whatever state."""
    row = tx.first(ONE, promise=promise_id)
    return _read(row) if row else None


def get_many(tx: Transaction, ids: Iterable[int]) -> dict[int, Promise]:
    """Those, deleted ones too, by id."""
    return {row.id: _read(row) for row in tx.all_among(SOME, ids)}


def change(tx: Transaction, promise_id: int, **values: Any) -> None:
    """Change columns of a promise by their names."""
    tx.change(CHANGE, values, promise=promise_id)


def reword(
    tx: Transaction,
    before: Promise,
    *,
    owner: Owner,
    what: str,
    due_on: date | None,
    told_to_id: int | None = None,
    **values: Any,
) -> None:
    """What its manager says of it now, and other columns by their names. The rep's answer to what
    it was before does not go for another step; what went on with its rep says so there too."""
    if not is_same_step(before, owner, what, due_on):
        values |= {"agreed_on": None, "disputed_on": None}
        if before.moved:
            says = {"owner": owner, "what": what, "due_on": due_on}
            new = {name: one for name, one in says.items() if one != getattr(before, name)}
            answer = {"agreed_on": None, "disputed_on": None}
            tx.change(CHANGE_THERE, new | answer, promise=before.id)
    change(tx, before.id, owner=owner, due_on=due_on, **said(what, told_to_id), **values)


def take_out(tx: Transaction, promise: Promise, day: date, at: datetime) -> None:
    """Its manager does not say it any more where it was noted. What its rep may have read is
    dropped, that day, and stays to be read; what nobody else has read goes. What is closed stays as
    it was closed. What went on with its rep is taken out where it is open. Writes."""
    gone = {"dropped_on": day} if promise.shown else {"deleted_at": at}
    if close(tx, promise.id, **gone) or not (promise.moved and promise.handed_to):
        return
    if tx.change(CLOSE_THERE, gone, promise=promise.id):
        change(tx, promise.id, handed_to_id=None, **gone)


def take_up_again(tx: Transaction, promise_id: int) -> None:
    """What was dropped stands again. Writes."""
    change(tx, promise_id, dropped_on=None, closing_words="")


def goes_on_as(tx: Transaction, promise_id: int) -> int | None:
    """What that promise is where its rep sits, who has moved since; None for what did not go."""
    row = tx.first(GOES_ON_AS, promise=promise_id)
    return row.id if row else None


def hand_on_earlier(tx: Transaction, promise_id: int, manager_id: int, day: date) -> None:
    """That promise is open again where its rep sits: in the teams that they left, where it stood as
    closed, it was handed on to that manager. Writes."""
    tx.run(HAND_ON_EARLIER, promise=promise_id, manager=manager_id, day=day)


def close(tx: Transaction, promise_id: int, **values: Any) -> bool:
    """Change columns of a promise that is still open; False when it was not, be it just now."""
    return tx.change(CLOSE, values, promise=promise_id) == 1


def dispute(tx: Transaction, promise_id: int, day: date) -> bool:
    """The rep says that it is not so; False where they said so before, or it is closed."""
    return tx.run(DISPUTE, promise=promise_id, day=day) == 1


def open_of_team(tx: Transaction, team_id: int) -> list[Promise]:
    """Open promises of a team, the earliest due first, those without a date last."""
    return [_read(row) for row in tx.all(OPEN_OF_TEAM, team=team_id)]


def open_with(tx: Transaction, whose: Collection[tuple[int, int]]) -> list[Promise]:
    """Open promises between managers and those reps, by team and rep: the earliest due first,
    those without a date last."""
    return [_read(row) for row in tx.all(OPEN_WITH, pairs=whose)]


def steps_with(tx: Transaction, since: Mapping[tuple[int, int], date]) -> list[Promise]:
    """The next steps of sessions with those reps, by team and rep, that are open, or were closed
    on that day of the pair or later: the earliest due first, those without a date last."""
    return [_read(row) for row in tx.all(STEPS_WITH, pairs=since)]


def kept_by(tx: Transaction, owner: Owner, team_ids: Sequence[int], since: date) -> list[Promise]:
    """Promises of that side of those teams that were kept on that day or later."""
    rows = tx.all_among(KEPT_BY, team_ids, BY_ID, owner=owner, since=since)
    return [_read(row) for row in rows]


def standing(
    tx: Transaction, team_id: int, closed_since: date, rep_id: int | None = None
) -> list[Promise]:
    """Promises of a team that are open or were closed on that day or later; the earliest due first,
    those without a date last. With one rep of it those that they read there, and not with a team
    that they moved to."""
    if rep_id is None:
        rows = tx.all(STANDING, team=team_id, since=closed_since)
    else:
        rows = tx.all(STANDING_WITH, team=team_id, since=closed_since, rep=rep_id)
    return [_read(row) for row in rows]


def of_teams(tx: Transaction, team_ids: Sequence[int], kept_since: date) -> list[Promise]:
    """Promises of those teams that are open, or that were kept on that day or later."""
    rows = tx.all_among(OPEN_OF_TEAMS, team_ids, BY_ID)
    rows += tx.all_among(KEPT_OF_TEAMS, team_ids, BY_ID, since=kept_since)
    return [_read(row) for row in rows]


def raised_and_kept(tx: Transaction, team_id: int, since: date, until: date) -> list[Promise]:
    """What reps of a team raised before others, and was kept on those days; the earliest first."""
    return [_read(row) for row in tx.all(CLEARED, team=team_id, since=since, until=until)]


def of_reps(tx: Transaction, team_id: int, rep_ids: Iterable[int]) -> list[Promise]:
    """All promises between whoever manages that team and those reps that stand, newest first."""
    rows = tx.all_among(OF_REPS, rep_ids, BY_DAY, descending=True, team=team_id)
    return [_read(row) for row in rows]


def of_rep(tx: Transaction, team_id: int, rep_id: int) -> list[Promise]:
    """The same for that rep: also what they said to an earlier manager between the two of them."""
    return [_read(row) for row in tx.all(OF_REP, team=team_id, rep=rep_id)]


def told_to(tx: Transaction, person_id: int) -> list[Promise]:
    """What reps of teams that somebody else manages now said to that person between the two of
    them, open or closed, newest first."""
    return [_read(row) for row in tx.all(TOLD_TO, told_to=person_id)]


def readable_ids(tx: Transaction, team_id: int) -> list[int]:
    """All of a team, deleted or not, by id, but what was said between its rep and somebody."""
    return [row.id for row in tx.all(TO_READ, team=team_id)]


def settle_talks(tx: Transaction, team_id: int) -> None:
    """The time that reps of a team asked for and had is had for good, whoever manages the team
    later. Writes."""
    tx.run(SETTLE_TALKS, team=team_id)


def name_earlier(tx: Transaction, team_id: int, earlier_id: int, own_id: int) -> None:
    """What was noted on a team until now was noted by its earlier manager; what its own manager
    noted before that one is their own again. Writes."""
    tx.run(NOTED_BY_EARLIER, team=team_id, earlier=earlier_id)
    tx.run(NOTED_BY_OWN, team=team_id, own=own_id)


def of_team(tx: Transaction, team_id: int) -> list[Promise]:
    """All promises of a team that stand, oldest first."""
    return [_read(row) for row in tx.all(OF_TEAM, team=team_id)]


def of_interaction(tx: Transaction, interaction_id: int) -> list[Promise]:
    """Promises made in that contact that stand, in the order they were made."""
    return [_read(row) for row in tx.all(OF_INTERACTION, contact=interaction_id)]


def of_contacts(tx: Transaction, interaction_ids: Iterable[int]) -> list[Promise]:
    """What was promised and raised in those contacts and stands, in the order it was made."""
    return sorted((_read(row) for row in tx.all_among(OF_CONTACTS, interaction_ids)), key=BY_ID)


def delete_open_of_interaction(tx: Transaction, interaction_id: int, at: datetime) -> None:
    """Delete, with the contact, those of its promises that are still open."""
    tx.run(DELETE_OPEN, contact=interaction_id, at=at)


def put_back_of_interaction(tx: Transaction, interaction_id: int, deleted_at: datetime) -> None:
    """Put back the promises that were deleted together with the contact."""
    tx.run(PUT_BACK, contact=interaction_id, at=deleted_at)


def let_go_of_raised(tx: Transaction, interaction_id: int) -> None:
    """What was raised in that contact stays with who raised it, and not with the contact; what its
    form says from now on is another promise."""
    raised = [row.id for row in tx.all(RAISED_IN, contact=interaction_id)]
    tx.run(LET_GO_OF_RAISED, contact=interaction_id)
    submissions.forget(tx, Made.PROMISE, raised)


def change_waiting(tx: Transaction, promise_id: int, **values: Any) -> bool:
    """Change columns of what a rep raised and nobody took on yet; False when it was taken on,
    closed or taken back, be it just now."""
    return tx.change(WAITING, values, promise=promise_id) == 1


def end_waiting(tx: Transaction, promise_id: int, at: datetime) -> bool:
    """What a rep raised ends as `end` says, while nobody took it on; False where it was."""
    ended = tx.run(END_WAITING, promise=promise_id, at=at) == 1
    if ended:
        submissions.forget(tx, Made.PROMISE, [promise_id])
    return ended


def end(tx: Transaction, promise_id: int, at: datetime) -> None:
    """It ends: with whom it was it never was; its form makes another from now on."""
    tx.run(END, promise=promise_id, at=at)
    submissions.forget(tx, Made.PROMISE, [promise_id])


def begin_noted_anew(tx: Transaction, interaction_id: int, rep_id: int, at: datetime) -> None:
    """What was noted in that contact that either side will do ends, and begins anew with that rep:
    open, in the same words. What was deleted of it ends for good."""
    noted = tx.all(NOTED_IN, contact=interaction_id)
    tx.run(END_NOTED, contact=interaction_id, at=at)
    for row in noted:
        if row.deleted_at is None:
            _copy(tx, row, rep_id)
    gone = [row.id for row in noted if row.deleted_at is not None]
    submissions.forget(tx, Made.PROMISE, gone)


def begin_anew(tx: Transaction, promise_id: int, rep_id: int, at: datetime) -> None:
    """A promise that stands ends, and begins anew with that rep under the same form."""
    row = tx.first(COPIED_ONE, promise=promise_id)
    if row is not None:
        tx.run(END, promise=promise_id, at=at)
        _copy(tx, row, rep_id)


def _copy(tx: Transaction, row: Any, rep_id: int) -> None:
    """Raises Sealed where it was said between the two of them and cannot be read."""
    made = add(
        tx,
        team_id=row.team_id,
        rep_id=rep_id,
        owner=row.owner,
        what=row.what if row.told_to_id is None else readable(row.sealed_what) or "",
        told_to_id=row.told_to_id,
        with_sharing=row.with_sharing,
        topic_key=row.topic_key,
        made_on=row.made_on,
        due_on=row.due_on,
        raised_on=row.raised_on,
        raised_at=row.raised_at,
        time_after=row.time_after,
        interaction_id=row.interaction_id,
    )
    submissions.made_anew(tx, Made.PROMISE, row.id, made)


def claim_telling(tx: Transaction, promise_id: int, at: datetime | None) -> bool:
    """Claim telling the rep that it is closed (None gives it back); False when claimed."""
    if at is None:
        return tx.run(GIVE_BACK_TELLING, promise=promise_id) == 1
    return tx.run(CLAIM_TELLING, promise=promise_id, at=at) == 1


def purge(tx: Transaction, deleted_before: datetime) -> None:
    """Remove for good what was deleted before."""
    tx.run(PURGE, before=deleted_before)


def let_go(tx: Transaction, interactions: Iterable[int]) -> None:
    """Promises stand by themselves when those contacts are gone: what was shown to its rep is shown
    on. To be said before their sharing goes."""
    tx.run_among(LET_GO, interactions)


def count_anew(tx: Transaction, gone: Iterable[int]) -> None:
    """Those contacts are gone: time that was asked for after them is had with the next one,
    whatever id that gets."""
    tx.run_among(COUNT_FROM, gone)


def remove(tx: Transaction, ids: Sequence[int]) -> None:
    """Remove those for good, with all that hangs on them."""
    submissions.forget(tx, Made.PROMISE, ids)
    tx.run_among(REMOVE, ids)
