"""Whose each row is, found along foreign keys: a table that is new needs no entry here.

A row belongs to the teams that it or whatever it points to names, and to the people that it names
itself. What of that somebody may change by acting is the rule `_allowed`.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from storage.models import Base

Row = dict[str, Any]
Tables = dict[str, dict[int, Row]]
"""What the database holds: by table, then by id, by column."""

MACHINERY = frozenset({"person", "posted_message", "delivery", "schedule", "workspace"})
"""What is kept beside what anybody does: profiles, and how messages are on their way."""

OF_EVERYBODY_IN_A_MEETING = frozenset({"agenda_item", "team_promise", "meeting", "carried"})
"""Whoever is on the team may take the notes of its meetings."""

OF_A_STAND_IN = frozenset(
    {
        "todo_list",
        "slot",
        "interaction",
        "submission",
        *OF_EVERYBODY_IN_A_MEETING,
        "issue_of_the_day",
        "swap",
    }
)
"""What a stand-in works on while the manager is away."""

COMES_ALONG = frozenset(
    {
        *("account", "account_spelling", "acquaintance", "account_date", "account_date_source"),
        *("market_tag", "market_tag_spelling", "market_note_tag", "plan"),
    }
)
"""What a contact that came along leaves in the team that it came to, beside its own words."""

OWNER_COLUMNS = ("author_id", "person_id", "owner_id", "rep_id")
"""Whose a row is that no team has; the first that there is."""


@dataclass(frozen=True)
class Change:
    table: str
    before: Row | None
    after: Row | None

    def __str__(self) -> str:
        before, after = self.before or {}, self.after or {}
        names = {*before, *after}
        told = {n: (before.get(n), after.get(n)) for n in names if before.get(n) != after.get(n)}
        return f"{self.table} {(before or after)['id']}: {told}"


def changes(before: Tables, after: Tables) -> Iterator[Change]:
    """Every row that was made, changed or removed."""
    for table, rows in after.items():
        old = before[table]
        for key in {*old, *rows}:
            if old.get(key) != rows.get(key):
                yield Change(table, old.get(key), rows.get(key))


def not_theirs(actor: str, workspace_id: int, before: Tables, after: Tables) -> list[Change]:
    """What changed that was not that person's to change: `actor` is their Slack id."""
    found = [one for one in changes(before, after) if one.table not in MACHINERY]
    if not found:
        return []
    whose = _Whose(actor, workspace_id, before, after)
    return [one for one in found if not whose.allows(one)]


class _Whose:
    """What is one person's, before and after they acted."""

    def __init__(self, actor: str, workspace_id: int, before: Tables, after: Tables) -> None:
        self.actor, self.workspace_id = actor, workspace_id
        self.before, self.after = before, after
        self.person = next(
            (
                key
                for key, row in after["person"].items()
                if row["slack_id"] == actor and row["workspace_id"] == workspace_id
            ),
            0,
        )
        made = after["team"].keys() - before["team"].keys()
        teams = {**before["team"], **{key: after["team"][key] for key in made}}
        self.managed = {key for key, row in teams.items() if row["manager_id"] == self.person}
        seats = [row for row in before["membership"].values() if row["left_on"] is None]
        self.member = {row["team_id"] for row in seats if row["rep_id"] == self.person}
        self.reps = {row["rep_id"] for row in seats if row["team_id"] in self.managed}
        away = {
            row["person_id"]
            for row in before["time_off"].values()
            if row["stand_in_id"] == self.person
        }
        self.stood_in = {key for key, row in teams.items() if row["manager_id"] in away}

    def allows(self, change: Change) -> bool:
        return all(
            self._allowed(change.table, row, tables)
            for row, tables in ((change.before, self.before), (change.after, self.after))
            if row is not None
        )

    def _allowed(self, table: str, row: Row, tables: Tables) -> bool:
        if row["workspace_id"] != self.workspace_id:
            return False
        if table == "audit":
            return bool(row["actor"] == self.actor)
        teams = _teams(table, row, tables)
        if not teams:
            owner = next((row[name] for name in OWNER_COLUMNS if row.get(name) is not None), None)
            return owner == self.person or (table == "time_off" and owner in self.reps)
        may = all(self._may(table, row, team, tables) for team in teams)
        return may or self._follows(table, row, teams, tables)

    def _follows(self, table: str, row: Row, teams: set[int], tables: Tables) -> bool:
        """Whether it came along from a team of theirs, with a rep who has moved: it says what is
        said there."""
        if table in COMES_ALONG:
            moves = tables["move"].values()
            return any(one["from_id"] in self.managed and one["to_id"] in teams for one in moves)
        first = _first(table, row, tables)
        return first is not None and first["team_id"] in self.managed

    def _may(self, table: str, row: Row, team: int, tables: Tables) -> bool:
        if team in self.managed:
            return True
        if team in self.stood_in and table in OF_A_STAND_IN:
            return True
        if team not in self.member:
            return False
        return table in OF_EVERYBODY_IN_A_MEETING or self.person in _people(table, row, tables)


def _references(table: str) -> Iterator[tuple[str, str]]:
    """Its columns that point to another table, and which."""
    for column in Base.metadata.tables[table].columns:
        for key in column.foreign_keys:
            yield column.name, key.column.table.name


def _first(table: str, row: Row, tables: Tables) -> Row | None:
    """What it, or what it hangs on, was first in another team."""
    if row.get("origin_id") is not None:
        return tables[table].get(row["origin_id"])
    for column, target in _references(table):
        above = tables[target].get(row[column]) if target in ("interaction", "promise") else None
        found = _first(target, above, tables) if above else None
        if found is not None:
            return found
    return None


def _teams(table: str, row: Row, tables: Tables) -> set[int]:
    if table == "team":
        return {row["id"]}
    if row.get("team_id") is not None:
        return {row["team_id"]}
    found: set[int] = set()
    for column, target in _references(table):
        if target in ("person", "workspace") or row[column] is None:
            continue
        above = tables[target].get(row[column])
        if above is not None:
            found |= _teams(target, above, tables)
    return found


def _people(table: str, row: Row, tables: Tables) -> set[int]:
    """Those whom the row names, or what it is a part of."""
    found: set[int] = set()
    for column, target in _references(table):
        if row[column] is None or target in ("team", "workspace"):
            continue
        if target == "person":
            found.add(row[column])
        elif target in tables and row[column] in tables[target]:
            found |= _people(target, tables[target][row[column]], tables)
    return found
