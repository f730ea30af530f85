"""Whose clock it is where Slack says nothing, or a name that nobody knows."""

import pytest

from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.workspaces.people import Person, first_zone, zone_named

UNKNOWN = (None, "", "Mars/Olympus", "/etc/passwd", "../Berlin", "Europe", "é\x00")


def person(zone: str | None) -> Person:
    return Person(1, "U1", "Dana Moss", zone, active=True, bot=False, dm_channel=None)


def team(own: str | None, managers: str | None) -> Team:
    return Team(1, person(managers), TeamSettings(zone=own))


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_a_zone_that_nobody_knows_is_the_teams(unknown: str | None) -> None:
    oslo = team("Europe/Oslo", unknown)
    assert oslo.manager_zone.key == "Europe/Oslo"
    assert oslo.meeting_zone.key == "Europe/Oslo"
    assert oslo.zone_of(person(unknown)).key == "Europe/Oslo"
    assert team(unknown, "Asia/Kolkata").meeting_zone.key == "Asia/Kolkata"
    assert team(unknown, "Asia/Kolkata").zone_of(person(unknown)).key == "Asia/Kolkata"


def test_everyones_own_zone_comes_first() -> None:
    both = team("Europe/Oslo", "Asia/Kolkata")
    assert both.manager_zone.key == "Asia/Kolkata"
    assert both.meeting_zone.key == "Europe/Oslo"
    assert both.zone_of(person("America/New_York")).key == "America/New_York"


@pytest.mark.parametrize("unknown", UNKNOWN)
def test_without_any_team_it_is_utc(unknown: str | None) -> None:
    assert first_zone(unknown) is None
    assert zone_named(unknown).key == "UTC"
    assert team(unknown, unknown).meeting_zone.key == "UTC"
