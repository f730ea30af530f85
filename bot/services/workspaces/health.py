"""Whether the database answers and holds the schema this version needs."""

from datetime import datetime, timedelta

from bot.domain.team.teams import by_team
from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError
from storage.database.engine import Database
from storage.database.version import schema_fault, version
from storage.team import teams
from storage.workspaces import installs, private


def database_problem(database: Database) -> str | None:
    """What keeps the database from serving, in a few words; None when nothing does."""
    try:
        fault = schema_fault(version(database))
    except DatabaseUnavailableError as error:
        return str(error)
    return None if fault is None else str(fault)


def is_empty(database: Database) -> bool:
    """Whether it answers and holds nothing yet: the first run makes its schema. Raises
    DatabaseUnavailableError."""
    return version(database) is None


def write_problem(database: Database) -> str | None:
    """What keeps the database from being written to. Raises DatabaseUnavailableError."""
    if not database.can_be_written():
        return f"{DatabaseFault.READ_ONLY}; windshield export works, run and tick do not"
    return None


def waiting_lists(database: Database, now: datetime) -> list[str]:
    """The managers who have left Slack and whose teams still have reps, by name: nobody has their
    lists. Raises DatabaseUnavailableError."""
    found = []
    for workspace_id in installs.all_ids(database).values():
        with database.reading(workspace_id) as tx:
            gone = [team for team in teams.all_teams(tx) if not team.manager.active]
            # A day earlier: in the west it may still be yesterday.
            since = (now - timedelta(days=1)).date()
            members = teams.members_of(tx, [team.id for team in gone], since)
            there = by_team(members)
            found += [
                team.manager.name
                for team in gone
                if any(one.is_on(team.today(now)) for one in there.get(team.id, ()))
            ]
    return sorted(found)


def key_problem(database: Database) -> str | None:
    """What of all that is private cannot be read with the key there is. Raises
    DatabaseUnavailableError."""
    looked, sealed = private.unreadable(database)
    if not sealed:
        return None
    return (
        f"it does not fit {sealed} of {looked} private texts looked at; put the key back that they "
        "were kept with, in WINDSHIELD_SECRET_KEY behind the new one, or as the .key file beside "
        "the database"
    )
