"""A process of its own that writes with several threads; prints how many writes were refused."""

import sys
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from bot.domain.workspaces.faults import DatabaseUnavailableError
from storage.database.engine import Database
from tests.storage.world import add_people


def write(database: Database, workspace_id: int, slack_id: str) -> int:
    try:
        with database.writing(workspace_id) as tx:
            add_people(tx, [slack_id])
    except DatabaseUnavailableError:
        return 1
    return 0


def write_many(database: Database, workspace_id: int, threads: int, writes: int, name: str) -> int:
    """How many writes were refused."""

    def one_thread(thread: int) -> int:
        names = [f"U{name}{thread}N{number}" for number in range(writes)]
        return sum(write(database, workspace_id, slack_id) for slack_id in names)

    with ThreadPoolExecutor(threads) as pool:
        return sum(pool.map(one_thread, range(threads)))


def write_when_told(url: str, key: str, *many: Any) -> None:
    """Open the database, say so, and write once a line comes."""
    opened = Database(url, (key,))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    sys.stdout.write(f"{write_many(opened, *many)}\n")
    opened.close()
