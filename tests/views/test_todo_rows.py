"""A row that is done, and one that shows the reasons to choose from, as a manager reads them."""

import json
from dataclasses import replace
from datetime import date, time
from typing import Any

import pytest

from bot.domain.appointments import Appointment
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.contacts.touches import Channel
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.todo.lists import Reader, ReasonChoice, SlotAnswer, SlotState, TodoRow
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.views.block_kit import kit
from bot.views.block_kit.ids import Metadata, TodoAction
from bot.views.todo.home import build_home_week
from bot.views.todo.list import build_list
from tests.views.weeks import MONDAY, TUESDAY, contact, day, person, pressed, read, row, week

SAM = person("Sam Stone", 10)
SHEET = Promise(
    id=7,
    team_id=1,
    rep=SAM,
    owner=Owner.MANAGER,
    what="Acme price sheet",
    made_on=MONDAY,
    due_on=day(2),
    raised_on=None,
    kept_on=None,
    dropped_on=None,
    closing_words="",
    interaction_id=4,
    deleted=False,
    handed_to=None,
    answer=None,
    shown=True,
)


def done(number: int = 10, name: str = "Sam Stone", **more: Any) -> TodoRow:
    """A rep who was done today by a press on the list."""
    values = {"contact": contact(TUESDAY), "done_now": True, **more}
    return row(number, name, state=SlotState.DONE, **values)


def slot(found: TodoRow, **changes: Any) -> TodoRow:
    return replace(found, slot=replace(found.slot, **changes))


def test_a_row_that_is_done_stays_where_it_was_with_the_way_back() -> None:
    shown = build_list(week([row(9, "Lena Fox"), done(), row(11, "Raj Rao")]))
    lines = read(shown)
    assert lines[lines.index("✓ Sam Stone · today") + 1] == (
        "[Undo] [Next time] [⋯ Channel or day | Add a note | They raised something]"
    )
    assert [line.split(" · ")[0] for line in lines if " · a call" in line or "✓" in line] == [
        "Lena Fox",
        "✓ Sam Stone",
        "Raj Rao",
    ]
    carried = [metadata for step, metadata in pressed(shown) if step == TodoAction.UNDO]
    assert carried == [Metadata(subject=10, page="0", touch=1)]


def test_the_first_done_stands_out_and_never_the_way_back() -> None:
    shown = build_list(week([done(), row(11, "Raj Rao")]))
    styled = [
        element["action_id"]
        for block in shown["blocks"]
        for element in block.get("elements", [])
        if "style" in element
    ]
    assert styled == [TodoAction.DONE]


@pytest.mark.parametrize(
    ("promise", "asked"),
    [
        (SHEET, "You promised: “Acme price sheet”. Is that done?"),
        (
            replace(SHEET, raised_on=MONDAY),
            "Raised: “Acme price sheet”. Is that settled?",
        ),
        (
            replace(SHEET, owner=Owner.REP, answer=Answer.AGREED),
            "Promised to you: “Acme price sheet”. Is that done?",
        ),
        (
            replace(SHEET, owner=Owner.REP, answer=Answer.NOTED),
            "You noted: “Acme price sheet”. Is that done?",
        ),
        (
            replace(SHEET, raised_on=MONDAY, told_to_id=1),
            "Is what was raised between the two of you settled?",
        ),
    ],
)
def test_done_on_a_promise_asks_in_the_row_whether_it_is_kept(promise: Promise, asked: str) -> None:
    lines = read(build_list(week([done(asked=promise)])))
    start = lines.index("✓ Sam Stone · today")
    menu = "Next time | Channel or day | Add a note | They raised something"
    assert lines[start + 1 : start + 3] == [asked, f"[Kept] [Still open] [Undo] [⋯ {menu}]"]


def test_what_was_said_and_noted_in_a_row_stands_in_it() -> None:
    kept = slot(done(), answer=SlotAnswer.KEPT, next_time="ask how the demo went")
    lines = read(build_list(week([kept])))
    assert "✓ Sam Stone · today · kept" in lines
    assert "Next time: “ask how the demo went”" in lines
    still_open = slot(done(contact=contact(TUESDAY, Channel.CALL)), answer=SlotAnswer.STILL_OPEN)
    assert "✓ Sam Stone · call, today · still open" in read(build_list(week([still_open])))


def test_who_stands_in_takes_back_their_own_and_is_asked_nothing() -> None:
    shown = build_list(week([done()], reader=Reader.STAND_IN))
    assert "✓ Sam Stone · today [Undo]" in read(shown)
    assert {step for step, _ in pressed(shown)} == {TodoAction.UNDO}


def test_the_next_day_it_is_one_of_those_done() -> None:
    earlier = row(10, "Sam Stone", MONDAY, SlotState.DONE, contact=contact(MONDAY, Channel.CALL))
    assert "Done · Sam Stone call, Monday" in read(build_list(week([earlier])))


def other(number: int) -> Reason:
    text = f"Ask Sam about customer {number}."
    return Reason(ReasonKind.PLAN, f"plan:{number}:x", text, "From your session on Wed 18 Nov")


@pytest.mark.parametrize(
    ("start", "offered", "below"),
    [
        (0, [0, 1, 2, 3], "[More reasons] [Back]"),
        (4, [4, 5], "[The first again] [Back]"),
    ],
)
@pytest.mark.parametrize("on", [TUESDAY, day(3)], ids=["today", "later"])
def test_the_reasons_stand_in_the_row_with_the_way_back(
    start: int, offered: list[int], below: str, on: Any
) -> None:
    sam = row(10, "Sam Stone", on)
    choice = ReasonChoice(10, sam.reason, tuple(map(other, range(6))), start)
    shown = build_list(week([sam, row(11, "Raj Rao")], choice=choice))
    lines = read(shown)
    begins = lines.index("Sam Stone · a call")
    assert lines[begins + 1] == "Ask Sam Stone what went well lately that nobody noticed."
    expected = [
        line
        for number in offered
        for line in (
            f"Ask Sam about customer {number}.",
            "From your session on Wed 18 Nov [This one]",
        )
    ]
    assert lines[begins + 2] == "Or one of these, best first:"
    assert lines[begins + 3 : begins + 4 + len(expected)] == [*expected, below]
    chosen = [metadata.text for step, metadata in pressed(shown) if step == TodoAction.CHOOSE]
    assert chosen == [f"plan:{number}:x" for number in offered]


def test_few_reasons_need_no_way_to_more() -> None:
    sam = row(10, "Sam Stone")
    choice = ReasonChoice(10, sam.reason, (other(1), other(2)))
    lines = read(build_list(week([sam], choice=choice)))
    assert "[Back]" in lines


@pytest.mark.slow
def test_a_full_page_has_room_for_the_reasons_of_any_of_its_rows() -> None:
    long = Reason(ReasonKind.PLAN, "plan:1:x", "Ask. " * 20, "From your session on Wed 18 Nov")
    reps = [row(n, f"Rep {n:02}", TUESDAY if n < 20 else day(3), reason=long) for n in range(60)]
    others = tuple(map(other, range(9)))
    for number, found in enumerate(reps):
        choice = ReasonChoice(number, found.reason, others)
        drawn = [build_list(week(reps, choice=choice), page) for page in range(6)]
        opened = [shown for shown in drawn if '"This one"' in json.dumps(shown)]
        assert opened, number
        # By a response URL, where Slack weighs nothing.
        assert all(len(shown["blocks"]) <= 50 for shown in opened)


def test_home_keeps_who_was_done_today_with_one_menu() -> None:
    shown = kit.home(build_home_week(week([done(), row(11, "Raj Rao")]), 12))
    menu = "Undo | Next time | Channel or day | Add a note | They raised something"
    assert f"✓ Sam Stone · today [⋯ {menu}]" in read(shown)
    asked = kit.home(build_home_week(week([done(asked=SHEET)]), 12))
    menu = "Kept | Still open | Undo | Next time | Channel or day"
    assert f"✓ Sam Stone · today [⋯ {menu}]" in read(asked)


@pytest.mark.parametrize(
    ("on", "controls"),
    [
        (MONDAY, "[Held] [Moved] [Didn't happen]"),
        (TUESDAY, "[Held] [Moved] [Didn't happen]"),
        (day(2), "[⋯ Held | Moved | Didn't happen | Calendar file]"),
    ],
)
def test_from_its_day_on_one_press_says_what_became_of_what_was_planned(
    on: date, controls: str
) -> None:
    kind = InteractionKind.SESSION
    planned = Appointment(3, 1, SAM, kind, on, time(10), "", stands=True)
    shown = build_list(week([row(11, "Raj Rao")], planned=(planned,)))
    lines = read(shown)
    said = " ".join(lines[lines.index("Planned") + 1 : lines.index("Planned") + 3])
    assert said.startswith("Strategy session with Sam Stone · ")
    assert controls in said
    subjects = {one.subject for step, one in pressed(shown) if step.startswith("appointment.")}
    assert subjects == {3}
