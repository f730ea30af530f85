"""Builders of Block Kit payloads for the tests of the referee."""

from collections.abc import Mapping
from dataclasses import dataclass

from slack_sandbox.blockkit import (
    MessageMethod,
    Problem,
    check_message,
    check_view,
    check_view_errors,
)

Json = dict[str, object]


@dataclass(frozen=True)
class Message:
    """The arguments of a message."""

    arguments: Mapping[str, object]
    method: MessageMethod = MessageMethod.POST
    charts: bool = True

    def problems(self) -> list[Problem]:
        return check_message(self.arguments, self.method, charts=self.charts)


@dataclass(frozen=True)
class View:
    """A modal or Home tab."""

    view: object
    charts: bool = True

    def problems(self) -> list[Problem]:
        return check_view(self.view, charts=self.charts)


@dataclass(frozen=True)
class ViewErrors:
    """The errors that answer the submission of a view."""

    view: Mapping[str, object]
    errors: object

    def problems(self) -> list[Problem]:
        return check_view_errors(self.view, self.errors)


Payload = Message | View | ViewErrors


def plain(text: object = "Text") -> Json:
    return {"type": "plain_text", "text": text}


def mrkdwn(text: str = "Text") -> Json:
    return {"type": "mrkdwn", "text": text}


def option(text: object = "Text", value: object = "value", **more: object) -> Json:
    return {"text": plain(text), "value": value, **more}


def options(count: int) -> list[Json]:
    return [option(f"Option {n}", f"value-{n}") for n in range(count)]


def confirm(**changed: object) -> Json:
    given = {"title": plain(), "text": mrkdwn(), "confirm": plain("Yes"), "deny": plain("No")}
    return {**given, **changed}


def button(**more: object) -> Json:
    return {"type": "button", "text": plain(), **more}


def overflow(*choices: Json) -> Json:
    return {"type": "overflow", "options": list(choices)}


def static_select(**more: object) -> Json:
    return {"type": "static_select", "options": options(2), **more}


def typed(**more: object) -> Json:
    return {"type": "plain_text_input", **more}


def number(**more: object) -> Json:
    return {"type": "number_input", "is_decimal_allowed": False, **more}


def section(accessory: object = None, **more: object) -> Json:
    given: Json = {"type": "section", "text": mrkdwn(), **more}
    return given if accessory is None else {**given, "accessory": accessory}


def actions(*elements: object, **more: object) -> Json:
    return {"type": "actions", "elements": list(elements), **more}


def context(*elements: object) -> Json:
    return {"type": "context", "elements": list(elements)}


def asks(element: object, **more: object) -> Json:
    """An input block."""
    return {"type": "input", "label": plain("Label"), "element": element, **more}


def image(**more: object) -> Json:
    return {"type": "image", "image_url": "https://example.com/a.png", "alt_text": "A", **more}


def rich_text(*parts: object) -> Json:
    return {"type": "rich_text", "elements": list(parts)}


def rich_line(*elements: object, **more: object) -> Json:
    return {"type": "rich_text_section", "elements": list(elements), **more}


def rich_list(**more: object) -> Json:
    item = rich_line({"type": "text", "text": "Item"})
    return {"type": "rich_text_list", "style": "bullet", "elements": [item], **more}


def table(rows: object, **more: object) -> Json:
    return {"type": "table", "rows": rows, **more}


def cell(text: str = "Cell") -> Json:
    return {"type": "raw_text", "text": text}


def data_table(rows: object, **more: object) -> Json:
    return {"type": "data_table", "caption": "Results", "rows": rows, **more}


def rows_of(count: int, columns: int = 1) -> list[list[Json]]:
    return [[cell()] * columns] * count


def points(count: int) -> list[Json]:
    return [{"label": f"Month {n}", "value": n + 1} for n in range(count)]


def series(name: str = "Actual", count: int = 2) -> Json:
    return {"name": name, "data": points(count)}


def line_chart(*lines: Json, count: int = 2, **more: object) -> Json:
    axes: Json = {"categories": [f"Month {n}" for n in range(count)]}
    drawn = list(lines) or [series(count=count)]
    chart: Json = {"type": "line", "series": drawn, "axis_config": axes, **more}
    return {"type": "data_visualization", "title": "Pace", "chart": chart}


def pie(*segments: Json) -> Json:
    chart = {"type": "pie", "segments": list(segments)}
    return {"type": "data_visualization", "title": "Shares", "chart": chart}


def by_response_url(*blocks: object) -> Message:
    return Message({"text": "Text", "blocks": list(blocks)}, MessageMethod.RESPONSE_URL)


def message(*blocks: object, **arguments: object) -> Message:
    return Message({"text": "Text", "blocks": list(blocks), **arguments})


def modal(*blocks: object, **fields: object) -> View:
    return View(modal_of(list(blocks), **fields))


def modal_of(blocks: object, **fields: object) -> Json:
    given = {"type": "modal", "title": plain("Title"), "submit": plain("Save")}
    return {**given, "blocks": blocks, **fields}


def home(*blocks: object, **fields: object) -> View:
    return View({"type": "home", "blocks": list(blocks), **fields})
