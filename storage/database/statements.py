"""What statements are made of.

Each is built once, at import, as a constant: to build one costs more than to run it. What is asked
is bound by name when it is run.
"""

import json
from collections.abc import Callable, Iterable, Sequence
from operator import attrgetter
from typing import Any, TypeVar

from sqlalchemy import BigInteger, BindParameter, Dialect, Label, bindparam
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.types import Text, TypeDecorator, TypeEngine

_T = TypeVar("_T")

WORKSPACE: BindParameter[int] = bindparam("workspace", type_=BigInteger)
"""The workspace that asks: every statement names it, and the transaction binds it."""


class _Among(BindParameter[Any]):
    inherit_cache = True


class _Listed(TypeDecorator[Sequence[Any]]):
    """A list as one text, each of it as the database holds it."""

    impl = Text
    cache_ok = True

    def __init__(self, of: TypeEngine[Any]) -> None:
        super().__init__()
        self.of = of

    def bind_processor(self, dialect: Dialect) -> Callable[[Any], str]:
        held = self.of.dialect_impl(dialect).bind_processor(dialect)

        def listed(values: Sequence[Any]) -> str:
            return json.dumps([held(one) for one in values] if held else list(values))

        return listed


@compiles(_Among, "sqlite")
def _as_one_text(among: _Among, compiler: SQLCompiler, **_more: Any) -> str:
    """One parameter for the whole list. As many as it has would make the statement another for each
    length, to be written out each time that it is run, and prepared anew by SQLite."""
    held = bindparam(among.key, type_=_Listed(among.type), unique=False)
    return f"(SELECT value FROM json_each({compiler.process(held)}))"  # noqa: S608 - a place for a parameter


AMONG: BindParameter[Any] = _Among("among", expanding=True)
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
