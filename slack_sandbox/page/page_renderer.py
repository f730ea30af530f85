"""What one person sees in the page, part by part."""

import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from jinja2 import Environment
from markupsafe import Markup

from slack_sandbox.client import Client
from slack_sandbox.page import traffic
from slack_sandbox.page.block_renderer import BlockRenderer, SurfaceContext, environment
from slack_sandbox.page.surfaces import MemberSurfaces
from slack_sandbox.rendering import close_label, submit_label, title
from slack_sandbox.workspace import SLACKBOT, Channel, Member, Post, View, Workspace

TOGETHER = timedelta(minutes=5)
"""Messages of one author within this time stand under one name."""
DRAWN = 100
"""Messages of a conversation that are drawn unless all are asked for."""


@dataclass(frozen=True)
class Location:
    """Where a tab is: "messages", "home" or "about" of the app, or a channel by its id."""

    kind: str
    channel: str | None = None

    @property
    def path(self) -> str:
        return f"channel/{self.channel}" if self.kind == "channel" else f"app/{self.kind}"

    @staticmethod
    def parse(path: str) -> "Location | None":
        match path.split("/"):
            case ["app", "messages" | "home" | "about" as tab]:
                return Location(tab)
            case ["channel", identity] if identity:
                return Location("channel", identity)
        return None


@dataclass(frozen=True)
class MessageItem:
    """One message as it stands in a conversation."""

    post: Post
    surface: SurfaceContext
    name: str
    by_app: bool
    at: datetime
    day: str
    """The heading above it; empty when it is of the same day as the one before."""
    grouped: bool
    ephemeral: bool
    """Only this person sees it."""


@dataclass
class PageRenderer:
    """Draws the parts of the page; from any thread."""

    client: Client
    next_event: Callable[[], datetime | None] | None
    templates: Environment = field(default_factory=environment)

    def __post_init__(self) -> None:
        self._lock = threading.Lock()
        self._since = 0.0
        self._read: dict[tuple[str, str], float] = {}

    @property
    def workspace(self) -> Workspace:
        return self.client.workspace

    def page(self, member: Member, location: Location) -> str:
        """The whole page, in its first state."""
        self._begin()
        parts = self.parts(member, location)
        with self.workspace.lock:
            channel = self._channel(member, location)
            return self.templates.get_template("page.html").render(
                member=member,
                location=location,
                channel=channel,
                manifest=self.workspace.manifest,
                writable=channel is not None and self._writable(channel),
                parts={name: Markup(part) for name, part in parts.items()},
            )

    def parts(
        self,
        member: Member,
        location: Location,
        *,
        inspector: bool = False,
        everything: bool = False,
    ) -> dict[str, str]:
        """Every part that can change, by the name of its element."""
        planned = self.next_event() if self.next_event else None
        with self.workspace.lock:
            renderer = BlockRenderer(self.workspace, member)
            draw = self._draw
            parts = {
                "main": self._main(renderer, location, everything=everything),
                "rail": draw(
                    "rail.html", renderer=renderer, location=location, **self._rail(member)
                ),
                "clock": draw(
                    "clock.html", renderer=renderer, planned=self._planned(renderer, planned)
                ),
                "modal": self._modal(renderer),
            }
        journal = self.workspace.journal
        parts["broken"] = draw("broken.html", count=len(journal.violations))
        if inspector:
            parts["traffic"] = draw("traffic.html", lines=traffic.lines(journal, renderer.zone))
        return parts

    def people(self, member: Member, location: Location, begun: str) -> str:
        """Who one can be: people by what they do, those who begin so."""
        with self.workspace.lock:
            found = [
                each
                for each in self.workspace.members.values()
                if not each.bot
                and not each.deleted
                and begun.lower() in f"{each.name} {each.title}".lower()
            ]
            groups: dict[str, list[Member]] = {}
            for each in found[:DRAWN]:
                groups.setdefault(each.title or "People", []).append(each)
            return self._draw(
                "people.html",
                groups=groups,
                more=len(found) - DRAWN,
                me=member,
                tab=location.kind if location.kind != "channel" else "messages",
                unread={each.id: self._unread(each, each.dm) for each in found[:DRAWN]},
                renderer=BlockRenderer(self.workspace, member),
                zone_of=lambda each: ZoneInfo(each.tz or "UTC"),
            )

    def traffic_details(self, number: int) -> str:
        return self._draw("details.html", details=traffic.details(self.workspace.journal, number))

    def choices(self, found: object) -> str:
        return self._draw("choices.html", choices=found)

    def _draw(self, template: str, **given: object) -> str:
        return self.templates.get_template(template).render(**given)

    def _begin(self) -> None:
        """From the first page on, what comes is news; what was there is not."""
        with self._lock:
            self._since = self._since or self.workspace.clock.now().timestamp()

    def _channel(self, member: Member, location: Location) -> Channel | None:
        if location.kind == "messages":
            return self.workspace.dm(member)
        channel = self.workspace.channels.get(location.channel or "")
        return channel if channel and member.id in channel.members else None

    def _writable(self, channel: Channel) -> bool:
        manifest = self.workspace.manifest
        if channel.kind == "im":
            return manifest.messages_tab and manifest.messages_tab_writable
        return not channel.archived

    def _main(self, renderer: BlockRenderer, location: Location, *, everything: bool) -> str:
        channel = self._channel(renderer.member, location)
        given = {"renderer": renderer, "location": location, "manifest": self.workspace.manifest}
        if location.kind == "home":
            view = renderer.member.home
            surface = view and SurfaceContext(
                renderer, f"view:{view.id}", "home", view.state, view.errors
            )
            return self._draw("home.html", view=view, surface=surface, **given)
        if location.kind == "about":
            return self._draw("about.html", **given)
        if channel is None:
            return self._draw("nowhere.html", **given)
        posts = MemberSurfaces(self.workspace, renderer.member).posts(channel.id)
        if posts:
            with self._lock:
                self._read[renderer.member.id, channel.id] = float(posts[-1].ts)
        left_out = 0 if everything else max(0, len(posts) - DRAWN)
        items = self._items(renderer, posts[left_out:])
        return self._draw(
            "conversation.html", channel=channel, items=items, left_out=left_out, **given
        )

    def _items(self, renderer: BlockRenderer, posts: list[Post]) -> list[MessageItem]:
        items: list[MessageItem] = []
        for post in posts:
            at = datetime.fromtimestamp(float(post.ts), renderer.zone)
            before = items[-1] if items else None
            day = "" if before and before.at.date() == at.date() else day_words(at, renderer.now)
            author = self.workspace.members.get(post.author)
            grouped = (
                before is not None
                and not day
                and before.post.author == post.author
                and before.ephemeral == (post.ephemeral_to is not None)
                and at - before.at < TOGETHER
            )
            surface = SurfaceContext(
                renderer, f"post:{post.channel}:{post.ts}", "message", post.state
            )
            name = author.name if author else "Slackbot"
            by_app = post.author == SLACKBOT or bool(author and author.bot)
            ephemeral = post.ephemeral_to is not None
            items.append(MessageItem(post, surface, name, by_app, at, day, grouped, ephemeral))
        return items

    def _rail(self, member: Member) -> dict[str, object]:
        channels = [
            channel
            for channel in self.workspace.channels.values()
            if channel.kind != "im" and member.id in channel.members
        ]
        elsewhere = any(
            self._unread(each, each.dm)
            for each in self.workspace.members.values()
            if each is not member and each.dm is not None
        )
        return {
            "member": member,
            "channels": sorted(channels, key=lambda channel: channel.name),
            "unread": {channel.id: self._unread(member, channel.id) for channel in channels},
            "in_dm": self._unread(member, member.dm),
            "elsewhere": elsewhere,
            "manifest": self.workspace.manifest,
        }

    def _unread(self, member: Member, channel: str | None) -> int:
        """Messages of others that came since this person last looked."""
        if channel is None:
            return 0
        with self._lock:
            read = self._read.get((member.id, channel), self._since)
        own = self.workspace.ephemerals.get(member.id, [])
        count = 0
        for posts in (
            self.workspace.channels[channel].posts,
            [post for post in own if post.channel == channel],
        ):
            for post in reversed(posts):
                if float(post.ts) <= read:
                    break
                count += post.author != member.id
        return count

    def _planned(self, renderer: BlockRenderer, at: datetime | None) -> dict[str, object] | None:
        if at is None:
            return None
        here = at.astimezone(renderer.zone)
        return {
            "day": day_words(here, renderer.now),
            "time": f"{here:%H:%M}",
            "past": here <= renderer.now,
        }

    def _modal(self, renderer: BlockRenderer) -> str:
        stack = renderer.member.stack
        if not stack:
            return ""
        view = stack[-1]
        surface = SurfaceContext(renderer, f"view:{view.id}", "modal", view.state, view.errors)
        return self._draw(
            "modal.html",
            view=view,
            surface=surface,
            title=title(view),
            submit=submit_label(view),
            close=close_label(view),
            below=[title(each) for each in stack[:-1]],
            app=self.workspace.manifest.name,
            focused=_focused(view),
        )


def day_words(at: datetime, now: datetime) -> str:
    """Today, Yesterday, Tomorrow, or Monday, 23 November; the year where it is another one."""
    away = (at.date() - now.date()).days
    near = {-1: "Yesterday", 0: "Today", 1: "Tomorrow"}.get(away)
    if near:
        return near
    words = f"{at:%A}, {at.day} {at:%B}"
    return words if at.year == now.year else f"{words} {at.year}"


def _focused(view: View) -> str:
    """The block whose input takes the focus: the first with an error, else the one that the app
    asks for; empty when there is none of these."""
    for block in view.blocks:
        if block["block_id"] in view.errors:
            return str(block["block_id"])
    for block in view.blocks:
        if block.get("element", {}).get("focus_on_load"):
            return str(block["block_id"])
    return ""
