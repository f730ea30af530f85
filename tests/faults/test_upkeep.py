"""Once a day: profiles as Slack has them now, and what was deleted goes for good."""

import threading
from datetime import timedelta
from typing import Any

import pytest

from bot import messenger
from bot.domain.contacts.interactions import InteractionKind
from bot.domain.delivery import MessageRef, ScheduleKey
from bot.domain.workspaces.people import Person as KnownPerson
from bot.jobs import upkeep as upkeep_module
from bot.jobs.upkeep import Upkeep
from bot.services.delivery import schedules
from bot.services.delivery.schedules import set_due
from bot.services.workspaces import retention
from slack_sandbox import FaultKind
from storage.contacts import interactions, notes
from storage.team import people, teams
from tests.faults.conftest import MONDAY, Office
from tests.faults.probe import KIND, probe_kinds

pytestmark = pytest.mark.slow

DAY = timedelta(days=1)
SECOND = timedelta(seconds=1)
LIST = "users.list"


@pytest.fixture
def stopped() -> threading.Event:
    return threading.Event()


@pytest.fixture
def upkeep(office: Office, stopped: threading.Event) -> Upkeep:
    office.open(2)
    return Upkeep(office.app, probe_kinds().drawn_for, stopped)


def step(office: Office, upkeep: Upkeep, after: timedelta = timedelta()) -> None:
    office.slack.clock.advance(after)
    upkeep.step(office.slack.clock.now())


def known(office: Office, number: int = 0) -> KnownPerson:
    """One of the managers, as kept."""
    with office.database.reading(office.workspace_id) as tx:
        found = people.get(tx, office.managers[number].id)
    assert found is not None
    return found


def test_what_changed_in_slack_is_known_a_day_later_at_most(office: Office, upkeep: Upkeep) -> None:
    stranger = office.slack.add_person("Stranger")
    office.managers[0].changes(name="Dana Moss-Ray")
    step(office, upkeep)
    assert known(office).name == "Dana Moss-Ray"
    office.managers[0].changes(name="Dana Ray")
    step(office, upkeep, DAY - SECOND)
    assert known(office).name == "Dana Moss-Ray"
    step(office, upkeep, SECOND)
    assert known(office).name == "Dana Ray"
    assert office.calls(LIST) == 2
    with office.database.reading(office.workspace_id) as tx:
        assert people.get(tx, stranger.id) is None


def test_a_message_follows_its_reader_to_another_zone(office: Office, upkeep: Upkeep) -> None:
    with office.database.writing(office.workspace_id) as tx:
        (team, _) = sorted(teams.all_teams(tx), key=lambda team: team.id)
        set_due(tx, KIND, {ScheduleKey(team.id): MONDAY + DAY})
    office.managers[0].changes(tz="America/New_York")
    step(office, upkeep)
    with office.database.reading(office.workspace_id) as tx:
        assert schedules.next_at(tx, team.id, KIND) == MONDAY + DAY + timedelta(hours=5)


def test_someone_who_left_keeps_the_zone_that_slack_leaves_out(
    office: Office, upkeep: Upkeep
) -> None:
    office.managers[1].is_deactivated()
    step(office, upkeep)
    assert (known(office, 1).active, known(office, 1).zone) == (False, "UTC")


def test_a_large_directory_is_read_a_page_at_a_time(
    office: Office, upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(messenger, "PAGE", 1)
    everyone = len(office.managers) + 1
    for person in office.managers:
        person.changes(name=f"{person.name} Junior")
    for calls in range(1, everyone + 1):
        step(office, upkeep)
        assert office.calls(LIST) == calls
    step(office, upkeep)
    assert office.calls(LIST) == everyone
    assert [known(office, n).name for n in range(2)] == ["Manager 0 Junior", "Manager 1 Junior"]


def test_while_slack_says_not_yet_it_waits_and_goes_on_from_there(
    office: Office, upkeep: Upkeep
) -> None:
    office.managers[0].changes(name="Dana Moss")
    office.slack.faults.add(LIST, FaultKind.RATE_LIMITED, retry_after=20)
    step(office, upkeep)
    step(office, upkeep, timedelta(seconds=19))
    assert (office.calls(LIST), known(office).name) == (1, "Manager 0")
    step(office, upkeep, SECOND)
    assert (office.calls(LIST), known(office).name) == (2, "Dana Moss")


def test_when_slack_is_away_tomorrow_is_soon_enough(office: Office, upkeep: Upkeep) -> None:
    office.managers[0].changes(name="Dana Moss")
    office.slack.faults.add(LIST, FaultKind.SERVER_ERROR)
    step(office, upkeep)
    step(office, upkeep, SECOND)
    assert (office.calls(LIST), known(office).name) == (1, "Manager 0")
    step(office, upkeep, DAY)
    assert known(office).name == "Dana Moss"


def test_what_was_deleted_long_ago_goes_for_good(office: Office, upkeep: Upkeep) -> None:
    author = known(office).id
    with office.database.writing(office.workspace_id) as tx:
        note, _ = notes.add_once(tx, author, "long gone", MONDAY, ":".join(MessageRef("D0", "1.0")))
        notes.mark_deleted(tx, note, author, MONDAY)
    step(office, upkeep, 29 * DAY)
    with office.database.writing(office.workspace_id) as tx:
        assert notes.mark_deleted(tx, note, author, None)
        notes.mark_deleted(tx, note, author, MONDAY)
    step(office, upkeep, 2 * DAY)
    with office.database.writing(office.workspace_id) as tx:
        assert not notes.mark_deleted(tx, note, author, None)


def test_nothing_is_begun_any_more_once_it_is_told_to_stop(
    office: Office, upkeep: Upkeep, stopped: threading.Event
) -> None:
    stopped.set()
    step(office, upkeep)
    assert office.calls(LIST) == 0


def old_touches(office: Office, until: int) -> None:
    """One of two years ago with somebody of each team."""
    long_ago = MONDAY - 730 * DAY
    with office.database.writing(office.workspace_id) as tx:
        for team in teams.all_teams(tx)[:until]:
            interactions.add(
                tx,
                InteractionKind.TOUCH,
                team_id=team.id,
                rep_id=team.manager.id,
                author_id=team.manager.id,
                channel=None,
                occurred_on=long_ago.date(),
                occurred_at=long_ago,
                recorded_at=long_ago,
                about="long ago",
            )


def left(office: Office) -> list[int]:
    """The teams that still have one."""
    with office.database.reading(office.workspace_id) as tx:
        return [team.id for team in teams.all_teams(tx) if interactions.of_team(tx, team.id)]


def test_what_is_older_than_things_are_kept_goes_a_little_at_a_time(
    office: Office, upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(upkeep_module, "PORTIONS_AT_ONCE", 1)
    old_touches(office, 2)
    step(office, upkeep)
    step(office, upkeep, DAY)
    assert len(left(office)) == 2, "nobody said for how long"
    retention.keep_for(office.database, office.workspace_id, 12, MONDAY)
    step(office, upkeep, DAY)
    assert len(left(office)) == 2, "its turn has not come"
    for _ in range(40):
        step(office, upkeep, SECOND)
    assert left(office) == []


def test_what_cannot_go_for_one_team_goes_for_the_others_and_is_tried_again(
    office: Office, upkeep: Upkeep, monkeypatch: pytest.MonkeyPatch
) -> None:
    old_touches(office, 2)
    retention.keep_for(office.database, office.workspace_id, 12, MONDAY)
    whole = retention.expire
    (broken, _) = sorted(left(office))

    def expire(*arguments: Any) -> Any:
        if broken in arguments[2].teams:
            raise ZeroDivisionError
        return whole(*arguments)

    with monkeypatch.context() as patched:
        patched.setattr(retention, "expire", expire)
        for _ in range(10):
            step(office, upkeep, SECOND)
        assert left(office) == [broken]
    for _ in range(10):
        step(office, upkeep, DAY)
    assert left(office) == []
