"""A session is planned, both sides are told the working day before, and it is held or not."""

from datetime import UTC, datetime, timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")


@pytest.fixture
def raj(world: World) -> Person:
    """A rep five and a half hours before the manager."""
    return world.person("Raj Rao", tz="Asia/Kolkata")


def plan_with_raj(dana: Person, day: str = "2026-12-02") -> None:
    dana.slash("/binder @Raj Rao")
    dana.picks("Plan a session")
    modal(dana).fill("Day", day)
    modal(dana).submit()
    if dana.modal:
        modal(dana).close_all()


def beat_at(world: World, day: int, hour: int, minute: int = 0, month: int = 12) -> None:
    """Let that time (UTC) come, with a heartbeat at it."""
    world.slack.clock.move_to(datetime(2026, month, day, hour, minute, tzinfo=UTC))
    world.heart.beat(world.slack.clock.now())


def notes(person: Person) -> list[str]:
    return [one.text for one in person.dm if "You get this once" in one.text]


def test_a_day_is_proposed_that_suits_both(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    dana.picks("Plan a session")
    assert modal(dana).value("Day") == "2026-12-07"
    assert modal(dana).value("Time") == "10:00"
    modal(dana).fill("Day", "2026-11-20")
    modal(dana).submit()
    assert "That day is over" in str(modal(dana).errors)
    modal(dana).fill("Day", "2028-11-20")
    modal(dana).submit()
    assert "more than a year ahead" in str(modal(dana).errors)
    modal(dana).fill("Day", "2026-12-02")
    modal(dana).submit()
    dana.sees("Planned: strategy session with Raj Rao, Wed 2 Dec, 10:00 (14:30 for Raj Rao).")


def test_a_time_that_is_early_or_late_for_one_of_the_two_is_asked_about(
    world: World, dana: Person
) -> None:
    dana.slash("/binder @Raj Rao")
    dana.picks("Plan a session")
    modal(dana).fill("Day", "2026-12-02")
    modal(dana).fill("Time", "16:00")
    modal(dana).submit()
    assert "That is Wed 20:30 for Raj Rao." in modal(dana).text
    assert (modal(dana).value("Day"), modal(dana).value("Time")) == ("2026-12-02", "16:00")
    modal(dana).fill("Time", "06:30")
    modal(dana).submit()
    assert "That is 06:30 on your own clock." in modal(dana).text
    modal(dana).submit()
    dana.sees("Planned: strategy session with Raj Rao, Wed 2 Dec, 06:30 (11:00 for Raj Rao).")
    dana.opens_home()
    dana.sees("06:30 (11:00 for Raj Rao)")
    dana.picks("Moved")
    modal(dana).submit()
    assert "on your own clock." not in dana.screen().replace("On your own clock.", "")
    assert world.forgiven == set()


def test_planned_late_in_the_evening_for_tomorrow_it_is_told_in_the_morning(
    world: World, dana: Person, raj: Person
) -> None:
    beat_at(world, 1, 20, 30)
    plan_with_raj(dana)
    beat_at(world, 1, 20, 31)
    assert (notes(dana), notes(raj)) == ([], [])
    beat_at(world, 2, 1, 30)
    assert len(notes(raj)) == 1, "seven in Kolkata"
    beat_at(world, 2, 5, 59)
    assert notes(dana) == []
    beat_at(world, 2, 6)
    assert len(notes(dana)) == 1
    dana.sees("Your strategy session with Raj Rao: today, 10:00")


def test_both_sides_are_told_the_working_day_before_in_their_own_morning(
    world: World, dana: Person, raj: Person
) -> None:
    dana.slash("/touch @Raj Rao")
    modal(dana).fill("They raised", "quotes take four days")
    modal(dana).submit()
    plan_with_raj(dana)
    raj.opens_home()
    raj.sees("Next strategy session · Wed 2 Dec, 14:30 (10:00 for Dana Moss)")
    beat_at(world, 1, 2, 25)
    assert notes(raj) == []
    beat_at(world, 1, 2, 30)
    assert len(notes(raj)) == 1
    assert notes(dana) == []
    raj.sees("Your strategy session with Dana Moss")
    raj.clicks("Prepare")
    modal(raj).fill("Pipeline", "Hooli could close this year")
    modal(raj).submit()
    assert "Dana Moss has it for your session" in modal(raj).text
    beat_at(world, 1, 7, 0)
    assert len(notes(dana)) == 1
    dana.sees("Your strategy session with Raj Rao: tomorrow, 10:00 (14:30 for Raj Rao).")
    dana.sees("quotes take four days")
    dana.sees("Raj Rao prepared: Hooli could close this year")
    assert "Hooli" not in dana.dm[-1].raw["text"]
    dana.clicks("Open the session")
    modal(dana).submit()
    modal(dana).submit()
    assert "Raj Rao prepared: Hooli could close this year" in modal(dana).text
    modal(dana).close_all()
    beat_at(world, 1, 12)
    assert (len(notes(dana)), len(notes(raj))) == (1, 1)


def test_a_note_that_is_still_to_come_follows_who_travels(
    world: World, dana: Person, raj: Person
) -> None:
    plan_with_raj(dana)
    raj.changes(tz="Europe/Lisbon")
    beat_at(world, 1, 7, 55)
    assert notes(raj) == []
    beat_at(world, 1, 8, 0)
    assert (len(notes(raj)), len(notes(dana))) == (1, 1)
    raj.changes(tz="America/New_York")
    dana.changes(tz="America/New_York")
    beat_at(world, 1, 13, 30)
    assert (len(notes(raj)), len(notes(dana))) == (1, 1)


@pytest.mark.usefixtures("raj")
def test_the_day_before_is_the_working_day_before(world: World, dana: Person) -> None:
    plan_with_raj(dana, "2026-12-07")
    beat_at(world, 3, 12)
    assert notes(dana) == []
    beat_at(world, 4, 7)
    assert len(notes(dana)) == 1
    dana.sees("Mon 7 Dec, 10:00")


@pytest.mark.slow
def test_nothing_is_sent_about_a_session_that_was_held_or_did_not_happen(
    world: World, dana: Person, raj: Person
) -> None:
    plan_with_raj(dana)
    dana.opens_home()
    dana.sees("Wed 2 Dec, 10:00 (14:30 for Raj Rao) · strategy session with Raj Rao")
    dana.picks("Held", beside="strategy session with Raj Rao")
    modal(dana).fill("Plan", "win the north")
    for _ in range(5):
        modal(dana).submit()
    dana.opens_home()
    dana.sees_not("Wed 2 Dec, 10:00 (14:30 for Raj Rao) · strategy session")
    beat_at(world, 1, 12)
    assert (notes(dana), notes(raj)) == ([], [])
    dana.sees("Next session: Mon 7 Dec, 10:00 (14:30 for Raj Rao).")
    modal(dana).close()
    dana.opens_home()
    dana.picks("Didn't happen", beside="Next")
    assert "didn't happen. Another day?" in modal(dana).text
    modal(dana).close()
    beat_at(world, 4, 12)
    assert (notes(dana), notes(raj)) == ([], [])


def test_a_moved_session_is_told_of_on_its_new_day(world: World, dana: Person, raj: Person) -> None:
    plan_with_raj(dana)
    dana.opens_home()
    dana.picks("Moved", beside="strategy session with Raj Rao")
    assert modal(dana).value("Day") == "2026-12-02"
    modal(dana).fill("Day", "2026-12-04")
    modal(dana).submit()
    dana.sees("Moved: strategy session with Raj Rao, Fri 4 Dec, 10:00 (14:30 for Raj Rao).")
    beat_at(world, 1, 12)
    assert notes(dana) == []
    beat_at(world, 3, 12)
    assert (len(notes(dana)), len(notes(raj))) == (1, 1)


@pytest.mark.usefixtures("world")
def test_undo_of_what_was_held_lets_the_plan_stand_again(dana: Person) -> None:
    plan_with_raj(dana)
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    for _ in range(5):
        modal(dana).submit()
    dana.opens_home()
    dana.sees_not("Wed 2 Dec, 10:00 (14:30 for Raj Rao) · strategy session")
    dana.clicks("Undo", beside="strategy session with Raj Rao, today")
    dana.opens_home()
    dana.sees("Wed 2 Dec, 10:00 (14:30 for Raj Rao) · strategy session with Raj Rao")


def test_planned_for_tomorrow_it_is_told_at_once(world: World, dana: Person, raj: Person) -> None:
    plan_with_raj(dana, "2026-11-24")
    world.slack.clock.advance(timedelta(minutes=1))
    world.heart.beat(world.slack.clock.now())
    assert (len(notes(dana)), len(notes(raj))) == (1, 1)


@pytest.mark.usefixtures("world")
def test_nobody_but_the_rep_prepares(dana: Person, raj: Person) -> None:
    plan_with_raj(dana)
    raj.opens_home()
    raj.clicks("Prepare")
    dana.opens_home()
    dana.picks("Didn't happen", beside="strategy session with Raj Rao")
    modal(raj).fill("Pipeline", "Hooli")
    modal(raj).submit()
    assert "That is not there any more." in str(modal(raj).errors)
    assert modal(raj).value("Pipeline") == "Hooli"


def test_a_field_day_is_planned_and_held(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    dana.picks("Plan a field day")
    modal(dana).fill("Day", "2026-11-23")
    modal(dana).fill("What for", "Acme: Raj leads, I show how to open")
    modal(dana).submit()
    dana.sees("Planned: field day with Raj Rao, today.")
    modal(dana).close_all()
    dana.opens_home()
    dana.picks("Held", beside="field day with Raj Rao")
    assert "Planned: Acme: Raj leads, I show how to open" in modal(dana).text
    modal(dana).fill("Visits", "Acme")
    modal(dana).fill("One focus", "next steps")
    modal(dana).fill("They will", "call Acme")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/fieldday @Raj Rao")
    assert "Last time, Mon 23 Nov · focus: next steps" in modal(dana).text
    assert "Raj Rao: call Acme · open" in modal(dana).text
    modal(dana).close()
    dana.opens_home()
    dana.sees_not("today · Field day")


def test_what_is_planned_after_a_day_that_passes_to_its_rep_still_stands(dana: Person) -> None:
    dana.slash("/fieldday @Lena Fox")
    modal(dana).fill("Visits", "Acme")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    dana.picks("Plan a field day")
    modal(dana).fill("Day", "2026-11-26")
    modal(dana).submit()
    modal(dana).close_all()
    # The day in the field was with Raj: what was planned after it is the next.
    dana.clicks("Edit", beside="field day with Lena Fox")
    modal(dana).fill("Rep", "Raj Rao")
    modal(dana).submit()
    dana.sees("Logged: field day with Raj Rao, today")
    dana.opens_home()
    dana.sees("Thu 26 Nov · field day with Raj Rao")


@pytest.mark.usefixtures("world")
def test_what_is_planned_this_week_is_a_reason_among_others(dana: Person) -> None:
    plan_with_raj(dana, "2026-11-26")
    dana.slash("/todo")
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    shown = modal(dana).text
    assert "Your strategy session with Raj is on Thursday. Ask what Raj wants to cover." in shown
    assert "Planned for Thu 26 Nov" in shown


def test_what_is_next_by_the_rhythm_is_offered_until_it_is_planned(
    world: World, dana: Person
) -> None:
    world.slack.clock.advance(timedelta(days=21))
    dana.slash("/todo")
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    assert "Offer Raj a day for your next strategy session." in modal(dana).text
    modal(dana).close_all()
    plan_with_raj(dana, "2027-01-06")
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    assert "your next strategy session" not in modal(dana).text


def test_the_monday_list_has_what_is_planned_with_what_became_of_it(
    world: World, dana: Person
) -> None:
    plan_with_raj(dana, "2026-12-03")
    beat_at(world, 30, 7, month=11)
    shown = next(one for one in dana.dm if "Your week, " in one.text)
    assert "Planned\nStrategy session with Raj Rao · Thu 3 Dec, 10:00" in shown.text
    shown.picks("Held", beside="Strategy session with Raj Rao")
    assert "Territory management plan" in modal(dana).text
    modal(dana).close()
    shown.picks("Didn't happen", beside="Strategy session with Raj Rao")
    dana.sees("didn't happen. Another day?")
    world.heart.beat(world.slack.clock.now())
    assert "Planned" not in shown.text
    dana.clicks("Plan", beside="Another day?")
    modal(dana).fill("Day", "2026-12-04")
    modal(dana).submit()
    world.heart.beat(world.slack.clock.now())
    assert "Strategy session with Raj Rao · Fri 4 Dec, 10:00" in shown.text


@pytest.mark.parametrize("backend", ["sqlite"])
def test_of_one_whose_day_is_over_nothing_is_said_before_somebody_does(
    world: World, dana: Person, raj: Person
) -> None:
    plan_with_raj(dana)
    beat_at(world, 22, 9)
    raj.opens_home()
    raj.sees_not("Next strategy session")
    dana.opens_home()
    dana.sees("Lena Fox · time for a session")
    dana.sees_not("Raj Rao · time for a session")
    dana.clicks("Didn't happen", beside="How was Wed 2 Dec with Raj Rao?")
    dana.opens_home()
    dana.sees("Raj Rao · time for a session")
