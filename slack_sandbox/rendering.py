"""What a person sees, as plain text for a terminal."""

from collections.abc import Callable, Iterable
from typing import Any

from slack_sandbox.emoji import drawn
from slack_sandbox.inputs import State, options_of, value_of
from slack_sandbox.journal import Json
from slack_sandbox.mrkdwn import Reader, entities
from slack_sandbox.workspace import Post, View

LINE = "─" * 40


def post_text(reader: Reader, post: Post) -> str:
    """What a message shows: its blocks, or its text when it has none."""
    if post.blocks:
        return blocks_text(reader, post.blocks, post.state, {})
    files = [f"📎 {one.name} · {one.length} bytes" for one in post.files]
    beneath = [f"│ {reader.mrkdwn(str(one.get('fallback', '')))}" for one in post.attachments]
    return "\n".join([reader.mrkdwn(post.text), *files, *beneath])


def view_text(reader: Reader, view: View) -> str:
    """What a Home, or a modal with its title and its buttons, shows."""
    body = blocks_text(reader, view.blocks, view.state, view.errors)
    if view.definition["type"] == "home":
        return body
    lines = [f"── {title(view)} ──", body]
    if view.trouble:
        lines.append(f"! {view.trouble}")
    buttons = [f"[{label}]" for label in (submit_label(view), close_label(view)) if label]
    return "\n".join([*lines, " ".join(buttons)])


def title(view: View) -> str:
    return drawn(entities(str(view.definition["title"]["text"])))


def submit_label(view: View) -> str | None:
    submit = view.definition.get("submit")
    return drawn(entities(submit["text"])) if submit else None


def close_label(view: View) -> str:
    close = view.definition.get("close")
    return drawn(entities(close["text"])) if close else "Cancel"


def blocks_text(
    reader: Reader, blocks: Iterable[Json], state: State, errors: dict[str, str]
) -> str:
    """Blocks as lines, with what their inputs hold and the errors under them."""
    return "\n".join(
        _block(reader, block, state.get(block["block_id"], {}), errors.get(block["block_id"]))
        for block in blocks
    )


def own_text(reader: Reader, block: Json) -> str:
    """The words of a block without its buttons and menus."""
    match block["type"]:
        case "section":
            fields = [text(reader, field) for field in block.get("fields", [])]
            return "\n".join([*([text(reader, block["text"])] if "text" in block else []), *fields])
        case "header" | "alert":
            return text(reader, block["text"])
        case "context":
            return "  ".join(_context(reader, element) for element in block["elements"])
        case "input":
            return text(reader, block["label"])
        case "markdown":
            return reader.mrkdwn(block["text"])
        case "image":
            return str(block["alt_text"])
        case "rich_text":
            return "\n".join(_rich(reader, element) for element in block["elements"])
        case "table" | "data_table":
            rows = [[_cell(reader, cell) for cell in row] for row in block["rows"]]
            return "\n".join([*_caption(block), *(" | ".join(row) for row in rows)])
        case "data_visualization":
            return "\n".join([block["title"], *_chart(block["chart"])])
    return ""


def text(reader: Reader, given: Json) -> str:
    """A text object: mrkdwn is read; plain text only loses its entities, and has its emoji drawn
    unless it says not to."""
    content = str(given["text"])
    if given["type"] == "mrkdwn":
        return reader.mrkdwn(content)
    return drawn(entities(content)) if given.get("emoji", True) else entities(content)


def _block(reader: Reader, block: Json, state: dict[str, Json], error: str | None) -> str:
    own = own_text(reader, block)
    match block["type"]:
        case "header":
            return f"{own}\n{'═' * min(len(own), len(LINE))}"
        case "divider":
            return LINE
        case "context":
            return f"  {own}"
        case "image":
            return f"(picture: {own})"
        case "alert":
            return f"! {own}"
        case "actions":
            return " ".join(_element(reader, element, state) for element in block["elements"])
        case "section" if "accessory" in block:
            return f"{own} {_element(reader, block['accessory'], state)}".strip()
        case "input":
            return _input(reader, block, state, error)
    return own


def _input(reader: Reader, block: Json, state: dict[str, Json], error: str | None) -> str:
    optional = " (optional)" if block.get("optional") else ""
    label = text(reader, block["label"])
    lines = [f"{label}{optional}: {_element(reader, block['element'], state)}"]
    if "hint" in block:
        lines.append(f"  {text(reader, block['hint'])}")
    if error:
        lines.append(f"  ! {error}")
    return "\n".join(lines)


def _element(reader: Reader, element: Json, state: dict[str, Json]) -> str:
    kind = element["type"]
    if kind == "button":
        return f"[{text(reader, element['text'])}]"
    if kind == "overflow":
        return f"[⋯ {' | '.join(text(reader, option['text']) for option in element['options'])}]"
    if kind == "image":
        return f"(picture: {element['alt_text']})"
    held = state.get(element["action_id"])
    value = value_of(held) if held else None
    if kind in ("checkboxes", "radio_buttons"):
        return _choices(reader, element, value)
    shown = value_text(reader, value)
    if not shown and "placeholder" in element:
        shown = text(reader, element["placeholder"])
    return f"( {shown} )" if shown else "( )"


def _choices(reader: Reader, element: Json, value: Any) -> str:
    chosen: list[Json | None] = value if isinstance(value, list) else [value]
    picked = {option["value"] for option in chosen if option}
    on, off = ("[x]", "[ ]") if element["type"] == "checkboxes" else ("(•)", "( )")
    return "  ".join(
        f"{on if option['value'] in picked else off} {text(reader, option['text'])}"
        for option in options_of(element)
    )


def value_text(reader: Reader, value: object) -> str:
    """What an input holds, in words: people and channels by name, options by text."""
    if value is None:
        return ""
    if isinstance(value, list):
        return ", ".join(value_text(reader, item) for item in value)
    if isinstance(value, dict):
        return text(reader, value["text"])
    if value in reader.workspace.members:
        return reader.workspace.members[str(value)].name
    if value in reader.workspace.channels:
        return f"#{reader.workspace.channels[str(value)].name}"
    return str(value)


def _context(reader: Reader, element: Json) -> str:
    return f"({element['alt_text']})" if element["type"] == "image" else text(reader, element)


def _caption(block: Json) -> list[str]:
    return [str(block["caption"])] if "caption" in block else []


def _chart(chart: Json) -> list[str]:
    """A chart in words: a line for each series, or one for all segments of a pie."""
    if chart["type"] == "pie":
        return [_points(chart["segments"])]
    return [f"{series['name']}: {_points(series['data'])}" for series in chart["series"]]


def _points(points: Iterable[Json]) -> str:
    return ", ".join(f"{point['label']} {point['value']}" for point in points)


def _cell(reader: Reader, cell: Json) -> str:
    return str(cell["text"]) if "text" in cell else own_text(reader, cell)


def _rich(reader: Reader, element: Json) -> str:
    if element["type"] == "rich_text_list":
        mark = "1." if element.get("style") == "ordered" else "•"
        return "\n".join(f"{mark} {_rich(reader, item)}" for item in element["elements"])
    return "".join(_rich_part(reader, part) for part in element["elements"])


def _rich_part(reader: Reader, part: Json) -> str:
    readers: dict[str, Callable[[], str]] = {
        "text": lambda: str(part["text"]),
        "link": lambda: str(part.get("text") or part["url"]),
        "emoji": lambda: drawn(f":{part['name']}:"),
        "user": lambda: reader.mrkdwn(f"<@{part['user_id']}>"),
        "channel": lambda: reader.mrkdwn(f"<#{part['channel_id']}>"),
        "broadcast": lambda: f"@{part['range']}",
        "date": lambda: str(part.get("fallback", "")),
    }
    return readers.get(part["type"], lambda: "")()
