"""`windshield tick` as an operator or a cron runs it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.cli.tick import tick
from slack_sandbox import FaultKind, Person, Sandbox
from storage.database.engine import Database
from tests.cli.conftest import Operator

NOTHING = "planned=0 sent=0 retry=0 failed=0 unknown=0 expired=0\n"
SENT = "planned=1 sent=1 retry=0 failed=0 unknown=0 expired=0\n"


def ticks(at: str | None = None) -> Result:
    return CliRunner().invoke(tick, ["--at", at] if at else [])


def says(at: str) -> str:
    """What it prints, where all is well."""
    result = ticks(at)
    assert (result.exit_code, result.stderr) == (0, "")
    return result.stdout


@pytest.fixture
def dana(
    slack: Sandbox,
    on_database: Database,  # noqa: ARG001
    operator: Operator,
    at: Callable[[str], None],
) -> Person:
    """A manager in Berlin whose team was imported on Monday at noon."""
    at("2026-11-23")
    manager = slack.add_person("Dana Moss", tz="Europe/Berlin")
    rep = slack.add_person("Sam Stone", tz="Europe/Berlin")
    result = operator.imports("roster", f"manager_id,rep_id\n{manager.id},{rep.id}\n")
    assert result.exit_code == 0, result.stderr
    slack.clock.move_to(datetime(2027, 1, 1, tzinfo=UTC))
    return manager


def test_it_sends_what_is_due_as_of_then_once_and_says_so_in_a_line(dana: Person) -> None:
    assert says("2026-11-30T07:59:59+01:00") == NOTHING
    assert dana.dm == []
    assert says("2026-11-30T08:00:00+01:00") == SENT
    assert says("2026-11-30T08:00:00+01:00") == NOTHING
    assert says("2026-11-30T07:00:30Z") == NOTHING
    (message,) = dana.dm
    assert "Sam Stone" in message.text


def test_a_year_passes_in_a_minute(dana: Person) -> None:
    for monday in range(1, 5):
        assert says(f"2027-02-{7 * (monday - 1) + 1:02}T08:00:00+01:00").startswith(
            "planned=1 sent=1 retry=0 failed=0 unknown=0"
        )
    assert len(dana.dm) == 4


@pytest.mark.usefixtures("dana")
def test_without_an_instant_it_is_now() -> None:
    result = ticks()
    assert result.exit_code == 0
    assert result.stdout.count("\n") == 1
    assert result.stdout.startswith("planned=")


def test_what_slack_does_not_take_yet_is_to_be_tried_again(slack: Sandbox, dana: Person) -> None:
    slack.faults.add("chat.postMessage", FaultKind.RATE_LIMITED, retry_after=40)
    result = ticks("2026-11-30T08:00:00+01:00")
    assert result.stdout == "planned=1 sent=0 retry=1 failed=0 unknown=0 expired=0\n"
    assert says("2026-11-30T08:00:39+01:00") == NOTHING
    slack.clock.advance(timedelta(seconds=40))
    assert says("2026-11-30T08:00:40+01:00") == SENT.replace("planned=1", "planned=0")
    assert len(dana.dm) == 1


@pytest.mark.parametrize("at", ["soon", "", "2026-11-30T08:00:00", "2026-13-01T08:00:00Z", "8"])
def test_an_instant_that_is_none_is_said_to_be_none(at: str) -> None:
    result = CliRunner().invoke(main, ["tick", "--at", at])
    assert result.exit_code == 2
    assert f"“{at}”" in result.stderr
    assert "write it as" in result.stderr
    assert result.stdout == ""


def test_without_a_token_it_says_which_is_missing() -> None:
    result = ticks()
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: SLACK_BOT_TOKEN is not set")


@pytest.mark.usefixtures("slack")
def test_a_database_that_is_not_there_is_an_error(tmp_path: Path) -> None:
    result = ticks()
    assert (result.exit_code, result.stdout) == (1, "")
    assert "There is no database at" in result.stderr
    assert list(tmp_path.glob("*.db")) == []


@pytest.mark.usefixtures("slack")
def test_a_database_of_another_version_is_an_error(
    empty_database_url: str,
    secret_key: str,
    use: Callable[..., None],
    tmp_path: Path,
) -> None:
    (tmp_path / "windshield.db").touch()
    use(DATABASE_URL=empty_database_url, WINDSHIELD_SECRET_KEY=secret_key)
    result = ticks()
    assert (result.exit_code, result.stdout) == (1, "")
    assert "run windshield migrate" in result.stderr


@contextmanager
def held(database: Database) -> Iterator[None]:
    """Meanwhile somebody else holds the deliveries (on SQLite, everything)."""
    with database.engine.connect() as connection, connection.begin():
        if not database.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE delivery IN ACCESS EXCLUSIVE MODE")
        yield


@pytest.mark.usefixtures("dana")
def test_a_database_that_does_not_answer_loses_nothing(on_database: Database) -> None:
    with held(on_database):
        result = ticks("2026-11-30T08:00:00+01:00")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "did not answer in time" in result.stderr
    assert "still due" in result.stderr
    assert says("2026-11-30T08:00:00+01:00") == SENT


@pytest.mark.usefixtures("dana")
def test_a_token_that_slack_does_not_know_is_an_error(use: Callable[..., None]) -> None:
    use(SLACK_BOT_TOKEN="xoxb-wrong")
    result = ticks("2026-11-30T08:00:00+01:00")
    assert (result.exit_code, result.stdout) == (1, "")
    assert "invalid_auth" in result.stderr
