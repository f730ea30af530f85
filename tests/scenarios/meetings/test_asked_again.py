"""A form that asks somebody about a turn is sent again, written otherwise: what is asked is what it
says last, and nobody's answer is taken for words that they did not read."""

from typing import Any

import pytest

from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld, meeting_world
from tests.scenarios.meetings.test_pairing import (
    DECLINE,
    LEARNER_ASKED,
    SHOWER_ASKED,
    SKILL,
    TAKE,
    agenda,
    field_day,
    reads,
    value_of,
)
from tests.scenarios.workspaces.test_bad_days import sends, submission
from tests.scenarios.workspaces.trouble import pressing

LANDS = "A first call that lands"


@pytest.fixture
def team(world: World) -> MeetingWorld:
    """Tom could show Raj on Monday 30 November, when it is Lena's turn."""
    made = meeting_world(world)
    made.beat()
    field_day(made, made.tom, strength=SKILL)
    field_day(made, made.raj, focus="opening the cold call")
    return made


def pairs(team: MeetingWorld) -> dict[str, Any]:
    """Dana asks them, on the Friday; the form as it was sent."""
    team.at(27, 7)
    team.dana.clicks("Pair them")
    sent = submission(team.world, team.dana)
    modal(team.dana).submit()
    return sent


def answered(response: Any) -> str:
    return str(response.body)


def test_words_that_nobody_read_are_asked_about_as_mended(team: MeetingWorld) -> None:
    late = pairs(team)
    assert LANDS in answered(sends(team.world, late, skill={"value": LANDS}))
    team.beat()
    (question,) = reads(team.raj, LEARNER_ASKED)
    assert f"It is “{LANDS}”." in question
    team.raj.clicks("I'd like that")
    team.beat()
    team.tom.clicks("Take it")
    assert f"Tom Ash shows: {LANDS}" in agenda(team)


def test_a_question_that_was_read_says_the_mended_words(team: MeetingWorld) -> None:
    late = pairs(team)
    team.beat()
    (question,) = reads(team.raj, LEARNER_ASKED)
    assert f"It is “{SKILL}”." in question
    sends(team.world, late, skill={"value": LANDS})
    team.beat()
    (question,) = reads(team.raj, LEARNER_ASKED)
    assert f"It is “{LANDS}”." in question
    assert SKILL not in question


@pytest.mark.parametrize("action", [TAKE, DECLINE])
def test_an_answer_to_words_that_were_mended_meanwhile_counts_for_nothing(
    team: MeetingWorld, action: str
) -> None:
    late = pairs(team)
    team.beat()
    before = value_of(team.raj, action)
    sends(team.world, late, skill={"value": LANDS})
    pressing(team.world, team.raj, action, before)
    team.beat()
    assert reads(team.tom, SHOWER_ASKED) == []
    assert f"Raj Rao is asked about “{LANDS}”" in team.draft()
    team.raj.clicks("I'd like that")
    team.beat()
    (asked,) = reads(team.tom, SHOWER_ASKED)
    assert f"It is “{LANDS}”." in asked


def test_what_was_answered_stays_as_it_was_read(team: MeetingWorld) -> None:
    late = pairs(team)
    team.beat()
    team.raj.clicks("I'd like that")
    team.beat()
    said = answered(sends(team.world, late, skill={"value": LANDS}))
    assert SKILL in said
    assert LANDS not in said
    team.beat()
    (asked,) = reads(team.tom, SHOWER_ASKED)
    assert f"It is “{SKILL}”." in asked
    team.tom.clicks("Take it")
    assert f"Tom Ash shows: {SKILL}" in agenda(team)


def test_mended_words_name_nobody_either(team: MeetingWorld) -> None:
    late = pairs(team)
    said = answered(sends(team.world, late, skill={"value": "What Raj works on"}))
    assert "No names in front of the team" in said
    team.beat()
    (question,) = reads(team.raj, LEARNER_ASKED)
    assert f"It is “{SKILL}”." in question


@pytest.mark.parametrize("read", [False, True])
def test_somebody_else_picked_in_the_same_form_is_asked_instead(
    team: MeetingWorld, read: bool
) -> None:
    lena, raj, tom = team.lena, team.raj, team.tom
    lena.clicks("Swap")
    modal(lena).fill("Ask", "Raj Rao")
    first = submission(team.world, lena)
    modal(lena).fill("Ask", "Tom Ash")
    later = submission(team.world, lena)
    sends(team.world, first)
    if read:
        team.beat()
        raj.sees("could you lead One skill")
    for _ in range(2):
        assert "Tom Ash" in answered(sends(team.world, later))
    team.beat()
    assert reads(raj, "could you lead One skill") == []
    assert ("all settled" in raj.screen()) is read
    assert len(reads(tom, "could you lead One skill")) == 1
    tom.clicks("Take it")
    team.at(30, 7)
    assert "One skill (10) · Tom Ash" in team.posted[0]
