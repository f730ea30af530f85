"""`/team`, the steps of setting up, settings of the team and of a rep, introductions."""

from slack_bolt import App

from bot.parts import Parts


def register(app: App, parts: Parts) -> None:
    pass
