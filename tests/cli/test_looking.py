"""Commands that only look: at a database that cannot be written to, at a key, at scopes."""

import json
import logging
import shutil
from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet
from sqlalchemy import make_url

import storage.database.version
from bot.__main__ import main
from bot.messenger import Messenger
from slack_sandbox import Sandbox
from storage.contacts import interactions
from storage.database.engine import Database
from storage.team import teams
from storage.workspaces import audits, installs
from tests.cli.conftest import Operator
from tests.databases import POSTGRESQL, execute
from tests.mounts import only_to_read
from tests.storage.world import fill

NOT_WRITTEN_DOWN = "The database takes nothing more: this export is not written down in it.\n"


def run(*line: str) -> Result:
    return CliRunner().invoke(main, list(line))


def line_of(result: Result, what: str) -> str:
    """What doctor says of that."""
    return next(line for line in result.output.splitlines() if what in line)


@pytest.fixture
def dana(operator: Operator, slack: Sandbox) -> str:
    """Dana, by Slack id, with a team of one rep and a touch."""
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    touches = f"manager_id,rep_id,date,about\n{dana},{sam},2020-02-03,Acme\n"
    assert operator.imports("touches", touches).exit_code == 0
    return dana


def audit_on_stderr(said: str, manager: str) -> bool:
    """Whether that says that it is not kept, and is the very line that would have been."""
    sentence, line, end = said.split("\n")
    at, _, what = line.partition(" ")
    assert datetime.fromisoformat(at).tzinfo is not None
    return (f"{sentence}\n", what, end) == (
        NOT_WRITTEN_DOWN,
        f"operator export {manager}: json",
        "",
    )


@pytest.mark.parametrize("files", [["windshield.db"], ["windshield.db", "windshield.key"]])
def test_a_database_on_a_mount_that_can_only_be_read_is_exported(
    operator: Operator, dana: str, use: Callable[..., None], files: list[str]
) -> None:
    folder = operator.folder
    with only_to_read(folder / "ro", *(folder / name for name in files)) as mount:
        use(DATABASE_URL=f"sqlite:///{mount}/windshield.db")
        result = operator.exports("--manager", dana)
        assert result.exit_code == 0
        assert audit_on_stderr(result.stderr, dana)
        assert [touch["about"] for touch in json.loads(result.stdout)["touches"]] == ["Acme"]
        assert operator.exports("--manager", dana, "--out", str(folder / "x.json")).exit_code == 0
        assert sorted(path.name for path in mount.iterdir()) == files
        looked = run("doctor")
        assert line_of(looked, "database (sqlite)").startswith("ok ")
        assert "it can only be read" in line_of(looked, "can be written to")
        assert sorted(path.name for path in mount.iterdir()) == files
        for command in (["tick"], ["migrate"], ["run"], ["import", "roster", "roster.csv"]):
            use(SLACK_SIGNING_SECRET="secret")
            refused = run(*command)
            assert refused.exit_code == 1
            assert "Traceback" not in refused.output
            assert refused.stderr.startswith("Error: ")
            assert "read" in refused.stderr.lower()
    assert json.loads((folder / "x.json").read_text())["team"]["manager"] == dana


def test_what_was_written_last_is_not_left_out_unseen(
    operator: Operator, dana: str, use: Callable[..., None]
) -> None:
    file = operator.folder / "windshield.db"
    writer = Database(f"sqlite:///{file}")
    installs.ensure(writer, "T0LATER", "Later")
    with only_to_read(operator.folder / "ro", file, file.with_name("windshield.db-wal")) as mount:
        use(DATABASE_URL=f"sqlite:///{mount}/windshield.db")
        result = operator.exports("--manager", dana)
        assert result.exit_code == 1
        assert "-wal beside it holds what was written last" in result.stderr
    writer.close()


@pytest.mark.parametrize("backend", [POSTGRESQL], indirect=True)
def test_a_server_that_only_reads_is_exported(
    operator: Operator,
    slack: Sandbox,
    use: Callable[..., None],
    empty_database_url: str,
    secret_key: str,
) -> None:
    use(DATABASE_URL=empty_database_url, WINDSHIELD_SECRET_KEY=secret_key)
    url = make_url(empty_database_url)
    database = Database(empty_database_url, (secret_key,))
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    execute(url, f"ALTER DATABASE {url.database} SET default_transaction_read_only = on")
    result = operator.exports("--manager", dana)
    assert result.exit_code == 0
    assert audit_on_stderr(result.stderr, dana)
    assert "it can only be read" in line_of(run("doctor"), "can be written to")
    database.close()


@pytest.mark.usefixtures("slack")
def test_doctor_says_that_a_key_does_not_fit(
    on_database: Database, use: Callable[..., None], secret_key: str
) -> None:
    world = fill(on_database, "T1")
    other = Fernet.generate_key().decode()
    assert line_of(run("doctor"), "key of what is private").startswith("ok ")
    use(WINDSHIELD_SECRET_KEY=other)
    looked = run("doctor")
    assert looked.exit_code == 1
    assert "it does not fit 7 of 7 private texts" in line_of(looked, "key of what is private")
    use(WINDSHIELD_SECRET_KEY=f"{other},{secret_key}")
    assert line_of(run("doctor"), "key of what is private").startswith("ok ")
    with on_database.reading(world.workspace_id) as tx:
        assert interactions.private_note(tx, world.touch_id, world.manager_id)
        assert teams.all_teams(tx)


@pytest.mark.usefixtures("slack")
def test_doctor_makes_no_key_where_there_is_none(tmp_path: Path, migrated_file: Path) -> None:
    shutil.copyfile(migrated_file, tmp_path / "windshield.db")
    before = (tmp_path / "windshield.db").read_bytes()
    assert line_of(run("doctor"), "database (sqlite)").startswith("ok ")
    assert not (tmp_path / "windshield.key").exists()
    assert (tmp_path / "windshield.db").read_bytes() == before


def test_doctor_names_the_scopes_that_the_token_has_not(
    slack_with_scopes: Callable[..., Sandbox],
) -> None:
    slack_with_scopes("im:write", "users:read")
    said = line_of(run("doctor"), "scopes")
    missing = "im:history, files:write, files:read"
    assert said == f"TO DO scopes: install the app again with manifest.yml; missing: {missing}"


@pytest.mark.parametrize(
    ("scopes", "said"),
    [
        ([], "by e-mail address too with the scope users:read.email"),
        (["users:read.email"], "ok    files may name people by e-mail address"),
    ],
)
def test_doctor_says_what_the_scope_of_addresses_is_for(
    slack_with_scopes: Callable[..., Sandbox], scopes: list[str], said: str
) -> None:
    slack_with_scopes("im:write", "im:history", "files:write", "files:read", "users:read", *scopes)
    found = run("doctor").output
    assert said in found
    assert "TO DO scopes" not in found


@pytest.mark.usefixtures("slack")
def test_doctor_calls_no_scope_missing_where_slack_says_nothing(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    told = Messenger.who_am_i

    def silently(messenger: Messenger) -> Any:
        return {**told(messenger), "scopes": ""}

    monkeypatch.setattr(Messenger, "who_am_i", silently)
    said = line_of(run("doctor"), "scopes")
    assert said.startswith("ok ")
    assert "Slack does not say which there are" in said


@pytest.mark.usefixtures("operator", "slack")
def test_a_schema_that_is_newer_is_said_and_left_alone(dana: str, tmp_path: Path) -> None:
    url = make_url(f"sqlite:///{tmp_path}/windshield.db")
    execute(url, "UPDATE alembic_version SET version_num = '9999_of_another_year'")
    for command in (["export", "--manager", dana], ["tick"], ["doctor"], ["migrate"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "newer than this version" in result.output


@pytest.mark.usefixtures("operator", "slack")
def test_a_schema_that_is_older_is_said_by_who_does_not_migrate(
    dana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(storage.database.version, "HEAD", "9999_of_another_year")
    for command in (["export", "--manager", dana], ["tick"], ["doctor"]):
        result = run(*command)
        assert result.exit_code == 1
        assert "older than this version needs: run windshield migrate" in result.output


@pytest.mark.usefixtures("operator", "slack")
def test_nothing_is_said_of_migrations_but_what_came_of_them(dana: str) -> None:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    root.handlers.clear()
    try:
        for command in (["tick"], ["migrate"], ["export", "--manager", dana]):
            result = run(*command)
            assert (result.exit_code, result.stderr) == (0, "")
    finally:
        root.handlers[:] = handlers
        root.setLevel(level)


@pytest.mark.usefixtures("slack")
def test_an_export_is_written_down_where_it_can_be(
    operator: Operator, on_database: Database, dana: str
) -> None:
    assert operator.exports("--manager", dana).stderr == ""
    (workspace_id,) = installs.all_ids(on_database).values()
    with on_database.reading(workspace_id) as tx:
        assert audits.all_records(tx)[-1][1] == "export"
