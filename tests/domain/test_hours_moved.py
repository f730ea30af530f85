"""Whether the hour of a team's meeting is another for a rep once they or the team have passed on:
on each one's own clock, and said only where it is."""

from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.binder.handover import hours_moved
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
BERLIN, NEW_YORK, LISBON = "Europe/Berlin", "America/New_York", "Europe/Lisbon"
AUCKLAND = "Pacific/Auckland"


def person(zone: str | None, number: int = 1) -> Person:
    return Person(number, f"U{number}", f"Person {number}", zone, True, False, None)


@pytest.mark.parametrize(
    ("zone", "to", "rep", "at", "before", "since"),
    [
        (None, NEW_YORK, BERLIN, time(9), ["Mon 09:00", "Thu 09:00"], ["Mon 15:00", "Thu 15:00"]),
        (None, NEW_YORK, NEW_YORK, time(9), ["Mon 03:00", "Thu 03:00"], ["Mon 09:00", "Thu 09:00"]),
        (None, NEW_YORK, AUCKLAND, time(9), ["Mon 21:00", "Thu 21:00"], ["Tue 03:00", "Fri 03:00"]),
        (None, NEW_YORK, None, time(9), ["Mon 09:00", "Thu 09:00"], ["Mon 15:00", "Thu 15:00"]),
        (None, BERLIN, LISBON, time(9), None, None),
        (BERLIN, None, BERLIN, time(9), None, None),
        (LISBON, NEW_YORK, BERLIN, time(9), None, None),
        (None, NEW_YORK, BERLIN, None, None, None),
    ],
)
def test_the_hour_is_said_where_it_is_another(
    zone: str | None,
    to: str | None,
    rep: str | None,
    at: time | None,
    before: list[str] | None,
    since: list[str] | None,
) -> None:
    giver, receiver = person(BERLIN, 1), person(to, 2)
    settings = TeamSettings(zone=zone, meeting_days=(0, 3), meeting_time=at)
    team = Team(1, giver, settings)
    found = hours_moved(team, replace(team, manager=receiver), [person(rep, 3)], NOW)
    if before is None or since is None:
        assert found == ()
        return
    (one,) = found
    assert sorted(f"{at:%a %H:%M}" for at in one.before) == sorted(before)
    assert sorted(f"{at:%a %H:%M}" for at in one.since) == sorted(since)


@pytest.mark.parametrize(("at", "said"), [(time(9), ["Mon 09:00"]), (None, None)])
def test_whoever_comes_to_another_team_reads_when_that_one_meets(
    at: time | None, said: list[str] | None
) -> None:
    team = Team(1, person(BERLIN, 1), TeamSettings(meeting_days=(0,), meeting_time=at))
    found = hours_moved(None, team, [person(BERLIN, 3)], NOW)
    assert [one.before for one in found] == [()] * len(found)
    words = [[f"{at:%a %H:%M}" for at in one.since] for one in found]
    assert words == ([said] if said else [])
