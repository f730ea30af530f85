"""A process of its own that writes with several threads; prints how many writes were refused.

Arguments: the database's address, its key, the workspace, threads, writes of each, a name.
"""

import sys
from concurrent.futures import ThreadPoolExecutor

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


if __name__ == "__main__":
    url, key, workspace, threads, writes, name = sys.argv[1:]
    opened = Database(url, (key,))
    sys.stdout.write("ready\n")
    sys.stdout.flush()
    sys.stdin.readline()
    refused = write_many(opened, int(workspace), int(threads), int(writes), name)
    sys.stdout.write(f"{refused}\n")
    opened.close()
