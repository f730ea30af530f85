"""People whom rows of results name by e-mail address, by their Slack ids."""

from collections.abc import Callable, Iterable, Iterator

from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import Rejection, is_address
from bot.domain.team.roster import Directory


def resolve_addresses(
    rows: Iterable[ResultRow | Rejection], ask: Callable[[], Directory]
) -> Iterator[ResultRow | Rejection]:
    """The rows with the Slack id in place of each address, also of somebody who has left; a row
    that names nobody is rejected. Slack is asked (`ask`) once a row has an address."""
    directory: Directory | None = None
    for row in rows:
        if isinstance(row, Rejection) or not (
            is_address(row.rep_id) or is_address(row.manager_id or "")
        ):
            yield row
            continue
        directory = directory or ask()
        yield _resolved(row, directory)


def _resolved(row: ResultRow, directory: Directory) -> ResultRow | Rejection:
    reasons: list[str] = []

    def slack_id(who: str) -> str:
        found = directory.called(who) if is_address(who) else who
        if isinstance(found, str):
            reasons.extend([found] if is_address(who) else [])
            return who
        return found.slack_id

    rep = slack_id(row.rep_id)
    manager = slack_id(row.manager_id) if row.manager_id is not None else None
    if reasons:
        return Rejection(row.line, "; ".join(reasons))
    return row._replace(rep_id=rep, manager_id=manager)
