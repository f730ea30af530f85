from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from storage.database.engine import Database
from storage.workspaces import installs
from tests.databases import BACKENDS, EmptiedDatabase, EmptiedFile, Engines, put_back
from tests.services.monday import Office, opened

numbers = count()


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """What is done on PostgreSQL too: the first test of a file, and what is `both`; the others
    there are left to `make sweep`. Every statement is tried on both by tests/storage/test_scope.py,
    so that what may differ is what happens at once, waits, or goes wrong."""
    here = [item for item in items if item.path.parent == Path(__file__).parent]
    elsewhere = {_test(item) for item in here if not item.get_closest_marker("postgresql")}
    met: set[Path] = set()
    for item in here:
        if not item.get_closest_marker("postgresql") or _test(item) not in elsewhere:
            continue
        if item.path in met and not item.get_closest_marker("both"):
            item.add_marker("sweep")
        met.add(item.path)


def _test(item: pytest.Item) -> tuple[Path, str]:
    return item.path, getattr(item, "originalname", item.name)


@pytest.fixture(scope="session")
def emptied_for_modules(migrated_file: Path, engine_at: Engines) -> Iterator[EmptiedFile]:
    """A migrated SQLite database to empty, beside that of a test."""
    emptied = EmptiedFile(migrated_file, "of_a_module.db", engine_at.let_go)
    yield emptied
    emptied.close()


@pytest.fixture(scope="module", params=BACKENDS)
def one_database(request: pytest.FixtureRequest, engine_at: Engines) -> Iterator[Database]:
    """One database for all tests of a module, each of which has a workspace of its own. Its address
    is that of the module before, and so is its engine, which has compiled the statements."""
    if request.param == "sqlite":
        emptied: EmptiedFile = request.getfixturevalue("emptied_for_modules")
        emptied.empty()
        url = emptied.url
    else:
        migrated: EmptiedDatabase = request.getfixturevalue("migrated_on_server")
        migrated.empty()
        url = migrated.url
    shared = engine_at(url)
    yield shared
    put_back(shared)


@pytest.fixture
def office(one_database: Database) -> Office:
    """Dana's office in a workspace of the test's own."""
    return opened(one_database, installs.ensure(one_database, f"T{next(numbers)}", "Home"))
