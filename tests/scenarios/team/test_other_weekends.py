"""A team in a country that works from Sunday to Thursday."""

from datetime import date, timedelta

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import at, list_of, lists_of, modal, team_of

TEL_AVIV = "Asia/Jerusalem"
TUESDAY, SATURDAY, SUNDAY = date(2026, 11, 24), date(2026, 11, 28), date(2026, 11, 29)
THURSDAY, NEXT_SUNDAY = date(2026, 12, 3), date(2026, 12, 6)


@pytest.mark.slow
def test_the_week_is_the_working_week_of_the_country(world: World) -> None:
    noa = world.person("Noa Levi", tz=TEL_AVIV)
    team_of(world, noa, 4, TEL_AVIV)

    noa.opens_home()
    noa.clicks("Settings")
    modal(noa).fill("Public holidays of", "IL")
    modal(noa).submit()
    noa.opens_home()
    noa.sees("to-do list Sundays, 08:00")
    is_away(noa, "Lena Fox", TUESDAY, THURSDAY - timedelta(days=7))
    plans_session(noa, "Raj Rao", NEXT_SUNDAY)

    at(world, SATURDAY, 12, zone=TEL_AVIV)
    assert lists_of(noa) == []
    at(world, SUNDAY, 8, zone=TEL_AVIV)
    assert "Your week, 29 Nov – 3 Dec" in list_of(noa).text
    assert "Today, Sunday" in list_of(noa).text
    # Days are spread from Sunday to Thursday, and Sunday is the day back.
    assert {"Mon ·", "Tue ·"} <= {line[:5] for line in list_of(noa).text.splitlines()}
    assert "Lena is back. Say welcome" in list_of(noa).text

    noa.slash("/touch @Sam Stone call")
    at(world, SUNDAY + timedelta(days=1), 8, zone=TEL_AVIV)
    assert "1 of 4 done" in list_of(noa).text
    at(world, THURSDAY, 6, zone=TEL_AVIV)
    assert "Today, Thursday" in list_of(noa).text
    assert notes(noa) == []
    # The working day before the session of Sunday.
    at(world, THURSDAY, 8, zone=TEL_AVIV)
    assert len(notes(noa)) == 1
    at(world, THURSDAY + timedelta(days=1), 6, zone=TEL_AVIV)
    assert "Stayed open: " in list_of(noa).text
    assert "Today" not in list_of(noa).text
    at(world, NEXT_SUNDAY, 8, zone=TEL_AVIV)
    assert "Your week, 6–10 Dec" in list_of(noa).text
    assert len(lists_of(noa)) == 2


def test_who_sets_a_team_up_there_is_offered_the_first_working_day(world: World) -> None:
    noa, sam = (world.person(name, tz=TEL_AVIV) for name in ("Noa Levi", "Sam Stone"))
    noa.slash("/team")
    modal(noa).fill("Reps", [sam])
    modal(noa).submit()
    modal(noa).submit()
    assert modal(noa).value("Public holidays of") == "IL", "proposed from the zone"
    modal(noa).submit()
    assert modal(noa).value("To-do day") == "Sunday"
    modal(noa).fill("To-do day", "Monday")
    modal(noa).submit()
    noa.opens_home()
    noa.sees("to-do list Mondays, 08:00")


def is_away(manager: Person, rep: str, first: date, last: date) -> None:
    manager.slash(f"/team @{rep}")
    manager.clicks("Settings")
    modal(manager).clicks("Add time off")
    modal(manager).fill("From", first)
    modal(manager).fill("To", last)
    modal(manager).submit()
    modal(manager).close()


def plans_session(manager: Person, rep: str, day: date) -> None:
    manager.slash(f"/binder @{rep}")
    manager.picks("Plan a session")
    modal(manager).fill("Day", day)
    modal(manager).submit()
    if manager.modal:
        modal(manager).close_all()


def notes(person: Person) -> list[str]:
    return [one.text for one in person.dm if "You get this once" in one.text]
