"""Completion: the commands, people and channels that fit what someone begins to type."""

from collections.abc import Iterable
from dataclasses import dataclass

from slack_sandbox.workspace import Channel, Member, Workspace

MOST = 40
"""Choices in a list; of more, the first ones by name."""


@dataclass(frozen=True)
class Choice:
    """One line of a list: `value` is what is chosen, `inserted` what is typed for it."""

    value: str
    label: str
    detail: str = ""
    inserted: str = ""


def commands(workspace: Workspace, begun: str) -> list[Choice]:
    """The app's commands that begin so, with their usage hints."""
    return [
        Choice(
            command.command,
            f"{command.command} {command.usage_hint}".strip(),
            command.description,
            f"{command.command} ",
        )
        for command in workspace.manifest.commands.values()
        if command.command.startswith(begun.lower())
    ][:MOST]


def people(workspace: Workspace, begun: str, *, bots: bool = True) -> list[Choice]:
    """Active people of the workspace by name or handle."""
    members = [member for member in workspace.members.values() if not member.deleted]
    names = [member.name for member in members]
    fitting = [
        member
        for member in _best(members, begun)
        if (bots or not member.bot) and member.id != workspace.bot_user_id
    ]
    return [
        Choice(
            member.id,
            member.name,
            member.title or ("App" if member.bot else f"@{member.handle}"),
            # Of two people of one name only the handle says which.
            f"@{member.name if names.count(member.name) == 1 else member.handle} ",
        )
        for member in fitting[:MOST]
    ]


def channels(workspace: Workspace, member: Member, begun: str) -> list[Choice]:
    """Public channels and the private ones of which the person is a member."""
    seen = [
        channel
        for channel in workspace.channels.values()
        if channel.kind == "public" or (channel.kind == "private" and member.id in channel.members)
    ]
    wanted = begun.lower().removeprefix("#")
    fitting = [channel for channel in seen if wanted in channel.name.lower()]
    return [_channel(channel) for channel in sorted(fitting, key=lambda each: each.name)[:MOST]]


def conversations(workspace: Workspace, member: Member, begun: str) -> list[Choice]:
    """Channels, and the person's own conversation with the app."""
    found = channels(workspace, member, begun)
    name = workspace.manifest.name
    if member.dm is not None and begun.lower() in name.lower():
        found.append(Choice(member.dm, name, "Direct message"))
    return found


def _channel(channel: Channel) -> Choice:
    detail = "Private channel" if channel.kind == "private" else "Channel"
    return Choice(channel.id, f"#{channel.name}", detail, f"#{channel.name} ")


def _best(members: Iterable[Member], begun: str) -> list[Member]:
    """Those whose name begins so first, then any other match; each by name."""
    wanted = begun.lower().removeprefix("@")

    def rank(member: Member) -> int | None:
        name = member.name.lower()
        if name.startswith(wanted):
            return 0
        if any(word.startswith(wanted) for word in [*name.split(), member.handle.lower()]):
            return 1
        return 2 if wanted in name else None

    ranked = [(rank(member), member.name.lower(), member) for member in members]
    fitting = [each for each in ranked if each[0] is not None]
    return [member for _, _, member in sorted(fitting, key=lambda each: (each[0], each[1]))]
