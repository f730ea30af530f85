import shutil
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import pytest

from storage.database.engine import Database
from storage.workspaces import installs
from tests.databases import BACKENDS, EmptiedDatabase
from tests.services.monday import Office, opened

numbers = count()


@pytest.fixture(scope="module", params=BACKENDS)
def one_database(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, secret_key: str
) -> Iterator[Database]:
    """One database for all tests of a module, each of which has a workspace of its own: an engine
    compiles its statements once, and that takes longer than to run them."""
    if request.param == "sqlite":
        path = tmp_path_factory.mktemp("shared") / "windshield.db"
        template: Path = request.getfixturevalue("migrated_file")
        shutil.copyfile(template, path)
        url = f"sqlite:///{path}"
    else:
        migrated: EmptiedDatabase = request.getfixturevalue("migrated_on_server")
        migrated.empty()
        url = migrated.url
    shared = Database(url, (secret_key,))
    yield shared
    shared.close()


@pytest.fixture
def office(one_database: Database) -> Office:
    """Dana's office in a workspace of the test's own."""
    return opened(one_database, installs.ensure(one_database, f"T{next(numbers)}", "Home"))
