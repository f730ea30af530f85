"""In which encoding a file was saved, and its text."""

import codecs
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import BinaryIO

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

CENTRAL = "cp1250"
"""What they write in Central Europe."""

_NAMES = {WESTERN: "Windows-1252", CENTRAL: "Windows-1250"}

_WESTERN_LETTERS = (
    "äöüß",  # German
    "àâçèéêëîïôœùûüÿ",  # French
    "àáâãçéêíóôõú",  # Portuguese
    "áéíñóúüç",  # Spanish
    "àèéìíîòóùú",  # Italian
    "àçèéíïòóúü",  # Catalan
    "åäöéæø",  # Swedish, Danish, Norwegian
    "áæéðíóöþúý",  # Icelandic
    "äëéèêïíóöü",  # Dutch
    "äöõüšž",  # Estonian
)
_CENTRAL_LETTERS = (
    "ąćęłńóśźż",  # Polish
    "áčďéěíňóřšťúůýž",  # Czech
    "áäčďéíĺľňóôŕšťúýž",  # Slovak
    "áéíóöőúüű",  # Hungarian
    "ăâîşţ",  # Romanian
    "čćđšž",  # Croatian, Slovene, Bosnian
)
"""What languages write beside a to z. A word that no Western language could have, and one of
Central Europe could, is of Central Europe: counting letters tells nothing in a column of names."""

LINE_SHOWN = 80
CHUNK = 65_536

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


@dataclass(frozen=True)
class Encoding:
    """How a file is read: from byte `begin` on. Where that had to be guessed, `read_as` says so
    with a word to tell by, and `sample` is a line with that word."""

    name: str
    begin: int = 0
    read_as: str | None = None
    sample: str | None = None


def encoding_of(stream: BinaryIO, named: str | None = None) -> Encoding:
    """In which encoding the file is, all of which is looked through; `named` is what somebody says.

    UTF-8, UTF-16 and UTF-32 are known by their marks or their bytes. Of encodings with one byte a
    letter only those of Western and of Central Europe are taken for what they seem, the latter
    where no Western language has such words: to guess between more puts wrong letters into people's
    words. Raises UnreadableError.
    """
    if named is not None:
        return _named(stream, named)
    stream.seek(0)
    begin, name = _unicode(stream.read(CHUNK))
    if name:
        _check(stream, Encoding(name, begin))
        return Encoding(name, begin)
    try:
        _check(stream, Encoding("utf-8"))
    except UnreadableError as error:
        return _guessed(stream, error)
    return Encoding("utf-8")


def _named(stream: BinaryIO, named: str) -> Encoding:
    try:
        name = codecs.lookup(named).name
        # base64 is a codec too, but none of text.
        "".encode(name)
    except LookupError as error:
        raise UnreadableError(
            f"“{named}” is no encoding; Windows’ own are cp1250, cp1252 and the like."
        ) from error
    stream.seek(0)
    begin, marked = _unicode(stream.read(CHUNK))
    is_marked = begin > 0 and marked.startswith(name.removesuffix("-sig"))
    encoding = Encoding(marked, begin) if is_marked else Encoding(name)
    _check(stream, encoding)
    return encoding


def _guessed(stream: BinaryIO, error: UnreadableError) -> Encoding:
    """Western or Central European, as the words look; raises `error` where they look like neither:
    it is that the file is no UTF-8."""
    western = central = True
    is_central = False
    shown, tells = b"", (False, False)
    for raw in _lines(stream):
        if raw.isascii():
            continue
        as_western, as_central = (raw.decode(one, errors="replace") for one in (WESTERN, CENTRAL))
        western = western and _looks_western(as_western)
        central = central and _looks_central(as_central)
        if not western and not central:
            raise error
        is_central = is_central or not _are_of(as_western, _WESTERN_LETTERS)
        better = (as_western != as_central, bool(_telling(as_western)))
        if not shown or better > tells:
            shown, tells = raw, better
    name = CENTRAL if central and (is_central or not western) else WESTERN
    if name == WESTERN and not western:
        raise error
    line = shown.decode(name, errors="replace").strip()
    word = _telling(line) or next(iter(_WORD.findall(line)), "")
    return Encoding(
        name, 0, f"{_NAMES[name]}: “{word}”" if word else _NAMES[name], line[:LINE_SHOWN]
    )


def _telling(line: str) -> str:
    """The first word of a line that is long enough to tell by, or ""."""
    return next((word for word in _WORD.findall(line) if len(word) >= SHORTEST), "")


def _are_of(line: str, alphabets: tuple[str, ...]) -> bool:
    """Whether every word may be of one of the languages."""
    return all(
        any(letters <= set(alphabet) for alphabet in alphabets)
        for letters in (
            {one for one in word.lower() if one.isalpha() and not one.isascii()}
            for word in _WORD.findall(line)
        )
    )


def _lines(stream: BinaryIO) -> Iterator[bytes]:
    """The lines of a file, none of them longer than memory allows."""
    stream.seek(0)
    return iter(lambda: stream.readline(CHUNK), b"")


def _check(stream: BinaryIO, encoding: Encoding) -> None:
    """Raises UnreadableError where a byte of the file is none of that encoding."""
    decoder = codecs.getincrementaldecoder(encoding.name)()
    stream.seek(encoding.begin)
    lines = 1
    while True:
        part = stream.read(CHUNK)
        try:
            lines += decoder.decode(part, final=not part).count("\n")
        except UnicodeDecodeError as error:
            held = error.object
            lines += held.count(b"\n", 0, error.start)
            raise UnreadableError(
                f"Line {lines} holds a byte (0x{held[error.start]:02X}) that "
                f"{encoding.name.upper()} text does not have there; save the file as “CSV UTF-8”."
            ) from error
        if not part:
            return


def _unicode(head: bytes) -> tuple[int, str]:
    """Where the text begins, and what a mark, or the zeros of UTF-16 and UTF-32, say it is; ""
    where they say nothing."""
    begin, encoding = 0, ""
    while mark := next((one for one in UNICODE if head.startswith(one[0], begin)), None):
        # Of several, the last is of the text: some programs put their own before it.
        begin, encoding = begin + len(mark[0]), mark[1]
    if not encoding and b"\0" in head:
        encoding = _by_zeros(head)
    return begin, encoding


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


def _looks_western(line: str) -> bool:
    letters = [one for one in line if one.isalpha()]
    strange = sum(not one.isascii() for one in line if not one.isspace())
    return _is_of_words(line) and strange <= max(2, len(letters) * MOST_ACCENTED)


def _looks_central(line: str) -> bool:
    # Other scripts fit none of the alphabets, so that accents may be many.
    return _is_of_words(line) and _are_of(line, _CENTRAL_LETTERS)


def _is_of_words(line: str) -> bool:
    signs = {one for one in line if not one.isascii() and not one.isalpha()}
    if signs - _SIGNS or not _TURKISH.isdisjoint(line):
        return False
    return not _NO_TEXT.search(line) and not _NO_LETTER.search(line)
