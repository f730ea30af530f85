"""What stands on the first screen of a phone, for a manager and for a rep."""

import re
from datetime import timedelta

import pytest

from bot.domain.promises import Owner
from slack_sandbox import Home, Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.home.planned import MONDAY, THURSDAY, busy, plan
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, team_of


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    return team_of(world, dana, 4)


def home_of(person: Person) -> Home:
    person.opens_home()
    assert person.home is not None
    return person.home


def lines_of(person: Person) -> list[str]:
    return home_of(person).text.splitlines()


@pytest.mark.slow
def test_a_managers_first_screen_is_today_then_what_is_open_and_next(
    world: World, dana: Person, reps: list[Person]
) -> None:
    busy(world, dana, reps)
    menu = "[⋯ Held | Moved | Didn't happen | Calendar file]"
    lines = lines_of(dana)
    today, open_ones = lines.index("[You owe · 2]"), lines.index("Your team · 4")
    assert lines[0] == "[Log a touch] [Open the list]"
    assert re.fullmatch(r"Today · \d later this week", lines[1])
    assert all(line.endswith(" [Done]") for line in lines[2:today])
    assert "Ines Ortega · You told Ines: “a demo laptop”, by Fri 27 Nov. [Done]" in lines[:today]
    assert lines[today:open_ones] == [
        "[You owe · 2]",
        f"Next · Thu 3 Dec, 10:00 · strategy session with Lena Fox {menu}",
        f"Next · Fri 4 Dec · field day with Raj Rao {menu}",
        "How was Thu 26 Nov with Sam Stone? Strategy session",
        "[Held] [Moved] [Didn't happen]",
        "Your field day with Lena Fox is half written down.",
        "[Resume] [Discard]",
    ]
    assert lines[-5:] == [
        "[They promised · 1]",
        "  And 1 that you noted for them.",
        "Who is due by when, what is planned, results [Mirror]",
        "No team meeting set · to-do list Mondays, 08:00 [Set your meeting]",
        "[Settings] [I'm away] [Add results] [Market] [Export] [Calendar address]",
    ]
    home_of(dana).clicks("Held", beside="How was Thu 26 Nov")
    modal(dana).fill("Plan", "win the north")
    for _ in range(4):
        modal(dana).submit()
    assert modal(dana).value("When") == "2026-11-26"
    modal(dana).close_all()
    home_of(dana).clicks("Didn't happen", beside="How was Thu 26 Nov")
    assert "How was" not in home_of(dana).text


def test_what_is_owed_today_is_there_though_the_week_is_done_and_kept_in_one_press(
    world: World, dana: Person, reps: list[Person]
) -> None:
    for number in range(5):
        promise(world, dana, reps[0], f"errand {number}", due=MONDAY)
    at(world, MONDAY, 8)
    dana.slash(f"/touch @{reps[0].name} call")
    lines = lines_of(dana)
    owed_now = [line for line in lines if "[Kept]" in line]
    assert owed_now == [
        f"You told Sam Stone: “errand {number}”, by Mon 30 Nov [Kept]" for number in range(3)
    ]
    assert "  And 2 more by today." in lines
    assert lines.index("  And 2 more by today.") < lines.index("[You owe · 5]")
    dana.clicks("Kept", beside="errand 1")
    lines = lines_of(dana)
    assert "errand 1" not in "".join(lines[: lines.index("[You owe · 4]")])
    dana.sees("Kept today · Sam Stone: “errand 1” [Open again]")


def test_a_session_is_next_until_an_hour_after_it_began_for_both(
    world: World, dana: Person, reps: list[Person]
) -> None:
    lena = reps[1]
    plan(dana, lena, "session", THURSDAY, "10:00")
    at(world, THURSDAY, 10, 59)
    assert "Next · today, 10:00 · strategy session" in home_of(dana).text
    assert "Next strategy session" in home_of(lena).text
    at(world, THURSDAY, 11)
    text = home_of(dana).text
    assert "Next ·" not in text
    assert "How was today with Lena Fox? Strategy session" in text
    assert "Next strategy session" not in home_of(lena).text
    dana.clicks("Moved")
    modal(dana).fill("Day", THURSDAY + timedelta(days=1))
    modal(dana).submit()
    if dana.modal is not None:
        dana.modal.close_all()
    assert "Next · tomorrow, 10:00" in home_of(dana).text


def test_nobody_who_is_away_is_due(world: World, dana: Person, reps: list[Person]) -> None:
    at(world, MONDAY + timedelta(days=70), 8)
    due = {line.split(" · ")[0]: line for line in lines_of(dana) if "time for a session" in line}
    assert set(due) == {rep.name for rep in reps}
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).clicks("Add time off")
    modal(dana).fill("From", MONDAY + timedelta(days=70))
    modal(dana).fill("To", MONDAY + timedelta(days=74))
    modal(dana).submit()
    modal(dana).close_all()
    (line,) = (one for one in lines_of(dana) if one.startswith("Raj Rao ·") and "⋯ Plan" in one)
    assert line.startswith("Raj Rao · away until Fri 12 Feb [⋯")


def test_a_reps_first_screen_is_promises_then_what_is_next(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    promise(world, dana, sam, "quote in two days")
    promise(world, dana, sam, "lead the demo", owner=Owner.REP)
    promise(world, dana, sam, "call Jo", owner=Owner.REP, agreed=False)
    promise(world, dana, sam, "quotes take four days", raised=True)
    plan(dana, sam, "session", THURSDAY, "10:00")
    text = home_of(sam).text
    parts = (
        "On Dana Moss's team",
        "You promised",
        "“lead the demo”, by Fri 27 Nov\n[Kept] [Change date]",
        "Dana Moss noted for you: “call Jo”",
        "[Agreed] [Not so]",
        "Dana Moss promised\n“quote in two days”",
        "You raised\n“quotes take four days”",
        "Next strategy session",
        "What is kept about you",
        "[Read it] [My copy]",
    )
    places = [text.index(part) for part in parts]
    assert places == sorted(places)
