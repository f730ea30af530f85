"""The first weeks of a rep who is new, week by week as the manager's list brings them up."""

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from bot.domain.promises import Owner
from bot.domain.team.ramp import DEFAULT_RAMP, RampEntry, RampStep
from bot.domain.todo.reasons import ReasonKind
from bot.domain.workspaces.refusals import BadField, ForManagers, Gone, Refusal
from bot.services import promises
from bot.services.team import ramp, setup
from storage.database.engine import Database
from storage.team import teams
from tests.services.monday import (
    DANA,
    INES,
    KIM,
    LENA,
    MON,
    NAMES,
    RAJ,
    SAM,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
)
from tests.storage.world import statements

JOINED = MON + WEEK
DAY = timedelta(days=1)
HELLO, QUESTIONS, VISIT, ACCOUNTS, MONTH, DRAFT, LISTEN, LEAD, TALK, NEXT = (
    step.what for step in DEFAULT_RAMP
)


@pytest.fixture
def office(database: Database, workspace_id: int) -> Office:
    """Ines joins the team of Dana, who leads Sam, Lena and Raj since long ago."""
    found = Office(database, workspace_id)
    for who in NAMES:
        found.meets(who)
    found.team(DANA, SAM, LENA, RAJ)
    found.team(DANA, SAM, LENA, RAJ, INES, now=at(JOINED, 7))
    return found


def is_new(office: Office, rep: str = INES, who: str = DANA, now: date = JOINED) -> None:
    lines: dict[str, str] = {}
    office.asks(setup.set_first_lines, who, lines, at(now, 8), [rep])


def open_steps(office: Office, now: date, rep: str = INES) -> list[tuple[str, date | None]]:
    found = office.asks(ramp.of_rep, DANA, rep, at(now))
    return [(one.what, one.due_on) for one in found.promises]


def step_of(office: Office, what: str) -> RampStep:
    steps = office.asks(ramp.of_team, DANA, at(JOINED))
    return next(one for one in steps if one.what == what)


def keep(office: Office, what: str, now: date) -> None:
    found = office.asks(ramp.of_rep, DANA, INES, at(now)).promises
    (one,) = (one for one in found if one.what == what)
    office.asks(promises.fulfil, DANA, one.id, at(now))


def test_the_lists_of_every_week_from_day_0_through_day_91(office: Office) -> None:
    """Lived as it is: Dana keeps what the list brings up; after a month one step says otherwise."""
    is_new(office)
    told: dict[int, list[str]] = {}
    for week in range(14):
        monday = JOINED + week * WEEK
        if week == 5:
            # The step of 60 days is of 50 days, and says more.
            lead = step_of(office, LEAD)
            entry = RampEntry(50, Owner.REP, "Lead two customer visits")
            office.asks(ramp.save, DANA, lead.id, entry, f"edit-{week}", at(monday, 6))
        row = office.row(INES, at(monday))
        said = dict.fromkeys(reason.text for reason in (row.reason, *row.owed))
        told[week * 7] = [text for text in said if "Ines's first" in text]
        for what, due in open_steps(office, monday):
            if due is not None and due <= monday + 6 * DAY:
                keep(office, what, due)
        office.done(INES, at(monday + 4 * DAY))
    assert told == {
        0: [f"For Ines's first day, from you: “{HELLO}”, by Monday."],
        7: [f"For Ines's first week, from you: “{VISIT}”, by Monday."],
        14: [],
        21: [],
        28: [f"For Ines's first 30 days, from you: “{MONTH}”, by Wednesday."],
        35: [],
        42: [],
        49: ["For Ines's first 50 days, for Tuesday: “Lead two customer visits”. Offer a hand."],
        56: [f"For Ines's first 60 days, from you: “{LISTEN}”, by Friday."],
        63: [],
        70: [],
        77: [],
        84: [],
        # Ninety days from a Monday are a Sunday: the last step waits for the Monday after.
        91: [f"For Ines's first 90 days, from you: “{TALK}”, by Monday."],
    }
    assert open_steps(office, JOINED + 14 * WEEK) == []
    row = office.row(INES, at(JOINED + 15 * WEEK))
    assert "first" not in row.reason.text, "and it ends by itself"


def test_a_step_of_the_reps_is_a_reason_of_its_own_kind_and_noted_until_agreed(
    office: Office,
) -> None:
    is_new(office)
    for what in (HELLO, QUESTIONS, VISIT):
        keep(office, what, JOINED)
    office.done(INES, at(JOINED))
    row = office.row(INES, at(JOINED + WEEK))
    assert (row.reason.kind, row.reason.text) == (
        ReasonKind.RAMP_STEP,
        f"For Ines's first week, for Monday: “{ACCOUNTS}”. Offer a hand.",
    )
    (noted,) = (
        one
        for one in office.asks(ramp.of_rep, DANA, INES, at(JOINED)).promises
        if one.what == ACCOUNTS
    )
    assert not noted.is_agreed
    assert office.asks(promises.agree, INES, noted.id, at(JOINED)).promise.is_agreed


def test_it_is_laid_on_nobody_by_itself(office: Office) -> None:
    assert open_steps(office, JOINED) == []
    is_new(office)
    assert len(open_steps(office, JOINED)) == len(DEFAULT_RAMP)
    for rep in (SAM, LENA, RAJ):
        assert open_steps(office, JOINED, rep) == []


def test_who_has_been_there_for_long_has_nothing_laid_on_them(office: Office) -> None:
    office.place(SAM, date(2026, 1, 5), None, at(MON), new_on_team=True)
    assert open_steps(office, MON, SAM) == []


def test_days_off_of_both_sides_move_what_is_to_come(office: Office) -> None:
    is_new(office)
    month = JOINED + 30 * DAY
    assert (DRAFT, month) in open_steps(office, JOINED)
    away = office.is_away(INES, month, month, at(JOINED))
    office.leaves(month + DAY, month + 2 * DAY, None, at(JOINED))
    # The Wednesday, then Thursday and Friday, and the weekend.
    assert (DRAFT, month + 5 * DAY) in open_steps(office, JOINED)
    office.asks(setup.remove_time_off, DANA, INES, away, at(JOINED))
    assert (DRAFT, month) in open_steps(office, JOINED)


def test_a_step_that_is_removed_takes_back_what_is_open_and_to_come(office: Office) -> None:
    is_new(office)
    keep(office, VISIT, JOINED + DAY)
    for what in (HELLO, VISIT, DRAFT):
        office.asks(ramp.remove, DANA, step_of(office, what).id, at(JOINED + 8 * DAY))
    left = [what for what, _ in open_steps(office, JOINED + 8 * DAY)]
    assert HELLO in left, "late, it stays until it is kept or dropped"
    assert DRAFT not in left
    with pytest.raises(Gone):
        office.asks(ramp.remove, DANA, 999, at(JOINED))


def test_a_place_that_ends_ends_its_ramp_and_one_that_goes_on_has_it_again(
    office: Office,
) -> None:
    is_new(office)
    before = open_steps(office, JOINED)
    office.team(DANA, SAM, LENA, RAJ, now=at(TUE + WEEK))
    assert [due for _, due in open_steps(office, TUE + WEEK)] == [JOINED, JOINED]
    office.team(DANA, SAM, LENA, RAJ, INES, now=at(TUE + WEEK, 12))
    assert open_steps(office, TUE + WEEK) == before
    office.place(INES, JOINED, THU + 2 * WEEK, at(WED + WEEK), new_on_team=True)
    assert {due for _, due in open_steps(office, WED + WEEK)} == {JOINED, JOINED + WEEK}


def test_a_rep_of_two_teams_has_the_steps_of_each(office: Office) -> None:
    office.team(KIM, SAM, INES, now=at(JOINED, 7))
    is_new(office)
    entry = RampEntry(0, Owner.MANAGER, "Show the products")
    office.asks(ramp.save, KIM, 0, entry, "kims", at(JOINED))
    with office.database.reading(office.workspace_id) as tx:
        kims = teams.of_manager(tx, KIM)
    assert kims is not None
    assert ("Show the products", JOINED) not in open_steps(office, JOINED)
    is_new(office, who=KIM)
    found = office.asks(ramp.of_rep, KIM, INES, at(JOINED)).promises
    assert "Show the products" in [one.what for one in found]
    assert {one.team_id for one in found} == {kims.id}


def test_the_same_form_adds_one_step_and_a_removed_default_stays_away(office: Office) -> None:
    entry = RampEntry(3, Owner.REP, "Read the last three sessions")
    for what in ("Read", "Read all of"):
        saved = RampEntry(entry.day, entry.owner, f"{what} it")
        office.asks(ramp.save, DANA, 0, saved, "one form", at(JOINED))
    steps = office.asks(ramp.of_team, DANA, at(JOINED))
    assert [one.what for one in steps if one.day == 3] == ["Read all of it"]
    for step in steps:
        office.asks(ramp.remove, DANA, step.id, at(JOINED))
    assert office.asks(ramp.of_team, DANA, at(JOINED)) == ()
    is_new(office)
    assert open_steps(office, JOINED) == []


@pytest.mark.parametrize(
    ("who", "entry", "refused"),
    [
        (INES, RampEntry(1, Owner.REP, "x"), ForManagers),
        (DANA, RampEntry(1, Owner.REP, ""), BadField),
        (DANA, RampEntry(-1, Owner.REP, "x"), BadField),
        (DANA, RampEntry(181, Owner.REP, "x"), BadField),
    ],
)
def test_what_is_no_step_or_nobodys_to_change_is_refused(
    office: Office, who: str, entry: RampEntry, refused: type[Refusal]
) -> None:
    with pytest.raises(refused):
        office.asks(ramp.save, who, 0, entry, "form", at(JOINED))
    office.team(KIM, SAM)
    step = step_of(office, HELLO).id
    with pytest.raises(Gone):
        office.asks(ramp.save, KIM, step, RampEntry(1, Owner.REP, "mine"), "kims", at(JOINED))
    assert step_of(office, HELLO).day == 0


def test_a_list_costs_the_same_with_a_ramp_and_without(office: Office) -> None:
    office.week(at(JOINED))

    def cost(what: Callable[[], object]) -> int:
        with statements(office.database) as sent:
            what()
        return len(sent)

    without = cost(lambda: office.week(at(JOINED)))
    is_new(office)
    office.week(at(JOINED))
    assert cost(lambda: office.week(at(JOINED))) == without
