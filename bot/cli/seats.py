"""What a dry run says of a roster: each seat that would change, before and after."""

from collections.abc import Iterable, Iterator
from datetime import timedelta

from bot.domain.team.file_rows import printable
from bot.domain.team.roster import Directory
from bot.domain.team.roster_memberships import MembershipChange, Span

A_DAY = timedelta(days=1)
NO_SEAT = "no seat"


def who_sits_where(changes: Iterable[MembershipChange], directory: Directory) -> Iterator[str]:
    """A line for each change, all of one rep together, by name."""

    def person(slack_id: str) -> str:
        found = directory.by_id.get(slack_id)
        return f"{printable(found.name)} ({slack_id})" if found else slack_id

    lines = sorted((person(one.rep), person(one.manager), one.line, one) for one in changes)
    for rep, manager, line, one in lines:
        before = NO_SEAT if one.begins or one.before is None else _days(one.before)
        yield f"line {line}: {rep} with {manager}: {before} → {_days(one.after)}"


def _days(span: Span) -> str:
    """From the first day to the last, which is of it too."""
    if span.left_on is None:
        return f"from {span.joined_on}"
    if span.left_on <= span.joined_on:
        return NO_SEAT
    return f"from {span.joined_on} until {span.left_on - A_DAY}"
