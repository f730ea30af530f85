"""Rows of a file that an operator gives, and why a line of it was rejected."""

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from bot.domain.workspaces.words import code
from bot.domain.workspaces.zones import zone_named_by

_ID = re.compile(r"[UWCG][A-Z0-9]+")
_COUNTRY = re.compile(r"[A-Z]{2}(?:-[A-Z0-9]{1,5})?")

SHOWN = 40
"""Characters of a value that a rejection repeats."""


class FileRow(NamedTuple):
    """A row under its header. `line` is where it begins in the file, counted from 1; a column
    that the file does not have is not among `values`, an empty cell is the empty string.
    """

    line: int
    values: Mapping[str, str]


@dataclass(frozen=True)
class Rejection:
    """A line that cannot be taken, and why, in plain words."""

    line: int
    reason: str


def printable(text: str) -> str:
    """The text on one line, without what does something to a terminal."""
    return "".join(char if char.isprintable() else "�" for char in text)


def as_meant(row: FileRow) -> FileRow:
    """The same row with ids, codes and time zones as they are kept, whoever typed them in small
    letters: U012AB3CD, DE-BY, Europe/Berlin. What is none of these stays as it is."""
    meant = {name: MEANT[name](value) for name, value in row.values.items() if name in MEANT}
    return row._replace(values={**row.values, **meant})


def is_address(who: str) -> bool:
    """Whether that is an e-mail address; a name or an id behind an @ is a mention."""
    return "@" in who.strip().lstrip("<@")


def _id(value: str) -> str:
    found = code(value.strip().strip("<@>").partition("|")[0])
    return found if _ID.fullmatch(found) and any(map(str.isdigit, found)) else value


def _country(value: str) -> str:
    found = code(value)
    return found if _COUNTRY.fullmatch(found) else value


def _zone(value: str) -> str:
    # A city alone may be another's in a file of many countries.
    return (zone_named_by(value) or "") if "/" in value else value


MEANT: dict[str, Callable[[str], str]] = {
    "manager_id": _id,
    "rep_id": _id,
    "channel_id": _id,
    "country": _country,
    "time_zone": _zone,
}
"""By column."""


def quoted(value: str) -> str:
    """A value as a rejection repeats it: on one line, and not without end."""
    shown = printable(value)
    return f"“{shown}”" if len(shown) <= SHOWN else f"“{shown[:SHOWN]}…”"
