"""The database: one engine, transactions with bounded waits, the same on SQLite and PostgreSQL."""

import time
from collections.abc import Iterator
from contextlib import contextmanager, nullcontext

from sqlalchemy import (
    text,
)

from bot.domain.workspaces import outcome
from storage.database.address import read_address, sqlite_file
from storage.database.connections import BEGIN_UNTIL, make_engine
from storage.database.faults import can_be_written, faults
from storage.database.secrets import cipher_for
from storage.database.transaction import Transaction
from storage.database.types import CIPHER_ATTRIBUTE
from storage.database.writers import WriterQueue

# All in seconds, and counted from the moment a transaction is asked for: over in less than 2 s, so
# that a form can still be answered within Slack's 3 s.
PATIENCE = 1.8
BEGIN_WAIT = 1.2
"""To begin: in the queue of writers, for a connection and for the lock of a database that other
processes write to as well. What is left of PATIENCE is for the work."""

FILE_PATIENCE = 60.0
"""The same where nobody's Slack waits: for an import of a file."""

ONE_MOMENT = text("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
READ_ONLY = text("SHOW transaction_read_only")


class Database:
    """The one way to the database. Nothing is opened before the first transaction."""

    def __init__(
        self,
        url: str,
        secret_keys: tuple[str, ...] = (),
        *,
        read_only: bool = False,
        patience: float = PATIENCE,
    ) -> None:
        """`read_only`: nothing is made and nothing written, be it a key or a file beside it.
        `patience`: that of a transaction that names none.

        Raises DatabaseAddressError and SecretKeyError.
        """
        parsed = read_address(url)
        self.url, self.secret_keys = url, secret_keys
        """For a process of its own; never shown."""
        self.patience = patience
        self.file = sqlite_file(parsed)
        self.engine = make_engine(parsed, read_only=read_only)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.writers = WriterQueue() if self.is_sqlite else None
        setattr(
            self.engine.dialect,
            CIPHER_ATTRIBUTE,
            cipher_for(parsed, secret_keys, make=not read_only),
        )

    @contextmanager
    def reading(
        self, workspace_id: int, *, patience: float | None = None, one_moment: bool = False
    ) -> Iterator[Transaction]:
        """A transaction that only reads. `patience` as in `writing`, and each statement has as much
        time. `one_moment`: all statements see what the first one saw, whatever is written
        meanwhile; SQLite reads so anyway (https://sqlite.org/isolation.html). Raises
        DatabaseUnavailableError."""
        asked = time.monotonic()
        patience = self.patience if patience is None else patience
        with faults(self.file), self.engine.connect() as connection:
            connection.execution_options(**{BEGIN_UNTIL: None})
            with connection.begin():
                if one_moment and not self.is_sqlite:
                    connection.execute(ONE_MOMENT)
                tx = Transaction(connection, workspace_id, asked + patience)
                if patience > PATIENCE:
                    tx.limit_statements(patience)
                yield tx

    @contextmanager
    def writing(
        self, workspace_id: int, *, patience: float | None = None, aside: bool = False
    ) -> Iterator[Transaction]:
        """A transaction that writes; kept when the block ends well. `patience` in seconds from now:
        the time after which no further statement is begun. `aside`: what it keeps is not what
        anybody asked for (a profile, where a message stands, a list that somebody looks at), so
        that nobody is told that it is saved.

        Raises DatabaseUnavailableError. Not to be used within another of the same thread: on SQLite
        the inner one waits for the outer one until it is out of time.
        """
        asked = time.monotonic()
        patience = self.patience if patience is None else patience
        until = asked + BEGIN_WAIT
        # Who waits in the queue holds no connection meanwhile.
        turn = nullcontext() if self.writers is None else self.writers.turn(until)
        noted = nullcontext() if aside else outcome.saving()
        with noted, faults(self.file), turn, self.engine.connect() as connection:
            connection.execution_options(**{BEGIN_UNTIL: until})
            with connection.begin():
                yield Transaction(connection, workspace_id, asked + patience)

    def can_be_written(self) -> bool:
        """Whether it takes anything new. Raises DatabaseUnavailableError."""
        if self.is_sqlite:
            return self.file is None or can_be_written(self.file)
        with self.reading(0) as tx:
            return bool(tx.execute(READ_ONLY).scalar_one() == "off")

    def close(self) -> None:
        self.engine.dispose()


# Built once for each table, as the constants of the rooms are. What an insert sets are the columns
# of the rows that it is given.
