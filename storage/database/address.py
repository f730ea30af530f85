"""Where the database is, as the operator says it."""

from pathlib import Path

from sqlalchemy import URL, make_url
from sqlalchemy.exc import ArgumentError

DRIVERS = {"sqlite": ("", "pysqlite"), "postgresql": ("", "psycopg")}
SHAPES = "sqlite:///FILE or postgresql+psycopg://USER:PASSWORD@HOST/NAME"


class DatabaseAddressError(ValueError):
    """An address that names no database we can use. The text says what to do, and holds nothing of
    the address, which may hold a password."""


def read_address(given: str) -> URL:
    """The address as a URL. Raises DatabaseAddressError."""
    try:
        url = make_url(given)
    except (ArgumentError, ValueError) as error:
        raise DatabaseAddressError(f"DATABASE_URL is no address; write it as {SHAPES}.") from error
    backend, _, driver = url.drivername.partition("+")
    if driver not in DRIVERS.get(backend, ()):
        raise DatabaseAddressError(
            f"DATABASE_URL begins with “{url.drivername}”, which is not known; "
            f"write it as {SHAPES}."
        )
    if backend == "sqlite" and (url.host or url.query):
        raise DatabaseAddressError(
            "DATABASE_URL is no address of a SQLite file: write three slashes and its path, "
            "sqlite:///windshield.db, or four for a path from the root, and nothing behind it."
        )
    return url


def sqlite_file(url: URL) -> Path | None:
    """The file of a SQLite database; None for a server, or a database in memory."""
    named = url.get_backend_name() == "sqlite" and url.database and url.database != ":memory:"
    return Path(str(url.database)) if named else None
