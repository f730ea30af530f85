"""Whose rep somebody is: a second team is asked of the first manager, and a rep can say that
somebody is not their manager."""

from datetime import date

import pytest

from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.team.setting_up import reps_of, team_of
from tests.scenarios.todo.monday import at

pytestmark = pytest.mark.reps("sam", "lena")


@pytest.fixture
def kim(world: World, raj: Person) -> Person:
    """The manager of Raj Rao alone, who would like Sam Stone on the team too."""
    manager = world.person("Kim Lee")
    world.team(manager, raj)
    return manager


def beat(world: World) -> None:
    world.heart.beat(world.slack.clock.now())


def asks_for_sam(world: World, kim: Person) -> None:
    kim.slash("/team @Sam Stone")
    kim.clicks("Add to my team")
    beat(world)


def introduced(world: World, kim: Person, rep: Person) -> None:
    """Kim has the rep alone on the team, who has read the introduction."""
    world.team(kim, rep, introduced=False)
    kim.opens_home()
    kim.clicks("See and send")
    modal(kim).submit()
    kim.sees(f"Told: {rep.name}.")
    modal(kim).close()


def test_a_second_team_is_asked_of_the_first_manager(
    world: World, dana: Person, kim: Person, sam: Person
) -> None:
    asks_for_sam(world, kim)
    kim.sees("Sam Stone is on another team, so I asked Dana Moss.")
    assert reps_of(world, kim) == ["Raj Rao"]
    assert len(dana.dm) == 1
    dana.sees("Kim Lee would like Sam Stone on a second team, beside yours.")
    assert sam.dm == []
    dana.clicks("Fine")
    dana.sees("Sam Stone is on two teams now: yours, and Kim Lee's.")
    assert reps_of(world, kim) == ["Raj Rao", "Sam Stone"]
    beat(world)
    kim.sees("Dana Moss is fine with it: Sam Stone is on your team too.")
    assert sam.dm == [], "nobody hears before the introduction"
    assert "Sam Stone" in reps_of(world, dana)


def test_not_so_leaves_the_rep_where_they_are(
    world: World, dana: Person, kim: Person, sam: Person
) -> None:
    asks_for_sam(world, kim)
    dana.clicks("Not so")
    dana.sees("Sam Stone stays on your team alone. I tell Kim Lee.")
    beat(world)
    kim.sees("Dana Moss would rather not: Sam Stone stays on one team.")
    assert reps_of(world, kim) == ["Raj Rao"]
    kim.slash("/touch @Sam Stone call about Acme")
    kim.sees("is not on your team")
    assert sam.dm == []


def test_not_so_stands_and_the_second_manager_is_told_so(
    world: World, dana: Person, kim: Person, sam: Person
) -> None:
    asks_for_sam(world, kim)
    dana.clicks("Not so")
    beat(world)
    heard = len(dana.dm)
    asks_for_sam(world, kim)
    kim.sees("Dana Moss said not so about Sam Stone, and that stands while Sam Stone is on that")
    assert "I asked" not in kim.ephemerals[-1].text
    assert len(dana.dm) == heard
    dana.opens_home()
    dana.sees_not("[Fine]")
    assert reps_of(world, kim) == ["Raj Rao"]
    assert sam.dm == []


def test_a_question_about_a_rep_who_left_is_on_home_no_more_and_its_message_says_so(
    world: World, dana: Person, kim: Person, lena: Person
) -> None:
    asks_for_sam(world, kim)
    dana.opens_home()
    dana.sees("[Fine]")
    setup.choose_reps(world.database, world.actor(dana), [lena.id], world.slack.clock.now())
    beat(world)
    dana.sees("Sam Stone is not on your team any more, so there is nothing to answer.")
    for manager in (dana, kim):
        manager.opens_home()
        assert manager.home is not None
        assert "Fine" not in manager.home.text
        assert "I asked Dana Moss" not in manager.home.text


def test_what_is_asked_at_night_is_read_in_the_morning(
    world: World, dana: Person, kim: Person
) -> None:
    at(world, date(2026, 11, 25), 22, 30)
    asks_for_sam(world, kim)
    kim.sees("so I asked Dana Moss")
    assert dana.dm == []
    at(world, date(2026, 11, 26), 6, 59)
    assert dana.dm == []
    at(world, date(2026, 11, 26), 7)
    assert len(dana.dm) == 1
    dana.clicks("Fine")
    at(world, date(2026, 11, 26), 20)
    assert len(dana.dm) == 1


def test_a_typed_line_is_kept_while_the_first_manager_is_asked(
    world: World, dana: Person, kim: Person
) -> None:
    kim.slash("/touch @Sam Stone call about Acme")
    kim.clicks("Add to my team")
    kim.sees("Nothing was logged yet.")
    kim.sees("call about Acme")
    beat(world)
    assert len(dana.dm) == 1


def test_named_in_the_form_the_others_are_added_and_one_is_asked_about(
    world: World, dana: Person, sam: Person
) -> None:
    kim, ines = world.person("Kim Lee"), world.person("Ines Ortega")
    kim.opens_home()
    kim.clicks("Add your reps")
    modal(kim).fill("Reps", [sam, ines])
    modal(kim).submit()
    kim.sees("Sam Stone is on another team, so I asked Dana Moss.")
    assert modal(kim).labels == ["Ines Ortega"]
    modal(kim).close_all()
    assert reps_of(world, kim) == ["Ines Ortega"]
    kim.opens_home()
    kim.sees("I asked Dana Moss whether Sam Stone may be on your team too.")
    beat(world)
    dana.opens_home()
    assert dana.home is not None
    assert dana.home.press("Fine")
    kim.opens_home()
    kim.sees("Your team · 2")
    kim.sees_not("I asked Dana Moss")
    beat(world)
    dana.sees_not("[Fine]")
    dana.sees("Sam Stone is on two teams now")


@pytest.mark.usefixtures("sam")
def test_a_team_of_whose_only_rep_somebody_is_asked_first_can_go_on(
    world: World, dana: Person
) -> None:
    kim = world.person("Kim Lee")
    kim.slash("/team @Sam Stone")
    modal(kim).submit()
    kim.sees("Sam Stone is on another team, so I asked Dana Moss.")
    modal(kim).submit()
    assert modal(kim).title == "Set your meeting"
    modal(kim).close_all()
    beat(world)
    dana.clicks("Fine")
    assert reps_of(world, kim) == ["Sam Stone"]


def test_who_is_asked_already_is_not_asked_again(world: World, dana: Person, kim: Person) -> None:
    for _ in range(2):
        asks_for_sam(world, kim)
    assert len(dana.dm) == 1
    dana.clicks("Fine")
    for _ in range(2):
        beat(world)
    assert len([message for message in kim.dm if "is fine with it" in message.text]) == 1


def test_not_my_manager_before_anything_was_kept_ends_it_and_keeps_nothing(
    world: World, kim: Person, sam: Person
) -> None:
    introduced(world, kim, sam)
    sam.clicks("Not my manager")
    sam.sees("You are off Kim Lee's team, and nothing of it is kept. Kim Lee is told.")
    beat(world)
    kim.sees("Sam Stone is not on your team")
    assert team_of(world, kim).members == ()
    sam.opens_home()
    sam.sees_not("On Kim Lee's team")
    kim.slash("/binder @Sam Stone")
    kim.sees("is not on your team")


@pytest.mark.parametrize(
    ("answer", "manager_reads", "rep_reads", "stays"),
    [
        ("Take off my team", "Sam Stone is off your team.", "You are off Kim Lee's team.", False),
        ("Leave as it is", "Sam Stone stays on your team.", "Kim Lee keeps you on the team.", True),
    ],
)
def test_not_my_manager_later_asks_the_manager(
    world: World,
    kim: Person,
    sam: Person,
    answer: str,
    manager_reads: str,
    rep_reads: str,
    stays: bool,
) -> None:
    introduced(world, kim, sam)
    kim.slash("/touch @Sam Stone call about Acme")
    sam.clicks("Not my manager")
    sam.sees("I ask Kim Lee, since there is something kept already.")
    assert reps_of(world, kim) == ["Sam Stone"], "until the manager says so"
    beat(world)
    kim.sees("Sam Stone does not see you as their manager.")
    kim.clicks(answer)
    kim.sees(manager_reads)
    beat(world)
    sam.sees(rep_reads)
    assert (reps_of(world, kim) == ["Sam Stone"]) is stays
    kim.slash("/binder @Sam Stone")
    kim.sees("Acme")


def test_a_rep_on_two_teams_leaves_the_one_and_stays_on_the_other(
    world: World, dana: Person, kim: Person, sam: Person
) -> None:
    asks_for_sam(world, kim)
    dana.clicks("Fine")
    kim.opens_home()
    kim.clicks("See and send")
    modal(kim).submit()
    kim.sees("Told: ")
    sam.clicks("Not my manager")
    sam.sees("You are off Kim Lee's team")
    assert reps_of(world, kim) == ["Raj Rao"]
    assert "Sam Stone" in reps_of(world, dana)


def test_days_off_that_a_rep_enters_are_on_every_managers_form(
    world: World, dana: Person, kim: Person, sam: Person
) -> None:
    asks_for_sam(world, kim)
    dana.clicks("Fine")
    sam.opens_home()
    sam.clicks("I'm away")
    assert modal(sam).labels == ["From", "To"]
    modal(sam).fill("From", "2026-11-24")
    modal(sam).fill("To", "2026-12-24")
    modal(sam).submit_twice()
    sam.sees("Every manager of yours sees it, and nobody else.")
    for manager in (dana, kim):
        manager.slash("/team @Sam Stone")
        manager.clicks("Settings")
        manager.sees("24 Dec · entered by Sam Stone")
        manager.sees_not("[Remove]")


def test_days_off_that_one_manager_enters_are_on_no_other_managers_form(
    world: World, dana: Person, kim: Person
) -> None:
    asks_for_sam(world, kim)
    dana.clicks("Fine")
    kim.slash("/team @Sam Stone")
    kim.clicks("Settings")
    modal(kim).clicks("Add time off")
    modal(kim).fill("From", "2026-11-24")
    modal(kim).fill("To", "2026-12-24")
    modal(kim).submit()
    kim.sees("24 Dec")
    dana.slash("/team @Sam Stone")
    dana.clicks("Settings")
    dana.sees("Time off: none planned")
    dana.sees_not("24 Dec")
