"""A workspace with one row of everything, to ask storage about."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from functools import cache
from typing import Any

from sqlalchemy import Select, event, select

from bot.domain.accounts.accounts import Account
from bot.domain.accounts.dates import SaidDate
from bot.domain.accounts.market import MarketTag
from bot.domain.accounts.visits import Visit
from bot.domain.binder.exporting import ExportState
from bot.domain.binder.handover import HandoverState
from bot.domain.contacts.drafts import ONE_STEP, DraftKind, DraftStep, Typed
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.received import FileKind, KeptFile
from bot.domain.contacts.touches import Channel
from bot.domain.delivery import MessageKind, Planned, ScheduleKey, Subject
from bot.domain.field_days import FieldDayNotes, Practice
from bot.domain.meetings.swaps import SwapKind, SwapState
from bot.domain.promises import Owner
from bot.domain.results.activity import ActivityAnswer
from bot.domain.results.results import Metric, MetricKind, Period, Reading
from bot.domain.sessions.sessions import (
    DEFAULT_TOPICS,
    Session,
    SessionDraft,
    SessionNotes,
    StepEntry,
    Topic,
    TopicNotes,
)
from bot.domain.team.memberships import QuestionState
from bot.domain.team.ramp import RampEntry
from bot.domain.team.settings import DEFAULT_SECTIONS, TeamSettings
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.domain.workspaces.people import Person, Profile
from bot.domain.workspaces.submissions import Made
from storage import appointments, field_days, promises, todo
from storage.accounts import accounts, dates, market, transitions
from storage.binder import calendars, exports, handovers
from storage.contacts import cleared, interactions, notes
from storage.database.engine import Database
from storage.database.statements import WORKSPACE
from storage.database.transaction import Transaction
from storage.delivery import messages, queue, schedules
from storage.meetings import agenda, meetings, swaps
from storage.models import Base, Delivery
from storage.results import activity, directors, metrics, period_words, results, saving
from storage.sessions import drafts, sessions, sharing
from storage.team import absences, memberships, moves, people, ramps, teams
from storage.workspaces import audits, installs, submissions
from tests.storage.own_rows import update_own

MANAGER = "U0MANAGER"
REP = "U0REP"
NEW_REP = "U0NEWREP"
CONVERSATION = "D0MANAGER"
FILE = KeptFile(FileKind.FILE, "prices.pdf", "https://x.slack.com/files/U1/F1/prices.pdf")
MESSAGE = "D0MANAGER:1763000000.000100"
TOUCH_FORM = "form-of-a-touch"
FIELD_DAY = FieldDayNotes(
    (Visit("Acme", "Jo Lee", "wants a trial"),), focus="next steps", practice=Practice.SHOWN
)
SUBJECT = Subject(MessageKind.SHARED, 1)
LIST_SUBJECT = Subject(MessageKind.TODO_LIST, 1, date(2026, 11, 23))
PATIENCE = 60.0
"""Seconds for everything at once, on a machine that is busy."""

POSTED_TS = "1763000000.000200"
OLD_LEASE = 1.0
PRIVATE = "thinks of leaving in spring"
REASON = Reason(ReasonKind.OPEN_QUESTION, "question:1", "Ask what went well.", "An open question")

NOW = datetime(2026, 11, 23, 9, 30, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
TODAY = NOW.date()
JOINED = date(2026, 1, 5)


METRIC = Metric("New meetings", MetricKind.LEADING)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
AN_EXPORT: dict[str, Any] = {
    "format": "json",
    "paper": "",
    "reps": (),
    "since": None,
    "until": None,
    "with_private_notes": False,
    "asked_at": NOW,
    "try_at": NOW,
}
SAVE_IT: dict[str, Any] = {
    "starts_on": NOVEMBER.start,
    "ends_on": NOVEMBER.end,
    "a_week": 5,
    "leading": "visits",
    "helper": "Kim",
    "made_on": TODAY,
    "check_on": TODAY,
    "helped": "a list of old accounts",
}
READING = Reading(Decimal(20), Decimal("12.5"), TODAY)

MEETING: dict[str, Any] = {
    "planned_day": TODAY,
    "planned_at": time(9),
    "day": TODAY,
    "at": time(9),
    "minutes": 45,
    "place": "",
    "lead": 60,
    "sections": DEFAULT_SECTIONS,
}


AN_ISSUE_ANSWER = "Acme will ask in March"
SWAP_FORM = "a swap"
LOGGED_FORM = "form-of-a-logged-day"


def heard_of(
    team: int, contact: int, manager: int, rep: int, account: int | None
) -> dict[str, Any]:
    """What a market note says, heard at that account in that contact."""
    return {
        "team_id": team,
        "interaction_id": contact,
        "author_id": manager,
        "rep_id": rep,
        "account_id": account,
        "account": "Acme",
        "text": "60 days",
        "heard_on": TODAY,
        "place": 0,
    }


PAIR_FORM = "a pair"


def pair_by(manager: int, rep: int, contact: int) -> dict[str, Any]:
    """What one of a pair is asked: that rep, by the manager, of what was noted in that contact."""
    return {
        **swap_by(manager, rep),
        "kind": SwapKind.LEARN,
        "other_id": rep,
        "skill": "cold calls",
        "strength_id": contact,
        "focus_id": contact,
    }


def swap_by(manager: int, rep: int) -> dict[str, Any]:
    """What a swap says: that rep, whose turn it is, is asked by the manager."""
    return {
        "holder_id": rep,
        "asked_id": rep,
        "asked_by_id": manager,
        "day": TODAY,
        "at": time(9),
        "until": LATER,
        "state": SwapState.ASKED,
    }


@dataclass(frozen=True)
class World:
    """The ids of a workspace's rows."""

    workspace_id: int
    manager_id: int
    rep_id: int
    new_rep_id: int
    team_id: int
    membership_id: int
    time_off_id: int
    question_id: int
    handover_id: int
    export_id: int
    touch_id: int
    topic_set_id: int
    appointment_id: int
    submission_id: int
    item_id: int
    draft: SessionDraft
    promise_id: int
    cleared_id: int
    unposted_id: int
    note_id: int
    list_id: int
    slot_id: int
    issue_id: int
    answer_id: int
    delivery_id: int
    lost_id: int
    posted_id: int
    transition_id: int
    account: Account
    other_account: Account
    account_date_id: int
    said_id: int
    market_note_id: int
    tag: MarketTag
    other_tag: MarketTag
    meeting_id: int
    spare_meeting_id: int
    swap_id: int
    team_promise_id: int
    step_id: int
    span: results.Span
    plan_id: int
    spare_promise_id: int
    move_id: int


def fill(database: Database, slack_id: str) -> World:
    """One row of everything in that workspace, under Slack ids that every workspace shares."""
    workspace_id = installs.ensure(database, slack_id, "Somewhere")
    with database.writing(workspace_id, patience=PATIENCE) as tx:
        ids = add_people(tx, [MANAGER, REP, NEW_REP])
        manager, rep = ids[MANAGER], ids[REP]
        people.remember_conversation(tx, MANAGER, CONVERSATION)
        team = teams.create(tx, manager, TeamSettings(), NOW)
        teams.add_members(tx, [(team, rep, JOINED)])
        absences.add(tx, rep, TODAY, None, entered_by=team)
        schedules.set_due(tx, {MessageKind.TODO_LIST: {ScheduleKey(team): NOW}})
        messages.remember(tx, SUBJECT, CONVERSATION, POSTED_TS)
        messages.mark_stale(tx, [SUBJECT])
        (posted,) = messages.posted(tx, SUBJECT)
        delivery, lost = add_deliveries(tx, team, manager)
        audits.record(tx, MANAGER, "exported", "team", NOW)
        calendars.save(tx, rep, f"digest in {slack_id}", NOW)
        touch = add_touch(tx, team, rep, manager, about="the renewal", private_note=PRIVATE)
        field_days.save(tx, touch, FIELD_DAY)
        topic_set = sessions.add_set(tx, team, 1, DEFAULT_TOPICS)
        draft = draft_of(topic_set, sessions.topics(tx, team, topic_set), rep)
        spoken = Session(draft.topics, draft.notes).spoken()
        sessions.save(tx, touch, topic_set, spoken, draft.notes)
        half_written = [session_step(draft), field_day_step("form-of-a-day")]
        drafts.save_typed(tx, [(MANAGER, step, NOW) for step in half_written])
        drafts.close(tx, manager, DraftKind.FIELD_DAY, LOGGED_FORM, NOW)
        appointment = appointments.add(
            tx,
            team_id=team,
            rep_id=rep,
            kind=InteractionKind.SESSION,
            day=TODAY,
            at=None,
            notes="",
            made_on=TODAY,
            after_contact=0,
        )
        agenda.add(
            tx,
            team_id=team,
            rep_id=None,
            text="60-day terms",
            added_on=TODAY,
            interaction_id=None,
        )
        (item,) = agenda.open_items(tx, [team])
        appointments.prepare(tx, appointment, {"pipeline": "Hooli"}, NOW)
        sharing.share(tx, touch, rep, NOW)
        sharing.change(tx, touch, objection=PRIVATE, seen_at=NOW)
        step = {"interaction_id": touch, "topic_key": DEFAULT_TOPICS[0].key}
        promise = add_promise(tx, team, rep, what="send the sheet", **step)
        sent = submissions.claim(tx, TOUCH_FORM, Made.CONTACT, manager, team)
        submissions.keep(tx, sent, touch, said=PRIVATE)
        interactions.set_files(tx, touch, manager, [FILE])
        note, _ = notes.add_once(tx, manager, PRIVATE, NOW, MESSAGE, [FILE])
        todo.make_lists(tx, [(team, TODAY)], NOW)
        (list_id,) = todo.lists(tx, [team], TODAY, TODAY).values()
        todo.add_slots(tx, [(list_id, rep, TODAY, REASON)])
        (slot,) = todo.all_slots(tx, team)
        days = {"starts_on": TODAY, "ends_on": TODAY}
        issue = todo.add_issue(tx, team, text="price change", **days)
        line = cleared.add(tx, team_id=team, promise_id=promise, month=TODAY, text="two days now")
        cleared.ask(tx, [line])
        unposted = cleared.add(
            tx, team_id=team, promise_id=promise, month=TODAY, text="three days now"
        )
        cleared.post(tx, [line], TODAY)
        todo.note_answer(tx, issue, rep, AN_ISSUE_ANSWER, TODAY)
        ((answer,),) = todo.answers_to(tx, [issue]).values()
        planned = [
            {**MEETING, "team_id": team, "planned_for": day} for day in (TODAY, LATER.date())
        ]
        meetings.make(tx, planned)
        meeting, spare = meetings.planned_from(tx, [team], TODAY)
        meetings.change(tx, meeting.id, leader_id=rep)
        meetings.carry(tx, meeting.id, item.id)
        swap = swaps.ask(
            tx, form=SWAP_FORM, team_id=team, meeting_id=meeting.id, **swap_by(manager, rep)
        )
        swaps.ask(
            tx, form=PAIR_FORM, team_id=team, meeting_id=meeting.id, **pair_by(manager, rep, touch)
        )
        meetings.promise(
            tx,
            team_id=team,
            meeting_id=meeting.id,
            item_id=item.id,
            owner_id=rep,
            what="ask finance",
            made_on=TODAY,
        )
        (team_promise,) = meetings.open_promises(tx, [team])
        (account,) = accounts.of_teams(tx, [team])
        other_account = accounts.get(tx, accounts.ensure(tx, team, ["Hooli"])["Hooli"])
        assert other_account is not None
        tagged, _ = market.add_tag(tx, team, "terms")
        market_note = market.add(tx, **heard_of(team, touch, manager, rep, account.id))
        market.set_tags(tx, {market_note: [tagged]})
        market.add_tag(tx, team, "plant")
        (tag, other_tag) = market.tags_of(tx, [team])
        transitions.keep(tx, team, rep, [account.id], ids[NEW_REP], TODAY, TODAY)
        (transition,) = transitions.of_teams(tx, [team])
        account_date = dates.add(tx, team, SaidDate(account.id, "Acme", "renewal", TODAY))
        said = dates.say(tx, account_date, "Acme", TODAY)
        (membership,) = teams.members(tx, team)
        teams.set_new_on_team(tx, [membership.id], is_new=True)
        of_ramp = ramps.add(tx, team, RampEntry(7, Owner.REP, "read it all"))
        ramps.claim(tx, membership.id, of_ramp, TODAY)
        ramps.keep(tx, membership.id, of_ramp, promise, TODAY)
        memberships.keep(tx, team, [rep], QuestionState.ASKED, NOW, team)
        (question,) = memberships.open_for(tx, team)
        handover = handovers.add(
            tx,
            team_id=team,
            rep_id=None,
            from_id=manager,
            to_id=ids[NEW_REP],
            words="The team is in good hands",
            state=HandoverState.OFFERED,
            offered_at=NOW,
        )
        export = exports.add(
            tx,
            team_id=team,
            author_id=manager,
            leased_until=OLD_LEASE,
            state=ExportState.MAKING,
            **AN_EXPORT,
        )
        metrics.save(tx, {team: [METRIC]})
        (metric,) = metrics.ids_of(tx, [team]).values()
        results.add_spans(tx, [results.Span(team, rep, metric, NOVEMBER)])
        (span,) = results.spans(tx, [team], TODAY, TODAY)
        results.save_readings(tx, [(span.id or 0, READING)])
        directors.share(tx, team, ids[NEW_REP], manager, NOW)
        period_words.save(tx, team, manager, NOVEMBER, "two tenders moved")
        spare_promise = add_promise(tx, team, rep, what="", deleted_at=NOW)
        plan = saving.add(tx, team_id=team, rep_id=rep, metric_id=metric, **SAVE_IT)
        saving.add_step(tx, plan, promise)
        activity.save(tx, [plan], ActivityAnswer(TODAY, 4, "visits"))
        moves.plan(tx, [(rep, team, team, TODAY)])
        (move,) = moves.of_rep(tx, rep)
        (time_off,) = absences.of_people(tx, [(team, rep)])[team, rep]
    return World(
        workspace_id=workspace_id,
        manager_id=manager,
        rep_id=rep,
        new_rep_id=ids[NEW_REP],
        team_id=team,
        membership_id=membership.id,
        time_off_id=time_off.id,
        question_id=question.id,
        handover_id=handover,
        export_id=export,
        touch_id=touch,
        topic_set_id=topic_set,
        appointment_id=appointment,
        submission_id=sent.id,
        item_id=item.id,
        draft=draft,
        promise_id=promise,
        cleared_id=line,
        unposted_id=unposted,
        note_id=note,
        list_id=list_id,
        slot_id=slot.id,
        issue_id=issue,
        answer_id=answer.id,
        delivery_id=delivery,
        lost_id=lost,
        posted_id=posted.id,
        transition_id=transition.id,
        account=account,
        other_account=other_account,
        account_date_id=account_date,
        said_id=said,
        market_note_id=market_note,
        tag=tag,
        other_tag=other_tag,
        meeting_id=meeting.id,
        spare_meeting_id=spare.id,
        swap_id=swap,
        team_promise_id=team_promise.id,
        step_id=of_ramp,
        span=span,
        plan_id=plan,
        spare_promise_id=spare_promise,
        move_id=move.id,
    )


def field_day_step(form: str, typed_at: int = 1, **values: str) -> DraftStep:
    """A field day half written down."""
    typed = Typed({"focus": "call first", **values})
    return DraftStep(DraftKind.FIELD_DAY, form, ONE_STEP, typed, typed_at, rep=REP)


def session_step(draft: SessionDraft) -> DraftStep:
    """Where a session that is half written down stands."""
    said = draft.notes.topics[draft.step]
    step = StepEntry.saying(draft.form, REP, draft.topic_set, draft.step, said).filled
    return replace(step, typed_at=1)


def draft_of(topic_set: int, topics: tuple[Topic, ...], rep: int) -> SessionDraft:
    """A session half written down, about the plan of its first topic."""
    person = Person(rep, REP, REP.title(), "Europe/Berlin", True, False, None)
    notes = SessionNotes({topics[0].key: TopicNotes("win the north", "Jo moved", "call Jo")})
    return SessionDraft("form-of-a-draft", person, TODAY, topics[0].key, topic_set, topics, notes)


def add_deliveries(tx: Transaction, team: int, reader: int) -> tuple[int, int]:
    """One that is to be sent, and one of which nothing was heard since; their ids."""
    kind = MessageKind.TODO_LIST
    queue.add(tx, [Planned(team, kind, (NOW - timedelta(days=7),), LATER)])
    (lost,) = queue.claim(tx, NOW, 1, [kind])
    queue.begin(tx, lost.lease, {lost.id: (LIST_SUBJECT, reader)}, NOW, NOW)
    queue.add(tx, [Planned(team, kind, (NOW,), LATER)])
    (pending,) = queue.claim(tx, NOW, 1, [kind])
    update_own(tx, Delivery, Delivery.team_id == team, leased_until=OLD_LEASE)
    return pending.id, lost.id


def add_people(tx: Transaction, slack_ids: list[str]) -> dict[str, int]:
    """People under those Slack ids; their ids."""
    profiles = [Profile(slack_id, slack_id.title(), "Europe/Berlin") for slack_id in slack_ids]
    people.save_profiles(tx, profiles, NOW)
    return {slack_id: person.id for slack_id, person in people.get_many(tx, slack_ids).items()}


def add_touch(
    tx: Transaction, team: int, rep: int, author: int, day: date = TODAY, **values: Any
) -> int:
    """A call of that day; its id."""
    values = {"about": "", "channel": Channel.CALL, **values}
    return interactions.add(
        tx,
        InteractionKind.TOUCH,
        team_id=team,
        rep_id=rep,
        author_id=author,
        occurred_on=day,
        occurred_at=NOW - (TODAY - day),
        recorded_at=NOW,
        **values,
    )


def add_promise(tx: Transaction, team: int, rep: int, **values: Any) -> int:
    """A manager's promise of today; its id."""
    values = {"owner": Owner.MANAGER, "what": "a call back", "made_on": TODAY, **values}
    return promises.add(tx, team_id=team, rep_id=rep, **values)


def rows_of(tx: Transaction, workspace_id: int) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of a workspace, by table."""
    whose = {"workspace": workspace_id}
    return {
        name: [tuple(row) for row in tx.connection.execute(mine, whose)]
        for name, mine in _rows_by_table().items()
    }


@cache
def _rows_by_table() -> dict[str, Select[Any]]:
    """Built once: there is one for each table, and they are asked after each query there is."""
    return {
        table.name: select(table).where(table.c.workspace_id == WORKSPACE).order_by(table.c.id)
        for table in Base.metadata.sorted_tables
        if "workspace_id" in table.c
    }


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    """What is sent to the database meanwhile, but for the bound that a transaction puts on each
    statement once its own time runs short: how many of those there are is the machine's doing."""
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_rest: Any) -> None:
        if not statement.startswith("SET LOCAL statement_timeout"):
            seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(database.engine, "before_cursor_execute", note)
