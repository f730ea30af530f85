"""A pretend Slack workspace for tests and for trying the app without Slack.

An app built on slack_bolt and slack_sdk cannot tell it from Slack: the Web API, Socket Mode, signed
HTTP requests, response_urls, Block Kit's rules, deadlines and limits on calls are Slack's. It reads
the app's manifest.yml, and refuses whatever it does not model.
"""

from slack_sandbox.clock import SandboxClock
from slack_sandbox.faults import Answer, FaultKind
from slack_sandbox.journal import ApiCall, Delivery, Violation
from slack_sandbox.modal import Modal
from slack_sandbox.person import Person, Screen
from slack_sandbox.sandbox import Sandbox
from slack_sandbox.screens import Home, Message
from slack_sandbox.sockets import Cut

__all__ = [
    "Answer",
    "ApiCall",
    "Cut",
    "Delivery",
    "FaultKind",
    "Home",
    "Message",
    "Modal",
    "Person",
    "Sandbox",
    "SandboxClock",
    "Screen",
    "Violation",
]
