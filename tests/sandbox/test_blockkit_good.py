"""Payloads that Slack accepts must pass the referee."""

import pytest

from tests.sandbox.blockkit_cases import (
    Json,
    Message,
    Payload,
    View,
    ViewErrors,
    actions,
    asks,
    button,
    cell,
    confirm,
    context,
    data_table,
    home,
    image,
    line_chart,
    message,
    modal,
    modal_of,
    mrkdwn,
    number,
    option,
    options,
    overflow,
    pie,
    plain,
    points,
    rich_line,
    rich_list,
    rich_text,
    rows_of,
    section,
    series,
    static_select,
    table,
    typed,
)

GROUPS = [{"label": plain("Group"), "options": options(3)}]
MENU = {"placeholder": plain("Choose"), "confirm": confirm(), "focus_on_load": True}
MULTI = {**MENU, "max_selected_items": 2}
FILTER = {"include": ["im", "public"], "exclude_bot_users": True}
MARKED_OPTION = {"text": mrkdwn("*Bold*"), "value": "1", "description": mrkdwn("_More_")}

EVERYWHERE: dict[str, Json] = {
    "static_select": static_select(**MENU, initial_option=options(2)[1]),
    "static_select grouped": {
        "type": "static_select",
        "option_groups": GROUPS,
        "initial_option": options(3)[2],
    },
    "multi_static_select": {
        "type": "multi_static_select",
        "options": options(3),
        "initial_options": options(2),
        **MULTI,
    },
    "users_select": {"type": "users_select", "initial_user": "U1", **MENU},
    "multi_users_select": {"type": "multi_users_select", "initial_users": ["U1", "U2"], **MULTI},
    "multi_users_select with nobody": {"type": "multi_users_select", "initial_users": []},
    "conversations_select": {
        "type": "conversations_select",
        "initial_conversation": "C1",
        "default_to_current_conversation": True,
        "filter": FILTER,
        **MENU,
    },
    "channels_select": {"type": "channels_select", "initial_channel": "C1", **MENU},
    "multi_channels_select": {
        "type": "multi_channels_select",
        "initial_channels": ["C1"],
        **MULTI,
    },
    "multi_conversations_select": {
        "type": "multi_conversations_select",
        "initial_conversations": ["C1"],
        "filter": FILTER,
        **MULTI,
    },
    "datepicker": {"type": "datepicker", "initial_date": "2028-02-29", **MENU},
    "timepicker": {
        "type": "timepicker",
        "initial_time": "23:59",
        "timezone": "Europe/Berlin",
        **MENU,
    },
    "checkboxes": {
        "type": "checkboxes",
        "options": [MARKED_OPTION, option("Other", "2")],
        "initial_options": [MARKED_OPTION],
        "confirm": confirm(style="danger"),
        "focus_on_load": False,
    },
    "radio_buttons": {
        "type": "radio_buttons",
        "options": [MARKED_OPTION, option("Other", "2")],
        "initial_option": option("Other", "2"),
    },
}
PRESSED: dict[str, Json] = {
    "button": button(
        action_id="a",
        value="v",
        style="primary",
        confirm=confirm(),
        accessibility_label="Label",
    ),
    "button with a link": button(url="https://example.com/?a=1#b", action_id="link"),
    "overflow": overflow(option(), option("Link", "2", url="https://example.com")),
}
DATETIME = {"type": "datetimepicker", "initial_date_time": 1_790_000_000, "confirm": confirm()}
TYPED = {
    "plain_text_input": typed(
        action_id="a",
        initial_value="",
        multiline=True,
        min_length=3,
        max_length=3,
        placeholder=plain(),
        focus_on_load=True,
        dispatch_action_config={"trigger_actions_on": ["on_enter_pressed"]},
    ),
}
NUMBERS = {
    "number_input": number(initial_value="-3", min_value="-3", max_value="10"),
    "number_input with decimals": number(is_decimal_allowed=True, initial_value="0.5"),
}

RICH_TEXT = rich_text(
    rich_line(
        {"type": "text", "text": "Bold", "style": {"bold": True, "underline": False}},
        {"type": "link", "url": "https://example.com", "text": "Link"},
        {"type": "link", "url": "mailto:a@example.com"},
        {"type": "user", "user_id": "U1", "style": {"highlight": True}},
        {"type": "usergroup", "usergroup_id": "S1"},
        {"type": "channel", "channel_id": "C1"},
        {"type": "emoji", "name": "wave", "skin_tone": 2},
        {"type": "date", "timestamp": 1_790_000_000, "format": "{date}", "fallback": "then"},
        {"type": "broadcast", "range": "here"},
        {"type": "color", "value": "#112233"},
    ),
    rich_line(),
    rich_list(indent=8, border=1, offset=4),
    rich_list(style="ordered", indent=0),
    {"type": "rich_text_quote", "elements": [{"type": "text", "text": "Quote"}], "border": 0},
    {"type": "rich_text_preformatted", "elements": [{"type": "text", "text": "Code"}]},
)
TABLE = table(
    [
        [cell("Head"), cell("Count")],
        [rich_text(rich_line()), {"type": "raw_number", "value": 1.5, "text": "1.5"}],
    ],
    column_settings=[None, {"align": "right", "is_wrapped": True}],
)
WON: Json = {"type": "raw_number", "value": 7, "text": "7"}
BLOCKS = {
    "header": {"type": "header", "text": {**plain(), "emoji": True}, "block_id": "head"},
    "section with text": section(text={**mrkdwn(), "verbatim": True}, expand=True),
    "section with fields": {"type": "section", "fields": [plain(), mrkdwn()]},
    "section with both": section(fields=[mrkdwn()]),
    "section with an image": section(image()),
    "divider": {"type": "divider"},
    "context": context(mrkdwn(), plain(), image()),
    "image": image(title=plain(), block_id="picture"),
    "image of a Slack file": {"type": "image", "alt_text": "A", "slack_file": {"id": "F1"}},
    "image of a Slack file's address": {
        "type": "image",
        "alt_text": "A",
        "slack_file": {"url": "https://files.slack.com/a.png"},
    },
    "rich_text": RICH_TEXT,
    "two buttons": actions(button(action_id="a"), button(action_id="b"), button()),
    "input": asks(typed(), hint=plain(), optional=True, dispatch_action=True, block_id="i"),
}


def without_confirm(element: Json) -> Json:
    return {key: value for key, value in element.items() if key != "confirm"}


def _unasked(elements: dict[str, Json]) -> dict[str, Json]:
    """The elements as they may stand in a modal, where nothing asks to confirm."""
    return {name: without_confirm(element) for name, element in elements.items()}


def _cases() -> dict[str, Payload]:
    cases: dict[str, Payload] = {}
    for surface, put in (("message", message), ("modal", modal), ("home", home)):
        for name, block in BLOCKS.items():
            cases[f"{name} in {surface}"] = put(block)
        everywhere, pressed = EVERYWHERE, PRESSED
        if surface == "modal":
            everywhere, pressed = _unasked(everywhere), _unasked(pressed)
        for name, element in {**everywhere, **pressed}.items():
            cases[f"{name} in section of {surface}"] = put(section(element))
            cases[f"{name} in actions of {surface}"] = put(actions(element))
        for name, element in {**everywhere, **TYPED}.items():
            cases[f"{name} in input of {surface}"] = put(asks(element))
        if surface != "home":
            picked = DATETIME if surface == "message" else without_confirm(DATETIME)
            cases[f"datetimepicker in actions of {surface}"] = put(actions(picked))
            cases[f"datetimepicker in input of {surface}"] = put(asks(picked))
    for name, element in NUMBERS.items():
        cases[f"{name} in modal"] = modal(asks(element))
    inputs = modal_of([asks(typed(), block_id="a"), asks(typed(), block_id="b/~")])
    others: dict[str, Payload] = {
        "text alone": Message({"text": "Hello"}),
        "text and no blocks": Message({"text": "Hello", "blocks": [], "channel": "C1"}),
        "text and nulls": Message({"text": "Hello", "blocks": None, "metadata": None}),
        "metadata": message(metadata={"event_type": "sent", "event_payload": {"id": 1}}),
        "markdown": message({"type": "markdown", "text": "# Title"}),
        "table in message": message(TABLE),
        "data table": message(
            data_table(
                [[cell("Rep"), cell("Won")], [cell("Sam"), WON]],
                page_size=25,
                row_header_column_index=0,
            )
        ),
        "charts of every kind": home(
            *(line_chart(type=kind) for kind in ("line", "bar", "area")),
            pie(*points(6)),
            data_table(rows_of(2)),
        ),
        "chart beside a table": message(TABLE, line_chart(series(), series("Goal"))),
        "long text that is not changed later": Message({"text": "é" * 4000}),
        "confirm in a message": message(actions(button(confirm=confirm()))),
        "confirm on a Home": home(actions(button(confirm=confirm()))),
        "tables in home": home(TABLE, TABLE),
        "alert": modal({"type": "alert", "text": plain(), "level": "warning"}),
        "response_url_enabled": modal(
            asks({"type": "conversations_select", "response_url_enabled": True})
        ),
        "modal with everything": modal(
            section(),
            close=plain("Cancel"),
            private_metadata="",
            callback_id="form",
            external_id="one",
            clear_on_close=True,
            notify_on_close=False,
        ),
        "modal without inputs": View(
            {"type": "modal", "title": plain(), "blocks": [{"type": "divider"}]}
        ),
        "home with everything": home(section(), private_metadata="{}", callback_id="home"),
        "action_id again in another block": message(
            actions(button(action_id="a")), actions(button(action_id="a"))
        ),
        "errors": ViewErrors(inputs, {"a": "Too late", "b/~": "Too early"}),
    }
    return cases | others


GOOD = _cases()


@pytest.mark.parametrize("payload", GOOD.values(), ids=GOOD.keys())
def test_good_payload_passes(payload: Payload) -> None:
    assert payload.problems() == []
