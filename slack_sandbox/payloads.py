"""The payloads that Slack sends, with its field names and its quirks.

Shapes: https://docs.slack.dev/reference/interaction-payloads, /interactivity/implementing-slash-
commands and /apis/events-api on the same site.
"""

from dataclasses import dataclass
from typing import Any
from urllib.parse import quote
from zoneinfo import ZoneInfo

from slack_sandbox.inputs import VALUE_KEYS
from slack_sandbox.interactions import InteractionRegistry
from slack_sandbox.journal import Json
from slack_sandbox.manifest import Shortcut, SlashCommand
from slack_sandbox.mrkdwn import entities
from slack_sandbox.workspace import TEAM_DOMAIN, Channel, File, Member, Post, View, Workspace

VERIFICATION_TOKEN = "sandbox-verification-token"  # noqa: S105
"""Slack still sends its deprecated token; apps must check the signature instead."""


def view_object(workspace: Workspace, view: View, *, typed: bool = True) -> Json:
    """A view as Slack shows it to the app; without what was typed when not `typed`."""
    given = view.definition
    shown: Json = {
        "id": view.id,
        "team_id": workspace.team_of(view.owner),
        "type": given["type"],
        "blocks": view.blocks,
        "private_metadata": given.get("private_metadata", ""),
        "callback_id": given.get("callback_id", ""),
        "state": {"values": view.state if typed else {}},
        "hash": view.hash,
        "title": given.get("title", {"type": "plain_text", "text": "View Title", "emoji": True}),
        "clear_on_close": given.get("clear_on_close", False),
        "notify_on_close": given.get("notify_on_close", False),
        "close": given.get("close"),
        "submit": given.get("submit"),
        "previous_view_id": view.previous_id,
        "root_view_id": view.root_id,
        "app_id": workspace.app_id,
        "external_id": given.get("external_id", ""),
        "app_installed_team_id": workspace.team_id,
        "bot_id": workspace.bot_id,
    }
    return shown


def message_object(workspace: Workspace, post: Post, *, metadata: bool = False) -> Json:
    """A message as history, updates and payloads show it."""
    shown: Json = {"type": "message", "user": post.author, "ts": post.ts, "text": post.text}
    shown["team"] = workspace.team_of(post.author)
    if post.author == workspace.bot_user_id:
        shown |= {"bot_id": workspace.bot_id, "app_id": workspace.app_id}
    if post.blocks:
        shown["blocks"] = post.blocks
    if post.files:
        shown["subtype"] = "file_share"
        shown["files"] = [file_object(one, post.author) for one in post.files]
    if post.attachments:
        shown["attachments"] = post.attachments
    if post.client_msg_id:
        shown["client_msg_id"] = post.client_msg_id
    if post.thread_ts:
        shown["thread_ts"] = post.thread_ts
    if post.edited_ts:
        shown["edited"] = {"user": post.author, "ts": post.edited_ts}
    if metadata and post.metadata:
        shown["metadata"] = post.metadata
    return shown


def file_object(file: File, author: str) -> Json:
    """A file as messages show it, without its content: for that an app needs `files:read`
    (https://docs.slack.dev/reference/objects/file-object)."""
    if file.from_elsewhere:
        return {"id": file.id, "mode": "file_access", "file_access": "check_file_info"}
    shown: Json = {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "mimetype": file.mimetype,
        "user": author,
        "mode": "hosted",
        "size": file.length,
        "permalink": f"https://{TEAM_DOMAIN}.slack.com/files/{author}/{file.id}/{quote(file.name)}",
        "file_access": "visible",
    }
    if file.subtype is not None:
        shown["subtype"] = file.subtype
        said = file.transcript
        status = {"status": "complete", "locale": "en-US"} if said else {"status": "none"}
        preview = {"preview": {"content": said, "has_more": False}} if said else {}
        shown["transcription"] = {**status, **preview}
    return shown


def forwarded_object(workspace: Workspace, post: Post, author: Member | None) -> Json:
    """The attachment in which Slack puts a message that somebody forwards: its words as text and as
    blocks, and the files of it."""
    channel = workspace.channels[post.channel]
    link = f"https://{TEAM_DOMAIN}.slack.com/archives/{channel.id}/p{post.ts.replace('.', '')}"
    words = [{"type": "text", "text": entities(post.text)}]
    section = {"type": "rich_text_section", "elements": words}
    rich = {"type": "rich_text", "block_id": "forwarded", "elements": [section]}
    blocks = post.blocks or [rich]
    shown: Json = {
        "ts": post.ts,
        "channel_id": channel.id,
        "channel_team": workspace.team_id,
        "author_id": post.author,
        "author_name": author.name if author else "",
        "author_subname": author.name if author else "",
        "is_msg_unfurl": True,
        "is_share": True,
        "from_url": link,
        "fallback": f"[{post.ts}] {author.name if author else ''}: {post.text}",
        "text": post.text,
        "message_blocks": [
            {
                "team": workspace.team_id,
                "channel": channel.id,
                "ts": post.ts,
                "message": {"blocks": blocks},
            }
        ],
        "mrkdwn_in": ["text"],
        "color": "D0D0D0",
        "id": 1,
        "footer": "Direct message" if channel.kind == "im" else f"Posted in #{channel.name}",
    }
    if post.files:
        shown["files"] = [file_object(one, post.author) for one in post.files]
    return shown


def unfolded_object(title: str, link: str) -> Json:
    """The attachment in which Slack unfolds a link, a moment after the message was written."""
    return {
        "id": 1,
        "from_url": link,
        "original_url": link,
        "service_name": "example.com",
        "title": title,
        "title_link": link,
        "text": f"All about {title}",
        "fallback": f"example.com: {title}",
    }


def user_object(workspace: Workspace, member: Member) -> Json:
    """A user as users.info shows one. Deactivated users come without zone and name at the top, and
    the e-mail address only with its scope, as in Slack."""
    profile: Json = {
        "real_name": member.name,
        "real_name_normalized": member.name,
        "display_name": member.handle,
        "display_name_normalized": member.handle,
        "team": workspace.team_of(member.id),
    }
    if member.title:
        profile["title"] = member.title
    if member.email and "users:read.email" in workspace.manifest.scopes:
        profile["email"] = member.email
    shown: Json = {
        "id": member.id,
        "team_id": workspace.team_of(member.id),
        "name": member.handle,
        "deleted": member.deleted,
        "profile": profile,
        "is_bot": member.bot,
        "is_app_user": False,
        "updated": int(workspace.clock.now().timestamp()),
    }
    if not member.deleted:
        shown |= {"real_name": member.name, "is_admin": False, "is_owner": False}
        shown |= {"is_restricted": False, "is_ultra_restricted": False}
        if member.tz:
            shown |= {"tz": member.tz, "tz_label": member.tz}
            offset = _zone_offset(workspace, member.tz)
            shown["tz_offset"] = offset
    if workspace.enterprise is not None and member.home_team is None:
        shown["enterprise_user"] = {
            "id": member.id,
            "enterprise_id": workspace.enterprise.id,
            "enterprise_name": workspace.enterprise.name,
            "teams": [workspace.team_id],
        }
    return shown


def _zone_offset(workspace: Workspace, tz: str) -> int:
    offset = workspace.clock.now().astimezone(ZoneInfo(tz)).utcoffset()
    return int(offset.total_seconds()) if offset else 0


@dataclass
class Payloads:
    """Builds payloads for one workspace; the caller holds its lock."""

    workspace: Workspace
    interactions: InteractionRegistry
    base_url: str

    def _sender(self, member: Member) -> Json:
        """Who acts. With an org-wide installation there is no team but the person's own."""
        team_id = self.workspace.team_of(member.id)
        grid = self.workspace.enterprise
        team: Json | None = {"id": team_id, "domain": TEAM_DOMAIN}
        if grid is not None and team is not None:
            team |= {"enterprise_id": grid.id, "enterprise_name": grid.name}
        org_wide = grid is not None and grid.org_wide
        return {
            "team": None if org_wide else team,
            "enterprise": {"id": grid.id, "name": grid.name} if grid else None,
            "is_enterprise_install": org_wide,
            "user": {
                "id": member.id,
                "username": member.handle,
                "name": member.handle,
                "team_id": team_id,
            },
            "api_app_id": self.workspace.app_id,
            "token": VERIFICATION_TOKEN,
        }

    def _response_url(
        self, kind: str, member: Member, channel: Channel, original: Post | None = None
    ) -> str:
        path = self.interactions.response_path(kind, member.id, channel.id, original)
        return self.base_url + path

    def slash(self, member: Member, command: SlashCommand, text: str, channel: Channel) -> Json:
        """All values are strings: a command travels as a form."""
        grid = self.workspace.enterprise
        enterprise = {"enterprise_id": grid.id, "enterprise_name": grid.name} if grid else {}
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": self.workspace.team_of(member.id),
            **enterprise,
            "team_domain": TEAM_DOMAIN,
            "channel_id": channel.id,
            "channel_name": "privategroup" if channel.kind == "private" else channel.name,
            "user_id": member.id,
            "user_name": member.handle,
            "command": command.command,
            "text": text,
            "api_app_id": self.workspace.app_id,
            "is_enterprise_install": "true" if grid and grid.org_wide else "false",
            "response_url": self._response_url("commands", member, channel),
            "trigger_id": self.interactions.trigger(member.id),
        }

    def shortcut(self, member: Member, shortcut: Shortcut) -> Json:
        return {
            "type": "shortcut",
            **self._sender(member),
            "action_ts": self.workspace.new_ts(),
            "callback_id": shortcut.callback_id,
            "trigger_id": self.interactions.trigger(member.id),
        }

    def message_shortcut(self, member: Member, shortcut: Shortcut, post: Post) -> Json:
        channel = self.workspace.channels[post.channel]
        own = post if post.author == self.workspace.bot_user_id else None
        return {
            "type": "message_action",
            **self._sender(member),
            "action_ts": self.workspace.new_ts(),
            "callback_id": shortcut.callback_id,
            "trigger_id": self.interactions.trigger(member.id),
            "response_url": self._response_url("actions", member, channel, own),
            "channel": self._channel(channel),
            "message_ts": post.ts,
            "message": message_object(self.workspace, post),
        }

    def message_action(self, member: Member, post: Post, action: Json) -> Json:
        """A press in a message. Slack leaves the message itself out when it is ephemeral."""
        channel = self.workspace.channels[post.channel]
        ephemeral = post.ephemeral_to is not None
        payload: Json = {
            "type": "block_actions",
            **self._sender(member),
            "container": {
                "type": "message",
                "message_ts": post.ts,
                "channel_id": channel.id,
                "is_ephemeral": ephemeral,
            },
            "trigger_id": self.interactions.trigger(member.id),
            "channel": self._channel(channel),
            "state": {"values": post.state},
            "response_url": self._response_url("actions", member, channel, post),
            "actions": [action],
        }
        if not ephemeral:
            payload["message"] = message_object(self.workspace, post)
        return payload

    def view_action(self, member: Member, view: View, action: Json) -> Json:
        in_modal = view.id if view.definition["type"] == "modal" else None
        return {
            "type": "block_actions",
            **self._sender(member),
            "container": {"type": "view", "view_id": view.id},
            "trigger_id": self.interactions.trigger(member.id, in_modal),
            "view": view_object(self.workspace, view),
            "actions": [action],
        }

    def view_submission(self, member: Member, view: View) -> Json:
        return {
            "type": "view_submission",
            **self._sender(member),
            "trigger_id": self.interactions.trigger(member.id, view.id),
            "view": view_object(self.workspace, view),
            "response_urls": [],
        }

    def view_closed(self, member: Member, view: View, *, is_cleared: bool) -> Json:
        """Carries nothing that was typed, as in Slack."""
        return {
            "type": "view_closed",
            **self._sender(member),
            "view": view_object(self.workspace, view, typed=False),
            "is_cleared": is_cleared,
        }

    def action(self, block: Json, element: Json, entry: Json | None = None) -> Json:
        """One press: `entry` is the new state entry of an element that holds a value, or
        `{"selected_option": …}` of an overflow menu."""
        action: Json = {
            "type": element["type"],
            "block_id": block["block_id"],
            "action_id": element["action_id"],
            "action_ts": self.workspace.new_ts(),
        }
        if element["type"] == "button":
            action["text"] = element["text"]
            action |= {key: element[key] for key in ("value", "style") if key in element}
        if entry is not None:
            action |= entry
            initial = VALUE_KEYS.get(element["type"], "").replace("selected", "initial")
            if initial in element:
                action[initial] = element[initial]
        return action

    def event(self, event: Json, event_id: str | None = None) -> Json:
        """The envelope of an event; `event_id` is a new one unless given.

        Its outer team is that of the person whom the event is of; `authorizations` and the context
        are of the workspace that has the app.
        """
        workspace = self.workspace
        team_id = workspace.team_of(str(event.get("user")))
        grid = workspace.enterprise
        grid_id = grid.id if grid else None
        return {
            "token": VERIFICATION_TOKEN,
            "team_id": team_id,
            **({"enterprise_id": grid_id} if grid else {}),
            "context_team_id": workspace.team_id,
            "context_enterprise_id": grid_id,
            "api_app_id": workspace.app_id,
            "event": event,
            "type": "event_callback",
            "event_id": event_id or workspace.new_id("Ev"),
            "event_time": int(workspace.clock.now().timestamp()),
            "authorizations": [
                {
                    "enterprise_id": grid_id,
                    "team_id": workspace.team_id,
                    "user_id": workspace.bot_user_id,
                    "is_bot": True,
                    "is_enterprise_install": grid is not None and grid.org_wide,
                }
            ],
            "is_ext_shared_channel": team_id != workspace.team_id,
            "event_context": f"4-{workspace.new_id('X')}",
        }

    def _channel(self, channel: Channel) -> dict[str, Any]:
        name = "privategroup" if channel.kind == "private" else channel.name
        return {"id": channel.id, "name": name}
