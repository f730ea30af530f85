"""What SQLAlchemy makes of statements, found again without reading the statement."""

from collections.abc import Iterator, MutableMapping
from typing import Any

from sqlalchemy.sql.compiler import Compiled
from sqlalchemy.util import LRUCache

MOST = 2_000
"""Statements that stay compiled: more than the product has."""

# The dialect, the statement's own key, the names that are bound, and in which of two ways.
Key = tuple[Any, tuple[Any, ...], tuple[str, ...], bool, bool]


class CompiledStatements(MutableMapping[Key, Compiled]):
    """The `compiled_cache` of an engine.

    A statement's key tells everything of it, in hundreds of nested parts, which SQLAlchemy's own
    cache hashes and compares each time it runs. Ours are constants, and a constant's key is always
    the same object: it is known by that. Any other statement is found by what its key says.
    """

    def __init__(self) -> None:
        self._by_words: LRUCache[Key, Compiled] = LRUCache(MOST)
        self._by_object: dict[tuple[int, *tuple[object, ...]], tuple[object, Compiled]] = {}

    def __getitem__(self, key: Key) -> Compiled:
        _, said, *rest = key
        # As long as it is kept here, nothing else has its number.
        known = self._by_object.get((id(said), *rest))
        return known[1] if known else self._noted(key, self._by_words[key])

    def __setitem__(self, key: Key, compiled: Compiled) -> None:
        self._by_words[key] = self._noted(key, compiled)

    def _noted(self, key: Key, compiled: Compiled) -> Compiled:
        _, said, *rest = key
        if len(self._by_object) >= MOST:
            self._by_object.clear()
        self._by_object[id(said), *rest] = said, compiled
        return compiled

    def __delitem__(self, key: Key) -> None:
        self._by_object.clear()
        del self._by_words[key]

    def __iter__(self) -> Iterator[Key]:
        return iter(self._by_words)

    def __len__(self) -> int:
        return len(self._by_words)
