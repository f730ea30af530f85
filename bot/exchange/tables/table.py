"""What a table of the CSV export is, and how its rows are made of the document."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

Entry = Mapping[str, Any]
Rows = Callable[[Entry], Iterator[Entry]]


@dataclass(frozen=True)
class Table:
    """A file: `name` without its ending, what it `says` in a sentence, the fields that are its
    columns, and how its rows are made of what the document has under `key`, which is gone through.
    `ticked`: it is there only where its author asked for their private words."""

    name: str
    key: str
    says: str
    columns: tuple[str, ...]
    rows: Rows
    ticked: bool = False

    @property
    def rep(self) -> str | None:
        """The column that names a rep, whose name stands in one more behind all others."""
        return next((one for one in ("rep", "rep_id") if one in self.columns), None)


def each(key: str) -> Rows:
    """Each entry of a list of the document; objects within it as `object_field`."""

    def rows(document: Entry) -> Iterator[Entry]:
        return map(flat, document[key])

    return rows


def within(key: str, inner: str, **carried: str) -> Rows:
    """Each entry of the lists within the entries of a list, with fields of the entry around it,
    under the names that they are given."""

    def rows(document: Entry) -> Iterator[Entry]:
        for outer in document[key]:
            own = {name: outer[field] for name, field in carried.items()}
            for entry in outer[inner]:
                yield {**own, **flat(entry)}

    return rows


def flat(entry: Entry, before: str = "") -> dict[str, Any]:
    found: dict[str, Any] = {}
    for name, value in entry.items():
        if isinstance(value, Mapping):
            found |= flat(value, f"{before}{name}_")
        else:
            found[f"{before}{name}"] = value
    return found
