"""Each word with which Slack refuses means one thing, and one that nobody knows may pass."""

import pytest

from bot.messenger import (
    AnswerLostError,
    Messenger,
    NobodyThereError,
    NotSentError,
    RateLimitedError,
    SlackError,
    TooLateError,
    TurnedAwayError,
)
from bot.slack_errors import MEANINGS
from slack_sandbox import Answer, Sandbox
from tests.messenger.conftest import CALLS, outcome
from tests.messenger.words import RESPONSE_URL, WORDS

NOTHING_WRONG = {
    "files.info": {"file_not_found"},
    "users.info": {"user_not_found", "user_not_visible"},
    "views.update": {"not_found"},
}
"""Answers rather than refusals: there is no such person or file, and the modal was closed
meanwhile."""

PASSING = [
    "accesslimited",
    "ekm_access_denied",
    "invalid_auth",
    "message_limit_exceeded",
    "org_login_required",
    "service_unavailable",
    "token_expired",
    "token_revoked",
    "two_factor_setup_required",
    "upgrade_required",
]


@pytest.mark.parametrize("method", WORDS)
def test_every_word_that_slack_publishes_has_a_meaning(method: str) -> None:
    assert set(WORDS[method]) - MEANINGS.keys() == set()


def test_every_call_has_its_words() -> None:
    assert WORDS.keys() == CALLS.keys()


@pytest.mark.parametrize("method", CALLS)
def test_a_refusal_is_what_its_word_means(
    slack: Sandbox, messenger: Messenger, method: str
) -> None:
    meanings: dict[str, object] = {}
    came: dict[str, object] = {}
    for word in WORDS[method]:
        slack.faults.refuse(method, word)
        code = "ratelimited" if MEANINGS[word] is RateLimitedError else word
        meanings[word] = (MEANINGS[word], code)
        if word in NOTHING_WRONG.get(method, ()):
            meanings[word] = None
        came[word] = outcome(CALLS[method], messenger)
    assert came == meanings
    assert len(slack.calls) == len(WORDS[method])


@pytest.mark.parametrize("word", ["brand_new_word", "team-is-asleep", "Not now"])
@pytest.mark.parametrize("method", CALLS)
def test_a_word_that_nobody_knows_refuses_this_call_alone(
    slack: Sandbox, messenger: Messenger, method: str, word: str
) -> None:
    slack.faults.refuse(method, word)
    refused = SlackError, word.lower().replace(" ", "_")
    assert outcome(CALLS[method], messenger) == refused


def test_only_what_is_known_to_last_gives_a_message_up() -> None:
    given_up = {word for word in WORDS["chat.postMessage"] if MEANINGS[word] is NobodyThereError}
    assert given_up == {
        "cannot_dm_bot",
        "channel_not_found",
        "is_archived",
        "messages_tab_disabled",
        "not_in_channel",
        "restricted_action",
        "restricted_action_non_threadable_channel",
        "restricted_action_read_only_channel",
        "restricted_action_thread_locked",
        "restricted_action_thread_only_channel",
        "user_disabled",
        "user_not_found",
    }


def test_what_passes_for_everybody_is_known_to() -> None:
    assert {word: MEANINGS[word] for word in PASSING} == dict.fromkeys(PASSING, TurnedAwayError)


def test_what_slack_has_not_read_to_its_end_was_not_sent() -> None:
    assert MEANINGS["request_timeout"] is NotSentError


def test_where_slack_itself_fails_some_of_it_may_have_been_done() -> None:
    assert MEANINGS["internal_error"] is MEANINGS["fatal_error"] is AnswerLostError


@pytest.mark.parametrize("status", [400, 403, 404])
@pytest.mark.parametrize("method", CALLS)
def test_a_word_counts_whatever_it_is_that_slack_complains_of(
    slack: Sandbox, messenger: Messenger, method: str, status: int
) -> None:
    slack.faults.refuse(method, "not_authed", status=status)
    assert outcome(CALLS[method], messenger) == (TurnedAwayError, "not_authed")


def test_a_response_url_says_it_in_plain_text_too(slack: Sandbox, messenger: Messenger) -> None:
    call = CALLS[RESPONSE_URL]
    slack.faults.answer(RESPONSE_URL, Answer(404, {}, b"used_url\n"))
    assert outcome(call, messenger) == (TooLateError, "used_url")
    slack.faults.refuse(RESPONSE_URL, "Expired url", status=404)
    assert outcome(call, messenger) == (TooLateError, "expired_url")
    slack.faults.answer(RESPONSE_URL, Answer(200, {}, b"ok"))
    assert outcome(call, messenger) is None
    slack.faults.answer(RESPONSE_URL, Answer.of({"ok": True}))
    assert outcome(call, messenger) is None
