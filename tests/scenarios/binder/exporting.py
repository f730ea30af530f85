"""A binder that its manager exports from Slack, as a story goes on with it."""

import json
import sys
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Any

from sqlalchemy import text

from bot.jobs.child import TIME_LIMIT
from bot.jobs.exporting import Exports
from bot.messenger import Messenger
from slack_sandbox import Person
from slack_sandbox.screens import Message
from tests import forked
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal

if TYPE_CHECKING:
    from _typeshed import SupportsRead

JSON = "JSON, complete, for other programs"

A_MOMENT = timedelta(seconds=31)
"""After which what was in doubt is looked for."""


def a_process(*steps: str) -> Sequence[str]:
    """A process in the place of the one that writes the file: it reads what to make, and does
    that."""
    return (
        sys.executable,
        "-S",
        "-c",
        "\n".join(("import sys, os", "sys.stdin.readline()", *steps)),
    )


AT_ONCE = a_process("sys.stdout.write('{}')")
"""Writes a file that has nothing in it."""


def asks(manager: Person, **fields: Any) -> None:
    """The manager opens the form from Home and sends it."""
    manager.opens_home()
    manager.clicks("Export")
    for label, value in {"As": JSON, **fields}.items():
        modal(manager).fill(label.replace("_", " "), value)
    modal(manager).submit()
    modal(manager).close_all()


def goes_on(
    world: World,
    command: Sequence[str] | None = None,
    *,
    time_limit: float = TIME_LIMIT,
    messenger: Messenger | None = None,
) -> None:
    """What the bot does by itself: messages go out, the file is made and sent, messages follow."""
    app = world.product.app
    world.heart.beat(world.slack.clock.now())
    mine = replace(app, messenger=messenger or app.messenger)
    with forked.making() as made:
        Exports(mine, command=command or made, time_limit=time_limit).work(world.slack.clock.now())
    world.heart.beat(world.slack.clock.now())


def comes_again(world: World) -> None:
    """The process that had it is gone for long enough that another takes it up."""
    with world.database.writing(world.workspace_id) as tx:
        tx.connection.execute(text("UPDATE export SET leased_until = 1"))
    world.slack.clock.advance(A_MOMENT)


def with_files(person: Person) -> list[Message]:
    """Messages of that person's with a file, oldest first."""
    return [message for message in person.dm if message.files]


def files_of(person: Person) -> list[Any]:
    """What the exports in that person's messages hold, oldest first."""
    return [json.loads(held) for shown in with_files(person) for held in shown.files.values()]


class Killed(BaseException):
    """The process ended here."""


class Dying(Messenger):
    """The process ends as it makes that call, before or after Slack carries it out."""

    def __init__(self, messenger: Messenger, step: str, *, after: bool) -> None:
        vars(self).update(vars(messenger))
        method = getattr(messenger, step)

        def dies(*args: Any) -> None:
            if after:
                method(*args)
            raise Killed

        setattr(self, step, dies)


class Slow(Messenger):
    """A file goes in parts, with so long before each, in which something happens."""

    def __init__(self, world: World, pause: timedelta, meanwhile: Callable[[], None]) -> None:
        messenger = world.product.app.messenger
        vars(self).update(vars(messenger))

        class Parts:
            def __init__(self, file: "SupportsRead[bytes]") -> None:
                self.file = file

            def read(self, size: int = -1, /) -> bytes:
                world.slack.clock.advance(pause)
                meanwhile()
                return self.file.read(size)

        def send_file(url: str, file: "SupportsRead[bytes]", length: int) -> None:
            messenger.send_file(url, Parts(file), length)

        vars(self)["send_file"] = send_file


def leased_until(world: World) -> float:
    """Until when the export that is under way is one process's."""
    with world.database.reading(world.workspace_id) as tx:
        asked = "SELECT max(leased_until) FROM export"
        return float(tx.connection.execute(text(asked)).scalar_one())
