"""What the referee found, and what it must remember while it reads one payload."""

from dataclasses import dataclass, field
from enum import StrEnum

from slack_sandbox.blockkit.limits import LIMIT_RULES, Limit


class Surface(StrEnum):
    """Where blocks are shown. Source: https://docs.slack.dev/surfaces."""

    MESSAGE = "message"
    MODAL = "modal"
    HOME = "home"


class Rule(StrEnum):
    """Rules that are not the breach of one limit; those are named in ``limits``."""

    NOT_MODELLED = "not_modelled"
    UNKNOWN_FIELD = "unknown_field"
    MISSING_FIELD = "missing_field"
    WRONG_TYPE = "wrong_type"
    EMPTY = "empty"
    NOT_A_CHOICE = "not_a_choice"
    PLAIN_TEXT_ONLY = "text.plain_text_only"
    URL_MALFORMED = "url.malformed"

    NO_TEXT = "no_text"
    MESSAGE_TEXT_MISSING = "message.text.missing"
    SUBMIT_MISSING = "modal.submit.missing"
    MODAL_ONLY_FIELD = "home.modal_only_field"
    BLOCK_ON_SURFACE = "block.surface"
    BLOCK_ID_DUPLICATE = "block_id.duplicate"

    TABLE_UNEVEN = "table.rows.uneven"
    TABLE_SETTINGS_OVER_COLUMNS = "table.column_settings.over_columns"
    DATA_TABLE_ROWS_TOO_FEW = "data_table.rows.too_few"
    DATA_TABLE_HEADER = "data_table.header.rich_text"
    DATA_TABLE_ROW_HEADER_COLUMN = "data_table.row_header_column_index.no_column"
    CHART_POINTS_DIFFER = "chart.points.categories"
    CHART_SERIES_DUPLICATE = "chart.series.duplicate"
    CHART_CATEGORY_DUPLICATE = "chart.categories.duplicate"
    CHART_SEGMENT_EMPTY = "chart.segments.empty"
    CHART_NOT_GIVEN = "chart.not_given"
    CONFIRM_IN_MODAL = "modal.confirm"

    SECTION_CONTENT = "section.text_or_fields"
    IMAGE_SOURCE = "image.source"

    ELEMENT_IN_BLOCK = "element.block"
    ELEMENT_ON_SURFACE = "element.surface"
    ACTION_ID_DUPLICATE = "action_id.duplicate"
    RESPONSE_URL_PLACE = "select.response_url_enabled"
    OPTIONS_OR_GROUPS = "select.options_or_option_groups"
    INITIAL_NOT_AN_OPTION = "initial.not_an_option"
    INITIAL_TOO_MANY = "initial.over_max_selected_items"
    DATE_MALFORMED = "datepicker.initial_date.malformed"
    TIME_MALFORMED = "timepicker.initial_time.malformed"
    TIMEZONE_UNKNOWN = "timepicker.timezone.unknown"
    LENGTHS_CROSSED = "plain_text_input.min_over_max"
    INITIAL_VALUE_TOO_LONG = "plain_text_input.initial_value.too_long"
    NUMBER_MALFORMED = "number_input.number.malformed"
    NUMBER_DECIMAL = "number_input.decimal_not_allowed"
    NUMBERS_CROSSED = "number_input.min_over_max"
    NUMBER_OUTSIDE = "number_input.initial_value.out_of_range"
    FILTER_EMPTY = "filter.empty"
    SLACK_FILE_REFERENCE = "slack_file.id_or_url"

    ERRORS_UNKNOWN_BLOCK = "errors.unknown_block"
    ERRORS_NOT_AN_INPUT = "errors.not_an_input"


RULES: frozenset[str] = frozenset(Rule) | LIMIT_RULES
"""The name of every rule that the referee can report."""


@dataclass(frozen=True)
class Problem:
    """One broken rule.

    ``rule`` is one of ``RULES``; ``path`` is a JSON pointer (RFC 6901) into what was checked,
    ``""`` for the whole; ``detail`` is one plain sentence with the limit and what was found.
    """

    rule: str
    path: str
    detail: str


@dataclass
class Report:
    """The problems of one message or view, and the counts that span its blocks.

    ``characters`` counts all text that people may see or hear. ``charts`` says whether the
    workspace has been given them, ``drawn`` holds the path of each. ``block`` is the type of the
    block that is being read; ``focused`` holds the path of each element with ``focus_on_load``.
    """

    surface: Surface
    problems: list[Problem] = field(default_factory=list)
    block: str = ""
    block_ids: set[str] = field(default_factory=set)
    focused: list[str] = field(default_factory=list)
    tables: list[str] = field(default_factory=list)
    charts: bool = True
    drawn: list[str] = field(default_factory=list)
    characters: int = 0
    markdown_characters: int = 0
    table_characters: int = 0
    data_table_characters: int = 0

    def add(self, rule: str, path: str, detail: str) -> None:
        """Record that ``rule`` is broken at ``path``."""
        self.problems.append(Problem(str(rule), path, detail))

    def measure(self, limit: Limit, path: str, size: int, unit: str) -> None:
        """Record the breach of ``limit`` when ``size``, counted in ``unit``, is over it."""
        if size > limit.most:
            self.add(limit.rule, path, f"Allowed are at most {limit.most} {unit}, found {size}.")


def pointer(path: str, key: object) -> str:
    """Return the JSON pointer of the member ``key`` of what stands at ``path`` (RFC 6901)."""
    return f"{path}/{str(key).replace('~', '~0').replace('/', '~1')}"
