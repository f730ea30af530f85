"""The app is removed from the workspace: whatever went on there by itself ends at once."""

import http.client
from datetime import timedelta
from urllib.parse import urlsplit

import pytest

from bot.domain.binder.exporting import ExportState
from bot.jobs.exporting import Exports
from bot.serving.http import Http
from slack_sandbox import Person
from storage.binder import calendars, exports
from tests.scenarios.binder.exporting import asks
from tests.scenarios.binder.test_calendar import make_address
from tests.scenarios.conftest import World

pytestmark = pytest.mark.slow


@pytest.mark.reps("sam", "lena")
def test_a_removed_app_serves_no_calendar_makes_no_export_and_writes_to_nobody(
    world: World, dana: Person, caplog: pytest.LogCaptureFixture
) -> None:
    address = make_address(dana)
    served = Http(world.product, 0, "a signing secret")
    served.start()

    def status() -> int:
        line = http.client.HTTPConnection("127.0.0.1", served.port, timeout=10)
        line.request("GET", urlsplit(address).path)
        found = line.getresponse().status
        line.close()
        return found

    try:
        assert status() == 200
        asks(dana)
        world.slack.remove_app()
        assert status() == 404
    finally:
        served.server.stop()
    assert "the app was removed from workspace" in caplog.text
    with world.database.reading(world.workspace_id) as tx:
        (export,) = exports.get_many(tx, [1]).values()
    assert export.state is ExportState.STOPPED

    # Nothing is tried either, however much is due by then.
    before = len(world.slack.calls)
    world.slack.clock.advance(timedelta(days=8))
    now = world.slack.clock.now()
    counts = world.heart.beat(now)
    assert counts.next_try is None
    assert not Exports(world.product.app).work(now)
    assert len(world.slack.calls) == before
    assert world.product.app.workspaces == {}


@pytest.mark.reps("sam")
def test_a_token_that_somebody_else_gave_up_ends_nothing(world: World, dana: Person) -> None:
    world.slack.revoke_tokens(of_bot=False)
    assert world.workspace_id in world.product.app.workspaces.values()
    dana.slash("/todo")
    assert dana.sees("Sam Stone")
    world.slack.revoke_tokens(of_bot=True)
    assert world.product.app.workspaces == {}


@pytest.mark.reps("sam")
def test_what_is_told_again_of_a_removal_before_this_process_began_ends_nothing(
    world: World, dana: Person
) -> None:
    """Slack tells for minutes what nobody took; by then the app may be there again."""
    make_address(dana)
    app = world.product.app
    object.__setattr__(app, "since", world.slack.clock.now() + timedelta(minutes=5))
    world.slack.remove_app()
    assert world.workspace_id in app.workspaces.values()
    with world.database.reading(world.workspace_id) as tx:
        assert calendars.made_at(tx, dana.id) is not None
