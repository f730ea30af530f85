"""What thanks in the channel begin with, and that no number gets there."""

from dataclasses import replace
from datetime import date

import pytest

from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership, Team, Thanks
from bot.domain.todo.reasons import Reason, ReasonKind
from bot.domain.todo.sources.thanks import has_number
from bot.domain.todo.thanks import first_words, may_thank
from bot.domain.workspaces.people import Person

DANA = Person(1, "U1", "Dana Moss", None, True, False, None)
SAM = Person(2, "U2", "Sam Stone", None, True, False, None)
TEAM = Team(1, DANA, TeamSettings(channel="C1"))
PLACE = Membership(3, 1, SAM, date(2026, 1, 1), None, "", True, {}, thanks=Thanks.WELCOME)
KEPT = Reason(ReasonKind.PROMISE_KEPT, "kept:1", "Sam kept it: “call Hooli”. Say so.", "")


@pytest.mark.parametrize(
    ("text", "found"),
    [("12 calls", True), ("٣", True), ("½", True), ("Ⅻ", True), ("²", True), ("one", False)],
)
def test_a_number_in_whatever_script(text: str, found: bool) -> None:
    assert has_number(text) is found


@pytest.mark.parametrize(
    "reason",
    [
        KEPT,
        replace(KEPT, text="Sam kept it: “12 calls by 27 Nov”. Say so."),
        replace(KEPT, kind=ReasonKind.PROGRESS, text="Sam: “won 3 accounts”. Say so."),
        replace(KEPT, kind=ReasonKind.RESULT_AHEAD, text="Sam is ahead with November's 2nd calls."),
    ],
)
def test_the_first_words_hold_no_number_and_nothing_of_a_session(reason: Reason) -> None:
    words = first_words("Sam Stone", reason)
    assert words.startswith("Thank you, Sam Stone")
    assert not has_number(words)
    assert ("call Hooli" in words) is (reason is KEPT)


def test_who_may_be_thanked() -> None:
    assert may_thank(TEAM, PLACE, KEPT)
    for member in (
        None,
        replace(PLACE, introduced=False),
        replace(PLACE, thanks=None),
        replace(PLACE, thanks=Thanks.BETWEEN_US),
    ):
        assert not may_thank(TEAM, member, KEPT)
    assert not may_thank(replace(TEAM, settings=TeamSettings()), PLACE, KEPT)
    recognised = {ReasonKind.PROMISE_KEPT, ReasonKind.PROGRESS, ReasonKind.RESULT_AHEAD}
    for kind in recognised:
        assert may_thank(TEAM, PLACE, replace(KEPT, kind=kind))
    for kind in set(ReasonKind) - recognised:
        assert not may_thank(TEAM, PLACE, replace(KEPT, kind=kind))
