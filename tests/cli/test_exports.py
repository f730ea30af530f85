"""`windshield export` as an operator sees it."""

import csv
import io
import json
import os
from collections.abc import Callable
from datetime import UTC, date, datetime, time, timedelta
from pathlib import Path

import pytest
from icalendar import Calendar
from pypdf import PdfReader

from bot.domain.appointments import AppointmentEntry
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.results.results import Period
from bot.domain.workspaces.people import Actor
from bot.services.appointments import plan
from slack_sandbox import Sandbox
from storage.database.engine import Database
from storage.migrations import migrate
from storage.results import period_words
from storage.team import teams
from storage.workspaces import audits, installs
from tests.cli.conftest import Operator

TOUCHES = 'manager_id,rep_id,date,channel,about\n{0},{1},2020-02-03,call,"=Zoë, ""hi"" 🎉"\n'


@pytest.fixture
def dana(operator: Operator, slack: Sandbox) -> str:
    """Dana, by Slack id, with a team of one rep and a touch."""
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    assert operator.imports("roster", f"manager_id,rep_id\n{dana},{sam}\n").exit_code == 0
    assert operator.imports("touches", TOUCHES.format(dana, sam)).exit_code == 0
    return dana


def test_a_team_with_a_country_and_no_list_yet_is_exported(
    operator: Operator, slack: Sandbox
) -> None:
    dana, sam = slack.add_person("Dana Moss").id, slack.add_person("Sam Stone").id
    file = f"manager_id,rep_id,country\n{dana},{sam},DE-BY\n"
    assert operator.imports("roster", file).exit_code == 0
    found = operator.exports("--manager", dana)
    assert (found.exit_code, found.stderr) == (0, "")
    assert json.loads(found.stdout)["todo_lists"] == []


def test_json_to_stdout(on_database: Database, operator: Operator, dana: str) -> None:
    result = operator.exports("--manager", dana)
    assert (result.exit_code, result.stderr) == (0, "")
    document = json.loads(result.stdout_bytes.decode("utf-8"))
    assert document["format"] == "windshield/1"
    assert document["team"]["manager"] == dana
    assert [touch["about"] for touch in document["touches"]] == ['=Zoë, "hi" 🎉']
    (workspace_id,) = installs.all_ids(on_database).values()
    with on_database.reading(workspace_id) as tx:
        assert audits.all_records(tx)[-1] == ("operator", "export", f"{dana}: json")


def test_a_calendar_of_the_team(on_database: Database, operator: Operator, dana: str) -> None:
    (workspace_id,) = installs.all_ids(on_database).values()
    now, actor = datetime.now(UTC), Actor(workspace_id, dana)
    with on_database.reading(workspace_id) as tx:
        team = teams.of_manager(tx, dana)
        assert team is not None
        (member,) = teams.members(tx, team.id)
    sam, day = member.rep.slack_id, now.date() + timedelta(days=9)
    entry = AppointmentEntry(sam, InteractionKind.SESSION, day, time(10), "xq7")
    plan(on_database, actor, entry, "a form", now)
    found = operator.exports("--manager", dana, "--format", "ics")
    assert (found.exit_code, found.stderr) == (0, "")
    (event,) = Calendar.from_ical(found.stdout_bytes).events
    assert str(event["SUMMARY"]) == "Strategy session with Sam Stone"
    assert event.start.isoformat().startswith(f"{day}T10:00")
    assert b"xq7" not in found.stdout_bytes


def test_json_to_a_file_that_only_its_owner_may_read(operator: Operator, dana: str) -> None:
    out = operator.folder / "dana.json"
    out.write_text("something longer that was there before " * 1000)
    result = operator.exports("--manager", dana, "--format", "json", "--out", str(out))
    assert (result.exit_code, result.stdout, result.stderr) == (0, "", "")
    assert json.loads(out.read_text(encoding="utf-8"))["team"]["manager"] == dana
    assert out.stat().st_mode & 0o777 == 0o600
    assert not [path for path in operator.folder.iterdir() if path.name.startswith(".dana")]


def test_what_is_there_stays_when_the_file_cannot_be_written(
    operator: Operator, dana: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = operator.folder / "dana.json"
    out.write_text("before")

    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device", str(out))

    monkeypatch.setattr(os, "replace", fail)
    result = operator.exports("--manager", dana, "--out", str(out))
    assert result.exit_code == 1
    assert result.stderr == f"Error: {out}: No space left on device.\n"
    assert out.read_text() == "before"
    assert not [path for path in operator.folder.iterdir() if path.name.startswith(".dana")]


@pytest.mark.parametrize(
    ("name", "said"), [(".", "is there and is not a file"), ("no/where.json", "There is no folder")]
)
def test_a_place_that_cannot_be_written_to(
    operator: Operator, dana: str, name: str, said: str
) -> None:
    result = operator.exports("--manager", dana, "--out", str(operator.folder / name))
    assert result.exit_code == 1
    assert said in result.stderr


def test_the_touches_of_an_export_go_into_another_database(
    operator: Operator, dana: str, use: Callable[..., None]
) -> None:
    first = json.loads(operator.exports("--manager", dana).stdout)
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(["manager_id", "rep_id", "date", "channel", "about"])
    for t in first["touches"]:
        writer.writerow([dana, t["rep"], t["occurred_on"], t["channel"], t["about"]])
    use(DATABASE_URL="sqlite:///other.db")
    rep = first["reps"][0]["rep"]
    operator.imports("roster", f"manager_id,rep_id\n{dana},{rep}\n")
    assert operator.imports("touches", file.getvalue()).exit_code == 0
    second = json.loads(operator.exports("--manager", dana).stdout)

    def told(document: dict[str, list[dict[str, str]]]) -> list[tuple[str, ...]]:
        keys = ("rep", "occurred_on", "occurred_at", "channel", "about")
        return [tuple(touch[key] for key in keys) for touch in document["touches"]]

    assert told(second) == told(first) != []


def test_the_results_of_an_export_go_into_another_database(
    operator: Operator, dana: str, use: Callable[..., None]
) -> None:
    rep = json.loads(operator.exports("--manager", dana).stdout)["reps"][0]["rep"]
    names = "rep_id,metric,period_start,period_end,target,actual,as_of,kind,unit,better"
    span = "2020-02-01,2020-02-29"
    lines = [
        f"{rep},Visits,{span},20,7.5,2020-02-07,leading,,",
        f"{rep},Visits,{span},25,9,2020-02-14,leading,,",
        f"{rep},Revenue,{span},123456789012.45,-1250.10,2020-02-14,,EUR,",
        f'{rep},"Open, offers",{span},5,7,2020-02-14,,,less',
    ]
    assert operator.imports("results", "\n".join([names, *lines])).exit_code == 0
    first = json.loads(operator.exports("--manager", dana).stdout)["results"]
    assert [one["actual"] for one in first] == [7, -1250.1, 7.5, 9]
    use(DATABASE_URL="sqlite:///other.db")
    operator.imports("roster", f"manager_id,rep_id\n{dana},{rep}\n")
    file = io.StringIO(newline="")
    writer = csv.writer(file)
    writer.writerow(names.split(","))
    for one in first:
        writer.writerow([one[name.removesuffix("_id")] for name in names.split(",")])
    assert operator.imports("results", file.getvalue()).exit_code == 0
    assert json.loads(operator.exports("--manager", dana).stdout)["results"] == first


def test_a_database_that_is_not_there_is_an_error_and_stays_so(newcomer: Operator) -> None:
    result = newcomer.exports("--manager", "U1")
    assert result.exit_code == 1
    assert result.stderr == "Error: There is no database at windshield.db; see DATABASE_URL.\n"
    assert list(newcomer.folder.iterdir()) == []


def test_a_schema_that_is_not_the_newest_is_an_error(
    newcomer: Operator, use: Callable[..., None], empty_database_url: str, secret_key: str
) -> None:
    use(DATABASE_URL=empty_database_url, WINDSHIELD_SECRET_KEY=secret_key)
    if empty_database_url.startswith("sqlite"):
        Path(empty_database_url.removeprefix("sqlite:///")).touch()
    result = newcomer.exports("--manager", "U1")
    assert result.exit_code == 1
    assert result.stderr == (
        "Error: The database cannot be used: it has no schema yet: run windshield migrate.\n"
    )
    database = Database(empty_database_url, (secret_key,))
    migrate(database)
    database.close()
    assert "holds no workspace yet" in newcomer.exports("--manager", "U1").stderr


def test_a_manager_without_a_team_is_an_error(operator: Operator, dana: str) -> None:
    result = operator.exports("--manager", "U0NOBODY")
    assert (result.exit_code, result.stdout) == (1, "")
    assert result.stderr == "Error: U0NOBODY has no team in this database.\n"
    assert dana


def test_several_workspaces_need_a_choice(
    on_database: Database, operator: Operator, slack: Sandbox, dana: str
) -> None:
    installs.ensure(on_database, "T0OTHER", "Other")
    assert "name one with --workspace" in operator.exports("--manager", dana).stderr
    assert operator.exports("--manager", dana, "--workspace", slack.team_id).exit_code == 0
    elsewhere = operator.exports("--manager", dana, "--workspace", "T0OTHER")
    assert "has no team in this database" in elsewhere.stderr


def test_only_formats_that_exist(operator: Operator) -> None:
    result = operator.exports("--manager", "U1", "--format", "docx")
    assert result.exit_code == 2
    assert "'docx' is not one of" in result.stderr


@pytest.mark.slow
def test_the_period_on_one_page_without_what_is_its_managers_own(
    on_database: Database, operator: Operator, dana: str, tmp_path: Path
) -> None:
    (workspace_id,) = installs.all_ids(on_database).values()
    with on_database.writing(workspace_id) as tx:
        team = teams.of_manager(tx, dana)
        assert team is not None
        quarter = Period(date(2020, 1, 1), date(2020, 3, 31))
        for period in (quarter, Period(date(2019, 10, 1), date(2019, 12, 31))):
            period_words.save(tx, team.id, team.manager.id, period, "kwx tenders")
    out = tmp_path / "page.pdf"
    asked = ("--manager", dana, "--what", "period", "--format", "pdf", "--out", str(out))
    assert operator.exports(*asked).exit_code == 0
    (page,) = PdfReader(out).pages
    read = page.extract_text()
    assert "Dana Moss’s team" in read
    assert "What Dana Moss says" in read
    assert "kwx" not in read
    assert "Sam" not in read
    for wrong in (("--format", "json"), ("--reps", "U0SAM"), ("--until", "1999")):
        found = operator.exports(*asked, *wrong)
        assert found.exit_code != 0
        assert "period" in found.stderr
