import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.workspaces.submissions import said_again

PASSAGE = st.text("ab", min_size=1, max_size=3)


@pytest.mark.parametrize(
    ("whole", "before", "words", "then"),
    [
        ("", "", "one", "one"),
        ("one", "", "two", "one / two"),
        ("one / two / three", "two", "2", "one / 2 / three"),
        ("one / two", "two", "", "one"),
        ("one", "one", "", ""),
        ("one / one", "one", "1", "one / 1"),
        ("someone", "one", "1", "someone / 1"),
        ("rewritten", "one", "1", "rewritten / 1"),
    ],
)
def test_what_a_form_says_again_stands_where_it_stood(
    whole: str, before: str, words: str, then: str
) -> None:
    assert said_again(whole, before, words, " / ") == then


@given(st.lists(PASSAGE, max_size=4), PASSAGE, PASSAGE)
def test_said_again_is_as_if_it_had_been_said_so_at_first(
    others: list[str], before: str, words: str
) -> None:
    whole = "\n".join(others)
    first = said_again(whole, "", before, "\n")
    assert said_again(first, before, words, "\n") == said_again(whole, "", words, "\n")
