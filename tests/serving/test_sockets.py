"""`windshield run` in Socket Mode, while Slack cuts its connection in every way it ends."""

import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

import pytest

from slack_sandbox import Cut, FaultKind, Person, Sandbox
from tests.places import MANIFEST
from tests.serving.process import Bot, by_socket, running

pytestmark = pytest.mark.slow

DEAF = 4.0
"""Seconds: twice the interval between two pings."""

SPINNING = 0.3
"""Share of a processor, of waiting; a loop without a wait takes all of one."""

BUSY = 0.8
"""Share of a processor, of answering and connecting again without a pause."""

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


@pytest.fixture(scope="module")
def slack() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, now=datetime.now(UTC), ticking=True) as sandbox:
        yield sandbox


@pytest.fixture(scope="module")
def dana(slack: Sandbox) -> Person:
    return slack.add_person("Dana Moss")


@pytest.fixture(scope="module")
def url(migrated_file: Path, tmp_path_factory: pytest.TempPathFactory) -> str:
    path = tmp_path_factory.mktemp("sockets") / "windshield.db"
    path.write_bytes(migrated_file.read_bytes())
    return f"sqlite:///{path}"


@pytest.fixture(scope="module")
def process(slack: Sandbox, url: str) -> Iterator[Bot]:
    with running(slack, url, **by_socket(slack)) as bot:
        yield bot


@pytest.fixture
def bot(process: Bot, slack: Sandbox, dana: Person) -> Iterator[Bot]:
    """One process for all that happens to its socket; it breaks none of Slack's rules."""
    process.says("Connected to Slack")
    slack.wait_for_app()
    assert answered(dana)
    before = len(slack.violations)
    yield process
    let_a_minute_pass(slack)
    assert slack.violations[before:] == []


def opened(slack: Sandbox) -> int:
    """How often a connection was asked for."""
    return sum(call.method == OPEN for call in slack.calls)


def test_twenty_cuts_in_a_row(bot: Bot, slack: Sandbox, dana: Person) -> None:
    ways: list[Callable[[], None]] = [
        *[partial(slack.cut_sockets, how) for how in SOON_SEEN],
        slack.refresh_sockets,
    ]
    before = bot.process.num_threads(), bot.sockets()
    began, used = time.monotonic(), bot.cpu_seconds()
    times = []
    for number in range(20):
        times.append(deaf_for(slack, dana, ways[number % len(ways)]))
        let_a_minute_pass(slack)
    assert max(times) < DEAF
    assert bot.process.num_threads() <= before[0] + 2
    assert bot.sockets() <= before[1] + 2
    assert bot.cpu_seconds() - used < BUSY * (time.monotonic() - began)


@pytest.mark.parametrize("how", [Cut.SILENCE, Cut.HALF_THEN_SILENCE])
def test_half_open_socket_is_found_out_without_spinning(
    bot: Bot, slack: Sandbox, dana: Person, how: Cut
) -> None:
    used, lines = bot.cpu_seconds(), len(bot.lines)
    took = deaf_for(slack, dana, partial(slack.cut_sockets, how))
    assert took < DEAF
    assert bot.cpu_seconds() - used < SPINNING * took
    bot.says("it does not answer", after=lines)


@pytest.mark.usefixtures("bot")
def test_no_press_is_lost_while_slack_renews_the_connection(slack: Sandbox) -> None:
    """The next connection is there before the old one goes."""
    people = [slack.add_person(f"Person {number}") for number in range(3)]
    with ThreadPoolExecutor() as threads:
        for _ in range(5):
            pressing = [threads.submit(answered, one) for one in people]
            slack.warn_sockets()
            assert all(pressed.result() for pressed in pressing)
            let_a_minute_pass(slack)


@pytest.mark.parametrize("reason", ["warning", "refresh_requested", "link_disabled"])
def test_slack_says_that_the_connection_ends(
    bot: Bot, slack: Sandbox, dana: Person, reason: str
) -> None:
    assert deaf_for(slack, dana, partial(slack.refresh_sockets, reason)) < DEAF
    bot.says(f"another connection to Slack is needed: {reason}")
    assert answered(dana)


@pytest.mark.usefixtures("bot")
def test_slack_refuses_connections_for_a_while(slack: Sandbox, dana: Person) -> None:
    for fault in (FaultKind.SERVER_ERROR, FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER):
        slack.faults.add(OPEN, fault)
        assert deaf_for(slack, dana, slack.cut_sockets) < DEAF
        let_a_minute_pass(slack)
    slack.faults.refuse(OPEN, "internal_error")
    assert deaf_for(slack, dana, slack.cut_sockets) < DEAF
    slack.faults.add(OPEN, FaultKind.SLOW, seconds=1.0)
    assert deaf_for(slack, dana, slack.cut_sockets) < DEAF


@pytest.mark.usefixtures("bot")
def test_retry_after_is_honoured(slack: Sandbox, dana: Person) -> None:
    """Calling before it is over would break a rule of Slack's."""
    slack.faults.add(OPEN, FaultKind.RATE_LIMITED, retry_after=2)
    before = opened(slack)
    slack.cut_sockets()
    began = time.monotonic()
    slack.wait_for_app()
    assert time.monotonic() - began >= 1.9
    assert opened(slack) == before + 2
    assert answered(dana)


def test_slack_that_refuses_is_not_asked_in_a_loop(bot: Bot, slack: Sandbox) -> None:
    before = opened(slack)
    slack.faults.refuse(OPEN, "internal_error", times=3)
    used, began = bot.cpu_seconds(), time.monotonic()
    slack.cut_sockets()
    slack.wait_for_app()
    took = time.monotonic() - began
    assert took > 0.8 * (0.5 + 1 + 2)  # each pause is twice the one before, a fifth less at most
    assert opened(slack) == before + 4
    assert bot.cpu_seconds() - used < SPINNING * took


def test_slack_goes_away_and_comes_back(bot: Bot, slack: Sandbox, dana: Person) -> None:
    lines = len(bot.lines)
    slack.stop()
    bot.says("not connected to Slack", after=lines)
    slack.start()
    began = time.monotonic()
    slack.wait_for_app()
    assert time.monotonic() - began < DEAF
    assert answered(dana)


def test_of_two_processes_the_other_goes_on(
    bot: Bot, slack: Sandbox, dana: Person, url: str
) -> None:
    with running(slack, url, **by_socket(slack)) as second:
        second.says("(2 connections)")
        lines = len(bot.lines)
        slack.cut_sockets(most=1)  # the first process's: it is the older one
        assert answered(dana)
        slack.wait_for_app(sockets=2)
        bot.says("(2 connections)", after=lines)
        second.stop()
        assert slack.sockets == 1
        assert answered(dana)
