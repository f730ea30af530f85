"""What a rep raised: kept by the manager, seen by the rep, who is told once when it is closed."""

from datetime import date, timedelta

import pytest

from bot.domain.workspaces.people import Profile
from bot.services.team import people
from slack_sandbox import FaultKind, Person
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import locked, next_day, owed, promise

pytestmark = pytest.mark.reps("sam", "lena")

SLOW = "quotes take four days"


def raise_after_a_touch(dana: Person) -> None:
    dana.slash("/touch @Sam Stone call about the Acme renewal")
    dana.clicks("They raised something")
    assert dana.modal is not None
    dana.modal.fill("What they raised", SLOW)


OWN = "look into how quotes are made"


def closed(dana: Person, how: str) -> None:
    """Close it from App Home, in one of the ways there are."""
    owed(dana)
    if how == "Kept":
        dana.clicks("Kept", beside=SLOW)
        return
    dana.picks(how, beside=SLOW)
    assert dana.modal is not None
    if how == "Hand over":
        dana.modal.fill("To", "Lena Fox")
        dana.modal.fill("In your words", OWN)
    dana.modal.submit()


def test_raised_in_a_touch_it_stands_in_the_answer_and_on_the_reps_page(
    dana: Person, sam: Person
) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    assert dana.modal.value("By") == "2026-11-30"
    dana.modal.submit()
    answer = dana.sees(f"Sam Stone raised: “{SLOW}”. You took it on, by Mon 30 Nov.")
    assert "Logged: call with Sam Stone, today" in answer.text
    sam.opens_home()
    sam.sees(f"You raised\n“{SLOW}” · Dana Moss took it on, by Mon 30 Nov")


def test_sent_twice_it_is_raised_once(dana: Person) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    dana.modal.submit_twice()
    dana.sees(f"Sam Stone raised: “{SLOW}”")
    assert owed(dana).text.count(SLOW) == 1


def test_without_a_date_it_is_raised_but_not_taken_on(dana: Person, sam: Person) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    dana.modal.fill("By", None)
    dana.modal.submit()
    sam.opens_home()
    sam.sees(f"“{SLOW}” · Dana Moss has it")
    owed(dana)
    dana.clicks("Change date", beside=SLOW)
    dana.modal.submit()
    sam.opens_home()
    sam.sees(f"“{SLOW}” · Dana Moss took it on, by Mon 30 Nov")


def test_a_day_that_is_over_or_blank_words_keep_the_form_open(dana: Person) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    dana.modal.fill("By", date(2026, 11, 20))
    dana.modal.submit()
    assert dana.modal.errors == {"By": "That day is over. Pick today or a later day."}
    dana.modal.fill("By", date(2026, 11, 24))
    dana.modal.fill("What they raised", "   ")
    dana.modal.submit()
    assert dana.modal.errors == {"What they raised": "Please fill this in."}
    dana.modal.fill("What they raised", SLOW)
    dana.modal.submit()
    dana.sees(f"Sam Stone raised: “{SLOW}”. You took it on, by Tue 24 Nov.")


def test_with_the_database_away_the_words_stay_and_are_kept_later(
    world: World, dana: Person
) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    with locked(world):
        dana.modal.submit()
        assert "What you typed is still here" in dana.modal.errors["What they raised"]
    dana.modal.submit()
    dana.sees(f"Sam Stone raised: “{SLOW}”")


def test_pressed_an_hour_later_there_is_the_way_through_the_binder(
    world: World, dana: Person
) -> None:
    dana.slash("/touch @Sam Stone call")
    world.slack.clock.advance(timedelta(hours=1))
    dana.clicks("They raised something")
    dana.sees("The binder does it all, any time.")


def test_on_a_touch_taken_back_meanwhile_nothing_is_raised(dana: Person, sam: Person) -> None:
    raise_after_a_touch(dana)
    form = dana.modal
    assert form is not None
    dana.ephemerals[-1].clicks("Undo")
    form.submit()
    assert "not there any more" in form.errors["What they raised"]
    assert form.value("What they raised") == SLOW
    dana.ephemerals[-1].clicks("Put it back")
    form.submit()
    sam.opens_home()
    sam.sees(SLOW)


def test_what_went_with_its_touch_is_gone_from_home_when_it_is_pressed(dana: Person) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    dana.modal.submit()
    owed(dana)
    dana.ephemerals[-1].clicks("Undo")
    dana.clicks("Kept", beside=SLOW)
    dana.sees("That promise is not there any more.")
    assert dana.modal is not None
    dana.modal.close()
    assert dana.home is not None
    assert SLOW not in dana.home.text


def test_a_message_becomes_something_raised_by_its_author(
    world: World, dana: Person, sam: Person
) -> None:
    channel = world.slack.add_channel("sales", [sam, dana])
    note = sam.says("<@" + dana.id + "> quotes & offers take <four> days", channel=channel)
    dana.message_shortcut("They raised something", note)
    form = dana.modal
    assert form is not None
    assert form.value("Rep") == "Sam Stone"
    form.submit_twice()
    dana.sees("Noted. Sam Stone raised: “")
    assert len(dana.dm) == 1
    assert "quotes & offers take <four> days" in dana.dm[0].text
    sam.opens_home()
    sam.sees("quotes & offers take <four> days” · Dana Moss took it on, by Mon 30 Nov")


def test_a_long_message_says_that_its_rest_stays_in_the_message(
    world: World, dana: Person, sam: Person
) -> None:
    channel = world.slack.add_channel("sales", [sam, dana])
    dana.message_shortcut("They raised something", sam.says("x" * 700, channel=channel))
    form = dana.modal
    assert form is not None
    assert form.value("What they raised") == "x" * 500
    assert "The first 500 characters; the rest stays in the message." in form.text
    form.submit()
    dana.sees("Noted. Sam Stone raised")


def test_a_message_of_someone_else_asks_who_raised_it(world: World, dana: Person) -> None:
    tom = world.person("Tom Ash")
    channel = world.slack.add_channel("sales", [tom, dana])
    dana.message_shortcut("They raised something", tom.says(SLOW, channel=channel))
    form = dana.modal
    assert form is not None
    assert form.value("Rep") is None
    form.submit()
    assert form.errors == {"Rep": "Please complete this required field."}
    form.fill("Rep", "Lena Fox")
    form.submit()
    dana.sees(f"Noted. Lena Fox raised: “{SLOW}”")


def test_someone_without_a_team_is_told_how_to_have_one(world: World, sam: Person) -> None:
    channel = world.slack.add_channel("sales", [sam])
    sam.message_shortcut("They raised something", sam.says(SLOW, channel=channel))
    sam.sees("You have no team here yet.")


@pytest.mark.parametrize(
    ("how", "told", "shown"),
    [
        ("Kept", "Dana Moss has seen to it.", "closed today, Dana Moss has seen to it"),
        ("Drop", "Dana Moss is letting it go.", "closed today, Dana Moss let it go"),
        ("Hand over", "Lena Fox has it now.", "closed today, Lena Fox has it now"),
    ],
)
def test_the_rep_hears_what_became_of_it(
    world: World, dana: Person, sam: Person, how: str, told: str, shown: str
) -> None:
    promise(world, dana, sam, SLOW, raised=True)
    closed(dana, how)
    message = sam.sees(told)
    assert f"You raised: “{SLOW}”" in message.text
    assert "because you raised it" in message.text
    sam.opens_home()
    sam.sees(f"“{SLOW}” · {shown}")


def test_the_managers_words_why_reach_the_rep(world: World, dana: Person, sam: Person) -> None:
    promise(world, dana, sam, SLOW, raised=True)
    owed(dana)
    dana.picks("Drop", beside=SLOW)
    assert dana.modal is not None
    dana.sees("Sam Stone is told, with these words.")
    dana.modal.fill("A word why", "not before spring")
    dana.modal.submit_twice()
    sam.sees("Dana Moss is letting it go, and says why: “not before spring”")
    assert len(sam.dm) == 1


def test_opened_again_and_closed_again_the_rep_is_not_told_twice(
    world: World, dana: Person, sam: Person
) -> None:
    promise(world, dana, sam, SLOW, raised=True)
    closed(dana, "Kept")
    sam.sees("Dana Moss has seen to it.")
    dana.clicks("Open again", beside=SLOW)
    closed(dana, "Drop")
    dana.sees("Dropped today")
    assert len(sam.dm) == 1


@pytest.mark.parametrize("fault", [FaultKind.RATE_LIMITED, FaultKind.CUT_AFTER])
def test_a_telling_that_failed_is_told_once_in_the_end(
    world: World, dana: Person, sam: Person, fault: FaultKind
) -> None:
    """Slack took nothing: the next closing tells. The answer was lost: it may have arrived."""
    promise(world, dana, sam, SLOW, raised=True)
    world.slack.faults.add("chat.postMessage", fault, retry_after=1)
    closed(dana, "Kept")
    dana.sees("Kept today")
    world.slack.clock.advance(timedelta(minutes=1))
    dana.clicks("Open again", beside=SLOW)
    closed(dana, "Kept")
    dana.sees("Kept today")
    assert len(sam.dm) == 1


def test_what_is_closed_leaves_the_reps_page_after_thirty_days(
    world: World, dana: Person, sam: Person
) -> None:
    promise(world, dana, sam, SLOW, raised=True)
    closed(dana, "Kept")
    next_day(world, 30)
    sam.opens_home()
    sam.sees(f"“{SLOW}” · closed Mon 23 Nov, Dana Moss has seen to it")
    next_day(world)
    sam.opens_home()
    sam.sees_not(f"“{SLOW}” · closed")


def test_a_rep_who_left_slack_is_told_nothing(world: World, dana: Person, sam: Person) -> None:
    promise(world, dana, sam, SLOW, raised=True)
    gone = Profile(sam.id, sam.name, active=False)
    people.change(world.database, world.workspace_id, gone, world.slack.clock.now())
    dana.opens_home()
    dana.clicks("See them")
    dana.clicks("Kept", beside=SLOW)
    dana.sees("Nothing is left open")
    assert not [call for call in world.slack.calls if call.method == "chat.postMessage"]


def test_emptied_in_the_touch_it_is_let_go_of_openly_and_can_be_opened_again(
    dana: Person, sam: Person
) -> None:
    raise_after_a_touch(dana)
    assert dana.modal is not None
    dana.modal.submit()
    dana.picks("Edit")
    assert dana.modal is not None
    dana.modal.fill("They raised", "")
    dana.modal.submit()
    answer = dana.sees("Sam Stone reads that you let it go. Open again is on your Home.")
    assert f"Dropped today · Sam Stone: “{SLOW}”" in answer.text
    sam.sees("Dana Moss is letting it go. If it still matters to you, bring it up again.")
    sam.opens_home()
    sam.sees(f"“{SLOW}” · closed today, Dana Moss let it go")
    dana.opens_home()
    dana.clicks("Open again", beside=SLOW)
    sam.opens_home()
    sam.sees(f"“{SLOW}” · Dana Moss took it on, by Mon 30 Nov")
