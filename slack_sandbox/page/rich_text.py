"""rich_text blocks as HTML.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
"""

from collections.abc import Callable
from itertools import groupby

from markupsafe import Markup, escape

from slack_sandbox.emoji import draw
from slack_sandbox.journal import Json
from slack_sandbox.mrkdwn import Reader
from slack_sandbox.page.mrkdwn_html import link

_STYLES = {"bold": "strong", "italic": "em", "strike": "s", "underline": "u", "code": "code"}


def rich_text(reader: Reader, block: Json) -> Markup:
    """A block, or a cell of a table."""
    parts = block.get("elements", [])
    return Markup("").join(_part(reader, part) for part in parts)


def _part(reader: Reader, part: Json) -> Markup:
    elements = part.get("elements", [])
    match part.get("type"):
        case "rich_text_section":
            return Markup('<div class="rich-line">{}</div>').format(_line(reader, elements))
        case "rich_text_quote":
            return Markup("<blockquote>{}</blockquote>").format(_line(reader, elements))
        case "rich_text_preformatted":
            return Markup("<pre>{}</pre>").format(_line(reader, elements, verbatim=True))
        case "rich_text_list":
            return _list(reader, part)
    return _unknown(part)


def _list(reader: Reader, part: Json) -> Markup:
    tag = "ol" if part.get("style") == "ordered" else "ul"
    items = Markup("").join(
        Markup("<li>{}</li>").format(_line(reader, item.get("elements", [])))
        for item in part["elements"]
    )
    indent = min(int(part.get("indent", 0)), 8)
    start = int(part.get("offset", 0)) + 1
    return Markup('<{} class="rich-list indent-{}"{}>{}</{}>').format(
        Markup(tag),
        indent,
        Markup(f' start="{start}"') if tag == "ol" and start > 1 else "",
        items,
        Markup(tag),
    )


def _line(reader: Reader, elements: list[Json], *, verbatim: bool = False) -> Markup:
    """Elements side by side; code beside code is one piece of code."""
    shown: list[Markup] = []
    for is_code, group in groupby(elements, key=_is_code):
        inner = Markup("").join(_element(reader, element, verbatim) for element in group)
        shown.append(Markup("<code>{}</code>").format(inner) if is_code else inner)
    return Markup("").join(shown)


def _is_code(element: Json) -> bool:
    return bool(element.get("style", {}).get("code"))


def _element(reader: Reader, element: Json, verbatim: bool) -> Markup:
    drawn: dict[str, Callable[[], Markup]] = {
        "text": lambda: _text(str(element["text"]), verbatim),
        "link": lambda: link(str(element["url"]), element.get("text") or element["url"]),
        "emoji": lambda: _emoji(element),
        "user": lambda: _mention(reader, f"<@{element['user_id']}>", str(element["user_id"])),
        "channel": lambda: _mention(reader, f"<#{element['channel_id']}>"),
        "usergroup": lambda: Markup('<span class="mention">@{}</span>').format(
            element["usergroup_id"]
        ),
        "broadcast": lambda: Markup('<span class="mention">@{}</span>').format(element["range"]),
        "date": lambda: _date(reader, element),
        "color": lambda: Markup("<code>{}</code>").format(element["value"]),
    }
    shown = drawn.get(str(element.get("type")), lambda: _unknown(element))()
    for style, tag in _STYLES.items():
        if style != "code" and element.get("style", {}).get(style):
            shown = Markup("<{}>{}</{}>").format(Markup(tag), shown, Markup(tag))
    return shown


def _text(text: str, verbatim: bool) -> Markup:
    return escape(text) if verbatim else Markup("<br>").join(text.split("\n"))


def _emoji(element: Json) -> Markup:
    name = str(element["name"])
    tone = element.get("skin_tone")
    return escape(draw(name, str(tone) if tone in range(2, 7) else None) or f":{name}:")


def _mention(reader: Reader, token: str, person: str = "") -> Markup:
    kind = "mention own" if person == reader.member.id else "mention"
    return Markup('<span class="{}">{}</span>').format(kind, reader.mrkdwn(token))


def _date(reader: Reader, element: Json) -> Markup:
    shape = str(element["format"])
    fallback = str(element.get("fallback") or shape)
    inner = [part.translate(_NO_TOKEN) for part in (shape, fallback)]
    token = f"<!date^{int(element['timestamp'])}^{inner[0]}|{inner[1]}>"
    shown = Markup("<time>{}</time>").format(reader.mrkdwn(token))
    return link(str(element["url"]), shown) if "url" in element else shown


# What would end a date's token.
_NO_TOKEN = str.maketrans("<>|^\n", "‹›¦ˆ ")


def _unknown(part: Json) -> Markup:
    return Markup('<span class="unknown">Not drawn here: {}</span>').format(part.get("type"))
