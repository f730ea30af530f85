"""A manager logs impromptu contact, as a person would."""

import pytest

from bot.services import home
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("sam", "lena")


def test_one_line_logs_a_touch_and_undo_takes_it_back(dana: Person) -> None:
    dana.slash("/touch @Sam Stone call yesterday about the Acme renewal, sent the price sheet")
    dana.sees("Logged: call with Sam Stone, yesterday · about the Acme renewal, sent the price")
    dana.clicks("Undo")
    dana.sees("Taken back: call with Sam Stone")
    dana.sees_not("Logged:")
    dana.clicks("Put it back")
    dana.sees("Logged: call with Sam Stone, yesterday")


def test_help_shows_the_right_words(dana: Person) -> None:
    dana.slash("/touch help")
    dana.sees("/touch @rep call yesterday about the Acme renewal")
    assert dana.modal is None


def test_a_line_nobody_understands_is_given_back_to_use_again(dana: Person) -> None:
    dana.slash("/touch call Sam about <the> *Acme* renewal")
    dana.sees("Who was it with? Type /touch @ and pick a person from the list.")
    dana.sees("call Sam about <the> *Acme* renewal")
    dana.slash("/touch @Sam Stone call 2026-02-30 about Acme")
    dana.sees("2026-02-30 is not a day of the calendar; nothing was logged.")
    dana.slash(f"/touch @Sam Stone {'x' * 3001}")
    dana.sees("That is more than 3,000 characters, so nothing was logged.")
    dana.sees_not("Logged")


def test_the_form_opens_on_the_rep_and_today(dana: Person) -> None:
    dana.slash("/touch @Lena Fox")
    assert modal(dana).value("Rep") == "Lena Fox"
    assert modal(dana).value("When") == "2026-11-23"
    modal(dana).fill("Channel", "In person")
    modal(dana).fill("When", "2026-11-20")
    modal(dana).fill("About", "the Hooli pipeline, over lunch")
    modal(dana).submit()
    dana.sees("Logged: in person with Lena Fox, Fri 20 Nov · the Hooli pipeline, over lunch")
    assert dana.dm == []


def test_what_they_raised_in_the_form_is_taken_on_and_goes_with_undo(
    world: World, dana: Person
) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("They raised", "quotes take four days")
    modal(dana).submit()
    dana.sees("Sam Stone raised: “quotes take four days”. You took it on, by Mon 30 Nov.")

    def open_promises() -> int:
        facts = home.home(world.database, world.actor(dana), world.slack.clock.now())
        assert facts.manager is not None
        return len(facts.manager.promises)

    assert open_promises() == 1
    dana.clicks("Undo")
    dana.sees("Taken back")
    assert open_promises() == 0
    dana.clicks("Put it back")
    dana.sees("Sam Stone raised: “quotes take four days”")
    assert open_promises() == 1


def test_a_shortcut_confirms_in_the_direct_message(dana: Person) -> None:
    dana.shortcut("Log a touch")
    assert modal(dana).value("Rep") is None
    modal(dana).submit()
    assert modal(dana).errors == {"Rep": "Please complete this required field."}
    modal(dana).fill("Rep", "Sam Stone")
    modal(dana).submit()
    assert "Logged: contact with Sam Stone, today" in dana.dm[-1].text
    assert "Sam" in dana.dm[-1].raw["text"]
    dana.clicks("Undo")
    assert "Taken back" in dana.dm[-1].text
    assert len(dana.dm) == 1


def test_a_line_typed_in_a_channel_is_answered_there_for_the_manager_alone(
    world: World, dana: Person
) -> None:
    lena = world.person("Ada Ek")
    channel = world.slack.add_channel("emea-sales", [dana, lena])
    dana.slash("/touch @Sam Stone call", channel)
    dana.sees("Logged: call with Sam Stone, today")
    assert dana.channel_messages(channel) == []
    lena.sees_not("Logged")


def test_an_edit_changes_the_answer_in_place_as_often_as_wanted(dana: Person) -> None:
    dana.slash("/touch @Sam Stone call about the Acme renewal")
    for channel in ("Video", "Email", "Chat"):
        dana.picks("Edit")
        assert modal(dana).value("About") == "about the Acme renewal"
        modal(dana).fill("Channel", channel)
        modal(dana).submit()
    dana.sees("Logged: chat with Sam Stone, today · about the Acme renewal")
    assert len(dana.ephemerals) == 1


def test_an_edit_passes_it_to_another_rep_and_not_what_the_first_raised(dana: Person) -> None:
    dana.slash("/touch @Sam Stone")
    modal(dana).fill("They raised", "quotes take four days")
    modal(dana).submit()
    dana.picks("Edit")
    modal(dana).fill("Rep", "Lena Fox")
    modal(dana).submit()
    dana.sees("Logged: contact with Lena Fox, today")
    dana.sees("Sam Stone keeps what Sam Stone raised: “quotes take four days”.")
    dana.slash("/binder @Lena Fox")
    assert "contact" in modal(dana).text
    assert "Open: " not in modal(dana).text
    assert "quotes" not in modal(dana).text
    modal(dana).close()
    dana.slash("/binder @Sam Stone")
    modal(dana).clicks("See")
    assert "“quotes take four days”" in modal(dana).text


def test_the_day_is_the_one_on_the_managers_wall(world: World) -> None:
    manager = world.person("Kim Ito", tz="Pacific/Honolulu")
    world.team(manager, world.person("Tom Ash", tz="Pacific/Auckland"))
    manager.slash("/touch @Tom Ash")
    assert modal(manager).value("When") == "2026-11-22"
    modal(manager).close()
    manager.slash("/touch @Tom Ash call 2026-11-23")
    manager.sees("2026-11-23 is still to come, so nothing was logged.")


def test_a_stranger_is_added_and_what_was_typed_is_logged(world: World, dana: Person) -> None:
    world.person("Tom Ash")
    dana.slash("/touch @Tom Ash call yesterday about Hooli")
    dana.sees("Tom Ash is not on your team. Nothing was logged yet.")
    dana.clicks("Add to my team")
    dana.sees("Tom Ash is on your team now. Logged: call with Tom Ash, yesterday · about Hooli")
    dana.slash("/touch @Dana Moss call")
    dana.sees("That is you. Pick one of your reps.")


def test_a_manager_without_a_team_is_shown_how_to_set_one_up(world: World) -> None:
    stranger = world.person("Ola Berg")
    world.person("Sam Stone")
    for line in ("/touch", "/touch @Sam Stone", "/touch @Sam Stone call"):
        stranger.slash(line)
        stranger.sees("You have no team here yet. /team sets one up; it takes a minute.")
    stranger.shortcut("Log a touch")
    stranger.sees("You have no team here yet.")
