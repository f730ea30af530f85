"""The first list of a team, and what changes of a team do to the list that stands there."""

from datetime import date, timedelta

import pytest

from bot.domain.team.file_rows import FileRow
from bot.domain.workspaces.people import Profile
from bot.services.team.roster import import_roster
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.todo.monday import (
    NAMES,
    at,
    beat,
    chooses,
    list_of,
    lists_of,
    modal,
    reason,
    row,
    team_of,
)

MONDAY = date(2026, 11, 30)
TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY = (
    MONDAY + timedelta(days=days) for days in range(1, 7)
)
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def people(world: World) -> list[Person]:
    return [world.person(name) for name in NAMES[:4]]


def sets_up(manager: Person, reps: list[Person]) -> None:
    """Go through all the steps, with a line for Sam and one for Lena."""
    manager.slash("/team")
    modal(manager).fill("Reps", reps)
    modal(manager).submit()
    modal(manager).fill("Sam Stone", "the Acme renewal")
    modal(manager).fill("Lena Fox", "a second demo laptop")
    for _ in range(3):
        modal(manager).submit()
    modal(manager).clicks("Not now")


def changes_time(manager: Person, day: str, at_time: str) -> None:
    """Let the to-do list come then."""
    manager.slash("/team")
    if modal(manager).title != "Your team":
        modal(manager).clicks("All settings")
    modal(manager).fill("To-do day", day)
    modal(manager).fill("To-do time", at_time)
    modal(manager).submit()
    if manager.modal is not None:
        manager.modal.close_all()


def rep_is_away(manager: Person, rep: str, first: date, last: date) -> None:
    manager.slash(f"/team @{rep}")
    manager.clicks("Settings")
    modal(manager).clicks("Add time off")
    modal(manager).fill("From", first)
    modal(manager).fill("To", last)
    modal(manager).submit()
    modal(manager).close()


# The first list.


def test_steps_finished_on_a_wednesday_bring_the_rest_of_the_week(
    world: World, dana: Person, people: list[Person]
) -> None:
    at(world, WEDNESDAY, 11)
    sets_up(dana, people)
    assert beat(world).sent == 1
    seen = list_of(dana).text
    assert seen.startswith("Hello from Windshield.")
    assert (
        "Your week, 30 Nov – 4 Dec\nThe rest of this week, to begin with.\nToday, Wednesday"
    ) in seen
    assert all(seen.count(rep.name) == 1 for rep in people)
    assert reason(seen, "Sam Stone").startswith("Noted for Sam: “the Acme renewal”.")
    assert reason(seen, "Lena Fox").startswith("Noted for Lena: “a second demo laptop”.")
    assert not any(f"{day} ·" in seen for day in ("Mon", "Tue"))
    assert beat(world).sent == 0
    chooses(list_of(dana), "Done", "Sam Stone")
    dana.sees("✓ Sam Stone · today")
    at(world, NEXT_MONDAY, 8)
    assert len(lists_of(dana)) == 2
    assert "The rest of this week" not in list_of(dana).text
    assert reason(list_of(dana).text, "Sam Stone").startswith(
        "With Sam it was about “the Acme renewal”. Ask what came of it."
    )


def test_steps_finished_on_monday_before_eight_bring_it_at_eight(
    world: World, dana: Person, people: list[Person]
) -> None:
    at(world, MONDAY, 7, 30)
    sets_up(dana, people)
    assert beat(world).sent == 0
    assert at(world, MONDAY, 8).sent == 1
    assert "to begin with" not in list_of(dana).text


def test_steps_finished_at_the_weekend_bring_it_on_monday(
    world: World, dana: Person, people: list[Person]
) -> None:
    at(world, SATURDAY, 11)
    sets_up(dana, people)
    for day in (SATURDAY, SUNDAY):
        assert at(world, day, 12).sent == 0
    assert at(world, NEXT_MONDAY, 8).sent == 1
    assert "Your week, 7–11 Dec" in list_of(dana).text


def test_steps_finished_late_on_friday_bring_everyone_on_friday(
    world: World, dana: Person, people: list[Person]
) -> None:
    at(world, FRIDAY, 16)
    sets_up(dana, people)
    assert beat(world).sent == 1
    assert list_of(dana).text.count("[Done]") == 4
    at(world, SATURDAY, 6)
    assert "Stayed open: " in list_of(dana).text


def test_steps_begun_and_left_bring_the_list_on_the_next_monday(
    world: World, dana: Person, people: list[Person]
) -> None:
    at(world, WEDNESDAY, 11)
    dana.slash("/team")
    modal(dana).fill("Reps", people)
    modal(dana).submit()
    modal(dana).close()
    assert beat(world).sent == 0
    assert at(world, NEXT_MONDAY, 8).sent == 1


def test_an_import_sends_nothing_by_itself(
    world: World, dana: Person, people: list[Person]
) -> None:
    at(world, WEDNESDAY, 11)
    rows = [
        FileRow(number, {"manager_id": dana.id, "rep_id": rep.id, "time_zone": "Europe/Berlin"})
        for number, rep in enumerate(people, start=2)
    ]
    profiles = [Profile(one.id, one.name, "Europe/Berlin") for one in (dana, *people)]
    import_roster(
        world.database,
        world.workspace_id,
        rows,
        profiles,
        is_country=bool,
        file_name="roster.csv",
        keep_good=False,
        dry_run=False,
        now=world.slack.clock.now(),
    )
    for day in (WEDNESDAY, THURSDAY, FRIDAY, SATURDAY):
        assert at(world, day, 12).sent == 0
    assert dana.dm == []
    assert at(world, NEXT_MONDAY, 8).sent == 1
    assert "of 4 done" not in list_of(dana).text
    assert all(rep.dm == [] for rep in people)


# A list that stands there.


def test_a_rep_who_joins_in_the_week_joins_the_list(world: World, dana: Person) -> None:
    team_of(world, dana, 4)
    at(world, MONDAY, 8)
    at(world, WEDNESDAY, 10)
    ana = world.person("Ana Ruiz")
    dana.slash("/touch @Ana Ruiz")
    dana.clicks("Add to my team")
    beat(world)
    seen = list_of(dana).text
    assert seen.count("Ana Ruiz") == 1
    assert "of 5 done" not in seen
    assert reason(seen, ana.name).startswith("Ana is new on your team. Say welcome;")
    assert len(lists_of(dana)) == 1


def test_time_off_moves_a_rep_who_is_there_on_another_day(world: World, dana: Person) -> None:
    team_of(world, dana, 4)
    at(world, MONDAY, 8)
    name = next(name for name in NAMES[:4] if row(list_of(dana).text, name).startswith("Wed ·"))
    rep_is_away(dana, name, WEDNESDAY, WEDNESDAY)
    beat(world)
    assert row(list_of(dana).text, name).split(" · ")[0] in ("Tue", "Thu", "Fri")
    assert "of 4 done" not in list_of(dana).text


def test_time_off_for_the_rest_of_the_week_is_shown_and_welcomed_back(
    world: World, dana: Person
) -> None:
    team_of(world, dana, 4)
    at(world, MONDAY, 8)
    rep_is_away(dana, "Ines Ortega", MONDAY, NEXT_MONDAY + timedelta(days=1))
    beat(world)
    seen = list_of(dana).text
    assert "Ines Ortega is away; a welcome-back comes on Wed 9 Dec." in seen
    assert "of 3 done" not in seen
    at(world, NEXT_MONDAY, 8)
    seen = list_of(dana).text
    said = "Ines is back on Wednesday. Say welcome; share what moved."
    assert reason(seen, "Ines Ortega") == said
    assert row(seen, "Ines Ortega")[:3] in ("Wed", "Thu", "Fri")
    at(world, NEXT_MONDAY + timedelta(days=4), 8)
    assert "Ines is back. Say welcome; share what moved." in list_of(dana).text


def test_time_off_that_is_removed_gives_the_day_back(world: World, dana: Person) -> None:
    team_of(world, dana, 4)
    rep_is_away(dana, "Ines Ortega", MONDAY, FRIDAY)
    at(world, MONDAY, 8)
    assert "Ines Ortega is away" in list_of(dana).text
    dana.slash("/team @Ines Ortega")
    dana.clicks("Settings")
    modal(dana).clicks("Remove")
    modal(dana).close()
    beat(world)
    assert "of 4 done" not in list_of(dana).text
    assert "is away" not in list_of(dana).text
    assert row(list_of(dana).text, "Ines Ortega")


def test_a_rep_whose_last_day_comes_is_on_the_list_until_then(world: World, dana: Person) -> None:
    team_of(world, dana, 4)
    at(world, MONDAY, 8)
    dana.slash("/team @Ines Ortega")
    dana.clicks("Settings")
    modal(dana).fill("End date", THURSDAY)
    modal(dana).submit()
    beat(world)
    assert row(list_of(dana).text, "Ines Ortega")[:3] in ("Ine", "Tue", "Wed")
    at(world, THURSDAY, 6)
    assert "Ines Ortega" not in list_of(dana).text
    assert "of 3 done" not in list_of(dana).text
    at(world, NEXT_MONDAY, 8)
    assert "Ines Ortega" not in list_of(dana).text


# Other days and times.


def test_another_day_and_time_hold_from_the_next_list_on(world: World, dana: Person) -> None:
    team_of(world, dana, 4)
    at(world, MONDAY, 8)
    changes_time(dana, "Tuesday", "09:30")
    assert at(world, TUESDAY, 9, 30).sent == 0
    assert len(lists_of(dana)) == 1
    assert at(world, NEXT_MONDAY, 8).sent == 0
    assert at(world, NEXT_MONDAY + timedelta(days=1), 9, 29).sent == 0
    assert at(world, NEXT_MONDAY + timedelta(days=1), 9, 30).sent == 1
    assert "Today, Tuesday" in list_of(dana).text


@pytest.mark.parametrize("day", ["Friday", "Sunday"])
def test_a_list_at_the_end_of_a_week_is_of_the_next(world: World, dana: Person, day: str) -> None:
    team_of(world, dana, 4)
    at(world, MONDAY, 8)
    at(world, TUESDAY, 8)
    changes_time(dana, day, "17:00")
    comes = FRIDAY if day == "Friday" else SUNDAY
    assert at(world, comes, 16, 59).sent == 0
    assert at(world, comes, 17).sent == 1
    old, new = lists_of(dana)
    assert "Your week, 7–11 Dec" in new.text
    assert "Today" not in new.text
    assert "Done" not in new.text
    on_tuesday = next(line for line in new.text.splitlines() if line.startswith("Tue ·"))
    name = on_tuesday.split(" · ")[1]
    new.picks("Move", beside=name)
    modal(dana).fill("To", "Thu 10 Dec")
    modal(dana).submit()
    assert row(new.text, name).startswith("Thu ·")
    at(world, SATURDAY if day == "Friday" else SUNDAY, 18)
    assert "Stayed open: " in old.text
    assert at(world, NEXT_MONDAY, 8).sent == 0
    at(world, NEXT_MONDAY, 9)
    assert "Today, Monday" in new.text
    assert len(lists_of(dana)) == 2
