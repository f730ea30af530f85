"""The HTTP server of the pretend Slack: one thread with an event loop of its own, on loopback."""

import asyncio
import threading
from collections.abc import Awaitable, Callable, Coroutine
from concurrent.futures import Future
from typing import Any, TypeVar

from aiohttp import ClientSession, web

HOST = "127.0.0.1"
LARGEST_REQUEST = 4 * 1024 * 1024
T = TypeVar("T")


class Server:
    """Starts at once on `port` (0: any free one); OSError when it is taken."""

    def __init__(self, port: int) -> None:
        self.loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, name="sandbox", daemon=True)
        self._thread.start()
        self._routes: dict[str, Callable[[web.Request], Awaitable[web.StreamResponse]]] = {}
        self._runner: web.AppRunner | None = None
        self._session: ClientSession | None = None
        try:
            self.port = self.wait(self._listen(port))
        except OSError:
            self.stop()
            raise

    @property
    def session(self) -> ClientSession:
        """For requests to the app."""
        assert self._session is not None
        return self._session

    def route(
        self, prefix: str, serve: Callable[[web.Request], Awaitable[web.StreamResponse]]
    ) -> None:
        """Let `serve` answer every path below `/prefix/`; the empty prefix is `/` alone."""
        self._routes[prefix] = serve

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Run a coroutine on the server's loop and wait for it, from any other thread."""
        return asyncio.run_coroutine_threadsafe(work, self.loop).result()

    def begin(self, work: Coroutine[Any, Any, T]) -> "Future[T]":
        return asyncio.run_coroutine_threadsafe(work, self.loop)

    def stop(self) -> None:
        """Close all connections and end the thread."""
        self.wait(self._close())
        self.loop.call_soon_threadsafe(self.loop.stop)
        self._thread.join()
        self.loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_forever()

    async def _listen(self, port: int) -> int:
        self._session = ClientSession()
        application = web.Application(client_max_size=LARGEST_REQUEST)
        application.router.add_route("*", "/", self._serve)
        application.router.add_route("*", "/{prefix}/{rest:.*}", self._serve)
        self._runner = web.AppRunner(application, access_log=None, shutdown_timeout=0)
        await self._runner.setup()
        site = web.TCPSite(self._runner, HOST, port)
        await site.start()
        bound: int = self._runner.addresses[0][1]
        return bound

    async def _serve(self, request: web.Request) -> web.StreamResponse:
        serve = self._routes.get(request.match_info.get("prefix", ""))
        return await serve(request) if serve else web.Response(status=404)

    async def _close(self) -> None:
        assert self._runner is not None
        await self.session.close()
        await self._runner.cleanup()
