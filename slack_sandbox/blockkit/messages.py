"""The referee of messages.

Source: https://docs.slack.dev/reference/methods/chat.postMessage. Stricter than Slack in two
things: a text that Slack only advises against (over 4,000 characters) and blocks without a text
(silent for screen readers and notifications) are problems here.
"""

from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.blocks import check_blocks
from slack_sandbox.blockkit.checks import not_modelled, wrong_type
from slack_sandbox.blockkit.composition import METADATA
from slack_sandbox.blockkit.report import Problem, Report, Rule, Surface

_OTHER_CONTENT = ("attachments", "markdown_text")


def check_message(arguments: Mapping[str, object]) -> list[Problem]:
    """Return the problems of the content of a message; empty when Slack would show it.

    ``arguments`` are those of chat.postMessage, chat.update, chat.postEphemeral or a response_url,
    decoded from JSON. Read are ``text``, ``blocks`` and ``metadata`` (None is as good as absent);
    other ways to give content are refused, other arguments (``channel``, …) are not looked at. A
    deletion has no content: do not ask about it.
    """
    report = Report(Surface.MESSAGE)
    for name in _OTHER_CONTENT:
        if arguments.get(name) is not None:
            not_modelled(report, name, f"/{name}", "content of a message")
    _check_text(report, arguments.get("text"), has_blocks=bool(arguments.get("blocks")))
    blocks = arguments.get("blocks")
    if blocks is not None:
        check_blocks(report, blocks, "/blocks", limits.MESSAGE_BLOCKS)
        report.measure(limits.MESSAGE_BLOCKS_TEXT, "/blocks", report.characters, "characters")
        for path in report.tables[limits.MESSAGE_TABLES.most :]:
            detail = f"Allowed is {limits.MESSAGE_TABLES.most} table in a message."
            report.add(limits.MESSAGE_TABLES.rule, path, detail)
    if arguments.get("metadata") is not None:
        METADATA(report, arguments["metadata"], "/metadata")
    return report.problems


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
