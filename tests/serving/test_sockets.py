"""`windshield run` in Socket Mode, while Slack cuts its connection in every way it ends."""

import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

import pytest

from slack_sandbox import Cut, FaultKind, Person, Sandbox
from tests.serving.process import Bot, by_socket, running

DEAF = 4.0
"""Seconds: twice the interval between two pings."""

SPINNING = 0.5
"""Share of a processor. What is measured is about 0.05; a loop without a wait takes all of one."""

OPEN = "apps.connections.open"
HELP = "Log a contact in one line"
SOON_SEEN = (Cut.CLOSE, Cut.END_OF_FILE, Cut.RESET, Cut.HALF_THEN_END)
"""Whose end both sides see."""


def answered(person: Person) -> bool:
    """Whether the bot answers a press now."""
    person.reloads()
    person.slash("/touch help")
    return any(HELP in message.text for message in person.ephemerals)


def deaf_for(slack: Sandbox, person: Person, cut: Callable[[], None]) -> float:
    """Seconds from a cut until a press is answered."""
    cut()
    began = time.monotonic()
    slack.wait_for_app(2 * DEAF)
    assert answered(person)
    return time.monotonic() - began


def let_a_minute_pass(slack: Sandbox) -> None:
    """Slack gives an app a few connections a minute; so many cuts are the test's own."""
    slack.clock.advance(timedelta(minutes=1))


@pytest.fixture
def dana(slack: Sandbox) -> Person:
    return slack.add_person("Dana Moss")


def ready(bot: Bot, slack: Sandbox, dana: Person) -> None:
    bot.says("Connected to Slack")
    slack.wait_for_app()
    assert answered(dana)


def test_twenty_cuts_in_a_row(slack: Sandbox, dana: Person, file_url: str) -> None:
    ways: list[Callable[[], None]] = [
        *[partial(slack.cut_sockets, how) for how in SOON_SEEN],
        slack.refresh_sockets,
    ]
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        before = bot.process.num_threads(), bot.process.num_fds()
        began, used = time.monotonic(), bot.cpu_seconds()
        times = []
        for number in range(20):
            times.append(deaf_for(slack, dana, ways[number % len(ways)]))
            let_a_minute_pass(slack)
        for how in (Cut.SILENCE, Cut.HALF_THEN_SILENCE):
            times.append(deaf_for(slack, dana, partial(slack.cut_sockets, how)))
        took, cpu = time.monotonic() - began, bot.cpu_seconds() - used
        assert max(times) < DEAF
        # Connections that were half-open are let go of a while later: two descriptors.
        assert bot.process.num_threads() <= before[0] + 2
        assert bot.process.num_fds() <= before[1] + 2
        assert cpu < SPINNING * took
    # Only what was handed to a line that was dead already was not answered.
    assert {violation.rule for violation in slack.violations} <= {"ack.late"}


def test_half_open_socket_is_found_out_without_spinning(
    slack: Sandbox, dana: Person, file_url: str
) -> None:
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        used = bot.cpu_seconds()
        took = deaf_for(slack, dana, partial(slack.cut_sockets, Cut.SILENCE))
        assert took < DEAF
        assert bot.cpu_seconds() - used < SPINNING * took
        bot.says("it does not answer")


def test_no_press_is_lost_while_slack_renews_the_connection(
    slack: Sandbox, dana: Person, file_url: str
) -> None:
    """The next connection is there before the old one goes."""
    with running(slack, file_url, **by_socket(slack)) as bot, ThreadPoolExecutor() as threads:
        ready(bot, slack, dana)
        others = [slack.add_person(f"Person {number}") for number in range(3)]
        for _ in range(5):
            pressing = [threads.submit(answered, one) for one in others]
            slack.warn_sockets()
            assert all(pressed.result() for pressed in pressing)
            let_a_minute_pass(slack)
    assert slack.violations == []


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_slack_says_that_the_connection_ends(
    slack: Sandbox, dana: Person, file_url: str, reason: str
) -> None:
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        assert deaf_for(slack, dana, partial(slack.refresh_sockets, reason)) < DEAF
        bot.says(f"another connection to Slack is needed: {reason}")
        assert answered(dana)
    assert slack.violations == []


def test_slack_refuses_connections_for_a_while(slack: Sandbox, dana: Person, file_url: str) -> None:
    faults = slack.faults
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        for fault in (FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER):
            faults.add(OPEN, fault)
            assert deaf_for(slack, dana, slack.cut_sockets) < DEAF
            let_a_minute_pass(slack)
        faults.refuse(OPEN, "internal_error")
        assert deaf_for(slack, dana, slack.cut_sockets) < DEAF
        faults.add(OPEN, FaultKind.SLOW, seconds=1.5)
        assert deaf_for(slack, dana, slack.cut_sockets) < DEAF
    assert slack.violations == []


def test_retry_after_is_honoured(slack: Sandbox, dana: Person, file_url: str) -> None:
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        slack.faults.add(OPEN, FaultKind.RATE_LIMITED, retry_after=3)
        calls = sum(call.method == OPEN for call in slack.calls)
        slack.cut_sockets()
        began = time.monotonic()
        slack.wait_for_app(10)
        assert time.monotonic() - began >= 2.9
        assert sum(call.method == OPEN for call in slack.calls) == calls + 2
        assert answered(dana)
    assert slack.violations == []  # calling before Retry-After would be one


def test_slack_that_closes_each_connection_is_not_asked_in_a_loop(
    slack: Sandbox, dana: Person, file_url: str
) -> None:
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        calls = sum(call.method == OPEN for call in slack.calls)
        slack.faults.refuse(OPEN, "internal_error", times=100)
        used, began = bot.cpu_seconds(), time.monotonic()
        slack.cut_sockets()
        bot.says("attempt 4")
        assert sum(call.method == OPEN for call in slack.calls) - calls <= 4
        assert bot.cpu_seconds() - used < SPINNING * (time.monotonic() - began)


def test_slack_goes_away_and_comes_back(slack: Sandbox, dana: Person, file_url: str) -> None:
    with running(slack, file_url, **by_socket(slack)) as bot:
        ready(bot, slack, dana)
        slack.stop()
        bot.says("not connected to Slack")
        slack.start()
        began = time.monotonic()
        slack.wait_for_app()
        assert time.monotonic() - began < DEAF
        assert answered(dana)


def test_of_two_processes_the_other_goes_on(slack: Sandbox, dana: Person, file_url: str) -> None:
    with (
        running(slack, file_url, **by_socket(slack)) as first,
        running(slack, file_url, **by_socket(slack)) as second,
    ):
        for bot in (first, second):
            bot.says("Connected to Slack")
        assert slack.sockets == 2
        slack.cut_sockets(most=1)
        assert answered(dana)
        first.says("another connection to Slack is needed")
        first.says("(2 connections)")
        first.stop()
        assert slack.sockets == 1
        assert answered(dana)
    assert slack.violations == []
