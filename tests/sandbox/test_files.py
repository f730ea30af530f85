"""Files: where their bytes go, what Slack refuses, and that they are seen once completed."""

from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from slack_sdk.errors import SlackApiError

from bot.messenger import Messenger, NotSentError, SlackError, TurnedAwayError
from slack_sandbox import FaultKind, Person, Sandbox
from slack_sandbox.rates import TIERS
from slack_sandbox.server import LARGEST_REQUEST

COPY = {"copy.json": b'{"kept": []}', "copy.md": "Vielen Dank, Zoë".encode()}


@pytest.fixture
def sam(slack: Sandbox) -> Person:
    return slack.add_person("Sam Stone")


@pytest.fixture
def messenger(slack: Sandbox) -> Messenger:
    return Messenger(slack.bot_token, slack.api_url)


def refused(call: Any, **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        call(**arguments)
    return str(raised.value.response["error"])


def test_files_are_seen_in_a_conversation(
    slack: Sandbox, messenger: Messenger, sam: Person
) -> None:
    channel = messenger.open_conversation(sam.id)
    messenger.share_files(channel, COPY, "All that is kept about you.")
    (message,) = sam.dm
    assert message.files == {name: content.decode() for name, content in COPY.items()}
    assert message.text.startswith("All that is kept about you.\n📎 copy.json · 12 bytes")
    assert [one["name"] for one in message.raw["files"]] == list(COPY)
    assert slack.violations == []


def test_a_person_is_no_conversation(messenger: Messenger, sam: Person) -> None:
    with pytest.raises(SlackError, match="channel_not_found"):
        messenger.share_files(sam.id, COPY, "Hello")
    assert sam.dm == []


def test_what_slack_does_not_take(slack: Sandbox, messenger: Messenger, sam: Person) -> None:
    start, complete = (
        messenger.client.files_getUploadURLExternal,
        messenger.client.files_completeUploadExternal,
    )
    channel = messenger.open_conversation(sam.id)
    assert refused(start, filename="a.md", length=0) == "invalid_arguments"
    assert refused(start, filename="a.md", length=2**31) == "file_upload_size_restricted"
    unsent = [{"id": start(filename="a.md", length=3)["file_id"], "title": "a"}]
    assert refused(complete, files=unsent, channel_id=channel) == "file_not_found"
    unknown = [{"id": "F1", "title": "a"}]
    assert refused(complete, files=unknown, channel_id=channel) == "file_not_found"
    assert {one.rule for one in slack.violations} == {"file.not_uploaded"}


def test_the_bytes_come_once_whole_and_without_a_token(
    slack: Sandbox, messenger: Messenger
) -> None:
    url, _ = messenger.start_upload("a.md", 3)
    with pytest.raises(NotSentError):
        messenger.send_bytes(url, b"four")
    messenger.send_bytes(url, b"abc")
    with pytest.raises(NotSentError):
        messenger.send_bytes(url, b"abc")
    other, _ = messenger.start_upload("b.md", 3)
    with urlopen(Request(other, b"abc", {"Authorization": "Bearer x"}, method="POST")):
        pass
    with pytest.raises(HTTPError):
        urlopen(other)
    assert [one.rule for one in slack.violations] == ["file.length", "file.token"]


def test_a_file_may_be_larger_than_any_other_request(slack: Sandbox, messenger: Messenger) -> None:
    content = b"a" * (LARGEST_REQUEST + 1)
    url, _ = messenger.start_upload("a.json", len(content))
    messenger.send_bytes(url, content)
    with pytest.raises(NotSentError, match="http_404"):
        messenger.send_bytes(url, content)
    assert slack.violations == []


def test_bytes_that_did_not_arrive_are_no_file(
    slack: Sandbox, messenger: Messenger, sam: Person
) -> None:
    channel = messenger.open_conversation(sam.id)
    for kind in (FaultKind.CUT_BEFORE, FaultKind.SERVER_ERROR):
        slack.faults.add("upload", kind)
        with pytest.raises(NotSentError):
            messenger.share_files(channel, COPY, "Hello")
    assert sam.dm == []


def test_a_workspace_without_files(slack: Sandbox, messenger: Messenger, sam: Person) -> None:
    slack.refuse_uploads()
    with pytest.raises(SlackError, match="file_uploads_disabled"):
        messenger.share_files(messenger.open_conversation(sam.id), COPY, "Hello")


def test_without_the_scope_nothing_is_taken(slack: Sandbox, messenger: Messenger) -> None:
    slack.faults.refuse("files.getUploadURLExternal", "missing_scope")
    with pytest.raises(TurnedAwayError):
        messenger.start_upload("a.md", 3)


def test_uploads_are_of_tier_4(messenger: Messenger) -> None:
    for _ in range(TIERS[4]):
        messenger.start_upload("a.md", 3)
    with pytest.raises(SlackError, match="ratelimited"):
        messenger.start_upload("a.md", 3)
