"""What the commands share: the database, the workspace, and errors in one plain sentence."""

import errno
import gc
import logging
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from bot.config import Settings
    from bot.messenger import SlackError
    from storage.database.engine import Database

workspace_option: Callable[[Any], Any] = click.option(
    "--workspace",
    metavar="ID",
    help="Slack's id of the workspace (T…); needed where the database holds several.",
)


class CommandError(click.ClickException):
    """A sentence for stderr; the exit code is 1."""


ALLOCATIONS = 20_000


def collect_rarely() -> None:
    """Let Python look for garbage less often, before modules are loaded: they are there to stay,
    and with the usual threshold of 700 a process looks at them 300 times while it begins, which
    takes a seventh of that time."""
    gc.set_threshold(ALLOCATIONS)


def tune_gc() -> None:
    """Let Python look for garbage less often, in a process that works for long.

    What requests and lists are made of has no circles, and goes as soon as it is let go of; with
    the usual threshold of 700 a Monday morning spends a third of its time looking for what is not
    there. Everything loaded so far stays, and is not looked at again.
    """
    gc.collect()
    gc.freeze()
    collect_rarely()


def log_to_stderr(settings: "Settings") -> None:
    """Let the log go to stderr; alembic's account of each of its steps is nobody's business."""
    logging.basicConfig(
        level=settings.log_level,
        format="%(asctime)s %(levelname)s %(name)s %(message)s",
        stream=sys.stderr,
    )
    logging.getLogger("alembic").setLevel(logging.WARNING)


def port_refused(error: OSError, port: int, advice: str) -> CommandError | None:
    """What to say of a port that cannot be listened on; None for any other error."""
    if error.errno == errno.EADDRINUSE:
        return CommandError(f"Port {port} is taken; {advice}.")
    if error.errno in (errno.EACCES, errno.EPERM):
        return CommandError(f"Port {port} is not allowed to this user; {advice}.")
    return None


@contextmanager
def plain_errors() -> Iterator[None]:
    """Say what can go wrong outside in one sentence. What is wrong inside stays a traceback."""
    try:
        yield
    except (click.ClickException, click.exceptions.Exit, click.Abort):
        raise
    except Exception as error:
        sentence = sentence_of(error)
        if sentence is None:
            raise
        raise CommandError(sentence) from error


@contextmanager
def opened(settings: "Settings", *, read_only: bool = False) -> Iterator["Database"]:
    """The database that the settings name."""
    from storage.database.engine import Database

    database = Database(settings.database_url, settings.secret_keys, read_only=read_only)
    try:
        yield database
    finally:
        database.close()


@contextmanager
def migrated(settings: "Settings") -> Iterator["Database"]:
    """The database, made where there is none, with its schema brought to the newest version."""
    from storage.migrations import migrate

    with opened(settings) as database:
        migrate(database)
        yield database


@contextmanager
def as_it_is(settings: "Settings", *, to_read: bool = False) -> Iterator["Database"]:
    """The database, which must be there with the newest schema; neither is made. `to_read`: a file
    that cannot be written to will do."""
    from storage.database.faults import can_be_written
    from storage.database.version import schema_fault, version

    file = sqlite_file(settings)
    if file is not None and not file.exists():
        raise CommandError(f"There is no database at {file}; see DATABASE_URL.")
    read_only = to_read and file is not None and not can_be_written(file)
    with opened(settings, read_only=read_only) as database:
        fault = schema_fault(version(database))
        if fault is not None:
            raise CommandError(f"The database cannot be used: {fault}.")
        yield database


def sqlite_file(settings: "Settings") -> Path | None:
    """The file of a SQLite database; None for a server, or a database in memory."""
    from storage.database import address

    return address.sqlite_file(address.read_address(settings.database_url))


def chosen_workspace(database: "Database", named: str | None) -> int:
    """The id of the workspace of that Slack id, or of the only one there is."""
    from storage.workspaces import installs

    known = installs.all_ids(database)
    slack_id = chosen_slack_id(list(known), named)
    if slack_id not in known:
        there = f"it holds {', '.join(sorted(known))}" if known else "it holds none yet"
        raise CommandError(f"The database does not hold workspace {slack_id}; {there}.")
    return known[slack_id]


def chosen_slack_id(known: list[str], named: str | None) -> str:
    """The Slack id that was named, or that of the only workspace there is."""
    if named:
        return named
    if not known:
        raise CommandError("The database holds no workspace yet; import a roster first.")
    if len(known) > 1:
        raise CommandError(
            f"The database holds several workspaces ({', '.join(sorted(known))}); "
            "name one with --workspace."
        )
    return known[0]


EXTRAS = {
    "psycopg": ("PostgreSQL", "postgres"),
    "waitress": ("HTTP", "http"),
    **dict.fromkeys(("typst", "pypdf", "fontTools"), ("A PDF", "pdf")),
    **dict.fromkeys(("manimgx_fonts", "noto_cjk_sans_otc"), ("A PDF", "pdf")),
}
"""Packages that are needed only where they are used, by name: for what, and in which extra."""


def sentence_of(error: Exception) -> str | None:
    """What to tell the operator, or None where nobody outside can do anything about it."""
    from urllib.error import URLError

    from alembic.util import CommandError as MigrationError
    from slack_sdk.errors import SlackApiError, SlackClientError
    from sqlalchemy.exc import IntegrityError

    from bot.config import SettingsError
    from bot.domain.workspaces.faults import (
        DatabaseFault,
        DatabaseUnavailableError,
        OutOfTimeError,
    )
    from bot.exchange.csv_files import CsvFileError
    from bot.exchange.printing.processes import PrintError
    from bot.exchange.results_columns import ResultsFileError
    from bot.messenger import SlackError
    from bot.services.results.importing import HalfWrittenError, ResultsChangedError
    from bot.services.team.roster import TeamsChangedError
    from storage.database.address import DatabaseAddressError
    from storage.database.secrets import SecretKeyError

    told = SettingsError | SecretKeyError | CsvFileError | ResultsFileError | DatabaseAddressError
    if isinstance(error, told | PrintError):
        return str(error)
    if isinstance(error, HalfWrittenError):
        return (
            f"After {error.written} readings were written the database went away, or somebody "
            "took back a period that they were of. "
            "Send the same file again: what is there stays, and the rest comes."
        )
    if isinstance(error, ResultsChangedError):
        return (
            "Someone else sent results of the same metrics just now, with periods that overlap "
            "those of this file, or took some back; no reading of it was written. Try again."
        )
    if isinstance(error, SlackError):
        return _slack_sentence(error)
    if isinstance(error, SlackApiError):
        return f"Slack refused ({error.response['error']}); is SLACK_APP_TOKEN right?"
    if isinstance(error, URLError | SlackClientError):
        return "Slack could not be reached; is SLACK_API_URL right, and the network there?"
    if isinstance(error, OSError):
        return _system_sentence(error)
    if isinstance(error, OutOfTimeError):
        return f"The database did not answer in time ({error}); nothing was written."
    if isinstance(error, DatabaseUnavailableError) and error.fault is DatabaseFault.UNRELEASED:
        return f"The database cannot be used: {error}."
    if isinstance(error, DatabaseUnavailableError):
        return f"The database cannot be used: {error}; see DATABASE_URL."
    if isinstance(error, TeamsChangedError | IntegrityError):
        return "Someone else changed the same teams just now; nothing was written. Try again."
    if isinstance(error, MigrationError):
        return f"The database cannot be brought to this version's schema: {error}"
    if isinstance(error, ModuleNotFoundError):
        found = EXTRAS.get(str(error.name).partition(".")[0])
        if found is not None:
            what, extra = found
            return f"{what} needs one more package: pip install 'windshield[{extra}]'."
    return None


def _system_sentence(error: OSError) -> str | None:
    """What the system says; None where whoever read what was printed has gone, which click knows
    what to do about."""
    if error.errno == errno.EPIPE:
        return None
    if error.filename:
        return f"{error.filename}: {error.strerror}."
    return f"It could not be read or written: {error.strerror or type(error).__name__}."


def _slack_sentence(error: "SlackError") -> str:
    from bot.messenger import AnswerLostError, NotSentError

    if isinstance(error, AnswerLostError | NotSentError):
        return f"Slack did not answer ({error.code}); nothing was written. Try again."
    if error.code == "missing_scope":
        return "SLACK_BOT_TOKEN lacks the scope users:read; nothing was written."
    return f"Slack refused ({error.code}); is SLACK_BOT_TOKEN right? Nothing was written."
