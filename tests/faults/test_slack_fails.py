"""Slack refuses, is slow, or loses an answer: each manager reads the message once."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery import LOOK_AFTER, Counts, MessageRef, ScheduleKey
from bot.domain.workspaces.people import Profile
from bot.jobs.heartbeat import Heartbeat
from bot.messenger import TIMEOUT, Messenger, RateLimitedError
from bot.services.delivery.schedules import set_due
from slack_sandbox import FaultKind
from slack_sandbox.rates import MESSAGES_PER_MINUTE
from storage.team import people
from storage.workspaces import installs
from tests.faults.conftest import MONDAY, POST, Office
from tests.faults.probe import KIND, WEEK, probe_kinds

pytestmark = pytest.mark.slow

DUE = ["due 2026-11-23 08:00"]
SOON = timedelta(seconds=1)


def test_each_manager_gets_the_message_once(office: Office) -> None:
    office.open(3)
    assert office.beat() == Counts(planned=3, sent=3)
    assert office.got() == [DUE] * 3
    assert office.beat() == Counts()
    assert office.beat(WEEK - SOON) == Counts()
    assert office.beat(SOON) == Counts(planned=3, sent=3)
    assert office.got() == [[*DUE, "due 2026-11-30 08:00"]] * 3


def test_nothing_is_sent_before_it_is_due(office: Office) -> None:
    office.open(1, due=MONDAY + SOON)
    assert office.beat() == Counts()
    assert office.got() == [[]]


def test_the_conversation_is_kept_and_never_opened_by_a_call_of_its_own(office: Office) -> None:
    office.open(2)
    office.beat()
    assert office.calls("conversations.open") == 0
    with office.database.reading(office.workspace_id) as tx:
        known = people.get_many(tx, [person.id for person in office.managers])
        assert all((known[one.id].dm_channel or "").startswith("D") for one in office.managers)


def test_while_slack_says_not_yet_nothing_is_sent(office: Office) -> None:
    office.open(3)
    office.slack.faults.add(POST, FaultKind.RATE_LIMITED, retry_after=40)
    put_off = office.beat()
    assert put_off == Counts(planned=3, retry=3, next_try=MONDAY + timedelta(seconds=40))
    assert office.calls(POST) == 1
    assert office.beat(timedelta(seconds=39)).sent == 0
    assert office.calls(POST) == 1
    assert office.beat(SOON) == Counts(sent=3)
    assert office.got() == [DUE] * 3


def test_what_is_planned_meanwhile_waits_too(office: Office) -> None:
    office.open(2)
    office.slack.faults.add(POST, FaultKind.RATE_LIMITED, retry_after=40)
    office.beat()
    with office.database.writing(office.workspace_id) as tx:
        soon = MONDAY + timedelta(seconds=20)
        set_due(tx, KIND, {ScheduleKey(office.team_ids[0]): soon})
    counts = office.beat(timedelta(seconds=20))
    assert counts == Counts(planned=1, retry=1, next_try=MONDAY + timedelta(seconds=40))


def test_one_workspace_that_must_wait_does_not_hold_up_another(office: Office) -> None:
    office.open(2)
    home = {person.id for person in office.managers}
    away = installs.ensure(office.database, "T0AWAY", "Away")
    there = office.in_workspace(away)
    there.open(2)

    class HomeIsFull(Messenger):
        def post(self, *arguments: Any) -> MessageRef:
            if arguments[0] in home:
                raise RateLimitedError(60)
            return super().post(*arguments)

    full = HomeIsFull(office.slack.bot_token, office.slack.api_url)
    app = replace(
        office.app, messenger=full, workspaces={"T0": office.workspace_id, "T0AWAY": away}
    )
    counts = Heartbeat(app, probe_kinds()).beat(MONDAY)
    assert (counts.planned, counts.sent, counts.retry) == (4, 2, 2)
    assert (office.got(), there.got()) == ([[], []], [DUE, DUE])


@pytest.mark.parametrize(
    "kind", [FaultKind.CUT_AFTER, FaultKind.CUT_BEFORE, FaultKind.SERVER_ERROR]
)
def test_after_a_lost_answer_it_is_looked_for_before_it_is_sent_again(
    office: Office, kind: FaultKind
) -> None:
    office.open(3)
    office.slack.faults.add(POST, kind)
    lost = office.beat()
    assert (lost.sent, lost.unknown, lost.next_try) == (2, 1, MONDAY + LOOK_AFTER)
    assert office.beat(LOOK_AFTER - SOON) == Counts(next_try=MONDAY + LOOK_AFTER)
    assert office.calls("conversations.history") == 0
    assert office.beat(SOON) == Counts(sent=1)
    assert office.calls("conversations.history") == 1
    assert office.got() == [DUE] * 3
    assert office.beat(timedelta(minutes=5)) == Counts()


def test_a_message_that_arrives_after_we_gave_up_waiting_is_found(office: Office) -> None:
    office.open(1)
    impatient = Messenger(office.slack.bot_token, office.slack.api_url)
    impatient.client.timeout = 0.1  # type: ignore[assignment]
    office.speaks_to(impatient)
    office.slack.faults.add(POST, FaultKind.SLOW, seconds=0.3)
    assert office.beat().unknown == 1
    office.managers[0].sees(DUE[0])
    impatient.client.timeout = TIMEOUT
    assert office.beat(LOOK_AFTER).sent == 1
    assert office.got() == [DUE]


def test_what_was_found_is_drawn_anew_for_it_may_be_old(office: Office) -> None:
    office.open(1)
    office.slack.faults.add(POST, FaultKind.CUT_AFTER)
    office.beat()
    office.beat(LOOK_AFTER)
    office.beat(LOOK_AFTER)
    assert office.got() == [[f"version 2 of {KIND}:{office.team_ids[0]}:2026-11-23"]]


def test_nothing_is_sent_again_while_the_conversation_cannot_be_looked_at(office: Office) -> None:
    office.open(2)
    office.slack.faults.add(POST, FaultKind.CUT_BEFORE, times=2)
    assert office.beat().unknown == 2
    office.slack.faults.add("conversations.open", FaultKind.SERVER_ERROR, times=2)
    assert office.beat(LOOK_AFTER).unknown == 2
    office.slack.faults.add("conversations.history", FaultKind.RATE_LIMITED, retry_after=50)
    held = office.beat(LOOK_AFTER)
    assert (held.unknown, office.calls("conversations.history")) == (2, 1)
    assert office.beat(timedelta(seconds=49)).sent == 0
    assert office.beat(SOON).sent == 2
    assert office.got() == [DUE] * 2


def test_an_outage_is_waited_for_with_growing_patience(office: Office) -> None:
    office.open(60)
    office.speaks_to(Messenger("xoxb-", "http://127.0.0.1:1/"))
    waits = []
    for _ in range(4):
        now = office.slack.clock.now()
        counts = office.heartbeat.beat(now)
        assert (counts.sent, counts.retry) == (0, 60)
        assert counts.next_try is not None
        waits.append(counts.next_try - now)
        office.slack.clock.move_to(counts.next_try)
    assert waits == [timedelta(seconds=seconds) for seconds in (5, 10, 20, 40)]
    office.speaks_to(Messenger(office.slack.bot_token, office.slack.api_url))
    assert office.beat().sent == 60
    assert office.got() == [DUE] * 60


def test_after_some_lost_answers_in_a_row_the_rest_waits(office: Office) -> None:
    office.open(10)
    office.slack.faults.add(POST, FaultKind.CUT_AFTER, times=10)
    counts = office.beat()
    assert (counts.unknown, counts.retry) == (3, 7)
    office.slack.faults.take(POST)
    for _ in range(6):
        office.slack.faults.take(POST)
    assert office.beat(LOOK_AFTER).sent == 10
    assert office.got() == [DUE] * 10


def test_a_refused_token_loses_nothing(office: Office) -> None:
    office.open(2)
    office.speaks_to(Messenger("xoxb-old", office.slack.api_url))
    assert office.beat().retry == 2
    office.speaks_to(Messenger(office.slack.bot_token, office.slack.api_url))
    assert office.beat(timedelta(minutes=1)).sent == 2


def test_somebody_who_has_left_fails_and_the_others_get_theirs(office: Office) -> None:
    office.open(3)
    office.managers[1].is_deactivated()
    with office.database.writing(office.workspace_id) as tx:
        left = Profile(office.managers[1].id, "Manager 1", "UTC", active=False)
        people.save_profiles(tx, [left], MONDAY)
    counts = office.beat()
    assert counts == Counts(planned=3, sent=2, failed=1)
    assert office.states() == {"sent": 2, "failed": 1}
    assert office.beat(timedelta(hours=1)) == Counts()


def test_many_managers_at_once_need_no_longer_than_slack_does(office: Office) -> None:
    many = MESSAGES_PER_MINUTE + 20
    office.open(many)
    first = office.beat()
    assert (first.sent, first.retry) == (MESSAGES_PER_MINUTE, 20)
    assert first.next_try == MONDAY + timedelta(minutes=1)
    assert office.beat(timedelta(minutes=1)).sent == 20
    assert office.got() == [DUE] * many
