"""The rich_text block and what stands in it.

Source: https://docs.slack.dev/reference/block-kit/blocks/rich-text-block.
"""

from collections.abc import Mapping

from slack_sandbox.blockkit import limits
from slack_sandbox.blockkit.checks import (
    Check,
    Shape,
    anything,
    array,
    boolean,
    by_type,
    choice,
    integer,
    string,
    url,
)

_TYPE: Mapping[str, Check] = {"type": anything}
_SHOWN = string(shown=True)
_ID = string()


def _style(*names: str) -> Mapping[str, Check]:
    return {"style": Shape("style", optional=dict.fromkeys(names, boolean))}


_OF_TEXT = _style("bold", "italic", "strike", "code", "underline")
_OF_MENTION = _style("bold", "italic", "strike", "highlight", "client_highlight", "unlink")

_TEXT = Shape("text", {**_TYPE, "text": _SHOWN}, _OF_TEXT)
_LINK = Shape("link", {**_TYPE, "url": url()}, {**_OF_TEXT, "text": _SHOWN, "unsafe": boolean})
_INLINE: Mapping[str, Check] = {
    "text": _TEXT,
    "link": _LINK,
    "user": Shape("user", {**_TYPE, "user_id": _ID}, _OF_MENTION),
    "usergroup": Shape("usergroup", {**_TYPE, "usergroup_id": _ID}, _OF_MENTION),
    "channel": Shape("channel", {**_TYPE, "channel_id": _ID}, _OF_MENTION),
    "emoji": Shape(
        "emoji", {**_TYPE, "name": _ID}, {**_OF_TEXT, "unicode": _ID, "skin_tone": integer()}
    ),
    "date": Shape(
        "date",
        {**_TYPE, "timestamp": integer(), "format": _ID},
        {**_OF_TEXT, "url": url(), "fallback": _ID},
    ),
    "broadcast": Shape(
        "broadcast", {**_TYPE, "range": choice("here", "channel", "everyone")}, _OF_TEXT
    ),
    "color": Shape("color", {**_TYPE, "value": _ID}, _OF_TEXT),
}
_LINE = array(by_type(_INLINE, "a rich text element"), least=0)
_VERBATIM = array(
    by_type({"text": _TEXT, "link": _LINK}, "an element of preformatted text"), least=0
)
_BORDER: Mapping[str, Check] = {"border": integer(limits.RICH_TEXT_BORDER)}

_SECTION = Shape("rich_text_section", {**_TYPE, "elements": _LINE})
_LIST = Shape(
    "rich_text_list",
    {
        **_TYPE,
        "style": choice("bullet", "ordered"),
        "elements": array(by_type({"rich_text_section": _SECTION}, "an item of a list")),
    },
    {**_BORDER, "indent": integer(limits.RICH_TEXT_INDENT), "offset": integer()},
)
_PARTS: Mapping[str, Check] = {
    "rich_text_section": _SECTION,
    "rich_text_list": _LIST,
    "rich_text_quote": Shape("rich_text_quote", {**_TYPE, "elements": _LINE}, _BORDER),
    "rich_text_preformatted": Shape(
        "rich_text_preformatted", {**_TYPE, "elements": _VERBATIM}, _BORDER
    ),
}

RICH_TEXT = Shape(
    "rich_text",
    {**_TYPE, "elements": array(by_type(_PARTS, "a part of rich text"))},
    {"block_id": string(limits.BLOCK_ID)},
)
"""A rich_text block, also as the cell of a table."""
