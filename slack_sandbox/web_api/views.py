"""views.open, views.push, views.update, views.publish.

Reference: https://docs.slack.dev/reference/methods/views.open and its neighbours.
"""

from slack_sandbox.interactions import TRIGGER_SECONDS, Trigger
from slack_sandbox.journal import Json
from slack_sandbox.payloads import view_object
from slack_sandbox.web_api.content import check_view_content
from slack_sandbox.web_api.method import Api, ApiError, Method, names
from slack_sandbox.workspace import Member, View

STACK_MOST = 3
"""Views in a modal's stack (https://docs.slack.dev/surfaces/modals)."""


def _trigger(api: Api, trigger_id: object) -> Trigger:
    """Use up a trigger_id; raises Slack's error when it cannot be used."""
    trigger = api.interactions.triggers.get(str(trigger_id))
    if trigger is None:
        api.journal.violated("trigger.invalid", "A trigger_id that Slack never gave.")
        raise ApiError("invalid_trigger_id")
    if trigger.used:
        api.journal.violated("trigger.exchanged", "A trigger_id was used a second time.")
        raise ApiError("exchanged_trigger_id")
    age = api.workspace.clock.age(trigger.given)
    if age > TRIGGER_SECONDS:
        api.journal.violated("trigger.expired", f"A trigger_id was used after {age:.1f} seconds.")
        raise ApiError("expired_trigger_id")
    trigger.used = True
    return trigger


def _modal(api: Api, arguments: Json) -> Json:
    definition = check_view_content(api.workspace, arguments["view"])
    if definition.get("type") != "modal":
        raise ApiError("invalid_arguments")
    _check_external_id(api, definition, None)
    return definition


def _check_external_id(api: Api, definition: Json, own: View | None) -> None:
    external_id = definition.get("external_id")
    if not external_id:
        return
    for view in api.workspace.views.values():
        if view is not own and view.definition.get("external_id") == external_id:
            raise ApiError("duplicate_external_id")


def _check_room(api: Api, member: Member) -> None:
    if len(member.stack) >= STACK_MOST:
        api.journal.violated("view.push_limit", f"More than {STACK_MOST} views in a stack.")
        raise ApiError("push_limit_reached")


def _open(api: Api, arguments: Json) -> Json:
    """A modal opened from outside one takes the place of whatever modal was left open; one opened
    from inside a modal lies on top of it."""
    definition = _modal(api, arguments)
    trigger = _trigger(api, arguments["trigger_id"])
    member = api.workspace.members[trigger.member]
    if trigger.view_id is None:
        api.workspace.close_modals(member, list(member.stack))
    _check_room(api, member)
    view = api.workspace.new_view(member.id, definition)
    api.workspace.open_modal(member, view)
    return {"view": view_object(api.workspace, view)}


def _push(api: Api, arguments: Json) -> Json:
    definition = _modal(api, arguments)
    trigger = _trigger(api, arguments["trigger_id"])
    member = api.workspace.members[trigger.member]
    if not member.stack:
        raise ApiError("not_found")
    _check_room(api, member)
    view = api.workspace.new_view(member.id, definition, member.stack[-1])
    api.workspace.open_modal(member, view)
    return {"view": view_object(api.workspace, view)}


def _update(api: Api, arguments: Json) -> Json:
    if ("view_id" in arguments) == ("external_id" in arguments):
        raise ApiError("invalid_arguments")
    definition = check_view_content(api.workspace, arguments["view"])
    if "view_id" in arguments:
        view = api.workspace.views.get(str(arguments["view_id"]))
    else:
        wanted = arguments["external_id"]
        views = api.workspace.views.values()
        view = next((view for view in views if view.definition.get("external_id") == wanted), None)
    if view is None:
        raise ApiError("not_found")
    if definition["type"] != view.definition["type"]:
        raise ApiError("invalid_arguments")
    if arguments.get("hash", view.hash) != view.hash:
        raise ApiError("hash_conflict")
    _check_external_id(api, definition, view)
    api.workspace.redraw_view(view, definition)
    return {"view": view_object(api.workspace, view)}


def _publish(api: Api, arguments: Json) -> Json:
    if not api.workspace.manifest.home_tab:
        api.journal.violated("manifest.home_tab", "The manifest has no Home tab.")
        raise ApiError("not_enabled")
    definition = check_view_content(api.workspace, arguments["view"])
    if definition.get("type") != "home":
        raise ApiError("invalid_arguments")
    member = api.member(arguments["user_id"])
    if member.home is not None and arguments.get("hash", member.home.hash) != member.home.hash:
        raise ApiError("hash_conflict")
    _check_external_id(api, definition, member.home)
    view = api.workspace.publish_home(member, definition)
    return {"view": view_object(api.workspace, view)}


METHODS = {
    "views.open": Method(_open, names("trigger_id", "view")),
    "views.push": Method(_push, names("trigger_id", "view")),
    "views.update": Method(_update, names("view"), names("view_id", "external_id", "hash")),
    "views.publish": Method(_publish, names("user_id", "view"), names("hash")),
}
