"""Messages that show what is old are drawn anew, sparingly, until they show what is wanted."""

from datetime import timedelta
from typing import Any

import pytest

from bot.domain.delivery import Counts, MessageRef, Subject
from bot.jobs.heartbeat import Heartbeat
from bot.messenger import Messenger
from slack_sandbox import FaultKind
from storage.delivery import messages
from tests.faults.conftest import MONDAY, Office
from tests.faults.probe import KIND, WEEK, clumsy, draw, probe_kinds

pytestmark = pytest.mark.slow

UPDATE = "chat.update"
SECOND = timedelta(seconds=1)


@pytest.fixture
def posted(office: Office) -> Office:
    """An office where each of three managers has the message of the week."""
    office.open(3)
    assert office.beat().sent == 3
    return office


def subject(office: Office, number: int) -> Subject:
    return Subject(KIND, office.team_ids[number], MONDAY.date())


def changes(office: Office, *numbers: int) -> None:
    """What those managers' messages show has changed."""
    with office.database.writing(office.workspace_id) as tx:
        messages.mark_stale(tx, [subject(office, number) for number in numbers])


def versions(office: Office) -> list[str]:
    """Which version each manager reads."""
    return [texts[0].split(" of ")[0] for texts in office.got()]


def test_many_changes_are_one_redrawing(posted: Office) -> None:
    for _ in range(3):
        changes(posted, 0, 2)
    assert posted.beat() == Counts()
    assert versions(posted) == ["version 4", "due 2026-11-23 08:00", "version 4"]
    assert posted.beat() == Counts()
    assert posted.calls(UPDATE) == 2
    assert [len(texts) for texts in posted.got()] == [1, 1, 1]


def test_what_changes_while_a_message_is_on_its_way_is_drawn_anew(office: Office) -> None:
    office.open(3)

    class Meanwhile(Messenger):
        def post(self, *arguments: Any) -> MessageRef:
            sent = super().post(*arguments)
            if arguments[0] == office.managers[1].id:
                changes(office, 0, 1)
            return sent

    office.speaks_to(Meanwhile(office.slack.bot_token, office.slack.api_url))
    assert office.beat().sent == 3
    office.beat()
    assert versions(office) == ["version 2", "version 2", "due 2026-11-23 08:00"]


def test_while_slack_says_not_yet_messages_stay_behind(posted: Office) -> None:
    changes(posted, 0, 1, 2)
    posted.slack.faults.add(UPDATE, FaultKind.RATE_LIMITED, retry_after=40)
    posted.beat()
    posted.beat(39 * SECOND)
    assert posted.calls(UPDATE) == 1
    changes(posted, 1)
    posted.beat(SECOND)
    assert versions(posted) == ["version 2", "version 3", "version 2"]


def test_an_answer_that_is_lost_costs_one_more_redrawing(posted: Office) -> None:
    changes(posted, 0, 1)
    posted.slack.faults.add(UPDATE, FaultKind.CUT_AFTER)
    posted.beat()
    posted.beat()
    assert versions(posted)[:2] == ["version 2", "version 2"]
    assert posted.calls(UPDATE) == 3
    posted.beat()
    assert posted.calls(UPDATE) == 3


def test_a_message_that_is_gone_is_forgotten(posted: Office) -> None:
    with posted.slack._workspace.changing():
        posted.slack._workspace.erase(posted.managers[0].dm[0].post)
    changes(posted, 0, 1)
    posted.beat()
    changes(posted, 0, 1)
    posted.beat()
    assert posted.calls(UPDATE) == 3
    assert versions_of_rest(posted) == ["version 3"]


def versions_of_rest(office: Office) -> list[str]:
    return [text.split(" of ")[0] for text in office.got()[1]]


def test_what_is_never_drawn_again_is_forgotten(posted: Office) -> None:
    changes(posted, 0)
    posted.beat(4 * WEEK)
    assert posted.calls(UPDATE) == 0
    with posted.database.reading(posted.workspace_id) as tx:
        assert messages.posted(tx, subject(posted, 0)) == []
        assert len(messages.posted(tx, subject(posted, 1))) == 1


def test_one_that_cannot_be_drawn_does_not_hold_up_the_others(posted: Office) -> None:
    broken = subject(posted, 1)
    clumsily = clumsy(draw, lambda one: one.subject == broken)
    changes(posted, 0, 1, 2)
    Heartbeat(posted.app, probe_kinds(draw=clumsily)).beat(posted.slack.clock.now())
    assert versions(posted) == ["version 2", "due 2026-11-23 08:00", "version 2"]
    assert posted.beat(4 * SECOND) == Counts()
    posted.beat(SECOND)
    assert versions(posted) == ["version 2"] * 3
