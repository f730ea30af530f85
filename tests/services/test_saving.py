"""Whose a save-it plan is: its team's manager's, and nobody else's to write, open or close."""

import threading
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date
from typing import Any

import pytest

from bot.domain.results.results import Metric, MetricKind, Period
from bot.domain.results.saving import SavingEntry
from bot.domain.todo.sources.results import warning_of
from bot.domain.workspaces.refusals import ForManagers, Gone, NoTeam, NotOnTeam, Refusal
from bot.services.results import saving
from bot.services.team import setup
from tests.services.kept_results import keep_result
from tests.services.monday import DANA, INES, KEN, KIM, LENA, MON, SAM, Office, at

VISITS = Metric("Visits", MetricKind.LEADING)
NOVEMBER = Period(date(2026, 11, 1), date(2026, 11, 30))
ABOUT = warning_of(NOVEMBER, VISITS.name)
NOW = at(MON)
ENTRY = SavingEntry("call five\nme: ask Ken", 5, "visits", "Ken", date(2026, 11, 27))


@pytest.fixture
def plan(office: Office) -> int:
    """Sam's, of Dana's team; Ken leads another."""
    for who in (KEN, KIM, INES):
        office.meets(who)
    office.team(KEN, INES)
    reading = (date(2026, 11, 20), 20, 11)
    keep_result(
        office.database, office.workspace_id, DANA, SAM, reading, metric=VISITS, period=NOVEMBER
    )
    return office.asks(saving.save, DANA, SAM, ABOUT, ENTRY, "a form", NOW).plan.id


DAYS_OFF = {
    "nobody is off": (),
    "Sam is off": ((SAM, 24, 29),),
    "both are, one after the other": ((SAM, 25, 26), (DANA, 27, 29)),
    "Sam is off until the end": ((SAM, 24, 30),),
    "Sam is off before the end": ((SAM, 27, 30),),
}


@pytest.mark.parametrize(
    ("off", "today", "proposed"),
    [
        # There is a week, and more.
        ("nobody is off", 18, 25),
        # A week from Monday 23 is the last day, on which nothing can be done any more.
        ("nobody is off", 23, 27),
        ("nobody is off", 26, 27),
        # Tomorrow is the last day, and then today is.
        ("nobody is off", 27, 30),
        ("nobody is off", 29, 30),
        ("nobody is off", 30, 30),
        ("Sam is off", 18, 23),
        ("Sam is off", 23, 30),
        ("both are, one after the other", 20, 24),
        ("both are, one after the other", 18, 24),
        ("Sam is off until the end", 23, 27),
        ("Sam is off before the end", 23, 25),
    ],
)
def test_a_day_is_proposed_on_which_both_are_there_and_it_still_helps(
    office: Office, off: str, today: int, proposed: int
) -> None:
    reading = (date(2026, 11, 17), 20, 9)
    keep_result(
        office.database, office.workspace_id, DANA, SAM, reading, metric=VISITS, period=NOVEMBER
    )
    now = at(date(2026, 11, today))
    for who, *span in DAYS_OFF[off]:
        first, last = (date(2026, 11, day) for day in span)
        if who == DANA:
            office.leaves(first, last, None, now)
        else:
            office.is_away(who, first, last, now)
    asked = office.asks(saving.to_write, DANA, SAM, ABOUT, now)
    assert asked.check_on == date(2026, 11, proposed)


def test_a_public_holiday_is_no_day_to_propose(office: Office) -> None:
    december = Period(date(2026, 12, 1), date(2026, 12, 31))
    reading = (date(2026, 12, 17), 20, 9)
    keep_result(
        office.database, office.workspace_id, DANA, SAM, reading, metric=VISITS, period=december
    )
    office.asks(setup.change_settings, DANA, {"country": "DE"}, NOW)
    about = warning_of(december, VISITS.name)
    # Fri 25 is one in Germany; Mon 28 is the next day at work.
    asked = office.asks(saving.to_write, DANA, SAM, about, at(date(2026, 12, 18)))
    assert asked.check_on == date(2026, 12, 28)


@pytest.mark.parametrize(("who", "told"), [(SAM, ForManagers), (KIM, NoTeam), (KEN, Gone)])
def test_nobody_else_opens_or_closes_it(
    office: Office, plan: int, who: str, told: type[Refusal]
) -> None:
    with pytest.raises(told):
        office.asks(saving.look, who, plan, NOW)
    with pytest.raises(told):
        office.asks(saving.close, who, plan, "the list", NOW)
    assert office.asks(saving.look, DANA, plan, NOW).plan.closed_on is None


@pytest.mark.usefixtures("plan")
def test_another_manager_writes_none_for_a_rep_who_is_not_theirs(office: Office) -> None:
    with pytest.raises(NotOnTeam):
        office.asks(saving.save, KEN, SAM, ABOUT, ENTRY, "another form", NOW)
    with pytest.raises(Gone):
        office.asks(saving.save, DANA, LENA, ABOUT, ENTRY, "another form", NOW)


def test_there_is_one_plan_a_warning_and_its_words_are_the_latest(
    office: Office, plan: int
) -> None:
    again = office.asks(saving.save, DANA, SAM, ABOUT, ENTRY, "another form", NOW)
    assert again.plan.id == plan
    assert [one.what for one in again.steps] == ["call five", "ask Ken"]
    assert {one.due_on for one in again.steps} == {ENTRY.check_on}
    closed = office.asks(saving.close, DANA, plan, " the list ", NOW)
    assert (closed.plan.closed_on, closed.plan.helped) == (MON, "the list")
    later = office.asks(saving.close, DANA, plan, "Ken's calls", at(date(2026, 12, 2)))
    assert (later.plan.closed_on, later.plan.helped) == (MON, "Ken's calls")


@pytest.mark.both
def test_two_devices_that_write_the_first_plan_at_once_write_one(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    reading = (date(2026, 11, 20), 20, 11)
    keep_result(
        office.database, office.workspace_id, DANA, SAM, reading, metric=VISITS, period=NOVEMBER
    )
    both = threading.Barrier(2, timeout=0.3)
    read = saving._saving

    def read_beside_the_other(*given: Any) -> Any:
        found = read(*given)
        # Whoever has to wait for the other never comes here meanwhile.
        with suppress(threading.BrokenBarrierError):
            both.wait()
        return found

    monkeypatch.setattr(saving, "_saving", read_beside_the_other)

    def written(form: str) -> int:
        return office.asks(saving.save, DANA, SAM, ABOUT, ENTRY, form, NOW).plan.id

    with ThreadPoolExecutor(2) as devices:
        first, second = devices.map(written, ("a phone", "a desk"))
    assert first == second
