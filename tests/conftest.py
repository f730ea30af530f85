import gc
import os
from collections import deque
from collections.abc import Generator, Iterator
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from cryptography.fernet import Fernet
from hypothesis import settings
from sqlalchemy import URL

from bot.cli.edge import collect_rarely
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from storage.workspaces import installs
from tests.databases import (
    BACKENDS,
    EmptiedDatabase,
    EmptiedFile,
    Engines,
    address,
    postgres_database,
    postgres_server,
    put_back,
)
from tests.places import MANIFEST, ROOT

COSTLY = (
    *("test_again.py", "test_who_acts.py", "test_six_weeks.py", "test_saved_is_saved.py"),
    *("test_operate.py", "test_forms_of_others.py", "test_wrong_people.py", "test_own_messages.py"),
    *("test_processes.py", "test_many_teams.py", "test_exports_of_all.py", "test_scope.py"),
    *("test_migrations.py", "test_many.py", "test_soak.py"),
)
"""Files with tests that take many seconds, those that take longest first."""

# Most are the same in each run. Where some dozens find nothing, `make sweep` tries hundreds.
settings.register_profile("few", max_examples=50)
settings.register_profile("many", max_examples=400)
settings.load_profile("few")

IN_PROCESSES = (ROOT / "tests" / "cli", ROOT / "tests" / "browser")


def pytest_configure() -> None:
    collect_rarely()


@pytest.hookimpl(tryfirst=True)
def pytest_itemcollected(item: pytest.Item) -> None:
    """What starts processes or a browser is not for the one minute of `make quick`."""
    if item.path.parent in IN_PROCESSES:
        item.add_marker("slow")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Each worker of pytest-xdist begins with its share of what takes long: whoever is through
    would wait for it at the end."""
    told: dict[str, int] = getattr(config, "workerinput", {})
    items[:] = dealt(items, told.get("workercount", 1))


def dealt(items: list[pytest.Item], workers: int) -> list[pytest.Item]:
    """The same in another order. Under `--dist worksteal` each worker is given as many in a
    row, and takes of another's last ones when it is through."""
    costly = [item for item in items if item.path.name in COSTLY]
    costly.sort(key=lambda item: COSTLY.index(item.path.name))
    others = deque(item for item in items if item.path.name not in COSTLY)
    found: list[pytest.Item] = []
    for worker in range(workers):
        found += costly[worker::workers]
        until = len(items) * (worker + 1) // workers
        while others and len(found) < until:
            found.append(others.popleft())
    return found + list(others)


@pytest.hookimpl(wrapper=True)
def pytest_collection() -> Generator[None, object, object]:
    """All tests that there are stay to the end, and are not looked at for garbage."""
    gc.disable()
    try:
        return (yield)
    finally:
        gc.freeze()
        gc.enable()


@pytest.fixture(scope="session")
def secret_key() -> str:
    """A key for private notes, one for the whole run."""
    return Fernet.generate_key().decode()


@pytest.fixture(scope="session")
def server() -> Iterator[URL]:
    """A PostgreSQL server; each worker of pytest-xdist has its own."""
    with postgres_server() as url:
        yield url


@pytest.fixture(scope="session")
def migrated_file(secret_key: str) -> Iterator[Path]:
    """A migrated SQLite database to copy, in memory where the machine has a folder for that: what
    is committed is written through to the disk, which takes longer than the statements do."""
    memory = Path("/dev/shm")  # noqa: S108
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else None) as folder:
        path = Path(folder) / "migrated.db"
        _migrate(f"sqlite:///{path}", secret_key)
        yield path


@pytest.fixture(scope="session")
def emptied_file(migrated_file: Path, engine_at: Engines) -> Iterator[EmptiedFile]:
    """A migrated SQLite database to empty."""
    emptied = EmptiedFile(migrated_file, "windshield.db", engine_at.let_go)
    yield emptied
    emptied.close()


@pytest.fixture(scope="session")
def migrated_on_server(server: URL, secret_key: str) -> Iterator[EmptiedDatabase]:
    """A migrated PostgreSQL database to empty."""
    with postgres_database(server) as url:
        _migrate(address(url), secret_key)
        migrated = EmptiedDatabase(url)
        yield migrated
        migrated.close()


@pytest.fixture(params=BACKENDS)
def backend(request: pytest.FixtureRequest) -> str:
    """The kind of database: a test of anything below it runs on both."""
    return str(request.param)


@pytest.fixture
def empty_database_url(
    backend: str, request: pytest.FixtureRequest, tmp_path: Path
) -> Iterator[str]:
    """A database of the test's own, without any table."""
    if backend == "sqlite":
        yield f"sqlite:///{tmp_path / 'windshield.db'}"
        return
    with postgres_database(request.getfixturevalue("server")) as url:
        yield address(url)


@pytest.fixture(scope="session")
def engine_at(secret_key: str) -> Iterator[Engines]:
    """The one engine for that address."""
    engines = Engines(secret_key)
    yield engines
    engines.close()


@pytest.fixture
def database_url(backend: str, request: pytest.FixtureRequest) -> str:
    """A migrated database without any row; its address is that of the test before."""
    if backend == "sqlite":
        emptied: EmptiedFile = request.getfixturevalue("emptied_file")
        emptied.empty()
        return emptied.url
    migrated: EmptiedDatabase = request.getfixturevalue("migrated_on_server")
    migrated.empty()
    return migrated.url


@pytest.fixture
def database(database_url: str, engine_at: Engines) -> Iterator[Database]:
    """A migrated database without any row."""
    shared = engine_at(database_url)
    yield shared
    put_back(shared)


@pytest.fixture
def workspace_id(database: Database) -> int:
    """A workspace in `database`."""
    return installs.ensure(database, "T0HOME", "Home")


@pytest.fixture
def begins() -> datetime:
    """The time of the pretend Slack, which stands still: a Monday, 09:00 UTC."""
    return datetime(2026, 11, 23, 9, 0, tzinfo=UTC)


@pytest.fixture
def slack(begins: datetime) -> Iterator[Sandbox]:
    """A pretend Slack with the product's app in it."""
    with Sandbox(MANIFEST, begins) as sandbox:
        yield sandbox


@pytest.fixture
def ticking_slack() -> Iterator[Sandbox]:
    """One on the machine's own clock, which a process of the product reads too."""
    with Sandbox(MANIFEST, datetime.now(UTC), ticking=True) as sandbox:
        yield sandbox


def _migrate(url: str, secret_key: str) -> None:
    database = Database(url, (secret_key,))
    migrate(database)
    database.close()
