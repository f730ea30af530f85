"""A workspace that has not been given charts: what holds one arrives all the same."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from bot.clock import StandingClock
from bot.domain.delivery import MessageRef
from bot.messenger import CHARTS_AGAIN_AFTER, Messenger, SlackError
from bot.views.block_kit import kit
from bot.views.block_kit.charts import Series, line
from slack_sandbox import Sandbox
from tests.messenger.conftest import MONDAY

DRAWN = line("Pace", ["Oct", "Nov"], [Series("Sam", (1, 2))])
MESSAGE = kit.message("Sam: 1, then 2", [kit.section("Sam: 1, then 2"), DRAWN])
PAGE = kit.home([kit.section("Sam: 1, then 2"), DRAWN])


class Office:
    """Dana, with a message that stands, and how often something with a chart was refused."""

    def __init__(self, slack: Sandbox) -> None:
        self.slack, self.clock = slack, StandingClock(MONDAY)
        self.dana = slack.add_person("Dana Moss")
        self.messenger = Messenger(slack.bot_token, slack.api_url, self.clock)
        self.standing: MessageRef = self.messenger.post(self.dana.id, kit.message("Hello"))

    def refusals(self) -> int:
        rules = [one.rule for one in self.slack.violations]
        assert set(rules) <= {"chart.not_given"}
        return len(rules)


@pytest.fixture
def office(slack: Sandbox) -> Office:
    return Office(slack)


WAYS: dict[str, Callable[[Office], object]] = {
    "posted": lambda office: office.messenger.post(office.dana.id, MESSAGE, "7"),
    "drawn anew": lambda office: office.messenger.redraw(*office.standing, MESSAGE),
    "Home": lambda office: office.messenger.publish_home(office.dana.id, PAGE),
}


def shown(office: Office, way: str) -> str:
    if way == "Home":
        assert office.dana.home is not None
        return office.dana.home.text
    return office.dana.dm[-1].text


@pytest.mark.parametrize("way", WAYS)
def test_the_chart_is_left_out_and_nothing_else(office: Office, way: str) -> None:
    office.slack.withhold_charts()
    WAYS[way](office)
    assert shown(office, way) == "Sam: 1, then 2"
    assert office.refusals() == 1


@pytest.mark.parametrize("way", WAYS)
def test_where_there_are_charts_they_are_shown(office: Office, way: str) -> None:
    WAYS[way](office)
    assert shown(office, way) == "Sam: 1, then 2\nPace\nSam: Oct 1, Nov 2"
    assert office.refusals() == 0


def test_it_is_remembered_for_a_while(office: Office) -> None:
    office.slack.withhold_charts()
    for way in WAYS.values():
        way(office)
    assert office.refusals() == 1
    office.clock.at += CHARTS_AGAIN_AFTER - timedelta(seconds=1)
    WAYS["posted"](office)
    assert office.refusals() == 1
    office.clock.at += timedelta(seconds=1)
    WAYS["posted"](office)
    assert office.refusals() == 2


@pytest.mark.parametrize("word", ["invalid_blocks", "channel_not_found", "ratelimited"])
def test_a_refusal_for_another_reason_is_one(office: Office, word: str) -> None:
    """What is refused without its chart too had nothing to do with it: charts are tried again."""
    office.slack.faults.refuse("chat.postMessage", word, times=2)
    with pytest.raises(SlackError) as raised:
        WAYS["posted"](office)
    assert raised.value.code == word
    posts = [call for call in office.slack.calls if call.method == "chat.postMessage"]
    assert len(posts) == 1 + (2 if word == "invalid_blocks" else 1)


def test_what_has_no_chart_is_sent_once(office: Office) -> None:
    office.slack.faults.refuse("chat.postMessage", "invalid_blocks")
    with pytest.raises(SlackError):
        office.messenger.post(office.dana.id, kit.message("Hello"))
    assert [call.method for call in office.slack.calls].count("chat.postMessage") == 2
