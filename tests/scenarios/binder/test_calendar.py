"""What is planned leaves for calendars: a file of one appointment, an address to subscribe to."""

import http.client
import logging
from collections.abc import Iterator
from datetime import timedelta
from urllib.parse import urlsplit

import pytest
import recurring_ical_events
from icalendar import Calendar, Event

from bot.domain.workspaces.refusals import Gone, NotYours
from bot.services.binder import calendar
from bot.serving.http import Http
from slack_sandbox import FaultKind, Person
from tests.scenarios.appointments.test_appointments import beat_at, plan_with_raj
from tests.scenarios.binder.test_own_copy import SECRET
from tests.scenarios.conftest import PUBLIC_URL, World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import meeting_world

pytestmark = pytest.mark.slow

MANAGERS, REPS = "Strategy session with Raj Rao", "Strategy session with Dana Moss"


def taken(person: Person) -> Event:
    """The one appointment in the file that came last."""
    ((name, content),) = person.dm[-1].files.items()
    assert name.endswith(".ics")
    (event,) = Calendar.from_ical(content).events
    return event


def later(world: World) -> None:
    """Slack takes a message a second of each conversation."""
    world.slack.clock.move_to(world.slack.clock.now() + timedelta(seconds=30))


def state(event: Event) -> tuple[str, str, int]:
    return event.start.isoformat(), str(event["STATUS"]), event.sequence


@pytest.mark.reps("raj", "lena")
def test_a_plan_moves_in_the_calendars_that_took_it(
    world: World, dana: Person, raj: Person
) -> None:
    """Planned, moved and off: one event, ever newer, of either of the two."""
    plan_with_raj(dana)
    dana.picks("Calendar file")
    first = taken(dana)
    assert state(first) == ("2026-12-02T10:00:00+01:00", "CONFIRMED", 0)
    assert str(first["SUMMARY"]) == MANAGERS
    assert "for your calendar: open the file" in dana.dm[-1].text
    raj.opens_home()
    raj.picks("Calendar file")
    assert str(taken(raj)["SUMMARY"]) == REPS
    assert taken(raj)["UID"] == first["UID"]
    beat_at(world, 1, 7)
    raj.picks("Calendar file")  # of the note before it
    dana.picks("Calendar file")
    assert state(taken(raj)) == state(taken(dana)) == state(first)
    later(world)
    plan_with_raj(dana, "2026-12-03")
    dana.slash("/binder @Raj Rao")
    dana.picks("Calendar file")
    moved = taken(dana)
    assert state(moved) == ("2026-12-03T10:00:00+01:00", "CONFIRMED", 1)
    modal(dana).close_all()
    later(world)
    plan_with_raj(dana, "2026-12-03")
    dana.opens_home()
    dana.picks("Calendar file")
    assert state(taken(dana)) == state(moved)
    dana.picks("Didn't happen")
    later(world)
    raj.picks("Calendar file")
    assert state(taken(raj)) == ("2026-12-03T10:00:00+01:00", "CANCELLED", 2)
    assert "Off: Strategy session with Dana Moss." in raj.dm[-1].text
    assert {one["UID"] for one in (first, moved, taken(raj))} == {first["UID"]}


@pytest.mark.reps("raj", "lena")
def test_a_calendar_file_is_for_the_two_alone_and_says_when_slack_takes_none(
    world: World, dana: Person, lena: Person
) -> None:
    plan_with_raj(dana)
    world.slack.faults.add("upload", FaultKind.CUT_BEFORE)
    dana.picks("Calendar file")
    dana.sees("Slack did not take the calendar file just now.")
    now = world.slack.clock.now()
    with pytest.raises(NotYours):
        calendar.appointment_file(world.database, world.actor(lena), 1, now)
    with pytest.raises(Gone):
        calendar.appointment_file(world.database, world.actor(world.person("Nia New")), 1, now)


class Outside:
    """Whoever asks for a calendar from outside Slack."""

    def __init__(self, port: int) -> None:
        self.port = port

    def ask(
        self, address: str, method: str = "GET", **headers: str
    ) -> tuple[int, dict[str, str], bytes]:
        assert address.startswith(f"{PUBLIC_URL}/calendar/")
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        line.request(method, urlsplit(address).path, headers=named)
        answer = line.getresponse()
        found = answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
        line.close()
        return found

    def titles(self, address: str) -> set[str]:
        status, _, body = self.ask(address)
        assert status == 200
        return {str(one["SUMMARY"]) for one in Calendar.from_ical(body).events}


@pytest.fixture
def outside(world: World) -> Iterator[Outside]:
    served = Http(world.product, 0, "a signing secret")
    served.start()
    yield Outside(served.port)
    served.server.stop()


def make_address(person: Person, label: str = "Make an address") -> str:
    person.opens_home()
    person.clicks("Calendar address")
    assert label in str(modal(person).view)
    modal(person).submit()
    address = modal(person).value("Your address")
    modal(person).close_all()
    assert isinstance(address, str)
    return address


def test_an_address_has_what_is_its_persons_until_it_is_ended(
    world: World, outside: Outside, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    team = meeting_world(world, meeting_days=(0,), introduced=True)
    dana, raj = team.dana, team.raj
    plan_with_raj(dana)
    dana.slash("/fieldday @Lena Fox")
    modal(dana).fill("Visits", f"Acme: Jo Lee {SECRET}")
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/touch @Lena Fox call about " + SECRET)
    dana.slash("/binder account Acme renewal 1 March")
    dana.slash("/binder @Lena Fox")
    dana.picks("Plan a field day")
    modal(dana).fill("Day", "2026-12-10")
    modal(dana).fill("What for", f"Acme {SECRET}")
    modal(dana).submit()
    modal(dana).close_all()
    own, reps = make_address(dana), make_address(raj)
    assert outside.titles(own) == {
        *(MANAGERS, "Field day with Lena Fox", "Team meeting", "Acme: renewal"),
    }
    assert outside.titles(reps) == {REPS, "Team meeting with Dana Moss"}
    for address in (own, reps):
        assert SECRET.encode() not in outside.ask(address)[2]
    _, headers, body = outside.ask(own)
    assert headers["content-type"] == "text/calendar; charset=utf-8"
    assert headers["cache-control"] == "private, no-cache"
    assert outside.ask(own, "HEAD")[0::2] == (200, b"")
    assert outside.ask(own, If_None_Match=headers["etag"])[0::2] == (304, b"")
    assert outside.ask(own, "POST")[0] == 405
    dana.slash("/todo")
    found = recurring_ical_events.of(Calendar.from_ical(body)).between(
        (2026, 11, 30), (2026, 12, 8)
    )
    assert [one.start.day for one in found if str(one["SUMMARY"]) == "Team meeting"] == [30, 7]
    plan_with_raj(dana, "2026-12-03")
    assert outside.ask(own, If_None_Match=headers["etag"])[0] == 200
    newer = make_address(dana, "Make a new one")
    assert newer != own
    assert outside.ask(own)[0] == 404
    assert outside.ask(newer)[0] == 200
    raj.opens_home()
    raj.clicks("Calendar address")
    modal(raj).clicks("End it")
    raj.sees("The address is ended.")
    assert outside.ask(reps)[0] == 404
    world.slack.clock.move_to(world.slack.clock.now() + timedelta(days=1))
    for address in (own, newer, reps):
        secret = urlsplit(address).path.removeprefix("/calendar/").removesuffix(".ics")
        assert secret not in caplog.text
    assert outside.ask(f"{PUBLIC_URL}/calendar/{'0' * 64}.ics")[0] == 404
    assert outside.ask(f"{PUBLIC_URL}/calendar/../healthz")[0] == 404
