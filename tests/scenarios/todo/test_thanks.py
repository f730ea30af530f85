"""**Thank in the channel**: where the rep says that it is welcome, once, and never a number."""

from datetime import date, timedelta

import pytest

from bot.domain.promises import Owner
from bot.services import promises
from slack_sandbox import FaultKind, Person
from slack_sandbox.screens import Message
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, list_of

MONDAY = date(2026, 11, 30)
THANK = "Thank in the channel"


@pytest.fixture
def team(world: World) -> MeetingWorld:
    """Raj kept a promise on Friday; the list of Monday says so."""
    team = meeting_world(world)
    made = promise(world, team.dana, team.raj, "call Hooli", owner=Owner.REP)
    promises.fulfil(world.database, world.actor(team.raj), made, world.slack.clock.now())
    return team


def says(person: Person, answer: str) -> None:
    """Whether thanks in the channel are welcome, on Home."""
    person.opens_home()
    person.picks(answer, beside="Thanks in")


def monday_list(team: MeetingWorld) -> Message:
    at(team.world, MONDAY, 8)
    shown = list_of(team.dana)
    assert "Raj kept it: “call Hooli”" in shown.text
    return shown


def opens(team: MeetingWorld) -> None:
    monday_list(team).picks(THANK, beside="Raj Rao")


def thanked(team: MeetingWorld) -> list[str]:
    """What the channel has of thanks."""
    return [one for one in team.posted if "Thank you" in one]


@pytest.mark.slow
def test_who_said_that_it_is_welcome_is_thanked_once(team: MeetingWorld) -> None:
    dana, raj = team.dana, team.raj
    raj.opens_home()
    raj.sees("Thanks in #emea-sales: you have not said, so none are posted")
    says(raj, "Welcome")
    raj.sees("Thanks in #emea-sales: welcome")
    opens(team)
    form = modal(dana)
    assert form.value("Your words") == "Thank you, Raj Rao: you said “call Hooli”, and you did."
    assert "Everyone in #emea-sales reads it, under your name." in form.text
    form.submit()
    assert thanked(team) == ["Dana Moss: Thank you, Raj Rao: you said “call Hooli”, and you did."]
    assert dana.modal is None
    assert "· thanked in the channel" in list_of(dana).text
    with pytest.raises(AssertionError):
        list_of(dana).picks(THANK, beside="Raj Rao")
    assert "Raj kept it" in list_of(dana).text, "a word in person is still to be had"
    team.at(1, 7, month=12)
    list_of(dana).clicks("Done", beside="Raj Rao")
    assert "✓ Raj Rao · today · thanked in the channel" in list_of(dana).text


def test_nobody_is_thanked_who_did_not_say_so(team: MeetingWorld) -> None:
    with pytest.raises(AssertionError):
        opens(team)
    says(team.raj, "Rather just between us")
    with pytest.raises(AssertionError):
        opens(team)


def test_the_rep_changes_their_mind_while_the_form_is_open(team: MeetingWorld) -> None:
    says(team.raj, "Welcome")
    opens(team)
    says(team.raj, "Rather just between us")
    modal(team.dana).submit()
    team.dana.sees("A word to Raj Rao in person is always welcome.")
    assert thanked(team) == []


def test_numbers_and_other_names_are_asked_about(team: MeetingWorld) -> None:
    says(team.raj, "Welcome")
    opens(team)
    form = modal(team.dana)
    form.fill("Your words", "Thank you, Raj: 12 calls, ٣ deals")
    form.submit()
    assert form.errors == {
        "Your words": "No numbers in front of the team, please. Say it in words."
    }
    form.fill("Your words", "Thank you, Raj, and Lena Fox needs to catch up")
    form.submit()
    form = modal(team.dana)
    assert "This reads as if it named Lena Fox too. Only Raj Rao is thanked here." in form.text
    assert form.value("Your words") == "Thank you, Raj, and Lena Fox needs to catch up"
    form.submit()
    assert thanked(team) == []
    form = modal(team.dana)
    form.fill("Your words", "Thank you, Raj, who showed Lena Fox how")
    form.fill("Names Lena Fox", ["It is fine for the team to read"])
    form.submit()
    assert thanked(team) == ["Dana Moss: Thank you, Raj, who showed Lena Fox how"]


def test_an_answer_that_got_lost_is_asked_about_and_nothing_is_posted_twice(
    team: MeetingWorld,
) -> None:
    says(team.raj, "Welcome")
    opens(team)
    team.lose_answer(before=False)
    modal(team.dana).submit()
    team.dana.sees("Did your thanks to Raj Rao appear?")
    with pytest.raises(AssertionError):
        list_of(team.dana).picks(THANK, beside="Raj Rao")
    team.dana.clicks("Yes")
    team.dana.sees("Good, it is there.")
    assert len(thanked(team)) == 1


@pytest.mark.slow
def test_lost_on_the_way_it_is_opened_again_with_the_words(team: MeetingWorld) -> None:
    says(team.raj, "Welcome")
    opens(team)
    team.lose_answer(before=True)
    modal(team.dana).fill("Your words", "Thank you, Raj Rao, well done")
    modal(team.dana).submit()
    team.dana.clicks("No, open it again")
    assert modal(team.dana).value("Your words") == "Thank you, Raj Rao, well done"
    modal(team.dana).submit()
    assert thanked(team) == ["Dana Moss: Thank you, Raj Rao, well done"]
    team.dana.sees_not("No, open it again")
    team.dana.clicks("Open again")
    team.dana.sees("Raj Rao has your thanks in the channel for that already.")
    assert len(thanked(team)) == 1


def test_what_slack_does_not_take_can_be_tried_again(team: MeetingWorld) -> None:
    says(team.raj, "Welcome")
    opens(team)
    team.world.slack.faults.add("chat.postMessage", FaultKind.RATE_LIMITED)
    modal(team.dana).submit()
    assert thanked(team) == []
    team.dana.sees("Your thanks to Raj Rao were not posted.")
    team.world.slack.clock.advance(timedelta(minutes=5))
    team.dana.clicks("Open again")
    modal(team.dana).submit()
    assert len(thanked(team)) == 1
    team.dana.clicks("Open again")
    team.dana.sees("Raj Rao has your thanks in the channel for that already.")
