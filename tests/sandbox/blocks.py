"""Short ways to write blocks and views for the tests of the sandbox."""

from typing import Any

Json = dict[str, Any]


def plain(text: str) -> Json:
    return {"type": "plain_text", "text": text}


def section(text: str, **more: Any) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}, **more}


def button(label: str, action_id: str, value: str = "1", **more: Any) -> Json:
    element = {"type": "button", "text": plain(label), "action_id": action_id, "value": value}
    return element | more


def option(label: str, value: str) -> Json:
    return {"text": plain(label), "value": value}


def overflow(action_id: str, *labels: str) -> Json:
    options = [option(label, label.lower()) for label in labels]
    return {"type": "overflow", "action_id": action_id, "options": options}


def select(action_id: str, *labels: str, **more: Any) -> Json:
    options = [option(label, label.lower()) for label in labels]
    return {"type": "static_select", "action_id": action_id, "options": options, **more}


def actions(*elements: Json, **more: Any) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def text_input(label: str, block_id: str, **element: Any) -> Json:
    inner = {"type": "plain_text_input", "action_id": "text", **element}
    return field(label, block_id, inner)


def field(label: str, block_id: str, element: Json, **more: Any) -> Json:
    head: Json = {"type": "input", "block_id": block_id, "label": plain(label)}
    return {**head, "element": element, **more}


def modal(title: str, *blocks: Json, **more: Any) -> Json:
    view: Json = {"type": "modal", "callback_id": "form", "title": plain(title)}
    return {**view, "submit": plain("Save"), "blocks": list(blocks), **more}


def home(*blocks: Json) -> Json:
    return {"type": "home", "blocks": list(blocks)}
