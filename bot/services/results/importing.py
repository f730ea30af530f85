"""Results from a file, or from rows that somebody pasted.

All or nothing, and yet nobody waits: the whole file is checked before anything is written, and then
written in short transactions, each a part of it (docs/results.md says what that means for whoever
sends it).
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, closing
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import TypeVar

from bot.domain.results.incoming import Entry, Incoming, ReadingKey, Seat, overlapping
from bot.domain.results.results import Metric, Period, Reading, metric_key
from bot.domain.results.rows import ResultRow
from bot.domain.results.standing import InTheWay, followed, in_the_way
from bot.domain.team.file_rows import Rejection
from bot.domain.team.teams import Team
from bot.domain.workspaces.faults import BusyError, DatabaseUnavailableError
from bot.services.delivery.messages import all_lists_changed
from bot.services.results.spool import Spool, chunks
from storage.database.engine import FILE_PATIENCE, Database
from storage.database.transaction import Transaction
from storage.results import metrics, results, saving, standing
from storage.results.results import Span
from storage.team import teams
from storage.workspaces import audits

AT_ONCE = 1_000
"""Readings that are written in one transaction: some 30 ms, which a click can wait for."""

TAKEN_BACK_AT_ONCE = 50
"""Periods of reps that are taken back in one transaction, with all their readings."""

TRIES = 20
"""How often a part is tried that does not get its turn to write, a second each time."""

TEAMS_AT_ONCE = 50
"""Teams whose periods are asked for in one statement."""

AHEAD = timedelta(hours=14)
"""How far ahead of UTC the earliest clock on earth is: there it may be tomorrow already."""

_T = TypeVar("_T")


class ResultsChangedError(Exception):
    """Somebody else kept periods that overlap those of the file while it was read, or took them
    back. No reading of it was written."""


class HalfWrittenError(Exception):
    """The database went away while readings were written, or somebody took back what they were of:
    `written` of the file's, the first ones, are kept. The same file sent again keeps the others."""

    def __init__(self, written: int) -> None:
        super().__init__(written)
        self.written = written


@dataclass(frozen=True)
class ResultsReport:
    """What the rows came to, or would come to where nothing was `written`.

    `added`, `replaced` and `already_there` count readings: a row for two teams is two. `metrics`
    are those that were made or changed, by manager (Slack ids). `in_the_way` are kept periods that
    share days with those of the rows: what is taken back where that was asked for. `changes` are
    metrics that teams had, as they were and as they are then.
    """

    added: int
    replaced: int
    already_there: int
    metrics: Mapping[str, Sequence[Metric]]
    rejected: tuple[Rejection, ...]
    written: bool
    in_the_way: tuple[InTheWay, ...] = ()
    changes: tuple[tuple[Metric, Metric], ...] = ()


def import_results(
    database: Database,
    workspace_id: int,
    rows: Iterable[ResultRow | Rejection],
    *,
    file_name: str,
    keep_good: bool,
    dry_run: bool,
    now: datetime,
    manager: str | None = None,
    by: str = "operator",
    replace_periods: bool = False,
) -> ResultsReport:
    """Keep readings of reps' metrics; one that is there as of the same day is replaced.

    With a row rejected nothing is written, unless `keep_good`; in a dry run nothing ever. Each row
    is for the team of the manager that it names, else for all that its rep is on; where `manager`
    is given (a Slack id), for that manager's alone. `by` is who sends it, for the audit. Nothing is
    sent to anyone; the lists of the teams are drawn anew. With `replace_periods` kept periods that
    share days with those of the rows are taken back, where else the rows are rejected; a save-it
    plan goes with the period that takes the place of its own.

    Rows are read once, and neither they nor the readings are held in memory. It is written in
    transactions of AT_ONCE readings, after all of it was checked. Raises DatabaseUnavailableError
    and ResultsChangedError, with no reading written, and HalfWrittenError.
    """
    # Teams and who was ever on them are only added to, so that the rows can be read without
    # keeping other writers waiting.
    with database.reading(workspace_id, patience=FILE_PATIENCE) as tx:
        facts = _facts(tx, manager)
    incoming = Incoming(facts.seats, facts.metrics, (now + AHEAD).date())
    with closing(Spool()) as spool:
        for row in rows:
            for entry in incoming.take(_to(row, manager)):
                spool.add(entry)
        writer = _Writer(database, workspace_id, facts, incoming.places, now)
        there = writer.read_spans()
        incoming.settle(spool, () if replace_periods else there)
        rejected = incoming.rejected
        places = writer.wanted(incoming.wanted) if replace_periods else writer.places
        gone = in_the_way(places, there)
        written = not dry_run and (keep_good or not rejected)

        def good() -> Iterator[Entry]:
            return (entry for entry in spool if not incoming.is_rejected(entry.line))

        changed, in_way = incoming.metrics(), writer.named(gone)
        if written:
            writer.prepare(changed, incoming.wanted, gone if replace_periods else ())
            writer.write(good(), by, file_name)
        else:
            writer.count(good())
    return ResultsReport(
        added=writer.added,
        replaced=writer.replaced,
        already_there=writer.already_there,
        metrics={facts.teams[team_id].manager.slack_id: own for team_id, own in changed.items()},
        rejected=tuple(rejected),
        written=written,
        in_the_way=tuple(in_way),
        changes=tuple(incoming.changes()),
    )


def known_units(
    database: Database, workspace_id: int, manager: str | None = None
) -> dict[str, str]:
    """The units of the metrics that teams have, by `metric_key`: what a percent is meant by that a
    file does not say. Of two teams that call two things the same, neither. `manager`: of that
    manager's team alone."""
    with database.reading(workspace_id) as tx:
        found = _facts(tx, manager).metrics
    units: dict[str, set[str]] = {}
    for (_, key), metric in found.items():
        units.setdefault(key, set()).add(metric.unit)
    return {key: next(iter(own)) for key, own in units.items() if len(own) == 1}


@dataclass(frozen=True)
class _Facts:
    """Teams by id, the places of each rep on them by Slack id, and metrics by team and key."""

    teams: Mapping[int, Team]
    seats: Mapping[str, Sequence[Seat]]
    metrics: Mapping[tuple[int, str], Metric]


def _facts(tx: Transaction, manager: str | None) -> _Facts:
    found = {
        team.manager.slack_id: team
        for team in teams.all_teams(tx)
        if manager is None or team.manager.slack_id == manager
    }
    ids = [team.id for team in found.values()]
    people = teams.reps_ever(tx, ids)
    seats: dict[str, list[Seat]] = {}
    for (who, rep), (_, joined_on, left_on) in teams.newest_memberships(tx).items():
        if who in found:
            team_id = found[who].id
            seat = Seat(team_id, who, rep, people[team_id, rep], joined_on, left_on)
            seats.setdefault(rep, []).append(seat)
    known = {
        (team_id, metric_key(metric.name)): metric
        for team_id, own in metrics.of_teams(tx, ids).items()
        for metric in own
    }
    return _Facts({team.id: team for team in found.values()}, seats, known)


def _to(row: ResultRow | Rejection, manager: str | None) -> ResultRow | Rejection:
    """The row for that manager's team, unless it names another, which then has no such rep."""
    if manager is None or isinstance(row, Rejection) or row.manager_id:
        return row
    return row._replace(manager_id=manager)


@dataclass
class _Compared:
    """Readings that are not there yet, those that are there with other numbers, and how many are
    there as they are."""

    new: list[Entry]
    other: list[Entry]
    same: int


class _Writer:
    """Keeps readings of the places of a file, and counts them."""

    def __init__(
        self,
        database: Database,
        workspace_id: int,
        facts: _Facts,
        places: Sequence[ReadingKey],
        now: datetime,
    ) -> None:
        self.database = database
        self.workspace_id = workspace_id
        self.facts = facts
        self.places = places
        self.now = now
        self.spans: dict[ReadingKey, int] = {}
        self.added = self.replaced = self.already_there = 0

    def read_spans(self) -> list[ReadingKey]:
        """The places that are kept of the file's teams and days; their ids are known then."""
        if not self.places:
            return []
        first, last = min(one.start for one in self.places), max(one.end for one in self.places)
        team_ids = sorted({one.team_id for one in self.places})
        found: dict[ReadingKey, int] = {}
        for start in range(0, len(team_ids), TEAMS_AT_ONCE):
            part = team_ids[start : start + TEAMS_AT_ONCE]
            with self.database.reading(self.workspace_id, patience=FILE_PATIENCE) as tx:
                keys = {row: key for (_, key), row in metrics.ids_of(tx, part).items()}
                for span in results.spans(tx, part, first, last):
                    key = keys.get(span.metric_id)
                    if key is not None and span.id is not None:
                        period = span.period
                        place = ReadingKey(span.team_id, span.rep_id, key, period.start, period.end)
                        found[place] = span.id
        self.spans = found
        return list(found)

    def wanted(self, numbers: set[int]) -> list[ReadingKey]:
        """The places of those numbers."""
        return [one for n, one in enumerate(self.places) if n in numbers]

    def named(self, gone: Sequence[ReadingKey]) -> list[InTheWay]:
        """Kept places, by team, metric and period, the first ones first."""
        found: dict[tuple[int, str, Period], list[int]] = {}
        for one in gone:
            of = one.team_id, one.metric, Period(one.start, one.end)
            found.setdefault(of, []).append(self.spans[one])
        named = [
            InTheWay(
                self.facts.teams[team_id].manager.slack_id,
                min(ids),
                self.facts.metrics[team_id, key].name,
                period,
                len(ids),
            )
            for (team_id, key, period), ids in found.items()
        ]
        return sorted(named, key=lambda one: (one.manager, one.metric, one.period.start))

    def prepare(
        self,
        changed: Mapping[int, Sequence[Metric]],
        wanted: set[int],
        gone: Sequence[ReadingKey],
    ) -> None:
        """Make the metrics and periods that readings will be of: nobody sees one without a reading.
        Those that are `gone` are taken back before.

        Raises ResultsChangedError where somebody else made others meanwhile."""
        self._write(lambda tx: metrics.save(tx, changed))
        self._take_back(gone)
        new = [one for n, one in enumerate(self.places) if n in wanted and one not in self.spans]
        if not new:
            return
        team_ids = sorted({one.team_id for one in new})
        with self.database.reading(self.workspace_id, patience=FILE_PATIENCE) as tx:
            ids = metrics.ids_of(tx, team_ids)
        for start in range(0, len(new), AT_ONCE):
            rows = [
                Span(
                    one.team_id,
                    one.rep_id,
                    ids[one.team_id, one.metric],
                    Period(one.start, one.end),
                )
                for one in new[start : start + AT_ONCE]
            ]
            self._write(partial(results.add_spans, new=rows))
        self.read_spans()
        if any(self.places[n] not in self.spans for n in wanted) or _overlap(self.spans):
            raise ResultsChangedError
        self._write(partial(self._let_plans_follow, new=new))

    def _take_back(self, gone: Sequence[ReadingKey]) -> None:
        ids = [self.spans.pop(one) for one in gone]
        for start in range(0, len(ids), TAKEN_BACK_AT_ONCE):
            part = ids[start : start + TAKEN_BACK_AT_ONCE]
            self._write(partial(standing.take_back, result_ids=part))

    def _let_plans_follow(self, tx: Transaction, new: Sequence[ReadingKey]) -> None:
        """Save-it plans whose own period stands no more are for the one that came in its place."""
        team_ids = sorted({one.team_id for one in new})
        first, last = min(one.start for one in new), max(one.end for one in new)
        moved = followed(saving.within(tx, team_ids, first, last), new, self.spans)
        for plan, (period, check_on) in moved.items():
            saving.change(tx, plan, starts_on=period.start, ends_on=period.end, check_on=check_on)

    def write(self, entries: Iterator[Entry], by: str, file_name: str) -> None:
        """Keep those of the readings that are new, a part at a time. Raises HalfWrittenError."""
        try:
            for part in chunks(entries, AT_ONCE):
                self._add_up(self._write(partial(self._keep, part=part)))
            count = self.added + self.replaced + self.already_there
            subject = f"{file_name}: {count} readings"
            self._write(lambda tx: audits.record(tx, by, "import results", subject, self.now))
        except (DatabaseUnavailableError, ResultsChangedError) as error:
            written = self.added + self.replaced + self.already_there
            if not written:
                raise
            raise HalfWrittenError(written) from error

    def count(self, entries: Iterator[Entry]) -> None:
        """What would be kept."""
        for part in chunks(entries, AT_ONCE):
            with self.database.reading(self.workspace_id, patience=FILE_PATIENCE) as tx:
                self._add_up(self._compared(tx, part))

    def _add_up(self, found: _Compared) -> None:
        self.added += len(found.new)
        self.replaced += len(found.other)
        self.already_there += found.same

    def _keep(self, tx: Transaction, part: Sequence[Entry]) -> _Compared:
        found = self._compared(tx, part)
        changed = [*found.new, *found.other]
        of = {self.spans[self.places[one.place]] for one in changed}
        if standing.hold(tx, of) != of:
            # Somebody took a period back meanwhile.
            raise ResultsChangedError
        results.save_readings(
            tx,
            [
                (self.spans[self.places[one.place]], Reading(one.target, one.actual, one.as_of))
                for one in changed
            ],
        )
        team_ids = {self.places[one.place].team_id for one in changed}
        all_lists_changed(
            tx, {team_id: [self.facts.teams[team_id].today(self.now)] for team_id in team_ids}
        )
        return found

    def _compared(self, tx: Transaction, part: Sequence[Entry]) -> _Compared:
        days = [one.as_of for one in part]
        of = [self.spans.get(self.places[one.place]) for one in part]
        known = [span for span in of if span is not None]
        there = results.readings(tx, known, min(days), max(days)) if known else {}
        found = _Compared([], [], 0)
        for entry, span in zip(part, of, strict=True):
            before = there.get((span, entry.as_of)) if span is not None else None
            if before is None:
                found.new.append(entry)
            elif before != (entry.target, entry.actual):
                found.other.append(entry)
            else:
                found.same += 1
        return found

    def _write(self, work: Callable[[Transaction], _T]) -> _T:
        """Do it in a transaction of its own, and let everybody else write before and after."""
        for _ in range(TRIES - 1):
            try:
                with self._writing() as tx:
                    return work(tx)
            except BusyError:
                continue
        with self._writing() as tx:
            return work(tx)

    def _writing(self) -> AbstractContextManager[Transaction]:
        return self.database.writing(self.workspace_id, patience=FILE_PATIENCE)


def _overlap(spans: Iterable[ReadingKey]) -> bool:
    """Whether two periods of a rep's metric share a day."""
    own: dict[tuple[int, int, str], list[Period]] = {}
    for place in spans:
        own.setdefault(place[:3], []).append(Period(place.start, place.end))
    return any(True for periods in own.values() for _ in overlapping(periods))
