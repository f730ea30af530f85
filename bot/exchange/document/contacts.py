"""Contacts of every kind, what was promised in them, and what their author alone reads."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.cleared import ClearedLine
from bot.domain.contacts.interactions import Interaction, Note
from bot.domain.field_days import FieldDayNotes
from bot.domain.promises import Promise
from bot.domain.sessions.sessions import Session, StandingPlan
from bot.domain.sessions.sharing import Sharing
from bot.exchange.document.values import iso, otherwise


def touch_entry(touch: Interaction) -> dict[str, Any]:
    return {
        "id": touch.id,
        "rep": touch.rep.slack_id,
        "occurred_on": iso(touch.occurred_on),
        "occurred_at": iso(touch.occurred_at),
        "recorded_at": iso(touch.recorded_at),
        "channel": touch.channel,
        "about": touch.about,
        "has_file": touch.has_file,
    }


def session_entry(
    contact: Interaction, session: Session, planned_for: date | None
) -> dict[str, Any]:
    return {
        "id": contact.id,
        "rep": contact.rep.slack_id,
        "scheduled_for": iso(planned_for),
        "held_on": iso(contact.occurred_on),
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
        "occurred_at": iso(contact.occurred_at),
        "recorded_at": iso(contact.recorded_at),
    }


def shared_entry(sharing: Sharing | None) -> dict[str, Any]:
    return {
        "shared_at": iso(sharing.shared_at) if sharing else None,
        "seen_at": iso(sharing.seen_at) if sharing else None,
        "rep_words": sharing.rep_words if sharing else "",
        "remembered_otherwise": otherwise(sharing),
    }


def field_day_entry(
    contact: Interaction, notes: FieldDayNotes, planned_for: date | None
) -> dict[str, Any]:
    return {
        "id": contact.id,
        "rep": contact.rep.slack_id,
        "scheduled_for": iso(planned_for),
        "occurred_on": iso(contact.occurred_on),
        "occurred_at": iso(contact.occurred_at),
        "recorded_at": iso(contact.recorded_at),
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


def promise_entry(
    promise: Promise, logged: Mapping[int, str], told: ClearedLine | None
) -> dict[str, Any]:
    # The contact it came from may have been deleted since; the promise stands by itself then.
    source = promise.interaction_id if promise.interaction_id in logged else None
    return {
        "id": promise.id,
        "rep": promise.rep.slack_id,
        "owner": promise.owner,
        "what": promise.what,
        "due_on": iso(promise.due_on),
        "kept_on": iso(promise.kept_on),
        "source": None if source is None else {"kind": logged[source], "id": source},
        "made_on": iso(promise.made_on),
        "raised_on": iso(promise.raised_on),
        "asked_for_time": promise.for_time,
        "dropped_on": iso(promise.dropped_on),
        "closing_words": promise.closing_words,
        "answer": promise.answer,
        "topic": promise.topic_key or None,
        "ramp_day": promise.ramp_day,
        "for_the_team": told
        and {
            "text": told.text,
            "asked": told.asked,
            "answer": told.answer,
            "posted_on": iso(told.posted_on),
        },
    }


def plan_entry(plan: StandingPlan, reps: Mapping[int, str]) -> dict[str, Any]:
    return {
        "rep": reps[plan.rep_id],
        "key": plan.key,
        "title": plan.title,
        "plan": plan.text,
        "progress": plan.progress,
        "agreed_on": iso(plan.agreed_on),
        "session": plan.session or None,
        "remembered_otherwise": plan.otherwise or "",
    }


def private_note_entry(contact: Interaction, text: str) -> dict[str, Any]:
    return {
        "contact": {"kind": contact.kind, "id": contact.id},
        "rep": contact.rep.slack_id,
        "occurred_on": iso(contact.occurred_on),
        "text": text,
    }


def between_us_entry(one: Promise) -> dict[str, Any]:
    return {
        "id": one.id,
        "rep": one.rep.slack_id,
        "what": one.what,
        "raised_on": iso(one.raised_on),
        "asked_for_time": one.for_time,
        "due_on": iso(one.due_on),
        "kept_on": iso(one.kept_on),
        "dropped_on": iso(one.dropped_on),
        "closing_words": one.closing_words,
    }


def note_entry(one: Note) -> dict[str, Any]:
    return {"id": one.id, "written_at": iso(one.written_at), "text": one.text}
