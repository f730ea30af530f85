"""What the sweeps rest on: what is kept is read as it stands, and put back as it stood."""

from typing import Any

import pytest

from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.workspaces.rehearsal import Rehearsal, watching
from tests.scenarios.workspaces.standing import standing_of

Payload = dict[str, Any]


def payload_of(world: World, act: Any) -> Payload:
    """What the app is sent as that is done."""
    found: list[Payload] = []
    with watching(world, lambda _kind, _name, body: found.append(body)):
        act()
    return found[-1]


@pytest.mark.reps("sam")
def test_what_is_kept_is_read_as_it_stands_whatever_was_tried_and_put_back(
    world: World, dana: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    dana.slash("/touch @Sam Stone call about Acme")
    logged = payload_of(world, lambda: dana.slash("/touch @Sam Stone chat about Hooli"))
    looked = payload_of(world, lambda: dana.slash("/touch help"))
    rehearsal, standing = Rehearsal(world, monkeypatch), standing_of(world.database.engine)

    def read() -> dict[str, Any]:
        """By the rehearsal, in three ways; none of them may say what was before."""
        kept = standing.rows()
        by_column = {
            name: [tuple(row.values()) for row in rows.values()]
            for name, rows in rehearsal.rows().items()
        }
        assert by_column == kept
        words = rehearsal.decrypted()
        assert {n: len(rows) for n, rows in words.items()} == {n: len(r) for n, r in kept.items()}
        database = rehearsal.database()
        assert {n: len(rows) for n, rows in database.items()} == {
            n: len(rows) for n, rows in kept.items()
        }
        return dict(words)

    def typed_anew() -> Payload:
        return logged | {"trigger_id": world.slack._interactions.trigger(dana.id)}

    with rehearsal.attempts() as attempts:
        before = read()
        with attempts.another():
            assert rehearsal.send(looked).status == 200
            assert read() == before
        for _ in range(2):
            with attempts.another():
                rehearsal.send(typed_anew())
                once = read()
                assert len(once["interaction"]) == len(before["interaction"]) + 1
                # Anew, and without having looked in between.
                rehearsal.send(typed_anew())
                rehearsal.send(looked)
                twice = read()
                assert len(twice["interaction"]) == len(before["interaction"]) + 2
            assert read() == before
        assert attempts.run(typed_anew()).changed(attempts.before)
        assert not attempts.run(looked).changed(attempts.before)
        assert read() == before
    rehearsal.send(typed_anew())
    later = rehearsal.remember()
    assert len(read()["interaction"]) == len(before["interaction"]) + 1
    rehearsal.back_to(attempts.moment)
    assert read() == before
    rehearsal.back_to(later)
    assert len(read()["interaction"]) == len(before["interaction"]) + 1
