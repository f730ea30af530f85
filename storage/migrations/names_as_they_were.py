"""How names were compared when 0005_names_and_swaps and 0018_accounts were written.

A copy of the rules of that time, which never changes: a database that is migrated later gets the
keys that one got which was migrated then. `tests/storage/test_migrations_stand.py` holds it to
keys that are written down.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from hashlib import sha256

KEY_LIMIT = 200

_ALIKE = str.maketrans(
    {
        **dict.fromkeys("'’‘‛ʼʻʹʽ′‵`´ˈ＇՚׳‚", "'"),
        **dict.fromkeys("-‐‑‒–—―−⁃﹘﹣－‧·", "-"),
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff", ""),
    }
)
_LETTERS = str.maketrans(
    {
        "ø": "o",
        "Ø": "O",
        "ł": "l",
        "Ł": "L",
        "đ": "d",
        "Đ": "D",
        "ħ": "h",
        "Ħ": "H",
        "ı": "i",
        "æ": "ae",
        "Æ": "Ae",
        "œ": "oe",
        "Œ": "Oe",
        "þ": "th",
        "Þ": "Th",
        "ð": "d",
        "Ð": "D",
        "ə": "e",
        "Ə": "E",
    }
)
_WORD = re.compile(r"[^\W_]+")
_BETWEEN_NAMES = re.compile(r"\s*(?:\band\b|\bund\b|[&+/;＆＋／；])\s*", re.IGNORECASE)


def fold(text: str) -> str:
    """NFKC, without case and accents, with one apostrophe, and a space for every hyphen."""
    return " ".join(_plain(text).casefold().replace("-", " ").split())


def _plain(text: str) -> str:
    if text.isascii():
        return text.translate(_ALIKE)
    alike = unicodedata.normalize("NFKC", text.translate(_ALIKE)).translate(_ALIKE)
    split = unicodedata.normalize("NFKD", alike.translate(_LETTERS))
    bare = "".join(one for one in split if not unicodedata.combining(one))
    return unicodedata.normalize("NFKC", bare).translate(_LETTERS)


def key_of(name: str) -> str:
    """What a person's whole name was found by."""
    return "".join(_WORD.findall(fold(name)))


def account_key(name: str) -> str:
    """What an account was found by."""
    return _bounded(fold(name) or name.strip())


def _bounded(key: str) -> str:
    if len(key) <= KEY_LIMIT:
        return key
    digest = sha256(key.encode()).hexdigest()
    return f"{key[: KEY_LIMIT - len(digest)]}{digest}"


@dataclass(frozen=True)
class VisitSeen:
    """A visit: who of us was there, and the names typed."""

    account_id: int
    visited_on: date
    rep_id: int
    author_id: int
    people: str


@dataclass(frozen=True)
class Fact:
    """Since when somebody is known, under the name that was written first."""

    name: str
    since: date
    as_rep: bool


def facts_of(visits: Iterable[VisitSeen]) -> dict[tuple[int, int, str], Fact]:
    """Who knew whom by those visits, oldest first: by account, person of ours, and the key of whom
    they know there, "" for having been there."""
    found: dict[tuple[int, int, str], Fact] = {}
    for visit in visits:
        names = {"": ""}
        for typed in _BETWEEN_NAMES.split(visit.people):
            if typed.strip():
                names.setdefault(_bounded(fold(typed.strip())), typed.strip())
        for person, as_rep in ((visit.author_id, False), (visit.rep_id, True)):
            for key, name in names.items():
                at = visit.account_id, person, key
                first = found.get(at, Fact(name, visit.visited_on, as_rep))
                found[at] = Fact(first.name, first.since, first.as_rep or as_rep)
    return found
