"""What a rep raised between the two of them: for the manager and the rep, and nobody else."""

from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from bot.domain.binder.export import ExportRequest
from bot.domain.promises import Owner, PromiseEntry
from bot.domain.workspaces.refusals import BetweenUs
from bot.exchange.json_export import to_json
from bot.services import promises
from bot.services.binder.export import export_team
from bot.services.meetings import agenda_view
from slack_sandbox import Person
from storage.models import Base
from tests.scenarios.conftest import World
from tests.scenarios.promises.promising import owed, sent_to
from tests.scenarios.todo.monday import at, list_of, modal, team_of

MONDAY = date(2026, 11, 30)
FRIDAY = date(2026, 12, 4)
WORDS = "Kim Ito takes my leads"
SAID = "Sam Stone raised, between us"


@pytest.fixture
def kim(world: World) -> Person:
    """A colleague who leads nobody, and stands in for Dana."""
    return world.person("Kim Ito")


@pytest.fixture
def reps(world: World, dana: Person) -> list[Person]:
    """Sam, who raised something between the two of them, and Lena."""
    found = team_of(world, dana, 2)
    dana.slash("/touch @Sam Stone")
    form = modal(dana)
    form.fill("They raised", WORDS)
    form.fill("Between us", ["Nobody but the two of us reads it"])
    form.submit()
    dana.sees(f"{SAID}: “{WORDS}”")
    return found


def kept(world: World) -> str:
    """Every column of the database but those that are encrypted."""
    with world.database.reading(world.workspace_id) as tx:
        rows = [tx.connection.execute(select(t)).all() for t in Base.metadata.sorted_tables]
        plain = [
            str(tx.connection.exec_driver_sql(f"SELECT * FROM {t.name}").all())
            for t in Base.metadata.sorted_tables
        ]
    assert WORDS in str(rows), "it can be read with the key"
    return "\n".join(plain)


def test_the_two_of_them_read_it_and_the_list_says_that_there_is_something(
    world: World, dana: Person, reps: list[Person]
) -> None:
    at(world, MONDAY, 8)
    seen = list_of(dana).text
    assert "Sam raised something between the two of you." in seen
    assert WORDS not in seen
    assert f"{SAID}: “{WORDS}”" in owed(dana).text
    reps[0].opens_home()
    reps[0].sees(f"“{WORDS}” · between us · Dana Moss took it on")
    assert WORDS not in kept(world)


def test_who_stands_in_reads_nothing_of_it(
    world: World, dana: Person, reps: list[Person], kim: Person
) -> None:
    dana.slash("/todo away")
    form = modal(dana)
    assert "Promises they may read" not in form.text, "there is none that may be ticked"
    form.fill("From", MONDAY)
    form.fill("To", FRIDAY)
    form.fill("Who stands in", kim)
    form.submit()
    at(world, MONDAY, 8)
    assert reps[0].name in list_of(kim).text
    list_of(kim).clicks("Done", beside="Sam Stone")
    kim.slash("/todo")
    kim.opens_home()
    for word in (WORDS, "raised", "between"):
        assert word not in sent_to(world, kim)


def test_it_goes_to_no_other_rep_and_into_no_agenda(
    world: World, dana: Person, reps: list[Person]
) -> None:
    owed(dana)
    dana.picks("Drop", beside=WORDS)
    modal(dana).close()
    for label in ("Hand over", "To the team agenda"):
        with pytest.raises(AssertionError):
            dana.picks(label, beside=WORDS)
    record = export_team(
        world.database, world.workspace_id, dana.id, ExportRequest(), world.slack.clock.now()
    )
    assert WORDS not in "".join(to_json(record, world.slack.clock.now()))
    # A button that an older screen still shows.
    actor, now = world.actor(dana), world.slack.clock.now()
    with pytest.raises(BetweenUs):
        promises.hand_over(world.database, actor, 1, reps[1].id, "in my words", now)
    with pytest.raises(BetweenUs):
        agenda_view.words_of_promise(world.database, actor, 1, now)


def test_what_becomes_between_us_later_is_taken_out_of_the_lists_that_quoted_it(
    world: World, dana: Person, reps: list[Person]
) -> None:
    entry = PromiseEntry(reps[1].id, Owner.MANAGER, "a word about Tom", None)
    actor, now = world.actor(dana), world.slack.clock.now()
    promises.make(world.database, actor, entry, "a form", now, raised=True)
    at(world, MONDAY, 8)
    assert "a word about Tom" in list_of(dana).text
    mended = replace(entry, between_us=True)
    promises.make(world.database, actor, mended, "a form", world.slack.clock.now(), raised=True)
    assert "a word about Tom" not in kept(world)


def test_when_it_is_closed_the_rep_is_told_and_a_preview_says_nothing_of_it(
    world: World, dana: Person, reps: list[Person]
) -> None:
    owed(dana)
    dana.picks("Drop", beside=WORDS)
    modal(dana).fill("A word why", "I spoke to Kim")
    modal(dana).submit()
    told = reps[0].dm[-1]
    first = "Dana Moss closed something you raised, between the two of you."
    assert told.text.splitlines()[0] == first
    assert WORDS in told.text
    assert "I spoke to Kim" in told.text
    assert WORDS not in kept(world)
    assert "I spoke to Kim" not in kept(world)
    dana.opens_home()
    dana.clicks("Open again", beside=WORDS)
    assert WORDS not in kept(world)
