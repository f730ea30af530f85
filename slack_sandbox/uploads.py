"""Where the bytes of a file go: the address that files.getUploadURLExternal gave, once.

Source: https://docs.slack.dev/messaging/working-with-files: the bytes as they are, without a token.
"""

from aiohttp import web

from slack_sandbox.faults import FaultKind, Faults
from slack_sandbox.journal import Journal
from slack_sandbox.raw_http import abort_connection, send_raw
from slack_sandbox.workspace import Workspace

UPLOAD = "upload"
"""The name by which `faults` knows the sending of the bytes."""


class Uploads:
    """Runs on the server's event loop."""

    def __init__(self, workspace: Workspace, faults: Faults, journal: Journal) -> None:
        self._workspace = workspace
        self._faults = faults
        self._journal = journal

    async def serve(self, request: web.Request) -> web.Response:
        ticket, content = request.match_info["rest"], await _bytes_of(request)
        fault = self._faults.take(UPLOAD)
        if fault is not None and fault.kind is FaultKind.ANSWER:
            return send_raw(request, fault.answer)
        if fault is not None and not fault.takes_effect:
            return abort_connection(request)
        if request.method != "POST":
            return web.Response(status=405)
        if "Authorization" in request.headers:
            self._journal.violated("file.token", "The address of an upload takes no token.")
        with self._workspace.changing():
            files = self._workspace.files.values()
            file = next((one for one in files if one.ticket == ticket), None)
            if file is None or file.content is not None:
                return web.Response(status=404, text="not_found")
            if len(content) != file.length:
                self._journal.violated("file.length", f"{file.name} is not as long as was said.")
                return web.Response(status=400, text="bad_length")
            file.content = content
        if fault is not None:
            return abort_connection(request)
        return web.Response(text=f"OK - {len(content)}")


async def _bytes_of(request: web.Request) -> bytes:
    """All that is sent: a file may be larger than any other request."""
    return b"".join([part async for part in request.content.iter_any()])
