"""A team passes to a new manager: what the new one reads of it, and what stays with the one before.

Whatever is not for a later manager has a word of its own in it, and every payload that goes out to
the new manager is searched for them."""

import json
from dataclasses import replace

import pytest

from bot.domain.binder.export import ExportRequest
from bot.domain.contacts.touches import Channel, TouchEntry
from bot.domain.promises import RaisedEntry
from bot.exchange.json_export import to_json
from bot.services import home
from bot.services.binder.export import export_team
from bot.services.contacts import private_notes, raising, touches
from bot.services.sessions import sharing
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.meetings.meeting import MeetingWorld
from tests.scenarios.workspaces.audience import sent
from tests.scenarios.workspaces.crawl import Crawler
from tests.scenarios.workspaces.everything import busy_team, ways
from tests.scenarios.workspaces.rehearsal import Rehearsal
from tests.scenarios.workspaces.trouble import hand_over_team

PRIVATE = "cormorant"
PLAN, CHANGED, NOTE = "kingfisher plan", "kingfisher changed", "kingfisher note"
STRENGTH, FOCUS = "bittern listens", "bittern asks"
RESULTS, VIEW, OUTCOME = "wheatear month", "wheatear calls", "wheatear trial"
BETWEEN_US = "nightjar"
TOLD_DANA = "corncrake"
HALF_WRITTEN = "dunnock"
CANARIES = (
    *("cormorant", "kingfisher", "bittern", "wheatear", "nightjar", "corncrake", "dunnock"),
)
"""What no later manager reads, each of a row of “Who sees what”."""

SHARED = "win the north"


def with_canaries(world: World, team: MeetingWorld) -> None:
    """Dana's team has one of everything that stays hers."""
    dana, raj = team.dana, team.raj
    now, database = world.slack.clock.now(), world.database
    manager = world.actor(dana)
    entry = TouchEntry(team.lena.id, Channel.CALL, now.date(), "the ferry")
    logged = touches.log_form(database, manager, entry, "form-ferry", now)
    private_notes.add(database, manager, logged.touch.id, PRIVATE, "form-cormorant")
    dana.says(f"to myself: {PRIVATE}")
    dana.slash("/session @Tom Ash")
    modal(dana).fill("Plan", PLAN)
    modal(dana).fill("What changed", CHANGED)
    for _ in range(4):
        modal(dana).submit()
    modal(dana).fill("Note for both of you", NOTE)
    modal(dana).fill("Results, looking back", RESULTS)
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/fieldday @Lena Fox")
    modal(dana).fill("Visits", f"Umbrella: Ada Ek, {OUTCOME}")
    modal(dana).fill("One focus", FOCUS)
    modal(dana).clicks("More")
    modal(dana).fill("One strength", STRENGTH)
    modal(dana).fill("How they saw the day", VIEW)
    modal(dana).submit()
    modal(dana).close_all()
    dana.slash("/session @Raj Rao")
    modal(dana).fill("What changed", HALF_WRITTEN)
    modal(dana).clicks("Finish later")
    modal(dana).close_all()
    actor = world.actor(raj)
    said = RaisedEntry("", BETWEEN_US, between_us=True)
    raising.raise_something(database, actor, said, "form-nightjar", now)
    shared = shared_with(world, raj)[0]
    sharing.object_to(database, actor, shared, TOLD_DANA, "form-corncrake", now, beside=False)


def shared_with(world: World, rep: Person) -> list[int]:
    """What was shared with that rep, by id."""
    (page,) = home.home(world.database, world.actor(rep), world.slack.clock.now()).on_teams
    return [one.id for one in page.shared]


def exported(world: World, manager: Person) -> str:
    now = world.slack.clock.now()
    record = export_team(world.database, world.workspace_id, manager.id, ExportRequest(), now)
    return "".join(to_json(record, now))


def reached(world: World, person: Person, since: int) -> str:
    """All that went out to that person since then, and all that stands before their eyes."""
    calls = list(world.slack.calls[since:])
    got = [text for who, _, text in sent(world, calls, person.id, {}) if who == person.id]
    acks = json.dumps([one.response for one in world.slack.acks], ensure_ascii=False)
    return "\n".join([*got, acks])


@pytest.mark.sweep
def test_a_later_manager_opens_everything_and_reads_nothing_that_is_not_theirs(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    team = busy_team(world)
    with_canaries(world, team)
    rehearsal = Rehearsal(world, monkeypatch)
    kept = json.dumps(dict(rehearsal.decrypted()), default=str, ensure_ascii=False)
    for word in CANARIES:
        assert word in kept, word
    kim = world.person("Kim Ito")
    since = len(world.slack.calls)
    hand_over_team(world, team.dana, kim)
    team.beat()
    crawler = Crawler(rehearsal, team.raj.id, 2)
    theirs = replace(team, dana=kim)
    own = [act for person, act in ways(theirs) if person is kim]
    crawler.goes((kim,), [(kim, act) for act in own])
    assert len(crawler.used) > 50
    shown = reached(world, kim, since)
    assert SHARED in shown
    assert "Umbrella" in shown
    record = exported(world, kim)
    assert SHARED in record
    for word in CANARIES:
        assert word not in shown, word
        assert word not in record, word
