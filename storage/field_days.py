"""What was seen and agreed on in field days, and the visits."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from operator import attrgetter
from typing import Any

from sqlalchemy import and_, bindparam, delete, func, literal, or_, select, text, union_all, update
from sqlalchemy.orm import aliased

from bot.domain.accounts.accounts import AccountVisit
from bot.domain.accounts.visits import Visit
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.field_days import (
    PATH_LENGTH,
    FieldDayNotes,
    Focus,
    Heard,
    KeptFocus,
    Practised,
    path_of,
)
from bot.domain.meetings.pairing import Noted
from storage.accounts import accounts, acquaintances
from storage.database.pairs import dated_pairs_of, once, pairs_of
from storage.database.statements import AMONG, WORKSPACE, reader
from storage.database.transaction import Transaction
from storage.models import Account as AccountRow
from storage.models import FieldDay as Row
from storage.models import Interaction as Contact
from storage.models import Person as PersonRow
from storage.models import Sharing as SharingRow
from storage.models import StandingFocus as KeptRow
from storage.models import Team as TeamRow
from storage.models import Visit as VisitRow
from storage.models.contacts import IS_COMPONENT
from storage.team import teams
from storage.team.people import PersonColumns
from storage.workspaces.earlier import EARLIER
from storage.workspaces.otherwise import OTHERWISE
from storage.workspaces.readable import IS_READABLE, kept_is_readable, where_readable

REP = PersonColumns(PersonRow, "rep")
UNTIL = dated_pairs_of("team_id", "rep_id", "until")
LAST = aliased(Contact)
WITH_REP = and_(Contact.team_id == bindparam("team"), Contact.rep_id == bindparam("rep"))
BY_DAY = attrgetter("occurred_on", "id")

OUTCOME, NEXT_STEP = where_readable(VisitRow.outcome), where_readable(VisitRow.next_step)
VISIT = (
    *(VisitRow.account, VisitRow.people, OUTCOME, VisitRow.role),
    *(AccountRow.is_key, VisitRow.led_by, NEXT_STEP),
)
WHOLE_VISIT = (
    *(VisitRow.account, VisitRow.people, VisitRow.outcome, VisitRow.role),
    *(AccountRow.is_key, VisitRow.led_by, VisitRow.next_step),
)
WORDS = (
    VisitRow.account,
    VisitRow.people,
    OUTCOME,
    VisitRow.role,
    NEXT_STEP,
)
NOTES = (
    Row.interaction_id,
    where_readable(Row.rep_view),
    where_readable(Row.strength),
    where_readable(Row.focus),
    Row.market,
    where_readable(Row.practice, None),
)
OF_TEAM = and_(Contact.team_id == bindparam("team"), Contact.deleted_at.is_(None))
ALL_VISITS = (
    select(VisitRow.interaction_id, *VISIT)
    .join_from(VisitRow, AccountRow, AccountRow.id == VisitRow.account_id)
    .join(Contact, Contact.id == VisitRow.interaction_id)
    .where(VisitRow.workspace_id == WORKSPACE)
    .order_by(VisitRow.interaction_id, VisitRow.place)
)
VISITS = ALL_VISITS.where(VisitRow.interaction_id.in_(AMONG))
VISITS_OF_REPS = ALL_VISITS.where(OF_TEAM, Contact.rep_id.in_(AMONG))
ALL_FIELD_DAYS = (
    select(*NOTES)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE)
)
FIELD_DAYS = ALL_FIELD_DAYS.where(Row.interaction_id.in_(AMONG))
FIELD_DAYS_OF_REPS = ALL_FIELD_DAYS.where(OF_TEAM, Contact.rep_id.in_(AMONG))

VISITS_WITH = (
    select(VisitRow.interaction_id, *WHOLE_VISIT)
    .join_from(VisitRow, AccountRow, AccountRow.id == VisitRow.account_id)
    .join(Contact, Contact.id == VisitRow.interaction_id)
    .where(VisitRow.workspace_id == WORKSPACE, WITH_REP, Contact.deleted_at.is_(None))
    .order_by(VisitRow.interaction_id, VisitRow.place)
)
FIELD_DAYS_WITH = (
    select(Row.interaction_id, Row.rep_view, Row.strength, Row.focus, Row.market, Row.practice)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP, Contact.deleted_at.is_(None))
)

FOCUS = (
    *(Contact.team_id, Contact.rep_id, Contact.id, Contact.occurred_on, Row.focus),
    OTHERWISE,
    EARLIER,
)
READ_BY_ITS_REP = and_(
    SharingRow.interaction_id == Contact.id,
    SharingRow.rep_id == Contact.rep_id,
    SharingRow.ended_at.is_(None),
)
STRENGTHS = (
    select(
        *(Contact.team_id, Contact.id, Contact.occurred_on, Row.strength),
        SharingRow.objection.is_not(None).label("disputed"),
        *REP.columns,
    )
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(SharingRow, READ_BY_ITS_REP)
    .join(PersonRow, PersonRow.id == Contact.rep_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id.in_(AMONG),
        Contact.occurred_on.between(bindparam("since"), bindparam("until")),
        text(IS_COMPONENT),
        Row.strength != "",
    )
    .order_by(Contact.occurred_on, Contact.id)
)
# Down the days by index to where the path begins: not all there ever were, to be ranked.
NTH = (
    select(Contact.occurred_on)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id == UNTIL.c.team_id,
        Contact.rep_id == UNTIL.c.rep_id,
        Contact.occurred_on <= UNTIL.c.until,
        text(IS_COMPONENT),
        Row.focus != "",
        IS_READABLE,
    )
    .order_by(Contact.occurred_on.desc())
    .offset(PATH_LENGTH - 1)
    .limit(1)
    .correlate(UNTIL)
    .scalar_subquery()
)
PATH = once(select(UNTIL, func.coalesce(NTH, date.min).label("since")), "path")
RANKED = (
    select(
        *FOCUS,
        Row.practice,
        func.row_number()
        .over(
            partition_by=(Contact.team_id, Contact.rep_id),
            order_by=(Contact.occurred_on.desc(), Contact.id.desc()),
        )
        .label("turn"),
    )
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(PATH, and_(PATH.c.team_id == Contact.team_id, PATH.c.rep_id == Contact.rep_id))
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.occurred_on.between(PATH.c.since, PATH.c.until),
        text(IS_COMPONENT),
        Row.focus != "",
        IS_READABLE,
    )
    .subquery()
)
OF_PATH = (
    *(RANKED.c.team_id, RANKED.c.rep_id, RANKED.c.id, RANKED.c.occurred_on, RANKED.c.focus),
    *(RANKED.c.otherwise, RANKED.c.earlier, RANKED.c.practice),
)
KEPT_EARLIER = (
    select(PersonRow.name)
    .join_from(PersonRow, TeamRow, TeamRow.manager_id != PersonRow.id)
    .where(
        TeamRow.workspace_id == WORKSPACE,
        TeamRow.id == KeptRow.team_id,
        PersonRow.id == KeptRow.author_id,
    )
    .correlate(KeptRow)
    .scalar_subquery()
)
# What outlives its field day is older than all that are there.
LAST_FOCUSES = union_all(
    select(*OF_PATH).where(RANKED.c.turn <= PATH_LENGTH),
    select(
        KeptRow.team_id,
        KeptRow.rep_id,
        literal(0).label("id"),
        KeptRow.agreed_on,
        KeptRow.text,
        KeptRow.otherwise,
        KEPT_EARLIER.label("earlier"),
        KeptRow.practice,
    )
    .join(UNTIL, and_(UNTIL.c.team_id == KeptRow.team_id, UNTIL.c.rep_id == KeptRow.rep_id))
    .where(
        KeptRow.workspace_id == WORKSPACE,
        KeptRow.agreed_on <= UNTIL.c.until,
        kept_is_readable(KeptRow),
    ),
).order_by("occurred_on", "id")
PRACTISED = (
    select(Contact.id, Contact.occurred_on, Row.focus, Row.practice)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(LAST, and_(LAST.team_id == Contact.team_id, LAST.rep_id == Contact.rep_id))
    .where(
        Contact.workspace_id == WORKSPACE,
        LAST.workspace_id == WORKSPACE,
        LAST.id == bindparam("last"),
        or_(
            Contact.occurred_on < LAST.occurred_on,
            and_(Contact.occurred_on == LAST.occurred_on, Contact.id <= LAST.id),
        ),
        # Written out: two contacts are in it.
        Contact.kind != InteractionKind.TOUCH,
        Contact.deleted_at.is_(None),
        Row.practice.is_not(None),
        IS_READABLE,
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc())
    .limit(PATH_LENGTH)
)
MARKETS = (
    select(Contact.team_id, Contact.id, Contact.occurred_on, PersonRow.name, Row.market)
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .join(PersonRow, PersonRow.id == Contact.rep_id)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.team_id.in_(AMONG),
        Contact.occurred_on >= bindparam("since"),
        text(IS_COMPONENT),
        Row.market != "",
    )
    .order_by(Contact.occurred_on, Contact.id)
)
ACCOUNTS_OF = (
    select(VisitRow.interaction_id, VisitRow.account)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id.in_(AMONG))
    .order_by(VisitRow.interaction_id, VisitRow.place)
)
LAST_WITH = (
    select(Contact.id)
    .where(
        Contact.workspace_id == WORKSPACE,
        WITH_REP,
        Contact.kind == InteractionKind.FIELD_DAY,
        Contact.deleted_at.is_(None),
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc())
    .limit(1)
    .scalar_subquery()
)
LAST_ACCOUNTS = (
    select(VisitRow.account)
    .where(VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id == LAST_WITH)
    .order_by(VisitRow.place)
)
VISITS_TO = (
    select(
        Contact.id,
        Contact.occurred_on,
        VisitRow.account,
        VisitRow.people,
        OUTCOME,
        *REP.columns,
    )
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .join(PersonRow, PersonRow.id == Contact.rep_id)
    .where(
        VisitRow.workspace_id == WORKSPACE,
        VisitRow.account_id == bindparam("account"),
        Contact.deleted_at.is_(None),
    )
    .order_by(Contact.occurred_on.desc(), Contact.id.desc(), VisitRow.place)
    .limit(bindparam("limit"))
)
TEAM_OF = select(Contact.team_id).where(
    Contact.workspace_id == WORKSPACE, Contact.id == bindparam("contact")
)
TEXTS = (
    select(*NOTES)
    .join_from(Row, Contact, Contact.id == Row.interaction_id)
    .where(Row.workspace_id == WORKSPACE, WITH_REP)
)
TEXTS_OF_VISITS = (
    select(VisitRow.interaction_id, *WORDS)
    .join_from(VisitRow, Contact, Contact.id == VisitRow.interaction_id)
    .where(VisitRow.workspace_id == WORKSPACE, WITH_REP)
)
GOING = (
    select(
        *FOCUS,
        Contact.author_id,
        Row.practice,
        SharingRow.id.is_not(None).label("shared"),
        func.row_number()
        .over(
            partition_by=(Contact.team_id, Contact.rep_id),
            order_by=(Contact.occurred_on.desc(), Contact.id.desc()),
        )
        .label("turn"),
    )
    .join_from(Contact, Row, Row.interaction_id == Contact.id)
    .outerjoin(SharingRow, READ_BY_ITS_REP)
    .where(
        Contact.workspace_id == WORKSPACE,
        Contact.id.in_(AMONG),
        Contact.deleted_at.is_(None),
        Row.focus != "",
    )
    .subquery()
)
LAST_GOING = select(GOING).where(GOING.c.turn == 1)
PAIR = pairs_of("team_id", "rep_id")
KEPT = (
    select(KeptRow.id, KeptRow.team_id, KeptRow.rep_id, KeptRow.agreed_on)
    .join(PAIR, and_(PAIR.c.team_id == KeptRow.team_id, PAIR.c.rep_id == KeptRow.rep_id))
    .where(KeptRow.workspace_id == WORKSPACE)
)
KEPT_FOCUSES = select(
    KeptRow.rep_id,
    KeptRow.agreed_on,
    KeptRow.text,
    KeptRow.shared,
    KeptRow.otherwise,
).where(KeptRow.workspace_id == WORKSPACE, KeptRow.team_id == bindparam("team"))
# In the database itself: what cannot be read now stays as it is.
KEEP_OTHERWISE = (
    update(KeptRow)
    .where(
        KeptRow.workspace_id == WORKSPACE,
        KeptRow.team_id == bindparam("of_team"),
        KeptRow.rep_id == bindparam("of_rep"),
    )
    .values(otherwise=select(OTHERWISE).where(Contact.id == bindparam("contact")).scalar_subquery())
)
PURGE_VISITS = delete(VisitRow).where(
    VisitRow.workspace_id == WORKSPACE, VisitRow.interaction_id.in_(AMONG)
)
PURGE = delete(Row).where(Row.workspace_id == WORKSPACE, Row.interaction_id.in_(AMONG))

_visit = reader(Visit, *(column.key for column in VISIT))
_kept_focus = reader(KeptFocus, "rep_id", "agreed_on", "text", "shared", "otherwise")
_focus_row: Any = attrgetter("team_id", "rep_id", "id", "occurred_on", "focus", "otherwise")
_heard = reader(Heard, "team_id", "id", "occurred_on", "name", "market")
_written: Any = attrgetter("rep_view", "strength", "focus", "market")
_written_of_visit: Any = attrgetter("account", "people", "outcome", "role", "next_step")


def _focus(row: Any) -> Focus:
    team, rep, field_day, day, words, otherwise = _focus_row(row)
    return Focus(team, rep, field_day, day, words, otherwise, earlier=row.earlier)


def _strength(row: Any, disputed: bool) -> Noted:
    said = (row.occurred_on, row.strength)
    return Noted(row.team_id, REP.read(row), row.id, *said, disputed=disputed)


def _account_visit(row: Any) -> AccountVisit:
    return AccountVisit(
        field_day=row.id,
        visited_on=row.occurred_on,
        rep=REP.read(row),
        account=row.account,
        people=row.people,
        outcome=row.outcome,
    )


def save(tx: Transaction, interaction_id: int, notes: FieldDayNotes) -> None:
    """Let the field day of that contact say this, whatever it said before. Its visits lead to
    accounts of the team, a new one where no spelling is known; a visit that says so makes its
    account a key account, who knows whom there follows, and an account that nothing is left of
    goes."""
    team = tx.first(TEAM_OF, contact=interaction_id).team_id
    # Whoever names or lets go of an account of the team at once waits here.
    teams.lock(tx, [team])
    before = acquaintances.accounts_of(tx, [interaction_id])
    _forget(tx, [interaction_id])
    tx.insert(
        Row,
        interaction_id=interaction_id,
        rep_view=notes.rep_view,
        strength=notes.strength,
        focus=notes.focus,
        market=notes.market,
        practice=notes.practice,
    )
    found: dict[str, int] = {}
    if notes.visits:
        found = accounts.ensure(tx, team, [visit.account for visit in notes.visits])
    rows = [
        {
            "interaction_id": interaction_id,
            "place": place,
            "account_id": found[visit.account],
            "account": visit.account,
            "people": visit.people,
            "outcome": visit.outcome,
            "role": visit.role,
            "led_by": visit.led_by,
            "next_step": visit.next_step,
        }
        for place, visit in enumerate(notes.visits)
    ]
    if rows:
        tx.insert_all(VisitRow, rows)
    for account in {found[visit.account] for visit in notes.visits if visit.is_key}:
        accounts.tick_key(tx, account, is_key=True)
    acquaintances.follow(tx, [*before, *found.values()])
    accounts.forget_unused(tx, set(before) - set(found.values()))


def of_interactions(tx: Transaction, interactions: Sequence[int]) -> dict[int, FieldDayNotes]:
    """The notes of those contacts, by contact; those that are no field day have none."""
    return _notes(tx.all_among(VISITS, interactions), tx.all_among(FIELD_DAYS, interactions))


def of_reps(tx: Transaction, team_id: int, reps: Sequence[int]) -> dict[int, FieldDayNotes]:
    """The notes of all field days of a team with those reps that stand, by contact."""
    return _notes(
        tx.all_among(VISITS_OF_REPS, reps, team=team_id),
        tx.all_among(FIELD_DAYS_OF_REPS, reps, team=team_id),
    )


def with_rep(tx: Transaction, team_id: int, rep_id: int) -> dict[int, FieldDayNotes]:
    """The whole notes of field days with a rep that stand, whoever manages the team now, by
    contact: for the rep's own copy, which counts what they may not read, and an operator's."""
    return _notes(
        tx.all(VISITS_WITH, team=team_id, rep=rep_id),
        tx.all(FIELD_DAYS_WITH, team=team_id, rep=rep_id),
    )


def _notes(visit_rows: Iterable[Any], rows: Iterable[Any]) -> dict[int, FieldDayNotes]:
    visits: dict[int, list[Visit]] = {}
    for row in visit_rows:
        visits.setdefault(row.interaction_id, []).append(_visit(row))
    return {
        row.interaction_id: FieldDayNotes(
            visits=tuple(visits.get(row.interaction_id, ())),
            rep_view=row.rep_view,
            strength=row.strength,
            focus=row.focus,
            market=row.market,
            practice=row.practice,
        )
        for row in rows
    }


def strengths(tx: Transaction, team_ids: Sequence[int], since: date, until: date) -> list[Noted]:
    """What was noted as the strength of a rep in the field days of those teams on those days, and
    shared with that rep; oldest first."""
    rows = tx.all_among(STRENGTHS, team_ids, BY_DAY, since=since, until=until)
    return [_strength(row, row.disputed) for row in rows]


def last_focuses(
    tx: Transaction, until: Mapping[tuple[int, int], date]
) -> dict[tuple[int, int], Focus]:
    """What was agreed on last with each rep of a team up to a day, by team and rep, with the path
    to it."""
    days: dict[tuple[int, int], list[Any]] = {}
    for row in tx.all(LAST_FOCUSES, pairs=until):
        days.setdefault((row.team_id, row.rep_id), []).append(row)
    return {
        pair: replace(_focus(rows[-1]), path=_path(rows[-1].focus, rows))
        for pair, rows in days.items()
    }


def path(tx: Transaction, interaction_id: int, focus: str) -> tuple[Practised, ...]:
    """The path with that focus up to the field day of that contact, which is its end."""
    return _path(focus, reversed(tx.all(PRACTISED, last=interaction_id)))


def _path(focus: str, rows: Iterable[Any]) -> tuple[Practised, ...]:
    return path_of(focus, ((row.occurred_on, row.focus, row.practice) for row in rows))


def accounts_of(tx: Transaction, interactions: Sequence[int]) -> dict[int, list[str]]:
    """The accounts that each of those field days went to, in order; nothing of one without."""
    found: dict[int, list[str]] = {}
    for row in tx.all_among(ACCOUNTS_OF, interactions):
        found.setdefault(row.interaction_id, []).append(row.account)
    return found


def last_accounts(tx: Transaction, team_id: int, rep_id: int) -> list[str]:
    """The accounts that the last field day with a rep of a team went to, in order."""
    return [row.account for row in tx.all(LAST_ACCOUNTS, team=team_id, rep=rep_id)]


def markets(tx: Transaction, team_ids: Sequence[int], since: date) -> list[Heard]:
    """What was heard of market and competitors in field days of those teams from that day on,
    oldest first."""
    return [_heard(row) for row in tx.all_among(MARKETS, team_ids, BY_DAY, since=since)]


def visits_to(tx: Transaction, account_id: int, limit: int) -> list[AccountVisit]:
    """The visits to that account, latest first."""
    return [_account_visit(row) for row in tx.all(VISITS_TO, account=account_id, limit=limit)]


def texts(tx: Transaction, team_id: int, rep_id: int) -> list[tuple[int, str]]:
    """All that was written down of field days with a rep, by contact."""
    notes = tx.all(TEXTS, team=team_id, rep=rep_id)
    visits = tx.all(TEXTS_OF_VISITS, team=team_id, rep=rep_id)
    found = [(row.interaction_id, _written(row)) for row in notes]
    found += [(row.interaction_id, _written_of_visit(row)) for row in visits]
    return [(contact, text) for contact, texts in found for text in texts if text]


def purge(tx: Transaction, interactions: Iterable[int]) -> None:
    """Remove for good what was kept of those contacts. Who got to know whom in them stands on, and
    so do the account and the last focus with each rep, unless they were deleted."""
    gone = list(interactions)
    visited = acquaintances.accounts_of(tx, gone)
    acquaintances.keep(tx, gone)
    _keep_focuses(tx, gone)
    _forget(tx, gone)
    acquaintances.follow(tx, visited)
    accounts.forget_unused(tx, visited)


def kept_focuses(tx: Transaction, team_id: int) -> list[KeptFocus]:
    """What reps of a team worked on last in field days that are gone because they are old."""
    return [_kept_focus(row) for row in tx.all(KEPT_FOCUSES, team=team_id)]


def _keep_focuses(tx: Transaction, going: Sequence[int]) -> None:
    last = tx.all_among(LAST_GOING, going)
    whose = [(row.team_id, row.rep_id) for row in last]
    there = {(row.team_id, row.rep_id): row.agreed_on for row in tx.all(KEPT, pairs=whose)}
    later = [
        row for row in last if there.get((row.team_id, row.rep_id), date.min) <= row.occurred_on
    ]
    rows = [
        {
            "team_id": row.team_id,
            "rep_id": row.rep_id,
            "author_id": row.author_id,
            "agreed_on": row.occurred_on,
            "text": row.focus,
            "practice": row.practice,
            "shared": bool(row.shared),
        }
        for row in later
    ]
    tx.upsert(KeptRow, rows, ("team_id", "rep_id"))
    if rows:
        whose_words = [
            {"of_team": row.team_id, "of_rep": row.rep_id, "contact": row.id} for row in later
        ]
        tx.execute(KEEP_OTHERWISE, whose_words)


def _forget(tx: Transaction, gone: Sequence[int]) -> None:
    tx.run_among(PURGE_VISITS, gone)
    tx.run_among(PURGE, gone)
