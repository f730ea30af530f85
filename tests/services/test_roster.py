"""A roster file makes teams, once, and changes nothing the second time."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.delivery import MessageKind
from bot.domain.team.file_rows import FileRow, Rejection
from bot.domain.team.roster import OPTIONAL, REQUIRED
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Profile
from bot.exchange.countries import is_country
from bot.exchange.csv_files import read_file
from bot.services.delivery import schedules
from bot.services.delivery.messages import list_subject
from bot.services.team.roster import RosterReport, TeamsChangedError, import_roster
from storage.database.engine import Database
from storage.delivery import messages
from storage.models import Base
from storage.team import people, teams
from storage.workspaces import audits
from tests.places import ROOT

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)  # a Monday, ten o'clock in Berlin
PEOPLE = [
    Profile("UDANA", "Dana Moss", "Europe/Berlin"),
    Profile("UMIRA", "Mira Lund", "Pacific/Auckland"),
    Profile("UNOOR", "Noor Haddad"),
    Profile("USAM", "Sam Stone", "America/New_York"),
    Profile("URAJ", "Raj Rao", "Asia/Kolkata"),
    Profile("USTRANGER", "Nobody Asked"),
]


def row(line: int, manager: str, rep: str, **columns: str) -> FileRow:
    return FileRow(line, {"manager_id": manager, "rep_id": rep, **columns})


FILE = [
    row(2, "UDANA", "USAM", channel_id="C1", country="DE-BY"),
    row(3, "UDANA", "URAJ"),
    row(4, "UMIRA", "USAM", time_zone="Europe/Oslo"),
]


def take(
    database: Database,
    workspace_id: int,
    rows: Iterable[FileRow | Rejection],
    *,
    profiles: Sequence[Profile] = PEOPLE,
    keep_good: bool = False,
    dry_run: bool = False,
    move: bool = False,
    now: datetime = NOW,
) -> RosterReport:
    return import_roster(
        database,
        workspace_id,
        rows,
        profiles,
        is_country=lambda code: code == "DE-BY",
        file_name="teams.csv",
        keep_good=keep_good,
        dry_run=dry_run,
        move=move,
        now=now,
    )


def counted(
    report: RosterReport,
) -> tuple[int, int, int, int, tuple[Rejection, ...], bool]:
    """Teams made and changed, reps added, lines that change nothing, what was rejected, and
    whether it was written."""
    return (
        report.teams_made,
        report.teams_changed,
        report.reps_added,
        report.already_there,
        report.rejected,
        report.written,
    )


def rows_of(database: Database, *but: str) -> dict[str, list[Any]]:
    """Every row of every table, but of those named."""
    with database.engine.connect() as connection:
        return {
            table.name: sorted(map(tuple, connection.execute(table.select())), key=repr)
            for table in Base.metadata.sorted_tables
            if table.name not in but
        }


def places(database: Database, workspace_id: int) -> dict[str, list[tuple[str, date]]]:
    with database.reading(workspace_id) as tx:
        return {
            team.manager.slack_id: [
                (member.rep.slack_id, member.joined_on) for member in teams.members(tx, team.id)
            ]
            for team in teams.all_teams(tx)
        }


def settings_of(database: Database, workspace_id: int, manager: str) -> TeamSettings:
    with database.reading(workspace_id) as tx:
        team = teams.of_manager(tx, manager)
    assert team is not None
    return team.settings


def due(database: Database, workspace_id: int, manager: str) -> datetime | None:
    with database.reading(workspace_id) as tx:
        team = teams.of_manager(tx, manager)
        assert team is not None
        return schedules.next_at(tx, team.id, MessageKind.TODO_LIST)


@contextmanager
def statements(database: Database) -> Iterator[list[str]]:
    seen: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        seen.append(statement)

    event.listen(database.engine, "before_cursor_execute", note)
    yield seen
    event.remove(database.engine, "before_cursor_execute", note)


def test_teams_are_made_with_their_reps(database: Database, workspace_id: int) -> None:
    report = take(database, workspace_id, FILE)
    assert counted(report) == (2, 0, 3, 0, (), True)
    # It is already Monday evening in Auckland, where Mira is.
    today = date(2026, 11, 23)
    assert places(database, workspace_id) == {
        "UDANA": [("URAJ", today), ("USAM", today)],
        "UMIRA": [("USAM", today)],
    }
    dana = settings_of(database, workspace_id, "UDANA")
    assert dana == TeamSettings(channel="C1", country="DE-BY")
    assert settings_of(database, workspace_id, "UMIRA") == TeamSettings(zone="Europe/Oslo")


def test_nobody_is_introduced_and_the_first_list_is_due_on_the_next_to_do_day(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE)
    with database.reading(workspace_id) as tx:
        dana = teams.of_manager(tx, "UDANA")
        assert dana is not None
        assert not any(member.introduced for member in teams.members(tx, dana.id))
    # Monday, eight o'clock, on each manager's own wall.
    assert due(database, workspace_id, "UDANA") == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    assert due(database, workspace_id, "UMIRA") == datetime(2026, 11, 29, 19, 0, tzinfo=UTC)


def test_reps_join_on_the_date_of_their_manager(database: Database, workspace_id: int) -> None:
    evening = NOW.replace(hour=23)
    take(database, workspace_id, FILE, now=evening)
    joined = places(database, workspace_id)
    assert joined["UDANA"][0][1] == date(2026, 11, 24)
    assert joined["UMIRA"][0][1] == date(2026, 11, 24)
    take(database, workspace_id, [row(2, "UNOOR", "URAJ")], now=evening)
    assert places(database, workspace_id)["UNOOR"][0][1] == date(2026, 11, 23)


def test_the_same_file_again_changes_nothing(database: Database, workspace_id: int) -> None:
    take(database, workspace_id, FILE)
    before = rows_of(database, "audit")
    report = take(database, workspace_id, FILE, now=NOW + timedelta(days=10))
    assert counted(report) == (0, 0, 0, 3, (), True)
    assert rows_of(database, "audit") == before


def test_only_people_of_the_file_are_kept_and_their_news_too(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE)
    renamed = [replace(p, name="Sam Stone-Ek") if p.slack_id == "USAM" else p for p in PEOPLE]
    take(database, workspace_id, FILE, profiles=renamed)
    with database.reading(workspace_id) as tx:
        known = people.get_many(tx, [profile.slack_id for profile in PEOPLE])
    assert sorted(known) == ["UDANA", "UMIRA", "URAJ", "USAM"]
    assert known["USAM"].name == "Sam Stone-Ek"


def test_a_later_file_adds_and_takes_nobody_away(database: Database, workspace_id: int) -> None:
    take(database, workspace_id, FILE)
    later = NOW + timedelta(days=2)
    report = take(database, workspace_id, [row(2, "UMIRA", "URAJ")], now=later)
    assert counted(report) == (0, 0, 1, 0, (), True)
    today = date(2026, 11, 23)
    assert places(database, workspace_id) == {
        "UDANA": [("URAJ", today), ("USAM", today)],
        "UMIRA": [("URAJ", date(2026, 11, 25)), ("USAM", today)],
    }


def test_a_cell_changes_a_setting_and_an_empty_one_leaves_it(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE)
    with database.writing(workspace_id) as tx:
        dana = teams.of_manager(tx, "UDANA")
        assert dana is not None
        teams.change(tx, dana.id, replace(dana.settings, todo_day=2, todo_time=time(7)))
    report = take(
        database,
        workspace_id,
        [
            row(2, "UDANA", "USAM", channel_id="C2", time_zone="", country=""),
            row(3, "UDANA", "URAJ", time_zone="Europe/Oslo"),
        ],
    )
    assert counted(report) == (0, 1, 0, 2, (), True)
    assert settings_of(database, workspace_id, "UDANA") == TeamSettings(
        channel="C2", zone="Europe/Oslo", country="DE-BY", todo_day=2, todo_time=time(7)
    )
    assert settings_of(database, workspace_id, "UMIRA") == TeamSettings(zone="Europe/Oslo")


def test_the_list_follows_a_new_zone_only_where_the_manager_has_none(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, [*FILE, row(5, "UNOOR", "URAJ")])
    assert due(database, workspace_id, "UNOOR") == datetime(2026, 11, 30, 8, 0, tzinfo=UTC)
    zones = [row(2, m, "URAJ", time_zone="Asia/Dubai") for m in ("UDANA", "UNOOR")]
    take(database, workspace_id, zones)
    assert due(database, workspace_id, "UNOOR") == datetime(2026, 11, 30, 4, 0, tzinfo=UTC)
    assert due(database, workspace_id, "UDANA") == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("left_on", "added"), [(date(2026, 11, 23), 1), (date(2026, 11, 24), 0), (None, 0)]
)
def test_who_has_left_comes_back_and_who_leaves_later_is_still_there(
    database: Database, workspace_id: int, left_on: date | None, added: int
) -> None:
    take(database, workspace_id, FILE, now=NOW - timedelta(days=30))
    with database.writing(workspace_id) as tx:
        dana = teams.of_manager(tx, "UDANA")
        assert dana is not None
        sam = next(m for m in teams.members(tx, dana.id) if m.rep.slack_id == "USAM")
        teams.end_memberships(tx, [sam.id], left_on)
    report = take(database, workspace_id, FILE[:1])
    assert (report.reps_added, report.already_there) == (added, 1 - added)


def test_a_third_team_is_refused_from_what_the_database_holds(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE)
    report = take(database, workspace_id, [row(2, "UNOOR", "USAM")])
    assert [rejection.line for rejection in report.rejected] == [2]
    with database.writing(workspace_id) as tx:
        dana = teams.of_manager(tx, "UDANA")
        assert dana is not None
        sam = next(m for m in teams.members(tx, dana.id) if m.rep.slack_id == "USAM")
        teams.end_memberships(tx, [sam.id], date(2026, 11, 23))
    assert take(database, workspace_id, [row(2, "UNOOR", "USAM")]).reps_added == 1


def test_the_file_to_begin_with_can_be_imported(database: Database, workspace_id: int) -> None:
    content = (ROOT / "docs" / "roster.csv").read_bytes()
    rows = read_file(content, required=REQUIRED, optional=OPTIONAL).rows
    named = {one.values[column] for one in rows if isinstance(one, FileRow) for column in REQUIRED}
    profiles = [Profile(who, f"Person {n}") for n, who in enumerate(sorted(named))]
    report = import_roster(
        database,
        workspace_id,
        rows,
        profiles,
        is_country=is_country,
        file_name="roster.csv",
        keep_good=False,
        dry_run=False,
        now=NOW,
    )
    assert counted(report) == (2, 0, 5, 0, (), True)


BAD: list[FileRow | Rejection] = [
    *FILE,
    row(5, "UDANA", "UNOBODY"),
    Rejection(6, "4 values for 2 columns"),
]


def test_a_bad_line_keeps_everything_out(database: Database, workspace_id: int) -> None:
    before = rows_of(database)
    report = take(database, workspace_id, BAD)
    assert counted(report) == (
        2,
        0,
        3,
        0,
        (
            Rejection(5, "Slack knows nobody as “UNOBODY”"),
            Rejection(6, "4 values for 2 columns"),
        ),
        False,
    )
    assert rows_of(database) == before


def test_good_lines_can_be_kept(database: Database, workspace_id: int) -> None:
    report = take(database, workspace_id, BAD, keep_good=True)
    assert report.written
    assert [rejection.line for rejection in report.rejected] == [5, 6]
    assert sorted(places(database, workspace_id)) == ["UDANA", "UMIRA"]


@pytest.mark.both
@pytest.mark.parametrize(
    ("meanwhile", "kept"),
    [
        (row(2, "UMIRA", "URAJ"), False),  # Raj's second team
        (row(2, "UDANA", "USAM", channel_id="C9"), False),
        (row(2, "UNOOR", "USAM"), False),
        (row(2, "UMIRA", "UDANA"), False),  # Dana, who is in the file, joins a team
        (row(2, "UMIRA", "USAM", channel_id="C9"), True),
    ],
)
def test_a_change_to_the_same_people_while_the_file_is_read_keeps_it_out(
    database: Database, workspace_id: int, meanwhile: FileRow, kept: bool
) -> None:
    take(database, workspace_id, [*FILE[:2], row(4, "UMIRA", "UNOOR")])

    def slowly() -> Iterator[FileRow]:
        yield row(2, "UNOOR", "URAJ")
        yield row(3, "UDANA", "URAJ", channel_id="C6")
        take(database, workspace_id, [meanwhile])

    if kept:
        assert take(database, workspace_id, slowly()).written
        assert settings_of(database, workspace_id, "UDANA").channel == "C6"
    else:
        with pytest.raises(TeamsChangedError):
            take(database, workspace_id, slowly())
        assert settings_of(database, workspace_id, "UDANA").channel != "C6"


@pytest.mark.parametrize("keep_good", [False, True])
def test_a_dry_run_says_the_same_and_writes_nothing(
    database: Database, workspace_id: int, keep_good: bool
) -> None:
    before = rows_of(database)
    report = take(database, workspace_id, FILE, dry_run=True, keep_good=keep_good)
    assert counted(report) == (2, 0, 3, 0, (), False)
    assert rows_of(database) == before


def test_a_line_that_is_there_twice_counts_as_already_there(
    database: Database, workspace_id: int
) -> None:
    report = take(database, workspace_id, [*FILE, FILE[0]._replace(line=5)])
    assert counted(report) == (2, 0, 3, 1, (), True)


def test_what_was_written_is_on_record(database: Database, workspace_id: int) -> None:
    take(database, workspace_id, FILE, dry_run=True)
    take(database, workspace_id, BAD)
    take(database, workspace_id, BAD, keep_good=True)
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx) == [("operator", "import roster", "teams.csv: 5 lines")]


def last_days(database: Database, workspace_id: int) -> dict[tuple[str, str], date | None]:
    """The first day no longer of the newest membership of each rep, by manager and rep."""
    with database.reading(workspace_id) as tx:
        return {pair: left_on for pair, (*_, left_on) in teams.newest_memberships(tx).items()}


def test_a_rep_moves_and_another_leaves_by_a_line_each(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE[:2], now=NOW - timedelta(days=30))
    file = [row(2, "UMIRA", "USAM"), row(3, "UDANA", "URAJ", until="2026-11-27")]
    before = rows_of(database)
    looked = take(database, workspace_id, file, move=True, dry_run=True)
    assert rows_of(database) == before
    report = take(database, workspace_id, file, move=True)
    assert (report.reps_added, report.given_a_last_day, report.already_there) == (1, 2, 0)
    assert report.changes == looked.changes
    assert last_days(database, workspace_id) == {
        ("UDANA", "USAM"): date(2026, 11, 23),
        ("UDANA", "URAJ"): date(2026, 11, 28),
        ("UMIRA", "USAM"): None,
    }
    assert places(database, workspace_id)["UMIRA"] == [("USAM", date(2026, 11, 23))]
    before = rows_of(database, "audit")
    for days in (0, 3, 60):
        again = take(database, workspace_id, file, move=True, now=NOW + timedelta(days=days))
        assert (again.changes, again.already_there) == ((), 2)
        assert rows_of(database, "audit") == before


def test_whoever_is_moved_and_moved_back_on_one_day_is_where_they_were(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE[:1], now=NOW - timedelta(days=30))
    with database.writing(workspace_id) as tx:
        (sam,) = teams.members(tx, teams.all_teams(tx)[0].id)
        teams.set_first_line(tx, sam.id, "the Acme renewal")
    take(database, workspace_id, [row(2, "UMIRA", "USAM")], move=True)
    report = take(database, workspace_id, FILE[:1], move=True)
    assert (report.reps_added, report.given_a_last_day) == (1, 1)
    with database.reading(workspace_id) as tx:
        (back,) = teams.members(tx, sam.team_id)
    assert (back.id, back.left_on, back.first_line) == (sam.id, None, "the Acme renewal")


def test_lists_that_stand_are_drawn_anew_when_somebody_comes_or_goes(
    database: Database, workspace_id: int
) -> None:
    take(database, workspace_id, FILE[:2], now=NOW - timedelta(days=30))
    with database.writing(workspace_id) as tx:
        dana = teams.of_manager(tx, "UDANA")
        assert dana is not None
        this_week = list_subject(dana.id, NOW.date())
        messages.remember(tx, this_week, "D1", "1.0")
    versions = []
    for rep, until in (("UNOOR", ""), ("UNOOR", "2026-11-27"), ("UNOOR", "2026-11-27")):
        take(database, workspace_id, [row(2, "UDANA", rep, until=until)])
        with database.reading(workspace_id) as tx:
            standing = messages.posted_at(tx, "D1", "1.0")
        assert standing is not None
        versions.append(standing.wanted_version)
    assert versions[0] < versions[1] == versions[2]


def test_the_number_of_statements_does_not_depend_on_the_number_of_lines(
    database: Database, workspace_id: int
) -> None:
    counts = []
    for number, start in ((2, 0), (40, 100)):
        profiles = [Profile(f"U{start + n}", f"Person {n}", "UTC") for n in range(number * 5)]
        lines = [
            row(n * 4 + m, f"U{start + n}", f"U{start + number + n * 4 + m}", channel_id="C1")
            for n in range(number)
            for m in range(4)
        ]
        with statements(database) as first:
            take(database, workspace_id, lines, profiles=profiles)
        moved = [FileRow(r.line, {**r.values, "channel_id": "C2"}) for r in lines]
        with statements(database) as second:
            report = take(database, workspace_id, moved, profiles=profiles)
        assert counted(report) == (0, number, 0, number * 4, (), True)
        managers = [f"U{start + n}" for n in range(number)]
        swapped = [
            row(r.line, managers[(managers.index(r.values["manager_id"]) + 1) % number], rep)
            for r in lines
            for rep in [r.values["rep_id"]]
        ]
        with statements(database) as third:
            report = take(database, workspace_id, swapped, profiles=profiles, move=True)
        assert (report.reps_added, report.given_a_last_day) == (number * 4, number * 4)
        counts.append((len(first), len(second), len(third)))
    assert counts[0] == counts[1]
