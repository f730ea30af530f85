"""Elements that hold a value: their entries in `state.values`, and how a person fills them.

The shapes are Slack's (https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload):
each element's entry is `{"type": …, KEY: value}`, where KEY depends on the type.
"""

from collections.abc import Iterable, Iterator
from typing import Any

from slack_sandbox.journal import Json

TEXT_LIMIT = 3000
"""Characters that a text input takes when it sets no max_length
(https://docs.slack.dev/reference/block-kit/block-elements/plain-text-input-element)."""

VALUE_KEYS = {
    "plain_text_input": "value",
    "number_input": "value",
    "static_select": "selected_option",
    "radio_buttons": "selected_option",
    "multi_static_select": "selected_options",
    "checkboxes": "selected_options",
    "users_select": "selected_user",
    "multi_users_select": "selected_users",
    "conversations_select": "selected_conversation",
    "multi_conversations_select": "selected_conversations",
    "channels_select": "selected_channel",
    "multi_channels_select": "selected_channels",
    "datepicker": "selected_date",
    "timepicker": "selected_time",
    "datetimepicker": "selected_date_time",
}
TEXT_INPUTS = frozenset({"plain_text_input", "number_input"})
CHARACTER, ENTER = "on_character_entered", "on_enter_pressed"
"""What a text input may tell of (https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object)."""

State = dict[str, dict[str, Json]]
"""Entries by block_id, then by action_id."""


def told_of(block: Json, element: Json, what: str) -> bool:
    """Whether the app is told when that happens in a text input: only of one with dispatch_action,
    and of Enter alone where it says nothing more."""
    if not block.get("dispatch_action"):
        return False
    config = element.get("dispatch_action_config", {})
    return what in config.get("trigger_actions_on", [ENTER])


def elements_of(block: Json) -> list[Json]:
    """The interactive elements of a block, in the order in which they are shown."""
    match block.get("type"):
        case "input":
            return [block["element"]]
        case "section" if "accessory" in block:
            accessory: Json = block["accessory"]
            return [accessory] if "action_id" in accessory else []
        case "actions":
            return list(block["elements"])
    return []


def elements(blocks: Iterable[Json]) -> Iterator[tuple[Json, Json]]:
    """Every interactive element with its block, top to bottom."""
    for block in blocks:
        for element in elements_of(block):
            yield block, element


def options_of(element: Json) -> list[Json]:
    """All options of a menu, its groups flattened."""
    grouped = [option for group in element.get("option_groups", []) for option in group["options"]]
    return [*element.get("options", []), *grouped]


def entry(element: Json, value: Any) -> Json:
    """The state entry of an element that holds `value`."""
    return {"type": element["type"], VALUE_KEYS[element["type"]]: value}


def value_of(found: Json) -> Any:
    """The value that a state entry holds: None or an empty list when it holds none."""
    return found[VALUE_KEYS[found["type"]]]


def initial_entry(element: Json) -> Json:
    key = VALUE_KEYS[element["type"]]
    initial = element.get("initial_value" if key == "value" else key.replace("selected", "initial"))
    if initial is None and key.endswith("s"):
        initial = []
    return entry(element, initial)


def initial_state(blocks: Iterable[Json], kept: State | None = None) -> State:
    """The state of freshly shown blocks.

    `kept` is the state of what was shown before: an element with the same block_id, action_id and
    type keeps what it held, typed or initial, as the Slack client does; a new initial value is then
    not shown. A choice that is no longer among the options is not kept.
    """
    state: State = {}
    for block, element in elements(blocks):
        if element["type"] not in VALUE_KEYS:
            continue
        found = (kept or {}).get(block["block_id"], {}).get(element["action_id"])
        if found is None or found["type"] != element["type"] or not _still_offered(element, found):
            found = initial_entry(element)
        state.setdefault(block["block_id"], {})[element["action_id"]] = found
    return state


def _still_offered(element: Json, found: Json) -> bool:
    chosen = value_of(found)
    if not options_of(element) or not chosen:
        return True
    values = {option["value"] for option in options_of(element)}
    return all(option["value"] in values for option in _as_list(chosen))


def _as_list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def refusal(block: Json, found: Json) -> str | None:
    """Why the Slack client would not submit this input; None when it would."""
    element, value = block["element"], value_of(found)
    if value is None or value == [] or value == "":
        return None if block.get("optional") else "Please complete this required field."
    if element["type"] == "plain_text_input":
        most = element.get("max_length", TEXT_LIMIT)
        least = element.get("min_length", 0)
        if len(value) > most:
            return f"Please shorten this to {most} characters or fewer."
        if len(value) < least:
            return f"Please lengthen this to {least} characters or more."
    if element["type"] == "number_input":
        return _number_refusal(element, value)
    return None


def _number_refusal(element: Json, value: str) -> str | None:
    try:
        number = float(value)
    except ValueError:
        return "Please enter a valid number."
    if not element["is_decimal_allowed"] and not number.is_integer():
        return "Please enter a whole number."
    if "min_value" in element and number < float(element["min_value"]):
        return f"Please enter a number no less than {element['min_value']}."
    if "max_value" in element and number > float(element["max_value"]):
        return f"Please enter a number no greater than {element['max_value']}."
    return None
