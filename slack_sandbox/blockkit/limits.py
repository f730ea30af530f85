"""Slack's limits on Block Kit, each with the rule that is reported when it is broken.

Characters are Unicode code points, items are JSON array elements, bytes are UTF-8 bytes.
Sources, all under https://docs.slack.dev/ unless another is named:

- blocks per surface, messages and views: ``reference/block-kit/blocks``,
  ``reference/views/modal-views``, ``reference/methods/views.push`` (``view_too_large``)
- message text: ``reference/methods/chat.postMessage#truncating-content`` (advised there, a rule
  here)
- size of all blocks of a message: https://github.com/slackapi/bolt-js/issues/2509 and 2867,
  measured, not documented: 13,297 characters alone are refused, and with one divider beside them
  13,172, so that each block after the first costs as much as 125 characters
- bytes of the text of chat.update: ``reference/methods/chat.update`` (``msg_too_long``)
- data_table, data_visualization: ``reference/block-kit/blocks/data-table-block`` and
  ``…/data-visualization-block``; newer libraries allow more rows and series, and two charts. That
  a segment is more than 0 is from the slackblocks package
- blocks: ``reference/block-kit/blocks/…-block``, and ``packages/types/src/block-kit/blocks.ts``
  of https://github.com/slackapi/node-slack-sdk
- elements: ``reference/block-kit/block-elements/…-element``, and ``block-elements.ts`` there
- composition objects: ``reference/block-kit/composition-objects``, and ``basic_components.py``
  of https://github.com/slackapi/python-slack-sdk
- external_id, image_url, option description, option group label: no Slack page states them;
  taken from the slackblocks package
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Limit:
    """The largest size something may have; ``rule`` names the breach."""

    rule: str
    most: int


@dataclass(frozen=True)
class Range:
    """The smallest and the largest allowed number (None: no largest); ``rule`` names the breach."""

    rule: str
    least: int
    most: int | None = None


# Messages
MESSAGE_TEXT = Limit("message.text.too_long", 4000)
MESSAGE_BLOCKS = Limit("message.blocks.too_many", 50)
MESSAGE_UPDATE_BYTES = Limit("msg_too_long", 4000)
MESSAGE_BLOCKS_SIZE = Limit("msg_blocks_too_long", 13_297)
MESSAGE_BLOCKS_ADVISED = Limit("message.blocks.heavy", 10_000)
MESSAGE_TABLES = Limit("message.tables.too_many", 1)
MESSAGE_CHARTS = Limit("message.charts.too_many", 1)

BLOCK_COST = 125
"""Characters that each block of a message but the first costs besides its text."""

# Views
VIEW_BLOCKS = Limit("view.blocks.too_many", 100)
VIEW_BYTES = Limit("view_too_large", 250_000)
VIEW_TITLE = Limit("view.title.too_long", 24)
VIEW_SUBMIT = Limit("view.submit.too_long", 24)
VIEW_CLOSE = Limit("view.close.too_long", 24)
VIEW_PRIVATE_METADATA = Limit("view.private_metadata.too_long", 3000)
VIEW_CALLBACK_ID = Limit("view.callback_id.too_long", 255)
VIEW_EXTERNAL_ID = Limit("view.external_id.too_long", 255)
VIEW_FOCUSED = Limit("view.focus_on_load.too_many", 1)

# Blocks
BLOCK_ID = Limit("block_id.too_long", 255)
HEADER_TEXT = Limit("header.text.too_long", 150)
SECTION_TEXT = Limit("section.text.too_long", 3000)
SECTION_FIELDS = Limit("section.fields.too_many", 10)
SECTION_FIELD_TEXT = Limit("section.field.too_long", 2000)
CONTEXT_ELEMENTS = Limit("context.elements.too_many", 10)
CONTEXT_TEXT = Limit("context.text.too_long", 3000)
ACTIONS_ELEMENTS = Limit("actions.elements.too_many", 25)
INPUT_LABEL = Limit("input.label.too_long", 2000)
INPUT_HINT = Limit("input.hint.too_long", 2000)
IMAGE_URL = Limit("image.image_url.too_long", 3000)
IMAGE_ALT_TEXT = Limit("image.alt_text.too_long", 2000)
IMAGE_TITLE = Limit("image.title.too_long", 2000)
ALERT_TEXT = Limit("alert.text.too_long", 200)
MARKDOWN_TEXT = Limit("markdown.text.too_long", 12_000)
TABLE_ROWS = Limit("table.rows.too_many", 100)
TABLE_CELLS = Limit("table.cells.too_many", 20)
TABLE_COLUMN_SETTINGS = Limit("table.column_settings.too_many", 20)
TABLE_TEXT = Limit("table.text.too_long", 10_000)
DATA_TABLE_ROWS = Limit("data_table.rows.too_many", 101)
DATA_TABLE_CELLS = Limit("data_table.cells.too_many", 20)
DATA_TABLE_TEXT = Limit("data_table.text.too_long", 10_000)
DATA_TABLE_PAGE = Range("data_table.page_size.out_of_range", 1, 100)
DATA_TABLE_ROW_HEADER = Range("data_table.row_header_column_index.out_of_range", 0, 19)
CHART_TITLE = Limit("chart.title.too_long", 50)
CHART_SERIES = Limit("chart.series.too_many", 6)
CHART_SEGMENTS = Limit("chart.segments.too_many", 6)
CHART_POINTS = Limit("chart.points.too_many", 20)
CHART_LABEL = Limit("chart.label.too_long", 20)
CHART_AXIS_LABEL = Limit("chart.axis_label.too_long", 50)
RICH_TEXT_INDENT = Range("rich_text_list.indent.out_of_range", 0, 8)
RICH_TEXT_BORDER = Range("rich_text.border.out_of_range", 0, 1)

# Elements
ACTION_ID = Limit("action_id.too_long", 255)
BUTTON_TEXT = Limit("button.text.too_long", 75)
BUTTON_VALUE = Limit("button.value.too_long", 2000)
BUTTON_URL = Limit("button.url.too_long", 3000)
BUTTON_ACCESSIBILITY_LABEL = Limit("button.accessibility_label.too_long", 75)
PLACEHOLDER = Limit("placeholder.too_long", 150)
SELECT_OPTIONS = Limit("select.options.too_many", 100)
SELECT_OPTION_GROUPS = Limit("select.option_groups.too_many", 100)
SELECT_MAX_SELECTED_ITEMS = Range("select.max_selected_items.out_of_range", 1)
OVERFLOW_OPTIONS = Limit("overflow.options.too_many", 5)
CHECKBOXES_OPTIONS = Limit("checkboxes.options.too_many", 10)
RADIO_BUTTONS_OPTIONS = Limit("radio_buttons.options.too_many", 10)
PLAIN_TEXT_MIN_LENGTH = Range("plain_text_input.min_length.out_of_range", 0, 3000)
PLAIN_TEXT_MAX_LENGTH = Range("plain_text_input.max_length.out_of_range", 1, 3000)
DATETIME_SECONDS = Range("datetimepicker.initial_date_time.malformed", 10**9, 10**10 - 1)

# Composition objects
OPTION_TEXT = Limit("option.text.too_long", 75)
OPTION_VALUE = Limit("option.value.too_long", 150)
OPTION_DESCRIPTION = Limit("option.description.too_long", 75)
OPTION_URL = Limit("option.url.too_long", 3000)
OPTION_GROUP_LABEL = Limit("option_group.label.too_long", 75)
OPTION_GROUP_OPTIONS = Limit("option_group.options.too_many", 100)
CONFIRM_TITLE = Limit("confirm.title.too_long", 100)
CONFIRM_TEXT = Limit("confirm.text.too_long", 300)
CONFIRM_CONFIRM = Limit("confirm.confirm.too_long", 30)
CONFIRM_DENY = Limit("confirm.deny.too_long", 30)

LIMIT_RULES = frozenset(
    constant.rule for constant in tuple(globals().values()) if isinstance(constant, Limit | Range)
)
"""The rules of every limit above."""
