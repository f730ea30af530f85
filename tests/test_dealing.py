"""How the tests of a run are dealt to its workers."""

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from tests.conftest import COSTLY, dealt

LONG = ["test_scope.py"] * 5 + ["test_again.py"] * 2


@pytest.mark.parametrize("workers", [1, 2, 3, 4, 7])
def test_each_worker_begins_with_its_share_of_what_takes_long(workers: int) -> None:
    names = ["test_a.py"] * 50 + LONG + ["test_b.py"] * 40
    items: list[Any] = [SimpleNamespace(path=Path(name), number=n) for n, name in enumerate(names)]
    found: list[Any] = dealt(items, workers)
    assert sorted(item.number for item in found) == [*range(len(items))]
    begins = [len(items) * worker // workers for worker in range(workers)]
    for worker, begin in enumerate(begins):
        share = len(LONG[worker::workers])
        long = [item.path.name in COSTLY for item in found[begin : begin + share + 1]]
        assert long == [True] * share + [False]
    assert found[0].path.name == "test_again.py", "what takes longest is the first of all"


def test_few_tests_are_all_there() -> None:
    items: list[Any] = [SimpleNamespace(path=Path(name)) for name in LONG]
    assert dealt(items[:2], 3) == items[:2]
    assert dealt([], 3) == []


def test_files_that_take_long_are_there() -> None:
    there = {path.name for path in Path(__file__).parent.rglob("test_*.py")}
    assert set(COSTLY) <= there
