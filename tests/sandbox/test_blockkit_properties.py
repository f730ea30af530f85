"""Whatever JSON comes, the referee answers with problems and never raises."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from slack_sandbox.blockkit import RULES, Problem, check_message, check_view, check_view_errors
from slack_sandbox.blockkit.blocks import BLOCKS
from slack_sandbox.blockkit.elements import ELEMENTS

pytestmark = pytest.mark.slow

_TYPES = ["modal", "home", "plain_text", "mrkdwn", "raw_text", "rich_text_section", "text"]
_TYPES += [*BLOCKS, *ELEMENTS]
_SHAPES = [*BLOCKS.values(), *ELEMENTS.values()]
_FIELDS = ["title", "blocks", "private_metadata", "emoji", "event_type", "event_payload"]
_FIELDS += sorted({name for shape in _SHAPES for name in {**shape.required, **shape.optional}})

_SCALARS = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(max_size=5)
    | st.characters(categories=["Cs"])
    | st.sampled_from(_TYPES)
)


def _nested(inner: st.SearchStrategy[object]) -> st.SearchStrategy[object]:
    fields = st.dictionaries(st.sampled_from(_FIELDS) | st.text(max_size=3), inner, max_size=5)
    typed = st.builds(lambda name, more: {**more, "type": name}, st.sampled_from(_TYPES), fields)
    return st.lists(inner, max_size=3) | fields | typed


JSON: st.SearchStrategy[object] = st.recursive(_SCALARS, _nested, max_leaves=25)
BLOCK_LISTS = st.lists(_nested(JSON), max_size=3)


def _assert_named(problems: list[Problem]) -> None:
    assert all(isinstance(problem, Problem) and problem.rule in RULES for problem in problems)


@given(text=JSON, blocks=JSON | BLOCK_LISTS, metadata=JSON)
def test_any_message_is_answered(text: object, blocks: object, metadata: object) -> None:
    _assert_named(check_message({"text": text, "blocks": blocks, "metadata": metadata}))


@given(view=JSON, name=st.sampled_from(["modal", "home"]), blocks=JSON | BLOCK_LISTS)
def test_any_view_is_answered(view: object, name: str, blocks: object) -> None:
    _assert_named(check_view(view))
    more = view if isinstance(view, dict) else {}
    _assert_named(check_view({**more, "type": name, "blocks": blocks}))


@given(blocks=JSON | BLOCK_LISTS, errors=JSON)
def test_any_errors_are_answered(blocks: object, errors: object) -> None:
    _assert_named(check_view_errors({"blocks": blocks}, errors))
