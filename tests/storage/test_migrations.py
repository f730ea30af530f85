import json
import sys
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime, time
from typing import Any

import pytest
from alembic.script import ScriptDirectory
from sqlalchemy import MetaData, Table, func, insert, inspect, select, text

from bot.domain.accounts.visits import Visit
from bot.domain.contacts.drafts import DraftKind
from bot.domain.field_days import FieldDayEntry, FieldDayNotes, entry_in
from bot.domain.sessions.sessions import CloseEntry, TopicNotes, said_in
from bot.domain.workspaces.submissions import Made
from storage import migrations
from storage.database.engine import Database
from storage.database.types import EncryptedText, UtcDateTime
from storage.migrations import HEAD, differences, heads, migrate, version
from storage.models import Base
from storage.sessions import drafts
from storage.workspaces import submissions
from tests.forked import STREAMS, Forked

pytestmark = pytest.mark.slow

SOME_VALUE: dict[type, Any] = {
    bool: True,
    bytes: b"unread",
    date: date(2026, 11, 23),
    datetime: datetime(2026, 11, 23, 9, 30),  # noqa: DTZ001 - as the database itself holds it
    float: 1.5,
    int: 1,
    str: "words",
    time: time(8),
}


@pytest.fixture
def empty_database(empty_database_url: str, secret_key: str) -> Iterator[Database]:
    opened = Database(empty_database_url, (secret_key,))
    yield opened
    opened.close()


def revisions() -> list[str]:
    """All versions, oldest first."""
    script = ScriptDirectory(str(next(iter(migrations.__path__))))
    return [step.revision for step in script.walk_revisions()][::-1]


def fill_tables(database: Database, filled: set[str]) -> set[str]:
    """One row in each table that is not in `filled` yet and that no step filled; the tables that
    have one now."""
    schema = MetaData()
    with database.engine.begin() as connection:
        new = set(inspect(connection).get_table_names()) - filled - {"alembic_version"}
        schema.reflect(connection, only=sorted(new))
        for table in (one for one in schema.sorted_tables if one.name in new):
            if not connection.execute(select(func.count()).select_from(table)).scalar_one():
                connection.execute(insert(table).values(some_row(table, database.is_sqlite)))
    return filled | new


def some_row(table: Table, is_sqlite: bool) -> dict[str, Any]:
    """A value for every column but the id; whatever it points to is the first of its table."""
    row: dict[str, Any] = {}
    for column in table.c:
        if column.foreign_keys:
            row[column.name] = 1
        elif not column.primary_key:
            kind = column.type.python_type
            row[column.name] = SOME_VALUE[kind]
            if kind is datetime and not is_sqlite:
                row[column.name] = f"{SOME_VALUE[kind]}+00"
    return row


def counts(database: Database) -> dict[str, int]:
    with database.engine.begin() as connection:
        return {
            name: connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one()
            for name in inspect(connection).get_table_names()
        }


def schema_of(database: Database) -> dict[str, Any]:
    """All that there is of each table, as the database itself says it."""
    with database.engine.connect() as connection:
        found = inspect(connection)
        return {
            name: {
                "columns": in_order(
                    {**column, "type": str(column["type"])} for column in found.get_columns(name)
                ),
                "primary key": found.get_pk_constraint(name),
                "foreign keys": in_order(found.get_foreign_keys(name)),
                "unique": in_order(found.get_unique_constraints(name)),
                "checks": in_order(found.get_check_constraints(name)),
                "indexes": in_order(
                    {**index, "dialect_options": as_text(index.get("dialect_options", {}))}
                    for index in found.get_indexes(name)
                ),
            }
            for name in found.get_table_names()
            if name != "alembic_version"
        }


def as_text(options: Mapping[str, Any]) -> dict[str, str]:
    """The conditions of partial indexes are among them."""
    return {name: str(value) for name, value in options.items()}


def in_order(found: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    return sorted(found, key=lambda one: str(one["name"]))


def test_migrating_an_empty_database_makes_what_the_models_say(empty_database: Database) -> None:
    assert version(empty_database) is None
    migrate(empty_database, HEAD)
    assert differences(empty_database) == []
    assert version(empty_database) == HEAD
    migrated, rows = schema_of(empty_database), counts(empty_database)
    Base.metadata.drop_all(empty_database.engine)
    with empty_database.engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    assert counts(empty_database) == {}
    # Where nothing is, it is made at once.
    migrate(empty_database)
    assert version(empty_database) == HEAD
    assert (migrated, rows) == (schema_of(empty_database), counts(empty_database))


def test_there_is_one_newest_version_and_it_is_known() -> None:
    assert heads() == [HEAD]
    assert revisions()[-1] == HEAD


def test_migrating_again_changes_nothing(database: Database) -> None:
    migrate(database)
    assert version(database) == HEAD
    assert differences(database) == []


def test_rows_of_every_version_are_still_there_at_the_newest(empty_database: Database) -> None:
    filled: set[str] = set()
    for revision in revisions():
        migrate(empty_database, revision)
        assert version(empty_database) == revision
        filled = fill_tables(empty_database, filled)
    migrate(empty_database)
    # What four others said of themselves.
    more = {"submission": 4}
    found = counts(empty_database)
    assert {table: count for table, count in found.items() if count != 1} == more
    assert set(counts(empty_database)) == filled | {"alembic_version"}
    assert differences(empty_database) == []


def test_rows_of_the_first_version_survive_all_steps_at_once(empty_database: Database) -> None:
    migrate(empty_database, revisions()[0])
    filled = fill_tables(empty_database, set())
    migrate(empty_database)
    assert {table for table, count in counts(empty_database).items() if count == 1} >= filled


def test_what_was_shared_before_is_of_the_rep_it_was_shared_with(empty_database: Database) -> None:
    migrate(empty_database, "0001_initial")
    fill_tables(empty_database, {"posted_message"})
    of_rep = {"subject": "shared:1", "channel": "D1", "ts": "1.0"}
    of_list = {"subject": "todo_list:1:2026-11-23", "channel": "D2", "ts": "2.0"}
    with empty_database.engine.begin() as connection:
        schema = MetaData()
        schema.reflect(connection)
        table = schema.tables["posted_message"]
        for message in (of_rep, of_list):
            row = {**some_row(table, empty_database.is_sqlite), **message, "reader_id": None}
            connection.execute(insert(table).values(row))
    migrate(empty_database)
    with empty_database.engine.begin() as connection:
        shared = connection.execute(text("SELECT rep_id, ended_at FROM sharing")).one()
        readers = connection.execute(
            text("SELECT channel, reader_id FROM posted_message ORDER BY channel")
        ).all()
    assert tuple(shared) == (1, None)
    assert [tuple(row) for row in readers] == [("D1", 1), ("D2", None)]


def test_what_a_form_made_is_still_found_by_it(empty_database: Database) -> None:
    migrate(empty_database, "0001_initial")
    fill_tables(empty_database, set())
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE promise SET form = 'words:pipeline'"))
        connection.execute(text("UPDATE agenda_item SET author_id = NULL"))
    migrate(empty_database)
    with empty_database.reading(1) as tx:
        contact = submissions.find(tx, "words", Made.CONTACT, 1, 1)
        steps = submissions.steps_of(tx, "words", Made.PROMISE, 1, 1)
        item = submissions.find(tx, "words", Made.ITEM, 1, 1)
    assert contact.made == ("1",)
    assert {step: sent.made for step, sent in steps.items()} == {"pipeline": ("1",)}
    assert item.is_new


def test_a_step_of_before_stands_under_its_topic(empty_database: Database) -> None:
    migrate(empty_database, "0012_rows")
    fill_tables(empty_database, {"submission"})
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE interaction SET kind = 'session'"))
        connection.execute(text("UPDATE topic SET key = 'accounts', title = 'Key-account plan'"))
        schema = MetaData()
        schema.reflect(connection)
        table = schema.tables["submission"]
        row = {**some_row(table, empty_database.is_sqlite), "kind": "promise", "made": '["1"]'}
        for step in ("", "accounts"):
            connection.execute(insert(table).values({**row, "step": step}))
    migrate(empty_database)
    with empty_database.engine.begin() as connection:
        assert connection.execute(text("SELECT topic_key FROM promise")).scalar_one() == "accounts"
        assert connection.execute(text("SELECT shape FROM topic")).scalar_one() == "accounts"


def test_what_was_heard_before_is_a_note_a_line(empty_database: Database) -> None:
    migrate(empty_database, "0028_save_it_plan")
    fill_tables(empty_database, set())
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE account_spelling SET key = 'acme'"))
        connection.execute(text("UPDATE visit SET account = 'ACME'"))
        heard = {"heard": "Acme: 60 days\n\nfewer fairs: none"}
        connection.execute(text("UPDATE field_day SET market = :heard"), heard)
    migrate(empty_database)
    with empty_database.engine.begin() as connection:
        found = connection.execute(
            text("SELECT account_id, account, text, place FROM market_note ORDER BY place")
        ).all()
    assert [tuple(row) for row in found] == [
        (1, "Acme", "60 days", 0),
        (1, "ACME", "fewer fairs: none", 1),
    ]


def test_what_was_said_of_a_date_in_something_that_is_gone_is_its_managers_alone(
    empty_database: Database,
) -> None:
    migrate(empty_database, "0053_tags")
    fill_tables(empty_database, set())
    with empty_database.engine.begin() as connection:
        connection.execute(text("UPDATE account_date_source SET written = 'Acme'"))
        for contact, written in (("NULL", "Acme"), ("NULL", "")):
            connection.execute(
                text(
                    "INSERT INTO account_date_source"
                    " (workspace_id, date_id, contact_id, written, noted_on)"
                    f" VALUES (1, 1, {contact}, '{written}', '2026-11-23')"
                )
            )
    migrate(empty_database)
    with empty_database.engine.begin() as connection:
        found = connection.execute(
            text("SELECT contact_id, written, author_id, shared FROM account_date_source")
        ).all()
    assert {tuple(row) for row in found} == {
        (1, "Acme", None, True),
        (None, "Acme", 1, False),
        (None, "", None, True),
    }


BEFORE_TYPED = {
    "a-session": (
        "pipeline",
        1,
        {
            "day": "2026-11-23",
            "results": "two wins",
            "shared_note": "a good talk",
            "topics": {
                "territory": [
                    "win the north",
                    "Jo moved on",
                    "find a map",
                    "manager",
                    "2026-12-01",
                ],
                "pipeline": ["close Hooli", "", "", "rep", None, True],
            },
        },
    ),
    "a-field-day": (
        "",
        None,
        {
            "day": "2026-11-24",
            "visits": "Acme: Jo Lee, wants a trial",
            "texts": ["long", "listens", "shorter", "Globex is cheaper"],
            "actions": ["sends the quote", ""],
            "due_on": None,
        },
    ),
}
"""Drafts as they were kept until forms were saved as they are typed: their step, their topics, and
what their author had written."""


def test_what_was_half_written_before_is_there_to_the_last_word(empty_database: Database) -> None:
    migrate(empty_database, "0012_rows")
    fill_tables(empty_database, {"draft"})
    kept = Table("draft", MetaData(), autoload_with=empty_database.engine)
    kept.c.state.type = EncryptedText()
    kept.c.saved_at.type = UtcDateTime()
    with empty_database.engine.begin() as connection:
        for form, (step, topic_set, state) in BEFORE_TYPED.items():
            row = {"form": form, "step": step, "topic_set_id": topic_set, "rep_id": 1}
            row |= {"author_id": 1, "workspace_id": 1, "state": json.dumps(state)}
            connection.execute(insert(kept).values({**row, "saved_at": datetime.now(UTC)}))
    migrate(empty_database)
    with empty_database.reading(1) as tx:
        (session,) = drafts.of_author(tx, 1, DraftKind.SESSION)
        (field_day,) = drafts.of_author(tx, 1, DraftKind.FIELD_DAY, form="a-field-day")
    assert (session.form, session.step, session.topic_set) == ("a-session", "pipeline", 1)
    said = {step: said_in(step, typed) for step, typed in session.typed.items()}
    assert said == {
        "territory": TopicNotes(
            "win the north", "Jo moved on", "me: find a map, by Tue 1 Dec 2026"
        ),
        "pipeline": TopicNotes("close Hooli", progress=True),
        "close": CloseEntry(date(2026, 11, 23), "two wins", "a good talk"),
    }
    assert field_day.rep is not None
    assert entry_in(field_day.typed[field_day.step]) == FieldDayEntry(
        rep="",
        day=date(2026, 11, 24),
        notes=FieldDayNotes(
            (Visit("Acme", "Jo Lee", "wants a trial"),),
            "long",
            "listens",
            "shorter",
            "Globex is cheaper",
        ),
        rep_action="sends the quote",
    )


def migrate_when_told(url: str, key: str) -> None:
    database = Database(url, (key,))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    migrate(database)


def test_of_processes_that_start_at_once_one_migrates_and_all_go_on(
    empty_database_url: str, secret_key: str
) -> None:
    processes = [
        Forked(migrate_when_told, empty_database_url, secret_key, pipes=STREAMS) for _ in range(2)
    ]
    try:
        for process in processes:
            process.is_ready()
        for process in processes:
            process.goes_on()
        ends = [(process.end(), process.wait()) for process in processes]
    finally:
        for process in processes:
            process.kill()
            process.wait()
    assert ends == [("", 0), ("", 0)]
    database = Database(empty_database_url, (secret_key,))
    try:
        assert version(database) == HEAD
        assert differences(database) == []
        assert counts(database)["alembic_version"] == 1
    finally:
        database.close()


def test_a_yes_to_all_results_is_a_yes_to_each_of_them(empty_database: Database) -> None:
    migrate(empty_database, "0028_save_it_plan")
    fill_tables(empty_database, {"metric", "result", "reading", "save_it_plan", "save_it_step"})
    with empty_database.engine.begin() as connection:
        schema = MetaData()
        schema.reflect(connection)
        metric, team = schema.tables["metric"], schema.tables["team"]
        said_no = {**some_row(team, empty_database.is_sqlite), "warned_by_results": False}
        person = schema.tables["person"]
        other = {**some_row(person, empty_database.is_sqlite), "slack_id": "U2"}
        connection.execute(insert(person).values(other))
        connection.execute(insert(team).values({**said_no, "manager_id": 2}))
        row = some_row(metric, empty_database.is_sqlite)
        for place, (of, kind) in enumerate(
            [(1, "leading"), (1, "lagging"), (1, "lagging"), (2, "lagging")]
        ):
            said = {"team_id": of, "kind": kind, "key": f"metric {place}"}
            connection.execute(insert(metric).values({**row, **said}))
    migrate(empty_database)
    with empty_database.engine.begin() as connection:
        found = connection.execute(text("SELECT key, chosen FROM metric ORDER BY key")).all()
    assert [bool(chosen) for _, chosen in found] == [False, True, True, False]
