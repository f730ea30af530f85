"""What a message holds as Slack tells of it."""

from typing import Any

import pytest

from bot.domain.contacts.received import FileKind, KeptFile, Received, read_message
from bot.domain.contacts.typed_text import as_typed

LINK = "https://acme.slack.com/files/U1/F1/prices.pdf"
PDF = {"id": "F1", "name": "prices.pdf", "title": "Prices & terms", "permalink": LINK}
CLIP = {"id": "F2", "name": "a.m4a", "subtype": "slack_audio", "permalink": LINK}
HEARD = {"transcription": {"status": "complete", "preview": {"content": "R&D", "has_more": True}}}


def rich(*elements: dict[str, Any]) -> dict[str, Any]:
    section = {"type": "rich_text_section", "elements": list(elements)}
    return {"type": "rich_text", "elements": [section]}


def share(**more: Any) -> dict[str, Any]:
    return {"is_share": True, "is_msg_unfurl": True, "author_name": "Sam Stone", **more}


def mrkdwn(text: str) -> dict[str, Any]:
    return {"type": "section", "text": {"type": "mrkdwn", "text": text}}


SAID = rich(
    {"type": "text", "text": "a < b & "},
    {"type": "user", "user_id": "U1"},
    {"type": "text", "text": " "},
    {"type": "link", "url": "https://x.y"},
    {"type": "emoji", "name": "tada"},
)
LISTED = {
    "type": "rich_text",
    "elements": [
        {
            "type": "rich_text_list",
            "elements": [rich({"type": "text", "text": "one"})["elements"][0]],
        },
        {"type": "rich_text_quote", "elements": [{"type": "text", "text": "two\nthree"}]},
    ],
}


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ({"text": "  as <@U1> &amp; co\n"}, "  as <@U1> &amp; co\n"),
        ({"text": "typed", "blocks": [rich({"type": "text", "text": "typed"})]}, "typed"),
        ({"text": "", "blocks": [SAID]}, "a &lt; b &amp; <@U1> https://x.y:tada:"),
        ({"text": "", "blocks": [LISTED]}, "• one\n&gt; two\n&gt; three".replace("&gt;", ">")),
        ({"attachments": [share(text="his words")]}, "Sam Stone:\nhis words"),
        ({"text": "see", "attachments": [share(text="his")]}, "see\n\nSam Stone:\nhis"),
        (
            {"attachments": [share(message_blocks=[{"message": {"blocks": [SAID]}}])]},
            "Sam Stone:\na &lt; b &amp; <@U1> https://x.y:tada:",
        ),
        ({"attachments": [{"is_share": True, "text": "his"}]}, "Forwarded:\nhis"),
        ({"text": "a link", "attachments": [{"from_url": "https://x.y", "text": "x"}]}, "a link"),
        ({"text": "a link", "attachments": [{"is_msg_unfurl": True, "text": "x"}]}, "a link"),
        (
            {
                "bot_id": "B1",
                "text": "",
                "attachments": [
                    {
                        "pretext": "New lead",
                        "title": "Acme",
                        "text": "wants a trial",
                        "fields": [{"title": "Size", "value": "40"}],
                        "fallback": "no more",
                    }
                ],
            },
            "New lead\nAcme\nwants a trial\nSize: 40",
        ),
        ({"bot_id": "B1", "attachments": [{"fallback": "New lead"}]}, "New lead"),
        ({"bot_id": "B1", "blocks": [mrkdwn("*Acme* &amp; co")]}, "*Acme* &amp; co"),
        (
            {
                "bot_id": "B1",
                "blocks": [
                    {"type": "header", "text": {"type": "plain_text", "text": "R&D"}},
                    {"type": "divider"},
                    {"type": "context", "elements": [{"type": "mrkdwn", "text": "small"}]},
                ],
            },
            "R&amp;D\nsmall",
        ),
        ({"text": "", "files": [{**CLIP, **HEARD}]}, "Voice clip: R&amp;D…"),
    ],
)
def test_the_words_of_a_message(message: dict[str, Any], text: str) -> None:
    assert read_message(message) == Received(text, read_message(message).files)


@pytest.mark.parametrize(
    ("message", "left_out"),
    [
        ({"files": [{"id": "F1", "file_access": "check_file_info"}]}, ["a file"]),
        ({"files": [{"id": "F1", "permalink": "javascript:x"}]}, ["a file"]),
        ({"text": "x", "files": [{"id": "F1"}, {"id": "F2"}]}, ["a file"]),
        ({"attachments": [share(image_url="https://x.y/z.png")]}, ["a picture"]),
        ({"attachments": [share()]}, ["a forwarded message that Slack shows me nothing of"]),
        ({"bot_id": "B1", "text": "x", "blocks": [{"type": "image"}]}, ["a picture"]),
        ({"bot_id": "B1", "blocks": [{"type": "data_table"}, {"type": "unknown"}]}, 1),
        ({"bot_id": "B1", "blocks": [{"type": "actions"}, {"type": "divider"}]}, []),
        ({"text": "typed", "blocks": [{"type": "unknown"}]}, []),
        ({}, []),
    ],
)
def test_what_cannot_be_taken_is_said(message: dict[str, Any], left_out: Any) -> None:
    found = list(read_message(message).left_out)
    assert found == (["a part that only Slack can show"] if left_out == 1 else left_out)


def test_files_are_kept_as_links() -> None:
    message = {"text": "", "files": [PDF, CLIP], "attachments": [share(files=[PDF])]}
    found = read_message(message)
    kept = KeptFile(FileKind.FILE, "Prices & terms", LINK)
    assert found.files == (kept, kept, KeptFile(FileKind.VOICE, "a.m4a", LINK))
    assert not found.is_empty
    assert read_message({"text": " \n"}).is_empty


def test_words_come_out_as_they_were_seen() -> None:
    assert as_typed(read_message({"blocks": [SAID]}).text, {"U1": "Sam"}) == (
        "a < b & @Sam https://x.y:tada:"
    )
