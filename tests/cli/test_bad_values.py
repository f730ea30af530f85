"""Whatever an operator gets wrong, or the machine has not: one sentence, and never a traceback."""

import errno
import os
import shutil
import socket
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet
from sqlalchemy import make_url

from bot.__main__ import main
from bot.cli.edge import port_refused
from bot.config import SettingsError, address_flaw, read_settings
from bot.exchange import csv_files
from bot.messenger import Messenger
from slack_sandbox import Sandbox
from storage.database.engine import Database
from tests.cli.conftest import Operator
from tests.databases import execute
from tests.mounts import only_to_read
from tests.places import ROOT

pytestmark = pytest.mark.slow

SECRET = "hunter2secret"
KEY = Fernet.generate_key().decode()

NEEDS_A_DATABASE = (
    ["export", "--manager", "U1"],
    ["migrate"],
    ["import", "touches", "touches.csv"],
    ["import", "roster", "roster.csv"],
    ["tick"],
    ["run"],
)
"""Commands that come to the database before anything else can be wrong."""

UNRELEASED = (
    "a version before the first release made it, and this one cannot take it over; it stays as it "
    "is, with nothing changed or lost; set DATABASE_URL to a new one"
)

BAD_SETTINGS = [
    ("PORT", "x"),
    ("PORT", "70000"),
    ("PORT", "-1"),
    ("PORT", "²"),
    ("PORT", "30.5"),
    ("TICK_SECONDS", "soon"),
    ("TICK_SECONDS", "0"),
    ("TICK_SECONDS", "-5"),
    ("TICK_SECONDS", "nan"),
    ("TICK_SECONDS", "inf"),
    ("TICK_SECONDS", "1e-9"),
    ("TICK_SECONDS", "99999"),
    ("LOG_LEVEL", "LOUD"),
    ("SLACK_API_URL", "slack.com"),
    ("SLACK_API_URL", "ftp://slack.com/api/"),
    ("SLACK_API_URL", "https://"),
    ("SLACK_API_URL", "https://sla ck.com/api/"),
    ("SLACK_API_URL", "https://slack.com:api/"),
    ("SLACK_API_URL", "https://slack.com:99999/"),
    ("SLACK_API_URL", "http://[::1"),
    ("PUBLIC_URL", "http://windshield.example"),
    ("PUBLIC_URL", "https://windshield.example/?calendar"),
    ("DATABASE_URL", "nonsense"),
    ("DATABASE_URL", f"mysql://dana:{SECRET}@host/x"),
    ("DATABASE_URL", f"postgres://dana:{SECRET}@host/x"),
    ("DATABASE_URL", f"postgresql+asyncpg://dana:{SECRET}@host/x"),
    ("DATABASE_URL", f"postgresql+psycopg://dana:{SECRET}@host:port/x"),
    ("DATABASE_URL", "sqlite://windshield.db"),
    ("DATABASE_URL", "sqlite:///windshield.db?mode=ro"),
    ("WINDSHIELD_SECRET_KEY", "short"),
    ("WINDSHIELD_SECRET_KEY", "ü" * 44),
]

BAD_OPTIONS = [
    ["tick", "--at", "soon"],
    ["tick", "--at", "2026-11-31T08:00:00Z"],
    ["tick", "--at", "2026-11-30T08:00:00"],
    ["tick", "--at", "0001-01-01T00:00:00+14:00"],
    ["tick", "--at", "9999-12-31T23:59:59-12:00"],
    ["sandbox", "--port", "x"],
    ["sandbox", "--port", "-1"],
    ["sandbox", "--port", "70000"],
    ["export"],
    ["export", "--manager", "U1", "--format", "docx"],
    ["import", "roster"],
    ["import", "everything", "x.csv"],
    ["manifest", "--url"],
    ["nothing"],
]


@pytest.fixture(autouse=True)
def _tokens(use: Callable[..., None], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """All is set, and a Slack that is not there; what a test gets wrong comes on top."""
    monkeypatch.delenv("TICK_SECONDS", raising=False)
    (tmp_path / "touches.csv").write_text("manager_id,rep_id,date\n")
    (tmp_path / "roster.csv").write_text("manager_id,rep_id\n")
    use(
        SLACK_BOT_TOKEN="xoxb-1",
        SLACK_APP_TOKEN="",
        SLACK_SIGNING_SECRET="secret",
        SLACK_API_URL="http://127.0.0.1:1/",
    )


@pytest.fixture
def filled(tmp_path: Path, migrated_file: Path) -> Path:
    """A database in the folder, as the settings name it, with nothing in it."""
    file = tmp_path / "windshield.db"
    shutil.copyfile(migrated_file, file)
    return file


def run(*line: str) -> Result:
    return CliRunner().invoke(main, list(line))


def one_sentence(result: Result) -> str:
    """What is said on stderr; the usage lines that click puts before it are left out."""
    assert isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code in (1, 2)
    assert "Traceback" not in result.output
    assert SECRET not in result.output
    said = [line for line in result.stderr.splitlines() if line.startswith("Error: ")]
    assert len(said) == 1
    assert result.stderr.splitlines()[-1] == said[0]
    return said[0]


@pytest.mark.parametrize("line", NEEDS_A_DATABASE, ids=" ".join)
@pytest.mark.parametrize(("name", "value"), BAD_SETTINGS)
@pytest.mark.usefixtures("filled")
def test_a_setting_that_makes_no_sense(
    use: Callable[..., None], line: list[str], name: str, value: str, tmp_path: Path
) -> None:
    use(**{name: value})
    before = sorted(path.name for path in tmp_path.iterdir())
    result = run(*line)
    assert name in one_sentence(result)
    assert sorted(path.name for path in tmp_path.iterdir()) == before


@pytest.mark.parametrize(("name", "value"), BAD_SETTINGS)
@pytest.mark.usefixtures("filled")
def test_doctor_says_what_to_do_about_it(use: Callable[..., None], name: str, value: str) -> None:
    use(**{name: value})
    result = run("doctor")
    assert result.exit_code == 1
    assert name in result.output
    assert SECRET not in result.output


@pytest.mark.parametrize("line", BAD_OPTIONS, ids=" ".join)
def test_an_option_that_makes_no_sense(line: list[str]) -> None:
    result = run(*line)
    one_sentence(result)
    assert result.exit_code == 2


@pytest.mark.parametrize(
    "url",
    [
        "",
        "sales.example",
        "https://",
        "https:///slack",
        "ftp://sales.example",
        "http://sales.example",
        "http://localhost.evil.example",
        "https://dana:hunter2@sales.example",
        "https://dana@sales.example",
        "https://sales.example@evil.example",
        "https://sales.example?x=1",
        "https://sales.example/?",
        "https://sales.example/#there",
        "https://sales.example/a b",
        " https://sales.example",
        "https://sales.example\n",
        "https://sales .example",
        "https://sales.example/../x",
        "https://sales.example//evil.example",
        "https://sales.example/%2e%2e",
        "https://sales.example\\evil.example",
        "https://sales.example/a\\b",
        "https://sales.example/;x",
        "https://sales.example:",
        "https://sales.example:0",
        "https://sales.example:x",
        "https://sales.example:99999",
        "https://-sales.example",
        "https://sales..example",
        "https://1.2.3",
        "https://[::1",
        "https://sales.example/slack/events",
        "https://sales.example/slack/events/",
    ],
)
def test_an_address_that_is_none_or_more_than_that(url: str) -> None:
    assert "--url takes the address" in one_sentence(run("manifest", "--url", url))


@pytest.mark.parametrize(
    "url",
    [
        "https://sales.example",
        "https://sales.example/",
        "https://sales.example:8443",
        "https://Sales.Example",
        "https://sales.example/windshield",
        "https://10.1.2.3",
        "https://[2001:db8::1]:8443",
        "http://localhost:3000",
        "http://127.0.0.1:3000",
        "http://[::1]:3000",
    ],
)
def test_an_address_and_nothing_else(url: str) -> None:
    result = run("manifest", "--url", url)
    assert result.exit_code == 0, result.output
    assert f"{url.rstrip('/')}/slack/events" in result.output


def test_slack_may_be_on_another_machine_without_https() -> None:
    assert address_flaw("http://sandbox:8065/api/") is None


def test_an_env_file_that_is_no_text(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"PORT=\xff\xfe")
    assert ".env file is not text" in one_sentence(run("migrate"))
    with pytest.raises(SettingsError):
        read_settings()


@pytest.mark.parametrize("what", ["roster", "touches"])
@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("none.csv", "No such file"),
        (".", "Is a directory"),
        ("x" * 300, "name too long"),
        ("binary.csv", "CSV UTF-8"),
        ("locked/x.csv", "directory"),
    ],
)
def test_a_file_that_cannot_be_read(what: str, name: str, said: str, tmp_path: Path) -> None:
    (tmp_path / "binary.csv").write_bytes(b"\x00\xff\x01")
    (tmp_path / "locked").write_text("a file where a folder should be")
    assert said in one_sentence(run("import", what, name))


def test_a_place_that_cannot_be_written_to(
    operator: Operator, slack: Sandbox, tmp_path: Path
) -> None:
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    with only_to_read(tmp_path / "ro") as folder:
        for out in (
            folder / "x.json",
            tmp_path,
            tmp_path / "no" / "x.json",
            tmp_path / ("x" * 300),
        ):
            one_sentence(run("export", "--manager", dana, "--out", str(out)))
    one_sentence(run("export", "--manager", dana, "--workspace", "T0NONE"))
    one_sentence(run("export", "--manager", "U0NONE"))


@pytest.mark.usefixtures("filled")
def test_slack_that_cannot_be_reached(use: Callable[..., None]) -> None:
    assert "Slack did not answer" in one_sentence(run("tick"))
    assert "Slack did not answer" in one_sentence(run("run"))
    use(SLACK_APP_TOKEN="xapp-1")
    result = run("doctor")
    assert isinstance(result.exception, SystemExit)
    assert "TO DO app token" in result.output


# As processes


def start(*line: str, **more: Any) -> "subprocess.Popen[bytes]":
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.Popen(
        [sys.executable, "-m", "bot", *line],
        env=env,
        stderr=subprocess.PIPE,
        **more,
    )


@pytest.fixture
def taken() -> Iterator[int]:
    """A port that another listens on."""
    with socket.socket() as other:
        other.bind(("0.0.0.0", 0))  # noqa: S104
        other.listen()
        yield int(other.getsockname()[1])


@pytest.mark.usefixtures("slack")
def test_a_port_that_is_taken_is_all_that_is_said(taken: int, use: Callable[..., None]) -> None:
    use(PORT=str(taken), SLACK_SIGNING_SECRET="secret")
    process = start("run")
    _, said = process.communicate(timeout=60)
    assert process.returncode == 1
    lines = [line for line in said.decode().splitlines() if line]
    assert lines == [f"Error: Port {taken} is taken; set another PORT."]


def test_whoever_reads_has_gone(operator: Operator, slack: Sandbox) -> None:
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n")
    reads, writes = os.pipe()
    os.close(reads)
    process = start("export", "--manager", dana, stdout=writes)
    os.close(writes)
    _, said = process.communicate(timeout=60)
    assert (said, process.returncode) == (b"", 1)


def test_nothing_can_be_printed() -> None:
    with open("/dev/full", "wb") as full:
        process = start("manifest", stdout=full)
        _, said = process.communicate(timeout=60)
    assert said == b"Error: It could not be read or written: No space left on device.\n"
    assert process.returncode == 1


def let_it_be_from_before_the_release(url: str) -> None:
    """Without one of today's tables, and at a version that is not there any more."""
    execute(make_url(url), "UPDATE alembic_version SET version_num = '0010'")
    execute(make_url(url), "DROP TABLE transition")


@pytest.mark.parametrize("line", NEEDS_A_DATABASE, ids=" ".join)
def test_a_database_from_before_the_first_release(line: list[str], filled: Path) -> None:
    let_it_be_from_before_the_release(f"sqlite:///{filled}")
    before = filled.read_bytes()
    assert one_sentence(run(*line)) == f"Error: The database cannot be used: {UNRELEASED}."
    assert filled.read_bytes() == before


def test_doctor_says_that_a_database_is_from_before_the_first_release(filled: Path) -> None:
    let_it_be_from_before_the_release(f"sqlite:///{filled}")
    before = filled.read_bytes()
    result = run("doctor")
    assert result.exit_code == 1
    assert f"TO DO database (sqlite): {UNRELEASED}" in result.output.splitlines()
    assert filled.read_bytes() == before


@pytest.mark.parametrize("line", NEEDS_A_DATABASE, ids=" ".join)
@pytest.mark.usefixtures("filled")
def test_ctrl_c_ends_it_without_a_word_too_many(
    line: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    def pressed(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(Database, "reading", pressed)
    monkeypatch.setattr(Messenger, "who_am_i", pressed)
    monkeypatch.setattr(csv_files, "read_file", pressed)
    result = run(*line)
    assert (result.exit_code, result.stderr.strip()) == (1, "Aborted!")


@pytest.mark.parametrize(("package", "extra"), [("psycopg", "postgres"), ("waitress", "http")])
@pytest.mark.usefixtures("filled", "slack")
def test_a_package_that_is_missing(
    use: Callable[..., None],
    monkeypatch: pytest.MonkeyPatch,
    package: str,
    extra: str,
) -> None:
    for loaded in [name for name in sys.modules if name.partition(".")[0] == package]:
        monkeypatch.delitem(sys.modules, loaded)
    # What uses it would not look for it again.
    monkeypatch.delitem(sys.modules, "bot.serving.server", raising=False)
    monkeypatch.setitem(sys.modules, package, None)
    if package == "psycopg":
        use(DATABASE_URL="postgresql+psycopg://x@127.0.0.1/x", WINDSHIELD_SECRET_KEY=KEY)
    assert f"pip install 'windshield[{extra}]'" in one_sentence(run("run"))


def test_a_port_that_is_not_allowed() -> None:
    said = port_refused(PermissionError(errno.EACCES, "Permission denied"), 80, "set another PORT")
    assert said is not None
    assert said.message == "Port 80 is not allowed to this user; set another PORT."
    assert port_refused(OSError(errno.ENETDOWN, "down"), 80, "") is None


def test_a_zone_that_nobody_knows(
    operator: Operator, slack: Sandbox, tmp_path: Path, at: Callable[[str], None]
) -> None:
    at("2026-11-23")
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    url = make_url(f"sqlite:///{tmp_path}/windshield.db")
    for table in ("person", "team"):
        execute(url, f"UPDATE {table} SET zone = 'Mars/Olympus'")
    for line in (["tick"], ["export", "--manager", dana], ["doctor"]):
        assert "Traceback" not in run(*line).output
    assert run("tick", "--at", "2026-11-30T08:00:00Z").stdout.startswith("planned=1 sent=1")
