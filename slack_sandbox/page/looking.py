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
from slack_sandbox.page.drawing import Ink, Spot, environment
from slack_sandbox.page.fields import Desk
from slack_sandbox.rendering import close_label, submit_label, title
from slack_sandbox.workspace import SLACKBOT, Channel, Member, Post, View, Workspace

TOGETHER = timedelta(minutes=5)
"""Messages of one author within this time stand under one name."""
DRAWN = 100
"""Messages of a conversation that are drawn unless all are asked for."""


@dataclass(frozen=True)
class Place:
    """Where a tab is: "messages", "home" or "about" of the app, or a channel by its id."""

    kind: str
    channel: str | None = None

    @property
    def path(self) -> str:
        return f"channel/{self.channel}" if self.kind == "channel" else f"app/{self.kind}"

    @staticmethod
    def parse(path: str) -> "Place | None":
        match path.split("/"):
            case ["app", "messages" | "home" | "about" as tab]:
                return Place(tab)
            case ["channel", identity] if identity:
                return Place("channel", identity)
        return None


@dataclass(frozen=True)
class Item:
    """One message as it stands in a conversation."""

    post: Post
    spot: Spot
    name: str
    by_app: bool
    at: datetime
    day: str
    """The heading above it; empty when it is of the same day as the one before."""
    together: bool
    alone: bool
    """Only this person sees it."""


@dataclass
class Looks:
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

    def page(self, member: Member, place: Place) -> str:
        """The whole page, in its first state."""
        self._begin()
        parts = self.parts(member, place)
        with self.workspace.lock:
            channel = self._channel(member, place)
            return self.templates.get_template("page.html").render(
                member=member,
                place=place,
                channel=channel,
                manifest=self.workspace.manifest,
                writable=channel is not None and self._writable(channel),
                parts={name: Markup(part) for name, part in parts.items()},
            )

    def parts(
        self, member: Member, place: Place, *, inspector: bool = False, everything: bool = False
    ) -> dict[str, str]:
        """Every part that can change, by the name of its element."""
        planned = self.next_event() if self.next_event else None
        with self.workspace.lock:
            ink = Ink(self.workspace, member)
            draw = self._draw
            parts = {
                "main": self._main(ink, place, everything=everything),
                "rail": draw("rail.html", ink=ink, place=place, **self._rail(member)),
                "clock": draw("clock.html", ink=ink, planned=self._planned(ink, planned)),
                "modal": self._modal(ink),
            }
        journal = self.workspace.journal
        parts["broken"] = draw("broken.html", count=len(journal.violations))
        if inspector:
            parts["traffic"] = draw("traffic.html", lines=traffic.lines(journal, ink.zone))
        return parts

    def people(self, member: Member, place: Place, begun: str) -> str:
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
                tab=place.kind if place.kind != "channel" else "messages",
                unread={each.id: self._unread(each, each.dm) for each in found[:DRAWN]},
                ink=Ink(self.workspace, member),
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

    def _channel(self, member: Member, place: Place) -> Channel | None:
        if place.kind == "messages":
            return self.workspace.dm(member)
        channel = self.workspace.channels.get(place.channel or "")
        return channel if channel and member.id in channel.members else None

    def _writable(self, channel: Channel) -> bool:
        manifest = self.workspace.manifest
        if channel.kind == "im":
            return manifest.messages_tab and manifest.messages_tab_writable
        return not channel.archived

    def _main(self, ink: Ink, place: Place, *, everything: bool) -> str:
        channel = self._channel(ink.member, place)
        given = {"ink": ink, "place": place, "manifest": self.workspace.manifest}
        if place.kind == "home":
            view = ink.member.home
            spot = view and Spot(ink, f"view:{view.id}", "home", view.state, view.errors)
            return self._draw("home.html", view=view, spot=spot, **given)
        if place.kind == "about":
            return self._draw("about.html", **given)
        if channel is None:
            return self._draw("nowhere.html", **given)
        posts = Desk(self.workspace, ink.member).posts(channel.id)
        if posts:
            with self._lock:
                self._read[ink.member.id, channel.id] = float(posts[-1].ts)
        left_out = 0 if everything else max(0, len(posts) - DRAWN)
        items = self._items(ink, posts[left_out:])
        return self._draw(
            "conversation.html", channel=channel, items=items, left_out=left_out, **given
        )

    def _items(self, ink: Ink, posts: list[Post]) -> list[Item]:
        items: list[Item] = []
        for post in posts:
            at = datetime.fromtimestamp(float(post.ts), ink.zone)
            before = items[-1] if items else None
            day = "" if before and before.at.date() == at.date() else day_words(at, ink.now)
            author = self.workspace.members.get(post.author)
            together = (
                before is not None
                and not day
                and before.post.author == post.author
                and before.alone == (post.ephemeral_to is not None)
                and at - before.at < TOGETHER
            )
            spot = Spot(ink, f"post:{post.channel}:{post.ts}", "message", post.state)
            name = author.name if author else "Slackbot"
            by_app = post.author == SLACKBOT or bool(author and author.bot)
            alone = post.ephemeral_to is not None
            items.append(Item(post, spot, name, by_app, at, day, together, alone))
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

    def _planned(self, ink: Ink, at: datetime | None) -> dict[str, object] | None:
        if at is None:
            return None
        here = at.astimezone(ink.zone)
        return {"day": day_words(here, ink.now), "time": f"{here:%H:%M}", "past": here <= ink.now}

    def _modal(self, ink: Ink) -> str:
        stack = ink.member.stack
        if not stack:
            return ""
        view = stack[-1]
        spot = Spot(ink, f"view:{view.id}", "modal", view.state, view.errors)
        return self._draw(
            "modal.html",
            view=view,
            spot=spot,
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
