from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from cryptography.fernet import Fernet
from sqlalchemy import select, text
from sqlalchemy.exc import StatementError

from bot.domain.contacts.touches import Channel
from bot.domain.workspaces.private import Unreadable
from storage.contacts import interactions, notes
from storage.database.engine import Database
from storage.models import Interaction, Note
from tests.storage.own_rows import select_own
from tests.storage.world import NOW, PRIVATE, add_people, fill

TO_THE_MICROSECOND = datetime(2026, 3, 29, 1, 30, 0, 123457, tzinfo=UTC)


@pytest.mark.parametrize(
    "given",
    [
        pytest.param(TO_THE_MICROSECOND, id="UTC"),
        pytest.param(TO_THE_MICROSECOND.replace(microsecond=0), id="no fraction"),
        pytest.param(TO_THE_MICROSECOND.astimezone(ZoneInfo("Europe/Berlin")), id="a zone"),
        pytest.param(
            TO_THE_MICROSECOND.astimezone(timezone(-timedelta(hours=9, minutes=30))), id="an offset"
        ),
    ],
)
def test_an_instant_comes_back_the_same_and_in_utc(database: Database, given: datetime) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        interactions.change(tx, world.touch_id, occurred_at=given)
    with database.reading(world.workspace_id) as tx:
        found = interactions.get(tx, world.touch_id, world.manager_id)
    assert found is not None
    assert found.occurred_at == given
    assert found.occurred_at.tzinfo is UTC


def test_an_instant_without_a_zone_is_refused(database: Database) -> None:
    world = fill(database, "T1")
    naive = NOW.replace(tzinfo=None)
    with (
        pytest.raises(StatementError, match="an instant needs a time zone"),
        database.writing(world.workspace_id) as tx,
    ):
        interactions.change(tx, world.touch_id, occurred_at=naive)
    with (
        pytest.raises(StatementError, match="an instant needs a time zone"),
        database.reading(world.workspace_id) as tx,
    ):
        tx.all(select_own(Interaction).where(Interaction.occurred_at < naive))


def test_enums_are_stored_by_value(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        interactions.change(tx, world.touch_id, channel=Channel.IN_PERSON)
        stored = tx.execute(text("SELECT kind, channel FROM interaction")).one()
        found = interactions.get(tx, world.touch_id, world.manager_id)
    assert tuple(stored) == ("touch", "in person")
    assert found is not None
    assert found.channel is Channel.IN_PERSON


def test_private_text_does_not_lie_in_the_table(database: Database) -> None:
    world = fill(database, "T1")
    with database.reading(world.workspace_id) as tx:
        stored = [
            *tx.execute(text("SELECT private_note FROM interaction")).scalars(),
            *tx.execute(text("SELECT text FROM note")).scalars(),
        ]
        assert interactions.private_note(tx, world.touch_id, world.manager_id) == PRIVATE
        assert notes.of_author(tx, world.manager_id, 1)[0].text == PRIVATE
    assert len(stored) == 2
    for value in stored:
        assert all(word.encode() not in bytes(value) for word in ("thinks", "leaving", "spring"))
    assert bytes(stored[0]) != bytes(stored[1])


def test_after_a_key_is_rotated_old_notes_are_read_and_new_ones_use_the_new_key(
    database_url: str,
) -> None:
    old, new = Fernet.generate_key(), Fernet.generate_key()
    before = Database(database_url, (old.decode(),))
    world = fill(before, "T1")
    before.close()
    after = Database(database_url, (new.decode(), old.decode()))
    with after.writing(world.workspace_id) as tx:
        assert interactions.private_note(tx, world.touch_id, world.manager_id) == PRIVATE
        author = add_people(tx, ["U0OTHER"])["U0OTHER"]
        fresh, _ = notes.add_once(tx, author, "new words", NOW, "D0OTHER:1")
        stored = tx.execute(text("SELECT text FROM note WHERE id = :id"), {"id": fresh})
        assert Fernet(new).decrypt(bytes(stored.scalar_one())) == b"new words"
    after.close()


def test_private_text_cannot_be_read_with_another_key(database_url: str, secret_key: str) -> None:
    right = Database(database_url, (secret_key,))
    world = fill(right, "T1")
    right.close()
    wrong = Database(database_url, (Fernet.generate_key().decode(),))
    try:
        with wrong.reading(world.workspace_id) as tx:
            assert notes.count(tx, world.manager_id) == 1
            assert tx.all(select(Note.text)) == [(Unreadable(),)]
            note = interactions.private_note(tx, world.touch_id, world.manager_id)
        with (
            pytest.raises(StatementError, match="must not be written over"),
            wrong.writing(world.workspace_id) as tx,
        ):
            interactions.set_private_note(tx, world.touch_id, world.manager_id, note)
    finally:
        wrong.close()
