"""A binder that its manager takes out of Slack, on a phone."""

import pytest

from bot.jobs.exporting import FORMATS_HERE
from bot.services.binder import exporting
from slack_sandbox import Person
from tests.browser.conftest import Visit
from tests.scenarios.binder.exporting import JSON, comes_again, goes_on
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
def test_an_export_fits_a_phone(visit: Visit, world: World, dana: Person, *, dark: bool) -> None:
    name = "phone-export-dark" if dark else "phone-export"
    look = visit(dana, phone=True, dark=dark)
    dana.opens_home()
    dana.clicks("Export")
    look.form("Export")
    look.shoots(f"{name}-form")
    modal(dana).fill("As", JSON)
    modal(dana).fill("My private notes", ["Put mine in too"])
    modal(dana).submit()
    look.sees("Your binder is being put together.")
    look.shoots(f"{name}-asked")
    modal(dana).close_all()
    now = world.slack.clock.now()
    world.heart.beat(now)
    claimed = exporting.claim(world.database, world.workspace_id, FORMATS_HERE, now)
    assert claimed is not None
    exporting.progress(world.database, world.workspace_id, claimed, 12, 60)
    world.heart.beat(now)
    look.sees("12 of 60 parts are there.")
    look.shoots(f"{name}-progress")
    dana.slash("/binder export")
    look.form("Export")
    look.shoots(f"{name}-one-at-a-time")
    modal(dana).close_all()
    comes_again(world)
    goes_on(world)
    look.sees("Your binder is here, as a file.")
    look.shoots(f"{name}-there")
    dana.slash("/binder export")
    modal(dana).clicks("See")
    look.form("Taken so far")
    look.shoots(f"{name}-taken")
