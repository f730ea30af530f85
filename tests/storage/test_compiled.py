"""Statements are compiled once, and found again without being read."""

from typing import Any

import pytest
from sqlalchemy import Integer, bindparam, select

from storage.database import compiled as module
from storage.database.compiled import CompiledStatements, Key
from storage.database.engine import Database


class Word:
    """A part of a statement's key that counts how often it is read."""

    def __init__(self, says: str) -> None:
        self.says = says
        self.read = 0

    def __hash__(self) -> int:
        self.read += 1
        return hash(self.says)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Word) and other.says == self.says


def key(*said: Any, columns: tuple[str, ...] = (), many: bool = False) -> Key:
    return "a dialect", said, columns, False, many


def test_a_constant_is_found_again_without_being_read() -> None:
    found: Any = CompiledStatements()
    word = Word("select")
    constant = key(word)
    assert found.get(constant) is None
    found[constant] = "compiled"
    word.read = 0
    assert found.get(("a dialect", constant[1], (), False, False)) == "compiled"
    assert word.read == 0


def test_what_is_built_anew_is_found_by_what_it_says() -> None:
    found: Any = CompiledStatements()
    found[key(Word("select"))] = "compiled"
    assert found.get(key(Word("select"))) == "compiled"
    assert found.get(key(Word("delete"))) is None


def test_what_is_bound_and_how_often_it_runs_is_told_apart() -> None:
    found: Any = CompiledStatements()
    said = (Word("insert"),)
    ways = [
        ("a dialect", said, ("id",), False, False),
        ("a dialect", said, ("id", "name"), False, False),
        ("a dialect", said, ("id",), False, True),
    ]
    for number, way in enumerate(ways):
        assert found.get(way) is None
        found[way] = number
    assert [found.get(way) for way in ways] == [0, 1, 2]


def test_it_does_not_grow_with_what_is_built_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "MOST", 10)
    found: Any = CompiledStatements()
    for _ in range(100):
        again = key(Word("select"))
        if found.get(again) is None:
            found[again] = "compiled"
    assert len(found) == 1
    assert len(found._by_object) <= 10


def test_statements_of_the_database_are_kept_there(database: Database, workspace_id: int) -> None:
    asked = select(bindparam("number", type_=Integer).label("number"))
    with database.reading(workspace_id) as tx:
        assert [tx.first(asked, number=number).number for number in (1, 2)] == [1, 2]
        kept = tx.connection.get_execution_options()["compiled_cache"]
    assert isinstance(kept, CompiledStatements)
    assert asked._generate_cache_key().key in [said for _, said, *_ in kept]  # type: ignore[union-attr]
