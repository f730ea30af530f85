"""In which encoding a file was saved, and its text."""

import codecs
import re

UNICODE = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""By byte order mark; that of UTF-32 begins as that of UTF-16 does."""

WESTERN = "cp1252"
"""What spreadsheets write where nobody asked for Unicode, in most of Europe and America."""

MOST_ACCENTED = 0.5
"""Of the letters in a line of Western text few have an accent; in another script nearly all seem
to have one."""

SHORTEST = 3
_WORD = re.compile(r"\w*[^\W\x00-\x7f]\w*")
_SIGNS = frozenset("‘’“”„‚«»‹›–—…•€£¥§©®™°·´¨¡¿½¼¾²³¹µ×÷±ºª\u00a0\u00ad")
_TURKISH = frozenset("ÐðÞþÝ")
"""What the letters of Turkish seem to be; in Iceland they are themselves, and nobody can tell."""

_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
_NO_LETTER = re.compile(r"[^\W\d_][¹²³¼½¾¿¡×÷±§©®¥£°·´¨][^\W\d_]|[£¥¹³§][^\W\d_]")
"""A sign within a word, or before it, stands for a letter of another encoding."""


class UnreadableError(ValueError):
    """Nobody can tell the encoding; the text says where and what to do."""


def decoded(content: bytes) -> tuple[str, str | None]:
    """The text, without byte order marks; and where the encoding had to be guessed, which it was
    taken for, with a word of the text to tell by.

    UTF-8, UTF-16 and UTF-32 are known by their marks or their bytes. Of encodings with one byte a
    letter only the Western one is taken for what it seems: to guess between the others puts wrong
    letters into people's words. Raises UnreadableError.
    """
    unicode = _unicode(content)
    if unicode is not None:
        return unicode, None
    try:
        return content.decode("utf-8"), None
    except UnicodeDecodeError as error:
        text = content.decode(WESTERN, errors="replace")
        if not _looks_western(text):
            raise UnreadableError(_not_text(content, error.start, "UTF-8")) from error
    words = sorted(_WORD.findall(text), key=lambda word: len(word) < SHORTEST)
    return text, f"Windows-1252: “{words[0]}”" if words else "Windows-1252"


def _unicode(content: bytes) -> str | None:
    """The text where a mark, or the zeros of UTF-16 and UTF-32, say what it is."""
    rest, encoding = content, ""
    while mark := next((one for one in UNICODE if rest.startswith(one[0])), None):
        # Of several, the last is of the text: some programs put their own before it.
        rest, encoding = rest[len(mark[0]) :], mark[1]
    if not encoding and b"\0" in content:
        encoding = _by_zeros(content)
    if not encoding:
        return None
    try:
        return rest.decode(encoding).lstrip("\ufeff")
    except UnicodeDecodeError as error:
        raise UnreadableError(_not_text(rest, error.start, encoding.upper())) from error


def _by_zeros(content: bytes) -> str:
    """UTF-16 or UTF-32 without a mark: of text with separators and ids, most characters are
    ASCII, and the rest of their bytes is zero. "" where the zeros stand otherwise."""
    for width, encoding in ((4, "utf-32"), (2, "utf-16")):
        if len(content) % width:
            continue
        filled = [sum(map(bool, content[place::width])) for place in range(width)]
        most = max(filled)
        if most and sum(filled) - most <= most / 2:
            if filled[0] == most:
                return f"{encoding}-le"
            if filled[-1] == most:
                return f"{encoding}-be"
    return ""


def _looks_western(text: str) -> bool:
    signs = {one for one in text if not one.isascii() and not one.isalpha()}
    if signs - _SIGNS or not _TURKISH.isdisjoint(text):
        return False
    if _NO_TEXT.search(text) or _NO_LETTER.search(text):
        return False
    for line in text.splitlines():
        letters = [one for one in line if one.isalpha()]
        strange = sum(not one.isascii() for one in line if not one.isspace())
        if strange > max(2, len(letters) * MOST_ACCENTED):
            return False
    return True


def _not_text(content: bytes, at: int, encoding: str) -> str:
    line = content.count(b"\n", 0, at) + 1
    return (
        f"Line {line} holds a byte (0x{content[at]:02X}) that {encoding} text does not have there; "
        "save the file as “CSV UTF-8”."
    )
