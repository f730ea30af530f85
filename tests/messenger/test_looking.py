"""Looking for a message that may stand: "not there" is said only when everything was read."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta

import pytest

from bot import messenger as module
from bot.messenger import AnswerLostError, Messenger, RateLimitedError, SlackError
from slack_sandbox import Answer, FaultKind, Person, Sandbox
from tests.messenger.conftest import MESSAGE, MONDAY, SINCE

HISTORY = "conversations.history"
DELIVERY = "7"
PAGE = 15


@dataclass
class Conversation:
    """A message of ours in somebody's conversation, and `after` it what they said."""

    slack: Sandbox
    messenger: Messenger
    person: Person
    channel: str
    ts: str

    def says(self, after: int) -> None:
        for number in range(after):
            self.person.says(f"{number}")

    def find(self, delivery: str = DELIVERY, since: timedelta = timedelta()) -> str | None:
        return self.messenger.find_delivery(self.channel, delivery, SINCE + since)

    def calls(self) -> int:
        return sum(call.method == HISTORY for call in self.slack.calls)

    def patiently(self, delivery: str = DELIVERY, rounds: int = 10) -> str | None:
        """Ask, and again when Slack says that it may be."""
        for _ in range(rounds):
            try:
                return self.find(delivery)
            except RateLimitedError as error:
                self.slack.clock.advance(timedelta(seconds=error.retry_after))
        raise AssertionError("it never came to an end")


@pytest.fixture
def talk(slack: Sandbox, messenger: Messenger) -> Conversation:
    person = slack.add_person("Dana Moss")
    channel, ts = messenger.post(person.id, MESSAGE, DELIVERY)
    return Conversation(slack, messenger, person, channel, ts)


def said(ts: float, **more: object) -> dict[str, object]:
    return {"ts": f"{ts:.6f}", "text": "Hello", **more}


def page(*messages: object, cursor: str = "", **more: object) -> Answer:
    metadata = {"response_metadata": {"next_cursor": cursor}} if cursor else {}
    return Answer.of({"ok": True, "messages": messages, **metadata, **more})


@pytest.mark.parametrize("after", [0, PAGE - 1, PAGE, 3 * PAGE])
def test_a_message_is_found_however_few_slack_gives_at_once(talk: Conversation, after: int) -> None:
    talk.says(after)
    talk.slack.restrict_history()
    assert talk.patiently() == talk.ts
    assert talk.slack.violations == []


def test_what_was_read_is_not_read_again(talk: Conversation) -> None:
    talk.says(3 * PAGE)
    talk.slack.restrict_history()
    assert talk.patiently() == talk.ts
    # Four pages, and three that were asked for too soon.
    assert talk.calls() == 4 + 3


def test_what_is_not_there_is_told_after_the_last_page(talk: Conversation) -> None:
    talk.says(2 * PAGE)
    talk.slack.restrict_history()
    assert talk.patiently("8") is None
    assert talk.calls() == 3 + 2


def test_two_look_ups_do_not_disturb_each_other(talk: Conversation) -> None:
    talk.says(2 * PAGE)
    talk.slack.restrict_history()
    found: dict[str, str | None] = {}
    for _ in range(20):
        for delivery in ("8", DELIVERY):
            if delivery in found:
                continue
            with suppress(RateLimitedError):
                found[delivery] = talk.find(delivery)
            talk.slack.clock.advance(timedelta(minutes=1))
    assert found == {"8": None, DELIVERY: talk.ts}


def test_after_it_was_sent_again_all_is_read_anew(talk: Conversation) -> None:
    """The newest page may hold it now, whatever was read before."""
    talk.says(PAGE)
    talk.slack.restrict_history()
    with pytest.raises(RateLimitedError):
        talk.find("8")
    talk.slack.clock.advance(timedelta(minutes=1))
    again = talk.messenger.post(talk.person.id, MESSAGE, "8")
    assert talk.find("8", since=timedelta(minutes=1)) == again.ts


def test_a_bookmark_that_slack_does_not_know_any_more_is_forgotten(talk: Conversation) -> None:
    talk.says(PAGE)
    talk.slack.restrict_history()
    with pytest.raises(RateLimitedError):
        talk.find()
    talk.slack.clock.advance(timedelta(minutes=1))
    talk.slack.faults.refuse(HISTORY, "invalid_cursor")
    with pytest.raises(SlackError):
        talk.find()
    assert talk.patiently() == talk.ts


def test_of_too_many_look_ups_none_is_remembered(
    talk: Conversation, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "BOOKMARKS", 1)
    talk.says(PAGE)
    talk.slack.restrict_history()
    for delivery in ("8", "9", "8"):
        with pytest.raises(RateLimitedError):
            talk.find(delivery)
        talk.slack.clock.advance(timedelta(minutes=1))
    asked = [call.arguments for call in talk.slack.calls if call.method == HISTORY]
    assert ["cursor" in arguments for arguments in asked] == [False, True] * 3


def test_an_empty_page_is_not_the_last(talk: Conversation) -> None:
    talk.slack.faults.answer(HISTORY, page(cursor="bmV4dDow"))
    talk.slack.faults.answer(HISTORY, page(cursor="bmV4dDox"))
    ours = {"event_type": "windshield_delivery", "event_payload": {"id": DELIVERY}}
    talk.slack.faults.answer(HISTORY, page(said(MONDAY.timestamp(), metadata=ours)))
    assert talk.find() == f"{MONDAY.timestamp():.6f}"
    cursors = [call.arguments.get("cursor") for call in talk.slack.calls[1:]]
    assert cursors == [None, "bmV4dDow", "bmV4dDox"]


def test_older_messages_are_not_looked_through(talk: Conversation) -> None:
    older = said((SINCE - timedelta(seconds=1)).timestamp())
    talk.slack.faults.answer(HISTORY, page(older, cursor="bmV4dDox", has_more=True))
    assert talk.find("8") is None
    talk.slack.faults.answer(HISTORY, page(older, has_more=True))
    assert talk.find("8") is None
    assert talk.calls() == 2


@pytest.mark.parametrize("metadata", [None, {}, {"next_cursor": None}, {"next_cursor": ""}])
def test_a_page_without_a_next_one_is_the_last(talk: Conversation, metadata: object) -> None:
    last = page(said(MONDAY.timestamp()), response_metadata=metadata, has_more=False)
    talk.slack.faults.answer(HISTORY, last)
    assert talk.find("8") is None


@pytest.mark.parametrize(
    "second",
    [
        Answer(200, {"Content-Type": "text/html"}, b"<html>"),
        Answer.of({"ok": True}),
        page("Hello"),
        page(cursor="bmV4dDox"),
        page(has_more=True),
        Answer(500),
        Answer(302, {"Location": "https://example.com/"}),
    ],
    ids=["a page", "no messages", "no message", "the same again", "no way on", "failed", "moved"],
)
def test_a_page_that_cannot_be_read_leaves_it_open(talk: Conversation, second: Answer) -> None:
    first = page(said(MONDAY.timestamp()), cursor="bmV4dDox", has_more=True)
    talk.slack.faults.answer(HISTORY, first)
    talk.slack.faults.answer(HISTORY, second)
    with pytest.raises(AnswerLostError):
        talk.find("8")
    assert talk.find() == talk.ts


def test_a_page_that_is_lost_leaves_it_open(talk: Conversation) -> None:
    first = page(said(MONDAY.timestamp()), cursor="bmV4dDox", has_more=True)
    talk.slack.faults.answer(HISTORY, first)
    talk.slack.faults.add(HISTORY, FaultKind.CUT_AFTER)
    with pytest.raises(AnswerLostError):
        talk.find("8")


def test_people_are_not_read_in_circles(slack: Sandbox, messenger: Messenger) -> None:
    said_to_go_on = {"ok": True, "members": [], "response_metadata": {"next_cursor": "dXNlcjox"}}
    slack.faults.answer("users.list", Answer.of(said_to_go_on), times=2)
    with pytest.raises(AnswerLostError):
        list(messenger.all_profiles(lambda _seconds: None))
