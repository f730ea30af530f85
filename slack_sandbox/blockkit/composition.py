"""Composition objects: text, option, option group, confirm, filter, dispatch, file, metadata.

Source: https://docs.slack.dev/reference/block-kit/composition-objects and, for metadata,
https://docs.slack.dev/messaging/message-metadata.
"""

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.checks import (
    Check,
    JsonObject,
    Shape,
    anything,
    array,
    boolean,
    by_type,
    choice,
    exactly_one,
    string,
    url,
    wrong_type,
)
from slack_sandbox.blockkit.limits import Limit
from slack_sandbox.blockkit.report import Report, Rule


def text(limit: Limit, *, plain: bool = False) -> Check:
    """Return the check of a text object; ``plain`` where Slack refuses mrkdwn."""
    content = string(limit, shown=True)
    plain_text = Shape("plain_text", {"type": anything, "text": content}, {"emoji": boolean})
    mrkdwn = Shape("mrkdwn", {"type": anything, "text": content}, {"verbatim": boolean})
    either = by_type({"plain_text": plain_text, "mrkdwn": mrkdwn}, "a text object")

    def check(report: Report, value: object, path: str) -> None:
        if plain and isinstance(value, dict) and value.get("type") == "mrkdwn":
            report.add(Rule.PLAIN_TEXT_ONLY, path, "Only plain_text is allowed, found mrkdwn.")
        else:
            either(report, value, path)

    return check


def option(*, plain: bool, links: bool = False) -> Check:
    """Return the check of an option; only an overflow menu's may have ``links``."""
    return Shape(
        "option",
        {
            "text": text(limits.OPTION_TEXT, plain=plain),
            "value": string(limits.OPTION_VALUE),
        },
        {"description": text(limits.OPTION_DESCRIPTION, plain=plain)}
        | ({"url": url(limits.OPTION_URL)} if links else {}),
    )


SELECT_OPTION = option(plain=True)
OVERFLOW_OPTION = option(plain=True, links=True)
CHOICE_OPTION = option(plain=False)
"""An option of checkboxes or radio buttons."""

OPTION_GROUP = Shape(
    "option_group",
    {
        "label": text(limits.OPTION_GROUP_LABEL, plain=True),
        "options": array(SELECT_OPTION, limits.OPTION_GROUP_OPTIONS),
    },
)

STYLE = choice("primary", "danger")

CONFIRM = Shape(
    "confirm",
    {
        "title": text(limits.CONFIRM_TITLE, plain=True),
        "text": text(limits.CONFIRM_TEXT),
        "confirm": text(limits.CONFIRM_CONFIRM, plain=True),
        "deny": text(limits.CONFIRM_DENY, plain=True),
    },
    {"style": STYLE},
)

DISPATCH_ACTION_CONFIG = Shape(
    "dispatch_action_config",
    {"trigger_actions_on": array(choice("on_enter_pressed", "on_character_entered"))},
)


def _filters_something(report: Report, value: JsonObject, path: str) -> None:
    if not value:
        report.add(Rule.FILTER_EMPTY, path, "A filter needs at least one of its fields.")


FILTER = Shape(
    "filter",
    optional={
        "include": array(choice("im", "mpim", "private", "public")),
        "exclude_external_shared_channels": boolean,
        "exclude_bot_users": boolean,
    },
    afterwards=(_filters_something,),
)

SLACK_FILE = Shape(
    "slack_file",
    optional={"id": string(), "url": url()},
    afterwards=(exactly_one("id", "url", Rule.SLACK_FILE_REFERENCE),),
)


def _event_payload(report: Report, value: object, path: str) -> None:
    if not isinstance(value, dict):
        wrong_type(report, value, path, "an object")


METADATA = Shape("metadata", {"event_type": string(), "event_payload": _event_payload})
