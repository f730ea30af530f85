"""Rows of a file of results held against the teams that are there, and against one another.

What is kept in mind is a number or two for each row: a file is as long as it likes.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import astuple, dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from typing import Any, NamedTuple

from bot.domain.results.results import Metric, Period, metric_key
from bot.domain.results.rows import ResultRow
from bot.domain.team.file_rows import MEANT, Rejection, quoted
from bot.domain.team.roster import is_user_id

METRIC_LIMIT = 60
UNIT_LIMIT = 20
"""Characters."""

LONGEST = timedelta(days=366)
"""What a period may last: more is a slip of the pen, and would be in the way of every later one."""

LARGEST = Decimal(10) ** 15

MOST_HEARD = 20_000
"""What teams were told of their metrics that is remembered, to be noted once."""


class Seat(NamedTuple):
    """A rep's place on a team: manager and rep by Slack id, the rep by id too; `left_on` is the
    first day no longer on it."""

    team_id: int
    manager: str
    rep: str
    rep_id: int
    joined_on: date
    left_on: date | None

    def has(self, day: date) -> bool:
        """Whether the rep is on the team that day."""
        return self.joined_on <= day and not self.is_over(day)

    def is_over(self, day: date) -> bool:
        """Whether the rep has left by that day."""
        return self.left_on is not None and self.left_on <= day


class ReadingKey(NamedTuple):
    """What a reading is one of: a rep's period of a metric, the metric by its key."""

    team_id: int
    rep_id: int
    metric: str
    start: date
    end: date


class Entry(NamedTuple):
    """A reading of a row for one team; `place` counts the places of the file."""

    line: int
    place: int
    as_of: date
    target: Decimal
    actual: Decimal


@dataclass
class _Said:
    """What a file says of a team's metric, on which line; and why that cannot be, where it says two
    things."""

    name: str
    words: dict[str, tuple[Any, int]]
    unclear: str = ""


class Incoming:
    """The rows so far. `seats` are the places of each rep by Slack id; `known` the metrics that
    teams have, by team and key; no reading can be as of a day after `newest`.

    `wanted` are the numbers of the places that a line was taken for, once all is settled."""

    def __init__(
        self,
        seats: Mapping[str, Sequence[Seat]],
        known: Mapping[tuple[int, str], Metric],
        newest: date,
    ) -> None:
        self._seats = seats
        self._known = known
        self._newest = newest
        self._said: dict[tuple[int, str], _Said] = {}
        self._heard: set[tuple[object, ...]] = set()
        self._places: dict[ReadingKey, int] = {}
        self._lines: dict[tuple[int, date], int] = {}
        self._rejected: dict[int, str] = {}
        self._again: list[tuple[int, int]] = []
        self._found: dict[tuple[str, str | None], Sequence[Seat] | str] = {}
        self.wanted: set[int] = set()

    @property
    def places(self) -> list[ReadingKey]:
        """What there are readings of, in the order of the file: what `Entry.place` counts."""
        return list(self._places)

    @property
    def rejected(self) -> list[Rejection]:
        """What cannot be taken, by line."""
        return [Rejection(line, why) for line, why in sorted(self._rejected.items())]

    def is_rejected(self, line: int) -> bool:
        """Whether that line cannot be taken."""
        return line in self._rejected

    def reject(self, line: int, reason: str) -> None:
        """That line cannot be taken, for this reason before any other."""
        self._rejected.setdefault(line, reason)

    def take(self, row: ResultRow | Rejection) -> Sequence[Entry]:
        """The readings of a row, one for each team that it is for; none where it is rejected."""
        if isinstance(row, Rejection):
            self.reject(row.line, row.reason)
            return ()
        seats = self._seats_on(row)
        reasons = [*([seats] if isinstance(seats, str) else []), *_flaws(row, self._newest)]
        if reasons or isinstance(seats, str):
            self.reject(row.line, "; ".join(reasons))
            return ()
        key = metric_key(row.metric)
        self._hear(row, seats, key)
        return [self._entry(row, seat, key) for seat in seats]

    def settle(self, entries: Iterable[Entry], there: Iterable[ReadingKey]) -> None:
        """All rows are in: reject what contradicts another row, or the places that are `there`.
        `entries` are all that `take` gave."""
        bad = self._contradictions(there)
        self.wanted = set(range(len(self._places)))
        if not bad and not self._again:
            return
        same_as: dict[int, list[int]] = {}
        for line, first in self._again:
            same_as.setdefault(first, []).append(line)
        wanted = {line for lines in self._again for line in lines}
        numbers: dict[int, tuple[Decimal, Decimal]] = {}
        for entry in entries:
            if entry.place in bad:
                self.reject(entry.line, bad[entry.place])
            if entry.line in wanted:
                numbers[entry.line] = entry.target, entry.actual
        self._reject_again(same_as, numbers)
        self.wanted = {entry.place for entry in entries if not self.is_rejected(entry.line)}

    def _reject_again(
        self,
        same_as: Mapping[int, Sequence[int]],
        numbers: Mapping[int, tuple[Decimal, Decimal]],
    ) -> None:
        """Of lines that say the same as a first one: those, and that one where they differ."""
        for first, lines in same_as.items():
            differ = [line for line in lines if numbers[line] != numbers[first]]
            for line in lines:
                how = "with other numbers" if line in differ else "again"
                self.reject(line, f"the same rep, metric, period and as_of as line {first}, {how}")
            if differ:
                self.reject(first, f"line {differ[0]} says the same with other numbers")

    def metrics(self) -> dict[int, list[Metric]]:
        """By team, the metrics that what is wanted makes or changes, as they are then."""
        places = self.places
        wanted = {(places[one].team_id, places[one].metric) for one in self.wanted}
        found: dict[int, list[Metric]] = {}
        for of in sorted(wanted):
            said, before = self._said[of], self._known.get(of)
            words = {word: value for word, (value, _) in said.words.items()}
            after = replace(before or Metric(said.name), name=said.name, **words)
            if after != before:
                found.setdefault(of[0], []).append(after)
        return found

    def changes(self) -> list[tuple[Metric, Metric]]:
        """What those of them were that teams had already, and what they are then: each pair once,
        by name."""
        pairs = {
            (self._known[team_id, key], after)
            for team_id, own in self.metrics().items()
            for after in own
            if (team_id, key := metric_key(after.name)) in self._known
        }
        found = [pair for pair in pairs if replace(pair[0], name="") != replace(pair[1], name="")]
        return sorted(found, key=lambda pair: astuple(pair[1]) + astuple(pair[0]))

    def _entry(self, row: ResultRow, seat: Seat, key: str) -> Entry:
        of = ReadingKey(seat.team_id, seat.rep_id, key, row.period_start, row.period_end)
        place = self._places.setdefault(of, len(self._places))
        first = self._lines.setdefault((place, row.as_of), row.line)
        if first != row.line:
            self._again.append((row.line, first))
        return Entry(row.line, place, row.as_of, row.target, row.actual)

    def _hear(self, row: ResultRow, seats: Sequence[Seat], key: str) -> None:
        """Note what the row says of its metric, to each of the teams that hears it anew."""
        for seat in seats:
            says = seat.team_id, row.metric, row.kind, row.better, row.unit
            if says not in self._heard:
                if len(self._heard) == MOST_HEARD:
                    self._heard.clear()
                self._heard.add(says)
                self._note(row, seat.team_id, key)

    def _note(self, row: ResultRow, team_id: int, key: str) -> None:
        said = self._said.get((team_id, key))
        if said is None:
            said = self._said[team_id, key] = _Said(" ".join(row.metric.split()), {})
        for word in ("kind", "better", "unit"):
            value = getattr(row, word)
            if value is None:
                continue
            before, line = said.words.setdefault(word, (value, row.line))
            if before != value and not said.unclear:
                said.unclear = (
                    f"{quoted(said.name)} has {word} {quoted(before)} on line {line} and "
                    f"{quoted(value)} on line {row.line}"
                )

    def _seats_on(self, row: ResultRow) -> Sequence[Seat] | str:
        """Whom the row is for, or why it is for nobody."""
        who = row.rep_id, row.manager_id
        if who not in self._found:
            self._found[who] = self._seats_of(row.rep_id.strip(), (row.manager_id or "").strip())
        seats = self._found[who]
        if isinstance(seats, str):
            return seats
        on_it = [seat for seat in seats if seat.has(row.as_of)]
        # What was before a rep came may still be of use: the months before a team began, say.
        found = on_it or [seat for seat in seats if not seat.is_over(row.as_of)]
        if not found:
            last = max(seat.left_on for seat in seats if seat.left_on) - timedelta(days=1)
            return f"{seats[0].rep} was on the team{_whose(row.manager_id)} until {last}"
        return found

    def _seats_of(self, rep: str, manager: str) -> Sequence[Seat] | str:
        rep, manager = MEANT["rep_id"](rep), MEANT["manager_id"](manager)
        if not is_user_id(rep):
            return f"{quoted(rep)} is no Slack user id, such as U012AB3CD, and no e-mail address"
        seats = self._seats.get(rep, ())
        if not seats:
            return f"{rep} was never on a team here; import the roster first"
        if manager:
            seats = [seat for seat in seats if seat.manager == manager]
        return seats or f"{rep} was never on the team{_whose(manager)}"

    def _contradictions(self, there: Iterable[ReadingKey]) -> dict[int, str]:
        """The places that cannot be, each with why."""
        bad: dict[int, str] = {}
        spans: dict[tuple[int, int, str], dict[Period, int | None]] = {}
        for place, number in self._places.items():
            said = self._said[place.team_id, place.metric]
            if said.unclear:
                bad[number] = said.unclear
            spans.setdefault(place[:3], {})[Period(place.start, place.end)] = number
        for place in there:
            if place[:3] in spans:
                spans[place[:3]].setdefault(Period(place.start, place.end), None)
        for periods in spans.values():
            for first, second in overlapping(periods):
                for one, other in ((first, second), (second, first)):
                    found = periods[one]
                    if found is not None:
                        is_here = periods[other] is not None
                        where = "another row of this file" if is_here else "what is kept"
                        bad.setdefault(
                            found,
                            f"its period overlaps {other.start} to {other.end} of {where} "
                            "for the same metric",
                        )
        return bad


def _whose(manager: str | None) -> str:
    return f" of {quoted(manager.strip())}" if manager else ""


def _flaws(row: ResultRow, newest: date) -> Iterator[str]:
    name = row.metric.strip()
    if not metric_key(name):
        yield "metric is empty"
    if len(name) > METRIC_LIMIT:
        yield f"metric is {len(name)} characters long, {METRIC_LIMIT} is the most"
    if row.unit is not None and len(row.unit) > UNIT_LIMIT:
        yield f"unit is {len(row.unit)} characters long, {UNIT_LIMIT} is the most"
    if row.period_end < row.period_start:
        yield f"the period ends on {row.period_end}, before it starts on {row.period_start}"
    elif row.period_end - row.period_start >= LONGEST:
        yield f"the period is longer than a year: {row.period_start} to {row.period_end}"
    elif not row.period_start <= row.as_of <= row.period_end:
        yield f"as_of {row.as_of} is outside the period {row.period_start} to {row.period_end}"
    elif row.as_of > newest:
        yield f"as_of {row.as_of} is in the future"
    if -LARGEST < row.target <= 0:
        yield f"target is {row.target:f}; it must be more than 0"
    for word, number in (("target", row.target), ("actual", row.actual)):
        if abs(number) >= LARGEST:
            yield f"{word} is larger than any number this can be"


def overlapping(periods: Iterable[Period]) -> Iterator[tuple[Period, Period]]:
    """Pairs of periods that share a day: for each that shares one with an earlier one, the one of
    those that ends last."""
    reaching: Period | None = None
    for period in sorted(periods, key=lambda one: (one.start, one.end)):
        if reaching is not None and period.start <= reaching.end:
            yield reaching, period
        if reaching is None or period.end > reaching.end:
            reaching = period
