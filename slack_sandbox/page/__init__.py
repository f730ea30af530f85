"""The pretend Slack in a browser: each person's channels, messages, App Home and forms, the clock,
and the traffic between Slack and the app.

Server-rendered; whatever a person does here goes through the same code as a test's person.
"""

from slack_sandbox.page.routes import Page

__all__ = ["Page"]
