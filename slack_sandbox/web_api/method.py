"""What every Web API method has in common: arguments, errors, scopes."""

from collections.abc import Callable
from dataclasses import dataclass

from slack_sandbox.interactions import InteractionRegistry
from slack_sandbox.journal import Journal, Json
from slack_sandbox.rates import RateLimits
from slack_sandbox.workspace import Channel, Member, Post, Workspace


class ApiError(Exception):
    """Slack's error code, and what else its answer holds."""

    def __init__(self, code: str, **more: object) -> None:
        super().__init__(code)
        self.code = code
        self.more = more


class RateLimitedError(Exception):
    """The call came too fast; `retry_after` is in seconds."""

    def __init__(self, retry_after: int) -> None:
        super().__init__(f"retry after {retry_after} s")
        self.retry_after = retry_after


@dataclass(frozen=True)
class Api:
    """What the methods work on. `open_socket` gives the address of a new Socket Mode connection,
    `upload_url` that for the bytes of a file, by its ticket;
    `echo` tells the app of a message event that its own call caused."""

    workspace: Workspace
    interactions: InteractionRegistry
    rates: RateLimits
    journal: Journal
    open_socket: Callable[[], str]
    echo: Callable[[Channel, Json], None]
    upload_url: Callable[[str], str]

    def require_scope(self, scope: str) -> None:
        """Raise missing_scope unless the manifest declares `scope`."""
        provided = self.workspace.manifest.scopes
        if scope not in provided:
            self.journal.violated("scope.missing", f"The app lacks the scope {scope}.")
            raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(provided)))

    def member(self, user: object, missing: str = "user_not_found") -> Member:
        found = self.workspace.members.get(str(user))
        if found is None:
            raise ApiError(missing)
        return found

    def channel(self, channel: object) -> Channel:
        """A conversation that the bot can see; others do not exist for it."""
        found = self.workspace.channels.get(str(channel))
        if found is None or (found.kind == "private" and not found.bot_is_member):
            raise ApiError("channel_not_found")
        return found

    def own_post(self, channel: Channel, ts: object, not_own: str) -> Post:
        """The bot's own message; an ephemeral one cannot be found, as in Slack."""
        post = next((post for post in channel.posts if post.ts == ts), None)
        if post is None:
            raise ApiError("message_not_found")
        if post.author != self.workspace.bot_user_id:
            raise ApiError(not_own)
        return post


@dataclass(frozen=True)
class Method:
    """`handler` takes the arguments and gives the answer's fields besides `ok`.

    It runs under the workspace's lock; raises ApiError or RateLimitedError. `scope` is the one that
    is always needed, if any; `token` says which kind of token the method takes.
    """

    handler: Callable[[Api, Json], Json]
    required: frozenset[str] = frozenset()
    optional: frozenset[str] = frozenset()
    scope: str | None = None
    token: str = "bot"


def names(*arguments: str) -> frozenset[str]:
    return frozenset(arguments)


def flag(arguments: Json, name: str) -> bool:
    """A boolean that may have travelled as a form field."""
    return arguments.get(name) in (True, 1, "true", "1")


def number(arguments: Json, name: str, default: int) -> int:
    """A whole number that may have travelled as a form field; invalid_arguments otherwise."""
    try:
        return int(arguments.get(name, default))
    except (TypeError, ValueError):
        raise ApiError("invalid_arguments") from None
