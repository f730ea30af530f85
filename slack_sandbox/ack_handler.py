"""What a person sees of the app's ack, or of its absence. Runs on the server's event loop."""

from dataclasses import dataclass

from slack_sandbox.blockkit import check_view_errors
from slack_sandbox.delivery import Ack, Outcome
from slack_sandbox.journal import Json
from slack_sandbox.response_urls import show_response
from slack_sandbox.web_api.content import check_view_content
from slack_sandbox.web_api.method import ApiError
from slack_sandbox.web_api.views import STACK_MOST
from slack_sandbox.workspace import SLACKBOT, Channel, Member, Post, View, Workspace

TROUBLE = "We had some trouble connecting. Try again?"
_WORDS = {
    Outcome.TIMED_OUT: "operation_timeout",
    Outcome.UNREACHABLE: "dispatch_failed",
    Outcome.REFUSED: "http_service_error",
}


@dataclass(frozen=True)
class AckHandler:
    workspace: Workspace

    def slash(self, member: Member, channel: Channel, command: str, ack: Ack) -> None:
        """The ack of a command is shown to the person who typed it, unless it is empty."""
        if ack.outcome is not Outcome.ACKED:
            error = _WORDS[ack.outcome]
            self._note(member, channel, f'`{command}` failed with the error "{error}"')
            return
        if ack.body is None:
            return
        body = ack.body if isinstance(ack.body, dict) else {"text": str(ack.body)}
        try:
            show_response(self.workspace, member.id, channel.id, body)
        except ApiError:
            self._note(member, channel, f'`{command}` failed with the error "invalid_response"')

    def interaction(self, member: Member, channel: Channel, label: str, ack: Ack) -> None:
        """The ack of a press or a shortcut shows nothing; a missing one, a warning."""
        if ack.outcome is not Outcome.ACKED:
            name = self.workspace.manifest.name
            self._note(member, channel, f"⚠ {name} did not respond to “{label}”.")
        elif ack.body:
            self.workspace.journal.violated("ack.body", f"“{label}” was acked with a body.")

    def press(self, member: Member, surface: Post | View, label: str, ack: Ack) -> None:
        if isinstance(surface, Post):
            self.interaction(member, self.workspace.channels[surface.channel], label, ack)
        elif ack.outcome is not Outcome.ACKED:
            with self.workspace.changing():
                surface.trouble = TROUBLE
        elif ack.body:
            self.workspace.journal.violated("ack.body", f"“{label}” was acked with a body.")

    def no_interactivity(self, member: Member, surface: Post | View) -> None:
        text = "This app is not configured to handle interactive responses."
        if isinstance(surface, Post):
            self._note(member, self.workspace.channels[surface.channel], text)
        else:
            surface.trouble = text

    def submission(self, member: Member, view: View, ack: Ack) -> None:
        """Close, redraw, push or clear, as the app says; keep the modal open with Slack's words
        when it says nothing that can be understood."""
        with self.workspace.changing():
            if ack.outcome is not Outcome.ACKED:
                view.trouble = TROUBLE
                return
            try:
                self._answer_submission(member, view, ack.body)
            except ApiError:
                view.trouble = TROUBLE

    def _answer_submission(self, member: Member, view: View, body: object) -> None:
        if not body:
            self.workspace.close_modals(member, [view])
            return
        action = body.get("response_action") if isinstance(body, dict) else None
        known = {"errors": {"errors"}, "update": {"view"}, "push": {"view"}, "clear": set()}
        if not isinstance(body, dict) or set(body) - {"response_action"} != known.get(str(action)):
            self.workspace.journal.violated(
                "view_submission.answer", f"Slack does not understand the answer {body!r}."
            )
            raise ApiError("invalid_arguments")
        if action == "clear":
            self.workspace.close_modals(member, list(member.stack))
        elif view not in member.stack:
            return
        elif action == "errors":
            self._show_errors(view, body["errors"])
        else:
            self._show_view(member, view, str(action), body["view"])

    def _show_errors(self, view: View, errors: object) -> None:
        problems = check_view_errors(view.definition, errors)
        for problem in problems:
            self.workspace.journal.violated(problem.rule, f"{problem.detail} ({problem.path})")
        if problems or not isinstance(errors, dict):
            raise ApiError("invalid_arguments")
        view.errors = errors

    def _show_view(self, member: Member, view: View, action: str, given: object) -> None:
        definition: Json = check_view_content(self.workspace, given)
        if action == "update":
            self.workspace.redraw_view(view, definition)
            return
        if len(member.stack) >= STACK_MOST:
            self.workspace.journal.violated("view.push_limit", "More than 3 views in a stack.")
            raise ApiError("push_limit_reached")
        self.workspace.open_modal(member, self.workspace.new_view(member.id, definition, view))

    def _note(self, member: Member, channel: Channel, text: str) -> None:
        self.workspace.post(channel, SLACKBOT, {"text": text}, ephemeral_to=member.id)
