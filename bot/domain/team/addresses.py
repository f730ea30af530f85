"""People whom a file names by e-mail address, by their Slack ids."""

from collections.abc import Iterable, Iterator, Sequence

from bot.domain.team.file_rows import FileRow, Rejection, is_address
from bot.domain.team.roster import Directory


def has_addresses(rows: Iterable[FileRow | Rejection], columns: Sequence[str]) -> bool:
    """Whether a row names somebody so in one of those columns."""
    return any(
        is_address(row.values[column])
        for row in rows
        if isinstance(row, FileRow)
        for column in columns
    )


def resolve_addresses(
    rows: Iterable[FileRow | Rejection], columns: Sequence[str], directory: Directory
) -> Iterator[FileRow | Rejection]:
    """The rows with the Slack id in place of each address, also of somebody who has left; a row
    that names nobody is rejected."""
    for row in rows:
        yield row if isinstance(row, Rejection) else _resolved(row, columns, directory)


def _resolved(row: FileRow, columns: Sequence[str], directory: Directory) -> FileRow | Rejection:
    values, reasons = dict(row.values), []
    for column in columns:
        who = values[column].strip()
        if not is_address(who):
            continue
        found = directory.called(who)
        if isinstance(found, str):
            reasons.append(found)
        else:
            values[column] = found.slack_id
    return Rejection(row.line, "; ".join(reasons)) if reasons else row._replace(values=values)
