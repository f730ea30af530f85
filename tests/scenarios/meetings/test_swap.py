"""**Swap**: somebody else is asked to lead one skill, and nothing changes before they take it."""

from collections.abc import Callable
from datetime import date
from threading import Thread

import pytest

from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world


@pytest.fixture
def team(world: World) -> MeetingWorld:
    """It is Lena's turn on Monday 30 November, and she knows; then Raj's, on 7 December."""
    made = meeting_world(world)
    made.beat()
    made.lena.sees("It is your turn to lead One skill")
    return made


def asks(asker: Person, whom: str) -> None:
    asker.clicks("Swap")
    modal(asker).fill("Ask", whom)
    modal(asker).submit()


def questions(person: Person) -> list[str]:
    return [one.text for one in person.dm if "could you lead One skill" in one.text]


def presses_at_once(person: Person, label: str) -> None:
    """Three times the same; once it is answered there is nothing to press any more."""
    message = next(one for one in reversed(person.dm) if f"[{label}]" in one.text)
    pressed = [Thread(target=message.press, args=(label,)) for _ in range(3)]
    for one in pressed:
        one.start()
    for one in pressed:
        one.join()


def leads(team: MeetingWorld, name: str) -> None:
    """That person leads on 30 November, as the team reads."""
    team.at(30, 7)
    assert f"One skill (10) · {name}" in team.posted[0]


def test_nothing_changes_before_the_other_takes_it(team: MeetingWorld) -> None:
    dana, raj, lena = team.dana, team.raj, team.lena
    asks(lena, "Raj Rao")
    assert "Raj Rao is asked, and can take it until Fri 27 Nov, 19:00" in modal(lena).text
    assert "Lena Fox leads it" in modal(lena).text
    modal(lena).close()
    team.beat()
    raj.sees("Lena Fox asks: could you lead One skill in the team meeting, Mon 30 Nov, 09:00?")
    lena.sees("Raj Rao is asked to take it; until then it is yours")
    team.at(27, 7)
    assert "One skill (10) · Lena Fox; Raj Rao is asked to take it" in team.draft()
    raj.clicks("Take it")
    raj.sees("You lead One skill in the team meeting, Mon 30 Nov, 09:00. Thank you.")
    team.beat()
    assert "One skill (10) · Raj Rao, in place of Lena Fox" in team.draft()
    lena.sees("not your turn this time after all")
    dana.slash("/agenda")
    assert "One skill · 10 min · Raj Rao, in place of Lena Fox" in modal(dana).text
    assert len([one for one in raj.dm if "One skill" in one.text]) == 1, "told once"
    leads(team, "Raj Rao")


def test_who_does_not_take_it_is_no_leader(team: MeetingWorld) -> None:
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    team.beat()
    team.raj.clicks("Not this time")
    team.raj.sees("Thank you for saying so; Lena Fox leads it")
    team.beat()
    team.lena.sees("Raj Rao cannot take it this time")
    asks(team.lena, "Tom Ash")
    modal(team.lena).close()
    team.beat()
    team.tom.clicks("Take it")
    leads(team, "Tom Ash")


def test_an_unanswered_question_changes_nothing_and_ends(team: MeetingWorld) -> None:
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    team.beat()
    team.at(27, 18)
    team.raj.clicks("Take it")
    team.raj.sees("all settled, Lena Fox leads it")
    leads(team, "Lena Fox")


def test_the_manager_asks_too(team: MeetingWorld) -> None:
    team.at(27, 7)
    team.dana.picks("One skill: someone else")
    modal(team.dana).fill("Ask", "Raj Rao")
    modal(team.dana).submit()
    modal(team.dana).close()
    team.beat()
    team.raj.sees("Dana Moss asks: could you lead One skill")
    team.raj.sees("It is Lena Fox's turn so far")
    assert "Raj Rao is asked" in team.draft()
    team.raj.clicks("Take it")
    leads(team, "Raj Rao")


@pytest.mark.slow
def test_each_turn_counts_for_who_held_it(team: MeetingWorld) -> None:
    """Raj took Lena's turn: the next, which was to be Raj's, is Lena's."""
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    team.beat()
    team.raj.clicks("Take it")
    team.at(30, 7)
    team.at(30, 8)
    team.at(30, 8, 45)
    team.at(7, 7, 0, 12)
    assert "One skill (10) · Lena Fox" in team.posted[-1]
    team.at(7, 8, 45, 12)
    team.at(14, 7, 0, 12)
    assert "One skill (10) · Tom Ash" in team.posted[-1]


@pytest.mark.parametrize(
    ("zone", "hears_at"),
    [
        ("America/Los_Angeles", [(23, 14, 59, 0), (23, 15, 0, 1)]),
        ("Asia/Tokyo", [(23, 9, 30, 1)]),
        ("Pacific/Auckland", [(23, 17, 59, 0), (23, 18, 0, 1)]),
    ],
)
def test_nobody_is_asked_while_they_rest(
    world: World, zone: str, hears_at: list[tuple[int, int, int, int]]
) -> None:
    mia = world.person("Mia Lane", tz=zone)
    team = meeting_world(world, [mia])
    team.beat()
    asks(team.lena, "Mia Lane")
    asked_at_once = len(hears_at) == 1
    assert ("their time, and can take it" in modal(team.lena).text) is not asked_at_once
    modal(team.lena).close()
    team.beat()
    for day, hour, minute, count in hears_at:
        team.at(day, hour, minute)
        assert len(questions(mia)) == count
    mia.clicks("Take it")
    leads(team, "Mia Lane")


def test_a_heartbeat_that_comes_late_waits_for_the_morning(team: MeetingWorld) -> None:
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    team.at(23, 21)
    assert questions(team.raj) == []
    team.at(24, 6)
    assert len(questions(team.raj)) == 1


def test_it_is_too_late_after_the_working_day_before(team: MeetingWorld) -> None:
    team.at(27, 18)
    asks(team.lena, "Raj Rao")
    assert "It is too late to ask somebody" in str(modal(team.lena).errors)
    modal(team.lena).close()
    team.at(28, 9)
    assert questions(team.raj) == []
    leads(team, "Lena Fox")


def test_who_would_read_of_it_too_late_is_not_asked(world: World) -> None:
    """At 18:00 in Berlin on Friday it is Saturday in Auckland."""
    mia = world.person("Mia Lane", tz="Pacific/Auckland")
    team = meeting_world(world, [mia])
    team.at(27, 7)
    asks(team.lena, "Mia Lane")
    assert "It is too late to ask somebody" in str(modal(team.lena).errors)


def moved(team: MeetingWorld) -> None:
    team.dana.picks("Move the meeting")
    modal(team.dana).fill("Day", "2026-12-01")
    modal(team.dana).submit()
    modal(team.dana).close()


def left_out(team: MeetingWorld) -> None:
    team.dana.clicks("Not this week")


def asked_is_away(team: MeetingWorld) -> None:
    is_away(team, team.raj)


def holder_is_away(team: MeetingWorld) -> None:
    is_away(team, team.lena)


def both_are_away(team: MeetingWorld) -> None:
    is_away(team, team.raj)
    is_away(team, team.lena)


def asked_has_left(team: MeetingWorld) -> None:
    team.dana.opens_home()
    team.dana.picks("Settings", beside="Raj Rao")
    modal(team.dana).fill("End date", "2026-11-28")
    modal(team.dana).submit()
    if team.dana.modal:
        modal(team.dana).close_all()


def somebody_else_is_asked(team: MeetingWorld) -> None:
    asks(team.lena, "Tom Ash")
    modal(team.lena).close()


def is_away(team: MeetingWorld, rep: Person) -> None:
    world = team.world
    first, last, now = date(2026, 11, 30), date(2026, 12, 2), world.slack.clock.now()
    setup.add_time_off(world.database, world.actor(team.dana), rep.id, first, last, now)


@pytest.mark.parametrize(
    "meanwhile",
    [
        moved,
        left_out,
        asked_is_away,
        holder_is_away,
        both_are_away,
        asked_has_left,
        somebody_else_is_asked,
    ],
    ids=lambda one: one.__name__,
)
@pytest.mark.parametrize("asked_before", [True, False])
def test_what_happens_meanwhile_ends_the_question(
    team: MeetingWorld, meanwhile: Callable[[MeetingWorld], None], asked_before: bool
) -> None:
    """Be it before the question is sent, or before it is answered."""
    team.at(27, 7)
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    if asked_before:
        team.beat()
        assert len(questions(team.raj)) == 1
        meanwhile(team)
        team.raj.clicks("Take it")
        assert "Thank you." not in team.raj.dm[-1].text
    else:
        meanwhile(team)
        team.beat()
        assert questions(team.raj) == []
    team.beat()
    team.at(30, 7)
    team.at(1, 7, 0, 12)
    assert "· Raj Rao" not in "\n".join(team.posted)


def test_presses_again_and_at_once_do_it_once(team: MeetingWorld) -> None:
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    asks(team.lena, "Raj Rao")
    assert "Raj Rao is asked" in modal(team.lena).text
    modal(team.lena).close()
    team.beat()
    assert len(questions(team.raj)) == 1
    presses_at_once(team.raj, "Take it")
    team.raj.sees("You lead One skill")
    team.beat()
    assert len([one for one in team.raj.dm if "One skill" in one.text]) == 1
    leads(team, "Raj Rao")


def test_only_who_is_asked_takes_it(team: MeetingWorld) -> None:
    team.tom.slash("/agenda")
    assert "is asked" not in modal(team.tom).text
    modal(team.tom).close()
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    team.beat()
    assert questions(team.tom) == []
    assert "Take it" not in team.lena.screen()


def test_the_taker_may_ask_somebody_else_again(team: MeetingWorld) -> None:
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    team.beat()
    team.raj.clicks("Take it")
    asks(team.raj, "Tom Ash")
    modal(team.raj).close()
    team.beat()
    team.tom.clicks("Take it")
    team.beat()
    leads(team, "Tom Ash")


def test_a_team_that_does_not_meet_any_more_asks_nobody(team: MeetingWorld) -> None:
    asks(team.lena, "Raj Rao")
    modal(team.lena).close()
    world = team.world
    changes = {"meeting_days": (), "meeting_time": None}
    setup.change_settings(world.database, world.actor(team.dana), changes, world.slack.clock.now())
    team.beat()
    assert questions(team.raj) == []
