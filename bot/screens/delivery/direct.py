"""Direct messages from Windshield to one person."""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import TypeAlias

from bot.context import AppContext
from bot.domain.delivery import MessageRef, Subject
from bot.domain.workspaces.faults import DatabaseUnavailableError, log_words
from bot.domain.workspaces.people import Actor, Person
from bot.domain.workspaces.refusals import NotIntroduced
from bot.services.delivery import hearing
from bot.services.team import people
from bot.slack_errors import DEACTIVATED, NobodyThereError
from bot.views.block_kit.kit import Message

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


def send_files(
    app: AppContext, workspace_id: int, slack_id: str, files: Mapping[str, bytes], comment: str
) -> None:
    """Put files, by their names, into that person's conversation with the bot, with a sentence.
    Raises SlackError."""
    app.messenger.check_may_post()
    app.messenger.share_files(conversation_with(app, workspace_id, slack_id), files, comment)


def conversation_with(app: AppContext, workspace_id: int, slack_id: str) -> str:
    """The id of that person's conversation with the bot, opened where nobody knows it yet: Slack
    takes no person for the address of a file. Raises SlackError."""
    reader = people.find(app.database, Actor(workspace_id, slack_id))
    channel = reader.dm_channel if reader else None
    if channel is None:
        channel = app.messenger.open_conversation(slack_id)
        try:
            people.remember_conversation(app.database, workspace_id, slack_id, channel)
        except DatabaseUnavailableError as error:
            log.warning("where a direct message stands was not kept: %s", log_words(error))
    return channel


def write_to_rep(
    app: AppContext, workspace_id: int, team_id: int, rep: Person, message: Message
) -> MessageRef:
    """Post to a rep of that team, who did not ask for it just now; where the message stands.

    Raises NotIntroduced for who was not told of Windshield there, and what `write_to` raises.
    """
    if not hearing.may_hear(app.database, workspace_id, team_id, rep):
        raise NotIntroduced((rep.name,))
    return write_to(app, workspace_id, rep.slack_id, message)


def write_to(app: AppContext, workspace_id: int, slack_id: str, message: Message) -> MessageRef:
    """Post to that person's conversation with the bot; where the message stands.

    Slack opens the conversation by itself where there is none yet; its id is kept for what needs
    it. Raises SlackError; NobodyThereError for whoever has left, whom Slack would let us write to,
    and RateLimitedError without a call while Slack takes no messages.
    """
    app.messenger.check_may_post()
    reader = people.find(app.database, Actor(workspace_id, slack_id))
    if reader is not None and not reader.active:
        raise NobodyThereError(DEACTIVATED)
    known = reader.dm_channel if reader else None
    ref = app.messenger.post(known or slack_id, message)
    if known is None:
        try:
            people.remember_conversation(app.database, workspace_id, slack_id, ref.channel)
        except DatabaseUnavailableError as error:
            log.warning("where a direct message stands was not kept: %s", log_words(error))
    return ref
