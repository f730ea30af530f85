"""Each limit: what is just allowed passes, one more fails with exactly that limit's rule."""

from collections.abc import Callable

import pytest

from slack_sandbox.blockkit import MessageMethod
from tests.sandbox.blockkit_cases import (
    Json,
    Message,
    Payload,
    actions,
    asks,
    button,
    by_response_url,
    cell,
    confirm,
    context,
    data_table,
    home,
    image,
    line_chart,
    message,
    modal,
    mrkdwn,
    option,
    options,
    overflow,
    pie,
    plain,
    points,
    rich_list,
    rich_text,
    rows_of,
    section,
    series,
    static_select,
    table,
    typed,
)

Sized = Callable[[int], Payload]


def _sections_of(characters: int) -> list[Json]:
    """Sections that count as so many characters together, each after the first as 125 more."""
    whole, rest = divmod(characters - 3000, 3125)
    sizes = [3000] * (whole + 1) + ([rest - 125] if rest else [])
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


def _months(count: int) -> list[str]:
    return [f"Month {n}" for n in range(count)]


def _url(size: int) -> str:
    return "https://example.com/".ljust(size, "x")


UPPER: dict[str, tuple[int, Sized]] = {
    "message.text.too_long": (4000, lambda n: Message({"text": "x" * n})),
    "message.blocks.too_many": (50, lambda n: message(*[{"type": "divider"}] * n)),
    "msg_too_long": (
        4000,
        lambda n: Message({"text": "&" + "é" * 1997 + "x" * (n - 3999)}, MessageMethod.UPDATE),
    ),
    "message.blocks.heavy": (10_000, lambda n: message(*_sections_of(n))),
    "message.tables.too_many": (1, lambda n: message(*[table([[cell()]])] * n)),
    "message.charts.too_many": (1, lambda n: message(*[line_chart()] * n)),
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
        lambda n: by_response_url(
            {"type": "markdown", "text": "x" * 6000},
            {"type": "markdown", "text": "x" * (n - 6000)},
        ),
    ),
    "table.rows.too_many": (100, lambda n: message(table([[cell()]] * n))),
    "table.cells.too_many": (20, lambda n: message(table([[cell()] * n]))),
    "table.column_settings.too_many": (
        20,
        lambda n: message(table(rows_of(1, 20), column_settings=[None] * n)),
    ),
    "table.text.too_long": (
        10_000,
        lambda n: home(table([[cell("x" * 5000)]]), table([[cell("x" * (n - 5000))]])),
    ),
    "table.column_settings.over_columns": (
        3,
        lambda n: message(table(rows_of(1, 3), column_settings=[None] * n)),
    ),
    "data_table.rows.too_many": (101, lambda n: message(data_table(rows_of(n)))),
    "data_table.cells.too_many": (20, lambda n: message(data_table(rows_of(2, n)))),
    "data_table.text.too_long": (
        10_000,
        lambda n: home(
            data_table([[cell("x" * 4999)], [cell("x")]]),
            data_table([[cell("x" * 4999)], [cell("x" * (n - 9999))]]),
        ),
    ),
    "data_table.page_size.out_of_range": (
        100,
        lambda n: message(data_table(rows_of(2), page_size=n)),
    ),
    "data_table.row_header_column_index.out_of_range": (
        19,
        lambda n: message(data_table(rows_of(2, 20), row_header_column_index=n)),
    ),
    "data_table.row_header_column_index.no_column": (
        1,
        lambda n: message(data_table(rows_of(2, 2), row_header_column_index=n)),
    ),
    "chart.title.too_long": (50, lambda n: message({**line_chart(), "title": "x" * n})),
    "chart.series.too_many": (
        6,
        lambda n: message(line_chart(*(series(str(number)) for number in range(n)))),
    ),
    "chart.points.too_many": (
        20,
        lambda n: message(line_chart(count=n)),
    ),
    "chart.segments.too_many": (6, lambda n: message(pie(*points(n)))),
    "chart.label.too_long": (20, lambda n: message(pie({"label": "x" * n, "value": 1}))),
    "chart.axis_label.too_long": (
        50,
        lambda n: message(
            line_chart(axis_config={"categories": _months(2), "y_label": "x" * n}),
        ),
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
    "data_table.rows.too_few": (2, lambda n: message(data_table(rows_of(n)))),
    "data_table.page_size.out_of_range": (1, UPPER["data_table.page_size.out_of_range"][1]),
    "data_table.row_header_column_index.out_of_range": (
        0,
        UPPER["data_table.row_header_column_index.out_of_range"][1],
    ),
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
    assert {problem.rule for problem in sized(most + 1).problems()} == {rule}


@pytest.mark.parametrize("rule", LOWER)
def test_lower_limit(rule: str) -> None:
    least, sized = LOWER[rule]
    assert sized(least).problems() == []
    assert [problem.rule for problem in sized(least - 1).problems()] == [rule]


def test_size_of_blocks_that_is_refused() -> None:
    just = message(*_sections_of(13_297)).problems()
    assert [problem.rule for problem in just] == ["message.blocks.heavy"]
    over = message(*_sections_of(13_298)).problems()
    assert [problem.rule for problem in over] == ["msg_blocks_too_long"]
    assert by_response_url(*_sections_of(13_298)).problems() == []


def test_every_text_of_a_block_counts_towards_its_message() -> None:
    """Also what stands in fields, menus, confirmations and labels that are only heard."""
    asked = confirm(title=plain("x" * 100), text=plain("x" * 300))
    pressed = button(text=plain("x" * 75), accessibility_label="x" * 75, confirm=asked)
    labelled = option("x" * 75, description=plain("x" * 75))
    blocks = [
        *[section(text=mrkdwn("x" * 3000), fields=[plain("x" * 1000)])] * 2,
        actions(pressed, overflow(labelled)),
        context(mrkdwn("x" * 500), image(alt_text="x" * 400)),
    ]
    counted = 2 * 4000 + (75 + 75 + 100 + 300 + len("YesNo") + 150) + 900 + 3 * 125
    [problem] = message(*blocks, section(text=plain("x"))).problems()
    assert f"found {counted + 1 + 125}." in problem.detail


def test_text_of_an_update_is_counted_in_bytes_as_slack_keeps_it() -> None:
    token, entity = "<@U1>", "&lt;"
    whole = token + entity + "&" * 798
    assert len((token + entity).encode()) + 798 * 5 == 3999
    assert Message({"text": whole}, MessageMethod.UPDATE).problems() == []
    [problem] = Message({"text": whole + "é"}, MessageMethod.UPDATE).problems()
    assert problem.detail == "Allowed are at most 4000 bytes, escaped, found 4001."
    assert Message({"text": whole + "é"}).problems() == []


def test_initial_value_without_max_length_may_hold_3000() -> None:
    assert modal(asks(typed(initial_value="x" * 3000))).problems() == []
    found = modal(asks(typed(initial_value="x" * 3001))).problems()
    assert [problem.rule for problem in found] == ["plain_text_input.initial_value.too_long"]


def test_detail_says_limit_and_value() -> None:
    [problem] = modal(section(), title=plain("x" * 31)).problems()
    assert problem.path == "/title/text"
    assert problem.detail == "Allowed are at most 24 characters, found 31."
