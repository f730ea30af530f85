"""Working through a list: what each button does, who may press it, and until when."""

from collections.abc import Callable, Iterable
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime, timedelta

import pytest

from bot.domain.contacts.interactions import Logged
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.todo.lists import WHY_LIMIT, SlotState
from bot.domain.todo.origins import Origin
from bot.domain.todo.ranking import subject
from bot.domain.todo.reasons import IssueEntry, ReasonKind
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import (
    BadField,
    FieldError,
    Gone,
    NotOnTeam,
    NotYours,
    Refusal,
    WeekAhead,
    WeekOver,
)
from bot.services import promises
from bot.services.binder import pages
from bot.services.contacts import touches
from bot.services.team import setup
from bot.services.todo import issues, lists, rows
from storage.database.engine import Database
from storage.models import Team as TeamRow
from tests.services.monday import (
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    RAJ,
    SAM,
    SAT,
    SUN,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
    reps_of,
    row_of,
)
from tests.storage.own_rows import update_own

OPEN, DONE, NOT_THIS_WEEK = SlotState.OPEN, SlotState.DONE, SlotState.NOT_THIS_WEEK

Change = Callable[[Database, Actor, int, datetime], object]


def moves(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    lists.move(database, actor, slot_id, FRI, now)


def leaves_out(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    lists.not_this_week(database, actor, slot_id, "on holiday", now)


def chooses(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    choice = rows.choices(database, actor, slot_id, 0, now).choice
    about = choice.others[0].about if choice else ""
    rows.choose_reason(database, actor, slot_id, about, now)


def notes(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    rows.note_next_time(database, actor, slot_id, "the demo", now)


def offers(database: Database, actor: Actor, slot_id: int, now: datetime) -> None:
    rows.choices(database, actor, slot_id, 0, now)


FOR_MANAGERS: tuple[Change, ...] = (
    lists.to_change,
    lists.source,
    chooses,
    rows.say_kept,
    rows.say_still_open,
    notes,
    rows.to_note,
    offers,
    moves,
    leaves_out,
    lists.on_again,
)
CHANGES: tuple[Change, ...] = (*FOR_MANAGERS, lists.done)


def contacts(office: Office, rep: str, manager: str = DANA) -> list[tuple[date, str]]:
    """The contacts in that rep's binder: the day, and what about."""
    found = office.asks(pages.open_binder, manager, rep, at(SUN))
    return [(entry.occurred_on, entry.about) for entry in found.entries]


def hand_over(office: Office, team_id: int, manager: str) -> None:
    """The team passes to another manager."""
    with office.database.writing(office.workspace_id) as tx:
        update_own(tx, TeamRow, TeamRow.id == team_id, manager_id=office.person(manager).id)


def test_done_logs_a_contact_of_today_about_the_reason(office: Office) -> None:
    row = office.row(SAM, at(TUE))
    done = office.asks(lists.done, DANA, row.slot.id, at(TUE))
    assert done is not None
    about = subject(row.reason)
    assert (done.touch.occurred_on, done.touch.about) == (TUE, about)
    assert done.touch.channel is None
    after = office.row(SAM, at(TUE))
    assert (after.state, after.reason) == (DONE, row.reason)
    assert contacts(office, SAM) == [(TUE, about)]


@pytest.mark.both
def test_done_twice_at_once_from_phone_and_desktop_is_one_contact(office: Office) -> None:
    slot = office.slot(SAM, at(MON))

    def press(_: int) -> Logged | None:
        return office.asks(lists.done, DANA, slot, at(MON))

    with ThreadPoolExecutor(4) as pool:
        found = [pressed for pressed in pool.map(press, range(4), timeout=20) if pressed]
    assert len(found) == 1
    assert len(contacts(office, SAM)) == 1


def test_done_after_a_contact_logged_elsewhere_logs_none(office: Office) -> None:
    slot = office.slot(SAM, at(MON))
    office.touches(SAM, MON, at(MON), "elsewhere")
    assert office.asks(lists.done, DANA, slot, at(TUE)) is None
    assert contacts(office, SAM) == [(MON, "")]


def test_done_that_is_undone_opens_the_slot_with_its_reason(office: Office) -> None:
    row = office.row(SAM, at(MON))
    done = office.asks(lists.done, DANA, row.slot.id, at(MON))
    assert done is not None
    office.asks(touches.take_back, DANA, done.touch.id, at(MON))
    assert office.row(SAM, at(MON)) == row
    assert office.asks(lists.done, DANA, row.slot.id, at(MON)) is not None


def test_done_of_a_stand_in_is_their_contact_on_the_managers_team(office: Office) -> None:
    office.leaves(MON, FRI, KEN, at(MON - WEEK))
    slot = office.slot(SAM, at(MON), KEN)
    done = office.asks(lists.done, KEN, slot, at(MON))
    assert done is not None
    assert done.touch.team_id == office.team_id(DANA)
    assert done.touch.author_id == office.person(KEN).id
    assert office.row(SAM, at(MON)).state is DONE
    assert len(contacts(office, SAM)) == 1


def refused(
    office: Office,
    expected: type[Refusal],
    who: str,
    slot: int,
    now: datetime,
    changes: Iterable[Change] = CHANGES,
) -> list[Refusal]:
    """Each of the changes is refused in that way."""
    found = []
    for change in changes:
        with pytest.raises(expected) as refusal:
            office.asks(change, who, slot, now)
        found.append(refusal.value)
    return found


def test_the_wrong_person_changes_nothing(office: Office) -> None:
    before = office.week(at(MON))
    office.team(KIM, INES)
    for who in (KIM, SAM, "U0STRANGER"):
        for refusal in refused(office, NotYours, who, before.rows[0].slot.id, at(MON)):
            assert isinstance(refusal, NotYours)
            assert refusal.owner == "Dana Moss"
    assert office.week(at(MON)) == before


def test_a_stand_in_completes_while_standing_in_and_changes_nothing_else(office: Office) -> None:
    office.leaves(TUE, WED, KEN, at(MON))
    before = office.row(SAM, at(MON))
    for now in (at(MON), at(THU)):
        refused(office, NotYours, KEN, before.slot.id, now)
    refused(office, NotYours, KEN, before.slot.id, at(TUE), FOR_MANAGERS)
    assert office.row(SAM, at(MON)) == before
    assert office.asks(lists.done, KEN, before.slot.id, at(WED)) is not None


def test_nothing_of_a_week_that_is_over_changes(office: Office) -> None:
    slot = office.slot(SAM, at(MON))
    for now in (at(SAT), at(MON + 5 * WEEK)):
        refused(office, WeekOver, DANA, slot, now)
    assert contacts(office, SAM) == []


def test_nothing_changes_for_a_rep_who_left_since(office: Office) -> None:
    slot = office.slot(SAM, at(MON))
    office.team(DANA, LENA, RAJ, now=at(TUE))
    for refusal in refused(office, NotOnTeam, DANA, slot, at(TUE)):
        assert isinstance(refusal, NotOnTeam)
        assert refusal.name == "Sam Stone"
    assert contacts(office, SAM) == []


def test_a_slot_that_never_was_or_is_of_another_workspace_is_gone(office: Office) -> None:
    before = office.row(SAM, at(MON))
    refused(office, Gone, DANA, before.slot.id + 1000, at(MON))
    elsewhere = Office(office.database, office.workspace_id + 1)
    refused(elsewhere, Gone, DANA, before.slot.id, at(MON))
    assert office.row(SAM, at(MON)) == before


def test_a_team_that_was_handed_over_is_the_new_managers(office: Office) -> None:
    slot = office.slot(SAM, at(MON))
    hand_over(office, office.team_id(DANA), KIM)
    for refusal in refused(office, NotYours, DANA, slot, at(TUE)):
        assert isinstance(refusal, NotYours)
        assert refusal.owner == "Kim Park"
    for change in CHANGES:
        office.asks(change, KIM, slot, at(TUE))
    assert reps_of(office.week(at(TUE), KIM)) == [LENA, RAJ, SAM]
    assert office.row(SAM, at(TUE), KIM).state is DONE


def test_a_contact_of_today_completes_no_week_that_begins_later(office: Office) -> None:
    office.asks(setup.change_settings, DANA, {"todo_day": 6}, at(MON - WEEK))
    sent = office.posts(at(SUN), office.team_id(DANA))
    slot = row_of(sent.facts, SAM).slot.id
    with pytest.raises(WeekAhead):
        office.asks(lists.done, DANA, slot, at(SUN))
    assert contacts(office, SAM) == []
    assert office.asks(lists.done, DANA, slot, at(MON + WEEK)) is not None


def test_a_reason_whose_promise_was_kept_elsewhere_is_replaced(office: Office) -> None:
    owed = office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    offered = office.promises(Owner.REP, LENA, "lead the demo", THU, at(MON))
    made = office.week(at(MON))
    kinds = (ReasonKind.PROMISE_OWED, ReasonKind.REP_PROMISE)
    assert (row_of(made, SAM).reason.kind, row_of(made, LENA).reason.kind) == kinds
    team = office.team_id(DANA)
    office.posts(at(MON), team)
    for made_by, promise in ((DANA, owed), (LENA, offered)):
        before = office.wanted(team)
        office.asks(promises.fulfil, made_by, promise, at(TUE))
        assert office.wanted(team) > before, "the posted list is to be drawn anew"
    assert office.row(SAM, at(TUE)).reason.kind is ReasonKind.OPEN_QUESTION
    assert office.row(LENA, at(TUE)).reason.text == (
        "Lena kept it: “lead the demo”. Say you noticed."
    )


@pytest.mark.parametrize(
    "day", [MON, WED, THU, SAT, MON + WEEK], ids=["past", "rep off", "manager off", "over", "next"]
)
def test_a_rep_moves_to_no_day_that_cannot_be_had(office: Office, day: date) -> None:
    office.is_away(SAM, WED, WED, at(MON))
    office.leaves(THU, THU, None, at(MON))
    before = office.row(SAM, at(TUE))
    assert office.asks(lists.to_change, DANA, before.slot.id, at(TUE)).days == (TUE, FRI)
    with pytest.raises(BadField) as refusal:
        office.asks(lists.move, DANA, before.slot.id, day, at(TUE))
    assert (refusal.value.field, refusal.value.flaw) == ("day", FieldError.NOT_A_DAY_LEFT)
    assert office.row(SAM, at(TUE)) == before


def test_a_rep_moves_and_stays_there(office: Office) -> None:
    slot = office.slot(SAM, at(MON))
    office.asks(lists.move, DANA, slot, FRI, at(MON))
    office.asks(lists.move, DANA, slot, FRI, at(MON))
    assert [office.row(SAM, at(day)).slot.day for day in (MON, TUE, FRI)] == [FRI] * 3


def test_not_this_week_keeps_a_word_why_until_it_is_on_again(office: Office) -> None:
    slot = office.slot(SAM, at(MON))
    office.asks(lists.not_this_week, DANA, slot, f" {'x' * 3000} ", at(MON))
    row = office.row(SAM, at(MON))
    assert (row.state, row.slot.not_this_week) == (NOT_THIS_WEEK, "x" * WHY_LIMIT)
    office.asks(lists.not_this_week, DANA, slot, "", at(MON))
    assert office.row(SAM, at(MON)).state is NOT_THIS_WEEK
    office.asks(lists.on_again, DANA, slot, at(TUE))
    assert office.row(SAM, at(TUE)).state is OPEN
    office.asks(lists.not_this_week, DANA, slot, "", at(TUE))
    office.asks(lists.move, DANA, slot, FRI, at(TUE))
    assert office.row(SAM, at(TUE)).state is OPEN, "who is given a day is on again"


def test_a_contact_completes_also_who_was_left_out(office: Office) -> None:
    office.asks(lists.not_this_week, DANA, office.slot(SAM, at(MON)), "", at(MON))
    office.touches(SAM, TUE, at(TUE), "t")
    assert office.row(SAM, at(TUE)).state is DONE


def test_why_shows_the_whole_ranking_and_for_who_manages_the_rep_alone(office: Office) -> None:
    office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    with pytest.raises(Gone):
        office.asks(lists.why, DANA, SAM, at(MON))
    row = office.row(SAM, at(MON))
    why = office.asks(lists.why, DANA, SAM, at(MON))
    assert (why.rep.slack_id, why.slot, why.reason) == (SAM, row.slot, row.reason)
    assert why.ranking[0].because == "You owe it, due Wed 25 Nov."
    weights = [ranked.weight for ranked in why.ranking]
    assert weights == sorted(weights, reverse=True)
    office.team(KIM, INES)
    for who, rep in ((KIM, SAM), (DANA, INES), (DANA, "U0STRANGER")):
        with pytest.raises(NotOnTeam):
            office.asks(lists.why, who, rep, at(MON))
    office.leaves(TUE, FRI, KEN, at(MON))
    with pytest.raises(Refusal):
        office.asks(lists.why, KEN, SAM, at(TUE))


def test_where_a_reason_comes_from(office: Office) -> None:
    touch = office.touches(SAM, MON - timedelta(days=5), at(MON), "before")
    entry = PromiseEntry(SAM, Owner.MANAGER, "quotes take four days", None)
    office.asks(promises.raise_in_contact, DANA, touch, entry, "raised", at(MON))
    office.promises(Owner.MANAGER, LENA, "the price sheet", WED, at(MON))
    theme = IssueEntry("price change", MON, FRI)
    office.asks(issues.set_issue, DANA, theme, None, at(MON))

    def found(rep: str, now: datetime) -> tuple[Origin | None, int]:
        source = office.asks(lists.source, DANA, office.slot(rep, now), now)
        return source.origin, source.id

    assert found(SAM, at(MON)) == (Origin.CONTACT, touch)
    assert found(LENA, at(MON))[0] is Origin.PROMISES
    assert found(RAJ, at(MON))[0] is Origin.ISSUES
    made = office.promises(Owner.REP, RAJ, "call three dormant accounts", WED, at(MON))
    office.asks(promises.fulfil, RAJ, made, at(TUE))
    next_monday = MON + timedelta(days=7)
    assert found(RAJ, at(next_monday)) == (Origin.PROMISES, made)


def test_a_list_can_be_looked_at_by_who_has_it(office: Office) -> None:
    week = office.week(at(MON))
    slot = week.rows[0].slot.id
    office.leaves(TUE, WED, KEN, at(MON))
    assert office.asks(lists.list_of_slot, DANA, slot, at(MON)).rows == week.rows
    assert reps_of(office.asks(lists.list_of_slot, KEN, slot, at(TUE))) == reps_of(week)
    for now in (at(MON), at(THU)):
        with pytest.raises(NotYours):
            office.asks(lists.list_of_slot, KEN, slot, now)
    assert office.asks(lists.list_of_week, DANA, MON, at(MON)).rows == week.rows
    assert office.asks(lists.list_of_week, DANA, MON - WEEK, at(MON)).rows == ()
