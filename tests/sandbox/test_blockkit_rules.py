"""Each rule that is not a limit: one or more payloads that break it and nothing else."""

from math import nan

import pytest

from slack_sandbox.blockkit import RULES
from tests.sandbox.blockkit_cases import (
    Json,
    Message,
    Payload,
    View,
    ViewErrors,
    actions,
    asks,
    button,
    cell,
    confirm,
    context,
    data_table,
    home,
    image,
    line_chart,
    message,
    modal,
    modal_of,
    mrkdwn,
    number,
    option,
    options,
    overflow,
    pie,
    plain,
    points,
    rich_line,
    rich_list,
    rich_text,
    rows_of,
    section,
    series,
    static_select,
    table,
    typed,
)
from tests.sandbox.test_blockkit_limits import LOWER, UPPER


def without(whole: Json, name: str) -> Json:
    return {key: value for key, value in whole.items() if key != name}


def in_actions(element: object) -> Message:
    return message(actions(element))


def checkboxes(**more: object) -> Json:
    return {"type": "checkboxes", "options": options(2), **more}


def line_chart_without(name: str) -> Json:
    block = line_chart()
    given = block["chart"]
    assert isinstance(given, dict)
    return {**block, "chart": without(given, name)}


def picker(kind: str, **more: object) -> Json:
    return {"type": kind, **more}


AT = "/blocks/0"
ELEMENT = "/blocks/0/elements/0"
TABLE = table([[cell()]])
MARKDOWN = {"type": "markdown", "text": "Text"}
ALERT = {"type": "alert", "text": plain()}
DATETIME = picker("datetimepicker")
MULTI = {"type": "multi_static_select", "options": options(3)}
FORM = modal_of([section(block_id="s"), asks(typed(), block_id="i")])

HEADER_OF_RICH_TEXT = [[rich_text(rich_line({"type": "text", "text": "A"}))], [cell()]]
AXES: Json = {"categories": ["Month 0", "Month 1"]}

BAD: list[tuple[str, str, Payload]] = [
    # Sizes, tables and charts
    ("msg_blocks_too_long", "/blocks", message(*[section(text=mrkdwn("x" * 3000))] * 5)),
    ("table.rows.uneven", f"{AT}/rows/1", message(table([[cell()], [cell(), cell()]]))),
    (
        "table.rows.uneven",
        f"{AT}/rows/2",
        message(data_table([[cell()] * 2, [cell()] * 2, [cell()]])),
    ),
    ("data_table.header.rich_text", f"{AT}/rows/0/0", message(data_table(HEADER_OF_RICH_TEXT))),
    ("missing_field", AT, message(without(data_table(rows_of(2)), "caption"))),
    ("missing_field", AT, message(without(line_chart(), "title"))),
    ("missing_field", f"{AT}/chart", message(line_chart_without("axis_config"))),
    ("not_modelled", f"{AT}/chart", message(line_chart(type="radar"))),
    ("unknown_field", f"{AT}/chart/segments", message(line_chart(segments=[]))),
    ("block.surface", AT, modal(line_chart())),
    ("block.surface", AT, modal(data_table(rows_of(2)))),
    ("wrong_type", f"{AT}/chart/segments/0/value", message(pie({"label": "A", "value": "1"}))),
    (
        "chart.points.categories",
        f"{AT}/chart/series/0/data",
        message(line_chart(series(count=3), axis_config=AXES)),
    ),
    (
        "chart.points.categories",
        f"{AT}/chart/series/1/data",
        message(line_chart(series(), {"name": "Goal", "data": points(1) * 2}, axis_config=AXES)),
    ),
    (
        "chart.series.duplicate",
        f"{AT}/chart/series/1/name",
        message(line_chart(series(), series())),
    ),
    (
        "chart.categories.duplicate",
        f"{AT}/chart/axis_config/categories/1",
        message(
            line_chart(
                {"name": "Goal", "data": points(1) * 2},
                axis_config={"categories": ["Month 0"] * 2},
            )
        ),
    ),
    (
        "chart.segments.empty",
        f"{AT}/chart/segments/1/value",
        message(pie({"label": "A", "value": 1}, {"label": "B", "value": 0})),
    ),
    (
        "chart.segments.empty",
        f"{AT}/chart/segments/0/value",
        home(pie({"label": "A", "value": -0.5})),
    ),
    (
        "wrong_type",
        f"{AT}/chart/series/0/data/0/value",
        message(line_chart({"name": "A", "data": [{"label": "Month 0", "value": nan}]}, count=1)),
    ),
    ("empty", f"{AT}/chart/series", message(line_chart(count=1, series=[]))),
    ("empty", f"{AT}/chart/segments", message(pie())),
    ("empty", f"{AT}/title", message({**line_chart(), "title": ""})),
    ("empty", f"{AT}/chart/series/0/name", message(line_chart(series("")))),
    ("chart.not_given", AT, View({"type": "home", "blocks": [line_chart()]}, charts=False)),
    ("chart.not_given", AT, Message({"text": "Text", "blocks": [line_chart()]}, charts=False)),
    ("modal.confirm", f"{ELEMENT}/confirm", modal(actions(button(confirm=confirm())))),
    ("modal.confirm", f"{AT}/accessory/confirm", modal(section(button(confirm=confirm())))),
    # Types that are not modelled
    ("not_modelled", AT, message({"type": "video"})),
    ("not_modelled", AT, message({"type": "carousel", "elements": []})),
    ("not_modelled", ELEMENT, in_actions({"type": "external_select"})),
    ("not_modelled", f"{AT}/text", message(section(text={"type": "html", "text": "x"}))),
    ("not_modelled", ELEMENT, message(rich_text({"type": "rich_text_table"}))),
    ("not_modelled", f"{ELEMENT}/elements/0", message(rich_text(rich_line({"type": "team"})))),
    ("not_modelled", f"{AT}/rows/0/0", message(table([[plain()]]))),
    ("not_modelled", "", View({"type": "workflow_step", "blocks": []})),
    ("not_modelled", "/attachments", message(section(), attachments=[{}])),
    ("not_modelled", "/markdown_text", Message({"text": "Text", "markdown_text": "x"})),
    # Fields
    ("unknown_field", f"{AT}/colour", message(section(colour="red"))),
    ("unknown_field", "/hash", modal(section(), hash="1.2")),
    ("unknown_field", "/id", home(section(), id="V1")),
    ("unknown_field", f"{AT}/text/emoji", message(section(text={**mrkdwn(), "emoji": True}))),
    ("unknown_field", f"{AT}/text/verbatim", message(section(text={**plain(), "verbatim": True}))),
    ("unknown_field", f"{ELEMENT}/focus_on_load", in_actions(button(focus_on_load=True))),
    ("unknown_field", f"{ELEMENT}/a~1b~0", in_actions(button(**{"a/b~": 1}))),
    ("unknown_field", f"{AT}/element/confirm", modal(asks(typed(confirm=confirm())))),
    (
        "unknown_field",
        f"{ELEMENT}/options/0/url",
        in_actions(static_select(options=[option(url="https://example.com")])),
    ),
    (
        "unknown_field",
        "/metadata/entities",
        message(metadata={"event_type": "a", "event_payload": {}, "entities": []}),
    ),
    ("missing_field", AT, message({"text": plain()})),
    ("missing_field", AT, message({"type": "header"})),
    ("missing_field", AT, message({"type": "actions"})),
    ("missing_field", AT, modal(without(asks(typed()), "label"))),
    ("missing_field", f"{AT}/text", message(section(text={"type": "mrkdwn"}))),
    ("missing_field", ELEMENT, in_actions(without(button(), "text"))),
    ("missing_field", ELEMENT, message(context(without(image(), "alt_text")))),
    ("missing_field", f"{AT}/element", modal(asks({"type": "number_input"}))),
    (
        "missing_field",
        f"{ELEMENT}/options/0",
        in_actions(overflow(without(option(), "value"))),
    ),
    (
        "missing_field",
        f"{ELEMENT}/confirm",
        in_actions(button(confirm=without(confirm(), "deny"))),
    ),
    ("missing_field", "", View({"type": "modal", "blocks": [section()]})),
    ("missing_field", "", View({"type": "home"})),
    ("missing_field", "", View({"blocks": []})),
    ("missing_field", "/metadata", message(metadata={"event_type": "sent"})),
    # JSON types
    ("wrong_type", "", View("modal")),
    ("wrong_type", "/type", View({"type": ["modal"]})),
    ("wrong_type", "/blocks", home(blocks={})),
    ("wrong_type", "/blocks", Message({"text": "Text", "blocks": "[]"})),
    ("wrong_type", "/text", Message({"text": 5})),
    ("wrong_type", AT, message("section")),
    ("wrong_type", f"{AT}/text", message(section(text="Text"))),
    ("wrong_type", f"{AT}/text/text", message(section(text=plain(7)))),
    ("wrong_type", f"{AT}/accessory", message({**section(), "accessory": None})),
    ("wrong_type", f"{AT}/elements", message({"type": "actions", "elements": {}})),
    ("wrong_type", f"{AT}/optional", modal(asks(typed(), optional="yes"))),
    ("wrong_type", f"{AT}/element/min_length", modal(asks(typed(min_length=True)))),
    ("wrong_type", f"{AT}/element/max_length", modal(asks(typed(max_length="5")))),
    ("wrong_type", f"{AT}/element/min_value", modal(asks(number(min_value=5)))),
    ("wrong_type", f"{AT}/rows/0", message(table([cell()]))),
    (
        "wrong_type",
        f"{AT}/rows/0/0/value",
        message(table([[{"type": "raw_number", "value": "1", "text": "1"}]])),
    ),
    ("wrong_type", f"{ELEMENT}/style", in_actions(button(style=1))),
    ("wrong_type", f"{ELEMENT}/initial_date", in_actions(picker("datepicker", initial_date=1))),
    ("wrong_type", f"{ELEMENT}/initial_time", in_actions(picker("timepicker", initial_time=1))),
    ("wrong_type", f"{ELEMENT}/timezone", in_actions(picker("timepicker", timezone=1))),
    (
        "wrong_type",
        f"{AT}/element/initial_date_time",
        modal(asks(picker("datetimepicker", initial_date_time="1790000000"))),
    ),
    ("wrong_type", "/notify_on_close", modal(section(), notify_on_close=1)),
    ("wrong_type", "/private_metadata", modal(section(), private_metadata={"id": 1})),
    ("wrong_type", "/metadata", message(metadata="{}")),
    (
        "wrong_type",
        "/metadata/event_payload",
        message(metadata={"event_type": "a", "event_payload": "{}"}),
    ),
    ("wrong_type", "/errors", ViewErrors({"blocks": []}, ["i"])),
    ("wrong_type", "/errors/i", ViewErrors(FORM, {"i": plain()})),
    # Empty
    ("empty", "/title/text", modal(section(), title=plain(""))),
    ("empty", "/blocks", home()),
    ("empty", "/blocks", modal()),
    ("empty", f"{AT}/elements", message(actions())),
    ("empty", f"{AT}/elements", message(context())),
    ("empty", f"{AT}/fields", message(section(fields=[]))),
    ("empty", f"{AT}/block_id", message(section(block_id=""))),
    ("empty", f"{AT}/text", message({"type": "markdown", "text": ""})),
    ("empty", f"{AT}/rows", message(table([]))),
    ("empty", f"{AT}/rows/0", message(table([[]]))),
    ("empty", f"{AT}/rows/0/0/text", message(table([[cell("")]]))),
    ("empty", f"{AT}/elements", message(rich_text())),
    ("empty", f"{ELEMENT}/action_id", in_actions(button(action_id=""))),
    ("empty", f"{ELEMENT}/value", in_actions(button(value=""))),
    ("empty", f"{ELEMENT}/url", in_actions(button(url=""))),
    ("empty", f"{ELEMENT}/options", in_actions(overflow())),
    ("empty", f"{ELEMENT}/options", in_actions(static_select(options=[]))),
    ("empty", f"{ELEMENT}/options", in_actions({"type": "radio_buttons", "options": []})),
    ("empty", f"{ELEMENT}/options/0/value", in_actions(overflow(option(value="")))),
    ("empty", f"{ELEMENT}/initial_options", in_actions({**MULTI, "initial_options": []})),
    ("empty", f"{ELEMENT}/initial_options", in_actions(checkboxes(initial_options=[]))),
    (
        "empty",
        f"{ELEMENT}/filter/include",
        in_actions({"type": "conversations_select", "filter": {"include": []}}),
    ),
    ("empty", "/errors", ViewErrors(FORM, {})),
    ("empty", "/errors/i", ViewErrors(FORM, {"i": ""})),
    # Choices and texts
    ("not_a_choice", f"{ELEMENT}/style", in_actions(button(style="default"))),
    ("not_a_choice", f"{ELEMENT}/confirm/style", in_actions(button(confirm=confirm(style="x")))),
    ("not_a_choice", f"{AT}/level", modal({**ALERT, "level": "fatal"})),
    ("not_a_choice", f"{ELEMENT}/style", message(rich_text(rich_list(style="dotted")))),
    (
        "not_a_choice",
        f"{AT}/column_settings/0/align",
        message(table([[cell()]], column_settings=[{"align": "middle"}])),
    ),
    (
        "not_a_choice",
        f"{ELEMENT}/filter/include/0",
        in_actions({"type": "conversations_select", "filter": {"include": ["dm"]}}),
    ),
    (
        "not_a_choice",
        f"{AT}/element/dispatch_action_config/trigger_actions_on/0",
        modal(asks(typed(dispatch_action_config={"trigger_actions_on": ["on_blur"]}))),
    ),
    ("text.plain_text_only", f"{AT}/text", message({"type": "header", "text": mrkdwn()})),
    ("text.plain_text_only", "/title", modal(section(), title=mrkdwn())),
    ("text.plain_text_only", f"{ELEMENT}/text", in_actions(button(text=mrkdwn()))),
    ("text.plain_text_only", f"{AT}/label", modal(asks(typed(), label=mrkdwn()))),
    ("text.plain_text_only", f"{AT}/title", message(image(title=mrkdwn()))),
    (
        "text.plain_text_only",
        f"{AT}/element/placeholder",
        modal(asks(typed(placeholder=mrkdwn()))),
    ),
    (
        "text.plain_text_only",
        f"{ELEMENT}/options/0/text",
        in_actions(overflow({"text": mrkdwn(), "value": "1"})),
    ),
    (
        "text.plain_text_only",
        f"{ELEMENT}/options/0/text",
        in_actions(static_select(options=[{"text": mrkdwn(), "value": "1"}])),
    ),
    ("url.malformed", f"{ELEMENT}/url", in_actions(button(url="example.com/page"))),
    ("url.malformed", f"{AT}/image_url", message(image(image_url="https://exa mple.com"))),
    # Messages and views
    ("no_text", "/text", Message({})),
    ("no_text", "/text", Message({"text": "", "blocks": []})),
    ("no_text", "/text", Message({"text": " \n"})),
    ("message.text.missing", "/text", Message({"blocks": [section()]})),
    ("message.text.missing", "/text", Message({"blocks": [section()], "text": ""})),
    (
        "modal.submit.missing",
        "",
        View({"type": "modal", "title": plain(), "blocks": [asks(typed())]}),
    ),
    ("home.modal_only_field", "/title", home(section(), title=plain())),
    ("home.modal_only_field", "/submit", home(section(), submit=plain())),
    ("home.modal_only_field", "/close", home(section(), close=plain())),
    ("home.modal_only_field", "/notify_on_close", home(section(), notify_on_close=True)),
    ("errors.unknown_block", "/errors/x", ViewErrors(FORM, {"x": "No"})),
    ("errors.not_an_input", "/errors/s", ViewErrors(FORM, {"s": "No"})),
    # Blocks
    ("block.surface", AT, modal(MARKDOWN)),
    ("block.surface", AT, home(MARKDOWN)),
    ("block.surface", AT, modal(TABLE)),
    ("block.surface", AT, message(ALERT)),
    ("block.surface", AT, home(ALERT)),
    (
        "block_id.duplicate",
        "/blocks/1/block_id",
        message(section(block_id="a"), {"type": "divider", "block_id": "a"}),
    ),
    ("section.text_or_fields", AT, message({"type": "section"})),
    ("image.source", AT, message({"type": "image", "alt_text": "A"})),
    ("image.source", ELEMENT, message(context(image(slack_file={"id": "F1"})))),
    ("slack_file.id_or_url", f"{AT}/slack_file", home(without(image(slack_file={}), "image_url"))),
    # Elements
    ("element.block", ELEMENT, in_actions(typed())),
    ("element.block", f"{AT}/accessory", modal(section(number()))),
    ("element.block", f"{AT}/accessory", message(section(DATETIME))),
    ("element.block", f"{AT}/element", modal(asks(overflow(option())))),
    ("element.block", f"{AT}/element", modal(asks(button()))),
    ("element.block", f"{AT}/element", modal(asks(image()))),
    ("element.block", ELEMENT, message(context(button()))),
    ("element.block", ELEMENT, in_actions(image())),
    ("element.surface", f"{AT}/element", message(asks(number()))),
    ("element.surface", f"{AT}/element", home(asks(number()))),
    ("element.surface", ELEMENT, home(actions(DATETIME))),
    (
        "action_id.duplicate",
        f"{AT}/elements/1/action_id",
        message(actions(button(action_id="a"), button(action_id="a"))),
    ),
    (
        "select.response_url_enabled",
        f"{ELEMENT}/response_url_enabled",
        modal(actions({"type": "channels_select", "response_url_enabled": True})),
    ),
    (
        "select.response_url_enabled",
        f"{AT}/element/response_url_enabled",
        message(asks({"type": "conversations_select", "response_url_enabled": True})),
    ),
    ("select.options_or_option_groups", ELEMENT, in_actions({"type": "static_select"})),
    (
        "select.options_or_option_groups",
        ELEMENT,
        in_actions({**MULTI, "option_groups": [{"label": plain(), "options": options(1)}]}),
    ),
    (
        "initial.not_an_option",
        f"{ELEMENT}/initial_option",
        in_actions(static_select(initial_option=option("Option 0", "value-1"))),
    ),
    (
        "initial.not_an_option",
        f"{ELEMENT}/initial_options/1",
        in_actions(checkboxes(initial_options=options(3)[1:])),
    ),
    (
        "initial.over_max_selected_items",
        f"{ELEMENT}/initial_options",
        in_actions({**MULTI, "initial_options": options(2), "max_selected_items": 1}),
    ),
    ("filter.empty", f"{ELEMENT}/filter", in_actions(picker("conversations_select", filter={}))),
    *(
        (
            "datepicker.initial_date.malformed",
            f"{ELEMENT}/initial_date",
            in_actions(picker("datepicker", initial_date=value)),
        )
        for value in ("2026-02-30", "20260228", "2026-2-28", "28.02.2026", "0000-01-01", "")
    ),
    *(
        (
            "timepicker.initial_time.malformed",
            f"{ELEMENT}/initial_time",
            in_actions(picker("timepicker", initial_time=value)),
        )
        for value in ("24:00", "9:00", "09:60", "09:00:00", "")
    ),
    *(
        (
            "timepicker.timezone.unknown",
            f"{ELEMENT}/timezone",
            in_actions(picker("timepicker", timezone=value)),
        )
        for value in ("Mars/Olympus", "../../etc/passwd", "Europe", "", "a\0b")
    ),
    *(
        (
            "number_input.number.malformed",
            f"{AT}/element/initial_value",
            modal(asks(number(initial_value=value))),
        )
        for value in ("", "1,5", "1.", "+1", "1e3", "\u0663")
    ),
    (
        "number_input.decimal_not_allowed",
        f"{AT}/element/max_value",
        modal(asks(number(max_value="1.5"))),
    ),
    (
        "number_input.min_over_max",
        f"{AT}/element/min_value",
        modal(asks(number(min_value="10", max_value="9"))),
    ),
    *(
        (
            "number_input.initial_value.out_of_range",
            f"{AT}/element/initial_value",
            modal(asks(number(min_value="2", max_value="10", initial_value=value))),
        )
        for value in ("1", "11")
    ),
]


@pytest.mark.parametrize(("rule", "path", "payload"), BAD)
def test_bad_payload_breaks_exactly_one_rule(rule: str, path: str, payload: Payload) -> None:
    problems = payload.problems()
    assert [(problem.rule, problem.path) for problem in problems] == [(rule, path)]
    assert problems[0].detail.endswith(".")


def test_every_rule_has_a_bad_case() -> None:
    tested = {rule for rule, _, _ in BAD} | UPPER.keys() | LOWER.keys()
    assert tested == RULES


def test_all_problems_of_a_payload_are_found() -> None:
    problems = modal({"type": "header", "text": mrkdwn()}, section(button(value="")), hash=1)
    assert {problem.rule for problem in problems.problems()} == {
        "text.plain_text_only",
        "empty",
        "unknown_field",
    }
