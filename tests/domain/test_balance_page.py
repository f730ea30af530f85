"""docs/balance.md: each figure of its example is what the code works out."""

import re
from datetime import date
from pathlib import Path

from bot.domain.results.balance import (
    LEAST_MINUTES,
    MINUTES,
    LeftOut,
    Part,
    Share,
    Spent,
    Ticked,
    Unknown,
    Weight,
    balance_of,
    of_meeting,
)
from bot.domain.sessions.sessions import DEFAULT_TOPICS
from bot.domain.team.settings import DEFAULT_SECTIONS, LOOKING_AHEAD, NUMBERS, SKILL, Direction
from bot.domain.todo.kinds import KINDS
from bot.domain.todo.reasons import ReasonKind

PAGE = (Path(__file__).parents[2] / "docs" / "balance.md").read_text(encoding="utf-8")
NOVEMBER = date(2026, 11, 1)
AHEAD, BACK = Direction.FORWARD, Direction.REAR_VIEW
PARTS = {
    "Team meeting": Part.MEETING,
    "Strategy session": Part.SESSION,
    "Field day": Part.FIELD_DAY,
    "Contact": Part.CONTACT,
    "To-do list": Part.LIST,
}


def spent(part: Part, direction: Direction, minutes: int) -> Spent:
    return Spent(NOVEMBER, part, direction, minutes)


def meeting(*sections: str) -> list[Spent]:
    return of_meeting(NOVEMBER, DEFAULT_SECTIONS, [Ticked(one, None, 0) for one in sections])


def test_the_table_is_what_is_worked_out() -> None:
    minutes = {topic.key: topic.minutes for topic in DEFAULT_TOPICS}
    reason, touch = MINUTES[Weight.REASON], MINUTES[Weight.TOUCH]
    ahead_of_plan = KINDS[ReasonKind.RESULT_AHEAD].direction
    plan = KINDS[ReasonKind.PLAN].direction
    found = [
        *meeting(NUMBERS, LOOKING_AHEAD),
        *meeting(NUMBERS, LOOKING_AHEAD),
        *meeting(SKILL),
        *meeting(),
        spent(Part.SESSION, AHEAD, 3 * (minutes["pipeline"] + minutes["activity"])),
        spent(Part.SESSION, BACK, 3 * MINUTES[Weight.RESULTS]),
        spent(Part.FIELD_DAY, AHEAD, MINUTES[Weight.FIELD_DAY]),
        spent(Part.LIST, plan, 6 * reason),
        spent(Part.LIST, ahead_of_plan, 2 * reason),
        spent(Part.CONTACT, plan, 5 * touch),
        spent(Part.CONTACT, ahead_of_plan, 2 * touch),
    ]
    left = [LeftOut(NOVEMBER, Unknown.MEETING, 1), LeftOut(NOVEMBER, Unknown.CONTACT, 2)]
    (november,) = balance_of(found, left, [NOVEMBER]).months
    rows = re.findall(r"^\| ([A-Z].+) \| (\d+) \| (\d+) \|$", PAGE, re.MULTILINE)
    said = {name: Share(int(back), int(total)) for name, back, total in rows}
    assert {PARTS[name]: share for name, share in said.items() if name in PARTS} == november.parts
    assert said["In all"] == november.whole == Share(70, 315)
    assert november.whole.is_much is False
    assert Share(106, 315).is_much
    assert not Share(105, 315).is_much


def test_its_weights_are_those_of_the_table() -> None:
    on_page = " ".join(PAGE.split())
    for line in (
        f"results written down in a session | {MINUTES[Weight.RESULTS]} |",
        f"a field day | {MINUTES[Weight.FIELD_DAY]} |",
        f"a reason of the list that was used | {MINUTES[Weight.REASON]} |",
        f"in which that reason was used | {MINUTES[Weight.TOUCH]} |",
        f"with at least {LEAST_MINUTES} minutes known",
    ):
        assert line in on_page
