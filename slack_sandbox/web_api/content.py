"""What the app wants to show, checked before it is shown."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from slack_sandbox.blockkit import MessageMethod, Problem, check_message, check_view
from slack_sandbox.journal import Journal, Json
from slack_sandbox.web_api.method import ApiError
from slack_sandbox.workspace import Workspace

ADVISED = frozenset(
    {"message.text.missing", "message.text.too_long", "message.blocks.heavy", "modal.confirm"}
)
"""Rules that Slack only advises, or that only some of its clients break: recorded as broken, but
the message or view is shown."""

OWN_CODES = frozenset({"no_text", "msg_blocks_too_long", "msg_too_long", "view_too_large"})
"""Rules whose name is Slack's error code."""

UNSEEN = frozenset({"value", "accessibility_label", "action_id", "block_id"})
"""Strings of an element that nobody is pinged by, whatever they hold."""

_BROADCAST = re.compile(r"<!(channel|here|everyone)(\|[^>]*)?>")


def check_content(
    workspace: Workspace, content: Mapping[str, object], method: MessageMethod = MessageMethod.POST
) -> None:
    """Raise Slack's error for a message that it would refuse; record every broken rule."""
    journal = workspace.journal
    problems = check_message(content, method, charts=workspace.charts)
    _record(journal, problems)
    for broadcast in _broadcasts(content):
        journal.violated("mention.broadcast", f"A message of the app pings {broadcast}.")
    _refuse(problems, "invalid_blocks")


def check_view_content(workspace: Workspace, view: object) -> Json:
    """The view, if Slack would take it; raises its error otherwise."""
    problems = check_view(view, charts=workspace.charts)
    _record(workspace.journal, problems)
    _refuse(problems, "invalid_arguments")
    if not isinstance(view, dict):
        raise ApiError("invalid_arguments")
    return view


def _record(journal: Journal, problems: Sequence[Problem]) -> None:
    for problem in problems:
        journal.violated(problem.rule, f"{problem.detail} ({problem.path or 'whole'})")


def _refuse(found: Sequence[Problem], code: str) -> None:
    problems = [problem for problem in found if problem.rule not in ADVISED]
    if not problems:
        return
    own = [problem.rule for problem in problems if problem.rule in OWN_CODES]
    messages = [f"[ERROR] {problem.detail} [json-pointer:{problem.path}]" for problem in problems]
    # Slack names a bad `metadata` by an error of its own.
    if all(problem.path.startswith("/metadata") for problem in problems):
        code = "invalid_metadata_format"
    raise ApiError(own[0] if own else code, response_metadata={"messages": messages})


def _broadcasts(value: Any) -> list[str]:
    """Every @channel, @here or @everyone in any text of a message."""
    if isinstance(value, str):
        return [f"@{found[1]}" for found in _BROADCAST.finditer(value)]
    if isinstance(value, Mapping):
        if value.get("type") == "plain_text":
            return []
        if value.get("type") == "broadcast":
            return [f"@{value.get('range')}"]
        shown = (item for key, item in value.items() if key not in UNSEEN)
        return [found for item in shown for found in _broadcasts(item)]
    if isinstance(value, list):
        return [found for item in value for found in _broadcasts(item)]
    return []
