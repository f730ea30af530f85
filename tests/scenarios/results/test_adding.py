"""**Add results**: rows copied from a spreadsheet, shown as they were understood, and then kept."""

from datetime import date
from decimal import Decimal

import pytest

from bot.domain.results.results import PERCENT, Period, Result
from slack_sandbox import Person
from storage.results import results
from storage.team import teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import at, team_of

MONDAY = date(2026, 11, 30)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam Stone, Lena Fox, Raj Rao and Ines Ortega."""
    found = team_of(world, dana, 4)
    at(world, MONDAY, 8)
    return found


def kept(world: World, manager: Person) -> list[Result]:
    """All results of the manager's team."""
    with world.database.reading(world.workspace_id) as tx:
        team = teams.of_manager(tx, manager.id)
        assert team is not None
        return list(results.of_team(tx, team.id))


def figures(world: World, manager: Person) -> set[tuple[str, str, Decimal, Decimal]]:
    """Rep, metric, target and actual of the newest reading of each."""
    return {
        (one.rep_id, one.metric.name, one.latest.target, one.latest.actual)
        for one in kept(world, manager)
    }


def test_pasted_rows_are_shown_and_then_kept_and_pasting_again_corrects_them(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena, raj, _ = reps
    dana.opens_home()
    assert dana.home is not None
    dana.home.clicks("Add results")
    modal(dana).fill(
        "Rows",
        "Rep\tTarget\tActual\tRemarks\n"
        "Sam Stone\t1.200\t1.355,90\tgood\n"
        f"@Lena Fox\t€ 900\t(12,5)\n"
        f"{raj.id}\t1.000,00\t12k\n"
        "Nobody Known\t1.000\t3\n",
    )
    modal(dana).fill("Metric", "Revenue")
    modal(dana).submit()
    asked = modal(dana).text
    assert "2 rows understood." in asked
    assert "Sam Stone · Revenue, Nov 2026: 1,355.90 of 1,200, as of Mon 30 Nov" in asked
    assert "Line 4: actual “12k” is not a number" in asked
    assert "Line 5: “Nobody Known” is nobody on your team" in asked
    assert "actual: 1.355,90 is read as 1355.90." in asked
    assert "Not read: Remarks." in asked
    assert kept(world, dana) == []
    assert "12k" in modal(dana).value("Rows")
    modal(dana).submit()
    assert "2 rows kept." in modal(dana).text
    assert figures(world, dana) == {
        (sam.id, "Revenue", Decimal(1200), Decimal("1355.90")),
        (lena.id, "Revenue", Decimal(900), Decimal("-12.5")),
    }
    assert {one.period for one in kept(world, dana)} == {NOVEMBER}
    modal(dana).close_all()

    dana.slash("/mirror results")
    modal(dana).fill("Rows", "Sam Stone\tRevenue\t1200\t1400\n")
    modal(dana).submit()
    modal(dana).submit()
    assert "1 row kept, 1 of them in place of what was there." in modal(dana).text
    assert (sam.id, "Revenue", Decimal(1200), Decimal(1400)) in figures(world, dana)


@pytest.mark.usefixtures("reps")
def test_what_can_be_read_in_two_ways_is_asked_and_nothing_typed_is_lost(
    world: World, dana: Person
) -> None:
    typed = "Sam Stone\tRevenue\t1.200\t42"
    dana.slash("/mirror results")
    modal(dana).fill("Rows", typed)
    modal(dana).submit()
    assert "target: 1.200 may be 1.200 or 1200." in modal(dana).text
    assert modal(dana).value("Rows") == typed
    modal(dana).fill("Decimals are written", "1.355,90")
    modal(dana).submit()
    assert "Sam Stone · Revenue, Nov 2026: 42 of 1,200" in modal(dana).text
    # What was changed after it was shown is shown anew before it is kept.
    modal(dana).fill("Rows", typed.replace("42", "43"))
    modal(dana).submit()
    assert "43 of 1,200" in modal(dana).text
    assert kept(world, dana) == []
    modal(dana).submit()
    assert [one.latest.actual for one in kept(world, dana)] == [Decimal(43)]


@pytest.mark.usefixtures("reps")
def test_several_boxes_and_close_names(world: World, dana: Person) -> None:
    dana.slash("/mirror results")
    modal(dana).fill("Rows", "Sam\tVisits\t40\t22")
    modal(dana).fill("More rows", "Lena Fpx\tVisits\t40\t22\nRaj Rao\tVisits\t0\t22")
    modal(dana).submit()
    seen = modal(dana).text
    assert "Sam Stone · Visits, Nov 2026: 22 of 40" in seen
    assert "Line 2: “Lena Fpx”: is it Lena Fox? Write the whole name" in seen
    assert "Line 3: target is 0; it must be more than 0" in seen
    modal(dana).submit()
    assert len(kept(world, dana)) == 1


def test_a_share_of_a_metric_in_percent_is_a_percent(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    dana.slash("/mirror results")
    modal(dana).fill("Rows", "rep\tmetric\ttarget\tactual\tunit\nSam Stone\tWon\t0.4\t0.125\t%")
    modal(dana).submit()
    assert "Won, Nov 2026: 12.5 % of 40 %" in modal(dana).text
    modal(dana).submit()
    (found,) = kept(world, dana)
    assert (found.rep_id, found.metric.unit, found.latest.actual) == (
        sam.id,
        PERCENT,
        Decimal("12.5"),
    )


def test_only_the_manager_adds_results_and_only_of_the_own_team(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    stranger, other = world.person("Nia New"), world.person("Omar Other")
    zoe = world.person("Zoe Zander")
    world.team(other, zoe)
    for person in (sam, stranger):
        person.slash("/mirror results")
        assert person.modal is None
    sam.opens_home()
    assert sam.home is not None
    assert "Add results" not in sam.home.text
    # Who stands in for Dana leads no team either.
    kim = world.person("Kim Ito")
    dana.slash("/todo away")
    modal(dana).fill("From", MONDAY)
    modal(dana).fill("To", date(2026, 12, 4))
    modal(dana).fill("Who stands in", kim)
    modal(dana).submit()
    kim.slash("/mirror results")
    assert kim.modal is None
    # Another manager names reps who are none of theirs.
    other.slash("/mirror results")
    modal(other).fill("Rows", f"Sam Stone\tVisits\t40\t22\n{sam.id}\tVisits\t40\t22")
    modal(other).submit()
    assert "Line 1: “Sam Stone” is nobody on your team" in modal(other).text
    assert f"Line 2: “{sam.id}” is nobody on your team" in modal(other).text
    modal(other).submit()
    assert kept(world, dana) == kept(world, other) == []
