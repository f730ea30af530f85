"""The mirror on a phone: all of it is read by going down, none by going sideways."""

from datetime import date

import pytest
from playwright.sync_api import expect

from bot.domain.results.results import Metric, Period
from slack_sandbox import Person
from tests.browser.conftest import Look, Visit
from tests.browser.test_home import ends
from tests.scenarios.conftest import World
from tests.scenarios.home.planned import plan
from tests.scenarios.todo.monday import at
from tests.services.kept_results import keep_result

MONDAY, THURSDAY = date(2026, 11, 30), date(2026, 12, 3)
REVENUE = Metric("Revenue", unit="EUR")
SUMMER = Period(date(2026, 7, 1), date(2026, 9, 30))
NAMES = ("Maximilian von Hohenberg-Schmidt", "Sam Stone", "Lena Fox", "Sam Ash", "Ines Ortega")


@pytest.fixture
def dana(world: World) -> Person:
    return world.person("Dana Moss")


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Two of one first name and one of a long name; not all results are of one day."""
    found = [world.person(name) for name in NAMES]
    world.team(dana, *found)
    at(world, MONDAY, 8)
    where = world.database, world.workspace_id, dana.id
    keep_result(
        *where, found[0].id, (SUMMER.end, 9_000_000, 9_100_000), metric=REVENUE, period=SUMMER
    )
    for number, rep in enumerate(found):
        day = date(2026, 11, 27 - number % 2)
        keep_result(*where, rep.id, (day, 20, 12 + number))
        big = (day, 1_250_000, 987_654)
        keep_result(*where, rep.id, big, metric=REVENUE)
    return found


def the_mirror(visit: Visit, dana: Person, *, dark: bool = False) -> Look:
    """As a page of Home: it stands alone there."""
    dana.opens_home()
    look = visit(dana, "app/home", phone=True, dark=dark)
    look.presses("Mirror")
    look.sees("Looking ahead")
    return look


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_no_page_of_it_goes_sideways(
    visit: Visit, dana: Person, reps: list[Person], dark: bool
) -> None:
    plan(dana, reps[1], "session", THURSDAY, "10:00")
    look = the_mirror(visit, dana, dark=dark)
    place = "-dark" if dark else ""
    look.sees("session planned, Thu 3 Dec")
    look.shoots(f"phone-mirror{place}")
    look.presses("See results")
    look.sees("Actual")
    look.shoots(f"phone-mirror-results{place}")
    look.presses("Next: Revenue")
    look.sees("987,654 on Thu 26 Nov")
    look.shoots(f"phone-mirror-money{place}")
    look.presses("Over time")
    look.sees("9,100,000")
    look.shoots(f"phone-mirror-over-time{place}")
    look.presses("Back")
    look.presses("Your balance")
    look.sees("Only you see it")
    look.shoots(f"phone-balance{place}")
    look.presses("Back")
    look.presses("Share with one person")
    expect(look.form("Share with one person")).to_be_visible()
    look.shoots(f"phone-mirror-share{place}")


def test_who_is_next_stands_on_its_first_screen(
    visit: Visit, dana: Person, reps: list[Person]
) -> None:
    look = the_mirror(visit, dana)
    last = look.tab.get_by_text(reps[-1].name, exact=True).last
    assert ends(last) <= 844
