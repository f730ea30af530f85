"""A second team and **Not my manager**: who may answer, twice and at once, and what is kept."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import TouchEntry
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.team.file_rows import FileRow
from bot.domain.team.memberships import QuestionState, QuestionView
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.refusals import Gone, NotYours, OnAnotherTeam, OnTwoTeams
from bot.services import promises
from bot.services.contacts import touches
from bot.services.team import memberships, roster, setup
from bot.services.workspaces.memberships import open_for
from bot.services.workspaces.retention import purge
from storage import appointments
from storage.accounts import accounts, transitions
from storage.meetings import agenda
from storage.models import Base
from storage.team import teams
from tests.services.monday import (
    BERLIN,
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    NAMES,
    RAJ,
    SAM,
    TUE,
    Office,
    at,
)

NOW = at(MON)
State = QuestionState


def reps(office: Office, manager: str) -> list[str]:
    facts = office.asks(setup.own_facts, manager, NOW)
    return sorted(member.rep.slack_id for member in facts.active)


def asked(office: Office, manager: str = KIM) -> QuestionView:
    """What that manager's team waits for."""
    with office.database.reading(office.workspace_id) as tx:
        team = teams.of_manager(tx, manager)
        assert team is not None
        (found,) = open_for(tx, team, NOW)
    return found


def names(office: Office, manager: str, *wanted: str) -> None:
    office.asks(setup.choose_reps, manager, wanted, NOW)


def answers(office: Office, who: str, question: int, *, fine: bool) -> QuestionView:
    return office.asks(memberships.answer_second_team, who, question, fine, NOW)


def disowns(office: Office, rep: str, manager: str) -> QuestionView:
    return office.asks(memberships.not_my_manager, rep, office.team_id(manager), NOW)


def test_only_the_first_manager_answers(office: Office) -> None:
    names(office, KIM, SAM, INES)
    question = asked(office).question.id
    knows = (KIM, SAM)
    for wrong in (*knows, KEN, INES, "U0STRANGER"):
        for fine in (True, False):
            with pytest.raises(NotYours if wrong in knows else Gone):
                answers(office, wrong, question, fine=fine)
        with pytest.raises(Gone):
            answers(office, wrong, 10_000, fine=True)
    assert reps(office, KIM) == [INES]
    assert answers(office, DANA, question, fine=True).state is State.FINE
    assert reps(office, KIM) == [INES, SAM]


@pytest.mark.both
@pytest.mark.parametrize("fine", [True, False])
def test_answered_twice_and_at_once_is_once_and_the_first_answer_stands(
    office: Office, fine: bool
) -> None:
    names(office, KIM, SAM, INES)
    question = asked(office).question.id

    def press(_: int) -> State:
        return answers(office, DANA, question, fine=fine).state

    with ThreadPoolExecutor(4) as pool:
        assert len(set(pool.map(press, range(4), timeout=20))) == 1
    assert answers(office, DANA, question, fine=not fine).state is press(0)
    with office.database.reading(office.workspace_id) as tx:
        places = teams.members(tx, office.team_id(KIM))
    assert [one.rep.slack_id for one in places].count(SAM) == int(fine)


@pytest.mark.both
def test_named_twice_at_once_by_a_team_that_is_new_is_asked_once(office: Office) -> None:
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda _: names(office, KIM, SAM, INES), range(4), timeout=20))
    assert asked(office).rep.slack_id == SAM
    assert reps(office, KIM) == [INES]


@pytest.mark.both
def test_two_managers_who_would_fill_one_place_do_not_both(office: Office) -> None:
    names(office, KIM, SAM)
    names(office, KEN, SAM)
    ids = [asked(office, KIM).question.id, asked(office, KEN).question.id]

    def press(question: int) -> State | None:
        try:
            return answers(office, DANA, question, fine=True).state
        except OnTwoTeams:
            return None

    with ThreadPoolExecutor(2) as pool:
        came = list(pool.map(press, ids, timeout=20))
    assert sorted(came, key=str) == [None, State.FINE]
    with office.database.reading(office.workspace_id) as tx:
        assert len(teams.places(tx, [SAM], MON)[SAM]) == 2


def test_who_has_left_the_first_team_is_added_by_name_and_not_by_its_manager(
    office: Office,
) -> None:
    names(office, KIM, SAM)
    question = asked(office).question.id
    names(office, DANA, LENA, RAJ)
    with pytest.raises(Gone):
        answers(office, DANA, question, fine=True)
    names(office, KIM, SAM)
    assert reps(office, KIM) == [SAM]
    assert answers(office, DANA, question, fine=False).state is State.FINE


def test_not_so_stands_until_the_reps_place_there_is_another(office: Office) -> None:
    names(office, KIM, SAM, INES)
    question = asked(office).question.id
    answers(office, DANA, question, fine=False)
    for later in (NOW, NOW + timedelta(days=60)):
        purge(office.database, office.workspace_id, later)
        changed = office.asks(setup.choose_reps, KIM, [SAM, INES], later)
        assert changed.asked == ()
        ((rep, manager),) = changed.not_so
        assert (rep.slack_id, manager.slack_id) == (SAM, DANA)
    office.place(SAM, MON - timedelta(days=90), MON, NOW)
    later = at(TUE)
    office.place(SAM, TUE, None, later)
    changed = office.asks(setup.choose_reps, KIM, [SAM, INES], later)
    assert (len(changed.asked), changed.not_so) == (1, ())
    assert asked(office).state is State.ASKED


def test_another_first_manager_is_asked_anew(office: Office) -> None:
    names(office, KIM, SAM, INES)
    answers(office, DANA, asked(office).question.id, fine=False)
    names(office, DANA, LENA, RAJ)
    office.team(KEN, SAM)
    changed = office.asks(setup.choose_reps, KIM, [SAM, INES], NOW)
    assert [manager.slack_id for _, manager in changed.asked] == [KEN]


def test_a_file_seats_whom_the_first_manager_said_not_so_of(office: Office) -> None:
    names(office, KIM, SAM, INES)
    answers(office, DANA, asked(office).question.id, fine=False)
    report = roster.import_roster(
        office.database,
        office.workspace_id,
        [FileRow(2, {"manager_id": KIM, "rep_id": SAM})],
        [Profile(who, name, BERLIN) for who, name in NAMES.items()],
        is_country=lambda _: True,
        file_name="roster.csv",
        keep_good=False,
        dry_run=False,
        now=NOW,
    )
    assert report.rejected == ()
    assert reps(office, KIM) == [INES, SAM]


def test_nobody_comes_back_to_a_second_team_by_its_form(office: Office) -> None:
    names(office, KIM, INES)
    office.place(LENA, MON - timedelta(days=90), MON, NOW)
    names(office, KIM, INES, LENA)
    with pytest.raises(OnAnotherTeam):
        office.place(LENA, MON - timedelta(days=90), None, NOW)
    assert LENA not in reps(office, DANA)


def wrote_a_touch(office: Office) -> None:
    office.asks(touches.log_form, KIM, TouchEntry(INES, None, MON, "hello"), "one form", NOW)


def took_it_back(office: Office) -> None:
    entry = TouchEntry(INES, None, MON, "hello")
    logged = office.asks(touches.log_form, KIM, entry, "one form", NOW)
    office.asks(touches.take_back, KIM, logged.touch.id, NOW)


def promised(office: Office) -> None:
    entry = PromiseEntry(INES, Owner.MANAGER, "a demo kit", FRI)
    promises.make(office.database, office.actor(KIM), entry, "a form", NOW, raised=False)


def planned(office: Office) -> None:
    with office.database.writing(office.workspace_id) as tx:
        appointments.add(
            tx,
            team_id=office.team_id(KIM),
            rep_id=office.person(INES).id,
            kind=InteractionKind.SESSION,
            day=FRI,
            at=None,
            notes="",
            made_on=MON,
            after_contact=0,
        )


def put_on_the_agenda(office: Office) -> None:
    with office.database.writing(office.workspace_id) as tx:
        agenda.add(
            tx,
            team_id=office.team_id(KIM),
            author_id=office.person(INES).id,
            rep_id=None,
            text="60-day terms",
            added_on=MON,
            interaction_id=None,
        )


def passed_on(office: Office) -> None:
    with office.database.writing(office.workspace_id) as tx:
        ines, ken = office.person(INES).id, office.person(KEN).id
        acme = accounts.ensure(tx, office.team_id(KIM), ["Acme"])["Acme"]
        transitions.keep(tx, office.team_id(KIM), ken, [acme], ines, FRI, MON)


@pytest.mark.parametrize(
    "wrote",
    [wrote_a_touch, took_it_back, promised, planned, put_on_the_agenda, passed_on],
)
def test_after_any_entry_it_is_the_managers_to_say(
    office: Office, wrote: Callable[[Office], None]
) -> None:
    names(office, KIM, INES)
    wrote(office)
    found = disowns(office, INES, KIM)
    assert (found.state, reps(office, KIM)) == (State.DISPUTED, [INES])
    assert disowns(office, INES, KIM).state is State.DISPUTED
    for wrong in (INES, DANA, "U0STRANGER"):
        with pytest.raises(NotYours if wrong == INES else Gone):
            office.asks(memberships.answer_dispute, wrong, found.question.id, True, NOW)
    office.asks(memberships.answer_dispute, KIM, found.question.id, False, NOW)
    assert (
        office.asks(memberships.answer_dispute, KIM, found.question.id, True, NOW).state
        is State.KEPT
    )
    assert disowns(office, INES, KIM).state is State.KEPT, "the manager is not asked again"
    assert reps(office, KIM) == [INES]


def linked_to(office: Office, team_id: int, rep_id: int) -> set[str]:
    """The tables with a row that belongs to that team and names that person."""
    found = set()
    with office.database.reading(office.workspace_id) as tx:
        for table in Base.metadata.sorted_tables:
            people = [c for c in table.c if c.references(Base.metadata.tables["person"].c.id)]
            for column in people:
                for row in tx.execute(select(table).where(column == rep_id)).mappings():
                    if _team_of(tx, row) == team_id:
                        found.add(table.name)
    return found


def _team_of(tx: Any, row: Any) -> Any:
    if "todo_list_id" in row:
        lists = Base.metadata.tables["todo_list"]
        own = select(lists.c.team_id).where(lists.c.id == row["todo_list_id"])
        return int(tx.execute(own).scalar_one())
    return row.get("team_id")


def test_before_the_first_entry_nothing_is_left_of_it(office: Office) -> None:
    office.team(KIM, INES, now=at(MON, 8))
    team, ines = office.team_id(KIM), office.person(INES).id
    office.week(NOW, KIM)
    office.asks(setup.set_first_lines, KIM, {INES: "the Acme renewal"}, NOW)
    office.asks(setup.add_time_off, KIM, INES, TUE, TUE, NOW)
    meets: dict[str, object] = {"meeting_days": (2,), "meeting_time": at(MON).time()}
    office.asks(setup.change_settings, KIM, meets, NOW)
    before = linked_to(office, team, ines)
    assert before >= {"membership", "slot", "time_off", "meeting"}
    found = disowns(office, INES, KIM)
    assert found.state is State.LEFT
    assert linked_to(office, team, ines) == {"membership_question"}, "until the manager is told"
    assert disowns(office, INES, KIM).state is State.LEFT
    purge(office.database, office.workspace_id, NOW + timedelta(days=40))
    assert linked_to(office, team, ines) == set()


def test_only_who_is_on_that_team_can_say_so(office: Office) -> None:
    for wrong in (KIM, KEN, INES, DANA, "U0STRANGER"):
        with pytest.raises(Gone):
            disowns(office, wrong, DANA)
    with pytest.raises(Gone):
        office.asks(memberships.not_my_manager, SAM, 10_000, NOW)
    assert reps(office, DANA) == [LENA, RAJ, SAM]


@pytest.mark.both
def test_pressed_at_once_it_is_said_once(office: Office) -> None:
    names(office, KIM, INES)
    with ThreadPoolExecutor(4) as pool:
        states = set(pool.map(lambda _: disowns(office, INES, KIM).state, range(4), timeout=20))
    assert states == {State.LEFT}
    with office.database.reading(office.workspace_id) as tx:
        assert teams.places(tx, [INES], MON) == {}
