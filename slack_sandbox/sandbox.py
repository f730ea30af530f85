"""A pretend Slack workspace in one process: the whole of it, put together."""

import threading
import uuid
from collections.abc import Callable, Iterable
from datetime import datetime
from pathlib import Path
from typing import Protocol

from slack_sandbox.client import Client
from slack_sandbox.clock import SandboxClock
from slack_sandbox.delivery import Deliveries
from slack_sandbox.faults import Faults
from slack_sandbox.http_events import HttpEvents
from slack_sandbox.interactions import InteractionRegistry
from slack_sandbox.journal import ApiCall, Delivery, Journal, Violation
from slack_sandbox.manifest import read_manifest
from slack_sandbox.payloads import VERIFICATION_TOKEN, Payloads
from slack_sandbox.person import Person
from slack_sandbox.rates import RESTRICTED_CALLS, RateLimits
from slack_sandbox.response_urls import ResponseUrls
from slack_sandbox.server import HOST, Server
from slack_sandbox.sockets import Cut, SocketMode
from slack_sandbox.uploads import Uploads
from slack_sandbox.web_api.endpoint import Tokens, WebApi
from slack_sandbox.web_api.method import Api
from slack_sandbox.workspace import RESTRICTED_HISTORY, Enterprise, Workspace


class Site(Protocol):
    """What shows the workspace to people in a browser, on the sandbox's own server."""

    def open(self, server: Server, client: Client) -> None: ...

    def close(self) -> None: ...


class Sandbox:
    """A workspace with one installed app, described by its manifest.

    `now` is where its clock begins (with a zone; ValueError otherwise); `port` 0 takes any free
    one; `page` is `slack_sandbox.page.Page`, for a workspace that is seen in a browser. People and
    channels can be added before or after `start`; `api_url` is known after it.
    """

    def __init__(
        self,
        manifest: Path,
        now: datetime,
        port: int = 0,
        *,
        ticking: bool = False,
        page: Site | None = None,
    ) -> None:
        self.clock = SandboxClock(now, ticking=ticking)
        self.faults = Faults()
        self.bot_token = f"xoxb-{uuid.uuid4()}"
        self.app_token = f"xapp-{uuid.uuid4()}"
        self.signing_secret = uuid.uuid4().hex
        self._port = port
        self._page = page
        self._journal = Journal(self.clock.now)
        self._workspace = Workspace(read_manifest(manifest), self.clock, self._journal)
        self._interactions = InteractionRegistry(self._workspace)
        self._payloads = Payloads(self._workspace, self._interactions, base_url="")
        self._client = Client(self._workspace, self._payloads, self.faults)
        self._rates = RateLimits(self.clock.now)
        self._connected = threading.Condition()
        self._sockets = SocketMode(self._journal, self._workspace.app_id, self._sockets_changed)
        self._deliveries = Deliveries(self._journal, self.clock, self._sockets)
        self._server: Server | None = None

    def __enter__(self) -> "Sandbox":
        self.start()
        return self

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def start(self) -> None:
        """Serve on loopback, in a thread of its own; OSError when the port is taken.

        Once stopped it can start again: with the same tokens, on the same port.
        """
        server = Server(self._port)
        self._server = server
        self._port = server.port
        self._sockets.enabled = self._workspace.manifest.socket_mode
        self._payloads.base_url = f"http://{HOST}:{server.port}"
        api = Api(
            self._workspace,
            self._interactions,
            self._rates,
            self._journal,
            self._socket_url,
            self._client.echo,
            lambda ticket: f"http://{HOST}:{server.port}/upload/{ticket}",
        )
        tokens = Tokens(self.bot_token, self.app_token)
        responses = ResponseUrls(self._workspace, self._interactions, self.faults, self._journal)
        server.route("api", WebApi(api, self.faults, tokens).serve)
        server.route("upload", Uploads(self._workspace, self.faults, self._journal).serve)
        server.route("link", self._sockets.serve)
        server.route("commands", responses.serve)
        server.route("actions", responses.serve)
        self._client.connect(server, self._deliveries)
        if self._page is not None:
            self._page.open(server, self._client)

    def stop(self) -> None:
        """Drop all connections; the app sees Slack go away."""
        server = self._started()
        if self._page is not None:
            self._page.close()
        server.wait(self._deliveries.stop())
        server.wait(self._drop_sockets())
        server.stop()
        self._server = None

    @property
    def api_url(self) -> str:
        """The base_url of a WebClient."""
        return f"http://{HOST}:{self._started().port}/api/"

    @property
    def team_id(self) -> str:
        return self._workspace.team_id

    @property
    def bot_user_id(self) -> str:
        return self._workspace.bot_user_id

    @property
    def settle(self) -> Callable[[], None] | None:
        """Called after a person acted and the ack arrived, to wait until the app is idle."""
        return self._client.settle

    @settle.setter
    def settle(self, settle: Callable[[], None] | None) -> None:
        self._client.settle = settle

    @property
    def calls(self) -> list[ApiCall]:
        """All that the app asked of Slack, in order; posts to response_urls included."""
        return self._journal.calls

    @property
    def acks(self) -> list[Delivery]:
        """All that was delivered to the app, in order, with how soon it was acked."""
        return self._journal.deliveries

    @property
    def violations(self) -> list[Violation]:
        """Every Slack rule that the app broke, in order."""
        return self._journal.violations

    def add_person(
        self,
        name: str,
        tz: str | None = "UTC",
        email: str | None = None,
        *,
        bot: bool = False,
        deleted: bool = False,
        handle: str | None = None,
        title: str = "",
        home_team: str | None = None,
    ) -> Person:
        """Someone new in the workspace; `tz` None is a profile without a zone. The handle is the
        name in small letters with dots unless given; `title` says what they do.

        `home_team` is the id of the workspace of someone who is here through a shared channel: what
        they do comes with it as its team, and names the workspace of the app beside it (`view.
        app_installed_team_id`, an event's `authorizations`) or not at all (commands).
        """
        handle = handle or ".".join(name.lower().split())
        member = self._workspace.add_member(
            name,
            handle,
            tz=tz,
            email=email,
            bot=bot,
            deleted=deleted,
            title=title,
            home_team=home_team,
        )
        return Person(self._client, member)

    def add_people(self, names_and_zones: Iterable[tuple[str, str]]) -> list[Person]:
        """Many people at once."""
        with self._workspace.lock:
            return [self.add_person(name, tz) for name, tz in names_and_zones]

    def add_channel(
        self,
        name: str,
        members: Iterable[Person] = (),
        *,
        private: bool = False,
        bot_is_member: bool = True,
    ) -> str:
        """A new channel; returns its id."""
        ids = {person.id for person in members}
        channel = self._workspace.add_channel(
            name, ids, private=private, bot_is_member=bot_is_member
        )
        return channel.id

    def archive_channel(self, channel: str) -> None:
        with self._workspace.changing():
            self._workspace.channels[channel].archived = True

    def join_grid(self, enterprise: str, name: str = "Grid", *, org_wide: bool = False) -> None:
        """Be a workspace of that Enterprise Grid organisation (its id: E…), as payloads say from
        now on; `org_wide` installs the app for all of it, and then they name no team."""
        self._workspace.enterprise = Enterprise(enterprise, name, org_wide)

    def restrict_history(self) -> None:
        """Give the app conversations.history a little at a time and once a minute, as apps get it
        that are distributed commercially outside the Marketplace."""
        self._workspace.history_page = RESTRICTED_HISTORY
        self._rates.fewer["conversations.history"] = RESTRICTED_CALLS

    def refuse_uploads(self) -> None:
        """Be a workspace whose owners let nobody upload files."""
        self._workspace.file_uploads = False

    def remove_app(self) -> None:
        """Be a workspace whose owners remove the app: the app is told, and every call with its bot
        token is refused from then on."""
        self._client.remove_app()

    def revoke_tokens(self, *, of_bot: bool) -> None:
        """Take the bot's token back, or only one that somebody gave the app; the app is told."""
        self._client.revoke_tokens(of_bot=of_bot)

    def withhold_charts(self) -> None:
        """Be a workspace that has not been given data_visualization blocks yet: what holds one is
        refused."""
        self._workspace.charts = False

    def wait_for_app(self, timeout: float = 10, sockets: int = 1) -> None:
        """Until the app has connected a socket, or so many; AssertionError after `timeout`
        seconds."""
        with self._connected:
            came = self._connected.wait_for(lambda: len(self._sockets) >= sockets, timeout)
        assert came, f"no Socket Mode connection within {timeout} seconds"

    def deliver_by_http(self, url: str) -> None:
        """Turn Socket Mode off and deliver by signed requests to `url` from now on.

        ValueError when the app does not answer Slack's challenge there, or when the manifest
        declares other request URLs.
        """
        others = self._workspace.manifest.request_urls - {url}
        if others:
            raise ValueError(f"the manifest sends requests elsewhere: {', '.join(sorted(others))}")
        server = self._started()
        http = HttpEvents(server.session, url, self.signing_secret)
        if self._workspace.manifest.events:
            server.wait(http.verify(uuid.uuid4().hex, VERIFICATION_TOKEN))
        self._sockets.enabled = False
        server.wait(self._sockets.refresh("link_disabled"))
        self._deliveries.transport = http

    @property
    def sockets(self) -> int:
        """How many Socket Mode connections are alive; half-open ones are not."""
        return len(self._sockets)

    def cut_sockets(self, how: Cut = Cut.END_OF_FILE, most: int | None = None) -> None:
        """Cut all Socket Mode connections, or the oldest `most`; without a goodbye unless told
        otherwise."""
        self._started().wait(self._sockets.cut(how, most))

    def refresh_sockets(self, reason: str = "refresh_requested") -> None:
        """End all Socket Mode connections as Slack does every few hours; or for another reason
        that it gives ("link_disabled")."""
        self._started().wait(self._sockets.refresh(reason))

    def warn_sockets(self) -> None:
        """Announce the end of all Socket Mode connections, as Slack does 10 s before."""
        self._started().wait(self._sockets.refresh("warning"))

    async def _drop_sockets(self) -> None:
        self._sockets.drop_all()

    def _sockets_changed(self) -> None:
        with self._connected:
            self._connected.notify_all()

    def _socket_url(self) -> str:
        ticket = self._sockets.new_ticket()
        port = self._started().port
        return f"ws://{HOST}:{port}/link/?ticket={ticket}&app_id={self._workspace.app_id}"

    def _started(self) -> Server:
        assert self._server is not None, "the sandbox is not started"
        return self._server
