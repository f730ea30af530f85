"""Commands as an operator runs them, in a folder and with settings of their own."""

import shutil
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

import pytest
import yaml
from click.testing import CliRunner, Result

from bot.cli.exports import export
from bot.cli.imports import import_
from bot.clock import SystemClock
from slack_sandbox import Sandbox
from storage.database.engine import Database
from tests.places import MANIFEST


@dataclass(frozen=True)
class Operator:
    """Someone at the command line in `folder`."""

    folder: Path

    def imports(self, what: str, content: str | bytes, *options: str) -> Result:
        """Import a file with that content."""
        file = self.folder / f"{what}.csv"
        file.write_bytes(content.encode() if isinstance(content, str) else content)
        return CliRunner().invoke(import_, [what, str(file), *options])

    def exports(self, *options: str) -> Result:
        return CliRunner().invoke(export, options)


@pytest.fixture(autouse=True)
def _no_settings_from_outside(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.chdir(tmp_path)
    for name in (
        "SLACK_BOT_TOKEN",
        "SLACK_API_URL",
        "DATABASE_URL",
        "WINDSHIELD_SECRET_KEY",
        "PORT",
        "LOG_LEVEL",
    ):
        monkeypatch.delenv(name, raising=False)


@pytest.fixture
def newcomer(tmp_path: Path) -> Operator:
    """An operator who has no database yet: it will be a fresh file in the folder."""
    return Operator(tmp_path)


@pytest.fixture
def operator(tmp_path: Path, migrated_file: Path) -> Operator:
    """An operator whose database is in the folder, migrated and without any row: to migrate it
    takes longer than most commands do."""
    shutil.copyfile(migrated_file, tmp_path / "windshield.db")
    return Operator(tmp_path)


@pytest.fixture
def use(monkeypatch: pytest.MonkeyPatch) -> Callable[..., None]:
    """Set settings by their names."""

    def set_all(**settings: str) -> None:
        for name, value in settings.items():
            monkeypatch.setenv(name, value)

    return set_all


@pytest.fixture
def at(monkeypatch: pytest.MonkeyPatch) -> Callable[[str], None]:
    """Let the machine's clock stand at noon (UTC) of a day."""

    def stand(day: str) -> None:
        noon = datetime.fromisoformat(f"{day}T12:00+00:00")
        monkeypatch.setattr(SystemClock, "now", lambda _: noon)

    return stand


@pytest.fixture
def on_database(
    database: Database, database_url: str, secret_key: str, use: Callable[..., None]
) -> Database:
    """The settings name a migrated database, which the test may look into."""
    use(DATABASE_URL=database_url, WINDSHIELD_SECRET_KEY=secret_key)
    return database


@contextmanager
def pretend_slack(manifest: Path, use: Callable[..., None]) -> Iterator[Sandbox]:
    """The settings name a pretend Slack where the app of that manifest is installed."""
    with Sandbox(manifest, datetime(2026, 11, 23, 9, 0, tzinfo=UTC)) as sandbox:
        use(SLACK_BOT_TOKEN=sandbox.bot_token, SLACK_API_URL=sandbox.api_url)
        yield sandbox


@pytest.fixture
def slack(use: Callable[..., None]) -> Iterator[Sandbox]:
    with pretend_slack(MANIFEST, use) as sandbox:
        yield sandbox


@pytest.fixture
def slack_with_scopes(
    tmp_path_factory: pytest.TempPathFactory, use: Callable[..., None]
) -> Iterator[Callable[..., Sandbox]]:
    """A pretend Slack where the app was granted just these scopes."""
    with ExitStack() as stack:

        def start(*scopes: str) -> Sandbox:
            manifest = yaml.safe_load(MANIFEST.read_text(encoding="utf-8"))
            manifest["oauth_config"]["scopes"]["bot"] = ["commands", "chat:write", *scopes]
            manifest["settings"].pop("event_subscriptions")
            path = tmp_path_factory.mktemp("app") / "manifest.yml"
            path.write_text(yaml.safe_dump(manifest), encoding="utf-8")
            return stack.enter_context(pretend_slack(path, use))

        yield start
