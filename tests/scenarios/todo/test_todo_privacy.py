"""A whole week with private words in it, and everything that went out, was logged and exported."""

import json
import logging
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any

import pytest

from bot.domain.binder.export import ExportRequest
from bot.exchange.json_export import to_json
from bot.services.binder import export
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import promise, sent_to
from tests.scenarios.todo.monday import at, chooses, list_of, modal, team_of
from tests.scenarios.workspaces.trouble import everything_sent, hand_over_team, presses_copy

MONDAY = date(2026, 11, 30)
NOTE, LINE, WHY = "zwielicht-note", "zwielicht-line", "zwielicht-why"
ANSWER = "zwielicht-kept-for-oneself"
PRIVATE = (NOTE, LINE, WHY, ANSWER)


def day(number: int) -> date:
    return MONDAY + timedelta(days=number)


def texts(value: Any) -> Iterator[str]:
    """What a notification may show: the `text` of a message, apart from its blocks."""
    if isinstance(value, dict):
        if "blocks" in value:
            yield str(value.get("text") or "")
        for inner in value.values():
            yield from texts(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from texts(inner)


def seen_by(world: World, person: Person) -> str:
    """All that went out to that person, and all that stands before their eyes."""
    shown = [message.raw for message in (*person.dm, *person.ephemerals)]
    home = person.home.raw if person.home else {}
    form = person.modal.raw if person.modal else {}
    return sent_to(world, person) + json.dumps([shown, home, form], ensure_ascii=False)


@pytest.mark.slow
def test_a_week_of_private_words(world: World, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level(logging.DEBUG)
    dana, kim = world.person("Dana Moss"), world.person("Kim Ito")
    reps = team_of(world, dana, 4)
    sam, lena, raj = reps[:3]
    promise(world, dana, sam, "Acme price sheet", due=day(2))
    dana.slash("/team @Lena Fox")
    dana.clicks("Settings")
    modal(dana).fill("Working on, or promised", LINE)
    modal(dana).submit()
    at(world, MONDAY, 8)
    assert f"Noted for Lena: “{LINE}”." in list_of(dana).text
    list_of(dana).picks("Not this week", beside="Ines Ortega")
    modal(dana).fill("A word why", WHY)
    modal(dana).submit()
    list_of(dana).clicks("Done", beside="Sam Stone")
    dana.picks("Add a note", beside="Sam Stone")
    modal(dana).fill("Private note", NOTE)
    modal(dana).submit()
    dana.says(ANSWER)
    for rep in reps:
        rep.opens_home()
        rep.slash("/todo")
        presses_copy(rep, list_of(dana), "Settings")
    dana.slash("/binder @Lena Fox")
    modal(dana).picks("Why this reason?")
    dana.sees(LINE)
    modal(dana).close_all()
    at(world, day(1), 8)
    dana.slash("/todo away")
    modal(dana).fill("From", day(2))
    modal(dana).fill("To", day(3))
    modal(dana).fill("Who stands in", kim)
    modal(dana).submit()
    at(world, day(2), 8)
    list_of(kim).clicks("Done", beside="Lena Fox")
    kim.slash("/todo")
    kim.opens_home()
    for label in ("Next week", "Settings"):
        presses_copy(kim, list_of(dana), label)
    presses_copy(lena, list_of(kim), "Done")
    chooses(list_of(kim), "Done", raj.name)
    at(world, day(4), 8)
    assert WHY in list_of(dana).text
    at(world, day(5), 8)
    _nothing_reached_others(world, dana, [kim, *reps])
    _nothing_in_notifications_or_logs(world, caplog)
    exported = _exported(world, dana)
    for word in (NOTE, WHY, ANSWER):
        assert word not in exported
    hand_over_team(world, dana, kim)
    kim.slash("/binder @Sam Stone")
    kim.picks("Open")
    assert NOTE not in seen_by(world, kim)
    assert "private note" not in modal(kim).text.lower()


def _nothing_reached_others(world: World, dana: Person, others: list[Person]) -> None:
    for word in PRIVATE:
        for person in others:
            assert word not in seen_by(world, person), f"{person.name} got {word}"
    everything = everything_sent(world)
    assert NOTE not in everything
    for word in (LINE, WHY):
        assert word in everything
        assert word in seen_by(world, dana)
    ends = json.dumps([message.raw for message in dana.dm], ensure_ascii=False)
    assert WHY in ends


def _nothing_in_notifications_or_logs(world: World, caplog: pytest.LogCaptureFixture) -> None:
    sent = [call.arguments for call in world.slack.calls]
    answered = [delivery.response for delivery in world.slack.acks]
    notices = list(texts([sent, answered]))
    assert any(notice.startswith("Your week, ") for notice in notices)
    for word in (*PRIVATE, "Acme price sheet", "Ask "):
        assert not any(word in notice for notice in notices), word
    ours = [record for record in caplog.records if record.name != "asyncio"]
    lines = "\n".join(record.getMessage() + str(record.exc_info or "") for record in ours)
    for word in (*PRIVATE, "Acme price sheet"):
        assert word not in lines


def _exported(world: World, manager: Person) -> str:
    now = world.slack.clock.now()
    record = export.export_team(
        world.database, world.workspace_id, manager.id, ExportRequest(), now
    )
    return "".join(to_json(record, now))
