"""The page over HTTP: who may use it, and what each person is shown and can do."""

import json
import re
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt import App

from slack_sandbox import Sandbox
from slack_sandbox.page import Page
from tests.sandbox.blocks import (
    Json,
    actions,
    button,
    field,
    home,
    modal,
    overflow,
    section,
    select,
    text_input,
)
from tests.sandbox.browsing import HOSTILE, Browser, Elements, Stream
from tests.sandbox.conftest import MANIFEST, NOW, Probe, disconnect, new_app


@pytest.fixture
def page() -> Page:
    return Page()


@pytest.fixture
def probe(page: Page) -> Iterator[Probe]:
    """An app behind a sandbox that has a page."""
    with Sandbox(MANIFEST, NOW, page=page) as sandbox:
        dana = sandbox.add_person("Dana Moss", tz="Europe/Berlin", title="Sales manager")
        sam = sandbox.add_person("Sam Stone", tz="America/New_York")
        app: App = new_app(sandbox)
        app.event("message")(lambda: None)
        probe = Probe(sandbox, app, app.client, dana, sam)
        probe.connect()
        yield probe
        disconnect(probe)


@pytest.fixture
def browser(page: Page, probe: Probe) -> Browser:  # noqa: ARG001
    return Browser(page)


def test_the_root_leads_to_someone(browser: Browser, probe: Probe) -> None:
    status, headers, _ = browser.get("/")
    assert (status, headers["Location"]) == (302, f"/as/{probe.dana.id}/app/messages")


@pytest.mark.parametrize(
    "path", ["app/messages", "app/home", "app/about", "find?kind=as", "find?kind=commands&begun=/"]
)
def test_every_answer_carries_the_policy(browser: Browser, probe: Probe, path: str) -> None:
    _, headers, _ = browser.get(f"/as/{probe.dana.id}/{path}")
    policy = headers["Content-Security-Policy"]
    assert policy.startswith("default-src 'none'; style-src 'self'; script-src 'self'; ")
    assert "unsafe" not in policy
    assert headers["X-Content-Type-Options"] == "nosniff"


def test_a_page_asks_for_nothing_from_elsewhere(browser: Browser, probe: Probe) -> None:
    shown = browser.sees(probe.dana)
    addresses = re.findall(r'(?:src|href)="([^"]*)"', shown)
    assert all(each.startswith(("/page/", "/as/", "#", "data:,")) for each in addresses)
    for name in re.findall(r"/page/[a-z.]+", shown):
        assert browser.get(name)[0] == 200
    assert " style=" not in shown
    assert re.findall(r"\son[a-z]+=", shown) == []


@pytest.mark.parametrize(
    "path", ["as/U404/app/messages", "as/{id}/nowhere", "page/routes.py", "x/y"]
)
def test_what_is_not_there(browser: Browser, probe: Probe, path: str) -> None:
    assert browser.get(f"/{path.format(id=probe.dana.id)}")[0] == 404


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1.evil.example"])
def test_only_by_a_name_of_this_machine(browser: Browser, probe: Probe, host: str) -> None:
    assert browser.get(f"/as/{probe.dana.id}/app/messages", Host=host)[0] == 403
    assert browser.get("/page/page.css", Host=host)[0] == 403


@pytest.mark.parametrize(
    ("changed", "status"),
    [
        ({"Origin": "http://evil.example"}, 403),
        ({"Origin": "null"}, 403),
        ({"X_Sent_By": ""}, 403),
        ({"Content_Type": "text/plain"}, 415),
        ({"Content_Type": "application/x-www-form-urlencoded"}, 415),
    ],
)
def test_acts_come_from_the_page_alone(
    browser: Browser, probe: Probe, changed: dict[str, str], status: int
) -> None:
    given = {"channel": dm(probe), "text": "hello"}
    assert browser.act(probe.dana, "send", given, **changed) == status
    assert probe.dana.dm == []
    assert browser.act(probe.dana, "send", given) == 204
    assert [message.text for message in probe.dana.dm] == ["hello"]


@pytest.mark.parametrize("given", [[], "text", 1])
def test_an_act_is_an_object(browser: Browser, probe: Probe, given: object) -> None:
    assert browser.act(probe.dana, "send", given) == 400


def test_what_only_one_person_sees(browser: Browser, probe: Probe) -> None:
    channel = probe.sandbox.add_channel("team", [probe.dana, probe.sam])
    hers = probe.sandbox.add_channel("leaders", [probe.dana], private=True)
    probe.client.chat_postEphemeral(channel=channel, user=probe.dana.id, text="for Dana alone")
    probe.dana.says("to the leaders", channel=hers)
    probe.client.chat_postMessage(channel=probe.dana.id, text="to Dana directly")
    assert "for Dana alone" in browser.sees(probe.dana, f"channel/{channel}")
    assert "Only visible to you" in browser.sees(probe.dana, f"channel/{channel}")
    shown = [
        browser.sees(probe.sam, place)
        for place in (f"channel/{channel}", f"channel/{hers}", "app/messages", "app/home")
    ]
    for words in ("for Dana alone", "to the leaders", "to Dana directly"):
        assert not any(words in each for each in shown)
    assert "leaders" not in browser.get(f"/as/{probe.sam.id}/find?kind=channels&begun=")[2]
    post = probe.dana.channel_messages(hers)[0]
    taken = {"name": "Keep this", "surface": f"post:{hers}:{post.ts}"}
    assert browser.act(probe.sam, "shortcut", taken) == 409
    assert browser.act(probe.sam, "send", {"channel": hers, "text": "hello"}) == 409


def test_a_form_belongs_to_the_person_before_whom_it_is(browser: Browser, probe: Probe) -> None:
    form(probe, text_input("Subject of it", "about"))
    probe.dana.slash("/form")
    assert probe.dana.modal is not None
    surface = f"view:{probe.dana.modal.view.id}"
    assert "Subject of it" in browser.sees(probe.dana)
    assert "Subject of it" not in browser.sees(probe.sam)
    typed = [{"block": "about", "action": "text", "value": "not mine"}]
    assert browser.act(probe.sam, "submit", {"surface": surface, "fields": typed}) == 409
    assert probe.dana.modal.value("Subject of it") is None


def test_fields_buttons_and_errors(browser: Browser, probe: Probe) -> None:
    pressed: list[Json] = []
    form(
        probe,
        text_input("About", "about"),
        field("Day", "day", {"type": "datepicker", "action_id": "day"}),
        field("Who", "who", {"type": "multi_users_select", "action_id": "who"}, optional=True),
        field("At", "at", {"type": "datetimepicker", "action_id": "at"}, optional=True),
        field("Channel", "channel", select("pick", "Call", "Email"), optional=True),
        actions(button("More", "more"), overflow("rest", "Move", "Drop"), block_id="row"),
    )

    @probe.app.action(re.compile("more|rest"))
    def press(ack: Any, body: Json) -> None:
        ack()
        pressed.append({**body["actions"][0], "values": body["view"]["state"]["values"]})

    @probe.app.view("form")
    def submit(ack: Any, body: Json) -> None:
        value = body["view"]["state"]["values"]["about"]["text"]["value"]
        ack(response_action="errors", errors={"about": f"Not {value}."})

    probe.dana.slash("/form")
    shown = probe.dana.modal
    assert shown is not None
    typed = [
        {"block": "about", "action": "text", "value": "Acme"},
        {"block": "day", "action": "day", "value": "2026-11-24"},
        {"block": "who", "action": "who", "value": [probe.sam.id]},
        {"block": "at", "action": "at", "value": "2026-11-24T10:00"},
        {"block": "gone", "action": "gone", "value": "x"},
    ]
    where = {"surface": f"view:{shown.view.id}", "fields": typed}
    assert browser.act(probe.dana, "press", {**where, "block": "row", "action": "more"}) == 204
    told = pressed[0]["values"]
    assert told["about"]["text"]["value"] == "Acme"
    assert told["at"]["at"]["selected_date_time"] == int(
        datetime(2026, 11, 24, 9, tzinfo=UTC).timestamp()
    )
    picked = {**where, "block": "row", "action": "rest", "value": "drop"}
    assert browser.act(probe.dana, "press", picked) == 204
    assert pressed[1]["selected_option"]["text"]["text"] == "Drop"
    chosen = {**where, "block": "channel", "action": "pick", "value": "email"}
    assert browser.act(probe.dana, "choose", chosen) == 204
    assert shown.value("Channel") == "Email"
    for wrong in ("fax", 7, {"x": 1}):
        assert browser.act(probe.dana, "choose", {**chosen, "value": wrong}) == 409
    assert browser.act(probe.dana, "submit", where) == 204
    page = browser.sees(probe.dana)
    assert "Not Acme." in page
    assert 'aria-invalid="true"' in page
    assert browser.act(probe.dana, "close", {**where, "everything": True}) == 204
    assert probe.dana.modal is None
    assert browser.act(probe.dana, "submit", where) == 409
    assert browser.act(probe.dana, "hold", where) == 204


@pytest.mark.parametrize(
    ("dispatches", "asked", "tells"),
    [
        (False, None, False),
        (True, None, True),
        (True, ["on_enter_pressed"], True),
        (True, ["on_character_entered"], True),
        (False, ["on_enter_pressed"], False),
        (False, ["on_character_entered"], False),
    ],
)
def test_a_text_input_is_told_of_only_where_it_asked(
    browser: Browser, probe: Probe, dispatches: bool, asked: list[str] | None, tells: bool
) -> None:
    told: list[str] = []
    element: Json = {"type": "plain_text_input", "action_id": "text"}
    if asked is not None:
        element["dispatch_action_config"] = {"trigger_actions_on": asked}
    form(probe, field("About", "about", element, dispatch_action=dispatches))

    @probe.app.action("text")
    def typed(ack: Any, body: Json) -> None:
        told.append(body["actions"][0]["value"])
        ack()

    probe.dana.slash("/form")
    shown = probe.dana.modal
    assert shown is not None
    where = {"surface": f"view:{shown.view.id}", "fields": [], "block": "about", "action": "text"}
    assert browser.act(probe.dana, "choose", {**where, "value": "Acme"}) == 204
    assert shown.value("About") == "Acme"
    assert told == (["Acme"] if tells else [])


def test_a_button_is_the_same_after_its_message_was_redrawn(browser: Browser, probe: Probe) -> None:
    pressed: list[str] = []

    @probe.app.action("done")
    def done(ack: Any, body: Json) -> None:
        pressed.append(body["actions"][0]["value"])
        ack()

    reps = [actions(button("Done", "done", rep)) for rep in ("sam", "lena")]
    posted = probe.client.chat_postMessage(channel=probe.dana.id, text="x", blocks=reps)
    where = {"surface": f"post:{posted['channel']}:{posted['ts']}", "action": "done"}
    old = {**where, "block": probe.dana.dm[0].raw["blocks"][1]["block_id"], "value": "lena"}
    changed = {"channel": posted["channel"], "ts": posted["ts"], "text": "x"}
    probe.client.chat_update(**changed, blocks=[section("Your week"), *reversed(reps)])
    assert browser.act(probe.dana, "press", old) == 204
    probe.client.chat_update(**changed, blocks=reps[:1])
    assert browser.act(probe.dana, "press", old) == 409
    assert pressed == ["lena"]


def test_what_slack_refuses_is_said(browser: Browser, probe: Probe) -> None:
    assert browser.acts(probe.dana, "dance")[0] == 409
    status, text = browser.acts(probe.dana, "shortcut", {"name": "Nothing"})
    assert status == 409
    assert "declares no shortcut" in json.loads(text)["problem"]
    channel = probe.sandbox.add_channel("old", [probe.dana])
    probe.sandbox.archive_channel(channel)
    status, text = browser.acts(probe.dana, "send", {"channel": channel, "text": "hello"})
    assert json.loads(text)["problem"] == "This channel is archived."


def test_home_is_drawn_when_it_is_opened(browser: Browser, probe: Probe) -> None:
    @probe.app.event("app_home_opened")
    def opened(event: Json, client: Any) -> None:
        view = home(section("Your *week*"), actions(button("Go", "go")))
        client.views_publish(user_id=event["user"], view=view)

    assert "This Home is still empty." in browser.sees(probe.dana, "app/home")
    assert browser.act(probe.dana, "home") == 204
    probe.dana.sees("Your week")
    assert "Your <strong>week</strong>" in browser.sees(probe.dana, "app/home")


def test_reloading_forgets_what_only_one_saw(browser: Browser, probe: Probe) -> None:
    probe.dana.slash("/unheard-of")
    assert "is not a valid command" in browser.sees(probe.dana)
    assert browser.act(probe.dana, "reload") == 204
    assert "is not a valid command" not in browser.sees(probe.dana)


def test_changes_are_sent_as_they_come(probe: Probe, page: Page) -> None:
    with Stream(page, probe.dana, "app/messages&inspector=1") as stream:
        assert {"main", "rail", "clock", "modal", "broken", "traffic"} == stream.parts.keys()
        probe.client.chat_postMessage(channel=probe.dana.id, text="news of today")
        stream.waits_for("main", "news of today")
        stream.waits_for("traffic", "chat.postMessage")
        probe.sandbox.clock.advance(timedelta(days=1))
        stream.waits_for("clock", "Tue 24 Nov")
        stream.waits_for("main", "Yesterday")


def test_the_traffic_has_what_was_said_and_what_was_broken(browser: Browser, probe: Probe) -> None:
    probe.client.chat_postMessage(channel=probe.dana.id, text="secret words", blocks=[])
    with pytest.raises(Exception, match="unknown_method"):
        probe.client.api_call("bots.info")
    journal = probe.sandbox._journal
    number = next(
        index
        for index, entry in enumerate(journal.entries)
        if getattr(entry, "method", "") == "chat.postMessage"
    )
    details = browser.get(f"/as/{probe.dana.id}/traffic/{number}")[2]
    assert "secret words" in details
    assert "&#34;ok&#34;: true" in details
    assert "This is not kept." in browser.get(f"/as/{probe.dana.id}/traffic/9999")[2]
    assert browser.get(f"/as/{probe.dana.id}/traffic/-1")[0] == 404
    assert re.search(r'class="count bad">\s*1', browser.sees(probe.dana))


def test_the_clock(browser: Browser, probe: Probe, page: Page) -> None:
    clock = probe.sandbox.clock
    moves: list[datetime] = []
    page.moved = lambda: moves.append(clock.now())

    def move(name: str, **more: str) -> datetime:
        assert browser.act(probe.dana, "clock", {"move": name, **more}) == 204
        return clock.now()

    assert move("hour") == NOW + timedelta(hours=1)
    # In Dana's zone: eight in the morning in Berlin.
    assert move("morning") == datetime(2026, 11, 24, 7, 0, tzinfo=UTC)
    assert move("to", to="2026-11-25T12:00") == datetime(2026, 11, 25, 11, 0, tzinfo=UTC)
    assert browser.act(probe.dana, "clock", {"move": "next"}) == 409
    page.next_event = lambda: datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    assert "Monday, 30 November, 08:00" in browser.sees(probe.dana)
    assert move("next") == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    # What is due already is done without moving the clock back.
    page.next_event = lambda: datetime(2026, 11, 29, 7, 0, tzinfo=UTC)
    assert "due now" in browser.sees(probe.dana)
    assert move("next") == datetime(2026, 11, 30, 7, 0, tzinfo=UTC)
    for wrong in ("2026-11-01T12:00", "soon", ""):
        assert browser.act(probe.dana, "clock", {"move": "to", "to": wrong}) == 409
    assert browser.act(probe.dana, "clock", {"move": "sideways"}) == 409
    assert len(moves) == 5


def test_completion(browser: Browser, probe: Probe) -> None:
    probe.sandbox.add_person("Sam Stone", handle="other.sam")
    probe.sandbox.add_person("Gone", deleted=True)

    def found(kind: str, begun: str) -> list[str]:
        text = browser.get(f"/as/{probe.dana.id}/find?kind={kind}&begun={begun}")[2]
        return re.findall(r'data-inserted="([^"]*)"', text)

    assert found("commands", "/p") == ["/probe ", "/plain "]
    # Of two people of one name, only the handle says which.
    assert found("people", "sam") == ["@sam.stone ", "@other.sam "]
    assert found("people", "moss") == ["@Dana Moss "]
    assert found("people", "gone") == []
    text = browser.get(f"/as/{probe.dana.id}/find?kind=as&begun=")[2]
    assert re.findall(r'class="group">([^<]*)', text) == ["Sales manager", "People"]


def test_open_pages_do_not_hold_up_the_end(page: Page) -> None:
    with Sandbox(MANIFEST, NOW, page=page) as sandbox:
        dana = sandbox.add_person("Dana Moss")
        stream = Stream(page, dana, "app/messages")
    with stream:
        assert not [each for each in threading.enumerate() if each.name.startswith("page")]


def test_hostile_messages_names_and_titles(browser: Browser, probe: Probe) -> None:
    for words in HOSTILE:
        probe.dana.says(words)
        probe.sandbox.add_person(words, handle=words, title=words)
        probe.sandbox.add_channel(words, [probe.dana])
    for path in ("app/messages", "find?kind=as", "find?kind=people", "find?kind=channels"):
        found = Elements()
        found.feed(browser.sees(probe.dana, path))
        assert found.tags.isdisjoint({"img", "iframe", "object", "b2"})
        assert not [name for name in found.attributes if name.startswith("on") or name == "style"]
        assert all(each.startswith(("/", "#", "data:,", "http://x")) for each in found.addresses)


def form(probe: Probe, *blocks: Json) -> None:
    """Let /form open a form of these blocks."""

    @probe.app.command("/form")
    def opened(ack: Any, body: Json, client: Any) -> None:
        client.views_open(trigger_id=body["trigger_id"], view=modal("Form", *blocks))
        ack()


def dm(probe: Probe) -> str:
    return str(probe.client.conversations_open(users=probe.dana.id)["channel"]["id"])
