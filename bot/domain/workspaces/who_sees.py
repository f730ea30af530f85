"""Who sees what: everything that is kept about people, and who may read it.

Source: the table “Who sees what” of the product's description. The plain statement that a rep reads
is made from it, and tests hold it against the columns of the database and the fields of the export,
so that nothing is kept, or let out, that it does not name.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum


class Reader(StrEnum):
    """Who might read something, beside the manager who wrote it."""

    REP = "rep"
    LATER_MANAGER = "later_manager"
    STAND_IN = "stand_in"
    DIRECTOR = "director"
    CHANNEL = "channel"
    EXPORT = "export"
    OPERATOR = "operator"


class Sight(StrEnum):
    """How far somebody may read it. `OWN`: what is about them or theirs. `KEPT`: they are told that
    it is kept. `TICKED`: what the manager ticked for them; of an export their own, taken from
    Slack. `AS_SAID`: where the rep said so. `SENT`: what somebody let in there. `ENCRYPTED`: it
    lies there, and cannot be read."""

    YES = "yes"
    NO = "no"
    ONCE_SHARED = "once_shared"
    OWN = "own"
    KEPT = "kept"
    TICKED = "ticked"
    AS_SAID = "as_said"
    SENT = "sent"
    ENCRYPTED = "encrypted"


class Thing(StrEnum):
    """What each row is about."""

    PROFILE = "profile"
    CALENDAR = "calendar"
    CONTACTS = "contacts"
    FIRST_LINE = "first_line"
    DAYS_OFF = "days_off"
    WEEK = "week"
    PRIVATE = "private"
    HALF_FILLED = "half_filled"
    FILES = "files"
    RAISED = "raised"
    BETWEEN_US = "between_us"
    PROMISES = "promises"
    SHARED = "shared"
    PREPARED = "prepared"
    SEEN = "seen"
    REMEMBERED = "remembered"
    PLANNED = "planned"
    RESULTS = "results"
    HAPPENING = "happening"
    FOR_THEMSELVES = "for_themselves"
    MARKET = "market"
    ACCOUNTS = "accounts"
    MEETINGS = "meetings"
    ISSUES = "issues"


@dataclass(frozen=True)
class Kept:
    """A row of the table. `words` say what it is, to the rep. Whoever `sights` does not name reads
    it not at all. `columns` are where it is kept (`table.column`), `exported` the fields of the
    JSON export that hold it, by the beginnings of their paths."""

    thing: Thing
    words: str
    sights: Mapping[Reader, Sight]
    columns: tuple[str, ...]
    exported: tuple[str, ...] = ()

    def sight(self, reader: Reader) -> Sight:
        return self.sights.get(reader, Sight.NO)


def _open(**sights: Sight) -> dict[Reader, Sight]:
    """What stays with the team: a later manager reads it, an export has it, the database holds it
    as it is; `sights` say what goes for others."""
    usual = dict.fromkeys((Reader.LATER_MANAGER, Reader.EXPORT, Reader.OPERATOR), Sight.YES)
    return usual | {Reader(reader): sight for reader, sight in sights.items()}


WHO_SEES: tuple[Kept, ...] = (
    Kept(
        Thing.PROFILE,
        "your name and time zone",
        _open(rep=Sight.YES, stand_in=Sight.YES, channel=Sight.YES),
        (
            *(f"person.{one}" for one in ("name", "zone", "slack_id", "dm_channel", "name_key")),
            "erased.slack_id",
        ),
        ("reps[].rep", "reps[].name", "reps[].time_zone", "reps[].active"),
    ),
    Kept(
        Thing.CALENDAR,
        "your calendar's address",
        {Reader.REP: Sight.YES, Reader.OPERATOR: Sight.YES},
        ("calendar_address.digest",),
    ),
    Kept(
        Thing.CONTACTS,
        "contacts: day, channel, what about, any file with it",
        _open(rep=Sight.KEPT),
        ("interaction.about",),
        ("touches",),
    ),
    Kept(
        Thing.FIRST_LINE,
        "the line about you at set-up, since when you are here, what you read as you passed on",
        _open(rep=Sight.KEPT),
        ("membership.first_line", "handover.words"),
        ("reps[].places",),
    ),
    Kept(Thing.DAYS_OFF, "days off", _open(rep=Sight.KEPT, stand_in=Sight.YES), (), ("time_off",)),
    Kept(
        Thing.WEEK,
        "the week's list: your day, a reason, a line for the next",
        _open(stand_in=Sight.TICKED),
        ("slot.about", "slot.text", "slot.source", "slot.not_this_week", "slot.next_time"),
        ("todo_lists",),
    ),
    Kept(
        Thing.PRIVATE,
        "private notes",
        {Reader.EXPORT: Sight.TICKED, Reader.OPERATOR: Sight.ENCRYPTED},
        ("interaction.private_note", "note.text", "note.message"),
        ("private_notes", "notes_to_myself"),
    ),
    Kept(
        Thing.HALF_FILLED,
        "drafts",
        {Reader.OPERATOR: Sight.ENCRYPTED},
        ("draft.state", "draft.step", "submission.said", "submission.step"),
    ),
    Kept(
        Thing.FILES,
        "links to files and voice clips",
        {Reader.OPERATOR: Sight.ENCRYPTED},
        ("interaction.files", "note.files"),
    ),
    Kept(
        Thing.RAISED,
        "what you raised, and what became of it",
        _open(rep=Sight.YES),
        ("cleared.text",),
        ("promises[].for_the_team",),
    ),
    Kept(
        Thing.BETWEEN_US,
        "what you raised Between us",
        {Reader.REP: Sight.YES, Reader.EXPORT: Sight.TICKED, Reader.OPERATOR: Sight.ENCRYPTED},
        ("promise.sealed_what", "promise.sealed_closing_words"),
        ("between_us",),
    ),
    Kept(
        Thing.PROMISES,
        "promises of both sides",
        _open(rep=Sight.ONCE_SHARED, stand_in=Sight.TICKED),
        ("promise.what", "promise.closing_words", "promise.topic_key"),
        (
            "transition_packs[].promises",
            *(
                f"promises[].{one}"
                for one in (
                    *("id", "rep", "owner", "what", "due_on", "kept_on", "source", "made_on"),
                    *("raised_on", "asked_for_time", "dropped_on", "closing_words", "answer"),
                    *("topic", "ramp_day"),
                )
            ),
        ),
    ),
    Kept(
        Thing.SHARED,
        "plans, what changed, next steps, notes to share, strength, focus",
        _open(rep=Sight.ONCE_SHARED, later_manager=Sight.ONCE_SHARED),
        (
            "session.shared_note",
            "session_topic.plan",
            "session_topic.changed",
            "session_topic.next_step",
            "session_topic.activity",
            "field_day.strength",
            "field_day.focus",
            "standing_focus.text",
            "plan.key",
            "plan.text",
            "plan.activity",
            "plan.progress",
        ),
        (
            "plans",
            "transition_packs[].plans",
            "sessions[].topics",
            "sessions[].shared_note",
            "sessions[].shared_at",
            "field_days[].strength",
            "field_days[].focus",
            "field_days[].practice",
            "field_days[].shared_at",
        ),
    ),
    Kept(
        Thing.PREPARED,
        "what you prepared, and your own words",
        _open(rep=Sight.YES),
        ("preparation.key", "preparation.text", "sharing.rep_words"),
        ("sessions[].rep_words", "field_days[].rep_words"),
    ),
    Kept(
        Thing.SEEN,
        "save-it plans, answers to an issue, when you saw what was shared",
        _open(rep=Sight.OWN),
        (
            "save_it_plan.leading",
            "save_it_plan.helper",
            "save_it_plan.helped",
            "save_it_answer.counted",
            "issue_answer.text",
        ),
        (
            "sessions[].seen_at",
            "field_days[].seen_at",
            "save_it_plans",
            "issues_of_the_day[].answers",
        ),
    ),
    Kept(
        Thing.REMEMBERED,
        "what you remember otherwise",
        {
            Reader.REP: Sight.YES,
            Reader.LATER_MANAGER: Sight.AS_SAID,
            Reader.EXPORT: Sight.AS_SAID,
            Reader.OPERATOR: Sight.ENCRYPTED,
        },
        ("sharing.objection", "plan.otherwise", "standing_focus.otherwise"),
        ("sessions[].remembered_otherwise", "field_days[].remembered_otherwise"),
    ),
    Kept(
        Thing.PLANNED,
        "sessions and field days: when, what is planned",
        _open(rep=Sight.YES, stand_in=Sight.YES),
        ("appointment.notes",),
        (
            *(f"sessions[].{one}" for one in ("id", "rep", "scheduled_for", "held_on")),
            *(f"field_days[].{one}" for one in ("id", "rep", "scheduled_for", "occurred_on")),
            *(
                f"{kind}[].{one}"
                for kind in ("sessions", "field_days")
                for one in (
                    "occurred_at",
                    "recorded_at",
                )
            ),
        ),
    ),
    Kept(
        Thing.RESULTS,
        "your results and targets, by day",
        _open(rep=Sight.OWN),
        ("metric.key", "metric.name", "metric.unit"),
        ("results",),
    ),
    Kept(
        Thing.HAPPENING,
        "whether sessions, field days and meetings are happening",
        _open(director=Sight.ONCE_SHARED),
        (),
    ),
    Kept(
        Thing.FOR_THEMSELVES,
        "notes of your results, of how you saw a field day, of what came of visits",
        _open(later_manager=Sight.ONCE_SHARED, channel=Sight.SENT),
        ("session.results", "field_day.rep_view", "visit.outcome", "visit.next_step"),
        (
            *("sessions[].results", "field_days[].rep_view"),
            *(f"field_days[].visits[].{one}" for one in ("outcome", "next_step")),
        ),
    ),
    Kept(
        Thing.MARKET,
        "market notes",
        _open(channel=Sight.SENT),
        (
            "field_day.market",
            "market_note.text",
            "market_note.account",
            "market_tag.name",
            "market_tag_spelling.key",
            "market_tag_spelling.name",
        ),
        ("field_days[].market", "market_notes"),
    ),
    Kept(
        Thing.ACCOUNTS,
        "accounts, their dates, who knows whom, which change hands",
        _open(rep=Sight.OWN),
        (
            "visit.account",
            "visit.people",
            "visit.role",
            "account.name",
            "account_spelling.key",
            "account_spelling.name",
            "account_date.what",
            "account_date_source.written",
            "acquaintance.key",
            "acquaintance.name",
        ),
        (
            *("account_dates", "accounts", "transitions"),
            *(
                f"field_days[].visits[].{one}"
                for one in ("account", "people", "role", "is_key", "led_by")
            ),
            *(f"transition_packs[].{one}" for one in ("rep", "introductions", "accounts", "dates")),
            *(f"team_transition_pack.{one}" for one in ("accounts", "dates")),
        ),
    ),
    Kept(
        Thing.MEETINGS,
        "team meetings: items, by whom, outcomes, who does what",
        _open(rep=Sight.SENT, stand_in=Sight.YES, channel=Sight.SENT),
        (
            "agenda_item.text",
            "agenda_item.link",
            "agenda_item.section",
            "agenda_item.outcome",
            "agenda_item.named",
            "agenda_item.outcome_named",
            "meeting.place",
            "team_promise.what",
            "team_promise.named",
            "swap.skill",
        ),
        (
            "meetings",
            "team_promises",
            "team_transition_pack.meeting",
            "team_transition_pack.promises",
        ),
    ),
    Kept(
        Thing.ISSUES,
        "issues of the day",
        _open(stand_in=Sight.YES),
        ("issue_of_the_day.text",),
        (
            *(f"issues_of_the_day[].{one}" for one in ("id", "text", "starts_on", "ends_on")),
            "team_transition_pack.issues",
        ),
    ),
)
"""One row a kind of thing. What is about nobody (settings, deliveries) is in none."""


def seen_by(reader: Reader, *sights: Sight) -> list[str]:
    """What that reader sees so, in words."""
    return _words(row for row in WHO_SEES if row.sight(reader) in sights)


def not_seen_by(reader: Reader) -> list[str]:
    """What that reader does not see, in words."""
    return seen_by(reader, Sight.NO)


def _words(rows: Iterable[Kept]) -> list[str]:
    return [row.words for row in rows]
