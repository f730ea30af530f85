"""A bad day for a session: the database is away, the process ends, the team passes on, someone
presses what is not theirs. Nothing written is lost, and nothing private gets out."""

import json
import logging

import pytest

from bot.app import assemble
from bot.config import Settings
from bot.domain.binder.export import ExportRequest
from bot.exchange.json_export import to_json
from bot.screens.team.people import ensure_profiles
from bot.services import home
from bot.services.binder import export
from bot.serving.sockets import SocketMode
from bot.views.block_kit.ids import AppointmentAction, BinderAction, SessionAction, SharingAction
from slack_sandbox import Person
from tests.scenarios.conftest import World, settled
from tests.scenarios.forms import modal
from tests.scenarios.workspaces.trouble import everything_sent, hand_over_team, held, pressing

pytestmark = pytest.mark.slow


@pytest.fixture
def dana(world: World, raj: Person) -> Person:
    manager = world.person("Dana Moss")
    world.team(manager, raj, world.person("Lena Fox"))
    return manager


def test_a_step_stays_open_while_the_database_is_locked(world: World, dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    with held(world, "draft"):
        modal(dana).submit()
        assert "What you typed is still here" in str(modal(dana).errors)
        assert modal(dana).value("Plan") == "win the north"
    modal(dana).submit()
    assert "Key-account plan" in modal(dana).text
    modal(dana).clicks("Back")
    assert modal(dana).value("Plan") == "win the north"


def test_the_last_step_is_logged_once_after_the_database_was_away(
    world: World, dana: Person
) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    for _ in range(4):
        modal(dana).submit()
    modal(dana).fill("Note for both of you", "good talk")
    with held(world, "interaction", "draft"):
        modal(dana).submit()
        assert modal(dana).value("Note for both of you") == "good talk"
    modal(dana).submit_twice()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    assert modal(dana).text.count("strategy session") == 1


def test_another_process_goes_on_where_the_first_one_ended(world: World, dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    modal(dana).submit()
    slack = world.slack
    settings = Settings(
        bot_token=slack.bot_token, app_token=slack.app_token, slack_api_url=slack.api_url
    )
    product = assemble(settings, world.database, clock=slack.clock)
    socket = SocketMode(product, slack.app_token, slack.api_url)
    socket.start()
    try:
        modal(dana).fill("What changed", "Jo moved on")
        modal(dana).submit()
        settled(product)
        assert "Pipeline" in modal(dana).text
        modal(dana).clicks("Back")
        settled(product)
        assert modal(dana).value("What changed") == "Jo moved on"
    finally:
        socket.stop()


@pytest.mark.usefixtures("world")
def test_two_devices_at_once_keep_what_each_said(dana: Person) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).submit()
    modal(dana).fill("What changed", "from the phone")
    modal(dana).clicks("Back")
    modal(dana).close()
    dana.opens_home()
    dana.clicks("Resume")
    modal(dana).fill("Plan", "from the desk")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).close()
    dana.slash("/binder @Raj Rao")
    dana.picks("Open", beside="strategy session")
    assert "from the phone" in modal(dana).text
    assert "from the desk" in modal(dana).text


def test_a_team_that_passed_on_takes_no_half_written_session_along(
    world: World, dana: Person
) -> None:
    kim = world.person("Kim Ito")
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    modal(dana).submit()
    ensure_profiles(world.product.app, world.workspace_id, [kim.id])
    hand_over_team(world, dana, kim)
    modal(dana).fill("What changed", "Jo moved on")
    modal(dana).submit()
    assert modal(dana).value("What changed") == "Jo moved on"
    assert "You have no team here yet" in str(modal(dana).errors)
    kim.opens_home()
    kim.sees_not("half written down")


def test_nobody_else_opens_changes_or_drops_anything_of_it(
    world: World, dana: Person, raj: Person
) -> None:
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    modal(dana).submit()
    facts = home.home(world.database, world.actor(dana), world.slack.clock.now())
    assert facts.manager is not None
    (draft,) = facts.manager.unfinished
    form = json.dumps({"form": draft.form})
    for unfinished in (SessionAction.RESUME, SessionAction.DISCARD):
        pressing(world, raj, unfinished, form)
    dana.opens_home()
    dana.clicks("Resume")
    for _ in range(4):
        modal(dana).submit()
    modal(dana).close()
    before = len(world.slack.calls)
    for action in (
        SessionAction.EDIT,
        SharingAction.PREVIEW,
        SharingAction.OPEN,
        SharingAction.ADD_WORDS,
        SharingAction.OBJECT,
        BinderAction.ENTRY,
        AppointmentAction.DID_NOT_HAPPEN,
    ):
        pressing(world, raj, action, '{"subject":1}')
    later = json.dumps([call.arguments for call in world.slack.calls[before:]])
    assert "win the north" not in later


def test_private_words_leave_through_no_message_log_or_export(
    world: World, dana: Person, raj: Person, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    secret, otherwise, draft = "thinks of leaving", "we never said that", "half a thought"
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", "win the north")
    for _ in range(5):
        modal(dana).submit()
    modal(dana).fill("Private note", secret)
    modal(dana).submit()
    dana.clicks("Preview as Raj Rao")
    modal(dana).submit()
    modal(dana).close()
    raj.dm[-1].picks("Not how I remember it")
    modal(raj).fill("How do you remember it?", otherwise)
    modal(raj).submit()
    modal(raj).close()
    dana.slash("/session @Raj Rao")
    modal(dana).fill("Plan", draft)
    modal(dana).submit()
    modal(dana).close()
    raj.opens_home()
    dana.slash("/binder @Raj Rao")
    modal(dana).close()
    assert secret not in everything_sent(world)
    to_others = [call.arguments for call in world.slack.calls if raj.id in str(call.arguments)]
    assert otherwise not in json.dumps(to_others)
    now = world.slack.clock.now()
    record = export.export_team(world.database, world.workspace_id, dana.id, ExportRequest(), now)
    exported = "".join(to_json(record, now))
    for words in (secret, otherwise, draft):
        assert words not in exported
        assert words not in caplog.text
    assert "win the north" in exported
