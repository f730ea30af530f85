"""Messages and Homes as a person has them before their eyes."""

from dataclasses import dataclass

from slack_sandbox.client import Client
from slack_sandbox.journal import Json
from slack_sandbox.mrkdwn import Reader
from slack_sandbox.payloads import message_object, view_object
from slack_sandbox.pressing import Surface
from slack_sandbox.rendering import post_text, view_text
from slack_sandbox.workspace import Member, Post, View


@dataclass(frozen=True)
class Message:
    """A message, live: what it says follows the app's changes. Two of the same message are equal.

    `clicks` and `picks` raise AssertionError when the message does not show what is asked for.
    """

    client: Client
    member: Member
    post: Post

    @property
    def ts(self) -> str:
        return self.post.ts

    @property
    def channel(self) -> str:
        return self.post.channel

    @property
    def ephemeral(self) -> bool:
        return self.post.ephemeral_to is not None

    @property
    def edited(self) -> bool:
        """Whether what the message shows was changed since it was posted, in whichever way."""
        return self.post.changed

    @property
    def text(self) -> str:
        """What the person reads: the blocks, or the text when there are none."""
        with self.client.workspace.lock:
            return post_text(Reader(self.client.workspace, self.member), self.post)

    @property
    def files(self) -> dict[str, str]:
        """What stands in the files of the message, by name."""
        with self.client.workspace.lock:
            return {one.name: one.text for one in self.post.files}

    @property
    def raw(self) -> Json:
        """The message as Slack's API shows it."""
        with self.client.workspace.lock:
            return message_object(self.client.workspace, self.post, metadata=True)

    def clicks(self, label: str, beside: str | None = None) -> None:
        """Press the first button with exactly this label."""
        self._check_there()
        assert self.press(label, beside), _missing(label, beside, self.text)

    def press(self, label: str, beside: str | None = None) -> bool:
        """Like `clicks`, but False when there is no such button."""
        return self.surface.press(label, beside)

    def picks(self, option: object, menu: str | None = None, beside: str | None = None) -> None:
        """Choose in an overflow or select menu."""
        self._check_there()
        assert self.surface.pick(option, menu, beside), _missing(option, beside, self.text)

    @property
    def surface(self) -> Surface:
        return Surface(self.client, self.member, self.post)

    def _check_there(self) -> None:
        with self.client.workspace.lock:
            mine = self.client.workspace.ephemerals.get(self.member.id, [])
            gone = self.post.deleted or (self.ephemeral and self.post not in mine)
        assert not gone, f"this message is gone:\n{self.text}"


@dataclass(frozen=True)
class Home:
    """A person's App Home, live."""

    client: Client
    member: Member
    view: View

    @property
    def text(self) -> str:
        with self.client.workspace.lock:
            return view_text(Reader(self.client.workspace, self.member), self.view)

    @property
    def raw(self) -> Json:
        with self.client.workspace.lock:
            return view_object(self.client.workspace, self.view)

    def clicks(self, label: str, beside: str | None = None) -> None:
        """Press the first button with exactly this label; AssertionError when there is none."""
        assert self.press(label, beside), _missing(label, beside, self.text)

    def press(self, label: str, beside: str | None = None) -> bool:
        """Like `clicks`, but False when there is no such button."""
        return self.surface.press(label, beside)

    def picks(self, option: object, menu: str | None = None, beside: str | None = None) -> None:
        """Choose in an overflow or select menu; AssertionError when none offers it."""
        assert self.surface.pick(option, menu, beside), _missing(option, beside, self.text)

    @property
    def surface(self) -> Surface:
        return Surface(self.client, self.member, self.view)


def _missing(what: object, beside: str | None, seen: str) -> str:
    place = f" beside {beside!r}" if beside else ""
    return f"there is no {what!r}{place} on:\n{seen}"
