"""A manager sets up a team, step by step, and stops wherever they like."""

from collections.abc import Callable
from datetime import time

import pytest

from bot.services.team import setup
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.team.setting_up import forges, held, reps_of, team_of


def has_no_team(world: World, person: Person) -> bool:
    return setup.facts(world.database, world.actor(person), world.slack.clock.now()) is None


def test_the_first_day_of_a_manager(world: World, dana: Person, sam: Person, lena: Person) -> None:
    channel = world.slack.add_channel("emea-sales", [dana, sam, lena])
    dana.slash("/team")
    modal(dana).fill("Reps", [sam, lena])
    modal(dana).submit()
    assert modal(dana).labels == ["Lena Fox", "Sam Stone"]
    modal(dana).fill("Sam Stone", "the Acme renewal")
    modal(dana).submit()
    modal(dana).fill("Team channel", channel)
    modal(dana).fill("Meeting day", "Monday")
    modal(dana).fill("Meeting time", "09:00")
    modal(dana).submit()
    assert (modal(dana).value("To-do day"), modal(dana).value("To-do time")) == ("Monday", "08:00")
    modal(dana).fill("To-do time", "07:30")
    modal(dana).submit()
    dana.sees("Goes to Lena Fox and Sam Stone: one message to each, just once.")
    assert sam.dm == lena.dm == []
    modal(dana).clicks("Send introductions")
    dana.sees("Told: Lena Fox and Sam Stone.")
    modal(dana).close()
    sam.sees("Hello from Windshield. Dana Moss uses it")
    facts = team_of(world, dana)
    assert [member.first_line for member in facts.active] == ["", "the Acme renewal"]
    settings = facts.team.settings
    assert (settings.channel, settings.meeting_days) == (channel, (0,))
    assert settings.meeting_time == time(9)
    assert (settings.todo_day, settings.todo_time) == (0, time(7, 30))
    dana.slash("/team")
    assert modal(dana).title == "Your team"


def test_what_was_saved_stays_and_the_steps_go_on_from_there(
    world: World, dana: Person, sam: Person
) -> None:
    dana.slash("/team")
    modal(dana).fill("Reps", [sam])
    modal(dana).submit()
    modal(dana).clicks("Finish later")
    assert reps_of(world, dana) == ["Sam Stone"]
    dana.slash("/team")
    assert modal(dana).title == "A line for each"
    modal(dana).fill("Sam Stone", "the Acme renewal")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/team")
    assert modal(dana).title == "Set your meeting"
    modal(dana).fill("Meeting day", "Friday")
    modal(dana).fill("Meeting time", "16:00")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/team")
    assert modal(dana).title == "Pick your Monday time"
    modal(dana).submit()
    modal(dana).clicks("Not now")
    dana.opens_home()
    dana.sees("1 rep has not met Windshield yet.")
    assert sam.dm == []


def test_whoever_goes_on_later_can_have_all_settings_at_once(
    world: World, dana: Person, sam: Person
) -> None:
    world.team(dana, sam, introduced=False)
    dana.slash("/team")
    modal(dana).fill("Sam Stone", "half a thought")
    modal(dana).clicks("All settings")
    assert modal(dana).title == "Your team"
    modal(dana).close()
    assert modal(dana).value("Sam Stone") == "half a thought"


@pytest.mark.usefixtures("world")
def test_all_may_stay_empty_but_the_reps(dana: Person, sam: Person) -> None:
    dana.slash("/team")
    modal(dana).submit()
    assert modal(dana).errors == {"Reps": "Please complete this required field."}
    modal(dana).fill("Reps", [sam])
    for _ in range(4):
        modal(dana).submit()
    assert modal(dana).title == "Introductions"


@pytest.mark.usefixtures("world")
def test_home_of_someone_new_opens_the_same_steps(dana: Person, sam: Person) -> None:
    dana.opens_home()
    dana.clicks("Set your meeting")
    assert modal(dana).title == "Add your reps"
    modal(dana).close()
    dana.clicks("Add your reps")
    modal(dana).fill("Reps", [sam])
    modal(dana).submit()
    modal(dana).close_all()
    dana.sees("No team meeting set")
    dana.clicks("Set your meeting")
    modal(dana).fill("Meeting day", "Tuesday")
    modal(dana).fill("Meeting time", "10:00")
    modal(dana).clicks("Save")
    assert dana.modal is None
    dana.sees("Team meeting Tuesdays, 10:00")


def a_bot(world: World, _dana: Person) -> Person:
    return world.person("Deploy Bot", bot=True)


def someone_who_left(world: World, _dana: Person) -> Person:
    return world.person("Tom Ash", deleted=True)


def oneself(_world: World, dana: Person) -> Person:
    return dana


def someone_on_two_teams(world: World, _dana: Person) -> Person:
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
    modal(dana).fill("Reps", [sam, other])
    modal(dana).submit()
    assert modal(dana).errors == {"Reps": sentence}
    assert modal(dana).value("Reps") == [sam.id, other.id]
    assert has_no_team(world, dana)


def test_what_most_would_choose_is_there_and_no_meeting_without_a_channel(
    world: World, dana: Person, sam: Person
) -> None:
    world.team(dana, sam, introduced=False)
    channel = world.slack.add_channel("emea-sales", [dana, sam])
    for chosen, said in ((None, "No team meeting set"), (channel, "Team meeting Mondays, 09:00")):
        dana.opens_home()
        dana.clicks("Set your meeting")
        assert modal(dana).value("Meeting day") == "Monday"
        modal(dana).fill("Team channel", chosen)
        modal(dana).submit()
        dana.opens_home()
        dana.sees(said)


@pytest.mark.parametrize(
    ("label", "empty"), [("Meeting day", "Meeting time"), ("Meeting time", "Meeting day")]
)
def test_half_a_meeting_is_told_at_its_time(
    world: World, dana: Person, sam: Person, label: str, empty: str
) -> None:
    world.team(dana, sam, introduced=False)
    dana.opens_home()
    dana.clicks("Set your meeting")
    value = modal(dana).value(label)
    modal(dana).fill(empty, None)
    modal(dana).submit()
    sentence = "A meeting needs both a day and a time, or neither."
    assert modal(dana).errors == {"Meeting time": sentence}
    assert modal(dana).value(label) == value


def test_each_step_sent_twice_is_once(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    dana.slash("/team")
    modal(dana).fill("Reps", [sam, lena])
    modal(dana).submit_twice()
    modal(dana).fill("Sam Stone", "the Acme renewal")
    modal(dana).submit_twice()
    modal(dana).submit_twice()
    modal(dana).submit_twice()
    modal(dana).submit_twice()
    dana.sees("Lena Fox")
    assert reps_of(world, dana) == ["Lena Fox", "Sam Stone"]
    assert len(team_of(world, dana).members) == 2
    assert len(sam.dm) == len(lena.dm) == 1


def test_slack_is_slow_to_say_who_that_is(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    world.slack.faults.add("users.info", FaultKind.SLOW, seconds=2)
    dana.slash("/team")
    modal(dana).fill("Reps", [sam, lena])
    modal(dana).submit()
    sentence = "Slack did not tell me in time who that is. Nothing is lost; try once more."
    assert modal(dana).errors == {"Reps": sentence}
    assert modal(dana).value("Reps") == [sam.id, lena.id]
    modal(dana).submit()
    assert modal(dana).labels == ["Lena Fox", "Sam Stone"]
    asked = [call for call in world.slack.calls if call.method == "users.info"]
    assert len(asked) <= 4, "only the one that was late is asked for again"


def test_a_database_that_does_not_answer_keeps_what_is_typed(
    world: World, dana: Person, sam: Person
) -> None:
    dana.slash("/team")
    modal(dana).fill("Reps", [sam])
    modal(dana).submit()
    modal(dana).fill("Sam Stone", "the Acme renewal")
    with held(world):
        modal(dana).submit()
    assert "the database did not answer" in modal(dana).errors["Sam Stone"]
    assert modal(dana).value("Sam Stone") == "the Acme renewal"
    modal(dana).submit()
    assert modal(dana).title == "Set your meeting"
    assert team_of(world, dana).active[0].first_line == "the Acme renewal"


@pytest.mark.slow
def test_sixty_reps(world: World, dana: Person) -> None:
    reps = world.slack.add_people([(f"Rep {n:02}", "Europe/Berlin") for n in range(60)])
    dana.slash("/team")
    modal(dana).fill("Reps", reps)
    for _ in range(3):
        # Whom Slack told of in time is kept, so that pressing again on a slow day gets there.
        modal(dana).submit()
        if modal(dana).title != "Add your reps":
            break
    assert modal(dana).labels == [rep.name for rep in reps]
    for rep in reps:
        modal(dana).fill(rep.name, f"line of {rep.name}")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).submit()
    dana.sees("Rep 58 and Rep 59.")
    assert [len(rep.dm) for rep in reps] == [1] * 60
    assert [m.first_line for m in team_of(world, dana).active] == [
        f"line of {rep.name}" for rep in reps
    ]


@pytest.mark.parametrize("name", ["🦊 Lena", "דנה כהן", "<!channel> R&D"])
def test_a_name_stands_as_it_is(world: World, dana: Person, name: str) -> None:
    rep = world.person(name, handle="someone")
    dana.slash("/team")
    modal(dana).fill("Reps", [rep])
    modal(dana).submit()
    assert modal(dana).labels == [name]
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).submit()
    dana.sees(f"Goes to {name}:")
    modal(dana).submit()
    dana.sees(f"Told: {name}.")


def test_someone_elses_form_changes_the_team_of_who_sends_it_alone(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    world.team(dana, sam)
    kim, raj = world.person("Kim Lee"), world.person("Raj Rao")
    world.team(kim, raj)
    dana.opens_home()
    dana.clicks("Set your meeting")
    modal(dana).fill("Meeting day", "Friday")
    modal(dana).fill("Meeting time", "16:00")
    forges(kim, modal(dana))
    assert team_of(world, dana).team.settings.meeting_days == ()
    forges(lena, modal(dana))
    assert has_no_team(world, lena)


def test_help_and_words_that_mean_nothing(dana: Person) -> None:
    dana.slash("/team help")
    dana.sees("/team @rep adds one rep.")
    dana.slash("/team please")
    dana.sees("I did not understand that. Nothing was changed.")


@pytest.mark.usefixtures("lena")
def test_one_rep_is_added_by_name(world: World, dana: Person, sam: Person) -> None:
    dana.slash("/team @Sam Stone")
    assert modal(dana).value("Reps") == [sam.id]
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/team @Lena Fox")
    dana.sees("Lena Fox is not on your team.")
    dana.clicks("Add to my team")
    dana.sees("Lena Fox is on your team now.")
    assert reps_of(world, dana) == ["Lena Fox", "Sam Stone"]
    dana.slash("/team @Lena Fox")
    dana.sees("Lena Fox is on your team.")
    dana.clicks("Settings")
    assert modal(dana).title == "Rep settings"


def test_a_bot_or_oneself_is_no_one_to_add(world: World, dana: Person, sam: Person) -> None:
    world.team(dana, sam)
    world.person("Deploy Bot", bot=True)
    dana.slash("/team @Deploy Bot")
    dana.sees("Deploy Bot: a bot, or someone who has left Slack.")
    dana.slash("/team @Dana Moss")
    dana.sees("That is you. Pick one of your reps.")
