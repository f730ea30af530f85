"""The referee of modals, of App Home, and of the errors that answer a submission.

Sources: https://docs.slack.dev/reference/views/modal-views,
https://docs.slack.dev/reference/views/home-tab-views and
https://docs.slack.dev/surfaces/modals#displaying_errors.
"""

import json
from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.blocks import check_blocks
from slack_sandbox.blockkit.checks import (
    Check,
    JsonObject,
    Shape,
    anything,
    boolean,
    items,
    not_modelled,
    string,
    type_of,
    wrong_type,
)
from slack_sandbox.blockkit.composition import text
from slack_sandbox.blockkit.report import Problem, Report, Rule, Surface, pointer


def _blocks(report: Report, value: object, path: str) -> None:
    if value == []:
        report.add(Rule.EMPTY, path, "A view needs at least 1 block.")
    check_blocks(report, value, path, limits.VIEW_BLOCKS)


_REQUIRED: Mapping[str, Check] = {"type": anything, "blocks": _blocks}
_OPTIONAL: Mapping[str, Check] = {
    "private_metadata": string(limits.VIEW_PRIVATE_METADATA, least=0),
    "callback_id": string(limits.VIEW_CALLBACK_ID, least=0),
    "external_id": string(limits.VIEW_EXTERNAL_ID, least=0),
}
_MODAL_ONLY: Mapping[str, Check] = {
    "title": text(limits.VIEW_TITLE, plain=True),
    "submit": text(limits.VIEW_SUBMIT, plain=True),
    "close": text(limits.VIEW_CLOSE, plain=True),
    "clear_on_close": boolean,
    "notify_on_close": boolean,
}


def _submit_beside_inputs(report: Report, view: JsonObject, path: str) -> None:
    if _input_blocks(view) and "submit" not in view:
        detail = "A modal with an input block needs the field 'submit'."
        report.add(Rule.SUBMIT_MISSING, path, detail)


def _refuse_on_home(report: Report, _value: object, path: str) -> None:
    report.add(Rule.MODAL_ONLY_FIELD, path, "A Home tab has no such field; only modals have it.")


_VIEWS: Mapping[str, Shape] = {
    "modal": Shape(
        "modal",
        {**_REQUIRED, "title": _MODAL_ONLY["title"]},
        {**_OPTIONAL, **_MODAL_ONLY},
        (_submit_beside_inputs,),
    ),
    "home": Shape("home", _REQUIRED, {**_OPTIONAL, **dict.fromkeys(_MODAL_ONLY, _refuse_on_home)}),
}


def _size(view: object) -> int:
    """Return the bytes of ``view`` as compact UTF-8 JSON."""
    as_json = json.dumps(view, ensure_ascii=False, separators=(",", ":"))
    # A lone surrogate is JSON but not UTF-8; it must not stop the count.
    return len(as_json.encode(errors="replace"))


def check_view(view: object, *, charts: bool = True) -> list[Problem]:
    """Return the problems of a modal or Home tab; empty when Slack would show it.

    ``view`` is what views.open, push, update and publish take, or a ``response_action`` of update
    or push, decoded from JSON; ``charts`` is whether the workspace has been given them. Slack's own
    additions (id, hash, state, …) are unknown fields.
    """
    report = Report(Surface.HOME, charts=charts)
    name = type_of(report, view, "", "a view")
    if name is not None and name in _VIEWS:
        report.surface = Surface(name)
        _VIEWS[name](report, view, "")
        report.measure(limits.VIEW_BYTES, "", _size(view), "bytes")
    elif name is not None:
        not_modelled(report, name, "", "a view")
    return report.problems


def _input_blocks(view: JsonObject) -> list[JsonObject]:
    blocks = items(view.get("blocks"))
    return [block for block in blocks if isinstance(block, dict) and block.get("type") == "input"]


def check_view_errors(view: Mapping[str, object], errors: object) -> list[Problem]:
    """Return the problems of the ``errors`` of a ``response_action: errors`` to ``view``.

    They must be a non-empty object: ``block_id`` of an input block → non-empty text. Paths start
    at the answer, so that they begin with ``/errors``.
    """
    report = Report(Surface.MODAL)
    if not isinstance(errors, dict):
        wrong_type(report, errors, "/errors", "an object")
        return report.problems
    if not errors:
        report.add(Rule.EMPTY, "/errors", "At least 1 error is required.")
    inputs = [block.get("block_id") for block in _input_blocks(view)]
    others = [
        block.get("block_id") for block in items(view.get("blocks")) if isinstance(block, dict)
    ]
    for block_id, message in errors.items():
        path = pointer("/errors", block_id)
        string()(report, message, path)
        if block_id in inputs:
            continue
        known = block_id in others
        rule = Rule.ERRORS_NOT_AN_INPUT if known else Rule.ERRORS_UNKNOWN_BLOCK
        detail = "is not an input block." if known else "is not in the view."
        report.add(rule, path, f"The block {str(block_id)[:80]!r} {detail}")
    return report.problems
