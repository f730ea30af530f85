"""`windshield retention`: for how long, what would go, and that it is said."""

from datetime import UTC, datetime

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from storage.database.engine import Database
from storage.workspaces import audits, installs
from tests.storage.world import PRIVATE, fill

KEPT = "Everything is kept until somebody deletes it.\n"


def run(*options: str) -> Result:
    return CliRunner().invoke(main, ["retention", *options])


def records(database: Database, workspace_id: int) -> list[tuple[str, str, str]]:
    with database.reading(workspace_id) as tx:
        return [one for one in audits.all_records(tx) if one[0] == "operator"]


def test_it_says_for_how_long_and_sets_it(on_database: Database) -> None:
    workspace_id = fill(on_database, "T0HOME").workspace_id
    assert run().output == KEPT
    assert records(on_database, workspace_id) == []
    assert run("--months", "18").output == "Everything is kept for 18 months.\n"
    assert run("--months", "18").exit_code == 0
    assert run().output == "Everything is kept for 18 months.\n"
    assert run("--forever").output == KEPT
    assert records(on_database, workspace_id) == [
        ("operator", "keeps things for", "18 months"),
        ("operator", "keeps things for", "ever"),
    ]


def test_a_dry_run_counts_by_kind_and_changes_nothing(
    on_database: Database, monkeypatch: pytest.MonkeyPatch
) -> None:
    workspace_id = fill(on_database, "T0HOME").workspace_id
    later = datetime(2029, 1, 1, tzinfo=UTC)
    monkeypatch.setattr("bot.clock.SystemClock.now", lambda _: later)
    assert run("--dry-run").output == "Nothing would go.\n"
    found = run("--months", "12", "--dry-run")
    assert found.exit_code == 0
    assert found.output.startswith("Older than 1 year, and would go:\n")
    assert "touches: 1\n" in found.output
    assert "private notes: 1\n" in found.output
    assert "to-do lists: 1\n" in found.output
    assert PRIVATE not in found.output
    assert run().output == KEPT
    assert records(on_database, workspace_id) == []
    assert run("--forever", "--dry-run").output == "Nothing would go.\n"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        (("--months", "0"), "from 1 to 1200"),
        (("--months", "1201"), "from 1 to 1200"),
        (("--months", "two"), "not a valid integer"),
        (("--months", "2", "--forever"), "not both"),
        (("--workspace", "T0NONE"), "does not hold workspace T0NONE"),
    ],
)
def test_what_makes_no_sense_is_refused(
    on_database: Database, options: tuple[str, ...], said: str
) -> None:
    workspace_id = fill(on_database, "T0HOME").workspace_id
    refused = run(*options)
    assert refused.exit_code != 0
    assert said in refused.output
    assert records(on_database, workspace_id) == []


def test_each_workspace_has_its_own(on_database: Database) -> None:
    for name in ("T0HOME", "T0AWAY"):
        installs.ensure(on_database, name, name)
    assert "name one with --workspace" in run("--months", "3").output
    assert run("--workspace", "T0AWAY", "--months", "3").exit_code == 0
    assert run("--workspace", "T0HOME").output == KEPT
    assert run("--workspace", "T0AWAY").output == "Everything is kept for 3 months.\n"
