"""A manager changes a rep's own settings: dates, a line, how often, days away."""

from datetime import date

import pytest

from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.teams import Membership
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.team.setting_up import forges, reps_of, team_of


@pytest.fixture
def dana(world: World, sam: Person) -> Person:
    """A manager at the settings of Sam Stone, who is on the team with Lena Fox."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, world.person("Lena Fox"))
    manager.slash("/team @Sam Stone")
    manager.clicks("Settings")
    return manager


def place_of(world: World, manager: Person, rep: Person) -> Membership:
    return next(m for m in team_of(world, manager).members if m.rep.slack_id == rep.id)


def test_dates_line_and_own_cadence_are_kept(world: World, dana: Person, sam: Person) -> None:
    assert modal(dana).value("Strategy sessions") == "As the team: every two weeks"
    modal(dana).fill("Working on, or promised", "the Acme renewal")
    modal(dana).fill("Strategy sessions", "Every week")
    modal(dana).fill("Start date", "2026-11-02")
    modal(dana).fill("End date", "2026-12-24")
    modal(dana).submit()
    assert dana.modal is None
    place = place_of(world, dana, sam)
    assert (place.joined_on, place.left_on) == (date(2026, 11, 2), date(2026, 12, 24))
    assert place.cadences == {Component.SESSION: Cadence(7, 10)}
    assert place.first_line == "the Acme renewal"
    dana.clicks("Settings")
    modal(dana).fill("Strategy sessions", "As the team: every two weeks")
    modal(dana).fill("End date", None)
    modal(dana).submit_twice()
    place = place_of(world, dana, sam)
    assert (place.left_on, place.cadences) == (None, {})


@pytest.mark.parametrize(
    ("label", "day", "sentence"),
    [
        ("End date", "2026-11-01", "That is before the first day."),
        ("Start date", "1926-11-23", "That day is too long ago. Look at the year once more."),
    ],
)
def test_dates_that_cannot_be_are_told_at_their_field(
    world: World, dana: Person, sam: Person, label: str, day: str, sentence: str
) -> None:
    modal(dana).fill("Working on, or promised", "the Acme renewal")
    modal(dana).fill(label, day)
    modal(dana).submit()
    assert modal(dana).errors == {label: sentence}
    assert modal(dana).value("Working on, or promised") == "the Acme renewal"
    assert place_of(world, dana, sam).joined_on == date(2026, 11, 23)


def test_at_the_end_date_a_rep_leaves_and_what_is_open_comes_up(
    world: World, dana: Person, sam: Person
) -> None:
    promise(world, dana, sam, "Acme price sheet")
    modal(dana).fill("End date", "2026-11-23")
    modal(dana).submit()
    assert modal(dana).title == "Left open"
    dana.sees("You told Sam Stone: “Acme price sheet”")
    assert reps_of(world, dana) == ["Lena Fox"]


def test_days_away_are_added_shown_and_removed_while_the_form_keeps_what_is_typed(
    dana: Person,
) -> None:
    modal(dana).fill("Working on, or promised", "the Acme renewal")
    modal(dana).clicks("Add time off")
    modal(dana).fill("From", "2026-12-24")
    modal(dana).fill("To", "2027-01-03")
    modal(dana).submit_twice()
    dana.sees("Thu 24 Dec to Sun 3 Jan 2027")
    assert modal(dana).text.count("[Remove]") == 1
    modal(dana).clicks("Add time off")
    modal(dana).submit()
    dana.sees("From Mon 23 Nov, until further notice")
    modal(dana).clicks("Remove", beside="Thu 24 Dec")
    assert "Thu 24 Dec" not in modal(dana).text
    assert "From Mon 23 Nov" in modal(dana).text
    assert modal(dana).value("Working on, or promised") == "the Acme renewal"
    modal(dana).submit()
    dana.clicks("Settings")
    assert modal(dana).value("Working on, or promised") == "the Acme renewal"


def test_days_away_that_end_before_they_begin(dana: Person) -> None:
    modal(dana).clicks("Add time off")
    modal(dana).fill("From", "2026-12-24")
    modal(dana).fill("To", "2026-12-20")
    modal(dana).submit()
    assert modal(dana).errors == {"To": "That is before the first day."}


def test_another_manager_cannot_change_the_place(world: World, dana: Person, sam: Person) -> None:
    kim = world.person("Kim Lee")
    world.team(kim, world.person("Raj Rao"))
    modal(dana).fill("End date", "2026-11-23")
    forges(kim, modal(dana))
    assert place_of(world, dana, sam).left_on is None
    forges(sam, modal(dana))
    assert place_of(world, dana, sam).left_on is None


@pytest.mark.usefixtures("dana")
def test_a_stranger_is_no_rep_to_set(world: World) -> None:
    kim = world.person("Kim Lee")
    kim.slash("/team @Sam Stone")
    assert modal(kim).title == "Add your reps"
