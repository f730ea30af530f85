"""How large a database grows: bytes for each year of a team of eight, by table with its indexes,
on SQLite and PostgreSQL. A year is what two years take beyond one, so that what is there from the
first day on (the schema, empty pages) is in none."""

from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from cryptography.fernet import Fernet
from sqlalchemy import func, insert, select, update

from bot.domain.workspaces.submissions import Made
from storage.database.engine import Database
from storage.migrations import migrate
from storage.models import Base, Interaction, Note, Person, Promise, Submission
from storage.workspaces import installs
from tests.bench.table import Row
from tests.databases import address, postgres_database, postgres_server
from tests.services.history import NOW, seed

REPS = 8
YEAR = 52
PATIENCE = 300.0
SHOWN = 12
"""Tables that have a row of their own: those that grow the most."""

WORDS = {
    "interaction": {"about": 60},
    "session": {"shared_note": 150, "results": 80},
    "session_topic": {"plan": 150, "changed": 100, "next_step": 80},
    "field_day": {"rep_view": 100, "strength": 60, "focus": 60, "market": 120},
    "visit": {"people": 25, "outcome": 60, "next_step": 50},
    "promise": {"what": 60},
    "agenda_item": {"text": 70, "outcome": 60},
    "team_promise": {"what": 60},
    "slot": {"text": 120, "source": 40},
    "market_note": {"text": 100},
    "issue_answer": {"text": 80},
    "preparation": {"text": 120},
}
"""How many characters people write into what, about."""

NOTED = 4
"""Of so many contacts one has a private note, and there is a note to oneself for as many."""

SIZES = """
    SELECT coalesce(m.tbl_name, s.name) AS name, sum(s.pgsize) AS bytes
    FROM dbstat s LEFT JOIN sqlite_master m ON m.name = s.name
    GROUP BY 1
"""
SIZES_ON_SERVER = """
    SELECT relname AS name, pg_total_relation_size(oid) AS bytes FROM pg_class
    WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace
"""


def sqlite_rows() -> Iterator[Row]:
    """A file each for one year and for two."""
    with TemporaryDirectory() as folder:
        sizes = [_sizes(f"sqlite:///{Path(folder) / f'{years}.db'}", years) for years in (1, 2)]
    yield from _rows("SQLite", *sizes)


def postgresql_rows() -> Iterator[Row]:
    """A database each."""
    with postgres_server() as server:
        sizes = []
        for years in (1, 2):
            with postgres_database(server) as url:
                sizes.append(_sizes(address(url), years))
    yield from _rows("PostgreSQL", *sizes)


def _rows(where: str, one: dict[str, int], two: dict[str, int]) -> Iterator[Row]:
    grown = {name: two[name] - one.get(name, 0) for name in two}
    most = sorted(grown, key=lambda name: -grown[name])
    yield Row(f"a team-year of {REPS} on {where}", "all tables", _size(sum(grown.values())), "-")
    for name in most[:SHOWN]:
        yield Row(f"  {name}", "", _size(grown[name]), "-")
    rest = sum(grown[name] for name in most[SHOWN:])
    yield Row("  the others", f"{len(most) - SHOWN} tables", _size(rest), "-")


def _size(count: int) -> str:
    return f"{count / 1024:,.0f} KiB"


def _sizes(url: str, years: int) -> dict[str, int]:
    database = Database(url, (Fernet.generate_key().decode(),), patience=PATIENCE)
    try:
        migrate(database)
        workspace = installs.ensure(database, "T0SIZE", "Home")
        seed(database, workspace, "UDANA", reps=REPS, weeks=years * YEAR, patience=PATIENCE)
        _write_more(database, workspace)
        # Outside any transaction, and written anew: what was written twice is there once.
        raw = database.engine.raw_connection()
        raw.commit()
        connection: Any = raw.driver_connection
        if database.is_sqlite:
            connection.execute("VACUUM")
            sizes = connection.execute(SIZES)
        else:
            connection.autocommit = True
            cursor = raw.cursor()
            cursor.execute("SET statement_timeout = 0")
            cursor.execute("VACUUM FULL")
            cursor.execute(SIZES_ON_SERVER)
            sizes = cursor
        found = {name: int(size) for name, size in sizes.fetchall()}
        raw.close()
        return found
    finally:
        database.close()


def _write_more(database: Database, workspace: int) -> None:
    """Words as long as people write them, private notes, and what was sent by each form."""
    with database.engine.begin() as connection:
        for name, columns in WORDS.items():
            table = Base.metadata.tables[name]
            written = {column: "wörd " * (length // 5) for column, length in columns.items()}
            connection.execute(update(table).values(written))
        note = {Interaction.private_note: "what nobody else is to read " * 4}
        connection.execute(update(Interaction).where(Interaction.id % NOTED == 0).values(note))
        author = connection.execute(select(func.min(Person.id))).scalar_one()
        team = connection.execute(select(func.min(Interaction.team_id))).scalar_one()
        sent = [
            {
                "form": f"V{kind.value}{row.id:010}",
                "step": "",
                "kind": kind,
                "author_id": author,
                "team_id": team,
                "made": f'["{row.id}"]',
                "workspace_id": workspace,
            }
            for model, kind in ((Interaction, Made.CONTACT), (Promise, Made.PROMISE))
            for row in connection.execute(select(model.id))
        ]
        connection.execute(insert(Submission), sent)
        notes = [
            {
                "author_id": author,
                "text": "a thought between two customers " * 3,
                "written_at": NOW,
                "message": f"D0:{number}",
                "workspace_id": workspace,
            }
            for number in range(len(sent) // (2 * NOTED))
        ]
        connection.execute(insert(Note), notes)
