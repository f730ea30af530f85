"""Every outgoing Slack call, with a narrow error for each thing that can go wrong."""

from collections.abc import Callable, Iterator, Mapping
from datetime import datetime
from http.client import HTTPException
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import Any
from urllib.error import URLError

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackClientError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.domain.delivery import MessageRef
from bot.domain.people import Profile

TIMEOUT = 5
"""Seconds. A trigger lives for three; a conversation is worth a little longer."""

PAGE = 1000
"""People asked for at once (https://docs.slack.dev/reference/methods/users.list: at most 1000)."""

HISTORY_PAGE = 200
"""Messages asked for at once; Slack advises no more
(https://docs.slack.dev/reference/methods/conversations.history)."""

DELIVERY_EVENT = "windshield_delivery"
"""The event type of the metadata that a scheduled message carries."""

View = Mapping[str, Any]
Message = Mapping[str, Any]


class SlackError(Exception):
    """A call that Slack did not carry out, or may not have. `code` is Slack's own word."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class RateLimitedError(SlackError):
    """Not before `retry_after` seconds, and only this method in this workspace."""

    def __init__(self, retry_after: int) -> None:
        super().__init__("ratelimited")
        self.retry_after = retry_after


class TooLateError(SlackError):
    """The trigger or the response URL has had its time."""


class OutdatedViewError(SlackError):
    """The view was changed by someone else in between."""


class NobodyThereError(SlackError):
    """The channel or the person cannot be written to any more."""


class MessageGoneError(SlackError):
    """The message is not there any more, or can be changed no more."""


class TurnedAwayError(SlackError):
    """Slack takes nothing from this app for now, whatever it is: nothing was done."""


class NotSentError(SlackError):
    """Slack could not be reached: nothing was done, and it may be tried again."""


class AnswerLostError(SlackError):
    """The call went out and no answer came: it may have been carried out."""


TOO_LATE = {
    "expired_trigger_id",
    "trigger_expired",
    "exchanged_trigger_id",
    "trigger_exchanged",
    "invalid_trigger_id",
    "expired_url",
    "used_url",
}
NOBODY_THERE = {
    "channel_not_found",
    "not_in_channel",
    "is_archived",
    "user_not_found",
    "user_disabled",
    "user_is_deactivated",
    "cannot_dm_bot",
    "messages_tab_disabled",
}

MESSAGE_GONE = {"message_not_found", "cant_update_message", "edit_window_closed"}
TURNED_AWAY = {
    "account_inactive",
    "ekm_access_denied",
    "invalid_auth",
    "missing_scope",
    "not_authed",
    "org_login_required",
    "service_unavailable",
    "team_access_not_granted",
    "team_added_to_org",
    "token_expired",
    "token_revoked",
}
MAYBE_DONE = {"fatal_error", "internal_error"}
"""Slack says of both that some of it may have been done
(https://docs.slack.dev/reference/methods/chat.postMessage#errors)."""


class Messenger:
    """Speaks to Slack. Never tries again by itself: the SDK would post twice."""

    def __init__(self, token: str, api_url: str) -> None:
        self.client = WebClient(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])

    def open_view(self, trigger_id: str, view: View) -> None:
        """Open a modal; raises TooLateError when three seconds are over."""
        self._call(self.client.views_open, trigger_id=trigger_id, view=view)

    def push_view(self, trigger_id: str, view: View) -> None:
        """Put a modal on top of the one that is open."""
        self._call(self.client.views_push, trigger_id=trigger_id, view=view)

    def update_view(self, view_id: str, view: View) -> View:
        """Draw an open modal anew; how Slack has it now, with the modals beneath it by id."""
        answer = self._call(self.client.views_update, view_id=view_id, view=view)
        shown: View = answer["view"]
        return shown

    def publish_home(self, slack_id: str, view: View) -> None:
        """Draw that person's App Home."""
        self._call(self.client.views_publish, user_id=slack_id, view=view)

    def post(
        self,
        channel: str,
        message: Message,
        delivery: str | None = None,
        thread: str | None = None,
    ) -> MessageRef:
        """Post to a conversation, or to a person by Slack id; where the message stands.

        `delivery` is what `find_delivery` finds it by; `thread` the ts of a message to answer.
        """
        arguments = dict(message)
        if thread is not None:
            arguments["thread_ts"] = thread
        if delivery is not None:
            payload = {"id": delivery}
            arguments["metadata"] = {"event_type": DELIVERY_EVENT, "event_payload": payload}
        answer = self._call(
            self.client.chat_postMessage,
            channel=channel,
            unfurl_links=False,
            unfurl_media=False,
            **arguments,
        )
        return MessageRef(str(answer["channel"]), str(answer["ts"]))

    def find_delivery(self, channel: str, delivery: str, since: datetime) -> str | None:
        """The ts of the message of that delivery; None when it is not in that conversation.

        The newest messages are looked through whatever their time, for the two clocks may
        disagree; older ones as far as `since`.
        """
        cursor = ""
        while True:
            answer = self._call(
                self.client.conversations_history,
                channel=channel,
                include_all_metadata=True,
                limit=HISTORY_PAGE,
                **({"cursor": cursor} if cursor else {}),
            )
            found = answer["messages"]
            for message in found:
                metadata = message.get("metadata") or {}
                payload = metadata.get("event_payload") or {}
                if metadata.get("event_type") == DELIVERY_EVENT and payload.get("id") == delivery:
                    return str(message["ts"])
            cursor = (answer.get("response_metadata") or {}).get("next_cursor", "")
            if not cursor or not found or float(found[-1]["ts"]) < since.timestamp():
                return None

    def redraw(self, channel: str, ts: str, message: Message) -> None:
        """Draw a posted message anew."""
        self._call(self.client.chat_update, channel=channel, ts=ts, **message)

    def open_conversation(self, slack_id: str) -> str:
        """The id of the direct message with that person."""
        answer = self._call(self.client.conversations_open, users=[slack_id])
        return str(answer["channel"]["id"])

    def profile(self, slack_id: str) -> Profile | None:
        """What Slack says of that person; None where there is no such person."""
        try:
            answer = self._call(self.client.users_info, user=slack_id)
        except NobodyThereError:
            return None
        return read_profile(answer["user"])

    def all_profiles(self, wait: Callable[[float], None]) -> Iterator[Profile]:
        """Everyone in the workspace; `wait` (seconds) is called when Slack says not yet."""
        cursor = ""
        while True:
            try:
                profiles, cursor = self.some_profiles(cursor)
            except RateLimitedError as error:
                wait(error.retry_after)
                continue
            yield from profiles
            if not cursor:
                return

    def some_profiles(self, cursor: str) -> tuple[list[Profile], str]:
        """A page of everyone in the workspace, and the cursor of the next; "" begins and ends."""
        answer = self._call(self.client.users_list, limit=PAGE, cursor=cursor)
        profiles = [read_profile(user) for user in answer["members"]]
        return profiles, str((answer.get("response_metadata") or {}).get("next_cursor", ""))

    def respond(self, url: str, message: Message, *, replace: bool = False) -> None:
        """Answer through a response URL, for the person who acted alone."""
        client = WebhookClient(url, timeout=TIMEOUT, retry_handlers=[])
        body = {"response_type": "ephemeral", "replace_original": replace, **message}
        try:
            answer = client.send_dict(body)
        except (SlackClientError, OSError, HTTPException) as error:
            raise _transport_error(error) from error
        if answer.status_code == 429:
            raise RateLimitedError(int(answer.headers.get("Retry-After", 1)))
        if answer.status_code >= 500:
            raise AnswerLostError(str(answer.status_code))
        if answer.status_code != 200:
            known = next((code for code in TOO_LATE if code in answer.body), "")
            raise TooLateError(known) if known else SlackError(str(answer.status_code))

    def who_am_i(self) -> Mapping[str, Any]:
        """Slack's auth.test, with the granted scopes under `scopes` where Slack names them."""
        answer = self._call(self.client.auth_test)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        scopes, date = headers.get("x-oauth-scopes", ""), headers.get("date", "")
        return {**answer.data, "scopes": scopes, "date": date}  # type: ignore[dict-item]

    def _call(self, method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
        try:
            return method(**arguments)
        except SlackApiError as error:
            raise _slack_error(error.response) from error
        except (SlackClientError, OSError, HTTPException) as error:
            raise _transport_error(error) from error


def read_profile(user: Mapping[str, Any]) -> Profile:
    """A profile from Slack's user object."""
    profile = user.get("profile") or {}
    names = (
        profile.get("real_name"),
        user.get("real_name"),
        profile.get("display_name"),
        user.get("name"),
    )
    name = next((" ".join(n.split()) for n in names if n and n.strip()), str(user["id"]))
    return Profile(
        slack_id=user["id"],
        name=name,
        zone=user.get("tz") or None,
        active=not user.get("deleted", False),
        bot=bool(user.get("is_bot")) or user["id"] == "USLACKBOT",
        email=profile.get("email") or None,
    )


def _slack_error(response: Any) -> SlackError:
    data = response.data if isinstance(response.data, dict) else {}
    code = str(data.get("error", ""))
    if response.status_code == 429 or code in ("ratelimited", "rate_limited"):
        return RateLimitedError(int(response.headers.get("Retry-After", 1)))
    if response.status_code >= 500 or code in MAYBE_DONE or not code:
        return AnswerLostError(code or str(response.status_code))
    if code in TOO_LATE:
        return TooLateError(code)
    if code == "hash_conflict":
        return OutdatedViewError(code)
    if code in NOBODY_THERE:
        return NobodyThereError(code)
    if code in MESSAGE_GONE:
        return MessageGoneError(code)
    if code in TURNED_AWAY:
        return TurnedAwayError(code)
    return SlackError(code)


def _transport_error(error: Exception) -> SlackError:
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ConnectionRefusedError):
        return NotSentError("connection_refused")
    if isinstance(cause, gaierror | SSLCertVerificationError):
        return NotSentError(type(cause).__name__)
    return AnswerLostError(type(cause).__name__)
