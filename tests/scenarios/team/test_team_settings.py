"""A manager changes the team: who is on it, when it meets, how often, and who leaves."""

from datetime import timedelta

import pytest

from bot.domain.promises import Owner
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.settings import Period
from bot.domain.workspaces.people import Profile
from bot.services.team import people
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.team.setting_up import forges, held, reps_of, team_of
from tests.services.memberships import say_fine

PRICE = "Acme price sheet"


@pytest.fixture
def dana(world: World, sam: Person, lena: Person) -> Person:
    """A manager with Sam Stone and Lena Fox on the team, at the team's form."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, lena, introduced=False)
    manager.opens_home()
    manager.clicks("Settings")
    return manager


def test_the_whole_form_is_kept_and_home_follows(world: World, dana: Person) -> None:
    channel = world.slack.add_channel("emea-sales", [dana])
    modal(dana).fill("Team channel", channel)
    modal(dana).fill("Meeting day", "Wednesday")
    modal(dana).fill("Meeting time", "09:30")
    modal(dana).fill("To-do day", "Tuesday")
    modal(dana).fill("To-do time", "07:15")
    modal(dana).fill("Strategy sessions", "Every month")
    modal(dana).fill("Time zone of the team", "new york")
    modal(dana).fill("Public holidays of", "de-by")
    modal(dana).fill("Results are counted by", "Month")
    modal(dana).submit()
    assert dana.modal is None
    dana.sees("Team meeting Wednesdays, 09:30, #emea-sales · to-do list Tuesdays, 07:15")
    settings = team_of(world, dana).team.settings
    assert (settings.zone, settings.country) == ("America/New_York", "DE-BY")
    assert settings.period is Period.MONTH
    assert settings.cadences[Component.SESSION] == Cadence(30, 45)
    dana.clicks("Settings")
    assert modal(dana).value("Time zone of the team") == "America/New_York"
    modal(dana).fill("Time zone of the team", None)
    modal(dana).submit()
    assert team_of(world, dana).team.settings.zone is None


def test_more_asks_for_days_and_loses_nothing_typed(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    raj = world.person("Raj Rao")
    modal(dana).fill("Reps", [sam, lena, raj])
    modal(dana).fill("Meeting day", "Friday")
    modal(dana).fill("Strategy sessions", "Every three weeks")
    modal(dana).fill("Public holidays of", "no country at all"[:10])
    modal(dana).clicks("More")
    assert modal(dana).value("Reps") == [sam.id, lena.id, raj.id]
    assert modal(dana).value("Meeting day") == "Friday"
    assert modal(dana).value("Public holidays of") == "no country"
    assert modal(dana).value("Strategy sessions, in days") == "21/30"
    modal(dana).fill("Strategy sessions, in days", "20 / 25")
    modal(dana).fill("Meeting day", None)
    modal(dana).fill("Public holidays of", None)
    modal(dana).submit()
    assert team_of(world, dana).team.settings.cadences[Component.SESSION] == Cadence(20, 25)
    modal(dana).close()
    dana.clicks("Settings")
    assert modal(dana).value("Strategy sessions") == "Our own: 20/25 days"
    modal(dana).submit()
    assert team_of(world, dana).team.settings.cadences[Component.SESSION] == Cadence(20, 25)


@pytest.mark.parametrize("typed", ["20/2", "0/5", "14", "often", "14/401", "1/2/3", "٣/٤"])
def test_days_that_make_no_sense_are_told_at_their_field(
    world: World, dana: Person, typed: str
) -> None:
    modal(dana).clicks("More")
    modal(dana).fill("Contact, in working days", typed)
    modal(dana).submit()
    sentence = "Days from 1 to 400, please, and the latest not before the ideal: 14/21, say."
    assert modal(dana).errors == {"Contact, in working days": sentence}
    assert modal(dana).value("Contact, in working days") == typed
    assert team_of(world, dana).team.settings.cadences[Component.CONTACT] == Cadence(5, 7)


@pytest.mark.parametrize(
    ("label", "typed", "sentence"),
    [
        ("Public holidays of", "XX", "I don't know that country or region. Try DE, or DE-BY."),
        ("Public holidays of", "DE-XX", "I don't know that country or region. Try DE, or DE-BY."),
        (
            "Time zone of the team",
            "Atlantis",
            "I don't know that one. Try a city, such as Berlin, or Europe/Berlin.",
        ),
    ],
)
def test_an_unknown_place_is_told_at_its_field_and_nothing_is_saved(
    world: World, dana: Person, sam: Person, label: str, typed: str, sentence: str
) -> None:
    modal(dana).fill("Reps", [sam])
    modal(dana).fill(label, typed)
    modal(dana).submit()
    assert modal(dana).errors == {label: sentence}
    assert modal(dana).value(label) == typed
    assert reps_of(world, dana) == ["Lena Fox", "Sam Stone"]


def test_a_wrong_rep_leaves_the_settings_as_they_were(
    world: World, dana: Person, sam: Person
) -> None:
    modal(dana).fill("Reps", [sam, world.person("Deploy Bot", bot=True)])
    modal(dana).fill("To-do day", "Friday")
    modal(dana).submit()
    assert modal(dana).errors == {"Reps": "Deploy Bot: a bot, or someone who has left Slack."}
    assert team_of(world, dana).team.settings.todo_day == 0


def test_the_form_sent_twice_is_once(world: World, dana: Person, sam: Person, lena: Person) -> None:
    modal(dana).fill("Reps", [sam, lena, world.person("Raj Rao")])
    modal(dana).submit_twice()
    assert reps_of(world, dana) == ["Lena Fox", "Raj Rao", "Sam Stone"]
    assert len(team_of(world, dana).members) == 3


def test_a_database_that_does_not_answer_keeps_the_form_open(world: World, dana: Person) -> None:
    modal(dana).fill("To-do day", "Friday")
    with held(world):
        modal(dana).submit()
    assert "the database did not answer" in modal(dana).errors["Reps"]
    modal(dana).submit()
    assert team_of(world, dana).team.settings.todo_day == 4


def test_new_reps_get_a_line_and_then_their_introduction(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    modal(dana).clicks("See and send")
    modal(dana).submit()
    dana.sees("Told: Lena Fox and Sam Stone.")
    modal(dana).close()
    modal(dana).fill("Reps", [sam, lena, world.person("Raj Rao")])
    modal(dana).submit()
    assert modal(dana).labels == ["Raj Rao", "New on the team"]
    modal(dana).fill("Raj Rao", "the Northwind demo")
    modal(dana).submit()
    dana.sees("Goes to Raj Rao: one message to each, just once.")
    modal(dana).submit()
    dana.sees("Told: Raj Rao.")
    assert len(sam.dm) == 1


def test_who_leaves_leaves_promises_to_keep_drop_or_hand_over(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    promise(world, dana, sam, PRICE)
    promise(world, dana, sam, "lead the demo", owner=Owner.REP)
    promise(world, dana, lena, "quote in two days")
    modal(dana).fill("Reps", [lena])
    modal(dana).submit()
    assert modal(dana).title == "Left open"
    dana.sees(f"You told Sam Stone: “{PRICE}”, by Fri 27 Nov")
    dana.sees("Sam Stone told you: “lead the demo”")
    assert "quote in two days" not in modal(dana).text
    assert reps_of(world, dana) == ["Lena Fox"]
    modal(dana).clicks("Kept", beside=PRICE)
    assert f"You told Sam Stone: “{PRICE}”" not in modal(dana).text
    modal(dana).clicks("Done")
    dana.sees("1 promise is still open with reps who left.")
    dana.clicks("See them")
    dana.sees("lead the demo")


def test_one_comes_and_one_leaves_in_one_go(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    promise(world, dana, sam, PRICE)
    modal(dana).fill("Reps", [lena, world.person("Raj Rao")])
    modal(dana).submit()
    assert modal(dana).labels == ["Raj Rao", "New on the team"]
    modal(dana).submit()
    assert modal(dana).title == "Left open"
    assert PRICE in modal(dana).text


def test_who_comes_back_has_a_new_place_and_the_old_history(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    dana.slash("/touch @Sam Stone call about the Acme renewal")
    modal(dana).fill("Reps", [lena])
    modal(dana).submit()
    dana.slash("/touch @Sam Stone call")
    dana.sees("Sam Stone is not on your team.")
    world.slack.clock.advance(timedelta(days=40))
    dana.slash("/team @Sam Stone")
    dana.clicks("Add to my team")
    dana.sees("Sam Stone is on your team now.")
    place = next(m for m in team_of(world, dana).active if m.rep.slack_id == sam.id)
    assert f"{place.joined_on}" == "2027-01-02"
    assert not place.introduced
    dana.slash("/binder @Sam Stone")
    dana.sees("about the Acme renewal")


def test_taken_off_by_mistake_and_put_back_the_same_day_is_as_before(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    before = team_of(world, dana).members
    modal(dana).fill("Reps", [lena])
    modal(dana).submit()
    dana.clicks("Settings")
    modal(dana).fill("Reps", [lena, sam])
    modal(dana).submit()
    assert team_of(world, dana).members == before


def test_someone_who_left_slack_is_off_the_form_and_keeps_the_place(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    away = Profile(sam.id, "Sam Stone", "Europe/Berlin", active=False)
    people.change(world.database, world.workspace_id, away, world.slack.clock.now())
    modal(dana).close()
    dana.clicks("Settings")
    assert modal(dana).value("Reps") == [lena.id]
    modal(dana).submit()
    dana.slash("/team @Raj Rao" if world.person("Raj Rao") else "")
    dana.clicks("Add to my team")
    dana.sees("Raj Rao is on your team now.")
    back = Profile(sam.id, "Sam Stone", "Europe/Berlin")
    people.change(world.database, world.workspace_id, back, world.slack.clock.now())
    assert reps_of(world, dana) == ["Lena Fox", "Raj Rao", "Sam Stone"]


def test_a_rep_may_sit_on_two_teams(world: World, dana: Person, sam: Person) -> None:
    kim = world.person("Kim Lee")
    kim.slash("/team @Sam Stone")
    modal(kim).submit()
    assert reps_of(world, kim) == []
    say_fine(world.database, world.workspace_id, kim.id, world.slack.clock.now())
    assert reps_of(world, kim) == ["Sam Stone"]
    modal(dana).fill("Reps", [sam])
    modal(dana).submit()
    assert reps_of(world, kim) == reps_of(world, dana) == ["Sam Stone"]


def test_someone_elses_form_does_not_touch_this_team(world: World, dana: Person) -> None:
    kim = world.person("Kim Lee")
    world.team(kim, world.person("Raj Rao"))
    modal(dana).fill("To-do day", "Friday")
    forges(kim, modal(dana))
    assert team_of(world, dana).team.settings.todo_day == 0
    assert reps_of(world, dana) == ["Lena Fox", "Sam Stone"]
