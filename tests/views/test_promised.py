"""Whatever a screen promises is held by a test that is named (`promised.py`)."""

import ast
import re
from functools import cache

import pytest

from tests.places import ROOT
from tests.views.promised import LOOKS_LIKE_ONE, NO_PROMISE, PROMISED
from tests.views.sentences import all_said

SCREENS = ("bot/views", "bot/screens", "handlers")
SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n|:\s+(?=[A-Z])")
SHORTEST = 10


@cache
def sentences() -> dict[str, str]:
    """Sentences and labels that look like a promise, each with where it stands."""
    found: dict[str, str] = {}
    for said in all_said():
        if not said.place.startswith(SCREENS):
            continue
        for sentence in map(str.strip, SENTENCE.split(said.text)):
            if len(sentence) > SHORTEST and LOOKS_LIKE_ONE.search(sentence):
                found.setdefault(sentence, f"{said.place}:{said.line}")
    return found


@pytest.mark.parametrize(
    ("sentence", "is_one"),
    [
        ("Your Monday list brings it up.", True),
        ("Both of you get a note on the working day before.", True),
        ("Nobody else reads it.", True),
        ("The rep hears on Friday.", True),
        ("It stays until you change it.", True),
        ("Public holidays of", False),
        ("Field day with Raj Rao", False),
    ],
)
def test_what_looks_like_a_promise(sentence: str, is_one: bool) -> None:
    assert bool(LOOKS_LIKE_ONE.search(sentence)) is is_one


def test_whatever_looks_like_a_promise_has_an_entry() -> None:
    known = [words for one in PROMISED for words in one.words] + list(NO_PROMISE)
    without = [
        f"{place} “{sentence}”"
        for sentence, place in sentences().items()
        if not any(words in sentence and len(words) * 2 >= len(sentence) for words in known)
    ]
    assert not without, "say in tests/views/promised.py what it promises:\n" + "\n".join(without)


def test_no_entry_is_of_words_that_nobody_says() -> None:
    said = [one.text for one in all_said()]
    gone = [
        words
        for words in [*(words for one in PROMISED for words in one.words), *NO_PROMISE]
        if not any(words in text for text in said)
    ]
    assert not gone, "take these out of tests/views/promised.py:\n" + "\n".join(gone)


def test_the_test_that_holds_each_is_there() -> None:
    missing = [one.test for one in PROMISED if not is_there(one.test)]
    assert not missing, "\n".join(missing)


def is_there(test: str) -> bool:
    path, _, name = test.partition("::")
    file = ROOT / "tests" / path
    return file.is_file() and name in functions(file.read_text(encoding="utf-8"))


@cache
def functions(source: str) -> frozenset[str]:
    tree = ast.parse(source)
    return frozenset(node.name for node in tree.body if isinstance(node, ast.FunctionDef))
