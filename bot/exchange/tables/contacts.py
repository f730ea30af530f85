"""Contacts of every kind, what was promised, and what their author alone reads."""

from collections.abc import Iterator

from bot.exchange.tables.table import Entry, Table, each, within


def _touches(document: Entry) -> Iterator[Entry]:
    manager = document["team"]["manager"]
    for touch in document["touches"]:
        yield {
            **touch,
            "manager_id": manager,
            "rep_id": touch["rep"],
            "date": touch["occurred_on"],
        }


_SHARED = ("shared_at", "seen_at", "rep_words", "remembered_otherwise")
_WHEN = ("occurred_at", "recorded_at")

TABLES: tuple[Table, ...] = (
    Table(
        "touches",
        "touches",
        "Contacts that are neither session nor field day, as windshield import touches takes them.",
        ("manager_id", "rep_id", "date", "channel", "about", "id", *_WHEN, "has_file"),
        _touches,
    ),
    Table(
        "sessions",
        "sessions",
        "Strategy sessions.",
        (
            *("id", "rep", "scheduled_for", "held_on", "results", "shared_note"),
            *_SHARED,
            *_WHEN,
        ),
        each("sessions"),
    ),
    Table(
        "topics",
        "sessions",
        "What was said in each session, topic by topic.",
        (
            *("session", "rep", "held_on", "key", "title", "direction", "shape"),
            *("plan", "changed", "next_step", "progress", "activity", "a_week"),
        ),
        within("sessions", "topics", session="id", rep="rep", held_on="held_on"),
    ),
    Table(
        "field_days",
        "field_days",
        "Field days.",
        (
            *("id", "rep", "scheduled_for", "occurred_on", "rep_view", "strength", "focus"),
            *("practice", "market", *_SHARED, *_WHEN),
        ),
        each("field_days"),
    ),
    Table(
        "visits",
        "field_days",
        "The visits of field days.",
        (
            *("field_day", "rep", "occurred_on", "account", "people", "outcome", "role"),
            *("is_key", "led_by", "next_step"),
        ),
        within("field_days", "visits", field_day="id", rep="rep", occurred_on="occurred_on"),
    ),
    Table(
        "promises",
        "promises",
        "Promises of both sides, what reps raised among them.",
        (
            *("id", "rep", "owner", "what", "made_on", "due_on", "kept_on", "dropped_on"),
            *("closing_words", "answer", "raised_on", "asked_for_time", "topic", "ramp_day"),
            *("source_kind", "source_id"),
            *(f"for_the_team_{one}" for one in ("text", "asked", "answer", "posted_on")),
        ),
        each("promises"),
    ),
    Table(
        "plans",
        "plans",
        "The plan of each topic as it stands now.",
        (
            *("rep", "key", "title", "plan", "progress", "agreed_on", "session"),
            "remembered_otherwise",
        ),
        each("plans"),
    ),
    Table(
        "private_notes",
        "private_notes",
        "Yours alone: the private notes that you wrote with contacts.",
        ("contact_kind", "contact_id", "rep", "occurred_on", "text"),
        each("private_notes"),
        ticked=True,
    ),
    Table(
        "between_us",
        "between_us",
        "Yours alone: what reps told you between the two of you.",
        (
            *("id", "rep", "what", "raised_on", "asked_for_time", "due_on", "kept_on"),
            *("dropped_on", "closing_words"),
        ),
        each("between_us"),
        ticked=True,
    ),
    Table(
        "notes_to_myself",
        "notes_to_myself",
        "Yours alone: what you wrote to Windshield for yourself.",
        ("id", "written_at", "text"),
        each("notes_to_myself"),
        ticked=True,
    ),
)
