"""The Web API: who may call what, how often, and Slack's own words when it refuses."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError

from tests.sandbox.blocks import Json, actions, button, section
from tests.sandbox.conftest import NOW, Probe


def refused(call: Callable[..., Any], **arguments: Any) -> str:
    """The error code with which Slack refuses a call."""
    with pytest.raises(SlackApiError) as raised:
        call(**arguments)
    code: str = raised.value.response["error"]
    return code


def test_auth_test_names_the_bot(unconnected: Probe) -> None:
    answer = unconnected.client.auth_test()
    assert answer["user_id"] == unconnected.sandbox.bot_user_id
    assert answer["team_id"] == unconnected.sandbox.team_id


def test_tokens(unconnected: Probe) -> None:
    url = unconnected.sandbox.api_url
    assert refused(WebClient(base_url=url).auth_test) == "not_authed"
    assert refused(WebClient("xoxb-other", base_url=url).auth_test) == "invalid_auth"
    app = WebClient(unconnected.sandbox.app_token, base_url=url)
    assert refused(app.auth_test) == "not_allowed_token_type"
    bot = unconnected.sandbox.bot_token
    assert refused(app.apps_connections_open, app_token=bot) == "not_allowed_token_type"


def test_unknown_method(unconnected: Probe) -> None:
    assert refused(unconnected.client.api_call, api_method="chat.shout") == "unknown_method"
    assert unconnected.broken() == ["method.unknown"]


def test_arguments_that_are_not_modelled(unconnected: Probe) -> None:
    post = unconnected.client.chat_postMessage
    assert refused(post, channel=unconnected.dana.id, text="a", username="x") == "invalid_arguments"
    assert refused(unconnected.client.api_call, api_method="users.info") == "invalid_arguments"
    assert unconnected.broken() == ["arguments.not_modelled", "arguments.missing"]


def test_missing_scope(unconnected: Probe) -> None:
    with pytest.raises(SlackApiError) as raised:
        unconnected.client.users_lookupByEmail(email="sam@example.com")
    assert raised.value.response["error"] == "missing_scope"
    assert raised.value.response["needed"] == "users:read.email"
    assert unconnected.broken() == ["scope.missing"]


def test_calls_are_recorded(unconnected: Probe) -> None:
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text="Hello")
    refused(unconnected.client.users_info, user="U404")
    calls = unconnected.sandbox.calls[-2:]
    assert [(call.method, call.error) for call in calls] == [
        ("chat.postMessage", None),
        ("users.info", "user_not_found"),
    ]
    assert calls[0].arguments["text"] == "Hello"
    assert calls[0].at == NOW
    assert unconnected.broken() == []


def test_users_list_in_pages(unconnected: Probe) -> None:
    unconnected.sandbox.add_people([(f"Rep {number}", "Europe/Paris") for number in range(7)])
    pages = [page["members"] for page in unconnected.client.users_list(limit=4)]
    members = [member for page in pages for member in page]
    assert [len(page) for page in pages] == [4, 4, 2]
    assert members[-1]["real_name"] == "Rep 6"
    assert members[-1]["tz"] == "Europe/Paris"
    assert refused(unconnected.client.users_list, cursor="?") == "invalid_cursor"


def test_user_without_zone_and_deactivated(unconnected: Probe) -> None:
    nowhere = unconnected.sandbox.add_person("No Where", tz=None)
    gone = unconnected.sandbox.add_person("Gone By", deleted=True)
    user = unconnected.client.users_info(user=nowhere.id)["user"]
    assert "tz" not in user
    assert user["name"] == "no.where"
    deleted = unconnected.client.users_info(user=gone.id)["user"]
    assert deleted["deleted"] is True
    assert "tz" not in deleted
    assert "email" not in deleted["profile"]


def test_conversations_open(unconnected: Probe) -> None:
    client, sandbox = unconnected.client, unconnected.sandbox
    opened = client.conversations_open(users=unconnected.dana.id)["channel"]["id"]
    assert opened.startswith("D")
    assert client.conversations_open(users=[unconnected.dana.id])["already_open"] is True
    gone = sandbox.add_person("Gone By", deleted=True)
    other = sandbox.add_person("Other Bot", bot=True)
    assert refused(client.conversations_open, users=gone.id) == "user_disabled"
    assert refused(client.conversations_open, users=other.id) == "cannot_dm_bot"
    assert refused(client.conversations_open, users="U404") == "user_not_found"


def test_where_the_bot_may_post(unconnected: Probe) -> None:
    client, sandbox = unconnected.client, unconnected.sandbox
    outside = sandbox.add_channel("outside", [unconnected.dana], bot_is_member=False)
    secret = sandbox.add_channel("secret", private=True, bot_is_member=False)
    old = sandbox.add_channel("old", [unconnected.dana])
    sandbox.archive_channel(old)
    post = client.chat_postMessage
    assert refused(post, channel=outside, text="a") == "not_in_channel"
    assert refused(post, channel=secret, text="a") == "channel_not_found"
    assert refused(post, channel=old, text="a") == "is_archived"
    assert refused(post, channel="C404", text="a") == "channel_not_found"
    team = sandbox.add_channel("team", [unconnected.dana])
    whisper = client.chat_postEphemeral
    assert refused(whisper, channel=team, user=unconnected.sam.id, text="a") == (
        "user_not_in_channel"
    )
    client.chat_postEphemeral(channel=team, user=unconnected.dana.id, text="psst")
    assert unconnected.dana.sees("psst").text == "psst"
    assert unconnected.dana.channel_messages(team) == []
    assert unconnected.broken() == []


def test_update_and_delete(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    posted = client.chat_postMessage(channel=dana.id, text="One")
    channel, ts = posted["channel"], posted["ts"]
    assert refused(client.chat_update, channel=dana.id, ts=ts, text="x") == "channel_not_found"
    assert refused(client.chat_update, channel=channel, ts="1.000001", text="x") == (
        "message_not_found"
    )
    blocks = [section("Two"), actions(button("Go", "go"))]
    client.chat_update(channel=channel, ts=ts, text="Two", blocks=blocks)
    [message] = dana.dm
    assert message.text == "Two\n[Go]"
    assert message.edited
    client.chat_update(channel=channel, ts=ts, text="Three")
    assert message.text == "Three"
    said = dana.says("mine")
    assert refused(client.chat_update, channel=channel, ts=said.ts, text="x") == (
        "cant_update_message"
    )
    client.chat_delete(channel=channel, ts=ts)
    assert dana.dm == [said]


def test_a_permalink_leads_to_a_message_that_the_bot_can_see(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    posted = client.chat_postMessage(channel=dana.id, text="One")
    channel, ts = posted["channel"], posted["ts"]
    link = client.chat_getPermalink(channel=channel, message_ts=ts)
    assert link["channel"] == channel
    assert link["permalink"].endswith(f".slack.com/archives/{channel}/p{ts.replace('.', '')}")
    answer = client.chat_postMessage(channel=channel, text="Two", thread_ts=ts)
    within = client.chat_getPermalink(channel=channel, message_ts=answer["ts"])["permalink"]
    assert within.endswith(f"?thread_ts={ts}&cid={channel}")
    mine = dana.says("mine")
    assert client.chat_getPermalink(channel=channel, message_ts=mine.ts)["permalink"]
    whisper = client.chat_postEphemeral(channel=channel, user=dana.id, text="psst")["message_ts"]
    for gone in ("1.000001", whisper):
        assert refused(client.chat_getPermalink, channel=channel, message_ts=gone) == (
            "message_not_found"
        )
    client.chat_delete(channel=channel, ts=ts)
    assert refused(client.chat_getPermalink, channel=channel, message_ts=ts) == "message_not_found"
    for unknown in (dana.id, "C0NOWHERE"):
        assert refused(client.chat_getPermalink, channel=unknown, message_ts=ts) == (
            "channel_not_found"
        )


def test_ephemeral_cannot_be_updated(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    channel = client.conversations_open(users=dana.id)["channel"]["id"]
    ts = client.chat_postEphemeral(channel=channel, user=dana.id, text="psst")["message_ts"]
    assert refused(client.chat_update, channel=channel, ts=ts, text="x") == "message_not_found"


def test_history_gives_metadata_back(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    metadata: Json = {"event_type": "delivery", "event_payload": {"id": "7"}}
    channel = client.chat_postMessage(channel=dana.id, text="One", metadata=metadata)["channel"]
    client.chat_postMessage(channel=dana.id, text="Two")
    history = client.conversations_history(channel=channel, include_all_metadata=True)
    assert [message["text"] for message in history["messages"]] == ["Two", "One"]
    assert history["messages"][1]["metadata"] == metadata
    oldest = history["messages"][1]["ts"]
    newer = client.conversations_history(channel=channel, oldest=oldest)["messages"]
    assert [message["text"] for message in newer] == ["Two"]
    assert "metadata" not in client.conversations_history(channel=channel)["messages"][1]
    more = [page["has_more"] for page in client.conversations_history(channel=channel, limit=1)]
    assert more == [True, False]


@pytest.mark.filterwarnings("ignore:The top-level `text` argument")
@pytest.mark.parametrize(
    ("content", "code", "rule"),
    [
        ({}, "no_text", "no_text"),
        (
            {"text": "a", "blocks": [{"type": "header", "text": {"type": "plain_text"}}]},
            "invalid_blocks",
            "missing_field",
        ),
        (
            {"text": "a", "blocks": [section("x" * 3000) for _ in range(5)]},
            "msg_blocks_too_long",
            "msg_blocks_too_long",
        ),
        ({"text": "a", "metadata": {"event_type": 1}}, "invalid_metadata_format", "wrong_type"),
    ],
)
def test_content_that_slack_refuses(
    unconnected: Probe, content: Json, code: str, rule: str
) -> None:
    post = unconnected.client.chat_postMessage
    assert refused(post, channel=unconnected.dana.id, **content) == code
    assert rule in unconnected.broken()
    assert unconnected.dana.dm == []


def test_message_to_someone_who_has_left_is_taken_and_reaches_nobody(unconnected: Probe) -> None:
    client, sam = unconnected.client, unconnected.sam
    client.chat_postMessage(channel=sam.id, text="Before")
    sam.is_deactivated()
    posted = client.chat_postMessage(channel=sam.id, text="After")
    assert posted["ok"]
    client.chat_postMessage(channel=posted["channel"], text="After")
    gone = unconnected.sandbox.add_person("Gone Long", deleted=True)
    assert client.chat_postMessage(channel=gone.id, text="Hello")["ok"]
    assert [message.text for message in sam.dm] == ["Before"]
    assert gone.dm == []
    sam.sees_not("After")
    assert "After" not in sam.screen()
    history = client.conversations_history(channel=posted["channel"])["messages"]
    assert [message["text"] for message in history] == ["After", "After", "Before"]
    assert unconnected.broken() == ["message.to_deactivated"] * 3


@pytest.mark.filterwarnings("ignore:The top-level `text` argument")
def test_content_that_slack_only_advises_against(unconnected: Probe) -> None:
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, blocks=[section("Hello")])
    assert unconnected.dana.dm[0].text == "Hello"
    assert unconnected.broken() == ["message.text.missing"]


def test_blocks_that_are_too_big_together_however_they_are_sent(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    posted = client.chat_postMessage(channel=dana.id, text="List", blocks=[section("List")])
    too_big = [section("x" * 2600) for _ in range(5)]
    content: Json = {"text": "List", "blocks": too_big, "channel": posted["channel"]}
    code = "msg_blocks_too_long"
    assert refused(client.chat_postMessage, **content) == code
    assert refused(client.chat_postEphemeral, user=dana.id, **content) == code
    assert refused(client.chat_update, ts=posted["ts"], **content) == code
    assert [message.text for message in dana.dm] == ["List"]
    assert unconnected.broken() == [code] * 3


def test_blocks_that_are_nearly_too_big_are_recorded(unconnected: Probe) -> None:
    blocks = [section("x" * 2000) for _ in range(5)]
    unconnected.client.chat_postMessage(channel=unconnected.dana.id, text="List", blocks=blocks)
    assert unconnected.broken() == ["message.blocks.heavy"]
    assert len(unconnected.dana.dm) == 1


def test_text_of_an_update_has_a_limit_in_bytes(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    posted = client.chat_postMessage(channel=dana.id, text="é" * 2001)
    at = {"channel": posted["channel"], "ts": posted["ts"]}
    assert refused(client.chat_update, text="é" * 2001, **at) == "msg_too_long"
    client.chat_update(text="é" * 2000, **at)
    assert unconnected.broken() == ["msg_too_long"]


def test_charts_where_the_workspace_has_not_been_given_them(unconnected: Probe) -> None:
    segments = [{"label": "Won", "value": 3}]
    block: Json = {"type": "data_visualization", "title": "Shares"}
    block |= {"chart": {"type": "pie", "segments": segments}}
    content: Json = {"channel": unconnected.dana.id, "text": "Shares", "blocks": [block]}
    unconnected.client.chat_postMessage(**content)
    unconnected.sandbox.withhold_charts()
    assert refused(unconnected.client.chat_postMessage, **content) == "invalid_blocks"
    publish = unconnected.client.views_publish
    view = {"type": "home", "blocks": [block]}
    assert refused(publish, user_id=unconnected.dana.id, view=view) == "invalid_arguments"
    assert unconnected.broken() == ["chart.not_given"] * 2


def test_message_that_pings_everybody(unconnected: Probe) -> None:
    team = unconnected.sandbox.add_channel("team", [unconnected.dana])
    unconnected.client.chat_postMessage(channel=team, text="<!channel> hear, hear")
    unconnected.dana.sees("@channel hear, hear")
    assert unconnected.broken() == ["mention.broadcast"]


def test_tier_of_a_method(unconnected: Probe) -> None:
    client, sandbox = unconnected.client, unconnected.sandbox
    for _ in range(20):
        client.users_list(limit=1)
    with pytest.raises(SlackApiError) as raised:
        client.users_list(limit=1)
    assert raised.value.response.status_code == 429
    assert raised.value.response.headers["Retry-After"] == "60"
    assert raised.value.response["error"] == "ratelimited"
    client.users_info(user=unconnected.dana.id)
    assert unconnected.broken() == []
    assert refused(client.users_list) == "ratelimited"
    assert unconnected.broken() == ["rate.not_honoured"]
    sandbox.clock.advance(timedelta(seconds=60))
    client.users_list(limit=1)


def test_one_message_a_second_in_a_channel(unconnected: Probe) -> None:
    client, sandbox = unconnected.client, unconnected.sandbox
    for number in range(5):
        client.chat_postMessage(channel=unconnected.dana.id, text=f"{number}")
    with pytest.raises(SlackApiError) as raised:
        client.chat_postMessage(channel=unconnected.dana.id, text="five")
    assert raised.value.response.headers["Retry-After"] == "1"
    sandbox.clock.advance(timedelta(seconds=1))
    client.chat_postMessage(channel=unconnected.sam.id, text="elsewhere")
    client.chat_postMessage(channel=unconnected.dana.id, text="five")
    assert len(unconnected.dana.dm) == 6
    assert unconnected.broken() == []


@pytest.mark.slow
def test_messages_a_minute_in_the_workspace(unconnected: Probe) -> None:
    client, sandbox = unconnected.client, unconnected.sandbox
    people = sandbox.add_people([(f"Rep {number}", "UTC") for number in range(301)])
    for person in people[:300]:
        client.chat_postMessage(channel=person.id, text="Hello")
    assert refused(client.chat_postMessage, channel=people[300].id, text="Hello") == "ratelimited"
    sandbox.clock.advance(timedelta(minutes=1))
    client.chat_postMessage(channel=people[300].id, text="Hello")


def test_ten_sockets_may_be_opened_at_once(unconnected: Probe) -> None:
    token = unconnected.sandbox.app_token
    client = WebClient(token, base_url=unconnected.sandbox.api_url)
    for _ in range(10):
        assert client.apps_connections_open(app_token=token)["url"].startswith("ws://127.0.0.1:")
    assert refused(client.apps_connections_open, app_token=token) == "ratelimited"
