"""The table of who sees what names everything that is kept, and all that an export lets out."""

import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Text

from bot.domain.workspaces.who_sees import WHO_SEES, Reader, Sight
from bot.views.block_kit import kit
from bot.views.team.statement import STATEMENT, statement_blocks
from storage.database.types import EncryptedText
from storage.models import Base

SCHEMA = json.loads(Path("docs/export.schema.json").read_text(encoding="utf-8"))

ABOUT_NOBODY = {
    "a table": {
        "workspace",
        "audit",
        "schedule",
        "delivery",
        "export",
        "period_words",
        "posted_message",
        "team",
        "topic",
        "ramp_step",
    },
    "a column": {"form", "fault", "made", "typed_in"},
    "a field": {"format", "exported_at", "team"},
}
"""The workspace and its settings, the topics of sessions, how messages are delivered, what a form
made, the modal that something was typed in; what a manager says of a period, which is asked about
where it seems to name anybody."""

LONGEST = 1199
"""Months that take the most words."""

ROOM_FOR_ROWS = 800
"""Characters: some five rows, each with its words in three lists."""

UNFOLDED = 700
"""Characters of a section that clients show without “see more”, at a guess on the careful side."""


def texts() -> dict[str, bool]:
    """Every column that holds words about somebody, and whether it is encrypted."""
    return {
        f"{table.name}.{column.name}": isinstance(column.type, EncryptedText)
        for table in Base.metadata.sorted_tables
        if table.name not in ABOUT_NOBODY["a table"]
        for column in table.columns
        if isinstance(column.type, Text | EncryptedText)
        and column.name not in ABOUT_NOBODY["a column"]
    }


def fields(schema: dict[str, Any], path: str = "") -> list[str]:
    """Every field of the export below which there is none, by its path."""
    if "items" in schema and "properties" in schema["items"]:
        return fields(schema["items"], f"{path}[]")
    if "properties" not in schema:
        return [path]
    return [
        field
        for name, one in schema["properties"].items()
        for field in fields(one, f"{path}.{name}" if path else name)
    ]


def test_every_word_that_is_kept_about_somebody_is_in_one_row() -> None:
    named = [column for row in WHO_SEES for column in row.columns]
    assert sorted(named) == sorted(set(named))
    kept = set(texts())
    assert kept - set(named) == set(), "kept, and no row says who sees it"
    assert set(named) - kept == set(), "named, and not kept"


def test_what_is_encrypted_is_what_the_table_says() -> None:
    kept = texts()
    for row in WHO_SEES:
        sealed = row.sight(Reader.OPERATOR) is Sight.ENCRYPTED
        words = [column for column in row.columns if not column.endswith((".step", ".message"))]
        assert all(kept[column] is sealed for column in words), row.words


def test_every_field_of_the_export_is_in_one_row_that_lets_it_out() -> None:
    for field in fields(SCHEMA):
        if field.split(".")[0].split("[")[0] in ABOUT_NOBODY["a field"]:
            continue
        rows = [
            row
            for row in WHO_SEES
            if any(field == one or field.startswith((f"{one}.", f"{one}[")) for one in row.exported)
        ]
        assert len(rows) == 1, f"{field} is in {len(rows)} rows"
        ticked = field.split(".")[0].split("[")[0] not in SCHEMA["required"]
        lets_out = (Sight.TICKED,) if ticked else (Sight.YES, Sight.AS_SAID)
        assert rows[0].sight(Reader.EXPORT) in lets_out, field


def test_what_no_export_may_have_names_no_field() -> None:
    for row in WHO_SEES:
        assert not row.exported or row.sight(Reader.EXPORT) is not Sight.NO, row.words
        assert row.exported or not row.columns or row.sight(Reader.EXPORT) is Sight.NO, row.words


@pytest.mark.parametrize("row", WHO_SEES, ids=lambda row: row.words[:30])
def test_the_statement_names_all_that_is_kept_and_everyone_who_reads_it(row: Any) -> None:
    said = "\n".join(STATEMENT)
    assert row.words in said
    for reader, head in (
        (Reader.REP, "You see"),
        (Reader.STAND_IN, "Who stands in for your manager reads"),
        (Reader.CHANNEL, "The team's channel has"),
    ):
        if row.sight(reader) is Sight.YES:
            (line,) = [one for one in STATEMENT if one.startswith(f"*{head}:*")]
            assert row.words in line
    for reader, head in (
        (Reader.REP, "Not shown to you"),
        (Reader.LATER_MANAGER, "Whoever manages the team later reads all but"),
        (Reader.EXPORT, "An export of the team has all but"),
    ):
        (line,) = [one for one in STATEMENT if one.startswith(f"*{head}:*")]
        assert (row.words in line) is (row.sight(reader) is Sight.NO)
    (line,) = [one for one in STATEMENT if one.startswith("*And once it was shared with you:*")]
    assert (row.words in line) is (row.sight(Reader.LATER_MANAGER) is Sight.ONCE_SHARED)


def test_the_statement_fits_into_a_message_and_has_room_for_more_rows() -> None:
    """A rep reads it on a phone, after a hello: half a message is much. A row that takes the last
    of the room is to make another shorter."""
    assert kit.weight(statement_blocks(LONGEST)) < kit.MESSAGE_ROOM / 2 - ROOM_FOR_ROWS


def test_no_part_of_the_statement_is_so_long_that_slack_folds_it() -> None:
    assert all(kit.weight([block]) < UNFOLDED for block in statement_blocks(LONGEST))
