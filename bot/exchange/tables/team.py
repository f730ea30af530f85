"""The team and its reps, its meetings and its weeks."""

from collections.abc import Iterator
from datetime import date, timedelta

from bot.exchange.tables.table import Entry, Table, each, flat, within


def _team(document: Entry) -> Iterator[Entry]:
    yield flat(document["team"])


def _sections(document: Entry) -> Iterator[Entry]:
    yield from document["team"]["meeting"]["sections"]


def _ramp(document: Entry) -> Iterator[Entry]:
    yield from document["team"]["ramp"]


def _places(document: Entry) -> Iterator[Entry]:
    for rep in document["reps"]:
        for place in rep["places"]:
            yield {"rep": rep["rep"], **flat(place)}


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


def _slots(document: Entry) -> Iterator[Entry]:
    for week in document["todo_lists"]:
        for slot in week["slots"]:
            yield {"week_start": week["week_start"], **flat(slot)}


_CADENCES = tuple(
    f"cadences_{component}_{bound}"
    for component in ("session", "field_day", "contact")
    for bound in ("ideal", "latest")
)

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
        each("reps"),
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
        each("meetings"),
    ),
    Table(
        "agenda_items",
        "meetings",
        "What was on the agenda of each meeting.",
        (
            *("planned_for", "section", "direction", "minutes", "text", "author", "heard_by"),
            *("done", "outcome"),
        ),
        within("meetings", "items", planned_for="planned_for"),
    ),
    Table(
        "team_promises",
        "meetings",
        "What was promised to the team in each meeting.",
        ("planned_for", "owner", "what", "due_on", "kept_on"),
        within("meetings", "team_promises", planned_for="planned_for"),
    ),
    Table(
        "other_team_promises",
        "team_promises",
        "What was promised to the team in a meeting that is not among these.",
        ("owner", "what", "due_on", "kept_on"),
        each("team_promises"),
    ),
    Table(
        "issues_of_the_day",
        "issues_of_the_day",
        "Issues of the day.",
        ("id", "text", "starts_on", "ends_on"),
        each("issues_of_the_day"),
    ),
    Table(
        "issue_answers",
        "issues_of_the_day",
        "What reps said to them, as their manager noted it.",
        ("issue", "rep", "text", "noted_on", "not_so_on"),
        within("issues_of_the_day", "answers", issue="id"),
    ),
    Table(
        "time_off",
        "time_off",
        "Days off, the manager's too, both days included. No ends_on: the return is not known.",
        ("manager", "rep", "starts_on", "ends_on"),
        each("time_off"),
    ),
)
