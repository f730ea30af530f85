"""A manager writes down a day with a rep at customers, as a person would."""

from datetime import timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")


def log_with_raj(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    form = modal(dana)
    form.fill("Visits", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli")
    form.fill("One focus", "ask for the <next> step & date")
    form.fill("They will", "lead the Northwind demo")
    form.fill("You will", "send the trial terms")
    form.clicks("More")
    form.fill("One strength", "listens first")
    form.fill("They will, by", "2026-11-27")
    form.fill("You will, by", "2026-11-27")
    form.submit()


def test_a_field_day_is_logged_in_one_form_and_becomes_promises(dana: Person) -> None:
    log_with_raj(dana)
    dana.sees("Logged: field day with Raj Rao, today")
    dana.sees("You noted for Raj Rao: “lead the Northwind demo”, by Fri 27 Nov")
    dana.sees("You told Raj Rao: “send the trial terms”, by Fri 27 Nov")
    dana.clicks("Undo")
    dana.sees("Taken back: field day with Raj Rao")
    dana.clicks("Put it back")
    dana.sees("Logged: field day with Raj Rao, today")


def test_the_focus_becomes_a_reason_and_names_its_source(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("One focus", "asking for the next step")
    modal(dana).fill("When", "2026-11-20")
    modal(dana).submit()
    dana.slash("/todo")
    dana.sees("Raj is working on “asking for the next step”. Ask what helps with it.")
    dana.sees("From your field day on Fri 20 Nov")
    dana.slash("/binder @Raj Rao")
    assert "This week: Raj is working on" in modal(dana).text


def test_the_binder_shows_it_whole_and_changes_it(dana: Person) -> None:
    log_with_raj(dana)
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    shown = modal(dana).text
    for words in (
        "Field day with Raj Rao",
        "Northwind: Jo Lee and Kim Ray, want a trial",
        "listens first",
        "ask for the <next> step & date",
    ):
        assert words in shown
    dana.clicks("Edit")
    assert modal(dana).value("Visits") == "Northwind: Jo Lee and Kim Ray, want a trial\nHooli"
    assert modal(dana).value("They will") == "lead the Northwind demo"
    modal(dana).fill("One focus", "closing")
    modal(dana).fill("You will", "")
    modal(dana).submit()
    assert "closing" in modal(dana).text
    assert "trial terms" not in modal(dana).text


def test_bad_input_keeps_the_form_open(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).submit()
    assert "A word about the day, please" in str(modal(dana).errors)
    modal(dana).fill("Visits", "\n".join(f"Account {n}" for n in range(21)))
    modal(dana).submit()
    assert "more than 20 visits" in str(modal(dana).errors)
    modal(dana).fill("Visits", "Acme")
    modal(dana).fill("When", "2026-11-24")
    modal(dana).submit()
    assert "still to come" in str(modal(dana).errors)
    modal(dana).fill("When", "2026-11-20")
    modal(dana).fill("They will", "call Acme")
    modal(dana).clicks("More")
    modal(dana).fill("They will, by", "2026-11-19")
    modal(dana).submit()
    assert modal(dana).errors == {"They will, by": "That day is over. Pick today or a later day."}
    modal(dana).clicks("Back")
    modal(dana).submit()
    assert modal(dana).errors == {
        "They will": "The day under More is over. Pick a later one there."
    }
    modal(dana).clicks("More")
    modal(dana).fill("They will, by", "2026-11-23")
    modal(dana).submit()
    dana.sees("Logged: field day with Raj Rao, Fri 20 Nov")


def test_words_after_the_command_are_answered(world: World, dana: Person) -> None:
    dana.slash("/fieldday help")
    dana.sees("/fieldday @rep opens the form")
    dana.slash("/fieldday nobody")
    dana.sees("A field day has a form of its own")
    dana.sees("/fieldday nobody")
    world.person("Tom Ash")
    dana.slash("/fieldday @Tom Ash")
    dana.sees("Tom Ash is not on your team.")


def test_a_rep_sees_nothing_of_a_field_day_that_was_not_shared(dana: Person, raj: Person) -> None:
    log_with_raj(dana)
    raj.opens_home()
    for words in ("lead the Northwind demo", "listens first"):
        raj.sees_not(words)
    raj.slash("/fieldday")
    raj.sees_not("Log it")


def test_where_the_focus_comes_from_opens_the_field_day(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("One focus", "asking for the next step")
    modal(dana).fill("When", "2026-11-20")
    modal(dana).clicks("More")
    modal(dana).fill("One strength", "listens first")
    modal(dana).submit()
    dana.slash("/todo")
    dana.picks("Where it comes from", beside="Raj is working on")
    assert "Field day with Raj Rao" in modal(dana).text
    assert "listens first" in modal(dana).text


def test_a_private_note_of_a_field_day_stays_with_its_author(dana: Person, raj: Person) -> None:
    log_with_raj(dana)
    dana.clicks("Add a note")
    modal(dana).fill("Private note", "looks tired lately")
    modal(dana).submit()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    assert "looks tired" not in modal(dana).text
    dana.clicks("Edit")
    assert "looks tired" not in modal(dana).text
    raj.opens_home()
    raj.sees_not("looks tired")


def test_who_is_due_follows_the_day_it_happened(world: World, dana: Person) -> None:
    dana.opens_home()
    dana.sees_not("a field day is next")
    world.slack.clock.advance(timedelta(days=40))
    dana.opens_home()
    dana.sees("Raj Rao · time for a session · a field day is next")
    dana.slash("/touch @Raj Rao call")
    dana.opens_home()
    dana.sees("Raj Rao · time for a session · a field day is next")
    log_day = (world.slack.clock.now() - timedelta(days=1)).date().isoformat()
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Acme")
    modal(dana).fill("When", log_day)
    modal(dana).submit()
    dana.opens_home()
    dana.sees_not("Raj Rao · time for a session · a field day is next")
    dana.clicks("Undo")
    dana.opens_home()
    dana.sees("Raj Rao · time for a session · a field day is next")


def test_an_account_shows_who_knows_whom(world: World, dana: Person) -> None:
    log_with_raj(dana)
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/fieldday @Lena Fox")
    modal(dana).fill("Visits", "northwind: Jo Lee, signed the trial")
    modal(dana).submit()
    dana.slash("/binder account northwnd")
    shown = modal(dana).text
    assert "Jo Lee · Dana Moss since Mon 23 Nov, Raj Rao since Mon 23 Nov" in shown
    assert "Lena Fox since Mon 30 Nov" in shown
    assert "Kim Ray · Dana Moss since Mon 23 Nov, Raj Rao since Mon 23 Nov" in shown
    assert "Mon 30 Nov · Lena Fox · signed the trial" in shown
    modal(dana).clicks("Open", beside="Raj Rao")
    assert "Field day with Raj Rao" in modal(dana).text
    modal(dana).close_all()
    dana.slash("/binder account o")
    dana.sees("Which one did you mean by “o”?")
    dana.clicks("Hooli")
    assert "Hooli" in modal(dana).text
    modal(dana).close()
    dana.slash("/binder account Zzz")
    dana.sees("No visit to “Zzz” is written down yet.")
    dana.slash("/binder account")
    assert "Northwind" in modal(dana).text


def test_a_rep_does_not_open_the_map_of_the_team(dana: Person, raj: Person) -> None:
    log_with_raj(dana)
    raj.slash("/binder account Northwind")
    raj.sees("That is for a rep's manager alone.")


def test_what_was_heard_goes_to_the_team_agenda_without_a_name(dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms at Acme")
    modal(dana).submit()
    dana.clicks("To the team agenda")
    assert modal(dana).value("Words") == "60-day terms at Acme"
    modal(dana).fill("Words", "a competitor offers 60-day terms")
    modal(dana).submit()
    assert "Kept for the next team meeting" in modal(dana).text
    modal(dana).close()
    dana.slash("/agenda")
    assert "a competitor offers 60-day terms" in modal(dana).text
    modal(dana).close()
    dana.clicks("To the team agenda")
    modal(dana).fill("Name", ["Say that Raj Rao heard it"])
    modal(dana).submit()
    modal(dana).close()
    dana.opens_home()
    dana.sees("2 kept for your first team meeting.")
    dana.clicks("Agenda")
    assert "Raj Rao: 60-day terms at Acme" in modal(dana).text


def test_what_was_heard_shows_in_the_next_session_until_that_is_held(
    dana: Person, raj: Person
) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("Heard of market and competitors", "60-day terms at Acme")
    modal(dana).submit()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    modal(dana).clicks("To their next session")
    modal(dana).submit()
    assert "Kept for your next session with Raj Rao" in modal(dana).text
    modal(dana).close_all()
    raj.opens_home()
    raj.sees_not("60-day")
    dana.slash("/session @Raj Rao")
    assert "Kept for this session" in modal(dana).text
    assert "60-day terms at Acme" in modal(dana).text
    for _ in range(4):
        modal(dana).submit()
    modal(dana).fill("Results, looking back", "fine")
    modal(dana).submit()
    dana.slash("/session @Raj Rao")
    assert "60-day" not in modal(dana).text
    modal(dana).close()
    dana.clicks("Undo", beside="strategy session with Raj Rao, today")
    dana.slash("/session @Raj Rao")
    assert "60-day" in modal(dana).text


def test_who_leaves_is_a_reason_to_introduce_until_another_rep_was_there(
    world: World, dana: Person
) -> None:
    log_with_raj(dana)
    dana.opens_home()
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).fill("End date", "2026-12-30")
    modal(dana).submit()
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/todo")
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    asked = "Of the team only Raj knows Jo Lee and Kim Ray at Northwind."
    assert asked in modal(dana).text
    assert "Of the team only Raj knows Hooli." in modal(dana).text
    modal(dana).close_all()
    dana.slash("/fieldday @Lena Fox")
    modal(dana).fill("Visits", "Northwind: Jo Lee")
    modal(dana).submit()
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    assert asked not in modal(dana).text
    assert "Of the team only Raj knows Hooli." in modal(dana).text


def test_details_of_a_visit_come_afterwards_and_outlive_an_edit(dana: Person) -> None:
    log_with_raj(dana)
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="field day")
    modal(dana).clicks("Visit details")
    modal(dana).fill("Who they are", "the buyer")
    modal(dana).fill("Visit", "Hooli")
    assert modal(dana).value("Who they are") is None
    modal(dana).fill("Account", ["A key account"])
    modal(dana).fill("Who led", "The rep")
    modal(dana).fill("Next step there", "send the offer")
    modal(dana).submit()
    assert "Hooli · key account · the rep led · next: send the offer" in modal(dana).text
    assert "want a trial · the buyer" in modal(dana).text
    modal(dana).clicks("Edit")
    modal(dana).fill("Visits", "HOOLI: Pat Quist\nNorthwind")
    modal(dana).submit()
    assert "HOOLI: Pat Quist · key account · the rep led" in modal(dana).text


def test_a_field_day_is_finished_later(world: World, dana: Person) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Northwind: Jo Lee, wants a trial\nHooli")
    modal(dana).fill("One focus", "next steps")
    modal(dana).clicks("Finish later")
    assert "Kept: your field day with Raj Rao" in modal(dana).text
    modal(dana).close()
    world.slack.clock.advance(timedelta(days=1))
    dana.opens_home()
    dana.sees("Your field day with Raj Rao is half written down.")
    dana.clicks("Resume")
    assert modal(dana).value("Visits") == "Northwind: Jo Lee, wants a trial\nHooli"
    assert modal(dana).value("When") == "2026-11-23"
    modal(dana).fill("They will", "lead the demo")
    modal(dana).submit()
    dana.sees("Logged: field day with Raj Rao, yesterday")
    dana.opens_home()
    dana.sees_not("half written down")


def test_it_is_kept_before_anybody_is_chosen_and_found_by_whom_it_turns_out_to_be_about(
    dana: Person,
) -> None:
    dana.slash("/fieldday")
    modal(dana).fill("They will", "lead the demo")
    modal(dana).clicks("More")
    modal(dana).fill("One strength", "listens first")
    modal(dana).clicks("Finish later")
    assert "Kept: your field day, as far as it is written down." in modal(dana).text
    modal(dana).close()
    dana.slash("/fieldday")
    assert modal(dana).value("One strength") == "listens first"
    modal(dana).submit()
    assert "Choose first who it was with" in str(modal(dana).errors)
    modal(dana).clicks("Back")
    modal(dana).fill("Rep", "Raj Rao")
    modal(dana).clicks("More")
    modal(dana).fill("They will, by", "2026-12-02")
    modal(dana).close()
    dana.slash("/fieldday @Raj Rao")
    assert modal(dana).value("One strength") == "listens first"
    assert modal(dana).value("They will, by") == "2026-12-02"
    modal(dana).clicks("Back")
    assert modal(dana).value("They will") == "lead the demo"
    modal(dana).close()
    dana.opens_home()
    dana.clicks("Discard")
    dana.sees_not("half written down")


def test_one_of_a_note_that_was_put_aside_is_kept_as_it_is_typed_when_it_is_resumed(
    dana: Person,
) -> None:
    dana.says("Raj heard that Hooli cuts prices")
    dana.clicks("Field day")
    heard = modal(dana).value("Heard of market and competitors")
    assert "Hooli cuts prices" in str(heard)
    modal(dana).fill("They will", "lead the demo")
    modal(dana).clicks("Finish later")
    modal(dana).close()
    for again in ("Resume", "Field day"):
        dana.opens_home()
        dana.clicks(again)
        # Closed without a press: what was typed is there all the same.
        modal(dana).fill("They will", f"lead the demo, {again}")
        modal(dana).clicks("More")
        assert modal(dana).value("Heard of market and competitors") == heard
        modal(dana).fill("One strength", f"listens, {again}")
        modal(dana).close()
        dana.opens_home()
        dana.clicks("Resume")
        assert modal(dana).value("One strength") == f"listens, {again}"
        modal(dana).clicks("Back")
        assert modal(dana).value("They will") == f"lead the demo, {again}"
        modal(dana).close()
    dana.opens_home()
    dana.clicks("Resume")
    modal(dana).submit()
    dana.sees("Logged: field day with Raj Rao, today")
    dana.opens_home()
    dana.sees_not("half written down")


def log(dana: Person, focus: str) -> None:
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Northwind: Jo Lee")
    modal(dana).fill("One focus", focus)
    modal(dana).submit()
    if dana.modal:
        modal(dana).close_all()


@pytest.mark.slow
def test_a_focus_lives_until_another_is_agreed_on(world: World, dana: Person) -> None:
    log(dana, "ask for the next step")
    # A day of visits alone takes nothing back, and neither do weeks.
    log(dana, "")
    for days in (14, 28, 28):
        world.slack.clock.advance(timedelta(days=days))
        dana.slash("/todo")
        dana.slash("/binder @Raj Rao")
        assert "Working on · ask for the next step" in modal(dana).text
        dana.picks("Why this reason?")
        assert "Raj is working on “ask for the next step”" in modal(dana).text
        modal(dana).close_all()
        dana.slash("/fieldday @Raj Rao")
        assert modal(dana).value("One focus") == "ask for the next step"
        modal(dana).close_all()
    log(dana, "listen first")
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/todo")
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    assert "listen first" in modal(dana).text
    assert "ask for the next step" not in modal(dana).text
