"""The transition pack at its worst: sixty reps, accounts and plans without end. Slack takes each
page, and the pages hold everything once, uncut."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.accounts.dates import AccountDate, DateSource
from bot.domain.binder.pack import (
    PackAccount,
    PackPlan,
    RepPack,
    RepPackRead,
    TeamPack,
    TeamPackRead,
    ToIntroduce,
)
from bot.domain.promises import Owner, Promise
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Team
from bot.domain.todo.reasons import IssueOfTheDay
from bot.domain.workspaces.people import Person
from bot.views.binder import pack as views
from bot.views.block_kit import kit
from slack_sandbox.blockkit import check_view

TODAY = date(2026, 11, 30)
WORDS = ("words of three thousand letters ", "&", ":fox_face: ", "🦊🎉 ", "_*~`<b> ")
REPS, MANY = 60, 30


def rep(number: int, words: str = "") -> Person:
    name = f"R{number:03} {words[:20] * 3}".strip()
    return Person(number, f"U{number}", name, None, active=True, bot=False, dm_channel=None)


DANA = replace(rep(999), name="Dana Moss")
SOME_DATE = AccountDate(1, 7, 5, "Acme", "renewal", TODAY, TODAY, (DateSource(1, TODAY),))
PROMISE = Promise(
    1, 7, DANA, Owner.MANAGER, "", TODAY, TODAY, None, None, None, "", None,
    deleted=False, handed_to=None, answer=None, shown=True,
)  # fmt: skip


def accounts(words: str) -> tuple[PackAccount, ...]:
    return tuple(
        PackAccount(n, f"A{n:03} {words * 4}", True, (words * 4,) * 9, (rep(1, words),) * 9)
        for n in range(MANY)
    )


def dates(words: str) -> tuple[AccountDate, ...]:
    return tuple(replace(SOME_DATE, id=n, what=f"D{n:03} {words}"[:60]) for n in range(MANY))


def of_rep(number: int, words: str) -> RepPack:
    who = rep(number, words)
    promised = (replace(PROMISE, rep=who, what=f"P{n:03} {words * 60}"[:500]) for n in range(MANY))
    return RepPack(
        who,
        tuple(ToIntroduce(f"I{n:03}", (words,) * 9, who, TODAY) for n in range(MANY)),
        accounts(words),
        dates(words),
        tuple(PackPlan(f"L{n:03}", (words * 3000)[:3000], TODAY, words * 40) for n in range(2)),
        tuple(promised),
    )


def team(words: str) -> TeamPack:
    issue = IssueOfTheDay(1, words * 20, TODAY, TODAY + timedelta(days=3))
    some = of_rep(1, words)
    return TeamPack(
        Team(7, DANA, TeamSettings()),
        TODAY,
        tuple(replace(some, rep=rep(n, words)) for n in range(REPS)),
        accounts(words),
        dates(words),
        issues=(issue,) * 9,
    )


def said(view: Any) -> str:
    return json.dumps(view["blocks"], ensure_ascii=False)


def read_on(build: Callable[[int], Any]) -> str:
    """What all pages say, one after the other; Slack takes each."""
    found, start = "", 0
    while True:
        view = build(start)
        assert check_view(view) == []
        found += said(view)
        buttons = {
            one["text"]["text"]: json.loads(one["value"])
            for block in view["blocks"]
            if block["type"] == "actions"
            for one in block["elements"]
        }
        if "Read on" not in buttons:
            return found
        start = int(buttons["Read on"]["page"])


@pytest.mark.parametrize("words", WORDS)
def test_slack_takes_every_page_and_all_of_it_is_there_once(words: str) -> None:
    whole = TeamPackRead(team(words))
    one = RepPackRead(of_rep(1, words), DANA, TODAY)
    index = read_on(lambda start: views.build_team_pack(whole, start))
    assert set(re.findall(r"R\d{3}", index)) == {f"R{n:03}" for n in range(REPS)}
    of_team = read_on(lambda start: views.build_of_team(whole, start))
    pages = read_on(lambda start: views.build_rep_pack(one, start, of_team=True))
    for letter, text in (("A", of_team), ("D", of_team), *((one, pages) for one in "IADP")):
        assert re.findall(rf"{letter}(\d{{3}})", text) == [f"{n:03}" for n in range(MANY)]
    for text in (index, of_team, pages):
        assert "…" not in text


def test_a_plan_is_whole_over_as_many_lines_as_it_takes() -> None:
    plan = " ".join(f"word{n}" for n in range(400))
    pack = RepPack(DANA, plans=(PackPlan("Territory", plan, TODAY),))
    pages = read_on(
        lambda start: views.build_rep_pack(RepPackRead(pack, DANA, TODAY), start, of_team=False)
    )
    assert " ".join(re.findall(r"word\d+", pages)) == plan


def test_an_empty_one_says_so() -> None:
    view = views.build_rep_pack(RepPackRead(RepPack(DANA), DANA, TODAY), 0, of_team=False)
    assert views.NOTHING in said(view)
    empty = TeamPackRead(TeamPack(Team(7, DANA, TeamSettings()), TODAY, ()))
    assert "nothing yet" in said(views.build_team_pack(empty, 0))
    assert kit.weight(view["blocks"]) < kit.MESSAGE_ROOM
