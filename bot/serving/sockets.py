"""Socket Mode: one connection to Slack that answers, at all times.

A connection that ends, or does not answer a ping, is followed by another at once; one of which
Slack says that it will end soon serves on until the next one does. Only when Slack refuses, or
cannot be reached, is there a pause.
"""

import asyncio
import logging
import random
import threading
import time
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress

from slack_bolt.adapter.socket_mode.internals import run_bolt_app, send_response
from slack_sdk import WebClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.app import Windshield
from bot.config import SettingsError
from bot.listeners import LAST_WORK, ListenerPool
from bot.serving.connection import (
    TICKET_SECONDS,
    TOKEN_REFUSED,
    Connection,
    NotConnectedError,
    open_connection,
)

log = logging.getLogger("windshield")

FIRST_SECONDS = 10.0
"""How long the start waits for the first connection before it goes on without."""

FIRST_PAUSE = 0.5
LONGEST_PAUSE = 30.0
"""Seconds between two attempts: each pause is twice the one before. Slack gives an app a few
connections a minute (https://docs.slack.dev/reference/methods/apps.connections.open: Tier 1)."""

LONGEST_PAUSE_UNREACHED = 2.0
"""The longest where Slack was not reached at all: asking again costs it nothing then."""

RETIRED_SECONDS = 15.0
"""How long a connection is kept beside its successor: Slack ends it about ten after its warning."""


class SocketMode:
    """The bot, connected to Slack by a socket. A thread of its own looks after the connection."""

    def __init__(self, windshield: Windshield, app_token: str, api_url: str) -> None:
        self.windshield = windshield
        self._app_token = app_token
        self._client = WebClient(
            token=app_token, base_url=api_url, timeout=TICKET_SECONDS, retry_handlers=[]
        )
        self._envelopes = ListenerPool("envelope")
        self._tickets = ThreadPoolExecutor(1, thread_name_prefix="ticket")
        self._loop = asyncio.new_event_loop()
        self._stopping = asyncio.Event()
        self._taking = True
        self._first: Future[None] = Future()
        self._connections: set[Connection] = set()
        self._retiring: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="sockets")

    @property
    def greeting(self) -> str:
        if self._first.done():
            return "Connected to Slack by Socket Mode."
        return "Slack cannot be reached by Socket Mode yet; trying again."

    def start(self) -> None:
        """Connect. Raises SettingsError when Slack refuses the app's token; when Slack cannot be
        reached, goes on without, and connects as soon as it can."""
        self._thread.start()
        try:
            self._first.result(FIRST_SECONDS)
        except TimeoutError:
            log.warning("no connection to Slack after %s seconds", FIRST_SECONDS)
        except SettingsError:
            self.stop()
            raise

    def stop(self) -> None:
        """Let running work finish, then hang up."""
        over = time.monotonic() + LAST_WORK
        self._envelopes.wait_until_idle(LAST_WORK)
        # What came until now is answered; what comes from now on would be cut off in its middle.
        self._taking = False
        self._envelopes.wait_until_idle(over - time.monotonic())
        self.windshield.listeners.wait_until_idle(over - time.monotonic())
        # A thread that has ended closed its loop.
        with suppress(RuntimeError):
            self._loop.call_soon_threadsafe(self._stopping.set)
        self._thread.join()
        self._tickets.shutdown(wait=False, cancel_futures=True)
        self._envelopes.shutdown(wait=False, cancel_futures=True)
        self.windshield.close()

    def _run(self) -> None:
        try:
            self._loop.run_until_complete(self._serve())
        finally:
            self._loop.close()

    async def _serve(self) -> None:
        """Be connected until told to stop."""
        connecting = asyncio.create_task(self._stay_connected())
        stopped = asyncio.create_task(self._stopping.wait())
        await asyncio.wait({connecting, stopped}, return_when=asyncio.FIRST_COMPLETED)
        for task in (connecting, stopped, *self._retiring):
            task.cancel()
        await asyncio.gather(connecting, stopped, *self._retiring, return_exceptions=True)
        await asyncio.gather(*(connection.close() for connection in self._connections))

    async def _stay_connected(self) -> None:
        last: Connection | None = None
        failures = 0
        while True:
            try:
                connection = await open_connection(
                    self._client, self._app_token, self._tickets, self._take
                )
            except NotConnectedError as error:
                failures += 1
                if error.word in TOKEN_REFUSED and not self._first.done():
                    self._first.set_exception(_refused(error.word))
                    return
                await self._pause(failures, error)
                continue
            self._connections.add(connection)
            if last is not None:
                last.successor = connection
                self._retire(last)
            if not self._first.done():
                self._first.set_result(None)
            last = connection
            await connection.failing.wait()
            log.info("another connection to Slack is needed: %s", connection.why)
            if connection.served_well:
                failures = 0
            else:
                failures += 1
                await self._pause(failures, NotConnectedError(connection.why))

    async def _pause(self, failures: int, error: NotConnectedError) -> None:
        longest = LONGEST_PAUSE if error.answered else LONGEST_PAUSE_UNREACHED
        doubled = min(longest, FIRST_PAUSE * 2 ** min(failures - 1, 10))
        # Many processes that lost Slack at one moment do not all come back at one moment.
        seconds = max(error.wait, doubled * random.uniform(0.8, 1.0))  # noqa: S311
        if failures & (failures - 1) == 0:  # the first, second, fourth: a long night is few lines
            words = "not connected to Slack (%s, attempt %s); again in %.1f s"
            log.warning(words, error.word, failures, seconds)
        await asyncio.sleep(seconds)

    def _retire(self, connection: Connection) -> None:
        async def retire() -> None:
            await connection.retire(RETIRED_SECONDS)
            self._connections.discard(connection)

        task = asyncio.create_task(retire())
        self._retiring.add(task)
        task.add_done_callback(self._retiring.discard)

    def _take(self, connection: Connection, request: SocketModeRequest) -> None:
        if self._taking:
            self._envelopes.submit(self._answer, connection, request)

    def _answer(self, connection: Connection, request: SocketModeRequest) -> None:
        started = time.time()
        try:
            response = run_bolt_app(self.windshield.bolt, request)
            send_response(connection, request, response, started)
        except Exception as error:  # nothing above would say so
            log.error("an envelope failed: %s", type(error).__name__, exc_info=True)


def _refused(word: str) -> SettingsError:
    return SettingsError(
        f"Slack refused SLACK_APP_TOKEN ({word}). It begins with xapp- and needs "
        "connections:write; see README.md."
    )
