"""A manager logs impromptu contact, as a person would."""

import pytest

from bot.sandbox import Person
from tests.scenarios.conftest import World


@pytest.fixture
def dana(world: World) -> Person:
    """A manager with Sam Stone and Lena Fox on the team."""
    manager = world.person("Dana Moss")
    world.team(manager, world.person("Sam Stone"), world.person("Lena Fox"))
    return manager


def test_one_line_logs_a_touch_and_undo_takes_it_back(dana: Person) -> None:
    dana.slash("/touch @Sam Stone call yesterday about the Acme renewal, sent the price sheet")
    dana.sees("Logged: call with Sam Stone, yesterday · about the Acme renewal, sent the price")
    dana.clicks("Undo")
    dana.sees("Taken back: call with Sam Stone")
    dana.sees_not("Logged:")
    dana.clicks("Put it back")
    dana.sees("Logged: call with Sam Stone, yesterday")
