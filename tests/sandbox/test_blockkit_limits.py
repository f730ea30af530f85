"""Each limit: what is just allowed passes, one more fails with exactly that limit's rule."""

from collections.abc import Callable

import pytest

from tests.sandbox.blockkit_cases import (
    Json,
    Message,
    Payload,
    actions,
    asks,
    button,
    cell,
    confirm,
    context,
    home,
    image,
    message,
    modal,
    mrkdwn,
    option,
    options,
    overflow,
    plain,
    rich_list,
    rich_text,
    section,
    static_select,
    table,
    typed,
)

Sized = Callable[[int], Payload]


def _sections_of(characters: int) -> list[Json]:
    """Sections that hold so many characters together."""
    whole, rest = divmod(characters, 3000)
    sizes = [3000] * whole + [rest] * (rest > 0)
    return [section(text=plain("x" * size)) for size in sizes]


def _home_of(size: int) -> Payload:
    """A Home tab of so many bytes of compact JSON, every text with two-byte letters."""
    texts = ["é" * 1500] * 81
    empty = len('{"type":"home","blocks":[]}') - 1
    each = len('{"type":"section","text":{"type":"plain_text","text":""}},') + 3000
    missing = size - empty - each * len(texts) - (each - 3000)
    blocks = [{"type": "section", "text": plain(text)} for text in [*texts, "x" * missing]]
    return home(*blocks)


def _metadata(size: int) -> Payload:
    return modal(section(), private_metadata="x" * size)


def _option_of(**sized: object) -> Payload:
    return message(actions(overflow({**option(), **sized})))


def _group(label: str = "Group", count: int = 1) -> Json:
    return {"label": plain(label), "options": options(count)}


def _grouped(*groups: Json) -> Payload:
    return message(actions({"type": "static_select", "option_groups": list(groups)}))


def _boxes(kind: str) -> Sized:
    return lambda n: message(actions({"type": kind, "options": options(n)}))


def _url(size: int) -> str:
    return "https://example.com/".ljust(size, "x")


UPPER: dict[str, tuple[int, Sized]] = {
    "message.text.too_long": (4000, lambda n: Message({"text": "x" * n})),
    "message.blocks.too_many": (50, lambda n: message(*[{"type": "divider"}] * n)),
    "msg_blocks_too_long": (13_200, lambda n: message(*_sections_of(n))),
    "message.tables.too_many": (1, lambda n: message(*[table([[cell()]])] * n)),
    "view.blocks.too_many": (100, lambda n: home(*[{"type": "divider"}] * n)),
    "view_too_large": (250_000, _home_of),
    "view.title.too_long": (24, lambda n: modal(section(), title=plain("x" * n))),
    "view.submit.too_long": (24, lambda n: modal(section(), submit=plain("x" * n))),
    "view.close.too_long": (24, lambda n: modal(section(), close=plain("x" * n))),
    "view.private_metadata.too_long": (3000, _metadata),
    "view.callback_id.too_long": (255, lambda n: modal(section(), callback_id="x" * n)),
    "view.external_id.too_long": (255, lambda n: home(section(), external_id="x" * n)),
    "view.focus_on_load.too_many": (1, lambda n: modal(*[asks(typed(focus_on_load=True))] * n)),
    "block_id.too_long": (255, lambda n: message(section(block_id="x" * n))),
    "header.text.too_long": (150, lambda n: message({"type": "header", "text": plain("x" * n)})),
    "section.text.too_long": (3000, lambda n: message(section(text=mrkdwn("x" * n)))),
    "section.fields.too_many": (10, lambda n: message(section(fields=[plain()] * n))),
    "section.field.too_long": (2000, lambda n: message(section(fields=[mrkdwn("x" * n)]))),
    "context.elements.too_many": (10, lambda n: message(context(*[mrkdwn()] * n))),
    "context.text.too_long": (3000, lambda n: message(context(mrkdwn("x" * n)))),
    "actions.elements.too_many": (25, lambda n: message(actions(*[button()] * n))),
    "input.label.too_long": (2000, lambda n: modal(asks(typed(), label=plain("x" * n)))),
    "input.hint.too_long": (2000, lambda n: modal(asks(typed(), hint=plain("x" * n)))),
    "image.image_url.too_long": (3000, lambda n: message(image(image_url=_url(n)))),
    "image.alt_text.too_long": (2000, lambda n: message(context(image(alt_text="x" * n)))),
    "image.title.too_long": (2000, lambda n: message(image(title=plain("x" * n)))),
    "alert.text.too_long": (200, lambda n: modal({"type": "alert", "text": plain("x" * n)})),
    "markdown.text.too_long": (
        12_000,
        lambda n: message(
            {"type": "markdown", "text": "x" * 6000},
            {"type": "markdown", "text": "x" * (n - 6000)},
        ),
    ),
    "table.rows.too_many": (100, lambda n: message(table([[cell()]] * n))),
    "table.cells.too_many": (20, lambda n: message(table([[cell()] * n]))),
    "table.column_settings.too_many": (
        20,
        lambda n: message(table([[cell()]], column_settings=[None] * n)),
    ),
    "table.text.too_long": (
        10_000,
        lambda n: home(table([[cell("x" * 5000)]]), table([[cell("x" * (n - 5000))]])),
    ),
    "rich_text_list.indent.out_of_range": (8, lambda n: message(rich_text(rich_list(indent=n)))),
    "rich_text.border.out_of_range": (1, lambda n: message(rich_text(rich_list(border=n)))),
    "action_id.too_long": (255, lambda n: message(actions(button(action_id="x" * n)))),
    "button.text.too_long": (75, lambda n: message(actions(button(text=plain("x" * n))))),
    "button.value.too_long": (2000, lambda n: message(actions(button(value="x" * n)))),
    "button.url.too_long": (3000, lambda n: message(actions(button(url=_url(n))))),
    "button.accessibility_label.too_long": (
        75,
        lambda n: message(actions(button(accessibility_label="x" * n))),
    ),
    "placeholder.too_long": (150, lambda n: modal(asks(typed(placeholder=plain("x" * n))))),
    "select.options.too_many": (
        100,
        lambda n: message(actions(static_select(options=options(n)))),
    ),
    "select.option_groups.too_many": (100, lambda n: _grouped(*[_group()] * n)),
    "overflow.options.too_many": (5, lambda n: message(actions(overflow(*options(n))))),
    "checkboxes.options.too_many": (10, _boxes("checkboxes")),
    "radio_buttons.options.too_many": (10, _boxes("radio_buttons")),
    "plain_text_input.min_length.out_of_range": (3000, lambda n: modal(asks(typed(min_length=n)))),
    "plain_text_input.max_length.out_of_range": (3000, lambda n: modal(asks(typed(max_length=n)))),
    "datetimepicker.initial_date_time.malformed": (
        9_999_999_999,
        lambda n: modal(asks({"type": "datetimepicker", "initial_date_time": n})),
    ),
    "option.text.too_long": (75, lambda n: _option_of(text=plain("x" * n))),
    "option.value.too_long": (150, lambda n: _option_of(value="x" * n)),
    "option.description.too_long": (75, lambda n: _option_of(description=plain("x" * n))),
    "option.url.too_long": (3000, lambda n: _option_of(url=_url(n))),
    "option_group.label.too_long": (75, lambda n: _grouped(_group("x" * n))),
    "option_group.options.too_many": (100, lambda n: _grouped(_group(count=n))),
    "confirm.title.too_long": (
        100,
        lambda n: message(actions(button(confirm=confirm(title=plain("x" * n))))),
    ),
    "confirm.text.too_long": (
        300,
        lambda n: message(actions(button(confirm=confirm(text=plain("x" * n))))),
    ),
    "confirm.confirm.too_long": (
        30,
        lambda n: message(actions(button(confirm=confirm(confirm=plain("x" * n))))),
    ),
    "confirm.deny.too_long": (
        30,
        lambda n: message(actions(button(confirm=confirm(deny=plain("x" * n))))),
    ),
    "plain_text_input.initial_value.too_long": (
        20,
        lambda n: modal(asks(typed(initial_value="x" * n, max_length=20))),
    ),
    "plain_text_input.min_over_max": (
        20,
        lambda n: modal(asks(typed(min_length=n, max_length=20))),
    ),
    "initial.over_max_selected_items": (
        2,
        lambda n: message(
            actions(
                {"type": "multi_users_select", "initial_users": ["U"] * n, "max_selected_items": 2}
            )
        ),
    ),
}
"""The largest allowed size by rule, and a payload of any size that breaks nothing else."""

LOWER: dict[str, tuple[int, Sized]] = {
    "rich_text_list.indent.out_of_range": (0, UPPER["rich_text_list.indent.out_of_range"][1]),
    "rich_text.border.out_of_range": (0, UPPER["rich_text.border.out_of_range"][1]),
    "plain_text_input.min_length.out_of_range": (
        0,
        UPPER["plain_text_input.min_length.out_of_range"][1],
    ),
    "plain_text_input.max_length.out_of_range": (
        1,
        UPPER["plain_text_input.max_length.out_of_range"][1],
    ),
    "datetimepicker.initial_date_time.malformed": (
        1_000_000_000,
        UPPER["datetimepicker.initial_date_time.malformed"][1],
    ),
    "select.max_selected_items.out_of_range": (
        1,
        lambda n: message(actions({"type": "multi_users_select", "max_selected_items": n})),
    ),
    "empty": (1, lambda n: message(section(text=plain("x" * n)))),
}
"""The smallest allowed size by rule."""


@pytest.mark.parametrize("rule", UPPER)
def test_upper_limit(rule: str) -> None:
    most, sized = UPPER[rule]
    assert sized(most).problems() == []
    assert [problem.rule for problem in sized(most + 1).problems()] == [rule]


@pytest.mark.parametrize("rule", LOWER)
def test_lower_limit(rule: str) -> None:
    least, sized = LOWER[rule]
    assert sized(least).problems() == []
    assert [problem.rule for problem in sized(least - 1).problems()] == [rule]


def test_initial_value_without_max_length_may_hold_3000() -> None:
    assert modal(asks(typed(initial_value="x" * 3000))).problems() == []
    found = modal(asks(typed(initial_value="x" * 3001))).problems()
    assert [problem.rule for problem in found] == ["plain_text_input.initial_value.too_long"]


def test_detail_says_limit_and_value() -> None:
    [problem] = modal(section(), title=plain("x" * 31)).problems()
    assert problem.path == "/title/text"
    assert problem.detail == "Allowed are at most 24 characters, found 31."
