"""The tables of the CSV export, each a part of the JSON document: one place says what a file is
called, what it says, and which field stands in which column."""

from bot.exchange.tables import accounts, contacts, results, team
from bot.exchange.tables.table import Table

ORDER = (
    "team",
    "agenda_sections",
    "ramp",
    "reps",
    "places",
    "roster",
    "touches",
    "sessions",
    "topics",
    "field_days",
    "visits",
    "promises",
    "plans",
    "todo_list",
    "meetings",
    "agenda_items",
    "team_promises",
    "other_team_promises",
    "issues_of_the_day",
    "issue_answers",
    "results",
    "save_it_plans",
    "save_it_answers",
    "time_off",
    "accounts",
    "acquaintances",
    "account_dates",
    "account_dates_said",
    "transitions",
    "market_notes",
    "private_notes",
    "between_us",
    "notes_to_myself",
)

_BY_NAME = {one.name: one for room in (team, contacts, results, accounts) for one in room.TABLES}

TABLES: tuple[Table, ...] = tuple(_BY_NAME[name] for name in ORDER)
"""In the order of the zip. What the transition packs of the document say stands in these too."""
