"""Block elements, and in which blocks and on which surfaces each may stand.

Source: https://docs.slack.dev/reference/block-kit/block-elements (its table names blocks and
surfaces of every element) and the page of each element.
"""

from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.checks import (
    Afterthought,
    Check,
    Shape,
    anything,
    array,
    boolean,
    exactly_one,
    integer,
    not_modelled,
    string,
    type_of,
    url,
)
from slack_sandbox.blockkit.composition import (
    CHOICE_OPTION,
    CONFIRM,
    DISPATCH_ACTION_CONFIG,
    FILTER,
    OPTION_GROUP,
    OVERFLOW_OPTION,
    SELECT_OPTION,
    SLACK_FILE,
    STYLE,
    text,
)
from slack_sandbox.blockkit.inputs import (
    decimal_string,
    initial_date,
    initial_time,
    number_bounds,
    plain_text_lengths,
    timezone,
)
from slack_sandbox.blockkit.report import Report, Rule, Surface, pointer
from slack_sandbox.blockkit.selection import (
    initial_option_among_options,
    initial_options_among_options,
    within_max_selected,
)

_TYPE: Mapping[str, Check] = {"type": anything}
_ACTION: Mapping[str, Check] = {"action_id": string(limits.ACTION_ID)}


def _confirm(report: Report, value: object, path: str) -> None:
    """Seen of buttons (f3-nation 984); here no element of a modal may ask."""
    if report.surface is Surface.MODAL:
        detail = "Some clients close the modal beneath when they ask to confirm a press in it."
        report.add(Rule.CONFIRM_IN_MODAL, path, detail)
    CONFIRM(report, value, path)


_CONFIRM: Mapping[str, Check] = {"confirm": _confirm}
_FOCUS: Mapping[str, Check] = {"focus_on_load": boolean}
_PLACEHOLDER: Mapping[str, Check] = {"placeholder": text(limits.PLACEHOLDER, plain=True)}
_DISPATCH: Mapping[str, Check] = {"dispatch_action_config": DISPATCH_ACTION_CONFIG}
_PICKED = {**_ACTION, **_CONFIRM, **_FOCUS}
_MENU = {**_PICKED, **_PLACEHOLDER}
_TYPED = {**_ACTION, **_FOCUS, **_PLACEHOLDER, **_DISPATCH}

_ID = string()
_IDS = array(_ID, least=0)
_STATIC = {
    **_MENU,
    "options": array(SELECT_OPTION, limits.SELECT_OPTIONS),
    "option_groups": array(OPTION_GROUP, limits.SELECT_OPTION_GROUPS),
}
_ONE_SOURCE = exactly_one("options", "option_groups", Rule.OPTIONS_OR_GROUPS)
_CURRENT: Mapping[str, Check] = {"default_to_current_conversation": boolean, "filter": FILTER}
_RESPONSE_URL: Mapping[str, Check] = {"response_url_enabled": boolean}


def _element(
    name: str,
    required: Mapping[str, Check],
    optional: Mapping[str, Check],
    *afterwards: Afterthought,
) -> Shape:
    return Shape(name, {**_TYPE, **required}, optional, afterwards)


def _multi(name: str, initial: str, chosen: Check, *more: Mapping[str, Check]) -> Shape:
    optional = {**_MENU, initial: chosen}
    optional["max_selected_items"] = integer(limits.SELECT_MAX_SELECTED_ITEMS)
    for fields in more:
        optional |= fields
    return _element(name, {}, optional, within_max_selected(initial))


IMAGE_FIELDS: Mapping[str, Check] = {
    "image_url": url(limits.IMAGE_URL),
    "slack_file": SLACK_FILE,
}
ALT_TEXT: Mapping[str, Check] = {"alt_text": string(limits.IMAGE_ALT_TEXT, shown=True)}
ONE_IMAGE_SOURCE = exactly_one("image_url", "slack_file", Rule.IMAGE_SOURCE)

_SHAPES = (
    _element(
        "button",
        {"text": text(limits.BUTTON_TEXT, plain=True)},
        {
            **_ACTION,
            **_CONFIRM,
            "value": string(limits.BUTTON_VALUE),
            "url": url(limits.BUTTON_URL),
            "style": STYLE,
            "accessibility_label": string(limits.BUTTON_ACCESSIBILITY_LABEL, shown=True),
        },
    ),
    _element(
        "overflow",
        {"options": array(OVERFLOW_OPTION, limits.OVERFLOW_OPTIONS)},
        {**_ACTION, **_CONFIRM},
    ),
    _element(
        "static_select",
        {},
        {**_STATIC, "initial_option": SELECT_OPTION},
        _ONE_SOURCE,
        initial_option_among_options,
    ),
    _element(
        "multi_static_select",
        {},
        {
            **_STATIC,
            "initial_options": array(SELECT_OPTION),
            "max_selected_items": integer(limits.SELECT_MAX_SELECTED_ITEMS),
        },
        _ONE_SOURCE,
        initial_options_among_options,
        within_max_selected("initial_options"),
    ),
    _element("users_select", {}, {**_MENU, "initial_user": _ID}),
    _multi("multi_users_select", "initial_users", _IDS),
    _element(
        "conversations_select",
        {},
        {**_MENU, **_CURRENT, **_RESPONSE_URL, "initial_conversation": _ID},
    ),
    _multi("multi_conversations_select", "initial_conversations", _IDS, _CURRENT),
    _element("channels_select", {}, {**_MENU, **_RESPONSE_URL, "initial_channel": _ID}),
    _multi("multi_channels_select", "initial_channels", _IDS),
    _element("datepicker", {}, {**_MENU, "initial_date": initial_date}),
    _element("timepicker", {}, {**_MENU, "initial_time": initial_time, "timezone": timezone}),
    _element(
        "datetimepicker", {}, {**_PICKED, "initial_date_time": integer(limits.DATETIME_SECONDS)}
    ),
    _element(
        "plain_text_input",
        {},
        {
            **_TYPED,
            "initial_value": string(least=0),
            "multiline": boolean,
            "min_length": integer(limits.PLAIN_TEXT_MIN_LENGTH),
            "max_length": integer(limits.PLAIN_TEXT_MAX_LENGTH),
        },
        plain_text_lengths,
    ),
    _element(
        "number_input",
        {"is_decimal_allowed": boolean},
        {
            **_TYPED,
            "initial_value": decimal_string,
            "min_value": decimal_string,
            "max_value": decimal_string,
        },
        number_bounds,
    ),
    _element(
        "checkboxes",
        {"options": array(CHOICE_OPTION, limits.CHECKBOXES_OPTIONS)},
        {**_PICKED, "initial_options": array(CHOICE_OPTION)},
        initial_options_among_options,
    ),
    _element(
        "radio_buttons",
        {"options": array(CHOICE_OPTION, limits.RADIO_BUTTONS_OPTIONS)},
        {**_PICKED, "initial_option": CHOICE_OPTION},
        initial_option_among_options,
    ),
    _element("image", ALT_TEXT, IMAGE_FIELDS, ONE_IMAGE_SOURCE),
)
ELEMENTS: Mapping[str, Shape] = {shape.name: shape for shape in _SHAPES}
"""The shape of every element that is modelled, by its type."""

_EVERYWHERE = frozenset({"section", "actions", "input"})
_BLOCKS_OF: Mapping[str, frozenset[str]] = {
    "button": frozenset({"section", "actions"}),
    "overflow": frozenset({"section", "actions"}),
    "datetimepicker": frozenset({"actions", "input"}),
    "plain_text_input": frozenset({"input"}),
    "number_input": frozenset({"input"}),
    "image": frozenset({"section", "context"}),
}
_SURFACES_OF: Mapping[str, frozenset[Surface]] = {
    "number_input": frozenset({Surface.MODAL}),
    "datetimepicker": frozenset({Surface.MODAL, Surface.MESSAGE}),
}


def element(report: Report, value: object, path: str) -> None:
    """Check an element of the block that is being read: its place, then its fields."""
    name = type_of(report, value, path, "a block element")
    if name is None or not isinstance(value, dict):
        return
    if name not in ELEMENTS:
        not_modelled(report, name, path, "a block element")
        return
    if report.block not in _BLOCKS_OF.get(name, _EVERYWHERE):
        detail = f"{name} may not stand in a block of the type {report.block}."
        report.add(Rule.ELEMENT_IN_BLOCK, path, detail)
    if report.surface not in _SURFACES_OF.get(name, frozenset(Surface)):
        detail = f"{name} may not stand on the surface {report.surface}."
        report.add(Rule.ELEMENT_ON_SURFACE, path, detail)
    if value.get("focus_on_load") is True:
        report.focused.append(pointer(path, "focus_on_load"))
    if value.get("response_url_enabled") is True and (
        report.block != "input" or report.surface is not Surface.MODAL
    ):
        detail = "response_url_enabled works only in an input block of a modal."
        report.add(Rule.RESPONSE_URL_PLACE, pointer(path, "response_url_enabled"), detail)
    ELEMENTS[name](report, value, path)
