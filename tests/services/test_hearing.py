"""Who hears of each kind of message, and when: before the introductions, and by night."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.domain.delivery import AUDIENCES, Audience, Claimed, MessageKind
from bot.domain.workspaces.people import Profile
from bot.services.delivery.hearing import ASKED_JUST_NOW, heard_at, unheard
from bot.services.team import introductions, people, setup
from storage import todo
from tests.services.monday import DANA, KIM, LENA, MON, NAMES, SAM, Office, at

NOON = at(MON, 12)
SENT = [kind for kind in MessageKind if AUDIENCES[kind] is not Audience.NOBODY]


def claimed(office: Office, kind: MessageKind, reader: str | None, due_at: datetime) -> Claimed:
    person = office.person(reader) if reader else None
    return Claimed(1, office.team_id(DANA), kind, due_at, 0, 0.0, reader=person)


def introduces(office: Office, *reps: str) -> None:
    facts = office.asks(setup.own_facts, DANA, NOON)
    for member in facts.members:
        if member.rep.slack_id in reps:
            office.asks(introductions.claim, DANA, member.id, NOON)


def goes(office: Office, kind: MessageKind, reader: str | None, now: datetime = NOON) -> bool:
    """Whether one that is due now goes out, to that reader or to a channel."""
    one = claimed(office, kind, reader, now)
    if unheard(office.database, office.workspace_id, [one]):
        return False
    if reader is None:
        return True
    return heard_at(office.database, office.workspace_id, [one], now)[1] == now


def reader_of(kind: MessageKind) -> str | None:
    match AUDIENCES[kind]:
        case Audience.CHANNEL:
            return None
        case Audience.REP:
            return SAM
        case _:
            return DANA


@pytest.mark.parametrize("kind", SENT)
def test_before_the_introductions_only_the_manager_hears(office: Office, kind: MessageKind) -> None:
    office.week(NOON)
    audience = AUDIENCES[kind]
    after = audience in (Audience.REP, Audience.CHANNEL)
    assert goes(office, kind, reader_of(kind)) is not after
    introduces(office, LENA)
    assert goes(office, kind, reader_of(kind)) is (audience is not Audience.REP)
    introduces(office, SAM)
    assert goes(office, kind, reader_of(kind))


def test_the_first_thing_a_manager_gets_is_the_list_that_says_hello(office: Office) -> None:
    with office.database.reading(office.workspace_id) as tx:
        assert todo.latest(tx, [office.team_id(DANA)]) == {}
    due = office.next_at(office.team_id(DANA), MessageKind.TODO_LIST)
    assert due is not None
    early = due - timedelta(days=1)
    assert goes(office, MessageKind.TODO_LIST, DANA, early)
    assert not goes(office, MessageKind.MEETING_DRAFT, DANA, early)
    question = claimed(office, MessageKind.MEMBERSHIP_ASK, DANA, early)
    (waits,) = heard_at(office.database, office.workspace_id, [question], early).values()
    assert waits is not None
    assert timedelta() < waits - due <= timedelta(minutes=5)
    facts = office.week(NOON)
    assert facts.hello
    assert goes(office, MessageKind.MEETING_DRAFT, DANA)
    assert goes(office, MessageKind.MEMBERSHIP_ASK, DANA)
    introduces(office, SAM)
    assert not office.week(NOON).hello


ZONES = ("Europe/Berlin", "America/New_York", "Asia/Kolkata", "Pacific/Auckland", None)
HOURS = [datetime(2026, 10, 23, tzinfo=UTC) + timedelta(minutes=290 * n) for n in range(36)]
"""A week around the end of summer time in Europe."""


@pytest.mark.parametrize("zone", ZONES)
def test_in_a_week_of_any_zone_everybody_hears_between_seven_and_seven(
    office: Office, zone: str | None
) -> None:
    introduces(office, SAM)
    office.week(NOON)
    for who in (DANA, SAM):
        profile = Profile(who, NAMES[who], zone)
        people.change(office.database, office.workspace_id, profile, NOON)
    wall = ZoneInfo(zone or "UTC")
    kinds = [kind for kind in SENT if AUDIENCES[kind] is not Audience.CHANNEL]
    # What somebody asked for a moment ago comes, whatever the hour: they are awake.
    kinds = [kind for kind in kinds if kind not in ASKED_JUST_NOW]
    for now in HOURS:
        # Due by day, and late: what its manager set for the night is another matter.
        due = now.astimezone(wall).replace(hour=12)
        going = [
            replace(claimed(office, kind, reader_of(kind), due), id=number)
            for number, kind in enumerate(kinds)
        ]
        found = heard_at(office.database, office.workspace_id, going, now)
        (heard,) = set(found.values())
        assert len(found) == len(kinds)
        assert heard is not None
        assert now <= heard <= now + timedelta(hours=13), "and no later than it must be"
        assert 7 <= heard.astimezone(wall).hour < 19
        assert heard == now or not 7 <= now.astimezone(wall).hour < 19


def test_a_list_has_the_hour_that_its_manager_gave_it_and_nothing_else_has(office: Office) -> None:
    office.asks(setup.change_settings, DANA, {"todo_time": at(MON, 5).time()}, NOON)
    early = at(MON, 5)
    for kind in SENT:
        if AUDIENCES[kind].is_managers:
            assert goes(office, kind, DANA, early) is (kind is MessageKind.TODO_LIST), kind
    people.change(
        office.database, office.workspace_id, Profile(KIM, NAMES[KIM], "America/New_York"), NOON
    )
    one = claimed(office, MessageKind.TODO_LIST, KIM, early)
    (heard,) = heard_at(office.database, office.workspace_id, [one], early).values()
    assert heard == at(MON, 13), "who stands in did not set it"
