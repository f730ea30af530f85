"""`/mirror period`: one page for somebody above, about nobody in particular."""

from datetime import date

import pytest

from bot.domain.promises import Owner
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise
from tests.scenarios.todo.monday import at, team_of

MONDAY, FRIDAY = date(2026, 11, 30), date(2026, 12, 4)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    found = team_of(world, dana, 4)
    at(world, MONDAY, 8)
    return found


def keeps(dana: Person, label: str = "Kept") -> None:
    dana.opens_home()
    dana.clicks("They promised · 1")
    modal(dana).clicks(label)
    modal(dana).close_all()


def test_a_page_is_previewed_and_sent_to_the_manager(
    world: World, dana: Person, reps: list[Person]
) -> None:
    promise(world, dana, reps[0], "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "Two big tenders <moved>.\nWe need & want a demo lab.")
    modal(dana).submit()
    seen = modal(dana).text
    assert "Oct – Dec 2026, Dana Moss's team" in seen
    assert "1 promise kept" in seen
    assert "Two big tenders <moved>.\nWe need & want a demo lab." in seen
    assert "obstacle" not in seen
    before = len(dana.dm)
    modal(dana).clicks("Change the words")
    modal(dana).fill("What you want to say", "Two big tenders moved.")
    modal(dana).submit()
    modal(dana).submit()
    assert dana.modal is None
    (page,) = dana.dm[before:]
    assert page.text.splitlines() == [
        "Oct – Dec 2026, Dana Moss's team",
        "1 promise kept",
        "Two big tenders moved.",
    ]
    assert "Northwind" not in page.text
    assert all(reps[0].name not in one for one in page.text.splitlines())
    assert all("Two big tenders" not in one.text for rep in reps for one in rep.dm)


def test_words_that_name_somebody_are_asked_about(
    world: World, dana: Person, reps: list[Person]
) -> None:
    promise(world, dana, reps[0], "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", f"{reps[0].name} was great")
    modal(dana).submit()
    assert "This reads as if it named Sam Stone. The page is about no one." in modal(dana).text
    modal(dana).submit()
    assert "This reads as if it named Sam Stone." in modal(dana).text
    modal(dana).fill("What you want to say", "Everyone was great")
    modal(dana).submit()
    assert "Everyone was great" in modal(dana).text
    modal(dana).submit()
    assert "Everyone was great" in dana.dm[-1].text


@pytest.mark.usefixtures("reps")
def test_where_there_is_nothing_to_count_nothing_is_shown_as_none(dana: Person) -> None:
    dana.slash("/mirror period")
    modal(dana).submit()
    assert modal(dana).errors
    modal(dana).fill("Period", "Jul – Sep 2026")
    modal(dana).fill("What you want to say", "A quiet summer.")
    modal(dana).submit()
    modal(dana).submit()
    assert dana.dm[-1].text.splitlines() == ["Jul – Sep 2026, Dana Moss's team", "A quiet summer."]


def test_a_team_of_one_is_not_counted(world: World, dana: Person, sam: Person) -> None:
    world.team(dana, sam)
    promise(world, dana, sam, "lead the Northwind demo", owner=Owner.REP, due=FRIDAY)
    keeps(dana)
    dana.slash("/mirror period")
    modal(dana).fill("What you want to say", "Good times.")
    modal(dana).submit()
    assert "1 promise" not in modal(dana).text
    assert "Nothing is counted on a team of one" in modal(dana).text


def test_a_rep_makes_none(dana: Person, reps: list[Person]) -> None:
    reps[0].slash("/mirror period")
    assert reps[0].modal is None
    assert dana.modal is None
