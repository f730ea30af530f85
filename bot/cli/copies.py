"""`windshield backup` and `windshield restore`."""

from contextlib import ExitStack
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.edge import CommandError, opened, plain_errors, sqlite_file

if TYPE_CHECKING:
    from bot.config import Settings
    from storage.database.engine import Database

SERVER = "The database is a PostgreSQL server's: {} (see docs/operating.md)."


@click.command()
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
def backup(file: Path) -> None:
    """Copy a SQLite database to FILE, also while the bot runs.

    FILE must not be there yet. The key of what is private is not in it: keep that too, elsewhere.
    """
    with plain_errors():
        from bot.config import read_settings
        from storage.database.copies import copy_to

        settings = read_settings()
        source = sqlite_file(settings)
        if source is None:
            raise CommandError(SERVER.format("copy it with pg_dump"))
        if not source.exists():
            raise CommandError(f"There is no database at {source}; see DATABASE_URL.")
        if file.exists():
            raise CommandError(f"There is a file at {file} already; nothing was copied.")
        copy_to(source, file)
    key = "WINDSHIELD_SECRET_KEY" if settings.secret_keys else str(source.with_suffix(".key"))
    click.echo(f"All of {source}, as of now, is in {file}.")
    click.echo(f"What is private in it opens with {key} alone: keep a copy of that elsewhere.")


@click.command()
@click.argument(
    "file", required=False, type=click.Path(path_type=Path, dir_okay=False, exists=True)
)
def restore(file: Path | None) -> None:
    """Put a copy in the place of a database that is gone, and make it ready.

    FILE is a copy of a SQLite database; without it, the database that DATABASE_URL names was put
    back already (with pg_restore, say). The bot must not run meanwhile. What was due since the copy
    was made may have been sent: it is looked for before it is sent.
    """
    with plain_errors():
        from bot.clock import SystemClock
        from bot.config import read_settings
        from storage.database import copies

        settings = read_settings()
        target = sqlite_file(settings)
        if target is None:
            if file is not None:
                raise CommandError(
                    SERVER.format("put it back with pg_restore, then run windshield restore alone")
                )
            with opened(settings) as database:
                doubted = _make_ready(database, SystemClock().now())
            return _say(doubted)
        if file is None:
            if not target.exists():
                raise CommandError(f"There is no database at {target}; name the copy of it.")
            with opened(_with_key(settings, target)) as database:
                doubted = _make_ready(database, SystemClock().now())
            return _say(doubted)
        there = [one for one in copies.files_of(target) if one.exists()]
        if there:
            raise CommandError(
                f"There is a file at {there[0]}. Move it away first, with all that is named after "
                "it but its .key; nothing was changed."
            )
        making = target.with_name(target.name + ".restoring")
        with ExitStack() as stack:
            stack.callback(copies.remove, making)
            copies.remove(making)
            copies.copy_to(file, making)
            with opened(_with_key(settings, target, making)) as database:
                doubted = _make_ready(database, SystemClock().now())
            copies.move_to(making, target)
    return _say(doubted)


def _say(doubted: int) -> None:
    click.echo("The database is in its place, and ready for windshield run.")
    if doubted:
        click.echo(
            f"{doubted} messages were due since the copy was made. Each is looked for first, and "
            "sent only where it is not there; of an agenda its manager is asked."
        )


def _with_key(settings: "Settings", target: Path, file: Path | None = None) -> "Settings":
    """For that file (the target itself, else), with the key that the database has where it is to
    stand. Where there is none no key is made: what is private stays closed, which is told."""
    from cryptography.fernet import Fernet

    key = target.with_suffix(".key")
    own = (
        key.read_text(encoding="ascii").strip() if key.exists() else Fernet.generate_key().decode()
    )
    return replace(
        settings,
        database_url=f"sqlite:///{file or target}",
        secret_keys=settings.secret_keys or (own,),
    )


def _make_ready(database: "Database", now: datetime) -> int:
    """Bring it to this version's schema, see that its key is there, and doubt what was due; how
    many that is."""
    from bot.jobs.kinds import all_kinds
    from bot.services.binder import exporting
    from bot.services.delivery import queue
    from bot.services.workspaces.health import key_problem
    from storage.database.version import version
    from storage.migrations import migrate
    from storage.workspaces import installs

    if version(database) is None:
        raise CommandError("That is no database of Windshield's: it has no schema.")
    migrate(database)
    problem = key_problem(database)
    if problem is not None:
        raise CommandError(f"The key of what is private is not the one: {problem}.")
    kinds = all_kinds()
    return sum(
        queue.doubt_due(database, workspace_id, kinds.next_due, kinds.sent, now)
        + exporting.doubt(database, workspace_id, now)
        for workspace_id in installs.all_ids(database).values()
    )
