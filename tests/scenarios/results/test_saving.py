"""**Save-it plan**: from a warning, the two write what they do about it while it still helps."""

from datetime import date, timedelta

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.results.test_reasons import FRIDAY, MONDAY, reads
from tests.scenarios.todo.monday import at, list_of

STEPS = "call five old accounts by Wed\nme: ask marketing for the list by Fri"
CHECK = date(2026, 12, 18)


def warned(world: World) -> MeetingWorld:
    """Raj has 15 of 46 when the plan has 18, and it can still be made."""
    team = meeting_world(world)
    reads(world, team.dana, 46, {team.raj: 15}, FRIDAY)
    at(world, MONDAY + timedelta(days=1), 8)
    return team


def fill(manager: Person, steps: str = STEPS) -> None:
    modal(manager).fill("Two to four steps", steps)
    modal(manager).fill("How many a week", "5")
    modal(manager).fill("Of what", "visits")
    modal(manager).fill("Who helps", "Kim")
    modal(manager).fill("When you look at it together", CHECK)


def home_of(person: Person) -> str:
    assert person.home is not None
    return person.home.text


def test_a_plan_is_written_from_the_list_and_both_see_it(world: World) -> None:
    team = warned(world)
    dana, raj = team.dana, team.raj
    list_of(dana).picks("Save-it plan", beside="Raj Rao")
    assert "15 of 46, as of Fri 11 Dec" in modal(dana).text
    fill(dana, "call five old accounts\nme: ask marketing by Tue")
    modal(dana).submit()
    assert "Each step needs a day" in modal(dana).text
    assert "call five old accounts\nme: ask marketing by Tue" in modal(dana).text
    fill(dana)
    modal(dana).submit()
    plan = "new meetings, Dec 2026 · 5 visits a week · Kim helps"
    assert f"{plan} · you look at it together Fri 18 Dec" in modal(dana).text
    assert "You noted for Raj Rao: “call five old accounts”, by Wed 16 Dec" in modal(dana).text
    modal(dana).close()

    raj.opens_home()
    assert plan in home_of(raj)
    assert "Dana Moss noted for you: “call five old accounts”, by Wed 16 Dec" in home_of(raj)
    raj.clicks("Agreed")
    assert "You promised\n“call five old accounts”" in home_of(raj)
    assert "Dana Moss promised\n“ask marketing for the list”, by Fri 18 Dec" in home_of(raj)
    for who in (team.lena, team.tom):
        who.opens_home()
        assert "Save-it" not in who.screen()
        assert "old accounts" not in who.screen()

    # From the mirror it is the same plan, and what changes of it changes its promises.
    dana.slash("/mirror")
    assert "There is a plan; you look at it Fri 18 Dec." in dana.ephemerals[-1].text
    dana.ephemerals[-1].clicks("Save-it plan", beside="Raj Rao")
    held = modal(dana).text
    assert "call five old accounts, by Wed 16 Dec 2026" in held
    modal(dana).fill("How many a week", "6")
    modal(dana).fill("Two to four steps", STEPS.replace("Wed", "Thu"))
    modal(dana).submit()
    modal(dana).close()
    raj.opens_home()
    assert "6 visits a week" in home_of(raj)
    assert "5 visits a week" not in home_of(raj)
    assert "noted for you: “call five old accounts”, by Thu 17 Dec" in home_of(raj)
    assert home_of(raj).count("call five old accounts") == 1
