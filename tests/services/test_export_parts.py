"""An export is read rep by rep: years of a large team are never in memory as a whole."""

import gc
import io
import zipfile
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import replace
from weakref import ref

import pytest

from bot.domain.binder.export import ExportRequest, Format
from bot.domain.binder.record import Binder, TeamRecord
from bot.domain.workspaces.people import Actor
from bot.exchange.formats import FORMATS
from bot.services.binder import export
from storage.database.engine import Database
from tests.services.history import NOW, seed
from tests.services.monday import DANA
from tests.services.private_words import add_private_words
from tests.storage.world import statements

REPS = 5


def taken(database: Database, workspace_id: int, kind: Format) -> Binder:
    request = ExportRequest(kind, with_private_notes=True)
    return export.export_own(database, Actor(workspace_id, DANA), request, NOW)


def written(binder: Binder, kind: Format) -> bytes:
    out = io.BytesIO()
    with binder:
        FORMATS[kind](binder, ExportRequest(kind), NOW, out, lambda _done, _of: None)
    if kind is not Format.CSV:
        return out.getvalue()
    with zipfile.ZipFile(out) as packed:
        return b"".join(packed.read(name) for name in packed.namelist())


def watched(binder: Binder) -> Binder:
    """The same, which fails where a part is still there as the next is asked for."""

    def parts() -> Generator[TeamRecord, None, None]:
        assert binder.count > 1
        before = None
        for _ in range(binder.count):
            assert before is None or before() is None, "a part is kept while the next is read"
            box = [next(binder.parts)]
            before = ref(box[0])
            yield box.pop()
        assert list(binder.parts) == []

    return replace(binder, parts=parts())


@contextmanager
def uncollected() -> Iterator[None]:
    """What goes here goes without the collector of cycles."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


@pytest.mark.slow
def test_each_part_is_gone_before_the_next_is_read_and_many_say_the_same_as_one(
    database: Database, workspace_id: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    seed(database, workspace_id, DANA, reps=REPS, weeks=3)
    add_private_words(database, workspace_id, DANA, "mine alone")
    for kind in (Format.JSON, Format.CSV, Format.MARKDOWN):
        monkeypatch.setattr(export, "REPS_AT_ONCE", REPS)
        at_once = written(taken(database, workspace_id, kind), kind)
        assert b"mine alone" in at_once
        monkeypatch.setattr(export, "REPS_AT_ONCE", 1)
        with uncollected():
            assert written(watched(taken(database, workspace_id, kind)), kind) == at_once


def test_each_part_is_as_many_statements(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=REPS, weeks=2)
    with taken(database, workspace_id, Format.JSON) as binder:
        counts = []
        for _ in range(binder.count):
            with statements(database) as seen:
                next(binder.parts)
            counts.append(len(seen))
    assert len(set(counts)) == 1


def test_what_is_not_read_to_its_end_is_let_go_of(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=REPS, weeks=1)
    for kind in (Format.CALENDAR, Format.JSON):
        with taken(database, workspace_id, kind) as binder:
            next(binder.parts)
        assert database.engine.pool.checkedout() == 0  # type: ignore[attr-defined]


def telling(
    binder: Binder, told: list[float]
) -> tuple[Generator[TeamRecord, None, None], list[int]]:
    """Its parts, and how often something was told as each was asked for: each time of the ones
    before."""
    read: list[int] = []

    def parts() -> Generator[TeamRecord, None, None]:
        for part in binder.parts:
            assert len(told) >= len(read)
            read.append(len(told))
            yield part

    return parts(), read


def test_how_far_it_is_is_told_while_it_is_read(database: Database, workspace_id: int) -> None:
    seed(database, workspace_id, DANA, reps=REPS, weeks=1)
    for kind in (Format.JSON, Format.CSV, Format.MARKDOWN):
        told: list[float] = []

        with taken(database, workspace_id, kind) as binder:
            parts, read = telling(binder, told)
            FORMATS[kind](
                replace(binder, parts=parts),
                *(ExportRequest(kind), NOW, io.BytesIO()),
                lambda done, of, told=told: told.append(done / of),  # type: ignore[misc]
            )
        assert len(read) == binder.count
        assert told == sorted(told)
        assert 0 < told[0] < told[-1] == 1
