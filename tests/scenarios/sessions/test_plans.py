"""A plan from session to session, as manager and rep live it: several steps, what became of them,
the next session planned with this one, and what the rep prepares beside it."""

from datetime import UTC, datetime

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

pytestmark = pytest.mark.reps("raj", "lena")

STEPS = "sign the distributor, 15 Jan\nme: find a reference by 1 Dec\n- call three dormant accounts"
NOTE = "Your strategy session with"


def beat_at(world: World, day: int, hour: int, month: int = 12) -> None:
    """Let that time (UTC) come, with a heartbeat at it."""
    world.slack.clock.move_to(datetime(2026, month, day, hour, tzinfo=UTC))
    world.heart.beat(world.slack.clock.now())


def hold(dana: Person) -> None:
    """A session with steps in its first topic and a number in its last, as far as the last step."""
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    modal(dana).fill("Next step", STEPS)
    for _ in range(3):
        modal(dana).submit()
    modal(dana).fill("Activity", "visits to new accounts")
    modal(dana).fill("How many a week", "3")
    modal(dana).submit()


def share(dana: Person) -> None:
    dana.clicks("Preview as Raj Rao", beside="strategy session")
    modal(dana).submit()
    modal(dana).close()


def notes(person: Person) -> list[str]:
    return [one.text for one in person.dm if NOTE in one.text]


@pytest.mark.slow
def test_a_plan_lives_on_from_session_to_session(world: World, dana: Person, raj: Person) -> None:
    hold(dana)
    for words in (
        "→ Raj Rao: sign the distributor, by Fri 15 Jan 2027",
        "→ You: find a reference, by Tue 1 Dec",
        "→ Raj Rao: call three dormant accounts, by Mon 7 Dec",
    ):
        assert words in modal(dana).text
    assert modal(dana).value("Next session") == "2026-12-07"
    assert modal(dana).value("Time") == "10:00"
    modal(dana).submit()
    modal(dana).close()
    dana.sees("Logged: strategy session with Raj Rao, today")
    dana.sees("You told Raj Rao: “find a reference”, by Tue 1 Dec")
    dana.sees("Next session: Mon 7 Dec, 10:00.")
    share(dana)
    raj.sees("3 visits to new accounts a week")
    raj.opens_home()
    raj.clicks("Agreed", beside="sign the distributor")
    dana.opens_home()
    dana.clicks("You owe · 1")
    modal(dana).clicks("Kept", beside="find a reference")
    modal(dana).close()

    beat_at(world, 4, 8)
    (note,) = notes(dana)
    for words in (
        "Plan: win the north",
        "Plan: 3 visits to new accounts a week",
        "→ Raj Rao: “sign the distributor”, by Fri 15 Jan 2027 · open",
        "✓ You: “find a reference” · kept",
        "→ noted for Raj Rao: “call three dormant accounts”, by Mon 7 Dec · open",
    ):
        assert words in note

    raj.clicks("Prepare")
    for words in (
        "Plan: win the north",
        "→ You: “sign the distributor”, by Fri 15 Jan 2027 · open",
        "✓ Dana Moss: “find a reference” · kept",
        "→ Dana Moss noted for you: “call three dormant accounts”",
        "Plan: 3 visits to new accounts a week",
    ):
        assert words in modal(raj).text
    modal(raj).fill("Pipeline", "Hooli could close this year")
    modal(raj).submit()
    assert "prepared" not in notes(dana)[0]
    world.heart.beat(world.slack.clock.now())
    (drawn,) = notes(dana)
    assert "Raj Rao prepared: Hooli could close this year" in drawn

    beat_at(world, 7, 10)
    dana.slash("/session @Raj Rao")
    assert "✓ You: “find a reference” · kept" in modal(dana).text
    assert "→ noted for Raj Rao: “call three dormant accounts”" in modal(dana).text
    assert modal(dana).value("Next step") is None
    for _ in range(3):
        modal(dana).submit()
    assert modal(dana).value("Activity") == "visits to new accounts"
    assert modal(dana).value("How many a week") == "3"
    modal(dana).fill("How many a week", "4")
    modal(dana).fill("What changed", "a good start")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).close()

    # What was not shared is nothing the rep prepares beside.
    modal(raj).close()
    raj.opens_home()
    raj.clicks("Prepare", beside="Next strategy session")
    assert "3 visits to new accounts a week" in modal(raj).text
    for words in ("4 visits", "a good start"):
        assert words not in modal(raj).text


@pytest.mark.slow
def test_steps_are_changed_line_by_line(dana: Person) -> None:
    hold(dana)
    modal(dana).clicks("Back")
    for _ in range(3):
        modal(dana).clicks("Back")
    modal(dana).fill("Next step", f"{STEPS}\nwrite the offer by Friday")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close()
    dana.opens_home()
    dana.clicks("You noted for them · 3")
    modal(dana).clicks("Kept", beside="write the offer")
    modal(dana).close()
    dana.clicks("Edit", beside="strategy session")
    typed = str(modal(dana).value("Next step")).splitlines()
    assert typed == [
        "sign the distributor, by Fri 15 Jan 2027",
        "me: find a reference, by Tue 1 Dec 2026",
        "call three dormant accounts, by Mon 7 Dec 2026",
        "write the offer, by Fri 27 Nov 2026",
    ]
    reworded = typed[0].replace("sign the", "sign the northern")
    modal(dana).fill("Next step", "\n".join([reworded, *typed[2:], "me: book a room"]))
    for _ in range(4):
        modal(dana).submit()
    assert "Next session" not in modal(dana).text
    modal(dana).submit()
    dana.opens_home()
    dana.clicks("You noted for them · 2")
    shown = modal(dana).text
    for words in ("sign the northern distributor", "call three dormant accounts"):
        assert words in shown
    assert "Kept today · Raj Rao: “write the offer”" in shown
    modal(dana).close()
    dana.clicks("You owe · 1")
    assert "book a room" in modal(dana).text
    assert "find a reference" not in modal(dana).text


def test_a_time_of_the_next_session_that_is_late_for_the_rep_is_asked_about(
    world: World, dana: Person
) -> None:
    world.team(dana, ann := world.person("Ann Arbor", tz="America/Los_Angeles"))
    dana.slash("/session @Ann Arbor")
    modal(dana).fill("Plan", "win the west")
    for _ in range(5):
        modal(dana).submit()
    dana.sees("Logged: strategy session with Ann Arbor, today")
    assert "That is Mon 01:00 for Ann Arbor." in modal(dana).text
    modal(dana).fill("Time", "17:00")
    modal(dana).submit()
    dana.sees("Planned: strategy session with Ann Arbor, Mon 7 Dec, 17:00 (08:00 for Ann Arbor).")
    assert ann.dm == []


def test_the_manager_says_what_a_plan_consists_of(dana: Person) -> None:
    dana.slash("/session topics")
    assert "4 · Activity plan · 10 min · looking ahead · a number a week" in modal(dana).text
    dana.picks("Edit", beside="Activity plan")
    modal(dana).fill("Its plan", "Free text")
    modal(dana).submit()
    dana.picks("Edit", beside="Pipeline")
    modal(dana).fill("Its plan", "A number a week")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/fieldday @Raj Rao")
    modal(dana).fill("Visits", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli: Pat Quist")
    modal(dana).submit()
    modal(dana).close()
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    assert "Northwind · Jo Lee (you, Raj) · Kim Ray (you, Raj)" in modal(dana).text
    modal(dana).submit()
    modal(dana).fill("How many a week", "5")
    modal(dana).submit()
    assert "How many a week" not in modal(dana).text
    modal(dana).submit()
    modal(dana).submit()
    dana.sees("Logged: strategy session with Raj Rao, today")
