"""What a person does all day, through a real Bolt app."""

from typing import Any

from tests.sandbox.blocks import actions, button, home, modal, section, text_input
from tests.sandbox.conftest import Probe


def test_command_ack_and_response_url(probe: Probe) -> None:
    @probe.app.command("/probe")
    def logged(ack: Any, respond: Any, command: dict[str, Any]) -> None:
        ack("Working on it")
        blocks = [section(f"Logged {command['text']}"), actions(button("Undo", "undo"))]
        respond(text="Logged", blocks=blocks)

    @probe.app.action("undo")
    def undone(ack: Any, respond: Any) -> None:
        ack()
        respond(text="Undone", replace_original=True)

    probe.dana.slash("/probe @Sam Stone call about Acme & Co")
    logged_answer = probe.dana.sees("Logged @Sam Stone call about Acme & Co")
    probe.dana.sees("Working on it")
    assert len(probe.dana.ephemerals) == 2
    probe.dana.clicks("Undo")
    probe.dana.sees("Undone")
    assert logged_answer.text == "Undone"
    assert probe.dana.taps == 4
    probe.dana.reloads()
    assert probe.dana.ephemerals == []
    assert probe.broken() == []


def test_modal(probe: Probe) -> None:
    got: list[dict[str, Any]] = []

    @probe.app.command("/form")
    def opened(ack: Any, client: Any, command: dict[str, Any]) -> None:
        ack()
        view = modal("Contact", text_input("About", "about"))
        client.views_open(trigger_id=command["trigger_id"], view=view)

    @probe.app.view("form")
    def submitted(ack: Any, view: dict[str, Any], client: Any, body: dict[str, Any]) -> None:
        got.append(view["state"]["values"])
        if view["state"]["values"]["about"]["text"]["value"] == "bad":
            ack(response_action="errors", errors={"about": "Not bad, please"})
            return
        ack()
        client.chat_postMessage(channel=body["user"]["id"], text="Saved")

    probe.dana.slash("/form")
    probe.dana.sees("Contact")
    form = probe.dana.modal
    assert form is not None
    form.submit()
    assert form.errors == {"About": "Please complete this required field."}
    form.fill("About", "bad")
    form.submit()
    assert form.errors == {"About": "Not bad, please"}
    assert form.value("About") == "bad"
    form.fill("About", "good")
    form.submit()
    probe.dana.sees("Saved")
    assert probe.dana.modal is None
    assert probe.dana.dm[0].text == "Saved"
    assert got == [
        {"about": {"text": {"type": "plain_text_input", "value": v}}} for v in ("bad", "good")
    ]
    assert probe.broken() == []


def test_home_and_dm(probe: Probe) -> None:
    @probe.app.event("app_home_opened")
    def opened(event: dict[str, Any], client: Any) -> None:
        view = home(section("Your week"), actions(button("Done", "done")))
        client.views_publish(user_id=event["user"], view=view)

    @probe.app.action("done")
    def done(ack: Any, body: dict[str, Any], client: Any) -> None:
        ack()
        view = home(section("All done"))
        client.views_publish(user_id=body["user"]["id"], view=view, hash=body["view"]["hash"])

    @probe.app.event("message")
    def said(event: dict[str, Any], say: Any) -> None:
        say(text=f"You said: {event['text']}")

    probe.dana.opens_home()
    probe.dana.sees("Your week")
    probe.dana.clicks("Done")
    probe.dana.sees("All done")
    assert probe.dana.screen() == "All done"
    probe.dana.says("saw <Acme> & co")
    probe.dana.sees("You said: saw <Acme> & co")
    assert probe.broken() == []
