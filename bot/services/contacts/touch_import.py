"""Touches of the time before Windshield, or from another one, from a file."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.domain.contacts.touches import (
    ABOUT_LIMIT,
    EARLIEST_DAY,
    Channel,
    TouchLineError,
    TouchLineProblem,
    read_channel,
    read_day,
)
from bot.domain.team.calendar import when_it_happened
from bot.domain.team.file_rows import FileRow, Rejection, as_meant, quoted
from bot.domain.team.roster import is_user_id
from bot.domain.team.teams import Team
from storage.contacts import interactions
from storage.database.engine import FILE_PATIENCE, Database
from storage.database.transaction import Transaction
from storage.team import teams
from storage.workspaces import audits

REQUIRED = ("manager_id", "rep_id", "date")
OPTIONAL = ("channel", "about")

TEAMS_AT_ONCE = 50
"""Teams whose touches are counted in one statement: years of many teams take PostgreSQL longer
than a statement may run."""

_DAY_REASONS = {
    TouchLineProblem.IMPOSSIBLE_DAY: "is not in the calendar",
    TouchLineProblem.FUTURE_DAY: "is in the future",
    TouchLineProblem.TOO_LONG_AGO: f"is before {EARLIEST_DAY.isoformat()}",
}

Identity = tuple[int, int, date, Channel | None, str]
"""What makes two touches the same: team, rep (a person), day, channel, about."""


@dataclass(frozen=True)
class TouchReport:
    """What the file came to, or would come to where nothing was `written`."""

    added: int
    already_there: int
    rejected: tuple[Rejection, ...]
    written: bool


def import_touches(
    database: Database,
    workspace_id: int,
    rows: Iterable[FileRow | Rejection],
    *,
    file_name: str,
    keep_good: bool,
    dry_run: bool,
    now: datetime,
) -> TouchReport:
    """Log the touches of a file, each by the manager of its team, at noon of its day.

    A touch that is there already is not logged again; a file that has it twice wants it twice.
    With a line rejected nothing is written, unless `keep_good`; in a dry run nothing ever. All
    is written in one transaction. Raises DatabaseUnavailableError.
    """
    # Teams and who was ever on them are only added to, so that the rows can be read without
    # keeping other writers waiting.
    with database.reading(workspace_id) as tx:
        known = {team.manager.slack_id: team for team in teams.all_teams(tx)}
        reps = teams.reps_ever(tx, [team.id for team in known.values()])
    check = _Check(known, reps, now)
    for row in rows:
        check.row(row)
    written = not dry_run and (keep_good or not check.rejected)
    if written:
        count = len(check.touches) + len(check.rejected)
        with database.writing(workspace_id, patience=FILE_PATIENCE) as tx:
            # Two imports at once would each find a touch missing and log it.
            teams.lock(tx, check.team_ids)
            new = check.missing(_counts(check.team_ids, lambda: nullcontext(tx)))
            interactions.add_all(tx, new)
            audits.record(tx, "operator", "import touches", f"{file_name}: {count} lines", now)
    else:
        new = check.missing(_counts(check.team_ids, lambda: database.reading(workspace_id)))
    return TouchReport(
        added=len(new),
        already_there=len(check.touches) - len(new),
        rejected=tuple(check.rejected),
        written=written,
    )


class _Check:
    """The rows so far, sorted into touches and rejections."""

    def __init__(
        self, known: Mapping[str, Team], reps: Mapping[tuple[int, str], int], now: datetime
    ) -> None:
        self.known = known
        self.reps = reps
        self.now = now
        self.todays = {who: team.today(now) for who, team in known.items()}
        self.touches: list[tuple[Team, Identity]] = []
        self.rejected: list[Rejection] = []

    @property
    def team_ids(self) -> list[int]:
        return sorted({team.id for team, _ in self.touches})

    def row(self, row: FileRow | Rejection) -> None:
        """Take a row in, or reject it."""
        if isinstance(row, Rejection):
            self.rejected.append(row)
            return
        row = as_meant(row)
        reasons: list[str] = []
        team = self._team(row, reasons)
        rep = self._rep(row, team, reasons)
        day = self._day(row, team, reasons)
        channel = _channel(row, reasons)
        about = row.values.get("about", "")
        if len(about) > ABOUT_LIMIT:
            reasons.append(f"about is {len(about)} characters long, {ABOUT_LIMIT} is the most")
        if team is None or rep is None or day is None or reasons:
            self.rejected.append(Rejection(row.line, "; ".join(reasons)))
        else:
            self.touches.append((team, (team.id, rep, day, channel, about)))

    def missing(self, there: Mapping[Identity, int]) -> list[dict[str, Any]]:
        """Columns of those touches that are not there yet, in the order of the file."""
        left = Counter(there)
        new = []
        for team, identity in self.touches:
            left[identity] -= 1
            if left[identity] < 0:
                new.append(self._columns(team, identity))
        return new

    def _columns(self, team: Team, identity: Identity) -> dict[str, Any]:
        team_id, rep_id, day, channel, about = identity
        zone = team.manager_zone
        return {
            "team_id": team_id,
            "rep_id": rep_id,
            "author_id": team.manager.id,
            "channel": channel,
            "occurred_on": day,
            "occurred_at": when_it_happened(day, self.now, zone),
            "recorded_at": self.now,
            "about": about,
        }

    def _team(self, row: FileRow, reasons: list[str]) -> Team | None:
        who = _user_id(row, "manager_id", reasons)
        team = self.known.get(who) if who else None
        if who and team is None:
            reasons.append(f"{who} has no team here; import the roster first")
        return team

    def _rep(self, row: FileRow, team: Team | None, reasons: list[str]) -> int | None:
        who = _user_id(row, "rep_id", reasons)
        if not who or team is None:
            return None
        rep = self.reps.get((team.id, who))
        if rep is None:
            reasons.append(f"{who} was never on the team of {team.manager.slack_id}")
        return rep

    def _day(self, row: FileRow, team: Team | None, reasons: list[str]) -> date | None:
        word = row.values["date"].strip()
        # Words such as "yesterday" are for typing; in a file they mean another day every day.
        if not word[:1].isdigit():
            reasons.append(f"{quoted(word)} is not a date such as 2026-11-20")
            return None
        # Without a team there is no zone, but what is no date at all can still be said.
        today = self.todays[team.manager.slack_id] if team else self.now.date()
        try:
            day = read_day(word, today)
        except TouchLineError as error:
            reasons.append(f"{word} {_DAY_REASONS[error.kind]}")
            return None
        if day is None:
            reasons.append(f"{quoted(word)} is not a date such as 2026-11-20")
        return day


def _user_id(row: FileRow, column: str, reasons: list[str]) -> str | None:
    who = row.values[column].strip()
    if not who:
        reasons.append(f"{column} is empty")
    elif not is_user_id(who):
        reasons.append(f"{quoted(who)} is not a Slack user id, such as U012AB3CD")
    else:
        return who
    return None


def _channel(row: FileRow, reasons: list[str]) -> Channel | None:
    word = row.values.get("channel", "").strip()
    channel = read_channel(word)
    if word and channel is None:
        reasons.append(f"{quoted(word)} is not a channel; these are: {', '.join(Channel)}")
    return channel


def _counts(
    team_ids: Sequence[int], begin: Callable[[], AbstractContextManager[Transaction]]
) -> dict[Identity, int]:
    """How many there are of each touch; every statement in what `begin` gives."""
    counts: dict[Identity, int] = {}
    for start in range(0, len(team_ids), TEAMS_AT_ONCE):
        with begin() as tx:
            counts |= interactions.touch_counts(tx, team_ids[start : start + TEAMS_AT_ONCE])
    return counts
