"""The list is found again on Wednesday: a line each morning for who wants it; links in notes."""

from datetime import date, timedelta

import pytest

from slack_sandbox import FaultKind, Person
from slack_sandbox.screens import Message
from tests.scenarios.conftest import World
from tests.scenarios.forms import modal
from tests.scenarios.todo.monday import at, beat, chooses, list_of, lists_of, team_of

MONDAY = date(2026, 11, 30)
DAY = timedelta(days=1)
MORNING = "Good morning. Here is who is on your list today."


def wants_it(dana: Person, value: object) -> None:
    """The tick in the team's form."""
    dana.slash("/team")
    modal(dana).fill("Each morning", value)
    modal(dana).submit()
    while dana.modal is not None:
        modal(dana).close()


def address(message: Message) -> str:
    """What Slack's own menu copies as the link to a message."""
    return f"/archives/{message.channel}/p{message.ts.replace('.', '')}"


def mornings(dana: Person) -> list[Message]:
    return [message for message in dana.dm if MORNING in message.text]


@pytest.mark.slow
def test_a_line_each_morning_for_who_wants_it_leads_to_the_list(world: World, dana: Person) -> None:
    reps = team_of(world, dana)
    at(world, MONDAY, 8)
    at(world, MONDAY + DAY, 8)
    assert mornings(dana) == [], "nobody asked for it"
    wants_it(dana, ["A line with today's names, and the way to the list"])
    at(world, MONDAY + 2 * DAY, 8)
    (line,) = mornings(dana)
    today = list_of(dana).text.partition("Today, ")[2].partition("\nLater\n")[0]
    names = [rep.name for rep in reps if rep.name in today]
    assert names
    first, second, why = line.text.splitlines()
    assert first == MORNING
    assert all(name in second for name in names)
    assert sum(rep.name in second for rep in reps) == len(names)
    assert address(list_of(dana)) in str(line.raw)
    assert why.strip() == (
        "You asked for this line each morning that somebody is on your list. `/team` turns it off."
    ).replace("`", "")
    shown = line.raw["blocks"][0]["text"]["text"] + line.raw["text"]
    assert not any(rep.name in shown for rep in reps), "a lock screen names nobody"
    assert beat(world).sent == 0

    for rep in reps:
        dana.slash(f"/touch @{rep.name} call")
    at(world, MONDAY + 3 * DAY, 8)
    assert len(mornings(dana)) == 1, "nobody is open"
    at(world, MONDAY + 7 * DAY, 8)
    assert len(mornings(dana)) == 1, "the list itself comes"
    assert len(lists_of(dana)) == 2
    world.slack.faults.add("chat.getPermalink", FaultKind.SERVER_ERROR)
    at(world, MONDAY + 8 * DAY, 8)
    assert len(mornings(dana)) == 2
    before = len(dana.ephemerals)
    mornings(dana)[-1].clicks("Open the list")
    assert dana.ephemerals[-1].text == list_of(dana).text
    assert len(dana.ephemerals) == before + 1
    wants_it(dana, None)
    at(world, MONDAY + 9 * DAY, 8)
    assert len(mornings(dana)) == 2


def test_the_note_before_a_session_leads_to_the_list(world: World, dana: Person) -> None:
    team_of(world, dana, 2)
    at(world, MONDAY, 8)
    dana.slash("/binder @Sam Stone")
    modal(dana).picks("Plan a session")
    modal(dana).fill("Day", MONDAY + 2 * DAY)
    modal(dana).submit()
    while dana.modal is not None:
        modal(dana).close()
    at(world, MONDAY + DAY, 8)
    note = next(message for message in dana.dm if "Your strategy session with" in message.text)
    assert address(list_of(dana)) in str(note.raw)
    assert "Your list of the week" in note.text
    chooses(list_of(dana), "Done", "Sam Stone")
    assert "✓ Sam Stone" in list_of(dana).text
