"""The Web API methods that the sandbox models; every other one is an unknown_method."""

from slack_sandbox.web_api import basics, chat, conversations, files, users, views
from slack_sandbox.web_api.method import Method

METHODS: dict[str, Method] = {
    **basics.METHODS,
    **chat.METHODS,
    **conversations.METHODS,
    **files.METHODS,
    **users.METHODS,
    **views.METHODS,
}
