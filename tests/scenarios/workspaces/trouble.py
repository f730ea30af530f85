"""What goes wrong around a story, and people who press what is not theirs."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any

from slack_bolt import BoltRequest, BoltResponse

from bot.screens.team.people import ensure_profiles
from bot.services.binder.pass_on import pass_team
from slack_sandbox import Person
from slack_sandbox.screens import Message
from storage.team import people, teams
from tests.scenarios.conftest import World, settled


@contextmanager
def held(world: World, *tables: str) -> Iterator[None]:
    """Meanwhile somebody else holds those tables (on SQLite, all of them) and does not let go."""
    with world.database.engine.connect() as connection, connection.begin():
        if not world.database.is_sqlite:
            connection.exec_driver_sql(f"LOCK TABLE {', '.join(tables)} IN ACCESS EXCLUSIVE MODE")
        yield


def presses_copy(person: Person, message: Message, label: str) -> None:
    """Press a button of somebody else's message, as whoever gets hold of a copy could."""
    assert Message(message.client, person._member, message.post).press(label)


def pressing(world: World, person: Person, action: str, value: str, **more: Any) -> BoltResponse:
    """A press that no screen offers: the app gets it as if Slack had sent it."""
    return receives(
        world,
        {
            "type": "block_actions",
            "team": {"id": world.slack.team_id},
            "user": {"id": person.id},
            "actions": [
                {"type": "button", "action_id": action, "block_id": "forged", "value": value}
            ],
            "trigger_id": "",
            **more,
        },
    )


def happens(world: World, event: dict[str, Any], retry: int = 0) -> BoltResponse:
    """An event that no person of the sandbox can cause; `retry` is which repetition it is."""
    body = {"type": "event_callback", "team_id": world.slack.team_id, "event": event}
    return receives(world, body, {"x-slack-retry-num": str(retry)})


def receives(
    world: World, body: dict[str, Any], headers: dict[str, str | Sequence[str]] | None = None
) -> BoltResponse:
    """The app gets `body` as if Slack had sent it; its answer, once it has come to rest."""
    request = BoltRequest(mode="socket_mode", body=body, headers=headers)
    answer = world.product.bolt.dispatch(request)
    settled(world.product)
    return answer


def hand_over_team(world: World, before: Person, after: Person) -> None:
    """The team passes to a new manager."""
    ensure_profiles(world.product.app, world.workspace_id, [after.id])
    now = world.slack.clock.now()
    with world.database.writing(world.workspace_id) as tx:
        old, new = people.get(tx, before.id), people.get(tx, after.id)
        assert old is not None
        assert new is not None
        team = teams.of_manager(tx, old.slack_id)
        assert team is not None
        pass_team(tx, team, new, now, introduced=True)


def everything_sent(world: World) -> str:
    """All that went out to Slack so far, acks included."""
    calls = [(call.method, call.arguments) for call in world.slack.calls]
    acks = [delivery.response for delivery in world.slack.acks]
    return json.dumps([calls, acks], ensure_ascii=False)
