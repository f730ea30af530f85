"""Plain messages to Windshield."""

from slack_bolt import App

from bot.parts import Parts


def register(app: App, parts: Parts) -> None:
    pass
