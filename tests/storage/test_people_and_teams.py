from dataclasses import replace
from datetime import time, timedelta

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.delivery import MessageKind, ScheduleKey
from bot.domain.team.cadence import Cadence, Component
from bot.domain.team.settings import Period, TeamSettings
from bot.domain.workspaces.people import Profile
from storage.database.engine import Database
from storage.delivery import schedules
from storage.team import absences, people, teams
from tests.storage.world import (
    CONVERSATION,
    JOINED,
    LATER,
    MANAGER,
    NEW_REP,
    NOW,
    REP,
    TODAY,
    add_people,
    fill,
)

CHANGED = TeamSettings(
    channel="C0EMEA",
    zone="Australia/Lord_Howe",
    country="DE-BY",
    todo_day=4,
    todo_time=time(7, 45),
    meeting_days=(1, 3),
    meeting_time=time(16, 30),
    period=Period.TRIMESTER,
    cadences={
        Component.SESSION: Cadence(7, 10),
        Component.FIELD_DAY: Cadence(60, 90),
        Component.CONTACT: Cadence(2, 4),
    },
)


def test_a_new_profile_keeps_the_conversation(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        people.save_profiles(tx, [Profile(MANAGER, "Kim", "Asia/Tokyo", active=False)], LATER)
        found = people.get(tx, MANAGER)
    assert found is not None
    assert found.id == world.manager_id
    assert (found.name, found.zone, found.active) == ("Kim", "Asia/Tokyo", False)
    assert found.dm_channel == CONVERSATION


@pytest.mark.parametrize("settings", [TeamSettings(), CHANGED], ids=["default", "changed"])
def test_settings_come_back_as_they_were(database: Database, settings: TeamSettings) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        teams.change(tx, world.team_id, settings)
        found = teams.of_manager(tx, MANAGER)
    assert found is not None
    assert found.settings == settings


def test_a_manager_has_one_team(database: Database) -> None:
    world = fill(database, "T1")
    with pytest.raises(IntegrityError), database.writing(world.workspace_id) as tx:
        teams.create(tx, world.manager_id, TeamSettings(), NOW)


def test_a_rep_has_one_open_place_on_a_team(database: Database) -> None:
    world = fill(database, "T1")
    with pytest.raises(IntegrityError), database.writing(world.workspace_id) as tx:
        teams.add_members(tx, [(world.team_id, world.rep_id, TODAY)])


def test_of_a_rep_who_left_and_came_back_the_newest_place_counts(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        teams.end_memberships(tx, [world.membership_id], TODAY)
        teams.add_members(tx, [(world.team_id, world.rep_id, TODAY)])
        found = teams.with_rep(tx, MANAGER, REP)
        places = teams.members(tx, world.team_id)
        open_now = teams.members(tx, world.team_id, on=TODAY)
    assert found is not None
    assert found[2] is not None
    assert (found[2].joined_on, found[2].left_on) == (TODAY, None)
    assert [place.left_on for place in places] == [TODAY, None]
    assert [place.id for place in open_now] == [found[2].id]


def test_a_rep_of_nobody_and_a_manager_of_nobody_are_told_apart(database: Database) -> None:
    world = fill(database, "T1")
    with database.reading(world.workspace_id) as tx:
        stranger = teams.with_rep(tx, MANAGER, "U0NOBODY")
        not_on_team = teams.with_rep(tx, MANAGER, NEW_REP)
        assert teams.with_rep(tx, REP, MANAGER) is None
    assert stranger is not None
    assert stranger[1:] == (None, None)
    assert not_on_team is not None
    assert not_on_team[1] is not None
    assert not_on_team[1].slack_id == NEW_REP
    assert not_on_team[2] is None


def test_a_reps_own_cadence_stands_beside_the_teams(database: Database) -> None:
    world = fill(database, "T1")
    own = {Component.SESSION: Cadence(7, 10)}
    with database.writing(world.workspace_id) as tx:
        for cadences in (own, {}):
            teams.change_membership(
                tx, world.membership_id, joined_on=JOINED, left_on=None, cadences=cadences
            )
            (place,) = teams.members(tx, world.team_id)
            assert place.cadences == cadences
            assert place.joined_on == JOINED


def test_time_off_comes_earliest_first_and_can_be_taken_back(database: Database) -> None:
    world = fill(database, "T1")
    earlier = TODAY - timedelta(days=9)
    with database.writing(world.workspace_id) as tx:
        absences.add(tx, world.rep_id, earlier, earlier)
        rep, manager = (world.team_id, world.rep_id), (world.team_id, world.manager_id)
        found = absences.of_people(tx, [rep, manager])
        assert [(off.starts_on, off.ends_on, off.team_id) for off in found[rep]] == [
            (earlier, earlier, None),
            (TODAY, None, world.team_id),
        ]
        assert found[manager] == []
        absences.remove(tx, world.manager_id, world.time_off_id, world.team_id)
        absences.remove(tx, world.rep_id, world.time_off_id, None)
        assert absences.of_people(tx, [rep]) == {rep: found[rep]}
        absences.remove(tx, world.rep_id, world.time_off_id, world.team_id)
        assert absences.of_people(tx, [rep]) == {rep: found[rep][:1]}


def test_many_teams_at_once_are_all_there(database: Database, workspace_id: int) -> None:
    with database.writing(workspace_id) as tx:
        ids = add_people(tx, [f"U{number}" for number in range(5)])
        teams.create_all(tx, [(person, CHANGED) for person in ids.values()], NOW)
        found = teams.all_teams(tx)
        todo = replace(CHANGED, todo_day=2)
        teams.change_all(tx, [(team.id, todo) for team in found[1:]])
        due = {ScheduleKey(team.id): NOW for team in found}
        schedules.set_due(tx, {MessageKind.TODO_LIST: due})
        assert {schedules.next_at(tx, team.id, MessageKind.TODO_LIST) for team in found} == {NOW}
        days = {team.manager.slack_id: team.settings.todo_day for team in teams.all_teams(tx)}
    assert len(found) == 5
    assert sorted(days.values()) == [2, 2, 2, 2, 4]


def test_a_schedule_is_moved_rather_than_doubled(database: Database) -> None:
    world = fill(database, "T1")
    with database.writing(world.workspace_id) as tx:
        schedules.set_due(tx, {MessageKind.TODO_LIST: {ScheduleKey(world.team_id): LATER}})
        assert schedules.next_at(tx, world.team_id, MessageKind.TODO_LIST) == LATER


def test_an_older_profile_changes_nothing_and_a_stamp_is_never_lost(database: Database) -> None:
    world = fill(database, "T1")

    def told(name: str, updated: int | None) -> tuple[str, int | None]:
        with database.writing(world.workspace_id) as tx:
            people.save_profiles(tx, [Profile("UNEW", name, updated=updated)], NOW)
        with database.reading(world.workspace_id) as tx:
            kept = people.get(tx, "UNEW")
        assert kept is not None
        return kept.name, kept.updated

    assert told("first", None) == ("first", None)
    assert told("second", 200) == ("second", 200)
    assert told("older", 199) == ("second", 200)
    assert told("same moment", 200) == ("same moment", 200)
    assert told("without a stamp", None) == ("without a stamp", 200)
    assert told("older again", 150) == ("without a stamp", 200)
    assert told("newer", 201) == ("newer", 201)
