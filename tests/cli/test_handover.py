"""`windshield handover`: a team or a rep to another manager."""

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.team import teams
from storage.workspaces import installs
from tests.cli.conftest import Operator


def run(*args: str) -> Result:
    return CliRunner().invoke(main, ["handover", *args])


@pytest.fixture
def people(operator: Operator, slack: Sandbox) -> dict[str, str]:
    """Dana's team of two and Mira's of one, as they are after an import; Kim leads none."""
    names = ("dana", "mira", "kim", "sam", "raj", "tom")
    ids = {name: slack.add_person(name.title()).id for name in names}
    lines = "manager_id,rep_id\n{dana},{sam}\n{dana},{raj}\n{mira},{tom}\n".format(**ids)
    assert operator.imports("roster", lines).exit_code == 0
    return ids


def managers(database: Database, slack: Sandbox) -> dict[str, int]:
    with database.reading(installs.all_ids(database)[slack.team_id]) as tx:
        return {
            team.manager.slack_id: sum(one.left_on is None for one in teams.members(tx, team.id))
            for team in teams.all_teams(tx)
        }


def test_a_team_passes_to_somebody_new_here(
    on_database: Database, slack: Sandbox, people: dict[str, str]
) -> None:
    asked = ("--from", people["dana"], "--to", people["kim"])
    assert managers(on_database, slack)[people["dana"]] == 2
    done = run(*asked)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout == f"Passed the team of {people['dana']} (2 reps) to {people['kim']}\n"
    assert managers(on_database, slack) == {people["kim"]: 2, people["mira"]: 1}


def test_a_dry_run_says_it_and_writes_nothing(
    on_database: Database, slack: Sandbox, people: dict[str, str]
) -> None:
    before = managers(on_database, slack)
    done = run(
        "--from", people["dana"], "--to", people["mira"], "--rep", people["sam"], "--dry-run"
    )
    assert done.stdout == f"Would pass Sam to {people['mira']}: nothing kept yet\n"
    assert managers(on_database, slack) == before


def test_two_teams_are_joined_where_that_is_said(
    on_database: Database, slack: Sandbox, people: dict[str, str]
) -> None:
    asked = ("--from", people["dana"], "--to", people["mira"])
    refused = run(*asked)
    assert refused.exit_code == 1
    assert "leads a team already. --join" in refused.stderr
    assert run(*asked, "--join").exit_code == 0
    assert managers(on_database, slack) == {people["mira"]: 3}
    listed = CliRunner().invoke(main, ["teams"]).stdout
    assert f"joined: the team of Dana ({people['dana']}) with that of Mira (" in listed


@pytest.mark.parametrize(
    ("to", "says"),
    [("dana", "manages that already"), ("sam", "is a rep of that very team")],
)
def test_whom_it_cannot_go_to(people: dict[str, str], to: str, says: str) -> None:
    done = run("--from", people["dana"], "--to", people[to])
    assert done.exit_code == 1
    assert says in done.stderr
    assert "nothing was written" in done.stderr


def test_who_has_no_team(people: dict[str, str]) -> None:
    done = run("--from", people["kim"], "--to", people["mira"])
    assert done.exit_code == 1
    assert "has no team in this database" in done.stderr
