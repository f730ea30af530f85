"""Setting up: when the list is due in which zone, who may sit where, and two presses at once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.delivery import MessageKind
from bot.domain.team.settings import TeamSettings
from bot.domain.team.teams import Membership
from bot.domain.workspaces.people import Actor, Profile
from bot.domain.workspaces.refusals import BadField, CannotBeRep, FieldError, NoTeam, OnTwoTeams
from bot.services.delivery import schedules
from bot.services.team import introductions, people, setup
from storage.database.engine import Database
from tests.services.memberships import say_fine

NOW = datetime(2026, 11, 23, 9, 0, tzinfo=UTC)
TODAY = date(2026, 11, 23)
DANA, KIM, NOA, SAM, LENA, RAJ = "U0DANA", "U0KIM", "U0NOA", "U0SAM", "U0LENA", "U0RAJ"
BERLIN, NEW_YORK, TOKYO = "Europe/Berlin", "America/New_York", "Asia/Tokyo"


@dataclass(frozen=True)
class Office:
    """Dana, Kim and Noa, who may manage; Sam, Lena and Raj, who may be reps."""

    database: Database
    workspace_id: int

    def actor(self, slack_id: str) -> Actor:
        return Actor(self.workspace_id, slack_id)

    def choose(self, manager: str, *reps: str, now: datetime = NOW) -> None:
        setup.choose_reps(self.database, self.actor(manager), reps, now)
        say_fine(self.database, self.workspace_id, manager, now)

    def places(self, manager: str, now: datetime = NOW) -> list[tuple[str, date]]:
        """Who sits on that team, since when."""
        facts = setup.own_facts(self.database, self.actor(manager), now)
        return [(member.rep.slack_id, member.joined_on) for member in facts.active]

    def change_rep(
        self, rep: str, joined_on: date, left_on: date | None = None, now: datetime = NOW
    ) -> None:
        setup.change_rep(
            self.database,
            self.actor(DANA),
            rep,
            joined_on=joined_on,
            left_on=left_on,
            cadences={},
            first_line="",
            new_on_team=False,
            now=now,
        )

    def moves(
        self, who: str, zone: str | None, now: datetime = NOW, *, active: bool = True
    ) -> None:
        """Slack says that someone's profile has another zone."""
        people.change(self.database, self.workspace_id, Profile(who, who, zone, active=active), now)

    def due(self, manager: str) -> datetime | None:
        """When that manager's next list is due."""
        team = setup.own_facts(self.database, self.actor(manager), NOW).team
        with self.database.reading(self.workspace_id) as tx:
            return schedules.next_at(tx, team.id, MessageKind.TODO_LIST)


@pytest.fixture
def office(database: Database, workspace_id: int) -> Office:
    everyone = (DANA, KIM, NOA, SAM, LENA, RAJ)
    profiles = [Profile(who, who, BERLIN) for who in everyone]
    people.save(database, workspace_id, profiles, NOW)
    return Office(database, workspace_id)


def utc(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


@pytest.mark.parametrize(
    ("own", "team", "due"),
    [
        (BERLIN, None, "2026-11-30T07:00"),
        (NEW_YORK, None, "2026-11-23T13:00"),
        (TOKYO, None, "2026-11-29T23:00"),
        (TOKYO, NEW_YORK, "2026-11-29T23:00"),
        (None, NEW_YORK, "2026-11-23T13:00"),
        (None, None, "2026-11-30T08:00"),
        ("America/Nowhere", None, "2026-11-30T08:00"),
    ],
)
def test_the_list_is_due_on_the_managers_own_wall(
    office: Office, own: str | None, team: str | None, due: str
) -> None:
    office.moves(DANA, own)
    office.choose(DANA, SAM)
    setup.change_settings(office.database, office.actor(DANA), {"zone": team}, NOW)
    assert office.due(DANA) == utc(due)


def test_the_list_follows_day_and_time_across_the_change_of_clocks(office: Office) -> None:
    now = utc("2027-03-27T12:00")  # a Saturday; summer begins in the night
    office.choose(DANA, SAM, now=now)
    assert office.due(DANA) == utc("2027-03-29T06:00")
    changes = {"todo_day": 6, "todo_time": time(2, 30)}
    setup.change_settings(office.database, office.actor(DANA), changes, now)
    assert office.due(DANA) == utc("2027-03-28T01:30"), "02:30 does not exist; it is 03:30 then"


@pytest.mark.parametrize(
    ("pressed_at", "zone", "due"),
    [
        pytest.param("2026-11-25T12:00", NEW_YORK, "2026-11-30T13:00", id="later in the day"),
        pytest.param("2026-11-25T12:00", TOKYO, "2026-11-29T23:00", id="earlier in the day"),
        pytest.param("2026-11-30T06:30", NEW_YORK, "2026-11-30T13:00", id="still to come there"),
        pytest.param("2026-11-30T06:30", TOKYO, "2026-11-30T06:30", id="over there: at once"),
        pytest.param("2026-11-25T12:00", None, "2026-11-30T08:00", id="Slack knows no zone"),
    ],
)
def test_a_manager_who_moves_takes_the_list_along_and_misses_no_week(
    office: Office, pressed_at: str, zone: str | None, due: str
) -> None:
    office.choose(DANA, SAM)
    assert office.due(DANA) == utc("2026-11-30T07:00")
    office.moves(DANA, zone, utc(pressed_at))
    assert office.due(DANA) == utc(due)


def test_a_list_that_is_due_already_is_left_to_who_sends_it(office: Office) -> None:
    office.choose(DANA, SAM)
    office.moves(DANA, NEW_YORK, utc("2026-11-30T07:01"))
    assert office.due(DANA) == utc("2026-11-30T07:00")


def test_a_rep_who_moves_moves_no_list(office: Office) -> None:
    office.choose(DANA, SAM)
    office.moves(SAM, TOKYO)
    assert office.due(DANA) == utc("2026-11-30T07:00")


@pytest.mark.both
def test_the_first_form_sent_many_times_at_once_makes_one_team(office: Office) -> None:
    with ThreadPoolExecutor(6) as pool:
        for pressed in [pool.submit(office.choose, DANA, SAM, LENA) for _ in range(6)]:
            pressed.result()
    facts = setup.own_facts(office.database, office.actor(DANA), NOW)
    assert sorted(member.rep.slack_id for member in facts.members) == [LENA, SAM]


@pytest.mark.both
def test_an_introduction_is_claimed_by_one(office: Office) -> None:
    office.choose(DANA, SAM)
    place = _place(office, SAM)

    def claim(_: int) -> bool:
        return introductions.claim(office.database, office.actor(DANA), place.id, NOW)

    with ThreadPoolExecutor(6) as pool:
        assert sum(pool.map(claim, range(6))) == 1
    introductions.give_back(office.database, office.workspace_id, place.id)
    assert claim(0)


def test_nobody_claims_an_introduction_of_another_team(office: Office) -> None:
    office.choose(DANA, SAM)
    office.choose(KIM, LENA)
    place = _place(office, SAM)
    assert not introductions.claim(office.database, office.actor(KIM), place.id, NOW)
    with pytest.raises(NoTeam):
        introductions.claim(office.database, office.actor(SAM), place.id, NOW)


def test_two_teams_is_the_most_also_for_one_who_comes_back(office: Office) -> None:
    office.choose(DANA, SAM, LENA)
    office.change_rep(SAM, TODAY, TODAY + timedelta(days=7))
    later = NOW + timedelta(days=7)
    office.choose(KIM, SAM, now=later)
    office.choose(NOA, SAM, now=later)
    with pytest.raises(OnTwoTeams):
        office.change_rep(SAM, TODAY, None, now=later)
    with pytest.raises(OnTwoTeams):
        office.choose(DANA, LENA, SAM, now=later)


def test_an_end_that_is_taken_back_needs_no_new_seat(office: Office) -> None:
    office.choose(DANA, SAM)
    office.choose(KIM, SAM)
    office.change_rep(SAM, TODAY, TODAY + timedelta(days=7))
    office.change_rep(SAM, TODAY, None)
    assert office.places(DANA) == [(SAM, TODAY)]


def test_two_times_on_a_team_do_not_overlap(office: Office) -> None:
    office.choose(DANA, SAM, LENA)
    friday = TODAY + timedelta(days=4)
    office.change_rep(SAM, TODAY, friday)
    monday = NOW + timedelta(days=7)
    office.choose(DANA, LENA, SAM, now=monday)
    with pytest.raises(BadField) as refusal:
        office.change_rep(SAM, TODAY + timedelta(days=3), now=monday)
    assert (refusal.value.field, refusal.value.flaw) == ("joined_on", FieldError.OVERLAPPING)
    office.change_rep(SAM, friday, now=monday)
    assert (SAM, friday) in office.places(DANA, monday)


def test_who_was_to_come_later_and_is_taken_off_never_comes(office: Office) -> None:
    office.choose(DANA, SAM, LENA)
    office.change_rep(SAM, TODAY + timedelta(days=7))
    assert office.places(DANA) == [(LENA, TODAY)]
    office.choose(DANA, LENA)
    later = NOW + timedelta(days=30)
    assert office.places(DANA, later) == [(LENA, TODAY)]
    assert len(setup.own_facts(office.database, office.actor(DANA), NOW).members) == 1


def test_someone_who_left_slack_is_no_hindrance_to_add_another(office: Office) -> None:
    office.choose(DANA, SAM, LENA)
    office.moves(SAM, BERLIN, active=False)
    setup.add_rep(office.database, office.actor(DANA), RAJ, NOW)
    assert office.places(DANA) == [(LENA, TODAY), (RAJ, TODAY)]
    with pytest.raises(CannotBeRep):
        office.choose(DANA, SAM, LENA)
    office.moves(SAM, BERLIN)
    assert office.places(DANA) == [(LENA, TODAY), (RAJ, TODAY), (SAM, TODAY)]


def test_the_form_is_saved_whole_or_not_at_all(office: Office) -> None:
    office.choose(DANA, SAM)
    friday = replace(TeamSettings(), todo_day=4)
    with pytest.raises(CannotBeRep):
        setup.change_team(office.database, office.actor(DANA), [SAM, "U0NOBODY"], friday, NOW)
    unknown = replace(friday, zone="Atlantis")
    with pytest.raises(BadField):
        setup.change_team(office.database, office.actor(DANA), [LENA], unknown, NOW)
    assert office.places(DANA) == [(SAM, TODAY)]
    assert office.due(DANA) == utc("2026-11-30T07:00")
    setup.change_team(office.database, office.actor(DANA), [LENA], friday, NOW)
    assert office.places(DANA) == [(LENA, TODAY)]
    assert office.due(DANA) == utc("2026-11-27T07:00")


@pytest.mark.both
def test_days_away_sent_many_times_at_once_are_there_once(office: Office) -> None:
    office.choose(DANA, SAM)

    def add(_: int) -> None:
        setup.add_time_off(office.database, office.actor(DANA), SAM, TODAY, None, NOW)

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(add, range(6)))
    facts = setup.rep_facts(office.database, office.actor(DANA), SAM, NOW)
    assert len(facts.time_off) == 1


def test_days_away_of_somebody_else_cannot_be_taken_back(office: Office) -> None:
    office.choose(DANA, SAM)
    office.choose(KIM, LENA)
    away = setup.add_time_off(office.database, office.actor(KIM), LENA, TODAY, None, NOW)
    (off,) = away.time_off
    setup.remove_time_off(office.database, office.actor(DANA), SAM, off.id, NOW)
    assert setup.rep_facts(office.database, office.actor(KIM), LENA, NOW).time_off == (off,)


def _place(office: Office, rep: str) -> Membership:
    facts = setup.own_facts(office.database, office.actor(DANA), NOW)
    return next(member for member in facts.members if member.rep.slack_id == rep)
