"""What a browser sends and finds, without a browser."""

import http.client
import json
from html.parser import HTMLParser

from slack_sandbox import Person
from slack_sandbox.page import Page

HOSTILE = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "</textarea><b>",
    '<http://x"onmouseover=alert(1)|y>',
    "<javascript:alert(1)|click>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
)
"""What must never become an element, an attribute or an address of its own."""


class Browser:
    """What a browser sends, without one."""

    def __init__(self, page: Page) -> None:
        self.host = page.address.removeprefix("http://").rstrip("/")

    def get(self, path: str, **headers: str) -> tuple[int, dict[str, str], str]:
        return self._send("GET", path, None, {"Host": self.host, **headers})

    def act(self, person: Person, name: str, given: object = None, **headers: str) -> int:
        """The status of an act; 204 when it was done."""
        return self.acts(person, name, given, **headers)[0]

    def acts(
        self, person: Person, name: str, given: object = None, **headers: str
    ) -> tuple[int, str]:
        sent = {
            "Host": self.host,
            "Origin": f"http://{self.host}",
            "Content-Type": "application/json",
            "X-Sent-By": "sandbox-page",
            **{key.replace("_", "-"): value for key, value in headers.items()},
        }
        body = json.dumps({} if given is None else given)
        status, _, text = self._send("POST", f"/as/{person.id}/do/{name}", body, sent)
        return status, text

    def sees(self, person: Person, place: str = "app/messages") -> str:
        status, _, text = self.get(f"/as/{person.id}/{place}")
        assert status == 200
        return text

    def _send(
        self, method: str, path: str, body: str | None, headers: dict[str, str]
    ) -> tuple[int, dict[str, str], str]:
        line = http.client.HTTPConnection(self.host, timeout=10)
        try:
            line.request(method, path, body, {key: each for key, each in headers.items() if each})
            answer = line.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read().decode()
        finally:
            line.close()


class Stream:
    """What an open page is told: the latest version of each part."""

    def __init__(self, page: Page, person: Person, place: str) -> None:
        host = page.address.removeprefix("http://").rstrip("/")
        self._line = http.client.HTTPConnection(host, timeout=10)
        self._line.request("GET", f"/as/{person.id}/live?at={place}")
        self._answer = self._line.getresponse()
        assert self._answer.headers["Content-Type"] == "text/event-stream"
        self.parts: dict[str, str] = {}
        self._next()

    def __enter__(self) -> "Stream":
        return self

    def __exit__(self, *exc: object) -> None:
        self._answer.close()
        self._line.close()

    def waits_for(self, part: str, words: str) -> None:
        while words not in self.parts[part]:
            self._next()

    def _next(self) -> None:
        while line := self._answer.readline().decode():
            if line.startswith("data: "):
                self.parts |= json.loads(line.removeprefix("data: "))
                return
        raise AssertionError("the stream has ended")


class Elements(HTMLParser):
    """The elements, attributes and addresses that a browser would find."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.attributes: set[str] = set()
        self.addresses: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        for name, value in attrs:
            self.attributes.add(name)
            if name in ("href", "src", "action", "formaction"):
                self.addresses.append(value or "")
