"""Whose days off count where: what a manager enters is for their own team, what somebody enters of
themselves for every team they are on."""

from datetime import date

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.team.time_off import AwayEntry
from bot.domain.todo.lists import SlotState
from bot.services import appointments
from bot.services.binder.export import export_team
from bot.services.team import away, setup
from storage.team import absences
from tests.exchange.parts import whole
from tests.services.monday import DANA, FRI, INES, KIM, LENA, MON, RAJ, SAM, Office, at

AWAY, OPEN = SlotState.AWAY, SlotState.OPEN


@pytest.fixture
def shared(office: Office) -> Office:
    """Sam is on Kim's team too, with Ines; Kim is on Dana's."""
    office.team(KIM, SAM, INES)
    office.team(DANA, SAM, LENA, RAJ, KIM)
    return office


def on_form(office: Office, manager: str, rep: str) -> list[tuple[date, date | None]]:
    found = setup.rep_facts(office.database, office.actor(manager), rep, at(MON)).time_off
    return [(off.starts_on, off.ends_on) for off in found]


def on_list(office: Office, manager: str, rep: str) -> SlotState:
    return office.row(rep, at(MON), manager).state


def in_export(office: Office, manager: str, rep: str) -> bool:
    database, workspace_id = office.database, office.workspace_id
    record = whole(export_team(database, workspace_id, manager, ExportRequest(), at(MON)))
    return bool(record.time_off[office.person(rep).id])


def proposed(office: Office, manager: str, rep: str) -> date:
    kind = InteractionKind.FIELD_DAY
    return office.asks(appointments.open_form, manager, rep, kind, at(MON)).day


def test_what_a_manager_enters_reaches_no_other_team(shared: Office) -> None:
    usual = proposed(shared, DANA, SAM)
    shared.asks(setup.add_time_off, KIM, SAM, MON, None, at(MON))
    assert on_form(shared, KIM, SAM) == [(MON, None)]
    assert on_form(shared, DANA, SAM) == []
    assert (on_list(shared, KIM, SAM), on_list(shared, DANA, SAM)) == (AWAY, OPEN)
    assert (in_export(shared, KIM, SAM), in_export(shared, DANA, SAM)) == (True, False)
    assert proposed(shared, DANA, SAM) == usual


def test_what_a_manager_enters_of_another_manager_leaves_that_ones_own_team_alone(
    shared: Office,
) -> None:
    shared.asks(setup.add_time_off, DANA, KIM, MON, None, at(MON))
    assert on_list(shared, DANA, KIM) is AWAY
    assert shared.asks(away.days_away, KIM, at(MON)).time_off == ()
    sent = shared.posts(at(MON, 8), shared.team_id(KIM))
    assert sent.reader.slack_id == KIM


def test_what_somebody_enters_of_themselves_counts_on_every_team(shared: Office) -> None:
    with shared.database.writing(shared.workspace_id) as tx:
        absences.add(tx, shared.person(SAM).id, MON, FRI)
    for manager in (DANA, KIM):
        assert on_form(shared, manager, SAM) == [(MON, FRI)]
        assert on_list(shared, manager, SAM) is AWAY
        assert in_export(shared, manager, SAM)
    shared.posts(at(MON, 8), shared.team_id(DANA))
    before = shared.wanted(shared.team_id(DANA))
    shared.asks(away.add, KIM, AwayEntry(MON, FRI, None), "a form", at(MON))
    assert on_list(shared, DANA, KIM) is AWAY
    assert shared.wanted(shared.team_id(DANA)) > before, "the list that stands follows"


@pytest.mark.parametrize("enters", ["own", "other", "themselves"])
def test_a_manager_takes_back_only_what_is_their_teams(shared: Office, enters: str) -> None:
    entered_by = {
        "own": shared.team_id(DANA),
        "other": shared.team_id(KIM),
        "themselves": None,
    }[enters]
    with shared.database.writing(shared.workspace_id) as tx:
        sam = shared.person(SAM).id
        absences.add(tx, sam, MON, FRI, entered_by=entered_by)
        place = (entered_by or shared.team_id(KIM), sam)
        (off,) = absences.of_people(tx, [place])[place]
    shared.asks(setup.remove_time_off, DANA, SAM, off.id, at(MON))
    with shared.database.reading(shared.workspace_id) as tx:
        assert absences.of_people(tx, [place])[place] == ([] if enters == "own" else [off])


def test_nobody_but_who_entered_them_takes_back_their_own_days(shared: Office) -> None:
    shared.asks(setup.add_time_off, DANA, KIM, MON, FRI, at(MON))
    (entered,) = setup.rep_facts(shared.database, shared.actor(DANA), KIM, at(MON)).time_off
    shared.asks(away.remove, KIM, entered.id, at(MON))
    assert on_form(shared, DANA, KIM) == [(MON, FRI)]


def test_one_skill_is_led_by_whoever_is_there_as_their_own_team_knows(shared: Office) -> None:
    def place(manager: str, rep: str) -> tuple[int, int]:
        return shared.team_id(manager), shared.person(rep).id

    shared.asks(setup.add_time_off, KIM, SAM, MON, FRI, at(MON))
    with shared.database.reading(shared.workspace_id) as tx:
        found = absences.of_members(tx, [shared.team_id(DANA), shared.team_id(KIM)], MON)
        assert set(found) == {place(KIM, SAM)}
    with shared.database.writing(shared.workspace_id) as tx:
        absences.add(tx, shared.person(SAM).id, FRI, FRI)
        found = absences.of_members(tx, [shared.team_id(DANA), shared.team_id(KIM)], MON)
        assert set(found) == {place(KIM, SAM), place(DANA, SAM)}
