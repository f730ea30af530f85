"""Modals and Homes: triggers, the stack, hashes, what stays typed, and answers to submissions."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from slack_sdk.errors import SlackApiError

from slack_sandbox import Modal, Person
from tests.sandbox.blocks import (
    Json,
    actions,
    button,
    field,
    home,
    modal,
    option,
    plain,
    section,
    select,
    text_input,
)
from tests.sandbox.conftest import Probe


def opens(probe: Probe, view: Json) -> Modal:
    """Let Dana open `view` by a command."""

    @probe.app.command("/form")
    def opened(ack: Any, client: Any, command: Json) -> None:
        ack()
        client.views_open(trigger_id=command["trigger_id"], view=view)

    probe.dana.slash("/form")
    probe.dana.sees(view["title"]["text"])
    return on_top(probe.dana)


def on_top(person: Person) -> Modal:
    found = person.modal
    assert found is not None
    return found


def answers(probe: Probe, answer: Callable[[Json], Json]) -> list[Json]:
    """Let the app answer submissions by `answer` of the view; the views that it was sent."""
    views: list[Json] = []

    @probe.app.view("form")
    def submitted(ack: Any, view: Json) -> None:
        views.append(view)
        ack(**answer(view))

    return views


def trigger_of(probe: Probe) -> str:
    """A fresh trigger_id."""
    triggers: list[str] = []

    @probe.app.command("/plain")
    def given(ack: Any, command: Json) -> None:
        triggers.append(command["trigger_id"])
        ack()

    probe.dana.slash("/plain")
    return triggers[-1]


def code_of(call: Callable[..., Any], **arguments: Any) -> str:
    with pytest.raises(SlackApiError) as raised:
        call(**arguments)
    code: str = raised.value.response["error"]
    return code


def test_trigger_expires_after_three_seconds(probe: Probe) -> None:
    trigger = trigger_of(probe)
    probe.sandbox.clock.advance(timedelta(seconds=3.1))
    code = code_of(probe.client.views_open, trigger_id=trigger, view=modal("A", section("a")))
    assert code == "expired_trigger_id"
    assert probe.broken() == ["trigger.expired"]


def test_trigger_is_good_once(probe: Probe) -> None:
    trigger, view = trigger_of(probe), modal("A", section("a"))
    probe.client.views_open(trigger_id=trigger, view=view)
    assert code_of(probe.client.views_open, trigger_id=trigger, view=view) == (
        "exchanged_trigger_id"
    )
    assert code_of(probe.client.views_open, trigger_id="1.2", view=view) == "invalid_trigger_id"
    assert probe.broken() == ["trigger.exchanged", "trigger.invalid"]


def test_bad_view_is_refused(probe: Probe) -> None:
    view = modal("A title that is far too long", section("a"))
    trigger = trigger_of(probe)
    code = code_of(probe.client.views_open, trigger_id=trigger, view=view)
    assert code == "invalid_arguments"
    assert probe.broken() == ["view.title.too_long"]
    code = code_of(probe.client.views_open, trigger_id=trigger, view=home(section("a")))
    assert code == "invalid_arguments"


def test_button_of_a_modal_that_asks_to_confirm_is_recorded(probe: Probe) -> None:
    asked = {"title": plain("Sure?"), "text": plain("It goes."), "confirm": plain("Yes")}
    pressed = button("Discard", "discard", confirm=asked | {"deny": plain("No")})
    opens(probe, modal("Contact", actions(pressed)))
    assert probe.broken() == ["modal.confirm"]


def test_rich_text_input_is_refused(probe: Probe) -> None:
    """It is not modelled: Slack does not take back an initial value that holds a mention
    (https://github.com/slackapi/bolt-python/issues/1003), so that nothing that was typed in one
    can be shown for changing."""
    view = modal("Contact", field("About", "about", {"type": "rich_text_input", "action_id": "t"}))
    with pytest.raises(SlackApiError) as raised:
        probe.client.views_open(trigger_id=trigger_of(probe), view=view)
    assert raised.value.response["error"] == "invalid_arguments"
    assert probe.broken() == ["not_modelled"]


def test_stack_of_three(probe: Probe) -> None:
    @probe.app.action("deeper")
    def deeper(ack: Any, client: Any, body: Json) -> None:
        ack()
        depth = int(body["actions"][0]["value"])
        client.views_push(trigger_id=body["trigger_id"], view=view(depth + 1))

    def view(depth: int) -> Json:
        more = actions(button("Deeper", "deeper", str(depth)))
        return modal(f"Step {depth}", section("a"), more, notify_on_close=depth == 1)

    closed: list[tuple[str, bool]] = []

    @probe.app.view_closed("form")
    def gone(ack: Any, body: Json) -> None:
        closed.append((body["view"]["title"]["text"], body["is_cleared"]))
        ack()

    first = opens(probe, view(1))
    first.clicks("Deeper")
    probe.dana.sees("Step 2")
    on_top(probe.dana).clicks("Deeper")
    probe.dana.sees("Step 3")
    third = on_top(probe.dana)
    assert third.raw["root_view_id"] == first.raw["id"]
    third.close()
    assert on_top(probe.dana).title == "Step 2"
    on_top(probe.dana).clicks("Deeper")
    probe.dana.sees("Step 3")
    assert probe.broken() == []
    on_top(probe.dana).close_all()
    assert probe.dana.modal is None
    assert closed == [("Step 1", True)]
    assert probe.broken() == []


def test_push_beyond_the_stack(probe: Probe) -> None:
    top: list[str] = []

    @probe.app.action("again")
    def again(ack: Any, body: Json) -> None:
        top.append(body["trigger_id"])
        ack()

    view = modal("One", section("a"), actions(button("Again", "again")))
    opens(probe, view)
    for _ in range(3):
        probe.dana.clicks("Again")
        if len(top) < 3:
            probe.client.views_push(trigger_id=top[-1], view=view)
    code = code_of(probe.client.views_push, trigger_id=top[-1], view=view)
    assert code == "push_limit_reached"
    assert probe.broken() == ["view.push_limit"]


def test_update_keeps_what_was_typed_where_ids_stay(probe: Probe) -> None:
    form = opens(probe, modal("Form", text_input("About", "about"), text_input("More", "more")))
    form.fill("About", "Acme")
    form.fill("More", "much")
    view_id, before = form.raw["id"], form.raw["hash"]
    changed = modal("Form", text_input("Subject", "about", initial_value="other"))
    changed["blocks"].append(text_input("More", "more_2"))
    probe.client.views_update(view_id=view_id, view=changed, hash=before)
    assert form.value("Subject") == "Acme"
    assert form.value("More") is None
    update = probe.client.views_update
    assert code_of(update, view_id=view_id, view=changed, hash=before) == "hash_conflict"
    assert code_of(update, view_id="V404", view=changed) == "not_found"
    assert probe.broken() == []


def test_external_id(probe: Probe) -> None:
    view = modal("Form", section("a"), external_id="form-1")
    opens(probe, view)
    update = probe.client.views_update
    update(external_id="form-1", view=modal("Other", section("b"), external_id="form-1"))
    assert on_top(probe.dana).title == "Other"
    code = code_of(probe.client.views_open, trigger_id=trigger_of(probe), view=view)
    assert code == "duplicate_external_id"


def test_all_kinds_of_inputs(probe: Probe) -> None:
    people = {"type": "multi_users_select", "action_id": "who"}
    rep = {"type": "users_select", "action_id": "rep", "initial_user": probe.sam.id}
    day = {"type": "datepicker", "action_id": "day", "initial_date": "2026-11-20"}
    boxes = {"type": "checkboxes", "action_id": "boxes", "options": [option("Private", "p")]}
    channel = select("channel", "Call", "Video", initial_option=option("Call", "call"))
    form = opens(
        probe,
        modal(
            "Form",
            field("Rep", "rep", rep),
            field("People", "people", people),
            field("When", "when", day),
            field("Flags", "flags", boxes, optional=True),
            field("Channel", "channel", channel),
            text_input("About", "about", placeholder=plain("optional")),
        ),
    )
    assert form.labels == ["Rep", "People", "When", "Flags", "Channel", "About"]
    assert "Rep: ( Sam Stone )" in form.text
    assert "About: ( optional )" in form.text
    form.fill("People", [probe.dana, probe.sam])
    form.fill("When", date(2026, 11, 19))
    form.fill("Flags", ["Private"])
    form.fill("Channel", "Video")
    form.fill("About", "Acme & Co")
    assert form.value("Channel") == "Video"
    assert form.value("Rep") == probe.sam.id
    with pytest.raises(AssertionError, match="does not offer 'Fax'"):
        form.fill("Channel", "Fax")
    views = answers(probe, lambda _view: {})
    form.submit()
    values = views[0]["state"]["values"]
    assert values["rep"]["rep"] == {"type": "users_select", "selected_user": probe.sam.id}
    assert values["people"]["who"]["selected_users"] == [probe.dana.id, probe.sam.id]
    assert values["when"]["day"]["selected_date"] == "2026-11-19"
    assert [found["value"] for found in values["flags"]["boxes"]["selected_options"]] == ["p"]
    assert values["channel"]["channel"]["selected_option"]["value"] == "video"
    assert values["about"]["text"]["value"] == "Acme & Co"
    assert probe.dana.modal is None
    assert probe.broken() == []


def test_client_refuses_to_submit(probe: Probe) -> None:
    views = answers(probe, lambda _view: {})
    short = text_input("Short", "short", min_length=2, max_length=4)
    form = opens(probe, modal("Form", short, text_input("Long", "long")))
    form.fill("Short", "x")
    form.fill("Long", "x" * 3001)
    form.submit()
    assert form.errors == {
        "Short": "Please lengthen this to 2 characters or more.",
        "Long": "Please shorten this to 3000 characters or fewer.",
    }
    assert views == []


def test_dispatch_action_tells_the_app_at_once(probe: Probe) -> None:
    seen: list[Json] = []

    @probe.app.action("channel")
    def chosen(ack: Any, body: Json) -> None:
        seen.append(body)
        ack()

    element = select("channel", "Call", "Video")
    block = field("Channel", "channel", element, dispatch_action=True)
    form = opens(probe, modal("Form", block, text_input("About", "about")))
    form.fill("About", "typed before")
    form.fill("Channel", "Video")
    assert seen[0]["actions"][0]["selected_option"]["value"] == "video"
    assert seen[0]["view"]["state"]["values"]["about"]["text"]["value"] == "typed before"
    assert "response_url" not in seen[0]
    assert probe.broken() == []


def test_answers_to_a_submission(probe: Probe) -> None:
    step_two = modal("Two", text_input("More", "more"))

    def answer(view: Json) -> Json:
        match view["title"]["text"]:
            case "One":
                return {"response_action": "update", "view": step_two}
            case "Two":
                return {"response_action": "push", "view": modal("Three", section("a"))}
        return {"response_action": "clear"}

    views = answers(probe, answer)
    form = opens(probe, modal("One", section("a")))
    form.submit()
    assert form.title == "Two"
    form.fill("More", "x")
    form.submit()
    third = on_top(probe.dana)
    assert third.title == "Three"
    assert third.raw["previous_view_id"] == form.raw["id"]
    third.submit()
    assert probe.dana.modal is None
    assert [view["title"]["text"] for view in views] == ["One", "Two", "Three"]
    assert probe.broken() == []


@pytest.mark.parametrize(
    ("answer", "rule"),
    [
        ({"response_action": "errors", "errors": {"head": "No"}}, "errors.not_an_input"),
        ({"response_action": "errors", "errors": {"nowhere": "No"}}, "errors.unknown_block"),
        ({"response_action": "update", "view": modal("x" * 30, section("a"))}, None),
        ({"response_action": "explode"}, "view_submission.answer"),
    ],
)
def test_answers_that_slack_does_not_take(probe: Probe, answer: Json, rule: str | None) -> None:
    answers(probe, lambda _view: answer)
    form = opens(probe, modal("Form", section("a", block_id="head"), text_input("About", "about")))
    form.fill("About", "typed")
    form.submit()
    assert form.trouble == "We had some trouble connecting. Try again?"
    assert form.value("About") == "typed"
    assert probe.broken() == [rule or "view.title.too_long"]


def test_submitted_twice_before_the_answer(probe: Probe) -> None:
    views = answers(probe, lambda _view: {})
    form = opens(probe, modal("Form", section("a")))
    form.submit_twice()
    assert len(views) == 2
    assert probe.dana.modal is None
    assert probe.broken() == []


def test_closing_carries_nothing_typed(probe: Probe) -> None:
    closed: list[Json] = []

    @probe.app.view_closed("form")
    def gone(ack: Any, view: Json) -> None:
        closed.append(view)
        ack()

    form = opens(probe, modal("Form", text_input("About", "about"), notify_on_close=True))
    form.fill("About", "typed")
    form.clicks("Cancel")
    assert closed[0]["state"] == {"values": {}}
    assert probe.dana.modal is None


def test_home_hash(unconnected: Probe) -> None:
    client, dana = unconnected.client, unconnected.dana
    first = client.views_publish(user_id=dana.id, view=home(section("One")))["view"]["hash"]
    client.views_publish(user_id=dana.id, view=home(section("Two")), hash=first)
    code = code_of(client.views_publish, user_id=dana.id, view=home(section("Three")), hash=first)
    assert code == "hash_conflict"
    assert dana.home is not None
    assert dana.home.text == "Two"
    code = code_of(client.views_publish, user_id="U404", view=home(section("a")))
    assert code == "user_not_found"


CHARACTERS = {"trigger_actions_on": ["on_character_entered"]}
ON_ENTER = {"trigger_actions_on": ["on_enter_pressed"]}


@pytest.mark.parametrize(
    ("config", "dispatches", "typing", "enter"),
    [
        (CHARACTERS, True, True, False),
        ({"trigger_actions_on": ["on_enter_pressed", "on_character_entered"]}, True, True, True),
        (ON_ENTER, True, False, True),
        (None, True, False, True),
        (CHARACTERS, False, False, False),
    ],
    ids=["characters", "both", "enter", "nothing said", "no dispatch_action"],
)
def test_a_text_input_tells_of_what_it_asked_for(
    probe: Probe, config: Json | None, dispatches: bool, typing: bool, enter: bool
) -> None:
    seen: list[Json] = []

    @probe.app.action("text")
    def typed(ack: Any, body: Json) -> None:
        seen.append(body)
        ack()

    element: Json = {"type": "plain_text_input", "action_id": "text", "initial_value": "go"}
    if config is not None:
        element["dispatch_action_config"] = config
    block = field("About", "about", element, dispatch_action=dispatches)
    form = opens(probe, modal("Form", block, text_input("More", "more")))
    form.fill("More", "beside it")
    before = probe.dana.taps
    form.types("About", " on")
    assert form.value("About") == "go on"
    assert probe.dana.taps == before + 1, "however many characters, it is gone into once"
    values = [body["actions"][0]["value"] for body in seen]
    assert values == (["go ", "go o", "go on"] if typing else [])
    for body in seen:
        (action,) = body["actions"]
        assert {name: action[name] for name in ("type", "block_id", "action_id")} == {
            "type": "plain_text_input",
            "block_id": "about",
            "action_id": "text",
        }
        state = body["view"]["state"]["values"]
        assert state["about"]["text"] == {"type": "plain_text_input", "value": action["value"]}
        assert state["more"]["text"]["value"] == "beside it"
    stamps = [float(body["actions"][0]["action_ts"]) for body in seen]
    assert stamps == sorted(set(stamps))
    seen.clear()
    form.enters("About")
    assert [body["actions"][0]["value"] for body in seen] == (["go on"] if enter else [])
    seen.clear()
    # A person who fills in a field types it; Slack says of a cleared one that it holds nothing.
    form.fill("About", "anew")
    form.fill("About", None)
    values = [body["actions"][0]["value"] for body in seen]
    assert values == (["a", "anew", None] if typing else [])
    assert probe.broken() == []
