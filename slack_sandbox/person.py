"""Someone who uses the app through Slack: what they do and what they see."""

import mimetypes
import time
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo

from slack_sandbox.client import Client
from slack_sandbox.modal import Modal
from slack_sandbox.rendering import LINE
from slack_sandbox.screens import Home, Message
from slack_sandbox.workspace import Channel, File, Member, Post

Screen = Modal | Message | Home
"""Any visible thing: all have `text`, `clicks` and `picks`."""


class Person:
    """A person in the workspace.

    Whatever a person cannot do in Slack (press what is not there, write where they may not) raises
    AssertionError. Actions return when the app's ack was shown; `sees` waits for what comes later.
    """

    def __init__(self, client: Client, member: Member) -> None:
        self._client = client
        self._member = member
        self._looks_at_home = False
        self._channel: str | None = None

    def __repr__(self) -> str:
        return f"<Person {self.name} {self.id}>"

    @property
    def id(self) -> str:
        return self._member.id

    @property
    def name(self) -> str:
        return self._member.name

    @property
    def handle(self) -> str:
        return self._member.handle

    @property
    def taps(self) -> int:
        """How often their finger came down so far, as `slack_sandbox.taps` counts."""
        return self._member.taps

    def slash(self, line: str, channel: str | None = None) -> None:
        """Type a command in a channel, by its id; in the DM with the bot when None."""
        self._client.slash(self._member, line, self._goes_to(channel))

    def shortcut(self, name: str) -> None:
        """Use a global shortcut by its name."""
        self._client.shortcut(self._member, name, None)

    def message_shortcut(self, name: str, message: Message) -> None:
        """Use a message shortcut by its name."""
        self._client.shortcut(self._member, name, message.post)

    def says(
        self,
        text: str,
        channel: str | None = None,
        event_id: str | None = None,
        under: Message | None = None,
    ) -> Message:
        """Write a message; in the DM with the bot when `channel` is None, in the thread of the
        message `under` where one is named.

        `event_id` is the id of the event that tells the app of it, to repeat one on purpose.
        """
        thread = under.ts if under else None
        post = self._client.says(self._member, text, self._goes_to(channel), event_id, thread)
        return self._message(post)

    def sends(
        self,
        name: str,
        text: str = "",
        *,
        clip: str | None = None,
        heard: str | None = None,
        from_elsewhere: bool = False,
    ) -> Message:
        """Send the app a file of that name, with words or without. `clip` is "audio" or "video" for
        one that is recorded in Slack, `heard` what Slack hears in it; `from_elsewhere`: the file is
        of another company."""
        channel = self._goes_to(None)
        workspace = self._client.workspace
        with workspace.changing():
            file = File(
                workspace.new_id("F"),
                name,
                length=1,
                ticket="",
                content=b" ",
                title=name,
                mimetype=mimetypes.guess_type(name)[0] or "text/plain",
                is_shared=True,
                subtype=f"slack_{clip}" if clip else None,
                transcript=heard,
                from_elsewhere=from_elsewhere,
            )
            workspace.files[file.id] = file
        post = self._client.says(self._member, text, channel, None, files=[file])
        return self._message(post)

    def forwards(self, message: Message, text: str = "") -> Message:
        """Forward a message to the app, with words of one's own or without."""
        channel = self._goes_to(None)
        post = self._client.says(self._member, text, channel, None, forwarded=message.post)
        return self._message(post)

    def edits(self, message: Message, text: str) -> None:
        """Edit a message of one's own."""
        self._client.edits(self._member, message.post, text)

    def deletes(self, message: Message) -> None:
        """Delete a message of one's own."""
        self._client.deletes(self._member, message.post)

    def sees_unfold(self, message: Message, title: str) -> None:
        """Wait until Slack unfolds a link in a message, to a page of that title."""
        self._client.unfolds(message.post, title)

    def opens_home(self) -> None:
        self._looks_at_home = True
        self._client.opens_app(self._member, "home")

    def opens_messages(self) -> None:
        """Look at the app's Messages tab."""
        self._goes_to(None)
        self._client.opens_app(self._member, "messages")

    def clicks(self, label: str, beside: str | None = None) -> None:
        """Press the button with exactly this label on the newest visible thing that has it.

        The open modal comes first, then messages, the newest first, then Home. `beside` picks the
        button whose own block, or the text that leads to it, holds that text. Of several that fit
        on the same thing, the uppermost.
        """
        for screen in self._visible():
            if screen.press(label, beside):
                return
        raise AssertionError(self._nowhere(label, beside))

    def picks(self, option: object, menu: str | None = None, beside: str | None = None) -> None:
        """Choose in an overflow or select menu of the newest visible thing that offers `option`.

        `option` is an option's text, a Person, a date or a channel's id; `menu` a menu's
        placeholder, or the text of its block.
        """
        for screen in self._visible():
            if screen.surface.pick(option, menu, beside):
                return
        raise AssertionError(self._nowhere(option, beside))

    def reloads(self) -> None:
        """Reload Slack: what only this person saw is gone."""
        with self._client.workspace.changing():
            self._client.workspace.ephemerals[self.id] = []

    def changes(self, name: str | None = None, tz: str | None = None) -> None:
        """Change the profile; what is None stays."""
        self._client.changes(self._member, name, tz)

    def is_deactivated(self) -> None:
        """Leave: what is posted from now on does not reach this person."""
        self._client.changes(self._member, None, None, deleted=True)

    def is_reactivated(self) -> None:
        """Come back after having left."""
        self._client.changes(self._member, None, None, deleted=False)

    @property
    def home(self) -> Home | None:
        view = self._member.home
        return Home(self._client, self._member, view) if view else None

    @property
    def modal(self) -> Modal | None:
        """The modal on top."""
        with self._client.workspace.lock:
            stack = self._member.stack
            return Modal(self._client, self._member, stack[-1]) if stack else None

    @property
    def dm(self) -> list[Message]:
        """The messages between this person and the bot, ephemeral ones left out."""
        with self._client.workspace.lock:
            channel = self._client.workspace.channels.get(self._member.dm or "")
            return [self._message(post) for post in self._reached(channel.posts if channel else [])]

    def channel_messages(self, channel: str) -> list[Message]:
        """The messages of a channel in which this person is."""
        with self._client.workspace.lock:
            found = self._client.workspace.channels[channel]
            assert self.id in found.members, f"{self.name} is not in #{found.name}"
            return [self._message(post) for post in self._reached(found.posts)]

    @property
    def ephemerals(self) -> list[Message]:
        """What only this person sees, in every channel; the newest last."""
        with self._client.workspace.lock:
            posts = self._client.workspace.ephemerals.get(self.id, [])
            return [self._message(post) for post in posts]

    def screen(self) -> str:
        """All that the person sees now: the open modal, else Home or the conversation, whichever
        they went to last."""
        with self._client.workspace.lock:
            modal, home = self.modal, self.home
            if modal is not None:
                return modal.text
            if self._looks_at_home:
                return home.text if home else "(This Home is still empty.)"
            return self._conversation()

    def sees(self, text: str, timeout: float = 5.0) -> Screen:
        """Wait, at most `timeout` seconds, until something visible contains `text`; returns it.

        Looked through are the open modal, then all messages, the newest first, then Home.
        AssertionError with the whole screen when it does not come.
        """
        deadline = time.monotonic() + timeout
        changed = self._client.workspace.changed
        with changed:
            while True:
                for screen in self._visible():
                    if text in screen.text:
                        return screen
                left = deadline - time.monotonic()
                if left <= 0 or not changed.wait(left):
                    break
            raise AssertionError(f"{self.name} does not see {text!r} on:\n{self.screen()}")

    def sees_not(self, text: str) -> None:
        """AssertionError when something visible contains `text`, once the app is settled."""
        if self._client.settle is not None:
            self._client.settle()
        with self._client.workspace.lock:
            for screen in self._visible():
                assert text not in screen.text, f"{self.name} sees {text!r} on:\n{screen.text}"

    def _visible(self) -> list[Screen]:
        with self._client.workspace.lock:
            modal, home, workspace = self.modal, self.home, self._client.workspace
            channels = [found for found in workspace.channels.values() if self.id in found.members]
            posts = [post for channel in channels for post in channel.posts]
            posts += workspace.ephemerals.get(self.id, [])
            posts = self._reached(posts)
            posts.sort(key=lambda post: float(post.ts), reverse=True)
            screens: list[Screen] = [modal] if modal else []
            screens += [self._message(post) for post in posts]
            return [*screens, home] if home else screens

    def _reached(self, posts: Iterable[Post]) -> list[Post]:
        """Those that the person may have read: whoever was deactivated reads nothing later."""
        gone = self._member.gone_since
        return [post for post in posts if gone is None or float(post.ts) < float(gone)]

    def _goes_to(self, channel: str | None) -> Channel:
        workspace = self._client.workspace
        with workspace.lock:
            found = workspace.dm(self._member) if channel is None else workspace.channels[channel]
        self._looks_at_home = False
        self._channel = found.id
        return found

    def _message(self, post: Post) -> Message:
        return Message(self._client, self._member, post)

    def _nowhere(self, what: object, beside: str | None) -> str:
        place = f" beside {beside!r}" if beside else ""
        return f"{self.name} sees no {what!r}{place} on:\n{self.screen()}"

    def _conversation(self) -> str:
        workspace = self._client.workspace
        channel = workspace.channels.get(self._channel or self._member.dm or "")
        if channel is None:
            return "(No messages yet.)"
        posts = [
            *channel.posts,
            *(post for post in workspace.ephemerals.get(self.id, []) if post.channel == channel.id),
        ]
        posts = sorted(self._reached(posts), key=lambda post: float(post.ts))
        name = workspace.manifest.name if channel.kind == "im" else f"#{channel.name}"
        return "\n".join([name, LINE, *(self._entry(post) for post in posts)])

    def _entry(self, post: Post) -> str:
        workspace = self._client.workspace
        author = workspace.members.get(post.author)
        zone = ZoneInfo(self._member.tz or "UTC")
        at = datetime.fromtimestamp(float(post.ts), zone)
        private = " · only you can see this" if post.ephemeral_to else ""
        edited = " (edited)" if post.edited_ts else ""
        head = f"{author.name if author else 'Slackbot'}  {at:%H:%M}{private}"
        return f"{head}\n{self._message(post).text}{edited}"
