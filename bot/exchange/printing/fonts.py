"""Fonts to print with: those of packages first, then those of the system; and what none has."""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.util import find_spec
from pathlib import Path

PACKAGES = ("manimgx_fonts", "noto_cjk_sans_otc")
"""Packages of the extra `pdf` that hold nothing but Noto fonts."""

MAIN = "NotoSans[wght].ttf"
CJK = "NotoSansCJK-Regular.ttc"

FORMS = {
    "Asia/Tokyo": "JP",
    "Asia/Seoul": "KR",
    "Asia/Taipei": "TC",
    "Asia/Hong_Kong": "HK",
    "Asia/Macau": "HK",
}
"""Whose forms of Chinese characters a team is used to, by its zone; simplified elsewhere."""

AFTER = ("NotoSansSymbols[wght].ttf", CJK, "NotoEmoji[wght].ttf")
"""Asked after the scripts. Emoji are in outlines, so that they read in grey as in colour."""

_IGNORED = ("Cc", "Cf", "Cs", "Zs", "Zl", "Zp")
_SELECTORS = range(0xFE00, 0xFE10)


@dataclass(frozen=True)
class Chosen:
    """Families in the order in which each is asked for what those before it do not have, and the
    characters that no font has."""

    families: tuple[str, ...]
    missing: tuple[str, ...]


def folders() -> tuple[Path, ...]:
    """Where the fonts of the packages are. Raises ModuleNotFoundError for one that is not
    installed."""
    found = []
    for name in PACKAGES:
        spec = find_spec(name)
        if spec is None or spec.origin is None:
            raise ModuleNotFoundError(f"No module named {name!r}", name=name)
        found.append(Path(spec.origin).parent)
    return tuple(found)


def choose(characters: Iterable[str], zone: str | None) -> Chosen:
    """The fonts of what is printed in those characters, for a team in that zone: no more of them
    than it takes, for typst looks into each."""
    left = {ord(one) for one in characters if _is_drawn(one)}
    found = [_family(MAIN, zone)]
    left -= _coverage(_file(MAIN), 0)
    for name in _names():
        if not left:
            break
        has = left & _coverage(_file(name), 0)
        if has:
            left -= has
            found.append(_family(name, zone))
    for file, index in _of_system() if left else ():
        left -= _coverage(file, index)
    return Chosen(tuple(found), tuple(chr(code) for code in sorted(left)))


def _names() -> list[str]:
    """The files of the packages besides the main one: scripts, Chinese characters, emoji."""
    files = (file for folder in folders() for file in sorted(folder.iterdir()))
    scripts = [file.name for file in files if file.suffix == ".ttf" and "Italic" not in file.name]
    return [*(name for name in scripts if name not in (MAIN, *AFTER)), *AFTER]


def _file(name: str) -> Path:
    return next(folder / name for folder in folders() if (folder / name).exists())


def _family(name: str, zone: str | None) -> str:
    """What a font of that file is called: NotoSansHebrew[wght].ttf is Noto Sans Hebrew."""
    if name == CJK:
        return f"Noto Sans CJK {FORMS.get(zone or '', 'SC')}"
    plain = name.partition("[")[0].removeprefix("Noto")
    words = re.findall("[A-Z][a-z]+", plain)
    return " ".join(["Noto", *words])


def _is_drawn(char: str) -> bool:
    if " " < char <= "~":
        return False
    return unicodedata.category(char) not in _IGNORED and ord(char) not in _SELECTORS


@cache
def _of_system() -> tuple[tuple[Path, int], ...]:
    import typst

    known = typst.Fonts(include_system_fonts=True, include_embedded_fonts=False)
    files = {(Path(one.path), one.index) for one in known.fonts() if one.path}
    return tuple(sorted(files))


@lru_cache(maxsize=200)
def _coverage(file: Path, index: int) -> frozenset[int]:
    from fontTools.ttLib import TTFont, TTLibError

    try:
        with TTFont(file, fontNumber=index, lazy=True) as font:
            return frozenset(font.getBestCmap() or ())
    except (TTLibError, OSError):
        return frozenset()
