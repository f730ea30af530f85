"""`make bench`."""

from tests.bench import lists, start, table, touch

ROWS = (
    touch.cpu_row,
    touch.statements_row,
    touch.memory_row,
    lists.cpu_row,
    lists.limit_row,
    lists.statements_row,
    lists.history_row,
    lists.idle_row,
    start.help_row,
    start.run_row,
)


def main() -> None:
    print(table.heading())
    for row in ROWS:
        print(table.line(row()), flush=True)


if __name__ == "__main__":
    main()
