"""`windshield export` of some reps and years, of every team, in every format, and into what cannot
take it."""

import io
import json
import os
import subprocess
import sys
import zipfile
from dataclasses import replace
from pathlib import Path

import pytest

from bot.cli.exports import LEFT_OUT
from bot.domain.binder.export import ExportRequest, Format, What
from bot.services.binder import export as service
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.workspaces import audits, installs
from tests.cli.conftest import Operator
from tests.places import ROOT

ABOUT = "price sheet"


@pytest.fixture
def team(operator: Operator, slack: Sandbox) -> tuple[str, str, str]:
    """Dana with Sam and Tom, each with a touch a year, and Kim with nobody's; ids."""
    dana, sam, tom, kim, ann = (
        slack.add_person(name).id
        for name in ("Dana Moss", "Sam Stone", "Tom Ash", "Kim Ito", "Ann Lee")
    )
    roster = f"manager_id,rep_id\n{dana},{sam}\n{dana},{tom}\n{kim},{ann}\n"
    assert operator.imports("roster", roster).exit_code == 0
    lines = [f"{dana},{rep},{year}-03-02,{ABOUT}" for rep in (sam, tom) for year in (2024, 2025)]
    touches = "\n".join(["manager_id,rep_id,date,about", *lines, ""])
    assert operator.imports("touches", touches).exit_code == 0
    return dana, sam, kim


def test_some_reps_and_some_years(
    on_database: Database, operator: Operator, team: tuple[str, str, str]
) -> None:
    dana, sam, _ = team
    asked = ("--manager", dana, "--reps", sam, "--since", "2025", "--until", "2025-12-31")
    found = operator.exports(*asked)
    assert (found.exit_code, found.stderr) == (0, "")
    touches = json.loads(found.stdout)["touches"]
    assert [(one["rep"], one["occurred_on"]) for one in touches] == [(sam, "2025-03-02")]
    (workspace_id,) = installs.all_ids(on_database).values()
    with on_database.reading(workspace_id) as tx:
        assert audits.all_records(tx)[-1] == (
            "operator",
            "export",
            f"{dana}: json, {sam}, since 2025-01-01, until 2025-12-31",
        )


def test_every_team_into_a_folder_or_a_zip(operator: Operator, team: tuple[str, str, str]) -> None:
    dana, _, kim = team
    folder = operator.folder / "all"
    found = operator.exports("--all", "--out", str(folder), "--format", "md")
    assert (found.exit_code, found.stdout) == (0, f"2 teams exported to {folder}\n")
    assert sorted(one.name for one in folder.iterdir()) == sorted((f"{dana}.md", f"{kim}.md"))
    assert ABOUT in (folder / f"{dana}.md").read_text()
    assert (folder / f"{kim}.md").stat().st_mode & 0o777 == 0o600
    packed = operator.folder / "all.zip"
    assert operator.exports("--all", "--out", str(packed), "--format", "csv").exit_code == 0
    with zipfile.ZipFile(packed) as outer:
        assert sorted(outer.namelist()) == sorted((f"{dana}.zip", f"{kim}.zip"))
        with zipfile.ZipFile(io.BytesIO(outer.read(f"{dana}.zip"))) as inner:
            assert ABOUT in inner.read("touches.csv").decode()
    assert packed.stat().st_mode & 0o777 == 0o600


@pytest.mark.usefixtures("team")
def test_every_team_goes_into_no_file_and_beneath_no_folder_that_is_not_there(
    operator: Operator,
) -> None:
    there = operator.folder / "there.json"
    there.write_text("kept")
    refused = operator.exports("--all", "--out", str(there))
    assert refused.exit_code == 1
    assert refused.stderr == f"Error: {there} is there and is not a folder. Or end it in .zip.\n"
    assert there.read_text() == "kept"
    refused = operator.exports("--all", "--out", str(operator.folder / "none" / "all"))
    assert refused.exit_code == 1
    assert refused.stderr == f"Error: There is no folder {operator.folder / 'none'} to write to.\n"


@pytest.mark.parametrize("out", ["all", "all.zip"])
def test_a_team_that_passes_on_before_its_turn_is_left_out(
    operator: Operator, team: tuple[str, str, str], out: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana, sam, kim = team
    led = service.managers
    monkeypatch.setattr(service, "managers", lambda *asked: [sam, *led(*asked)])
    found = operator.exports("--all", "--out", out)
    assert (found.exit_code, found.stdout) == (0, f"2 teams exported to {out}\n")
    assert found.stderr == f"{LEFT_OUT}: {sam}.\n"
    place = operator.folder / out
    names = zipfile.ZipFile(place).namelist() if place.is_file() else os.listdir(place)
    assert sorted(names) == sorted((f"{dana}.json", f"{kim}.json"))


def test_what_was_asked_for_is_said_in_a_line() -> None:
    pack = ExportRequest(Format.PDF, frozenset({"U2", "U1"}), what=What.PACK)
    assert pack.words == "pdf, pack, U1, U2"
    assert replace(pack, what=What.BINDER).words == "pdf, U1, U2"
    assert replace(pack, format=Format.CSV).words == "csv, U1, U2"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ((), "--manager SLACK_ID, or --all"),
        (("--manager", "U1", "--all", "--out", "x"), "--manager SLACK_ID, or --all"),
        (("--all",), "--all needs --out"),
        (("--all", "--out", "x", "--reps", "U1"), "--reps needs --manager"),
        (("--manager", "U1", "--since", "2026", "--until", "2025"), "--since is after --until"),
        (("--manager", "U1", "--since", "soon"), "soon is no day"),
        (("--manager", "U1", "--since", "2026-13-01"), "is no day"),
    ],
)
def test_what_cannot_be_meant(operator: Operator, options: tuple[str, ...], said: str) -> None:
    result = operator.exports(*options)
    assert result.exit_code == 2
    assert said in result.stderr


def test_a_rep_who_never_sat_there(operator: Operator, team: tuple[str, str, str]) -> None:
    result = operator.exports("--manager", team[2], "--reps", team[1])
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == f"Error: {team[1]} never sat on that team.\n"


def run(operator: Operator, *options: str, stdout: int) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    command = [sys.executable, "-m", "bot", "export", *options]
    environment = os.environ | {"PYTHONPATH": str(ROOT)}
    return subprocess.run(
        command,
        cwd=operator.folder,
        env=environment,
        stdout=stdout,
        stderr=subprocess.PIPE,
        check=False,
    )


@pytest.mark.slow
def test_where_it_cannot_go(operator: Operator, team: tuple[str, str, str]) -> None:
    dana = team[0]
    terminal, other = os.openpty()
    refused = run(operator, "--manager", dana, "--format", "csv", stdout=other)
    assert refused.returncode == 2
    assert b"A terminal cannot show csv; name a file with --out." in refused.stderr
    for kind in ("json", "csv"):
        reads, writes = os.pipe()
        os.close(reads)
        gone = run(operator, "--manager", dana, "--format", kind, stdout=writes)
        assert (gone.returncode, gone.stderr) == (1, b"")
        os.close(writes)
        with Path("/dev/full").open("wb") as full:
            filled = run(operator, "--manager", dana, "--format", kind, stdout=full.fileno())
        assert filled.returncode == 1
        assert (
            filled.stderr == b"Error: It could not be read or written: No space left on device.\n"
        )
    os.close(terminal)
    os.close(other)


def test_the_command_line_has_no_way_to_private_words() -> None:
    for file in (ROOT / "bot" / "cli").glob("*.py"):
        if file.stem == "making":  # what the bot begins, for whoever asked for it in Slack
            continue
        source = file.read_text(encoding="utf-8")
        assert "export_own" not in source
        assert "with_private_notes" not in source
