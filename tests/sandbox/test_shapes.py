"""Payloads of people who are here from another workspace, and of Enterprise Grid."""

from typing import Any

import pytest

from slack_sandbox import Person
from tests.sandbox.blocks import Json, actions, button, home, modal, text_input
from tests.sandbox.conftest import Probe

OTHER = "T0OTHER"
GRID = "E0GRID"


@pytest.fixture
def heard(probe: Probe) -> list[tuple[Json, str | None]]:
    """What the app was sent, each with the team that Bolt reads out of it."""
    bodies: list[tuple[Json, str | None]] = []

    # Before the app acknowledges: what it does after that comes in any order.
    @probe.app.use
    def keep(body: Json, context: Any, next_: Any) -> None:
        bodies.append((body, context.team_id))
        next_()

    @probe.app.event("app_home_opened")
    @probe.app.event("message")
    def happened() -> None:
        pass

    @probe.app.command("/form")
    def opened(ack: Any, client: Any, body: Json) -> None:
        ack()
        client.views_open(
            trigger_id=body["trigger_id"], view=modal("Contact", text_input("About", "about"))
        )

    @probe.app.action("press")
    @probe.app.view("form")
    def pressed(ack: Any) -> None:
        ack()

    return bodies


def acts(probe: Probe, person: Person) -> None:
    """Look at Home and press there, send a form, look at the messages and write one."""
    probe.client.views_publish(user_id=person.id, view=home(actions(button("Press", "press"))))
    person.opens_home()
    person.clicks("Press")
    person.slash("/form")
    person.sees("Contact")
    assert person.modal is not None
    person.modal.fill("About", "Acme")
    person.modal.submit()
    person.opens_messages()
    person.says("Hello")


def test_someone_from_another_workspace(probe: Probe, heard: list[tuple[Json, str | None]]) -> None:
    ours = probe.sandbox.team_id
    acts(probe, probe.sandbox.add_person("Nia New", home_team=OTHER))
    opened, press, command, form, messages, said = [body for body, _ in heard]
    for event in (opened, messages, said):
        assert event["team_id"] == OTHER
        assert event["authorizations"][0]["team_id"] == event["context_team_id"] == ours
        assert event["is_ext_shared_channel"] is True
    for interaction in (press, form):
        assert interaction["team"]["id"] == interaction["user"]["team_id"] == OTHER
        assert interaction["view"]["team_id"] == OTHER
        assert interaction["view"]["app_installed_team_id"] == ours
    assert command["team_id"] == OTHER
    assert said["event"]["user_team"] == said["event"]["team"] == OTHER
    assert [team for _, team in heard] == [ours, ours, OTHER, ours, ours, ours]
    assert probe.broken() == []


def test_someone_of_this_workspace(probe: Probe, heard: list[tuple[Json, str | None]]) -> None:
    ours = probe.sandbox.team_id
    acts(probe, probe.dana)
    assert {team for _, team in heard} == {ours}
    assert not [body for body, _ in heard if OTHER in str(body) or GRID in str(body)]


def test_messages_tab(probe: Probe, heard: list[tuple[Json, str | None]]) -> None:
    probe.client.views_publish(user_id=probe.dana.id, view=home(actions(button("Press", "press"))))
    probe.dana.opens_home()
    probe.dana.opens_messages()
    tabs = [(body["event"]["tab"], "view" in body["event"]) for body, _ in heard]
    assert tabs == [("home", True), ("messages", False)]


@pytest.mark.parametrize("org_wide", [False, True])
def test_workspace_of_a_grid(
    probe: Probe, heard: list[tuple[Json, str | None]], org_wide: bool
) -> None:
    ours = probe.sandbox.team_id
    probe.sandbox.join_grid(GRID, org_wide=org_wide)
    acts(probe, probe.dana)
    opened, press, command, form, messages, said = [body for body, _ in heard]
    assert {team for _, team in heard} == {ours}
    for event in (opened, messages, said):
        authorization = event["authorizations"][0]
        assert event["enterprise_id"] == authorization["enterprise_id"] == GRID
        assert authorization["is_enterprise_install"] is org_wide
    for interaction in (press, form):
        assert interaction["enterprise"] == {"id": GRID, "name": "Grid"}
        assert interaction["is_enterprise_install"] is org_wide
        assert interaction["user"]["team_id"] == ours
        if org_wide:
            assert interaction["team"] is None
        else:
            assert interaction["team"]["enterprise_id"] == GRID
    assert command["enterprise_id"] == GRID
    assert command["is_enterprise_install"] == str(org_wide).lower()
    user = probe.client.users_info(user=probe.dana.id)["user"]
    assert user["enterprise_user"]["enterprise_id"] == GRID
    who = probe.client.auth_test()
    assert (who["enterprise_id"], who["is_enterprise_install"]) == (GRID, org_wide)
    assert probe.broken() == []
