"""Text that no spreadsheet takes for a formula.

Source: https://owasp.org/www-community/attacks/CSV_Injection. A value that begins with =, +, - or @
(in full width too), behind blanks or not, or with a tab or a line break, runs as a formula in Excel
and LibreOffice; an apostrophe before it makes it text. A number is none, and stays one.

Where the system's lists are parted by semicolons, a file that is parted by commas is opened by its
semicolons, tabs and line breaks, quoted or not: what stands behind one of those begins a value too.
There a dash that begins a line of a list stays, unless what follows calls something.
"""

import re

_BLANKS = r"(?:[^\S\t\r\n]|[\x00-\x08\x0e-\x1f\ufeff\u200b])*"
_RUNS = rf"'*(?:[\t\r\n]|{_BLANKS}[=+\-@＝＋－＠])"
_RUNS_WITHIN = rf"'*{_BLANKS}(?:[=@＝＠]|[+\-＋－](?=[^\t\r\n;]*[|(!]))"
_PLACES = rf"(\A)(?={_RUNS})|([\t\r\n;])(?={_RUNS_WITHIN})"
_MADE = rf"(\A)'(?={_RUNS})|([\t\r\n;])'(?={_RUNS_WITHIN})"
_PLACE, _INERT = re.compile(_PLACES), re.compile(_MADE)
_NUMBER = re.compile(r"-?\d+(?:\.\d+)?%?")

REP_NAME = "rep_name"
"""The column by which a table is known to be ours."""


def inert(text: str) -> str:
    """The text as a cell that is read as it is; `as_typed` gives it back."""
    return text if _NUMBER.fullmatch(text) else _PLACE.sub(r"\1\2'", text)


def as_typed(cell: str) -> str:
    """The text of a cell that was made inert."""
    return _INERT.sub(r"\1\2", cell) if "'" in cell else cell
