"""Rows of a file that an operator gives, and why a line of it was rejected."""

from collections.abc import Mapping
from dataclasses import dataclass

SHOWN = 40
"""Characters of a value that a rejection repeats."""


@dataclass(frozen=True)
class FileRow:
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


def quoted(value: str) -> str:
    """A value as a rejection repeats it: on one line, and not without end."""
    shown = printable(value)
    return f"“{shown}”" if len(shown) <= SHOWN else f"“{shown[:SHOWN]}…”"
