"""A manager holds a strategy session, topic by topic, as a person would."""

from datetime import timedelta

import pytest

from bot.domain.sessions.topics import TopicEntry
from bot.domain.team.settings import Direction
from bot.services.sessions import topics
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")


def hold_with_raj(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    assert "Territory management plan" in modal(dana).text
    modal(dana).fill("Plan", "win the north: Northwind, Hooli")
    modal(dana).submit()
    assert "Key-account plan" in modal(dana).text
    modal(dana).fill("What changed", "Jo Lee moved to purchasing")
    modal(dana).fill("Next step", "meet Jo's successor by 11 Dec")
    modal(dana).submit()
    assert "Pipeline" in modal(dana).text
    modal(dana).fill("Next step", "me: ask finance about terms")
    modal(dana).submit()
    assert "Activity plan" in modal(dana).text
    modal(dana).submit()
    modal(dana).fill("Note for both of you", "good talk")
    modal(dana).submit()


def test_a_session_is_held_topic_by_topic_and_next_steps_become_promises(dana: Person) -> None:
    hold_with_raj(dana)
    assert modal(dana).title == "Private note"
    modal(dana).fill("Private note", "seems tired lately")
    modal(dana).submit()
    assert dana.modal is None
    dana.sees("Logged: strategy session with Raj Rao, today")
    dana.sees("You noted for Raj Rao: “meet Jo's successor”, by Fri 11 Dec")
    dana.sees("You told Raj Rao: “ask finance about terms”")
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    shown = modal(dana).text
    for words in ("win the north: Northwind, Hooli", "Jo Lee moved to purchasing", "good talk"):
        assert words in shown
    assert "Activity plan" not in shown
    assert "A private note of yours is with it" in shown
    assert "seems tired" not in shown


def test_the_next_session_begins_with_the_plan_and_last_times_words(
    world: World, dana: Person
) -> None:
    hold_with_raj(dana)
    world.slack.clock.advance(timedelta(days=14))
    dana.slash("/session @Raj Rao")
    assert modal(dana).value("Plan") == "win the north: Northwind, Hooli"
    modal(dana).submit()
    assert "Last time, Mon 23 Nov" in modal(dana).text
    assert "Jo Lee moved to purchasing" in modal(dana).text
    assert modal(dana).value("What changed") is None
    for _ in range(3):
        modal(dana).submit()
    modal(dana).submit()
    assert "A word about one of the topics" in str(modal(dana).errors)
    modal(dana).fill("Results, looking back", "two renewals came early")
    modal(dana).submit()
    dana.sees("Logged: strategy session with Raj Rao, today")
    dana.slash("/session @Raj Rao")
    assert modal(dana).value("Plan") == "win the north: Northwind, Hooli"


def test_what_was_written_down_is_there_after_the_modal_was_closed(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    modal(dana).submit()
    modal(dana).fill("What changed", "Jo moved on")
    modal(dana).fill("Progress", ["Worth a word next week"])
    modal(dana).fill("Next step", "me: call Hooli by Friday")
    modal(dana).close_all()
    dana.opens_home()
    dana.sees("Your strategy session with Raj Rao is half written down.")
    dana.clicks("Resume")
    assert "picked up where you left it" in modal(dana).text
    assert modal(dana).value("What changed") == "Jo moved on"
    assert modal(dana).value("Progress") == ["Worth a word next week"]
    assert modal(dana).value("Next step") == "me: call Hooli by Friday"
    modal(dana).clicks("Back")
    assert modal(dana).value("Plan") == "win the north"
    modal(dana).close_all()
    dana.slash("/session @Raj Rao")
    assert modal(dana).value("Plan") == "win the north"
    modal(dana).close_all()
    dana.opens_home()
    dana.clicks("Discard")
    dana.sees_not("half written down")


def test_back_keeps_what_the_step_holds(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    modal(dana).fill("What changed", "Jo moved on")
    modal(dana).clicks("Back")
    assert "Territory management plan" in modal(dana).text
    modal(dana).submit()
    assert modal(dana).value("What changed") == "Jo moved on"


@pytest.mark.slow
def test_a_session_is_changed_in_the_binder(dana: Person) -> None:
    hold_with_raj(dana)
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    dana.clicks("Edit")
    assert modal(dana).value("Plan") == "win the north: Northwind, Hooli"
    modal(dana).submit()
    assert modal(dana).value("Next step") == "meet Jo's successor, by Fri 11 Dec 2026"
    modal(dana).fill("Next step", "")
    modal(dana).submit()
    assert str(modal(dana).value("Next step")).startswith("me: ask finance about terms, by ")
    modal(dana).fill("What changed", "terms came back")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).submit()
    shown = modal(dana).text
    assert "terms came back" in shown
    assert "successor" not in shown
    dana.clicks("Edit")
    modal(dana).submit()
    assert modal(dana).value("Next step") is None
    modal(dana).fill("Next step", "meet the successor")
    for _ in range(4):
        modal(dana).submit()
    assert "You noted for Raj Rao: “meet the successor”" in modal(dana).text


def test_bad_input_keeps_the_form_and_what_was_typed(dana: Person) -> None:
    hold_with_raj(dana)
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Next step", "call Hooli by 20 Nov")
    modal(dana).submit()
    assert "One of the days is over" in str(modal(dana).errors)
    assert modal(dana).value("Next step") == "call Hooli by 20 Nov"
    for typed, said in (
        ("call Hooli by Tue 7 Dec", "another weekday"),
        ("call Hooli by 31 Feb", "no such day"),
        ("call Hooli by yesterday", "One of the days is over"),
    ):
        modal(dana).fill("Next step", typed)
        modal(dana).submit()
        assert said in modal(dana).errors["Next step"]
        assert modal(dana).value("Next step") == typed
    modal(dana).fill("Next step", "call Hooli by Friday")
    for _ in range(5):
        modal(dana).submit()
    assert "There is a session that day already" in str(modal(dana).errors)
    modal(dana).fill("When", "2026-11-24")
    modal(dana).submit()
    assert "still to come" in str(modal(dana).errors)
    modal(dana).fill("When", "2026-11-20")
    modal(dana).submit()
    dana.sees("Logged: strategy session with Raj Rao, Fri 20 Nov")


def test_a_plan_of_the_last_session_is_a_reason_and_names_its_source(
    world: World, dana: Person
) -> None:
    dana.slash("/session @Lena Fox")
    modal(dana).fill("Plan", "win the north")
    for _ in range(5):
        modal(dana).submit()
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/todo")
    dana.sees("Lena plans, under Territory management plan: “win the north”. Ask what would help.")
    dana.sees("From your session on Mon 23 Nov")
    dana.picks("Where it comes from", beside="Lena plans")
    assert "Strategy session with Lena Fox" in modal(dana).text


def test_progress_that_was_named_is_a_reason_to_say_so(world: World, dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("What changed", "two dormant accounts are buying again")
    modal(dana).fill("Progress", ["Worth a word next week"])
    modal(dana).close()
    dana.slash("/session @Raj Rao")
    assert modal(dana).value("Progress") == ["Worth a word next week"]
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close()
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/todo")
    said = "Raj moved ahead, under Territory management plan: “two dormant accounts are buying"
    dana.sees(f"{said} again”. Say you noticed.")
    dana.sees("From your session on Mon 23 Nov")


def test_undo_and_put_back(dana: Person) -> None:
    hold_with_raj(dana)
    dana.clicks("Undo")
    dana.sees("Taken back: strategy session with Raj Rao")
    dana.clicks("Put it back")
    dana.sees("Logged: strategy session with Raj Rao, today")


def test_words_after_the_command_are_answered(world: World, dana: Person) -> None:
    dana.slash("/session help")
    dana.sees("/session @rep opens the form")
    dana.slash("/session soon")
    dana.sees("A strategy session has a form of its own")
    dana.slash("/session")
    modal(dana).fill("Rep", "Lena Fox")
    modal(dana).submit()
    assert "Lena Fox · 1 of 5" in modal(dana).text
    modal(dana).close_all()
    world.person("Tom Ash")
    dana.slash("/session @Tom Ash")
    dana.sees("Tom Ash is not on your team.")
    dana.slash("/session @Dana Moss")
    dana.sees("That is you.")


def test_a_rep_reads_nothing_of_a_session_that_was_not_shared(dana: Person, raj: Person) -> None:
    hold_with_raj(dana)
    raj.opens_home()
    raj.sees("Next strategy session")
    for words in ("meet Jo's successor", "win the north", "purchasing", "good talk"):
        raj.sees_not(words)
    raj.slash("/session @Dana Moss")
    raj.sees_not("Territory")
    raj.slash("/session")
    raj.sees("That is for a rep's manager alone.")


@pytest.mark.slow
def test_the_manager_changes_the_topics_and_an_old_session_keeps_its_own(
    world: World, dana: Person
) -> None:
    hold_with_raj(dana)
    dana.slash("/session topics")
    assert "45 minutes together" in modal(dana).text
    dana.picks("Retire", beside="Pipeline")
    assert "Pipeline" not in modal(dana).text
    modal(dana).clicks("Add a topic")
    modal(dana).fill("Title", "Key-account plan")
    modal(dana).submit()
    assert "A topic of that title is there already" in str(modal(dana).errors)
    modal(dana).fill("Title", "Learning")
    modal(dana).fill("It looks", "Looking back")
    modal(dana).fill("Minutes", "5")
    modal(dana).submit()
    assert "4 · Learning · 5 min · looking back" in modal(dana).text
    dana.picks("Earlier", beside="Learning")
    assert "3 · Learning" in modal(dana).text
    dana.picks("Edit", beside="Territory management plan")
    modal(dana).fill("Title", "Territory")
    modal(dana).submit()
    assert "1 · Territory ·" in modal(dana).text
    modal(dana).close()
    world.slack.clock.advance(timedelta(days=14))
    dana.slash("/session @Raj Rao")
    assert "1 of 5" in modal(dana).text
    assert "Territory" in modal(dana).text
    assert modal(dana).value("Plan") == "win the north: Northwind, Hooli"
    modal(dana).close_all()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    assert "Pipeline" in modal(dana).text
    assert "Territory management plan" in modal(dana).text


def test_a_topic_retired_while_a_form_is_open_changes_nothing_in_it(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    modal(dana).fill("What changed", "Jo moved on")
    modal(dana).clicks("Back")
    modal(dana).close_all()
    dana.slash("/session topics")
    dana.picks("Retire", beside="Key-account plan")
    modal(dana).close()
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    assert modal(dana).value("What changed") == "Jo moved on"


def test_the_last_topic_stays(dana: Person) -> None:
    dana.slash("/session topics")
    for title in ("Pipeline", "Activity plan", "Key-account plan"):
        dana.picks("Retire", beside=title)
    dana.picks("Retire", beside="Territory")
    dana.sees("A session needs a topic.")


def test_a_form_of_a_topic_sent_again_changes_the_topic_it_added(
    world: World, dana: Person
) -> None:
    for title in ("Lerning", "Learning"):
        entry = TopicEntry(title, "Why?", Direction.FORWARD, 5)
        topics.save(world.database, world.actor(dana), "", entry, "form")
    dana.slash("/session topics")
    assert "Lerning" not in modal(dana).text
    assert modal(dana).text.count("Learning") == 1


@pytest.mark.slow
def test_twelve_full_topics_stay_within_slacks_limits(world: World, dana: Person) -> None:
    full = "x" * 3000
    for number in range(8):
        entry = TopicEntry(f"Topic {number}", "Why?", Direction.FORWARD, 5)
        topics.save(world.database, world.actor(dana), "", entry, f"form {number}")
    dana.slash("/session topics")
    assert "Add a topic" not in modal(dana).text
    modal(dana).close()
    dana.slash("/session @Raj Rao")
    for _ in range(12):
        modal(dana).fill("Plan", full)
        modal(dana).fill("What changed", full)
        modal(dana).fill("Next step", "y" * 500)
        modal(dana).submit()
    modal(dana).fill("Results, looking back", full)
    modal(dana).fill("Note for both of you", full)
    modal(dana).submit()
    dana.clicks("Preview as Raj Rao")
    assert full in modal(dana).text
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    assert full in modal(dana).text
    modal(dana).close_all()
    world.slack.clock.advance(timedelta(days=13, hours=23))
    world.heart.beat(world.slack.clock.now())
    dana.sees("More stands in the form.")
    assert any("You get this once, the working day before" in one.text for one in dana.dm)
