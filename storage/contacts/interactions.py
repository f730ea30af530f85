"""Contacts: touches, strategy sessions, field days."""

from collections.abc import Collection, Sequence
from datetime import date, datetime
from operator import attrgetter
from typing import Any

from sqlalchemy import (
    BigInteger,
    Date,
    and_,
    bindparam,
    delete,
    func,
    or_,
    select,
    text,
    tuple_,
    update,
)
from sqlalchemy.orm import aliased

from bot.domain.contacts.interactions import Contact, Interaction, InteractionKind
from bot.domain.contacts.received import KeptFile
from bot.domain.contacts.touches import Channel
from bot.domain.workspaces.private import Unreadable
from bot.domain.workspaces.submissions import Made
from storage import appointments, field_days, promises
from storage.accounts import accounts, dates, market
from storage.contacts.files import pack, unpack
from storage.database.pairs import once, pairs_of
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.meetings import agenda
from storage.models import Interaction as Row
from storage.models import Person as PersonRow
from storage.models import Sharing as SharingRow
from storage.models import Team as TeamRow
from storage.models.contacts import IS_COMPONENT
from storage.sessions import drafts, sessions, sharing
from storage.team import teams
from storage.team.people import PersonColumns
from storage.workspaces import submissions
from storage.workspaces.earlier import EARLIER
from storage.workspaces.readable import IS_WITHHELD

OTHER, FIRST = aliased(Row), aliased(Row)
NOBODY = 0
"""Who reads contacts without a look at who wrote them a note."""
REP = PersonColumns(PersonRow, "rep")
WITH_REP = and_(Row.team_id == bindparam("team"), Row.rep_id == bindparam("rep"))
STANDS = Row.deleted_at.is_(None)
NOTED = Row.private_note.is_not(None)
LATEST_FIRST = (Row.occurred_on.desc(), Row.id.desc())
BY_DAY = attrgetter("occurred_on", "id")

# Said of it as it is now: the rule of `Sharing.is_seen`.
SEEN = (
    select(SharingRow.id)
    .where(
        SharingRow.workspace_id == WORKSPACE,
        SharingRow.interaction_id == Row.id,
        SharingRow.rep_id == Row.rep_id,
        SharingRow.ended_at.is_(None),
        SharingRow.seen_at >= func.coalesce(SharingRow.changed_at, SharingRow.seen_at),
    )
    .correlate(Row)
    .exists()
    .label("is_seen")
)

# What came along with a rep has no file, and says that there is one.
HAS_FILE = or_(
    Row.files.is_not(None),
    select(FIRST.id)
    .where(FIRST.workspace_id == WORKSPACE, FIRST.id == Row.origin_id, FIRST.files.is_not(None))
    .correlate(Row)
    .exists(),
).label("has_file")

CONTACT = (
    Row.id,
    Row.kind,
    Row.team_id,
    Row.author_id,
    Row.channel,
    Row.occurred_on,
    Row.occurred_at,
    Row.recorded_at,
    Row.about,
    Row.deleted_at,
    HAS_FILE,
    Row.moved_to_id.is_not(None).label("moved"),
    Row.origin_id.is_not(None).label("came_along"),
    SEEN,
    IS_WITHHELD,
    EARLIER,
    *REP.columns,
)
CONTACTS = (
    select(*CONTACT, and_(NOTED, Row.author_id == bindparam("reader")).label("has_own_note"))
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .where(Row.workspace_id == WORKSPACE)
)
ONE = CONTACTS.where(Row.id == bindparam("contact"))
SOME = CONTACTS.where(Row.id.in_(AMONG)).order_by(*LATEST_FIRST)
OF_TEAM = CONTACTS.where(Row.team_id == bindparam("team"), STANDS).order_by(Row.occurred_on, Row.id)
OF_REPS = OF_TEAM.where(Row.rep_id.in_(AMONG))
SHARED_WITH = (
    CONTACTS.join(
        SharingRow, and_(SharingRow.interaction_id == Row.id, SharingRow.rep_id == Row.rep_id)
    )
    .where(WITH_REP, STANDS, Row.moved_to_id.is_(None), SharingRow.ended_at.is_(None))
    .order_by(*LATEST_FIRST)
    .limit(bindparam("limit"))
)
SEEN_SINCE = (
    CONTACTS.join(
        SharingRow, and_(SharingRow.interaction_id == Row.id, SharingRow.rep_id == Row.rep_id)
    )
    .where(
        Row.team_id == bindparam("team"),
        STANDS,
        SharingRow.ended_at.is_(None),
        SharingRow.seen_at >= bindparam("since"),
        SEEN,
    )
    .order_by(SharingRow.seen_at.desc(), Row.id.desc())
    .limit(bindparam("limit"))
)
# What came along and was deleted is put back where it was first, and nowhere else.
CAN_STAND = or_(STANDS, Row.origin_id.is_(None))
TIMELINE = CONTACTS.where(WITH_REP, CAN_STAND).order_by(*LATEST_FIRST).limit(bindparam("limit"))
PLACE = tuple_(bindparam("day", type_=Date), bindparam("contact", type_=BigInteger))
TIMELINE_BEFORE = TIMELINE.where(tuple_(Row.occurred_on, Row.id) < PLACE)

PAIR = pairs_of("team_id", "rep_id")
# From the day of the last one wanted on, by index: not all there ever were, to be counted off.
NTH = (
    select(OTHER.occurred_on)
    .where(OTHER.team_id == PAIR.c.team_id, OTHER.rep_id == PAIR.c.rep_id)
    .order_by(OTHER.occurred_on.desc())
    .offset(bindparam("but_one"))
    .limit(1)
    .correlate(PAIR)
    .scalar_subquery()
)
LAST = once(select(PAIR, func.coalesce(NTH, date.min).label("day")), "last")
NEWEST = (
    select(*CONTACT, and_(NOTED, Row.author_id == TeamRow.manager_id).label("has_own_note"))
    .join_from(Row, PersonRow, PersonRow.id == Row.rep_id)
    .join(
        LAST,
        and_(
            LAST.c.team_id == Row.team_id,
            LAST.c.rep_id == Row.rep_id,
            Row.occurred_on >= LAST.c.day,
        ),
    )
    .join(TeamRow, TeamRow.id == Row.team_id)
    .where(Row.workspace_id == WORKSPACE)
    .order_by(*LATEST_FIRST)
)

PRIVATE_NOTE = select(Row.private_note).where(
    Row.workspace_id == WORKSPACE,
    Row.id == bindparam("contact"),
    Row.author_id == bindparam("author"),
)
FILES = select(Row.files).where(
    Row.workspace_id == WORKSPACE,
    Row.id == bindparam("contact"),
    Row.author_id == bindparam("author"),
)
ON_DAYS = Row.occurred_on.between(bindparam("since"), bindparam("until"))
THAT_HAPPENED = (
    select(
        Row.id,
        Row.team_id,
        Row.rep_id,
        Row.kind,
        Row.channel,
        Row.occurred_on,
        Row.about,
        Row.author_id,
    )
    .where(Row.workspace_id == WORKSPACE, Row.team_id.in_(AMONG), ON_DAYS, STANDS)
    .order_by(Row.occurred_on, Row.id)
)
TOUCH = (Row.team_id, Row.rep_id, Row.occurred_on, Row.channel, Row.about)
TOUCH_COUNTS = (
    select(*TOUCH, func.count().label("touches"))
    .where(
        Row.workspace_id == WORKSPACE,
        Row.team_id.in_(AMONG),
        Row.kind == InteractionKind.TOUCH,
        STANDS,
    )
    .group_by(*TOUCH)
)
IDS_WITH_DELETED = (
    select(Row.id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP, ON_DAYS, CAN_STAND)
    .order_by(*LATEST_FIRST)
)
IDS_OF_KIND_WITH_DELETED = IDS_WITH_DELETED.where(Row.kind == bindparam("kind"))
IDS_OF = IDS_OF_KIND_WITH_DELETED.where(STANDS)
ABOUTS = select(Row.id, Row.about).where(Row.workspace_id == WORKSPACE, WITH_REP, Row.about != "")
OWN_NOTES = select(Row.id, Row.private_note).where(
    Row.workspace_id == WORKSPACE, WITH_REP, Row.author_id == bindparam("author"), NOTED
)
OWN_NOTES_OF_REPS = select(Row.id, Row.private_note).where(
    Row.workspace_id == WORKSPACE,
    Row.team_id == bindparam("team"),
    Row.rep_id.in_(AMONG),
    Row.author_id == bindparam("author"),
    NOTED,
    STANDS,
)
NOTED_ABOUT = select(func.count().label("notes")).where(
    Row.workspace_id == WORKSPACE, WITH_REP, NOTED, STANDS
)
LATEST = (
    select(Row.rep_id, Row.kind, func.max(Row.occurred_on).label("day"))
    .where(Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team"), STANDS)
    .group_by(Row.rep_id, Row.kind)
)
LATEST_COMPONENTS = (
    select(Row.team_id, Row.rep_id, Row.kind, func.max(Row.occurred_on).label("day"))
    .where(
        Row.workspace_id == WORKSPACE,
        text(IS_COMPONENT),
        Row.team_id.in_(AMONG),
        Row.occurred_on >= bindparam("since"),
    )
    .group_by(Row.team_id, Row.rep_id, Row.kind)
)
LAST_COMPONENTS = (
    select(Row.kind, func.max(Row.occurred_on).label("day"))
    .where(Row.workspace_id == WORKSPACE, WITH_REP, text(IS_COMPONENT))
    .group_by(Row.kind)
)
IS_NEWER = and_(Row.workspace_id == WORKSPACE, WITH_REP, tuple_(Row.occurred_on, Row.id) > PLACE)
NEWER = select(func.count().label("contacts")).where(IS_NEWER)
BEFORE_PAGE = (
    select(Row.occurred_on, Row.id)
    .where(IS_NEWER)
    .order_by(Row.occurred_on, Row.id)
    .offset(bindparam("skip"))
    .limit(1)
)
TO_READ = select(Row.id).where(
    Row.workspace_id == WORKSPACE, Row.team_id == bindparam("team"), ~IS_WITHHELD.element
)
DELETED_BEFORE = (
    select(Row.id)
    .where(Row.workspace_id == WORKSPACE, Row.deleted_at < bindparam("before"))
    .limit(bindparam("limit"))
)

CHANGE = update(Row).where(Row.workspace_id == WORKSPACE, Row.id == bindparam("contact"))
PASS = CHANGE.values(rep_id=bindparam("to"))
SET_PRIVATE_NOTE = CHANGE.where(Row.author_id == bindparam("author")).values(
    private_note=bindparam("note")
)
SET_FILES = CHANGE.where(Row.author_id == bindparam("author")).values(files=bindparam("packed"))
TEAMS_OF = select(Row.team_id).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG)).distinct()
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.id.in_(AMONG))

_contact = reader(
    Contact, "id", "team_id", "rep_id", "kind", "channel", "occurred_on", "about", "author_id"
)
_touch: Any = attrgetter("team_id", "rep_id", "occurred_on", "channel", "about")


def _read(row: Any) -> Interaction:
    return Interaction(
        id=row.id,
        kind=row.kind,
        team_id=row.team_id,
        rep=REP.read(row),
        author_id=row.author_id,
        channel=row.channel,
        occurred_on=row.occurred_on,
        occurred_at=row.occurred_at,
        recorded_at=row.recorded_at,
        about=row.about,
        has_private_note=bool(row.has_own_note),
        deleted_at=row.deleted_at,
        has_file=bool(row.has_file),
        is_seen=bool(row.is_seen),
        is_withheld=bool(row.is_withheld),
        earlier=row.earlier,
        moved=bool(row.moved),
        came_along=bool(row.came_along),
    )


def add(tx: Transaction, kind: InteractionKind, **values: Any) -> int:
    """A new contact; its id. Columns by their names."""
    return tx.insert(Row, kind=kind, **values)


def add_all(tx: Transaction, rows: Sequence[dict[str, Any]]) -> None:
    """Many new touches at once."""
    tx.insert_all(Row, [{"kind": InteractionKind.TOUCH, **row} for row in rows])


def get(tx: Transaction, interaction_id: int, reader_id: int) -> Interaction | None:
    """That contact as `reader_id` (a person) may see it, deleted or not."""
    row = tx.first(ONE, contact=interaction_id, reader=reader_id)
    return _read(row) if row else None


def get_many(tx: Transaction, ids: Sequence[int], reader_id: int = NOBODY) -> list[Interaction]:
    """Those contacts, latest first, as `reader_id` (a person) may see them, or anyone who may see
    the contact."""
    rows = tx.all_among(SOME, ids, BY_DAY, descending=True, reader=reader_id)
    return [_read(row) for row in rows]


def change(tx: Transaction, interaction_id: int, **values: Any) -> None:
    """Change columns of a contact by their names; what was heard in it follows its day."""
    tx.change(CHANGE, values, contact=interaction_id)
    if "occurred_on" in values:
        market.set_day(tx, interaction_id, values["occurred_on"])


def pass_to(tx: Transaction, interaction_id: int, rep_id: int) -> None:
    """The contact was with that rep after all, and what was heard in it too."""
    tx.run(PASS, contact=interaction_id, to=rep_id)
    market.pass_to(tx, interaction_id, rep_id)


def private_note(tx: Transaction, interaction_id: int, author_id: int) -> str | None:
    """The private note of that contact, for its author alone; None for anyone else."""
    row = tx.first(PRIVATE_NOTE, contact=interaction_id, author=author_id)
    return row.private_note if row else None


def set_private_note(
    tx: Transaction, interaction_id: int, author_id: int, note: str | None
) -> None:
    """Keep a private note with a contact; only its author's."""
    tx.run(SET_PRIVATE_NOTE, contact=interaction_id, author=author_id, note=note)


def files(tx: Transaction, interaction_id: int, author_id: int) -> tuple[KeptFile, ...]:
    """What its author sent with that contact, for the author alone; nothing for anyone else."""
    row = tx.first(FILES, contact=interaction_id, author=author_id)
    return unpack(row.files) if row else ()


def set_files(
    tx: Transaction, interaction_id: int, author_id: int, kept: Sequence[KeptFile]
) -> None:
    """Keep the links of files with a contact; only its author's."""
    tx.run(SET_FILES, contact=interaction_id, author=author_id, packed=pack(kept))


def timeline(
    tx: Transaction,
    team_id: int,
    rep_id: int,
    reader_id: int,
    *,
    before: tuple[date, int] | None,
    limit: int,
) -> list[Interaction]:
    """Contacts of a rep on a team, latest first, older than `before` (day and id)."""
    asked = {"team": team_id, "rep": rep_id, "reader": reader_id, "limit": limit}
    if before is None:
        rows = tx.all(TIMELINE, **asked)
    else:
        rows = tx.all(TIMELINE_BEFORE, **asked, day=before[0], contact=before[1])
    return [_read(row) for row in rows]


def newest(
    tx: Transaction, whose: Collection[tuple[int, int]], limit: int
) -> dict[tuple[int, int], list[Interaction]]:
    """The newest contacts with each of those reps on those teams, latest first, as the manager of
    the team may see them: by team and rep, each pair of which is there."""
    found: dict[tuple[int, int], list[Interaction]] = {one: [] for one in whose}
    for contact in map(_read, tx.all(NEWEST, pairs=whose, but_one=limit - 1)):
        own = found[contact.team_id, contact.rep.id]
        if len(own) < limit:
            own.append(contact)
    return found


def contacts(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Contact]:
    """Contacts of those teams on the days from `since` to `until`, oldest first."""
    rows = tx.all_among(THAT_HAPPENED, team_ids, BY_DAY, since=since, until=until)
    return [_contact(row) for row in rows]


def of_team(tx: Transaction, team_id: int) -> list[Interaction]:
    """All contacts of a team that stand, of every kind, oldest first."""
    return [_read(row) for row in tx.all(OF_TEAM, team=team_id, reader=NOBODY)]


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> list[Interaction]:
    """The same with those reps."""
    rows = tx.all_among(OF_REPS, reps, BY_DAY, team=team_id, reader=NOBODY)
    return [_read(row) for row in rows]


def shared_with(tx: Transaction, team_id: int, rep_id: int, limit: int) -> list[Interaction]:
    """The latest contacts of a team that were shared with that rep and stand, latest first; not
    what they read with a team that they moved to."""
    rows = tx.all(SHARED_WITH, team=team_id, rep=rep_id, reader=NOBODY, limit=limit)
    return [_read(row) for row in rows]


def seen_since(tx: Transaction, team_id: int, since: datetime, limit: int) -> list[Interaction]:
    """What reps of a team said since then that they have seen, as it is now; the latest first."""
    rows = tx.all(SEEN_SINCE, team=team_id, since=since, reader=NOBODY, limit=limit)
    return [_read(row) for row in rows]


def touch_counts(
    tx: Transaction, team_ids: Sequence[int]
) -> dict[tuple[int, int, date, Channel | None, str], int]:
    """How many touches there are of each (team, rep, day, channel, about)."""
    return {_touch(row): row.touches for row in tx.all_among(TOUCH_COUNTS, team_ids)}


def ids_of(
    tx: Transaction, team_id: int, rep_id: int, kind: InteractionKind, since: date, until: date
) -> list[int]:
    """The contacts of that kind of a rep on a team on those days that stand, latest first, by
    id."""
    asked = {"team": team_id, "rep": rep_id, "since": since, "until": until}
    return [row.id for row in tx.all(IDS_OF, **asked, kind=kind)]


def ids_with_deleted(
    tx: Transaction,
    team_id: int,
    rep_id: int,
    kind: InteractionKind | None,
    since: date,
    until: date,
) -> list[int]:
    """The same, deleted ones too; with `kind` None of every kind."""
    asked = {"team": team_id, "rep": rep_id, "since": since, "until": until}
    if kind is None:
        rows = tx.all(IDS_WITH_DELETED, **asked)
    else:
        rows = tx.all(IDS_OF_KIND_WITH_DELETED, **asked, kind=kind)
    return [row.id for row in rows]


def abouts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """What each contact of a rep on a team was about, by id; those about nothing left out."""
    return [(row.id, row.about) for row in tx.all(ABOUTS, team=team_id, rep=rep_id)]


def own_notes(tx: Transaction, team_id: int, rep_id: int, author_id: int) -> dict[int, str]:
    """The private notes of that author about a rep on a team, by contact; of nobody else, and those
    that cannot be read left out."""
    rows = tx.all(OWN_NOTES, team=team_id, rep=rep_id, author=author_id)
    notes = {row.id: row.private_note for row in rows}
    return {one: note for one, note in notes.items() if not isinstance(note, Unreadable)}


def own_notes_of_reps(
    tx: Transaction, team_id: int, author_id: int, reps: Sequence[int]
) -> dict[int, str]:
    """The private notes of that author with a team's contacts with those reps that stand, by
    contact; of nobody else."""
    rows = tx.all_among(OWN_NOTES_OF_REPS, reps, team=team_id, author=author_id)
    return {row.id: row.private_note for row in rows}


def private_notes_about(tx: Transaction, team_id: int, rep_id: int) -> int:
    """How many private notes stand with that rep's contacts; none of them is read."""
    return int(tx.first(NOTED_ABOUT, team=team_id, rep=rep_id).notes)


def latest(tx: Transaction, team_id: int) -> dict[int, dict[InteractionKind, date]]:
    """The last day of each kind of contact on a team, by rep."""
    found: dict[int, dict[InteractionKind, date]] = {}
    for row in tx.all(LATEST, team=team_id):
        found.setdefault(row.rep_id, {})[row.kind] = row.day
    return found


def latest_components(
    tx: Transaction, team_ids: Sequence[int], since: date
) -> dict[tuple[int, int], dict[InteractionKind, date]]:
    """The last session and field day since then on those teams, by team and rep."""
    found: dict[tuple[int, int], dict[InteractionKind, date]] = {}
    for row in tx.all_among(LATEST_COMPONENTS, team_ids, since=since):
        found.setdefault((row.team_id, row.rep_id), {})[row.kind] = row.day
    return found


def last_components(tx: Transaction, team_id: int, rep_id: int) -> dict[InteractionKind, date]:
    """The day of the last session and of the last field day with a rep of a team."""
    return {row.kind: row.day for row in tx.all(LAST_COMPONENTS, team=team_id, rep=rep_id)}


def place_before_page(
    tx: Transaction, team_id: int, rep_id: int, place: tuple[date, int], size: int
) -> tuple[date, int] | None:
    """Where the page of a rep's timeline begins that has the contact at `place` (day and id).

    Pages of `size` are counted from the latest contact; None for the first.
    """
    asked = {"team": team_id, "rep": rep_id, "day": place[0], "contact": place[1]}
    count = int(tx.first(NEWER, **asked).contacts)
    if count < size:
        return None
    row = tx.first(BEFORE_PAGE, **asked, skip=count % size)
    return (row.occurred_on, row.id) if row else None


def readable_ids(tx: Transaction, team_id: int) -> list[int]:
    """The contacts of that team, deleted or not, by id, but sessions and field days that an earlier
    manager wrote and never shared."""
    return [row.id for row in tx.all(TO_READ, team=team_id)]


def deleted_before(tx: Transaction, instant: datetime, limit: int) -> list[int]:
    """The ids of at most `limit` contacts deleted before that instant."""
    return [row.id for row in tx.all(DELETED_BEFORE, before=instant, limit=limit)]


def remove(tx: Transaction, gone: Sequence[int]) -> None:
    """Remove those contacts for good, with all that was kept of them. Plans, who knows whom and
    what was heard of the market stand on, unless what they came from was deleted: to delete is to
    put right."""
    # Whoever saves such a contact holds its team before any row of it.
    teams.lock(tx, sorted({row.team_id for row in tx.all_among(TEAMS_OF, gone)}))
    promises.let_go(tx, gone)
    dated = dates.let_go(tx, gone)
    market.let_go(tx, gone)
    field_days.purge(tx, gone)
    accounts.forget_unused(tx, dated)
    sessions.purge(tx, gone)
    sharing.purge(tx, gone)
    drafts.forget_contacts(tx, gone)
    agenda.let_go(tx, gone)
    for kind in (Made.CONTACT, Made.PRIVATE_NOTE):
        submissions.forget(tx, kind, gone)
    tx.run_among(PURGE, gone)
    promises.count_anew(tx, gone)
    appointments.count_anew(tx, gone)
