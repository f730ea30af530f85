"""What a person does in the page: each act of the browser is one act of Slack's client."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from slack_sandbox.client import Client
from slack_sandbox.inputs import CHARACTER, ENTER, TEXT_INPUTS, told_of
from slack_sandbox.page.surfaces import MemberSurfaces, StaleElementError
from slack_sandbox.workspace import Channel, Member, Post, View

MORNING = time(8)
MOVED_ON = "That is not there any more. Look again: it changed meanwhile."
ONLY_FORWARD = "The clock only goes forward here."

Given = Mapping[str, Any]


class RefusedError(Exception):
    """The sentence says why an act cannot be done."""


@dataclass(frozen=True)
class HostHooks:
    """What the program around the sandbox can tell and do about time."""

    next_event: Callable[[], datetime | None]
    moved: Callable[[], None]


@dataclass(frozen=True)
class PageActions:
    """The acts of one person. All of them block until the app has answered."""

    client: Client
    member: Member
    host: HostHooks

    def perform(self, name: str, given: Given) -> None:
        """Do the act `name`; raises RefusedError with the sentence to show."""
        acts: dict[str, Callable[[Given], None]] = {
            "send": self._send,
            "shortcut": self._shortcut,
            "press": self._press,
            "choose": self._choose,
            "hold": self._hold,
            "submit": self._submit,
            "close": self._close,
            "home": self._home,
            "clock": self._clock,
            "reload": self._reload,
        }
        if name not in acts:
            raise RefusedError(f"There is no act {name!r}.")
        try:
            acts[name](given)
        except StaleElementError:
            raise RefusedError(MOVED_ON) from None
        except AssertionError as refused:
            # How the client says what a person cannot do in Slack.
            raise RefusedError(str(refused)) from None

    @property
    def _surfaces(self) -> MemberSurfaces:
        return MemberSurfaces(self.client.workspace, self.member)

    def _send(self, given: Given) -> None:
        text = str(given.get("text", "")).strip()
        if not text:
            return
        channel = self._channel(given)
        if text.startswith("/") and not text.startswith("//"):
            self.client.slash(self.member, text, channel)
        else:
            self.client.says(self.member, text, channel, None)

    def _shortcut(self, given: Given) -> None:
        post: Post | None = None
        if given.get("surface"):
            with self.client.workspace.lock:
                found = self._surfaces.surface(given["surface"])
            if not isinstance(found, Post):
                raise StaleElementError
            post = found
        self.client.shortcut(self.member, str(given.get("name", "")), post)

    def _press(self, given: Given) -> None:
        """A button, or one entry of an overflow menu."""
        with self.client.workspace.changing():
            surface = self._held_surface(given)
            block, element = self._surfaces.control(surface, given)
            entry = None
            if element["type"] == "overflow":
                entry = self._surfaces.entry(element, given.get("value"))
        self.client.press(self.member, surface, block, element, entry)

    def _choose(self, given: Given) -> None:
        """A field got another value; the app is told where it wants to be."""
        with self.client.workspace.changing():
            surface = self._held_surface(given)
            block, element = self._surfaces.control(surface, given)
            entry = self._surfaces.entry(element, given.get("value"))
            self._surfaces.set_entry(surface, block, element, entry)
        is_text = element["type"] in TEXT_INPUTS
        if is_text and told_of(block, element, ENTER) and not told_of(block, element, CHARACTER):
            # The page tells of such a field when Enter is pressed in it.
            self.client.press(self.member, surface, block, element, entry, counted=False)
        else:
            self.client.choose(self.member, surface, block, element, entry)

    def _hold(self, given: Given) -> None:
        """What was typed so far stays, even if the browser goes; in a form that is closed already
        there is nothing to keep."""
        with self.client.workspace.changing(), suppress(StaleElementError):
            self._held_surface(given)

    def _submit(self, given: Given) -> None:
        with self.client.workspace.changing():
            view = self._top(given)
        self.client.submit(self.member, view)

    def _close(self, given: Given) -> None:
        try:
            with self.client.workspace.changing():
                view = self._top(given)
        except StaleElementError:
            # Closed already, as was wanted.
            return
        self.client.close(self.member, view, everything=bool(given.get("everything")))

    def _home(self, _given: Given) -> None:
        self.client.opens_app(self.member, "home")

    def _reload(self, _given: Given) -> None:
        """Slack forgets what only one person saw."""
        with self.client.workspace.changing():
            self.client.workspace.ephemerals[self.member.id] = []

    def _clock(self, given: Given) -> None:
        clock = self.client.workspace.clock
        to = self._when(given)
        now = clock.now()
        if to > now:
            clock.move_to(to)
        elif given.get("move") != "next":
            raise RefusedError(ONLY_FORWARD)
        self.host.moved()

    def _when(self, given: Given) -> datetime:
        now = self.client.workspace.clock.now()
        zone = self._surfaces.zone
        match given.get("move"):
            case "hour":
                return now + timedelta(hours=1)
            case "morning":
                here = now.astimezone(zone)
                day = here.date() if here.time() < MORNING else here.date() + timedelta(days=1)
                return datetime.combine(day, MORNING, zone)
            case "next":
                at = self.host.next_event()
                if at is None:
                    raise RefusedError("Nothing is planned.")
                return at
            case "to":
                try:
                    return datetime.fromisoformat(str(given.get("to"))).replace(tzinfo=zone)
                except ValueError:
                    raise RefusedError("That is no date and time.") from None
        raise RefusedError("The clock does not know where to go.")

    def _channel(self, given: Given) -> Channel:
        workspace = self.client.workspace
        with workspace.lock:
            channel = workspace.channels.get(str(given.get("channel", "")))
            if channel is None or self.member.id not in channel.members:
                raise StaleElementError
            if channel.archived:
                raise RefusedError("This channel is archived.")
            return channel

    def _held_surface(self, given: Given) -> Post | View:
        """Where the person acts, with everything that stands in its fields."""
        surface = self._surfaces.surface(given.get("surface"))
        self._surfaces.set_values(surface, given.get("fields"))
        return surface

    def _top(self, given: Given) -> View:
        """The modal in front, if that is the one the person acts in."""
        view = self._held_surface(given)
        if not self.member.stack or view is not self.member.stack[-1]:
            raise StaleElementError
        assert isinstance(view, View)
        return view
