"""Promises and contacts that stand before a story begins, and what goes out to whom."""

import json
import re
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta

from sqlalchemy.exc import TimeoutError

from bot.domain.promises import Owner, PromiseEntry
from bot.services import promises
from slack_sandbox import Modal, Person
from tests.scenarios.conftest import World

FRIDAY = date(2026, 11, 27)


def promise(
    world: World,
    manager: Person,
    rep: Person,
    what: str,
    *,
    owner: Owner = Owner.MANAGER,
    due: date | None = FRIDAY,
    raised: bool = False,
    agreed: bool = True,
) -> int:
    """A promise between the two; its id. A step of the rep's is `agreed` to."""
    form = f"{manager.id} {rep.id} {owner} {what}"
    entry = PromiseEntry(rep.id, owner, what, due)
    made = promises.make(
        world.database,
        world.actor(manager),
        entry,
        form,
        world.slack.clock.now(),
        raised=raised,
    )
    if owner is Owner.REP and agreed:
        promises.agree(world.database, world.actor(rep), made.promise.id, world.slack.clock.now())
    return made.promise.id


def owed(manager: Person) -> Modal:
    """**You owe**, on Home: what the manager promised all reps, and what they raised."""
    return _opened(manager, "You owe")


def theirs(manager: Person) -> Modal:
    """**They promised**, on Home, or what is only noted for them."""
    return _opened(manager, "They promised", "You noted for them")


def _opened(manager: Person, *labels: str) -> Modal:
    if manager.modal is not None:
        manager.modal.close_all()
    manager.opens_home()
    assert manager.home is not None
    found = re.findall(rf"\[((?:{'|'.join(labels)}) · \d+)\]", manager.home.text)
    manager.clicks(found[0])
    assert manager.modal is not None
    return manager.modal


def sent_to(world: World, person: Person) -> str:
    """Everything that Windshield drew or wrote for that person, as it went out."""
    own = {person.id, *(message.channel for message in person.dm)}
    calls = [
        call.arguments
        for call in world.slack.calls
        if own & {call.arguments.get("user_id"), call.arguments.get("channel")}
    ]
    return json.dumps(calls, ensure_ascii=False)


@contextmanager
def locked(world: World) -> Iterator[None]:
    """Meanwhile somebody else holds what every change of a promise has to write to."""
    with world.database.engine.connect() as connection, connection.begin():
        if not world.database.is_sqlite:
            connection.exec_driver_sql("LOCK TABLE promise IN ACCESS EXCLUSIVE MODE")
        yield


@contextmanager
def crowded(world: World) -> Iterator[None]:
    """Meanwhile others use every connection there is, and nobody can even read."""
    with ExitStack() as busy:
        while True:
            try:
                busy.enter_context(world.database.engine.connect())
            except TimeoutError:
                break
        yield


def next_day(world: World, days: int = 1) -> None:
    """Let days go by."""
    world.slack.clock.advance(timedelta(days=days))
