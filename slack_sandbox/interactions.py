"""What Slack lends the app with a payload: trigger ids and response_urls.

Source: https://docs.slack.dev/interactivity/handling-user-interaction (a trigger_id opens one modal
within 3 seconds; a response_url takes 5 posts within 30 minutes).
"""

from dataclasses import dataclass, field

from slack_sandbox.clock import Moment
from slack_sandbox.workspace import Post, Workspace

TRIGGER_SECONDS = 3.0
RESPONSE_URL_SECONDS = 30 * 60.0
RESPONSE_URL_USES = 5


@dataclass
class Trigger:
    """`view_id` is the modal in which the person acted, None when it was none."""

    id: str
    member: str
    given: Moment
    view_id: str | None
    used: bool = False


@dataclass
class ResponseUrl:
    """`original` is the message that it may replace; None where there is none, as for commands."""

    path: str
    member: str
    channel: str
    given: Moment
    original: Post | None
    uses: int = 0


@dataclass
class InteractionRegistry:
    """Both registries. The caller holds the workspace's lock."""

    workspace: Workspace
    triggers: dict[str, Trigger] = field(default_factory=dict)
    response_urls: dict[str, ResponseUrl] = field(default_factory=dict)

    def trigger(self, member: str, view_id: str | None = None) -> str:
        """A new trigger_id for what a person has just done."""
        number = self.workspace.new_id("G")[1:]
        trigger = Trigger(f"{number}.{member}", member, self.workspace.clock.moment(), view_id)
        self.triggers[trigger.id] = trigger
        return trigger.id

    def response_path(
        self, kind: str, member: str, channel: str, original: Post | None = None
    ) -> str:
        """The path of a new response_url; `kind` is "commands" or "actions"."""
        secret = self.workspace.new_id("R")[1:]
        path = f"/{kind}/{self.workspace.team_id}/{secret}"
        given = self.workspace.clock.moment()
        self.response_urls[path] = ResponseUrl(path, member, channel, given, original)
        return path
