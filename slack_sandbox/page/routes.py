"""The page's addresses on the sandbox's server."""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime
from functools import partial
from importlib.resources import files
from typing import TypeVar

from aiohttp import web

from slack_sandbox.client import Client
from slack_sandbox.page import typeahead
from slack_sandbox.page.actions import HostHooks, PageActions, RefusedError
from slack_sandbox.page.event_streams import EventStreams
from slack_sandbox.page.guard import HEADERS, check_host, read_act
from slack_sandbox.page.page_renderer import Location, PageRenderer
from slack_sandbox.server import HOST, Server
from slack_sandbox.workspace import Member

THREADS = 24
"""PageActions and looks at once: an act waits until the app has answered."""
KINDS = {".css": "text/css", ".js": "text/javascript"}
T = TypeVar("T")
Serve = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Page:
    """The page of one sandbox; give it to `Sandbox(page=…)`, which opens and closes it.

    `next_event` says when the app has something to do next (with a zone; None for nothing) and
    `moved` is called, in a thread of its own, after someone moved the clock, and returns when the
    app has done what was due. Both may be set later.
    """

    def __init__(
        self,
        next_event: Callable[[], datetime | None] | None = None,
        moved: Callable[[], None] | None = None,
    ) -> None:
        self.next_event = next_event
        self.moved = moved
        self._server: Server | None = None
        self._assets = _assets()

    @property
    def address(self) -> str:
        """Where a browser finds the page, once the sandbox is started."""
        assert self._server is not None, "the sandbox is not started"
        return f"http://{HOST}:{self._server.port}/"

    def open(self, server: Server, client: Client) -> None:
        """Serve the page from now on."""
        self._server = server
        self._client = client
        self._renderer = PageRenderer(client, self._next_event)
        self._streams = EventStreams(server.loop)
        self._threads = ThreadPoolExecutor(THREADS, thread_name_prefix="page")
        workspace = client.workspace
        workspace.journal.in_full = True
        workspace.journal.watchers.append(self._streams.changed)
        workspace.watchers.append(self._streams.changed)
        workspace.clock.watch(self._streams.changed)
        server.route("", partial(self._guarded, self._serve_root))
        server.route("as", partial(self._guarded, self._serve_person))
        server.route("page", partial(self._guarded, self._serve_asset))

    def close(self) -> None:
        """End all streams, and wait for the acts that are under way."""
        assert self._server is not None
        workspace = self._client.workspace
        workspace.clock.unwatch(self._streams.changed)
        workspace.watchers.remove(self._streams.changed)
        workspace.journal.watchers.remove(self._streams.changed)
        self._server.wait(self._streams.close())
        self._threads.shutdown()
        self._server = None

    def _next_event(self) -> datetime | None:
        return self.next_event() if self.next_event else None

    def _moved(self) -> None:
        if self.moved:
            self.moved()

    async def _guarded(self, serve: Serve, request: web.Request) -> web.StreamResponse:
        try:
            check_host(request)
            return await serve(request)
        except web.HTTPException as answer:
            answer.headers.update(HEADERS)
            raise

    async def _serve_root(self, _request: web.Request) -> web.StreamResponse:
        with self._client.workspace.lock:
            someone = next((each for each in self._people() if not each.deleted), None)
        if someone is None:
            return web.Response(text="Nobody is in this workspace yet.", headers=HEADERS)
        raise web.HTTPFound(f"/as/{someone.id}/app/messages")

    async def _serve_asset(self, request: web.Request) -> web.StreamResponse:
        found = self._assets.get(request.match_info["rest"])
        if found is None:
            raise web.HTTPNotFound
        content, kind = found
        return web.Response(body=content, content_type=kind, charset="utf-8", headers=HEADERS)

    async def _serve_person(self, request: web.Request) -> web.StreamResponse:
        """Everything below /as/ID/."""
        identity, _, rest = request.match_info["rest"].partition("/")
        member = self._client.workspace.members.get(identity)
        if member is None or member.bot:
            raise web.HTTPNotFound(text="Nobody here has this id.")
        if request.method == "POST":
            return await self._act(request, member, rest)
        if request.method not in ("GET", "HEAD"):
            raise web.HTTPMethodNotAllowed(request.method, ["GET", "POST"])
        if not rest:
            raise web.HTTPFound(f"/as/{member.id}/app/messages")
        if rest == "live":
            return await self._follow(request, member)
        if rest == "find":
            return _html(await self._run(partial(self._find, request, member)))
        if rest.startswith("traffic/"):
            number = rest.removeprefix("traffic/")
            if not number.isdecimal():
                raise web.HTTPNotFound
            return _html(await self._run(partial(self._renderer.traffic_details, int(number))))
        location = Location.parse(rest)
        if location is None:
            raise web.HTTPNotFound(text="There is no such page.")
        return _html(await self._run(partial(self._renderer.page, member, location)))

    async def _follow(self, request: web.Request, member: Member) -> web.StreamResponse:
        location = Location.parse(request.query.get("at", ""))
        if location is None:
            raise web.HTTPNotFound
        look = partial(
            self._renderer.parts,
            member,
            location,
            inspector="inspector" in request.query,
            everything="everything" in request.query,
        )
        return await self._streams.serve(request, HEADERS, lambda: self._run(look))

    async def _act(self, request: web.Request, member: Member, rest: str) -> web.Response:
        given = await read_act(request)
        host = HostHooks(self._next_event, self._moved)
        acts = PageActions(self._client, member, host)
        try:
            await self._run(partial(acts.perform, rest.removeprefix("do/"), given))
        except RefusedError as refused:
            return web.json_response({"problem": str(refused)}, status=409, headers=HEADERS)
        return web.Response(status=204, headers=HEADERS)

    def _find(self, request: web.Request, member: Member) -> str:
        begun = request.query.get("begun", "")
        location = Location.parse(request.query.get("at", "")) or Location("messages")
        workspace = self._client.workspace
        with workspace.lock:
            match request.query.get("kind"):
                case "as":
                    return self._renderer.people(member, location, begun)
                case "commands":
                    found = typeahead.commands(workspace, begun)
                case "channels":
                    found = typeahead.channels(workspace, member, begun)
                case "conversations":
                    found = typeahead.conversations(workspace, member, begun)
                case _:
                    found = typeahead.people(workspace, begun)
        return self._renderer.choices(found)

    def _people(self) -> list[Member]:
        return [each for each in self._client.workspace.members.values() if not each.bot]

    def _run(self, work: Callable[[], T]) -> Awaitable[T]:
        return asyncio.get_running_loop().run_in_executor(self._threads, work)


def _html(content: str) -> web.Response:
    return web.Response(text=content, content_type="text/html", headers=HEADERS)


def _assets() -> dict[str, tuple[bytes, str]]:
    """Style sheet and scripts by name, with their media types."""
    folder = files("slack_sandbox.page") / "static"
    return {
        item.name: (item.read_bytes(), KINDS[item.name[item.name.rindex(".") :]])
        for item in folder.iterdir()
        if item.name.endswith(tuple(KINDS))
    }
