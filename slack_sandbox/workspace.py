"""The state of the pretend workspace: people, channels, messages, views.

One re-entrant lock guards all of it; `changed` is notified after every change, so that a test or a
page can wait for what it expects. The lock is never held while something is delivered to the app.
"""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from slack_sandbox.clock import Moment, SandboxClock
from slack_sandbox.inputs import VALUE_KEYS, State, initial_state
from slack_sandbox.journal import Journal, Json
from slack_sandbox.manifest import Manifest

SLACKBOT = "USLACKBOT"
TEAM_DOMAIN = "sandbox"
HISTORY_MOST = 999
"""Messages in a page of conversations.history; RESTRICTED_HISTORY for an app that is distributed
commercially outside the Marketplace
(https://docs.slack.dev/reference/methods/conversations.history)."""
RESTRICTED_HISTORY = 15


@dataclass(frozen=True)
class Enterprise:
    """The Enterprise Grid organisation of the workspace; `org_wide` is whether the app was
    installed for all of it."""

    id: str
    name: str
    org_wide: bool


@dataclass
class Member:
    """Someone in the directory. `tz` is None for a profile without a zone."""

    id: str
    name: str
    handle: str
    tz: str | None
    email: str | None = None
    bot: bool = False
    deleted: bool = False
    title: str = ""
    """What they do, as their profile says."""
    home_team: str | None = None
    """The workspace of someone who is here from another one, through a shared channel."""
    gone_since: str | None = None
    """The ts at which they were deactivated; whoever is sees nothing that was posted later."""
    dm: str | None = None
    home: "View | None" = None
    stack: list["View"] = field(default_factory=list)
    """Open modals, the one on top last."""
    taps: int = 0


@dataclass
class File:
    """A file on its way into a conversation; `ticket` is the end of the address that takes its
    `content`, `length` what the app said of it, in bytes."""

    id: str
    name: str
    length: int
    ticket: str
    content: bytes | None = None
    title: str = ""
    mimetype: str = ""
    is_shared: bool = False
    subtype: str | None = None
    """`slack_audio` or `slack_video` of a clip that was recorded in Slack."""
    transcript: str | None = None
    """What Slack heard in a clip."""
    from_elsewhere: bool = False
    """Whether it is of another company, so that apps are told no more than its id."""

    @property
    def text(self) -> str:
        """What somebody reads who opens it."""
        return (self.content or b"").decode(errors="replace")


@dataclass
class Post:
    """A message as Slack keeps it. `ephemeral_to` is the one person who sees it, if only one does;
    `born` and `replacements` are those of the whole chain of an ephemeral message's redrawings."""

    ts: str
    channel: str
    author: str
    text: str
    born: Moment
    blocks: list[Json] = field(default_factory=list)
    metadata: Json | None = None
    thread_ts: str | None = None
    ephemeral_to: str | None = None
    changed: bool = False
    edited_ts: str | None = None
    deleted: bool = False
    replacements: int = 0
    state: State = field(default_factory=dict)
    client_msg_id: str | None = None
    files: list[File] = field(default_factory=list)
    attachments: list[Json] = field(default_factory=list)
    """What Slack itself put beneath it: a message that it forwards, a link that it unfolded."""


@dataclass
class Channel:
    """A conversation; `kind` is "public", "private" or "im", `person` the human side of an im."""

    id: str
    name: str
    kind: str
    members: set[str]
    bot_is_member: bool
    person: str | None = None
    archived: bool = False
    posts: list[Post] = field(default_factory=list)


@dataclass
class View:
    """An open modal or a published Home. `definition` is what the app gave, completed with ids."""

    id: str
    owner: str
    definition: Json
    hash: str
    root_id: str
    previous_id: str | None = None
    state: State = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)
    """By block_id: what is shown in red under an input."""
    trouble: str | None = None
    """Slack's own words when the app did not answer."""

    @property
    def blocks(self) -> list[Json]:
        blocks: list[Json] = self.definition["blocks"]
        return blocks


class Workspace:
    """All state; hold `lock` while reading several things that must agree."""

    def __init__(self, manifest: Manifest, clock: SandboxClock, journal: Journal) -> None:
        self.manifest = manifest
        self.clock = clock
        self.journal = journal
        self.lock = threading.RLock()
        self.changed = threading.Condition(self.lock)
        self.watchers: list[Callable[[], None]] = []
        """Called after every change while the lock is held: they must not wait for anything."""
        self.members: dict[str, Member] = {}
        self.channels: dict[str, Channel] = {}
        self.ephemerals: dict[str, list[Post]] = {}
        self.views: dict[str, View] = {}
        """Open modals and published Homes: what views.update can reach."""
        self.files: dict[str, File] = {}
        self.file_uploads = True
        """Whether the workspace's owners let files be uploaded."""
        self.has_app = True
        """Whether the app is installed: where it is not, its bot token is none."""
        self.enterprise: Enterprise | None = None
        self.history_page = HISTORY_MOST
        self.charts = True
        """Whether the workspace has been given charts; Slack gives new blocks to one after another,
        and refuses them (`invalid_blocks`) where it has not yet."""
        self._counts: dict[str, int] = {}
        self._last_micros = 0
        self.team_id = self.new_id("T")
        self.app_id = self.new_id("A")
        self.bot_id = self.new_id("B")
        bot = self.add_member(manifest.name, manifest.name.lower().replace(" ", ""), bot=True)
        self.bot_user_id = bot.id

    @contextmanager
    def changing(self) -> Iterator[None]:
        """Hold the lock, and wake whoever waits for a change afterwards."""
        with self.lock:
            try:
                yield
            finally:
                self.changed.notify_all()
                for watcher in self.watchers:
                    watcher()

    def new_id(self, prefix: str) -> str:
        """A new id of Slack's form; the same sequence in every run."""
        with self.lock:
            self._counts[prefix] = self._counts.get(prefix, 0) + 1
            return f"{prefix}0{self._counts[prefix]:09X}"

    def new_ts(self) -> str:
        """A message timestamp from the clock; unique and rising even while the clock stands."""
        with self.lock:
            micros = round(self.clock.now().timestamp() * 1_000_000)
            self._last_micros = max(micros, self._last_micros + 1)
            return f"{self._last_micros // 1_000_000}.{self._last_micros % 1_000_000:06d}"

    def new_hash(self) -> str:
        return f"{int(self.clock.now().timestamp())}.{self.new_id('h')[1:]}"

    def add_member(
        self,
        name: str,
        handle: str,
        *,
        tz: str | None = None,
        email: str | None = None,
        bot: bool = False,
        deleted: bool = False,
        title: str = "",
        home_team: str | None = None,
    ) -> Member:
        with self.changing():
            gone_since = self.new_ts() if deleted else None
            user_id = self.new_id("U")
            member = Member(user_id, name, handle, tz, email, bot, deleted, title)
            member.home_team, member.gone_since = home_team, gone_since
            self.members[member.id] = member
            return member

    def team_of(self, user_id: str) -> str:
        """The id of the workspace that someone belongs to: this one, unless they came from
        another."""
        member = self.members.get(user_id)
        return (member.home_team if member else None) or self.team_id

    def add_channel(
        self, name: str, members: set[str], *, private: bool, bot_is_member: bool
    ) -> Channel:
        with self.changing():
            kind = "private" if private else "public"
            channel = Channel(self.new_id("C"), name, kind, members, bot_is_member)
            self.channels[channel.id] = channel
            return channel

    def dm(self, member: Member) -> Channel:
        """The conversation between a person and the app's bot, opened when it is not yet."""
        with self.changing():
            if member.dm is None:
                members = {member.id, self.bot_user_id}
                channel = Channel(self.new_id("D"), "directmessage", "im", members, True, member.id)
                self.channels[channel.id] = channel
                member.dm = channel.id
            return self.channels[member.dm]

    def post(
        self,
        channel: Channel,
        author: str,
        content: Json,
        *,
        ephemeral_to: str | None = None,
        client_msg_id: str | None = None,
    ) -> Post:
        """Show a message. `content` holds text, blocks, metadata, thread_ts, attachments and ids of
        files, each if given."""
        with self.changing():
            post = Post(
                ts=self.new_ts(),
                channel=channel.id,
                author=author,
                text=content.get("text") or "",
                born=self.clock.moment(),
                blocks=self.complete(content.get("blocks") or []),
                metadata=content.get("metadata"),
                thread_ts=content.get("thread_ts"),
                ephemeral_to=ephemeral_to,
                client_msg_id=client_msg_id,
                files=[self.files[one] for one in content.get("files") or []],
                attachments=list(content.get("attachments") or []),
            )
            post.state = initial_state(post.blocks)
            if ephemeral_to is None:
                channel.posts.append(post)
            else:
                self.ephemerals.setdefault(ephemeral_to, []).append(post)
            return post

    def rewrite(self, post: Post, content: Json) -> None:
        """Replace what a message shows by `content`'s text and blocks."""
        with self.changing():
            post.text = content.get("text") or ""
            post.blocks = self.complete(content.get("blocks") or [])
            post.state = initial_state(post.blocks, post.state)
            post.changed = True

    def edit(self, post: Post, text: str) -> None:
        """Let a person's message say something else. Slack dates an edit to the second."""
        with self.changing():
            post.text = text
            post.changed = True
            post.edited_ts = f"{self.new_ts().partition('.')[0]}.000000"

    def erase(self, post: Post) -> None:
        with self.changing():
            post.deleted = True
            if post.ephemeral_to is None:
                self.channels[post.channel].posts.remove(post)
            else:
                self.ephemerals[post.ephemeral_to].remove(post)

    def new_view(self, owner: str, definition: Json, previous: View | None = None) -> View:
        """A view that is not yet shown; the caller puts it on a stack or on a Home."""
        with self.lock:
            view_id = self.new_id("V")
            completed = {**definition, "blocks": self.complete(definition["blocks"])}
            return View(
                id=view_id,
                owner=owner,
                definition=completed,
                hash=self.new_hash(),
                root_id=previous.root_id if previous else view_id,
                previous_id=previous.id if previous else None,
                state=initial_state(completed["blocks"]),
            )

    def redraw_view(self, view: View, definition: Json) -> None:
        """Show `definition` in an open view; what was typed stays where the ids stay."""
        with self.changing():
            completed = {**definition, "blocks": self.complete(definition["blocks"])}
            view.definition = completed
            view.hash = self.new_hash()
            view.state = initial_state(completed["blocks"], view.state)
            view.errors = {}
            view.trouble = None

    def open_modal(self, member: Member, view: View) -> None:
        """Put a view on top of a person's stack."""
        with self.changing():
            member.stack.append(view)
            self.views[view.id] = view

    def close_modals(self, member: Member, views: list[View]) -> None:
        """Take views off a person's stack, wherever in it they are."""
        with self.changing():
            for view in views:
                if view in member.stack:
                    member.stack.remove(view)
                    del self.views[view.id]

    def publish_home(self, member: Member, definition: Json) -> View:
        """Show `definition` as a person's Home. The view keeps its id from then on."""
        with self.changing():
            if member.home is None:
                member.home = self.new_view(member.id, definition)
                self.views[member.home.id] = member.home
            else:
                self.redraw_view(member.home, definition)
            return member.home

    def complete(self, blocks: list[Json]) -> list[Json]:
        """Blocks as Slack gives them back: with ids where the app set none, texts in full."""
        completed: list[Json] = _in_full(blocks)
        for block in completed:
            block.setdefault("block_id", self.new_id("b"))
            candidates = [*block.get("elements", []), block.get("accessory"), block.get("element")]
            for element in candidates:
                if isinstance(element, dict) and element.get("type") in _INTERACTIVE:
                    element.setdefault("action_id", self.new_id("a"))
        return completed


_INTERACTIVE = frozenset({"button", "overflow", *VALUE_KEYS})


def _in_full(value: Any) -> Any:
    """A deep copy in which text objects carry the fields that Slack adds to them."""
    if isinstance(value, list):
        return [_in_full(item) for item in value]
    if not isinstance(value, dict):
        return value
    copy = {key: _in_full(item) for key, item in value.items()}
    if copy.get("type") == "plain_text" and "text" in copy:
        copy.setdefault("emoji", True)
    if copy.get("type") == "mrkdwn" and "text" in copy:
        copy.setdefault("verbatim", False)
    return copy
