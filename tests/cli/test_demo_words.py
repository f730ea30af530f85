"""What the demo writes teaches whoever tries it what to write."""

import ast
import re
from pathlib import Path

import pytest

from bot import demo

SOURCES = sorted(Path(next(iter(demo.__path__))).rglob("*.py"))
OF_SOMEBODYS_LIFE = re.compile(
    r"\b(sick\w*|ill|illness|health\w*|doctor|hospital|tired|burn\w*|stress\w*|pregnan\w*|depress\w*"
    r"|child\w*|kids?|son|daughter|famil\w*|wife|husband|partner|married|divorc\w*|mother|father|baby"
    r"|lazy|shy|nervous|moody|difficult|arrogant|weak|stubborn|unreliable|negative|attitude"
    r"|religio\w*|church|politic\w*|union|drink\w*|overweight|age|young|old"
    r"|he|she|his|hers?|him)\b",
    re.IGNORECASE,
)


def test_the_words_are_found_where_they_are() -> None:
    for words in ("Sick child at home", "Tired of travelling", "she is shy", "his wife"):
        assert OF_SOMEBODYS_LIFE.search(words), words


@pytest.mark.parametrize("source", SOURCES, ids=lambda path: path.stem)
def test_nothing_of_health_family_or_character_is_written_in_the_demo(source: Path) -> None:
    tree = ast.parse(source.read_text(encoding="utf-8"))
    prose = {
        node.body[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and node not in prose:
            found = OF_SOMEBODYS_LIFE.search(node.value)
            assert found is None, f"{source.name}:{node.lineno}: {node.value}"
