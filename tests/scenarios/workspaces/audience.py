"""Whom each thing that goes out reaches, and the words in it."""

import json
from collections.abc import Iterator

from slack_sandbox.journal import ApiCall, Json
from tests.scenarios.conftest import World


def audience(world: World, call: ApiCall, actor: str) -> frozenset[str]:
    """The Slack ids of everybody who can read what that call shows; `actor` is whose press or
    command is answered where the call itself does not say."""
    workspace = world.slack._workspace
    arguments = call.arguments
    with workspace.lock:
        match call.method:
            case "response_url":
                return frozenset({actor})
            case "views.open" | "views.push":
                trigger = world.slack._interactions.triggers.get(str(arguments.get("trigger_id")))
                return frozenset({trigger.member if trigger else actor})
            case "views.update":
                view = workspace.views.get(str(arguments.get("view_id")))
                return frozenset({view.owner if view else actor})
            case "views.publish":
                return frozenset({str(arguments["user_id"])})
            case "chat.postEphemeral":
                return frozenset({str(arguments["user"])})
        place = str(arguments.get("channel") or arguments.get("channel_id"))
        if place in workspace.members:
            return frozenset({place})
        channel = workspace.channels.get(place)
        return frozenset((channel.members if channel else set()) - {workspace.bot_user_id})


def sent(
    world: World, calls: list[ApiCall], actor: str, answer: Json
) -> Iterator[tuple[str, str, str]]:
    """Who got what, as it went out: a Slack id, by which call, the whole payload, hidden parts
    included."""
    yield actor, "acknowledgement", json.dumps(answer, ensure_ascii=False)
    for call in calls:
        if call.error is None:
            text = json.dumps(call.arguments, ensure_ascii=False)
            for person in audience(world, call, actor):
                yield person, call.method, text
