"""Plain messages to Windshield: kept for their author alone, and made more of."""

import re
from datetime import timedelta
from typing import Any

import pytest

from slack_sandbox import FaultKind, Person
from slack_sandbox.emoji import shortcodes
from slack_sandbox.screens import Message
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import everything_sent, happens, held, presses_copy

pytestmark = pytest.mark.reps("sam", "lena")

SECRET = "thinks of leaving in spring"
KEPT = "Kept as a note, for you alone."


def answers(person: Person) -> list[Message]:
    """What Windshield wrote to that person."""
    return [message for message in person.dm if message.raw["user"] != person.id]


def notes_of(person: Person) -> str:
    """The list of notes, as App Home opens it."""
    person.opens_home()
    assert person.home is not None
    found = re.search(r"\[(Your notes \(\d+\))\]", person.home.text)
    if found is None:
        return ""
    person.home.clicks(found[1])
    shown = modal(person).text
    modal(person).close()
    return shown


def written(person: Person, text: str = SECRET, **more: Any) -> dict[str, Any]:
    """The event of a message that the sandbox has no way to write."""
    return {
        "type": "message",
        "channel_type": "im",
        "channel": person.dm[0].channel if person.dm else "",
        "user": person.id,
        "text": text,
        "ts": "1795000000.000100",
        **more,
    }


def test_a_message_is_kept_word_for_word_and_the_answer_says_nothing_of_it(
    world: World, dana: Person
) -> None:
    typed = f"  *Raj* {SECRET} & <b> :tada: `x` _y_\nsecond line 🎉 שלום"
    dana.says(typed)
    dana.sees(KEPT)
    assert SECRET not in everything_sent(world)
    dana.opens_home()
    dana.clicks("Your notes (1)")
    dana.clicks("Open")
    about = [b["text"] for b in modal(dana).raw["blocks"] if b["type"] == "section"]
    # Slack writes the emoji as its name before we get it.
    assert about == [{"type": "plain_text", "text": shortcodes(typed), "emoji": True}]


def test_a_note_becomes_a_contact_on_the_day_that_was_picked(dana: Person) -> None:
    dana.says("Met @Sam Stone at Northwind, wants to lead the demo")
    dana.picks("2026-11-20")
    dana.clicks("Contact")
    form = modal(dana)
    assert form.value("Rep") == "Sam Stone"
    assert form.value("When") == "2026-11-20"
    assert form.value("About") == "Met @Sam Stone at Northwind, wants to lead the demo"
    dana.sees("a later manager and exports show it. Your note itself stays private.")
    form.fill("Channel", "In person")
    form.submit_twice()
    dana.sees("Your note stays, for you alone.")
    dana.sees("Logged: in person with Sam Stone, Fri 20 Nov.")
    assert len(answers(dana)) == 1
    dana.clicks("Open contact")
    dana.sees("In person with Sam Stone, Fri 20 Nov")
    modal(dana).close()
    dana.slash("/binder @Sam Stone")
    assert modal(dana).text.count("Northwind") == 1
    modal(dana).close()
    assert "Met @Sam Stone at Northwind" in notes_of(dana)


def test_nobody_is_guessed_where_two_or_none_are_named(dana: Person) -> None:
    for text in ("call somebody", "@Sam Stone and @Lena Fox on the price", "tell @Dana Moss"):
        dana.says(text)
        answers(dana)[-1].clicks("Contact")
        assert modal(dana).value("Rep") is None
        modal(dana).close()


def test_the_day_offered_is_the_one_on_the_managers_wall(world: World) -> None:
    kim = world.person("Kim Ito", tz="Pacific/Auckland")
    world.team(kim, world.person("Tom Ash"))
    world.slack.clock.advance(timedelta(hours=8))
    kim.says("a good call")
    kim.clicks("Contact")
    assert modal(kim).value("When") == "2026-11-24"


def test_a_note_becomes_a_promise(dana: Person, sam: Person) -> None:
    dana.says("@Sam Stone gets the price sheet")
    dana.clicks("Promise")
    dana.sees("The rep sees these words on their page. Your note itself stays private.")
    assert modal(dana).value("Rep") == "Sam Stone"
    modal(dana).fill("What", "the price sheet")
    modal(dana).submit_twice()
    dana.sees("Your note stays, for you alone.")
    dana.sees("You told Sam Stone: “the price sheet”, by Mon 30 Nov.")
    sam.opens_home()
    sam.sees("the price sheet")
    assert "gets" not in sam.screen()


def test_it_stays_a_note_or_goes_and_comes_back(dana: Person) -> None:
    dana.says(SECRET)
    dana.clicks("Keep as note")
    answer = answers(dana)[0]
    assert answer.text == f"{KEPT}\n[Delete note]"
    answer.clicks("Delete note")
    assert answer.text == "Note deleted.\n[Put it back]"
    assert notes_of(dana) == ""
    answer.clicks("Put it back")
    assert SECRET in notes_of(dana)


def test_the_same_event_twice_is_one_note_and_one_answer(world: World, dana: Person) -> None:
    world.slack.faults.deliver_twice()
    dana.says(SECRET)
    dana.sees(KEPT)
    assert len(answers(dana)) == 1
    assert notes_of(dana).count(SECRET) == 1


def test_the_same_words_said_twice_are_two_notes(dana: Person) -> None:
    dana.says(SECRET)
    dana.says(SECRET)
    assert notes_of(dana).count(SECRET) == 2


def test_while_the_database_is_away_slack_tells_it_again(world: World, dana: Person) -> None:
    world.forgiven.add("ack.late")
    with held(world, "note", "team", "person"):
        dana.says(SECRET)
        assert answers(dana) == []
    dana.sees(KEPT, timeout=15)
    assert len(answers(dana)) == 1
    assert notes_of(dana).count(SECRET) == 1


def test_what_cannot_be_kept_at_all_is_said(world: World, dana: Person) -> None:
    dana.says("help")
    event = written(dana)
    with held(world, "note", "team", "person"):
        for retry in range(3):
            assert happens(world, event, retry).status == 503
        assert len(answers(dana)) == 1
        assert happens(world, event, 3).status == 200
    dana.sees("Your message could not be kept: the database did not answer. It stands here above")
    assert SECRET not in everything_sent(world)


def test_a_rep_is_told_kindly_and_nothing_is_kept(world: World, dana: Person, sam: Person) -> None:
    sam.says(SECRET)
    sam.sees("What you write here is not kept, and Dana Moss reads none of it until you press.")
    stranger = world.person("Ola Berg")
    stranger.says(SECRET)
    stranger.sees("/team sets up your team; it takes a minute.")
    with world.database.engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM note").scalar() == 0
    assert notes_of(dana) == ""


@pytest.mark.parametrize(
    "more",
    [
        {"subtype": "message_changed", "user": "", "message": {"text": SECRET, "ts": "1.1"}},
        {"subtype": "message_deleted"},
        {"subtype": "bot_message", "bot_id": "B1"},
        {"bot_id": "B1", "user": "U0BOT"},
        {"subtype": "channel_join"},
        {"channel_type": "channel"},
    ],
    ids=lambda more: str(more.get("subtype", next(iter(more)))),
)
def test_only_what_people_write_is_kept(world: World, dana: Person, more: dict[str, Any]) -> None:
    dana.says("help")
    assert happens(world, written(dana, **more)).status == 200
    assert len(answers(dana)) == 1
    assert notes_of(dana) == ""


def test_a_reply_in_a_thread_is_kept_too(world: World, dana: Person) -> None:
    dana.says("help")
    happens(world, written(dana, thread_ts=dana.dm[0].ts))
    assert SECRET in notes_of(dana)


@pytest.mark.slow
def test_a_very_long_message_is_kept_whole(dana: Person) -> None:
    whole = "".join(f"line {number} äöü\n" for number in range(2600))[:40_000].strip()
    dana.says(whole)
    dana.clicks("Contact")
    assert modal(dana).value("About") == whole[:3000]
    dana.sees("Only its first 3,000 characters fit in here.")
    modal(dana).close()
    dana.clicks("Promise")
    assert modal(dana).value("What") == whole[:500]
    modal(dana).close()
    dana.opens_home()
    dana.clicks("Your notes (1)")
    dana.clicks("Open")
    shown = [b["text"]["text"] for b in modal(dana).raw["blocks"] if b["type"] == "section"]
    assert "".join(shown) == whole


def test_someone_slack_is_slow_about_does_not_hold_up_the_words(world: World, dana: Person) -> None:
    world.person("Nia New")
    world.slack.faults.add("users.info", FaultKind.SERVER_ERROR)
    dana.says("met @Nia New today")
    dana.sees(KEPT)
    dana.says("met @Nia New again")
    shown = notes_of(dana)
    assert "met @U" in shown
    assert "met @Nia New again" in shown


def test_an_answer_that_slack_does_not_take_leaves_the_note(world: World, dana: Person) -> None:
    world.slack.faults.add("chat.postMessage", FaultKind.SERVER_ERROR)
    dana.says(SECRET)
    assert answers(dana) == []
    assert notes_of(dana).count(SECRET) == 1


def test_a_form_sent_an_hour_later_still_changes_the_answer(world: World, dana: Person) -> None:
    dana.says("@Sam Stone had a good day")
    dana.clicks("Contact")
    world.forgiven.add("response_url.expired")
    world.slack.clock.advance(timedelta(hours=1))
    modal(dana).submit()
    dana.sees("Logged: contact with Sam Stone, today.")
    assert len(answers(dana)) == 1


def test_a_day_to_come_keeps_the_form_open(dana: Person) -> None:
    dana.says("@Sam Stone had a good day")
    dana.picks("2026-11-24")
    dana.clicks("Contact")
    modal(dana).submit()
    assert modal(dana).errors == {
        "When": "That day is still to come. Pick today or an earlier day."
    }
    assert modal(dana).value("About") == "@Sam Stone had a good day"
    modal(dana).fill("When", "2026-11-23")
    modal(dana).submit()
    dana.sees("Logged: contact with Sam Stone, today.")


def test_the_list_is_paged_and_a_note_goes_and_comes_back_in_it(world: World, dana: Person) -> None:
    for number in range(24):
        happens(world, written(dana, f"number {number}.", ts=f"{1795000000 + number}.000100"))
    dana.opens_home()
    dana.clicks("Your notes (24)")
    dana.sees("number 4.")
    assert "number 3." not in modal(dana).text
    dana.clicks("Older")
    assert "number 4." not in modal(dana).text
    dana.clicks("Open", beside="number 2.")
    dana.clicks("Delete note")
    dana.sees("Deleted.")
    modal(dana).close()
    assert "number 2." not in modal(dana).text
    dana.clicks("Open", beside="number 3.")
    dana.clicks("Delete note")
    dana.clicks("Put it back")
    modal(dana).close()
    dana.sees("number 3.")
    dana.clicks("Newest")
    dana.sees("number 23.")
    modal(dana).close()
    dana.sees("Your notes (23)")


def test_a_note_is_nobody_elses_whoever_presses(world: World, dana: Person) -> None:
    kim = world.person("Kim Ito")
    world.team(kim, world.person("Tom Ash"))
    dana.says(SECRET)
    for label in ("Contact", "Promise", "Keep as note"):
        presses_copy(kim, answers(dana)[0], label)
    assert kim.modal is None
    answers(dana)[0].clicks("Keep as note")
    presses_copy(kim, answers(dana)[0], "Delete note")
    kim.sees("That is not there any more.")
    assert SECRET in notes_of(dana)
    assert SECRET not in str([message.raw for message in kim.ephemerals])
