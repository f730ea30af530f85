"""Who may use the page: a browser on this machine, through the page itself.

The page shows what an app and people sent; a website in the same browser must neither read it
(by a name of its own that leads to loopback) nor act in it.
"""

import json
from typing import Any
from urllib.parse import urlsplit

from aiohttp import web

HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' https: data:; "
        "connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cache-Control": "no-store",
}
SENT_BY = "X-Sent-By"
"""A header that only a script of the page's own origin can set, without asking."""
PAGE = "sandbox-page"
_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})


def check_host(request: web.Request) -> None:
    """Raise 403 unless the page was asked for by a loopback name."""
    if urlsplit(f"//{request.headers.get('Host', '')}").hostname not in _LOOPBACK:
        raise web.HTTPForbidden(text="The sandbox is for this machine only.")


async def read_act(request: web.Request) -> dict[str, Any]:
    """The JSON object of an act; raises 403 for one from elsewhere, 415 and 400 for no object."""
    origin = request.headers.get("Origin")
    if origin is not None and origin != f"http://{request.headers['Host']}":
        raise web.HTTPForbidden(text="This did not come from the page.")
    if request.headers.get(SENT_BY) != PAGE:
        raise web.HTTPForbidden(text="This did not come from the page.")
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="JSON, please.")
    try:
        given = json.loads(await request.text())
    except ValueError:
        raise web.HTTPBadRequest(text="This is no JSON.") from None
    if not isinstance(given, dict):
        raise web.HTTPBadRequest(text="This is no JSON object.")
    return given
