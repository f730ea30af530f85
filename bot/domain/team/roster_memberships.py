"""Who would sit where after a roster file: the memberships that its lines begin and end."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.domain.team.file_rows import Rejection
from bot.domain.team.roles import TeamRole, in_the_way
from bot.domain.team.roster import NO_END, Pair, RosterLine
from bot.domain.team.teams import MOST_TEAMS_PER_REP

A_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Span:
    """The days of a membership; `left_on` is the first no longer of it, None where it has no end.
    One whose rep never came has none."""

    joined_on: date
    left_on: date | None

    def is_over(self, day: date) -> bool:
        """Whether it had ended by that day."""
        return self.left_on is not None and self.left_on <= day

    def overlaps(self, other: "Span") -> bool:
        """Whether a day is of both."""
        first = max(self.joined_on, other.joined_on)
        return not self.is_over(first) and not other.is_over(first)


@dataclass(frozen=True)
class MembershipChange:
    """A membership that a file begins, or gives another last day. `before` is the one that goes
    on, and None where there is a new one; `begins`: the rep was not on the team, nor to come.
    `line` is the one that says so, or that moves the rep away."""

    manager: str
    rep: str
    before: Span | None
    after: Span
    begins: bool
    line: int


@dataclass(frozen=True)
class RosterMove:
    """A rep whose seat with one manager ends for one with another: what goes along does, on that
    day. People by Slack id."""

    rep: str
    before: str
    after: str
    day: date


@dataclass(frozen=True)
class RosterPlan:
    """The lines that can be taken, what they change, and those that cannot be and why; `moves` are
    what goes along from one team to another."""

    lines: tuple[RosterLine, ...]
    changes: tuple[MembershipChange, ...]
    rejected: tuple[Rejection, ...]
    moves: tuple[RosterMove, ...] = ()


def plan_memberships(
    lines: Sequence[RosterLine],
    known: Mapping[Pair, Span],
    today: Callable[[str], date],
    *,
    move: bool = False,
    unclear: Collection[str] = (),
) -> RosterPlan:
    """What those lines make of the memberships there are, in whatever order they stand.

    `known` has the newest of each rep on each team; `today` is the date on a manager's wall. With
    `move` a rep sits where the file says and nowhere else: the rep's other memberships end the day
    before. What a file says of a rep counts as a whole then: with one line rejected, as of those
    `unclear` one was already, so are the others.
    """
    left_out = set(unclear) if move else set()
    reasons: dict[int, str] = {}
    while True:
        plan = _Plan(lines, known, today, move=move, left_out=left_out)
        reasons |= plan.reasons
        news = {line.rep for line in lines if line.line in plan.reasons} - left_out
        if not move or not news:
            break
        # What they would have ended goes on, so that all others are looked at again.
        left_out |= news
    for line in lines:
        if line.rep in left_out:
            reasons.setdefault(line.line, f"with --move all of {line.rep}'s lines must be good")
    return RosterPlan(
        tuple(line for line in lines if line.line not in reasons),
        plan.changes(),
        tuple(Rejection(line, reason) for line, reason in reasons.items()),
        tuple(plan.moves),
    )


class _Plan:
    """One look at all lines but those of the reps left out; `reasons` are why lines of the others
    are rejected, by line."""

    def __init__(
        self,
        lines: Iterable[RosterLine],
        known: Mapping[Pair, Span],
        today: Callable[[str], date],
        *,
        move: bool,
        left_out: Collection[str],
    ) -> None:
        self.known, self.today = known, today
        self.spans = dict(known)
        self.said_by: dict[Pair, int] = {}
        self.reasons: dict[int, str] = {}
        self.moves: list[RosterMove] = []
        self.managers_of: dict[str, list[str]] = {}
        for manager, rep in known:
            self.managers_of.setdefault(rep, []).append(manager)
        taken = [line for line in lines if line.rep not in left_out]
        # What ends makes room, wherever it stands in the file.
        for line in taken:
            self._shorten(line)
        if move:
            self._move(taken)
        for line in taken:
            reason = self._seat(line)
            if reason:
                self.reasons[line.line] = reason

    def changes(self) -> tuple[MembershipChange, ...]:
        """Each membership that is other than it was."""
        return tuple(
            MembershipChange(
                *pair,
                before=self._going_on(pair),
                after=span,
                begins=self._is_gone(pair),
                line=self.said_by[pair],
            )
            for pair, span in self.spans.items()
            if span != self.known.get(pair)
        )

    def _shorten(self, line: RosterLine) -> None:
        there = self._there(line)
        if there is None or line.until is None or line.until == NO_END:
            return
        left_on = line.until + A_DAY
        if line.until >= there.joined_on and not there.is_over(left_on):
            self._set(line, line.pair, Span(there.joined_on, left_on))

    def _move(self, lines: Iterable[RosterLine]) -> None:
        """Let the other memberships of each rep who has one by these lines end the day before."""
        named: dict[str, list[RosterLine]] = {}
        for line in lines:
            named.setdefault(line.rep, []).append(line)
        for rep, own in named.items():
            days = [
                (max(there.joined_on, today) if there else today, line.line, line)
                for line in own
                if (today := self.today(line.manager)) <= (line.until or NO_END)
                for there in (self._there(line),)
            ]
            if not days:
                continue
            day, _, line = min(days)
            # What goes along goes to the seat that begins, where one does.
            begins, _, to = min(days, key=lambda one: (self._there(one[2]) is not None, one))
            for manager in sorted(
                set(self.managers_of.get(rep, ())) - {one.manager for one in own}
            ):
                span = self.spans[manager, rep]
                if not span.is_over(day):
                    self._set(line, (manager, rep), Span(min(span.joined_on, day), day))
                    self.moves.append(RosterMove(rep, manager, to.manager, max(begins, day)))

    def _seat(self, line: RosterLine) -> str | None:
        """Let the rep have the membership; why that cannot be."""
        today, newest = self.today(line.manager), self.spans.get(line.pair)
        left_on = line.until + A_DAY if line.until and line.until != NO_END else None
        there = self._there(line)
        if there is not None:
            if left_on is not None and left_on <= there.joined_on:
                return (
                    f"until is {line.until}, but that seat begins on {there.joined_on.isoformat()}"
                )
            after = Span(there.joined_on, left_on if line.until else there.left_on)
        elif left_on is not None and left_on <= today:
            if newest is None:
                return f"until is {line.until}, which is past, and {line.rep} never had that seat"
            if newest.left_on != left_on:
                return f"until is {line.until}, but that seat ended on {_last_day(newest)}"
            after = newest
        elif newest is not None and newest.left_on == today:
            after = Span(newest.joined_on, left_on)
        else:
            after = Span(today, left_on)
        if after == newest:
            return None
        reason = self._in_the_way(line, Span(max(after.joined_on, today), after.left_on))
        if reason is None:
            self._set(line, line.pair, after)
        return reason

    def _in_the_way(self, line: RosterLine, days: Span) -> str | None:
        """Why the rep cannot be on the team in those days."""
        director = self.spans.get((line.rep, line.manager))
        held = {TeamRole.DIRECTOR} if director and director.overlaps(days) else set[TeamRole]()
        if in_the_way(TeamRole.REP, held):
            return f"{line.rep} is the manager of {line.manager}"
        others = {
            manager: self.spans[manager, line.rep]
            for manager in self.managers_of.get(line.rep, ())
            if manager != line.manager and self.spans[manager, line.rep].overlaps(days)
        }
        for first in sorted({max(days.joined_on, one.joined_on) for one in others.values()}):
            that_day = Span(first, first + A_DAY)
            on = sorted(who for who, one in others.items() if one.overlaps(that_day))
            if len(on) >= MOST_TEAMS_PER_REP:
                return f"{line.rep} is already on two teams, those of {' and '.join(on)}"
        return None

    def _there(self, line: RosterLine) -> Span | None:
        """The membership that the rep has on the team now, or will."""
        span = self.spans.get(line.pair)
        return None if span is None or span.is_over(self.today(line.manager)) else span

    def _set(self, line: RosterLine, pair: Pair, span: Span) -> None:
        if pair not in self.spans:
            self.managers_of.setdefault(pair[1], []).append(pair[0])
        self.spans[pair] = span
        self.said_by[pair] = line.line

    def _is_gone(self, pair: Pair) -> bool:
        before = self.known.get(pair)
        return before is None or before.is_over(self.today(pair[0]))

    def _going_on(self, pair: Pair) -> Span | None:
        """The membership that was there and is the same still, with other days."""
        before = self.known.get(pair)
        same = before is not None and before.joined_on >= self.spans[pair].joined_on
        return before if same else None


def _last_day(span: Span) -> str:
    return (span.left_on - A_DAY).isoformat() if span.left_on else ""
