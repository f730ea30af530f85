"""The Slack client's part: what happens when a person types, presses, submits or looks.

Every action is synchronous: it returns when the app's ack has been shown to the person (or Slack's
own complaint, when there was none in time) and the test's `settle` hook is through.
"""

import json
from collections.abc import Callable, Coroutine, Sequence
from typing import Any

from slack_sandbox import taps
from slack_sandbox.ack_handler import AckHandler
from slack_sandbox.delivery import Ack, Deliveries, Kind
from slack_sandbox.escaping import InputEscaper, escape_plain
from slack_sandbox.faults import Faults
from slack_sandbox.inputs import CHARACTER, TEXT_INPUTS, VALUE_KEYS, refusal, told_of
from slack_sandbox.journal import Json
from slack_sandbox.payloads import (
    Payloads,
    file_object,
    forwarded_object,
    message_object,
    unfolded_object,
    user_object,
    view_object,
)
from slack_sandbox.server import Server
from slack_sandbox.workspace import SLACKBOT, Channel, File, Member, Post, View, Workspace

SCOPES = {
    "message.im": "im:history",
    "message.channels": "channels:history",
    "message.groups": "groups:history",
    "user_change": "users:read",
}
"""What an event needs besides its subscription (https://docs.slack.dev/reference/events)."""

_MESSAGE_EVENTS = {
    "im": ("message.im", "im"),
    "public": ("message.channels", "channel"),
    "private": ("message.groups", "group"),
}


class Client:
    """Works once `connect` gave it a server; used from any thread but the server's."""

    def __init__(self, workspace: Workspace, payloads: Payloads, faults: Faults) -> None:
        self.workspace = workspace
        self.settle: Callable[[], None] | None = None
        self._payloads = payloads
        self._faults = faults
        self._ack_handler = AckHandler(workspace)
        self._server: Server | None = None
        self._deliveries: Deliveries | None = None

    def connect(self, server: Server, deliveries: Deliveries) -> None:
        self._server = server
        self._deliveries = deliveries

    def slash(self, member: Member, line: str, channel: Channel) -> None:
        """Send a command, escaped as the manifest says; Slack itself answers an unknown one."""
        name, _, rest = line.strip().partition(" ")
        with self.workspace.changing():
            self._check_can_write(member, channel)
            command = self.workspace.manifest.commands.get(name)
            if command is None or "commands" not in self.workspace.manifest.scopes:
                self.note(member, channel, f"`{name}` is not a valid command.")
                return
            text = rest.strip()
            if command.should_escape:
                text = InputEscaper(self.workspace, member).command(text)
            else:
                text = escape_plain(text)
            member.taps += taps.of_line(text)
            payload = json.dumps(self._payloads.slash(member, command, text, channel))

        def answered(ack: Ack) -> None:
            self._ack_handler.slash(member, channel, name, ack)

        self._deliver(Kind.SLASH, payload, f"{name} {text}".strip(), answered)

    def shortcut(self, member: Member, name: str, post: Post | None) -> None:
        """Use a shortcut by its name, on a message or from anywhere."""
        with self.workspace.changing():
            self._check_active(member)
            assert post is None or post.ephemeral_to is None, "no shortcuts on such a message"
            _check_stands(post)
            shortcut = self.workspace.manifest.shortcuts.get((name, post is not None))
            if shortcut is None or "commands" not in self.workspace.manifest.scopes:
                where = "messages" if post else "anywhere"
                raise AssertionError(f"the manifest declares no shortcut {name!r} for {where}")
            if post is None:
                payload = self._payloads.shortcut(member, shortcut)
            else:
                payload = self._payloads.message_shortcut(member, shortcut, post)
            body = json.dumps(payload)
            member.taps += taps.OPEN_AND_CHOOSE
        channel = self.workspace.dm(member)

        def answered(ack: Ack) -> None:
            self._ack_handler.interaction(member, channel, name, ack)

        self._deliver(Kind.INTERACTIVE, body, f"shortcut {name}", answered)

    def says(
        self,
        member: Member,
        text: str,
        channel: Channel,
        event_id: str | None,
        thread: str | None = None,
        *,
        files: Sequence[File] = (),
        forwarded: Post | None = None,
    ) -> Post:
        """Post a person's message, with files or with another that they forward, and tell the app
        of it where it listens."""
        with self.workspace.changing():
            self._check_can_write(member, channel)
            shown = InputEscaper(self.workspace, member).message(text)
            member.taps += taps.of_line(shown)
            message_id = self.workspace.new_id("m")
            within: Json = {"thread_ts": thread} if thread else {}
            assert shown.strip() or files or forwarded, "Slack sends no empty message"
            _check_stands(forwarded)
            content: Json = {"text": shown, "files": [one.id for one in files], **within}
            if forwarded is not None:
                author = self.workspace.members.get(forwarded.author)
                shared = forwarded_object(self.workspace, forwarded, author)
                content["attachments"] = [shared]
            post = self.workspace.post(channel, member.id, content, client_msg_id=message_id)
            event: Json = {
                "type": "message",
                "user": member.id,
                "text": shown,
                "ts": post.ts,
                "team": self.workspace.team_of(member.id),
                "channel": channel.id,
                "event_ts": post.ts,
                "client_msg_id": message_id,
                **within,
            }
            if files:
                event |= {"subtype": "file_share", "upload": False}
                event["files"] = [file_object(one, member.id) for one in files]
            if post.attachments:
                event["attachments"] = post.attachments
            if member.home_team is not None:
                event |= {"user_team": member.home_team, "source_team": member.home_team}
            payload = self._message_event(channel, event, event_id)
        if payload is not None:
            self._deliver_event(payload, f"message {text!r}")
        return post

    def edits(self, member: Member, post: Post, text: str) -> None:
        """Edit one's own message, and tell the app of it where it listens."""
        with self.workspace.changing():
            before = self._own(member, post)
            shown = InputEscaper(self.workspace, member).message(text)
            assert shown.strip() or post.files, "Slack deletes a message without words"
            self.workspace.edit(post, shown)
            payload = self._changed(post, before)
        if payload is not None:
            self._deliver_event(payload, "message_changed")

    def unfolds(self, post: Post, title: str) -> None:
        """Slack unfolds a link in a message, and tells the app of it as of a change."""
        with self.workspace.changing():
            _check_stands(post)
            assert "://" in post.text, "Slack unfolds links, and this message has none"
            before = message_object(self.workspace, post)
            post.attachments = [*post.attachments, unfolded_object(title, "https://example.com")]
            payload = self._changed(post, before)
        if payload is not None:
            self._deliver_event(payload, "message_changed (a link)")

    def deletes(self, member: Member, post: Post) -> None:
        """Delete one's own message, and tell the app of it where it listens. Of a message with
        replies Slack leaves a tombstone."""
        with self.workspace.changing():
            before = self._own(member, post)
            channel = self.workspace.channels[post.channel]
            has_replies = any(one.thread_ts == post.ts for one in channel.posts)
            self.workspace.erase(post)
            ts = self.workspace.new_ts()
            event: Json = {
                "type": "message",
                "hidden": True,
                "channel": channel.id,
                "previous_message": before,
                "ts": ts,
                "event_ts": ts,
            }
            if has_replies:
                event |= {
                    "subtype": "message_changed",
                    "message": {
                        "type": "message",
                        "subtype": "tombstone",
                        "user": SLACKBOT,
                        "text": "This message was deleted.",
                        "hidden": True,
                        "ts": post.ts,
                        "thread_ts": post.ts,
                    },
                }
            else:
                event |= {"subtype": "message_deleted", "deleted_ts": post.ts}
            payload = self._message_event(channel, event, None)
        if payload is not None:
            self._deliver_event(payload, "message_deleted")

    def _own(self, member: Member, post: Post) -> Json:
        """A message of that person's that stands, as it is."""
        channel = self.workspace.channels[post.channel]
        self._check_can_write(member, channel)
        assert post.author == member.id, "only one's own messages can be edited or deleted"
        _check_stands(post)
        return message_object(self.workspace, post)

    def _changed(self, post: Post, before: Json) -> str | None:
        channel = self.workspace.channels[post.channel]
        ts = self.workspace.new_ts()
        event: Json = {
            "type": "message",
            "subtype": "message_changed",
            "hidden": True,
            "channel": channel.id,
            "message": message_object(self.workspace, post),
            "previous_message": before,
            "ts": ts,
            "event_ts": ts,
        }
        return self._message_event(channel, event, None)

    def opens_app(self, member: Member, tab: str) -> None:
        """Look at a tab of the app, "home" or "messages": Slack tells of both by one event, and
        shows the Home in it only of the first."""
        with self.workspace.changing():
            self._check_active(member)
            manifest = self.workspace.manifest
            member.taps += taps.PRESS
            has = manifest.home_tab if tab == "home" else manifest.messages_tab
            assert has, f"the manifest declares no {tab.capitalize()} tab"
            event: Json = {
                "type": "app_home_opened",
                "user": member.id,
                "channel": self.workspace.dm(member).id,
                "tab": tab,
                "event_ts": self.workspace.new_ts(),
            }
            if tab == "home" and member.home is not None:
                event["view"] = view_object(self.workspace, member.home)
            payload = self._event("app_home_opened", event)
        if payload is not None:
            self._deliver_event(payload, f"app_home_opened {tab}")

    def changes(
        self, member: Member, name: str | None, tz: str | None, *, deleted: bool | None = None
    ) -> None:
        """Change a profile; what is None stays."""
        with self.workspace.changing():
            member.name = name if name is not None else member.name
            member.tz = tz if tz is not None else member.tz
            member.deleted = deleted if deleted is not None else member.deleted
            ts = self.workspace.new_ts()
            if deleted is not None:
                member.gone_since = ts if deleted else None
            user = user_object(self.workspace, member)
            event: Json = {"type": "user_change", "user": user, "event_ts": ts}
            event["cache_ts"] = int(self.workspace.clock.now().timestamp())
            payload = self._event("user_change", event)
        if payload is not None:
            self._deliver_event(payload, "user_change")

    def remove_app(self) -> None:
        """The app is uninstalled: its bot token is none any more, and it is told so, in the order
        in which Slack has been seen to
        (https://docs.slack.dev/reference/events/app_uninstalled)."""
        self.revoke_tokens(of_bot=True)
        with self.workspace.changing():
            payload = self._event("app_uninstalled", {"type": "app_uninstalled"})
        if payload is not None:
            self._deliver_event(payload, "app_uninstalled")

    def revoke_tokens(self, *, of_bot: bool) -> None:
        """The bot's token is none any more, or only one that somebody gave the app; it is told."""
        whose = "bot" if of_bot else "oauth"
        with self.workspace.changing():
            if of_bot:
                self.workspace.has_app = False
            tokens: Json = {"oauth": [], "bot": [], whose: [self.workspace.bot_user_id]}
            event: Json = {"type": "tokens_revoked", "tokens": tokens}
            payload = self._event("tokens_revoked", event)
        if payload is not None:
            self._deliver_event(payload, "tokens_revoked")

    def press(
        self,
        member: Member,
        surface: Post | View,
        block: Json,
        element: Json,
        entry: Json | None,
        *,
        counted: bool = True,
    ) -> None:
        """Press or choose. `entry` is what a menu or field now holds, or an overflow's selected
        option. A keystroke is no tap, and not `counted`."""
        label = str(element.get("text", {}).get("text", element["action_id"]))
        with self.workspace.changing():
            self._check_active(member)
            self._hold(member, surface, block, element, entry, counted=counted)
            if not self.workspace.manifest.interactivity:
                self._ack_handler.no_interactivity(member, surface)
                return
            action = self._payloads.action(block, element, entry)
            if isinstance(surface, Post):
                payload = self._payloads.message_action(member, surface, action)
            else:
                payload = self._payloads.view_action(member, surface, action)
            body = json.dumps(payload)

        def answered(ack: Ack) -> None:
            self._ack_handler.press(member, surface, label, ack)

        self._deliver(Kind.INTERACTIVE, body, f"block_actions {label}", answered)

    def choose(
        self, member: Member, surface: Post | View, block: Json, element: Json, entry: Json
    ) -> None:
        """Let an element hold `entry`; the app is told unless it stands in a quiet input block, and
        of what is typed only where it asked for each character."""
        if element["type"] in TEXT_INPUTS:
            self.type(member, surface, block, element, [entry])
        elif block["type"] != "input" or block.get("dispatch_action"):
            self.press(member, surface, block, element, entry)
        else:
            with self.workspace.changing():
                self._check_active(member)
                self._hold(member, surface, block, element, entry)

    def type(
        self, member: Member, surface: Post | View, block: Json, element: Json, after: list[Json]
    ) -> None:
        """Type in a text input: `after` is what it holds after each character that the app is told
        of, where it asked for that."""
        with self.workspace.changing():
            self._check_active(member)
            held = surface.state[block["block_id"]][element["action_id"]]
            member.taps += taps.of_choice(element, held, after[-1])
        for entry in after:
            if told_of(block, element, CHARACTER):
                self.press(member, surface, block, element, entry, counted=False)
            else:
                with self.workspace.changing():
                    self._hold(member, surface, block, element, entry, counted=False)

    def _hold(
        self,
        member: Member,
        surface: Post | View,
        block: Json,
        element: Json,
        entry: Json | None,
        *,
        counted: bool = True,
    ) -> None:
        """Let the element hold `entry`, where it is one that holds anything."""
        before = None
        if entry is not None and element["type"] in VALUE_KEYS:
            held = surface.state[block["block_id"]]
            before, held[element["action_id"]] = held[element["action_id"]], entry
        if counted:
            member.taps += taps.of_choice(element, before, entry)

    def submit(self, member: Member, view: View, times: int = 1) -> None:
        """Submit a modal, unless the client itself refuses; `times` deliveries at once."""
        with self.workspace.changing():
            self._check_active(member)
            assert view.definition.get("submit"), "this modal has no submit button"
            member.taps += taps.PRESS
            inputs = [block for block in view.blocks if block["type"] == "input"]
            refusals = {
                block["block_id"]: refusal(
                    block, view.state[block["block_id"]][block["element"]["action_id"]]
                )
                for block in inputs
            }
            view.errors = {block_id: why for block_id, why in refusals.items() if why}
            view.trouble = None
            if view.errors:
                return
            bodies = [
                json.dumps(self._payloads.view_submission(member, view)) for _ in range(times)
            ]

        def answered(ack: Ack) -> None:
            self._ack_handler.submission(member, view, ack)

        callback_id = view.definition.get("callback_id", "")
        server, deliveries = self._line()
        begun = [
            server.begin(
                deliveries.deliver(
                    Kind.INTERACTIVE, body, f"view_submission {callback_id}", answered
                )
            )
            for body in bodies
        ]
        for delivery in begun:
            delivery.result()
        self._settled()

    def close(self, member: Member, view: View, *, everything: bool) -> None:
        """Close a modal by its button, or the whole stack by the cross in the corner."""
        with self.workspace.changing():
            member.taps += taps.PRESS
            cleared = everything or bool(view.definition.get("clear_on_close"))
            told = member.stack[0] if cleared else view
            gone = list(member.stack) if cleared else [view]
            self.workspace.close_modals(member, gone)
            if not told.definition.get("notify_on_close"):
                return
            payload = self._payloads.view_closed(member, told, is_cleared=cleared)
            body = json.dumps(payload)
        self._deliver(Kind.INTERACTIVE, body, "view_closed", lambda _ack: None)

    def echo(self, channel: Channel, event: Json) -> None:
        """Tell the app, in the background, of a message event that its own call caused: Slack
        does. Runs on the server's event loop."""
        payload = self._message_event(channel, {**event, "team": self.workspace.team_id}, None)
        if payload is not None:
            _, deliveries = self._line()
            summary = f"message {event.get('subtype', 'of the app')}"
            deliveries.in_background(deliveries.deliver_event(payload, summary, twice=False))

    def note(self, member: Member, channel: Channel, text: str) -> None:
        """A message of Slack's own that only this person sees."""
        self.workspace.post(channel, SLACKBOT, {"text": text}, ephemeral_to=member.id)

    def _event(self, name: str, event: Json, event_id: str | None = None) -> str | None:
        """The event's payload, if the app subscribes to it and has the scope."""
        manifest = self.workspace.manifest
        scope = SCOPES.get(name)
        if name not in manifest.events or (scope is not None and scope not in manifest.scopes):
            return None
        return json.dumps(self._payloads.event(event, event_id))

    def _message_event(self, channel: Channel, event: Json, event_id: str | None) -> str | None:
        name, channel_type = _MESSAGE_EVENTS[channel.kind]
        if not channel.bot_is_member:
            return None
        return self._event(name, {**event, "channel_type": channel_type}, event_id)

    def _check_active(self, member: Member) -> None:
        assert not member.deleted, f"{member.name} is deactivated"

    def _check_can_write(self, member: Member, channel: Channel) -> None:
        self._check_active(member)
        manifest = self.workspace.manifest
        if channel.kind == "im":
            writable = manifest.messages_tab and manifest.messages_tab_writable
            assert writable, "Sending messages to this app has been turned off."
        assert member.id in channel.members, f"{member.name} is not in #{channel.name}"

    def _line(self) -> tuple[Server, Deliveries]:
        assert self._server is not None, "the sandbox is not started"
        assert self._deliveries is not None
        return self._server, self._deliveries

    def _deliver(
        self, kind: Kind, payload: str, summary: str, answered: Callable[[Ack], None]
    ) -> None:
        _, deliveries = self._line()
        self._wait(deliveries.deliver(kind, payload, summary, answered))

    def _deliver_event(self, payload: str, summary: str) -> None:
        _, deliveries = self._line()
        twice = self._faults.take_twice()
        self._wait(deliveries.deliver_event(payload, summary, twice=twice))

    def _wait(self, work: Coroutine[Any, Any, Ack]) -> None:
        server, _ = self._line()
        server.wait(work)
        self._settled()

    def _settled(self) -> None:
        if self.settle is not None:
            self.settle()


def _check_stands(post: Post | None) -> None:
    assert post is None or not post.deleted, "this message is gone"
