"""What each change of role does to who has a list, at every door: forms, answers, files, Slack."""

from collections.abc import Callable
from contextlib import suppress

import pytest

from bot.domain.delivery import MessageKind, Unsent
from bot.domain.team.file_rows import FileRow
from bot.domain.workspaces.people import Profile
from bot.domain.workspaces.refusals import NoTeam, NotYours, OwnManager
from bot.services.delivery.schedules import items_due
from bot.services.meetings.agenda_view import team_of
from bot.services.team import away, people, roster, setup
from bot.services.todo import lists
from bot.services.workspaces.authority import meeting_role, memberships_of, reader_of_list
from bot.services.workspaces.health import waiting_lists
from storage.team import teams
from tests.services.memberships import say_fine
from tests.services.monday import (
    BERLIN,
    DANA,
    FRI,
    INES,
    KEN,
    KIM,
    LENA,
    MON,
    NAMES,
    RAJ,
    SAM,
    TUE,
    Office,
    at,
)

GONE = MessageKind.STAND_IN_GONE
NOW = at(MON)
Door = Callable[[Office], None]


def by_form(office: Office) -> None:
    office.asks(setup.choose_reps, DANA, [SAM, LENA, RAJ, KEN], NOW)


def by_button(office: Office) -> None:
    office.asks(setup.add_rep, DANA, KEN, NOW)


def by_another_managers_word(office: Office) -> None:
    office.team(KIM, KEN, now=NOW)
    office.asks(setup.add_rep, DANA, KEN, NOW)
    say_fine(office.database, office.workspace_id, DANA, NOW)


def by_file(office: Office) -> None:
    roster.import_roster(
        office.database,
        office.workspace_id,
        [FileRow(2, {"manager_id": DANA, "rep_id": KEN})],
        [Profile(who, name, BERLIN) for who, name in NAMES.items()],
        is_country=lambda _: True,
        file_name="roster.csv",
        keep_good=False,
        dry_run=False,
        now=NOW,
    )


def leaves_slack(office: Office) -> None:
    profile = Profile(KEN, NAMES[KEN], BERLIN, active=False)
    people.change(office.database, office.workspace_id, profile, NOW)


def is_found_gone(office: Office) -> None:
    profile = Profile(KEN, NAMES[KEN], BERLIN, active=False)
    people.refresh(office.database, office.workspace_id, [profile], NOW)


DOORS = [by_form, by_button, by_another_managers_word, by_file, leaves_slack, is_found_gone]


def stands_in(office: Office) -> int:
    """Ken has Dana's list today; the id of the days."""
    days = office.leaves(MON, FRI, KEN, at(MON, 8))
    assert office.posts(at(MON, 8), office.team_id(DANA)).reader.slack_id == KEN
    assert office.week(NOW, KEN).rows
    return days


@pytest.mark.parametrize("door", DOORS)
def test_who_may_not_stand_in_any_more_has_nothing_of_it_at_any_use(
    office: Office, door: Door
) -> None:
    stands_in(office)
    slot = office.slot(SAM, NOW, KEN)
    door(office)
    ken, team_id = office.actor(KEN), office.team_id(DANA)
    with pytest.raises(NotYours):
        lists.done(office.database, ken, slot, NOW)
    with office.database.reading(office.workspace_id) as tx:
        team = teams.get(tx, team_id)
        assert team is not None
        with pytest.raises(NotYours):
            reader_of_list(tx, ken, team_id, NOW)
        with suppress(NotYours):
            assert not meeting_role(tx, ken, team, NOW).leads
        with suppress(NoTeam):
            assert not team_of(tx, ken, None, NOW)[1].leads
    (sent,) = office.sends(at(TUE, 8), team_id)
    assert sent is Unsent.NOT_NEEDED, "it waits"


@pytest.mark.parametrize("door", DOORS)
def test_the_manager_is_told_once_that_the_list_waits(office: Office, door: Door) -> None:
    days = stands_in(office)
    door(office)
    with office.database.reading(office.workspace_id) as tx:
        due = items_due(tx, [office.team_id(DANA)], GONE)[office.team_id(DANA)]
    assert list(due) == [days]


def test_who_is_back_in_slack_stands_in_again(office: Office) -> None:
    stands_in(office)
    leaves_slack(office)
    with pytest.raises(NoTeam):
        office.week(NOW, KEN)
    people.change(office.database, office.workspace_id, Profile(KEN, NAMES[KEN], BERLIN), NOW)
    assert office.week(NOW, KEN).rows


def test_a_rep_of_later_days_is_no_stand_in_for_them(office: Office) -> None:
    office.leaves(FRI, FRI, KEN, NOW)
    office.asks(setup.add_rep, DANA, KEN, NOW)
    ((_, by),) = office.asks(away.days_away, DANA, NOW).time_off
    assert by is None


@pytest.mark.parametrize("on_two_teams", [False, True])
@pytest.mark.parametrize(
    ("door", "named"),
    [(setup.choose_reps, [INES, DANA]), (setup.add_rep, DANA), (setup.check_can_be_rep, DANA)],
)
def test_nobody_becomes_the_rep_of_their_own_rep(
    office: Office, door: Callable[..., object], named: object, on_two_teams: bool
) -> None:
    if on_two_teams:
        office.team(KIM, DANA)
    office.team(SAM, INES)
    with pytest.raises(OwnManager):
        office.asks(door, SAM, named, NOW)


def test_a_file_makes_nobody_the_rep_of_their_own_rep(office: Office) -> None:
    report = roster.import_roster(
        office.database,
        office.workspace_id,
        [
            FileRow(2, {"manager_id": SAM, "rep_id": DANA}),
            FileRow(3, {"manager_id": KIM, "rep_id": KEN}),
            FileRow(4, {"manager_id": KEN, "rep_id": KIM}),
        ],
        [Profile(who, name, BERLIN) for who, name in NAMES.items()],
        is_country=lambda _: True,
        file_name="roster.csv",
        keep_good=True,
        dry_run=False,
        now=NOW,
    )
    assert {one.line: one.reason for one in report.rejected} == {
        2: f"{DANA} is the manager of {SAM}",
        4: f"{KIM} is the manager of {KEN}",
    }


def test_a_list_that_nobody_has_is_named_to_the_operator(office: Office) -> None:
    mine = [name for name in waiting_lists(office.database, NOW) if name == NAMES[DANA]]
    gone = Profile(DANA, NAMES[DANA], BERLIN, active=False)
    people.change(office.database, office.workspace_id, gone, NOW)
    found = [name for name in waiting_lists(office.database, NOW) if name == NAMES[DANA]]
    assert len(found) == len(mine) + 1


def test_a_place_that_came_past_every_door_counts_for_nothing_at_any_use(office: Office) -> None:
    office.team(SAM, INES)
    dana, team_id = office.person(DANA), office.team_id(SAM)
    with office.database.writing(office.workspace_id) as tx:
        teams.add_members(tx, [(team_id, dana.id, MON)])
    assert DANA not in [row.slot.rep.slack_id for row in office.week(at(TUE), SAM).rows]
    facts = office.asks(setup.own_facts, SAM, at(TUE))
    assert [member.rep.slack_id for member in facts.active] == [INES]
    assert facts.to_introduce == facts.active
    with pytest.raises(OwnManager):
        office.touches(DANA, TUE, at(TUE), "a form", SAM)
    with office.database.reading(office.workspace_id) as tx:
        team = teams.get(tx, team_id)
        assert team is not None
        with pytest.raises(NotYours):
            meeting_role(tx, office.actor(DANA), team, at(TUE))
        assert memberships_of(tx, DANA, at(TUE)) == []
        assert [one[0].id for one in memberships_of(tx, SAM, at(TUE))] == [office.team_id(DANA)]
    office.place(SAM, MON, TUE, at(TUE))
    again = office.asks(setup.own_facts, SAM, at(TUE))
    assert DANA in [member.rep.slack_id for member in again.active], "not in the way any more"
