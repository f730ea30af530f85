"""Which listener takes what."""

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeAlias

from slack_bolt import Ack, App, BoltContext

Listener: TypeAlias = Callable[[Ack, dict[str, Any], BoltContext], None]
Table: TypeAlias = dict[str, Listener]

ANY = re.compile("")


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

    def listen(self, unknown: Listener) -> None:
        """Let Bolt know, once everything is registered. `unknown` takes every command, action, form
        and shortcut of a name that nobody knows any more."""
        self._app.command(ANY)(_looking_up(self._commands, lambda body: body["command"], unknown))
        self._app.action(ANY)(
            _looking_up(self._actions, lambda body: body["actions"][0]["action_id"], unknown)
        )
        self._app.view(ANY)(
            _looking_up(self._views, lambda body: body["view"]["callback_id"], unknown)
        )
        self._app.shortcut(ANY)(unknown)


def _taker(table: Table, name: str) -> Callable[[Listener], None]:
    def take(listener: Listener) -> None:
        if name in table:
            raise ValueError(f"{name} has a listener already")
        table[name] = listener

    return take


def _looking_up(
    table: Mapping[str, Listener], named: Callable[[dict[str, Any]], str], unknown: Listener
) -> Listener:
    def listener(ack: Ack, body: dict[str, Any], context: BoltContext) -> None:
        table.get(named(body), unknown)(ack, body, context)

    return listener
