"""Statements are constants, each within its workspace; lists of any length are asked in parts."""

import ast
import importlib
import pkgutil
from collections.abc import Iterator

import pytest
from sqlalchemy import (
    BinaryExpression,
    BindParameter,
    ClauseElement,
    ColumnClause,
    Delete,
    Executable,
    Select,
    Table,
    TextClause,
    Update,
    delete,
    select,
)
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.sql.visitors import iterate

import storage
from storage import promises
from storage.database import transaction
from storage.database.engine import Database
from storage.database.statements import WORKSPACE
from storage.models import Person, Promise
from storage.team import absences, people, teams
from tests.places import ROOT
from tests.storage.world import (
    MANAGER,
    PATIENCE,
    REP,
    TODAY,
    add_people,
    add_promise,
    fill,
    statements,
)

MORE_THAN_ANY_STATEMENT_TAKES = 70_000
"""Parameters: PostgreSQL takes 65,535 and SQLite 32,766."""

OF_MANY_WORKSPACES = {
    "storage.delivery.queue.WAITING": "the heartbeat looks into all that are served at once",
    "storage.delivery.queue.NEXT_TRY": "the same look, once all is done",
    "storage.delivery.queue.NEXT_EVENT": "the same look, for the sandbox's clock",
    "storage.binder.exports.DUE": "the same of exports",
    "storage.workspaces.installs.WORKSPACES": "all there are",
    "storage.workspaces.installs.MAKE": "a new one",
    "storage.binder.calendars.WITH_DIGEST": "who asks has a secret and says no workspace",
    "storage.workspaces.private.ENDS": "the key is one for all",
    "storage.database.engine.READ_ONLY": "a setting of the server",
    "storage.database.engine.ONE_MOMENT": "how a transaction reads",
}
NOT_CONSTANT = {
    "storage/database/": "builds what is cached for each table",
    "storage/migrations/": "run once",
}
BUILT_ONCE = {
    "storage/erasure.py": {"_ids"},
    "storage/mentions.py": {"_statement"},
    "storage/workspaces/readable.py": {"is_managed_by", "is_shared"},
}
"""Functions that are called while their module is imported, and never again."""

BUILDERS = {"select", "update", "delete", "insert", "union", "union_all", "exists", "aliased"}
GENERATIVE = {"where", "join_from", "outerjoin", "order_by", "group_by", "select_from"}


def constants() -> Iterator[tuple[str, Executable]]:
    """Every statement that a module of storage holds, by its full name."""
    for found in pkgutil.walk_packages(storage.__path__, "storage."):
        if found.name.startswith(("storage.migrations.", "storage.models.")):
            continue
        for name, value in vars(importlib.import_module(found.name)).items():
            for statement in statements_in(value):
                yield f"{found.name}.{name}", statement


def statements_in(value: object) -> Iterator[Executable]:
    """The statement that a constant is, or all of a row of them; words in a row are conditions."""
    if isinstance(value, tuple):
        for one in value:
            if not isinstance(one, TextClause):
                yield from statements_in(one)
    elif isinstance(value, Executable) and not isinstance(value, FunctionElement):
        yield value


def is_scoped(statement: Executable) -> bool:
    """Whether it asks for rows of the workspace that is bound; what changes rows, for its own."""
    if isinstance(statement, Update | Delete):
        assert isinstance(statement.table, Table)
        return statement.table.name in scoped_tables(statement.whereclause)
    return bool(scoped_tables(statement))


def scoped_tables(part: ClauseElement | Executable | None) -> set[str]:
    """The tables whose workspace is to be the one that is bound."""
    assert isinstance(part, ClauseElement)
    return {
        one.left.table.name
        for one in iterate(part)
        if isinstance(one, BinaryExpression)
        and names_workspace(one.left)
        and isinstance(one.right, BindParameter)
        and one.right.key == WORKSPACE.key
    }


def names_workspace(column: object) -> bool:
    """Whether it says which workspace a row is of, or is the workspace's own id."""
    key, table = getattr(column, "key", None), getattr(column, "table", None)
    return key == "workspace_id" or (key == "id" and getattr(table, "name", None) == "workspace")


def builders_in(source: str) -> set[str]:
    """The functions of a module that build a statement."""
    return {
        function.name
        for function in ast.walk(ast.parse(source))
        if isinstance(function, ast.FunctionDef)
        and any(isinstance(one, ast.Call) and builds(one.func) for one in ast.walk(function))
    }


def builds(called: ast.expr) -> bool:
    if isinstance(called, ast.Name):
        return called.id in BUILDERS
    return isinstance(called, ast.Attribute) and called.attr in GENERATIVE


def test_every_statement_is_scoped_to_its_workspace(subtests: pytest.Subtests) -> None:
    found = list(constants())
    assert {name for name, _ in found} > set(OF_MANY_WORKSPACES)
    for name, statement in found:
        with subtests.test(name):
            assert is_scoped(statement) == (name not in OF_MANY_WORKSPACES)


def test_a_statement_that_names_no_workspace_is_noticed() -> None:
    other = select(Person.id).where(Person.workspace_id == WORKSPACE).scalar_subquery()
    assert not is_scoped(select(Promise.id))
    assert not is_scoped(delete(Promise).where(Promise.rep_id == other))


WRITTEN_BY_PEOPLE = {"name", "title", "account", "people", "text", "about", "what"}


def ordered_by(statement: Executable) -> set[str]:
    """The columns with people's words that a statement sorts by."""
    clauses = getattr(statement, "_order_by_clauses", ())
    columns = (part for clause in clauses for part in iterate(clause))
    return {one.name for one in columns if isinstance(one, ColumnClause)} & WRITTEN_BY_PEOPLE


def test_no_statement_sorts_words_that_each_database_sorts_in_its_own_way(
    subtests: pytest.Subtests,
) -> None:
    """They are sorted in Python, by `in_order` (bot/domain/workspaces/names.py)."""
    for name, statement in constants():
        with subtests.test(name):
            assert ordered_by(statement) == set()


def test_a_statement_that_sorts_names_is_noticed() -> None:
    assert ordered_by(select(Person.id).order_by(Person.name.desc(), Person.id)) == {"name"}


def test_no_function_builds_a_statement(subtests: pytest.Subtests) -> None:
    for package in ("bot", "handlers", "storage"):
        for path in (ROOT / package).rglob("*.py"):
            name, source = str(path.relative_to(ROOT)), path.read_text()
            if package != "storage" and "sqlalchemy" not in source:
                continue
            if not name.startswith(tuple(NOT_CONSTANT)):
                with subtests.test(name):
                    assert builders_in(source) == BUILT_ONCE.get(name, set())


def test_a_function_that_builds_a_statement_is_noticed() -> None:
    source = "def one(tx):\n    return tx.all(select(Row).where(Row.id == 1))\n"
    assert builders_in(source) == {"one"}
    assert builders_in("ONE = select(Row)\ndef one(tx):\n    return tx.all(ONE)\n") == set()


FOLLOWING = ("storage.binder.moving.following.", "storage.binder.moving.tags.")
ONE_OR_SOME = {"among", "contact", "note"}


@pytest.mark.parametrize("backend", ["sqlite"], indirect=True)
def test_what_follows_a_click_is_found_without_a_look_through_all_there_is(
    database: Database, subtests: pytest.Subtests
) -> None:
    """What came along from a contact or a note, as SQLite says that it looks for it."""
    looked = 0
    for name, statement in constants():
        if not name.startswith(FOLLOWING) or not isinstance(statement, Select):
            continue
        compiled = statement.compile(dialect=database.engine.dialect)
        if ONE_OR_SOME.isdisjoint(compiled.params):
            continue
        looked += 1
        asked = f"EXPLAIN QUERY PLAN {compiled}"
        with subtests.test(name), database.engine.connect() as connection:
            plan = connection.exec_driver_sql(asked, (None,) * asked.count("?"))
            steps = [step for *_, step in plan]
            assert not [one for one in steps if one.startswith("SCAN") and "json_each" not in one]
    assert looked > 5


@pytest.mark.slow
def test_more_ids_than_a_statement_takes_are_asked_for_in_parts(database: Database) -> None:
    world = fill(database, "T1")
    many = range(MORE_THAN_ANY_STATEMENT_TAKES)
    with database.writing(world.workspace_id, patience=PATIENCE) as tx:
        assert set(people.get_many(tx, [*map("U{}".format, many), MANAGER, REP])) == {MANAGER, REP}
        assert people.get_many(tx, []) == {}
        assert set(people.get_many_by_id(tx, many)) >= {world.manager_id, world.rep_id}
        assert absences.of_people(tx, [(world.team_id, one) for one in many], TODAY)[
            world.team_id, world.rep_id
        ]
        (before,) = promises.of_reps(tx, world.team_id, many)
        assert before.interaction_id == world.touch_id
        promises.let_go(tx, many)
        (after,) = promises.of_reps(tx, world.team_id, many)
        assert after.interaction_id is None


def test_pairs_of_any_number_are_one_value(database: Database) -> None:
    world = fill(database, "T1")
    pairs = [(world.team_id, rep) for rep in range(MORE_THAN_ANY_STATEMENT_TAKES)]
    with (
        database.writing(world.workspace_id, patience=PATIENCE) as tx,
        statements(database) as sent,
    ):
        (found,) = promises.open_with(tx, pairs)
        assert found.id == world.promise_id
        assert len(sent) == 1


def test_what_is_asked_for_in_parts_is_in_order_and_there_once(
    database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    world = fill(database, "T1")
    monkeypatch.setattr(transaction, "BULK", 2)
    with database.writing(world.workspace_id) as tx:
        ids = add_people(tx, [f"U{name}" for name in "BDACE"])
        teams.add_members(tx, [(world.team_id, one, TODAY) for one in ids.values()])
        for day, rep in enumerate(ids.values(), start=1):
            add_promise(tx, world.team_id, rep, made_on=TODAY.replace(day=day))
        wanted = list(ids.values())
        with statements(database) as sent:
            found = promises.of_reps(tx, world.team_id, [*wanted, *wanted])
        assert len(sent) == 3
        assert [one.made_on.day for one in found] == [5, 4, 3, 2, 1]
        assert teams.places(tx, ids, TODAY) == {one: {world.team_id} for one in ids}


def test_a_change_of_what_is_no_column_is_refused(database: Database) -> None:
    world = fill(database, "T1")
    with (
        database.writing(world.workspace_id) as tx,
        pytest.raises(ValueError, match="no columns of promise: \\['kept'\\]"),
    ):
        promises.change(tx, world.promise_id, kept=TODAY)
