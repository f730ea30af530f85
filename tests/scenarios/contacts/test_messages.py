"""What a plain message holds, and what becomes of it: more made of it in turn, edited, deleted,
forwarded, with a file."""

import pytest

from bot.screens.team.people import ensure_profiles
from slack_sandbox import Person
from slack_sandbox.screens import Message
from tests.scenarios.conftest import World
from tests.scenarios.contacts.test_notes import answers, notes_of, written
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import everything_sent, hand_over_team, happens

pytestmark = pytest.mark.reps("sam", "lena")

SECRET = "thinks of leaving in spring"
KEPT = "Kept as a note, for you alone."


def labels(message: Message) -> list[str]:
    buttons = [block for block in message.raw["blocks"] if block["type"] == "actions"]
    return [one["text"]["text"] for block in buttons for one in block["elements"]]


def test_more_is_made_of_it_in_turn_with_whom_and_when_the_words_name(
    dana: Person, lena: Person
) -> None:
    dana.says("Acme: Jo Lee, wants a trial\nVisit with Lena on Friday, quote by Wednesday")
    answer = answers(dana)[0]
    assert labels(answer) == ["Contact", "Field day", "Promise", "Keep as note"]
    answer.clicks("Contact")
    form = modal(dana)
    assert (form.value("Rep"), form.value("When")) == ("Lena Fox", "2026-11-20")
    form.submit()
    dana.sees("Your note stays, for you alone.")
    dana.sees("Logged: contact with Lena Fox, Fri 20 Nov.")
    assert labels(answer) == ["Field day", "Promise", "Keep as note"]
    answer.clicks("Promise")
    form = modal(dana)
    assert (form.value("Rep"), form.value("By")) == ("Lena Fox", "2026-11-25")
    form.fill("What", "the quote")
    form.submit()
    dana.sees("Your note stays, for you alone.")
    dana.sees("You told Lena Fox: “the quote”, by Wed 25 Nov.")
    assert labels(answer) == ["Field day", "Keep as note"]
    answer.clicks("Field day")
    form = modal(dana)
    assert (form.value("Rep"), form.value("When")) == ("Lena Fox", "2026-11-20")
    assert form.value("Visits") == "Acme: Jo Lee, wants a trial"
    assert "Visit with Lena on Friday, quote by Wednesday" in form.text
    form.submit()
    modal(dana).close()
    assert labels(answer) == ["Delete note"]
    assert "Logged: field day with Lena Fox, Fri 20 Nov" in answer.text
    assert "Logged: contact with Lena Fox" in answer.text
    lena.opens_home()
    lena.sees("the quote")
    lena.sees_not("Jo Lee")
    assert "Acme: Jo Lee" in notes_of(dana)


def test_keep_as_note_comes_after_something_was_made_too(dana: Person) -> None:
    dana.says("Sam asked for a demo")
    dana.clicks("Contact")
    modal(dana).submit()
    answer = answers(dana)[0]
    answer.clicks("Keep as note")
    assert labels(answer) == ["Delete note"]
    assert "Logged: contact with Sam Stone, today" in answer.text
    answer.clicks("Delete note")
    answer.clicks("Put it back")
    assert labels(answer) == ["Field day", "Promise", "Keep as note"]


def test_an_edit_changes_the_note_and_offers_the_rest(world: World, dana: Person) -> None:
    message = dana.says("Sam asked for a demo")
    answer = answers(dana)[0]
    answer.clicks("Contact")
    modal(dana).fill("They raised", "the demo is slow")
    modal(dana).submit()
    answer.clicks("Promise")
    modal(dana).submit()
    dana.edits(message, "Sam asked for two demos")
    assert len(answers(dana)) == 1
    assert "You changed the words, and your note with them." in answer.text
    assert "Change the contact with Sam Stone too?" in answer.text
    assert "Change the promise with Sam Stone too?" in answer.text
    assert "two demos" in notes_of(dana)
    dana.slash("/binder @Sam Stone")
    assert "two demos" not in modal(dana).text
    modal(dana).close()
    answer.clicks("Change it", beside="contact")
    form = modal(dana)
    assert form.value("About") == "Sam asked for two demos"
    assert form.value("They raised") == "the demo is slow"
    form.submit()
    dana.slash("/binder @Sam Stone")
    assert modal(dana).text.count("two demos") == 1
    modal(dana).close()
    dana.edits(message, "Sam asked for three demos")
    answer.clicks("Change it", beside="promise")
    assert modal(dana).value("What") == "Sam asked for three demos"
    modal(dana).submit()
    dana.sees("You told Sam Stone: “Sam asked for three demos”")
    dana.edits(message, "Sam asked for no demo")
    answer.clicks("Leave it", beside="Change the contact")
    assert "Change the" not in answer.text
    assert "three demos" in answer.text
    assert "no demo" not in everything_sent(world)
    assert "no demo" in notes_of(dana)


def test_what_is_typed_in_the_field_day_is_there_again(dana: Person) -> None:
    dana.says("With Sam at customers\nAcme: Jo Lee, wants a trial")
    dana.clicks("Field day")
    modal(dana).fill("Visits", "Acme: Jo Lee, wants two")
    modal(dana).close()
    dana.clicks("Field day")
    assert modal(dana).value("Visits") == "Acme: Jo Lee, wants two"
    modal(dana).submit()
    modal(dana).close()
    assert "Logged: field day with Sam Stone" in answers(dana)[0].text


def test_an_edited_field_day_is_offered_the_words_where_they_belong(dana: Person) -> None:
    message = dana.says("With Sam at customers\nAcme: Jo Lee, wants a trial")
    dana.clicks("Field day")
    modal(dana).submit()
    modal(dana).close()
    answer = answers(dana)[0]
    dana.edits(message, "With Sam at customers\nAcme: Jo Lee, bought\nHooli: Kim")
    answer.clicks("Change it")
    form = modal(dana)
    assert form.value("Visits") == "Acme: Jo Lee, bought\nHooli: Kim"
    form.submit()
    assert "Change the" not in answer.text
    assert "Logged: field day with Sam Stone" in answer.text


def test_what_is_no_edit_changes_nothing(world: World, dana: Person) -> None:
    message = dana.says("see https://example.com")
    answer = answers(dana)[0]
    before = answer.text
    dana.sees_unfold(message, "Acme")
    assert answer.text == before
    dana.edits(message, "see https://example.com")
    assert answer.text == before
    world.slack.faults.deliver_twice()
    dana.edits(message, "see https://example.com today")
    assert answer.text.count("You changed the words") == 1
    dana.sees_unfold(message, "Acme")
    assert "example.com today" in notes_of(dana)
    assert len(answers(dana)) == 1


def test_a_word_that_asked_for_something_becomes_a_note_by_its_edit(
    world: World, dana: Person, sam: Person
) -> None:
    message = dana.says("help")
    dana.edits(message, "help Sam with the demo")
    dana.sees(KEPT)
    assert "help Sam with the demo" in notes_of(dana)
    dana.edits(message, "help")
    assert len(answers(dana)) == 2
    greeted = dana.says("hello")
    dana.edits(greeted, "todo")
    assert "Open the list" in answers(dana)[-1].text
    theirs = sam.says(SECRET)
    told = len(answers(sam))
    sam.edits(theirs, f"{SECRET} or summer")
    assert len(answers(sam)) == told
    # Of one that was written long ago, before Windshield heard of it.
    old = written(dana, SECRET, ts="1700000000.000100")
    changed = {"edited": {"user": dana.id, "ts": "1795000000.000000"}, **old}
    event = {
        "type": "message",
        "subtype": "message_changed",
        "channel_type": "im",
        "channel": old["channel"],
        "message": changed,
        "previous_message": {**old, "text": "before"},
        "ts": "1795000000.000200",
    }
    assert happens(world, event).status == 200
    assert SECRET in notes_of(dana)


def test_a_message_that_is_deleted_leaves_its_note(dana: Person) -> None:
    message = dana.says(SECRET)
    answer = answers(dana)[0]
    dana.deletes(message)
    assert "The message is deleted; the note stays, for you alone." in answer.text
    assert labels(answer) == ["Delete note"]
    assert SECRET in notes_of(dana)
    answer.clicks("Delete note")
    assert notes_of(dana) == ""
    threaded = dana.says("another")
    dana.says("a reply", under=threaded)
    dana.deletes(threaded)
    assert "The message is deleted" in answers(dana)[1].text
    dana.deletes(dana.says("help"))
    assert len(answers(dana)) == 4


def test_what_is_forwarded_is_taken_with_its_words(world: World, dana: Person, sam: Person) -> None:
    channel = world.slack.add_channel("emea-sales", [dana, sam])
    said = sam.says("Hooli asked about <terms> & prices", channel)
    dana.forwards(said)
    dana.sees(KEPT)
    dana.forwards(said, "for Lena")
    dana.opens_home()
    dana.clicks("Your notes (2)")
    dana.clicks("Open", beside="for Lena")
    assert "for Lena\n\nSam Stone:\nHooli asked about <terms> & prices" in modal(dana).text
    assert "the message" in modal(dana).text
    modal(dana).close_all()
    answers(dana)[-1].clicks("Contact")
    assert "Hooli asked about" in modal(dana).value("About")
    modal(dana).close()


def test_what_an_app_posts_for_a_manager_is_theirs(world: World, dana: Person) -> None:
    dana.says("help")
    table = {"type": "data_table", "rows": []}
    picture = {"type": "image", "image_url": "https://x.y/z.png", "alt_text": "a chart"}
    section = {"type": "section", "text": {"type": "mrkdwn", "text": f"*{SECRET}*"}}
    posted = written(dana, "", bot_id="B1", app_id="A1", blocks=[section, picture, table])
    happens(world, posted)
    dana.sees(f"{KEPT} Not taken: a picture and a part that only Slack can show.")
    assert SECRET in notes_of(dana)


def test_the_link_of_a_file_is_kept_with_the_entry_for_its_sender(
    world: World, dana: Person
) -> None:
    dana.sends("prices.pdf", "Sam sent the new prices")
    dana.sees(f"{KEPT} With the link to a file.")
    dana.clicks("Contact")
    modal(dana).submit()
    dana.clicks("Open contact")
    dana.sees("File: prices.pdf")
    assert "/prices.pdf" in str(modal(dana).raw)
    modal(dana).close()
    dana.opens_home()
    dana.clicks("Your notes (1)")
    dana.clicks("Open")
    dana.sees("File: prices.pdf")
    modal(dana).close_all()
    kim = world.person("Kim Ito")
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    hand_over_team(world, dana, kim)
    kim.slash("/binder @Sam Stone")
    kim.picks("Open")
    kim.sees("Something was sent with it, a file or a clip; its link is for who sent it alone.")
    assert "prices.pdf" not in str(modal(kim).raw)


def test_a_voice_clip_is_kept_with_what_slack_heard_in_it(dana: Person) -> None:
    dana.sends("clip.m4a", clip="audio", heard="Sam wants to lead the demo")
    dana.sees(f"{KEPT} With the link to a voice clip.")
    dana.clicks("Contact")
    assert modal(dana).value("Rep") == "Sam Stone"
    assert modal(dana).value("About") == "Voice clip: Sam wants to lead the demo"
    modal(dana).close()
    dana.sends("clip.m4a", clip="audio")
    answers(dana)[-1].clicks("Promise")
    modal(dana).close()
    assert "a voice clip" in notes_of(dana)
    dana.sends("theirs.pdf", from_elsewhere=True)
    dana.sees("I could not take a file, so nothing was kept.")
    dana.sends("theirs.pdf", "from Acme", from_elsewhere=True)
    dana.sees(f"{KEPT} Not taken: a file.")


def test_words_that_ask_for_something_are_answered_as_what_they_are(
    dana: Person, sam: Person
) -> None:
    for word, answer in (
        (" *Help*! ", "Write to me, and I keep it as a private note"),
        ("todo", "Your list of this week:"),
        ("Good morning!", "Hello. Write to me as it comes"),
    ):
        dana.says(word)
        assert answer in answers(dana)[-1].text
    dana.clicks("Open the list")
    assert notes_of(dana) == ""
    sam.says("help")
    assert "/touch" not in answers(sam)[-1].text
    dana.says("hello Sam asked for a demo")
    dana.sees(KEPT)
