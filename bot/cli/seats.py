"""What a dry run says of a roster: each seat that would change, before and after."""

from collections.abc import Iterable, Iterator, Sequence
from datetime import timedelta

from bot.domain.binder.moving import Moved
from bot.domain.team.file_rows import printable
from bot.domain.team.roster import Directory
from bot.domain.team.roster_memberships import MembershipChange, RosterMove, Span

A_DAY = timedelta(days=1)
NO_SEAT = "no seat"
KINDS = {
    "touches": ("contact", "contacts"),
    "sessions": ("session", "sessions"),
    "field_days": ("field day", "field days"),
    "promises": ("open promise", "open promises"),
    "closed": ("closed promise", "closed promises"),
    "appointments": ("planned talk", "planned talks"),
    "for_session": ("item for the next session", "items for the next session"),
    "market_notes": ("market note", "market notes"),
    "results": ("result", "results"),
    "save_it_plans": ("save-it plan", "save-it plans"),
}
"""What each count of `Moved` is called, of one and of more."""


def who_sits_where(changes: Iterable[MembershipChange], directory: Directory) -> Iterator[str]:
    """A line for each change, all of one rep together, by name."""

    lines = sorted(
        (_person(one.rep, directory), _person(one.manager, directory), one.line, one)
        for one in changes
    )
    for rep, manager, line, one in lines:
        before = NO_SEAT if one.begins or one.before is None else _days(one.before)
        yield f"line {line}: {rep} with {manager}: {before} → {_days(one.after)}"


def what_goes_along(
    moves: Sequence[RosterMove], counted: Sequence[Moved], directory: Directory, *, dry_run: bool
) -> Iterator[str]:
    """A line for each rep who moves and has something to take along: how much of each kind, and no
    word of it."""
    goes = "would go along" if dry_run else "went along"
    lines = []
    for one, moved in zip(moves, counted, strict=True):
        rep, before, after = (_person(who, directory) for who in (one.rep, one.before, one.after))
        said = ", ".join(
            f"{number} {words[number != 1]}"
            for name, words in KINDS.items()
            if (number := getattr(moved, name))
        )
        if said:
            lines.append(f"{rep} from {before} to {after} on {one.day}: {said} {goes}")
    yield from sorted(lines)


def _person(slack_id: str, directory: Directory) -> str:
    found = directory.by_id.get(slack_id)
    return f"{printable(found.name)} ({slack_id})" if found else slack_id


def _days(span: Span) -> str:
    """From the first day to the last, which is of it too."""
    if span.left_on is None:
        return f"from {span.joined_on}"
    if span.left_on <= span.joined_on:
        return NO_SEAT
    return f"from {span.joined_on} until {span.left_on - A_DAY}"
