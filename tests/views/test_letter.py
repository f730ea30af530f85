"""One letter, wherever it is read; what was typed stands in it as it was typed."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.contacts.interactions import Interaction, InteractionKind
from bot.domain.promises import Answer, Owner, Promise
from bot.domain.sessions.letter import Letter, Paragraph
from bot.domain.sessions.sharing import SharedPart, Sharing
from bot.domain.workspaces.people import Person
from bot.views.sessions import sharing as views
from tests.domain.test_letter import RAJ, step

DANA = Person(1, "UDANA", "Dana Moss", "Europe/Berlin", True, False, None)
DAY, TODAY = date(2026, 11, 25), date(2026, 11, 26)
AT = datetime(2026, 11, 25, 12, tzinfo=UTC)
CONTACT = Interaction(
    id=7,
    kind=InteractionKind.SESSION,
    team_id=1,
    rep=RAJ,
    author_id=1,
    channel=None,
    occurred_on=DAY,
    occurred_at=AT,
    recorded_at=AT,
    about="",
    has_private_note=False,
    deleted_at=None,
)
SHARED = Sharing(7, AT, None, "", None, "")


def part(letter: Letter, sharing: Sharing | None = SHARED) -> SharedPart:
    return SharedPart(CONTACT, DANA, letter, sharing)


def texts(screen: Any) -> list[str]:
    return [block["text"]["text"] for block in screen["blocks"] if block["type"] == "section"]


TYPED = st.sampled_from(
    [
        "Umbrella: plant manager",
        "> she said: not now",
        "* one\n* two\n\n_three_",
        "<@U123> & <b> :fox_face:",
        "🦊 “quoted”",
    ]
)
PARAGRAPHS = st.builds(
    Paragraph,
    heading=st.sampled_from(["Pipeline", "Key-account plan"]),
    stands=TYPED,
    new=TYPED | st.just(""),
    steps=st.lists(st.builds(step, st.integers(1, 9), TYPED), max_size=2).map(tuple),
)
LETTERS = st.builds(
    Letter,
    st.lists(PARAGRAPHS, min_size=1, max_size=4).map(tuple),
    st.lists(st.tuples(st.just("Activity plan"), TYPED), max_size=1).map(tuple),
)


@given(LETTERS)
@pytest.mark.slow
def test_preview_message_and_page_are_one_letter(letter: Letter) -> None:
    told = texts(views.build_shared(part(letter), TODAY))
    assert texts(views.build_open(part(letter), TODAY)) == told
    assert texts(views.build_preview(part(letter), TODAY)) == told
    assert texts(views.build_preview(part(letter, None), TODAY)) == told


@given(LETTERS)
def test_what_was_typed_is_taken_for_nothing_else(letter: Letter) -> None:
    blocks = views.build_shared(part(letter), TODAY)["blocks"]
    plain = [b["text"]["text"] for b in blocks if b.get("text", {}).get("type") == "plain_text"]
    said = "\n".join(plain)
    marked = "\n".join(
        b["text"]["text"] for b in blocks if b.get("text", {}).get("type") == "mrkdwn"
    )
    for one in letter.paragraphs:
        for words in (one.stands, one.new, *(promise.what for promise in one.steps)):
            assert words in said
            assert not words or words not in marked


def test_a_letter_that_is_too_long_for_a_message_is_shortened_and_opened_whole() -> None:
    long = Letter(tuple(Paragraph(f"Topic {n}", "a long plan " * 240) for n in range(5)))
    message = views.build_shared(part(long), TODAY)
    assert "_There is more._" in texts(message)
    assert all(f"*Topic {n}*" in texts(message) for n in range(5))
    whole = views.build_open(part(long), TODAY)
    assert "_There is more._" not in texts(whole)
    assert texts(whole).count("a long plan " * 240) == 5


NOTED = step(1, "call Jo")


@pytest.mark.parametrize(
    ("promise", "line"),
    [
        (NOTED, "→ Dana Moss noted for you: call Jo"),
        (
            replace(NOTED, due_on=date(2026, 12, 1)),
            "→ Dana Moss noted for you: call Jo, by Tue 1 Dec",
        ),
        (
            replace(NOTED, what="Call Jo.", due_on=TODAY),
            "→ Dana Moss noted for you: Call Jo. · by Thu 26 Nov",
        ),
        (replace(NOTED, answer=Answer.AGREED), "→ You: call Jo"),
        (
            replace(NOTED, answer=Answer.NOT_SO),
            "→ Dana Moss noted for you: call Jo · you said: not so",
        ),
        (replace(NOTED, answer=Answer.AGREED, kept_on=TODAY), "→ You: call Jo · kept"),
        (replace(NOTED, dropped_on=TODAY), "→ You: call Jo · closed"),
        (step(1, "find a reference", Owner.MANAGER), "→ Dana Moss: find a reference"),
        (replace(step(1, "slow quotes", Owner.MANAGER), raised_on=DAY), "You raised: slow quotes"),
    ],
    ids=lambda it: it if isinstance(it, str) else "",
)
def test_a_step_says_whose_word_it_is(promise: Promise, line: str) -> None:
    letter = Letter((Paragraph("Pipeline", steps=(promise,)),))
    assert line in texts(views.build_shared(part(letter), TODAY))


@pytest.mark.parametrize(
    ("seen", "changed", "button", "to_rep", "to_manager"),
    [
        (None, None, True, "*Seen* lets Dana Moss know", "Shared with *Raj Rao*, yesterday."),
        (1, None, False, "Seen, Wed 25 Nov.", "Raj Rao has seen it, yesterday."),
        (
            1,
            2,
            True,
            "You saw it on Wed 25 Nov; it changed",
            "seen it, yesterday; it changed since.",
        ),
        (2, 1, False, "Seen, Wed 25 Nov.", "Raj Rao has seen it, yesterday."),
        (None, 1, True, "*Seen* lets Dana Moss know", "Shared with *Raj Rao*, yesterday."),
    ],
)
def test_seen_is_asked_for_until_it_is_said_of_what_stands_now(
    seen: int | None, changed: int | None, button: bool, to_rep: str, to_manager: str
) -> None:
    hours = {n: AT + timedelta(hours=n) for n in (1, 2)}
    shared = replace(SHARED, seen_at=hours.get(seen or 0), changed_at=hours.get(changed or 0))
    letter = Letter((Paragraph("Pipeline", "five a week"),))
    shown = str(views.build_shared(part(letter, shared), TODAY))
    assert ("sharing.seen" in shown) is button
    assert to_rep in shown
    assert to_manager in str(views.build_preview(part(letter, shared), TODAY))
