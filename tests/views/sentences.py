"""All that is said on a screen, read from the code that says it, without drawing any screen."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.places import ROOT

ROOMS = ("bot/views", "bot/screens", "bot/domain", "handlers")
"""Where words for screens stand: messages, forms and Home, and the sentences of reasons."""


@dataclass(frozen=True)
class Said:
    """A text of the code; what is filled in is `{…}`."""

    place: str
    line: int
    text: str


@cache
def modules() -> tuple[tuple[str, ast.Module], ...]:
    """The modules of those rooms, by path."""
    paths = sorted(path for room in ROOMS for path in (ROOT / room).rglob("*.py"))
    return tuple((str(path.relative_to(ROOT)), _parsed(path)) for path in paths)


def _parsed(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


@cache
def all_said() -> tuple[Said, ...]:
    """Every text of more than a word, but docstrings and lines of the log."""
    return tuple(
        Said(place, line, text)
        for place, tree in modules()
        for line, text in _texts(tree)
        if " " in text.strip()
    )


def _texts(tree: ast.Module) -> Iterator[tuple[int, str]]:
    left_out = {id(node) for node in _not_shown(tree)}
    stack: list[ast.AST] = [tree]
    while stack:
        node = stack.pop()
        if id(node) in left_out:
            continue
        if isinstance(node, ast.JoinedStr):
            yield node.lineno, _template(node)
            stack += [one.value for one in node.values if isinstance(one, ast.FormattedValue)]
        elif isinstance(node, ast.Constant):
            if isinstance(node.value, str):
                yield node.lineno, node.value
        else:
            stack += ast.iter_child_nodes(node)


def _template(node: ast.JoinedStr) -> str:
    return "".join(
        str(one.value) if isinstance(one, ast.Constant) else "{…}" for one in node.values
    )


def _not_shown(tree: ast.Module) -> Iterator[ast.AST]:
    for node in ast.walk(tree):
        # A docstring, of whatever it is.
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant):
            yield node.value
        if (
            isinstance(node, ast.Call)
            and isinstance(node.func, ast.Attribute)
            and isinstance(node.func.value, ast.Name)
            and node.func.value.id == "log"
        ):
            yield node
