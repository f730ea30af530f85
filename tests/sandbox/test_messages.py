"""Presses on messages, and what response_urls take."""

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from slack_sandbox import Person
from slack_sandbox.screens import Message
from tests.sandbox.blocks import Json, actions, button, overflow, section, select
from tests.sandbox.conftest import Probe


@pytest.fixture
def pressed(probe: Probe) -> list[Json]:
    """The payloads of all presses; the app only acks them."""
    bodies: list[Json] = []

    @probe.app.action(re.compile("done|menu"))
    def done(ack: Any, body: Json) -> None:
        bodies.append(body)
        ack()

    return bodies


def respond(url: str, **body: Any) -> str:
    """Post to a response_url: "ok", or the error's code."""
    data = json.dumps(body).encode()
    request = urllib.request.Request(url, data, {"Content-Type": "application/json"})
    try:
        with urllib.request.urlopen(request) as answer:
            text: str = answer.read().decode()
            return text
    except urllib.error.HTTPError as refused:
        with refused:
            code: str = json.loads(refused.read())["error"]
            return code


def command_url(probe: Probe) -> str:
    urls: list[str] = []

    @probe.app.command("/plain")
    def given(ack: Any, command: Json) -> None:
        urls.append(command["response_url"])
        ack()

    probe.dana.slash("/plain")
    return urls[-1]


def ephemeral(probe: Probe, person: Person) -> None:
    """Show `person` an ephemeral message with a button."""
    channel = probe.client.conversations_open(users=person.id)["channel"]["id"]
    blocks = [section("Logged"), actions(button("Done", "done"))]
    probe.client.chat_postEphemeral(channel=channel, user=person.id, text="Logged", blocks=blocks)


def test_press_in_a_message(probe: Probe, pressed: list[Json]) -> None:
    blocks = [section("Raj Rao"), actions(button("Done", "done", "raj"), overflow("menu", "Move"))]
    blocks += [section("Lena Fox"), actions(button("Done", "done", "lena"))]
    probe.client.chat_postMessage(channel=probe.dana.id, text="List", blocks=blocks)
    probe.dana.clicks("Done", beside="Lena")
    probe.dana.clicks("Done")
    probe.dana.picks("Move", beside="Raj")
    values = [body["actions"][0].get("value") for body in pressed]
    assert values == ["lena", "raj", None]
    assert pressed[2]["actions"][0]["selected_option"]["value"] == "move"
    assert pressed[0]["container"]["is_ephemeral"] is False
    assert pressed[0]["message"]["blocks"][0]["text"]["text"] == "Raj Rao"
    assert pressed[0]["trigger_id"] != pressed[1]["trigger_id"]
    with pytest.raises(AssertionError, match="no 'Done' beside 'Tom'"):
        probe.dana.clicks("Done", beside="Tom")
    with pytest.raises(AssertionError, match="no 'Gone'"):
        probe.dana.clicks("Gone")
    assert probe.broken() == []


def test_button_beside_does_not_reach_past_the_next_text(probe: Probe, pressed: list[Json]) -> None:
    blocks = [section("Raj is done"), section("Lena"), actions(button("Done", "done"))]
    probe.client.chat_postMessage(channel=probe.dana.id, text="List", blocks=blocks)
    with pytest.raises(AssertionError):
        probe.dana.clicks("Done", beside="Raj")
    assert pressed == []


def test_menu_in_a_message_keeps_the_choice(probe: Probe, pressed: list[Json]) -> None:
    element = select("menu", "Mon", "Tue", placeholder={"type": "plain_text", "text": "Day"})
    blocks = [section("Move to", accessory=element)]
    probe.client.chat_postMessage(channel=probe.dana.id, text="List", blocks=blocks)
    assert probe.dana.dm[0].text == "Move to ( Day )"
    probe.dana.picks("Tue", menu="Day")
    assert probe.dana.dm[0].text == "Move to ( Tue )"
    [body] = pressed
    [values] = body["state"]["values"].values()
    assert values["menu"]["selected_option"]["value"] == "tue"


def test_ephemeral_press_carries_no_message(probe: Probe, pressed: list[Json]) -> None:
    ephemeral(probe, probe.dana)
    probe.dana.clicks("Done")
    assert pressed[0]["container"]["is_ephemeral"] is True
    assert "message" not in pressed[0]


def test_double_click_is_delivered_twice(probe: Probe, pressed: list[Json]) -> None:
    ephemeral(probe, probe.dana)
    probe.dana.clicks("Done")
    probe.dana.clicks("Done")
    assert len(pressed) == 2
    assert pressed[0]["response_url"] != pressed[1]["response_url"]


def test_response_url_takes_five_posts(probe: Probe) -> None:
    url = command_url(probe)
    assert [respond(url, text=f"{number}") for number in range(6)] == [*["ok"] * 5, "used_url"]
    assert [message.text for message in probe.dana.ephemerals] == list("01234")
    assert probe.broken() == ["response_url.overused"]


def test_response_url_does_not_measure_blocks_together(probe: Probe) -> None:
    blocks = [section("x" * 3000) for _ in range(5)]
    assert respond(command_url(probe), text="List", blocks=blocks) == "ok"
    assert probe.broken() == []


def test_answer_to_a_command_measures_them(probe: Probe) -> None:
    @probe.app.command("/probe")
    def answered(ack: Any) -> None:
        ack(text="List", blocks=[section("x" * 3000) for _ in range(5)])

    probe.dana.slash("/probe")
    probe.dana.sees('failed with the error "invalid_response"')
    assert probe.broken() == ["msg_blocks_too_long"]


def test_response_url_ends_after_half_an_hour(probe: Probe) -> None:
    url = command_url(probe)
    probe.sandbox.clock.advance(timedelta(minutes=30))
    assert respond(url, text="just in time") == "ok"
    probe.sandbox.clock.advance(timedelta(seconds=1))
    assert respond(url, text="late") == "expired_url"
    assert respond(f"{url}x", text="nowhere") == "no_such_url"
    assert probe.broken() == ["response_url.expired"]


def test_command_has_no_message_to_replace(probe: Probe) -> None:
    url = command_url(probe)
    assert respond(url, text="a", replace_original=True) == "invalid_arguments"
    assert respond(url, text="a", shout=True) == "invalid_arguments"
    assert respond(url, text="a", response_type="loud") == "invalid_arguments"
    assert respond(url) == "no_text"
    assert probe.broken()[:3] == [
        "response_url.no_original",
        "arguments.not_modelled",
        "response_type.unknown",
    ]


def test_public_answer(probe: Probe) -> None:
    team = probe.sandbox.add_channel("team", [probe.dana, probe.sam])

    @probe.app.command("/probe")
    def answered(ack: Any) -> None:
        ack(text="For all", response_type="in_channel")

    probe.dana.slash("/probe", channel=team)
    assert probe.sam.channel_messages(team)[0].text == "For all"


def test_old_ephemeral_can_no_longer_be_replaced(probe: Probe, pressed: list[Json]) -> None:
    ephemeral(probe, probe.dana)
    probe.sandbox.clock.advance(timedelta(minutes=31))
    probe.dana.clicks("Done")
    url = pressed[0]["response_url"]
    assert respond(url, text="Undone", replace_original=True) == "expired_url"
    assert respond(url, delete_original=True) == "expired_url"
    assert respond(url, text="It is in the binder") == "ok"
    probe.dana.sees("It is in the binder")
    assert probe.broken() == []


def test_ephemeral_is_replaced_five_times_at_most(probe: Probe, pressed: list[Json]) -> None:
    ephemeral(probe, probe.dana)
    blocks = [section("Again"), actions(button("Done", "done"))]
    answers = []
    for _ in range(6):
        probe.dana.clicks("Done")
        url = pressed[-1]["response_url"]
        answers.append(respond(url, text="Again", blocks=blocks, replace_original=True))
    assert answers == [*["ok"] * 5, "used_url"]
    assert respond(pressed[-1]["response_url"], text="New") == "ok"
    assert probe.broken() == []


def test_ephemeral_cannot_become_public(probe: Probe, pressed: list[Json]) -> None:
    ephemeral(probe, probe.dana)
    probe.dana.clicks("Done")
    url = pressed[0]["response_url"]
    public = {"replace_original": True, "response_type": "in_channel"}
    assert respond(url, text="a", **public) == "invalid_arguments"
    assert probe.broken() == ["response_url.made_public"]


def test_message_in_a_dm_is_replaced_by_its_own_press(probe: Probe, pressed: list[Json]) -> None:
    blocks = [section("List"), actions(button("Done", "done"))]
    probe.client.chat_postMessage(channel=probe.dana.id, text="List", blocks=blocks)
    probe.dana.clicks("Done")
    assert respond(pressed[0]["response_url"], text="Changed", replace_original=True) == "ok"
    [message] = probe.dana.dm
    assert message.text == "Changed"
    assert message.edited
    assert respond(pressed[0]["response_url"], delete_original=True) == "ok"
    assert probe.dana.dm == []
    with pytest.raises(AssertionError, match="gone"):
        message.clicks("Done")


@pytest.mark.usefixtures("pressed")
def test_deleted_ephemeral_and_reload(probe: Probe) -> None:
    ephemeral(probe, probe.dana)
    [message] = probe.dana.ephemerals
    probe.dana.reloads()
    probe.dana.sees_not("Logged")
    with pytest.raises(AssertionError, match="gone"):
        message.clicks("Done")


@pytest.mark.parametrize(
    "act",
    [
        lambda person, said: person.edits(said, "go again"),
        lambda person, said: person.deletes(said),
        lambda person, said: person.sees_unfold(said, "Acme"),
        lambda person, said: person.forwards(said),
        lambda person, said: person.message_shortcut("Keep this", said),
    ],
    ids=["edit", "delete", "unfold", "forward", "shortcut"],
)
def test_nothing_is_done_with_a_message_that_is_gone(
    probe: Probe, act: Callable[[Person, Message], object]
) -> None:
    probe.app.event("message")(lambda: None)
    said = probe.dana.says("see https://example.com")
    probe.dana.deletes(said)
    with pytest.raises(AssertionError, match="this message is gone"):
        act(probe.dana, said)


def test_slack_unfolds_links_and_nothing_else(probe: Probe) -> None:
    probe.app.event("message")(lambda: None)
    said = probe.dana.says("nothing to see")
    with pytest.raises(AssertionError, match="this message has none"):
        probe.dana.sees_unfold(said, "Acme")
