"""Promises and contacts that stand before a story begins, and what goes out to whom."""

import json
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import date, timedelta

from sqlalchemy.exc import TimeoutError

from bot.domain.promises import Owner, PromiseEntry
from bot.services import promises
from slack_sandbox import Person
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
