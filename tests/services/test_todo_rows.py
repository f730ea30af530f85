"""What is done in a row of the list: taken back, answered, noted for the next time, chosen."""

from datetime import timedelta

import pytest

from bot.domain.promises import Owner
from bot.domain.todo.lists import NEXT_TIME_LIMIT, SlotAnswer, SlotState
from bot.domain.todo.reasons import ReasonKind
from bot.domain.workspaces.refusals import Gone, NotYours
from bot.services import promises
from bot.services.contacts import touches
from bot.services.team import setup
from bot.services.todo import lists, rows
from tests.services.monday import (
    DANA,
    FRI,
    KEN,
    LENA,
    MON,
    SAM,
    THU,
    TUE,
    WED,
    WEEK,
    Office,
    at,
    row_of,
)


def press_done(office: Office, rep: str) -> tuple[int, int]:
    """**Done** on Monday; the slot and the contact."""
    slot = office.slot(rep, at(MON))
    made = office.asks(lists.done, DANA, slot, at(MON))
    assert made is not None
    return slot, made.touch.id


@pytest.mark.parametrize("owner", list(Owner))
def test_done_on_a_promise_asks_once_and_undo_leaves_all_as_it_was(
    office: Office, owner: Owner
) -> None:
    made = office.promises(owner, SAM, "the price sheet", WED, at(MON))
    before = office.row(SAM, at(MON))
    slot, touch = press_done(office, SAM)
    asked = office.row(SAM, at(MON))
    assert asked.done_now
    assert asked.asked is not None
    assert asked.asked.id == made
    first = office.asks(rows.say_kept, DANA, slot, at(MON))
    assert first is not None
    assert office.asks(rows.say_kept, DANA, slot, at(MON)) is None, "pressed twice"
    kept = office.row(SAM, at(MON))
    assert (kept.asked, kept.slot.answer) == (None, SlotAnswer.KEPT)
    for _ in range(2):
        office.asks(rows.undo, DANA, slot, touch, at(MON))
    after = office.row(SAM, at(MON))
    assert after == before
    assert office.asks(promises.get, DANA, made, at(MON)).promise.is_open


def test_still_open_is_not_asked_again_and_leaves_the_promise(office: Office) -> None:
    made = office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    slot, touch = press_done(office, SAM)
    for _ in range(2):
        office.asks(rows.say_still_open, DANA, slot, at(MON))
    answered = office.row(SAM, at(MON))
    assert (answered.asked, answered.slot.answer) == (None, SlotAnswer.STILL_OPEN)
    assert office.asks(rows.say_kept, DANA, slot, at(MON)) is None, "an old button"
    assert office.asks(promises.get, DANA, made, at(MON)).promise.is_open
    office.asks(rows.undo, DANA, slot, touch, at(MON))
    again, _ = press_done(office, SAM)
    assert office.row(SAM, at(MON)).asked is not None, "done anew, it is asked anew"
    assert again == slot


def test_an_answer_does_not_outlive_the_contact_that_it_was_given_after(office: Office) -> None:
    made = office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    other = office.promises(Owner.MANAGER, SAM, "the contract", FRI, at(MON))
    slot, touch = press_done(office, SAM)
    office.asks(rows.say_kept, DANA, slot, at(MON))
    office.asks(touches.take_back, DANA, touch, at(MON))
    office.asks(rows.choose_reason, DANA, slot, f"promise:{other}", at(MON))
    _, again = press_done(office, SAM)
    asked = office.row(SAM, at(MON))
    assert asked.slot.answer is None
    assert asked.asked is not None
    assert asked.asked.id == other
    office.asks(rows.undo, DANA, slot, again, at(MON))
    assert not office.asks(promises.get, DANA, made, at(MON)).promise.is_open
    assert office.asks(promises.get, DANA, other, at(MON)).promise.is_open


def test_a_row_that_is_open_again_is_answered_by_no_old_button(office: Office) -> None:
    made = office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    slot, touch = press_done(office, SAM)
    office.asks(rows.undo, DANA, slot, touch, at(MON))
    assert office.asks(rows.say_kept, DANA, slot, at(MON)) is None
    office.asks(rows.say_still_open, DANA, slot, at(MON))
    assert office.row(SAM, at(MON)).slot.answer is None
    assert office.asks(promises.get, DANA, made, at(MON)).promise.is_open


def test_undo_in_a_row_takes_back_what_completed_it_and_nothing_else(office: Office) -> None:
    slot, _ = press_done(office, SAM)
    elsewhere = office.touches(LENA, MON, at(MON), "lena")
    with pytest.raises(Gone):
        office.asks(rows.undo, DANA, slot, elsewhere, at(MON))
    with pytest.raises(NotYours):
        office.asks(rows.undo, KEN, slot, elsewhere, at(MON))
    assert office.row(LENA, at(MON)).state is SlotState.DONE


def test_only_the_day_itself_keeps_a_row_in_its_place(office: Office) -> None:
    press_done(office, SAM)
    office.touches(LENA, MON - timedelta(days=0), at(TUE), "of yesterday")
    assert office.row(SAM, at(MON)).done_now
    assert not office.row(SAM, at(TUE)).done_now
    assert not office.row(LENA, at(TUE)).done_now
    assert not row_of(office.week(at(FRI + timedelta(days=1))), SAM).done_now


def test_who_stands_in_takes_back_their_own_and_reads_of_nobody_elses(office: Office) -> None:
    slot, touch = press_done(office, SAM)
    office.leaves(MON, FRI, KEN, at(MON))
    seen = office.row(SAM, at(MON), KEN)
    assert (seen.state, seen.done_now, seen.contact) == (SlotState.DONE, False, None)
    with pytest.raises(NotYours):
        office.asks(rows.undo, KEN, slot, touch, at(MON))
    office.done(LENA, at(MON), KEN)
    own = office.row(LENA, at(MON), KEN)
    assert own.done_now
    assert own.contact is not None
    assert own.asked is None
    assert not office.row(LENA, at(MON)).done_now, "it is no contact of the manager's"
    office.asks(rows.undo, KEN, own.slot.id, own.contact.id, at(MON))
    assert office.row(LENA, at(MON), KEN).state is SlotState.OPEN


def test_next_time_is_a_reason_of_the_next_list_until_it_is_used(office: Office) -> None:
    slot, _ = press_done(office, SAM)
    office.asks(rows.note_next_time, DANA, slot, "something else", at(MON))
    office.asks(rows.note_next_time, DANA, slot, "  ask how the demo went ", at(MON))
    assert office.row(SAM, at(MON)).slot.next_time == "ask how the demo went"
    coming = office.row(SAM, at(MON + WEEK))
    assert coming.reason.kind is ReasonKind.NEXT_TIME
    assert coming.reason.text == "For next time with Sam: “ask how the demo went”."
    assert coming.reason.source == "From the list of the week of Mon 23 Nov"
    office.leaves(MON + WEEK, FRI + WEEK, KEN, at(MON))
    read = office.row(SAM, at(MON + WEEK), KEN).reason
    assert read.kind is not ReasonKind.NEXT_TIME
    done = office.asks(lists.done, DANA, coming.slot.id, at(TUE + WEEK))
    assert done is not None
    assert done.touch.about == "what to come back to", "the rep may have it in a copy"
    office.week(at(MON + 2 * WEEK))
    ranking = office.asks(lists.why, DANA, SAM, at(MON + 2 * WEEK)).ranking
    assert ReasonKind.NEXT_TIME not in {one.reason.kind for one in ranking}


def test_next_time_that_is_emptied_or_too_long(office: Office) -> None:
    slot, _ = press_done(office, SAM)
    office.asks(rows.note_next_time, DANA, slot, "x" * (NEXT_TIME_LIMIT + 1), at(MON))
    assert len(office.row(SAM, at(MON)).slot.next_time) == NEXT_TIME_LIMIT
    office.asks(rows.note_next_time, DANA, slot, " ", at(MON))
    office.week(at(MON + WEEK))
    ranking = office.asks(lists.why, DANA, SAM, at(MON + WEEK)).ranking
    assert ReasonKind.NEXT_TIME not in {one.reason.kind for one in ranking}


def test_every_ranked_reason_can_be_chosen_and_the_way_back_is_among_them(office: Office) -> None:
    office.promises(Owner.MANAGER, SAM, "the price sheet", WED, at(MON))
    office.promises(Owner.MANAGER, SAM, "quotes take four days", None, at(MON), raised=True)
    lines = {SAM: "the Acme renewal"}
    office.asks(setup.set_first_lines, DANA, lines, at(MON))
    first = office.row(SAM, at(MON))
    ranking = [one.reason for one in office.asks(lists.why, DANA, SAM, at(MON)).ranking]
    assert len(ranking) >= 5
    for wanted in [*reversed(ranking), first.reason]:
        offered = office.asks(rows.choices, DANA, first.slot.id, 0, at(MON)).choice
        assert offered is not None
        assert {offered.chosen, *offered.others} == set(ranking)
        assert list(offered.others) == [one for one in ranking if one != offered.chosen]
        office.asks(rows.choose_reason, DANA, first.slot.id, wanted.about, at(MON))
        assert office.row(SAM, at(THU)).reason.about == wanted.about, "it stays chosen"
    with pytest.raises(Gone):
        office.asks(rows.choose_reason, DANA, first.slot.id, "promise:999", at(MON))
    far = office.asks(rows.choices, DANA, first.slot.id, 99, at(MON)).choice
    assert far is not None
    assert far.start == 0


def test_another_reason_for_what_is_done_leaves_what_it_was_about(office: Office) -> None:
    slot, _ = press_done(office, SAM)
    before = office.row(SAM, at(MON))
    assert office.asks(rows.choices, DANA, slot, 0, at(MON)).choice is None
    ranking = office.asks(lists.why, DANA, SAM, at(MON)).ranking
    office.asks(rows.choose_reason, DANA, slot, ranking[-1].reason.about, at(MON))
    assert office.row(SAM, at(MON)) == before
