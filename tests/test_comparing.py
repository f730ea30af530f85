"""Words that people type are compared and sorted in one way: `fold`, `bare` and `in_order`."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.places import ROOT

CASE = {"lower", "upper", "casefold", "swapcase"}
SQL = {"lower", "upper", "like", "ilike", "collate", "icontains", "istartswith", "iendswith"}
WORDS = {"name", "title", "account", "label", "email"}

ALLOWED = {
    "bot/domain/workspaces/names.py": "the folding itself",
    "bot/domain/workspaces/words.py": "codes, DE-BY, in the case they are kept in",
    "bot/domain/sessions/topics.py": "the key that a topic is given once",
    "bot/domain/team/roster.py": "e-mail addresses, which have no accents to fold",
    "bot/config.py": "settings of the operator",
    "bot/slack_errors.py": "Slack's own words",
    "bot/messenger.py": "names of headers",
    "bot/serving/": "names of headers, and answers of ours",
    "bot/exchange/encodings.py": "the name of an encoding in a sentence",
    "bot/domain/binder/book/map.py": "a spelling and the name that is one of them",
    "bot/exchange/printing/fonts.py": "the name of a file",
    "bot/exchange/markdown.py": "a chapter that is called as its part, both by a constant of ours",
    "bot/exchange/numbers.py": "codes of currencies, and what stands beside their signs",
    "bot/services/promises.py": "whom a promise was handed to, both as the database has it",
    "bot/cli/sandbox.py": "the name of a Python module",
    "bot/views/meetings/draft.py": "a label of ours within a sentence",
    "bot/views/accounts/market_said.py": "whether a tag is called so by now, as it was typed",
    "bot/views/sessions/topics.py": "a label of ours within a sentence",
    "bot/views/binder/search.py": "a label of ours within a sentence",
    "handlers/listening.py": "a reference is in capitals",
    "handlers/events.py": "a reference is in capitals",
}
"""Where words are put in a case that nobody typed, or that are none of people's."""

SORTED_BY_NAME = {
    "bot/views/team/settings.py": "names of time zones",
    "bot/domain/team/roster.py": "Slack ids in a sentence",
    "bot/cli/edge.py": "Slack ids in a sentence",
}


def modules() -> Iterator[tuple[str, ast.Module]]:
    for top in ("bot", "handlers", "storage"):
        for path in sorted((ROOT / top).rglob("*.py")):
            name = path.relative_to(ROOT).as_posix()
            if "/migrations/" not in name and "/demo/" not in name:
                yield name, ast.parse(path.read_text(encoding="utf-8"))


def comparisons(tree: ast.AST) -> Iterator[str]:
    """Where letters are put in one case, or a statement compares words, as code."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            first_letter = isinstance(node.func.value, ast.Subscript) and node.func.attr == "upper"
            if node.func.attr in CASE | SQL and not first_letter:
                yield ast.unparse(node)
        elif isinstance(node, ast.Attribute) and node.attr in CASE:
            if isinstance(node.value, ast.Name) and node.value.id == "str":
                yield ast.unparse(node)
        elif isinstance(node, ast.Compare):
            sides = [node.left, *node.comparators]
            same = all(isinstance(op, ast.Eq | ast.NotEq | ast.In | ast.NotIn) for op in node.ops)
            named = [one for one in sides if isinstance(one, ast.Attribute) and one.attr in WORDS]
            # Of a name with a name; beside a constant of ours it is no comparison of typed words.
            if same and named and not any(isinstance(one, ast.Constant) for one in sides):
                yield ast.unparse(node)


def sorts(tree: ast.AST) -> Iterator[str]:
    """Where something is sorted by a name as it is, as code."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        called = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        keys = [one.value for one in node.keywords if one.arg == "key"]
        if called not in ("sorted", "min", "max", "sort") or not keys:
            continue
        folded = {
            id(inner)
            for one in ast.walk(keys[0])
            if isinstance(one, ast.Call) and getattr(one.func, "id", "") == "in_order"
            for inner in ast.walk(one)
        }
        plain = (
            one
            for one in ast.walk(keys[0])
            if isinstance(one, ast.Attribute) and one.attr in WORDS and id(one) not in folded
        )
        if any(True for _ in plain) or any(
            isinstance(one, ast.Constant) and one.value in WORDS for one in ast.walk(keys[0])
        ):
            yield ast.unparse(node)


def is_allowed(name: str) -> bool:
    return any(name.startswith(place) for place in ALLOWED)


@pytest.mark.slow
def test_words_are_compared_by_the_one_function() -> None:
    found = {name: list(comparisons(tree)) for name, tree in modules() if not is_allowed(name)}
    assert {name: code for name, code in found.items() if code} == {}


@pytest.mark.slow
def test_names_are_sorted_by_the_one_function() -> None:
    found = {name: list(sorts(tree)) for name, tree in modules() if name not in SORTED_BY_NAME}
    assert {name: code for name, code in found.items() if code} == {}


@pytest.mark.parametrize("place", ALLOWED | SORTED_BY_NAME)
def test_a_place_that_is_allowed_is_there(place: str) -> None:
    assert Path(ROOT / place).exists()


@pytest.mark.parametrize(
    "code",
    [
        "typed.strip().lower() == 'help'",
        "map(str.casefold, names)",
        "one.title.casefold() == wanted",
        "select(Row).where(func.lower(Row.name) == name)",
        "Row.account.ilike(words)",
        "visit.account == other.account",
        "rep.name in names",
        "typed[:4].lower() in words",
    ],
)
def test_a_comparison_is_noticed(code: str) -> None:
    assert list(comparisons(ast.parse(code)))


@pytest.mark.parametrize(
    ("code", "noticed"),
    [
        ("sorted(reps, key=lambda rep: rep.name)", True),
        ("sorted(reps, key=attrgetter('name'))", True),
        ("rows.sort(key=lambda row: (row.day, row.account))", True),
        ("min(reps, key=lambda rep: (led.get(rep.id), rep.name, rep.id))", True),
        ("sorted(reps, key=lambda rep: (in_order(rep.name), rep.id))", False),
        ("sorted(days)", False),
    ],
)
def test_a_sort_by_name_is_noticed(code: str, noticed: bool) -> None:
    assert bool(list(sorts(ast.parse(code)))) is noticed
