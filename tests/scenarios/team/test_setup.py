"""A manager sets up a team, step by step, and stops wherever they like."""

from collections.abc import Callable
from datetime import time

import pytest

from bot.services.team import setup
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.team.setting_up import forges, held, reps_of, team_of


@pytest.fixture
def dana(world: World) -> Person:
    """Someone whom Windshield has not met."""
    return world.person("Dana Moss")


@pytest.fixture
def sam(world: World) -> Person:
    return world.person("Sam Stone")


@pytest.fixture
def lena(world: World) -> Person:
    return world.person("Lena Fox")


def has_no_team(world: World, person: Person) -> bool:
    return setup.facts(world.database, world.actor(person), world.slack.clock.now()) is None


def test_the_first_day_of_a_manager(world: World, dana: Person, sam: Person, lena: Person) -> None:
    channel = world.slack.add_channel("emea-sales", [dana, sam, lena])
    dana.slash("/team")
    dana.modal.fill("Reps", [sam, lena])
    dana.modal.submit()
    assert dana.modal.labels == ["Lena Fox", "Sam Stone"]
    dana.modal.fill("Sam Stone", "the Acme renewal")
    dana.modal.submit()
    dana.modal.fill("Team channel", channel)
    dana.modal.fill("Meeting day", "Monday")
    dana.modal.fill("Meeting time", "09:00")
    dana.modal.submit()
    assert (dana.modal.value("To-do day"), dana.modal.value("To-do time")) == ("Monday", "08:00")
    dana.modal.fill("To-do time", "07:30")
    dana.modal.submit()
    dana.sees("Goes to Lena Fox and Sam Stone: one message to each, just once.")
    assert sam.dm == lena.dm == []
    dana.modal.clicks("Send introductions")
    dana.sees("Told: Lena Fox and Sam Stone.")
    dana.modal.close()
    sam.sees("Hello from Windshield. Dana Moss uses it")
    facts = team_of(world, dana)
    assert [member.first_line for member in facts.active] == ["", "the Acme renewal"]
    settings = facts.team.settings
    assert (settings.channel, settings.meeting_days) == (channel, (0,))
    assert settings.meeting_time == time(9)
    assert (settings.todo_day, settings.todo_time) == (0, time(7, 30))
    dana.slash("/team")
    assert dana.modal.title == "Your team"


def test_what_was_saved_stays_and_the_steps_go_on_from_there(
    world: World, dana: Person, sam: Person
) -> None:
    dana.slash("/team")
    dana.modal.fill("Reps", [sam])
    dana.modal.submit()
    dana.modal.clicks("Finish later")
    assert reps_of(world, dana) == ["Sam Stone"]
    dana.slash("/team")
    assert dana.modal.title == "A line for each"
    dana.modal.fill("Sam Stone", "the Acme renewal")
    dana.modal.submit()
    dana.modal.close()
    dana.slash("/team")
    assert dana.modal.title == "Set your meeting"
    dana.modal.fill("Meeting day", "Friday")
    dana.modal.fill("Meeting time", "16:00")
    dana.modal.submit()
    dana.modal.close()
    dana.slash("/team")
    assert dana.modal.title == "Pick your Monday time"
    dana.modal.submit()
    dana.modal.clicks("Not now")
    dana.opens_home()
    dana.sees("1 rep has not met Windshield yet.")
    assert sam.dm == []


def test_whoever_goes_on_later_can_have_all_settings_at_once(
    world: World, dana: Person, sam: Person
) -> None:
    world.team(dana, sam)
    dana.slash("/team")
    dana.modal.fill("Sam Stone", "half a thought")
    dana.modal.clicks("All settings")
    assert dana.modal.title == "Your team"
    dana.modal.close()
    assert dana.modal.value("Sam Stone") == "half a thought"


def test_all_may_stay_empty_but_the_reps(world: World, dana: Person, sam: Person) -> None:
    dana.slash("/team")
    dana.modal.submit()
    assert dana.modal.errors == {"Reps": "Please complete this required field."}
    dana.modal.fill("Reps", [sam])
    for _ in range(4):
        dana.modal.submit()
    assert dana.modal.title == "Introductions"


def test_home_of_someone_new_opens_the_same_steps(world: World, dana: Person, sam: Person) -> None:
    dana.opens_home()
    dana.clicks("Set your meeting")
    assert dana.modal.title == "Add your reps"
    dana.modal.close()
    dana.clicks("Add your reps")
    dana.modal.fill("Reps", [sam])
    dana.modal.submit()
    dana.modal.close_all()
    dana.sees("No team meeting set")
    dana.clicks("Set your meeting")
    dana.modal.fill("Meeting day", "Tuesday")
    dana.modal.fill("Meeting time", "10:00")
    dana.modal.clicks("Save")
    assert dana.modal is None
    dana.sees("Team meeting Tuesdays, 10:00")


def a_bot(world: World, dana: Person) -> Person:
    return world.person("Deploy Bot", bot=True)


def someone_who_left(world: World, dana: Person) -> Person:
    return world.person("Tom Ash", deleted=True)


def oneself(world: World, dana: Person) -> Person:
    return dana


def someone_on_two_teams(world: World, dana: Person) -> Person:
    busy = world.person("Ada Ek")
    world.team(world.person("Kim Lee"), busy)
    world.team(world.person("Noa Roy"), busy)
    return busy


@pytest.mark.parametrize(
    ("who", "sentence"),
    [
        (a_bot, "Deploy Bot: a bot, or someone who has left Slack."),
        (someone_who_left, "Tom Ash: a bot, or someone who has left Slack."),
        (oneself, "That is you. Pick one of your reps."),
        (someone_on_two_teams, "Ada Ek: on two teams already, and two is the most."),
    ],
)
def test_who_cannot_be_a_rep_is_named_at_the_field(
    world: World,
    dana: Person,
    sam: Person,
    who: Callable[[World, Person], Person],
    sentence: str,
) -> None:
    other = who(world, dana)
    dana.slash("/team")
    dana.modal.fill("Reps", [sam, other])
    dana.modal.submit()
    assert dana.modal.errors == {"Reps": sentence}
    assert dana.modal.value("Reps") == [sam.id, other.id]
    assert has_no_team(world, dana)


@pytest.mark.parametrize(("label", "value"), [("Meeting day", "Monday"), ("Meeting time", "09:00")])
def test_half_a_meeting_is_told_at_its_time(
    world: World, dana: Person, sam: Person, label: str, value: str
) -> None:
    world.team(dana, sam)
    dana.opens_home()
    dana.clicks("Set your meeting")
    dana.modal.fill(label, value)
    dana.modal.submit()
    sentence = "A meeting needs both a day and a time, or neither."
    assert dana.modal.errors == {"Meeting time": sentence}
    assert dana.modal.value(label) == value


def test_each_step_sent_twice_is_once(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    dana.slash("/team")
    dana.modal.fill("Reps", [sam, lena])
    dana.modal.submit_twice()
    dana.modal.fill("Sam Stone", "the Acme renewal")
    dana.modal.submit_twice()
    dana.modal.submit_twice()
    dana.modal.submit_twice()
    dana.modal.submit_twice()
    dana.sees("Lena Fox")
    assert reps_of(world, dana) == ["Lena Fox", "Sam Stone"]
    assert len(team_of(world, dana).members) == 2
    assert len(sam.dm) == len(lena.dm) == 1


def test_slack_is_slow_to_say_who_that_is(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    world.slack.faults.add("users.info", FaultKind.SLOW, seconds=2)
    dana.slash("/team")
    dana.modal.fill("Reps", [sam, lena])
    dana.modal.submit()
    sentence = "Slack did not tell me in time who that is. Nothing is lost; try once more."
    assert dana.modal.errors == {"Reps": sentence}
    assert dana.modal.value("Reps") == [sam.id, lena.id]
    dana.modal.submit()
    assert dana.modal.labels == ["Lena Fox", "Sam Stone"]
    asked = [call for call in world.slack.calls if call.method == "users.info"]
    assert len(asked) <= 4, "only the one that was late is asked for again"


def test_a_database_that_does_not_answer_keeps_what_is_typed(
    world: World, dana: Person, sam: Person
) -> None:
    dana.slash("/team")
    dana.modal.fill("Reps", [sam])
    dana.modal.submit()
    dana.modal.fill("Sam Stone", "the Acme renewal")
    with held(world):
        dana.modal.submit()
    assert "the database did not answer" in dana.modal.errors["Sam Stone"]
    assert dana.modal.value("Sam Stone") == "the Acme renewal"
    dana.modal.submit()
    assert dana.modal.title == "Set your meeting"
    assert team_of(world, dana).active[0].first_line == "the Acme renewal"


def test_sixty_reps(world: World, dana: Person) -> None:
    reps = world.slack.add_people([(f"Rep {n:02}", "Europe/Berlin") for n in range(60)])
    dana.slash("/team")
    dana.modal.fill("Reps", reps)
    for _ in range(3):
        # Whom Slack told of in time is kept, so that pressing again on a slow day gets there.
        dana.modal.submit()
        if dana.modal.title != "Add your reps":
            break
    assert dana.modal.labels == [rep.name for rep in reps]
    for rep in reps:
        dana.modal.fill(rep.name, f"line of {rep.name}")
    dana.modal.submit()
    dana.modal.submit()
    dana.modal.submit()
    dana.modal.submit()
    dana.sees("Rep 58 and Rep 59.")
    assert [len(rep.dm) for rep in reps] == [1] * 60
    assert [m.first_line for m in team_of(world, dana).active] == [
        f"line of {rep.name}" for rep in reps
    ]


@pytest.mark.parametrize("name", ["🦊 Lena", "דנה כהן", "<!channel> R&D"])
def test_a_name_stands_as_it_is(world: World, dana: Person, name: str) -> None:
    rep = world.person(name, handle="someone")
    dana.slash("/team")
    dana.modal.fill("Reps", [rep])
    dana.modal.submit()
    assert dana.modal.labels == [name]
    dana.modal.submit()
    dana.modal.submit()
    dana.modal.submit()
    dana.sees(f"Goes to {name}:")
    dana.modal.submit()
    dana.sees(f"Told: {name}.")


def test_someone_elses_form_changes_the_team_of_who_sends_it_alone(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    world.team(dana, sam)
    kim, raj = world.person("Kim Lee"), world.person("Raj Rao")
    world.team(kim, raj)
    dana.opens_home()
    dana.clicks("Set your meeting")
    dana.modal.fill("Meeting day", "Friday")
    dana.modal.fill("Meeting time", "16:00")
    forges(kim, dana.modal)
    assert team_of(world, dana).team.settings.meeting_days == ()
    forges(lena, dana.modal)
    assert has_no_team(world, lena)


def test_help_and_words_that_mean_nothing(dana: Person) -> None:
    dana.slash("/team help")
    dana.sees("/team @rep adds one rep.")
    dana.slash("/team please")
    dana.sees("I did not understand that. Nothing was changed.")


def test_one_rep_is_added_by_name(world: World, dana: Person, sam: Person, lena: Person) -> None:
    dana.slash("/team @Sam Stone")
    assert dana.modal.value("Reps") == [sam.id]
    dana.modal.submit()
    dana.modal.close()
    dana.slash("/team @Lena Fox")
    dana.sees("Lena Fox is not on your team.")
    dana.clicks("Add to my team")
    dana.sees("Lena Fox is on your team now.")
    assert reps_of(world, dana) == ["Lena Fox", "Sam Stone"]
    dana.slash("/team @Lena Fox")
    dana.sees("Lena Fox is on your team.")
    dana.clicks("Settings")
    assert dana.modal.title == "Rep settings"


def test_a_bot_or_oneself_is_no_one_to_add(world: World, dana: Person, sam: Person) -> None:
    world.team(dana, sam)
    world.person("Deploy Bot", bot=True)
    dana.slash("/team @Deploy Bot")
    dana.sees("Deploy Bot: a bot, or someone who has left Slack.")
    dana.slash("/team @Dana Moss")
    dana.sees("That is you. Pick one of your reps.")
