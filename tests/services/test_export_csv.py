"""The CSV export: complete against the JSON document, and right in a spreadsheet."""

import csv
import io
import json
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal
from typing import Any

import pytest

from bot.domain.binder.export import ExportRequest, Format
from bot.domain.workspaces.people import Actor
from bot.exchange.formats import FORMATS
from bot.exchange.inert import as_typed
from bot.exchange.json_export import to_json
from bot.exchange.tables import TABLES
from bot.services.binder.export import export_own
from storage.database.engine import Database
from storage.models import Interaction, Reading, SessionTopic
from tests.exchange.parts import in_parts, whole
from tests.places import ROOT
from tests.services.history import NOW, outlive_a_meeting, seed
from tests.services.monday import DANA
from tests.services.private_words import add_private_words
from tests.storage.own_rows import update_own

SPOKEN = "=cmd|' /C calc'!A0; \"Zoë\"\r\nthen ;=1+1\t🎉"
ALSO_IN_OTHERS = {"transition_packs", "team_transition_pack"}
"""Keys of the document that say nothing which is not in the others."""


def exported(database: Database, workspace_id: int, **asked: Any) -> tuple[dict[str, Any], bytes]:
    """The JSON document and the zip of the same binder."""
    request = ExportRequest(Format.CSV, **asked)
    actor = Actor(workspace_id, DANA)
    out = io.BytesIO()
    binder = export_own(database, actor, request, NOW)
    FORMATS[Format.CSV](binder, request, NOW, out, lambda _done, _of: None)
    again = export_own(database, actor, request, NOW)
    return json.loads("".join(to_json(again, NOW))), out.getvalue()


def tables_of(content: bytes) -> dict[str, list[dict[str, str]]]:
    """Every table as a script reads it that knows nothing of us."""
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.testzip() is None
        return {
            name.removesuffix(".csv"): list(
                csv.DictReader(io.StringIO(packed.read(name).decode("utf-8-sig"), newline=""))
            )
            for name in packed.namelist()
            if name.endswith(".csv")
        }


def words_of(value: object) -> Iterator[str]:
    """Every text and number of a document, as a cell has it."""
    if isinstance(value, dict):
        for one in value.values():
            yield from words_of(one)
    elif isinstance(value, list):
        for one in value:
            yield from words_of(one)
    elif value is not None:
        yield json.dumps(value) if isinstance(value, bool | int | float) else str(value)


@pytest.mark.slow
def test_all_that_the_document_says_stands_in_a_table(
    database: Database, workspace_id: int
) -> None:
    seed(database, workspace_id, DANA, reps=2, weeks=5)
    add_private_words(database, workspace_id, DANA, "mine alone")
    with database.writing(workspace_id) as tx:
        outlive_a_meeting(tx)
    document, content = exported(database, workspace_id, with_private_notes=True)
    assert {one.key for one in TABLES} == (
        document.keys() - {"format", "exported_at"} - ALSO_IN_OTHERS
    )
    tables = tables_of(content)
    assert list(tables) == [one.name for one in TABLES]
    for key in {one.key for one in TABLES}:
        cells = {
            part
            for table in TABLES
            if table.key == key
            for row in tables[table.name]
            for cell in row.values()
            for part in (cell, *as_typed(cell).split("; "))
        }
        assert set(words_of(document[key])) - {""} <= cells, key
    assert {one["rep_name"] for one in tables["touches"]} == {"U0Danax000", "U0Danax001"}
    for table in TABLES:
        assert tables[table.name], table.name
        for column in table.columns:
            filled = any(row[column] for row in tables[table.name])
            assert filled or (table.name, column) == ("roster", "until"), f"{table.name}: {column}"


def test_what_people_typed_is_text_and_numbers_are_numbers(
    database: Database, workspace_id: int
) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=2)
    with database.writing(workspace_id) as tx:
        update_own(tx, Interaction, about=SPOKEN)
        update_own(tx, SessionTopic, plan=SPOKEN, activity="", a_week=0)
        update_own(tx, Reading, actual=Decimal(-42), target=Decimal("1.125"))
    _, content = exported(database, workspace_id)
    tables = tables_of(content)
    assert {as_typed(one["about"]) for one in tables["touches"]} == {SPOKEN}
    assert {as_typed(one["plan"]) for one in tables["topics"]} == {SPOKEN}
    assert {(one["actual"], one["target"]) for one in tables["results"]} == {("-42", "1.1250")}
    number = re.compile(r"-?\d+(\.\d+)?%?")
    for rows in tables.values():
        for row in rows:
            for cell in row.values():
                assert cell[:1] not in tuple("=+-@\t\r\n") or number.fullmatch(cell), cell


def test_it_opens_in_a_spreadsheet(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    _, content = exported(database, workspace_id)
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        assert packed.namelist()[0] == "README.txt"
        says = packed.read("README.txt").decode()
        for name in packed.namelist()[1:]:
            table = packed.read(name)
            assert table.startswith("\ufeff".encode())
            assert table.endswith(b"\r\n")
            assert name in says
            assert packed.getinfo(name).external_attr >> 16 == 0o600
        assert not [name for name in packed.namelist() if name.startswith("private")]


def test_a_table_of_nothing_has_its_columns(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=1, weeks=1)
    record = whole(export_own(database, Actor(workspace_id, DANA), ExportRequest(), NOW))
    empty = replace(record, touches=(), sessions=(), field_days=(), results=(), promises=())
    out = io.BytesIO()
    FORMATS[Format.CSV](in_parts(empty), ExportRequest(), NOW, out, lambda _done, _of: None)
    with zipfile.ZipFile(out) as packed:
        assert packed.read("touches.csv").decode("utf-8-sig") == (
            "manager_id,rep_id,date,channel,about,id,occurred_at,recorded_at,has_file,rep_name\r\n"
        )


def test_the_roster_has_whom_an_import_would_take() -> None:
    places = {"U1": None, "U2": "2026-11-23", "U3": "2026-12-01", "FORMER4": None}
    document = {
        "exported_at": "2026-11-23T09:30:00+00:00",
        "team": {"manager": "U0", "time_zone": "UTC", "channel_id": None, "country": "DE"},
        "reps": [
            {"rep": rep, "active": rep != "FORMER4", "places": [{"left_on": left_on}]}
            for rep, left_on in places.items()
        ],
    }
    (roster,) = (one for one in TABLES if one.name == "roster")
    found = [(one["rep_id"], one["until"]) for one in roster.rows(document)]
    assert found == [("U1", None), ("U3", "2026-11-30")]


def test_the_page_about_exports_names_every_file() -> None:
    page = (ROOT / "docs" / "export.md").read_text(encoding="utf-8")
    said = re.findall(r"^\| `(\w+)\.csv` \| (.*) \|$", page, re.MULTILINE)
    assert said == [(one.name, one.says) for one in TABLES]
    for kind in Format:
        assert f"| `{kind}` |" in page
