"""Two workspaces with the same Slack ids never see or change each other."""

import importlib
import inspect
import pkgutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from types import SimpleNamespace
from typing import Any

import pytest

import storage
from bot.domain.accounts.dates import AccountDate, DateSource, SaidDate
from bot.domain.accounts.transitions import Transition
from bot.domain.binder.export import ExportRequest
from bot.domain.binder.exporting import Claimed, Export, ExportState
from bot.domain.binder.handover import HandoverState
from bot.domain.contacts.cleared import ClearedAnswer
from bot.domain.contacts.drafts import KEPT_FOR, DraftKind
from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.delivery import (
    DeliveryState,
    DueSchedule,
    MessageKind,
    MessageRef,
    Planned,
    ScheduleKey,
)
from bot.domain.field_days import FieldDayNotes
from bot.domain.meetings.swaps import SwapState
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.results.activity import ActivityAnswer
from bot.domain.results.results import Metric, Period, Reading, metric_key
from bot.domain.sessions.sessions import DEFAULT_TOPICS, SessionNotes
from bot.domain.team.memberships import QuestionState
from bot.domain.team.ramp import RampEntry
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Thanks
from bot.domain.workspaces.erasure import Kind as ErasedKind
from bot.domain.workspaces.names import key_of
from bot.domain.workspaces.people import Person, Profile
from bot.domain.workspaces.retention import Kind, kept_at
from bot.domain.workspaces.submissions import Made, Submission
from storage import promises
from storage.binder.moving.between import Between
from storage.contacts import notes
from storage.database.engine import Database
from storage.database.transaction import Transaction
from storage.results.balance import Whose
from storage.team import absences
from tests.storage.world import (
    AN_EXPORT,
    AN_ISSUE_ANSWER,
    CONVERSATION,
    JOINED,
    LATER,
    LIST_SUBJECT,
    LOGGED_FORM,
    MANAGER,
    MEETING,
    MESSAGE,
    METRIC,
    NEW_REP,
    NOW,
    OLD_LEASE,
    POSTED_TS,
    REASON,
    REP,
    SAVE_IT,
    SUBJECT,
    SWAP_FORM,
    TODAY,
    TOUCH_FORM,
    World,
    add_touch,
    field_day_step,
    fill,
    heard_of,
    rows_of,
    statements,
    swap_by,
)

pytestmark = pytest.mark.slow

TODO = MessageKind.TODO_LIST
OLD = kept_at(NOW + timedelta(days=100), 1)
A_STEP = RampEntry(3, Owner.REP, "changed")
SETTINGS = TeamSettings(channel="C0CHANGED")
ELSEWHERE = MessageRef("D0ELSEWHERE", "3.0")
A_METRIC = Metric("Revenue", unit="EUR")
AN_ANSWER = ActivityAnswer(TODAY + timedelta(days=7), 4, "calls")
A_READING = Reading(Decimal(20), Decimal(14), LATER.date())
DECEMBER = Period(date(2026, 12, 1), date(2026, 12, 31))
JOINED_AT = datetime.combine(JOINED, time(), UTC)


@dataclass(frozen=True)
class Query:
    """How to call a query for the rows of a world.

    `elsewhere`: what it answers about the ids of another workspace. None where it is given no
    row's id, so that the answer is always about the workspace that asks. `inserts`: a new row of
    the workspace that asks, by its own ids. `deleted`: about what has been deleted.
    """

    call: Callable[[World], tuple[Any, ...]]
    named: Callable[[World], dict[str, Any]] = lambda _: {}
    elsewhere: Callable[[World], Any] | None = None
    inserts: bool = False
    deleted: bool = False


def said_at(world: World) -> SaidDate:
    """A date at that world's account."""
    return SaidDate(world.account.id, "Acme", "audit", TODAY)


def by_both(world: World) -> tuple[int, int]:
    return world.team_id, world.team_id


def passing(world: World) -> Transition:
    """That the account passes from the one rep to the other."""
    known = {
        one: Person(one, "U0X", "X", None, active=True, bot=False, dm_channel=None)
        for one in (world.rep_id, world.new_rep_id)
    }
    return Transition(
        *(0, world.team_id, world.account.id, "Acme"),
        *(known[world.new_rep_id], known[world.rep_id], TODAY, TODAY),
    )


def date_of(world: World, source: int) -> AccountDate:
    """That world's date, said in a place of its own or in another."""
    said = (DateSource(world.said_id * source, TODAY),)
    said_on = (TODAY, TODAY)
    return AccountDate(
        *(world.account_date_id * source, world.team_id, world.account.id, "Acme", "renewal"),
        *said_on,
        said,
    )


def handover_of(world: World) -> dict[str, Any]:
    """One that is over: of a team one alone may be open."""
    return {
        "team_id": world.team_id,
        "rep_id": world.rep_id,
        "from_id": world.manager_id,
        "to_id": world.new_rep_id,
        "words": "Lena has the north from here on",
        "state": HandoverState.DECLINED,
        "offered_at": NOW,
    }


def export_of(world: World) -> dict[str, Any]:
    """One that is over: of a manager one alone may be open."""
    by = {"team_id": world.team_id, "author_id": world.manager_id}
    return {**AN_EXPORT, **by, "state": ExportState.DONE}


def claimed_of(world: World) -> tuple[Claimed]:
    """That world's export, as whoever began with it has it."""
    manager = Person(world.manager_id, MANAGER, MANAGER.title(), None, True, False, None)
    export = Export(
        *(world.export_id, world.team_id, manager),
        ExportRequest(),
        ExportState.MAKING,
        NOW,
    )
    return (Claimed(export, OLD_LEASE),)


def nothing(_: World) -> None:
    """The answer to a change of a row that is not there, or a look at it."""


def none_of_them(_: World) -> list[Any]:
    return []


def nobody(_: World) -> dict[Any, Any]:
    return {}


def nothing_carried(_: World) -> set[int]:
    return set()


def none_counted(_: World) -> int:
    return 0


def refused(_: World) -> bool:
    return False


def touch_of(world: World) -> dict[str, Any]:
    return {
        "team_id": world.team_id,
        "rep_id": world.rep_id,
        "author_id": world.manager_id,
        "channel": Channel.CALL,
        "occurred_on": TODAY,
        "occurred_at": NOW,
        "recorded_at": NOW,
        "about": "",
    }


def promise_of(world: World) -> dict[str, Any]:
    return {
        "team_id": world.team_id,
        "rep_id": world.rep_id,
        "owner": Owner.REP,
        "what": "",
        "made_on": TODAY,
    }


def promise_before(world: World) -> Promise:
    return Promise(
        id=world.promise_id,
        team_id=world.team_id,
        rep=rep_of(world),
        owner=Owner.REP,
        what="call Hooli",
        made_on=TODAY,
        due_on=None,
        raised_on=None,
        kept_on=None,
        dropped_on=None,
        closing_words="",
        interaction_id=None,
        deleted=False,
        handed_to=None,
        answer=Answer.AGREED,
        shown=True,
    )


def reworded(_: World) -> dict[str, Any]:
    return {"owner": Owner.REP, "what": "call Acme", "due_on": None}


def issue_of(_: World) -> dict[str, Any]:
    return {"text": "", "starts_on": TODAY, "ends_on": TODAY}


def rep_of(world: World) -> Person:
    return Person(world.rep_id, REP, REP.title(), "Europe/Berlin", True, False, None)


def another_plan(world: World) -> dict[str, Any]:
    of_whom = {"team_id": world.team_id, "rep_id": world.rep_id, "metric_id": world.span.metric_id}
    return {**of_whom, **SAVE_IT, "starts_on": DECEMBER.start, "ends_on": DECEMBER.end}


def settled(_: World) -> dict[str, Any]:
    return {"state": DeliveryState.FAILED, "attempts": 1, "try_at": None, "fault": "changed"}


def whose(world: World) -> Whose:
    return Whose(world.team_id, world.manager_id, JOINED, date.max)


def by_whose(world: World) -> tuple[Any, ...]:
    return (whose(world),)


def by_team(world: World) -> tuple[Any, ...]:
    return (world.team_id,)


def by_reps(world: World) -> tuple[Any, ...]:
    return (world.team_id, [world.rep_id])


def by_teams(world: World) -> tuple[Any, ...]:
    return ([world.team_id],)


def by_touch(world: World) -> tuple[Any, ...]:
    return (world.touch_id,)


def by_appointment(world: World) -> tuple[Any, ...]:
    return (world.appointment_id,)


def appointment_of(world: World) -> dict[str, Any]:
    return {
        "team_id": world.team_id,
        "rep_id": world.rep_id,
        "kind": InteractionKind.FIELD_DAY,
        "day": TODAY,
        "at": None,
        "notes": "",
        "made_on": TODAY,
        "after_contact": 0,
    }


def item_of(world: World) -> dict[str, Any]:
    return {
        "team_id": world.team_id,
        "rep_id": None,
        "text": "",
        "added_on": TODAY,
        "interaction_id": None,
    }


def by_rep(world: World) -> tuple[Any, ...]:
    return (world.team_id, world.rep_id)


def there(world: World) -> Between:
    """The rep moves where they are."""
    return Between(world.rep_id, world.team_id, world.team_id)


def away(world: World) -> Between:
    """The rep moves to a team that is still to be made."""
    return Between(world.rep_id, world.team_id, 0)


def of_touch(world: World) -> Between:
    """The same, of one contact alone."""
    return Between(world.rep_id, world.team_id, world.team_id, world.touch_id)


def copy_of(world: World) -> Any:
    """A contact that came along."""
    return SimpleNamespace(
        id=world.touch_id,
        team_id=world.team_id,
        rep_id=world.rep_id,
        manager_id=world.manager_id,
        deleted_at=None,
        is_live=True,
    )


def by_meeting(world: World) -> tuple[Any, ...]:
    return (world.meeting_id,)


def by_team_promise(world: World) -> tuple[Any, ...]:
    return (world.team_promise_id,)


def team_promise_of(world: World) -> dict[str, Any]:
    return {
        "team_id": world.team_id,
        "meeting_id": None,
        "item_id": None,
        "owner_id": world.rep_id,
        "what": "",
        "made_on": TODAY,
    }


def swap_of(world: World) -> dict[str, Any]:
    return {
        "form": "another form",
        "team_id": world.team_id,
        "meeting_id": world.meeting_id,
        **swap_by(world.manager_id, world.rep_id),
    }


def by_transition(world: World) -> tuple[Any, ...]:
    return (world.transition_id,)


def by_pairs(world: World) -> tuple[Any, ...]:
    return ([(world.team_id, world.rep_id)],)


def nothing_for_the_pair(world: World) -> dict[Any, Any]:
    return {(world.team_id, world.rep_id): {}}


def contact_of(world: World) -> Interaction:
    return Interaction(
        id=world.touch_id,
        kind=InteractionKind.SESSION,
        rep=rep_of(world),
        has_private_note=False,
        deleted_at=None,
        **{name: one for name, one in touch_of(world).items() if name != "rep_id"},
    )


def by_promise(world: World) -> tuple[Any, ...]:
    return (world.promise_id,)


QUERIES: dict[str, Query] = {
    "accounts.acquaintances.carry": Query(
        lambda w: ({w.account.id: w.account.id}, [w.rep_id]), elsewhere=nothing
    ),
    "binder.moving.accounts.carry": Query(
        lambda w: (there(w), {w.account.id: w.account.id}, [w.rep_id], TODAY), elsewhere=nothing
    ),
    "binder.moving.accounts.carry_dates": Query(
        lambda w: (w.team_id, w.team_id, {w.account.id: w.account.id}, TODAY), elsewhere=nothing
    ),
    "binder.moving.accounts.ensure_all": Query(by_both, elsewhere=nobody),
    "binder.moving.accounts.carry_said": Query(
        lambda w: (there(w), [(w.account.id, w.account.id)], TODAY), elsewhere=nothing
    ),
    "binder.moving.accounts.ensure": Query(lambda w: (there(w),), elsewhere=nobody),
    "binder.moving.accounts.notes_to_go": Query(lambda w: (away(w),), elsewhere=none_counted),
    "binder.moving.contacts.carry": Query(lambda w: (there(w),), elsewhere=nothing),
    "binder.moving.contacts.carry_words": Query(
        lambda w: (there(w), {w.account.id: w.account.id}), elsewhere=nothing
    ),
    "binder.moving.contacts.to_go": Query(lambda w: (away(w),), elsewhere=nobody),
    "binder.moving.following.bring": Query(lambda w: (of_touch(w),), elsewhere=nothing),
    "binder.moving.following.copies": Query(lambda w: (w.touch_id,), elsewhere=none_of_them),
    "binder.moving.following.follow": Query(
        lambda w: (of_touch(w), copy_of(w), TODAY, NOW), elsewhere=nothing
    ),
    "binder.moving.following.moves_since": Query(lambda w: (w.touch_id,), elsewhere=none_of_them),
    "binder.moving.following.was_with_another": Query(
        lambda w: (copy_of(w), NOW), elsewhere=nothing
    ),
    "binder.moving.issues.bring": Query(lambda w: (there(w), w.issue_id, TODAY), elsewhere=nothing),
    "binder.moving.issues.carry": Query(lambda w: (there(w), TODAY), elsewhere=nothing),
    "binder.moving.issues.reword": Query(
        lambda w: (w.issue_id, w.rep_id, AN_ISSUE_ANSWER, "changed", TODAY, [w.team_id]),
        elsewhere=nothing,
    ),
    "binder.moving.planned.appointments_to_go": Query(
        lambda w: (away(w), TODAY), elsewhere=none_of_them
    ),
    "binder.moving.planned.carry_appointments": Query(
        lambda w: (there(w), {w.appointment_id: (TODAY, None)}, [w.appointment_id], NOW),
        elsewhere=nothing,
    ),
    "binder.moving.planned.carry_days_off": Query(lambda w: (there(w), TODAY), elsewhere=nothing),
    "binder.moving.planned.carry_items": Query(lambda w: (there(w),), elsewhere=nothing),
    "binder.moving.planned.items_to_go": Query(lambda w: (away(w),), elsewhere=none_counted),
    "binder.moving.planned.kinds_there": Query(lambda w: (there(w),), elsewhere=lambda _: set()),
    "binder.moving.promises.carry": Query(
        lambda w: (there(w), w.manager_id, TODAY, NOW), elsewhere=nothing
    ),
    "binder.moving.promises.carry_new": Query(
        lambda w: (there(w), w.manager_id, TODAY, NOW), elsewhere=nothing
    ),
    "binder.moving.promises.to_go": Query(lambda w: (away(w),), elsewhere=lambda _: (0, 0)),
    "binder.moving.results.carry": Query(
        lambda w: (there(w),), lambda _: {"has_own": False}, nothing
    ),
    "binder.moving.results.carry_plans": Query(lambda w: (there(w),), elsewhere=nothing),
    "binder.moving.results.plans_to_go": Query(lambda w: (away(w),), elsewhere=none_counted),
    "binder.moving.results.to_go": Query(lambda w: (away(w),), elsewhere=none_counted),
    "binder.moving.tags.carry": Query(lambda w: (there(w),), elsewhere=nothing),
    "binder.moving.tags.follow": Query(lambda w: ([w.market_note_id],), elsewhere=nothing),
    "binder.moving.tags.follow_contact": Query(lambda w: (w.touch_id,), elsewhere=nothing),
    "binder.moving.tags.follow_tags": Query(lambda w: ([w.tag.id],), elsewhere=nothing),
    "binder.moving.tags.settle": Query(lambda w: (w.market_note_id,), elsewhere=nothing),
    "team.moves.away_from": Query(by_team, elsewhere=none_of_them),
    "team.moves.carried": Query(lambda w: (w.move_id, NOW), elsewhere=refused),
    "team.moves.of_rep": Query(lambda w: (w.rep_id,), elsewhere=none_of_them),
    "team.moves.plan": Query(
        lambda w: ([(w.rep_id, w.team_id, w.team_id, LATER.date())],), inserts=True
    ),
    "team.moves.forget_waiting": Query(lambda w: (w.rep_id,), elsewhere=nothing),
    "team.moves.waiting": Query(by_teams, elsewhere=none_of_them),
    "meetings.agenda.add": Query(lambda _w: (), item_of, inserts=True),
    "appointments.prepared_by": Query(by_rep, elsewhere=none_of_them),
    "contacts.interactions.private_notes_about": Query(by_rep, elsewhere=none_counted),
    "meetings.agenda.carried_from": Query(lambda w: ([w.meeting_id],), elsewhere=nobody),
    "meetings.agenda.carried_of_team": Query(by_team, elsewhere=nobody),
    "meetings.agenda.change": Query(
        lambda w: (w.item_id,), lambda _w: {"text": "changed"}, nothing
    ),
    "meetings.agenda.done_in": Query(lambda w: ([w.meeting_id],), elsewhere=none_of_them),
    "meetings.agenda.done_of_team": Query(by_team, elsewhere=nobody),
    "meetings.agenda.drop": Query(lambda w: (w.item_id, NOW), elsewhere=nothing),
    "meetings.agenda.get_whatever": Query(lambda w: (w.item_id,), elsewhere=nothing),
    "meetings.agenda.let_stand": Query(
        lambda w: (w.item_id, "60-day terms"), lambda _w: {"approved": True}, lambda _: False
    ),
    "meetings.agenda.let_outcome_stand": Query(
        lambda w: (w.item_id, ""), lambda _w: {"outcome": "changed"}, lambda _: False
    ),
    "meetings.agenda.heard_in": Query(lambda w: ([w.touch_id],), elsewhere=lambda _: set()),
    "meetings.agenda.over_since": Query(lambda w: ([w.team_id], JOINED), elsewhere=none_of_them),
    "meetings.agenda.next_place": Query(by_team, elsewhere=lambda _: 1),
    "meetings.agenda.put_in_order": Query(lambda w: ({w.item_id: 7},), elsewhere=nothing),
    "meetings.agenda.let_go": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "meetings.agenda.get": Query(lambda w: (w.item_id,), elsewhere=nothing),
    "meetings.agenda.count_open": Query(by_team, elsewhere=none_counted),
    "meetings.agenda.open_items": Query(by_teams, elsewhere=none_of_them),
    "meetings.agenda.pass_heard": Query(
        lambda w: (w.touch_id, w.rep_id, w.new_rep_id), elsewhere=refused
    ),
    "meetings.agenda.pass_to": Query(lambda w: (w.item_id, w.new_rep_id), elsewhere=nothing),
    "binder.exports.add": Query(lambda _w: (), export_of, inserts=True),
    "binder.exports.begin_anew": Query(lambda w: ([w.team_id], NOW), elsewhere=none_of_them),
    "binder.exports.claim": Query(lambda _w: (LATER, ["json"])),
    "binder.exports.doubt": Query(lambda _w: (LATER,)),
    "binder.exports.get_many": Query(lambda w: ([w.export_id],), elsewhere=nobody),
    "binder.exports.keep": Query(claimed_of, lambda _w: {"written": 3}, nothing),
    "binder.exports.open_of": Query(lambda w: (w.manager_id,), elsewhere=nothing),
    "binder.exports.purge": Query(lambda _w: (LATER,)),
    "binder.exports.settle": Query(lambda w: (w.export_id,), lambda _w: {"of": 3}, refused),
    "binder.exports.taken": Query(lambda _w: (MANAGER, "none", 5)),
    "binder.calendars.save": Query(lambda w: (w.rep_id, f"of {w.rep_id}", NOW), inserts=True),
    "binder.calendars.made_at": Query(lambda _w: (REP,)),
    "binder.calendars.remove_all": Query(lambda _w: ()),
    "binder.exports.stop_all": Query(lambda _w: (LATER,)),
    "binder.calendars.remove": Query(lambda w: (w.rep_id,), elsewhere=refused),
    "binder.handovers.add": Query(lambda _w: (), handover_of, inserts=True),
    "binder.handovers.change": Query(
        lambda w: (w.handover_id,), lambda _w: {"words": "changed"}, nothing
    ),
    "binder.handovers.get_many": Query(lambda w: ([w.handover_id],), elsewhere=nobody),
    "binder.handovers.lock": Query(lambda w: (w.handover_id,), elsewhere=nothing),
    "binder.handovers.of_person": Query(lambda w: (w.manager_id,), elsewhere=none_of_them),
    "binder.stayed.contacts": Query(lambda w: ([w.team_id], w.manager_id), elsewhere=none_of_them),
    "binder.stayed.topics": Query(lambda w: ([w.touch_id], w.manager_id), elsewhere=none_of_them),
    "binder.stayed.notes": Query(lambda w: ([w.touch_id], w.manager_id), elsewhere=none_of_them),
    "binder.stayed.visits": Query(lambda w: ([w.touch_id], w.manager_id), elsewhere=none_of_them),
    "binder.stayed.field_days": Query(
        lambda w: ([w.touch_id], w.manager_id), elsewhere=none_of_them
    ),
    "binder.handovers.waiting_of": Query(lambda w: (w.manager_id,), elsewhere=none_of_them),
    "binder.handovers.open_of_team": Query(by_team, elsewhere=none_of_them),
    "binder.handovers.settle": Query(
        lambda w: (w.handover_id, HandoverState.DECLINED, NOW), elsewhere=refused
    ),
    "binder.handovers.taken_of_teams": Query(by_teams, elsewhere=none_of_them),
    "binder.handovers.taken_by": Query(lambda w: ([w.new_rep_id],), elsewhere=none_of_them),
    "meetings.agenda.join": Query(by_both, elsewhere=nothing),
    "meetings.agenda.take_up": Query(lambda w: ([w.item_id], w.touch_id), elsewhere=nothing),
    "appointments.add": Query(lambda _w: (), appointment_of, inserts=True),
    "appointments.change": Query(by_appointment, lambda _w: {"day": JOINED}, nothing),
    "appointments.move": Query(lambda w: (w.appointment_id, JOINED, None), elsewhere=nothing),
    "appointments.count_moves": Query(by_team, elsewhere=nothing),
    "appointments.drop": Query(lambda w: (w.appointment_id, NOW), elsewhere=nothing),
    "appointments.from_day": Query(lambda w: ([w.team_id], JOINED), elsewhere=none_of_them),
    "appointments.newest_contact": Query(
        lambda w: (w.team_id, InteractionKind.TOUCH), elsewhere=lambda _: 0
    ),
    "appointments.prepare": Query(
        lambda w: (w.appointment_id, {"territory": "changed"}, NOW), inserts=True
    ),
    "appointments.planned_for": Query(by_reps, elsewhere=nobody),
    "appointments.prepared": Query(lambda w: ([w.appointment_id],), elsewhere=nobody),
    "appointments.prepared_for": Query(lambda w: (w.team_id, w.rep_id), elsewhere=nobody),
    "appointments.get_many": Query(lambda w: ([w.appointment_id],), elsewhere=nobody),
    "appointments.standing": Query(by_teams, elsewhere=none_of_them),
    "appointments.standing_with": Query(
        lambda w: (w.team_id, w.rep_id, InteractionKind.SESSION), elsewhere=nothing
    ),
    "appointments.made_since": Query(
        lambda w: (w.team_id, w.rep_id, InteractionKind.SESSION, JOINED), elsewhere=nothing
    ),
    "appointments.latest_time": Query(
        lambda w: (w.team_id, w.rep_id, InteractionKind.SESSION), elsewhere=nothing
    ),
    "workspaces.audits.all_records": Query(lambda _w: ()),
    "workspaces.submissions.claim": Query(
        lambda w: ("another", Made.ITEM, w.manager_id, w.team_id), inserts=True
    ),
    "workspaces.submissions.find": Query(
        lambda w: (TOUCH_FORM, Made.CONTACT, w.manager_id, w.team_id),
        elsewhere=lambda _w: Submission(0),
    ),
    "workspaces.submissions.forget": Query(
        lambda w: (Made.CONTACT, [w.touch_id]), elsewhere=nothing
    ),
    "workspaces.submissions.form_of": Query(
        lambda w: (Made.CONTACT, w.touch_id, w.manager_id, w.team_id), elsewhere=nothing
    ),
    "workspaces.submissions.keep": Query(
        lambda w: (Submission(w.submission_id), 77), elsewhere=nothing
    ),
    "workspaces.submissions.made_anew": Query(
        lambda w: (Made.CONTACT, w.touch_id, 77), elsewhere=nothing
    ),
    "workspaces.submissions.steps_of": Query(
        lambda w: (TOUCH_FORM, Made.CONTACT, w.manager_id, w.team_id), elsewhere=nobody
    ),
    "workspaces.audits.record": Query(lambda _w: (MANAGER, "exported", "team", NOW), inserts=True),
    "workspaces.submissions.meet": Query(lambda _w: (TODAY, 9)),
    "workspaces.installs.slack_id": Query(lambda _w: ()),
    "workspaces.installs.kept_months": Query(lambda _w: ()),
    "workspaces.installs.keep_for": Query(lambda _w: (12,)),
    "retention.old": Query(lambda w: (Kind.TOUCHES, [w.team_id], OLD, 9), elsewhere=none_of_them),
    "retention.count": Query(lambda w: (Kind.TOUCHES, [w.team_id], OLD), elsewhere=none_counted),
    "retention.remove": Query(lambda w: (Kind.MEETINGS, [w.meeting_id]), elsewhere=nothing),
    "erasure.names": Query(lambda _w: (REP,)),
    "erasure.get": Query(lambda _w: (REP,)),
    "erasure.everyone": Query(lambda _w: ()),
    "erasure.begin": Query(
        lambda w: (NEW_REP, w.new_rep_id, ["Lena"], "a former rep", NOW),
        elsewhere=nothing,
        inserts=True,
    ),
    "erasure.finish": Query(lambda w: (w.rep_id, NOW), elsewhere=nothing),
    "erasure.ids_of": Query(
        lambda w: (ErasedKind.PROMISES, w.rep_id, REP, 0, 9), elsewhere=none_of_them
    ),
    "erasure.count": Query(
        lambda w: (ErasedKind.PROMISES, w.rep_id, REP, 9), elsewhere=none_counted
    ),
    "erasure.market_notes": Query(lambda w: (w.rep_id,), elsewhere=none_counted),
    "erasure.remove": Query(
        lambda w: (ErasedKind.CONTACTS, [w.touch_id], w.rep_id, NOW), elsewhere=nothing
    ),
    "erasure.name_nobody": Query(lambda w: (w.rep_id, REP), elsewhere=nothing),
    "erasure.draw_anew": Query(lambda w: ([w.team_id],), elsewhere=nothing),
    "mentions.words_of_others": Query(
        lambda w: ("interaction.about", w.new_rep_id, w.touch_id - 1), elsewhere=nobody
    ),
    "team.people.erased": Query(lambda _w: ([REP],)),
    "appointments.count_anew": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "appointments.remove": Query(lambda w: ([w.appointment_id],), elsewhere=nothing),
    "field_days.kept_focuses": Query(lambda w: (w.team_id,), elsewhere=none_of_them),
    "meetings.agenda.remove": Query(lambda w: ([w.item_id],), elsewhere=nothing),
    "promises.count_anew": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "promises.remove": Query(lambda w: ([w.promise_id],), elsewhere=nothing),
    "sessions.plans.kept_with": Query(lambda w: (w.team_id, w.rep_id), elsewhere=none_of_them),
    "delivery.messages.forget_about": Query(lambda _w: ([SUBJECT],)),
    "delivery.messages.forget_weeks": Query(lambda w: (TODO, [w.team_id]), elsewhere=nothing),
    "delivery.messages.let_go": Query(lambda _w: (SUBJECT.kind, [SUBJECT.id])),
    "delivery.messages.purge_let_go": Query(lambda _w: ()),
    "delivery.messages.claim_stale": Query(lambda _w: (NOW, 0, 10)),
    "delivery.messages.forget": Query(lambda w: ([w.posted_id],), elsewhere=nothing),
    "delivery.messages.mark_stale": Query(lambda _w: ([SUBJECT],)),
    "delivery.messages.posted": Query(lambda _w: (SUBJECT,)),
    "delivery.messages.posted_of": Query(lambda _w: ([SUBJECT],)),
    "delivery.messages.posted_at": Query(lambda _w: (CONVERSATION, POSTED_TS)),
    "delivery.messages.purge": Query(lambda _w: (SUBJECT.kind, LATER)),
    "delivery.messages.put_off": Query(lambda w: ({w.posted_id: LATER},), elsewhere=nothing),
    "delivery.messages.sent_to": Query(lambda w: (w.manager_id,), elsewhere=none_of_them),
    "delivery.messages.sent_to_any": Query(lambda w: ([w.manager_id],), elsewhere=none_of_them),
    "delivery.messages.readers_of": Query(lambda _w: ([SUBJECT, LIST_SUBJECT],)),
    "delivery.messages.redrawn": Query(lambda w: ({w.posted_id: 7},), elsewhere=nothing),
    "delivery.messages.release": Query(lambda w: ([w.posted_id],), elsewhere=nothing),
    "delivery.messages.remember": Query(lambda _w: (SUBJECT, CONVERSATION, "2.0"), inserts=True),
    "delivery.messages.remember_all": Query(
        lambda w: ([(ELSEWHERE, SUBJECT, w.manager_id)],), inserts=True
    ),
    "delivery.messages.shown": Query(lambda _w: (CONVERSATION, POSTED_TS, 7, 1)),
    "delivery.queue.add": Query(
        lambda w: ([Planned(w.team_id, TODO, (JOINED_AT, LATER), None)],), inserts=True
    ),
    "delivery.queue.begin": Query(
        lambda w: (OLD_LEASE, {w.delivery_id: (SUBJECT, w.manager_id)}, LATER, LATER),
        elsewhere=lambda _: set(),
    ),
    "delivery.queue.claim": Query(lambda _w: (LATER, 10, [TODO])),
    "delivery.queue.decide": Query(
        lambda w: (w.lost_id, DeliveryState.SENT, ELSEWHERE), elsewhere=nothing
    ),
    "delivery.queue.doubt": Query(lambda _w: (LATER, [TODO], "restored")),
    "delivery.queue.held": Query(lambda w: (OLD_LEASE, [w.delivery_id]), elsewhere=lambda _: set()),
    "delivery.queue.in_doubt": Query(lambda _w: (LIST_SUBJECT,)),
    "delivery.queue.purge": Query(lambda _w: (LATER,)),
    "delivery.queue.put_off": Query(lambda _w: (DeliveryState.PENDING, LATER, [TODO])),
    "delivery.queue.remove": Query(lambda w: ([w.delivery_id],), elsewhere=nothing),
    "delivery.queue.settle": Query(
        lambda w: (OLD_LEASE, [w.delivery_id]), settled, elsewhere=lambda _: 0
    ),
    "delivery.queue.settle_sent": Query(lambda w: ({w.lost_id: ELSEWHERE},), elsewhere=nothing),
    "delivery.queue.not_arrived": Query(lambda w: (w.team_id, JOINED_AT), elsewhere=none_of_them),
    "delivery.queue.stale": Query(lambda w: ([w.lost_id],), elsewhere=lambda _: set()),
    "delivery.queue.without_place": Query(
        lambda w: (TODO, {0: w.team_id}), elsewhere=lambda _: {0: []}
    ),
    "delivery.schedules.advance": Query(
        lambda w: ([Planned(w.team_id, TODO, (), LATER)],), elsewhere=nothing
    ),
    "delivery.schedules.attempts": Query(
        lambda w: (DueSchedule(w.team_id, TODO, NOW),), elsewhere=lambda _: 0
    ),
    "delivery.schedules.coming": Query(lambda w: ([w.team_id], TODO), elsewhere=nobody),
    "delivery.schedules.items_due": Query(
        lambda w: ([w.team_id], TODO), elsewhere=lambda w: {w.team_id: []}
    ),
    "delivery.schedules.next_at": Query(lambda w: (w.team_id, TODO), elsewhere=nothing),
    "delivery.schedules.put_off": Query(
        lambda w: (DueSchedule(w.team_id, TODO, NOW), LATER), elsewhere=nothing
    ),
    "delivery.schedules.remove": Query(
        lambda w: ({TODO: [ScheduleKey(w.team_id)]},), elsewhere=nothing
    ),
    "delivery.schedules.remove_of_team": Query(lambda w: (w.team_id, [TODO]), elsewhere=nothing),
    "delivery.schedules.set_due": Query(
        lambda w: ({TODO: {ScheduleKey(w.team_id): LATER}},), inserts=True
    ),
    "delivery.schedules.take_due": Query(lambda _w: (LATER, 10, [TODO])),
    "sessions.drafts.close": Query(
        lambda w: (w.manager_id, DraftKind.SESSION, w.draft.form, NOW), inserts=True
    ),
    "sessions.drafts.forget_contacts": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "sessions.drafts.is_closed": Query(lambda w: (w.manager_id, LOGGED_FORM), elsewhere=refused),
    "sessions.drafts.of_author": Query(
        lambda w: (w.manager_id, DraftKind.FIELD_DAY), elsewhere=none_of_them
    ),
    "sessions.drafts.purge": Query(lambda _w: (NOW + 2 * KEPT_FOR,), deleted=True),
    "sessions.drafts.save_pressed": Query(
        lambda _w: (MANAGER, field_day_step("pressed"), NOW), inserts=True
    ),
    "sessions.drafts.save_sent": Query(
        lambda _w: (MANAGER, field_day_step("sent"), NOW), lambda _w: {"then": "x"}, inserts=True
    ),
    "sessions.drafts.save_typed": Query(
        lambda _w: ([(MANAGER, field_day_step("typed"), NOW)],), inserts=True
    ),
    "sessions.drafts.unfinished": Query(lambda w: (w.manager_id,), elsewhere=none_of_them),
    "field_days.save": Query(lambda w: (w.touch_id, FieldDayNotes(focus="changed")), inserts=True),
    "field_days.accounts_of": Query(lambda w: ([w.touch_id],), elsewhere=nobody),
    "field_days.last_accounts": Query(by_rep, elsewhere=none_of_them),
    "field_days.last_focuses": Query(lambda w: ({(w.team_id, w.rep_id): TODAY},), elsewhere=nobody),
    "field_days.markets": Query(lambda w: ([w.team_id], JOINED), elsewhere=none_of_them),
    "field_days.of_interactions": Query(lambda w: ([w.touch_id],), elsewhere=nobody),
    "field_days.of_reps": Query(by_reps, elsewhere=nobody),
    "field_days.path": Query(lambda w: (w.touch_id, "next steps"), elsewhere=lambda _: ()),
    "field_days.purge": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "field_days.strengths": Query(lambda w: ([w.team_id], JOINED, TODAY), elsewhere=none_of_them),
    "field_days.texts": Query(by_rep, elsewhere=none_of_them),
    "field_days.with_rep": Query(by_rep, elsewhere=nobody),
    "field_days.visits_to": Query(lambda w: (w.account.id, 5), elsewhere=none_of_them),
    "contacts.interactions.remove": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "contacts.interactions.abouts": Query(by_rep, elsewhere=none_of_them),
    "contacts.interactions.add_all": Query(lambda w: ([touch_of(w)],), inserts=True),
    "contacts.interactions.add": Query(lambda _w: (InteractionKind.TOUCH,), touch_of, inserts=True),
    "contacts.interactions.change": Query(by_touch, lambda _w: {"about": "changed"}, nothing),
    "contacts.interactions.contacts": Query(
        lambda w: ([w.team_id], JOINED, TODAY), elsewhere=none_of_them
    ),
    "contacts.interactions.deleted_before": Query(lambda _w: (LATER, 9), deleted=True),
    "contacts.interactions.ids_of": Query(
        lambda w: (w.team_id, w.rep_id, InteractionKind.TOUCH, JOINED, TODAY),
        elsewhere=none_of_them,
    ),
    "contacts.interactions.ids_with_deleted": Query(
        lambda w: (w.team_id, w.rep_id, None, JOINED, TODAY), elsewhere=none_of_them
    ),
    "contacts.interactions.last_components": Query(by_rep, elsewhere=nobody),
    "contacts.interactions.latest": Query(by_team, elsewhere=nobody),
    "contacts.interactions.latest_components": Query(
        lambda w: ([w.team_id], JOINED), elsewhere=nobody
    ),
    "contacts.interactions.newest": Query(
        lambda w: ([(w.team_id, w.rep_id)], 10),
        elsewhere=lambda w: {(w.team_id, w.rep_id): []},
    ),
    "contacts.interactions.of_reps": Query(by_reps, elsewhere=none_of_them),
    "contacts.interactions.of_team": Query(by_team, elsewhere=none_of_them),
    "contacts.interactions.get": Query(lambda w: (w.touch_id, w.manager_id), elsewhere=nothing),
    "contacts.interactions.own_notes": Query(
        lambda w: (w.team_id, w.rep_id, w.manager_id), elsewhere=nobody
    ),
    "contacts.interactions.own_notes_of_reps": Query(
        lambda w: (w.team_id, w.manager_id, [w.rep_id]), elsewhere=nobody
    ),
    "contacts.interactions.place_before_page": Query(
        lambda w: (w.team_id, w.rep_id, (JOINED, 0), 1), elsewhere=nothing
    ),
    "contacts.interactions.private_note": Query(
        lambda w: (w.touch_id, w.manager_id), elsewhere=nothing
    ),
    "contacts.interactions.pass_to": Query(lambda w: (w.touch_id, w.new_rep_id), elsewhere=nothing),
    "contacts.interactions.readable_ids": Query(by_team, elsewhere=none_of_them),
    "contacts.interactions.files": Query(
        lambda w: (w.touch_id, w.manager_id), elsewhere=lambda _: ()
    ),
    "contacts.interactions.set_files": Query(
        lambda w: (w.touch_id, w.manager_id, []), elsewhere=nothing
    ),
    "contacts.interactions.set_private_note": Query(
        lambda w: (w.touch_id, w.manager_id, "changed"), elsewhere=nothing
    ),
    "contacts.interactions.shared_with": Query(
        lambda w: (w.team_id, w.rep_id, 5), elsewhere=none_of_them
    ),
    "contacts.interactions.seen_since": Query(
        lambda w: (w.team_id, NOW, 5), elsewhere=none_of_them
    ),
    "contacts.interactions.get_many": Query(lambda w: ([w.touch_id],), elsewhere=none_of_them),
    "contacts.interactions.timeline": Query(
        lambda w: (w.team_id, w.rep_id, w.manager_id),
        lambda _w: {"before": None, "limit": 10},
        none_of_them,
    ),
    "contacts.interactions.touch_counts": Query(by_teams, elsewhere=nobody),
    "meetings.meetings.carry": Query(lambda w: (w.meeting_id, w.item_id), inserts=True),
    "meetings.meetings.carry_open": Query(
        lambda w: ({w.meeting_id: True},), elsewhere=nothing_carried
    ),
    "meetings.meetings.carry_none": Query(by_meeting, elsewhere=nothing),
    "meetings.meetings.carry_not": Query(lambda w: (w.meeting_id, w.item_id), elsewhere=nothing),
    "meetings.meetings.move": Query(lambda w: (w.meeting_id, JOINED, time(9)), elsewhere=nothing),
    "meetings.meetings.drop": Query(lambda w: (w.meeting_id, None), elsewhere=nothing),
    "meetings.meetings.in_calendars": Query(
        lambda w: ([w.team_id], JOINED), elsewhere=none_of_them
    ),
    "meetings.meetings.change": Query(by_meeting, lambda _w: {"place": "changed"}, nothing),
    "meetings.meetings.change_each": Query(
        lambda w: ({w.meeting_id: {"place": "changed"}},), elsewhere=nothing
    ),
    "meetings.meetings.change_promise": Query(
        by_team_promise, lambda _w: {"what": "changed"}, nothing
    ),
    "meetings.agenda.of_person": Query(by_rep, elsewhere=none_of_them),
    "meetings.meetings.promised_elsewhere": Query(by_team, elsewhere=none_of_them),
    "meetings.meetings.promises_by": Query(by_rep, elsewhere=none_of_them),
    "meetings.meetings.join_promises": Query(by_both, elsewhere=nothing),
    "meetings.meetings.let_promise_stand": Query(
        lambda w: (w.team_promise_id, "ask finance"),
        lambda _w: {"fine_for": ("UX",)},
        lambda _: False,
    ),
    "meetings.meetings.led": Query(lambda w: ([w.team_id], TODAY), elsewhere=nobody),
    "meetings.meetings.make": Query(
        lambda w: ([{**MEETING, "team_id": w.team_id, "planned_for": JOINED}],), inserts=True
    ),
    "meetings.meetings.of_team": Query(by_team, elsewhere=none_of_them),
    "meetings.meetings.one_promise": Query(by_team_promise, elsewhere=nothing),
    "meetings.meetings.open_promises": Query(by_teams, elsewhere=none_of_them),
    "meetings.meetings.over": Query(lambda w: ([w.team_id], 5), elsewhere=none_of_them),
    "meetings.meetings.planned_from": Query(
        lambda w: ([w.team_id], JOINED), elsewhere=none_of_them
    ),
    "meetings.meetings.promise": Query(lambda _w: (), team_promise_of, inserts=True),
    "meetings.meetings.promises_of": Query(lambda w: ([w.meeting_id],), elsewhere=none_of_them),
    "meetings.meetings.promises_of_team": Query(by_team, elsewhere=nobody),
    "meetings.meetings.remove": Query(lambda w: ([w.spare_meeting_id],), elsewhere=nothing),
    "meetings.meetings.get_many": Query(lambda w: ([w.meeting_id],), elsewhere=nobody),
    "meetings.meetings.to_come": Query(by_teams, elsewhere=none_of_them),
    "meetings.swaps.ask": Query(lambda _w: (), swap_of, inserts=True),
    "meetings.swaps.end": Query(by_meeting, elsewhere=nothing),
    "meetings.swaps.get_many": Query(lambda w: ([w.swap_id],), elsewhere=nobody),
    "meetings.swaps.let_go": Query(lambda w: (w.swap_id, SWAP_FORM), elsewhere=nothing),
    "meetings.swaps.made_by": Query(lambda _w: (SWAP_FORM,)),
    "meetings.swaps.mend": Query(lambda w: (w.swap_id, MESSAGE), elsewhere=nothing),
    "meetings.swaps.of_meetings": Query(lambda w: ([w.meeting_id],), elsewhere=nobody),
    "meetings.swaps.pairs": Query(lambda w: ([w.team_id],), elsewhere=none_of_them),
    "meetings.swaps.remove": Query(lambda w: ([w.meeting_id],), elsewhere=nothing),
    "meetings.swaps.settle": Query(lambda w: (w.swap_id, SwapState.TAKEN), elsewhere=nothing),
    "contacts.notes.edit": Query(
        lambda w: (w.manager_id, MESSAGE, "again", (), LATER), elsewhere=refused
    ),
    "contacts.notes.of_message": Query(lambda w: (w.manager_id, MESSAGE), elsewhere=nothing),
    "contacts.notes.add_once": Query(lambda w: (w.manager_id, "again", NOW, MESSAGE)),
    "contacts.notes.count": Query(lambda w: (w.manager_id,), elsewhere=lambda _: 0),
    "contacts.notes.mark_deleted": Query(
        lambda w: (w.note_id, w.manager_id, NOW), elsewhere=refused
    ),
    "contacts.notes.of_author": Query(lambda w: (w.manager_id, 10), elsewhere=none_of_them),
    "contacts.notes.get": Query(lambda w: (w.note_id, w.manager_id), elsewhere=nothing),
    "contacts.notes.purge": Query(lambda _w: (LATER,), deleted=True),
    "team.people.called": Query(lambda _w: ([key_of(REP.title())],)),
    "team.people.get_many": Query(lambda _w: ([MANAGER, REP],)),
    "team.people.lock": Query(lambda _w: (MANAGER,)),
    "team.people.lock_all": Query(lambda _w: ([MANAGER, REP],)),
    "team.people.get": Query(lambda _w: (REP,)),
    "team.people.remember_conversation": Query(lambda _w: (MANAGER, "D0CHANGED")),
    "team.people.remember_conversations": Query(
        lambda w: ({w.manager_id: "D0CHANGED"},), elsewhere=nothing
    ),
    "team.people.save_profiles": Query(lambda _w: ([Profile(REP, "Changed")], LATER)),
    "team.people.get_many_by_id": Query(lambda w: ([w.rep_id],), elsewhere=nobody),
    "promises.add": Query(lambda _w: (), promise_of, inserts=True),
    "promises.change": Query(by_promise, lambda _w: {"what": "changed"}, nothing),
    "promises.claim_telling": Query(lambda w: (w.promise_id, NOW), elsewhere=refused),
    "promises.close": Query(by_promise, lambda _w: {"kept_on": TODAY}, refused),
    "promises.goes_on_as": Query(by_promise, elsewhere=nothing),
    "promises.hand_on_earlier": Query(
        lambda w: (w.promise_id, w.manager_id, TODAY), elsewhere=nothing
    ),
    "promises.dispute": Query(lambda w: (w.promise_id, TODAY), elsewhere=refused),
    "promises.take_up_again": Query(by_promise, elsewhere=nothing),
    "promises.take_out": Query(lambda w: (promise_before(w), TODAY, NOW), elsewhere=nothing),
    "promises.reword": Query(lambda w: (promise_before(w),), reworded, nothing),
    "promises.delete_open_of_interaction": Query(lambda w: (w.touch_id, NOW), elsewhere=nothing),
    "promises.raised_and_kept": Query(
        lambda w: (w.team_id, JOINED, LATER.date()), elsewhere=none_of_them
    ),
    "contacts.cleared.add": Query(
        lambda _w: (),
        lambda w: {
            "team_id": w.team_id,
            "promise_id": w.promise_id,
            "month": TODAY,
            "text": "two days now",
        },
        inserts=True,
    ),
    "contacts.cleared.answer": Query(
        lambda w: (w.unposted_id, ClearedAnswer.YES), elsewhere=refused
    ),
    "contacts.cleared.answered_before": Query(lambda w: (w.team_id, TODAY), elsewhere=none_of_them),
    "contacts.cleared.ask": Query(lambda w: ([w.cleared_id],)),
    "contacts.cleared.asked_of": Query(lambda w: (w.team_id, w.rep_id), elsewhere=none_of_them),
    "contacts.cleared.end_open": Query(by_team, elsewhere=nothing),
    "contacts.cleared.get_many": Query(lambda w: ([w.cleared_id],), elsewhere=nobody),
    "contacts.cleared.not_posted": Query(lambda w: ([w.cleared_id],)),
    "contacts.cleared.of_month": Query(lambda w: (w.team_id, TODAY), elsewhere=none_of_them),
    "contacts.cleared.of_team": Query(by_team, elsewhere=none_of_them),
    "contacts.cleared.post": Query(lambda w: ([w.unposted_id], TODAY), elsewhere=none_counted),
    "contacts.cleared.put_back": Query(lambda w: ([w.cleared_id],)),
    "contacts.cleared.remove": Query(lambda w: ([w.cleared_id],)),
    "contacts.cleared.told_of": Query(lambda w: ([w.team_id],), elsewhere=lambda _: set()),
    "promises.kept_by": Query(
        lambda w: (Owner.MANAGER, [w.team_id], JOINED), elsewhere=none_of_them
    ),
    "promises.begin_anew": Query(lambda w: (w.promise_id, w.new_rep_id, NOW), elsewhere=nothing),
    "promises.begin_noted_anew": Query(
        lambda w: (w.touch_id, w.new_rep_id, NOW), elsewhere=nothing
    ),
    "promises.of_contacts": Query(lambda w: ([w.touch_id],), elsewhere=none_of_them),
    "promises.end_waiting": Query(lambda w: (w.promise_id, NOW), elsewhere=refused),
    "promises.change_waiting": Query(lambda w: (w.promise_id,), lambda _w: {"what": "x"}, refused),
    "promises.end": Query(lambda w: (w.promise_id, NOW), elsewhere=nothing),
    "promises.let_go_of_raised": Query(by_touch, elsewhere=nothing),
    "promises.get_many": Query(lambda w: ([w.promise_id],), elsewhere=nobody),
    "promises.of_interaction": Query(by_touch, elsewhere=none_of_them),
    "promises.of_reps": Query(lambda w: (w.team_id, [w.rep_id]), elsewhere=none_of_them),
    "promises.of_rep": Query(by_rep, elsewhere=none_of_them),
    "promises.told_to": Query(lambda w: (w.manager_id,), elsewhere=none_of_them),
    "promises.readable_ids": Query(by_team, elsewhere=none_of_them),
    "promises.settle_talks": Query(by_team, elsewhere=nothing),
    "promises.name_earlier": Query(
        lambda w: (w.team_id, w.manager_id, w.rep_id), elsewhere=nothing
    ),
    "promises.of_team": Query(by_team, elsewhere=none_of_them),
    "promises.of_teams": Query(lambda w: ([w.team_id], TODAY), elsewhere=none_of_them),
    "promises.get": Query(by_promise, elsewhere=nothing),
    "promises.open_of_team": Query(by_team, elsewhere=none_of_them),
    "promises.newest_contact": Query(
        lambda w: (w.team_id, w.rep_id, JOINED), elsewhere=none_counted
    ),
    "promises.open_with": Query(lambda w: ([(w.team_id, w.rep_id)],), elsewhere=none_of_them),
    "promises.let_go": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "promises.purge": Query(lambda _w: (LATER,), deleted=True),
    "promises.put_back_of_interaction": Query(
        lambda w: (w.touch_id, NOW), elsewhere=nothing, deleted=True
    ),
    "promises.steps_with": Query(
        lambda w: ({(w.team_id, w.rep_id): JOINED},), elsewhere=none_of_them
    ),
    "promises.standing": Query(lambda w: (w.team_id, TODAY), elsewhere=none_of_them),
    "results.activity.answers": Query(lambda w: ([w.plan_id],), elsewhere=nobody),
    "results.activity.of_reps": Query(by_reps, elsewhere=nobody),
    "results.activity.of_team": Query(by_team, elsewhere=nobody),
    "results.activity.remove": Query(lambda w: ([w.plan_id], TODAY), elsewhere=nothing),
    "results.activity.save": Query(lambda w: ([w.plan_id], AN_ANSWER), inserts=True),
    "results.balance.contacts": Query(by_whose, elsewhere=none_of_them),
    "results.balance.meetings": Query(
        lambda w: (w.team_id, JOINED, date.max), elsewhere=none_of_them
    ),
    "results.balance.reasons": Query(
        lambda w: (whose(w), {w.list_id: TODAY - timedelta(days=6)}), elsewhere=none_of_them
    ),
    "results.balance.sessions": Query(by_whose, elsewhere=none_of_them),
    "results.balance.topics": Query(by_whose, elsewhere=none_of_them),
    "results.directors.of_either": Query(
        lambda w: (w.team_id, NEW_REP), elsewhere=lambda _w: (False, True)
    ),
    "results.directors.of_team": Query(by_team, elsewhere=nothing),
    "results.directors.share": Query(
        lambda w: (w.team_id, w.rep_id, w.manager_id, NOW), inserts=True
    ),
    "results.directors.shared_with": Query(lambda _w: (NEW_REP,)),
    "results.directors.stop": Query(by_team, elsewhere=nothing),
    "results.metrics.choose": Query(
        lambda w: (w.team_id, [metric_key(METRIC.name)]), elsewhere=nothing
    ),
    "results.metrics.ids_of": Query(by_teams, elsewhere=nobody),
    "results.metrics.of_teams": Query(by_teams, elsewhere=nobody),
    "results.metrics.save": Query(lambda w: ({w.team_id: [A_METRIC]},), inserts=True),
    "results.period_words.of_author": Query(lambda w: (w.team_id, w.manager_id), elsewhere=nobody),
    "results.period_words.save": Query(
        lambda w: (w.team_id, w.manager_id, DECEMBER, "a quiet month"), inserts=True
    ),
    "results.results.add_spans": Query(
        lambda w: ([replace(w.span, period=DECEMBER)],), inserts=True
    ),
    "results.results.newest_periods": Query(lambda w: ([w.team_id], 3, TODAY), elsewhere=nobody),
    "results.results.of_rep": Query(
        lambda w: (w.team_id, w.rep_id, JOINED, TODAY), elsewhere=none_of_them
    ),
    "results.results.of_rep_by_period": Query(
        lambda w: (w.team_id, w.rep_id, JOINED, TODAY, TODAY), elsewhere=none_of_them
    ),
    "results.results.periods": Query(lambda w: (w.team_id, JOINED, TODAY), elsewhere=none_of_them),
    "results.results.running": Query(
        lambda w: (w.team_id, w.rep_id, TODAY), elsewhere=lambda _w: ()
    ),
    "results.results.of_reps": Query(by_reps, elsewhere=none_of_them),
    "results.results.on_day": Query(lambda w: ([w.team_id], TODAY), elsewhere=nobody),
    "results.results.readings": Query(lambda w: ([w.span.id], JOINED, TODAY), elsewhere=nobody),
    "results.results.save_readings": Query(lambda w: ([(w.span.id, A_READING)],), inserts=True),
    "results.results.spans": Query(lambda w: ([w.team_id], JOINED, TODAY), elsewhere=none_of_them),
    "results.results.that_warn": Query(
        lambda w: (w.team_id, JOINED, TODAY), elsewhere=none_of_them
    ),
    "results.results.weekly": Query(lambda w: ([w.team_id], JOINED, TODAY), elsewhere=nobody),
    "results.saving.add": Query(lambda _w: (), another_plan, inserts=True),
    "results.saving.add_step": Query(lambda w: (w.plan_id, w.spare_promise_id), inserts=True),
    "results.saving.change": Query(
        lambda w: (w.plan_id,), lambda _w: {"helped": "x"}, elsewhere=nothing
    ),
    "results.saving.get": Query(lambda w: (w.plan_id,), elsewhere=nothing),
    "results.saving.get_many": Query(lambda w: ([w.plan_id],), elsewhere=nobody),
    "results.saving.helped": Query(by_teams, elsewhere=nobody),
    "results.saving.of_reps": Query(by_reps, elsewhere=none_of_them),
    "results.saving.of_team": Query(by_team, elsewhere=none_of_them),
    "results.saving.of_warning": Query(
        lambda w: (w.team_id, w.rep_id, metric_key(METRIC.name), w.span.period.start),
        elsewhere=nothing,
    ),
    "results.saving.since_or_helped": Query(
        lambda w: ([w.team_id], JOINED), elsewhere=none_of_them
    ),
    "results.saving.standing": Query(lambda w: ([w.team_id], TODAY), elsewhere=none_of_them),
    "results.saving.within": Query(lambda w: ([w.team_id], JOINED, TODAY), elsewhere=none_of_them),
    "results.standing.figures": Query(
        lambda w: (w.span.metric_id, w.span.period.start, w.span.period.end),
        elsewhere=none_of_them,
    ),
    "results.standing.hold": Query(lambda w: ([w.span.id],), elsewhere=lambda _: set()),
    "results.standing.of_team": Query(lambda w: (w.team_id, 0, 5), elsewhere=none_of_them),
    "results.standing.period_of": Query(lambda w: (w.span.id,), elsewhere=nothing),
    "results.standing.take_back": Query(lambda w: ([w.span.id],), elsewhere=none_counted),
    "results.saving.steps_of": Query(lambda w: ([w.plan_id],), elsewhere=nobody),
    "results.saving.steps_of_reps": Query(by_reps, elsewhere=nobody),
    "sessions.sessions.add_set": Query(lambda w: (w.team_id, 2, DEFAULT_TOPICS), inserts=True),
    "sessions.sessions.current_set": Query(by_team, elsewhere=nothing),
    "sessions.sessions.current_topics": Query(by_teams, elsewhere=nobody),
    "sessions.sessions.held_on": Query(lambda w: (w.team_id, w.rep_id, TODAY), elsewhere=refused),
    "sessions.sessions.history": Query(
        lambda w: (w.team_id, w.rep_id, "territory", 5), elsewhere=none_of_them
    ),
    "sessions.sessions.save": Query(
        lambda w: (w.touch_id, w.topic_set_id, (), SessionNotes(results="changed")), inserts=True
    ),
    "sessions.plans.follow": Query(by_pairs, elsewhere=nothing),
    "sessions.plans.keep": Query(lambda w: ([w.touch_id],), elsewhere=none_of_them),
    "sessions.plans.last_said": Query(by_pairs, elsewhere=nothing_for_the_pair),
    "sessions.plans.last_shared": Query(by_pairs, elsewhere=nothing_for_the_pair),
    "sessions.sessions.spoken_of": Query(lambda w: ([w.touch_id],), elsewhere=nobody),
    "sessions.plans.of_teams": Query(
        lambda w: ([w.team_id], JOINED, TODAY), elsewhere=none_of_them
    ),
    "sessions.sessions.of_interactions": Query(lambda w: ([w.touch_id],), elsewhere=nobody),
    "sessions.sessions.of_reps": Query(by_reps, elsewhere=nobody),
    "sessions.sessions.purge": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "sessions.sessions.set_of": Query(lambda w: (w.touch_id,), elsewhere=nothing),
    "sessions.sessions.texts": Query(by_rep, elsewhere=none_of_them),
    "sessions.sessions.with_rep": Query(by_rep, elsewhere=nobody),
    "sessions.sessions.topics": Query(
        lambda w: (w.team_id, w.topic_set_id), elsewhere=lambda _: ()
    ),
    "sessions.sharing.see": Query(lambda w: (w.touch_id, None, NOW), elsewhere=refused),
    "sessions.sharing.change": Query(by_touch, lambda _w: {"rep_words": "changed"}, refused),
    "sessions.sharing.of_interactions": Query(
        lambda w: ([w.touch_id],), lambda _w: {"with_objection": True}, nobody
    ),
    "sessions.sharing.of_reps": Query(by_reps, elsewhere=nobody),
    "sessions.sharing.plans_read": Query(
        lambda w: (w.team_id, w.rep_id, LATER.date(), LATER), elsewhere=nobody
    ),
    "sessions.sharing.end": Query(lambda w: (w.touch_id, NOW), elsewhere=refused),
    "sessions.sharing.share": Query(lambda w: (w.touch_id, w.rep_id, NOW), inserts=True),
    "sessions.sharing.unshare": Query(lambda w: (w.touch_id, w.rep_id), elsewhere=nothing),
    "sessions.sharing.words_of_ended": Query(lambda w: (w.touch_id, w.rep_id), elsewhere=nothing),
    "sessions.sharing.purge": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "team.memberships.about": Query(by_rep, elsewhere=nothing),
    "team.memberships.forget": Query(by_rep, elsewhere=nothing),
    "team.memberships.get_many": Query(lambda w: ([w.question_id],), elsewhere=nobody),
    "team.memberships.has_entries": Query(by_rep, elsewhere=refused),
    "team.memberships.join": Query(lambda w: (w.team_id, w.team_id, NOW), elsewhere=nothing),
    "team.memberships.keep": Query(
        lambda w: (w.team_id, [w.new_rep_id], QuestionState.ASKED, NOW), inserts=True
    ),
    "team.memberships.open_for": Query(by_team, elsewhere=none_of_them),
    "team.memberships.purge": Query(lambda _w: (LATER,)),
    "team.memberships.settle": Query(
        lambda w: (w.question_id, QuestionState.ASKED, QuestionState.FINE, NOW), elsewhere=refused
    ),
    "team.memberships.settle_who_came": Query(lambda _w: (TODAY, NOW)),
    "team.ramps.add": Query(lambda w: (w.team_id, A_STEP), inserts=True),
    "team.ramps.begin": Query(lambda w: ([w.team_id],), inserts=True),
    "team.ramps.change": Query(lambda w: (w.team_id, w.step_id, A_STEP), elsewhere=refused),
    "team.ramps.claim": Query(lambda w: (w.membership_id, w.step_id, LATER.date()), inserts=True),
    "team.ramps.keep": Query(
        lambda w: (w.membership_id, w.step_id, w.promise_id, LATER.date()), elsewhere=nothing
    ),
    "team.ramps.laid": Query(lambda w: ([w.membership_id],), elsewhere=none_of_them),
    "team.ramps.places": Query(lambda w: ([w.team_id], JOINED), elsewhere=none_of_them),
    "team.ramps.remove": Query(lambda w: (w.team_id, w.step_id, NOW), elsewhere=refused),
    "team.ramps.steps_of": Query(lambda w: ([w.team_id],), elsewhere=nobody),
    "team.teams.add_members": Query(lambda w: ([(w.team_id, w.new_rep_id, TODAY)],), inserts=True),
    "team.teams.add_memberships": Query(
        lambda w: ([(w.team_id, w.new_rep_id, TODAY, JOINED.replace(year=2030))],), inserts=True
    ),
    "team.absences.add": Query(lambda w: (w.rep_id, TODAY, None), inserts=True),
    "team.teams.all_ever": Query(lambda _w: ()),
    "team.teams.all_teams": Query(lambda _w: ()),
    "team.teams.count_series": Query(lambda w: (w.team_id,), elsewhere=nothing),
    "team.teams.change": Query(lambda w: (w.team_id, SETTINGS), elsewhere=nothing),
    "team.teams.change_all": Query(lambda w: ([(w.team_id, SETTINGS)],), elsewhere=nothing),
    "team.teams.change_membership": Query(
        lambda w: (w.membership_id,),
        lambda _w: {"joined_on": TODAY, "left_on": TODAY, "cadences": {}},
        nothing,
    ),
    "team.teams.create": Query(lambda w: (w.new_rep_id, SETTINGS, NOW), inserts=True),
    "team.teams.create_all": Query(lambda w: ([(w.new_rep_id, SETTINGS)], NOW), inserts=True),
    "team.teams.end_memberships": Query(lambda w: ([w.membership_id], TODAY), elsewhere=nothing),
    "team.teams.ever_with": Query(lambda w: (w.rep_id,), elsewhere=none_of_them),
    "team.teams.leading": Query(lambda w: ([w.manager_id],), elsewhere=lambda _: set()),
    "team.teams.join_to": Query(by_both, elsewhere=nothing),
    "team.teams.lock": Query(by_teams, elsewhere=nothing),
    "team.teams.mark_introduced": Query(lambda w: (w.membership_id, NOW), elsewhere=refused),
    "team.teams.members": Query(by_team, elsewhere=none_of_them),
    "team.absences.of_members": Query(lambda w: ([w.team_id], TODAY), elsewhere=nobody),
    "team.teams.members_of": Query(lambda w: ([w.team_id], TODAY), elsewhere=none_of_them),
    "team.teams.of_manager": Query(lambda _w: (MANAGER,)),
    "team.teams.newest_memberships": Query(lambda _w: ()),
    "team.absences.end_stand_ins": Query(lambda w: (w.manager_id,), elsewhere=nothing),
    "team.absences.remove": Query(
        lambda w: (w.rep_id, w.time_off_id, w.team_id), elsewhere=nothing
    ),
    "team.teams.reps_ever": Query(by_teams, elsewhere=nobody),
    "team.teams.get_memberships": Query(lambda w: ([w.membership_id],), elsewhere=none_of_them),
    "team.teams.introduced": Query(by_teams, elsewhere=lambda _: set()),
    "team.teams.places": Query(lambda _w: ([REP], TODAY)),
    "team.teams.memberships_of": Query(lambda _w: (REP, TODAY)),
    "team.teams.pass_to": Query(lambda w: (w.team_id, w.new_rep_id, LATER), elsewhere=nothing),
    "team.teams.forget_introductions": Query(by_team, elsewhere=nothing),
    "team.teams.set_first_line": Query(lambda w: (w.membership_id, "changed"), elsewhere=nothing),
    "team.teams.set_thanks": Query(lambda w: (w.membership_id, Thanks.WELCOME), elsewhere=nothing),
    "team.teams.set_days": Query(
        lambda w: ({w.membership_id: (JOINED, TODAY)},), elsewhere=nothing
    ),
    "team.teams.set_new_on_team": Query(
        lambda w: ([w.membership_id],), lambda _w: {"is_new": False}, nothing
    ),
    "team.teams.set_first_lines": Query(
        lambda w: ({w.membership_id: "changed"},), elsewhere=nothing
    ),
    "team.teams.stood_in_for": Query(lambda _w: (NEW_REP,)),
    "team.absences.stood_in_by": Query(lambda w: ([w.new_rep_id], TODAY), elsewhere=none_of_them),
    "team.absences.stood_in_on": Query(lambda w: ([w.time_off_id], TODAY), elsewhere=none_of_them),
    "team.absences.tick": Query(lambda w: (w.time_off_id, [w.promise_id]), inserts=True),
    "team.absences.ticked": Query(lambda w: ([w.time_off_id],), elsewhere=nobody),
    "team.absences.of_people": Query(
        lambda w: ([(w.team_id, w.rep_id)],), elsewhere=lambda w: {(w.team_id, w.rep_id): []}
    ),
    "team.teams.get": Query(by_team, elsewhere=nothing),
    "team.teams.get_many": Query(by_teams, elsewhere=none_of_them),
    "team.teams.with_rep": Query(lambda _w: (MANAGER, REP)),
    "todo.answers_of_team": Query(by_team, elsewhere=nobody),
    "todo.answers_to": Query(lambda w: ([w.issue_id],), elsewhere=nobody),
    "todo.dispute_answer": Query(
        lambda w: (w.answer_id, w.rep_id, AN_ISSUE_ANSWER, LATER.date()), elsewhere=refused
    ),
    "todo.ended_issues": Query(lambda w: (w.team_id, JOINED, LATER.date()), elsewhere=none_of_them),
    "todo.forget_answer": Query(lambda w: (w.issue_id, w.rep_id), elsewhere=nothing),
    "todo.issue": Query(lambda w: (w.team_id, w.issue_id), elsewhere=nothing),
    "todo.note_answer": Query(
        lambda w: (w.issue_id, w.new_rep_id, AN_ISSUE_ANSWER, TODAY), inserts=True
    ),
    "todo.noted_of": Query(lambda w: (w.team_id, w.rep_id, JOINED), elsewhere=none_of_them),
    "todo.add_issue": Query(lambda w: (w.team_id,), issue_of, inserts=True),
    "todo.add_slots": Query(lambda w: ([(w.list_id, w.new_rep_id, TODAY, REASON)],), inserts=True),
    "todo.all_slots": Query(by_team, elsewhere=none_of_them),
    "todo.slots_of_reps": Query(by_reps, elsewhere=none_of_them),
    "todo.join_issues": Query(lambda w: (w.team_id, w.team_id, TODAY), elsewhere=nothing),
    "todo.abouts": Query(lambda w: (w.team_id, [REASON.kind]), elsewhere=none_of_them),
    "todo.change": Query(lambda w: (w.slot_id,), lambda _w: {"day": None}, nothing),
    "todo.change_all": Query(lambda w: ({w.slot_id: (None, REASON)},), elsewhere=nothing),
    "todo.change_reason": Query(lambda w: (w.slot_id, REASON), elsewhere=nothing),
    "todo.change_issue": Query(
        lambda w: (w.team_id, w.issue_id), lambda _w: {"text": "changed"}, nothing
    ),
    "todo.end_issue": Query(lambda w: (w.team_id, w.issue_id, JOINED), elsewhere=refused),
    "todo.issues": Query(lambda w: ([w.team_id], TODAY), elsewhere=lambda w: {w.team_id: []}),
    "todo.issues_with_answers": Query(
        lambda w: ([w.team_id], JOINED), elsewhere=lambda w: ({w.team_id: []}, {})
    ),
    "todo.latest": Query(by_teams, elsewhere=nobody),
    "todo.lists": Query(lambda w: ([w.team_id], JOINED, TODAY), elsewhere=nobody),
    "todo.make_lists": Query(lambda w: ([(w.team_id, JOINED)], NOW), inserts=True),
    "todo.thank": Query(lambda w: (w.slot_id, TODAY), elsewhere=refused),
    "todo.withhold": Query(lambda w: (w.team_id, [REASON.about], "changed"), elsewhere=nothing),
    "todo.reword": Query(lambda _w: (REASON.about, "changed"), elsewhere=nothing),
    "todo.get": Query(lambda w: (w.slot_id,), elsewhere=nothing),
    "todo.slots": Query(lambda w: ([w.team_id], JOINED, TODAY), elsewhere=none_of_them),
    "todo.slots_of": Query(
        lambda w: ({w.list_id: (w.team_id, TODAY)}, {w.rep_id: rep_of(w)}),
        elsewhere=lambda w: {(w.team_id, TODAY): []},
    ),
    "accounts.transitions.drop": Query(by_transition, elsewhere=nothing),
    "accounts.transitions.join": Query(
        lambda w: ([passing(w)], w.team_id, {w.account.id: w.account.id}), inserts=True
    ),
    "accounts.transitions.keep": Query(
        lambda w: (w.team_id, w.rep_id, [w.account.id], w.new_rep_id, TODAY, TODAY), inserts=True
    ),
    "accounts.transitions.mark_introduced": Query(
        lambda w: (w.transition_id, TODAY), elsewhere=nothing
    ),
    "accounts.transitions.of_teams": Query(by_teams, elsewhere=none_of_them),
    "accounts.transitions.get": Query(by_transition, elsewhere=nothing),
    "accounts.accounts.add_spelling": Query(lambda w: (w.account, "Acme Ltd"), inserts=True),
    "accounts.accounts.ensure": Query(lambda w: (w.team_id, ["Hooli"]), inserts=True),
    "accounts.accounts.forget_unused": Query(lambda w: ([w.account.id],), elsewhere=nothing),
    "accounts.accounts.get": Query(lambda w: (w.account.id,), elsewhere=nothing),
    "accounts.accounts.merge": Query(lambda w: (w.account, w.other_account), elsewhere=nothing),
    "accounts.accounts.named": Query(lambda w: (w.team_id, "acme"), elsewhere=nothing),
    "accounts.accounts.of_teams": Query(by_teams, elsewhere=none_of_them),
    "accounts.accounts.rename": Query(lambda w: (w.account, "Acme Ltd"), inserts=True),
    "accounts.accounts.split": Query(lambda w: (w.account, w.account.spellings[0]), inserts=True),
    "accounts.accounts.tick_key": Query(
        lambda w: (w.account.id,), lambda _w: {"is_key": True}, nothing
    ),
    "accounts.dates.add": Query(lambda w: (w.team_id, said_at(w)), inserts=True),
    "accounts.dates.at_accounts": Query(lambda w: ([w.account.id],), elsewhere=none_of_them),
    "accounts.dates.change": Query(
        lambda w: (w.account_date_id,), lambda _w: {"done_on": TODAY}, nothing
    ),
    "accounts.dates.forget": Query(lambda w: ([w.account.id],), elsewhere=nothing),
    "accounts.dates.get": Query(lambda w: (w.account_date_id,), elsewhere=nothing),
    "accounts.dates.let_go": Query(lambda w: ([w.touch_id],), elsewhere=none_of_them),
    "accounts.dates.join": Query(lambda w: (date_of(w, 1), date_of(w, 2)), elsewhere=nothing),
    "accounts.dates.merge": Query(lambda w: (w.account.id, w.other_account.id), elsewhere=nothing),
    "accounts.dates.of_account": Query(lambda w: (w.account.id,), elsewhere=none_of_them),
    "accounts.dates.of_contact": Query(lambda w: (w.touch_id,), elsewhere=none_of_them),
    "accounts.dates.coming_of_rep": Query(
        lambda w: (w.team_id, w.rep_id, JOINED), elsewhere=none_of_them
    ),
    "accounts.dates.of_rep": Query(lambda w: (w.team_id, w.rep_id), elsewhere=none_of_them),
    "accounts.dates.of_team": Query(by_team, elsewhere=none_of_them),
    "accounts.dates.readable_ids": Query(by_team, elsewhere=none_of_them),
    "accounts.dates.shared_of_team": Query(lambda w: (w.team_id, JOINED), elsewhere=none_of_them),
    "accounts.dates.of_teams": Query(
        lambda w: ([w.team_id], JOINED, LATER.date()), elsewhere=none_of_them
    ),
    "accounts.dates.say": Query(lambda w: (w.account_date_id, "Acme", TODAY), inserts=True),
    "accounts.dates.split": Query(
        lambda w: (w.account.id, "acme", w.other_account.id), elsewhere=nothing
    ),
    "accounts.dates.unsay": Query(lambda w: ([w.said_id],), elsewhere=nothing),
    "accounts.acquaintances.at_key_accounts": Query(by_teams, elsewhere=nobody),
    "accounts.acquaintances.been_ahead": Query(
        lambda w: ([w.team_id], JOINED, LATER.date()), elsewhere=nobody
    ),
    "accounts.acquaintances.accounts_of": Query(lambda w: ([w.touch_id],), elsewhere=none_of_them),
    "accounts.acquaintances.at_accounts_of": Query(
        by_pairs, elsewhere=lambda w: {(w.team_id, w.rep_id): []}
    ),
    "accounts.acquaintances.follow": Query(lambda w: ([w.account.id],), elsewhere=nothing),
    "accounts.acquaintances.last_visits": Query(lambda w: ([w.account.id],), elsewhere=nobody),
    "accounts.acquaintances.keep": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "accounts.acquaintances.name": Query(lambda w: (w.account.id, w.rep_id, 1), elsewhere=nothing),
    "accounts.acquaintances.merge": Query(
        lambda w: (w.account.id, w.other_account.id), elsewhere=nothing
    ),
    "accounts.acquaintances.of_account": Query(lambda w: (w.account.id,), elsewhere=none_of_them),
    "accounts.acquaintances.of_teams": Query(by_teams, elsewhere=nobody),
    "accounts.market.add": Query(
        lambda _w: (),
        lambda w: heard_of(w.team_id, w.touch_id, w.manager_id, w.rep_id, None),
        inserts=True,
    ),
    "accounts.market.add_tag": Query(lambda w: (w.team_id, "price"), inserts=True),
    "accounts.market.change": Query(
        lambda w: (w.market_note_id,), lambda _w: {"text": "changed"}, nothing
    ),
    "accounts.market.forget": Query(lambda w: ([w.market_note_id],), elsewhere=nothing),
    "accounts.market.forget_spelling": Query(lambda w: (w.tag, "plant"), elsewhere=nothing),
    "accounts.market.forget_unused": Query(by_teams, elsewhere=nothing),
    "accounts.market.get": Query(lambda w: (w.market_note_id,), elsewhere=nothing),
    "accounts.market.get_tag": Query(lambda w: (w.tag.id,), elsewhere=nothing),
    "accounts.market.let_go": Query(lambda w: ([w.touch_id],), elsewhere=nothing),
    "accounts.market.merge": Query(lambda w: (w.tag, w.other_tag), elsewhere=nothing),
    "accounts.market.of_contacts": Query(lambda w: ([w.touch_id],), elsewhere=nobody),
    "accounts.market.of_reps": Query(by_reps, elsewhere=none_of_them),
    "accounts.market.of_team": Query(by_team, elsewhere=none_of_them),
    "accounts.market.part": Query(
        lambda w: (w.tag, w.other_tag.id, "plant", [w.tag.own.id]), inserts=True
    ),
    "accounts.market.pass_to": Query(lambda w: (w.touch_id, w.new_rep_id), elsewhere=nothing),
    "accounts.market.rename": Query(lambda w: (w.tag, "changed"), inserts=True),
    "accounts.market.set_day": Query(lambda w: (w.touch_id, JOINED), elsewhere=nothing),
    "accounts.market.set_tags": Query(
        lambda w: ({w.market_note_id: [w.tag.own.id]},), inserts=True
    ),
    "accounts.market.set_issue": Query(lambda w: (w.tag.id, w.issue_id), elsewhere=nothing),
    "accounts.market.settle": Query(lambda w: (w.tag.id, TODAY), elsewhere=nothing),
    "accounts.market.since": Query(lambda w: ([w.team_id], JOINED), elsewhere=none_of_them),
    "accounts.market.spell": Query(lambda w: (w.team_id, w.tag.id, "price"), inserts=True),
    "accounts.market.split": Query(lambda w: (w.tag, w.tag.own), inserts=True),
    "accounts.market.tags_of": Query(by_teams, elsewhere=none_of_them),
    "accounts.market.tell_apart": Query(lambda w: (w.tag.id,), elsewhere=nothing),
    "accounts.market.texts": Query(by_rep, elsewhere=none_of_them),
    "contacts.standing.follow": Query(lambda w: (contact_of(w),), elsewhere=nothing),
}


def queries_of_storage() -> dict[str, Callable[..., Any]]:
    """Every public function of storage's modules that takes a transaction."""
    found: dict[str, Callable[..., Any]] = {}
    for module_info in pkgutil.walk_packages(storage.__path__, "storage."):
        if module_info.name.startswith("storage.migrations."):
            continue
        module = importlib.import_module(module_info.name)
        for name, function in inspect.getmembers(module, inspect.isfunction):
            takes = {p.annotation for p in inspect.signature(function).parameters.values()}
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and Transaction in takes:
                found[f"{module_info.name.removeprefix('storage.')}.{name}"] = function
    return found


FUNCTIONS = queries_of_storage()


def ask(tx: Transaction, name: str, world: World) -> Any:
    query = QUERIES[name]
    return FUNCTIONS[name](tx, *query.call(world), **query.named(world))


class NotKeptError(Exception):
    """Ends a transaction of which nothing should be kept."""


@contextmanager
def trying(database: Database, world: World) -> Iterator[Transaction]:
    """A transaction of that workspace that leaves nothing behind."""
    with suppress(NotKeptError), database.writing(world.workspace_id) as tx:
        yield tx
        raise NotKeptError


def made_for(database: Database, slack_id: str, deleted: bool) -> World:
    """A workspace whose promise and note stand, or are deleted with one contact more, and whose
    manager named a stand-in."""
    world = fill(database, slack_id)
    with database.writing(world.workspace_id) as tx:
        absences.add(tx, world.manager_id, TODAY, None, world.new_rep_id)
        if deleted:
            add_touch(tx, world.team_id, world.rep_id, world.manager_id, deleted_at=NOW)
            promises.change(tx, world.promise_id, deleted_at=NOW)
            notes.mark_deleted(tx, world.note_id, world.manager_id, NOW)
    return world


standing_and_deleted = pytest.mark.parametrize("deleted", [False, True])


def test_every_query_of_storage_is_tried_here() -> None:
    assert set(QUERIES) == set(FUNCTIONS)


# Its hundreds of queries are no tests of their own: to report each takes longer than to ask it.
@standing_and_deleted
def test_what_a_query_answers_is_of_its_own_workspace(database: Database, deleted: bool) -> None:
    asked = {name: q for name, q in QUERIES.items() if not q.inserts and q.deleted == deleted}
    own = made_for(database, "T0HOME", deleted)
    alone = {}
    for name in asked:
        with trying(database, own) as tx:
            alone[name] = ask(tx, name, own)
    other = made_for(database, "T0AWAY", deleted)
    faults = []
    for name, query in asked.items():
        with trying(database, own) as tx:
            if ask(tx, name, own) != alone[name]:
                faults.append(f"{name} of its own")
        expected = query.elsewhere(other) if query.elsewhere else alone[name]
        with trying(database, own) as tx:
            if ask(tx, name, other) != expected:
                faults.append(f"{name} of the other's")
    assert faults == []


@standing_and_deleted
def test_a_query_changes_no_other_workspace(database: Database, deleted: bool) -> None:
    own, other = (made_for(database, name, deleted) for name in ("T0HOME", "T0AWAY"))
    asked = {name: query for name, query in QUERIES.items() if query.deleted == deleted}
    with trying(database, own) as tx:
        before = rows_of(tx, other.workspace_id)
    faults = []
    for name, query in asked.items():
        with trying(database, own) as tx:
            with statements(database) as sent:
                ask(tx, name, own if query.inserts else other)
            writes = not all(one.startswith("SELECT ") for one in sent)
            if writes and rows_of(tx, other.workspace_id) != before:
                faults.append(name)
    assert faults == []
