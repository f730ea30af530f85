"""Calendars of a real `windshield run` by HTTP: hundreds of pollers, beside Slack's events."""

import http.client
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest
from icalendar import Calendar

from bot.domain.workspaces.people import Actor, Profile
from bot.services.binder import calendar
from bot.services.team import people, setup
from slack_sandbox import Person, Sandbox
from storage.database.engine import Database
from storage.workspaces import installs
from tests.places import MANIFEST
from tests.serving.process import by_http, running
from tests.serving.test_http import Door

pytestmark = pytest.mark.slow

POLLERS = 200
ACK_WITHIN = 3.0
"""Seconds that Slack waits (https://docs.slack.dev/apis/events-api#responding)."""


@pytest.fixture
def slack() -> Iterator[Sandbox]:
    with Sandbox(MANIFEST, now=datetime.now(UTC), ticking=True) as sandbox:
        yield sandbox


def subscribe(slack: Sandbox, url: str) -> tuple[Person, Actor, Database, str]:
    """A manager with a rep, and the path of an address of theirs."""
    dana, sam = slack.add_person("Dana Moss"), slack.add_person("Sam Stone")
    database, now = Database(url), datetime.now(UTC)
    workspace = installs.ensure(database, slack.team_id, "Home")
    known = [Profile(one.id, one.name, "UTC") for one in (dana, sam)]
    people.save(database, workspace, known, now)
    actor = Actor(workspace, dana.id)
    setup.choose_reps(database, actor, [sam.id], now)
    secret = calendar.make_address(database, actor, "first", now)
    return dana, actor, database, f"/calendar/{secret}.ics"


def poll(
    door: Door, path: str, method: str = "GET", **headers: str
) -> tuple[int, dict[str, str], bytes]:
    line = http.client.HTTPConnection("127.0.0.1", door.port, timeout=30)
    line.request(method, path, headers={k.replace("_", "-"): v for k, v in headers.items()})
    answer = line.getresponse()
    found = answer.status, {k.lower(): v for k, v in answer.headers.items()}, answer.read()
    line.close()
    return found


def test_hundreds_of_pollers_make_no_ack_late_and_no_secret_is_in_a_log(
    slack: Sandbox, migrated_file: Path, tmp_path: Path
) -> None:
    path = tmp_path / "windshield.db"
    path.write_bytes(migrated_file.read_bytes())
    url = f"sqlite:///{path}"
    dana, actor, database, own = subscribe(slack, url)
    settings = by_http(slack) | {"PUBLIC_URL": "https://windshield.example", "LOG_LEVEL": "DEBUG"}
    with running(slack, url, **settings) as bot:
        door = Door(bot, slack)
        status, headers, body = poll(door, own)
        assert status == 200
        Calendar.from_ical(body)
        assert poll(door, own, "HEAD")[::2] == (200, b"")
        assert poll(door, own, If_None_Match=headers["etag"])[::2] == (304, b"")
        assert poll(door, own, If_None_Match=f'"other", W/{headers["etag"]}')[0] == 304
        assert poll(door, own, If_None_Match='"other"')[0] == 200
        assert poll(door, own, "PUT")[0] == 405
        another = own[:-5] + ("1" if own[-5] == "0" else "0") + ".ics"
        wrong = [another, own.upper(), own + "/", own.replace(".ics", ""), own + "%00"]
        wrong += [own.replace("/calendar/", "/calendar//"), "/calendar/", "/calendar/..%2fhealthz"]
        assert {poll(door, one)[0] for one in wrong} == {404}
        with ThreadPoolExecutor(POLLERS) as pollers:
            asked = [pollers.submit(poll, door, own) for _ in range(POLLERS)]
            acks = []
            while not all(one.done() for one in asked):
                ask = door.command(dana)
                began = time.monotonic()
                assert door.ask("POST", "/slack/events", ask, door.signed(ask))[0] == 200
                acks.append(time.monotonic() - began)
            statuses = [one.result()[0] for one in asked]
        assert statuses.count(200) >= POLLERS / 2
        assert set(statuses) <= {200, 503}
        assert max(acks) < ACK_WITHIN
        newer = (
            f"/calendar/{calendar.make_address(database, actor, 'again', datetime.now(UTC))}.ics"
        )
        assert poll(door, own)[0] == 404
        assert poll(door, newer, If_None_Match=headers["etag"])[0] == 304
        calendar.end_address(database, actor, datetime.now(UTC))
        assert poll(door, newer)[0] == 404
        assert poll(door, newer, If_None_Match=headers["etag"])[0] == 404
        bot.stop()
    database.close()
    for one in (own, newer):
        assert one.removeprefix("/calendar/").removesuffix(".ics") not in bot.log
