"""Server-sent events: an open page learns what changed, at most ten times a second.

Format: https://html.spec.whatwg.org/multipage/server-sent-events.html.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping

from aiohttp import web

PAUSE = 0.1
"""Seconds between two events to a page."""
KEEP_ALIVE = 15.0
"""Seconds after which an idle line is tried, so that one that is gone is given up."""


class EventStreams:
    """The open pages. Used on the server's event loop, but for `changed`, which any thread may
    call; it never waits."""

    def __init__(self, loop: asyncio.AbstractEventLoop) -> None:
        self._loop = loop
        self._listening: set[asyncio.Event] = set()
        self._closing = False

    def changed(self) -> None:
        self._loop.call_soon_threadsafe(self._wake)

    async def close(self) -> None:
        """Let every stream end."""
        self._closing = True
        self._wake()

    async def serve(
        self,
        request: web.Request,
        headers: Mapping[str, str],
        look: Callable[[], Awaitable[dict[str, str]]],
    ) -> web.StreamResponse:
        """Send what `look` gives by name, at once, and then each part that differs."""
        response = web.StreamResponse(headers={**headers, "Content-Type": "text/event-stream"})
        await response.prepare(request)
        changed = asyncio.Event()
        self._listening.add(changed)
        try:
            await self._follow(response, changed, look)
        except ConnectionResetError:
            pass
        finally:
            self._listening.discard(changed)
        return response

    async def _follow(
        self,
        response: web.StreamResponse,
        changed: asyncio.Event,
        look: Callable[[], Awaitable[dict[str, str]]],
    ) -> None:
        shown: dict[str, str] = {}
        while not self._closing:
            changed.clear()
            seen = await look()
            news = {name: part for name, part in seen.items() if shown.get(name) != part}
            if news:
                await response.write(f"event: show\ndata: {json.dumps(news)}\n\n".encode())
            shown = seen
            await asyncio.sleep(PAUSE)
            try:
                await asyncio.wait_for(changed.wait(), KEEP_ALIVE)
            except TimeoutError:
                await response.write(b": still here\n\n")

    def _wake(self) -> None:
        for changed in self._listening:
            changed.set()
