"""Direct messages from Windshield to one person."""

from bot.parts import Parts
from bot.services import people
from bot.views.kit import Message


def write_to(parts: Parts, workspace_id: int, slack_id: str, message: Message) -> tuple[str, str]:
    """Post to that person's conversation with the bot; where it stands (channel, ts).

    The conversation is opened once and kept. Raises SlackError.
    """
    channel = people.conversation(parts.database, workspace_id, slack_id)
    if channel is None:
        channel = parts.messenger.open_conversation(slack_id)
        people.remember_conversation(parts.database, workspace_id, slack_id, channel)
    return channel, parts.messenger.post(channel, message)
