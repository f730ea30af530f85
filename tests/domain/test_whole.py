"""Text that every database can hold."""

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workspaces.whole import make_whole, whole
from tests.domain.calendars import reproducible

anything = st.text(st.characters(), max_size=20)
payloads = st.recursive(
    anything | st.none() | st.integers() | st.booleans(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(anything, inner, max_size=3),
    max_leaves=8,
)


def texts(payload: Any) -> list[str]:
    if isinstance(payload, dict):
        return [text for pair in payload.items() for part in pair for text in texts(part)]
    if isinstance(payload, list):
        return [text for one in payload for text in texts(one)]
    return [payload] if isinstance(payload, str) else []


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("a\0b", "a\ufffdb"),
        ("half \ud83d of one", "half \ufffd of one"),
        ("\udc00", "\ufffd"),
        ("Größe 🎉 ’n\u200b", "Größe 🎉 ’n\u200b"),
    ],
)
def test_what_is_no_character_is_replaced_and_all_else_stays(typed: str, kept: str) -> None:
    assert whole(typed) == kept


@given(anything)
@reproducible
def test_any_text_can_be_kept_and_stays_as_long(typed: str) -> None:
    kept = whole(typed)
    assert kept.encode().decode() == kept
    assert "\0" not in kept
    assert len(kept) == len(typed)
    assert whole(kept) is kept


@given(payloads)
@reproducible
def test_every_text_of_a_payload_is_whole(payload: Any) -> None:
    made = make_whole(payload)
    assert all(whole(text) == text for text in texts(made))
    if isinstance(payload, (dict, list)):
        assert made is payload
