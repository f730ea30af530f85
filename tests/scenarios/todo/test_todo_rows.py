"""The rows of the Monday list: done in place, answered, noted for the next time, taken back."""

from datetime import date, timedelta

import pytest

from bot.domain.promises import Owner, PromiseEntry
from bot.services import promises
from bot.services.team import setup
from slack_sandbox import Person
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import at, beat, chooses, list_of, reason, row, team_of
from tests.scenarios.workspaces.trouble import presses_copy

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
NEXT_MONDAY = MONDAY + timedelta(days=7)


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, whom Dana promised something; Lena, of whom she wrote a line; and six more."""
    found = team_of(world, dana)
    sam, lena = found[:2]
    actor, now = world.actor(dana), world.slack.clock.now()
    promise = PromiseEntry(sam.id, Owner.MANAGER, "Acme price sheet", date(2026, 12, 2))
    promises.make(world.database, actor, promise, "a form", now, raised=False)
    setup.set_first_lines(world.database, actor, {lena.id: "the Hooli renewal"}, now)
    at(world, MONDAY, 8)
    return found


def one_message(dana: Person) -> None:
    """The list is all there is: no message of its own for anything that was pressed."""
    assert dana.ephemerals == []
    assert "week, " in dana.dm[-1].text


def named_today(text: str, reps: list[Person]) -> list[Person]:
    today = text.partition("Today, ")[2].partition("\nLater\n")[0]
    return [rep for rep in reps if f"{rep.name} · " in today and f"✓ {rep.name}" not in today]


def test_a_list_of_eight_on_its_days_is_done_in_eight_taps(
    world: World, dana: Person, reps: list[Person]
) -> None:
    taps = dana.taps
    for day in range(5):
        at(world, MONDAY + day * DAY, 8)
        before = len(dana.dm)
        for rep in named_today(list_of(dana).text, reps):
            list_of(dana).clicks("Done", beside=rep.name)
            assert f"✓ {rep.name} · today" in list_of(dana).text
        assert len(dana.dm) == before
    assert dana.taps - taps == 8
    assert "8 of 8 done" in list_of(dana).text
    one_message(dana)


@pytest.mark.slow
def test_a_row_that_is_done_stays_in_its_place_and_can_be_said_more_of(
    world: World, dana: Person, reps: list[Person]
) -> None:
    sam = reps[0]
    before = list_of(dana).text
    chooses(list_of(dana), "Done", sam.name)
    assert row(list_of(dana).text, sam.name).splitlines()[:3] == [
        "✓ Sam Stone · today",
        "You promised: “Acme price sheet”. Is that done?",
        "[Kept] [Still open] [Undo] "
        "[⋯ Next time | Channel or day | Add a note | They raised something]",
    ]
    list_of(dana).clicks("Kept", beside=sam.name)
    assert "✓ Sam Stone · today · kept" in list_of(dana).text
    sam.opens_home()
    sam.sees_not("Acme price sheet, by")
    list_of(dana).clicks("Undo", beside=sam.name)
    assert list_of(dana).text == before
    sam.opens_home()
    sam.sees("Acme price sheet")

    chooses(list_of(dana), "Done", sam.name)
    list_of(dana).clicks("Still open", beside=sam.name)
    assert "✓ Sam Stone · today · still open" in list_of(dana).text
    list_of(dana).picks("Channel or day", beside=sam.name)
    modal(dana).fill("Channel", "Call")
    modal(dana).submit()
    assert "✓ Sam Stone · call, today · still open" in list_of(dana).text
    list_of(dana).picks("Add a note", beside=sam.name)
    modal(dana).fill("Private note", "was in a hurry")
    modal(dana).submit()
    list_of(dana).picks("They raised something", beside=sam.name)
    modal(dana).fill("What they raised", "quotes take four days")
    modal(dana).submit()
    sam.opens_home()
    sam.sees("quotes take four days")
    list_of(dana).clicks("Next time", beside=sam.name)
    modal(dana).fill("What to come back to", "how the Acme demo went")
    modal(dana).submit()
    assert "Next time: “how the Acme demo went”" in row(list_of(dana).text, sam.name)
    one_message(dana)
    beat(world)
    assert "✓ Sam Stone · call, today · still open" in list_of(dana).text
    at(world, MONDAY + DAY, 8)
    assert "Sam Stone call, Monday" in list_of(dana).text
    at(world, NEXT_MONDAY, 8)
    chooses(list_of(dana), "Another reason", sam.name)
    assert "For next time with Sam: “how the Acme demo went”." in list_of(dana).text


def test_the_reasons_are_chosen_in_the_row_and_there_is_a_way_back(
    world: World, dana: Person, reps: list[Person]
) -> None:
    first = list_of(dana).text
    chooses(list_of(dana), "Another reason", "Lena Fox")
    offered = list_of(dana).text
    assert offered.count("[This one]") >= 2
    assert "“the Hooli renewal”" in offered
    list_of(dana).clicks("Back")
    assert list_of(dana).text == first
    chooses(list_of(dana), "Another reason", "Lena Fox")
    list_of(dana).clicks("This one", beside="Ask Lena")
    chosen = reason(list_of(dana).text, "Lena Fox")
    assert chosen.startswith("Ask Lena")
    assert "“the Hooli renewal”" not in list_of(dana).text
    assert "[This one]" not in list_of(dana).text
    beat(world)
    assert reason(list_of(dana).text, "Lena Fox") == chosen
    chooses(list_of(dana), "Another reason", "Lena Fox")
    list_of(dana).clicks("This one", beside="the Hooli renewal")
    assert list_of(dana).text == first
    later = next(rep for rep in reps if rep.name in first.partition("\nLater\n")[2])
    list_of(dana).picks("Another reason", beside=later.name)
    assert "[This one]" in list_of(dana).text.partition("\nLater\n")[2]
    one_message(dana)


@pytest.mark.slow
def test_a_row_works_the_same_in_a_channel_on_home_and_in_the_list_there(
    world: World, dana: Person, reps: list[Person]
) -> None:
    channel = world.slack.add_channel("emea-sales", [dana, *reps])
    dana.slash("/todo", channel)
    (answer,) = dana.ephemerals
    before = answer.text
    chooses(answer, "Done", "Lena Fox")
    answer.clicks("Next time", beside="Lena Fox")
    modal(dana).fill("What to come back to", "the budget")
    modal(dana).submit()
    assert "Next time: “the budget”" in answer.text
    answer.clicks("Undo", beside="Lena Fox")
    assert answer.text == before
    assert dana.channel_messages(channel) == []

    dana.opens_home()
    home = dana.home
    assert home is not None
    rep = named_today(list_of(dana).text, reps)[0].name
    home.clicks("Done", beside=rep)
    assert f"✓ {rep} · today" in home.text
    home.picks("Channel or day", beside=f"✓ {rep}")
    modal(dana).fill("Channel", "Chat")
    modal(dana).submit()
    assert f"✓ {rep} · chat, today" in home.text
    home.picks("Undo", beside=f"✓ {rep}")
    assert "✓" not in home.text
    home.clicks("Open the list")
    chooses(modal(dana), "Done", "Sam Stone")
    modal(dana).clicks("Kept", beside="Sam Stone")
    modal(dana).picks("Channel or day", beside="Sam Stone")
    modal(dana).fill("Channel", "Video")
    modal(dana).submit()
    assert "✓ Sam Stone · video, today · kept" in modal(dana).text
    chooses(modal(dana), "Another reason", "Lena Fox")
    modal(dana).clicks("This one", beside="Ask Lena")
    modal(dana).close()
    assert "✓ Sam Stone · video, today · kept" in home.text
    assert len(dana.ephemerals) == 1
    assert len(dana.dm) == len([message for message in dana.dm if "week, " in message.text])


def test_nobody_else_presses_what_stands_in_a_row(
    world: World, dana: Person, reps: list[Person]
) -> None:
    kim = world.person("Kim Park")
    chooses(list_of(dana), "Done", "Sam Stone")
    chooses(list_of(dana), "Another reason", "Lena Fox")
    shown = list_of(dana)
    before = shown.text
    for person in (kim, reps[0]):
        for label in ("Kept", "Still open", "Undo", "This one", "Back"):
            presses_copy(person, shown, label)
            person.sees("This is Dana Moss's; only Dana Moss can open or change it.")
        assert person.modal is None
    assert shown.text == before
