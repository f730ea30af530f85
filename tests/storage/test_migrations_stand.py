"""A migration that was released does the same for ever, whatever the product's rules become."""

import ast
import sys
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from storage.migrations import names_as_they_were as then
from tests.places import ROOT

FOLDER = ROOT / "storage" / "migrations"
SCRIPTS = [*sorted((FOLDER / "versions").glob("*.py")), FOLDER / "names_as_they_were.py"]

STAYS = {
    "alembic",
    "sqlalchemy",
    # How a column keeps what it holds: a change of these is a migration itself.
    "storage.database.types",
    # Copies of rules that changed since, or may.
    "storage.migrations.names_as_they_were",
    *sys.stdlib_module_names,
}


def imported(source: str) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (one.name for one in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield "." * node.level + (node.module or "")


def may_change(source: str) -> set[str]:
    """What it imports that changes with the product."""
    return {
        name for name in imported(source) if name not in STAYS and name.split(".")[0] not in STAYS
    }


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_no_migration_leans_on_what_may_change(script: Path) -> None:
    assert may_change(script.read_text()) == set()


def test_one_that_does_is_noticed() -> None:
    source = (
        "import json\nfrom bot.domain.workspaces.names import key_of\n"
        "def upgrade():\n    import storage.models.base\n    from . import env\n"
    )
    assert may_change(source) == {"bot.domain.workspaces.names", "storage.models.base", "."}


KEYS = {
    "Acme": ("acme", "acme"),
    "  ACME   Corp. ": ("acmecorp", "acme corp."),
    "Müller & Söhne": ("mullersohne", "muller & sohne"),
    "Straße": ("strasse", "strasse"),
    "O’Neil-Smith": ("oneilsmith", "o'neil smith"),
    "Ørsted": ("orsted", "orsted"),
    "Æther ŁÓDŹ": ("aetherlodz", "aether lodz"),
    "Ｆｕｌｌ": ("full", "full"),
    "soft\u00adware": ("software", "software"),
    "山田": ("山田", "山田"),
    "a_b": ("ab", "a_b"),
    "–": ("", "–"),
}


@pytest.mark.parametrize(("name", "person", "account"), [(n, *keys) for n, keys in KEYS.items()])
def test_names_are_found_by_the_keys_of_that_time(name: str, person: str, account: str) -> None:
    assert (then.key_of(name), then.account_key(name)) == (person, account)


def test_a_long_account_has_a_key_that_fits_the_index() -> None:
    long = then.account_key("A" * 300)
    assert long == "a" * 136 + "9835fa6bf4e20a9b9ea812506302e98982721a6cf8d2cae67af57129bf21ae90"


def test_who_knew_whom_by_the_visits_of_that_time() -> None:
    first, later = date(2026, 3, 2), date(2026, 4, 6)
    found = then.facts_of(
        [
            then.VisitSeen(1, first, 7, 8, "Jo Lee and Kim Ray"),
            then.VisitSeen(1, later, 8, 9, "JO LEE; Ann"),
        ]
    )
    assert {at: (one.name, one.since, one.as_rep) for at, one in found.items()} == {
        **{(1, 7, key): (name, first, True) for key, name in MET.items()},
        (1, 8, ""): ("", first, True),
        (1, 8, "jo lee"): ("Jo Lee", first, True),
        (1, 8, "kim ray"): ("Kim Ray", first, False),
        (1, 8, "ann"): ("Ann", later, True),
        (1, 9, ""): ("", later, False),
        (1, 9, "jo lee"): ("JO LEE", later, False),
        (1, 9, "ann"): ("Ann", later, False),
    }


MET = {"": "", "jo lee": "Jo Lee", "kim ray": "Kim Ray"}
