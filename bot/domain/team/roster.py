"""Who may be on whose team, line by line of a roster file."""

import re
from collections.abc import Callable, Iterable, Mapping, Set
from dataclasses import dataclass

from bot.domain.team.file_rows import FileRow, Rejection, as_meant, quoted
from bot.domain.team.roles import TeamRole, in_the_way
from bot.domain.team.teams import MOST_TEAMS_PER_REP
from bot.domain.workspaces.people import Profile, is_zone

REQUIRED = ("manager_id", "rep_id")
OPTIONAL = ("time_zone", "channel_id", "country")

_USER_ID = re.compile(r"[UW][A-Z0-9]+")
_CHANNEL_ID = re.compile(r"[CG][A-Z0-9]+")
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
    """A line that can be taken: Slack ids, and settings of the team where the line gives them."""

    line: int
    manager: str
    rep: str
    zone: str | None
    channel: str | None
    country: str | None


@dataclass(frozen=True)
class CheckedRoster:
    """The lines of a file, sorted into those to take and those rejected."""

    lines: tuple[RosterLine, ...]
    rejected: tuple[Rejection, ...]


class Directory:
    """Everyone in the workspace, by Slack id and by e-mail address."""

    def __init__(self, profiles: Iterable[Profile]) -> None:
        self.by_id: dict[str, Profile] = {}
        self._by_email: dict[str, Profile] = {}
        for profile in profiles:
            self.by_id[profile.slack_id] = profile
            if profile.email:
                email = profile.email.casefold()
                # An address may have moved from someone who left to someone who is here.
                if profile.active or email not in self._by_email:
                    self._by_email[email] = profile

    def find(self, who: str) -> Profile | str:
        """The person of that id or address who can be on a team, or why there is none."""
        if "@" in who:
            if not self._by_email:
                return "e-mail addresses need the scope users:read.email"
            found = self._by_email.get(who.casefold())
        elif is_user_id(who):
            found = self.by_id.get(who)
        else:
            return f"{quoted(who)} is not a Slack user id, such as U012AB3CD"
        if found is None:
            return f"Slack knows nobody as {quoted(who)}"
        if found.bot:
            return f"{quoted(who)} is a bot"
        if not found.active:
            return f"{quoted(who)} is deactivated in Slack"
        return found


def check_roster(
    rows: Iterable[FileRow | Rejection],
    directory: Directory,
    managers_of: Mapping[str, Set[str]],
    is_country: Callable[[str], bool],
) -> CheckedRoster:
    """Sort the rows of a roster file.

    `managers_of` names the managers of the teams that each rep is on now, by Slack id. A line that
    is rejected adds nobody, but what it says of its team counts as said: lines that disagree with
    it are rejected too, since nobody knows which of them is meant.
    """
    check = _Check(
        directory, {rep: set(managers) for rep, managers in managers_of.items()}, is_country
    )
    lines: list[RosterLine] = []
    rejected: list[Rejection] = []
    for row in rows:
        outcome = row if isinstance(row, Rejection) else check.row(as_meant(row))
        if isinstance(outcome, Rejection):
            rejected.append(outcome)
        else:
            lines.append(outcome)
    return CheckedRoster(tuple(lines), tuple(rejected))


class _Check:
    """What the lines so far have said."""

    def __init__(
        self,
        directory: Directory,
        managers_of: dict[str, set[str]],
        is_country: Callable[[str], bool],
    ) -> None:
        self.directory = directory
        self.managers_of = managers_of
        self.said: dict[tuple[str, str], tuple[int, str]] = {}
        self.rules: tuple[tuple[str, Callable[[str], bool], str], ...] = (
            ("time_zone", is_zone, "a time zone, such as Europe/Berlin"),
            ("channel_id", is_channel_id, "a channel id, such as C012AB3CD"),
            ("country", is_country, "a country or region with known holidays, such as DE or DE-BY"),
        )

    def row(self, row: FileRow) -> RosterLine | Rejection:
        reasons: list[str] = []
        manager = self._person(row, "manager_id", reasons)
        rep = self._person(row, "rep_id", reasons)
        match in_the_way(TeamRole.REP, self._held(manager, rep)):
            case TeamRole.MANAGER:
                reasons.append("the manager and the rep are the same person")
            case TeamRole.DIRECTOR:
                reasons.append(f"{rep} is the manager of {manager}")
        zone, channel, country = [
            self._setting(row, manager, *rule, reasons) for rule in self.rules
        ]
        if not reasons and manager and rep:
            taken = self.managers_of.setdefault(rep, set())
            if manager in taken or len(taken) < MOST_TEAMS_PER_REP:
                taken.add(manager)
                return RosterLine(row.line, manager, rep, zone, channel, country)
            names = " and ".join(sorted(taken))
            reasons.append(f"{rep} is already on two teams, those of {names}")
        return Rejection(row.line, "; ".join(reasons))

    def _held(self, manager: str | None, rep: str | None) -> set[TeamRole]:
        """What the rep of a line is to the team of its manager already."""
        if not manager or not rep:
            return set()
        held = {TeamRole.MANAGER} if manager == rep else set()
        if rep in self.managers_of.get(manager, ()):
            held.add(TeamRole.DIRECTOR)
        return held

    def _person(self, row: FileRow, column: str, reasons: list[str]) -> str | None:
        who = row.values[column].strip()
        found = self.directory.find(who) if who else f"{column} is empty"
        if isinstance(found, Profile):
            return found.slack_id
        reasons.append(found)
        return None

    def _setting(
        self,
        row: FileRow,
        manager: str | None,
        column: str,
        is_valid: Callable[[str], bool],
        kind: str,
        reasons: list[str],
    ) -> str | None:
        value = row.values.get(column, "").strip()
        if not value:
            return None
        if not is_valid(value):
            reasons.append(f"{quoted(value)} is not {kind}")
        elif manager:
            line, first = self.said.setdefault((manager, column), (row.line, value))
            if first != value:
                reasons.append(
                    f"{column} of this team is {quoted(value)} here, "
                    f"but {quoted(first)} on line {line}"
                )
        return value
