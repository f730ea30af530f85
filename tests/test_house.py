"""The house is as docs/architecture.md and CONTRIBUTING.md say."""

import re

import pytest

from tests.places import ROOT

PAGES = ["README.md", "CONTRIBUTING.md", "docs/architecture.md"]
PATH = re.compile(r"`((?:bot|handlers|storage|slack_sandbox|tests|docs)/[\w/.]+)`")
NAME = re.compile(r"`(?:[\w/]+\.)?([A-Za-z]\w+)(?:\(.*\))?`")
NOT_ROOMS = {
    "bot/services": set[str](),
    "bot/screens": set(),
    "bot/domain": set(),
    "bot/views": {"block_kit"},
    "handlers": {
        *("request", "listening", "routes", "actors", "events", "named", "help", "drawn", "files"),
    },
    "storage": {"database", "erasure", "mentions", "migrations", "models", "retention"},
    "storage/models": {"base"},
    "tests/scenarios": {"conftest", "forms"},
}
"""By floor, what is no feature."""


def rooms() -> set[str]:
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    table = page[page.index("## Rooms") : page.index("## A press")]
    return set(re.findall(r"^\| `(\w+)` \|", table, re.MULTILINE))


@pytest.mark.parametrize("floor", NOT_ROOMS)
def test_a_floor_has_the_rooms_that_the_page_names_and_no_other(floor: str) -> None:
    there = {
        path.stem
        for path in (ROOT / floor).iterdir()
        if path.name not in ("__init__.py", "__pycache__")
        and (path.is_dir() or path.suffix == ".py")
    }
    assert there - NOT_ROOMS[floor] <= rooms()
    assert there >= NOT_ROOMS[floor]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_names_only_paths_that_are_there(page: str) -> None:
    named = PATH.findall((ROOT / page).read_text(encoding="utf-8"))
    assert [path for path in named if not (ROOT / path).exists()] == []


@pytest.mark.slow
def test_the_architecture_names_only_what_the_code_has() -> None:
    code = "\n".join(
        path.read_text(encoding="utf-8")
        for top in ("bot", "handlers", "storage", "slack_sandbox", "tests")
        for path in (ROOT / top).rglob("*.py")
    )
    known = set(re.findall(r"\w+", code))
    page = (ROOT / "docs/architecture.md").read_text(encoding="utf-8")
    prose = re.sub(r"```.*?```", "", page, flags=re.DOTALL)
    elsewhere = {"toml", "md", "yml", "env"}
    assert {name for name in NAME.findall(prose) if name not in known} <= elsewhere


def test_only_a_request_draws_its_modals() -> None:
    """A modal that was closed meanwhile is tolerated in one place."""
    drawing = re.compile(r"\b(?:open|push|update)_view\(")
    drawn_in = {
        path.name
        for path in (ROOT / "handlers").rglob("*.py")
        if drawing.search(path.read_text(encoding="utf-8"))
    }
    assert drawn_in == {"request.py"}
