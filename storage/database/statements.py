"""What statements are made of.

Each is built once, at import, as a constant: to build one costs more than to run it. What is asked
is bound by name when it is run.
"""

from collections.abc import Callable, Iterable
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import BigInteger, BindParameter, Label, bindparam

_T = TypeVar("_T")

WORKSPACE: BindParameter[int] = bindparam("workspace", type_=BigInteger)
"""The workspace that asks: every statement names it, and the transaction binds it."""

AMONG: BindParameter[Any] = bindparam("among", expanding=True)
"""A list of any length, as in `Row.id.in_(AMONG)`: for the methods of a transaction that end in
`_among`, which run the statement for a part of the list at a time. A short list, of kinds or
states, is an expanding parameter of the statement's own."""


def labelled(prefix: str, columns: Iterable[Any]) -> tuple[Label[Any], ...]:
    """Those columns under names of their own, `rep_name` for `name`: no two of a row are alike."""
    return tuple(column.label(f"{prefix}_{column.key}") for column in columns)


def reader(kind: Callable[..., _T], *names: str) -> Callable[[Any], _T]:
    """How `kind` is made of a row: its arguments are the columns of those names, two or more."""
    values = attrgetter(*names)

    def read(row: Any) -> _T:
        return kind(*values(row))

    return read
