from datetime import timedelta

from storage.contacts import notes
from storage.database.engine import Database
from tests.storage.world import LATER, NOW, PRIVATE, fill


def test_notes_are_for_their_author_alone(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        for someone_else in (world.rep_id, 0):
            assert notes.get(tx, world.note_id, someone_else) is None
            assert notes.of_author(tx, someone_else, 10) == []
            assert notes.count(tx, someone_else) == 0
            assert not notes.mark_deleted(tx, world.note_id, someone_else, NOW)
        own = notes.get(tx, world.note_id, world.manager_id)
    assert own is not None
    assert own.text == PRIVATE
    assert own.written_at == NOW


def test_notes_come_newest_first_as_many_as_asked_for(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        for number, hours in enumerate([-1, 2, 1]):
            at = NOW + timedelta(hours=hours)
            notes.add_once(tx, world.manager_id, f"{hours}", at, f"D0MANAGER:{number}")
        found = notes.of_author(tx, world.manager_id, 3)
        assert notes.count(tx, world.manager_id) == 4
    assert [note.text for note in found] == ["2", "1", PRIVATE]


def test_a_deleted_note_is_out_of_sight_until_it_is_put_back(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        assert notes.mark_deleted(tx, world.note_id, world.manager_id, NOW)
        assert notes.get(tx, world.note_id, world.manager_id) is None
        assert notes.of_author(tx, world.manager_id, 10) == []
        assert notes.count(tx, world.manager_id) == 0
        assert notes.mark_deleted(tx, world.note_id, world.manager_id, None)
        assert notes.get(tx, world.note_id, world.manager_id) is not None


def test_only_notes_deleted_before_are_removed_for_good(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        recent, _ = notes.add_once(tx, world.manager_id, "recent", NOW, "D0MANAGER:2")
        stands, _ = notes.add_once(tx, world.manager_id, "stands", NOW, "D0MANAGER:3")
        notes.mark_deleted(tx, world.note_id, world.manager_id, NOW)
        notes.mark_deleted(tx, recent, world.manager_id, LATER)
        notes.purge(tx, LATER)
        assert not notes.mark_deleted(tx, world.note_id, world.manager_id, None)
        assert notes.mark_deleted(tx, recent, world.manager_id, None)
        found = notes.of_author(tx, world.manager_id, 10)
    assert [note.id for note in found] == [stands, recent]
