"""Every outgoing Slack call, with a narrow error for each thing that can go wrong."""

import logging
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.client import HTTPException, InvalidURL
from math import ceil, inf
from socket import gaierror
from ssl import SSLCertVerificationError
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.error import HTTPError, URLError
from urllib.request import HTTPRedirectHandler, Request, urlopen

from slack_sdk import WebClient
from slack_sdk.errors import SlackApiError, SlackRequestError
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient, WebhookResponse

from bot.clock import Clock, SystemClock
from bot.domain.delivery import MessageRef
from bot.domain.workspaces import outcome
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.whole import make_whole
from bot.slack_answers import (
    DELIVERY_EVENT,
    carries,
    conversations_with,
    is_date,
    next_cursor,
    posted_at,
    profile_in,
    read,
    read_said,
)
from bot.slack_errors import (
    UNREADABLE,
    AnswerLostError,
    MessageGoneError,
    NobodyThereError,
    NotSentError,
    OutdatedViewError,
    RateLimitedError,
    SlackError,
    TooLateError,
    TurnedAwayError,
    error_of,
)

if TYPE_CHECKING:
    from _typeshed import SupportsRead

__all__ = [
    "TIMEOUT",
    "AnswerLostError",
    "Message",
    "MessageGoneError",
    "Messenger",
    "NobodyThereError",
    "NotSentError",
    "OutdatedViewError",
    "RateLimitedError",
    "SlackError",
    "TooLateError",
    "TurnedAwayError",
    "View",
]

log = logging.getLogger("windshield")

TIMEOUT = 5
"""Seconds. A trigger lives for three; a conversation is worth a little longer."""

UPLOAD_TIMEOUT = 30
"""Seconds for each part of a file to go, and for Slack to take it in: nobody waits with a form
open. Whose it is, is said anew between two parts, and must last as long."""

PAGE = 1000
"""People asked for at once (https://docs.slack.dev/reference/methods/users.list: at most 1000)."""

HISTORY_PAGE = 200
"""Messages asked for at once; Slack advises no more
(https://docs.slack.dev/reference/methods/conversations.history)."""

BOOKMARKS = 1000
"""Look-ups under way of which is remembered how far they came."""

CHARTS = "data_visualization"
"""The type of a block that Slack gives to one workspace after the other."""

CHARTS_REFUSED = frozenset({"invalid_blocks", "invalid_arguments"})
"""What Slack says of a block that a workspace has not been given: of messages, and of views."""

CHARTS_AGAIN_AFTER = timedelta(hours=6)
"""How long nothing with a chart is tried again, once it was taken only without."""

BYTES = {"Content-Type": "application/octet-stream"}

NO_FILE = "file_not_found"
"""What Slack says of a file that never was, or was not completed
(https://docs.slack.dev/reference/methods/files.info#errors)."""

VIEW_CLOSED = "not_found"
"""What Slack says of a modal that nobody has open any more
(https://docs.slack.dev/reference/methods/views.update#errors)."""

View = Mapping[str, Any]
Message = Mapping[str, Any]
Value = TypeVar("Value")


class Messenger:
    """Speaks to Slack. Never tries again by itself: the SDK would post twice. `clock` tells when
    what Slack holds back may be tried again."""

    def __init__(self, token: str, api_url: str, clock: Clock | None = None) -> None:
        self.client = _Client(token=token, base_url=api_url, timeout=TIMEOUT, retry_handlers=[])
        self._clock = clock or SystemClock()
        self._posts_held_until: datetime | None = None
        self._links_held_until: datetime | None = None
        self._charts_held_until: datetime | None = None
        """In memory alone: after a start one call more is refused once, and sent again."""
        self._bookmarks: dict[tuple[str, str, datetime], str] = {}
        """By conversation, delivery and time: the cursor of the page to go on with. Where it was
        sent again the time is another, for what was read before may hold it now."""

    def open_view(self, trigger_id: str, view: View) -> None:
        """Open a modal; raises TooLateError when three seconds are over."""
        with _showing():
            self._call(self.client.views_open, trigger_id=trigger_id, view=view)

    def push_view(self, trigger_id: str, view: View) -> None:
        """Put a modal on top of the one that is open."""
        with _showing():
            self._call(self.client.views_push, trigger_id=trigger_id, view=view)

    def update_view(self, view_id: str, view: View, seen: str | None = None) -> View | None:
        """Draw an open modal anew; how Slack has it now, with the modals beneath it by id. None
        where it was closed meanwhile: then nothing is shown, and nothing is wrong. `seen` is the
        hash of the view that was looked at: raises OutdatedViewError where it is another now."""
        try:
            with _showing():
                answer = self._call(self.client.views_update, view_id=view_id, view=view, hash=seen)
                return read(answer, "view", dict)
        except SlackError as error:
            if error.code == VIEW_CLOSED:
                return None
            raise

    def publish_home(self, slack_id: str, view: View, seen: str | None = None) -> None:
        """Draw that person's App Home. That it is drawn does not mean that anybody looks at it.
        `seen` as in `update_view`."""
        try:
            self._drawing(
                lambda fit: self._call(
                    self.client.views_publish, user_id=slack_id, view=fit, hash=seen
                ),
                view,
            )
        except SlackError:
            outcome.unseen()
            raise

    def post(
        self,
        channel: str,
        message: Message,
        delivery: str | None = None,
        thread: str | None = None,
        occasion: str = "",
    ) -> MessageRef:
        """Post to a conversation, or to a person by Slack id; where the message stands.

        `delivery` is what `find_delivery` finds it by, or `occasion`; `thread` the ts of a message
        to answer.
        """
        arguments = dict(message)
        if thread is not None:
            arguments["thread_ts"] = thread
        if delivery is not None:
            payload = {"id": delivery, **({"occasion": occasion} if occasion else {})}
            arguments["metadata"] = {"event_type": DELIVERY_EVENT, "event_payload": payload}
        try:
            answer = self._drawing(
                lambda fit: self._call(
                    self.client.chat_postMessage,
                    channel=channel,
                    unfurl_links=False,
                    unfurl_media=False,
                    **fit,
                ),
                arguments,
            )
        except RateLimitedError as error:
            self._posts_held_until = self._clock.now() + timedelta(seconds=error.retry_after)
            raise
        return MessageRef(read(answer, "channel", str), read(answer, "ts", str))

    def check_may_post(self) -> None:
        """Raises RateLimitedError while Slack takes no messages, by what it said last: whoever
        posts then is held all the longer."""
        self._check_held(self._posts_held_until)

    def permalink(self, ref: MessageRef) -> str:
        """An address that opens that message for whoever is in its conversation. Raises SlackError,
        and RateLimitedError without a call while Slack gives none."""
        self._check_held(self._links_held_until)
        try:
            answer = self._call(
                self.client.chat_getPermalink, channel=ref.channel, message_ts=ref.ts
            )
        except RateLimitedError as error:
            self._links_held_until = self._clock.now() + timedelta(seconds=error.retry_after)
            raise
        return read(answer, "permalink", str)

    def _check_held(self, until: datetime | None) -> None:
        left = (until - self._clock.now()).total_seconds() if until else 0
        if left > 0:
            raise RateLimitedError(ceil(left))

    def find_delivery(
        self, channel: str, delivery: str, since: datetime, *, by: str = "id"
    ) -> str | None:
        """The ts of the message of that delivery (`by` occasion, where it was posted with that);
        None when it is not in that conversation.

        The newest messages are looked through whatever their time, for the two clocks may
        disagree; older ones as far as `since`. Slack gives as many at once as it likes, and some
        apps one page a minute: what it says "not yet" to goes on where it stopped when it is asked
        for again. Raises SlackError wherever anything between here and `since` was not read.
        """
        bookmark = channel, delivery, since
        cursor = self._bookmarks.pop(bookmark, "")
        while True:
            try:
                answer = self._call(
                    self.client.conversations_history,
                    channel=channel,
                    include_all_metadata=True,
                    limit=HISTORY_PAGE,
                    **({"cursor": cursor} if cursor else {}),
                )
            except RateLimitedError:
                if cursor:
                    self._remember(bookmark, cursor)
                raise
            oldest = inf
            for message in read(answer, "messages", list):
                if carries(message, delivery, by):
                    return read(message, "ts", str)
                oldest = posted_at(message)
            following = next_cursor(answer, cursor)
            if oldest < since.timestamp():
                return None
            if not following:
                if answer.get("has_more"):
                    raise AnswerLostError(UNREADABLE)
                return None
            cursor = following

    def _remember(self, bookmark: tuple[str, str, datetime], cursor: str) -> None:
        # What others found, or nobody asks for any more, would stay for ever; to begin anew is
        # always right.
        if len(self._bookmarks) >= BOOKMARKS:
            self._bookmarks.clear()
        self._bookmarks[bookmark] = cursor

    def redraw(self, channel: str, ts: str, message: Message) -> None:
        """Draw a posted message anew."""
        with _showing():
            self._drawing(
                lambda fit: self._call(self.client.chat_update, channel=channel, ts=ts, **fit),
                message,
            )

    def open_conversation(self, slack_id: str) -> str:
        """The id of the direct message with that person."""
        answer = self._call(self.client.conversations_open, users=[slack_id])
        return read(read(answer, "channel", dict), "id", str)

    def share_files(self, channel: str, files: Mapping[str, bytes], comment: str) -> None:
        """Put files, by their names, into a conversation (C… or D…), with a sentence. Nothing is
        seen of them before the last call. Raises SlackError."""
        sent = []
        for name, content in files.items():
            url, file_id = self.start_upload(name, len(content))
            self.send_bytes(url, content)
            sent.append({"id": file_id, "title": name})
        self.finish_upload(channel, sent, comment)

    def start_upload(self, name: str, length: int) -> tuple[str, str]:
        """Where a file of so many bytes goes, and its id."""
        answer = self._call(self.client.files_getUploadURLExternal, filename=name, length=length)
        return read(answer, "upload_url", str), read(answer, "file_id", str)

    def send_bytes(self, url: str, content: bytes) -> None:
        """Send a file to where Slack wants it, without the token. Raises NotSentError: until it is
        completed there is no file."""
        self._upload(Request(url, content, BYTES, method="POST"), TIMEOUT)  # noqa: S310

    def send_file(self, url: str, file: "SupportsRead[bytes]", length: int) -> None:
        """The same of a file that may be large: so many bytes of it, from where it stands."""
        headers = {**BYTES, "Content-Length": str(length)}
        self._upload(Request(url, file, headers, method="POST"), UPLOAD_TIMEOUT)  # noqa: S310

    def _upload(self, request: Request, timeout: float) -> None:
        try:
            with urlopen(_staying(request), timeout=timeout) as answer:  # noqa: S310 - Slack's own
                answer.read()
        except (OSError, HTTPException) as error:
            code = f"http_{error.code}" if isinstance(error, HTTPError) else type(error).__name__
            raise NotSentError(code) from error

    def finish_upload(self, channel: str, files: Sequence[Mapping[str, str]], comment: str) -> None:
        """Show files that were sent, by id and title, in a conversation."""
        with _showing():
            self._call(
                self.client.files_completeUploadExternal,
                files=[dict(one) for one in files],
                channel_id=channel,
                initial_comment=comment,
            )

    def is_shared(self, file_id: str, channel: str) -> bool | None:
        """Whether a file stands in that conversation; None where there is no such file. Raises
        SlackError."""
        try:
            answer = self._call(self.client.files_info, file=file_id)
        except SlackError as error:
            if error.code == NO_FILE:
                return None
            raise
        return channel in conversations_with(read(answer, "file", dict))

    def profile(self, slack_id: str) -> Profile | None:
        """What Slack says of that person; None where there is no such person."""
        try:
            answer = self._call(self.client.users_info, user=slack_id)
        except NobodyThereError:
            return None
        return profile_in(read(answer, "user", dict))

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
        profiles = [profile_in(user) for user in read(answer, "members", list)]
        return profiles, next_cursor(answer, cursor)

    def respond(self, url: str, message: Message, *, replace: bool = False) -> None:
        """Answer through a response URL, for the person who acted alone."""
        with _showing():
            self._drawing(lambda fit: self._respond(url, fit, replace), message)

    def _respond(self, url: str, message: Message, replace: bool) -> None:
        client = _ResponseUrl(url, timeout=TIMEOUT, retry_handlers=[])
        body = {"response_type": "ephemeral", "replace_original": replace, **message}
        try:
            answer = client.send_dict(body)
        except Exception as error:
            raise _transport_error(error) from error
        said = read_said(answer.body)
        if answer.status_code != 200 or not isinstance(said, dict) or said.get("ok") is not True:
            raise error_of(answer.status_code, answer.headers, said)

    def _drawing(
        self, call: Callable[[Mapping[str, Any]], Value], drawn: Mapping[str, Any]
    ) -> Value:
        """Make the call with the message or view; without its charts where this workspace has
        none. Whether it has is seen from what Slack takes: refused with them it is sent once more
        without, and only where that was taken are they left out for a while."""
        if not _has_charts(drawn):
            return call(drawn)
        held = self._charts_held_until
        if held is not None and self._clock.now() < held:
            return call(_without_charts(drawn))
        try:
            return call(drawn)
        except SlackError as error:
            if error.code not in CHARTS_REFUSED:
                raise
        answer = call(_without_charts(drawn))
        self._charts_held_until = self._clock.now() + CHARTS_AGAIN_AFTER
        return answer

    def who_am_i(self) -> Mapping[str, Any]:
        """Slack's auth.test, with the granted scopes under `scopes` where Slack names them, and
        under `date` what time it is there, where that can be read."""
        answer = self._call(self.client.auth_test)
        for name in ("team_id", "user_id"):
            read(answer, name, str)
        headers = {name.lower(): value for name, value in answer.headers.items()}
        scopes, date = headers.get("x-oauth-scopes", ""), headers.get("date", "")
        known = {"scopes": scopes, "date": date if is_date(date) else ""}
        return {**answer.data, **known}  # type: ignore[dict-item]

    def _call(self, method: Callable[..., SlackResponse], **arguments: Any) -> SlackResponse:
        try:
            answer = method(**arguments)
        except SlackApiError as error:
            response = error.response
            raise error_of(response.status_code, response.headers, response.data) from error
        except Exception as error:
            raise _transport_error(error) from error
        if not isinstance(answer.data, dict) or answer.data.get("ok") is not True:
            raise AnswerLostError(UNREADABLE)
        make_whole(answer.data)
        return answer


@contextmanager
def _showing() -> Iterator[None]:
    """What is done meanwhile shows something to the person who asked, or fails to."""
    try:
        yield
    except SlackError:
        outcome.unseen()
        raise
    outcome.shown()


class _Client(WebClient):
    def _perform_urllib_http_request_internal(self, url: str, req: Request) -> dict[str, Any]:
        return super()._perform_urllib_http_request_internal(url, _staying(req))


class _ResponseUrl(WebhookClient):
    def _perform_http_request_internal(self, url: str, req: Request) -> WebhookResponse:
        answer: WebhookResponse = super()._perform_http_request_internal(url, _staying(req))
        return answer


def _staying(request: Request) -> Request:
    """The request, made so that a redirect is an answer like any other.

    urllib would follow it, with the token and without what was posted: the word that comes back
    would be about a call that nobody meant. It counts its steps in the request, and gives up where
    there were as many as it allows.
    """
    steps = dict.fromkeys(range(HTTPRedirectHandler.max_redirections), 1)
    request.redirect_dict = steps  # type: ignore[attr-defined]
    return request


def _has_charts(drawn: Mapping[str, Any]) -> bool:
    return any(block.get("type") == CHARTS for block in drawn.get("blocks") or ())


def _without_charts(drawn: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **drawn,
        "blocks": [block for block in drawn["blocks"] if block.get("type") != CHARTS],
    }


def _transport_error(error: Exception) -> SlackError:
    """What it means that no answer came, or one that the SDK could make nothing of: it raises
    whatever it meets in a page that is no JSON, in bytes that are no text, in a list."""
    cause = error.reason if isinstance(error, URLError) else error
    if isinstance(cause, ConnectionRefusedError):
        return NotSentError("connection_refused")
    if isinstance(cause, gaierror | SSLCertVerificationError | SlackRequestError | InvalidURL):
        return NotSentError(type(cause).__name__)
    if not isinstance(error, OSError | HTTPException):
        log.warning("an answer of Slack could not be read", exc_info=error)
    return AnswerLostError(type(cause).__name__)
