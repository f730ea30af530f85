"""Which listener takes what."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt import Ack, App

Listener: TypeAlias = Callable[[Ack, dict[str, Any]], None]
Table: TypeAlias = dict[str, Listener]


class Routes:
    """Where features register their listeners, named as in Bolt's App.

    Bolt asks one registered listener after another whether a request is its own, which with some
    hundred and fifty of them costs more than what most requests do. It is given one listener for
    all commands, one for all actions and one for all views, each of which looks up the name.
    """

    def __init__(self, app: App) -> None:
        self.event = app.event
        self.global_shortcut = app.global_shortcut
        self.message_shortcut = app.message_shortcut
        self._app = app
        self._commands: Table = {}
        self._actions: Table = {}
        self._views: Table = {}

    def command(self, name: str) -> Callable[[Listener], None]:
        return _taker(self._commands, name)

    def action(self, action_id: str) -> Callable[[Listener], None]:
        return _taker(self._actions, action_id)

    def view(self, callback_id: str) -> Callable[[Listener], None]:
        return _taker(self._views, callback_id)

    def listen(self) -> None:
        """Let Bolt know, once everything is registered."""
        self._app.command(_any_of(self._commands))(
            _looking_up(self._commands, lambda body: body["command"])
        )
        self._app.action(_any_of(self._actions))(
            _looking_up(self._actions, lambda body: body["actions"][0]["action_id"])
        )
        self._app.view(_any_of(self._views))(
            _looking_up(self._views, lambda body: body["view"]["callback_id"])
        )


def _taker(table: Table, name: str) -> Callable[[Listener], None]:
    def take(listener: Listener) -> None:
        if name in table:
            raise ValueError(f"{name} has a listener already")
        table[name] = listener

    return take


def _any_of(table: Mapping[str, Listener]) -> re.Pattern[str]:
    return re.compile(rf"\A(?:{'|'.join(map(re.escape, table))})\Z")


def _looking_up(table: Mapping[str, Listener], named: Callable[[dict[str, Any]], str]) -> Listener:
    def listener(ack: Ack, body: dict[str, Any]) -> None:
        table[named(body)](ack, body)

    return listener
