"""The cells of tables and data tables.

Sources: https://docs.slack.dev/reference/block-kit/blocks/table-block and …/data-table-block.
"""

from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.checks import (
    Check,
    JsonObject,
    Shape,
    anything,
    array,
    by_type,
    items,
    number,
    string,
)
from slack_sandbox.blockkit.report import Report, Rule, pointer
from slack_sandbox.blockkit.rich_text import RICH_TEXT

_TYPE: Mapping[str, Check] = {"type": anything}
_CELL = by_type(
    {
        "raw_text": Shape("raw_text", {**_TYPE, "text": string(shown=True)}),
        "raw_number": Shape("raw_number", {**_TYPE, "value": number, "text": string(shown=True)}),
        "rich_text": RICH_TEXT,
    },
    "a cell of a table",
)
_TABLE = array(array(_CELL, limits.TABLE_CELLS), limits.TABLE_ROWS)
_DATA_TABLE = array(array(_CELL, limits.DATA_TABLE_CELLS), limits.DATA_TABLE_ROWS)

DATA_TABLE_ROWS_LEAST = 2
"""The header and one row."""


def table_rows(report: Report, value: object, path: str) -> None:
    """Check the rows of a table."""
    before = report.characters
    _TABLE(report, value, path)
    report.table_characters += report.characters - before
    _even(report, value, path)


def data_table_rows(report: Report, value: object, path: str) -> None:
    """Check the rows of a data table, the first of which is its header."""
    before = report.characters
    _DATA_TABLE(report, value, path)
    report.data_table_characters += report.characters - before
    rows = items(value)
    if 0 < len(rows) < DATA_TABLE_ROWS_LEAST:
        detail = f"Allowed are at least {DATA_TABLE_ROWS_LEAST} rows, found {len(rows)}."
        report.add(Rule.DATA_TABLE_ROWS_TOO_FEW, path, detail)
    for index, cell in enumerate(items(rows[0]) if rows else ()):
        if isinstance(cell, dict) and cell.get("type") == "rich_text":
            where = pointer(pointer(path, 0), index)
            report.add(Rule.DATA_TABLE_HEADER, where, "A header cell holds no rich_text.")
    _even(report, value, path)


def row_header_is_a_column(report: Report, block: JsonObject, path: str) -> None:
    """Check that the column that names each row is one of the data table."""
    index = block.get("row_header_column_index")
    columns = max((len(items(row)) for row in items(block.get("rows"))), default=0)
    whole = isinstance(index, int) and not isinstance(index, bool)
    if isinstance(index, int) and whole and columns <= index <= limits.DATA_TABLE_CELLS.most - 1:
        where = pointer(path, "row_header_column_index")
        detail = f"There are {columns} columns, and none with the index {index}."
        report.add(Rule.DATA_TABLE_ROW_HEADER_COLUMN, where, detail)


def _even(report: Report, value: object, path: str) -> None:
    """Check that all rows have as many cells as the first."""
    rows = items(value)
    for index, row in enumerate(rows):
        if isinstance(row, list) and len(row) != len(items(rows[0])):
            detail = f"The first row has {len(items(rows[0]))} cells, this one {len(row)}."
            report.add(Rule.TABLE_UNEVEN, pointer(path, index), detail)
