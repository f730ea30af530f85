"""The JSON export, format windshield/1: complete but for what is private, which its author alone
gets under keys of its own.

Scripts rely on it: keys may be added, never taken away or changed in meaning. Each is written down
by its name, so that what a domain value gains is not let out unnoticed, and described in
docs/export.schema.json.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date, datetime, time
from decimal import Decimal
from itertools import islice
from typing import Any

from bot.domain.accounts.accounts import Acquaintance
from bot.domain.accounts.dates import AccountDate
from bot.domain.accounts.market import MarketNote
from bot.domain.accounts.transitions import Transition
from bot.domain.accounts.visits import Visit
from bot.domain.binder.record import PrivateWords, TeamRecord
from bot.domain.contacts.cleared import ClearedLine
from bot.domain.contacts.interactions import Interaction
from bot.domain.field_days import FieldDayNotes
from bot.domain.meetings.agenda import AgendaItem, MeetingRecord, TeamPromise
from bot.domain.promises import Promise
from bot.domain.results.results import MetricKind, Result
from bot.domain.results.saving import SaveItPlan
from bot.domain.sessions.sessions import Session, StandingPlan
from bot.domain.sessions.sharing import Sharing
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.calendar import DAYS
from bot.domain.team.ramp import RampStep
from bot.domain.team.settings import Section, TeamSettings
from bot.domain.team.teams import Membership, Team, TimeOff
from bot.domain.todo.kinds import contact_of
from bot.domain.todo.lists import Slot, SlotState
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.todo.round_up import IssueAnswer
from bot.exchange.json_packs import transition_packs

FORMAT = "windshield/1"
ROWS = 500
"""In a piece of the document: some hundred thousand characters."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def to_json(
    record: TeamRecord,
    exported_at: datetime,
    progress: Callable[[int, int], object] = lambda _done, _of: None,
) -> Iterator[str]:
    """The record as a JSON document, each entry on a line of its own, ending in a line break; in
    pieces, for years of a large team make a long one.

    Dates and instants are in ISO 8601, people are Slack ids under `rep`, `manager` and `owner`.
    `progress` is told how many keys of the document are written, and of how many.
    """
    lines = _lines(document_of(record, exported_at), progress)
    while piece := "".join(islice(lines, ROWS)):
        yield piece


def _lines(document: Mapping[str, Any], progress: Callable[[int, int], object]) -> Iterator[str]:
    between = "{"
    for done, (name, value) in enumerate(document.items(), 1):
        yield f"{between}\n{_encode(name)}: "
        if isinstance(value, str | dict):
            yield _encode(value)
        else:
            yield "["
            comma = ""
            for entry in value:
                yield f"{comma}\n{_encode(entry)}"
                comma = ","
            yield "]"
        between = ","
        progress(done, len(document))
    yield "\n}\n"


def document_of(record: TeamRecord, exported_at: datetime) -> dict[str, Any]:
    """The document by its keys: under each a text, an object, or objects of which each is made as
    it is asked for, once."""
    contacts = {
        one.id: one
        for one in (
            *record.touches,
            *(contact for contact, _ in record.sessions),
            *(contact for contact, _ in record.field_days),
        )
    }
    logged = {one: contact.kind.value for one, contact in contacts.items()}
    reps = {member.rep.id: member.rep.slack_id for member in record.members}
    return {
        "format": FORMAT,
        "exported_at": _iso(exported_at),
        "team": {
            **_team(record.team),
            **_warned_by(record.results),
            "ramp": [_step(step) for step in record.ramp],
        },
        "reps": _reps(record.members),
        "touches": (_touch(touch) for touch in record.touches),
        "sessions": (
            {
                **_session(contact, session, record.planned_for.get(contact.id)),
                **_shared(record.shared.get(contact.id)),
            }
            for contact, session in record.sessions
        ),
        "field_days": (
            {
                **_field_day(contact, notes, record.planned_for.get(contact.id)),
                **_shared(record.shared.get(contact.id)),
            }
            for contact, notes in record.field_days
        ),
        "promises": (
            _promise(promise, logged, record.cleared.get(promise.id)) for promise in record.promises
        ),
        "todo_lists": _todo_lists(record),
        "meetings": (_meeting(one) for one in record.meetings),
        "team_promises": (_team_promise(one) for one in record.promised_elsewhere),
        "issues_of_the_day": (
            _issue(issue, record.issue_answers.get(issue.id, ())) for issue in record.issues
        ),
        "results": (one for result in record.results for one in _readings(result)),
        "save_it_plans": (_save_it_plan(one, record) for one in record.save_it_plans),
        "time_off": _time_off(record),
        "transitions": (_transition(one) for one in record.transitions),
        "accounts": _accounts(record),
        "account_dates": (_account_date(one, logged) for one in record.account_dates),
        "plans": (_plan(one, reps) for one in record.plans),
        "market_notes": (_market_note(note, logged) for note in record.market_notes),
        "transition_packs": transition_packs(record.pack.reps if record.pack else ()),
        **_private(record.private, contacts),
    }


def _private(private: PrivateWords | None, contacts: Mapping[int, Interaction]) -> dict[str, Any]:
    """Under keys of their own, which no other export has."""
    if private is None:
        return {}
    noted = sorted(private.contact_notes.keys() & contacts.keys())
    return {
        "private_notes": [
            {
                "contact": {"kind": contacts[one].kind, "id": one},
                "rep": contacts[one].rep.slack_id,
                "occurred_on": _iso(contacts[one].occurred_on),
                "text": private.contact_notes[one],
            }
            for one in noted
        ],
        "between_us": [
            {
                "id": one.id,
                "rep": one.rep.slack_id,
                "what": one.what,
                "raised_on": _iso(one.raised_on),
                "asked_for_time": one.for_time,
                "due_on": _iso(one.due_on),
                "kept_on": _iso(one.kept_on),
                "dropped_on": _iso(one.dropped_on),
                "closing_words": one.closing_words,
            }
            for one in private.between_us
        ],
        "notes_to_myself": [
            {"id": one.id, "written_at": _iso(one.written_at), "text": one.text}
            for one in private.notes
        ],
    }


def _team(team: Team) -> dict[str, Any]:
    settings = team.settings
    return {
        "manager": team.manager.slack_id,
        "name": team.manager.name,
        "time_zone": team.meeting_zone_name,
        "channel_id": settings.channel,
        "country": settings.country,
        "todo_day": DAYS[settings.todo_day],
        "todo_time": _iso(settings.todo_time),
        "morning_line": settings.morning_line,
        "raised_line": settings.raised_line,
        "meeting_day": DAYS[settings.meeting_days[0]] if settings.meeting_days else None,
        "meeting_time": _iso(settings.meeting_time),
        "meeting": _terms(settings),
        "period": settings.period,
        "cadences": _cadences(settings.cadences),
    }


def _warned_by(results: Iterable[Result]) -> dict[str, Any]:
    counted = {one.metric for one in results if one.metric.chosen}
    chosen = {one.name for one in counted if one.kind is MetricKind.LAGGING}
    return {"warned_by_results": bool(chosen), "warned_by_metrics": sorted(chosen)}


def _step(step: RampStep) -> dict[str, Any]:
    return {"day": step.day, "owner": step.owner, "what": step.what}


def _readings(result: Result) -> Iterator[dict[str, Any]]:
    metric = result.metric
    for reading in result.readings:
        yield {
            "rep": result.rep_id,
            "metric": metric.name,
            "kind": metric.kind,
            "unit": metric.unit or None,
            "better": metric.better,
            "period_start": _iso(result.period.start),
            "period_end": _iso(result.period.end),
            "target": _number(reading.target),
            "actual": _number(reading.actual),
            "as_of": _iso(reading.as_of),
        }


def _save_it_plan(plan: SaveItPlan, record: TeamRecord) -> dict[str, Any]:
    return {
        "rep": plan.rep.slack_id,
        "metric": plan.metric,
        "period_start": _iso(plan.period.start),
        "period_end": _iso(plan.period.end),
        "number_a_week": plan.a_week,
        "activity": plan.leading,
        "helper": plan.helper,
        "steps": list(record.plan_steps.get(plan.id, ())),
        "answers": [
            {"week_start": _iso(one.monday), "number": one.count, "activity": one.counted}
            for one in record.plan_answers.get(plan.id, ())
        ],
        "made_on": _iso(plan.made_on),
        "check_on": _iso(plan.check_on),
        "closed_on": _iso(plan.closed_on),
        "helped": plan.helped,
    }


def _number(value: Decimal) -> int | float:
    # Whoever reads JSON reads its numbers as these.
    return int(value) if value == value.to_integral_value() else float(value)


def _terms(settings: TeamSettings) -> dict[str, Any]:
    terms = settings.meeting
    return {
        "days": [DAYS[day] for day in settings.meeting_days],
        "every_weeks": terms.every,
        "counted_from": _iso(terms.starts_on),
        "minutes": terms.minutes,
        "place": terms.place,
        "on_holiday": terms.on_holiday,
        "lead_minutes": terms.lead,
        "sections": [
            {
                "key": section.key,
                "title": section.title,
                "minutes": section.minutes,
                "direction": section.direction,
            }
            for section in terms.sections
        ],
    }


def _reps(members: Iterable[Membership]) -> Iterator[dict[str, Any]]:
    """One entry a person; who left and came back has several memberships."""
    memberships: dict[str, list[Membership]] = {}
    for member in members:
        memberships.setdefault(member.rep.slack_id, []).append(member)
    for slack_id, held in memberships.items():
        yield {
            "rep": slack_id,
            "name": held[0].rep.name,
            "time_zone": held[0].rep.zone,
            "active": held[0].rep.active,
            "places": [
                {
                    "joined_on": _iso(membership.joined_on),
                    "left_on": _iso(membership.left_on),
                    "first_line": membership.first_line,
                    "new_on_team": membership.new_on_team,
                    "cadences": _cadences(membership.cadences),
                }
                for membership in held
            ],
        }


def _touch(touch: Interaction) -> dict[str, Any]:
    return {
        "id": touch.id,
        "rep": touch.rep.slack_id,
        "occurred_on": _iso(touch.occurred_on),
        "occurred_at": _iso(touch.occurred_at),
        "recorded_at": _iso(touch.recorded_at),
        "channel": touch.channel,
        "about": touch.about,
        "has_file": touch.has_file,
    }


def _meeting(record: MeetingRecord) -> dict[str, Any]:
    meeting = record.meeting
    return {
        "planned_for": _iso(meeting.planned_for),
        "day": _iso(meeting.day),
        "at": _iso(meeting.at),
        "minutes": meeting.minutes,
        "place": meeting.place,
        "dropped": meeting.dropped,
        "held": meeting.was_held if meeting.is_answered else None,
        "as_planned": meeting.kept_its_time if meeting.is_answered else None,
        "one_skill": meeting.leader.slack_id if meeting.leader else None,
        "items": [
            *(_item(item, meeting.section(item.section), done=True) for item in record.done),
            *(
                _item(
                    item,
                    meeting.section(item.section),
                    done=False if meeting.is_answered else None,
                )
                for item in record.others
            ),
        ],
        "team_promises": [_team_promise(promise) for promise in record.promises],
    }


def _team_promise(promise: TeamPromise) -> dict[str, Any]:
    return {
        "owner": promise.owner.slack_id,
        "what": promise.what,
        "due_on": _iso(promise.due_on),
        "kept_on": _iso(promise.kept_on),
    }


def _item(item: AgendaItem, section: Section, *, done: bool | None) -> dict[str, Any]:
    return {
        "section": section.title,
        "direction": item.direction or section.direction,
        "minutes": item.minutes,
        "text": item.text,
        "author": item.author.slack_id if item.author else None,
        "heard_by": item.heard_by.slack_id if item.heard_by else None,
        "done": done,
        "outcome": item.outcome,
    }


def _transition(one: Transition) -> dict[str, Any]:
    return {
        "account": one.account,
        "from": one.leaves.slack_id,
        "to": one.takes_over.slack_id,
        "day": _iso(one.day),
        "introduced_on": _iso(one.introduced_on),
    }


def _accounts(record: TeamRecord) -> Iterator[dict[str, Any]]:
    there: dict[int, list[Acquaintance]] = {}
    for one in record.acquaintances:
        there.setdefault(one.account_id, []).append(one)
    for account in record.accounts:
        known: dict[str, list[Acquaintance]] = {}
        for one in there.get(account.id, ()):
            known.setdefault(one.key, []).append(one)
        yield {
            "name": account.name,
            "spellings": [one.name for one in account.spellings],
            "is_key": account.is_key,
            "visited_by": [_ours(one) for one in known.pop("", ())],
            "known": [
                {"name": ours[0].name, "by": [_ours(one) for one in ours]}
                for ours in known.values()
            ],
        }


def _account_date(one: AccountDate, logged: Mapping[int, str]) -> dict[str, Any]:
    def said_in(contact: int | None) -> dict[str, Any] | None:
        if contact is None or contact not in logged:
            return None
        return {"kind": logged[contact], "id": contact}

    return {
        "account": one.account,
        "what": one.what,
        "day": _iso(one.day),
        "said": [
            {"on": _iso(source.noted_on), "contact": said_in(source.contact)}
            for source in one.sources
        ],
        "done_on": _iso(one.done_on),
    }


def _ours(one: Acquaintance) -> dict[str, Any]:
    side = "rep" if one.as_rep else "manager"
    return {side: one.person.slack_id, "since": _iso(one.since)}


def _plan(plan: StandingPlan, reps: Mapping[int, str]) -> dict[str, Any]:
    return {
        "rep": reps[plan.rep_id],
        "key": plan.key,
        "title": plan.title,
        "plan": plan.text,
        "progress": plan.progress,
        "agreed_on": _iso(plan.agreed_on),
        "session": plan.session or None,
        "remembered_otherwise": plan.otherwise or "",
    }


def _session(contact: Interaction, session: Session, planned_for: date | None) -> dict[str, Any]:
    return {
        "id": contact.id,
        "rep": contact.rep.slack_id,
        "scheduled_for": _iso(planned_for),
        "held_on": _iso(contact.occurred_on),
        "topics": [
            {
                "key": topic.key,
                "title": topic.title,
                "direction": topic.direction,
                "plan": said.plan,
                "changed": said.changed,
                "next_step": said.next_step,
                "progress": said.progress,
                "shape": topic.shape,
                "activity": said.activity,
                "a_week": said.a_week or None,
            }
            for topic, said in session.spoken()
        ],
        "results": session.notes.results,
        "shared_note": session.notes.shared_note,
        "occurred_at": _iso(contact.occurred_at),
        "recorded_at": _iso(contact.recorded_at),
    }


def _shared(sharing: Sharing | None) -> dict[str, Any]:
    return {
        "shared_at": _iso(sharing.shared_at) if sharing else None,
        "seen_at": _iso(sharing.seen_at) if sharing else None,
        "rep_words": sharing.rep_words if sharing else "",
        "remembered_otherwise": _otherwise(sharing),
    }


def _otherwise(sharing: Sharing | None) -> str:
    return sharing.objection if sharing and sharing.beside else ""


def _field_day(
    contact: Interaction, notes: FieldDayNotes, planned_for: date | None
) -> dict[str, Any]:
    return {
        "id": contact.id,
        "rep": contact.rep.slack_id,
        "scheduled_for": _iso(planned_for),
        "occurred_on": _iso(contact.occurred_on),
        "occurred_at": _iso(contact.occurred_at),
        "recorded_at": _iso(contact.recorded_at),
        "visits": [_visit(visit) for visit in notes.visits],
        "rep_view": notes.rep_view,
        "strength": notes.strength,
        "focus": notes.focus,
        "market": notes.market,
        "practice": notes.practice,
    }


def _visit(visit: Visit) -> dict[str, Any]:
    return {
        "account": visit.account,
        "people": visit.people,
        "outcome": visit.outcome,
        "role": visit.role,
        "is_key": visit.is_key,
        "led_by": visit.led_by,
        "next_step": visit.next_step,
    }


def _market_note(note: MarketNote, logged: Mapping[int, str]) -> dict[str, Any]:
    # It outlives the contact that it was heard in.
    source = note.contact if note.contact in logged else None
    return {
        "rep": note.rep.slack_id,
        "heard_on": _iso(note.heard_on),
        "account": note.account or None,
        "text": note.text,
        "tags": [tag.name for tag in note.tags],
        "source": None if source is None else {"kind": logged[source], "id": source},
    }


def _promise(
    promise: Promise, logged: Mapping[int, str], told: ClearedLine | None
) -> dict[str, Any]:
    # The contact it came from may have been deleted since; the promise stands by itself then.
    source = promise.interaction_id if promise.interaction_id in logged else None
    return {
        "id": promise.id,
        "rep": promise.rep.slack_id,
        "owner": promise.owner,
        "what": promise.what,
        "due_on": _iso(promise.due_on),
        "kept_on": _iso(promise.kept_on),
        "source": None if source is None else {"kind": logged[source], "id": source},
        "made_on": _iso(promise.made_on),
        "raised_on": _iso(promise.raised_on),
        "asked_for_time": promise.for_time,
        "dropped_on": _iso(promise.dropped_on),
        "closing_words": promise.closing_words,
        "answer": promise.answer,
        "topic": promise.topic_key or None,
        "ramp_day": promise.ramp_day,
        "for_the_team": told
        and {
            "text": told.text,
            "asked": told.asked,
            "answer": told.answer,
            "posted_on": _iso(told.posted_on),
        },
    }


def _todo_lists(record: TeamRecord) -> Iterator[dict[str, Any]]:
    weeks: dict[date, list[dict[str, Any]]] = {}
    for slot, state in record.slots:
        contact = contact_of(slot.reason)
        shared = record.shared.get(contact) if contact is not None else None
        weeks.setdefault(slot.monday, []).append(_slot(slot, state, shared))
    for monday, slots in weeks.items():
        yield {"week_start": _iso(monday), "slots": slots}


def _slot(slot: Slot, state: SlotState, shared: Sharing | None) -> dict[str, Any]:
    reason = slot.reason
    return {
        "rep": slot.rep.slack_id,
        "day": _iso(slot.day),
        "state": state,
        "reason": {
            "kind": reason.kind,
            "text": reason.text,
            "source": reason.source,
            "remembered_otherwise": _otherwise(shared),
        },
        "next_time": slot.next_time,
    }


def _issue(issue: IssueOfTheDay, answers: Iterable[IssueAnswer]) -> dict[str, Any]:
    return {
        "id": issue.id,
        "text": issue.text,
        "starts_on": _iso(issue.starts_on),
        "ends_on": _iso(issue.ends_on),
        "answers": [
            {
                "rep": one.rep.slack_id,
                "text": one.text,
                "noted_on": _iso(one.noted_on),
                "not_so_on": _iso(one.not_so_on),
            }
            for one in answers
        ],
    }


def _time_off(record: TeamRecord) -> Iterator[dict[str, Any]]:
    manager = record.team.manager
    people = {manager.id: {"manager": manager.slack_id}}
    people |= {member.rep.id: {"rep": member.rep.slack_id} for member in record.members}
    for person, named in people.items():
        for off in record.time_off.get(person, ()):
            yield {**named, **_days(off)}


def _days(off: TimeOff) -> dict[str, Any]:
    return {"starts_on": _iso(off.starts_on), "ends_on": _iso(off.ends_on)}


def _cadences(cadences: Mapping[Component, Cadence]) -> dict[str, Any]:
    return {
        component: {"ideal": cadence.ideal, "latest": cadence.latest}
        for component, cadence in cadences.items()
    }


def _iso(moment: date | datetime | time | None) -> str | None:
    return None if moment is None else moment.isoformat()
