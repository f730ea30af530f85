"""Slack refuses for a while, or answers what nobody can read: each list is read once."""

from datetime import timedelta

import pytest

from bot.domain.delivery import LOOK_AFTER
from slack_sandbox import Answer, FaultKind
from tests.faults.conftest import POST, Office

pytestmark = pytest.mark.slow

DUE = ["due 2026-11-23 08:00"]
HISTORY = "conversations.history"
MINUTE = timedelta(minutes=1)
PAGE = Answer(200, {"Content-Type": "text/html"}, b"<html><body>Sign in</body></html>")


@pytest.mark.parametrize(
    "word",
    ["accesslimited", "request_timeout", "service_unavailable", "two_factor_setup_required"],
)
def test_what_is_refused_for_a_while_is_sent_later(office: Office, word: str) -> None:
    office.open(2)
    office.slack.faults.refuse(POST, word)
    assert office.beat().retry == 2
    assert office.beat(MINUTE).sent == 2
    assert office.got() == [DUE] * 2


@pytest.mark.parametrize("after", [False, True])
def test_a_page_in_place_of_an_answer_is_neither_sent_nor_failed(
    office: Office, after: bool
) -> None:
    office.open(1)
    office.slack.faults.answer(POST, PAGE, after=after)
    assert office.beat().unknown == 1
    office.slack.faults.answer(HISTORY, PAGE)
    assert office.beat(LOOK_AFTER).unknown == 1
    office.slack.faults.answer(HISTORY, Answer.of({"ok": True}))
    assert office.beat(LOOK_AFTER).unknown == 1
    assert office.posts() == after
    assert office.beat(LOOK_AFTER).sent == 1
    assert office.got() == [DUE]


@pytest.mark.parametrize("kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER])
def test_a_long_talk_is_read_to_its_end_once_a_minute(office: Office, kind: FaultKind) -> None:
    office.open(1)
    office.slack.restrict_history()
    office.slack.faults.add(POST, kind)
    office.beat()
    for number in range(40):
        office.managers[0].says(f"{number}")
    sent = [office.beat(MINUTE).sent for _ in range(5)]
    assert sum(sent) == 1
    assert office.posts() == 40 + 1
