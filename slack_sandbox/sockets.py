"""Socket Mode: tickets, connections, envelopes to one connection each, and acks by envelope id.

Source: https://docs.slack.dev/apis/events-api/using-socket-mode.
"""

import asyncio
import enum
import json
import socket as sockets
import struct
import uuid
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

from aiohttp import WSMsgType, web

from slack_sandbox.delivery import ACK_SECONDS, Ack, Kind, Outcome, Retry
from slack_sandbox.journal import Journal, Json

MOST_CONNECTIONS = 10
PING_SECONDS = 5.0
APPROXIMATE_CONNECTION_SECONDS = 18060
GHOST_SECONDS = 2 * PING_SECONDS
"""How long Slack takes a connection for alive that does not answer any more."""

_RESET = struct.pack("ii", 1, 0)
"""SO_LINGER: on, for no time. What is closed like that says RST instead of FIN."""

_NEVER_WHOLE = b'{"envelope_id": "half", "type": "interactive", "payload": {"text": "'
_HALF_A_FRAME = b"\x81\x7e" + struct.pack("!H", 1000) + _NEVER_WHOLE
"""A text frame that announces 1,000 bytes, and the first of them."""


class Cut(enum.Enum):
    """The ways in which a connection ends, or stops to be one.

    END_OF_FILE is a FIN without a CLOSE frame; after SILENCE nothing is read or written any more,
    and neither side is told. The last two come in the middle of an envelope.
    """

    CLOSE = "a CLOSE frame"
    END_OF_FILE = "FIN without a CLOSE frame"
    RESET = "RST"
    SILENCE = "half-open"
    HALF_THEN_END = "half an envelope, then FIN"
    HALF_THEN_SILENCE = "half an envelope, then nothing"


@dataclass(eq=False)
class _Connection:
    request: web.Request
    socket: web.WebSocketResponse
    waiting: dict[str, asyncio.Future[Ack]] = field(default_factory=dict)
    silent: bool = False
    """Half-open: Slack still counts it, and nothing comes or goes."""

    def drop(self) -> None:
        """Cut the line without a goodbye."""
        if self.request.transport is not None:
            self.request.transport.abort()

    def reset(self) -> None:
        """Cut the line with RST."""
        if self.request.transport is not None:
            line: sockets.socket = self.request.transport.get_extra_info("socket")
            line.setsockopt(sockets.SOL_SOCKET, sockets.SO_LINGER, _RESET)
            self.drop()

    def be_silent(self) -> None:
        """Read nothing any more, so that nothing is answered either."""
        self.silent = True
        if self.request.transport is not None:
            self.request.transport.pause_reading()

    def send_half(self) -> None:
        """Begin an envelope that never ends."""
        if self.request.transport is not None:
            self.request.transport.write(_HALF_A_FRAME)


class SocketMode:
    """All methods run on the server's event loop. `changed` is called when a connection comes or
    goes."""

    def __init__(self, journal: Journal, app_id: str, changed: Callable[[], None]) -> None:
        self.enabled = True
        self._journal = journal
        self._app_id = app_id
        self._changed = changed
        self._tickets: set[str] = set()
        self._connections: list[_Connection] = []
        self._turn = 0

    def __len__(self) -> int:
        """How many connections are alive."""
        return sum(not connection.silent for connection in self._connections)

    def new_ticket(self) -> str:
        """A ticket for one connection, to be given in its address."""
        ticket = str(uuid.uuid4())
        self._tickets.add(ticket)
        return ticket

    async def serve(self, request: web.Request) -> web.StreamResponse:
        """One connection, from the handshake until it ends."""
        ticket = request.query.get("ticket", "")
        if ticket not in self._tickets:
            return web.Response(status=403, text="this ticket was used or never given")
        self._tickets.discard(ticket)
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        if not self.enabled or len(self._connections) >= MOST_CONNECTIONS:
            reason = "too_many_websockets" if self.enabled else "link_disabled"
            self._journal.violated(f"socket.{reason}", "Slack closed a new connection at once.")
            await socket.send_json({"type": "disconnect", "reason": reason})
            await socket.close()
            return socket
        connection = _Connection(request, socket)
        self._connections.append(connection)
        pings = asyncio.ensure_future(self._ping(connection))
        try:
            await socket.send_json(self._hello())
            self._changed()
            await self._read(connection)
        finally:
            pings.cancel()
            self._forget(connection)
        return socket

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> asyncio.Future[Ack]:
        """Send an envelope to the connection whose turn it is."""
        future: asyncio.Future[Ack] = asyncio.get_running_loop().create_future()
        if not self._connections:
            future.set_result(Ack(Outcome.UNREACHABLE))
            return future
        self._turn += 1
        # Nothing can be written to a half-open connection: another is served if there is one.
        alive = [one for one in self._connections if not one.silent] or self._connections
        connection = alive[self._turn % len(alive)]
        envelope: Json = {
            "envelope_id": str(uuid.uuid4()),
            "type": kind.value,
            "accepts_response_payload": kind is not Kind.EVENT,
            "payload": payload,
        }
        if kind is Kind.EVENT:
            envelope["retry_attempt"] = retry.attempt if retry else 0
            envelope["retry_reason"] = retry.reason if retry else ""
        connection.waiting[envelope["envelope_id"]] = future
        if connection.silent:
            self._lose(future)
            return future
        try:
            await connection.socket.send_str(json.dumps(envelope))
        except ConnectionError:
            self._forget(connection)
        return future

    async def cut(self, how: Cut = Cut.END_OF_FILE, most: int | None = None) -> None:
        """Cut every connection, or the oldest `most` of them that are alive."""
        for connection in [one for one in self._connections if not one.silent][:most]:
            if how in (Cut.HALF_THEN_END, Cut.HALF_THEN_SILENCE):
                connection.send_half()
            if how in (Cut.SILENCE, Cut.HALF_THEN_SILENCE):
                self._silence(connection)
                continue
            self._forget(connection)
            if how is Cut.CLOSE:
                await connection.socket.close()
            elif how is Cut.RESET:
                connection.reset()
            else:
                connection.drop()

    def drop_all(self) -> None:
        """End every connection, half-open ones too, without a goodbye."""
        for connection in list(self._connections):
            self._forget(connection)
            connection.drop()

    async def refresh(self, reason: str) -> None:
        """Ask the app to connect anew ("warning"), or tell it that this connection ends now."""
        host = {"host": "applink-sandbox"}
        message = {"type": "disconnect", "reason": reason, "debug_info": host}
        for connection in [one for one in self._connections if not one.silent]:
            if reason != "warning":
                self._forget(connection)
            await connection.socket.send_json(message)
            if reason != "warning":
                await connection.socket.close()

    def _hello(self) -> Json:
        return {
            "type": "hello",
            "num_connections": len(self._connections),
            "connection_info": {"app_id": self._app_id},
            "debug_info": {
                "host": "applink-sandbox",
                "build_number": 1,
                "approximate_connection_time": APPROXIMATE_CONNECTION_SECONDS,
            },
        }

    async def _ping(self, connection: _Connection) -> None:
        while True:
            await asyncio.sleep(PING_SECONDS)
            if not connection.silent:
                await connection.socket.ping(b"Ping from applink-sandbox")

    async def _read(self, connection: _Connection) -> None:
        async for message in connection.socket:
            if message.type is not WSMsgType.TEXT:
                continue
            answer: Any = json.loads(message.data)
            future = connection.waiting.pop(answer.get("envelope_id"), None)
            if future is not None and not future.done():
                future.set_result(Ack(Outcome.ACKED, answer.get("payload") or None))

    def _silence(self, connection: _Connection) -> None:
        """Let a connection be half-open until Slack, whose own pings go unanswered, gives it up."""
        connection.be_silent()
        for future in connection.waiting.values():
            self._lose(future)

        def give_up() -> None:
            self._forget(connection)
            connection.drop()

        asyncio.get_running_loop().call_later(GHOST_SECONDS, give_up)
        self._changed()

    def _lose(self, future: asyncio.Future[Ack]) -> None:
        """What goes to a half-open connection is missed about when an ack would be late, but not
        by the app's fault."""

        def missed() -> None:
            if not future.done():
                future.set_result(Ack(Outcome.UNREACHABLE))

        asyncio.get_running_loop().call_later(0.9 * ACK_SECONDS, missed)

    def _forget(self, connection: _Connection) -> None:
        """What was not acked on a connection that is gone is lost.

        That is no broken rule in itself: connections end without anyone's fault.
        """
        if connection in self._connections:
            self._connections.remove(connection)
        for future in connection.waiting.values():
            if not future.done():
                future.set_result(Ack(Outcome.UNREACHABLE))
        connection.waiting.clear()
        self._changed()
