"""What a habit costs on a phone, in taps."""

import pytest

from slack_sandbox import taps
from slack_sandbox.journal import Json


@pytest.mark.parametrize(
    ("text", "count"),
    [
        ("<@U1|ada> call about the price sheet", 3),
        ("<@U1|ada> <@U2|ben> lunch", 4),
        ("win: two renewals", 2),
        ("", 2),
    ],
)
def test_a_line_is_gone_into_written_and_sent(text: str, count: int) -> None:
    assert taps.of_line(text) == count


def held(kind: str, key: str, value: object) -> Json:
    return {"type": kind, key: value}


@pytest.mark.parametrize(
    ("kind", "key", "before", "after", "count"),
    [
        ("plain_text_input", "value", None, "written", 1),
        ("plain_text_input", "value", "the same", "the same", 0),
        ("plain_text_input", "value", None, "", 0),
        ("static_select", "selected_option", None, {"value": "call"}, 2),
        ("static_select", "selected_option", {"value": "call"}, {"value": "call"}, 0),
        ("datepicker", "selected_date", "2026-11-30", "2026-12-01", 2),
        ("radio_buttons", "selected_option", {"value": "a"}, {"value": "b"}, 1),
        ("multi_users_select", "selected_users", [], ["U1", "U2", "U3"], 4),
        ("multi_users_select", "selected_users", ["U1"], ["U2"], 3),
        ("multi_users_select", "selected_users", ["U1"], ["U1"], 0),
        ("checkboxes", "selected_options", [], [{"value": "a"}, {"value": "b"}], 2),
        ("checkboxes", "selected_options", [{"value": "a"}], [], 1),
    ],
)
def test_a_field_costs_what_changes_in_it(
    kind: str, key: str, before: object, after: object, count: int
) -> None:
    found = taps.of_choice({"type": kind}, held(kind, key, before), held(kind, key, after))
    assert found == count


def test_a_button_is_one_and_a_menu_is_opened_first() -> None:
    assert taps.of_choice({"type": "button"}, None, None) == 1
    assert taps.of_choice({"type": "overflow"}, None, {"selected_option": {"value": "a"}}) == 2
