"""Touches from a file: as many as the file says, once."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

import pytest

from bot.domain.contacts.interactions import Interaction
from bot.domain.contacts.touches import ABOUT_LIMIT, Channel
from bot.domain.team.file_rows import FileRow, Rejection
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Profile
from bot.services.contacts.touch_import import TouchReport, import_touches
from storage.contacts import interactions
from storage.database.engine import Database
from storage.team import people, teams
from storage.workspaces import audits

NOW = datetime(2026, 11, 23, 7, 30, tzinfo=UTC)  # half past eight in Berlin, 20:30 in Auckland
MANAGERS = (("UDANA", "Europe/Berlin"), ("UMIRA", "Pacific/Auckland"))


@pytest.fixture
def team_ids(database: Database, workspace_id: int) -> dict[str, int]:
    """Dana's team of Sam and Raj, who has left, and Mira's of Sam."""
    profiles = [Profile(slack_id, slack_id.title(), zone) for slack_id, zone in MANAGERS]
    profiles += [Profile("USAM", "Sam Stone", "UTC"), Profile("URAJ", "Raj Rao", "UTC")]
    with database.writing(workspace_id) as tx:
        people.save_profiles(tx, profiles, NOW)
        known = people.get_many(tx, [profile.slack_id for profile in profiles])
        ids = {slack_id: person.id for slack_id, person in known.items()}
        made = {
            manager: teams.create(tx, ids[manager], TeamSettings(), NOW) for manager, _ in MANAGERS
        }
        day = date(2026, 1, 5)
        teams.add_members(
            tx,
            [
                (made["UDANA"], ids["USAM"], day),
                (made["UDANA"], ids["URAJ"], day),
                (made["UMIRA"], ids["USAM"], day),
            ],
        )
        raj = next(m for m in teams.members(tx, made["UDANA"]) if m.rep.slack_id == "URAJ")
        teams.end_memberships(tx, [raj.id], date(2026, 6, 1))
    return made


def row(line: int, manager: str, rep: str, day: str, **columns: str) -> FileRow:
    return FileRow(line, {"manager_id": manager, "rep_id": rep, "date": day, **columns})


def take(
    database: Database,
    workspace_id: int,
    rows: Sequence[FileRow | Rejection],
    *,
    keep_good: bool = False,
    dry_run: bool = False,
    now: datetime = NOW,
) -> TouchReport:
    return import_touches(
        database,
        workspace_id,
        rows,
        file_name="touches.csv",
        keep_good=keep_good,
        dry_run=dry_run,
        now=now,
    )


def touches_of(database: Database, workspace_id: int, team_id: int) -> list[Interaction]:
    with database.reading(workspace_id) as tx:
        return interactions.of_team(tx, team_id)


FILE = [
    row(2, "UDANA", "USAM", "2026-11-20", channel="In  Person", about="  the Acme\nrenewal 🎉 "),
    row(3, "UDANA", "URAJ", "2026-03-30"),
    row(4, "UMIRA", "USAM", "2026-11-20", channel="", about="=1+1"),
]


def test_touches_are_logged_by_the_manager_at_noon_of_their_day(
    database: Database, workspace_id: int, team_ids: dict[str, int]
) -> None:
    assert take(database, workspace_id, FILE) == TouchReport(3, 0, (), True)
    raj, sam = touches_of(database, workspace_id, team_ids["UDANA"])
    assert (sam.rep.slack_id, sam.channel) == ("USAM", Channel.IN_PERSON)
    assert sam.about == "  the Acme\nrenewal 🎉 "
    assert sam.occurred_on == date(2026, 11, 20)
    assert sam.occurred_at == datetime(2026, 11, 20, 11, 0, tzinfo=UTC)
    assert sam.recorded_at == NOW
    assert (raj.rep.slack_id, raj.channel, raj.about) == ("URAJ", None, "")
    assert raj.occurred_at == datetime(2026, 3, 30, 10, 0, tzinfo=UTC)
    (mira,) = touches_of(database, workspace_id, team_ids["UMIRA"])
    assert mira.occurred_at == datetime(2026, 11, 19, 23, 0, tzinfo=UTC)
    with database.reading(workspace_id) as tx:
        authors = people.get_many(tx, ["UDANA", "UMIRA"])
    assert (sam.author_id, mira.author_id) == (authors["UDANA"].id, authors["UMIRA"].id)


def test_the_same_file_again_changes_nothing(
    database: Database, workspace_id: int, team_ids: dict[str, int]
) -> None:
    twice = [*FILE, FILE[0]]
    assert take(database, workspace_id, twice) == TouchReport(4, 0, (), True)
    before = [touches_of(database, workspace_id, team) for team in team_ids.values()]
    assert take(database, workspace_id, twice) == TouchReport(0, 4, (), True)
    assert [touches_of(database, workspace_id, team) for team in team_ids.values()] == before


def test_a_file_that_has_a_touch_twice_wants_two(
    database: Database, workspace_id: int, team_ids: dict[str, int]
) -> None:
    assert take(database, workspace_id, [FILE[0]]).added == 1
    assert take(database, workspace_id, [FILE[0]] * 3) == TouchReport(2, 1, (), True)
    assert take(database, workspace_id, [FILE[0]]) == TouchReport(0, 1, (), True)
    assert len(touches_of(database, workspace_id, team_ids["UDANA"])) == 3


@pytest.mark.parametrize(
    "other",
    [
        row(2, "UMIRA", "USAM", "2026-11-20", channel="call", about="Acme"),
        row(2, "UDANA", "URAJ", "2026-11-20", channel="call", about="Acme"),
        row(2, "UDANA", "USAM", "2026-11-19", channel="call", about="Acme"),
        row(2, "UDANA", "USAM", "2026-11-20", channel="", about="Acme"),
        row(2, "UDANA", "USAM", "2026-11-20", channel="call", about="Acme "),
    ],
)
@pytest.mark.usefixtures("team_ids")
def test_touches_that_differ_in_anything_are_two(
    database: Database, workspace_id: int, other: FileRow
) -> None:
    take(
        database,
        workspace_id,
        [row(2, "UDANA", "USAM", "2026-11-20", channel="call", about="Acme")],
    )
    assert take(database, workspace_id, [other]).added == 1
    assert take(database, workspace_id, [other]).added == 0


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        (row(7, "", "USAM", "2026-11-20"), "manager_id is empty"),
        (row(7, "UDANA", "", "2026-11-20"), "rep_id is empty"),
        (
            row(7, "UDANA", "sam@example.com", "2026-11-20"),
            "“sam@example.com” is not a Slack user id, such as U012AB3CD",
        ),
        (
            row(7, "USAM", "UDANA", "2026-11-20"),
            "USAM has no team here; import the roster first",
        ),
        (row(7, "UMIRA", "URAJ", "2026-11-20"), "URAJ was never on the team of UMIRA"),
        (row(7, "UDANA", "USAM", ""), "“” is not a date such as 2026-11-20"),
        (row(7, "UDANA", "USAM", "yesterday"), "“yesterday” is not a date such as 2026-11-20"),
        (row(7, "UDANA", "USAM", "20.11.2026"), "“20.11.2026” is not a date such as 2026-11-20"),
        (row(7, "UDANA", "USAM", "20261120"), "“20261120” is not a date such as 2026-11-20"),
        (row(7, "UDANA", "USAM", "2026-02-30"), "2026-02-30 is not in the calendar"),
        (row(7, "UDANA", "USAM", "2026-11-24"), "2026-11-24 is in the future"),
        (row(7, "UDANA", "USAM", "1999-12-31"), "1999-12-31 is before 2000-01-01"),
        (
            row(7, "UDANA", "USAM", "2026-11-20", channel="fax"),
            "“fax” is not a channel; these are: call, email, voicemail, chat, video, in person",
        ),
        (
            row(7, "UDANA", "USAM", "2026-11-20", about="x" * (ABOUT_LIMIT + 1)),
            "about is 3001 characters long, 3000 is the most",
        ),
        (
            row(7, "UNOBODY", "USAM", "2026-02-30", channel="fax"),
            "UNOBODY has no team here; import the roster first; "
            "2026-02-30 is not in the calendar; "
            "“fax” is not a channel; these are: call, email, voicemail, chat, video, in person",
        ),
        (Rejection(7, "9 values for 5 columns"), "9 values for 5 columns"),
    ],
)
@pytest.mark.usefixtures("team_ids")
def test_a_bad_line_is_rejected_with_every_reason_and_keeps_the_file_out(
    database: Database, workspace_id: int, bad: FileRow | Rejection, reason: str
) -> None:
    report = take(database, workspace_id, [*FILE, bad])
    assert report == TouchReport(3, 0, (Rejection(7, reason),), False)
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx) == []
    assert take(database, workspace_id, FILE).added == 3


@pytest.mark.usefixtures("team_ids")
def test_the_future_begins_on_the_wall_of_the_manager(
    database: Database, workspace_id: int
) -> None:
    late = datetime(2026, 11, 23, 12, 0, tzinfo=UTC)
    rows = [row(2, manager, "USAM", "2026-11-24") for manager, _ in MANAGERS]
    report = take(database, workspace_id, rows, keep_good=True, now=late)
    assert report.added == 1
    assert [rejection.line for rejection in report.rejected] == [2]


def test_a_touch_of_today_did_not_happen_later_than_now(
    database: Database, workspace_id: int, team_ids: dict[str, int]
) -> None:
    take(database, workspace_id, [row(2, "UDANA", "USAM", "2026-11-23")])
    (touch,) = touches_of(database, workspace_id, team_ids["UDANA"])
    assert touch.occurred_at == NOW


@pytest.mark.usefixtures("team_ids")
def test_the_longest_text_and_the_first_day_are_taken(
    database: Database, workspace_id: int
) -> None:
    rows = [row(2, "UDANA", "USAM", "2000-01-01", about="x" * ABOUT_LIMIT)]
    assert take(database, workspace_id, rows).added == 1


def test_a_dry_run_writes_nothing(
    database: Database, workspace_id: int, team_ids: dict[str, int]
) -> None:
    assert take(database, workspace_id, FILE, dry_run=True) == TouchReport(3, 0, (), False)
    assert touches_of(database, workspace_id, team_ids["UDANA"]) == []


@pytest.mark.usefixtures("team_ids")
def test_what_was_written_is_on_record(database: Database, workspace_id: int) -> None:
    take(database, workspace_id, [*FILE, Rejection(9, "long")], keep_good=True)
    with database.reading(workspace_id) as tx:
        assert audits.all_records(tx) == [("operator", "import touches", "touches.csv: 4 lines")]
