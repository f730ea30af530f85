"""What can become of a call to Slack: an error class each, and which of Slack's words means which.

Slack's words are those of its method pages (https://docs.slack.dev/reference/methods). It adds new
ones at any time: a word that is not here is a refusal of one call, which may pass.
"""

import re
from collections.abc import Mapping
from math import ceil

UNKNOWN_WAIT = 60
"""Seconds to wait where Slack does not say how long: it counts calls by the minute
(https://docs.slack.dev/apis/web-api/rate-limits), so that a minute later there is room again."""

LONGEST_WAIT = 3600
"""Seconds after which Slack is asked again whatever it said: one call an hour hurts nobody, and a
number gone wrong must not silence a workspace for days."""

UNREADABLE = "unreadable_answer"
"""The code of an answer that came whole and in time, and yet cannot be understood."""


DEACTIVATED = "user_is_deactivated"
"""The code where a profile says that somebody has left: Slack answers ok to what is posted to them
(https://github.com/slackapi/python-slack-sdk/issues/1156)."""


NO_FILES = frozenset(
    {"file_uploads_disabled", "file_uploads_except_images_disabled", "file_type_not_allowed"}
)
"""The codes where a workspace's owners let nobody upload files, or none of that kind."""

MISSING_SCOPE = "missing_scope"
"""The code where the app was not installed again since it asks for more."""

FILE_DELETED = "file_deleted"
"""The code where a file was there, and somebody deleted it since."""

TOO_LARGE = frozenset({"file_upload_size_restricted", "snippet_too_large"})
"""The codes where a file is larger than Slack takes
(https://docs.slack.dev/reference/methods/files.getUploadURLExternal#errors)."""

STORAGE_FULL = frozenset({"over_storage_limit", "storage_limit_reached"})
"""The codes where the workspace's room for files is used up; Slack lists neither, and answered the
latter to its earlier way of uploading."""


class SlackError(Exception):
    """A call that Slack did not carry out, or may not have. `code` is Slack's own word.

    Itself, it is a refusal of this one call, by a word that speaks of its content or that nobody
    knows: nothing was done, and another time or another content may be taken.
    """

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
    """The message is not there any more, or can be changed or answered no more."""


class TurnedAwayError(SlackError):
    """Slack takes nothing from this app for now, whatever it is: nothing was done."""


class NotSentError(SlackError):
    """Slack could not be reached, or not with all of the call: nothing was done, and it may be
    tried again."""


class AnswerLostError(SlackError):
    """The call went out and no answer came that can be read: it may have been carried out."""


_TOO_LATE = """
    exchanged_trigger_id expired_trigger_id expired_url invalid_trigger_id trigger_exchanged
    trigger_expired used_url
"""

# A setting of the workspace or of the channel (restricted_action…) lasts: whoever waits for the
# message is told now.
_NOBODY_THERE = """
    cannot_dm_bot channel_not_found is_archived is_inactive messages_tab_disabled not_in_channel
    restricted_action restricted_action_non_threadable_channel restricted_action_read_only_channel
    restricted_action_thread_locked restricted_action_thread_only_channel user_disabled
    user_is_deactivated user_not_found user_not_visible
"""

_MESSAGE_GONE = """
    cannot_reply_to_message cant_update_message edit_window_closed message_not_found
    thread_not_found
"""

# The token, the network, the plan or the whole workspace: no other call would fare better. What
# Slack calls an access or a permission of one request (access_denied, no_permission) is not here,
# for it must not hold up the others.
_TURNED_AWAY = """
    accesslimited account_inactive deprecated_endpoint ekm_access_denied enterprise_is_restricted
    invalid_auth message_limit_exceeded method_deprecated missing_scope not_allowed_token_type
    not_authed org_login_required service_unavailable team_access_not_granted team_added_to_org
    team_not_found token_expired token_revoked two_factor_setup_required unknown_method
    upgrade_required
"""

# "The POST data was either missing or truncated": what Slack has not read to its end it cannot have
# carried out.
_NOT_SENT = "request_timeout"

# Slack says of internal_error and fatal_error that some of it may have been done, and of an update
# that failed no more than that.
_MAYBE_DONE = "fatal_error internal_error update_failed"

# About what was sent, or about this one call.
_REFUSED = """
    access_denied as_user_not_supported attachment_payload_limit_exceeded block_mismatch
    cant_broadcast_message duplicate_channel_not_found duplicate_external_id
    duplicate_message_not_found external_channel_migrating file_deleted file_not_found
    file_type_not_allowed file_update_failed file_upload_size_restricted file_uploads_disabled
    file_uploads_except_images_disabled alt_txt_too_large invalid_arg_name invalid_arguments
    invalid_array_arg invalid_attachments invalid_blocks invalid_blocks_format invalid_channel
    invalid_charset posting_to_channel_denied snippet_too_large unknown_snippet_type
    invalid_cursor invalid_form_data invalid_json invalid_limit invalid_metadata_format
    invalid_metadata_keys invalid_metadata_schema invalid_payload invalid_post_type
    invalid_ts_latest invalid_ts_oldest invalid_user_combination json_not_object limit_required
    markdown_text_conflict metadata_must_be_sent_from_app metadata_too_large
    method_not_supported_for_channel_type missing_argument missing_post_type msg_blocks_too_long
    msg_too_long no_dual_broadcast_content_update no_permission no_text not_enabled
    not_enough_users not_found push_limit_reached slack_connect_file_link_sharing_blocked
    streaming_state_conflict too_many_attachments too_many_contact_cards too_many_users
    users_list_not_supplied view_too_large
"""

MEANINGS: Mapping[str, type[SlackError]] = {
    word: kind
    for kind, words in (
        (RateLimitedError, "rate_limited ratelimited"),
        (TooLateError, _TOO_LATE),
        (OutdatedViewError, "hash_conflict"),
        (NobodyThereError, _NOBODY_THERE),
        (MessageGoneError, _MESSAGE_GONE),
        (TurnedAwayError, _TURNED_AWAY),
        (NotSentError, _NOT_SENT),
        (AnswerLostError, _MAYBE_DONE),
        (SlackError, _REFUSED),
    )
    for word in words.split()
}
"""What each of Slack's words means. None of them means one thing of one method and another of
another, as far as this product calls them."""

_WORD = re.compile(r"[a-z0-9_.-]{1,100}")
"""What an error word looks like; the SDK gives a whole sentence as the error of an answer that was
no JSON."""

_SECONDS = re.compile(r"[0-9]+(\.[0-9]+)?")


def error_of(status: int, headers: Mapping[str, str], answer: object) -> SlackError:
    """What an answer means that is not `ok`: `answer` is its JSON, None where there was none.

    Only a refusal in Slack's own form counts as one. Anything else may come from whatever stands
    between Slack and us, after the call was carried out; and of a server that failed (5xx) nobody
    knows how far it came.
    """
    word = _word(answer)
    if status == 429:
        return RateLimitedError(_wait(headers))
    if word is None or 300 <= status < 400 or status >= 500:
        return AnswerLostError(word or (UNREADABLE if status == 200 else str(status)))
    meaning = MEANINGS.get(word, SlackError)
    return RateLimitedError(_wait(headers)) if meaning is RateLimitedError else meaning(word)


def _word(answer: object) -> str | None:
    """Slack's error word; None where the answer is no refusal that can be read.

    A response URL says "Expired url" where it means expired_url
    (https://github.com/getsentry/sentry/pull/7955).
    """
    if not isinstance(answer, dict) or answer.get("ok") is not False:
        return None
    word = str(answer.get("error")).lower().replace(" ", "_")
    readable = isinstance(answer.get("error"), str) and _WORD.fullmatch(word)
    return word if readable else None


def _wait(headers: Mapping[str, str]) -> int:
    """The seconds of Retry-After; a default where it says nothing that can be waited for."""
    named = {name.lower(): value for name, value in headers.items()}
    said = str(named.get("retry-after", "")).strip()
    if not _SECONDS.fullmatch(said):
        return UNKNOWN_WAIT
    return max(1, ceil(min(float(said), LONGEST_WAIT)))
