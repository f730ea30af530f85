"""The referee of Block Kit: says what Slack would refuse in a message or view.

Pure functions over decoded JSON. What is not modelled is refused, so that nothing passes here that
was never checked. Source: https://docs.slack.dev/reference/block-kit and ``limits``.
"""

from slack_sandbox.blockkit.messages import MessageMethod, check_message
from slack_sandbox.blockkit.report import RULES, Problem
from slack_sandbox.blockkit.views import check_view, check_view_errors

__all__ = ["RULES", "MessageMethod", "Problem", "check_message", "check_view", "check_view_errors"]
