"""**Add results**: rows copied from a spreadsheet, shown as they were understood, and then kept."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

import pytest

from bot.domain.results.results import PERCENT, Metric, Period, Result
from slack_sandbox import Person
from storage.database.transaction import Transaction
from storage.results import results
from storage.team import teams
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import at, team_of
from tests.services.kept_results import keep_result
from tests.storage.everything import all_results

MONDAY = date(2026, 11, 30)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam Stone, Lena Fox, Raj Rao and Ines Ortega, whose results are by the month."""
    found = team_of(world, dana, 4)
    counts_by(dana, "Month")
    at(world, MONDAY, 8)
    return found


def counts_by(manager: Person, period: str) -> None:
    manager.slash("/team")
    modal(manager).fill("Results are counted by", period)
    modal(manager).submit()
    assert manager.modal is None


def kept(world: World, manager: Person) -> list[Result]:
    """All results of the manager's team."""
    with world.database.reading(world.workspace_id) as tx:
        team = teams.of_manager(tx, manager.id)
        assert team is not None
        return list(all_results(tx, team.id))


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
    assert "Revenue, Nov 2026, as of Mon 30 Nov\nSam Stone: 1,355.90 of 1,200\n" in asked
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


@pytest.mark.usefixtures("reps")
def test_what_becomes_of_what_a_metric_was_is_said_before_it_is_kept(
    world: World, dana: Person
) -> None:
    for unit in ("EUR", "USD"):
        dana.slash("/mirror results")
        modal(dana).fill(
            "Rows", f"rep\tmetric\ttarget\tactual\tunit\nSam Stone\tRevenue\t40\t22\t{unit}"
        )
        modal(dana).submit()
        seen = modal(dana).text
        modal(dana).submit()
        modal(dana).close_all()
    assert "Revenue, Nov 2026: USD 22 of USD 40" in seen
    assert (
        "Revenue was lagging, more is better, in EUR. With this it is lagging, more is better, in "
        "USD, and what is kept of it too."
    ) in seen
    assert [one.metric.unit for one in kept(world, dana)] == ["USD"]


@pytest.mark.usefixtures("reps")
def test_rows_that_others_came_in_the_way_of_stay_in_the_form(
    world: World, dana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana.slash("/mirror results")
    modal(dana).fill("Rows", "Sam Stone\tVisits\t40\t22")
    modal(dana).submit()
    add, other = results.add_spans, Period(date(2026, 11, 15), date(2026, 12, 14))

    def other_first(tx: Transaction, new: Sequence[results.Span]) -> None:
        add(tx, [replace(one, period=other) for one in new])
        add(tx, new)

    monkeypatch.setattr(results, "add_spans", other_first)
    modal(dana).submit()
    assert "Other results of these days came just now" in modal(dana).text
    assert modal(dana).value("Rows") == "Sam Stone\tVisits\t40\t22"
    assert kept(world, dana) == []


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


HEADINGS = "rep\tmetric\tfrom\tto\ttarget\tactual\tas of"
HALF = "{}\tVisits\t1.11.2026\t15.11.2026\t40\t22\t13.11.2026"
"""Sent with the wrong last day."""


def test_a_period_with_wrong_dates_is_taken_back_and_the_right_one_comes(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, lena = reps[:2]
    dana.slash("/mirror results")
    modal(dana).fill("Rows", "\n".join([HEADINGS, HALF.format(sam.name), HALF.format(lena.name)]))
    modal(dana).submit()
    modal(dana).submit()
    assert "2 rows kept." in modal(dana).text
    modal(dana).close_all()

    # The right one is in the way of it: what stands is said, with the way out.
    dana.slash("/mirror results")
    modal(dana).fill("Rows", "Sam Stone\tVisits\t40\t30\nLena Fox\tCalls\t40\t30")
    modal(dana).submit()
    seen = modal(dana).text
    assert "1 row understood." in seen
    assert (
        "Line 1: its period overlaps 2026-11-01 to 2026-11-15 of what is kept for the same metric"
        in seen
    )
    assert "Visits, 1–15 Nov 2026 is kept already, and shares days with your rows." in seen
    modal(dana).clicks("Take back")
    asked = modal(dana).text
    assert "Sam Stone · 22 of 40, as of Fri 13 Nov" in asked
    assert "Lena Fox · 22 of 40, as of Fri 13 Nov" in asked
    assert "What you logged and promised stays." in asked
    assert len(kept(world, dana)) == 2
    modal(dana).submit()
    assert "Taken back: Visits, 1–15 Nov 2026, of 2 reps." in modal(dana).text
    assert kept(world, dana) == []
    modal(dana).close()
    # What can be kept is more than what was shown: it is shown anew.
    modal(dana).submit()
    assert "2 rows understood." in modal(dana).text
    assert kept(world, dana) == []
    modal(dana).submit()
    assert figures(world, dana) == {
        (sam.id, "Visits", Decimal(40), Decimal(30)),
        (lena.id, "Calls", Decimal(40), Decimal(30)),
    }


def test_what_stands_is_listed_and_each_can_be_taken_back(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    dana.slash("/mirror results")
    modal(dana).clicks("What stands")
    assert "No results are kept here." in modal(dana).text
    modal(dana).close_all()
    lines = [
        f"{sam.name}\tVisits\t1.{month}.2026\t28.{month}.2026\t40\t22\t{day}.{month}.2026"
        for month in range(1, 12)
        for day in (13, 20)
    ]
    dana.slash("/mirror results")
    modal(dana).fill("Rows", "\n".join([HEADINGS, *lines]))
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/mirror results")
    modal(dana).clicks("What stands")
    seen = modal(dana).text
    assert seen.index("Visits, 1–28 Nov 2026") < seen.index("Visits, 1–28 Oct 2026")
    assert "1 rep, as of Fri 20 Nov" in seen
    assert "Jan 2026" not in seen
    modal(dana).clicks("More")
    assert "Visits, 1–28 Jan 2026" in modal(dana).text
    modal(dana).clicks("Take back")
    assert "Sam Stone · 22 of 40, as of Tue 20 Jan" in modal(dana).text
    # Figures that came since are shown before they go.
    where = (world.database, world.workspace_id, dana.id, sam.id)
    period = Period(date(2026, 1, 1), date(2026, 1, 28))
    keep_result(*where, (date(2026, 1, 21), 40, 25), metric=Metric("Visits"), period=period)
    modal(dana).submit()
    assert "Other figures came meanwhile." in modal(dana).text
    assert "25 of 40" in modal(dana).text
    assert len(kept(world, dana)) == 11
    modal(dana).submit()
    assert "Taken back: Visits, 1–28 Jan 2026, of 1 rep." in modal(dana).text
    assert len(kept(world, dana)) == 10
    modal(dana).close()
    assert "Visits, 1–28 Nov 2026" in modal(dana).text


def test_nobody_but_its_manager_takes_a_period_back(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam, other, zoe = reps[0], world.person("Omar Other"), world.person("Zoe Zander")
    world.team(other, zoe)
    dana.slash("/mirror results")
    modal(dana).fill("Rows", f"{HEADINGS}\n{HALF.format(sam.name)}")
    modal(dana).submit()
    modal(dana).submit()
    modal(dana).close_all()
    other.slash("/mirror results")
    modal(other).clicks("What stands")
    assert "No results are kept here." in modal(other).text
    assert "Visits" not in modal(other).text


def test_the_form_opens_with_the_period_of_the_team_and_then_of_its_results(
    world: World, dana: Person, reps: list[Person]
) -> None:
    for period, first, last in (
        ("Month", "2026-11-01", "2026-11-30"),
        ("Trimester", "2026-09-01", "2026-12-31"),
        ("Quarter", "2026-10-01", "2026-12-31"),
        ("Month", "2026-11-01", "2026-11-30"),
    ):
        counts_by(dana, period)
        dana.slash("/mirror results")
        assert modal(dana).value("Period from") == first
        assert modal(dana).value("Period to") == last
        modal(dana).close()
    keep_result(world.database, world.workspace_id, dana.id, reps[0].id, (MONDAY, 20, 12))
    dana.slash("/mirror results")
    assert modal(dana).value("Period from") == "2026-10-01"
    assert modal(dana).value("Period to") == "2026-12-31"
    modal(dana).fill("Rows", "Lena Fox\tNew meetings\t20\t13")
    modal(dana).submit()
    assert "1 row understood." in modal(dana).text
    assert "Lena Fox · New meetings, Oct – Dec 2026" in modal(dana).text
