"""Text that every database can hold, made so where it comes in: from Slack and from files."""

from typing import Any

BROKEN = "�"
"""In place of what is no character (https://www.unicode.org/faq/utf_bom#utf16-7)."""

NUL = "\0"


def whole(text: str) -> str:
    """The same text, with `�` for each NUL and each half of a surrogate pair: PostgreSQL takes
    neither in a text, and UTF-8 has no lone halves."""
    if NUL in text:
        text = text.replace(NUL, BROKEN)
    if text.isascii():
        return text
    try:
        text.encode()
    except UnicodeEncodeError:
        return "".join(BROKEN if "\ud800" <= one <= "\udfff" else one for one in text)
    return text


def make_whole(payload: Any) -> Any:
    """The same payload, as JSON has them, with every text in it whole: changed where it stands."""
    if isinstance(payload, str):
        return whole(payload)
    if isinstance(payload, dict):
        for name, value in list(payload.items()):
            if isinstance(name, str) and (known := whole(name)) is not name:
                del payload[name]
                name = known
            payload[name] = make_whole(value)
    elif isinstance(payload, list):
        payload[:] = [make_whole(one) for one in payload]
    return payload
