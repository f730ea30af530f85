"""waitress, made fit for strangers: one thread reads every connection, and none of them can hold
it up.

waitress reads requests whole before a worker sees them, but lets a connection be silent for two
minutes, or bring a request a byte at a time for ever; and when it stops it drops what is running.
"""

import logging
import sys
import threading
import time
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from waitress.adjustments import Adjustments
from waitress.channel import HTTPChannel
from waitress.parser import HTTPRequestParser, ParsingError
from waitress.server import TcpWSGIServer
from waitress.task import ErrorTask, ThreadedTaskDispatcher, WSGITask
from waitress.utilities import Error
from waitress.wasyncore import dispatcher, loop

from bot.listeners import AT_ONCE, LAST_WORK
from bot.serving.refusals import AGAIN_AFTER, Refusals

if TYPE_CHECKING:
    from wsgiref.types import WSGIApplication

LARGEST_BODY = 1024 * 1024
"""Bytes. Slack's own are of a few thousand; a view holds at most 250 KB."""

LARGEST_HEADER = 32 * 1024

IN_MEMORY = 64 * 1024
"""Bytes of a body that are kept in memory; the rest of a large one waits in a file."""

CONNECTIONS = 800
"""Open at once, and at most half of the files that the process may have open: a server that cannot
accept any more spins."""

READ_SECONDS = 10
"""For a request to come whole, from the connection or its first byte on."""

IDLE_SECONDS = 60
"""Between two requests of one connection."""

BACKLOG = 1024
QUICK_THREADS = 2

APART_THREADS = 2
"""They share the processor with whoever acts in Slack."""

APART_WAITING = 300
"""Requests that wait for those threads: more of them would take all connections from the others."""


class Server(TcpWSGIServer):
    """Runs `application` in a pool of workers. What it answers at paths other than `slow` and
    `apart` is answered by threads of their own, however busy the workers are; and what it answers
    beneath `apart`, by some that no worker waits for, however many ask.

    Raises OSError when the port is taken.
    """

    def __init__(
        self,
        application: "WSGIApplication",
        port: int,
        slow: Iterable[str],
        apart: str,
        refusals: Refusals,
    ) -> None:
        self._most = min(CONNECTIONS, _open_files() // 2)
        # What waitress says of its queue and of clients that went away, it says for each of them.
        logging.getLogger("waitress").setLevel(logging.ERROR)
        settings: dict[str, Any] = {
            "host": "0.0.0.0",  # noqa: S104
            "port": port,
            "threads": AT_ONCE,
            "ident": None,
            "backlog": BACKLOG,
            # More than ever are open, so that waitress itself never stops to accept.
            "connection_limit": 2 * self._most,
            "channel_timeout": IDLE_SECONDS,
            "cleanup_interval": 1,
            "max_request_body_size": LARGEST_BODY + 1,
            "max_request_header_size": LARGEST_HEADER,
            "inbuf_overflow": IN_MEMORY,
            "asyncore_use_poll": True,
            "log_socket_errors": False,
        }
        self.refusals = refusals
        self.stopping = False
        self._slow = frozenset(slow)
        self._apart = apart
        self._until = 0.0
        self._quick = ThreadedTaskDispatcher()
        self._quick.set_thread_count(QUICK_THREADS)
        self._beside = ThreadedTaskDispatcher()
        self._beside.set_thread_count(APART_THREADS)
        self.channels: dict[int, _Channel]
        adjustments = Adjustments(**settings)
        listen: Any = adjustments.listen
        self._sockets: dict[int, Any] = {}
        super().__init__(application, self._sockets, adj=adjustments, sockinfo=listen[0])
        self.channel_class = _Channel
        self.channels = self.active_channels  # type: ignore[assignment]  # the stubs are wrong
        self._thread = threading.Thread(target=self.run, name="http")

    @property
    def port(self) -> int:
        """Where it listens."""
        own: Any = self
        return int(own.effective_port)

    def start(self) -> None:
        self._thread.start()

    def stop(self) -> None:
        """Take no more requests; answer those that have begun to come, for LAST_WORK seconds at
        most."""
        until = time.monotonic() + LAST_WORK
        self._in_its_thread(lambda: self._finish(until))
        self._thread.join()
        for workers in (self.task_dispatcher, self._quick, self._beside):
            workers.shutdown(timeout=max(1, int(until - time.monotonic())))
        self._wake().close()
        self.refusals.tell(at_once=True)

    def run(self) -> None:
        while not self._is_over():
            loop(
                timeout=self.adj.asyncore_loop_timeout,
                use_poll=self.adj.asyncore_use_poll,
                map=self._sockets,
                count=1,
            )
        for channel in list(self.channels.values()):
            channel.handle_close()

    def add_task(self, task: Any) -> None:
        request = task.requests[0]
        # As the application is told of it: waitress leaves all slashes but one out there.
        path = "" if request.error else f"/{request.path.lstrip('/')}"
        workers = self._quick
        if path in self._slow:
            workers = self.task_dispatcher
        elif path.startswith(self._apart):
            if len(self._beside.queue) < APART_WAITING:
                workers = self._beside
            else:
                request.error = _TooManyError("Not just now.")
        workers.add_task(task)

    def handle_accept(self) -> None:
        super().handle_accept()
        if len(self.channels) > self._most:
            self._make_room()

    def maintenance(self, now: float) -> None:
        """Once a second: let go of who takes too long."""
        super().maintenance(now)  # type: ignore[arg-type]  # the stubs say whole seconds
        for channel in self.channels.values():
            if channel.is_late and not channel.will_close:
                self.refusals.note(f"no whole request came within {READ_SECONDS} s")
                channel.will_close = True
        self.refusals.tell()

    def _make_room(self) -> None:
        """Close the connection that has not brought a whole request for the longest."""
        waiting = [one for one in self.channels.values() if not one.is_answered]
        self.refusals.note(f"one of more than {self._most} connections")
        min(waiting, key=lambda one: one.waits_since).handle_close()

    def _finish(self, until: float) -> None:
        self.stopping = True
        self._until = until
        dispatcher.close(self)  # the listening socket; what was accepted goes on

    def _is_over(self) -> bool:
        if not self.stopping:
            return False
        for channel in list(self.channels.values()):
            if not channel.is_busy:
                channel.handle_close()
        return not self.channels or time.monotonic() >= self._until

    def _in_its_thread(self, work: Callable[[], None]) -> None:
        """Sockets are closed in the thread that waits for them, or they would go away beneath
        it."""
        self._wake().pull_trigger(work)

    def _wake(self) -> Any:
        return self.trigger  # the stubs call it a number


def _open_files() -> int:
    """How many files, connections among them, the process may have open."""
    if sys.platform == "win32":
        return 512  # what select() takes there
    import resource

    allowed, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    return allowed if allowed != resource.RLIM_INFINITY else 2 * CONNECTIONS


class _Parser(HTTPRequestParser):
    def parse_header(self, header_plus: bytes) -> None:
        try:
            super().parse_header(header_plus)
        except ParsingError:
            raise
        except ValueError as error:
            # An address or a length that Python's own parsers choke on.
            raise ParsingError("This cannot be read.") from error


class _Task(WSGITask):
    def build_response_header(self) -> bytes:
        server: Any = self.channel.server
        if server.stopping:
            self.set_close_on_finish()
        return super().build_response_header()


class _TooManyError(Error):
    code = 503
    reason = "Service Unavailable"

    def to_response(self, *args: Any, **named: Any) -> Any:
        status, headers, body = super().to_response(*args, **named)
        return status, [*headers, ("Retry-After", str(AGAIN_AFTER))], body


class _Refusal(ErrorTask):
    """What never comes to the application: too long, not HTTP, or too many at once."""

    def execute(self) -> None:
        request: Any = self.request
        server: Any = self.channel.server
        server.refusals.note(f"{request.error.code} {request.error.reason}")
        super().execute()


class _Channel(HTTPChannel):
    """A connection."""

    task_class = _Task
    error_task_class = _Refusal
    parser_class = _Parser

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        now = time.monotonic()
        self.waits_since = now
        """When it was opened, or brought its last whole request."""
        self._reading: HTTPRequestParser | None = None
        self._reading_since: float | None = now
        """Since when its first request is awaited, or one comes in; None between two."""
        super().__init__(*args, **kwargs)

    def received(self, data: bytes) -> bool:
        received = super().received(data)
        now = time.monotonic()
        if self.requests:
            self.waits_since = now
        if self.request is None:
            self._reading_since = None
        elif self.request is not self._reading:
            self._reading_since = now
        self._reading = self.request
        return received

    @property
    def is_answered(self) -> bool:
        """Whether a request runs, or its answer is on its way."""
        return bool(self.requests or self.total_outbufs_len)

    @property
    def is_busy(self) -> bool:
        """Whether a request comes in, runs or is answered."""
        return self.is_answered or self.request is not None

    @property
    def is_late(self) -> bool:
        """Whether the client takes too long to say what it wants."""
        if self._reading_since is None or self.requests:
            return False
        return time.monotonic() - self._reading_since > READ_SECONDS

    def handle_error(self) -> None:
        """Whatever a client brought about: no traceback."""
        server: Any = self.server
        server.refusals.note("what cannot be read")
        self.handle_close()

    def handle_expt(self) -> None:
        """Urgent data, which is no part of HTTP, and would be told again until it is read."""
        self.handle_error()
