"""What the product is put together from, handed to whoever draws and answers."""

from dataclasses import dataclass

from bot.clock import Clock
from bot.messenger import Messenger
from storage.engine import Database


@dataclass(frozen=True)
class Parts:
    """The database, the way out to Slack, and the clock, as the composition root chose them."""

    database: Database
    messenger: Messenger
    clock: Clock
