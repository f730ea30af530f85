"""Each request goes to the listener of its own name, and one of no name to whoever says so."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest
from slack_bolt import Ack, App, BoltContext, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from handlers.routes import Listener, Routes

OF_KIND: dict[str, Callable[[str], dict[str, Any]]] = {
    "command": lambda name: {"command": name, "text": "", "user_id": "U1", "team_id": "T1"},
    "action": lambda name: {
        "type": "block_actions",
        "actions": [{"action_id": name, "block_id": "b"}],
        "user": {"id": "U1", "team_id": "T1"},
    },
    "view": lambda name: {
        "type": "view_submission",
        "view": {"type": "modal", "callback_id": name},
        "user": {"id": "U1", "team_id": "T1"},
    },
}
NAMES = ("/todo", "todo", "todo.done", "todo.done.again", "done")


@pytest.fixture
def bolt() -> Iterator[App]:
    with ThreadPoolExecutor(1) as pool:
        yield App(
            signing_secret="none",
            authorize=lambda: AuthorizeResult(enterprise_id=None, team_id="T1", bot_token="xoxb-1"),
            listener_executor=pool,
        )


class Heard(list[str]):
    """Which listeners were asked."""

    def by(self, name: str) -> Listener:
        def listener(ack: Ack, _body: dict[str, Any], _context: BoltContext) -> None:
            self.append(name)
            ack()

        return listener


def ask(bolt: App, kind: str, name: str) -> int:
    """The status of the answer to a request of that kind and name."""
    return bolt.dispatch(BoltRequest(mode="socket_mode", body=OF_KIND[kind](name))).status


def registered(bolt: App, kind: str) -> Heard:
    """A listener for each name."""
    routes, heard = Routes(bolt), Heard()
    for name in NAMES:
        getattr(routes, kind)(name)(heard.by(name))
    routes.listen(heard.by("unknown"))
    return heard


@pytest.mark.parametrize("kind", OF_KIND)
def test_each_goes_to_the_listener_of_its_own_name(bolt: App, kind: str) -> None:
    heard = registered(bolt, kind)
    assert [ask(bolt, kind, name) for name in NAMES] == [200] * len(NAMES)
    assert heard == list(NAMES)


@pytest.mark.parametrize("kind", OF_KIND)
@pytest.mark.parametrize("name", ["", "todoxdone", "todo.", "TODO", "done\n", "undone"])
def test_a_name_that_nobody_took_goes_to_whoever_says_so(bolt: App, kind: str, name: str) -> None:
    heard = registered(bolt, kind)
    assert ask(bolt, kind, name) == 200
    assert heard == ["unknown"]


def test_a_name_is_taken_once(bolt: App) -> None:
    routes, heard = Routes(bolt), Heard()
    routes.action("done")(heard.by("one"))
    with pytest.raises(ValueError, match="done"):
        routes.action("done")(heard.by("another"))
    routes.view("done")(heard.by("a view of that name is another thing"))
