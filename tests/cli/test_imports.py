"""`windshield import` as an operator sees it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from types import SimpleNamespace

import pytest
from click.testing import CliRunner, Result

from bot.__main__ import COMMANDS
from bot.cli.imports import import_
from slack_sandbox import FaultKind, Sandbox
from storage.database.engine import Database
from storage.team import teams
from storage.workspaces import installs
from tests.cli.conftest import Operator
from tests.places import ROOT

HEADER = "manager_id,rep_id,time_zone,channel_id,country\n"


def roster(sandbox: Sandbox) -> str:
    """A file of two teams; Sam is on both."""
    dana, mira, sam, raj = (
        person.id
        for person in sandbox.add_people(
            [
                ("Dana Moss", "Europe/Berlin"),
                ("Mira Lund", "Europe/Oslo"),
                ("Sam Stone", "America/New_York"),
                ("Raj Rao", "Asia/Kolkata"),
            ]
        )
    )
    return f"{HEADER}{dana},{sam},Europe/Berlin,C012,DE-BY\n{dana},{raj},,,\n{mira},{sam},,,\n"


def test_a_roster_is_imported_once(
    operator: Operator, slack: Sandbox, on_database: Database
) -> None:
    file = roster(slack)
    first = operator.imports("roster", file)
    assert (first.exit_code, first.stderr) == (0, "")
    assert first.stdout == "2 teams made, 3 reps added, 0 already there\n"
    again = operator.imports("roster", file)
    assert (again.exit_code, again.stderr) == (0, "")
    assert again.stdout == "0 teams made, 0 reps added, 3 already there\n"
    known = installs.all_ids(on_database)
    assert list(known) == [slack.team_id]
    with on_database.reading(known[slack.team_id]) as tx:
        assert len(teams.all_teams(tx)) == 2


def test_people_are_looked_up_in_bulk_and_nobody_is_written_to(
    operator: Operator, slack: Sandbox
) -> None:
    operator.imports("roster", roster(slack))
    assert [call.method for call in slack.calls] == ["auth.test", "users.list"]
    assert slack.violations == []


def test_a_bad_line_keeps_the_file_out_and_is_explained(
    operator: Operator, slack: Sandbox, on_database: Database
) -> None:
    file = roster(slack) + "U0NOBODY,,,,\n"
    result = operator.imports("roster", file)
    assert result.exit_code == 1
    assert result.stderr == "line 5: Slack knows nobody as “U0NOBODY”; rep_id is empty\n"
    assert result.stdout == (
        "2 teams made, 3 reps added, 0 already there, 1 line rejected; nothing was written\n"
    )
    with on_database.reading(installs.all_ids(on_database)[slack.team_id]) as tx:
        assert teams.all_teams(tx) == []
    kept = operator.imports("roster", file, "--keep-good")
    assert kept.exit_code == 1
    assert kept.stdout == "2 teams made, 3 reps added, 0 already there, 1 line rejected\n"
    with on_database.reading(installs.all_ids(on_database)[slack.team_id]) as tx:
        assert len(teams.all_teams(tx)) == 2


def test_changed_settings_are_counted(operator: Operator, slack: Sandbox) -> None:
    file = roster(slack)
    operator.imports("roster", file)
    result = operator.imports("roster", file.replace("C012", "C013"))
    assert result.stdout == "0 teams made, 1 team changed, 0 reps added, 3 already there\n"


def test_bots_and_those_who_left_are_rejected(operator: Operator, slack: Sandbox) -> None:
    dana = slack.add_person("Dana Moss").id
    bot = slack.add_person("Botty", bot=True).id
    gone = slack.add_person("Gone", deleted=True).id
    result = operator.imports("roster", f"manager_id;rep_id\r\n{dana};{bot}\r\n{dana};{gone}\r\n")
    assert result.stderr == (
        f"line 2: “{bot}” is a bot\nline 3: “{gone}” is deactivated in Slack\n"
    )


def test_addresses_where_the_scope_is_missing(operator: Operator, slack: Sandbox) -> None:
    dana = slack.add_person("Dana Moss", email="dana@example.com").id
    result = operator.imports("roster", f"manager_id,rep_id\n{dana},dana@example.com\n")
    assert result.stderr == "line 2: e-mail addresses need the scope users:read.email\n"


def test_addresses_where_the_scope_is_there(
    operator: Operator, slack_with_scopes: Callable[..., Sandbox]
) -> None:
    slack = slack_with_scopes("users:read", "users:read.email")
    slack.add_person("Dana Moss", email="dana@example.com")
    slack.add_person("Sam Stone", email="sam@example.com")
    result = operator.imports("roster", "manager_id,rep_id\nDana@example.com,sam@example.com\n")
    assert result.stdout == "1 team made, 1 rep added, 0 already there\n"


def test_a_dry_run_before_there_is_a_database_makes_none(
    newcomer: Operator, slack: Sandbox
) -> None:
    result = newcomer.imports("roster", roster(slack), "--dry-run")
    assert (result.exit_code, result.stderr) == (0, "")
    *seats, summary = result.stdout.splitlines()
    assert [re.sub(r"\(U\w+\)", "", line.rpartition(" ")[0]) for line in seats] == [
        "line 3: Raj Rao  with Dana Moss : no seat → from",
        "line 2: Sam Stone  with Dana Moss : no seat → from",
        "line 4: Sam Stone  with Mira Lund : no seat → from",
    ]
    assert summary == "2 teams made, 3 reps added, 0 already there; dry run, nothing was written"
    assert [path.name for path in newcomer.folder.iterdir()] == ["roster.csv"]


def test_a_dry_run_says_who_would_sit_where_before_and_after(
    operator: Operator, slack: Sandbox, at: Callable[[str], None]
) -> None:
    at("2026-11-02")
    file = roster(slack)
    operator.imports("roster", file)
    (dana, sam), (_, raj), (mira, _) = (line.split(",")[:2] for line in file.splitlines()[1:])
    at("2026-12-01")
    change = f"manager_id,rep_id,until\n{mira},{raj},\n{mira},{sam},2026-12-04\n"
    looked = operator.imports("roster", change, "--move", "--dry-run")
    assert looked.stdout == (
        f"line 2: Raj Rao ({raj}) with Dana Moss ({dana}): "
        "from 2026-11-02 → from 2026-11-02 until 2026-11-30\n"
        f"line 2: Raj Rao ({raj}) with Mira Lund ({mira}): no seat → from 2026-12-01\n"
        f"line 3: Sam Stone ({sam}) with Dana Moss ({dana}): "
        "from 2026-11-02 → from 2026-11-02 until 2026-11-30\n"
        f"line 3: Sam Stone ({sam}) with Mira Lund ({mira}): "
        "from 2026-11-02 → from 2026-11-02 until 2026-12-04\n"
        "0 teams made, 1 rep added, 3 seats given a last day, 0 already there; "
        "dry run, nothing was written\n"
    )
    done = operator.imports("roster", change, "--move")
    assert done.stdout == ("0 teams made, 1 rep added, 3 seats given a last day, 0 already there\n")
    at("2026-12-20")
    for options in (("--move", "--dry-run"), ("--move",)):
        again = operator.imports("roster", change, *options)
        assert again.stdout.startswith("0 teams made, 0 reps added, 2 already there")
    assert [call.method for call in slack.calls] == ["auth.test", "users.list"] * 5


def test_a_move_takes_along_what_a_dry_run_counted(
    operator: Operator, slack: Sandbox, at: Callable[[str], None]
) -> None:
    at("2026-11-02")
    file = roster(slack)
    operator.imports("roster", file)
    (dana, _), (_, raj), (mira, _) = (line.split(",")[:2] for line in file.splitlines()[1:])
    contacts = f"manager_id,rep_id,date,about\n{dana},{raj},2026-11-02,lunch\n"
    operator.imports("touches", contacts)
    at("2026-12-01")
    change = f"manager_id,rep_id\n{mira},{raj}\n"
    who = f"Raj Rao ({raj}) from Dana Moss ({dana}) to Mira Lund ({mira}) on 2026-12-01"
    looked = operator.imports("roster", change, "--move", "--dry-run")
    assert f"{who}: 1 contact would go along\n" in looked.stdout
    assert "lunch" not in looked.stdout
    done = operator.imports("roster", change, "--move")
    assert done.stdout.startswith(f"{who}: 1 contact went along\n")
    there = operator.exports("--manager", mira).stdout
    assert there.count("lunch") == 1
    again = operator.imports("roster", change, "--move")
    assert "along" not in again.stdout


def test_seats_that_cannot_be_are_explained_and_the_good_ones_kept(
    operator: Operator, slack: Sandbox, at: Callable[[str], None]
) -> None:
    at("2026-11-02")
    file = roster(slack)
    operator.imports("roster", file)
    (dana, sam), (_, raj), (mira, _) = (line.split(",")[:2] for line in file.splitlines()[1:])
    change = (
        f"manager_id,rep_id,until\n{dana},{sam},2026-10-30\n{dana},{raj},30.11.2026\n"
        f"{mira},{raj},2026-10-30\n{mira},{sam},2026-11-30\n"
    )
    result = operator.imports("roster", change)
    assert (result.exit_code, result.stderr) == (
        1,
        "line 2: until is 2026-10-30, but that seat begins on 2026-11-02\n"
        "line 3: “30.11.2026” is not a date such as 2026-11-30\n"
        f"line 4: until is 2026-10-30, which is past, and {raj} never had that seat\n",
    )
    assert result.stdout.endswith("3 lines rejected; nothing was written\n")
    kept = operator.imports("roster", change, "--keep-good")
    assert kept.stdout == (
        "0 teams made, 0 reps added, 1 seat given a last day, 0 already there, 3 lines rejected\n"
    )


def test_a_dry_run_makes_no_workspace(
    operator: Operator, slack: Sandbox, on_database: Database
) -> None:
    assert operator.imports("roster", roster(slack), "--dry-run").exit_code == 0
    assert installs.all_ids(on_database) == {}


def test_a_database_is_made_where_there_is_none(newcomer: Operator, slack: Sandbox) -> None:
    assert newcomer.imports("roster", roster(slack)).exit_code == 0
    assert (newcomer.folder / "windshield.db").is_file()


def test_the_token_and_the_workspace_must_belong_together(
    operator: Operator, slack: Sandbox, on_database: Database
) -> None:
    file = roster(slack)
    installs.ensure(on_database, "T0OTHER", "Other")
    alone = operator.imports("roster", file)
    assert alone.exit_code == 1
    assert f"SLACK_BOT_TOKEN belongs to workspace {slack.team_id}, not to T0OTHER" in alone.stderr
    assert operator.imports("roster", file, "--workspace", slack.team_id).exit_code == 0
    several = operator.imports("roster", file)
    assert several.exit_code == 1
    assert "The database holds several workspaces" in several.stderr


def test_slack_may_ask_to_wait(
    operator: Operator, slack: Sandbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = roster(slack)
    waited: list[float] = []

    def sleep(seconds: float) -> None:
        waited.append(seconds)
        slack.clock.advance(timedelta(seconds=seconds))

    monkeypatch.setattr("bot.cli.imports.time", SimpleNamespace(sleep=sleep))
    slack.faults.add("users.list", FaultKind.RATE_LIMITED, retry_after=7)
    result = operator.imports("roster", file)
    assert result.exit_code == 0
    assert result.stderr == "Slack asks to wait 7 s…\n"
    assert waited == [7]


TOUCHES = "manager_id,rep_id,date,channel,about\n"


@pytest.fixture
def team(operator: Operator, slack: Sandbox) -> tuple[str, str]:
    """Dana and her rep Sam, by Slack id, imported."""
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    return dana, sam


def test_touches_are_imported_once_and_without_slack(
    operator: Operator, team: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    monkeypatch.setenv("SLACK_API_URL", "http://127.0.0.1:1/")
    dana, sam = team
    file = f'{TOUCHES}{dana},{sam},2020-02-03,call,"one, two"\n{dana},{sam},2020-02-04,,\n'
    assert operator.imports("touches", file).stdout == "2 touches added, 0 already there\n"
    assert operator.imports("touches", file).stdout == "0 touches added, 2 already there\n"


def test_touches_may_name_people_by_address_also_those_who_left(
    operator: Operator, slack_with_scopes: Callable[..., Sandbox]
) -> None:
    slack = slack_with_scopes("users:read", "users:read.email")
    dana = slack.add_person("Dana Moss", email="dana@example.com").id
    rep = slack.add_person("Sam Stone", email="sam@example.com")
    sam = rep.id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    rep.is_deactivated()
    file = (
        f"{TOUCHES}Dana@example.com,sam@example.com,2020-02-03,call,Acme\n"
        f"{dana},no@example.com,2020-02-04,,\n"
    )
    result = operator.imports("touches", file, "--keep-good")
    assert result.stderr == "line 3: Slack knows nobody as “no@example.com”\n"
    assert result.stdout == "1 touch added, 0 already there, 1 line rejected\n"


def test_addresses_in_touches_without_the_scope(operator: Operator, team: tuple[str, str]) -> None:
    result = operator.imports("touches", f"{TOUCHES}{team[0]},sam@example.com,2020-02-04,,\n")
    assert result.stderr == "line 2: e-mail addresses need the scope users:read.email\n"


def test_files_as_spreadsheets_and_people_write_them(
    operator: Operator, slack: Sandbox, team: tuple[str, str]
) -> None:
    dana, sam = team
    lena = slack.add_person("Lena Fox").id
    roster = (
        "\ufeffsep=;\r\n\ufeffManager ID;Rep-ID;Time Zone;Country;;\r\n"
        f"{dana.lower()};{lena.lower()};europe/berlin;de-by;;\r\n"
    )
    result = operator.imports("roster", roster.encode())
    assert result.stdout == "0 teams made, 1 team changed, 1 rep added, 0 already there\n"
    assert operator.imports("roster", roster.encode("utf-16")).stdout == (
        "0 teams made, 0 reps added, 1 already there\n"
    )
    touch = f"{TOUCHES}{dana},{sam},2020-02-03,E-Mail,Angebot für Müller\n".encode("cp1252")
    result = operator.imports("touches", touch)
    assert result.stdout == "1 touch added, 0 already there\n"
    assert result.stderr == (
        "The file is not UTF-8; read as Windows-1252: “für”. If that looks wrong, save it as "
        "“CSV UTF-8” and import that.\n"
    )


def test_a_bad_touch_is_explained(operator: Operator, team: tuple[str, str]) -> None:
    dana, sam = team
    file = f"{TOUCHES}{dana},{sam},2020-02-03,fax,\n{dana},{sam},2020-02-04,call,one, two\n"
    result = operator.imports("touches", file, "--dry-run")
    assert result.exit_code == 1
    assert result.stderr == (
        "line 2: “fax” is not a channel; these are: "
        "call, email, voicemail, chat, video, in person\n"
        "line 3: 6 values for 5 columns; "
        "a value that holds the delimiter needs quotation marks around it\n"
    )
    assert result.stdout == (
        "0 touches added, 0 already there, 2 lines rejected; dry run, nothing was written\n"
    )
    mixed = f"{TOUCHES}{dana},{sam},2020-02-03,call,\nU1,U2,x,,\n"
    one = operator.imports("touches", mixed, "--keep-good")
    assert one.stdout == "1 touch added, 0 already there, 1 line rejected\n"


def test_touches_before_any_roster(newcomer: Operator) -> None:
    result = newcomer.imports("touches", TOUCHES)
    assert result.exit_code == 1
    assert result.stderr == ("Error: The database holds no workspace yet; import a roster first.\n")


@pytest.mark.usefixtures("team")
def test_a_workspace_that_is_not_there(newcomer: Operator, slack: Sandbox) -> None:
    result = newcomer.imports("touches", TOUCHES, "--workspace", "T0OTHER")
    assert result.stderr == (
        f"Error: The database does not hold workspace T0OTHER; it holds {slack.team_id}.\n"
    )


@pytest.mark.parametrize("what", ["roster", "touches"])
@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "The file is empty"),
        (b"manager_id,rep_id,date\n\xc4\xe0\xed\xe0,U1,2020-01-01\n", "Line 2 holds a byte (0xC4)"),
        (b"rep_id\n", "manager_id"),
        (b"manager_id,rep_id,date,mood\n", "is not known"),
        (b'manager_id,rep_id,channel_id,date\n"U1', "is not known"),
    ],
)
def test_a_file_that_cannot_be_read_is_one_sentence(
    newcomer: Operator, use: Callable[..., None], what: str, content: bytes, said: str
) -> None:
    use(SLACK_BOT_TOKEN="xoxb-1", SLACK_API_URL="http://127.0.0.1:1/")
    result = newcomer.imports(what, content)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1
    assert not (newcomer.folder / "windshield.db").exists()


@pytest.mark.parametrize(
    ("settings", "said"),
    [
        ({}, "SLACK_BOT_TOKEN is not set"),
        ({"PORT": "x"}, "PORT is “x”"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack refused (invalid_auth)"),
        ({"SLACK_API_URL": "http://127.0.0.1:1/"}, "Slack did not answer (connection_refused)"),
        ({"DATABASE_URL": "sqlite:////no/such/folder/x.db"}, "No such file or directory"),
        ({"DATABASE_URL": "nonsense"}, "DATABASE_URL is no address"),
        ({"DATABASE_URL": "postgresql+psycopg://nobody@127.0.0.1:1/x"}, "WINDSHIELD_SECRET_KEY"),
        ({"WINDSHIELD_SECRET_KEY": "short"}, "WINDSHIELD_SECRET_KEY holds something"),
    ],
)
def test_wrong_settings_are_one_sentence(
    newcomer: Operator,
    slack: Sandbox,
    use: Callable[..., None],
    settings: dict[str, str],
    said: str,
) -> None:
    file = roster(slack)
    use(**(settings or {"SLACK_BOT_TOKEN": ""}))
    result = newcomer.imports("roster", file)
    assert result.exit_code == 1
    assert said in result.stderr
    assert result.stderr.count("\n") == 1


def test_a_database_server_that_is_away_is_one_sentence(
    newcomer: Operator, slack: Sandbox, use: Callable[..., None], secret_key: str
) -> None:
    url = "postgresql+psycopg://nobody@127.0.0.1:1/x"
    use(DATABASE_URL=url, WINDSHIELD_SECRET_KEY=secret_key)
    result = newcomer.imports("roster", roster(slack))
    assert result.exit_code == 1
    assert result.stderr.startswith("Error: The database cannot be used: nothing answers")
    assert result.stderr.count("\n") == 1


def test_something_that_is_no_database_is_one_sentence(operator: Operator, slack: Sandbox) -> None:
    (operator.folder / "windshield.db").write_bytes(b"x" * 5000)
    result = operator.imports("roster", roster(slack))
    assert result.exit_code == 1
    assert "it is damaged, or is no database (SQLITE_NOTADB)" in result.stderr


def test_a_token_without_the_scope_is_one_sentence(
    operator: Operator, slack_with_scopes: Callable[..., Sandbox]
) -> None:
    result = operator.imports("roster", roster(slack_with_scopes()))
    assert result.exit_code == 1
    assert "lacks the scope users:read" in result.stderr


def test_a_file_that_is_not_there_is_one_sentence(tmp_path: Path) -> None:
    for name in ("none.csv", "."):
        result = CliRunner().invoke(import_, ["touches", str(tmp_path / name)])
        assert result.exit_code == 1
        assert str(tmp_path) in result.stderr
        assert result.stderr.count("\n") == 1


def test_help_says_the_columns_and_loads_nothing_heavy() -> None:
    for what, column in (("roster", "channel_id"), ("touches", "about")):
        assert column in CliRunner().invoke(import_, [what, "--help"]).stdout
    program = (
        "import sys\n"
        "from bot.__main__ import COMMANDS, main\n"
        "for name in COMMANDS:\n"
        "    main([name, '--help'], standalone_mode=False)\n"
        "heavy = {'sqlalchemy', 'slack_sdk', 'holidays', 'alembic', 'cryptography'}\n"
        "print(sorted(heavy & set(sys.modules)))\n"
    )
    root = ROOT
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=root,
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
        env={**os.environ, "PYTHONPATH": str(root)},
    )
    *helps, heavy = ran.stdout.splitlines()
    assert heavy == "[]"
    assert len([line for line in helps if line.startswith("Usage: ")]) == len(COMMANDS)


RESULTS = "rep_id,metric,period_start,period_end,target,actual,as_of,kind,unit\n"
SPAN = "2020-02-01,2020-02-29"


def test_results_are_imported_and_the_same_again_replaces(
    operator: Operator, team: tuple[str, str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("SLACK_BOT_TOKEN")
    sam = team[1]
    file = (
        f"{RESULTS}{sam},New meetings,{SPAN},20,3,2020-02-07,leading,\n"
        f"{sam},Revenue,{SPAN},50000,12000.50,2020-02-14,,EUR\n"
    )
    rehearsed = operator.imports("results", file, "--dry-run")
    assert (rehearsed.exit_code, rehearsed.stderr) == (0, "")
    made = (
        "“New meetings” is leading, more is better: 1 team\n"
        "“Revenue” is lagging, more is better, in EUR: 1 team\n"
    )
    assert rehearsed.stdout == (
        f"{made}2 readings added, 0 replaced, 0 already there; dry run, nothing was written\n"
    )
    assert operator.imports("results", file).stdout == (
        f"{made}2 readings added, 0 replaced, 0 already there\n"
    )
    mended = file.replace("12000.50", "12000.00")
    result = operator.imports("results", mended)
    assert result.stdout == "0 readings added, 1 replaced, 1 already there\n"


def test_a_period_with_wrong_dates_is_replaced_where_the_operator_says_so(
    operator: Operator, team: tuple[str, str]
) -> None:
    manager, sam = team
    wrong = f"{RESULTS}{sam},Revenue,2020-02-01,2020-02-28,20,3,2020-02-07,,EUR\n"
    right = f"{RESULTS}{sam},Revenue,2020-02-01,2020-02-29,20,3,2020-02-07,,USD\n"
    assert operator.imports("results", wrong).exit_code == 0
    refused = operator.imports("results", right)
    assert refused.exit_code == 1
    assert "line 2: its period overlaps 2020-02-01 to 2020-02-28 of what is kept" in refused.stderr
    what = "“Revenue”, 2020-02-01 to 2020-02-28"
    reps = f"1 rep of {manager}"
    assert f"{what}, stands for {reps} and is in the way." in refused.stderr
    assert "--replace-periods takes it back" in refused.stderr
    rehearsed = operator.imports("results", right, "--replace-periods", "--dry-run")
    assert f"{what}, would be taken back: {reps}\n" in rehearsed.stdout
    was = "“Revenue” was lagging, more is better, in EUR; its earlier readings go by what it is now"
    assert was in rehearsed.stderr
    done = operator.imports("results", right, "--replace-periods")
    assert f"{what}, was taken back: {reps}\n" in done.stdout
    assert done.stdout.endswith("1 reading added, 0 replaced, 0 already there\n")
    again = operator.imports("results", right, "--replace-periods")
    assert again.stdout == "0 readings added, 0 replaced, 1 already there\n"


def test_results_come_by_standard_input_and_what_cannot_be_is_said_line_by_line(
    team: tuple[str, str],
) -> None:
    good = f"{team[1]},Visits,{SPAN},20,3,2020-02-07,,\n"
    no_target = f"{team[1]},Calls,{SPAN},0,3,2020-02-07,,\n"
    file = f"{RESULTS}{good}{no_target}U0NOBODY1,Calls,{SPAN},1,1,2020-02-07,,\n"

    def send(*options: str) -> Result:
        return CliRunner().invoke(import_, ["results", "-", *options], input=file)

    refused = send()
    assert refused.exit_code == 1
    assert refused.stderr == (
        "line 3: target is 0; it must be more than 0\n"
        "line 4: U0NOBODY1 was never on a team here; import the roster first\n"
    )
    assert refused.stdout.endswith("2 lines rejected; nothing was written\n")
    kept = send("--keep-good")
    assert kept.exit_code == 1
    assert kept.stdout.endswith("1 reading added, 0 replaced, 0 already there, 2 lines rejected\n")


def test_results_may_name_people_by_address(
    operator: Operator, slack_with_scopes: Callable[..., Sandbox]
) -> None:
    slack = slack_with_scopes("users:read", "users:read.email")
    dana = slack.add_person("Dana Moss", email="dana@example.com").id
    sam = slack.add_person("Sam Stone", email="sam@example.com").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    file = (
        f"{RESULTS}SAM@example.com,Visits,{SPAN},20,3,2020-02-07,,\n"
        f"{sam},Visits,{SPAN},20,4,2020-02-08,,\nno@example.com,Visits,{SPAN},20,4,2020-02-09,,\n"
    )
    result = operator.imports("results", file, "--keep-good")
    assert result.stderr == "line 4: Slack knows nobody as “no@example.com”\n"
    assert "2 readings added" in result.stdout


@pytest.mark.parametrize(
    ("who", "said"),
    [
        ("<@{}>", ""),
        ("<@{}|sam>", ""),
        ("@{}", ""),
        ("@Sam Stone", "line 2: “@Sam Stone” is no Slack user id, such as U012AB3CD"),
        ("Sam Stone", "line 2: “Sam Stone” is no Slack user id, such as U012AB3CD"),
        ("sam@example.com", "line 2: e-mail addresses need the scope users:read.email"),
    ],
)
def test_a_mention_is_its_id_and_a_name_is_no_address(
    operator: Operator, team: tuple[str, str], who: str, said: str
) -> None:
    file = f"{RESULTS}{who.format(team[1])},Visits,{SPAN},20,3,2020-02-07,,\n"
    result = operator.imports("results", file, "--dry-run")
    assert result.stderr.startswith(said)
    assert ("1 reading added" in result.stdout) is (not said)


def test_results_that_cannot_be_read_at_all(operator: Operator, team: tuple[str, str]) -> None:
    result = operator.imports("results", f"rep_id,metric\n{team[1]},Visits\n")
    assert result.exit_code == 1
    assert "period_start, period_end, target, actual, as_of" in result.stderr
