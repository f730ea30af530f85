"""Notes at the level of the use case: whose they are, once, and what a mention decides."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.domain.contacts.interactions import KeptNote
from bot.domain.contacts.received import FileKind, KeptFile
from bot.domain.team.settings import TeamSettings
from bot.domain.workspaces.people import Actor
from bot.domain.workspaces.refusals import Gone, NoTeam
from bot.services.contacts import notes, private_notes
from bot.services.contacts.notes import Change, Standing
from storage.database.engine import Database
from storage.team import teams
from tests.storage.world import LATER, MANAGER, NEW_REP, NOW, PRIVATE, REP, World, add_people, fill

OTHER = "U0OTHER"


@pytest.fixture
def world(database: Database) -> World:
    return fill(database, "T1")


def kept(database: Database, world: World, text: str = "call Sam", **more: Any) -> int | None:
    actor = Actor(world.workspace_id, MANAGER)
    return notes.save_message(database, actor, text, (), more.get("message", "D1:1.1"), NOW)


def note_at(database: Database, world: World, at: datetime) -> KeptNote:
    actor = Actor(world.workspace_id, MANAGER)
    made = notes.save_message(database, actor, "late", (), "D1:late", at)
    assert made is not None
    return notes.get(database, actor, made, at)


def test_a_message_is_a_note_once(database: Database, world: World) -> None:
    assert kept(database, world) is not None
    assert kept(database, world) is None


def test_only_a_manager_keeps_notes(database: Database, world: World) -> None:
    for who in (REP, "U0NOBODY"):
        with pytest.raises(NoTeam):
            notes.save_message(database, Actor(world.workspace_id, who), "x", (), "D1:1", NOW)


FILE = KeptFile(FileKind.FILE, "prices.pdf", "https://x.slack.com/files/U1/F1/prices.pdf")
MINUTE = timedelta(minutes=1)


@pytest.mark.parametrize(
    ("edits", "said", "changes"),
    [
        ([("two", 1)], "two", [Change.CHANGED]),
        ([("two", 1), ("three", 2)], "three", [Change.CHANGED, Change.CHANGED]),
        ([("three", 2), ("two", 1)], "three", [Change.CHANGED, Change.NOTHING]),
        ([("two", 1), ("two", 1)], "two", [Change.CHANGED, Change.NOTHING]),
        ([("one", 1)], "one", [Change.NOTHING]),
        ([("two", 1), ("one", 2)], "one", [Change.CHANGED, Change.CHANGED]),
    ],
    ids=["once", "twice", "out of order", "told of twice", "the same words", "and back"],
)
def test_a_note_says_what_was_edited_last(
    database: Database,
    world: World,
    edits: list[tuple[str, int]],
    said: str,
    changes: list[Change],
) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    note_id = kept(database, world, "one")
    assert note_id is not None
    found = [
        notes.edit_message(database, actor, words, (), "D1:1.1", NOW, NOW + MINUTE * at)[1]
        for words, at in edits
    ]
    assert found == changes
    assert notes.get(database, actor, note_id, LATER).note.text == said


def test_an_edit_that_comes_before_the_message_makes_the_note(
    database: Database, world: World
) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    note_id, change = notes.edit_message(
        database, actor, "two", [FILE], "D1:1.1", NOW, NOW + MINUTE
    )
    assert change is Change.NEW
    assert kept(database, world, "one") is None
    note = notes.get(database, actor, note_id, LATER).note
    assert (note.text, note.files, note.written_at) == ("two", (FILE,), NOW)


def test_an_edit_brings_no_deleted_note_back_and_is_nobody_elses(
    database: Database, world: World
) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    note_id = kept(database, world, "one")
    assert note_id is not None
    notes.delete(database, actor, note_id, NOW)
    edited = notes.edit_message(database, actor, "two", (), "D1:1.1", NOW, NOW + MINUTE)
    assert edited[1] is Change.NOTHING
    notes.put_back(database, actor, note_id)
    assert notes.get(database, actor, note_id, LATER).note.text == "one"
    with database.writing(world.workspace_id) as tx:
        other = add_people(tx, [OTHER])[OTHER]
        teams.create(tx, other, TeamSettings(), NOW)
    stranger = Actor(world.workspace_id, OTHER)
    edited = notes.edit_message(database, stranger, "theirs", (), "D1:1.1", NOW, NOW + MINUTE)
    assert edited[1] is Change.NOTHING
    assert notes.get(database, actor, note_id, LATER).note.text == "one"


def test_what_becomes_of_words_depends_on_who_writes(database: Database, world: World) -> None:
    assert [
        notes.standing(database, Actor(world.workspace_id, who), NOW)
        for who in (MANAGER, REP, NEW_REP, "U0NOBODY")
    ] == [Standing.MANAGER, Standing.REP, Standing.NEW, Standing.NEW]


def test_the_day_is_the_one_on_the_authors_wall(database: Database, world: World) -> None:
    late = datetime(2026, 11, 23, 23, 30, tzinfo=UTC)
    assert note_at(database, world, late).day.isoformat() == "2026-11-24"


def test_a_page_has_the_newest_and_says_whether_there_are_more(
    database: Database, world: World
) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    for number in range(notes.PAGE):
        at = NOW + timedelta(minutes=number + 1)
        notes.save_message(database, actor, f"{number}", (), f"D1:{number}", at)
    page = notes.page_of(database, actor, LATER)
    assert [kept.note.text for kept in page.notes] == [
        f"{number}" for number in reversed(range(notes.PAGE))
    ]
    assert page.more
    rest = notes.page_of(database, actor, LATER, notes.PAGE)
    assert [kept.note.text for kept in rest.notes] == [PRIVATE]
    assert not rest.more


def test_another_manager_gets_at_no_note(database: Database, world: World) -> None:
    with database.writing(world.workspace_id) as tx:
        other = add_people(tx, [OTHER])[OTHER]
        teams.create(tx, other, TeamSettings(), NOW)
    actor = Actor(world.workspace_id, OTHER)
    for use in (
        lambda: notes.get(database, actor, world.note_id, NOW),
        lambda: notes.answers(database, actor, world.note_id),
        lambda: notes.answer(database, actor, world.note_id, NOW),
        lambda: notes.delete(database, actor, world.note_id, NOW),
        lambda: notes.put_back(database, actor, world.note_id),
    ):
        with pytest.raises(Gone):
            use()
    assert notes.page_of(database, actor, NOW).notes == ()
    for forbidden in (
        lambda: private_notes.read(database, actor, world.touch_id),
        lambda: private_notes.add(database, actor, world.touch_id, "mine", "form"),
        lambda: private_notes.rewrite(database, actor, world.touch_id, "mine"),
    ):
        with pytest.raises(Gone):
            forbidden()


def test_a_deleted_note_is_gone_until_it_is_put_back(database: Database, world: World) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    notes.delete(database, actor, world.note_id, NOW)
    with pytest.raises(Gone):
        notes.get(database, actor, world.note_id, NOW)
    notes.put_back(database, actor, world.note_id)
    assert notes.get(database, actor, world.note_id, NOW).note.text == PRIVATE


def test_a_private_note_grows_and_the_same_words_twice_are_there_once(
    database: Database, world: World
) -> None:
    actor = Actor(world.workspace_id, MANAGER)
    for _ in range(2):
        private_notes.add(database, actor, world.touch_id, "spoke again", "form")
    assert private_notes.read(database, actor, world.touch_id)[1] == f"{PRIVATE}\nspoke again"
    private_notes.rewrite(database, actor, world.touch_id, "")
    contact, note = private_notes.read(database, actor, world.touch_id)
    assert (contact.has_private_note, note) == (False, "")
