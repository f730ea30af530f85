"""A pretend Slack that can be told what to answer, and all that the product asks of Slack."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta

import pytest

from bot.messenger import Messenger, SlackError
from slack_sandbox import Sandbox
from tests.messenger.words import RESPONSE_URL

MONDAY = datetime(2026, 11, 23, 8, 0, tzinfo=UTC)
SINCE = MONDAY - timedelta(hours=1)
VIEW = {"type": "modal"}
MESSAGE = {"text": "Hello"}

FILES = [{"id": "F1", "title": "copy.md"}]

CALLS: dict[str, Callable[[Messenger], object]] = {
    "auth.test": lambda messenger: messenger.who_am_i(),
    "chat.postMessage": lambda messenger: messenger.post("D1", MESSAGE, "7"),
    "chat.update": lambda messenger: messenger.redraw("D1", "1.000001", MESSAGE),
    "conversations.history": lambda messenger: messenger.find_delivery("D1", "7", SINCE),
    "conversations.open": lambda messenger: messenger.open_conversation("U1"),
    "files.completeUploadExternal": lambda messenger: messenger.finish_upload("D1", FILES, "Hi"),
    "files.info": lambda messenger: messenger.is_shared("F1", "D1"),
    "files.getUploadURLExternal": lambda messenger: messenger.start_upload("copy.md", 3),
    "users.info": lambda messenger: messenger.profile("U1"),
    "users.list": lambda messenger: messenger.some_profiles(""),
    "views.open": lambda messenger: messenger.open_view("1.2.3", VIEW),
    "views.publish": lambda messenger: messenger.publish_home("U1", VIEW),
    "views.push": lambda messenger: messenger.push_view("1.2.3", VIEW),
    "views.update": lambda messenger: messenger.update_view("V1", VIEW),
    RESPONSE_URL: lambda messenger: messenger.respond(response_url(messenger), MESSAGE),
}
"""By the name of the method that is called."""


def response_url(messenger: Messenger) -> str:
    return messenger.client.base_url.replace("/api/", "/actions/T0/1/x")


def outcome(call: Callable[[Messenger], object], messenger: Messenger) -> object:
    """The class and the code of what a call raises; else what it returns. Nothing but a SlackError
    ever comes out of one."""
    try:
        return call(messenger)
    except SlackError as error:
        return type(error), error.code


@pytest.fixture
def begins() -> datetime:
    return MONDAY


@pytest.fixture
def messenger(slack: Sandbox) -> Messenger:
    return Messenger(slack.bot_token, slack.api_url)
