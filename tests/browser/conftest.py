"""The product as people meet it in a browser: the page of the sandbox in a real Chromium."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from playwright.sync_api import (
    Browser,
    BrowserContext,
    Locator,
    ViewportSize,
    expect,
    sync_playwright,
)
from playwright.sync_api import Page as Tab

from slack_sandbox import Person, Sandbox
from slack_sandbox.page import Page
from tests.places import MANIFEST
from tests.scenarios.conftest import MONDAY, World
from tests.scenarios.conftest import world as world

SCREENSHOTS = Path(__file__).parent / "screenshots"
PATIENCE = 10_000
"""Milliseconds for whatever the page shall show."""
ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
DESKTOP = ViewportSize(width=1280, height=800)
PHONE = ViewportSize(width=390, height=844)
"""The size of a common phone, in CSS pixels."""

MOVED_SIDEWAYS = """() => [...document.querySelectorAll("*")]
    .filter(one => one.clientWidth > 0 && one.scrollWidth > one.clientWidth + 1)
    .filter(one => ["auto", "scroll"].includes(getComputedStyle(one).overflowX))
    .map(one => one.outerHTML.slice(0, 200))"""
"""What is wider than its place, and is read only by moving it."""


def chromium() -> str | None:
    """The browser to use: CHROMIUM names it, or it is where Debian and others put it."""
    names = (os.environ.get("CHROMIUM"), "/usr/bin/chromium", "chromium", "chromium-browser")
    found = (shutil.which(name) for name in names if name)
    return next((path for path in found if path), None)


LET_GO = "net::ERR_ABORTED"


@dataclass
class Look:
    """One person's tab, and what went wrong in it."""

    tab: Tab
    person: Person
    root: str
    trouble: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.tab.on("console", lambda message: self._note(message.type, message.text))
        self.tab.on("pageerror", lambda error: self.trouble.append(str(error)))
        self.tab.on("requestfailed", lambda request: self._failed(request.url, request.failure))
        self.tab.on(
            "response",
            lambda answer: (
                self.trouble.append(f"{answer.status} {answer.url}")
                if answer.status >= 400
                else None
            ),
        )

    def goes_to(self, place: str) -> None:
        self.tab.goto(f"{self.root}as/{self.person.id}/{place}")

    @property
    def words(self) -> Locator:
        """Where one writes."""
        return self.tab.locator("#words")

    def writes(self, text: str) -> None:
        """Type a line and send it, once no form is in front of it any more."""
        expect(self.tab.locator("#modal[open]")).to_have_count(0)
        self.words.fill(text)
        self.words.press("Escape")
        self.words.press("Enter")

    def form(self, title: str) -> Locator:
        """The form in front, once it is the one with this title."""
        dialog = self.tab.get_by_role("dialog", name=re.compile(rf"^{title}( in front of .*)?$"))
        expect(dialog).to_be_visible()
        return dialog

    def presses(self, label: str) -> None:
        """Press the last button with exactly this label."""
        self.tab.get_by_role("button", name=label, exact=True).last.click()

    def chooses(self, label: str, *options: str) -> None:
        """Choose in a menu of the form in front."""
        field = self.tab.get_by_role("combobox", name=label)
        for option in options:
            field.click()
            field.press_sequentially(option)
            self.tab.get_by_role("option", name=option).first.click()

    def sees(self, text: str) -> Locator:
        found = self.tab.get_by_text(text).last
        expect(found).to_be_visible()
        return found

    def shoots(self, name: str) -> None:
        """Keep a picture for whoever wants to look, and made the folder for it; nothing is compared
        with it, but that on a phone nothing of it has to be moved sideways."""
        if self.tab.viewport_size == PHONE:
            assert self.tab.evaluate(MOVED_SIDEWAYS) == []
        if SCREENSHOTS.is_dir():
            self.tab.screenshot(path=SCREENSHOTS / f"{name}.png", animations="disabled")

    def _note(self, kind: str, text: str) -> None:
        if kind in ("error", "warning"):
            self.trouble.append(text)

    def _failed(self, url: str, why: str | None) -> None:
        # What the browser lets go of when it leaves the page: the event stream, and the answer to
        # what was done last, which is seen on the next page.
        if "/live?" not in url and not (why == LET_GO and "/do/" in url):
            self.trouble.append(f"{why} {url}")


Visit = Callable[..., Look]


@pytest.fixture
def backend() -> str:
    """One kind of database is enough here; the stories of tests/scenarios run on both."""
    return "sqlite"


# Not for the whole run: while Playwright is there, no other test can run an event loop.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    path = chromium()
    if path is None:
        why = "no Chromium here; CHROMIUM names one"
        if os.environ.get("WINDSHIELD_BROWSER") == "required":
            pytest.fail(why)
        pytest.skip(why)
    expect.set_options(timeout=PATIENCE)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=list(ARGUMENTS))
        yield launched
        launched.close()


@pytest.fixture
def site() -> Page:
    return Page()


@pytest.fixture
def slack(site: Page) -> Iterator[Sandbox]:
    with Sandbox(manifest=MANIFEST, now=MONDAY, page=site) as sandbox:
        yield sandbox


@pytest.fixture
def visit(browser: Browser, world: World, site: Page) -> Iterator[Visit]:  # noqa: ARG001
    """Opens tabs: `visit(person, place, phone=…, dark=…, beside=…)`; those beside another share
    its browser window. Trouble in any of them fails the test."""
    looks: list[Look] = []
    contexts: list[BrowserContext] = []

    def opened(
        person: Person,
        place: str = "app/messages",
        *,
        phone: bool = False,
        dark: bool = False,
        beside: Look | None = None,
    ) -> Look:
        if beside is not None:
            context = beside.tab.context
        else:
            context = browser.new_context(
                viewport=PHONE if phone else DESKTOP,
                is_mobile=phone,
                has_touch=phone,
                color_scheme="dark" if dark else "light",
                locale="en-GB",
                timezone_id="UTC",
            )
            context.set_default_timeout(PATIENCE)
            contexts.append(context)
        look = Look(context.new_page(), person, site.address)
        looks.append(look)
        look.goes_to(place)
        return look

    yield opened
    trouble = [each for look in looks for each in look.trouble]
    for context in contexts:
        context.close()
    assert trouble == []
