"""What one message, team, kind or workspace cannot do is put off, and keeps no other waiting."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest

from bot.domain.delivery import GIVEN_UP_AFTER, Counts, MessageKind, ScheduleKey
from bot.domain.workspaces.faults import DatabaseFault, DatabaseUnavailableError, OutOfTimeError
from bot.jobs import Kinds, MessageRules
from bot.jobs.heartbeat import Heartbeat
from bot.services.delivery import schedules
from bot.services.delivery.schedules import set_due
from storage.database.transaction import Transaction
from storage.workspaces import installs
from tests.faults.conftest import MONDAY, Office
from tests.faults.probe import KIND, RULES, WEEK, clumsy, compose, draw, probe_kinds, weekly

pytestmark = pytest.mark.slow

SOON = timedelta(seconds=5)
DUE = ["due 2026-11-23 08:00"]
TURN = MessageKind.TODO_ROLL_OVER
MANY = 60


def beats(office: Office, kinds: Kinds, after: timedelta = timedelta()) -> Counts:
    """Time passes, then a heart beats that has those kinds of message."""
    office.slack.clock.advance(after)
    return Heartbeat(office.app, kinds).beat(office.slack.clock.now())


def but(office: Office, *numbers: int) -> list[list[str]]:
    """What each manager reads where those have nothing yet."""
    return [[] if number in numbers else DUE for number in range(len(office.managers))]


def raising(error: Exception, rule: Callable[..., Any], most: int) -> Callable[..., Any]:
    """That rule, failing wherever it is asked about more than so many at once."""

    def limited(*arguments: Any) -> Any:
        if len(arguments[-2]) > most:
            raise error
        return rule(*arguments)

    return limited


def test_a_team_whose_rule_fails_is_planned_later_and_the_others_now(office: Office) -> None:
    office.open(MANY)
    broken = {office.team_ids[number] for number in (0, 7, MANY - 1)}
    kinds = probe_kinds(next_due=clumsy(weekly, lambda one: one.team_id in broken))
    counts = beats(office, kinds)
    assert (counts.planned, counts.sent, counts.put_off) == (MANY - 3, MANY - 3, 3)
    assert office.got() == but(office, 0, 7, MANY - 1)
    again = beats(office, kinds, SOON)
    assert (again.planned, again.put_off) == (0, 3)
    assert beats(office, kinds, SOON) == Counts(), "it waits longer each time"
    assert office.beat(SOON) == Counts(planned=3, sent=3)
    assert office.got() == [DUE] * MANY, "it says when it was due, however late it was planned"


def test_a_team_that_is_put_off_follows_its_settings_all_the_same(office: Office) -> None:
    office.open(1)
    beats(office, probe_kinds(next_due=clumsy(weekly, lambda _one: True)))
    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, KIND, {ScheduleKey(office.team_ids[0]): MONDAY + WEEK})
    assert office.beat(WEEK - SOON) == Counts()
    assert office.beat(SOON) == Counts(planned=1, sent=1)
    assert office.got() == [["due 2026-11-30 08:00"]]


@pytest.mark.parametrize("most", [1, 3, 20])
@pytest.mark.parametrize("rule", ["next_due", "compose"])
def test_work_that_is_too_much_at_once_is_cut(office: Office, rule: str, most: int) -> None:
    office.open(MANY)
    rules: dict[str, Callable[..., Any]] = {"next_due": weekly, "compose": compose}
    whole = rules[rule]
    kinds = probe_kinds(**{rule: raising(OutOfTimeError(DatabaseFault.TOOK_LONG), whole, most)})
    assert beats(office, kinds) == Counts(planned=MANY, sent=MANY)
    assert office.got() == [DUE] * MANY


@pytest.mark.parametrize("most", [1, 7])
def test_drawing_that_is_too_much_at_once_is_cut(office: Office, most: int) -> None:
    office.open(40)
    office.beat()
    stale(office)
    assert (
        beats(
            office, probe_kinds(draw=raising(OutOfTimeError(DatabaseFault.TOOK_LONG), draw, most))
        )
        == Counts()
    )
    assert {texts[0].split(" of ")[0] for texts in office.got()} == {"version 2"}


def stale(office: Office) -> None:
    with office.database.writing(office.workspace_id) as tx:
        tx.connection.exec_driver_sql("UPDATE posted_message SET wanted_version = 2")


class Done:
    """What is done without a message: which teams had their turn, and which cannot have it."""

    def __init__(self, *broken: int) -> None:
        self.teams: list[int] = []
        self.broken = set(broken)

    def run(self, _tx: Transaction, team_ids: Sequence[int], _now: datetime) -> None:
        if self.broken & set(team_ids):
            raise ZeroDivisionError
        self.teams += team_ids

    @property
    def kinds(self) -> Kinds:
        return Kinds({KIND: RULES, TURN: MessageRules(run=self.run)})


def let_turn(office: Office) -> None:
    """Every team's turn has come, together with its message."""
    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, TURN, {ScheduleKey(team): MONDAY for team in office.team_ids})


def test_a_turn_that_fails_keeps_no_other_team_and_no_message_waiting(office: Office) -> None:
    office.open(MANY)
    let_turn(office)
    broken = office.team_ids[5]
    done = Done(broken)
    counts = beats(office, done.kinds)
    assert (counts.planned, counts.sent, counts.put_off) == (MANY, MANY, 1)
    assert office.got() == [DUE] * MANY
    assert sorted(done.teams) == sorted(set(office.team_ids) - {broken})
    assert beats(office, done.kinds, SOON - timedelta(seconds=1)).put_off == 0
    done.broken.clear()
    beats(office, done.kinds, timedelta(seconds=1))
    assert sorted(done.teams) == sorted(office.team_ids), "each had its turn once"
    assert office.states() == {"sent": MANY}, "and a turn leaves nothing behind"


def test_a_turn_is_done_while_slack_takes_no_messages(office: Office) -> None:
    office.open(3)
    let_turn(office)
    done = Done()
    heart = Heartbeat(office.app, done.kinds)
    heart._limits.hold(office.workspace_id, "chat.postMessage", MONDAY + timedelta(minutes=1))
    assert heart.beat(MONDAY).retry == 3
    assert sorted(done.teams) == office.team_ids


def test_what_a_turn_makes_due_is_sent_in_the_same_heartbeat(office: Office) -> None:
    office.open(2)

    def run(tx: Transaction, team_ids: Sequence[int], now: datetime) -> None:
        set_due(tx, KIND, {ScheduleKey(team): now for team in team_ids})

    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, KIND, {ScheduleKey(team): None for team in office.team_ids})
    let_turn(office)
    kinds = Kinds({KIND: RULES, TURN: MessageRules(run=run)})
    assert beats(office, kinds) == Counts(planned=2, sent=2)


def test_one_workspace_that_is_out_of_time_keeps_no_other_waiting(office: Office) -> None:
    office.open(2)
    away = installs.ensure(office.database, "T0AWAY", "Away")
    there = office.in_workspace(away)
    there.open(2)
    app = replace(office.app, workspaces={"T0": office.workspace_id, "T0AWAY": away})

    def slow_at_home(tx: Transaction, due: Any, now: datetime) -> Any:
        if tx.workspace_id == office.workspace_id:
            raise OutOfTimeError(DatabaseFault.TOOK_LONG)
        return weekly(tx, due, now)

    counts = Heartbeat(app, probe_kinds(next_due=slow_at_home)).beat(MONDAY)
    assert (counts.sent, counts.put_off) == (2, 2)
    assert (office.got(), there.got()) == ([[], []], [DUE, DUE])
    assert Heartbeat(app, probe_kinds()).beat(MONDAY + SOON).sent == 2


def test_where_the_database_is_away_nothing_is_tried_any_more(office: Office) -> None:
    office.open(2)
    asked = []

    def away(*arguments: Any) -> Any:
        asked.append(arguments)
        raise DatabaseUnavailableError(DatabaseFault.REFUSED)

    with pytest.raises(DatabaseUnavailableError):
        beats(office, probe_kinds(compose=away))
    assert len(asked) == 1
    office.end_leases()
    assert office.beat().sent == 2


def test_what_can_never_be_made_is_given_up_and_kept_as_failed(office: Office) -> None:
    office.open(2)
    broken = office.team_ids[0]
    kinds = probe_kinds(compose=clumsy(compose, lambda due: due[0] == broken), next_due=once_only)
    assert beats(office, kinds).sent == 1
    tries = sum(beats(office, kinds, timedelta(hours=6)).retry for _ in range(4))
    assert tries == 4
    assert beats(office, kinds, GIVEN_UP_AFTER) == Counts(failed=1)
    assert office.states() == {"sent": 1, "failed": 1}
    assert beats(office, kinds, GIVEN_UP_AFTER) == Counts()


def once_only(tx: Transaction, due: Any, now: datetime) -> Any:
    return [
        one.__class__(one.team_id, one.kind, one.dues[:1], None) for one in weekly(tx, due, now)
    ]


def test_a_kind_that_this_version_does_not_know_stops_nothing(office: Office) -> None:
    office.open(2)
    with office.database.writing(office.workspace_id) as tx:
        set_due(tx, TURN, {ScheduleKey(office.team_ids[0]): MONDAY})
        tx.connection.exec_driver_sql(
            "UPDATE schedule SET kind = 'of_tomorrow' WHERE kind = 'todo_roll_over'"
        )
    assert office.beat() == Counts(planned=2, sent=2)
    assert office.beat(SOON) == Counts()
    with office.database.reading(office.workspace_id) as tx:
        assert schedules.next_at(tx, office.team_ids[1], KIND) == MONDAY + WEEK
