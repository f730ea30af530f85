"""What an export holds and can be imported goes into an empty database and comes out the same."""

import json
import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner

from bot.cli.imports import import_
from slack_sandbox import Sandbox
from storage.database.engine import Database
from tests.cli.conftest import Operator

ABOUTS = ("=1+1", "'=cmd", "-42", ' Zoë, "hi" 🎉 ', "a; =b", "@sam", "two\nlines", "")


@pytest.fixture
def dana(on_database: Database, operator: Operator, slack: Sandbox) -> str:
    """Dana, by Slack id, with a team that has all of what can be imported."""
    assert on_database
    people = [slack.add_person(name).id for name in ("Dana Moss", "Sam Stone", "Tom Ash")]
    dana, sam, tom = people
    roster = (
        "manager_id,rep_id,time_zone,channel_id,country,until\n"
        f"{dana},{sam},Europe/Berlin,C012AB3CD,DE-BY,\n"
        f"{dana},{tom},,,,2030-06-30\n"
    )
    assert operator.imports("roster", roster).exit_code == 0
    quoted = [about.replace('"', '""') for about in ABOUTS]
    lines = [f'{dana},{rep},2020-02-03,call,"{one}"' for rep in (sam, tom) for one in quoted]
    header = "manager_id,rep_id,date,channel,about"
    assert operator.imports("touches", "\n".join([header, *lines, ""])).exit_code == 0
    names = "rep_id,metric,period_start,period_end,target,actual,as_of,kind,unit,better"
    results = [
        f"{sam},=Visits,2020-02-01,2020-02-29,20,1.125,2020-02-07,leading,,",
        f"{sam},=Visits,2020-02-01,2020-02-29,25,-9,2020-02-14,leading,,",
        f"{tom},Share,2020-02-01,2020-02-29,50%,0.5%,2020-02-14,,%,less",
        f"{tom},Revenue,2020-02-01,2020-02-29,123456789012.45,-1250.10,2020-02-14,,EUR,",
    ]
    assert operator.imports("results", "\n".join([names, *results, ""])).exit_code == 0
    return dana


def again(document: dict[str, Any]) -> dict[str, Any]:
    """What a file can bring back: not when it was recorded, nor since when somebody is there."""
    team = {
        name: document["team"][name] for name in ("manager", "time_zone", "channel_id", "country")
    }
    reps = [(one["rep"], [place["left_on"] for place in one["places"]]) for one in document["reps"]]
    touches = [
        tuple(one[name] for name in ("rep", "occurred_on", "occurred_at", "channel", "about"))
        for one in document["touches"]
    ]
    return {
        "team": team,
        "reps": sorted(reps),
        "touches": sorted(touches, key=repr),
        "results": sorted(document["results"], key=repr),
    }


@pytest.mark.parametrize("unpacked", [False, True], ids=["the zip", "its tables"])
def test_exported_imported_and_exported_again(
    operator: Operator,
    dana: str,
    use: Callable[..., None],
    migrated_file: Path,
    secret_key: str,
    unpacked: bool,
) -> None:
    first = json.loads(operator.exports("--manager", dana).stdout)
    assert len(first["touches"]) == 2 * len(ABOUTS)
    packed = operator.folder / "export.zip"
    made = operator.exports("--manager", dana, "--format", "csv", "--out", str(packed))
    assert made.exit_code == 0
    with zipfile.ZipFile(packed) as tables:
        tables.extractall(operator.folder / "tables")
    shutil.copyfile(migrated_file, operator.folder / "empty.db")
    use(DATABASE_URL="sqlite:///empty.db", WINDSHIELD_SECRET_KEY=secret_key)
    for what in ("roster", "touches", "results"):
        file = operator.folder / "tables" / f"{what}.csv" if unpacked else packed
        result = CliRunner().invoke(import_, [what, str(file)])
        assert (result.exit_code, "rejected" in result.output) == (0, False), result.output
    second = json.loads(operator.exports("--manager", dana).stdout)
    assert again(second) == again(first)
