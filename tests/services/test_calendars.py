"""When a team works, by its country."""

from datetime import date

import pytest

from bot.domain.team.calendar import USUAL
from bot.domain.team.settings import TeamSettings
from bot.services.workspaces.calendars import follow_country, of_team

TODAY = date(2026, 11, 29)
SUN_TO_THU = [6, 0, 1, 2, 3]
MON_TO_FRI = [0, 1, 2, 3, 4]


@pytest.mark.parametrize(
    ("country", "weekdays"),
    [
        pytest.param(None, MON_TO_FRI, id="no country"),
        pytest.param("DE-BY", MON_TO_FRI, id="Bavaria"),
        pytest.param("AE", MON_TO_FRI, id="Emirates, since 2022"),
        pytest.param("IL", SUN_TO_THU, id="Israel"),
        pytest.param("EG", SUN_TO_THU, id="Egypt"),
        pytest.param("SA", SUN_TO_THU, id="Saudi Arabia"),
        pytest.param("BN", [0, 1, 2, 3, 5], id="Brunei"),
        pytest.param("IR", [5, 6, 0, 1, 2, 3], id="Iran"),
        pytest.param("HK", MON_TO_FRI, id="only Sunday in the law"),
        pytest.param("XX", MON_TO_FRI, id="unknown by now"),
    ],
)
def test_the_weekdays_that_are_worked(country: str | None, weekdays: list[int]) -> None:
    calendar = of_team(TeamSettings(country=country), TODAY)
    worked = [day for day in calendar.weekdays if day not in calendar.weekend]
    assert worked == weekdays


def test_holidays_of_the_years_around_and_days_worked_in_place_of_others() -> None:
    calendar = of_team(TeamSettings(country="IL"), date(2026, 4, 1))
    assert not calendar.works(date(2026, 4, 2)), "Passover"
    assert not calendar.works(date(2027, 4, 22)), "Passover"
    china = of_team(TeamSettings(country="CN"), date(2025, 2, 1))
    assert china.works(date(2025, 2, 8)), "a Saturday, for the Spring Festival"


def test_a_year_that_is_looked_up_stays_as_it_was() -> None:
    before = of_team(TeamSettings(country="DE"), TODAY).holidays
    assert of_team(TeamSettings(country="DE"), date(2031, 1, 1)) != USUAL
    assert of_team(TeamSettings(country="DE"), TODAY).holidays == before
    assert {day.year for day in before} == {2025, 2026, 2027}


@pytest.mark.parametrize(
    ("before", "after", "expected"),
    [
        pytest.param(TeamSettings(), TeamSettings(country="IL"), 6, id="set"),
        pytest.param(
            TeamSettings(country="IL", todo_day=6),
            TeamSettings(country="DE", todo_day=6),
            0,
            id="changed",
        ),
        pytest.param(
            TeamSettings(todo_day=2), TeamSettings(todo_day=2, country="IL"), 2, id="their own day"
        ),
        pytest.param(
            TeamSettings(), TeamSettings(todo_day=3, country="IL"), 3, id="another with it"
        ),
        pytest.param(
            TeamSettings(country="IL"), TeamSettings(country="IL"), 0, id="a Monday that was chosen"
        ),
    ],
)
def test_the_day_of_the_list_follows_the_country(
    before: TeamSettings, after: TeamSettings, expected: int
) -> None:
    assert follow_country(before, after, TODAY).todo_day == expected
