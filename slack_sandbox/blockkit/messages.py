"""The referee of messages.

Source: https://docs.slack.dev/reference/methods/chat.postMessage. Stricter than Slack in three
things: a text that Slack only advises against (over 4,000 characters), blocks without a text
(silent for screen readers and notifications) and blocks that are near what Slack refuses for their
size are problems here.
"""

import re
from collections.abc import Mapping
from enum import StrEnum

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.blocks import check_blocks
from slack_sandbox.blockkit.checks import not_modelled, wrong_type
from slack_sandbox.blockkit.composition import METADATA
from slack_sandbox.blockkit.report import Problem, Report, Rule, Surface

_OTHER_CONTENT = ("attachments", "markdown_text")
_TOKEN = re.compile(r"<[^<>\n]+>|&(?:amp|lt|gt);|[&<>]")
_ENTITIES = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}


class MessageMethod(StrEnum):
    """How a message reaches Slack; some limits are of one method only."""

    POST = "post"
    """chat.postMessage and chat.postEphemeral, and the answer to a command."""
    UPDATE = "update"
    """chat.update, whose text has a limit of its own."""
    RESPONSE_URL = "response_url"
    """Its blocks are not measured together."""


def check_message(
    arguments: Mapping[str, object],
    method: MessageMethod = MessageMethod.POST,
    *,
    charts: bool = True,
) -> list[Problem]:
    """Return the problems of the content of a message; empty when Slack would show it.

    ``arguments`` are those of chat.postMessage, chat.update, chat.postEphemeral or a response_url,
    as ``method`` says, decoded from JSON; ``charts`` is whether the workspace has been given them.
    Read are ``text``, ``blocks`` and ``metadata`` (None is as good as absent);
    other ways to give content are refused, other arguments (``channel``, …) are not looked at. A
    deletion has no content: do not ask about it.
    """
    report = Report(Surface.MESSAGE, charts=charts)
    for name in _OTHER_CONTENT:
        if arguments.get(name) is not None:
            not_modelled(report, name, f"/{name}", "content of a message")
    text = arguments.get("text")
    _check_text(report, text, has_blocks=bool(arguments.get("blocks")))
    if method is MessageMethod.UPDATE and isinstance(text, str):
        size = len(_escaped(text).encode(errors="replace"))
        report.measure(limits.MESSAGE_UPDATE_BYTES, "/text", size, "bytes, escaped")
    blocks = arguments.get("blocks")
    if blocks is not None:
        check_blocks(report, blocks, "/blocks", limits.MESSAGE_BLOCKS)
        if method is not MessageMethod.RESPONSE_URL:
            _measure_blocks(report, blocks)
        for limit, noun, paths in (
            (limits.MESSAGE_TABLES, "table", report.tables),
            (limits.MESSAGE_CHARTS, "chart", report.drawn),
        ):
            for path in paths[limit.most :]:
                report.add(limit.rule, path, f"Allowed is {limit.most} {noun} in a message.")
    if arguments.get("metadata") is not None:
        METADATA(report, arguments["metadata"], "/metadata")
    return report.problems


def _measure_blocks(report: Report, blocks: object) -> None:
    """Check what the blocks of a message hold together.

    Measured was the text of sections. What else counts, nobody has said: here all does that people
    see or hear, also in fields, accessories, menus, confirmations, tables and charts; values, ids
    and addresses do not.
    """
    count = len(blocks) if isinstance(blocks, list) else 0
    size = report.characters + limits.BLOCK_COST * max(0, count - 1)
    refused = size > limits.MESSAGE_BLOCKS_SIZE.most
    limit = limits.MESSAGE_BLOCKS_SIZE if refused else limits.MESSAGE_BLOCKS_ADVISED
    unit = f"characters, a block counting as {limits.BLOCK_COST} of them"
    report.measure(limit, "/blocks", size, unit)


def _escaped(text: str) -> str:
    """The text as Slack keeps it: what is no token and no entity is escaped."""
    return _TOKEN.sub(lambda found: _ENTITIES.get(found[0], found[0]), text)


def _check_text(report: Report, text: object, *, has_blocks: bool) -> None:
    if text is not None and not isinstance(text, str):
        wrong_type(report, text, "/text", "a string")
    elif text is None or not text.strip():
        if has_blocks:
            detail = "Blocks need a text beside them, for notifications and screen readers."
            report.add(Rule.MESSAGE_TEXT_MISSING, "/text", detail)
        else:
            report.add(Rule.NO_TEXT, "/text", "The message has neither a text nor blocks.")
    else:
        report.measure(limits.MESSAGE_TEXT, "/text", len(text), "characters")
