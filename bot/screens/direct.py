"""Direct messages from Windshield to one person."""

import logging
from dataclasses import dataclass
from typing import TypeAlias

from bot.domain.delivery import MessageRef, Subject
from bot.domain.faults import DatabaseUnavailableError
from bot.domain.people import Person
from bot.parts import Parts
from bot.services import people
from bot.views.kit import Message

log = logging.getLogger("windshield")


@dataclass(frozen=True)
class Outgoing:
    """A scheduled message ready to go: to whom, and what it is about."""

    reader: Person
    message: Message
    subject: Subject

    @property
    def address(self) -> str:
        return self.reader.dm_channel or self.reader.slack_id


@dataclass(frozen=True)
class ToChannel:
    """A scheduled message for everyone in a channel, or in the thread of a message there."""

    address: str
    message: Message
    subject: Subject
    thread: str | None = None


Sendable: TypeAlias = Outgoing | ToChannel


def write_to(parts: Parts, workspace_id: int, slack_id: str, message: Message) -> MessageRef:
    """Post to that person's conversation with the bot; where the message stands.

    Slack opens the conversation by itself where there is none yet; its id is kept for what needs
    it. Raises SlackError; RateLimitedError without a call while Slack takes no messages.
    """
    parts.messenger.check_may_post()
    known = people.conversation(parts.database, workspace_id, slack_id)
    place = parts.messenger.post(known or slack_id, message)
    if known is None:
        try:
            people.remember_conversation(parts.database, workspace_id, slack_id, place.channel)
        except DatabaseUnavailableError:
            log.warning("where a direct message stands was not kept")
    return place
