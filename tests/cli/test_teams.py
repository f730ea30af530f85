"""`windshield teams`: who has set up what."""

from dataclasses import replace
from datetime import UTC, datetime, time
from typing import Any

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import main
from bot.domain.team.settings import MeetingSettings
from bot.domain.workspaces.people import Profile
from bot.services.team import people as people_changes
from bot.services.team.overview import of_workspace
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.team import teams
from storage.workspaces import installs
from tests.cli.conftest import Operator
from tests.storage.world import statements

MONDAY = datetime(2026, 11, 23, 12, tzinfo=UTC)


def listed() -> Result:
    return CliRunner().invoke(main, ["teams"])


@pytest.fixture
def roster(operator: Operator, slack: Sandbox, on_database: Database) -> int:
    """Three teams as they are after an import; the workspace."""
    names = ["Dana Moss", "Mira Lund", "王芳", "Sam Stone", "Raj Rao"]
    dana, mira, wang, sam, raj = (slack.add_person(name).id for name in names)
    file = (
        "manager_id,rep_id,channel_id,country,until\n"
        f"{dana},{sam},C012,DE-BY,\n{dana},{raj},,,\n{mira},{sam},,,\n{wang},{raj},,,\n"
    )
    assert operator.imports("roster", file).exit_code == 0
    return installs.all_ids(on_database)[slack.team_id]


def change(database: Database, workspace_id: int, name: str, **settings: Any) -> None:
    with database.writing(workspace_id) as tx:
        team = next(team for team in teams.all_teams(tx) if team.manager.name == name)
        teams.change(tx, team.id, replace(team.settings, **settings))


def test_each_team_has_a_line_and_the_counts_stand_below(
    on_database: Database, roster: int
) -> None:
    place = "the usual link, code 4711"
    meeting = MeetingSettings(every=2, place=place)
    change(
        on_database,
        roster,
        "Dana Moss",
        meeting_days=(0, 3),
        meeting_time=time(9, 30),
        meeting=meeting,
    )
    change(on_database, roster, "Mira Lund", todo_day=1, todo_time=time(7))
    with on_database.writing(roster) as tx:
        mira = next(team for team in teams.all_teams(tx) if team.manager.name == "Mira Lund")
        dana = next(team for team in teams.all_teams(tx) if team.manager.name == "Dana Moss")
        for team, introduced in ((mira, 1), (dana, 1)):
            for member in teams.members(tx, team.id)[:introduced]:
                teams.mark_introduced(tx, member.id, MONDAY)
                teams.set_first_line(tx, member.id, "the Acme renewal")
    result = listed()
    assert (result.exit_code, result.stderr) == (0, "")
    header, first, second, third, counts = result.stdout.splitlines()
    assert header.split() == [
        "manager", "id", "reps", "introductions", "list", "meeting", "channel", "country"
    ]  # fmt: skip
    assert first.endswith(
        "2     1 of 2 sent    Mon 08:00  Mon+Thu every 2 weeks 09:30  C012     DE-BY"
    )
    assert second.endswith(
        "1     sent           Tue 07:00  -                            -        -"
    )
    assert third.endswith("1     not sent       Mon 08:00  -                            -        -")
    # A name of wide characters leaves the columns where they are.
    assert third.startswith("王芳       U")
    assert counts == (
        "teams: 3, reps: 4, introductions sent: 1, with a meeting: 1, with a channel: 1, "
        "with a country: 1, manager left Slack: 0"
    )
    assert place not in result.stdout
    assert "Acme" not in result.stdout


def test_who_left_is_said_and_a_seat_that_is_over_is_not_counted(
    on_database: Database, roster: int
) -> None:
    with on_database.writing(roster) as tx:
        for team in teams.all_teams(tx):
            if team.manager.name == "Mira Lund":
                people = [member.id for member in teams.members(tx, team.id)]
                teams.end_memberships(tx, people, MONDAY.date())
                mira = team.manager
    gone = Profile(mira.slack_id, mira.name, active=False)
    people_changes.change(on_database, roster, gone, MONDAY)
    line = next(line for line in listed().stdout.splitlines() if line.startswith("Mira Lund"))
    assert line.split()[:7] == ["Mira", "Lund", "(left", "Slack)", mira.slack_id, "0", "-"]


def test_before_there_is_a_database_it_makes_none(newcomer: Operator) -> None:
    result = listed()
    assert result.exit_code == 1
    assert "There is no database at" in result.stderr
    assert list(newcomer.folder.iterdir()) == []


def test_any_number_of_teams_takes_the_same_statements(
    operator: Operator, on_database: Database, roster: int, slack: Sandbox
) -> None:
    now = datetime(2026, 11, 30, tzinfo=UTC)
    with statements(on_database) as few:
        of_workspace(on_database, roster, now)
    sam = slack.add_person("Sam Two").id
    managers = [slack.add_person(f"Manager {n}").id for n in range(20)]
    reps = [slack.add_person(f"Rep {n}").id for n in range(20)]
    lines = [f"{m},{r}" for m, r in zip(managers, reps, strict=True)] + [f"{managers[0]},{sam}"]
    assert operator.imports("roster", "manager_id,rep_id\n" + "\n".join(lines)).exit_code == 0
    with statements(on_database) as many:
        assert len(of_workspace(on_database, roster, now)) == 23
    assert len(few) == len(many)
