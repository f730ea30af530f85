"""Who may be on whose team, line by line of a roster file."""

import re
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from datetime import date

from bot.domain.team.file_rows import FileRow, Rejection, as_meant, is_address, quoted
from bot.domain.workspaces.people import Profile, is_zone

REQUIRED = ("manager_id", "rep_id")
OPTIONAL = ("time_zone", "channel_id", "country", "until")

NO_END = date.max
"""What a file has as the last day of a seat without an end; an empty cell says nothing of it."""

Pair = tuple[str, str]
"""Manager and rep, by Slack id."""

_USER_ID = re.compile(r"[UW][A-Z0-9]+")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]+")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")
# Source of both shapes: https://docs.slack.dev/reference/objects/user-object (U or W) and
# https://docs.slack.dev/reference/objects/conversation-object (C, and G for private ones of old).


def is_user_id(text: str) -> bool:
    """Whether that has the shape of a Slack user id."""
    return _USER_ID.fullmatch(text) is not None


def is_channel_id(text: str) -> bool:
    """Whether that has the shape of the id of a Slack channel."""
    return _CHANNEL_ID.fullmatch(text) is not None


@dataclass(frozen=True)
class RosterLine:
    """A line that can be taken: Slack ids, settings of the team where the line gives them, and the
    last day of the rep on it, NO_END where it says that there is none."""

    line: int
    manager: str
    rep: str
    zone: str | None
    channel: str | None
    country: str | None
    until: date | None = None

    @property
    def pair(self) -> Pair:
        return self.manager, self.rep


@dataclass(frozen=True)
class CheckedRoster:
    """The lines of a file, sorted into those to take and those rejected; `unclear` are the reps, by
    Slack id, of whom a line was."""

    lines: tuple[RosterLine, ...]
    rejected: tuple[Rejection, ...]
    unclear: frozenset[str]


class Directory:
    """Everyone in the workspace, by Slack id and by e-mail address."""

    def __init__(self, profiles: Iterable[Profile], erased: Collection[str] = ()) -> None:
        """`erased` are Slack ids of people of whom nothing is kept, and who are not added again."""
        self.erased = frozenset(erased)
        self.by_id: dict[str, Profile] = {}
        self._by_email: dict[str, Profile] = {}
        for profile in profiles:
            self.by_id[profile.slack_id] = profile
            if profile.email:
                email = profile.email.casefold()
                # An address may have moved from someone who left to someone who is here.
                if profile.active or email not in self._by_email:
                    self._by_email[email] = profile

    def called(self, address: str) -> Profile | str:
        """Whoever has that e-mail address, be it somebody who left, or why there is none."""
        if not self._by_email:
            return "e-mail addresses need the scope users:read.email"
        found = self._by_email.get(address.casefold())
        return found or f"Slack knows nobody as {quoted(address)}"

    def find(self, who: str) -> Profile | str:
        """The person of that id or address who can be on a team, or why there is none."""
        if is_address(who):
            found = self.called(who)
        elif is_user_id(who):
            found = self.by_id.get(who) or f"Slack knows nobody as {quoted(who)}"
        else:
            found = f"{quoted(who)} is not a Slack user id, such as U012AB3CD"
        if isinstance(found, str):
            return found
        if found.slack_id in self.erased:
            return f"{quoted(who)} was erased, and is not added again"
        if found.bot:
            return f"{quoted(who)} is a bot"
        if not found.active:
            return f"{quoted(who)} is deactivated in Slack"
        return found


def check_roster(
    rows: Iterable[FileRow | Rejection], directory: Directory, is_country: Callable[[str], bool]
) -> CheckedRoster:
    """Sort the rows of a roster file by what each says for itself.

    A line that is rejected adds nobody, but what it says of its team and of a seat counts as said:
    lines that disagree with it are rejected too, since nobody knows which of them is meant.
    """
    check = _Check(directory, is_country)
    lines: list[RosterLine] = []
    rejected: list[Rejection] = []
    for row in rows:
        outcome = row if isinstance(row, Rejection) else check.row(as_meant(row))
        if isinstance(outcome, Rejection):
            rejected.append(outcome)
        else:
            lines.append(outcome)
    return CheckedRoster(tuple(lines), tuple(rejected), frozenset(check.unclear))


class _Check:
    """What the lines so far have said."""

    def __init__(self, directory: Directory, is_country: Callable[[str], bool]) -> None:
        self.directory = directory
        self.unclear: set[str] = set()
        self.said: dict[tuple[str, ...], tuple[int, str]] = {}
        self.rules: tuple[tuple[str, Callable[[str], bool], str], ...] = (
            ("time_zone", is_zone, "a time zone, such as Europe/Berlin"),
            ("channel_id", is_channel_id, "a channel id, such as C012AB3CD"),
            ("country", is_country, "a country or region with known holidays, such as DE or DE-BY"),
        )

    def row(self, row: FileRow) -> RosterLine | Rejection:
        reasons: list[str] = []
        manager = self._person(row, "manager_id", reasons)
        rep = self._person(row, "rep_id", reasons)
        if manager and manager == rep:
            reasons.append("the manager and the rep are the same person")
        zone, channel, country = [
            self._said(row, (column, manager), "this team", is_valid, kind, reasons)
            for column, is_valid, kind in self.rules
        ]
        day = "a date such as 2026-11-30"
        until = self._said(row, ("until", manager, rep), "this seat", _is_day, day, reasons)
        if reasons or not manager or not rep:
            self.unclear |= {rep} if rep else set()
            return Rejection(row.line, "; ".join(reasons))
        ends = date.fromisoformat(until) if until else None
        return RosterLine(row.line, manager, rep, zone, channel, country, ends)

    def _person(self, row: FileRow, column: str, reasons: list[str]) -> str | None:
        who = row.values[column].strip()
        found = self.directory.find(who) if who else f"{column} is empty"
        if isinstance(found, Profile):
            return found.slack_id
        reasons.append(found)
        return None

    def _said(
        self,
        row: FileRow,
        about: tuple[str, *tuple[str | None, ...]],
        what: str,
        is_valid: Callable[[str], bool],
        kind: str,
        reasons: list[str],
    ) -> str | None:
        """What the line says in the column that `about` begins with, of whom the rest of it names;
        None for nothing."""
        column = about[0]
        value = row.values.get(column, "").strip()
        if not value:
            return None
        if not is_valid(value):
            reasons.append(f"{quoted(value)} is not {kind}")
        elif all(about):
            line, first = self.said.setdefault(tuple(map(str, about)), (row.line, value))
            if first != value:
                reasons.append(
                    f"{column} of {what} is {quoted(value)} here, "
                    f"but {quoted(first)} on line {line}"
                )
        return value


def _is_day(text: str) -> bool:
    if not _DAY.fullmatch(text):
        return False
    try:
        date.fromisoformat(text)
    except ValueError:
        return False
    return True
