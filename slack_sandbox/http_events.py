"""Delivery by signed HTTP requests, for an app without Socket Mode.

Source: https://docs.slack.dev/authentication/verifying-requests-from-slack (signature) and
https://docs.slack.dev/apis/events-api/using-http-request-urls (handshake, retries' headers).
"""

import asyncio
import hashlib
import hmac
import json
import time
from urllib.parse import urlencode

from aiohttp import ClientError, ClientSession, ClientTimeout

from slack_sandbox.delivery import ACK_SECONDS, Ack, Kind, Outcome, Retry
from slack_sandbox.journal import Json

_FORM = "application/x-www-form-urlencoded"


def signature(secret: str, timestamp: str, body: bytes) -> str:
    """Slack's v0 signature of a request."""
    base = b":".join([b"v0", timestamp.encode(), body])
    return "v0=" + hmac.new(secret.encode(), base, hashlib.sha256).hexdigest()


class HttpEvents:
    """Posts to one address. Runs on the server's event loop."""

    def __init__(self, session: ClientSession, url: str, signing_secret: str) -> None:
        self._session = session
        self._url = url
        self._secret = signing_secret

    async def verify(self, challenge: str, token: str) -> None:
        """Slack's handshake; raises ValueError when the app does not answer the challenge."""
        request = {"token": token, "challenge": challenge, "type": "url_verification"}
        ack = await self._post(json.dumps(request).encode(), "application/json", {})
        answer = ack.body
        if isinstance(answer, dict):
            answer = answer.get("challenge", answer.get("text"))
        if ack.outcome is not Outcome.ACKED or answer != challenge:
            raise ValueError(f"{self._url} did not answer Slack's challenge")

    async def send(self, kind: Kind, payload: Json, retry: Retry | None) -> asyncio.Future[Ack]:
        headers: dict[str, str] = {}
        if retry is not None:
            headers["x-slack-retry-num"] = str(retry.attempt)
            reason = "http_timeout" if retry.reason == "timeout" else retry.reason
            headers["x-slack-retry-reason"] = reason
        match kind:
            case Kind.EVENT:
                body, content_type = json.dumps(payload), "application/json"
            case Kind.SLASH:
                body, content_type = urlencode(payload), _FORM
            case Kind.INTERACTIVE:
                body, content_type = urlencode({"payload": json.dumps(payload)}), _FORM
        return asyncio.ensure_future(self._post(body.encode(), content_type, headers))

    async def _post(self, body: bytes, content_type: str, headers: dict[str, str]) -> Ack:
        # Apps compare the timestamp with their own clock, so it is the machine's.
        timestamp = str(int(time.time()))
        signed = headers | {
            "Content-Type": content_type,
            "User-Agent": "Slackbot 1.0 (+https://api.slack.com/robots)",
            "X-Slack-Request-Timestamp": timestamp,
            "X-Slack-Signature": signature(self._secret, timestamp, body),
        }
        timeout = ClientTimeout(total=ACK_SECONDS)
        try:
            async with self._session.post(
                self._url, data=body, headers=signed, timeout=timeout
            ) as answer:
                text = await answer.text()
                if answer.status >= 300:
                    no_retry = answer.headers.get("x-slack-no-retry") == "1"
                    return Ack(Outcome.REFUSED, text, no_retry)
                return Ack(Outcome.ACKED, _body(text, answer.content_type))
        except TimeoutError:
            return Ack(Outcome.TIMED_OUT)
        except (ClientError, OSError):
            return Ack(Outcome.UNREACHABLE)


def _body(text: str, content_type: str) -> object:
    if not text.strip():
        return None
    return json.loads(text) if content_type == "application/json" else {"text": text}
