from collections.abc import Callable, Iterator
from itertools import count
from pathlib import Path

import pytest

from storage.database.engine import Database
from storage.workspaces import installs
from tests.databases import BACKENDS, EmptiedDatabase, put_back, refilled
from tests.services.monday import Office, opened

numbers = count()


@pytest.fixture(scope="module", params=BACKENDS)
def one_database(
    request: pytest.FixtureRequest, engine_at: Callable[[str], Database]
) -> Iterator[Database]:
    """One database for all tests of a module, each of which has a workspace of its own. Its address
    is that of the module before, and so is its engine, which has compiled the statements."""
    if request.param == "sqlite":
        template: Path = request.getfixturevalue("migrated_file")
        url = refilled(template, "of_a_module.db")
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
