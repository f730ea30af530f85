"""The address of somebody's calendar, on a phone."""

import pytest

from slack_sandbox import Person
from tests.browser.conftest import Visit
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import team_of


@pytest.fixture
def dana(world: World) -> Person:
    manager = world.person("Dana Moss")
    team_of(world, manager, 3)
    return manager


@pytest.mark.slow
@pytest.mark.parametrize("dark", [False, True])
def test_an_address_fits_a_phone(visit: Visit, dana: Person, *, dark: bool) -> None:
    name = "phone-calendar-dark" if dark else "phone-calendar"
    look = visit(dana, "app/home", phone=True, dark=dark)
    dana.opens_home()
    look.sees("Calendar address").scroll_into_view_if_needed()
    look.shoots(f"{name}-home")
    dana.clicks("Calendar address")
    look.form("Calendar address")
    look.shoots(f"{name}-none")
    modal(dana).submit()
    look.sees("Your address")
    look.shoots(f"{name}-address")
    modal(dana).close_all()
    dana.clicks("Calendar address")
    look.form("Calendar address")
    look.shoots(f"{name}-there")
    modal(dana).clicks("End it")
    look.sees("The address is ended.")
    look.shoots(f"{name}-ended")
