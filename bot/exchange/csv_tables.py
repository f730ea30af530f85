"""The tables of the CSV export, each a part of the JSON document: one place says what a file is
called, what it says, and which field stands in which column."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import chain
from typing import Any

Entry = Mapping[str, Any]
Rows = Callable[[Entry], Iterator[Entry]]


@dataclass(frozen=True)
class Table:
    """A file: `name` without its ending, what it `says` in a sentence, the fields that are its
    columns, and how its rows are made of what the document has under `key`, which is gone through.
    `ticked`: it is there only where its author asked for their private words."""

    name: str
    key: str
    says: str
    columns: tuple[str, ...]
    rows: Rows
    ticked: bool = False

    @property
    def rep(self) -> str | None:
        """The column that names a rep, whose name stands in one more behind all others."""
        return next((one for one in ("rep", "rep_id") if one in self.columns), None)


def _each(key: str) -> Rows:
    """Each entry of a list of the document; objects within it as `object_field`."""

    def rows(document: Entry) -> Iterator[Entry]:
        return map(_flat, document[key])

    return rows


def _within(key: str, inner: str, **carried: str) -> Rows:
    """Each entry of the lists within the entries of a list, with fields of the entry around it,
    under the names that they are given."""

    def rows(document: Entry) -> Iterator[Entry]:
        for outer in document[key]:
            own = {name: outer[field] for name, field in carried.items()}
            for entry in outer[inner]:
                yield {**own, **_flat(entry)}

    return rows


def _flat(entry: Entry, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in entry.items():
        if isinstance(value, Mapping):
            found |= _flat(value, f"{before}{name}_")
        else:
            found[f"{before}{name}"] = value
    return found


def _team(document: Entry) -> Iterator[Entry]:
    yield _flat(document["team"])


def _sections(document: Entry) -> Iterator[Entry]:
    yield from document["team"]["meeting"]["sections"]


def _ramp(document: Entry) -> Iterator[Entry]:
    yield from document["team"]["ramp"]


def _places(document: Entry) -> Iterator[Entry]:
    for rep in document["reps"]:
        for place in rep["places"]:
            yield {"rep": rep["rep"], **_flat(place)}


def _roster(document: Entry) -> Iterator[Entry]:
    team = document["team"]
    today = document["exported_at"][: len("2026-11-30")]
    for rep in document["reps"]:
        last = rep["places"][-1]["left_on"]
        # Whoever left, or is not in Slack any more, cannot be put on a team.
        if not rep["active"] or (last and last <= today):
            continue
        yield {
            "manager_id": team["manager"],
            "rep_id": rep["rep"],
            "time_zone": team["time_zone"],
            "channel_id": team["channel_id"],
            "country": team["country"],
            "until": last and str(date.fromisoformat(last) - timedelta(days=1)),
        }


def _touches(document: Entry) -> Iterator[Entry]:
    manager = document["team"]["manager"]
    for touch in document["touches"]:
        yield {
            **touch,
            "manager_id": manager,
            "rep_id": touch["rep"],
            "date": touch["occurred_on"],
        }


def _results(document: Entry) -> Iterator[Entry]:
    manager = document["team"]["manager"]
    for one in document["results"]:
        yield {**one, "rep_id": one["rep"], "manager_id": manager}


def _slots(document: Entry) -> Iterator[Entry]:
    for week in document["todo_lists"]:
        for slot in week["slots"]:
            yield {"week_start": week["week_start"], **_flat(slot)}


def _acquaintances(document: Entry) -> Iterator[Entry]:
    for account in document["accounts"]:
        been = ({"name": None, "by": account["visited_by"]},)
        for known in chain(been, account["known"]):
            for ours in known["by"]:
                yield {"account": account["name"], "knows": known["name"], **ours}


_CADENCES = tuple(
    f"cadences_{component}_{bound}"
    for component in ("session", "field_day", "contact")
    for bound in ("ideal", "latest")
)
_SHARED = ("shared_at", "seen_at", "rep_words", "remembered_otherwise")
_WHEN = ("occurred_at", "recorded_at")

TABLES: tuple[Table, ...] = (
    Table(
        "team",
        "team",
        "The team and what its manager decided for it, in one line.",
        (
            *("manager", "name", "time_zone", "channel_id", "country", "todo_day", "todo_time"),
            *("morning_line", "raised_line", "warned_by_results", "warned_by_metrics"),
            *("meeting_day", "meeting_time", "period"),
            *("meeting_days", "meeting_every_weeks", "meeting_counted_from", "meeting_minutes"),
            *("meeting_place", "meeting_on_holiday", "meeting_lead_minutes"),
            *_CADENCES,
        ),
        _team,
    ),
    Table(
        "agenda_sections",
        "team",
        "The sections of the team meeting, in order.",
        ("key", "title", "minutes", "direction"),
        _sections,
    ),
    Table(
        "ramp",
        "team",
        "The first weeks of who is new on the team: what is done on which day.",
        ("day", "owner", "what"),
        _ramp,
    ),
    Table(
        "reps",
        "reps",
        "Everyone who sits or sat on the team.",
        ("rep", "name", "time_zone", "active"),
        _each("reps"),
    ),
    Table(
        "places",
        "reps",
        "Since when and until when each rep sat on the team, and how often for whom it is set "
        "otherwise. left_on is the first day no longer on it.",
        ("rep", "joined_on", "left_on", "first_line", "new_on_team", *_CADENCES),
        _places,
    ),
    Table(
        "roster",
        "reps",
        "Who sits on the team now, as windshield import roster takes it.",
        ("manager_id", "rep_id", "time_zone", "channel_id", "country", "until"),
        _roster,
    ),
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
        _each("sessions"),
    ),
    Table(
        "topics",
        "sessions",
        "What was said in each session, topic by topic.",
        (
            *("session", "rep", "held_on", "key", "title", "direction", "shape"),
            *("plan", "changed", "next_step", "progress", "activity", "a_week"),
        ),
        _within("sessions", "topics", session="id", rep="rep", held_on="held_on"),
    ),
    Table(
        "field_days",
        "field_days",
        "Field days.",
        (
            *("id", "rep", "scheduled_for", "occurred_on", "rep_view", "strength", "focus"),
            *("practice", "market", *_SHARED, *_WHEN),
        ),
        _each("field_days"),
    ),
    Table(
        "visits",
        "field_days",
        "The visits of field days.",
        (
            *("field_day", "rep", "occurred_on", "account", "people", "outcome", "role"),
            *("is_key", "led_by", "next_step"),
        ),
        _within("field_days", "visits", field_day="id", rep="rep", occurred_on="occurred_on"),
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
        _each("promises"),
    ),
    Table(
        "plans",
        "plans",
        "The plan of each topic as it stands now.",
        (
            *("rep", "key", "title", "plan", "progress", "agreed_on", "session"),
            "remembered_otherwise",
        ),
        _each("plans"),
    ),
    Table(
        "todo_list",
        "todo_lists",
        "The weekly lists: one line a rep and week.",
        (
            *("week_start", "rep", "day", "state", "reason_kind", "reason_text"),
            *("reason_source", "reason_remembered_otherwise", "next_time"),
        ),
        _slots,
    ),
    Table(
        "meetings",
        "meetings",
        "Team meetings.",
        (
            *("planned_for", "day", "at", "minutes", "place", "dropped", "held"),
            *("as_planned", "one_skill"),
        ),
        _each("meetings"),
    ),
    Table(
        "agenda_items",
        "meetings",
        "What was on the agenda of each meeting.",
        (
            *("planned_for", "section", "direction", "minutes", "text", "author", "heard_by"),
            *("done", "outcome"),
        ),
        _within("meetings", "items", planned_for="planned_for"),
    ),
    Table(
        "team_promises",
        "meetings",
        "What was promised to the team in each meeting.",
        ("planned_for", "owner", "what", "due_on", "kept_on"),
        _within("meetings", "team_promises", planned_for="planned_for"),
    ),
    Table(
        "other_team_promises",
        "team_promises",
        "What was promised to the team in a meeting that is not among these.",
        ("owner", "what", "due_on", "kept_on"),
        _each("team_promises"),
    ),
    Table(
        "issues_of_the_day",
        "issues_of_the_day",
        "Issues of the day.",
        ("id", "text", "starts_on", "ends_on"),
        _each("issues_of_the_day"),
    ),
    Table(
        "issue_answers",
        "issues_of_the_day",
        "What reps said to them, as their manager noted it.",
        ("issue", "rep", "text", "noted_on", "not_so_on"),
        _within("issues_of_the_day", "answers", issue="id"),
    ),
    Table(
        "results",
        "results",
        "Results, one line a reading, as windshield import results takes them.",
        (
            *("rep_id", "metric", "period_start", "period_end", "target", "actual", "as_of"),
            *("kind", "unit", "better", "manager_id"),
        ),
        _results,
    ),
    Table(
        "save_it_plans",
        "save_it_plans",
        "What was agreed to save a period. steps are ids in promises.csv.",
        (
            *("rep", "metric", "period_start", "period_end", "number_a_week", "activity"),
            *("helper", "steps", "made_on", "check_on", "closed_on", "helped"),
        ),
        _each("save_it_plans"),
    ),
    Table(
        "save_it_answers",
        "save_it_plans",
        "What came of the weekly number of those plans.",
        ("rep", "metric", "period_start", "week_start", "number", "activity"),
        _within(
            "save_it_plans", "answers", rep="rep", metric="metric", period_start="period_start"
        ),
    ),
    Table(
        "time_off",
        "time_off",
        "Days off, the manager's too, both days included. No ends_on: the return is not known.",
        ("manager", "rep", "starts_on", "ends_on"),
        _each("time_off"),
    ),
    Table(
        "accounts",
        "accounts",
        "Accounts, with every way they were written.",
        ("name", "spellings", "is_key"),
        _each("accounts"),
    ),
    Table(
        "acquaintances",
        "accounts",
        "Who of us knows whom at an account, since when; with nobody in knows: who has been there.",
        ("account", "knows", "rep", "manager", "since"),
        _acquaintances,
    ),
    Table(
        "account_dates",
        "account_dates",
        "What is on which day at an account.",
        ("account", "what", "day", "done_on"),
        _each("account_dates"),
    ),
    Table(
        "account_dates_said",
        "account_dates",
        "Where each of those dates was said.",
        ("account", "what", "day", "on", "contact_kind", "contact_id"),
        _within("account_dates", "said", account="account", what="what", day="day"),
    ),
    Table(
        "transitions",
        "transitions",
        "Accounts that pass from one rep to another.",
        ("account", "from", "to", "day", "introduced_on"),
        _each("transitions"),
    ),
    Table(
        "market_notes",
        "market_notes",
        "What was heard of the market.",
        ("rep", "heard_on", "account", "text", "tags", "source_kind", "source_id"),
        _each("market_notes"),
    ),
    Table(
        "private_notes",
        "private_notes",
        "Yours alone: the private notes that you wrote with contacts.",
        ("contact_kind", "contact_id", "rep", "occurred_on", "text"),
        _each("private_notes"),
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
        _each("between_us"),
        ticked=True,
    ),
    Table(
        "notes_to_myself",
        "notes_to_myself",
        "Yours alone: what you wrote to Windshield for yourself.",
        ("id", "written_at", "text"),
        _each("notes_to_myself"),
        ticked=True,
    ),
)
"""In the order of the zip. What the transition packs of the document say stands in these too."""
