"""`make bench`, or `make bench ARGS="touch many"` for some of it."""

import sys
from collections.abc import Callable, Iterable

from tests.bench import (
    agendas,
    clicks,
    export,
    exporting,
    lists,
    many,
    mirror,
    printing,
    results,
    size,
    socket,
    start,
    table,
    touch,
    typing,
)
from tests.bench.table import Row

MODULES: dict[str, tuple[Callable[[], Row | Iterable[Row]], ...]] = {
    "touch": (touch.cpu_row, touch.statements_row, touch.memory_row),
    "many": (many.sqlite_rows, many.postgresql_rows),
    "lists": (
        lists.cpu_row,
        lists.limit_row,
        lists.statements_row,
        lists.history_row,
        lists.idle_row,
    ),
    "typing": (typing.sqlite_row, typing.postgresql_row),
    "agendas": (agendas.cpu_row, agendas.statements_row),
    "results": (results.cpu_row, results.held_row, results.memory_row),
    "printing": (printing.page_row, printing.memory_row),
    "clicks": (clicks.row,),
    "exporting": (exporting.row,),
    "mirror": (mirror.rows,),
    "export": (export.cpu_row, export.statements_row, export.memory_row),
    "size": (size.sqlite_rows, size.postgresql_rows),
    "socket": (socket.deaf_row, socket.soak_row),
    "start": (start.help_row, start.run_row),
}


def main() -> None:
    named = sys.argv[1:] or list(MODULES)
    unknown = [name for name in named if name not in MODULES]
    if unknown:
        sys.exit(f"There is no {unknown[0]} to measure; there are {', '.join(MODULES)}.")
    print(table.heading())
    for name in named:
        for measure in MODULES[name]:
            found = measure()
            for row in [found] if isinstance(found, Row) else found:
                print(table.line(row), flush=True)


if __name__ == "__main__":
    main()
