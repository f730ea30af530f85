"""Accounts pass from one rep to another, and nobody who knows somebody there is forgotten."""

import json
from datetime import timedelta

import pytest

from bot.domain.binder.export import ExportRequest
from bot.exchange.json_export import to_json
from bot.services.binder import export
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

PASSES = "Lena Fox takes over Northwind from Mon 14 Dec on."


@pytest.fixture
def dana(world: World, raj: Person, lena: Person) -> Person:
    """A manager whose rep Raj was at two customers that nobody else knows."""
    manager = world.person("Dana Moss")
    world.team(manager, raj, lena)
    log_visits(manager, "Raj Rao", "Northwind: Jo Lee and Kim Ray, want a trial\nHooli")
    return manager


def log_visits(dana: Person, rep: str, visits: str) -> None:
    dana.slash(f"/fieldday @{rep}")
    modal(dana).fill("Visits", visits)
    modal(dana).submit()
    modal(dana).close()


def open_transition(dana: Person) -> None:
    dana.slash("/binder @Raj Rao")
    modal(dana).picks("Transition")


def pass_on(dana: Person, *accounts: str, day: str = "2026-12-14") -> None:
    open_transition(dana)
    modal(dana).clicks("Pass accounts on")
    modal(dana).fill("Accounts", list(accounts))
    modal(dana).fill("To", "Lena Fox")
    modal(dana).fill("From when", day)
    modal(dana).submit()


def test_accounts_are_passed_on_with_a_visit_to_plan(dana: Person) -> None:
    open_transition(dana)
    assert "Of your team only Raj Rao has been to: Hooli, Northwind" in modal(dana).text
    modal(dana).clicks("Back to the binder")
    modal(dana).close_all()
    pass_on(dana, "Northwind")
    shown = modal(dana).text
    assert "Northwind · to Lena Fox, Mon 14 Dec" in shown
    assert "Jo Lee and Kim Ray" in shown
    assert "Of your team only Raj Rao has been to: Hooli" in shown
    modal(dana).clicks("Plan a visit", beside="Northwind")
    assert "A field day with Lena Fox" in modal(dana).text
    assert modal(dana).value("What for") == "Northwind: Raj Rao introduces Lena Fox"
    modal(dana).submit()
    modal(dana).close_all()
    dana.opens_home()
    dana.sees("field day with Lena Fox")


def test_it_is_a_reason_until_the_introduction_is_made(world: World, dana: Person) -> None:
    pass_on(dana, "Northwind", "Hooli")
    modal(dana).close_all()
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/todo")
    dana.slash("/binder @Raj Rao")
    dana.picks("Why this reason?")
    asked = f"{PASSES} Ask Raj to introduce Lena Fox to Jo Lee and Kim Ray."
    assert asked in modal(dana).text
    assert "Lena Fox takes over Hooli from Mon 14 Dec on. Ask Raj for an" in modal(dana).text
    modal(dana).close_all()
    log_visits(dana, "Lena Fox", "northwind: Jo Lee")
    open_transition(dana)
    assert "Northwind · to Lena Fox, Mon 14 Dec · introduced" in modal(dana).text
    modal(dana).picks("Introduced", beside="Hooli")
    assert "Hooli · to Lena Fox, Mon 14 Dec · introduced" in modal(dana).text
    modal(dana).clicks("Back to the binder")
    modal(dana).picks("Why this reason?")
    assert "takes over" not in modal(dana).text


def test_who_takes_over_is_asked_once_the_other_has_left(world: World, dana: Person) -> None:
    pass_on(dana, "Northwind")
    modal(dana).close_all()
    dana.opens_home()
    dana.picks("Settings", beside="Raj Rao")
    modal(dana).fill("End date", "2026-11-24")
    modal(dana).submit()
    world.slack.clock.advance(timedelta(days=7))
    dana.slash("/todo")
    dana.slash("/binder @Lena Fox")
    dana.picks("Why this reason?")
    asked = "Lena takes over Northwind. Ask what would help to get to know Jo Lee and Kim Ray."
    assert asked in modal(dana).text
    modal(dana).close_all()
    # All of it is still there with the rep who left.
    open_transition(dana)
    assert "Northwind · to Lena Fox, Mon 14 Dec" in modal(dana).text


def test_it_may_be_changed_and_dropped(dana: Person) -> None:
    pass_on(dana, "Northwind")
    modal(dana).close_all()
    pass_on(dana, "Northwind", day="2026-12-21")
    shown = modal(dana).text
    assert "Northwind · to Lena Fox, Mon 21 Dec" in shown
    assert shown.count("Northwind ·") == 1
    modal(dana).picks("Drop", beside="Northwind")
    assert "Of your team only Raj Rao has been to: Hooli, Northwind" in modal(dana).text


def test_what_makes_no_sense_keeps_the_form_open(dana: Person) -> None:
    open_transition(dana)
    modal(dana).clicks("Pass accounts on")
    modal(dana).fill("Accounts", ["Hooli"])
    modal(dana).fill("To", "Lena Fox")
    modal(dana).fill("From when", "2026-11-02")
    modal(dana).submit()
    assert modal(dana).errors == {"From when": "That day is over. Pick today or a later day."}
    modal(dana).fill("From when", "2026-11-30")
    modal(dana).submit()
    assert "Hooli · to Lena Fox, Mon 30 Nov" in modal(dana).text


def test_a_rep_whom_others_follow_everywhere_says_so(dana: Person) -> None:
    log_visits(dana, "Lena Fox", "Northwind: Jo Lee\nHooli")
    open_transition(dana)
    assert "Somebody else knows each customer of Raj Rao's too." in modal(dana).text


def test_who_has_been_nowhere_has_nothing_to_pass_on(dana: Person) -> None:
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Transition")
    assert "No visit of a field day with Lena Fox is written down yet" in modal(dana).text


def test_no_one_but_the_manager_reads_or_changes_it(
    world: World, dana: Person, raj: Person, lena: Person
) -> None:
    pass_on(dana, "Northwind")
    modal(dana).close_all()
    raj.opens_home()
    raj.slash("/binder @Raj Rao")
    raj.sees_not("Northwind")
    raj.sees_not("takes over")
    now = world.slack.clock.now()
    record = export.export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now)
    (passed,) = json.loads("".join(to_json(record, now)))["transitions"]
    assert passed == {
        "account": "Northwind",
        "from": raj.id,
        "to": lena.id,
        "day": "2026-12-14",
        "introduced_on": None,
    }
