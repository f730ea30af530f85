"""Lists that are due: to whom they go, or why not; and what those that stand go on showing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime

import pytest

from bot.domain.delivery import MessageKind, Unsent
from bot.domain.promises import Owner
from bot.domain.todo.lists import Reader, SlotState, TodoView
from bot.services.delivery.messages import list_subject
from bot.services.team import away, setup
from bot.services.todo import lists as todo
from bot.services.todo import sending as todo_sending
from bot.services.todo.sending import ListToSend, PostedList
from storage.models import Team as TeamRow
from tests.services.monday import (
    BERLIN,
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    NEW_YORK,
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
    states,
)
from tests.storage.own_rows import update_own

LINE = "the Acme renewal, between us"
WORD = "needs a rest from me"


@pytest.fixture
def team(office: Office) -> int:
    return office.team_id(DANA)


def drawn(
    office: Office, now: datetime, team: int, who: str | None, monday: date = MON
) -> TodoView | None:
    """What a message about that list shows, that was drawn for `who`."""
    posted = PostedList(list_subject(team, monday), office.person(who).id if who else None)
    (found,) = todo_sending.remake_posted_lists(office.database, office.workspace_id, [posted], now)
    assert not isinstance(found, todo_sending.NotForReader)
    return found


def test_a_list_goes_to_its_manager_with_everyone_on_it(office: Office, team: int) -> None:
    (sent,) = office.sends(at(MON, 8), team)
    assert isinstance(sent, ListToSend)
    assert (sent.reader.slack_id, sent.facts.reader) == (DANA, Reader.MANAGER)
    assert (sent.subject, sent.facts.monday) == (list_subject(team, MON), MON)
    assert reps_of(sent.facts) == [LENA, RAJ, SAM]
    assert sent.facts.rows == office.week(at(MON, 8)).rows


def test_a_list_that_stands_already_is_not_sent_again(office: Office, team: int) -> None:
    office.posts(at(MON, 8), team)
    for now in (at(MON, 8), at(WED), at(FRI)):
        assert office.sends(now, team, due_at=at(MON, 8)) == [Unsent.NOT_NEEDED]
    (sent,) = office.sends(at(MON + WEEK, 8), team)
    assert isinstance(sent, ListToSend)


def test_a_list_that_todo_showed_already_is_sent_as_it_stands(office: Office, team: int) -> None:
    shown = office.week(at(MON, 7))
    (sent,) = office.sends(at(MON, 8), team)
    assert isinstance(sent, ListToSend)
    assert sent.facts.rows == shown.rows


def test_with_nobody_on_the_team_there_is_nothing_to_send(office: Office, team: int) -> None:
    for rep in (SAM, LENA, RAJ):
        office.place(rep, MON - WEEK, MON, at(MON - WEEK))
    assert office.sends(at(MON), team) == [Unsent.NOT_NEEDED]
    assert office.next_at(team, MessageKind.TODO_ROLL_OVER) is None


def test_with_everyone_away_the_list_says_so(office: Office, team: int) -> None:
    for rep in (SAM, LENA, RAJ):
        office.is_away(rep, MON, FRI, at(MON - WEEK))
    (sent,) = office.sends(at(MON), team)
    assert isinstance(sent, ListToSend)
    assert set(states(sent.facts).values()) == {SlotState.AWAY}


def test_while_the_manager_is_away_the_list_waits_or_goes_to_a_stand_in(
    office: Office, team: int
) -> None:
    office.leaves(MON, TUE, None, at(MON - WEEK))
    assert office.sends(at(MON), team) == [Unsent.NOT_NEEDED]
    office.leaves(MON, TUE, KEN, at(MON - WEEK))
    (sent,) = office.sends(at(MON), team)
    assert isinstance(sent, ListToSend)
    assert (sent.reader.slack_id, sent.facts.reader) == (KEN, Reader.STAND_IN)
    (late,) = office.sends(at(WED), team, due_at=at(MON))
    assert isinstance(late, ListToSend)
    assert late.reader.slack_id == DANA, "who is there when it is sent has it"


@pytest.mark.parametrize("now", [at(SAT), at(SUN), at(MON + WEEK), at(MON + 3 * WEEK)])
def test_a_list_of_a_week_that_is_over_is_not_sent_any_more(
    office: Office, team: int, now: datetime
) -> None:
    (found,) = todo_sending.make_due_lists(
        office.database, office.workspace_id, [(team, at(MON))], now
    )
    assert found is Unsent.EXPIRED


@pytest.mark.parametrize("day", [TUE, FRI])
def test_a_list_that_is_late_still_goes_out_in_its_week(
    office: Office, team: int, day: date
) -> None:
    (sent,) = office.sends(at(day), team, due_at=at(MON))
    assert isinstance(sent, ListToSend)
    assert {row.slot.day for row in sent.facts.rows} <= {TUE, WED, THU, FRI}


@pytest.mark.both
def test_due_twice_at_once_a_list_goes_out_once(office: Office, team: int) -> None:
    other = office.team(KIM, INES)
    found = todo_sending.make_due_lists(
        office.database,
        office.workspace_id,
        [(team, at(MON)), (other, at(MON)), (team, at(TUE)), (other, at(MON - WEEK))],
        at(TUE),
    )
    sent = [one.reader.slack_id if isinstance(one, ListToSend) else one for one in found]
    assert sent == [DANA, KIM, Unsent.NOT_NEEDED, Unsent.EXPIRED]


@pytest.mark.both
def test_made_by_two_processes_at_once_a_list_has_everyone_once(office: Office, team: int) -> None:
    with ThreadPoolExecutor(3) as pool:
        sending = [pool.submit(office.sends, at(MON), team) for _ in range(2)]
        shown = pool.submit(office.week, at(MON))
        lists = [one.result(timeout=20)[0] for one in sending]
    slots = [sorted(row.slot.id for row in shown.result(timeout=20).rows)]
    for one in lists:
        assert isinstance(one, ListToSend)
        slots.append(sorted(row.slot.id for row in one.facts.rows))
    assert len(slots[0]) == 3
    assert slots == [slots[0]] * 3


def test_managers_in_two_zones_have_their_own_week(office: Office, team: int) -> None:
    office.meets(KIM, NEW_YORK)
    other = office.team(KIM, INES)
    due_at = at(SUN, 23, NEW_YORK)
    dues = [(team, due_at), (other, due_at)]
    found = todo_sending.make_due_lists(office.database, office.workspace_id, dues, due_at)
    weeks = [one.facts.monday if isinstance(one, ListToSend) else one for one in found]
    assert weeks == [MON + WEEK, Unsent.EXPIRED], "it is Monday in Berlin alone"


def test_a_list_that_goes_out_turns_every_morning_from_the_next_on(
    office: Office, team: int
) -> None:
    office.sends(at(MON), team)
    assert office.next_at(team, MessageKind.TODO_ROLL_OVER) == at(TUE, 6)
    office.meets(DANA, NEW_YORK)
    office.sends(at(FRI, 9, NEW_YORK), team)
    assert office.next_at(team, MessageKind.TODO_ROLL_OVER) == at(SAT, 6, NEW_YORK)
    office.meets(DANA, BERLIN)


def test_a_turn_lets_this_weeks_and_older_lists_be_drawn_anew(office: Office, team: int) -> None:
    office.posts(at(MON), team)

    def turns(now: datetime) -> int:
        before = office.wanted(team)
        with office.database.writing(office.workspace_id) as tx:
            todo_sending.roll_over(tx, [team], now)
        return office.wanted(team) - before

    assert [turns(at(day, 6)) for day in (TUE, SAT, MON + WEEK)] == [1, 1, 1]
    assert turns(at(MON + 4 * WEEK, 6)) == 1, "nobody was here for weeks: it says that it is over"
    office.posts(at(MON + 5 * WEEK), team, "2.0")
    assert turns(at(MON + 5 * WEEK, 6)) == 0


def test_a_posted_list_follows_what_happens(office: Office, team: int) -> None:
    sent = office.posts(at(MON), team)
    assert drawn(office, at(MON), team, DANA) == sent.facts
    office.touches(SAM, MON, at(TUE), "t")
    off = office.is_away(LENA, TUE, FRI, at(TUE))
    office.team(DANA, SAM, LENA, RAJ, INES, now=at(TUE))
    assert office.wanted(team) > 1
    shown = drawn(office, at(TUE), team, DANA)
    assert shown is not None
    assert {rep: state.value for rep, state in states(shown).items()} == {
        SAM: "done",
        LENA: "away",
        RAJ: "open",
        INES: "open",
    }
    office.asks(setup.remove_time_off, DANA, LENA, off, at(WED))
    over = drawn(office, at(SAT, 6), team, DANA)
    assert over is not None
    assert (over.over, states(over)[LENA]) == (True, SlotState.OPEN)


def test_a_list_that_was_never_made_is_shown_as_empty_not_made_by_looking(
    office: Office, team: int
) -> None:
    shown = drawn(office, at(MON), team, DANA)
    assert shown is not None
    assert shown.rows == ()


def test_who_manages_the_team_no_more_is_shown_nothing(office: Office, team: int) -> None:
    office.posts(at(MON), team)
    with office.database.writing(office.workspace_id) as tx:
        update_own(tx, TeamRow, TeamRow.id == team, manager_id=office.person(KIM).id)
    assert drawn(office, at(TUE), team, DANA) is None
    assert drawn(office, at(TUE), team, KIM) is not None
    assert drawn(office, at(TUE), team + 100, KIM) is None


def test_nobody_is_shown_a_list_because_nobody_stands_in(office: Office, team: int) -> None:
    office.posts(at(MON), team)
    office.leaves(TUE, FRI, None, at(MON))
    assert drawn(office, at(TUE), team, None) is None
    assert drawn(office, at(TUE), team, KEN) is None


def test_a_stand_in_is_shown_nothing_private(office: Office, team: int) -> None:
    office.place(SAM, MON - 5 * WEEK, None, at(MON), LINE)
    office.place(LENA, MON - 5 * WEEK, None, at(MON), LINE)
    office.promises(Owner.MANAGER, RAJ, "the price sheet", WED, at(MON))
    office.asks(todo.not_this_week, DANA, office.slot(LENA, at(MON)), WORD, at(MON))
    assert LINE in office.row(SAM, at(MON)).slot.reason.text
    office.leaves(TUE, FRI, KEN, at(MON))
    sent = office.posts(at(TUE), team)
    office.done(SAM, at(TUE))
    asked = office.week(at(TUE), KEN)
    ahead = office.asks(todo.next_week, KEN, at(TUE))
    pressed = office.asks(todo.list_of_slot, KEN, row_of(asked, RAJ).slot.id, at(TUE))
    for shown in (sent.facts, drawn(office, at(TUE), team, KEN), asked, ahead, pressed):
        assert shown is not None
        assert shown.reader is Reader.STAND_IN
        assert reps_of(shown) == [LENA, RAJ, SAM]
        told = repr((shown.rows, shown.issues))
        for private in ("Acme", "between us", WORD, "You ", "your "):
            assert private not in told
    assert "the price sheet" not in repr(asked.rows)
    assert states(asked)[LENA] is SlotState.NOT_THIS_WEEK


def test_a_stand_ins_message_shows_nothing_new_once_the_manager_is_back(
    office: Office, team: int
) -> None:
    off = office.leaves(MON, WED, KEN, at(MON - WEEK))
    office.posts(at(MON), team)
    assert drawn(office, at(WED), team, KEN) is not None
    for day in (THU, SAT, MON + WEEK):
        assert drawn(office, at(day), team, KEN) is None
    office.asks(away.remove, DANA, off, at(TUE))
    assert drawn(office, at(TUE), team, KEN) is None, "back sooner than planned"


def test_a_stand_in_for_the_whole_week_sees_how_it_ended_and_not_the_next(
    office: Office, team: int
) -> None:
    office.leaves(MON, FRI, KEN, at(MON - WEEK))
    office.posts(at(MON), team)
    over = drawn(office, at(SAT, 6), team, KEN)
    assert over is not None
    assert over.over
    assert drawn(office, at(MON + WEEK), team, KEN) is not None
    office.week(at(MON + WEEK))
    assert drawn(office, at(MON + WEEK), team, KEN, MON + WEEK) is None
