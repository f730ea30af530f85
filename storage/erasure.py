"""What there is about a person and by them, of all rooms: found by its kind, and removed.

What becomes of which column is one table: `COLUMNS` in `bot/domain/workspaces/erasure.py`.
"""

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import (
    BindParameter,
    Select,
    and_,
    bindparam,
    delete,
    exists,
    func,
    or_,
    select,
    type_coerce,
    update,
)
from sqlalchemy import Text as TextType

from bot.domain.binder.handover import HandoverState
from bot.domain.delivery import ERASED, MessageKind, Subject
from bot.domain.workspaces.erasure import AN_ERASURE, Kind, former_id
from bot.domain.workspaces.submissions import Made
from storage import appointments, promises
from storage.accounts import accounts, acquaintances
from storage.database.statements import AMONG, WORKSPACE
from storage.database.transaction import Transaction
from storage.delivery import messages
from storage.meetings import agenda
from storage.models import (
    Acquaintance,
    AgendaItem,
    Appointment,
    Audit,
    CalendarAddress,
    Cleared,
    Delivery,
    Director,
    Draft,
    Erased,
    FieldDay,
    Handover,
    Interaction,
    IssueAnswer,
    MarketNote,
    Meeting,
    Membership,
    MembershipQuestion,
    Note,
    PeriodWords,
    Person,
    Plan,
    PostedMessage,
    Preparation,
    Promise,
    Result,
    SaveItPlan,
    Session,
    SessionTopic,
    Sharing,
    Slot,
    StandingFocus,
    Submission,
    Swap,
    TeamPromise,
    TimeOff,
    TodoList,
    Visit,
)
from storage.sessions import drafts, sharing
from storage.workspaces import submissions

WHO: BindParameter[int] = bindparam("person")
LIMIT: BindParameter[int] = bindparam("limit")
AFTER: BindParameter[int] = bindparam("after")

CONTACTS_WITH = select(Interaction.id).where(
    Interaction.workspace_id == WORKSPACE, Interaction.rep_id == WHO
)
PLANNED_WITH = select(Appointment.id).where(
    Appointment.workspace_id == WORKSPACE, Appointment.rep_id == WHO
)
PROMISED_WITH = select(Promise.id).where(Promise.workspace_id == WORKSPACE, Promise.rep_id == WHO)
SAVED_WITH = select(SaveItPlan.id).where(
    SaveItPlan.workspace_id == WORKSPACE, SaveItPlan.rep_id == WHO
)
TEAMS_WITH = select(Membership.team_id).where(
    Membership.workspace_id == WORKSPACE, Membership.rep_id == WHO
)
KNOWN_AS_AUTHOR = exists().where(
    Visit.account_id == Acquaintance.account_id,
    Interaction.id == Visit.interaction_id,
    Interaction.author_id == WHO,
)

OWN: Mapping[str, Any] = {
    "interaction": Interaction.rep_id == WHO,
    "session": Session.interaction_id.in_(CONTACTS_WITH),
    "session_topic": SessionTopic.interaction_id.in_(CONTACTS_WITH),
    "field_day": FieldDay.interaction_id.in_(CONTACTS_WITH),
    "visit": Visit.interaction_id.in_(CONTACTS_WITH),
    "sharing": Sharing.rep_id == WHO,
    "save_it_plan": SaveItPlan.rep_id == WHO,
    "promise": Promise.rep_id == WHO,
    "cleared": Cleared.promise_id.in_(PROMISED_WITH),
    "appointment": Appointment.rep_id == WHO,
    "preparation": Preparation.appointment_id.in_(PLANNED_WITH),
    "agenda_item": or_(AgendaItem.rep_id == WHO, AgendaItem.author_id == WHO),
    "team_promise": TeamPromise.owner_id == WHO,
    "swap": or_(Swap.holder_id == WHO, Swap.asked_id == WHO, Swap.other_id == WHO),
    "slot": Slot.rep_id == WHO,
    "issue_answer": IssueAnswer.rep_id == WHO,
    # What they gave and somebody took, its reps may be still to read.
    "handover": or_(
        Handover.rep_id == WHO,
        and_(Handover.from_id == WHO, Handover.state != HandoverState.TAKEN),
    ),
    "result": Result.rep_id == WHO,
    "plan": Plan.rep_id == WHO,
    "standing_focus": StandingFocus.rep_id == WHO,
    "note": Note.author_id == WHO,
    "time_off": TimeOff.person_id == WHO,
    "draft": or_(
        Draft.author_id == WHO,
        Draft.rep_id == WHO,
        Draft.interaction_id.in_(CONTACTS_WITH),
        Draft.appointment_id.in_(PLANNED_WITH),
    ),
    "membership_question": MembershipQuestion.rep_id == WHO,
    "director": or_(Director.director_id == WHO, Director.shared_by_id == WHO),
    "membership": Membership.rep_id == WHO,
    "submission": Submission.author_id == WHO,
    "acquaintance": Acquaintance.person_id == WHO,
    "calendar_address": CalendarAddress.person_id == WHO,
    "period_words": PeriodWords.author_id == WHO,
    "person": Person.id == WHO,
}
"""Rows that are about the person or by them: words in other rows that name them are others'."""


def _ids(table: Any, *conditions: Any) -> Select[*tuple[Any, ...]]:
    return (
        select(table.id)
        .where(table.workspace_id == WORKSPACE, table.id > AFTER, *conditions)
        .order_by(table.id)
        .limit(LIMIT)
    )


HAS_WORDS = or_(
    Interaction.about != "",
    Interaction.channel.is_not(None),
    *(
        exists().where(table.interaction_id == Interaction.id, *words)
        for table, words in (
            (SessionTopic, ()),
            (Visit, ()),
            (Sharing, ()),
            (Plan, ()),
            (Session, (or_(Session.results != "", Session.shared_note != ""),)),
            (
                FieldDay,
                (
                    or_(
                        *(
                            words != ""
                            for words in (
                                FieldDay.rep_view,
                                FieldDay.strength,
                                FieldDay.focus,
                                FieldDay.market,
                            )
                        ),
                        FieldDay.practice.is_not(None),
                    ),
                ),
            ),
        )
    ),
)
"""Of a contact: there is more of it than that it happened."""

FOUND: Mapping[Kind, Select[*tuple[Any, ...]]] = {
    Kind.PRIVATE: _ids(
        Interaction,
        or_(Interaction.rep_id == WHO, Interaction.author_id == WHO),
        or_(Interaction.private_note.is_not(None), Interaction.files.is_not(None)),
    ),
    Kind.SAVE_IT_PLANS: _ids(SaveItPlan, OWN["save_it_plan"]),
    Kind.PROMISES: _ids(Promise, OWN["promise"]),
    Kind.APPOINTMENTS: _ids(Appointment, OWN["appointment"]),
    Kind.CONTACTS: _ids(Interaction, OWN["interaction"], HAS_WORDS),
    Kind.ITEMS: _ids(AgendaItem, OWN["agenda_item"]),
    Kind.TEAM_PROMISES: _ids(TeamPromise, OWN["team_promise"]),
    Kind.SWAPS: _ids(Swap, OWN["swap"]),
    Kind.SLOTS: _ids(Slot, OWN["slot"]),
    Kind.ANSWERS: _ids(IssueAnswer, OWN["issue_answer"]),
    Kind.RESULTS: _ids(Result, OWN["result"]),
    Kind.PLANS: _ids(Plan, OWN["plan"]),
    Kind.FOCUSES: _ids(StandingFocus, OWN["standing_focus"]),
    Kind.NOTES: _ids(Note, OWN["note"]),
    Kind.TIME_OFF: _ids(TimeOff, OWN["time_off"]),
    Kind.DRAFTS: _ids(Draft, OWN["draft"], Draft.closed_at.is_(None)),
    Kind.HANDOVERS: _ids(Handover, OWN["handover"]),
    Kind.QUESTIONS: _ids(MembershipQuestion, OWN["membership_question"]),
    Kind.DIRECTORS: _ids(Director, OWN["director"]),
    Kind.FIRST_LINES: _ids(Membership, OWN["membership"], Membership.first_line != ""),
    Kind.SUBMISSIONS: _ids(
        Submission,
        or_(
            Submission.author_id == WHO,
            and_(Submission.said.is_not(None), Submission.team_id.in_(TEAMS_WITH)),
        ),
    ),
    Kind.CALENDARS: _ids(CalendarAddress, OWN["calendar_address"]),
    Kind.PERIOD_WORDS: _ids(PeriodWords, OWN["period_words"]),
    Kind.ACQUAINTANCES: _ids(Acquaintance, OWN["acquaintance"], ~KNOWN_AS_AUTHOR),
    Kind.SHOWN: _ids(PostedMessage, PostedMessage.reader_id == WHO),
    Kind.DELIVERIES: _ids(
        Delivery, Delivery.reader_id == WHO, or_(Delivery.channel != "", Delivery.ts != "")
    ),
    Kind.AUDITS: _ids(Audit, Audit.actor == bindparam("slack_id")),
}
"""The ids of rows of each kind, from `after` on."""

COUNT = {
    kind: select(func.count().label("rows")).select_from(found.subquery())
    for kind, found in FOUND.items()
}

MARKET = select(func.count().label("rows")).where(
    MarketNote.workspace_id == WORKSPACE, MarketNote.rep_id == WHO
)


def _of(table: Any) -> Any:
    return and_(table.workspace_id == WORKSPACE, table.id.in_(AMONG))


NO_PRIVATE = update(Interaction).where(_of(Interaction)).values(private_note=None, files=None)
NO_ABOUT = update(Interaction).where(_of(Interaction)).values(about="", channel=None)
NO_SESSION = (
    update(Session)
    .where(Session.workspace_id == WORKSPACE, Session.interaction_id.in_(AMONG))
    .values(results="", shared_note="")
)
NO_FIELD_DAY = (
    update(FieldDay)
    .where(FieldDay.workspace_id == WORKSPACE, FieldDay.interaction_id.in_(AMONG))
    .values(rep_view="", strength="", focus="", market="", practice=None)
)
NO_TOPICS = delete(SessionTopic).where(
    SessionTopic.workspace_id == WORKSPACE, SessionTopic.interaction_id.in_(AMONG)
)
NO_PLANS = delete(Plan).where(Plan.workspace_id == WORKSPACE, Plan.interaction_id.in_(AMONG))
NO_VISITS = delete(Visit).where(Visit.workspace_id == WORKSPACE, Visit.interaction_id.in_(AMONG))
WRITTEN_BY_NOBODY = (
    update(Handover)
    .where(Handover.workspace_id == WORKSPACE, Handover.from_id == WHO)
    .values(words="")
)
HEARD_BY_NOBODY = (
    update(AgendaItem)
    .where(AgendaItem.workspace_id == WORKSPACE, AgendaItem.heard_by_id == WHO)
    .values(heard_by_id=None)
)
NO_FIRST_LINE = update(Membership).where(_of(Membership)).values(first_line="")
NO_PLACE = update(Delivery).where(_of(Delivery)).values(channel=None, ts=None)
NOBODYS_AUDIT = update(Audit).where(_of(Audit)).values(actor=bindparam("former"))
NAMED_IN_AUDITS = select(Audit.id, Audit.subject).where(
    Audit.workspace_id == WORKSPACE,
    Audit.subject.contains(bindparam("slack_id"), autoescape=False),
    Audit.action != AN_ERASURE,
)
RENAME_IN_AUDIT = (
    update(Audit)
    .where(Audit.workspace_id == WORKSPACE, Audit.id == bindparam("row"))
    .values(subject=bindparam("renamed"))
)
NOT_SAID = update(Submission).where(_of(Submission)).values(said=None)
OWN_SUBMISSIONS = delete(Submission).where(_of(Submission), Submission.author_id == WHO)
AT = select(Acquaintance.account_id).where(_of(Acquaintance))
FORMS = select(Draft.author_id, Draft.kind, Draft.form).where(_of(Draft)).distinct()
LINES_OF = select(Cleared.id).where(
    Cleared.workspace_id == WORKSPACE, Cleared.promise_id.in_(AMONG)
)
GONE_FROM_SIGHT = (
    update(PostedMessage)
    .where(PostedMessage.workspace_id == WORKSPACE, PostedMessage.subject.in_(AMONG))
    .values(
        subject=bindparam("gone", type_=PostedMessage.subject.type),
        wanted_version=PostedMessage.wanted_version + 1,
        reader_id=None,
        try_at=None,
    )
)
SHOWN_TO_THEM = (
    update(PostedMessage)
    .where(_of(PostedMessage))
    .values(
        subject=bindparam("gone", type_=PostedMessage.subject.type),
        wanted_version=PostedMessage.wanted_version + 1,
        reader_id=None,
        try_at=None,
    )
)
WEEKS_SHOWN = select(PostedMessage.id).where(
    PostedMessage.workspace_id == WORKSPACE,
    type_coerce(PostedMessage.subject, TextType).startswith(bindparam("beginning"), escape="/"),
)

ONE = select(Erased.person_id, Erased.done_at, Erased.names).where(
    Erased.workspace_id == WORKSPACE, Erased.slack_id == bindparam("slack_id")
)
AMONG_THEM = select(Erased.slack_id).where(
    Erased.workspace_id == WORKSPACE, Erased.slack_id.in_(AMONG)
)
ALL = (
    select(Erased.slack_id, Erased.done_at)
    .where(Erased.workspace_id == WORKSPACE)
    .order_by(Erased.id)
)
DONE = (
    update(Erased)
    .where(Erased.workspace_id == WORKSPACE, Erased.person_id == WHO)
    .values(done_at=bindparam("at", type_=Erased.done_at.type), names=())
)
NAMELESS = (
    update(Person)
    .where(Person.workspace_id == WORKSPACE, Person.id == WHO)
    .values(
        slack_id=bindparam("former"),
        name=bindparam("called"),
        zone=None,
        active=False,
        dm_channel=None,
        updated=None,
        aliases=(),
        name_key="",
    )
)
LISTS = select(TodoList.team_id, TodoList.monday).where(
    TodoList.workspace_id == WORKSPACE, TodoList.team_id.in_(AMONG)
)
MEETINGS = select(Meeting.id).where(Meeting.workspace_id == WORKSPACE, Meeting.team_id.in_(AMONG))

OF_MEETING = (
    MessageKind.MEETING_DRAFT,
    MessageKind.MEETING_AGENDA,
    MessageKind.MEETING_DONE,
    MessageKind.MEETING_SWAP,
    MessageKind.MEETING_SKILL,
)
"""Messages about a meeting that are drawn anew."""

NAMED_IN: tuple[tuple[Any, str], ...] = (
    (AgendaItem, "fine_for"),
    (AgendaItem, "outcome_fine_for"),
    (TeamPromise, "fine_for"),
    (Cleared, "fine_for"),
)
FINE_FOR = {
    (table, name): select(table.id, getattr(table, name).label("ids")).where(
        table.workspace_id == WORKSPACE,
        type_coerce(getattr(table, name), TextType).contains(bindparam("slack_id")),
    )
    for table, name in NAMED_IN
}
SET_FINE_FOR = {
    (table, name): update(table)
    .where(table.workspace_id == WORKSPACE, table.id == bindparam("row"))
    .values({name: bindparam("ids", type_=getattr(table, name).type)})
    for table, name in NAMED_IN
}
FOUND_NAMED = tuple(
    update(table)
    .where(table.workspace_id == WORKSPACE, getattr(table, name) == bindparam("slack_id"))
    .values({name: None})
    for table, name in (
        (AgendaItem, "named"),
        (AgendaItem, "outcome_named"),
        (TeamPromise, "named"),
    )
)


def get(tx: Transaction, slack_id: str) -> tuple[int, bool] | None:
    """The row that is left of somebody who was erased, or is being so, by id, and whether all of it
    is done; None for anybody else."""
    row = tx.first(ONE, slack_id=slack_id)
    return (row.person_id, row.done_at is not None) if row else None


def names(tx: Transaction, slack_id: str) -> tuple[str, ...]:
    """What somebody who is being erased was called; none once all of it is done."""
    row = tx.first(ONE, slack_id=slack_id)
    return row.names if row else ()


def everyone(tx: Transaction) -> dict[str, bool]:
    """The Slack ids of all who were erased, each with whether all of it is done."""
    return {row.slack_id: row.done_at is not None for row in tx.all(ALL)}


def begin(
    tx: Transaction,
    slack_id: str,
    person_id: int,
    names: Iterable[str],
    called: str,
    now: datetime,
) -> None:
    """Nobody is known by that Slack id any more, and what is left of them is `called` so; `names`
    are kept until all of it is done. Writes."""
    row = {"slack_id": slack_id, "person_id": person_id, "names": tuple(names), "begun_at": now}
    tx.insert(Erased, **row)
    tx.run(NAMELESS, person=person_id, former=former_id(person_id), called=called)


def finish(tx: Transaction, person_id: int, now: datetime) -> None:
    """All of it is done."""
    tx.run(DONE, person=person_id, at=now)


def ids_of(
    tx: Transaction, kind: Kind, person_id: int, slack_id: str, after: int, limit: int
) -> list[int]:
    """The ids of at most `limit` rows of that kind, from `after` on."""
    asked = {"person": person_id, "after": after, "limit": limit}
    if kind is Kind.AUDITS:
        asked["slack_id"] = slack_id  # type: ignore[assignment]
    return [row.id for row in tx.all(FOUND[kind], **asked)]


def count(tx: Transaction, kind: Kind, person_id: int, slack_id: str, most: int) -> int:
    """How many there are of that kind, at most so many."""
    asked: dict[str, Any] = {"person": person_id, "after": 0, "limit": most}
    if kind is Kind.AUDITS:
        asked["slack_id"] = slack_id
    return int(tx.first(COUNT[kind], **asked).rows)


def market_notes(tx: Transaction, person_id: int) -> int:
    """How many market notes were heard with them: those stay, without who heard it."""
    return int(tx.first(MARKET, person=person_id).rows)


def remove(tx: Transaction, kind: Kind, ids: Sequence[int], person_id: int, now: datetime) -> None:
    """Let those rows of that kind go, with all that hangs on them. Writes."""
    match kind:
        case Kind.DRAFTS:
            for row in tx.all_among(FORMS, ids):
                drafts.close(tx, row.author_id, row.kind, row.form, now)
        case Kind.SUBMISSIONS:
            tx.run_among(OWN_SUBMISSIONS, ids, person=person_id)
            tx.run_among(NOT_SAID, ids)
        case Kind.AUDITS:
            tx.run_among(NOBODYS_AUDIT, ids, former=former_id(person_id))
        case Kind.SHOWN:
            tx.run_among(SHOWN_TO_THEM, ids, gone=ERASED)
        case _:
            REMOVERS[kind](tx, ids)


def name_nobody(tx: Transaction, person_id: int, slack_id: str) -> None:
    """Nothing else names them or is in their words: who heard what, what reps read of a team that
    they gave away, whose name was found in words, of whom a record says that they were exported,
    copied or passed on. Writes."""
    tx.run(HEARD_BY_NOBODY, person=person_id)
    tx.run(WRITTEN_BY_NOBODY, person=person_id)
    for statement in FOUND_NAMED:
        tx.run(statement, slack_id=slack_id)
    for at, fine_for in FINE_FOR.items():
        rows = [
            {"row": row.id, "ids": tuple(one for one in row.ids if one != slack_id)}
            for row in tx.all(fine_for, slack_id=slack_id)
        ]
        if rows:
            tx.execute(SET_FINE_FOR[at], rows)
    # Of whom a record says the id in the middle of a word is somebody else.
    named = re.compile(rf"(?<!\w){re.escape(slack_id)}(?!\w)")
    former = former_id(person_id)
    renamed = [
        {"row": row.id, "renamed": named.sub(former, row.subject)}
        for row in tx.all(NAMED_IN_AUDITS, slack_id=slack_id)
        if named.search(row.subject)
    ]
    if renamed:
        tx.execute(RENAME_IN_AUDIT, renamed)


def draw_anew(tx: Transaction, team_ids: Sequence[int]) -> None:
    """Lists and agendas of those teams that stand are drawn anew: a name stands in them that is
    none any more. Writes."""
    subjects = {
        Subject(MessageKind.TODO_LIST, row.team_id, row.monday)
        for row in tx.all_among(LISTS, team_ids)
    }
    subjects |= {
        Subject(kind, row.id) for row in tx.all_among(MEETINGS, team_ids) for kind in OF_MEETING
    }
    messages.mark_stale(tx, sorted(subjects, key=str))


def _gone_from_sight(tx: Transaction, ids: Sequence[int], *kinds: MessageKind) -> None:
    about = [Subject(kind, one) for kind in kinds for one in ids]
    tx.run_among(GONE_FROM_SIGHT, about, gone=ERASED)


def _plans(tx: Transaction, ids: Sequence[int]) -> None:
    for one in ids:
        beginning = f"{MessageKind.ACTIVITY_ASK}:{one}:".replace("_", "/_")
        shown = [row.id for row in tx.all(WEEKS_SHOWN, beginning=beginning)]
        tx.run_among(SHOWN_TO_THEM, shown, gone=ERASED)
    tx.run_among(DELETE[SaveItPlan], ids)


def _promises(tx: Transaction, ids: Sequence[int]) -> None:
    _gone_from_sight(tx, ids, MessageKind.RAISED)
    lines = [row.id for row in tx.all_among(LINES_OF, ids)]
    _gone_from_sight(tx, lines, MessageKind.CLEARED)
    promises.remove(tx, ids)


def _appointments(tx: Transaction, ids: Sequence[int]) -> None:
    _gone_from_sight(tx, ids, MessageKind.SESSION_NOTE, MessageKind.SESSION_PREPARE)
    tx.run_among(APPOINTMENT_DRAFTS, ids)
    appointments.remove(tx, ids)


def _contacts(tx: Transaction, ids: Sequence[int]) -> None:
    _gone_from_sight(tx, ids, MessageKind.SHARED)
    visited = acquaintances.accounts_of(tx, ids)
    acquaintances.keep(tx, ids)
    for statement in (NO_ABOUT, NO_SESSION, NO_FIELD_DAY, NO_PLANS, NO_TOPICS, NO_VISITS):
        tx.run_among(statement, ids)
    acquaintances.follow(tx, visited)
    sharing.purge(tx, ids)
    for kind in (Made.CONTACT, Made.PRIVATE_NOTE):
        submissions.forget(tx, kind, ids)


def _acquaintances(tx: Transaction, ids: Sequence[int]) -> None:
    at = [row.account_id for row in tx.all_among(AT, ids)]
    tx.run_among(DELETE[Acquaintance], ids)
    accounts.forget_unused(tx, at)


def _notes(tx: Transaction, ids: Sequence[int]) -> None:
    _gone_from_sight(tx, ids, MessageKind.NOTE)
    tx.run_among(DELETE[Note], ids)


def _handovers(tx: Transaction, ids: Sequence[int]) -> None:
    _gone_from_sight(tx, ids, MessageKind.HANDOVER)
    tx.run_among(DELETE[Handover], ids)


def _questions(tx: Transaction, ids: Sequence[int]) -> None:
    _gone_from_sight(tx, ids, MessageKind.MEMBERSHIP_ASK, MessageKind.MEMBERSHIP_TOLD)
    tx.run_among(DELETE[MembershipQuestion], ids)


DELETE: Mapping[Any, Any] = {
    table: delete(table).where(_of(table))
    for table in (
        SaveItPlan,
        Acquaintance,
        Note,
        MembershipQuestion,
        TeamPromise,
        Swap,
        Slot,
        IssueAnswer,
        Handover,
        Result,
        Plan,
        StandingFocus,
        TimeOff,
        Director,
        CalendarAddress,
        PeriodWords,
    )
}
APPOINTMENT_DRAFTS = delete(Draft).where(
    Draft.workspace_id == WORKSPACE, Draft.appointment_id.in_(AMONG)
)


def _rows(statement: Any) -> Callable[[Transaction, Sequence[int]], None]:
    def remover(tx: Transaction, ids: Sequence[int]) -> None:
        tx.run_among(statement, ids)

    return remover


REMOVERS: Mapping[Kind, Callable[[Transaction, Sequence[int]], None]] = {
    Kind.PRIVATE: _rows(NO_PRIVATE),
    Kind.SAVE_IT_PLANS: _plans,
    Kind.PROMISES: _promises,
    Kind.APPOINTMENTS: _appointments,
    Kind.CONTACTS: _contacts,
    Kind.ITEMS: agenda.remove,
    Kind.TEAM_PROMISES: _rows(DELETE[TeamPromise]),
    Kind.SWAPS: _rows(DELETE[Swap]),
    Kind.SLOTS: _rows(DELETE[Slot]),
    Kind.ANSWERS: _rows(DELETE[IssueAnswer]),
    Kind.RESULTS: _rows(DELETE[Result]),
    Kind.PLANS: _rows(DELETE[Plan]),
    Kind.FOCUSES: _rows(DELETE[StandingFocus]),
    Kind.NOTES: _notes,
    Kind.CALENDARS: _rows(DELETE[CalendarAddress]),
    Kind.PERIOD_WORDS: _rows(DELETE[PeriodWords]),
    Kind.TIME_OFF: _rows(DELETE[TimeOff]),
    Kind.HANDOVERS: _handovers,
    Kind.QUESTIONS: _questions,
    Kind.DIRECTORS: _rows(DELETE[Director]),
    Kind.FIRST_LINES: _rows(NO_FIRST_LINE),
    Kind.ACQUAINTANCES: _acquaintances,
    Kind.DELIVERIES: _rows(NO_PLACE),
}
"""How each kind goes that needs nothing but its ids."""
