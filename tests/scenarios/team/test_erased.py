"""A rep asks for the end of all that is kept about them: as the rep, the manager and an operator
live it."""

import pytest

from bot.services.team import erasure
from slack_sandbox import Message, Person
from storage.team import people
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.promises.promising import promise

pytestmark = pytest.mark.reps("sam", "lena")

WORDS = "kwx"
"""In every word about Sam, and by Sam."""


def shown(message: Message) -> str:
    """All that Slack has of a message."""
    return message.text + str(message.raw)


def all_shown(*everyone: Person) -> str:
    """What stands in everybody's conversation with Windshield."""
    return " ".join(shown(message) for person in everyone for message in person.dm)


def test_nothing_of_them_comes_back(world: World, dana: Person, sam: Person, lena: Person) -> None:
    now = world.slack.clock.now()
    dana.slash("/touch @Lena Fox call about the renewal")
    dana.slash(f"/touch @Sam Stone call about {WORDS} terms")
    promise(world, dana, sam, f"{WORDS} sheet")
    sam.opens_home()
    sam.clicks("Raise something")
    modal(sam).fill("What", f"{WORDS} quotes")
    modal(sam).submit()
    world.heart.beat(now)
    assert f"{WORDS} quotes" in all_shown(dana)
    sam.opens_home()
    sam.clicks("Raise something")
    modal(sam).fill("What", f"{WORDS} late")
    dana.slash("/session @Sam Stone")
    modal(dana).fill("Plan", f"{WORDS} north")

    erasure.erase(world.database, world.workspace_id, sam.id, now)
    world.heart.beat(now)

    sam_submits(sam)
    modal(dana).submit()
    sam.changes(name="Sam Stone-Berg")
    sam.says(f"{WORDS} in a message")
    sam.opens_home()
    dana.slash(f"/touch @Sam Stone call about {WORDS} again")
    world.heart.beat(now)
    assert [one.text for one in (*dana.dm, *lena.dm) if WORDS in shown(one)] == []
    assert "What stood here is not kept any more." in all_shown(dana)
    with world.database.reading(world.workspace_id) as tx:
        assert people.get(tx, sam.id) is None
        assert "Sam" not in str(people.called(tx, ["sam stone"]))
    dana.slash("/todo")
    dana.sees("Lena Fox")
    dana.slash("/binder @Lena Fox")
    modal(dana).close()


def sam_submits(sam: Person) -> None:
    """The form that was open as it happened."""
    modal(sam).submit()
