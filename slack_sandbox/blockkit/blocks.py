"""Blocks, and on which surfaces each may stand.

Source: https://docs.slack.dev/reference/block-kit/blocks (its table names the surfaces) and the
page of each block.
"""

from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.charts import chart
from slack_sandbox.blockkit.checks import (
    Afterthought,
    Check,
    JsonObject,
    Shape,
    anything,
    array,
    boolean,
    choice,
    integer,
    items,
    not_modelled,
    string,
    type_of,
    wrong_type,
)
from slack_sandbox.blockkit.composition import text
from slack_sandbox.blockkit.elements import (
    ALT_TEXT,
    IMAGE_FIELDS,
    ONE_IMAGE_SOURCE,
    element,
)
from slack_sandbox.blockkit.report import Report, Rule, Surface, pointer
from slack_sandbox.blockkit.rich_text import RICH_TEXT
from slack_sandbox.blockkit.tables import data_table_rows, row_header_is_a_column, table_rows

_TYPE: Mapping[str, Check] = {"type": anything}
_BLOCK_ID: Mapping[str, Check] = {"block_id": string(limits.BLOCK_ID)}


def _block(
    name: str,
    required: Mapping[str, Check],
    optional: Mapping[str, Check],
    *afterwards: Afterthought,
) -> Shape:
    return Shape(name, {**_TYPE, **required}, {**_BLOCK_ID, **optional}, afterwards)


def _text_or_fields(report: Report, block: JsonObject, path: str) -> None:
    if "text" not in block and "fields" not in block:
        report.add(Rule.SECTION_CONTENT, path, "A section needs a text, or fields, or both.")


def _action_ids_differ(report: Report, block: JsonObject, path: str) -> None:
    seen: set[str] = set()
    for index, member in enumerate(items(block.get("elements"))):
        action_id = member.get("action_id") if isinstance(member, dict) else None
        if not isinstance(action_id, str):
            continue
        if action_id in seen:
            where = pointer(f"{path}/elements/{index}", "action_id")
            detail = f"The action_id {action_id[:80]!r} occurs twice in its block."
            report.add(Rule.ACTION_ID_DUPLICATE, where, detail)
        seen.add(action_id)


_CONTEXT_TEXT = text(limits.CONTEXT_TEXT)


def _context_element(report: Report, value: object, path: str) -> None:
    is_text = isinstance(value, dict) and value.get("type") in ("plain_text", "mrkdwn")
    (_CONTEXT_TEXT if is_text else element)(report, value, path)


_MARKDOWN_TEXT = string(shown=True)


def _markdown_text(report: Report, value: object, path: str) -> None:
    before = report.characters
    _MARKDOWN_TEXT(report, value, path)
    report.markdown_characters += report.characters - before


_COLUMN = Shape(
    "column_settings",
    optional={"align": choice("left", "center", "right"), "is_wrapped": boolean},
)


def _column_setting(report: Report, value: object, path: str) -> None:
    """Null leaves a column as it is."""
    if value is not None:
        _COLUMN(report, value, path)


def _settings_of_columns(report: Report, block: JsonObject, path: str) -> None:
    columns = max((len(items(row)) for row in items(block.get("rows"))), default=0)
    settings = len(items(block.get("column_settings")))
    if columns < settings <= limits.TABLE_COLUMN_SETTINGS.most:
        detail = f"There are {columns} columns, and settings for {settings}."
        where = pointer(path, "column_settings")
        report.add(Rule.TABLE_SETTINGS_OVER_COLUMNS, where, detail)


_SHAPES = (
    _block("header", {"text": text(limits.HEADER_TEXT, plain=True)}, {}),
    _block(
        "section",
        {},
        {
            "text": text(limits.SECTION_TEXT),
            "fields": array(text(limits.SECTION_FIELD_TEXT), limits.SECTION_FIELDS),
            "accessory": element,
            "expand": boolean,
        },
        _text_or_fields,
    ),
    _block("divider", {}, {}),
    _block("context", {"elements": array(_context_element, limits.CONTEXT_ELEMENTS)}, {}),
    _block(
        "actions",
        {"elements": array(element, limits.ACTIONS_ELEMENTS)},
        {},
        _action_ids_differ,
    ),
    _block(
        "input",
        {"label": text(limits.INPUT_LABEL, plain=True), "element": element},
        {
            "hint": text(limits.INPUT_HINT, plain=True),
            "optional": boolean,
            "dispatch_action": boolean,
        },
    ),
    _block(
        "image",
        ALT_TEXT,
        {**IMAGE_FIELDS, "title": text(limits.IMAGE_TITLE, plain=True)},
        ONE_IMAGE_SOURCE,
    ),
    RICH_TEXT,
    _block("markdown", {"text": _markdown_text}, {}),
    _block(
        "alert",
        {"text": text(limits.ALERT_TEXT)},
        {"level": choice("default", "info", "warning", "error", "success")},
    ),
    _block(
        "table",
        {"rows": table_rows},
        {"column_settings": array(_column_setting, limits.TABLE_COLUMN_SETTINGS)},
        _settings_of_columns,
    ),
    _block(
        "data_table",
        {"rows": data_table_rows, "caption": string(shown=True)},
        {
            "page_size": integer(limits.DATA_TABLE_PAGE),
            "row_header_column_index": integer(limits.DATA_TABLE_ROW_HEADER),
        },
        row_header_is_a_column,
    ),
    _block(
        "data_visualization",
        {"title": string(limits.CHART_TITLE, shown=True), "chart": chart},
        {},
    ),
)
BLOCKS: Mapping[str, Shape] = {shape.name: shape for shape in _SHAPES}
"""The shape of every block that is modelled, by its type."""

_SURFACES_OF: Mapping[str, frozenset[Surface]] = {
    "markdown": frozenset({Surface.MESSAGE}),
    "alert": frozenset({Surface.MODAL}),
    "table": frozenset({Surface.MESSAGE, Surface.HOME}),
    "data_table": frozenset({Surface.MESSAGE, Surface.HOME}),
    "data_visualization": frozenset({Surface.MESSAGE, Surface.HOME}),
}


def _one_block(report: Report, value: object, path: str) -> None:
    name = type_of(report, value, path, "a block")
    if name is None or not isinstance(value, dict):
        return
    if name not in BLOCKS:
        not_modelled(report, name, path, "a block")
        return
    if report.surface not in _SURFACES_OF.get(name, frozenset(Surface)):
        detail = f"A block of the type {name} may not stand on the surface {report.surface}."
        report.add(Rule.BLOCK_ON_SURFACE, path, detail)
    block_id = value.get("block_id")
    if isinstance(block_id, str):
        if block_id in report.block_ids:
            detail = f"The block_id {block_id[:80]!r} occurs twice."
            report.add(Rule.BLOCK_ID_DUPLICATE, pointer(path, "block_id"), detail)
        report.block_ids.add(block_id)
    if name == "table":
        report.tables.append(path)
    if name == "data_visualization":
        report.drawn.append(path)
        if not report.charts:
            detail = "This workspace has not been given charts yet."
            report.add(Rule.CHART_NOT_GIVEN, path, detail)
    report.block = name
    BLOCKS[name](report, value, path)


def check_blocks(report: Report, value: object, path: str, limit: limits.Limit) -> None:
    """Check the blocks of a message or view one by one, and what spans them.

    ``limit`` is the largest number of blocks of the surface.
    """
    if not isinstance(value, list):
        wrong_type(report, value, path, "an array of blocks")
        return
    array(_one_block, limit, least=0)(report, value, path)
    report.measure(limits.MARKDOWN_TEXT, path, report.markdown_characters, "characters")
    report.measure(limits.TABLE_TEXT, path, report.table_characters, "characters")
    report.measure(limits.DATA_TABLE_TEXT, path, report.data_table_characters, "characters")
    for where in report.focused[limits.VIEW_FOCUSED.most :]:
        detail = f"Allowed is {limits.VIEW_FOCUSED.most} element with focus_on_load."
        report.add(limits.VIEW_FOCUSED.rule, where, detail)
