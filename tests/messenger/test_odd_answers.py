"""Answers that cannot be read: what was asked for may have been done, and is never said not to."""

import json

import pytest

from bot.domain.workspaces.people import Profile
from bot.messenger import AnswerLostError, Messenger, NotSentError, RateLimitedError
from bot.slack_errors import LONGEST_WAIT, UNKNOWN_WAIT
from slack_sandbox import Answer, FaultKind, Sandbox
from tests.messenger.conftest import CALLS, MESSAGE, outcome

JSON = {"Content-Type": "application/json"}
HTML = {"Content-Type": "text/html"}
PAGE = b"<html><body>channel_not_found</body></html>"


def said(text: str) -> Answer:
    """Well meant by whoever says it, and no answer of Slack's."""
    return Answer(200, JSON, text.encode())


ODD = {
    "a page": Answer(200, HTML, PAGE),
    "a page that is said to be JSON": Answer(200, JSON, PAGE),
    "nothing": said(""),
    "blanks": said(" \n"),
    "null": said("null"),
    "true": said("true"),
    "zero": said("0"),
    "a number": said("7"),
    "a string": said('"ok"'),
    "an empty list": said("[]"),
    "a list": said('[{"ok": true}]'),
    "an empty object": said("{}"),
    "a nest": said("[" * 100_000),
    "half of it": said('{"ok": true, "channel": "D1", "ts": "1.0'),
    "half of a refusal": said('{"ok": false, "error": "channel_not_fo'),
    "not said whether it is ok": said('{"error": "channel_not_found"}'),
    "ok as a word": said('{"ok": "true", "error": "channel_not_found"}'),
    "ok as a number": said('{"ok": 1}'),
    "ok as null": said('{"ok": null, "error": "channel_not_found"}'),
    "refused without a word": said('{"ok": false}'),
    "refused with a number": said('{"ok": false, "error": 7}'),
    "refused with null": said('{"ok": false, "error": null}'),
    "refused with an object": said('{"ok": false, "error": {"code": "channel_not_found"}}'),
    "refused with nothing": said('{"ok": false, "error": ""}'),
    "refused with a sentence": said('{"ok": false, "error": "Try again: later!"}'),
    "no text": Answer(200, JSON, b'{"ok": true, "ts": "\xff\xfe"}'),
    "an encoding that nobody has": Answer(
        200, {"Content-Type": "application/json; charset=nonsense"}, b'{"ok": true}'
    ),
    "another encoding": Answer(
        200, {"Content-Type": "application/json; charset=utf-16"}, b'{"ok": true} '
    ),
    "an archive": Answer(200, {"Content-Type": "application/gzip"}, b"\x1f\x8b"),
    "less than was promised": Answer(200, {**JSON, "Content-Length": "99"}, b'{"ok": true}'),
    "made": Answer.of({"ok": True}, 201),
    "no content": Answer(204),
    "moved": Answer(302, {"Location": "https://example.com/"}),
    "moved nowhere": Answer(301),
    "moved by Slack's word": Answer.of({"ok": False, "error": "channel_not_found"}, 302),
    "moved, to be posted again": Answer(307, {"Location": "https://example.com/"}, PAGE),
    "not modified": Answer(304),
    "not found": Answer(404, HTML, PAGE),
    "forbidden": Answer(403, HTML, PAGE),
    "a bad request": Answer(400, {"Content-Type": "text/plain"}, b"Bad Request"),
    "forbidden in no text": Answer(403, HTML, b"\xff"),
    "not found, and less than was promised": Answer(404, {**HTML, "Content-Length": "99"}, PAGE),
    "a failure": Answer(500),
    "a bad gateway": Answer(502, HTML, PAGE),
    "a failure by Slack's word": Answer.of({"ok": False, "error": "channel_not_found"}, 500),
    "unavailable": Answer.of({"ok": False, "error": "service_unavailable"}, 503),
    "failed and ok": Answer.of({"ok": True}, 500),
    "no status": Answer(0, JSON, b'{"ok": true}'),
}

HISTORY = "conversations.history"
ours = {"event_type": "windshield_delivery"}
INCOMPLETE = [
    ("auth.test", {}),
    ("auth.test", {"team_id": "T1"}),
    ("auth.test", {"team_id": "T1", "user_id": None}),
    ("auth.test", {"team_id": 1, "user_id": "U1"}),
    ("chat.postMessage", {}),
    ("chat.postMessage", {"channel": "D1"}),
    ("chat.postMessage", {"ts": "1.000001"}),
    ("chat.postMessage", {"channel": "D1", "ts": None}),
    ("chat.postMessage", {"channel": "D1", "ts": 1.000001}),
    ("chat.postMessage", {"channel": "D1", "ts": ""}),
    ("chat.postMessage", {"channel": {"id": "D1"}, "ts": "1.000001"}),
    (HISTORY, {}),
    (HISTORY, {"messages": None}),
    (HISTORY, {"messages": {}}),
    (HISTORY, {"messages": "none"}),
    (HISTORY, {"messages": [None]}),
    (HISTORY, {"messages": ["Hello"]}),
    (HISTORY, {"messages": [{"text": "Hello"}]}),
    (HISTORY, {"messages": [{"ts": 1.000001}]}),
    (HISTORY, {"messages": [{"ts": "yesterday"}]}),
    (HISTORY, {"messages": [{"ts": "1.000001", "metadata": "7"}]}),
    (HISTORY, {"messages": [{"ts": "1.000001", "metadata": ours}]}),
    (HISTORY, {"messages": [{"ts": "1.000001", "metadata": ours | {"event_payload": "7"}}]}),
    (HISTORY, {"messages": [{"ts": "1.000001", "metadata": ours | {"event_payload": {}}}]}),
    (HISTORY, {"messages": [{"metadata": ours | {"event_payload": {"id": "7"}}}]}),
    (HISTORY, {"messages": [], "has_more": True}),
    (HISTORY, {"messages": [], "has_more": True, "response_metadata": {}}),
    (HISTORY, {"messages": [], "response_metadata": "next"}),
    (HISTORY, {"messages": [], "response_metadata": {"next_cursor": 15}}),
    ("files.getUploadURLExternal", {}),
    ("files.getUploadURLExternal", {"upload_url": "http://localhost/x"}),
    ("files.getUploadURLExternal", {"file_id": "F1"}),
    ("files.info", {}),
    ("files.info", {"file": "F1"}),
    ("files.info", {"file": {"shares": "D1"}}),
    ("files.info", {"file": {"shares": {"private": "D1"}}}),
    ("conversations.open", {}),
    ("conversations.open", {"channel": None}),
    ("conversations.open", {"channel": "D1"}),
    ("conversations.open", {"channel": {}}),
    ("conversations.open", {"channel": {"id": 1}}),
    ("users.info", {}),
    ("users.info", {"user": None}),
    ("users.info", {"user": []}),
    ("users.info", {"user": {"name": "dana"}}),
    ("users.info", {"user": {"id": 1}}),
    ("users.list", {}),
    ("users.list", {"members": None}),
    ("users.list", {"members": {}}),
    ("users.list", {"members": [None]}),
    ("users.list", {"members": [{"id": "U1"}, {"name": "dana"}]}),
    ("users.list", {"members": [], "response_metadata": []}),
    ("users.list", {"members": [], "response_metadata": {"next_cursor": {}}}),
    ("views.update", {}),
    ("views.update", {"view": None}),
    ("views.update", {"view": "V1"}),
]

WAITS = [
    (None, UNKNOWN_WAIT),
    ("", UNKNOWN_WAIT),
    ("soon", UNKNOWN_WAIT),
    ("Mon, 23 Nov 2026 08:00:30 GMT", UNKNOWN_WAIT),
    ("-30", UNKNOWN_WAIT),
    ("nan", UNKNOWN_WAIT),
    ("inf", UNKNOWN_WAIT),
    ("1e9", UNKNOWN_WAIT),
    ("\u0663\u0660", UNKNOWN_WAIT),
    ("0", 1),
    ("1", 1),
    (" 30 ", 30),
    ("30.2", 31),
    ("3601", LONGEST_WAIT),
    ("9" * 400, LONGEST_WAIT),
]


@pytest.mark.parametrize("method", CALLS)
def test_what_cannot_be_read_may_have_been_done(
    slack: Sandbox, messenger: Messenger, method: str
) -> None:
    came = {}
    for name, answer in ODD.items():
        slack.faults.answer(method, answer)
        came[name] = outcome(CALLS[method], messenger)
    known = {name: (AnswerLostError, came[name][1]) for name in ODD}  # type: ignore[index]
    assert came == known
    assert len(slack.calls) == len(ODD)


@pytest.mark.parametrize("kind", [FaultKind.CUT_BEFORE, FaultKind.CUT_AFTER])
@pytest.mark.parametrize("method", CALLS)
def test_where_the_line_is_cut_it_may_have_been_done(
    slack: Sandbox, messenger: Messenger, method: str, kind: FaultKind
) -> None:
    slack.faults.add(method, kind)
    with pytest.raises(AnswerLostError):
        CALLS[method](messenger)


@pytest.mark.parametrize(("method", "answer"), INCOMPLETE, ids=str)
def test_without_what_is_read_from_it_an_answer_is_none(
    slack: Sandbox, messenger: Messenger, method: str, answer: dict[str, object]
) -> None:
    slack.faults.answer(method, Answer.of({"ok": True, **answer}))
    with pytest.raises(AnswerLostError):
        CALLS[method](messenger)


@pytest.mark.parametrize("method", CALLS)
def test_what_is_said_under_another_name_is_read(
    slack: Sandbox, messenger: Messenger, method: str
) -> None:
    everything: dict[str, object] = {
        "ok": True,
        "channel": {"id": "D1"} if method == "conversations.open" else "D1",
        "ts": "1.000001",
        "messages": [],
        "members": [],
        "user": {"id": "U1"},
        "team_id": "T1",
        "user_id": "U1",
        "view": {"id": "V1"},
        "upload_url": "http://localhost/x",
        "file_id": "F1",
        "file": {"id": "F1"},
    }
    slack.faults.answer(method, Answer(200, HTML, json.dumps(everything).encode()))
    CALLS[method](messenger)


@pytest.mark.parametrize("method", CALLS)
def test_too_many_calls_wait_for_a_sensible_time(
    slack: Sandbox, messenger: Messenger, method: str
) -> None:
    waits = []
    for said_to_wait, _ in WAITS:
        headers = {} if said_to_wait is None else {"Retry-After": said_to_wait}
        slack.faults.answer(method, Answer(429, HTML | headers, PAGE))
        with pytest.raises(RateLimitedError) as raised:
            CALLS[method](messenger)
        waits.append((said_to_wait, raised.value.retry_after))
    assert waits == WAITS


@pytest.mark.parametrize("method", CALLS)
def test_a_redirect_takes_nothing_elsewhere(
    slack: Sandbox, messenger: Messenger, method: str
) -> None:
    for status in (301, 302, 303):
        elsewhere = {"Location": f"{slack.api_url}api.test"}
        slack.faults.answer(method, Answer(status, elsewhere))
        with pytest.raises(AnswerLostError):
            CALLS[method](messenger)
    assert [call.method for call in slack.calls] == [method] * 3


def test_a_message_that_stands_is_not_called_refused(slack: Sandbox, messenger: Messenger) -> None:
    dana = slack.add_person("Dana Moss")
    slack.faults.answer("chat.postMessage", Answer(200, HTML, PAGE), after=True)
    with pytest.raises(AnswerLostError):
        messenger.post(dana.id, MESSAGE)
    assert [message.text for message in dana.dm] == ["Hello"]


def test_a_response_url_that_leads_nowhere_was_not_called(messenger: Messenger) -> None:
    for url in ("file:///etc/hostname", "http://127.0.0.1:1/actions", "http://127.0.0.1:1/a b"):
        with pytest.raises(NotSentError):
            messenger.respond(url, MESSAGE)


def test_someone_with_an_odd_profile_is_known_by_what_can_be_read(
    slack: Sandbox, messenger: Messenger
) -> None:
    odd = {"id": "U1", "profile": [], "real_name": 7, "name": " dana  moss ", "tz": 1}
    slack.faults.answer("users.info", Answer.of({"ok": True, "user": odd}))
    assert messenger.profile("U1") == Profile("U1", "dana moss", None)


def test_a_date_that_cannot_be_read_is_none(slack: Sandbox, messenger: Messenger) -> None:
    me = {"ok": True, "team_id": "T1", "user_id": "U1"}
    for date, read in (("soon", ""), ("Mon, 23 Nov 2026 08:00:30 GMT",) * 2):
        slack.faults.answer("auth.test", Answer.of(me, headers={"Date": date}))
        assert messenger.who_am_i()["date"] == read
