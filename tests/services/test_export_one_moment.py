"""An export is of one moment, whatever is written or erased while it is read."""

import json
from typing import Any

import pytest
from sqlalchemy import event

from bot.domain.binder.export import ExportRequest
from bot.exchange.json_export import to_json
from bot.services.binder.export import export_team
from bot.services.team import erasure
from storage.database.engine import Database
from tests.services.history import NOW, seed
from tests.services.monday import DANA

pytestmark = pytest.mark.both

GONE = f"{DANA}X000"


def document(database: Database, workspace_id: int) -> Any:
    record = export_team(database, workspace_id, DANA, ExportRequest(), NOW)
    return json.loads("".join(to_json(record, NOW)))


@pytest.mark.slow
@pytest.mark.parametrize("statements", [8, 40])
def test_a_rep_who_is_erased_meanwhile_is_in_it_whole(
    database: Database, workspace_id: int, statements: int
) -> None:
    seed(database, workspace_id, DANA, reps=2, weeks=4)
    before = document(database, workspace_id)
    seen = []

    def erase_after_some(*_: Any) -> None:
        seen.append(1)
        if len(seen) == statements:
            erasure.erase(database, workspace_id, GONE, NOW)

    event.listen(database.engine, "after_cursor_execute", erase_after_some)
    try:
        meanwhile = document(database, workspace_id)
    finally:
        event.remove(database.engine, "after_cursor_execute", erase_after_some)
    assert len(seen) > statements + 20
    assert meanwhile == before
    assert GONE in json.dumps(meanwhile)
    assert GONE not in json.dumps(document(database, workspace_id))
