"""A pretend Slack workspace for tests and for trying the app without Slack.

An app built on slack_bolt and slack_sdk cannot tell it from Slack: the Web API, Socket Mode, signed
HTTP requests, response_urls, Block Kit's rules, deadlines and limits on calls are Slack's. It reads
the app's manifest.yml, and refuses whatever it does not model.
"""

from bot.sandbox.clock import SandboxClock
from bot.sandbox.faults import Answer, FaultKind
from bot.sandbox.journal import ApiCall, Delivery, Violation
from bot.sandbox.modal import Modal
from bot.sandbox.person import Person, Screen
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.screens import Home, Message

__all__ = [
    "Answer",
    "ApiCall",
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
