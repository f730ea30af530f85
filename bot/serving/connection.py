"""One connection of Socket Mode, from its opening to its end.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import json
import logging
import time
from collections.abc import Callable
from concurrent.futures import Executor
from contextlib import suppress
from typing import Any

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, WebSocketException

log = logging.getLogger("windshield")

PING_SECONDS = 2.0
"""Between two pings. A connection that was cut without a word is found out by the first that is
not answered."""

PONG_SECONDS = 1.0
"""How long an answer to a ping may take: far longer than to the other side of the world and back.
One that is later only brings another connection about."""

TICKET_SECONDS = 5
"""For Slack to say where to connect."""

OPEN_SECONDS = 5.0
"""For the connection to be made, and for Slack's hello on it; each."""

CLOSE_SECONDS = 1.0
"""For Slack to agree to an end; a connection that is dead never does."""

SEND_SECONDS = 3.0
"""Slack wants an acknowledgement within three."""

LARGEST_ENVELOPE = 4 * 1024 * 1024
"""Bytes. A view of 250 KB comes back with what is typed in it."""

RETRY_AFTER = 30.0
"""Seconds, where Slack says that it was asked too often and not for how long."""

MANY_CONNECTIONS = 8
"""Slack allows ten (https://docs.slack.dev/apis/events-api/using-socket-mode); some may be ghosts
of connections that were cut."""

TOKEN_REFUSED = frozenset(
    {
        "invalid_auth",
        "not_authed",
        "not_allowed_token_type",
        "token_revoked",
        "token_expired",
        "account_inactive",
        "missing_scope",
        "no_permission",
    }
)
"""Slack's words for a token that will not do tomorrow either
(https://docs.slack.dev/reference/methods/apps.connections.open)."""


class NotConnectedError(Exception):
    """There is no connection; `word` says why, in Slack's word or in a few of ours.

    `wait` is in how many seconds Slack wants to be asked again; `answered` whether it was Slack
    that said no, and not the way there that is broken.
    """

    def __init__(self, word: str, *, wait: float = 0.0, answered: bool = True) -> None:
        super().__init__(word)
        self.word = word
        self.wait = wait
        self.answered = answered


class Connection(BaseSocketModeClient):
    """Belongs to the event loop that opened it; only `send_message` is for other threads.

    `take` is given every envelope, on that loop, and must not wait. The SDK's name for what
    answers an envelope is a client; its own client is deaf for most of a minute when its socket
    ends without a CLOSE frame, and spins meanwhile.
    """

    logger = logging.getLogger("windshield.bolt")

    def __init__(
        self,
        socket: ClientConnection,
        take: Callable[["Connection", SocketModeRequest], None],
    ) -> None:
        self._socket = socket
        self._take = take
        self._loop = asyncio.get_running_loop()
        self._opened = time.monotonic()
        self._served = False
        self.successor: Connection | None = None
        """Where to send what this connection does not take any more."""
        self.failing = asyncio.Event()
        """Set when another connection is needed: this one ended, does not answer, or soon ends."""
        self.why = ""
        """Why another one is needed."""
        self.ended = asyncio.Event()
        self._tasks = (
            asyncio.create_task(self._read()),
            asyncio.create_task(self._ping()),
        )

    @property
    def served_well(self) -> bool:
        """Whether it was good for anything: one that ends right after its hello was not."""
        return self._served or time.monotonic() - self._opened >= 1

    def send_message(self, message: str) -> None:
        """Send an acknowledgement, and wait until it is on its way; from any other thread.

        Goes by the connection that came after this one where this one has ended.
        """
        sending = asyncio.run_coroutine_threadsafe(self._send(message), self._loop)
        sending.result(2 * SEND_SECONDS)

    async def retire(self, patience: float) -> None:
        """Let what came by this connection be acknowledged on it, until Slack ends it or
        `patience` seconds are over; then end it."""
        with suppress(TimeoutError):
            await asyncio.wait_for(self.ended.wait(), patience)
        await self.close()

    async def close(self) -> None:  # type: ignore[override]
        """End it."""
        with suppress(WebSocketException, OSError):
            await self._socket.close()
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    async def _send(self, message: str) -> None:
        line: Connection | None = self
        while line is not None:
            try:
                async with asyncio.timeout(SEND_SECONDS):
                    await line._socket.send(message)
                return
            except (ConnectionClosed, TimeoutError):
                line = line.successor
        log.warning("an acknowledgement could not be sent: its connection ended (%s)", self.why)

    async def _read(self) -> None:
        try:
            async for text in self._socket:
                self._receive(text)
            self._fail("Slack closed it")
        except ConnectionClosed:
            self._fail("it was cut")
        finally:
            self.ended.set()

    def _receive(self, text: str | bytes) -> None:
        message = _parsed(text)
        if message.get("type") == "disconnect":
            self._fail(str(message.get("reason", "disconnect")))
            return
        request = SocketModeRequest.from_dict(message)
        if request is not None:
            self._served = True
            self._take(self, request)

    async def _ping(self) -> None:
        try:
            while True:
                await asyncio.sleep(PING_SECONDS)
                async with asyncio.timeout(PONG_SECONDS):
                    pong = asyncio.ensure_future(await self._socket.ping())
                # Not a timeout around the pong itself: a process that was held up for long would
                # take an answer that is there already for one that did not come.
                done, _ = await asyncio.wait({pong}, timeout=PONG_SECONDS)
                if not done:
                    self._fail("it does not answer")
        except TimeoutError:
            self._fail("it takes nothing any more")
        except ConnectionClosed:
            pass  # whoever reads says so

    def _fail(self, why: str) -> None:
        if not self.failing.is_set():
            self.why = why
            self.failing.set()


async def open_connection(
    client: WebClient,
    app_token: str,
    tickets: Executor,
    take: Callable[[Connection, SocketModeRequest], None],
) -> Connection:
    """A new connection to Slack that has said hello.

    `tickets` is where to wait for the call that says where to connect. Raises NotConnectedError.
    """
    loop = asyncio.get_running_loop()
    url = await loop.run_in_executor(tickets, _ticket, client, app_token)
    try:
        socket = await connect(
            url,
            open_timeout=OPEN_SECONDS,
            close_timeout=CLOSE_SECONDS,
            ping_interval=None,
            compression=None,
            logger=Connection.logger,
            max_size=LARGEST_ENVELOPE,
        )
    except Exception as error:  # a proxy, a certificate, an address: whatever is in the way
        raise NotConnectedError(f"no connection: {type(error).__name__}") from error
    try:
        async with asyncio.timeout(OPEN_SECONDS):
            hello = _parsed(await socket.recv())
    except (ConnectionClosed, TimeoutError) as error:
        await _abandon(socket)
        raise NotConnectedError(f"no hello: {type(error).__name__}") from error
    except asyncio.CancelledError:
        await _abandon(socket)
        raise
    if hello.get("type") != "hello":
        await _abandon(socket)
        raise NotConnectedError(str(hello.get("reason", "no hello")))
    _tell(hello.get("num_connections"))
    return Connection(socket, take)


async def _abandon(socket: ClientConnection) -> None:
    with suppress(WebSocketException, OSError):
        await socket.close()


def _ticket(client: WebClient, app_token: str) -> str:
    """Where to connect: an address that is good once."""
    try:
        return str(client.apps_connections_open(app_token=app_token)["url"])
    except SlackApiError as error:
        said: Any = error.response
        if said.status_code == 429:
            raise NotConnectedError("ratelimited", wait=_retry_after(said.headers)) from error
        word = said.get("error") if isinstance(said.data, dict) else None
        raise NotConnectedError(str(word or f"HTTP {said.status_code}")) from error
    except Exception as error:  # the SDK lets out whatever breaks below it
        raise NotConnectedError(type(error).__name__, answered=False) from error


def _retry_after(headers: Any) -> float:
    named = {str(name).lower(): value for name, value in dict(headers).items()}
    try:
        return max(0.0, float(named.get("retry-after", RETRY_AFTER)))
    except (TypeError, ValueError):
        return RETRY_AFTER


def _parsed(text: str | bytes) -> dict[str, Any]:
    """A message of Slack's; empty when it is none."""
    try:
        message = json.loads(text)
    except (ValueError, RecursionError):
        message = None
    if isinstance(message, dict):
        return message
    log.warning("Slack sent what is no message (%s characters)", len(text))
    return {}


def _tell(connections: object) -> None:
    log.info("connected to Slack (%s connections)", connections)
    if isinstance(connections, int) and connections >= MANY_CONNECTIONS:
        log.warning(
            "this app has %s connections of the ten that Slack allows: too many processes, or "
            "connections that were cut and that Slack has not noticed yet",
            connections,
        )
