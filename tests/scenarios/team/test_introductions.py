"""Each rep is told once what is kept and who sees it, after the manager saw the message."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.views.team.statement import STATEMENT
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.team.setting_up import held, team_of


@pytest.fixture
def dana(world: World, sam: Person, lena: Person) -> Person:
    """A manager who sees the introductions to Sam Stone and Lena Fox before they go out."""
    manager = world.person("Dana Moss")
    world.team(manager, sam, lena, introduced=False)
    manager.opens_home()
    manager.clicks("See and send")
    return manager


def test_the_manager_sees_exactly_what_each_rep_gets(
    dana: Person, sam: Person, lena: Person
) -> None:
    preview = modal(dana).text
    assert sam.dm == []
    modal(dana).submit()
    dana.sees("Told: Lena Fox and Sam Stone.")
    for rep in (sam, lena):
        (message,) = rep.dm
        assert message.text.removesuffix("\n[Not my manager]") in preview
        assert "Sent once, because Dana Moss added you to the team." in message.text
        assert all(line.replace("*", "") in message.text for line in STATEMENT)
    modal(dana).close()
    dana.sees_not("not met Windshield yet")


def test_not_now_sends_nothing_and_can_be_done_later(dana: Person, sam: Person) -> None:
    modal(dana).clicks("Not now")
    assert sam.dm == []
    dana.sees("2 reps have not met Windshield yet.")
    dana.clicks("See and send")
    modal(dana).submit()
    dana.sees("Told: Lena Fox and Sam Stone.")


def test_sent_twice_at_once_each_rep_has_one(dana: Person, sam: Person, lena: Person) -> None:
    modal(dana).submit_twice()
    dana.sees("Told: ")
    assert len(sam.dm) == len(lena.dm) == 1


def test_who_was_told_is_not_told_again(dana: Person, sam: Person) -> None:
    modal(dana).submit()
    dana.sees("Told: Lena Fox and Sam Stone.")
    modal(dana).close()
    dana.slash("/team")
    dana.sees_not("See and send")
    assert len(sam.dm) == 1


def is_turned_away(world: World, _lena: Person) -> None:
    world.slack.faults.refuse("chat.postMessage", "messages_tab_disabled")


def loses_the_answer(world: World, _lena: Person) -> None:
    world.slack.faults.add("chat.postMessage", FaultKind.CUT_AFTER)


def fails(world: World, _lena: Person) -> None:
    world.slack.faults.add("chat.postMessage", FaultKind.SERVER_ERROR)


@pytest.mark.parametrize(
    ("fault", "sentences"),
    [
        (
            is_turned_away,
            ["Told: Sam Stone.", "Slack took no message to Lena Fox. Nothing was sent there."],
        ),
        (
            loses_the_answer,
            ["Told: Sam Stone.", "Slack did not confirm the message to Lena Fox."],
        ),
        (
            fails,
            ["Told: Sam Stone.", "Slack did not confirm the message to Lena Fox."],
        ),
    ],
)
def test_who_could_not_be_told_is_named(
    world: World,
    dana: Person,
    lena: Person,
    fault: Callable[[World, Person], None],
    sentences: list[str],
) -> None:
    fault(world, lena)
    modal(dana).submit()
    for sentence in sentences:
        dana.sees(sentence)


def test_a_lost_answer_is_never_sent_again(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    loses_the_answer(world, lena)
    modal(dana).submit()
    dana.sees("It may have arrived, so I won't send it again")
    modal(dana).close()
    dana.sees_not("Try again")
    dana.sees_not("not met Windshield yet")
    assert len(sam.dm) == len(lena.dm) == 1


def test_after_a_pause_the_others_are_told(
    world: World, dana: Person, sam: Person, lena: Person
) -> None:
    world.slack.faults.add("chat.postMessage", FaultKind.RATE_LIMITED)
    modal(dana).submit()
    modal(dana).close()
    dana.sees("2 reps have not met Windshield yet.")
    assert sam.dm == lena.dm == []
    world.slack.clock.advance(timedelta(minutes=5))
    dana.clicks("See and send")
    modal(dana).submit()
    dana.sees("Told: Lena Fox and Sam Stone.")
    assert len(sam.dm) == len(lena.dm) == 1


def test_a_database_that_does_not_answer_sends_nothing(
    world: World, dana: Person, sam: Person
) -> None:
    with held(world):
        modal(dana).submit()
    dana.sees("atabase did not answer")
    assert sam.dm == []
    assert len(team_of(world, dana).to_introduce) == 2


def test_a_rep_of_two_teams_hears_from_each_manager(
    world: World, dana: Person, sam: Person
) -> None:
    modal(dana).submit()
    kim = world.person("Kim Lee")
    world.team(kim, sam, introduced=False)
    kim.opens_home()
    kim.clicks("See and send")
    modal(kim).submit()
    kim.sees("Told: Sam Stone.")
    first, second = sam.dm
    assert "Dana Moss added you" in first.text
    assert "Kim Lee added you" in second.text


@pytest.mark.usefixtures("dana")
def test_only_the_managers_own_reps_are_told(world: World, sam: Person) -> None:
    kim = world.person("Kim Lee")
    world.team(kim, world.person("Raj Rao"), introduced=False)
    kim.opens_home()
    kim.clicks("See and send")
    modal(kim).submit()
    kim.sees("Told: Raj Rao.")
    assert sam.dm == []
