"""Downtime, clocks that are set back, and the nights when the clocks change."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery import Counts
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Profile
from bot.jobs.heartbeat import Heartbeat
from bot.services.todo import schedule
from slack_sandbox import FaultKind
from storage.team import people, teams
from tests.faults.conftest import POST, Office
from tests.faults.probe import WEEK, probe_kinds

pytestmark = pytest.mark.slow

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


@pytest.mark.parametrize("down", [HOUR, DAY, WEEK - HOUR])
def test_after_a_short_downtime_the_message_of_the_week_still_comes(
    office: Office, down: timedelta
) -> None:
    office.open(2)
    assert office.beat(down) == Counts(planned=2, sent=2)
    assert office.got() == [["due 2026-11-23 08:00"]] * 2


def test_after_three_weeks_only_the_last_comes_and_the_others_are_recorded(office: Office) -> None:
    office.open(2)
    assert office.beat(3 * WEEK + HOUR) == Counts(planned=2, sent=2, expired=6)
    assert office.got() == [["due 2026-12-14 08:00"]] * 2
    assert office.states() == {"sent": 2, "expired": 6}
    assert office.beat(WEEK - HOUR).sent == 2


def test_what_could_not_be_sent_for_a_week_expires(office: Office) -> None:
    office.open(1)
    office.slack.faults.add(POST, FaultKind.RATE_LIMITED, retry_after=int(WEEK.total_seconds()))
    assert office.beat().retry == 1
    assert office.beat(WEEK) == Counts(planned=1, sent=1, expired=1)
    assert office.got() == [["due 2026-11-30 08:00"]]


def test_a_clock_that_is_set_back_sends_nothing_twice_and_nothing_late(office: Office) -> None:
    office.open(2)
    office.slack.faults.add(POST, FaultKind.RATE_LIMITED, retry_after=40)
    assert office.beat().retry == 2
    office.slack.clock.advance(-HOUR)
    for _ in range(4):
        assert office.beat(timedelta(minutes=10)).sent == 0
    again = office.beat(timedelta(minutes=20, seconds=40))
    assert again == Counts(sent=2)
    office.slack.clock.advance(-DAY)
    for _ in range(8):
        assert office.beat(6 * HOUR) == Counts()
    assert office.got() == [["due 2026-11-23 08:00"]] * 2
    assert office.beat(WEEK).sent == 2


CHANGES = [
    ("Europe/Berlin", date(2026, 10, 25), time(2, 15), "2026-10-25T00:15Z"),
    ("Europe/Berlin", date(2027, 3, 28), time(2, 15), "2027-03-28T01:15Z"),
    ("America/New_York", date(2026, 11, 1), time(1, 15), "2026-11-01T05:15Z"),
    ("America/New_York", date(2027, 3, 14), time(2, 15), "2027-03-14T07:15Z"),
    ("Australia/Lord_Howe", date(2027, 4, 4), time(1, 45), "2027-04-03T14:45Z"),
    ("Australia/Lord_Howe", date(2026, 10, 4), time(2, 15), "2026-10-03T15:45Z"),
]
"""Sundays on which the clocks change (tz database; on Lord Howe Island by half an hour), a time of
that night that comes twice or never, and when it is: the first time, or that much later."""

ZONE_CHANGES = pytest.mark.parametrize(
    ("zone", "sunday", "at", "expected"), CHANGES, ids=[f"{c[0]}-{c[1]}" for c in CHANGES]
)


def heard(
    office: Office, zone: str, settings: TeamSettings, sunday: date, expected: Iterable[datetime]
) -> list[datetime]:
    """When the manager's messages come in the weeks around that Sunday, while the heart beats now
    and then, and in the seconds before, at and after each expected instant."""
    begins = datetime.combine(sunday - 8 * DAY, time(12), UTC)
    office.open(1)
    with office.database.writing(office.workspace_id) as tx:
        people.save_profiles(tx, [Profile(office.managers[0].id, "Manager", zone)], begins)
        (team,) = teams.all_teams(tx)
        schedule.follow_team(tx, replace(team, settings=settings), begins)
        teams.change(tx, team.id, settings)
    heartbeat = Heartbeat(office.app, probe_kinds(next_due=schedule.next_lists))
    instants = {begins + 12 * HOUR * n for n in range(15 * 2)}
    instants |= {moment + SECOND * n for moment in expected for n in (-1, 0, 1)}
    got = []
    for now in sorted(instants):
        counts = heartbeat.beat(now)
        assert counts.planned == counts.sent
        got += [now] * counts.sent
    return got


@ZONE_CHANGES
def test_at_a_time_that_comes_twice_or_never_it_comes_once(
    office: Office, zone: str, sunday: date, at: time, expected: str
) -> None:
    settings = TeamSettings(zone=zone, todo_day=6, todo_time=at)
    days = (sunday - 7 * DAY, sunday, sunday + 7 * DAY)
    wall = [datetime.combine(day, at, ZoneInfo(zone)).astimezone(UTC) for day in days]
    came = heard(office, zone, settings, sunday, wall)
    assert came[1] == datetime.fromisoformat(expected)
    assert came == wall


@ZONE_CHANGES
@pytest.mark.usefixtures("at", "expected")
def test_after_the_clocks_changed_it_comes_at_its_time_on_the_wall(
    office: Office, zone: str, sunday: date
) -> None:
    days = (sunday - 6 * DAY, sunday + DAY)
    wall = [datetime.combine(day, time(8), ZoneInfo(zone)).astimezone(UTC) for day in days]
    assert heard(office, zone, TeamSettings(zone=zone), sunday, wall) == wall
